/** What a closed pay period is (R11.1). */
import type { Posting, PostingTable } from '../r6-postings/posting-table.js';
import type { PayEntryRow } from '../r7-pay/entries.js';
import type { AttainmentRow, MonthRow, QuarterRow } from '../r8-results/results.js';

/** A span of days with a name: a fiscal quarter or a month. */
export interface NamedPeriod {
  /** `2025-Q1` or `2025-03`. */
  readonly name: string;
  /** Its first and its last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

/** A pay period, and the fiscal quarter that it lies in. */
export interface PayPeriod extends NamedPeriod {
  readonly quarter: string;
}

/** A closed pay period as it was frozen: its postings and its rows, never to be restated (R11.1). */
export interface Close {
  readonly period: NamedPeriod;
  /** ISO 4217. */
  readonly currency: string;
  /** By rep; empty for a month that does not end its quarter. */
  readonly quarters: readonly QuarterRow[];
  /** Of the same quarter, by rep and credit (R12.7); none in a close that was made before there were credits. */
  readonly attainments?: readonly AttainmentRow[];
  /** By rep; empty where the pay period is the quarter. */
  readonly months: readonly MonthRow[];
  /** Those dated in the period, in the order of R6.4; gone through once in each calculation. */
  readonly postings: Iterable<Posting>;
  /**
   * Whether the postings of a calculation, from a place in the order of R6.4 up to another, are the very ones that were
   * frozen: then they need not be compared one by one. Undefined where that cannot be found out so.
   */
  readonly isAsIn?: (table: PostingTable, from: number, to: number) => boolean;
  /** Every rep that the ledgers named when it was closed (R11.11); none in a close that was made before there were aliases. */
  readonly reps?: readonly string[];
  /** Those dated in the period, in order (R21.7); none in a close that was made before there were entries. */
  readonly entries?: readonly PayEntryRow[];
  /** Of the first close after an opening: the opening date, and what counted as posted up to it. */
  readonly opened?: { readonly date: string; readonly postings: Iterable<Posting> };
}
