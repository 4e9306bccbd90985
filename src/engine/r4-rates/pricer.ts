/** Prices one rep's bookings, quarter by quarter: flat, marginal (R4.5) or retroactive (R4.6). */
import { type Amount, exactly, type Fraction } from '../../amount.js';
import type { Day } from '../../day.js';
import { formatPercent } from '../../money.js';
import { type CategoryRate, findCategoryRate, type Plan, type Rate, windowOfRate } from '../../plans/plan.js';
import { type Exception, exception } from '../../problems/exception.js';
import { ONE, plus, type Ratio, times, ZERO } from '../../ratio.js';
import type { Findings } from '../findings.js';
import { categoryOf, type Lines, type QuotaCreditOf } from '../r3-sales/lines.js';
import type { Setting } from '../setting.js';
import {
  averageRate,
  bandAt,
  type Gauge,
  gaugeOf,
  marginalSlices,
  needsQuota,
  retroactiveRate,
  wholeRate,
} from './gauge.js';
import { reportMissingCost } from './missing-cost.js';
import type { Booked, BookedItem, PriceList, RateStep, RetroactivePart } from './prices.js';
import type { WindowQuota } from './quotas.js';
import { Tally } from './tally.js';
import type { Windows } from './windows.js';

type RateTable = Extract<Rate, { kind: 'table' }>;

/** What is re-rated together: the retroactive lines, or items, of one table in one window (R4.6). */
interface RetroactiveGroup {
  readonly plan: Plan;
  readonly table: RateTable;
  readonly gauge: Gauge;
  readonly steps: RateStep[];
}

/** A part of a line that waits for the rate of its day. */
interface WaitingPart {
  readonly table: RateTable;
  readonly basis: Ratio;
  readonly parts: RetroactivePart[];
}

export class Pricer {
  readonly #setting: Setting;
  readonly #findings: Findings;
  readonly #rep: string;
  readonly #lines: Lines;
  readonly #windows: Windows;
  readonly #prices: PriceList;
  // Of the current quarter, or of the current month where a table looks at months.
  readonly #gauges = new Map<RateTable, Gauge>();
  readonly #groups = new Map<RateTable, RetroactiveGroup>();
  /** Of the current day. */
  #waiting: WaitingPart[] = [];

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

