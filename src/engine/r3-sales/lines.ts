/** Commission lines: one line is one rep's credited share of one invoice (R2.5), and a line is known by its number. */
import {
  type Amount,
  type Amounts,
  beyondSafe,
  type Counting,
  exactly,
  type Fraction,
} from '../../amount.js';
import { type Day, later } from '../../day.js';
import type { Measure, Plan } from '../../plans/plan.js';
import { ONE, type Ratio, times } from '../../ratio.js';
import type { Invoices } from '../r2-ledgers/books.js';
import type { Gauge, Slice } from '../r4-rates/rates.js';
import type { Tally } from '../r4-rates/tally.js';
import type { Run } from '../run.js';

/** What a line earns from a day on. */
export interface RateStep {
  readonly day: number;
  /** The source that a re-rating posting bears (R6.2). */
  readonly source: number;
  readonly rate: Ratio;
  /** What was booked in the window by then, in units, where it is to be explained. */
  readonly attained?: Ratio;
}

/** How a booking met its rate table, where it is to be explained. */
export interface Booked {
  readonly gauge: Gauge;
  /** Where the booking fell in the table (R4.5); none of a retroactive line, or one that needs no rate. */
  readonly slices: readonly Slice[];
}

/** How a line is priced: at one average rate fixed by its booking, or at the rates of its retroactive quarter. */
export type Pricing =
  | { readonly kind: 'fixed'; readonly rate: Ratio }
  /** The quarter's rates in order; the line's own first is the one of its booking day. */
  | { readonly kind: 'retroactive'; readonly steps: readonly RateStep[]; readonly first: number };

/** The lines in columns, in the order of (invoice id, rep id). */
export class Lines {
  readonly invoices: Int32Array;
  /** By the reps' numbers. */
  readonly reps: Int32Array;
  /** The day from which a line is posted (R5.2). */
  readonly earnDays: Int32Array;
  /** By line, where lines are to be explained. */
  readonly booked: Map<number, Booked> | undefined;
  readonly #books: Invoices;
  readonly #plans: readonly Plan[];
  readonly #planOf: Uint16Array | Uint32Array;
  /** How lines are priced, and which of these holds for each: neighbours mostly share theirs. */
  readonly #pricings: Pricing[] = [];
  readonly #pricingOf: Int32Array;
  /** The rate of the last pricing, where its booking fixes it. */
  #lastRate: Ratio | undefined;
  #lastPricing = 0;
  /** Where the pricings are whose rate is fixed. */
  readonly #fixed = new Map<Ratio, number>();
  readonly #counting: Counting;
  readonly #revenues: FractionColumn;
  readonly #profits: FractionColumn | undefined;
  #length = 0;

