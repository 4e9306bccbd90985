/** How files write numbers: `1,234.56`, `1.234,56 €`, `(5.00)`, and the plain decimals that they mean. */
import { findPlain } from '../money.js';

/** How a file writes numbers. */
export interface NumberFormat {
  readonly decimal: '.' | ',';
  /** Matches every thousands separator; undefined where the format has none. */
  readonly thousands: RegExp | undefined;
  /** What a number looks like without its currency sign and parentheses. */
  readonly shape: RegExp;
  /** A currency sign before the digits, and one after them. */
  readonly currencies: readonly [RegExp, RegExp];
}

/** The thousands separators that files use for the one in a pattern: no-break spaces, a curly apostrophe. */
const ALIKE: Readonly<Record<string, string>> = {
  ' ': ' \u00A0\u2009\u202F',
  "'": "'\u2019",
};

/** The signs that stand for a minus before or after digits: the minus of typesetting, and dashes in its place. */
const MINUS = /[\u2212\uFE63\uFF0D]|\u2013(?=\s*\S)/gu;

/**
 * The format that a pattern such as `1,234.56`, `1.234,56` or `1234,56` shows; undefined where it shows none.
 *
 * @param currency - a currency code that a number may have in place of a sign: `USD 5.00`
 */
export function findNumberFormat(pattern: string, currency?: string): NumberFormat | undefined {
  const match = /^1(\D?)234([.,])56$/u.exec(pattern);
  const [, thousands, decimal] = match ?? [];
  if (thousands === undefined || decimal === undefined || thousands === decimal) return undefined;
  const group = `[${Object.values(ALIKE).find((signs) => signs.includes(thousands || '?')) ?? escapeForPattern(thousands)}]`;
  const point = escapeForPattern(decimal);
  // A leading group is never 0: in the other format, "0,500" is one half.
  const grouped = thousands === '' ? '' : `[1-9]\\d{0,2}(?:${group}\\d{3})+|`;
  const sign = currency === undefined ? '\\p{Sc}' : `(?:\\p{Sc}|\\b${currency}\\b)`;
  return {
    currencies: [new RegExp(`^([-(]?)\\s*${sign}\\s*`, 'u'), new RegExp(`\\s*${sign}\\s*([-)]?)$`, 'u')],
    decimal: decimal as '.' | ',',
    thousands: thousands === '' ? undefined : new RegExp(group, 'gu'),
    shape: new RegExp(`^-?(?:(?:${grouped}\\d+)(?:${point}\\d+)?|${point}\\d+)$`, 'u'),
  };
}

/**
 * The plain decimal (`-1234.50`) of a number as a file writes it; undefined where the text is no number in that format.
 * Currency signs, accounting parentheses, a trailing minus and a dash for zero are read too, and thousands separators
 * only between thousands. Without a format only a plain decimal is a number.
 */
export function findPlainAs(text: string, format: NumberFormat | undefined): string | undefined {
  if (format === undefined) return findPlain(text);
  const [before, after] = format.currencies;
  const bare = text.replace(MINUS, '-').replace(before, '$1').replace(after, '$1').replace(/^-\s+/u, '-');
  if (/^[-\u2013]$/u.test(bare)) return '0';
  const parenthesized = /^\(\s*([^()]*?)\s*\)$/u.exec(bare);
  const trailing = /^([^-]*\d)\s*-$/u.exec(bare);
  const inner = parenthesized?.[1] ?? trailing?.[1] ?? bare;
  const isNegated = parenthesized !== null || trailing !== null;
  if (!format.shape.test(inner) || (isNegated && inner.startsWith('-'))) return undefined;
  const digits = format.thousands === undefined ? inner : inner.replace(format.thousands, '');
  return (isNegated ? '-' : '') + digits.replace(format.decimal, '.');
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}
