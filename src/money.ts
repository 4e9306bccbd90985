/** Exact decimals: reading, rounding and writing them. The only file that rounds. */
import { type Ratio, ratio } from './ratio.js';

/** What an amount counts: a plain bigint may be either, but units never pass for minor units. */
declare const counts: unique symbol;

/** A ledger amount as a whole number of 10^-scale of the currency; the scale is one for a whole run (R2.8). */
export type Units = bigint & { readonly [counts]?: 'units' };

/** A result in the currency's minor unit (cents for USD, whole yen for JPY). */
export type Minor = bigint & { readonly [counts]?: 'minor' };

/** How a half is rounded: away from zero, or to the even neighbor (R4.8). */
export type Rounding = 'half-up' | 'half-even';

const PLAIN = /^-?(\d+(\.\d+)?|\.\d+)$/;

/**
 * Rounds the exact quotient `n ÷ d` to an integer. Its twin `rounded` in amount.ts does the same to numbers.
 *
 * @param d - must be above 0
 * @example round(5n, 2n, 'half-up') === 3n; round(-5n, 2n, 'half-up') === -3n; round(5n, 2n, 'half-even') === 2n
 */
export function round(n: bigint, d: bigint, rounding: Rounding): bigint {
  if (d === 1n) return n;
  const size = n < 0n ? -n : n;
  let quotient = size / d;
  const twice = (size - quotient * d) * 2n;
  if (twice > d || (twice === d && (rounding === 'half-up' || quotient % 2n === 1n))) quotient += 1n;
  return n < 0n ? -quotient : quotient;
}

/** Rounds the exact quotient `n ÷ d` towards zero (R7.2's round-down). */
export function roundDown(n: bigint, d: bigint): bigint {
  return n / d;
}

export function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

export function clamp(value: bigint, low: bigint, high: bigint): bigint {
  return value < low ? low : value > high ? high : value;
}

const POWERS_OF_TEN = Array.from({ length: 32 }, (_, exponent) => 10n ** BigInt(exponent));

export function powerOfTen(exponent: number): bigint {
  return POWERS_OF_TEN[exponent] ?? 10n ** BigInt(exponent);
}

/**
 * The exact value of a plain decimal (`-1234.50`); undefined where the text is none. Exponents, hexadecimals, thousands
 * separators and infinities are none.
 */
export function findDecimal(text: string): Ratio | undefined {
  if (!PLAIN.test(text)) return undefined;
  let places = decimalsOf(text);
  let whole = wholeOf(text, places);
  for (; places > 0 && whole % 10n === 0n; places -= 1) whole /= 10n;
  return ratio(whole, powerOfTen(places));
}

/** The exact value of `5%` or `0.05`, and whether it had a `%` sign; undefined where the text is neither. */
export function findPercent(text: string): { readonly value: Ratio; readonly signed: boolean } | undefined {
  const signed = text.endsWith('%');
  const value = findDecimal(signed ? text.slice(0, -1).trimEnd() : text);
  if (value === undefined) return undefined;
  return { value: signed ? ratio(value.n, value.d * 100n) : value, signed };
}

/** The text itself where it is a plain decimal (`-1234.50`); undefined where it is none. */
export function findPlain(text: string): string | undefined {
  return PLAIN.test(text) ? text : undefined;
}

/** An exact sum of plain decimals. */
export class DecimalSum {
  #units = 0n;
  #scale = 0;

  add(plain: string): this {
    const scale = decimalsOf(plain);
    if (scale > this.#scale) {
      this.#units *= powerOfTen(scale - this.#scale);
      this.#scale = scale;
    }
    this.#units += unitsOf(plain, this.#scale);
    return this;
  }

