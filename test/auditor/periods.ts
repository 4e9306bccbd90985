// Postings summed by rep and period, and laid out as the rows of the results (R7, R8, R12.6, R12.7, R21.6).

import { type Day, earlierOf } from './calendar.js';
import { decimalText, div, type Fraction, fraction, isZero, mul, roundHalfAway } from './fraction.js';
import type { World } from './ledgers.js';
import { type PayRow, payPeriodOf, payRowsOf, sumOf } from './pay.js';
import { compareText, type Posting } from './postings.js';
import { creditsInWindow, findQuota, totalOf } from './quota.js';
import { type Targets, toMinorUnits } from './targets.js';
import { CREDITS, type Credit, type Plan, type Window } from './terms.js';

type Cells = Readonly<Record<string, string>>;

/** R8.3, R12.7. */
export function postingRow(world: World, posting: Posting): Cells {
  const { moment, change } = posting;
  const text = (amount: bigint): string => decimalText(amount, world.terms.digits);
  return {
    date: moment.day,
    period: payPeriodOf(world, moment.day),
    rep_id: posting.rep,
    invoice_id: posting.invoice.id,
    customer_id: posting.invoice.customer,
    plan_id: posting.planId,
    level: String(posting.level),
    cause: posting.cause,
    source_id: moment.source,
    earned: text(change.earned),
    advanced: text(change.advanced),
    released: text(change.released),
    held: text(change.held),
    forfeited: text(change.forfeited),
    clawed_back: text(change.clawed_back),
    credit: posting.credit,
  };
}

/** R8.1, ordered by rep, then quarter. */
export function quarterRows(world: World, postings: readonly Posting[]): readonly Cells[] {
  return repsOf(world).flatMap((rep) => {
    const own = postings.filter((posting) => posting.rep === rep);
    const pay = payRowsOf(world, rep, postings, payPeriodsOf(world, rep));
    return quartersOf(world, rep).map((quarter, at, all) => ({
      rep_id: rep,
      quarter,
      currency: world.terms.currency,
      ...shownCells(world, rep, quarter),
      ...amountCells(
        world,
        own.filter((posting) => all.slice(0, at).includes(posting.quarter)),
        own.filter((posting) => posting.quarter === quarter),
        // R8.2: paid by the month, a quarter has the opening of its first month and the closing of its last.
        pay.filter(({ period }) =>
          world.terms.payPeriod === 'month'
            ? world.calendar.quarterOfMonth(period) === quarter
            : period === quarter,
        ),
      ),
    }));
  });
}

/** R8.2. */
export function monthRows(world: World, postings: readonly Posting[]): readonly Cells[] {
  return repsOf(world).flatMap((rep) => {
    const own = postings.filter((posting) => posting.rep === rep);
    const pay = payRowsOf(world, rep, postings, payPeriodsOf(world, rep));
    return monthsOf(world, rep).map((month, at, all) => ({
      rep_id: rep,
      month,
      currency: world.terms.currency,
      ...amountCells(
        world,
        own.filter((posting) => all.slice(0, at).includes(posting.month)),
        own.filter((posting) => posting.month === month),
        pay.filter(({ period }) => period === month),
      ),
    }));
  });
}

/** R12.7, ordered by rep, quarter, and credit. */
export function attainmentRows(world: World): readonly Cells[] {
  return repsOf(world).flatMap((rep) =>
    quartersOf(world, rep).flatMap((quarter) =>
      CREDITS.filter((credit) => isShown(world, rep, quarter, credit)).map((credit) => {
        const { plan, bookings, quota, window } = standingOf(world, rep, quarter, credit);
        const text = (amount: Fraction | undefined): string =>
          amount === undefined ? '' : decimalText(toMinorUnits(world, amount), world.terms.digits);
        return {
          rep_id: rep,
          quarter,
          credit,
          plan_id: plan?.id ?? '',
          bookings: text(bookings),
          quota: text(quota),
          window: window?.name ?? '',
          window_bookings: text(window?.bookings),
          window_quota: text(window?.quota),
          attainment: attainmentText(window),
        };
      }),
    ),
  );
}

/** R21.6: in order of date, rep and id. */
export function entryRows(world: World): readonly Cells[] {
  return [...world.entries]
    .sort((a, b) => compareText(a.day, b.day) || compareText(a.rep, b.rep) || compareText(a.id, b.id))
    .map((entry) => ({
      date: entry.day,
      period: payPeriodOf(world, entry.day),
      rep_id: entry.rep,
      entry_id: entry.id,
      kind: entry.kind,
      amount: decimalText(toMinorUnits(world, entry.amount), world.terms.digits),
      invoice_id: entry.invoice,
      reason: entry.reason,
    }));
}

function repsOf(world: World): readonly string[] {
  return [...new Set(startsOf(world).map(({ rep }) => rep))].sort(compareText);
}

/** R8.1, R21.5: whatever begins a rep's rows. No line posts before it is booked (R5.2). */
function startsOf({ asOf, quotaCredits, entries, draws }: World): readonly { rep: string; day: Day }[] {
  return [
    ...quotaCredits.filter(({ kind }) => kind === 'booking'),
    ...entries,
    ...draws.map(({ rep, from }) => ({ rep, day: from })).filter(({ day }) => day <= asOf),
  ];
}

function firstDayOf(world: World, rep: string): Day {
  return startsOf(world)
    .filter((start) => start.rep === rep)
    .map(({ day }) => day)
    .reduce(earlierOf);
}

