/** Items at flat rates: what the items of a line come to, summed up without a fraction for each (R13.3). */
import { type Amount, type Counting, plus, times, type Whole } from '../../amount.js';
import { findCategoryRate, type Plan } from '../../plans/plan.js';
import { commonDenominator, type Ratio } from '../../ratio.js';
import type { SaleItems } from '../r3-sales/items.js';

/** What the items of an invoice come to at the plan's rates. */
export interface FlatSum {
  /** In units × {@link FlatItems.unit}. */
  readonly sum: Amount;
  /** Whether any of them counts toward quota (R13.2). */
  readonly counts: boolean;
}

interface FlatRate {
  /** The rate as a number of {@link FlatItems.unit}. */
  readonly rate: Whole;
  readonly counts: boolean;
}

/** A plan that rates every category flat. */
export class FlatItems {
  /** 1 ÷ the common denominator of the rates. */
  readonly unit: Ratio;
  readonly #plan: Plan;
  readonly #counting: Counting;
  /** By category; undefined where no entry rates it, or its rate cannot be counted. */
  readonly #rates = new Map<string, FlatRate | undefined>();

  private constructor(plan: Plan, unit: Ratio, counting: Counting) {
    this.#plan = plan;
    this.#counting = counting;
    this.unit = unit;
  }

  /** Undefined where a rate of the plan is a table, or there is one rate for everything. */
  static find(plan: Plan, counting: Counting): FlatItems | undefined {
    const rates = plan.rates?.map(({ rate }) => (rate.kind === 'flat' ? rate.rate : undefined));
    if (rates === undefined || !rates.every((rate) => rate !== undefined)) return undefined;
    return new FlatItems(plan, { n: 1n, d: commonDenominator(rates) }, counting);
  }

  /**
   * The sum of the items × their rates.
   *
   * @returns undefined where a rate or a cost is not known, or the sum cannot be counted
   */
  findSum(items: SaleItems, invoice: number): FlatSum | undefined {
    const { zero, one, isProduct } = this.#counting;
    const isRevenue = this.#plan.basis === 'revenue';
    let [sum, counts]: [Amount, boolean] = [zero, false];
    for (const item of items.of(invoice)) {
      const found = this.#find(items.categoryOf(item));
      const amount = isRevenue ? items.revenueOf(item) : items.profitOf(item, zero);
      if (found === undefined || amount === undefined || !isProduct(amount, found.rate)) return undefined;
      sum = plus(sum, times(amount, found.rate));
      if (!isProduct(sum, one)) return undefined;
      counts ||= found.counts;
    }
    return { sum, counts };
  }

  #find(category: string): FlatRate | undefined {
    if (this.#rates.has(category)) return this.#rates.get(category);
    const entry = findCategoryRate(this.#plan, category);
    const rate = entry?.rate.kind === 'flat' ? entry.rate.rate : undefined;
    const inUnits =
      rate && this.#counting.findFraction({ n: rate.n * (this.unit.d / rate.d), d: this.unit.d });
    const found = entry && inUnits && { rate: inUnits.n, counts: entry.countsForQuota };
    this.#rates.set(category, found);
    return found;
  }
}
