/** An exact running sum that stays cheap when many different fractions are added to it. */
import {
  type Amount,
  type Counting,
  exactly,
  type Fraction,
  minus,
  plus,
  quotient,
  remainder,
  type Whole,
} from '../../amount.js';
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
  readonly #parts = new Map<Whole, Amount>();

  constructor(counting: Counting) {
    this.#counting = counting;
    this.#whole = counting.zero;
  }

  addWhole(units: Amount): void {
    this.#whole = plus(this.#whole, units);
  }

  add({ n, d }: Fraction): void {
    const { zero, units } = this.#counting;
    const fraction = remainder(n, d);
    const part = plus(this.#parts.get(d) ?? zero, fraction);
    const isWhole = part >= d;
    this.#whole = plus(this.#whole, quotient(minus(n, fraction), d));
    if (isWhole) this.#whole = plus(this.#whole, units(1n));
    const left = isWhole ? remainder(part, d) : part;
    if (left === zero) this.#parts.delete(d);
    else this.#parts.set(d, left);
  }

  /** Adds a fraction whatever its terms are. */
  addRatio(exact: Ratio): void {
    const whole = floor(exact);
    const { units, whole: count } = this.#counting;
    this.addWhole(units(whole));
    if (exact.d !== 1n) this.add({ n: units(exact.n - whole * exact.d), d: count(exact.d) });
  }

  /** Whether the sum is below the threshold. */
  isBelow({ exact, below, above }: Threshold): boolean {
    const { units } = this.#counting;
    if (this.#parts.size === 0) return this.#whole < above;
    if (this.#whole >= above) return false;
    // Each part comes to less than 1.
    if (plus(this.#whole, units(BigInt(this.#parts.size))) <= below) return true;
    return compare(this.value(), exact) < 0;
  }

  /** The exact sum. */
  value(): Ratio {
    const whole = { n: exactly(this.#whole), d: 1n };
    if (this.#parts.size === 0) return whole;
    if (this.#parts.size === 1) {
      // Not always in lowest terms, which would cost more than they save.
      const [[d, n]] = [...this.#parts] as [[Whole, Amount]];
      return { n: whole.n * exactly(d) + exactly(n), d: exactly(d) };
    }
    const { n, d } = sum(Array.from(this.#parts, ([d, n]) => ({ n: exactly(n), d: exactly(d) })));
    return { n: whole.n * d + n, d };
  }

  clear(): void {
    this.#whole = this.#counting.zero;
    this.#parts.clear();
  }
}
