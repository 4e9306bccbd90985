/** What a program gives to a calculation, before R2 reads it: its shape, key by key, with every fault in it (R9.1). */
import type { Inputs as TextInputs } from '../engine/calculate.js';
import type { Ledger, LedgerOrigin, Ledgers, Rows } from '../engine/r2-ledgers/ledger.js';
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import type { Keep } from '../engine/working.js';
import { LEDGER_NAMES, type LedgerName, type SpecOf } from '../ledger-specs/ledgers.js';
import { findNearest } from '../problems/nearest.js';
import type { TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { closeFault } from './close-faults.js';
import { shownCell } from './given-cell.js';
import { type CurrencyOf, type RowInput, textRows } from './given-rows.js';

/** A ledger as a program gives it: rows in any order. */
export interface LedgerInput<Name extends LedgerName> extends Omit<Ledger<unknown>, 'rows'> {
  readonly rows: Rows<RowInput<SpecOf<Name>>>;
}

/** The ledgers of a run (R2.1). Only invoices are needed. */
export type LedgersInput = { readonly invoices: LedgerInput<'invoices'> } & {
  readonly [Name in Exclude<LedgerName, 'invoices'>]?: LedgerInput<Name>;
};

/** What a calculation works from. */
export interface Inputs<Kept extends Keep = 'postings'> extends Omit<TextInputs<Kept>, 'ledgers'> {
  readonly ledgers: LedgersInput;
}

const KEYS = ['terms', 'ledgers', 'asOf', 'closes', 'keep', 'counting'] satisfies (keyof Inputs)[];
const LEDGER_KEYS = ['rows', 'table', 'snapshot', 'source'] satisfies (keyof Ledger<unknown>)[];
const PARTS = ['postings', 'lines', 'sales', 'setting'] satisfies Keep[];

/** The inputs with every cell as text, or the faults of their shape. */
export type GivenInputs<Kept extends Keep> =
  | { readonly inputs: TextInputs<Kept>; readonly faults?: never }
  | { readonly inputs?: never; readonly faults: readonly Fault[] };

/** Reads inputs that may be anything: a caller may have no types. */
export function readInputs<Kept extends Keep>(given: Inputs<Kept>): GivenInputs<Kept> {
  const record = asRecord(given);
  if (record === undefined) return { faults: [wrongValue([], given, 'an object: { terms, ledgers, asOf }')] };
  const faults: Fault[] = [...unknownKeys(record, KEYS, [])];
  const ledgers = readLedgers(record['ledgers'], record['terms'], faults);
  const { closes, keep, counting, terms, asOf } = record;
  if (asRecord(terms) === undefined)
    faults.push(wrongValue(['terms'], terms, 'the terms: { currency, plans }'));
  if (typeof asOf !== 'string') faults.push(wrongValue(['asOf'], asOf, 'a day as text, such as 2025-03-31'));
  if (counting !== undefined && counting !== 'bigints')
    faults.push(wrongValue(['counting'], counting, 'bigints, or nothing'));
  faults.push(...keepFaults(keep), ...closesFaults(closes));
  if (faults.length > 0) return { faults };
  return { inputs: { ...given, ledgers } };
}

function readLedgers(given: unknown, terms: unknown, faults: Fault[]): Ledgers {
  const path = ['ledgers'];
  const record = asRecord(given);
  const read: Partial<Record<LedgerName, Ledger<unknown>>> = {};
  if (record === undefined) {
    faults.push(wrongValue(path, given, 'the ledgers: { invoices: { rows: [] } }'));
  } else {
    faults.push(...unknownKeys(record, LEDGER_NAMES, path));
    if (record['invoices'] === undefined) {
      const place = { kind: 'terms', path: [...path, 'invoices'] } as const;
      faults.push({
        code: 'missing-key',
        place,
        key: 'invoices',
        expected: '{ rows: [] } with the invoices',
      });
    }
    const currencyOf = currencyFinder(record, terms);
    for (const name of LEDGER_NAMES) {
      const ledger = readLedger(name, record[name], currencyOf, faults);
      if (ledger !== undefined) read[name] = ledger;
    }
  }
  return read as Ledgers;
}

/** Null and undefined are no ledger. */
function readLedger(
  name: LedgerName,
  given: unknown,
  currencyOf: CurrencyOf,
  faults: Fault[],
): Ledger<unknown> | undefined {
  if (given === undefined || given === null) return undefined;
  const path = ['ledgers', name];
  const record = asRecord(given);
  const rows = record?.['rows'];
  if (record === undefined || !areRows(rows)) {
    faults.push(wrongValue(path, given, '{ rows: [] } with an object for each row'));
    return undefined;
  }
  faults.push(...unknownKeys(record, LEDGER_KEYS, path));
  const ledger = record as { readonly table?: LedgerTable; readonly source?: LedgerOrigin };
  // A table has been read already, and a mapping has made its rows.
  if (ledger.table !== undefined || ledger.source !== undefined) return { ...ledger, rows };
  const { rows: texts, faults: found } = textRows(name, rows, currencyOf);
  for (const fault of found) faults.push(fault);
  return { ...ledger, rows: texts };
}

/** Finds the currency of a row: its own, that of its invoice, or the workspace's (R15). */
function currencyFinder(ledgers: Readonly<Record<string, unknown>>, terms: unknown): CurrencyOf {
  const own = String(asRecord(terms)?.['currency'] ?? '');
  let ofInvoice: Map<unknown, string> | undefined;
  return (row) => {
    const written = textOf(row['currency']);
    if (written !== '') return written;
    ofInvoice ??= currenciesOf(asRecord(ledgers['invoices'])?.['rows']);
    return ofInvoice.get(textOf(row['invoice_id'])) ?? own;
  };
}

function currenciesOf(invoices: unknown): Map<unknown, string> {
  const currencies = new Map<unknown, string>();
  if (areRows(invoices)) {
    invoices.forEach((row) => {
      const invoice = asRecord(row);
      const currency = textOf(invoice?.['currency']);
      if (currency !== '') currencies.set(textOf(invoice?.['invoice_id']), currency);
    });
  }
  return currencies;
}

function textOf(cell: unknown): string {
  return cell === undefined || cell === null ? '' : String(cell).trim();
}

function keepFaults(keep: unknown): Fault[] {
  if (keep === undefined) return [];
  const record = asRecord(keep);
  if (record === undefined) return [wrongValue(['keep'], keep, 'an object such as { postings: true }')];
  return [
    ...unknownKeys(record, PARTS, ['keep']),
    ...Object.entries(record).flatMap(([part, is]) =>
      is === true || is === undefined ? [] : [wrongValue(['keep', part], is, 'true, or leave it out')],
    ),
  ];
}

function closesFaults(closes: unknown): Fault[] {
  if (closes === undefined) return [];
  if (!Array.isArray(closes)) return [wrongValue(['closes'], closes, 'an array of closes')];
  return Array.from(closes, (close: unknown, at) => closeFault(close, ['closes', at])).filter(
    (fault) => fault !== undefined,
  );
}

function areRows(rows: unknown): rows is Rows<unknown> {
  if (Array.isArray(rows)) return true;
  const record = asRecord(rows);
  return typeof record?.['forEach'] === 'function' && typeof record['length'] === 'number';
}

function unknownKeys(record: object, known: readonly string[], path: TermsPath): Fault[] {
  return Object.keys(record)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const place = { kind: 'terms', path: [...path, key] } as const;
      return { code: 'unknown-key', place, key, nearest: findNearest(key, known) };
    });
}

function wrongValue(path: TermsPath, given: unknown, expected: string): Fault {
  const found = given === undefined ? 'nothing' : shownCell(given);
  return { code: 'wrong-value', place: { kind: 'terms', path }, found, expected };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
