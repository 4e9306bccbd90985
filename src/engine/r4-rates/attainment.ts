/** Each rep's bookings and quota-reducing credits in order, and the rates that follow from them (R4). */
import type { Day } from '../../day.js';
import { formatPercent, type Units } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import type { PlanFinder } from '../../plans/assignments.js';
import { type AttainmentWindow, type Band, type Plan, type Rate, windowOf } from '../../plans/plan.js';
import { type Exception, exception } from '../../problems/exception.js';
import { over, type Ratio, ZERO } from '../../ratio.js';
import { findQuarter, type Quarter } from '../r2-ledgers/calendar.js';
import { type Line, measured, type RateStep, type Sale } from '../r3-sales/line.js';
import { isNews, type Run } from '../run.js';
import { Accumulators } from './accumulators.js';
import { type QuotaCredit, quotaCredits } from './quota-credits.js';
import { QuotaBook } from './quotas.js';
import { averageRate, type Gauge, gaugeOf, marginalSlices, needsQuota, retroactiveRate } from './rates.js';
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

/** A rep's lines by booking, and where the rep stood quarter by quarter up to the as-of date. */
export interface RepAttainment {
  readonly rep: string;
  readonly lines: readonly Line[];
  readonly standings: readonly Standing[];
}

/** Prices every line (`line.pricing`) and tells where each rep stands, in order of rep id. */
export function attain(run: Run, sales: readonly Sale[], planOf: PlanFinder): readonly RepAttainment[] {
  const lines = new Map<string, Line[]>();
  const credits = new Map<string, QuotaCredit[]>();
  for (const sale of sales) {
    for (const line of sale.lines) push(lines, line.rep, line);
    for (const credit of quotaCredits(sale)) push(credits, credit.line.rep, credit);
  }
  const quotas = new QuotaBook(run.books.quotas, run.calendar);
  const reps = [...lines.keys()].sort(byCodeUnit);
  return reps.map((rep) => {
    const own = (lines.get(rep) as Line[]).sort(byBooking);
    const ownCredits = (credits.get(rep) ?? []).sort((a, b) => a.day - b.day || byCodeUnit(a.memo, b.memo));
    const first = (own[0] as Line).quarter;
    const standings = new Walk(run, rep, first, quotas, planOf).through(own, ownCredits);
    return { rep, lines: own, standings };
  });
}

