/** What the readers of ledgers are given, and what each returns. */
import type { Counting } from '../../amount.js';
import type { Day } from '../../day.js';
import { decimalsOf, type Units, unitsOf } from '../../money.js';
import type { Names, NewNames } from '../../names.js';
import type { Ledger, LedgerOrigin, RowSums } from './ledger.js';

export interface Reading {
  /** Amounts are whole multiples of 10^-scale (R2.8). */
  readonly scale: number;
  /** The currency's decimals. */
  readonly digits: number;
  readonly counting: Counting;
  /** Every rep that an invoice or a split names; a new one gets its number here. */
  readonly reps: Names;
  /** A row that uses a former id of a rep is read as if it had the new one (R11.11). */
  readonly newNames: NewNames;
  /** Whether there is a ledger of openings, which gives some columns their meaning (R11). */
  readonly hasOpenings: boolean;
}

/** A ledger as it was read. */
export interface LedgerRead<Content> {
  readonly content: Content;
  /** Undefined where there is no such ledger. */
  readonly count: LedgerCount | undefined;
  /** The most decimals that an amount is written with (R2.8); beyond the scale, all is read again. */
  readonly decimals: number;
  /** The sizes of the amounts, added up roughly: what all amounts together are proved to fit by. */
  readonly size: number;
}

/** How many rows, and their amount in units where the ledger has one; of invoices the total too (R8.4). */
export interface RowTotal {
  readonly rows: number;
  readonly amount: Units;
  readonly total: Units;
}

export const NO_ROWS: RowTotal = { rows: 0, amount: 0n, total: 0n };

/** What the control totals of a ledger must come to (R8.4). */
export interface LedgerCount {
  /** How many rows the ledger has. */
  readonly rows: number;
  /** The rows as they were read, whatever becomes of them. */
  readonly read: RowTotal;
  /** The rows that a mapping left out. */
  readonly leftOut: RowTotal;
  /** What the rows were made from, where they were made. */
  readonly origin: LedgerOrigin | undefined;
  /** The rows that are used as they are; none where what becomes of them depends on an invoice. */
  readonly standing: readonly StandingRow[];
}

/** A row that is used whatever the invoices are. */
export interface StandingRow {
  readonly row: number;
  readonly amount: Units;
  /** The day from which it is used; undefined where it is used at any time. */
  readonly from: Day | undefined;
}

/** Counts what was read and what a mapping left out; sums that the mapping took itself are the better check. */
export function countOf(
  { rows, source }: Ledger<unknown>,
  read: Omit<RowTotal, 'rows'>,
  { scale }: Reading,
  standing: readonly StandingRow[] = [],
): LedgerCount {
  const inUnits = (sums: RowSums) => ({
    amount: unitsOf(sums.amount, scale),
    total: unitsOf(sums.total, scale),
  });
  const leftOut = source === undefined ? NO_ROWS : { rows: source.leftOut.rows, ...inUnits(source.leftOut) };
  const sums =
    source?.sums === undefined
      ? { amount: read.amount + leftOut.amount, total: read.total + leftOut.total }
      : inUnits(source.sums);
  return {
    rows: rows.length,
    read: { rows: source?.rows ?? rows.length, ...sums },
    leftOut,
    origin: source,
    standing,
  };
}

/** The most decimals that are known before a row is read: those of a table, and of the sums that a mapping took. */
export function knownDecimals({ table, source }: Ledger<unknown>): number {
  const { leftOut, sums } = source ?? {};
  const summed = [leftOut?.amount, leftOut?.total, sums?.amount, sums?.total];
  return Math.max(table?.scale ?? 0, ...summed.map((sum) => (sum === undefined ? 0 : decimalsOf(sum))));
}
