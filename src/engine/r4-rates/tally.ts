/** An exact running sum that stays cheap when many different fractions are added to it. */
import { type Amount, type Counting, exactly, type Fraction } from '../../amount.js';
import { compare, floor, type Ratio, sum } from '../../ratio.js';

/** A threshold, and the whole units next to it. */
export interface Threshold {
  readonly exact: Ratio;
  /** The largest whole number that is not above it, and the smallest that is not below it; for comparing only. */
  readonly below: Amount;
  readonly above: Amount;
}

export function thresholdAt(exact: Ratio, counting: Counting): Threshold {
  const [below, above] = [floor(exact), -floor({ n: -exact.n, d: exact.d })];
  return { exact, below: counting.bound(below), above: counting.bound(above) };
}

/**
 * A rep's accumulator (R4.4). Whole units are kept apart from the fractions that credit memos and shares leave, and
 * the fractions apart by denominator: adding costs the same however many there are, and a comparison looks at the
 * whole units alone unless the sum is next to the threshold.
 */
export class Tally {
  readonly #counting: Counting;
  #whole: Amount;
  /** Numerator by denominator; each fraction lies between 0 and 1. */
  readonly #parts = new Map<Amount, Amount>();
  /** How many parts there are: they come to less than that. */
  #partCount: Amount;

  constructor(counting: Counting) {
    this.#counting = counting;
    this.#whole = counting.zero;
    this.#partCount = counting.zero;
  }

  addWhole(units: Amount): void {
    this.#whole += units;
  }

  add({ n, d }: Fraction): void {
    const { zero, one } = this.#counting;
    const rest = n % d;
    const fraction = rest < 0 ? rest + d : rest;
    const known = this.#parts.get(d);
    const part = (known ?? zero) + fraction;
    const isWhole = part >= d;
    this.#whole += (n - fraction) / d + (isWhole ? one : zero);
    const left = isWhole ? part - d : part;
    if (left === zero) this.#parts.delete(d);
    else this.#parts.set(d, left);
    if (known === undefined && left !== zero) this.#partCount += one;
    else if (known !== undefined && left === zero) this.#partCount -= one;
  }

  /** Adds a fraction whatever its terms are. */
  addRatio(exact: Ratio): void {
    const whole = floor(exact);
    const { of } = this.#counting;
    this.addWhole(of(whole));
    if (exact.d !== 1n) this.add({ n: of(exact.n - whole * exact.d), d: of(exact.d) });
  }

  /** Whether the sum is below the threshold. */
  isBelow({ exact, below, above }: Threshold): boolean {
    if (this.#parts.size === 0) return this.#whole < above;
    if (this.#whole >= above) return false;
    if (this.#whole + this.#partCount <= below) return true;
    return compare(this.value(), exact) < 0;
  }

  /** The exact sum. */
  value(): Ratio {
    const whole = { n: exactly(this.#whole), d: 1n };
    if (this.#parts.size === 0) return whole;
    if (this.#parts.size === 1) {
      // Not always in lowest terms, which would cost more than they save.
      const [[d, n]] = [...this.#parts] as [[Amount, Amount]];
      return { n: whole.n * exactly(d) + exactly(n), d: exactly(d) };
    }
    const { n, d } = sum(Array.from(this.#parts, ([d, n]) => ({ n: exactly(n), d: exactly(d) })));
    return { n: whole.n * d + n, d };
  }

  clear(): void {
    this.#whole = this.#counting.zero;
    this.#partCount = this.#counting.zero;
    this.#parts.clear();
  }
}
