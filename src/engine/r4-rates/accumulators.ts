/** What a rep has booked so far in a window, in revenue and in gross profit (R3.2, R4.4). */
import { type Counting, exactly, type Fraction } from '../../amount.js';
import type { Units } from '../../money.js';
import type { Measure } from '../../plans/plan.js';
import { negative, type Ratio, ratio, times } from '../../ratio.js';
import type { Lines, QuotaCreditOf } from '../r3-sales/lines.js';
import { Tally } from './tally.js';

/** One window's accumulators; gross profit is not known while a line has no cost. */
export class Accumulators {
  readonly #lines: Lines;
  readonly #counting: Counting;
  readonly #revenue: Tally;
  /** Undefined where no plan measures it. */
  readonly #profit: Tally | undefined;
  readonly #withoutCost = new Set<number>();

  constructor(lines: Lines, measuresProfit: boolean, counting: Counting) {
    this.#lines = lines;
    this.#counting = counting;
    this.#revenue = new Tally(counting);
    this.#profit = measuresProfit ? new Tally(counting) : undefined;
  }

  /** What was booked before, in units. */
  bringIn(revenue: Units, profit: Units): void {
    const { units } = this.#counting;
    this.#revenue.addWhole(units(revenue));
    this.#profit?.addWhole(units(profit));
  }

  /** A booking adds the line's quota credit. */
  book(line: number): void {
    const counted = this.#lines.findQuotaCredit(line);
    if (counted !== undefined) {
      this.add(line, counted);
      return;
    }
    this.#lines.addRevenue(line, this.#revenue);
    if (this.#profit === undefined) return;
    const profit = this.#lines.measure(line, 'gross-profit');
    if (profit === undefined) this.#withoutCost.add(line);
    else this.#profit.add(profit);
  }

  /** Adds a part of a line's quota credit (R13.3), or takes one away. */
  add(line: number, { revenue, profit }: QuotaCreditOf): void {
    this.#revenue.addRatio(revenue);
    if (this.#profit === undefined) return;
    if (profit === undefined) this.#withoutCost.add(line);
    else this.#profit.addRatio(profit);
  }

  /** A credit memo takes a share of it away (R4.9). */
  credit(line: number, share: Ratio, profitShare: Ratio): void {
    const counted = this.#lines.findQuotaCredit(line);
    if (counted !== undefined) {
      const profit = counted.profit && times(counted.profit, negative(profitShare));
      this.add(line, { revenue: times(counted.revenue, negative(share)), profit });
      return;
    }
    this.#revenue.addRatio(part(this.#lines.measure(line, 'revenue'), share));
    if (this.#profit === undefined) return;
    const profit = this.#lines.measure(line, 'gross-profit');
    if (profit === undefined) this.#withoutCost.add(line);
    else this.#profit.addRatio(part(profit, profitShare));
  }

  get revenue(): Tally {
    return this.#revenue;
  }

  /** The accumulator of a measure; the lines whose cost it lacks are reported. */
  read(measure: Measure, missesCost: (line: number) => void): Tally {
    if (measure === 'revenue') return this.#revenue;
    this.#withoutCost.forEach(missesCost);
    // Once is enough.
    this.#withoutCost.clear();
    return this.#profit as Tally;
  }

  clear(): void {
    this.#revenue.clear();
    this.#profit?.clear();
    this.#withoutCost.clear();
  }
}

/** Less a share of the credit. It need not be in lowest terms, which cost more than they save unless they are large. */
function part({ n, d }: Fraction, share: Ratio): Ratio {
  const less = { n: -exactly(n) * share.n, d: exactly(d) * share.d };
  return less.d < LARGE ? less : ratio(less.n, less.d);
}

const LARGE = 2n ** 50n;
