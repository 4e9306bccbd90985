/** The sum of a column of amounts, and their sizes added up: the proof that they can be counted in numbers. */
import { type Amount, type Amounts, type Counting, exactly, sizeOf } from '../../amount.js';

/**
 * The exact sum, and roughly how large the amounts are together.
 *
 * @throws BeyondSafe where the amounts cannot be added up in any order
 */
export function measured(
  amounts: Amounts,
  counting: Counting,
): { readonly sum: bigint; readonly size: number } {
  let sum = counting.zero;
  let size = 0;
  for (let at = 0; at < amounts.length; at += 1) {
    sum += amounts[at] as Amount;
    size += sizeOf(amounts[at] as Amount);
  }
  counting.mustFit(size);
  return { sum: exactly(sum), size };
}
