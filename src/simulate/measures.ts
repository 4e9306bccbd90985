/** What one variant comes to: its cost, when it pays, what it risks, and what each rep gets. */
import { type Day, isoOf } from '../day.js';
import type { Run } from '../engine/calculate.js';
import { addedUp, type PayRow, together } from '../engine/r1-words/pay-figures.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import { groupedBy } from '../grouped.js';
import { type Minor, max } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { Ratio } from '../ratio.js';
import type { FollowedLines } from './followed-lines.js';
import type { WeightedDays } from './pay-timing.js';
import type { Sales } from './sales.js';
import { type Steadiness, steadinessOf } from './steadiness.js';

/** What a quarter comes to for all reps. */
export interface QuarterSums extends PayRow {
  readonly quarter: string;
}

/** What a rep comes to. */
export interface RepSums extends PayRow {
  readonly repId: string;
  /** What is paid in each quarter, from the rep's first one on. */
  readonly paidBy: ReadonlyMap<string, Minor>;
}

/** Commission that is paid although its cash has not come. */
export interface Ahead {
  readonly average: Ratio;
  readonly peak: Minor;
  readonly peakDay: string | undefined;
  /** Times a yearly rate, and by 365, it is what financing it costs. */
  readonly moneyDays: bigint;
  /** What is ahead after each day on which it changes. */
  readonly steps: readonly { readonly date: string; readonly ahead: Minor }[];
}

/** What a variant comes to by itself. */
export interface Measures {
  /** Of all quarters and reps: balances are those at the as-of date. */
  readonly totals: PayRow;
  readonly quarters: readonly QuarterSums[];
  /** By rep id. */
  readonly reps: readonly RepSums[];
  readonly sales: Sales;
  /** What write-offs cost reps: forfeited or clawed back by them, less what their reversals give back. */
  readonly lostByWriteOff: Minor;
  /** Days from booking to payday, and from the customer's cash to payday. */
  readonly fromBooking: WeightedDays | undefined;
  readonly fromCash: WeightedDays | undefined;
  readonly ahead: Ahead;
  /** What is paid, or is on the next payday, on cash that has not come. */
  readonly paidUncollected: Minor;
  /** The highest sum of all reps at the end of a quarter. */
  readonly highestHeld: HighestAt;
  readonly highestOwed: HighestAt;
  /** What reps who have left still owe. */
  readonly owedByLeavers: Minor;
  readonly steadiness: Steadiness;
}

/** The highest amount, and the first quarter that has it. */
export interface HighestAt {
  readonly amount: Minor;
  readonly quarter: string | undefined;
}

/** Measures a run, whose lines were followed while they were posted. */
export function measuresOf(run: Run, { timing, lostByWriteOff }: FollowedLines, sales: Sales): Measures {
  const { setting, rows } = run;
  const quarters = byQuarter(rows.quarters);
  const reps = byRep(rows.quarters);
  const { steps, peakDay, ...ahead } = timing.paidAhead;
  return {
    totals: quarters.length === 0 ? addedUp([]) : together(quarters),
    quarters,
    reps,
    sales,
    lostByWriteOff,
    fromBooking: timing.fromBooking,
    fromCash: timing.fromCash,
    ahead: {
      ...ahead,
      peakDay: peakDay && isoOf(peakDay),
      steps: steps.map(({ day, ahead: amount }) => ({ date: isoOf(day), ahead: amount })),
    },
    paidUncollected: timing.uncollected,
    highestHeld: highestOf(quarters, 'held'),
    highestOwed: highestOf(quarters, 'owed'),
    owedByLeavers: owedByLeavers(run, reps, setting.asOf),
    steadiness: steadinessOf(reps.map(({ paidBy }) => [...paidBy.values()])),
  };
}

function byQuarter(rows: readonly QuarterRow[]): readonly QuarterSums[] {
  return [...groupedBy(rows, ({ quarter }) => quarter)]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([quarter, own]) => ({ quarter, ...addedUp(own) }));
}

function byRep(rows: readonly QuarterRow[]): readonly RepSums[] {
  return [...groupedBy(rows, ({ repId }) => repId)].map(([repId, own]) => ({
    repId,
    ...together(own),
    paidBy: new Map(own.map(({ quarter, paid }) => [quarter, paid])),
  }));
}

function highestOf(quarters: readonly QuarterSums[], figure: 'held' | 'owed'): HighestAt {
  const amount = quarters.reduce((most, row) => max(most, row[figure]), 0n);
  return { amount, quarter: quarters.find((row) => row[figure] === amount && amount > 0n)?.quarter };
}

function owedByLeavers({ setting }: Run, reps: readonly RepSums[], asOf: Day): Minor {
  const left = new Set(
    setting.books.plain.reps.flatMap(({ rep_id: rep, left: last }) =>
      last !== undefined && last <= asOf ? [rep] : [],
    ),
  );
  return reps.reduce((sum, { repId, owed }) => (left.has(repId) ? sum + owed : sum), 0n);
}
