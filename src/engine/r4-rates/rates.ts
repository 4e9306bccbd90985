/** Prices every line, and finds each rep's attainment, from bookings and quota-reducing credits in order (R4). */
import { type Day, dayAt } from '../../day.js';
import { CREDIT_KINDS, type CreditKind } from '../../ledger-specs/credit-kinds.js';
import type { PlanFinder } from '../../plans/assignments.js';
import { ratesIn } from '../../plans/plan.js';
import { negative } from '../../ratio.js';
import type { Findings } from '../findings.js';
import { findQuarter, type Quarter } from '../r2-ledgers/calendar.js';
import type { CashBooking, CashCredits, CashLoss, RepCash } from '../r3-sales/cash-credits.js';
import type { Credits } from '../r3-sales/credits.js';
import type { Events } from '../r3-sales/events.js';
import type { Lines } from '../r3-sales/lines.js';
import type { MemoCredits } from '../r3-sales/memo-credits.js';
import type { Setting } from '../setting.js';
import {
  type Bookings,
  type BookingsByRep,
  bookingsByRep,
  creditsByRep,
  NEVER,
  type QuotaCreditsByRep,
  splitAfter,
} from './bookings.js';
import { checkCommissions, openedRate } from './opened.js';
import { type PricedPart, Pricer } from './pricer.js';
import { PriceList, type Prices } from './prices.js';
import type { QuotaCredit } from './quota-credits.js';
import { QuotaBook } from './quotas.js';
import { looksOf, type PlanLooks, type Standing, type WindowEnds, Windows } from './windows.js';

/** What lines are priced at, and what reps have attained. */
export interface Rates {
  readonly prices: Prices;
  /** In order of rep id. */
  readonly attainments: readonly RepAttainment[];
  /** What each booking of cash comes to, by its number (R12.4). */
  readonly pricedCash: readonly PricedPart[];
}

/** Where a rep stood, quarter by quarter up to the as-of date. */
export interface RepAttainment {
  /** By the rep's number. */
  readonly rep: number;
  /** The day of the rep's first booking, or the first open day where the rep has closed rows and no booking before. */
  readonly first: Day;
  /** By credit (R12.2): of own, and of every other credit that anything is planned or known of. All have the same quarters. */
  readonly standings: Readonly<Partial<Record<CreditKind, readonly Standing[]>>>;
}

/**
 * @param cash - what comes in of cash that a plan pays for (R12.4); undefined where none does
 */
export function ratesOf(
  setting: Setting,
  { lines, planOf }: Credits,
  { events }: Events,
  memos: MemoCredits,
  cash: CashCredits | undefined,
  findings: Findings,
): Rates {
  const { reps, quotas } = setting.books;
  const bookings = bookingsByRep(setting, lines);
  const pricing: Pricing = {
    setting,
    findings,
    lines,
    planOf,
    bookings,
    credits: creditsByRep(setting, lines, memos, events),
    quotas: new QuotaBook(quotas, setting.calendar),
    prices: new PriceList(lines.length, setting.explains, setting.counting),
    cash,
    priced: new Array<PricedPart>(cash?.count ?? 0),
    kinds: kindsIn(setting),
    looks: looksOf(setting.terms.plans),
    reRates: setting.terms.plans.some((plan) =>
      ratesIn(plan).some((rate) => rate.kind === 'table' && rate.tiers === 'retroactive'),
    ),
  };
  checkCommissions(setting, findings);
  const attainments: RepAttainment[] = [];
  for (const rep of reps.inOrder()) {
    const attainment = attainmentOf(pricing, rep);
    if (attainment !== undefined) attainments.push(attainment);
  }
  return { prices: pricing.prices, attainments, pricedCash: pricing.priced };
}

/** What reps are priced with. */
interface Pricing {
  readonly setting: Setting;
  readonly findings: Findings;
  readonly lines: Lines;
  readonly planOf: PlanFinder;
  readonly bookings: BookingsByRep;
  readonly credits: QuotaCreditsByRep;
  readonly quotas: QuotaBook;
  readonly looks: PlanLooks;
  readonly prices: PriceList;
  readonly cash: CashCredits | undefined;
  /** The bookings of cash, by number. */
  readonly priced: PricedPart[];
  /** The credits of which there is a plan or a quota; own is always one. */
  readonly kinds: readonly CreditKind[];
  readonly reRates: boolean;
}

function kindsIn({ terms, books }: Setting): readonly CreditKind[] {
  return CREDIT_KINDS.filter(
    (kind) =>
      kind === 'own' ||
      terms.plans.some(({ credit }) => credit === kind) ||
      books.quotas.some(({ credit }) => credit === kind),
  );
}

