/** The ledgers of a run as a caller gives them (R2.1). */
import type { InvoiceRow } from '../../ledger-specs/invoices.js';
import type { LedgerName, SpecOf } from '../../ledger-specs/ledgers.js';
import type { RowOf } from '../../ledger-specs/spec.js';
import type { Exception } from '../../problems/exception.js';
import type { LedgerTable } from './ledger-table.js';

/** Rows that are gone through one by one: an array, or a file that is read again each time and never held whole. */
export interface Rows<Row> {
  readonly length: number;
  forEach(visit: (row: Row, index: number) => void): void;
}

/** A ledger: its rows in any order, dates and amounts as R2.1 says. */
export interface Ledger<Row> {
  readonly rows: Rows<Row>;
  /** The same rows, already read, where they are all plain. */
  readonly table?: LedgerTable;
  /** Payments that are what was paid on each invoice to date: without ids, and perhaps without dates. */
  readonly snapshot?: boolean;
  /** What the rows were made from, where that is more or other than the rows themselves. */
  readonly source?: LedgerOrigin;
}

/** What a ledger's rows were made from: a mapping counts what it leaves out, so that no row is lost (R8.4). */
export interface LedgerOrigin {
  /** All rows that were read, whatever became of them. */
  readonly rows: number;
  /** The sums over all rows that were read, as plain decimals; undefined where only the rows themselves say them. */
  readonly sums?: RowSums;
  readonly leftOut: { readonly rows: number } & RowSums;
  /** Rows that are no records: subtotals, time stamps. */
  readonly notRecords: number;
  /** How many rows were summed up into a row of the ledger; undefined where it was one each. */
  readonly linesOf?: (row: number) => number;
  /** What is odd about single rows. */
  readonly exceptions: readonly Exception[];
}

/** Sums of a ledger's amounts as plain decimals; `total` is that of invoices. */
export interface RowSums {
  readonly amount: string;
  readonly total: string;
}

/** The ledgers of a run (R2.1). Only invoices are needed. */
export type Ledgers = Needed & {
  readonly [Name in Exclude<LedgerName, keyof Needed>]?: Ledger<RowOf<SpecOf<Name>>>;
};

interface Needed {
  readonly invoices: Ledger<InvoiceRow>;
}
