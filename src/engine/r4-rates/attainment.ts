/** Each rep's bookings and quota-reducing credits in order, and the rates that follow from them (R4). */
import type { Fraction } from '../../amount.js';
import type { Day } from '../../day.js';
import { grouped } from '../../grouped.js';
import { formatPercent, type Units } from '../../money.js';
import type { PlanFinder } from '../../plans/assignments.js';
import {
  type AttainmentWindow,
  type Band,
  type Measure,
  type Plan,
  type Rate,
  windowOf,
} from '../../plans/plan.js';
import { type Exception, exception } from '../../problems/exception.js';
import { type Ratio, ZERO } from '../../ratio.js';
import type { Invoices, Opening } from '../r2-ledgers/books.js';
import { findQuarter, type Quarter } from '../r2-ledgers/calendar.js';
import type { Lines, RateStep } from '../r3-sales/lines.js';
import type { Sales } from '../r3-sales/sales.js';
import { isNews, type Run } from '../run.js';
import { Accumulators } from './accumulators.js';
import { tellMissingCost } from './missing-cost.js';
import { checkCommissions, priceOpened } from './opened.js';
import { type QuotaCredit, quotaCredits } from './quota-credits.js';
import { QuotaBook, type WindowQuota } from './quotas.js';
import {
  averageRate,
  bandAt,
  type Gauge,
  gaugeOf,
  marginalSlices,
  needsQuota,
  retroactiveRate,
} from './rates.js';
import type { Tally } from './tally.js';

/** Where a rep stood at the end of a quarter, or as of the date (R8.1). */
export interface Standing {
  readonly quarter: Quarter;
  /** The quarter's quota credit net of credits, in units of the plan's measure. */
  readonly bookings: Ratio;
  /** The quarter's own quota in units; undefined without a row. */
  readonly quota: Units | undefined;
  /** Bookings of the window ÷ its quota; undefined without a plan, a row or a quota above 0. */
  readonly attainment: Ratio | undefined;
}

/** Where a rep stood, quarter by quarter up to the as-of date. */
export interface RepAttainment {
  /** By the rep's number. */
  readonly rep: number;
  /** The day of the rep's first booking, or the first open day where the rep has closed rows and no booking before. */
  readonly first: Day;
  readonly standings: readonly Standing[];
}

/** Prices every line (`lines.pricings`) and tells where each rep stands, in order of rep id. */
export function attain(run: Run, sales: Sales): readonly RepAttainment[] {
  const { reps, quotas, invoices } = run.books;
  const bookings = bookingsByRep(sales.lines, invoices, reps.length);
  const credits = creditsByRep(run, sales);
  const quotaBook = new QuotaBook(quotas, run.calendar);
  checkCommissions(run);
  const attainments: RepAttainment[] = [];
  for (const rep of reps.inOrder()) {
    const name = reps.nameOf(rep);
    const all = bookings[rep] as Bookings;
    const own = afterOpening(run, sales.lines, all);
    const first = Math.min(
      own.days[0] ?? NEVER,
      beganBy(run, name, own.days.length < all.days.length),
    ) as Day;
    if (first === NEVER) continue;
    const walk = new Walk(run, name, first, quotaBook, sales);
    attainments.push({ rep, first, standings: walk.through(own, credits.get(rep) ?? []) });
  }
  return attainments;
}

/**
 * The first day of a rep whom the run knows without a booking: the one after the opening where the rep brings something in,
 * else the first open one where the rep has closed rows.
 */
function beganBy({ closed }: Run, rep: string, hasOpened: boolean): number {
  const { opening, balances, open } = closed ?? {};
  if (opening !== undefined && (hasOpened || opening.byRep.has(rep))) return opening.day + 1;
  return open !== undefined && balances?.has(rep) === true ? open.from : NEVER;
}

/** A rep's bookings after the opening; those up to it are priced by themselves. */
function afterOpening(run: Run, lines: Lines, { lines: own, days }: Bookings): Bookings {
  const opening = run.closed?.opening?.day;
  if (opening === undefined) return { lines: own, days };
  let at = 0;
  for (; (days[at] ?? NEVER) <= opening; at += 1) priceOpened(run, lines, own[at] as number);
  return { lines: own.subarray(at), days: days.subarray(at) };
}

/** One rep's lines in order of (booking date, invoice id), with their booking dates. */
interface Bookings {
  readonly lines: Uint32Array;
  readonly days: Int32Array;
}

/**
 * R4.4: bookings consume the window in order of (booking date, invoice id, rep id). Lines have the order of invoice ids
 * already, so they are laid out by day, and then by rep.
 */
