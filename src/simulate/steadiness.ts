/** How steady pay is: reps with a quarter without pay, and how much quarterly pay varies. */
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';

/** How steady the pay of all reps is. */
export interface Steadiness {
  /** How many reps have a quarter without pay, from their first quarter on. */
  readonly withoutPay: number;
  /** The median of the reps' variations: the standard deviation of quarterly pay ÷ its mean. Undefined where nobody is paid. */
  readonly variation: string | undefined;
}

/** @param pays - what each rep is paid in each quarter */
export function steadinessOf(pays: readonly (readonly Minor[])[]): Steadiness {
  const variations = pays.flatMap((own) => variationOf(own) ?? []);
  return {
    withoutPay: pays.filter((own) => own.some((pay) => pay <= 0n)).length,
    variation: medianOf(variations),
  };
}

/** How finely a variation is given. */
const DECIMALS = 2;

/** √(n·Σp² − (Σp)²) ÷ Σp: the standard deviation ÷ the mean, with two decimals, without a binary fraction. */
function variationOf(pays: readonly Minor[]): string | undefined {
  const sum = pays.reduce((all, pay) => all + pay, 0n);
  if (sum <= 0n) return undefined;
  const squares = pays.reduce((all, pay) => all + pay * pay, 0n);
  const spread = BigInt(pays.length) * squares - sum * sum;
  // Half of a hundredth is added before the root is cut off.
  const hundredths = (rootOf(spread * 40_000n) + sum) / (2n * sum);
  const text = String(hundredths).padStart(DECIMALS + 1, '0');
  return `${text.slice(0, -DECIMALS)}.${text.slice(-DECIMALS)}`;
}

/** The whole part of a square root, by Newton's method. */
function rootOf(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function medianOf(variations: readonly string[]): string | undefined {
  const sorted = [...variations].sort((a, b) => a.length - b.length || byCodeUnit(a, b));
  return sorted[(sorted.length - 1) >> 1];
}
