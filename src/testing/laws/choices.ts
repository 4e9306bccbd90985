/** Choices from one number that was drawn: which row, which day, which change a law is about. */
import { type Dice, diceOf } from '../features/dressing.js';

const COUNT = 13;

/** One number as dice: the first choice is by the number itself, the others by what follows from it; from 0, all are the first. */
export function diceFrom(pick: number): Dice {
  let last = Math.abs(Math.trunc(pick)) % 0x7fffffff;
  return diceOf(
    Array.from({ length: COUNT }, () => {
      const drawn = last;
      last = (last * 48_271) % 0x7fffffff;
      return drawn;
    }),
  );
}