function bookingsByRep(
  { length, invoices, reps }: Lines,
  { bookings }: Invoices,
  count: number,
): readonly Bookings[] {
  let [first, last] = [NEVER, -NEVER];
  for (let line = 0; line < length; line += 1) {
    const day = bookings[invoices[line] as number] as number;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  const dayOf = new Uint32Array(length);
  for (let line = 0; line < length; line += 1)
    dayOf[line] = (bookings[invoices[line] as number] as number) - first;
  const byDay = grouped(dayOf, length, length === 0 ? 0 : last - first + 1);
  const repOf = new Uint32Array(length);
  for (let line = 0; line < length; line += 1) repOf[byDay.places[line] as number] = reps[line] as number;
  const byRep = grouped(repOf, length, count);
  const [lines, days] = [new Uint32Array(length), new Int32Array(length)];
  for (let line = 0; line < length; line += 1) {
    const at = byRep.places[byDay.places[line] as number] as number;
    lines[at] = line;
    days[at] = (dayOf[line] as number) + first;
  }
  return Array.from({ length: count }, (_, rep) => {
    const [from, to] = [byRep.starts[rep], byRep.starts[rep + 1]];
    return { lines: lines.subarray(from, to), days: days.subarray(from, to) };
  });
}

/** R4.9: the quota credits of each rep in order of (day, credit memo id). */
function creditsByRep(run: Run, sales: Sales): ReadonlyMap<number, QuotaCredit[]> {
  const byRep = new Map<number, QuotaCredit[]>();
  const opening = run.closed?.opening?.day ?? -NEVER;
  for (const credit of quotaCredits(run, sales)) {
    // What was credited up to the opening is off what was booked up to it.
    if (credit.day <= opening) continue;
    const rep = sales.lines.reps[credit.line] as number;
    const own = byRep.get(rep);
    if (own === undefined) byRep.set(rep, [credit]);
    else own.push(credit);
  }
  for (const own of byRep.values()) own.sort((a, b) => a.day - b.day || run.sources.compare(a.memo, b.memo));
  return byRep;
}

type RateTable = Extract<Rate, { kind: 'table' }>;

/** The retroactive lines of one plan in one quarter: they share their rates (R4.6). */
interface RetroactiveGroup {
  readonly plan: Plan;
  readonly gauge: Gauge;
  readonly steps: RateStep[];
}

/** Walks through one rep's bookings and credits, day by day and quarter by quarter. */
class Walk {
  readonly #run: Run;
  readonly #rep: string;
  readonly #quotas: QuotaBook;
  readonly #planOf: PlanFinder;
  readonly #lines: Lines;
  readonly #inQuarter: Accumulators;
  /** Undefined where every plan looks at the quarter. */
  readonly #inYear: Accumulators | undefined;
  readonly #isRetroactive: boolean;
  readonly #standings: Standing[] = [];
  /** What the rep had booked before in the fiscal year in hand, where it began before the opening (R11). */
  #brought: Opening | undefined;
  // Of the quarter in hand.
  #quarter: Quarter;
  readonly #gauges = new Map<Plan, Gauge>();
  readonly #groups = new Map<Plan, RetroactiveGroup>();

  constructor(run: Run, rep: string, first: Day, quotas: QuotaBook, { lines, planOf }: Sales) {
    const { calendar, counting, terms } = run;
    const measuresProfit = terms.plans.some(({ measure }) => measure === 'gross-profit');
    const looksAtYear = terms.plans.some((plan) => windowOf(plan) !== 'quarter');
    this.#run = run;
    this.#rep = rep;
    this.#quarter = findQuarter(calendar, first) as Quarter;
    this.#quotas = quotas;
    this.#planOf = planOf;
    this.#lines = lines;
    this.#inQuarter = new Accumulators(lines, measuresProfit, counting);
    this.#inYear = looksAtYear ? new Accumulators(lines, measuresProfit, counting) : undefined;
    this.#isRetroactive = terms.plans.some(
      ({ rate }) => rate.kind === 'table' && rate.tiers === 'retroactive',
    );
    this.#bringIn();
  }

  /** What the rep had booked in the fiscal year up to the opening, where the year goes on after it (R11). */
  #bringIn(): void {
    const { calendar, closed } = this.#run;
    const brought = closed?.opening?.byRep.get(this.#rep);
    if (brought === undefined || this.#inYear === undefined) return;
    // The quarter in hand is the one after the opening; a calendar ledger may begin with it.
    const { fiscalYear, index, number } = this.#quarter;
    const before = calendar.quarters[index - 1];
    if (before === undefined ? number === 1 : before.fiscalYear !== fiscalYear) return;
    this.#inYear.bringIn(brought.booked ?? 0n, brought.bookedProfit ?? 0n);
    this.#brought = brought;
  }

  through({ lines, days }: Bookings, credits: readonly QuotaCredit[]): readonly Standing[] {
    let [at, credit] = [0, 0];
    while (at < lines.length || credit < credits.length) {
      const day = Math.min(days[at] ?? NEVER, credits[credit]?.day ?? NEVER) as Day;
      this.#moveTo(day);
      const first = at;
      for (; days[at] === day; at += 1) this.#book(lines[at] as number);
      let memo: number | undefined;
      for (; credits[credit]?.day === day; credit += 1) {
        const { line, share } = credits[credit] as QuotaCredit;
        this.#inQuarter.credit(line, share);
        this.#inYear?.credit(line, share);
        memo = credits[credit]?.memo;
      }
      if (this.#isRetroactive) this.#rateRetroactively(day, memo, lines.subarray(first, at));
    }
    this.#moveTo(this.#run.asOf);
    this.#closeQuarter();
    return this.#standings;
  }

  /** Closes the quarters before the day's. */
  #moveTo(day: Day): void {
    if (day <= this.#quarter.to) return;
    const quarter = findQuarter(this.#run.calendar, day);
    while (quarter !== undefined && this.#quarter.index < quarter.index) {
      this.#closeQuarter();
      const next = this.#run.calendar.quarters[this.#quarter.index + 1] as Quarter;
      this.#inQuarter.clear();
      if (next.fiscalYear !== this.#quarter.fiscalYear) {
        this.#inYear?.clear();
        this.#brought = undefined;
      }
      this.#gauges.clear();
      this.#groups.clear();
      this.#quarter = next;
    }
  }

  /** Prices a line whose rate its booking fixes, and adds it to the accumulators. */
  #book(line: number): void {
    const plan = this.#lines.planOf(line);
    const { rate } = plan;
    if (plan.basis === 'gross-profit' && this.#lines.measure(line, 'gross-profit') === undefined)
      this.#missesCost(plan, line);
    if (rate.kind === 'flat') {
      this.#lines.priceAt(line, rate.rate);
      this.#add(line);
      return;
    }
    // Asked for even where a booking of 0 needs no rate: a window without a quota is a fault all the same (R4.2).
    const gauge = this.#gauge(plan, rate, line);
    const isKnown = plan.measure === 'revenue' || this.#lines.measure(line, 'gross-profit') !== undefined;
    const isNothing = !isKnown || this.#lines.topOf(line, plan.measure) === this.#run.counting.zero;
    if (rate.tiers === 'retroactive' || isNothing) {
      this.#lines.priceAt(line, ZERO);
      this.#add(line);
      this.#lines.booked?.set(line, { gauge, slices: [] });
      return;
    }
    const accumulator = this.#accumulator(plan);
    const before = bandAt(gauge, accumulator);
    this.#add(line);
    const after = bandAt(gauge, accumulator);
    if (before === after && this.#lines.booked === undefined) {
      this.#lines.priceAt(line, gauge.rates[after] as Ratio);
      return;
    }
    const m = this.#lines.measure(line, plan.measure) as Fraction;
    const slices = marginalSlices(gauge, accumulator, m, [before, after]);
    this.#lines.priceAt(line, before === after ? (gauge.rates[after] as Ratio) : averageRate(slices));
    this.#lines.booked?.set(line, { gauge, slices });
  }

  #add(line: number): void {
    this.#inQuarter.book(line);
    this.#inYear?.book(line);
  }

  /** R4.6: at the end of the day, the rate of each plan's retroactive lines of the quarter, those of the day included. */
  #rateRetroactively(day: Day, memo: number | undefined, booked: Uint32Array): void {
    // R6.2: the last of the day's bookings, then of its credits.
    const source = memo ?? (this.#lines.invoices[booked.at(-1) as number] as number);
    for (const line of booked) {
      const plan = this.#lines.planOf(line);
      if (plan.rate.kind !== 'table' || plan.rate.tiers !== 'retroactive' || this.#groups.has(plan)) continue;
      this.#groups.set(plan, { plan, gauge: this.#gauge(plan, plan.rate, line), steps: [] });
    }
    if (this.#groups.size === 0) return;
    for (const { plan, gauge, steps } of this.#groups.values()) {
      const accumulator = this.#accumulator(plan);
      const rate = retroactiveRate(gauge, accumulator);
      if (steps.at(-1)?.rate === rate) continue;
      steps.push({ day, source, rate, ...(this.#run.explains ? { attained: accumulator.value() } : {}) });
    }
    for (const line of booked) {
      const group = this.#groups.get(this.#lines.planOf(line));
      if (group !== undefined) this.#lines.priceBy(line, group.steps);
    }
  }

  /** Notes where the rep stands at the end of the quarter in hand, or as of the date (R8.1). */
  #closeQuarter(): void {
    const quarter = this.#quarter;
    const last = Math.min(quarter.to, this.#run.asOf) as Day;
    const plan = this.#planOf(this.#rep, last);
    const measure = plan?.measure ?? 'revenue';
    const missesCost = (line: number) => this.#missesCost(plan as Plan, line);
    const bookings = this.#inQuarter.read(measure, missesCost).value();
    const quota = this.#quotas.findQuota(this.#rep, quarter);
    let attainment: Ratio | undefined;
    if (plan !== undefined) {
      const window = windowOf(plan);
      const { sum } = this.#quotas.quotaOf(this.#rep, window, quarter);
      const booked = this.#window(window, measure).read(measure, missesCost).value();
      if (sum !== undefined && sum > 0n) attainment = { n: booked.n, d: booked.d * sum };
    }
    this.#standings.push({ quarter, bookings, quota, attainment });
  }

  /** The plan's table in the quarter in hand. */
  #gauge(plan: Plan, table: RateTable, line: number): Gauge {
    const known = this.#gauges.get(plan);
    if (known !== undefined) return known;
    const quota = needsQuota(table) ? this.#quota(plan, table, line) : undefined;
    const gauge = gaugeOf(table, quota, this.#run);
    this.#gauges.set(plan, gauge);
    return gauge;
  }

  /** The window's quota, with what R9 has to say about it. */
  #quota(plan: Plan, table: RateTable, line: number): WindowQuota {
    const quota = this.#quotas.quotaOf(this.#rep, table.window, this.#quarter);
    const { window, sum, missing, rows } = quota;
    const rep = this.#rep;
    if (sum === undefined) {
      if (this.#run.doubtful.quotas || !isNews(this.#run, 'no-quota', rep, window)) return quota;
      const invoice = this.#idOf(line);
      this.#run.faults.push({
        code: 'no-quota',
        place: { kind: 'ledger', ledger: 'quotas' },
        rep,
        window,
        invoice,
        plan: plan.id,
      });
      return quota;
    }
    for (const quarter of missing) {
      this.#notice(
        exception('missing-quota', { ledger: 'quotas', row: undefined, id: rep }, { rep, quarter }),
      );
    }
    if (sum === 0n) {
      const rate = formatPercent((table.bands.at(-1) as Band).rate);
      const row = rows.length === 1 ? rows[0] : undefined;
      this.#notice(exception('zero-quota', { ledger: 'quotas', row, id: rep }, { rep, window, rate }));
    }
    return quota;
  }

  #accumulator(plan: Plan): Tally {
    const window = this.#window(windowOf(plan), plan.measure);
    if (plan.measure === 'revenue') return window.revenue;
    return window.read(plan.measure, (line) => this.#missesCost(plan, line));
  }

  #window(window: AttainmentWindow, measure: Measure): Accumulators {
    if (window === 'quarter') return this.#inQuarter;
    if (this.#brought !== undefined) this.#needsBooked(this.#brought, measure);
    return this.#inYear as Accumulators;
  }

  /** A year that goes on after the opening cannot do without what was booked in it, in the unit that is asked for. */
  #needsBooked({ row, booked, bookedProfit }: Opening, measure: Measure): void {
    const column = measure === 'revenue' ? 'booked' : 'booked_gross_profit';
    if ((measure === 'revenue' ? booked : bookedProfit) !== undefined) return;
    if (!isNews(this.#run, 'blank-cell', column, this.#rep)) return;
    const place = { kind: 'row', ledger: 'openings', row, column } as const;
    this.#run.faults.push({ code: 'blank-cell', place, column });
  }

  /** Each notice once. */
  #notice(notice: Exception): void {
    if (isNews(this.#run, notice.code, notice.message)) this.#run.exceptions.push(notice);
  }

  #missesCost(plan: Plan, line: number): void {
    tellMissingCost(this.#run, this.#lines, line, plan);
  }

  #idOf(line: number): string {
    return this.#run.books.invoices.ids.at(this.#lines.invoices[line] as number);
  }
}

const NEVER = Number.POSITIVE_INFINITY;
