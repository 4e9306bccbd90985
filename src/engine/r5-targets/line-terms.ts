/** The terms of lines: those of their plans, with the tolerance in the currency of the invoice (R15.2). */
import { powerOfTen } from '../../money.js';
import type { Plan } from '../../plans/plan.js';
import { floor, ONE, over, type Ratio } from '../../ratio.js';
import type { Setting } from '../setting.js';
import { type TargetTerms, targetTerms } from './targets.js';

export class LineTerms {
  readonly #setting: Setting;
  readonly #unit: bigint;
  readonly #terms: ReadonlyMap<Plan, TargetTerms>;
  /** By plan, then by the rate. */
  readonly #abroad = new Map<Plan, Map<Ratio, TargetTerms>>();

  constructor(setting: Setting) {
    const { terms, books, counting } = setting;
    this.#setting = setting;
    this.#unit = powerOfTen(books.scale);
    this.#terms = new Map(
      terms.plans.map((plan) => [plan, targetTerms(plan, terms.rounding, this.#unit, counting)]),
    );
  }

  /**
   * The terms of a line.
   *
   * @param rate - the currency rate of its invoice
   */
  of(plan: Plan, rate: Ratio): TargetTerms {
    const own = this.#terms.get(plan) as TargetTerms;
    return rate === ONE || !(own.tolerance > 0) ? own : this.#inCurrency(plan, own, rate);
  }

  /** R15.2: a tolerance is compared with the open remainder × the rate. */
  #inCurrency(plan: Plan, own: TargetTerms, rate: Ratio): TargetTerms {
    let byRate = this.#abroad.get(plan);
    if (byRate === undefined) {
      byRate = new Map();
      this.#abroad.set(plan, byRate);
    }
    let terms = byRate.get(rate);
    if (terms === undefined && plan.tolerance.kind === 'amount') {
      const { n, d } = plan.tolerance.amount;
      const tolerance = floor(over({ n: n * this.#unit, d }, rate));
      terms = { ...own, tolerance: this.#setting.counting.units(tolerance) };
      byRate.set(rate, terms);
    }
    return terms ?? own;
  }
}
