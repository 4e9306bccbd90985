/** What lines are priced at: an average rate fixed by the booking, or the rates of a retroactive quarter (R4.5–R4.7). */
import type { Amount, Counting, Fraction } from '../../amount.js';
import type { Plan } from '../../plans/plan.js';
import { type Ratio, sum, times } from '../../ratio.js';
import { FractionColumn } from '../r3-sales/fraction-column.js';
import { FlatItems } from './flat-items.js';
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
  /** R27.2: the rate of the whole booking. */
  readonly whole?: Ratio;
}

/** A part of a line that is paid at the rates of a retroactive window: its basis in units, and the rates (R13.3). */
export interface RetroactivePart {
  readonly basis: Ratio;
  readonly steps: readonly RateStep[];
  readonly first: number;
}

/** How a line is priced. */
export type Pricing =
  /** At one average rate fixed by its booking. */
  | { readonly kind: 'fixed'; readonly rate: Ratio }
  /** At the rates of its retroactive quarter in order; the line's own first is the one of its booking day. */
  | { readonly kind: 'retroactive'; readonly steps: readonly RateStep[]; readonly first: number }
  /** Item by item (R13.3): the commission that the booking fixes, in units, and the parts that are re-rated. */
  | { readonly kind: 'items'; readonly fixed: Ratio; readonly parts: readonly RetroactivePart[] };

/** How one item of a booking was priced, where it is to be explained. */
export interface BookedItem {
  /** By its number; undefined where the invoice has no items, and is one. */
  readonly item: number | undefined;
  readonly category: string;
  /** What its rate is applied to, and what it counts toward quota, in units. */
  readonly basis: Ratio;
  readonly counted: Ratio;
  /** Its commission in units; undefined where it is re-rated. */
  readonly commission: Ratio | undefined;
  readonly booked: Booked | undefined;
}

/** The prices of all lines. */
export interface Prices {
  pricingOf(line: number): Pricing;
  /** What a fixed rate is applied to, where that is a sum of items × their rates; undefined where it is the line's basis. */
  findSum(line: number): Fraction | undefined;
  /** How the items of the line were priced; undefined where it was priced as a whole, or lines are not to be explained. */
  findItems(line: number): readonly BookedItem[] | undefined;
  /** How the line's booking met its table; undefined where it met none, or lines are not to be explained. */
  findBooked(line: number): Booked | undefined;
}

/** Prices lines one after another. */
export class PriceList implements Prices {
  /** How lines are priced, and which of these holds for each: neighbors mostly share theirs. */
  readonly #pricings: Pricing[] = [];
  readonly #pricingOf: Int32Array;
  readonly #booked: Map<number, Booked> | undefined;
  readonly #items = new Map<number, readonly BookedItem[]>();
  readonly #counting: Counting;
  readonly #flatItems = new Map<Plan, FlatItems | undefined>();
  /** Undefined as long as no line is priced by a sum. */
  #sums: FractionColumn | undefined;
  /** The rate of the last pricing, where its booking fixes it. */
  #lastRate: Ratio | undefined;
  #lastPricing = 0;
  /** Where the pricings are whose rate is fixed. */
  readonly #fixed = new Map<Ratio, number>();

  constructor(lines: number, explains: boolean, counting: Counting) {
    this.#counting = counting;
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

  findSum(line: number): Fraction | undefined {
    return this.#sums?.at(line);
  }

  /** How a plan rates items, where all its rates are flat; undefined where items are to be explained one by one. */
  flatItemsOf(plan: Plan): FlatItems | undefined {
    if (this.explains) return undefined;
    if (!this.#flatItems.has(plan)) this.#flatItems.set(plan, FlatItems.find(plan, this.#counting));
    return this.#flatItems.get(plan);
  }

  findItems(line: number): readonly BookedItem[] | undefined {
    return this.#items.get(line);
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

  /**
   * Prices a line at the sum of its items × their rates.
   *
   * @param sum - of the invoice, in units × `unit`
   * @param factor - what amounts of the invoice come to for the line
   */
  priceSum(line: number, sum: Amount, factor: Ratio, unit: Ratio): void {
    this.#sums ??= new FractionColumn(this.#pricingOf.length, this.#counting);
    this.#sums.set(line, sum, factor);
    this.priceAt(line, unit);
  }

  /** Prices a line item by item; `parts` may still grow until the end of the booking day. */
  priceItems(line: number, fixed: Ratio, parts: readonly RetroactivePart[]): void {
    this.#pricings.push({ kind: 'items', fixed, parts });
    this.#lastRate = undefined;
    this.#pricingOf[line] = this.#pricings.length - 1;
  }

  /** Keeps how a line's items were priced. */
  explainItems(line: number, items: readonly BookedItem[]): void {
    if (this.#booked !== undefined) this.#items.set(line, items);
  }

  /** Keeps how a line's booking met its table. */
  explain(line: number, booked: Booked): void {
    this.#booked?.set(line, booked);
  }
}

/** The commission of a line that is priced item by item, in units, on its booking day and each day on which it is re-rated. */
export function stepsOfItems({ fixed, parts }: Extract<Pricing, { kind: 'items' }>): readonly RateStep[] {
  const days = new Map<number, number>();
  for (const { steps, first } of parts) {
    for (const { day, source } of steps.slice(first)) days.set(day, source);
  }
  const inOrder = [...days].sort(([a], [b]) => a - b);
  if (inOrder.length === 0) return [{ day: Number.NEGATIVE_INFINITY, source: 0, rate: fixed }];
  return inOrder.map(([day, source]) => ({
    day,
    source,
    rate: sum([fixed, ...parts.map((part) => times(part.basis, rateOn(part, day)))]),
  }));
}

/** The rate of a part on a day: the last one that was set by then; its own first one before. */
function rateOn({ steps, first }: RetroactivePart, day: number): Ratio {
  let rate = (steps[first] as RateStep).rate;
  for (const step of steps.slice(first)) if (step.day <= day) rate = step.rate;
  return rate;
}
