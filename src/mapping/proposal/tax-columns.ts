/** Amounts and totals that an export has as one of them and the tax: the other is their sum, or difference (R2.2). */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { TAX } from './column-names.js';
import { type FoundColumn, type FoundColumns, foundAt } from './columns.js';
import { plainName, withoutBrackets } from './names.js';
import { findTaxSide } from './net-and-gross.js';
import { type Proposal, type Proposed, setKey, stopKey } from './proposed.js';
import type { Row } from './rows.js';
import * as say from './wording.js';

/** Columns by our names, and the places of the tax. */
export interface TaxColumns {
  readonly columns: ReadonlyMap<string, Proposed>;
  readonly places: readonly number[];
}

export const NO_TAX: TaxColumns = { columns: new Map(), places: [] };

const NAMES = new Set(TAX.map(plainName));

/**
 * The amount and the total of invoices that have one of them and a column of tax; of the rows of other ledgers in the
 * same file, what goes with these.
 *
 * @param invoices - those proposed from the same file, for other ledgers
 */
export function taxColumns(
  ledger: LedgerName,
  found: FoundColumns,
  header: Row,
  records: readonly Row[],
  invoices: Proposal | undefined,
): TaxColumns {
  if (invoices !== undefined) return { columns: likeInvoices(ledger, invoices), places: [] };
  const amount = found.get('amount');
  if (ledger !== 'invoices' || amount === undefined || found.has('total')) return NO_TAX;
  const tax = findTax(header, records, amount.at);
  if (tax === undefined) return NO_TAX;
  const [from, part] = [amount.header, tax.header];
  const places = [tax.at];
  switch (findTaxSide(header[amount.at] as string)) {
    case 'net':
      return { columns: columnsOf(setKey('total', { from, plus: part }, say.plusTax)), places };
    case 'gross':
      return {
        columns: columnsOf(setKey('amount', { from, minus: part }, say.minusTax), setKey('total', from)),
        places,
      };
    case undefined:
      return {
        columns: columnsOf(stopKey('total', '?', say.taxIncluded(String(from), String(part)))),
        places,
      };
  }
}

/** Credits lower what is owed, tax included; items add up to the amount of their invoice (R13.1). */
function likeInvoices(ledger: LedgerName, { columns }: Proposal): ReadonlyMap<string, Proposed> {
  const made = (column: string) => {
    const one = columns.find(({ key, state }) => key === column && state === 'set')?.value;
    return typeof one === 'object' ? one : undefined;
  };
  const [amount, total] = [made('amount'), made('total')];
  const isOpen = columns.some(({ key, isBlocking }) => key === 'total' && isBlocking === true);
  if (isOpen && (ledger === 'creditMemos' || ledger === 'writeOffs'))
    return columnsOf(stopKey('amount', '?', say.likeTotal));
  if (ledger === 'items' && amount !== undefined)
    return columnsOf(setKey('amount', amount, say.sameAsInvoices));
  if (total === undefined) return new Map();
  if (ledger === 'writeOffs') return columnsOf(setKey('amount', total, say.plusTax));
  const sold = columns.find(({ key }) => key === 'amount')?.value;
  return ledger === 'creditMemos'
    ? columnsOf(setKey('amount', total, say.owedIn('gross', true)), setKey('commissionable', sold))
    : new Map();
}

function columnsOf(...columns: readonly Proposed[]): ReadonlyMap<string, Proposed> {
  return new Map(columns.map((column) => [column.key, column]));
}

/** A column of tax that has some. */
function findTax(header: Row, records: readonly Row[], except: number): FoundColumn | undefined {
  const at = header.findIndex(
    (name, place) => place !== except && NAMES.has(plainName(withoutBrackets(name))),
  );
  if (at < 0 || !records.some((record) => /[1-9]/.test(record[at] ?? ''))) return undefined;
  return foundAt(at, header, []);
}