/** R4.4: bookings consume the window in order of (booking date, invoice id, rep id). */
function byBooking(a: Line, b: Line): number {
  const [one, other] = [a.sale.invoice, b.sale.invoice];
  return one.booking - other.booking || byCodeUnit(one.id, other.id);
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
  readonly #inQuarter = new Accumulators();
  readonly #inYear = new Accumulators();
  readonly #standings: Standing[] = [];
  // Of the quarter in hand.
  #quarter: Quarter;
  readonly #gauges = new Map<Plan, Gauge>();
  readonly #groups = new Map<Plan, RetroactiveGroup>();

  constructor(run: Run, rep: string, first: Quarter, quotas: QuotaBook, planOf: PlanFinder) {
    this.#run = run;
    this.#rep = rep;
    this.#quarter = first;
    this.#quotas = quotas;
    this.#planOf = planOf;
  }

  through(lines: readonly Line[], credits: readonly QuotaCredit[]): readonly Standing[] {
    let [line, credit] = [0, 0];
    while (line < lines.length || credit < credits.length) {
      const day = earlier(lines[line]?.sale.invoice.booking, credits[credit]?.day);
      this.#moveTo(day);
      const booked: Line[] = [];
      for (; lines[line]?.sale.invoice.booking === day; line += 1) booked.push(lines[line] as Line);
      for (const one of booked) this.#book(one);
      let source = booked.at(-1)?.sale.invoice.id;
      for (; credits[credit]?.day === day; credit += 1) {
        const { line: credited, share, memo } = credits[credit] as QuotaCredit;
        for (const window of [this.#inQuarter, this.#inYear]) window.credit(credited, share);
        source = memo;
      }
      this.#rateRetroactively(day, source as string, booked);
    }
    this.#moveTo(this.#run.asOf);
    this.#closeQuarter();
    return this.#standings;
  }

  /** Closes the quarters before the day's. */
  #moveTo(day: Day): void {
    const quarter = findQuarter(this.#run.calendar, day);
    while (quarter !== undefined && this.#quarter.index < quarter.index) {
      this.#closeQuarter();
      const next = this.#run.calendar.quarters[this.#quarter.index + 1] as Quarter;
      this.#inQuarter.clear();
      if (next.fiscalYear !== this.#quarter.fiscalYear) this.#inYear.clear();
      this.#gauges.clear();
      this.#groups.clear();
      this.#quarter = next;
    }
  }

  /** Prices a line whose rate its booking fixes, and adds it to the accumulators. */
  #book(line: Line): void {
    const { plan } = line;
    const add = () => {
      for (const window of [this.#inQuarter, this.#inYear]) window.book(line);
    };
    if (plan.basis === 'gross-profit' && line.grossProfit === undefined) this.#missesCost(plan, line);
    const m = measured(line, plan.measure) ?? ZERO;
    if (plan.rate.kind === 'flat') {
      line.pricing = { kind: 'fixed', rate: plan.rate.rate };
      add();
      return;
    }
    // Asked for even where a booking of 0 needs no rate: a window without a quota is a fault all the same (R4.2).
    const gauge = this.#gauge(plan, plan.rate, line);
    if (plan.rate.tiers === 'retroactive' || m.n === 0n) {
      add();
    } else {
      const slices = marginalSlices(gauge, this.#accumulator(plan), m, add);
      line.pricing = { kind: 'fixed', rate: averageRate(slices) };
    }
  }

  /** R4.6: at the end of the day, the rate of each plan's retroactive lines of the quarter, those of the day included. */
  #rateRetroactively(day: Day, source: string, booked: readonly Line[]): void {
    for (const line of booked) {
      const { plan } = line;
      if (plan.rate.kind !== 'table' || plan.rate.tiers !== 'retroactive' || this.#groups.has(plan)) continue;
      this.#groups.set(plan, { plan, gauge: this.#gauge(plan, plan.rate, line), steps: [] });
    }
    for (const { plan, gauge, steps } of this.#groups.values()) {
      const rate = retroactiveRate(gauge, this.#accumulator(plan));
      if (steps.at(-1)?.rate !== rate) steps.push({ day, source, rate });
    }
    for (const line of booked) {
      const group = this.#groups.get(line.plan);
      if (group !== undefined) {
        line.pricing = { kind: 'retroactive', steps: group.steps, first: group.steps.length - 1 };
      }
    }
  }

  /** Notes where the rep stands at the end of the quarter in hand, or as of the date (R8.1). */
  #closeQuarter(): void {
    const quarter = this.#quarter;
    const last = Math.min(quarter.to, this.#run.asOf) as Day;
    const plan = this.#planOf(this.#rep, last);
    const measure = plan?.measure ?? 'revenue';
    const missesCost = (line: Line) => this.#missesCost(plan as Plan, line);
    const bookings = this.#inQuarter.read(measure, missesCost).value();
    const quota = this.#quotas.findQuota(this.#rep, quarter);
    let attainment: Ratio | undefined;
    if (plan !== undefined) {
      const window = windowOf(plan);
      const { sum } = this.#quotas.quotaOf(this.#rep, window, quarter);
      const booked = this.#window(window).read(measure, missesCost).value();
      if (sum !== undefined && sum > 0n) attainment = over(booked, { n: sum, d: 1n });
    }
    this.#standings.push({ quarter, bookings, quota, attainment });
  }

  /** The plan's table in the quarter in hand. */
  #gauge(plan: Plan, table: RateTable, line: Line): Gauge {
    const known = this.#gauges.get(plan);
    if (known !== undefined) return known;
    const quota = needsQuota(table) ? this.#quota(plan, table, line) : 0n;
    const gauge = gaugeOf(table, quota, this.#run.books.scale);
    this.#gauges.set(plan, gauge);
    return gauge;
  }

  /** The window's quota in units, with what R9 has to say about it. */
  #quota(plan: Plan, table: RateTable, line: Line): Units {
    const { window, sum, missing, rows } = this.#quotas.quotaOf(this.#rep, table.window, this.#quarter);
    const rep = this.#rep;
    if (sum === undefined) {
      if (this.#run.doubtful.quotas || !isNews(this.#run, 'no-quota', rep, window)) return 0n;
      const invoice = line.sale.invoice.id;
      this.#run.faults.push({
        code: 'no-quota',
        place: { kind: 'ledger', ledger: 'quotas' },
        rep,
        window,
        invoice,
        plan: plan.id,
      });
      return 0n;
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
    return sum;
  }

  #accumulator(plan: Plan): Tally {
    return this.#window(windowOf(plan)).read(plan.measure, (line) => this.#missesCost(plan, line));
  }

  #window(window: AttainmentWindow): Accumulators {
    return window === 'quarter' ? this.#inQuarter : this.#inYear;
  }

  /** Each notice once. */
  #notice(notice: Exception): void {
    if (isNews(this.#run, notice.code, notice.message)) this.#run.exceptions.push(notice);
  }

  #missesCost(plan: Plan, { sale: { invoice } }: Line): void {
    if (!isNews(this.#run, 'missing-cost', invoice.id)) return;
    const place = { kind: 'row', ledger: 'invoices', row: invoice.row, column: 'cost' } as const;
    this.#run.faults.push({
      code: 'missing-cost',
      place,
      invoice: invoice.id,
      rep: this.#rep,
      plan: plan.id,
    });
  }
}

function earlier(a: Day | undefined, b: Day | undefined): Day {
  return a === undefined || (b !== undefined && b < a) ? (b as Day) : a;
}

function push<T>(byRep: Map<string, T[]>, rep: string, item: T): void {
  const own = byRep.get(rep);
  if (own === undefined) byRep.set(rep, [item]);
  else own.push(item);
}
