/** The files of a close as they are written and read back (R11.5). */
import type { PayrollRow } from '../closing/payroll.js';
import type { PayrollLine } from '../closing/payroll-lines.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PayEntryRow } from '../engine/r7-pay/entries.js';
import type { AttainmentRow, MonthRow, QuarterRow } from '../engine/r8-results/results.js';
import { type Minor, minorOf } from '../money.js';
import { invariant } from '../problems/problem.js';
import { reversiblyGuarded, unguarded } from './formulas.js';
import {
  attainmentOf,
  entryOf,
  type FrozenRow,
  monthOf,
  payrollLineOf,
  payrollOf,
  postingOf,
  quarterOf,
} from './frozen-rows.js';
import { readRecords } from './read.js';
import type { Table } from './tables.js';
import { csvOf } from './write.js';

/** The text of a table for a close: an apostrophe that is added differs from one that was there before. */
export function frozenCsvOf(table: Table): Iterable<string> {
  return csvOf(table, reversiblyGuarded);
}

/** The rows of `quarters.csv`. */
export function readQuarters(content: Uint8Array, digits: number): QuarterRow[] {
  return Array.from(rowsOf(content, digits), quarterOf);
}

/** The rows of `attainment.csv`. */
export function readAttainments(content: Uint8Array, digits: number): AttainmentRow[] {
  return Array.from(rowsOf(content, digits), attainmentOf);
}

/** The rows of `months.csv`. */
export function readMonths(content: Uint8Array, digits: number): MonthRow[] {
  return Array.from(rowsOf(content, digits), monthOf);
}

/**
 * The rows of `postings.csv`, one by one.
 *
 * @throws UnknownInClose where a row has a cause, a credit or a level that there is not
 */
export function* readPostings(content: Uint8Array, digits: number): Iterable<Posting> {
  for (const row of rowsOf(content, digits)) yield postingOf(row);
}

/**
 * The rows of `entries.csv`.
 *
 * @throws UnknownInClose where a row has a kind that there is not
 */
export function readEntries(content: Uint8Array, digits: number): PayEntryRow[] {
  return Array.from(rowsOf(content, digits), entryOf);
}

/** The rows of `payroll.csv`. */
export function readPayroll(content: Uint8Array, digits: number): PayrollRow[] {
  return Array.from(rowsOf(content, digits), payrollOf);
}

/**
 * The rows of `payroll-lines.csv`.
 *
 * @throws UnknownInClose where a row has a kind that there is not
 */
export function readPayrollLines(content: Uint8Array, digits: number): PayrollLine[] {
  return Array.from(rowsOf(content, digits), payrollLineOf);
}

/** The rows of `reps.csv`. */
export function readReps(content: Uint8Array): string[] {
  return Array.from(rowsOf(content, 0), ({ text }) => text('rep_id'));
}

/** The rows below the header. The file is one of ours: its hash is compared before it is read. */
function* rowsOf(content: Uint8Array, digits: number): Iterable<FrozenRow> {
  const records: (readonly string[])[] = [];
  const { faults, lineOf } = readRecords('', content, ',', (record) => records.push(record));
  const [header, ...rows] = records;
  invariant(faults.length === 0 && header !== undefined, () => 'a file of a close cannot be read back');
  const places = new Map(header.map((column, index) => [column, index]));
  for (const [index, row] of rows.entries()) {
    const text = (column: string) => unguarded(row[places.get(column) as number] as string);
    const amount = (column: string): Minor => {
      const place = places.get(column);
      // A figure that is newer than the close was 0 in it.
      return place === undefined ? 0n : minorOf(row[place] as string, digits);
    };
    const findText = (column: string) => (places.has(column) ? text(column) : undefined);
    yield { where: () => `line ${lineOf(index + 1)}`, text, findText, amount };
  }
}
