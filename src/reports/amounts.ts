/** Amounts as the terminal shows them: thousands apart, and in tables a dash for zero. */
import type { Result } from '../engine/result.js';
import { formatMinor, formatUnits, groupThousands, type Minor, type Units } from '../money.js';

type Currency = Result['currency'];

/** A result: `1,234.56`. */
export function minorText(amount: Minor, { digits }: Pick<Currency, 'digits'>): string {
  return groupThousands(formatMinor(amount, digits));
}

/** A ledger amount, with more decimals where it has some. */
export function unitsText(amount: Units, { scale, currency }: Pick<Result, 'scale' | 'currency'>): string {
  return groupThousands(formatUnits(amount, scale, currency.digits));
}

/** A result in a cell of a table. */
export function minorCell(amount: Minor, currency: Pick<Currency, 'digits'>): string {
  return amount === 0n ? '–' : minorText(amount, currency);
}

/** A result that changes another, with its sign. */
export function changeCell(amount: Minor, currency: Pick<Currency, 'digits'>): string {
  return amount > 0n ? `+${minorText(amount, currency)}` : minorCell(amount, currency);
}
