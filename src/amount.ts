/** How a run counts money: in whole numbers, as JavaScript numbers while they are exact, else as bigints. */
import { type Minor, type Rounding, round, type Units } from './money.js';
import type { Ratio } from './ratio.js';

/** What an amount counts: units of the ledgers, minor units of the currency, or nothing but a whole number. */
type Unit = 'units' | 'minor' | 'whole';

declare const unit: unique symbol;

/**
 * A whole number of ledger units, or of minor units. In one run all amounts are JavaScript numbers, each of them and each
 * sum of them proved to be a safe integer; or, where that cannot be proved, all of them are bigints. TypeScript has no word
 * for "either, but one at a time", so here it reads `number`. Amounts compare with `<`, `>` and `===`, and with 0 by `<` and
 * `>`; they are added and subtracted by {@link plus} and {@link minus} only, so that units and minor units cannot be mixed,
 * and no index or day passes for an amount.
 */
export type Amount<Of extends Unit = 'units'> = number & { readonly [unit]: (of: Of) => Of };

/** An amount in minor units of the currency: what is posted and paid. */
export type MinorAmount = Amount<'minor'>;

/** A whole number that counts no money: the terms of a share or a rate. */
export type Whole = Amount<'whole'>;

/** 0 of everything. */
export type Zero = Amount<'units'> & Amount<'minor'> & Amount<'whole'>;

/** Amounts by their number: a `Float64Array`, or an array of bigints. */
export interface Amounts<Of extends Unit = 'units'> {
  readonly length: number;
  [index: number]: Amount<Of>;
}

/** A fraction of an amount, or a pure one; `d > 0`. */
export interface Fraction<Of extends Unit = 'units'> {
  readonly n: Amount<Of>;
  readonly d: Whole;
}

