/** What one variant comes to: its cost, when it pays, what it risks, and what each rep gets. */
import { exactly, type MinorAmount, minus, plus, prorated } from '../amount.js';
import { addDays, type Day, dayAt, isoOf } from '../day.js';
import type { Run } from '../engine/calculate.js';
import { causeOf } from '../engine/r1-words/causes.js';
import { addedUp, type PayRow, together } from '../engine/r1-words/pay-figures.js';
import { findMonth, findQuarter, type Period } from '../engine/r2-ledgers/calendar.js';
import { type OnEvent, type OnPosting, Poster } from '../engine/r6-postings/poster.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import { groupedBy } from '../grouped.js';
import { type Minor, max } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { Ratio } from '../ratio.js';
import { PayTiming, type WeightedDays } from './pay-timing.js';
import { type Sales, salesOf } from './sales.js';
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

/** Measures a run. */
export function measuresOf(run: Run): Measures {
  const { setting, rows } = run;
  const { timing, lostByWriteOff } = timingOf(run);
  const quarters = byQuarter(rows.quarters);
  const reps = byRep(rows.quarters);
  const { steps, peakDay, ...ahead } = timing.paidAhead;
  return {
    totals: quarters.length === 0 ? addedUp([]) : together(quarters),
    quarters,
    reps,
    sales: salesOf(run),
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

/** Takes every line through its events once more, and follows its pay and its cash. */
function timingOf(run: Run): { readonly timing: PayTiming; readonly lostByWriteOff: Minor } {
  const { setting, priced } = run;
  const { counting, terms, books, asOf } = setting;
  const { lines } = priced;
  const timing = new PayTiming(counting, asOf);
  const payday = paydayFinder(run);
  let lost: MinorAmount = counting.zero;
  const onPosting: OnPosting = (_line, day, cause, _source, change) => {
    timing.pay(payday(day), minus(plus(change.advanced, change.released), change.clawedBack));
    const what = causeOf(cause);
    if (what === 'written-off' || what === 'write-off-reversed') {
      lost = plus(lost, plus(change.forfeited, change.clawedBack));
    }
  };
  const onEvent: OnEvent = (day, _cause, _source, _amount, { state, parts: { due, collected } }) => {
    const { commission } = state;
    timing.collect(day, due > 0 ? prorated(commission, collected, due, terms.rounding) : commission);
  };
  const poster = new Poster(setting, priced, onPosting, onEvent);
  for (let line = 0; line < lines.length; line += 1) {
    // Cash that is credited is paid for when it comes (R12.4).
    if (lines.creditOf(line) === 'cash') continue;
    timing.start(dayAt(books.invoices.bookings, lines.invoices[line] as number));
    poster.post(line);
    timing.end();
  }
  return { timing, lostByWriteOff: exactly(lost) };
}

/** The day on which what is posted on a day is paid: the end of its pay period, and `payDay` days more. */
function paydayFinder({ setting: { calendar, terms } }: Run): (day: Day) => Day {
  const find = terms.payPeriod === 'month' ? findMonth : findQuarter;
  let period: Period | undefined;
  return (day) => {
    if (period === undefined || day < period.from || day > period.to) period = find(calendar, day) as Period;
    return addDays(period.to, terms.payDay ?? 0);
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
