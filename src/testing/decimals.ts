/** Amounts of rows as exact decimals, for generators and laws that take parts of them. */
import { findDecimal, formatDecimal } from '../money.js';
import { type Ratio, ratio } from '../ratio.js';

/** The exact value of a plain decimal of a ledger. */
export type Decimal = Ratio;

/** The value of a cell that is a plain decimal; any other text throws. */
export function decimalOf(text: string): Decimal {
  const value = findDecimal(text.trim());
  if (value === undefined) throw new RangeError(`not a decimal: "${text}"`);
  return value;
}

/** The amount as a plain decimal, with no more decimals than it needs. */
export function textOfDecimal(amount: Decimal): string {
  return formatDecimal(amount);
}

/** What is left of an amount in whole ten-thousandths, which is as fine as real ledgers go (R2.8). */
export function wholeUnits(amount: Decimal): Decimal {
  return ratio((amount.n * 10_000n) / amount.d, 10_000n);
}
