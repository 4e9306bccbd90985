/** Numbers equal ids that are made of other columns, by the contents of their rows, not by their order in the file. */
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { byCodeUnit } from '../order.js';
import type { TextRow } from './documents.js';

/** An id in two files: possibly the same row twice. */
export interface DoubtfulId {
  readonly id: string;
  readonly first: number;
  readonly row: number;
}

/** Gives equal ids `#2`, `#3`; returns those that are in more than one file. */
export function numberIds(
  ledger: LedgerName,
  column: string,
  rows: readonly TextRow[],
  fileOf: (row: number) => number | undefined,
): DoubtfulId[] {
  const byId = new Map<string, number[]>();
  for (const [at, row] of rows.entries()) {
    const id = row[column] ?? '';
    const own = byId.get(id);
    if (own === undefined) byId.set(id, [at]);
    else own.push(at);
  }
  const doubtful: DoubtfulId[] = [];
  for (const [id, own] of byId) {
    const [first] = own as [number];
    const row = own.find((at) => fileOf(at) !== fileOf(first));
    if (row !== undefined) doubtful.push({ id, first, row });
    const sorted = inOrder(
      ledger,
      own.map((at) => rows[at] as TextRow),
    );
    for (const [index, one] of sorted.entries()) if (index > 0) one[column] = `${id} #${index + 1}`;
  }
  return doubtful;
}

/** By date first, so that a later row does not change the ids of earlier ones. */
function inOrder(ledger: LedgerName, rows: readonly TextRow[]): readonly TextRow[] {
  if (rows.length === 1) return rows;
  const { date } = LEDGER_COLUMNS[ledger];
  return rows
    .map((row) => ({ row, text: JSON.stringify([date === undefined ? '' : row[date], row]) }))
    .sort((a, b) => byCodeUnit(a.text, b.text))
    .map(({ row }) => row);
}
