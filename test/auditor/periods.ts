// Postings summed by rep and period, netted, and laid out as the rows of the results (R7, R8).

import { earlierOf } from './calendar.js';
import {
  decimalText,
  div,
  type Fraction,
  fraction,
  isZero,
  mul,
  roundDown,
  roundHalfAway,
} from './fraction.js';
import type { World } from './ledgers.js';
import { compareText, type Posting } from './postings.js';
import { creditsInWindow, findQuota, totalOf } from './quota.js';
import { type Targets, toMinorUnits } from './targets.js';
import type { Attainment } from './terms.js';

type Cells = Readonly<Record<string, string>>;

/** What R7.2 makes of a pay period. */
interface Netting {
  readonly period: string;
  readonly owed_opening: bigint;
  readonly charged: bigint;
  readonly cancelled: bigint;
  readonly recovered: bigint;
  readonly paid: bigint;
  readonly owed: bigint;
}

/** R8.3. */
export function postingRow(world: World, posting: Posting): Cells {
  const { line, moment, cause, change } = posting;
  const text = (amount: bigint): string => decimalText(amount, world.terms.digits);
  return {
    date: moment.day,
    period: payPeriodOf(world, posting),
    rep_id: line.rep,
    invoice_id: line.invoice.id,
    customer_id: line.invoice.customer,
    plan_id: line.plan.id,
    level: String(line.plan.level),
    cause,
    source_id: moment.source,
    earned: text(change.earned),
    advanced: text(change.advanced),
    released: text(change.released),
    held: text(change.held),
    forfeited: text(change.forfeited),
    clawed_back: text(change.clawed_back),
  };
}

