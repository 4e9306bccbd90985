// The pay account of a rep, period by period: entries, caps, recovery, draws, the least payout (R7.2, R21 to R24, R29).

import { addDays, type Day, daysBetween, earlierOf, fiscalYearOf, laterOf } from './calendar.js';
import { div, type Fraction, fraction, mul, roundDown } from './fraction.js';
import type { Draw, PayEntry, World } from './ledgers.js';
import type { Posting } from './postings.js';
import { toMinorUnits } from './targets.js';
import type { Plan } from './terms.js';

/** What a pay period comes to, in minor units. */
export interface PayRow {
  readonly period: string;
  readonly owed_opening: bigint;
  readonly charged: bigint;
  readonly cancelled: bigint;
  readonly recovered: bigint;
  readonly paid: bigint;
  readonly owed: bigint;
  readonly adjusted: bigint;
  readonly capped: bigint;
  readonly waived: bigint;
  readonly repaid: bigint;
  readonly guaranteed: bigint;
  readonly drawn: bigint;
  readonly carried: bigint;
}

/** R7.1: the pay period of a day. */
export function payPeriodOf({ terms, calendar }: World, day: Day): string {
  return terms.payPeriod === 'month' ? calendar.monthOf(day) : calendar.quarterOf(day);
}

/** R7.2: the pay periods of a rep in order, starting from nothing owed or carried. */
export function payRowsOf(
  world: World,
  rep: string,
  postings: readonly Posting[],
  periods: readonly string[],
): readonly PayRow[] {
  const own = postings.filter((posting) => posting.rep === rep);
  const capped = cappedByPeriod(world, own, periods);
  const rows: PayRow[] = [];
  for (const period of periods) {
    rows.push(payRow(world, rep, period, own, capped.get(period) ?? 0n, rows.at(-1)));
  }
  return rows;
}

/** R21.2, R29.1. */
function payRow(
  world: World,
  rep: string,
  period: string,
  own: readonly Posting[],
  capped: bigint,
  before: PayRow | undefined,
): PayRow {
  const nets = netsIn(world, own, period);
  const entries = world.entries.filter(
    (entry) => entry.rep === rep && payPeriodOf(world, entry.day) === period,
  );
  const bonuses = amountsOf(world, entries, 'bonus');
  const repayments = sumOf(amountsOf(world, entries, 'repayment'));
  const winners = nets.filter(({ net }) => net > 0n);

  let gains = sumOf(winners.map(({ net }) => net)) - positive(capped) + sumOf(bonuses.map(positive));
  const charged =
    sumOf(nets.map(({ net }) => positive(-net))) -
    positive(-capped) +
    sumOf(bonuses.map((bonus) => positive(-bonus)));
  const back = sumOf(winners.map(({ net, reinstated }) => least(net, reinstated)));
  const owedBefore = before?.owed ?? 0n;
  const debt = owedBefore + charged;
  const cancelled = least(back, debt, gains);
  const waived = least(sumOf(amountsOf(world, entries, 'waiver')), debt - cancelled);
  const settled = least(repayments, debt - cancelled - waived);
  gains += repayments - settled;

  // R24.2: nothing is drawn or guaranteed in a period that has not ended; R23.1 keeps its guarantee all the same.
  const hasEnded = lastDayOf(world, period) <= world.asOf;
  const guarantee = drawnIn(world, rep, period, 'guarantee');
  const draw = hasEnded ? drawnIn(world, rep, period, 'recoverable') : 0n;
  const recovered = least(
    debt - cancelled - waived - settled,
    recoverable(world, gains - cancelled, guarantee),
  );
  const left = gains - cancelled - recovered;
  const guaranteed = hasEnded ? positive(guarantee - left) : 0n;
  const drawn = positive(draw - (left + guaranteed));
  const payable = (before?.carried ?? 0n) + left + guaranteed + drawn;
  const paid = payable >= toMinorUnits(world, world.terms.leastPayout) ? payable : 0n;
  return {
    period,
    owed_opening: owedBefore,
    charged,
    cancelled,
    recovered,
    paid,
    owed: debt - cancelled - waived - settled - recovered + drawn,
    adjusted: sumOf(bonuses),
    capped,
    waived,
    repaid: repayments,
    guaranteed,
    drawn,
    carried: payable - paid,
  };
}

/** R7.2, R21.2: what the lines of a period come to, those of a cash line plan by plan. */
function netsIn(
  world: World,
  own: readonly Posting[],
  period: string,
): readonly { readonly planId: string; readonly net: bigint; readonly reinstated: bigint }[] {
  const inPeriod = own.filter((posting) => payPeriodOf(world, posting.moment.day) === period);
  const keyOf = ({ invoice, credit, planId }: Posting): string =>
    JSON.stringify([invoice.id, credit, credit === 'cash' ? planId : '']);
  return [...new Set(inPeriod.map(keyOf))].map((key) => {
    const postings = inPeriod.filter((posting) => keyOf(posting) === key);
    return {
      planId: postings[0]?.planId ?? '',
      net: sumOf(postings.map(netOf)),
      reinstated: sumOf(postings.map(({ change }) => positive(-change.clawed_back))),
    };
  });
}