  /** The sum as a plain decimal, with as many decimals as the longest of its parts. */
  text(): string {
    return decimalText(this.#units, this.#scale);
  }
}

/** The exact sum of plain decimals. */
export function sumOf(...plains: readonly string[]): string {
  return plains.reduce((sum, plain) => sum.add(plain), new DecimalSum()).text();
}

/** A plain decimal with the opposite sign. */
export function negated(plain: string): string {
  if (plain.startsWith('-')) return plain.slice(1);
  return /[1-9]/.test(plain) ? `-${plain}` : plain;
}

/** How many decimals a number has as written; trailing zeros count. */
export function decimalsOf(text: string): number {
  const at = text.lastIndexOf('.');
  if (at < 0) return 0;
  return text.slice(at + 1).search(/\D|$/);
}

/** A plain decimal in units of 10^-scale; it must have at most that many decimals. */
export function unitsOf(plain: string, scale: number): Units {
  return wholeOf(plain, scale);
}

/** A result as {@link formatMinor} writes it, in minor units of a currency with that many decimals. */
export function minorOf(plain: string, digits: number): Minor {
  return wholeOf(plain, digits);
}

function wholeOf(plain: string, decimals: number): bigint {
  const at = plain.indexOf('.');
  if (at < 0) return BigInt(plain) * powerOfTen(decimals);
  return BigInt(plain.slice(0, at) + plain.slice(at + 1).padEnd(decimals, '0'));
}

/**
 * A result as text, with all of the currency's decimals and never an exponent or a negative zero.
 *
 * @example formatMinor(-1230n, 2) === '-12.30'
 */
export function formatMinor(amount: Minor, digits: number): string {
  return decimalText(amount, digits);
}

/** A ledger amount as exact text: at least `digits` decimals, and more only where they are not zero. */
export function formatUnits(amount: Units, scale: number, digits: number): string {
  const text = decimalText(amount, scale);
  let end = text.length;
  while (end > text.length - (scale - digits) && text[end - 1] === '0') end -= 1;
  return text[end - 1] === '.' ? text.slice(0, end - 1) : text.slice(0, end);
}

/** A ratio as a percentage for people, with up to `decimals` decimals: `5%`, `33.3333%`. */
export function formatPercent(value: Ratio, decimals = 4): string {
  const percent = round(value.n * 100n * powerOfTen(decimals), value.d, 'half-up');
  return `${withoutZeros(decimalText(percent, decimals))}%`;
}

/** A ratio that was read from a decimal, as that decimal: `1.0925`. */
export function formatDecimal({ n, d }: Ratio): string {
  let places = 0;
  while (places < MOST_PLACES && (n * powerOfTen(places)) % d !== 0n) places += 1;
  return withoutZeros(decimalText(round(n * powerOfTen(places), d, 'half-up'), places));
}

/** No decimal that is read has as many; a fraction that is none ends here. */
const MOST_PLACES = 1000;

/** A plain decimal without zeros at its end: `1.50` is `1.5`, and `2.00` is `2`. */
function withoutZeros(plain: string): string {
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
}

/** A decimal text with `,` between thousands, in every locale: `1,234.56`. */
export function groupThousands(text: string): string {
  return text.replace(/^(-?)(\d+)/, (_, sign: string, whole: string) => {
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',');
  });
}

/** Zero as text, by number of decimals: half of all results are 0. */
const ZEROS: readonly string[] = Array.from({ length: 13 }, (_, decimals) => (0).toFixed(decimals));

function decimalText(amount: bigint, decimals: number): string {
  if (amount === 0n && decimals < ZEROS.length) return ZEROS[decimals] as string;
  if (decimals === 0) return amount.toString();
  const size = Number(amount < 0n ? -amount : amount);
  const unit = 10 ** decimals;
  if (size <= Number.MAX_SAFE_INTEGER && unit <= Number.MAX_SAFE_INTEGER) {
    // Most amounts are safe integers, which are faster to write.
    const whole = Math.floor(size / unit);
    return `${amount < 0n ? '-' : ''}${whole}.${String(size - whole * unit).padStart(decimals, '0')}`;
  }
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const at = digits.length - decimals;
  return `${amount < 0n ? '-' : ''}${digits.slice(0, at)}.${digits.slice(at)}`;
}
