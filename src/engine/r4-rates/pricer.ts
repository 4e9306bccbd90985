/** Prices one rep's bookings, quarter by quarter: flat, marginal (R4.5) or retroactive (R4.6). */

import type { Fraction } from '../../amount.js';
import type { Day } from '../../day.js';
import { formatPercent } from '../../money.js';
import type { Plan, Rate } from '../../plans/plan.js';
import { type Exception, exception } from '../../problems/exception.js';
import { type Ratio, ZERO } from '../../ratio.js';
import type { Findings } from '../findings.js';
import type { Lines } from '../r3-sales/lines.js';
import type { Setting } from '../setting.js';
import {
  averageRate,
  bandAt,
  type Gauge,
  gaugeOf,
  marginalSlices,
  needsQuota,
  retroactiveRate,
} from './gauge.js';
import { reportMissingCost } from './missing-cost.js';
import type { PriceList, RateStep } from './prices.js';
import type { WindowQuota } from './quotas.js';
import type { Windows } from './windows.js';

type RateTable = Extract<Rate, { kind: 'table' }>;

/** The retroactive lines of one plan in one quarter: they share their rates (R4.6). */
interface RetroactiveGroup {
  readonly plan: Plan;
  readonly gauge: Gauge;
  readonly steps: RateStep[];
}

export class Pricer {
  readonly #setting: Setting;
  readonly #findings: Findings;
  readonly #rep: string;
  readonly #lines: Lines;
  readonly #windows: Windows;
  readonly #prices: PriceList;
  // Of the current quarter.
  readonly #gauges = new Map<Plan, Gauge>();
  readonly #groups = new Map<Plan, RetroactiveGroup>();

  /** @param rep - the rep's id */
  constructor(
    setting: Setting,
    findings: Findings,
    lines: Lines,
    { rep, windows, prices }: { readonly rep: string; readonly windows: Windows; readonly prices: PriceList },
  ) {
    this.#setting = setting;
    this.#findings = findings;
    this.#rep = rep;
    this.#lines = lines;
    this.#windows = windows;
    this.#prices = prices;
  }

  /** A quarter has rates of its own. */
  endQuarter(): void {
    this.#gauges.clear();
    this.#groups.clear();
  }

  /** Prices a line whose rate its booking fixes, and adds it to the windows. */
  book(line: number): void {
    const lines = this.#lines;
    const plan = lines.planOf(line);
    const { rate } = plan;
    if (plan.basis === 'gross-profit' && lines.measure(line, 'gross-profit') === undefined)
      reportMissingCost(this.#setting, this.#findings, lines, line, plan);
    if (rate.kind === 'flat') {
      this.#prices.priceAt(line, rate.rate);
      this.#windows.book(line);
      return;
    }
    // Made even where a booking of 0 needs no rate: a window without a quota is a fault all the same (R4.2).
    const gauge = this.#gauge(plan, rate, line);
    const isKnown = plan.measure === 'revenue' || lines.measure(line, 'gross-profit') !== undefined;
    if (rate.tiers === 'retroactive' || !isKnown || lines.isNothing(line, plan.measure)) {
      this.#prices.priceAt(line, ZERO);
      this.#windows.book(line);
      this.#prices.explain(line, { gauge, slices: [] });
      return;
    }
    this.#bookMarginally(line, plan, gauge);
  }

  /**
   * R4.6: at the end of a day, the rate of each plan's retroactive lines of the quarter, those of the day included.
   *
   * @param memo - the last credit memo of the day, by its number among the sources
   * @param booked - the day's lines
   */
  rateRetroactively(day: Day, memo: number | undefined, booked: Uint32Array): void {
    // R6.2: the last of the day's bookings, then of its credits.
    const source = memo ?? (this.#lines.invoices[booked.at(-1) as number] as number);
    for (const line of booked) {
      const plan = this.#lines.planOf(line);
      if (plan.rate.kind !== 'table' || plan.rate.tiers !== 'retroactive' || this.#groups.has(plan)) continue;
      this.#groups.set(plan, { plan, gauge: this.#gauge(plan, plan.rate, line), steps: [] });
    }
    if (this.#groups.size === 0) return;
    for (const { plan, gauge, steps } of this.#groups.values()) {
      const tally = this.#windows.bookedFor(plan);
      const rate = retroactiveRate(gauge, tally);
      if (steps.at(-1)?.rate === rate) continue;
      steps.push({ day, source, rate, ...(this.#prices.explains ? { attained: tally.value() } : {}) });
    }
    for (const line of booked) {
      const group = this.#groups.get(this.#lines.planOf(line));
      if (group !== undefined) this.#prices.priceBy(line, group.steps);
    }
  }

  /** R4.5: a booking is paid at the rates of the bands that it passes through. */
  #bookMarginally(line: number, plan: Plan, gauge: Gauge): void {
    const tally = this.#windows.bookedFor(plan);
    const before = bandAt(gauge, tally);
    this.#windows.book(line);
    const after = bandAt(gauge, tally);
    if (before === after && !this.#prices.explains) {
      this.#prices.priceAt(line, gauge.rates[after] as Ratio);
      return;
    }
    const m = this.#lines.measure(line, plan.measure) as Fraction;
    const slices = marginalSlices(gauge, tally, m, [before, after]);
    this.#prices.priceAt(line, before === after ? (gauge.rates[after] as Ratio) : averageRate(slices));
    this.#prices.explain(line, { gauge, slices });
  }

  /** The plan's table in the current quarter. */
  #gauge(plan: Plan, table: RateTable, line: number): Gauge {
    const known = this.#gauges.get(plan);
    if (known !== undefined) return known;
    const quota = needsQuota(table) ? this.#quota(plan, table, line) : undefined;
    const gauge = gaugeOf(table, quota, this.#setting);
    this.#gauges.set(plan, gauge);
    return gauge;
  }

  /** The window's quota, with what R9 makes of it. */
  #quota(plan: Plan, table: RateTable, line: number): WindowQuota {
    const quota = this.#windows.quotaOf(table.window);
    const { window, sum, missing, rows } = quota;
    const rep = this.#rep;
    if (sum === undefined) {
      this.#reportNoQuota(plan, window, line);
      return quota;
    }
    for (const quarter of missing) {
      const where = { ledger: 'quotas', row: undefined, id: rep } as const;
      this.#notice(exception('missing-quota', where, { rep, quarter }));
    }
    if (sum === 0n) {
      const rate = formatPercent(table.bands.at(-1)?.rate ?? ZERO);
      const row = rows.length === 1 ? rows[0] : undefined;
      this.#notice(exception('zero-quota', { ledger: 'quotas', row, id: rep }, { rep, window, rate }));
    }
    return quota;
  }

  #reportNoQuota(plan: Plan, window: string, line: number): void {
    const rep = this.#rep;
    if (this.#setting.doubtful.quotas || !this.#findings.isFirst('no-quota', rep, window)) return;
    const invoice = this.#setting.books.invoices.ids.at(this.#lines.invoices[line] as number);
    const place = { kind: 'ledger', ledger: 'quotas' } as const;
    this.#findings.addFault({ code: 'no-quota', place, rep, window, invoice, plan: plan.id });
  }

  /** Each notice once. */
  #notice(notice: Exception): void {
    if (this.#findings.isFirst(notice.code, notice.message)) this.#findings.addException(notice);
  }
}
