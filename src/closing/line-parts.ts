/** The parts of a line: what was earned when and is not paid yet, and what was paid when, oldest first. */
import { type Minor, min } from '../money.js';

/** An amount that was earned in a pay period. */
export interface Earned {
  /** The place of the period among the pay periods. */
  readonly earnedIn: number;
  /** Above 0. */
  readonly amount: Minor;
}

/** An amount that was paid first in a pay period. */
export interface FirstPaid {
  /** The place of the period among the pay periods. */
  readonly paidIn: number;
  /** The calendar year of its payment. */
  readonly year: number;
  /** Above 0. */
  readonly amount: Minor;
}

/** An amount that was earned in one pay period and first paid in another. */
export interface PaidPart extends Earned, FirstPaid {}

/** What is known of a line; a line without any parts is as good as new. */
export interface LineParts {
  /** Earned and not paid yet, by the period in which it was earned. */
  readonly unpaid: readonly Earned[];
  /** Paid and not taken back, by the period in which it was first paid, then by that in which it was earned. */
  readonly paid: readonly PaidPart[];
}

const NONE: readonly never[] = [];

export const NOTHING: LineParts = { unpaid: NONE, paid: NONE };

/** Adds an amount above 0 that was earned in a period. */
export function withEarned(unpaid: readonly Earned[], added: Earned): readonly Earned[] {
  const at = unpaid.findLastIndex(({ earnedIn }) => earnedIn <= added.earnedIn);
  const before = unpaid[at];
  if (before?.earnedIn !== added.earnedIn) return unpaid.toSpliced(at + 1, 0, added);
  return unpaid.with(at, { ...before, amount: before.amount + added.amount });
}

/**
 * Takes off an amount above 0 that is no longer earned, as on its day: from the newest up to the period it belongs to, then
 * from the newest of all. It takes no more than there is.
 */
export function withoutEarned(unpaid: readonly Earned[], { earnedIn, amount }: Earned): readonly Earned[] {
  const split = unpaid.findLastIndex((one) => one.earnedIn <= earnedIn) + 1;
  const earlier = takeNewest(unpaid.slice(0, split), amount);
  const later = takeNewest(unpaid.slice(split), amount - sumOf(earlier.taken));
  return ifAny([...earlier.left, ...later.left]);
}

/** Takes up to an amount from the oldest. */
export function takeOldest<Part extends { readonly amount: Minor }>(
  parts: readonly Part[],
  amount: Minor,
): { readonly taken: readonly Part[]; readonly left: readonly Part[] } {
  const taken: Part[] = [];
  let rest = amount;
  let at = 0;
  for (; at < parts.length && rest > 0n; at += 1) {
    const part = parts[at] as Part;
    const here = min(part.amount, rest);
    rest -= here;
    taken.push({ ...part, amount: here });
    if (here < part.amount) {
      return { taken, left: [{ ...part, amount: part.amount - here }, ...parts.slice(at + 1)] };
    }
  }
  return { taken, left: ifAny(parts.slice(at)) };
}

/** Takes up to an amount from the newest; what is taken is returned newest first. */
export function takeNewest<Part extends { readonly amount: Minor }>(
  parts: readonly Part[],
  amount: Minor,
): { readonly taken: readonly Part[]; readonly left: readonly Part[] } {
  const { taken, left } = takeOldest(parts.toReversed(), amount);
  return { taken, left: ifAny(left.toReversed()) };
}

/** Adds an amount above 0 that was paid. */
export function withPaid(paid: readonly PaidPart[], added: PaidPart): readonly PaidPart[] {
  const at = paid.findLastIndex((part) => inOrderPaid(part, added) <= 0);
  const before = paid[at];
  if (before === undefined || inOrderPaid(before, added) !== 0) return paid.toSpliced(at + 1, 0, added);
  return paid.with(at, { ...before, amount: before.amount + added.amount });
}

export function sumOf(parts: readonly { readonly amount: Minor }[]): Minor {
  return parts.reduce((sum, { amount }) => sum + amount, 0n);
}

function inOrderPaid(a: PaidPart, b: PaidPart): number {
  return a.paidIn - b.paidIn || a.earnedIn - b.earnedIn || a.year - b.year;
}

/** Most lists of most lines are empty: all of them share one empty list. */
function ifAny<Part>(parts: readonly Part[]): readonly Part[] {
  return parts.length === 0 ? NONE : parts;
}