/** What a posting changes in pay. */
function netOf({ change }: Posting): bigint {
  return change.advanced + change.released - change.clawed_back;
}

function amountsOf(world: World, entries: readonly PayEntry[], kind: string): readonly bigint[] {
  return entries.filter((entry) => entry.kind === kind).map(({ amount }) => toMinorUnits(world, amount));
}

/** R23.1: what may be taken of the gains. */
function recoverable(world: World, gains: bigint, guarantee: bigint): bigint {
  const { limit, keep, most } = world.terms.recovery;
  const kept = toMinorUnits(world, keep);
  const share = roundDown(mul(limit, fraction(gains)));
  const aboveFloor = positive(gains - (kept > guarantee ? kept : guarantee));
  return positive(least(share, aboveFloor, ...(most === undefined ? [] : [toMinorUnits(world, most)])));
}

/** R24.1: each row by the days of the period that it covers, rounded. */
function drawnIn(world: World, rep: string, period: string, kind: Draw['kind']): bigint {
  const first = firstDayOf(world, period);
  const last = lastDayOf(world, period);
  const rows = world.draws.filter((draw) => draw.rep === rep && draw.kind === kind);
  return sumOf(
    rows.map(({ from, to, amount }) => {
      const start = laterOf(from, first);
      const end = earlierOf(to === '' ? last : to, last);
      if (end < start) return 0n;
      return toMinorUnits(world, mul(amount, div(daysFromTo(start, end), daysFromTo(first, last))));
    }),
  );
}

function daysFromTo(from: Day, to: Day): Fraction {
  return fraction(BigInt(daysBetween(from, addDays(to, 1))));
}

/** R22: what is capped in each period, over all plans. */
function cappedByPeriod(
  world: World,
  own: readonly Posting[],
  periods: readonly string[],
): ReadonlyMap<string, bigint> {
  const capped = new Map<string, bigint>(periods.map((period) => [period, 0n]));
  for (const plan of world.terms.plans) {
    const ofPlan = own.filter((posting) => posting.planId === plan.id);
    for (const [period, amount] of cappedOfPlan(world, plan, ofPlan, periods)) {
      capped.set(period, (capped.get(period) ?? 0n) + amount);
    }
  }
  return capped;
}

function cappedOfPlan(
  world: World,
  plan: Plan,
  postings: readonly Posting[],
  periods: readonly string[],
): readonly (readonly [string, bigint])[] {
  const { cap } = plan;
  if (cap === undefined) return [];
  const windowOf = (period: string): string => {
    const quarter = world.terms.payPeriod === 'month' ? world.calendar.quarterOfMonth(period) : period;
    return { 'pay-period': period, quarter, year: fiscalYearOf(quarter) }[cap.per];
  };
  const amount = toMinorUnits(world, cap.amount);
  /** What is capped in a window up to a period of it. */
  const cappedUpTo = (period: string): bigint => {
    const upTo = periods.filter((one) => windowOf(one) === windowOf(period) && one <= period);
    const counted = postings.filter((posting) => upTo.includes(payPeriodOf(world, posting.moment.day)));
    return positive(sumOf(counted.map(netOf)) - amount);
  };
  let unused = 0n;
  return periods.map((period, at) => {
    const before = periods[at - 1];
    const isFirst = before === undefined || windowOf(before) !== windowOf(period);
    // What was capped when a window ended is for the negative nets of later periods to use up.
    if (isFirst && before !== undefined) unused += cappedUpTo(before);
    const change = cappedUpTo(period) - (isFirst ? 0n : cappedUpTo(before));
    const negative = sumOf(netsIn(world, postings, period).map(({ net }) => positive(-net)));
    const used = positive(least(unused, negative - positive(-change)));
    unused -= used;
    return [period, change - used] as const;
  });
}

function firstDayOf({ terms, calendar }: World, period: string): Day {
  return terms.payPeriod === 'month' ? calendar.firstDayOfMonth(period) : calendar.firstDayOfQuarter(period);
}

function lastDayOf({ terms, calendar }: World, period: string): Day {
  return terms.payPeriod === 'month' ? calendar.lastDayOfMonth(period) : calendar.lastDayOfQuarter(period);
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

function least(first: bigint, ...others: readonly bigint[]): bigint {
  return others.reduce((a, b) => (a < b ? a : b), first);
}

export function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((a, b) => a + b, 0n);
}