function quartersOf(world: World, rep: string): readonly string[] {
  const { calendar, asOf } = world;
  return calendar.quartersFromTo(calendar.quarterOf(firstDayOf(world, rep)), calendar.quarterOf(asOf));
}

function monthsOf(world: World, rep: string): readonly string[] {
  const { calendar, asOf } = world;
  return calendar.monthsFromTo(calendar.monthOf(firstDayOf(world, rep)), calendar.monthOf(asOf));
}

function payPeriodsOf(world: World, rep: string): readonly string[] {
  return world.terms.payPeriod === 'month' ? monthsOf(world, rep) : quartersOf(world, rep);
}

/** Where a rep stands in a credit at a quarter's end, or as of the date. */
interface Standing {
  readonly plan: Plan | undefined;
  readonly bookings: Fraction;
  readonly quota: Fraction | undefined;
  /** Undefined without a plan. */
  readonly window:
    | { readonly name: Window; readonly bookings: Fraction; readonly quota: Fraction | undefined }
    | undefined;
}

function standingOf(world: World, rep: string, quarter: string, credit: Credit): Standing {
  const end = endOfQuarter(world, quarter);
  const plan = world.findPlan(rep, end, credit);
  // R12.5: the month shown is that of the quarter's end.
  const place = { quarter, month: world.calendar.monthOf(end) };
  const bookingsIn = (window: Window): Fraction =>
    totalOf(
      creditsInWindow(world, rep, credit, window, place).filter(({ day }) => day <= end),
      plan?.measure ?? 'revenue',
    );
  const name = plan && windowOf(plan);
  return {
    plan,
    bookings: bookingsIn('quarter'),
    quota: findQuota(world, rep, credit, 'quarter', place),
    window: name && {
      name,
      bookings: bookingsIn(name),
      quota: findQuota(world, rep, credit, name, place),
    },
  };
}

/** R8.1, R13.3, R27.1: the window of the first entry with a table. */
function windowOf(plan: Plan): Window {
  const [first = 'quarter'] = plan.rates.flatMap(({ rate }) =>
    rate.kind === 'flat' ? [] : [rate.attainment],
  );
  return first === 'sale' ? 'quarter' : first;
}

function attainmentText(window: Standing['window']): string {
  if (window?.quota === undefined || isZero(window.quota)) return '';
  return decimalText(roundHalfAway(mul(div(window.bookings, window.quota), fraction(10_000n))), 4);
}

function endOfQuarter(world: World, quarter: string): Day {
  return earlierOf(world.calendar.lastDayOfQuarter(quarter), world.asOf);
}

/** R12.6: those of own; without an own plan those of team, else of cash, where there is such a plan. */
function shownCells(world: World, rep: string, quarter: string): Cells {
  const end = endOfQuarter(world, quarter);
  const shown = CREDITS.find((credit) => world.findPlan(rep, end, credit) !== undefined) ?? 'own';
  const { bookings, quota, window } = standingOf(world, rep, quarter, shown);
  const { digits } = world.terms;
  return {
    bookings: decimalText(toMinorUnits(world, bookings), digits),
    quota: quota === undefined ? '' : decimalText(toMinorUnits(world, quota), digits),
    attainment: attainmentText(window),
  };
}

/** R12.7: a plan, a quota, a booking or a quota-reducing credit. */
function isShown(world: World, rep: string, quarter: string, credit: Credit): boolean {
  const { plan, quota } = standingOf(world, rep, quarter, credit);
  const place = { quarter, month: '' };
  const hasCredits = creditsInWindow(world, rep, credit, 'quarter', place).length > 0;
  return plan !== undefined || quota !== undefined || hasCredits;
}

/** The amounts of a row: balances after the postings `before`, flows of those `during`, and the pay of its periods. */
function amountCells(
  world: World,
  before: readonly Posting[],
  during: readonly Posting[],
  pay: readonly PayRow[],
): Cells {
  const text = (amount: bigint): string => decimalText(amount, world.terms.digits);
  const flow = (name: Exclude<keyof PayRow, 'period'>): string => text(sumOf(pay.map((row) => row[name])));
  const clawed = during.map((posting) => posting.change.clawed_back);
  return {
    earned: text(total(during, 'earned')),
    advanced: text(total(during, 'advanced')),
    released: text(total(during, 'released')),
    forfeited: text(total(during, 'forfeited')),
    held_opening: text(total(before, 'held')),
    held: text(total([...before, ...during], 'held')),
    payable: text(total(during, 'advanced') + total(during, 'released')),
    clawed_back: text(sumOf(clawed.filter((amount) => amount > 0n))),
    reinstated: text(-sumOf(clawed.filter((amount) => amount < 0n))),
    owed_opening: text(pay[0]?.owed_opening ?? 0n),
    charged: flow('charged'),
    cancelled: flow('cancelled'),
    recovered: flow('recovered'),
    paid: flow('paid'),
    owed: text(pay.at(-1)?.owed ?? 0n),
    adjusted: flow('adjusted'),
    capped: flow('capped'),
    waived: flow('waived'),
    repaid: flow('repaid'),
    guaranteed: flow('guaranteed'),
    drawn: flow('drawn'),
    carried: text(pay.at(-1)?.carried ?? 0n),
  };
}

function total(postings: readonly Posting[], amount: keyof Targets): bigint {
  return sumOf(postings.map((posting) => posting.change[amount]));
}
