/** The sum of a column of amounts, and the sum of their sizes, which proves that they can be counted in plain numbers. */
import { type Amount, type Amounts, amountAt, type Counting, exactly, plus, sizeOf } from '../../amount.js';

/**
 * The exact sum, and roughly how large the amounts are together.
 *
 * @throws BeyondSafe where the amounts cannot be added up in any order
 */
export function measured(
  amounts: Amounts,
  counting: Counting,
): { readonly sum: bigint; readonly size: number } {
  let sum: Amount = counting.zero;
  let size = 0;
  for (let at = 0; at < amounts.length; at += 1) {
    sum = plus(sum, amountAt(amounts, at));
    size += sizeOf(amountAt(amounts, at));
  }
  counting.mustFit(size);
  return { sum: exactly(sum), size };
}