  /** So has a month, for tables that look at months (R12.5). */
  endMonth(): void {
    for (const table of this.#gauges.keys()) if (table.window === 'month') this.#gauges.delete(table);
    for (const table of this.#groups.keys()) if (table.window === 'month') this.#groups.delete(table);
  }

  /** Prices a line whose rate its booking fixes, and adds it to the windows. */
  book(line: number): void {
    const lines = this.#lines;
    const plan = lines.planOf(line);
    const { rate } = plan;
    if (plan.basis === 'gross-profit' && lines.measure(line, 'gross-profit') === undefined)
      reportMissingCost(this.#setting, this.#findings, lines, line, plan);
    if (this.#isByItem(line, plan)) {
      if (!this.#bookFlatItems(line, plan)) this.#bookItems(line, plan);
      return;
    }
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
   * R4.6: at the end of a day, the rate of each retroactive table of the window, the lines of the day included.
   *
   * @param memo - the last credit memo of the day, by its number among the sources
   * @param booked - the day's lines
   */
  rateRetroactively(day: Day, memo: number | undefined, booked: Uint32Array): void {
    // R6.2: the last of the day's bookings, then of its credits.
    const source = memo ?? (this.#lines.invoices[booked.at(-1) as number] as number);
    for (const line of booked) {
      const plan = this.#lines.planOf(line);
      if (!isRetroactive(plan.rate) || this.#isByItem(line, plan)) continue;
      this.#addGroup(plan, plan.rate, line);
    }
    if (this.#groups.size === 0) return;
    for (const { plan, table, gauge, steps } of this.#groups.values()) {
      const tally = this.#windows.bookedFor(plan, windowOfRate(table));
      const rate = retroactiveRate(gauge, tally);
      if (steps.at(-1)?.rate === rate) continue;
      steps.push({ day, source, rate, ...(this.#prices.explains ? { attained: tally.value() } : {}) });
    }
    for (const line of booked) {
      const plan = this.#lines.planOf(line);
      if (!isRetroactive(plan.rate) || this.#isByItem(line, plan)) continue;
      this.#prices.priceBy(line, (this.#groups.get(plan.rate) as RetroactiveGroup).steps);
    }
    for (const { table, basis, parts } of this.#waiting) {
      const { steps } = this.#groups.get(table) as RetroactiveGroup;
      parts.push({ basis, steps, first: steps.length - 1 });
    }
    this.#waiting = [];
  }

  /**
   * R12.4: prices cash as it comes in: like a booking of that size (R4.5). Adds it to the windows.
   *
   * @param line - of the invoice, for a message
   * @returns the exact commission in units, and how the cash met its table
   */
  bookCash(line: number, plan: Plan, cash: Ratio): PricedPart {
    const counted = { revenue: cash, profit: cash };
    // R27.1: by the sale, every parcel of cash starts at 0.
    const local = new Tally(this.#setting.counting);
    return this.#price({ line, plan, basis: cash, counted, local }, plan.rate);
  }

  #addGroup(plan: Plan, table: RateTable, line: number): void {
    if (this.#groups.has(table)) return;
    this.#groups.set(table, { plan, table, gauge: this.#gauge(plan, table, line), steps: [] });
  }

  /** Whether a line is priced item by item: by category, or where its table makes a difference between them (R13.3). */
  #isByItem(line: number, { rate, rates, basis }: Plan): boolean {
    if (rates !== undefined) return true;
    if (rate.kind === 'table' && (rate.tiers === 'whole' || rate.window === 'sale')) return true;
    const { items, invoices } = this.#lines;
    if (items === undefined || !items.has(invoices[line] as number)) return false;
    return rate.kind === 'table' && (rate.tiers === 'marginal' || basis === 'gross-profit');
  }

  /** R13.3: the sum of items at flat rates, which no order of theirs changes; false where they are priced one by one. */
  #bookFlatItems(line: number, plan: Plan): boolean {
    const { items, invoices } = this.#lines;
    const invoice = invoices[line] as number;
    const flat = this.#prices.flatItemsOf(plan);
    if (flat === undefined || items?.has(invoice) !== true) return false;
    const found = flat.findSum(items, invoice);
    if (found === undefined) return false;
    this.#prices.priceSum(line, found.sum, this.#lines.factorOf(line), flat.unit);
    if (found.counts) this.#windows.book(line);
    return true;
  }

  /** R13.3: each item is priced from where the accumulator is then; the commission of the line is the sum. */
  #bookItems(line: number, plan: Plan): void {
    const parts: RetroactivePart[] = [];
    const items: BookedItem[] = [];
    let fixed = ZERO;
    // R27.1: what is booked by the sale starts at 0.
    const local = new Tally(this.#setting.counting);
    for (const { item, category, revenue, profit } of this.#itemsOf(line)) {
      const entry = this.#entryFor(plan, category, line, item);
      const [basis, m] = [plan.basis, plan.measure].map((measure) =>
        measure === 'revenue' ? revenue : profit,
      );
      const counted = { revenue, profit };
      if (!entry.countsForQuota) {
        // R13.2: its rate is flat.
        const rate = entry.rate.kind === 'flat' ? entry.rate.rate : ZERO;
        const commission = basis === undefined ? ZERO : times(basis, rate);
        fixed = plus(fixed, commission);
        items.push({ item, category, basis: basis ?? ZERO, counted: ZERO, commission, booked: undefined });
        continue;
      }
      const shown = { item, category, basis: basis ?? ZERO, counted: m ?? ZERO };
      if (isRetroactive(entry.rate)) {
        this.#windows.add(line, counted);
        if (m !== undefined) local.addRatio(m);
        this.#addGroup(plan, entry.rate, line);
        this.#waiting.push({ table: entry.rate, basis: basis ?? ZERO, parts });
        const { gauge } = this.#groups.get(entry.rate) as RetroactiveGroup;
        items.push({ ...shown, commission: undefined, booked: { gauge, slices: [] } });
        continue;
      }
      const priced = this.#price({ line, plan, basis, counted, local }, entry.rate);
      fixed = plus(fixed, priced.commission);
      items.push({ ...shown, commission: priced.commission, booked: priced.booked });
    }
    this.#prices.priceItems(line, fixed, parts);
    this.#prices.explainItems(line, items);
  }

  /** The entry that rates an item; a category that no entry names is a fault. */
  #entryFor(plan: Plan, category: string, line: number, item: number | undefined): CategoryRate {
    const whole: CategoryRate = { categories: undefined, rate: plan.rate, countsForQuota: true };
    if (plan.rates === undefined) return whole;
    const found = findCategoryRate(plan, category);
    if (found !== undefined) return found;
    const { invoices, items } = this.#setting.books;
    const invoice = this.#lines.invoices[line] as number;
    const place =
      item === undefined || items === undefined
        ? ({ kind: 'row', ledger: 'invoices', row: invoices.rowOf(invoice), column: 'category' } as const)
        : ({ kind: 'row', ledger: 'items', row: items.rowOf(item), column: 'category' } as const);
    if (this.#findings.isFirst('unrated-category', plan.id, category)) {
      const categories = plan.rates.flatMap((entry) => entry.categories ?? []);
      const facts = { category, invoice: invoices.ids.at(invoice), plan: plan.id, categories };
      this.#findings.addFault({ code: 'unrated-category', place, ...facts });
    }
    return { categories: undefined, rate: { kind: 'flat', rate: ZERO }, countsForQuota: true };
  }

  /** What is sold with a line's invoice, in order of item id, as amounts of the line. */
  *#itemsOf(line: number): Iterable<{
    readonly item: number | undefined;
    readonly category: string;
    readonly revenue: Ratio;
    readonly profit: Ratio | undefined;
  }> {
    const { items, invoices } = this.#lines;
    const { counting, books } = this.#setting;
    const invoice = invoices[line] as number;
    if (items === undefined || !items.has(invoice)) {
      const revenue = exactPart(this.#lines.measure(line, 'revenue'));
      const profit = this.#lines.measure(line, 'gross-profit');
      yield {
        item: undefined,
        category: categoryOf(books.invoices, invoice),
        revenue,
        profit: profit && exactPart(profit),
      };
      return;
    }
    const factor = this.#lines.factorOf(line);
    for (const item of items.of(invoice)) {
      const profit = items.profitOf(item, counting.zero);
      yield {
        item,
        category: items.categoryOf(item),
        revenue: partOf(items.revenueOf(item), factor),
        profit: profit === undefined ? undefined : partOf(profit, factor),
      };
    }
  }

  /** The commission of a booking, or a part of one, at a flat rate or by a table that fixes it; it goes into the windows. */
  #price({ line, plan, basis, counted, local }: PartToPrice, rate: Rate): PricedPart {
    const m = plan.measure === 'revenue' ? counted.revenue : counted.profit;
    if (rate.kind === 'flat') {
      this.#windows.add(line, counted);
      if (m !== undefined) local?.addRatio(m);
      return { commission: basis === undefined ? ZERO : times(basis, rate.rate), booked: undefined };
    }
    const gauge = this.#gauge(plan, rate, line);
    const window = windowOfRate(rate);
    const tally = window === undefined && local !== undefined ? local : this.#windows.bookedFor(plan, window);
    const before = bandAt(gauge, tally);
    this.#windows.add(line, counted);
    if (m !== undefined) local?.addRatio(m);
    if (m === undefined || basis === undefined) return { commission: ZERO, booked: { gauge, slices: [] } };
    const after = bandAt(gauge, tally);
    if (rate.tiers === 'whole') {
      const reached = wholeRate(gauge, [before, after]);
      return { commission: times(basis, reached), booked: { gauge, slices: [], whole: reached } };
    }
    // R4.5: with m = 0 the commission is 0.
    if (m.n === 0n) return { commission: ZERO, booked: { gauge, slices: [] } };
    const slices = marginalSlices(gauge, tally, m, [before, after]);
    const average = before === after ? (gauge.rates[after] as Ratio) : averageRate(slices);
    return { commission: times(basis, average), booked: { gauge, slices } };
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
    const slices = marginalSlices(gauge, tally, exactPart(m), [before, after]);
    this.#prices.priceAt(line, before === after ? (gauge.rates[after] as Ratio) : averageRate(slices));
    this.#prices.explain(line, { gauge, slices });
  }

  /** The plan's table in the current quarter. */
  #gauge(plan: Plan, table: RateTable, line: number): Gauge {
    const known = this.#gauges.get(table);
    if (known !== undefined) return known;
    const quota = needsQuota(table) ? this.#quota(plan, table, line) : undefined;
    const gauge = gaugeOf(table, quota, this.#setting);
    this.#gauges.set(table, gauge);
    return gauge;
  }

  /** The window's quota, with what R9 makes of it. */
  #quota(plan: Plan, table: RateTable, line: number): WindowQuota {
    const quota = this.#windows.quotaOf(windowOfRate(table) ?? 'quarter');
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

/** A booking, or a part of one, that a rate is to be found for; amounts in units. */
interface PartToPrice {
  readonly line: number;
  readonly plan: Plan;
  /** Undefined where a cost is not known. */
  readonly basis: Ratio | undefined;
  readonly counted: QuotaCreditOf;
  /** What is booked of the sale so far (R27.1); undefined where it does not matter. */
  readonly local: Tally | undefined;
}

/** What a booking, or a part of one, comes to. */
export interface PricedPart {
  /** In units, exactly. */
  readonly commission: Ratio;
  /** How it met its table; undefined at a flat rate. */
  readonly booked: Booked | undefined;
}

function isRetroactive(rate: Rate): rate is RateTable {
  return rate.kind === 'table' && rate.tiers === 'retroactive';
}

function exactPart({ n, d }: Fraction): Ratio {
  return { n: exactly(n), d: exactly(d) };
}

function partOf(amount: Amount, factor: Ratio): Ratio {
  return factor === ONE ? { n: exactly(amount), d: 1n } : times({ n: exactly(amount), d: 1n }, factor);
}
