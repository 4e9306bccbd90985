// Exact fractions on BigInt: all the arithmetic of the auditor, and its only rounding.

export interface Fraction {
  readonly over: bigint;
  /** Always above 0. */
  readonly under: bigint;
}

/** The fraction over ÷ under in lowest terms. */
export function fraction(over: bigint, under = 1n): Fraction {
  if (under === 1n) return { over, under };
  if (under === 0n) throw new RangeError('a fraction over 0');
  const sign = under < 0n ? -1n : 1n;
  const common = commonDivisor(over, under);
  return { over: (sign * over) / common, under: (sign * under) / common };
}

export const ZERO: Fraction = fraction(0n);
export const ONE: Fraction = fraction(1n);

/** `-1234.50` and `1e-7` as the exact number they say. */
export function parseDecimal(text: string): Fraction {
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text.trim());
  if (parts === null) throw new RangeError(`not a decimal: "${text}"`);
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = parts;
  if (whole === '' && decimals === '') throw new RangeError(`not a decimal: "${text}"`);
  const digits = BigInt(`${whole}${decimals}`) * (sign === '-' ? -1n : 1n);
  const places = decimals.length - Number(exponent);
  return places < 0 ? fraction(digits * 10n ** BigInt(-places)) : fraction(digits, 10n ** BigInt(places));
}

/** `5%` and `0.05` as the same exact number. */
export function parsePercent(text: string): Fraction {
  const bare = text.trim();
  return bare.endsWith('%') ? div(parseDecimal(bare.slice(0, -1)), fraction(100n)) : parseDecimal(bare);
}

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function sub(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under - b.over * a.under, a.under * b.under);
}

export function mul(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.over, a.under * b.under);
}

export function div(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under, a.under * b.over);
}

export function sum(terms: readonly Fraction[]): Fraction {
  return terms.reduce(add, ZERO);
}

/** Below 0, 0 or above 0, as a is below, at or above b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isZero(a: Fraction): boolean {
  return a.over === 0n;
}

export function isPositive(a: Fraction): boolean {
  return a.over > 0n;
}

export function min(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) <= 0 ? a : b;
}

export function max(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) >= 0 ? a : b;
}

/** The nearest integer; a half goes away from zero. */
export function roundHalfAway(a: Fraction): bigint {
  const size = a.over < 0n ? -a.over : a.over;
  const rounded = (2n * size + a.under) / (2n * a.under);
  return a.over < 0n ? -rounded : rounded;
}

/** The nearest integer; a half goes to the even neighbor. */
export function roundHalfEven(a: Fraction): bigint {
  const below = roundDown(a);
  const rest = compare(sub(a, fraction(below)), fraction(1n, 2n));
  if (rest < 0) return below;
  if (rest > 0) return below + 1n;
  return below % 2n === 0n ? below : below + 1n;
}

/** The largest integer that is not above a. */
export function roundDown(a: Fraction): bigint {
  const towardsZero = a.over / a.under;
  return a.over < 0n && towardsZero * a.under !== a.over ? towardsZero - 1n : towardsZero;
}

/** `units` of ten to the minus `digits` as decimal text: (-1230, 2) is `-12.30`. */
export function decimalText(units: bigint, digits: number): string {
  const size = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  const whole = size.slice(0, size.length - digits);
  const decimals = size.slice(size.length - digits);
  return `${units < 0n ? '-' : ''}${whole}${digits === 0 ? '' : `.${decimals}`}`;
}

/** An amount as decimal text with at least so many decimals, and more only where they are needed. */
export function decimalTextOf(amount: Fraction, digits: number): string {
  const scaled = mul(amount, fraction(10n ** BigInt(digits)));
  return scaled.under === 1n ? decimalText(scaled.over, digits) : decimalTextOf(amount, digits + 1);
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
