/** The lines of a chart for its round amounts, with the amounts to their left. */
import type { Minor } from '../money.js';
import type { Tick } from './axis.js';
import { lineShape, type Shape, textShape } from './drawing.js';

/** The average width of a letter of an amount, and what is between it and its line. */
const LETTER = 7.3;
const GAP = 6;

/** How much room the amounts take. */
export function roomFor(ticks: readonly Tick[]): number {
  return Math.ceil(Math.max(...ticks.map(({ text }) => text.length)) * LETTER) + GAP;
}

/** A line for each round amount; that of 0 is stronger. */
export function gridShapes(
  ticks: readonly Tick[],
  yOf: (amount: Minor) => number,
  left: number,
  right: number,
): readonly Shape[] {
  return ticks.flatMap(({ amount, text }) => [
    lineShape(left, yOf(amount), right, yOf(amount), amount === 0n ? 'edge' : 'hairline'),
    textShape(text, left - GAP, yOf(amount), { align: 'right' }),
  ]);
}