/** Prices what a rep is credited with; undefined where the rep has nothing by the as-of date. */
function attainmentOf(pricing: Pricing, rep: number): RepAttainment | undefined {
  const { setting, findings, lines, bookings, prices, cash, kinds, credits, looks } = pricing;
  const name = setting.books.reps.nameOf(rep);
  const opening = setting.posted?.opening?.day ?? (-NEVER as Day);
  let first: number = setting.begun.get(name) ?? NEVER;
  const own = kinds.map((kind) => {
    const [opened, booked] = splitAfter(bookings[kind]?.[rep] ?? NO_BOOKINGS, opening);
    for (const line of opened.lines) prices.priceAt(line, openedRate(setting, findings, lines, line));
    const paid = kind === 'cash' ? cash?.ofRep(rep) : undefined;
    const day = Math.min(booked.days[0] ?? NEVER, paid?.first ?? NEVER);
    first = Math.min(first, day, opened.lines.length > 0 ? opening + 1 : NEVER);
    return { kind, booked, paid };
  });
  if (first === NEVER) return undefined;
  const quarter = findQuarter(setting.calendar, first as Day) as Quarter;
  const standings: Partial<Record<CreditKind, readonly Standing[]>> = {};
  for (const { kind, booked, paid } of own) {
    const holder = { rep: name, credit: kind };
    const windows = new Windows(setting, findings, lines, pricing.quotas, { holder, quarter, looks });
    const pricer = new Pricer(setting, findings, lines, { rep: name, windows, prices });
    const planOf = (day: Day) => pricing.planOf(name, day, kind);
    const walk: Walk = { setting, reRates: pricing.reRates, planOf, windows, pricer };
    standings[kind] =
      paid === undefined
        ? standingsOf(walk, booked, credits[kind].get(rep) ?? [])
        : cashStandingsOf(walk, paid, pricing.priced);
  }
  return { rep, first: first as Day, standings };
}

const NO_BOOKINGS: Bookings = { lines: new Uint32Array(0), days: new Int32Array(0) };

/** What one rep is priced with. */
interface Walk {
  readonly setting: Setting;
  /** Whether any plan has retroactive rates (R4.6). */
  readonly reRates: boolean;
  /** The rep's plan of the credit on a day. */
  readonly planOf: (day: Day) => ReturnType<PlanFinder>;
  readonly windows: Windows;
  readonly pricer: Pricer;
}

/** Goes through one rep's bookings and credits, day by day and quarter by quarter. */
function standingsOf(
  walk: Walk,
  { lines, days }: Bookings,
  credits: readonly QuotaCredit[],
): readonly Standing[] {
  const { setting, windows, pricer, reRates } = walk;
  const { standings, ends } = quartersOf(walk);
  let [at, credit] = [0, 0];
  while (at < lines.length || credit < credits.length) {
    const day = Math.min(days[at] ?? NEVER, credits[credit]?.day ?? NEVER) as Day;
    windows.moveTo(day, ends);
    const first = at;
    for (; at < lines.length && dayAt(days, at) === day; at += 1) pricer.book(lines[at] as number);
    let memo: number | undefined;
    for (; credits[credit]?.day === day; credit += 1) {
      const { line, share, profitShare, memo: source } = credits[credit] as QuotaCredit;
      windows.credit(line, share, profitShare);
      memo = source;
    }
    if (reRates) pricer.rateRetroactively(day, memo, lines.subarray(first, at));
  }
  windows.moveTo(setting.asOf, ends);
  ends.endQuarter();
  return standings;
}

/** R12.4: goes through the cash that a rep is paid for, and what goes again of it, day by day. */
function cashStandingsOf(
  walk: Walk,
  { bookings, losses }: RepCash,
  priced: PricedPart[],
): readonly Standing[] {
  const { setting, windows, pricer } = walk;
  const { standings, ends } = quartersOf(walk);
  let [at, lost] = [0, 0];
  while (at < bookings.length || lost < losses.length) {
    const day = Math.min(bookings[at]?.day ?? NEVER, losses[lost]?.day ?? NEVER) as Day;
    windows.moveTo(day, ends);
    for (; bookings[at]?.day === day; at += 1) {
      const booking = bookings[at] as CashBooking;
      priced[booking.number] = pricer.bookCash(booking.line, booking.plan, booking.cash);
    }
    for (; losses[lost]?.day === day; lost += 1) {
      const { line, cash } = losses[lost] as CashLoss;
      windows.add(line, { revenue: negative(cash), profit: negative(cash) });
    }
  }
  windows.moveTo(setting.asOf, ends);
  ends.endQuarter();
  return standings;
}

/** The standings of quarters as they end. */
function quartersOf({ setting, planOf, windows, pricer }: Walk): {
  readonly standings: readonly Standing[];
  readonly ends: WindowEnds;
} {
  const standings: Standing[] = [];
  const endQuarter = () => {
    standings.push(windows.standing(planOf(Math.min(windows.quarter.to, setting.asOf) as Day)));
    pricer.endQuarter();
  };
  return { standings, ends: { endQuarter, endMonth: () => pricer.endMonth() } };
}
