/** How a run counts money: in whole numbers, as JavaScript numbers while they are exact, else as bigints. */
import { type Rounding, round } from './money.js';
import type { Ratio } from './ratio.js';

/**
 * A whole number of units, or of minor units. In one run all amounts are JavaScript numbers, each of them and each sum of
 * them proved to be a safe integer; or, where that cannot be proved, all of them are bigints. The operators `+ - * < >`
 * and `===` among amounts, and `<` and `>` with 0, mean the same for both, and to mix the two is an error at once, never
 * a wrong amount. TypeScript has no word for "either, but one at a time", so here it reads `number`.
 */
export type Amount = number;

/** Amounts by their number: a `Float64Array`, or an array of bigints. */
export interface Amounts {
  readonly length: number;
  [index: number]: Amount;
}

/** A fraction of two amounts, `d > 0`. */
export interface Fraction {
  readonly n: Amount;
  readonly d: Amount;
}

/** One of the two ways to count. */
export interface Counting {
  readonly zero: Amount;
  readonly one: Amount;
  /** Room for so many amounts, each 0. */
  readonly room: (length: number) => Amounts;
  /** The amount; raises {@link BeyondSafe} where this way of counting has none. */
  readonly of: (value: bigint) => Amount;
  /** Whether the product of two amounts can be held. */
  readonly isProduct: (a: Amount, b: Amount) => boolean;
  /** The fraction; undefined where this way of counting has none. */
  readonly fractionOf: (ratio: Ratio) => Fraction | undefined;
  /** The amount, or one close to it that compares with every amount of the run as it does: for comparing only. */
  readonly bound: (value: bigint) => Amount;
  /** Raises {@link BeyondSafe} unless amounts whose sizes add up to this, roughly, can be added in any order. */
  readonly mustFit: (sizes: number) => void;
}

/** Raised where a run leaves the safe integers: it then starts again and counts in bigints. */
export class BeyondSafe extends Error {
  override readonly name = 'BeyondSafe';
}

/** Where a fraction cannot be held. */
export function beyondSafe(): never {
  throw new BeyondSafe();
}

const SAFEST = Number.MAX_SAFE_INTEGER;
/** A sum of sizes that is itself rounded is good up to here. */
const ROOMY = 2 ** 52;

export const IN_NUMBERS: Counting = {
  zero: 0,
  one: 1,
  room: (length) => new Float64Array(length),
  of(value) {
    const amount = Number(value);
    if (!Number.isSafeInteger(amount)) throw new BeyondSafe();
    return amount;
  },
  fractionOf({ n, d }) {
    const [top, bottom] = [Number(n), Number(d)];
    return Math.abs(top) <= ROOMY && bottom <= ROOMY ? { n: top, d: bottom } : undefined;
  },
  isProduct: (a, b) => Math.abs(a * b) <= ROOMY,
  bound: Number,
  mustFit(sizes) {
    if (!(sizes <= ROOMY)) throw new BeyondSafe();
  },
};

export const IN_BIGINTS: Counting = {
  zero: 0n as unknown as Amount,
  one: 1n as unknown as Amount,
  room: (length) => new Array<bigint>(length).fill(0n) as unknown as Amounts,
  of: (value) => value as unknown as Amount,
  fractionOf: (ratio) => ratio as unknown as Fraction,
  isProduct: () => true,
  bound: (value) => value as unknown as Amount,
  mustFit() {},
};

/** An amount as a bigint, however the run counts. */
export function exactly(amount: Amount): bigint {
  return BigInt(amount);
}

/** An amount as a number that is close to it, for bounds. */
export function sizeOf(amount: Amount): number {
  return typeof amount === 'number' ? Math.abs(amount) : Math.abs(Number(amount));
}

/** `round(amount × n ÷ d)`; `d` must be above 0. Products that are no safe integers are made as bigints. */
export function prorated(amount: Amount, n: Amount, d: Amount, rounding: Rounding): Amount {
  if (typeof amount === 'bigint') return roundedBig(amount, n, d, rounding);
  const product = amount * n;
  if (product > SAFEST || product < -SAFEST) return smallAgain(BigInt(amount) * BigInt(n), d, rounding);
  return rounded(product, d, rounding);
}

/**
 * `n ÷ d` of safe integers: their quotient as a double is never rounded up to the next whole number. The twin of
 * {@link round} on purpose: numbers and bigints are not divided alike, and neither way should cost the other a thing.
 */
function rounded(n: number, d: number, rounding: Rounding): number {
  if (d === 1) return n;
  const size = n < 0 ? -n : n;
  let quotient = Math.floor(size / d);
  const twice = (size - quotient * d) * 2;
  if (twice > d || (twice === d && (rounding === 'half-up' || quotient % 2 === 1))) quotient += 1;
  return n < 0 ? -quotient : quotient;
}

function roundedBig(amount: Amount, n: Amount, d: Amount, rounding: Rounding): Amount {
  return round(BigInt(amount) * BigInt(n), BigInt(d), rounding) as unknown as Amount;
}

function smallAgain(product: bigint, d: number, rounding: Rounding): number {
  return IN_NUMBERS.of(round(product, BigInt(d), rounding));
}

export function least(a: Amount, b: Amount): Amount {
  return a < b ? a : b;
}

export function most(a: Amount, b: Amount): Amount {
  return a > b ? a : b;
}

export function within(value: Amount, low: Amount, high: Amount): Amount {
  return value < low ? low : value > high ? high : value;
}
