/** What turns the records of a ledger's files into its rows: as they are in the file, or by a mapping. */
import type { LedgerOrigin, Rows } from '../engine/r2-ledgers/ledger.js';
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import type { Fault } from '../problems/problem.js';
import type { TextRow } from './documents.js';
import type { Layout } from './layout.js';

/** Where a record is: the number of its file, and its own number among the records of all files. */
export interface RecordPlace {
  readonly file: number;
  readonly record: number;
}

/** Takes the records below the headers, one by one. */
export interface LedgerRows {
  /** Adds a record with as many cells as its header; gives the faults of its cells. */
  add(record: readonly string[], layout: Layout, place: RecordPlace): readonly Fault[];
  /** Adds an empty row for a record with too many or too few cells; gives the number of the row. */
  addEmpty(layout: Layout, place: RecordPlace): number;
  finish(): FinishedRows;
}

/** The rows of a ledger, and what was left out of them. */
export interface FinishedRows {
  readonly rows: Rows<TextRow>;
  /** The same rows in columns, where they were read so. */
  readonly table?: LedgerTable;
  /** The first record of a row. */
  readonly recordOf: (row: number) => number;
  readonly origin: Pick<LedgerOrigin, 'leftOut' | 'exceptions' | 'linesOf' | 'sums'>;
  /** Faults that only all the rows together show. */
  readonly faults: readonly Fault[];
}

/** The faults of a record that has none. */
export const NO_FAULTS: readonly Fault[] = [];
