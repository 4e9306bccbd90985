/** The terms of lines: those of their plans, with the tolerance in the currency of the invoice (R15.2). */
import { powerOfTen } from '../../money.js';
import type { Plan } from '../../plans/plan.js';
import { compare, floor, ONE, over, type Ratio } from '../../ratio.js';
import { Findings } from '../findings.js';
import { CurrencyRates } from '../r3-sales/currency.js';
import type { Setting } from '../setting.js';
import { type TargetTerms, targetTerms } from './targets.js';

export class LineTerms {
  readonly #setting: Setting;
  readonly #unit: bigint;
  readonly #terms: ReadonlyMap<Plan, TargetTerms>;
  readonly #currencies: CurrencyRates | undefined;
  /** By plan, then by the rate. */
  readonly #abroad = new Map<Plan, Map<string, TargetTerms>>();

  constructor(setting: Setting) {
    const { terms, books, counting } = setting;
    this.#setting = setting;
    this.#unit = powerOfTen(books.scale);
    this.#terms = new Map(
      terms.plans.map((plan) => [plan, targetTerms(plan, terms.rounding, this.#unit, counting)]),
    );
    // An invoice without a rate is a fault, which is found long before lines are posted.
    this.#currencies =
      books.invoices.currencies === undefined ? undefined : new CurrencyRates(setting, new Findings());
  }

  /** The terms of a line of a plan on an invoice. */
  of(plan: Plan, invoice: number): TargetTerms {
    const own = this.#terms.get(plan) as TargetTerms;
    if (this.#currencies === undefined || !(own.tolerance > 0)) return own;
    const rate = this.#currencies.rateOf(invoice);
    return compare(rate, ONE) === 0 ? own : this.#inCurrency(plan, own, rate);
  }

  /** R15.2: a tolerance is compared with the open remainder × the rate. */
  #inCurrency(plan: Plan, own: TargetTerms, rate: Ratio): TargetTerms {
    let byRate = this.#abroad.get(plan);
    if (byRate === undefined) {
      byRate = new Map();
      this.#abroad.set(plan, byRate);
    }
    const key = `${rate.n}/${rate.d}`;
    let terms = byRate.get(key);
    if (terms === undefined && plan.tolerance.kind === 'amount') {
      const { n, d } = plan.tolerance.amount;
      const tolerance = floor(over({ n: n * this.#unit, d }, rate));
      terms = { ...own, tolerance: this.#setting.counting.units(tolerance) };
      byRate.set(key, terms);
    }
    return terms ?? own;
  }
}
