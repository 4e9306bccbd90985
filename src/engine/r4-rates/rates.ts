/** Prices every line, and finds each rep's attainment, from bookings and quota-reducing credits in order (R4). */
import { type Day, dayAt } from '../../day.js';
import type { PlanFinder } from '../../plans/assignments.js';
import type { Findings } from '../findings.js';
import { findQuarter, type Quarter } from '../r2-ledgers/calendar.js';
import type { Credits } from '../r3-sales/credits.js';
import type { Events } from '../r3-sales/events.js';
import type { Setting } from '../setting.js';
import { type Bookings, bookingsByRep, creditsByRep, NEVER, splitAfter } from './bookings.js';
import { checkCommissions, openedRate } from './opened.js';
import { Pricer } from './pricer.js';
import { PriceList, type Prices } from './prices.js';
import type { QuotaCredit } from './quota-credits.js';
import { QuotaBook } from './quotas.js';
import { type Standing, Windows } from './windows.js';

/** What lines are priced at, and what reps have attained. */
export interface Rates {
  readonly prices: Prices;
  /** In order of rep id. */
  readonly attainments: readonly RepAttainment[];
}

/** Where a rep stood, quarter by quarter up to the as-of date. */
export interface RepAttainment {
  /** By the rep's number. */
  readonly rep: number;
  /** The day of the rep's first booking, or the first open day where the rep has closed rows and no booking before. */
  readonly first: Day;
  readonly standings: readonly Standing[];
}

export function ratesOf(
  setting: Setting,
  { lines, planOf }: Credits,
  { events }: Events,
  findings: Findings,
): Rates {
  const { reps, quotas } = setting.books;
  const bookings = bookingsByRep(setting, lines);
  const credits = creditsByRep(setting, lines, events);
  const quotaBook = new QuotaBook(quotas, setting.calendar);
  const prices = new PriceList(lines.length, setting.explains);
  checkCommissions(setting, findings);
  const attainments: RepAttainment[] = [];
  for (const rep of reps.inOrder()) {
    const name = reps.nameOf(rep);
    const opening = setting.posted?.opening?.day ?? (-NEVER as Day);
    const [opened, own] = splitAfter(bookings[rep] as Bookings, opening);
    for (const line of opened.lines) prices.priceAt(line, openedRate(setting, findings, lines, line));
    const begun = opened.lines.length > 0 ? opening + 1 : (setting.begun.get(name) ?? NEVER);
    const first = Math.min(own.days[0] ?? NEVER, begun) as Day;
    if (first === NEVER) continue;
    const quarter = findQuarter(setting.calendar, first) as Quarter;
    const windows = new Windows(setting, findings, lines, quotaBook, { rep: name, quarter });
    const pricer = new Pricer(setting, findings, lines, { rep: name, windows, prices });
    const walk = { setting, planOf: (day: Day) => planOf(name, day), windows, pricer };
    attainments.push({ rep, first, standings: standingsOf(walk, own, credits.get(rep) ?? []) });
  }
  return { prices, attainments };
}

/** What one rep is priced with. */
interface Walk {
  readonly setting: Setting;
  /** The rep's plan on a day. */
  readonly planOf: (day: Day) => ReturnType<PlanFinder>;
  readonly windows: Windows;
  readonly pricer: Pricer;
}

/** Goes through one rep's bookings and credits, day by day and quarter by quarter. */
function standingsOf(
  { setting, planOf, windows, pricer }: Walk,
  { lines, days }: Bookings,
  credits: readonly QuotaCredit[],
): readonly Standing[] {
  const { asOf, terms } = setting;
  const isRetroactive = terms.plans.some(({ rate }) => rate.kind === 'table' && rate.tiers === 'retroactive');
  const standings: Standing[] = [];
  const endQuarter = () => {
    standings.push(windows.standing(planOf(Math.min(windows.quarter.to, asOf) as Day)));
    pricer.endQuarter();
  };
  let [at, credit] = [0, 0];
  while (at < lines.length || credit < credits.length) {
    const day = Math.min(days[at] ?? NEVER, credits[credit]?.day ?? NEVER) as Day;
    windows.moveTo(day, endQuarter);
    const first = at;
    for (; at < lines.length && dayAt(days, at) === day; at += 1) pricer.book(lines[at] as number);
    let memo: number | undefined;
    for (; credits[credit]?.day === day; credit += 1) {
      const { line, share, memo: source } = credits[credit] as QuotaCredit;
      windows.credit(line, share);
      memo = source;
    }
    if (isRetroactive) pricer.rateRetroactively(day, memo, lines.subarray(first, at));
  }
  windows.moveTo(asOf, endQuarter);
  endQuarter();
  return standings;
}
