/** Commission lines: one line is one rep's credited share of one invoice (R2.5), and a line is known by its number. */
import {
  type Amount,
  type Amounts,
  amountAt,
  beyondSafe,
  type Counting,
  exactly,
  type Fraction,
  minus,
  quotient,
  remainder,
  times,
  type Whole,
} from '../../amount.js';
import { dayAt, later } from '../../day.js';
import type { Measure, Plan } from '../../plans/plan.js';
import * as exact from '../../ratio.js';
import { ONE, type Ratio } from '../../ratio.js';
import type { Invoices } from '../r2-ledgers/books.js';

/** The lines in columns, in the order of (invoice id, rep id). They do not change once they are made. */
export interface Lines {
  readonly length: number;
  readonly invoices: Int32Array;
  /** By the reps' numbers. */
  readonly reps: Int32Array;
  /** The day from which a line is posted (R5.2). */
  readonly earnDays: Int32Array;
  planOf(line: number): Plan;
  /**
   * A line's revenue or gross profit in units, exactly: what a rate is applied to, or attainment measured in. Undefined
   * where it takes a cost that is not known.
   */
  measure(line: number, measure: 'revenue'): Fraction;
  measure(line: number, measure: Measure): Fraction | undefined;
  /** Whether a measure that is known is 0. */
  isNothing(line: number, measure: Measure): boolean;
  /** Gives a line's revenue to a sum, without an object for it where it is whole. */
  addRevenue(line: number, sum: FractionSum): void;
}

/** What fractions are added to. */
export interface FractionSum {
  addWhole(amount: Amount): void;
  add(fraction: Fraction): void;
}

/** Makes lines, one after another. */
export class LineMaker {
  readonly #counting: Counting;
  readonly #books: Invoices;
  readonly #plans: readonly Plan[];
  readonly #planOf: Uint16Array | Uint32Array;
  readonly #invoices: Int32Array;
  readonly #reps: Int32Array;
  readonly #earnDays: Int32Array;
  readonly #revenues: FractionColumn;
  readonly #profits: FractionColumn | undefined;
  #length = 0;

  /** @param most - no more lines than this are added */
  constructor(most: number, plans: readonly Plan[], books: Invoices, counting: Counting) {
    this.#counting = counting;
    this.#books = books;
    this.#plans = plans;
    this.#planOf = plans.length > 65_536 ? new Uint32Array(most) : new Uint16Array(most);
    this.#invoices = new Int32Array(most);
    this.#reps = new Int32Array(most);
    this.#earnDays = new Int32Array(most);
    this.#revenues = new FractionColumn(most, counting);
    this.#profits = books.costs === undefined ? undefined : new FractionColumn(most, counting);
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Adds a line. R3.1: its revenue is amount × share, its gross profit (amount − cost) × share, but never of the opposite
   * sign of the amount.
   */
  add(invoice: number, rep: number, plan: Plan, share: Ratio): void {
    const { bookings, invoiced, amounts, costs } = this.#books;
    const at = this.#length;
    const amount = amountAt(amounts, invoice);
    const booking = dayAt(bookings, invoice);
    this.#length += 1;
    this.#invoices[at] = invoice;
    this.#reps[at] = rep;
    this.#planOf[at] = this.#plans.length === 1 ? 0 : this.#plans.indexOf(plan);
    this.#earnDays[at] = plan.earnOn === 'booking' ? booking : later(booking, dayAt(invoiced, invoice));
    this.#revenues.set(at, amount, share);
    const cost = costs?.[invoice];
    if (this.#profits === undefined || cost === undefined) return;
    const profit = minus(amount, cost);
    const isOpposite = amount > 0 ? profit < 0 : amount < 0 ? profit > 0 : true;
    this.#profits.set(at, isOpposite ? this.#counting.zero : profit, share);
  }

  lines(): Lines {
    const [plans, planOf, revenues, profits] = [this.#plans, this.#planOf, this.#revenues, this.#profits];
    const [only] = plans;
    const columnOf = (measure: Measure) => (measure === 'revenue' ? revenues : profits);
    function measure(line: number, of: 'revenue'): Fraction;
    function measure(line: number, of: Measure): Fraction | undefined;
    function measure(line: number, of: Measure): Fraction | undefined {
      return columnOf(of)?.at(line);
    }
    return {
      length: this.#length,
      invoices: this.#invoices,
      reps: this.#reps,
      earnDays: this.#earnDays,
      planOf: (line) => (plans.length === 1 ? only : plans[planOf[line] as number]) as Plan,
      measure,
      isNothing: (line, of) => columnOf(of)?.topOf(line) === this.#counting.zero,
      addRevenue: (line, sum) => revenues.addTo(sum, line),
    };
  }
}

/** Exact shares of amounts. Most are whole, so the denominators are held only once there is one. */
class FractionColumn {
  readonly #counting: Counting;
  readonly #known: Uint8Array;
  readonly #tops: Amounts;
  #bottoms: Amounts<'whole'> | undefined;
  /** The last share, which mostly is the next one too. */
  #share: Ratio = ONE;
  #fraction: Fraction<'whole'> | undefined;

  constructor(most: number, counting: Counting) {
    this.#counting = counting;
    this.#known = new Uint8Array(most);
    this.#tops = counting.room(most);
  }

  set(at: number, amount: Amount, share: Ratio): void {
    this.#known[at] = 1;
    if (share === ONE || share.n === share.d) {
      this.#tops[at] = amount;
      return;
    }
    const part = this.#partOf(amount, share);
    this.#tops[at] = part.n;
    if (part.d === this.#counting.one) return;
    this.#bottoms ??= this.#counting.room<'whole'>(this.#known.length);
    this.#bottoms[at] = part.d;
  }

  /** A share of an amount: whole where it can be, and not always in lowest terms where it is not. */
  #partOf(amount: Amount, share: Ratio): Fraction {
    const { one, zero, findFraction, findPart, isProduct } = this.#counting;
    if (share !== this.#share) {
      this.#share = share;
      this.#fraction = findFraction(share);
    }
    const fraction = this.#fraction;
    if (fraction !== undefined && isProduct(amount, fraction.n)) {
      const n = times(amount, fraction.n);
      return remainder(n, fraction.d) === zero
        ? { n: quotient(n, fraction.d), d: one }
        : { n, d: fraction.d };
    }
    return findPart(exact.times({ n: exactly(amount), d: 1n }, share)) ?? beyondSafe();
  }

  addTo(sum: FractionSum, index: number): void {
    const d = this.#bottomOf(index);
    if (d === this.#counting.one) sum.addWhole(this.topOf(index));
    else sum.add({ n: this.topOf(index), d });
  }

  at(index: number): Fraction | undefined {
    if (this.#known[index] === 0) return undefined;
    return { n: this.topOf(index), d: this.#bottomOf(index) };
  }

  topOf(index: number): Amount {
    return amountAt(this.#tops, index);
  }

  #bottomOf(index: number): Whole {
    const { one } = this.#counting;
    if (this.#bottoms === undefined) return one;
    const d = amountAt(this.#bottoms, index);
    return d > 0 ? d : one;
  }
}
