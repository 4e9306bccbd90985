/** A column of exact shares of amounts. */
import {
  type Amount,
  type Amounts,
  amountAt,
  beyondSafe,
  type Counting,
  exactly,
  type Fraction,
  quotient,
  remainder,
  times,
  type Whole,
} from '../../amount.js';
import * as exact from '../../ratio.js';
import { ONE, type Ratio } from '../../ratio.js';

/** What fractions are added to. */
export interface FractionSum {
  addWhole(amount: Amount): void;
  add(fraction: Fraction): void;
}

/** Exact shares of amounts. Most are whole, so the denominators are held only once there is one. */
export class FractionColumn {
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