/** R8.1, ordered by rep, then quarter. */
export function quarterRows(world: World, postings: readonly Posting[]): readonly Cells[] {
  return repsOf(world).flatMap((rep) => {
    const own = postings.filter((posting) => posting.line.rep === rep);
    const nettings = nettingsOf(world, rep, own);
    return quartersOf(world, rep).map((quarter, at, all) => ({
      rep_id: rep,
      quarter,
      currency: world.terms.currency,
      ...attainmentCells(world, rep, quarter),
      ...amountCells(
        world,
        own.filter((posting) => all.slice(0, at).includes(posting.quarter)),
        own.filter((posting) => posting.quarter === quarter),
        // R8.2: paid by the month, a quarter has the opening of its first month and the closing of its last.
        nettings.filter(({ period }) =>
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
    const own = postings.filter((posting) => posting.line.rep === rep);
    const nettings = nettingsOf(world, rep, own);
    return monthsOf(world, rep).map((month, at, all) => ({
      rep_id: rep,
      month,
      currency: world.terms.currency,
      ...amountCells(
        world,
        own.filter((posting) => all.slice(0, at).includes(posting.month)),
        own.filter((posting) => posting.month === month),
        nettings.filter(({ period }) => period === month),
      ),
    }));
  });
}

function repsOf(world: World): readonly string[] {
  return [...new Set(world.lines.map((line) => line.rep))].sort(compareText);
}

/** No line posts before it is booked (R5.2), so a rep's rows begin with the first booking. */
function firstDayOf(world: World, rep: string): string {
  const bookings = world.lines.filter((line) => line.rep === rep).map((line) => line.invoice.bookingDay);
  return bookings.reduce(earlierOf);
}

function quartersOf(world: World, rep: string): readonly string[] {
  const { calendar, asOf } = world;
  return calendar.quartersFromTo(calendar.quarterOf(firstDayOf(world, rep)), calendar.quarterOf(asOf));
}

function monthsOf(world: World, rep: string): readonly string[] {
  const { calendar, asOf } = world;
  return calendar.monthsFromTo(calendar.monthOf(firstDayOf(world, rep)), calendar.monthOf(asOf));
}

/** R7.1. */
function payPeriodOf(world: World, posting: Posting): string {
  return world.terms.payPeriod === 'month' ? posting.month : posting.quarter;
}

/** R8.1: bookings, quota and attainment, by the plan that the rep has at the quarter's end or as of the date. */
function attainmentCells(world: World, rep: string, quarter: string): Cells {
  const { asOf, calendar, terms } = world;
  const end = earlierOf(calendar.lastDayOfQuarter(quarter), asOf);
  const plan = world.findPlan(rep, end);
  const measure = plan?.measure ?? 'revenue';
  const quota = findQuota(world, rep, 'quarter', quarter);
  return {
    bookings: decimalText(toMinorUnits(world, accumulated('quarter')), terms.digits),
    quota: quota === undefined ? '' : decimalText(toMinorUnits(world, quota), terms.digits),
    attainment: attainmentText(),
  };

  function accumulated(window: Attainment): Fraction {
    const credits = creditsInWindow(world, rep, window, quarter).filter((credit) => credit.day <= end);
    return totalOf(credits, measure);
  }

  function attainmentText(): string {
    if (plan === undefined) return '';
    const window = plan.rate.kind === 'flat' ? 'quarter' : plan.rate.attainment;
    const quotaOfWindow = findQuota(world, rep, window, quarter);
    if (quotaOfWindow === undefined || isZero(quotaOfWindow)) return '';
    const attained = div(accumulated(window), quotaOfWindow);
    return decimalText(roundHalfAway(mul(attained, fraction(10_000n))), 4);
  }
}

/** The amounts of a row: balances after the postings `before`, flows of those `during`, and the netting of its periods. */
function amountCells(
  world: World,
  before: readonly Posting[],
  during: readonly Posting[],
  nettings: readonly Netting[],
): Cells {
  const text = (amount: bigint): string => decimalText(amount, world.terms.digits);
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
    owed_opening: text(nettings[0]?.owed_opening ?? 0n),
    charged: text(sumOf(nettings.map((netting) => netting.charged))),
    cancelled: text(sumOf(nettings.map((netting) => netting.cancelled))),
    recovered: text(sumOf(nettings.map((netting) => netting.recovered))),
    paid: text(sumOf(nettings.map((netting) => netting.paid))),
    owed: text(nettings.at(-1)?.owed ?? 0n),
    adjusted: text(0n),
    capped: text(0n),
    waived: text(0n),
    repaid: text(0n),
    guaranteed: text(0n),
    drawn: text(0n),
    carried: text(0n),
  };
}

/** R7.2: the pay periods of a rep in order, starting from owed = 0. */
function nettingsOf(world: World, rep: string, own: readonly Posting[]): readonly Netting[] {
  const periods = world.terms.payPeriod === 'month' ? monthsOf(world, rep) : quartersOf(world, rep);
  const nettings: Netting[] = [];
  for (const period of periods) {
    const inPeriod = own.filter((posting) => payPeriodOf(world, posting) === period);
    nettings.push(netted(world, period, inPeriod, nettings.at(-1)?.owed ?? 0n));
  }
  return nettings;
}

/** R7.2, R7.3. */
function netted(world: World, period: string, inPeriod: readonly Posting[], owedBefore: bigint): Netting {
  const invoices = [...new Set(inPeriod.map((posting) => posting.line.invoice.id))];
  const lines = invoices.map((invoice) => {
    const own = inPeriod.filter((posting) => posting.line.invoice.id === invoice);
    const clawed = own.map((posting) => posting.change.clawed_back);
    return {
      net: total(own, 'advanced') + total(own, 'released') - total(own, 'clawed_back'),
      reinstated: -sumOf(clawed.filter((amount) => amount < 0n)),
    };
  });
  const winners = lines.filter(({ net }) => net > 0n);
  const gains = sumOf(winners.map(({ net }) => net));
  const charged = -sumOf(lines.filter(({ net }) => net < 0n).map(({ net }) => net));
  const back = sumOf(winners.map(({ net, reinstated }) => lesser(net, reinstated)));
  const debt = owedBefore + charged;
  const cancelled = lesser(back, debt);
  const limit = roundDown(mul(world.terms.recoveryLimit, fraction(gains - cancelled)));
  const recovered = lesser(debt - cancelled, limit);
  return {
    period,
    owed_opening: owedBefore,
    charged,
    cancelled,
    recovered,
    paid: gains - cancelled - recovered,
    owed: debt - cancelled - recovered,
  };
}

function total(postings: readonly Posting[], amount: keyof Targets): bigint {
  return sumOf(postings.map((posting) => posting.change[amount]));
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((a, b) => a + b, 0n);
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
