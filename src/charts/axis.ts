/** Scales of charts: where an amount or a day is, and which round amounts have a line. */
import { formatMinor, groupThousands, type Minor, powerOfTen } from '../money.js';

/** The least and the largest amount of a scale; 0 is always between them. */
export interface Scale {
  readonly least: Minor;
  readonly most: Minor;
}

/** The scale with room for all of these amounts, and for 0. */
export function scaleOf(amounts: Iterable<Minor>): Scale {
  let [least, most] = [0n, 0n];
  for (const amount of amounts) {
    if (amount < least) least = amount;
    if (amount > most) most = amount;
  }
  return { least, most };
}

/** How finely amounts are placed; what is read are amounts as text, which are exact. */
const STEPS = 1_000_000n;

/** How far an amount is from the least to the largest of a scale, from 0 to 1. */
export function shareOf(amount: Minor, { least, most }: Scale): number {
  return Number(((amount - least) * STEPS) / (most - least || 1n)) / Number(STEPS);
}

/** A round amount on a scale. */
export interface Tick {
  readonly amount: Minor;
  readonly text: string;
}

/** A scale has at most this many round amounts on each side of 0. */
const MOST_TICKS = 3n;

/** The round amounts of a scale, with 0; an empty scale has 0 alone. */
export function ticksOf({ least, most }: Scale, digits: number): readonly Tick[] {
  const step = roundAbove(most - least);
  const ticks: Tick[] = [];
  for (let amount = (least / step) * step; amount <= most; amount += step) {
    const isWhole = step % powerOfTen(digits) === 0n;
    const text = isWhole ? String(amount / powerOfTen(digits)) : formatMinor(amount, digits);
    ticks.push({ amount, text: groupThousands(text).replace('-', '\u2212') });
  }
  return ticks;
}

/** The smallest of 1, 2, 5, 10, 20 … that a span has at most {@link MOST_TICKS} of. */
function roundAbove(span: Minor): Minor {
  for (let power = 1n; ; power *= 10n) {
    for (const first of [1n, 2n, 5n]) {
      if (first * power * (MOST_TICKS + 1n) > span) return first * power;
    }
  }
}
