/** Results as plain records of text, for JSON: the same cells as the result files. */
import type { ControlTotals } from '../engine/r8-results/controls.js';
import type { Result } from '../engine/result.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { formatUnits, type Units } from '../money.js';
import type { Table } from './tables.js';

/** A table's rows by column name. */
export function recordsOf({ columns, rows }: Table): Record<string, string>[] {
  return Array.from(rows, (row) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? ''])),
  );
}

/** Control totals by ledger: rows, and amounts as text where the ledger has one (R8.4). */
export function controlRecords(result: Result): Record<string, ControlRecords> {
  return Object.fromEntries(
    [...result.controls].map(([name, totals]) => [name, controlRecord(result, name, totals)]),
  );
}

/** By fate; `byCurrency` has the same for the rows in each currency. */
type ControlRecords = Record<string, ControlRecord | number | Record<string, unknown>>;

interface ControlRecord {
  readonly rows: number;
  readonly amount?: string;
  /** Of invoices: what the customers owe, tax included. */
  readonly total?: string;
}

function controlRecord(
  result: Result,
  name: LedgerName,
  { documents, usedDocuments: _, notRecords, byCurrency, ...totals }: ControlTotals,
): ControlRecords {
  const { scale, currency } = result;
  const { amount: hasAmount, total: hasTotal } = LEDGER_COLUMNS[name];
  const text = (units: Units) => formatUnits(units, scale, currency.digits);
  const fates = Object.entries(totals).map(([fate, { rows, amount, total }]): [string, ControlRecord] => [
    fate,
    {
      rows,
      // R15.3: amounts of several currencies are not added up.
      ...(hasAmount === undefined || byCurrency !== undefined ? {} : { amount: text(amount) }),
      ...(hasTotal === undefined || byCurrency !== undefined ? {} : { total: text(total) }),
    },
  ]);
  return {
    ...Object.fromEntries(fates),
    notRecords: { rows: notRecords.rows },
    ...(documents === undefined ? {} : { documents }),
    ...(byCurrency === undefined
      ? {}
      : {
          byCurrency: Object.fromEntries(
            Array.from(byCurrency, ([code, own]) => [code, controlRecord(result, name, own)]),
          ),
        }),
  };
}

/** How many exceptions there are of each code. */
export function exceptionCounts({ exceptions }: Result): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of exceptions) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
