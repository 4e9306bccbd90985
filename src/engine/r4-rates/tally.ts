/** An exact running sum that stays cheap when many different fractions are added to it. */
import { compare, floor, plus, type Ratio, ratio, sum } from '../../ratio.js';

/**
 * A rep's accumulator (R4.4). Whole units are kept apart from the fractions that credit memos and shares leave, and
 * the fractions apart by denominator: adding costs the same however many there are, and a comparison looks at the
 * whole units alone unless the sum is next to the threshold.
 */
export class Tally {
  #whole = 0n;
  /** Numerator by denominator; each fraction lies between 0 and 1. */
  readonly #parts = new Map<bigint, bigint>();

  add({ n, d }: Ratio): void {
    if (d === 1n) {
      this.#whole += n;
      return;
    }
    const whole = floor({ n, d });
    const part = (this.#parts.get(d) ?? 0n) + n - whole * d;
    const carry = part >= d ? 1n : 0n;
    this.#whole += whole + carry;
    if (part === carry * d) this.#parts.delete(d);
    else this.#parts.set(d, part - carry * d);
  }

  /** Negative, 0 or positive as the sum is below, at or above the threshold. */
  compareTo(threshold: Ratio): number {
    if (this.#parts.size > 0) {
      if (compare({ n: this.#whole, d: 1n }, threshold) >= 0) return 1;
      if (compare({ n: this.#whole + BigInt(this.#parts.size), d: 1n }, threshold) <= 0) return -1;
    }
    return compare(this.value(), threshold);
  }

  /** The exact sum. */
  value(): Ratio {
    if (this.#parts.size === 0) return { n: this.#whole, d: 1n };
    const parts = sum([...this.#parts].map(([d, n]) => ratio(n, d)));
    return plus(parts, { n: this.#whole, d: 1n });
  }

  clear(): void {
    this.#whole = 0n;
    this.#parts.clear();
  }
}
