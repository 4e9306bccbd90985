/** Exact amounts and shares as text: all of their decimals where they end, an ellipsis where they do not. */
import { formatPercent, groupThousands, powerOfTen, round } from '../money.js';
import { floor, type Ratio } from '../ratio.js';

/** How many decimals more than requested are shown of a fraction that does not end. */
const MORE = 4;

/**
 * An exact number of units of 10^-scale: `8,500.00`, `0.125`, `33.333333…`.
 *
 * @param digits - the least number of decimals
 */
export function exactText({ n, d }: Ratio, scale: number, digits: number): string {
  const most = digits + MORE;
  const bottom = d * powerOfTen(scale);
  const isExact = (n * powerOfTen(most)) % bottom === 0n;
  const cut = isExact ? (n * powerOfTen(most)) / bottom : floor({ n: n * powerOfTen(most), d: bottom });
  const size = (cut < 0n ? -cut : cut).toString().padStart(most + 1, '0');
  const [whole, decimals] = [size.slice(0, -most), size.slice(-most)];
  const shown = isExact ? decimals.replace(/0+$/, '').padEnd(digits, '0') : decimals;
  const text = shown === '' ? whole : `${whole}.${shown}`;
  return `${cut < 0n ? '-' : ''}${groupThousands(text)}${isExact ? '' : '…'}`;
}

/** A share as a percentage with two decimals, for reading: `43.33%`. */
export function shareText({ n, d }: Ratio): string {
  const hundredths = round(n * 10_000n, d, 'half-up');
  return formatPercent({ n: hundredths, d: 10_000n }, 2);
}
