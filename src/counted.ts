/** Counts in words, singular or plural. */
import { groupThousands } from './money.js';

/** A count and what is counted: `1 rep`, `1,200 reps`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${groupThousands(`${count}`)} ${count === 1 ? one : several}`;
}

/** The verb that goes with a count: `is` or `are`, `has` or `have`. */
export function verb(count: number, one: string, several: string): string {
  return count === 1 ? one : several;
}

/** Things in a sentence: `a`, `a and b`, `a, b and c`. */
export function listOf(things: readonly string[]): string {
  const last = things.at(-1) ?? '';
  return things.length < 2 ? last : `${things.slice(0, -1).join(', ')} and ${last}`;
}
