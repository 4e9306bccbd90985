/** What early cash adds to a line, and late cash takes from it (R17). */
import { type Amount, type Counting, exactly, type MinorAmount, minus, plus } from '../../amount.js';
import type { Day } from '../../day.js';
import { type Rounding, round } from '../../money.js';
import type { TimingTerms } from '../../plans/plan.js';
import { plus as and, minus as less, ONE, type Ratio, times, ZERO } from '../../ratio.js';
import type { DueTerms } from '../r3-sales/dues.js';
import { type CashEvent, type Parcel, ParcelStack, piecesOf } from '../r3-sales/parcels.js';
import type { Targets } from './targets.js';

/** The date that a plan's days are counted from; instalments have due dates of their own. */
export type TimingStart = { readonly due: DueTerms } | { readonly day: Day };

/** A stretch of cash that came with one event, and its factor. */
export interface TimedPiece {
  /** The ledger row of the event, by its number among the sources. */
  readonly source: number;
  readonly length: Amount;
  /** Below 0 where it was early. */
  readonly days: number;
  readonly factor: Ratio;
}

/** The parcels of one line's cash, each with its factor. */
export class TimedCash {
  readonly #stack: ParcelStack;
  readonly #bands: TimingTerms['bands'];
  readonly #start: TimingStart;
  /** By parcel: Σ (factor − 1) × length. Parcels that shrink are new ones. */
  readonly #weights = new WeakMap<Parcel, Ratio>();

  constructor(counting: Counting, total: Amount, { bands }: TimingTerms, start: TimingStart) {
    this.#stack = new ParcelStack(counting, total);
    this.#bands = bands;
    this.#start = start;
  }

  apply(event: CashEvent): void {
    this.#stack.apply(event);
  }

  /**
   * R17.2: Σ over parcels (factor − 1) × length, in units.
   *
   * @param until - the last day whose cash counts (R19.2); undefined where all does
   */
  weighed(until: Day | undefined): Ratio {
    let sum = ZERO;
    for (const parcel of this.#stack.parcels) {
      if (until !== undefined && parcel.event.day > until) continue;
      let weight = this.#weights.get(parcel);
      if (weight === undefined) {
        weight = this.#weightOf(parcel);
        this.#weights.set(parcel, weight);
      }
      sum = and(sum, weight);
    }
    return sum;
  }

  /** The same piece by piece, for explanations. */
  pieces(until: Day | undefined): readonly TimedPiece[] {
    const counted = this.#stack.parcels.filter(({ event }) => until === undefined || event.day <= until);
    return counted.flatMap((parcel) => this.#piecesOf(parcel));
  }

  #weightOf(parcel: Parcel): Ratio {
    return this.#piecesOf(parcel)
      .map(({ length, factor }) => times(less(factor, ONE), { n: exactly(length), d: 1n }))
      .reduce(and, ZERO);
  }

  #piecesOf(parcel: Parcel): readonly TimedPiece[] {
    const start = this.#start;
    const { source, day } = parcel.event;
    const pieces =
      'day' in start
        ? [{ from: parcel.from, to: parcel.to, daysLate: day - start.day }]
        : piecesOf(parcel, start.due);
    return pieces.map(({ from, to, daysLate = 0 }) => {
      return { source, length: minus(to, from), days: daysLate, factor: this.#factorOf(daysLate) };
    });
  }

  #factorOf(days: number): Ratio {
    return this.#bands.find(({ days: last }) => last === undefined || days <= last)?.factor ?? ONE;
  }
}

/**
 * R17.2: B = round(C × Σ (factor − 1) × length ÷ T). A line never pays less than nothing: where C ≥ 0, B takes no more than
 * what is payable less what is clawed back; where C < 0, it gives no more.
 *
 * @param base - what the line should have come to without B
 */
export function premiumOf(
  commission: MinorAmount,
  weight: Ratio,
  due: Amount,
  base: Targets,
  counting: Counting,
  rounding: Rounding,
): MinorAmount {
  const { zero } = counting;
  if (!(due > 0) || weight.n === 0n) return zero;
  const premium = counting.minor(round(exactly(commission) * weight.n, weight.d * exactly(due), rounding));
  const limit = minus(base.clawedBack, plus(base.advanced, base.released));
  if (commission < 0) return premium > limit ? limit : premium;
  return premium < limit ? limit : premium;
}