  /** @param most - no more lines than this are added */
  constructor(
    most: number,
    plans: readonly Plan[],
    books: Invoices,
    { counting, explains }: Pick<Run, 'counting' | 'explains'>,
  ) {
    this.booked = explains ? new Map() : undefined;
    this.#books = books;
    this.#plans = plans;
    this.#planOf = plans.length > 65_536 ? new Uint32Array(most) : new Uint16Array(most);
    this.#pricingOf = new Int32Array(most);
    this.invoices = new Int32Array(most);
    this.reps = new Int32Array(most);
    this.earnDays = new Int32Array(most);
    this.#counting = counting;
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
    const amount = amounts[invoice] as Amount;
    const booking = bookings[invoice] as Day;
    this.#length += 1;
    this.invoices[at] = invoice;
    this.reps[at] = rep;
    this.#planOf[at] = this.#plans.length === 1 ? 0 : this.#plans.indexOf(plan);
    this.earnDays[at] = plan.earnOn === 'booking' ? booking : later(booking, invoiced[invoice] as Day);
    this.#revenues.set(at, amount, share);
    const cost = costs?.[invoice];
    if (this.#profits === undefined || cost === undefined) return;
    const profit = amount - cost;
    const isOpposite = amount > 0 ? profit < 0 : amount < 0 ? profit > 0 : true;
    this.#profits.set(at, isOpposite ? this.#counting.zero : profit, share);
  }

  planOf(line: number): Plan {
    if (this.#plans.length === 1) return this.#plans[0] as Plan;
    return this.#plans[this.#planOf[line] as number] as Plan;
  }

  pricingOf(line: number): Pricing {
    return this.#pricings[this.#pricingOf[line] as number] as Pricing;
  }

  /** Prices a line at a rate that its booking fixes. */
  priceAt(line: number, rate: Ratio): void {
    if (rate !== this.#lastRate) {
      this.#lastRate = rate;
      this.#lastPricing = this.#fixed.get(rate) ?? this.#pricings.push({ kind: 'fixed', rate }) - 1;
      this.#fixed.set(rate, this.#lastPricing);
    }
    this.#pricingOf[line] = this.#lastPricing;
  }

  /** Prices a line at the rates of its retroactive quarter, from the last one so far on. */
  priceBy(line: number, steps: readonly RateStep[]): void {
    const last = this.#pricings.at(-1);
    const first = steps.length - 1;
    if (last?.kind !== 'retroactive' || last.steps !== steps || last.first !== first)
      this.#pricings.push({ kind: 'retroactive', steps, first });
    this.#lastRate = undefined;
    this.#pricingOf[line] = this.#pricings.length - 1;
  }

  /** Adds a line's revenue to a sum. */
  addRevenue(line: number, sum: Tally): void {
    this.#revenues.addTo(sum, line);
  }

  /**
   * A line's revenue or gross profit in units, exactly: what a rate is applied to, or attainment measured in. Undefined
   * where it takes a cost that is not known.
   */
  measure(line: number, measure: 'revenue'): Fraction;
  measure(line: number, measure: Measure): Fraction | undefined;
  measure(line: number, measure: Measure): Fraction | undefined {
    return measure === 'revenue' ? this.#revenues.at(line) : this.#profits?.at(line);
  }

  /** The numerator of a measure that is known. */
  topOf(line: number, measure: Measure): Amount {
    return (measure === 'revenue' ? this.#revenues : (this.#profits as FractionColumn)).topOf(line);
  }
}

/** Exact shares of amounts. Most are whole, so the denominators are held only once there is one. */
class FractionColumn {
  readonly #counting: Counting;
  readonly #known: Uint8Array;
  readonly #tops: Amounts;
  #bottoms: Amounts | undefined;
  /** The last share, which mostly is the next one too. */
  #share: Ratio = ONE;
  #fraction: Fraction | undefined;

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
    this.#bottoms ??= this.#counting.room(this.#known.length);
    this.#bottoms[at] = part.d;
  }

  /** A share of an amount: whole where it can be, and not always in lowest terms where it is not. */
  #partOf(amount: Amount, share: Ratio): Fraction {
    const { one, zero, fractionOf } = this.#counting;
    if (share !== this.#share) {
      this.#share = share;
      this.#fraction = fractionOf(share);
    }
    const fraction = this.#fraction;
    if (fraction !== undefined && this.#counting.isProduct(amount, fraction.n)) {
      const n = amount * fraction.n;
      return n % fraction.d === zero ? { n: n / fraction.d, d: one } : { n, d: fraction.d };
    }
    return fractionOf(times({ n: exactly(amount), d: 1n }, share)) ?? beyondSafe();
  }

  /** Adds a fraction to a sum, without an object for it where it is whole. */
  addTo(sum: Tally, index: number): void {
    const d = this.#bottomOf(index);
    if (d === this.#counting.one) sum.addWhole(this.#tops[index] as Amount);
    else sum.add({ n: this.#tops[index] as Amount, d });
  }

  at(index: number): Fraction | undefined {
    if (this.#known[index] === 0) return undefined;
    return { n: this.topOf(index), d: this.#bottomOf(index) };
  }

  topOf(index: number): Amount {
    return this.#tops[index] as Amount;
  }

  #bottomOf(index: number): Amount {
    const { one } = this.#counting;
    if (this.#bottoms === undefined) return one;
    const d = this.#bottoms[index] as Amount;
    return d > 0 ? d : one;
  }
}