/** One of the two ways to count. */
export interface Counting {
  readonly zero: Zero;
  readonly one: Whole;
  /** Room for this many amounts, each 0. */
  readonly room: <Of extends Unit = 'units'>(length: number) => Amounts<Of>;
  /** A column of safe integers as it is; undefined where amounts are no numbers. */
  readonly findColumn: (numbers: Float64Array) => Amounts | undefined;
  /** The amount; raises {@link BeyondSafe} where this way of counting has none. */
  readonly units: (value: Units) => Amount;
  readonly minor: (value: Minor) => MinorAmount;
  readonly whole: (value: bigint) => Whole;
  /** Whether the product of two amounts can be held. */
  readonly isProduct: (a: Amount | Whole, b: Amount | Whole) => boolean;
  /** The fraction; undefined where this way of counting has none. */
  readonly findFraction: (ratio: Ratio) => Fraction<'whole'> | undefined;
  /** The same, of units. */
  readonly findPart: (ratio: Ratio) => Fraction | undefined;
  /** The amount, or one close to it that compares with every amount of the run as it does: for comparing only. */
  readonly bound: (value: bigint) => Amount;
  /** Raises {@link BeyondSafe} unless amounts whose sizes add up to this, roughly, can be added in any order. */
  readonly mustFit: (sizes: number) => void;
  /** Whether amounts are bigints. */
  readonly isExact: boolean;
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

/** The one place where a value becomes an amount: a number or a bigint, as the run counts. */
function counted<Of extends Unit>(value: number | bigint): Amount<Of> {
  return value as Amount<Of>;
}

/** The one place where a column becomes one of amounts. */
function column<Of extends Unit>(values: {
  readonly length: number;
  [index: number]: number | bigint;
}): Amounts<Of> {
  return values as Amounts<Of>;
}

function safely<Of extends Unit>(value: bigint): Amount<Of> {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new BeyondSafe();
  return counted(number);
}

function findSafe<Of extends Unit>({ n, d }: Ratio): Fraction<Of> | undefined {
  const [top, bottom] = [Number(n), Number(d)];
  if (Math.abs(top) > ROOMY || bottom > ROOMY) return undefined;
  return { n: counted(top), d: counted(bottom) };
}

function exactFraction<Of extends Unit>({ n, d }: Ratio): Fraction<Of> {
  return { n: counted(n), d: counted(d) };
}

export const IN_NUMBERS: Counting = {
  zero: counted<'units'>(0) as Zero,
  one: counted(1),
  room: (length) => column(new Float64Array(length)),
  findColumn: column,
  units: safely,
  minor: safely,
  whole: safely,
  findFraction: findSafe,
  findPart: findSafe,
  isProduct: (a, b) => Math.abs(a * b) <= ROOMY,
  bound: (value) => counted(Number(value)),
  mustFit(sizes) {
    if (!(sizes <= ROOMY)) throw new BeyondSafe();
  },
  isExact: false,
};

export const IN_BIGINTS: Counting = {
  zero: counted<'units'>(0n) as Zero,
  one: counted(1n),
  room: (length) => column(new Array<bigint>(length).fill(0n)),
  findColumn: () => undefined,
  units: counted,
  minor: counted,
  whole: counted,
  findFraction: exactFraction,
  findPart: exactFraction,
  isProduct: () => true,
  bound: counted,
  mustFit() {},
  isExact: true,
};

/** The amount at a place that the column is known to have. */
export function amountAt<Of extends Unit>(amounts: Amounts<Of>, index: number): Amount<Of> {
  return amounts[index] as Amount<Of>;
}

export function plus<Of extends Unit>(a: Amount<Of>, b: Amount<Of>): Amount<Of> {
  return (a + b) as Amount<Of>;
}

export function minus<Of extends Unit>(a: Amount<Of>, b: Amount<Of>): Amount<Of> {
  return (a - b) as Amount<Of>;
}

export function negative<Of extends Unit>(a: Amount<Of>): Amount<Of> {
  return -a as Amount<Of>;
}

/** `a × n`; ask {@link Counting.isProduct} first. */
export function times<Of extends Unit>(a: Amount<Of>, n: Whole): Amount<Of> {
  return (a * n) as Amount<Of>;
}

/** `a ÷ d`, which must have no remainder. */
export function quotient<Of extends Unit>(a: Amount<Of>, d: Whole): Amount<Of> {
  return (a / d) as Amount<Of>;
}

/** What `a ÷ d` leaves, between 0 and d. */
export function remainder<Of extends Unit>(a: Amount<Of>, d: Whole): Amount<Of> {
  const rest = a % d;
  return (rest < 0 ? rest + d : rest) as Amount<Of>;
}

/** An amount as a bigint, however the run counts. */
export function exactly(amount: Amount | Whole): Units;
export function exactly(amount: MinorAmount): Minor;
export function exactly(amount: number): bigint {
  return BigInt(amount);
}

/** An amount as a number that is close to it, for bounds. */
export function sizeOf(amount: Amount | MinorAmount): number {
  return typeof amount === 'number' ? Math.abs(amount) : Math.abs(Number(amount));
}

/** `round(amount × n ÷ d)`; `d` must be above 0. Products that are no safe integers are made as bigints. */
export function prorated<Of extends Unit, By extends Unit>(
  amount: Amount<Of>,
  n: Amount<By>,
  d: Amount<By>,
  rounding: Rounding,
): Amount<Of> {
  return counted(proratedValue(amount, n, d, rounding));
}

/** `round(n × price)`: an amount of units at a price in minor units for one. */
export function priced(n: Amount, price: Fraction<'whole'>, d: Whole, rounding: Rounding): MinorAmount {
  return counted(proratedValue(n, price.n, times(price.d, d), rounding));
}

function proratedValue(amount: number, n: number, d: number, rounding: Rounding): number | bigint {
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
  let whole = Math.floor(size / d);
  const twice = (size - whole * d) * 2;
  if (twice > d || (twice === d && (rounding === 'half-up' || whole % 2 === 1))) whole += 1;
  return n < 0 ? -whole : whole;
}

function roundedBig(amount: bigint, n: number, d: number, rounding: Rounding): bigint {
  return round(amount * BigInt(n), BigInt(d), rounding);
}

function smallAgain(product: bigint, d: number, rounding: Rounding): number {
  return safely(round(product, BigInt(d), rounding));
}

export function least<Of extends Unit>(a: Amount<Of>, b: Amount<Of>): Amount<Of> {
  return a < b ? a : b;
}

export function most<Of extends Unit>(a: Amount<Of>, b: Amount<Of>): Amount<Of> {
  return a > b ? a : b;
}

export function within<Of extends Unit>(value: Amount<Of>, low: Amount<Of>, high: Amount<Of>): Amount<Of> {
  return value < low ? low : value > high ? high : value;
}
