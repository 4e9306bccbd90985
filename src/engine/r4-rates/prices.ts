/** What lines are priced at: an average rate fixed by the booking, or the rates of a retroactive quarter (R4.5–R4.7). */
import type { Ratio } from '../../ratio.js';
import type { Gauge, Slice } from './gauge.js';

/** What a line earns from a day on. */
export interface RateStep {
  readonly day: number;
  /** The source of a re-rating posting (R6.2). */
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

/** The prices of all lines. */
export interface Prices {
  pricingOf(line: number): Pricing;
  /** How the line's booking met its table; undefined where it met none, or lines are not to be explained. */
  findBooked(line: number): Booked | undefined;
}

/** Prices lines one after another. */
export class PriceList implements Prices {
  /** How lines are priced, and which of these holds for each: neighbors mostly share theirs. */
  readonly #pricings: Pricing[] = [];
  readonly #pricingOf: Int32Array;
  readonly #booked: Map<number, Booked> | undefined;
  /** The rate of the last pricing, where its booking fixes it. */
  #lastRate: Ratio | undefined;
  #lastPricing = 0;
  /** Where the pricings are whose rate is fixed. */
  readonly #fixed = new Map<Ratio, number>();

  constructor(lines: number, explains: boolean) {
    this.#pricingOf = new Int32Array(lines);
    this.#booked = explains ? new Map() : undefined;
  }

  /** Whether it is kept how bookings met their tables. */
  get explains(): boolean {
    return this.#booked !== undefined;
  }

  pricingOf(line: number): Pricing {
    return this.#pricings[this.#pricingOf[line] as number] as Pricing;
  }

  findBooked(line: number): Booked | undefined {
    return this.#booked?.get(line);
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

  /** Keeps how a line's booking met its table. */
  explain(line: number, booked: Booked): void {
    this.#booked?.set(line, booked);
  }
}
