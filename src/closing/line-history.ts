/** What of a line was earned when and not yet paid, and what was paid when: lists from the oldest to the newest. */
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

/** An amount with both. */
export interface PaidPart extends Earned, FirstPaid {}

/** What a line has to go on; a line without any of it is like one that never was. */
export interface LineHistory {
  /** Earned and not paid yet, by the period it was earned in. */
  readonly unpaid: readonly Earned[];
  /** Paid and not taken back, by the period it was first paid in, then by that it was earned in. */
  readonly paid: readonly PaidPart[];
}

const NONE: readonly never[] = [];

export const NOTHING: LineHistory = { unpaid: NONE, paid: NONE };

/** Adds an amount above 0 that was earned in a period. */
export function withEarned(unpaid: readonly Earned[], added: Earned): readonly Earned[] {
  const at = unpaid.findLastIndex(({ earnedIn }) => earnedIn <= added.earnedIn);
  const before = unpaid[at];
  if (before?.earnedIn !== added.earnedIn) return unpaid.toSpliced(at + 1, 0, added);
  return unpaid.with(at, { ...before, amount: before.amount + added.amount });
}

/**
 * Takes an amount above 0 that is earned no more, as it would have been taken on its day: from the newest up to the
 * period it belongs to, then from the newest of all. What there is not is not taken.
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
  let wanted = amount;
  let at = 0;
  for (; at < parts.length && wanted > 0n; at += 1) {
    const part = parts[at] as Part;
    const here = min(part.amount, wanted);
    wanted -= here;
    taken.push({ ...part, amount: here });
    if (here < part.amount) {
      return { taken, left: [{ ...part, amount: part.amount - here }, ...parts.slice(at + 1)] };
    }
  }
  return { taken, left: ifAny(parts.slice(at)) };
}

/** Takes up to an amount from the newest; what is taken is told newest first. */
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

/** Most lists of most lines are empty: one empty list is enough for all of them. */
function ifAny<Part>(parts: readonly Part[]): readonly Part[] {
  return parts.length === 0 ? NONE : parts;
}
