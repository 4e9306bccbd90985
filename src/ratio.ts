/** Exact fractions of two integers: rates, shares and whatever else a division could make inexact. */

/** `n ÷ d` with `d > 0`. Compare with {@link compare}: two ratios of one value may be written differently. */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Ratio = { n: 0n, d: 1n };
export const ONE: Ratio = { n: 1n, d: 1n };

// Beyond this, lowest terms cost more than they save: a common divisor takes quadratic time.
const LARGE = 1n << 2048n;

/** The fraction `n ÷ d`, in lowest terms unless it is very large; `d` must not be 0. */
export function ratio(n: bigint, d = 1n): Ratio {
  if (d === 1n) return { n, d };
  if (d < 0n) return ratio(-n, -d);
  if (d > LARGE) return { n, d };
  const g = greatestCommonDivisor(n < 0n ? -n : n, d);
  return g === 1n ? { n, d } : { n: n / g, d: d / g };
}

export function plus(a: Ratio, b: Ratio): Ratio {
  if (a.d === b.d) return a.d === 1n ? { n: a.n + b.n, d: 1n } : ratio(a.n + b.n, a.d);
  return ratio(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function minus(a: Ratio, b: Ratio): Ratio {
  return plus(a, negative(b));
}

export function negative(a: Ratio): Ratio {
  return { n: -a.n, d: a.d };
}

export function times(a: Ratio, b: Ratio): Ratio {
  return ratio(a.n * b.n, a.d * b.d);
}

/** `a ÷ b`; `b` must not be 0. */
export function over(a: Ratio, b: Ratio): Ratio {
  return ratio(a.n * b.d, a.d * b.n);
}

/** Negative, 0 or positive as `a` is below, equal to or above `b`. */
export function compare(a: Ratio, b: Ratio): number {
  const difference = a.d === b.d ? a.n - b.n : a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The largest integer that is not above `a`. */
export function floor(a: Ratio): bigint {
  const quotient = a.n / a.d;
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

/** The sum of many ratios, added in pairs so that the cost stays close to the size of the result. */
export function sum(terms: readonly Ratio[]): Ratio {
  if (terms.length === 0) return ZERO;
  let level = terms;
  while (level.length > 1) {
    const next: Ratio[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const a = level[i] as Ratio;
      const b = level[i + 1];
      next.push(b === undefined ? a : plus(a, b));
    }
    level = next;
  }
  return level[0] as Ratio;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  // Numbers divide faster, once both are small enough to be exact.
  while (y !== 0n && (x > SAFEST || y > SAFEST)) [x, y] = [y, x % y];
  if (y === 0n) return x;
  let small = Number(x);
  let smaller = Number(y);
  while (smaller !== 0) {
    const rest = small % smaller;
    small = smaller;
    smaller = rest;
  }
  return BigInt(small);
}

const SAFEST = BigInt(Number.MAX_SAFE_INTEGER);

/** The smallest denominator that all of them can have. */
export function commonDenominator(terms: readonly Ratio[]): bigint {
  return terms.reduce((all, { d }) => (all / greatestCommonDivisor(all, d)) * d, 1n);
}
