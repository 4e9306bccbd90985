/** The parts of a line, by hand: what is paid stays in order of when it was paid, and when it was earned. */
import { describe, expect, test } from 'vitest';
import { type PaidPart, takeNewest, withPaid } from '../../src/closing/line-parts.js';

const part = (paidIn: number, earnedIn: number, amount: bigint): PaidPart => ({
  paidIn,
  earnedIn,
  year: 2025,
  amount,
});

describe('what is paid', () => {
  test('goes between what was paid before and after it', () => {
    const paid = [part(1, 1, 10n), part(3, 2, 30n), part(4, 2, 40n)];
    expect(withPaid(paid, part(2, 1, 20n))).toEqual([paid[0], part(2, 1, 20n), paid[1], paid[2]]);
    expect(withPaid(paid, part(0, 0, 5n))).toEqual([part(0, 0, 5n), ...paid]);
    expect(withPaid(paid, part(4, 3, 50n))).toEqual([...paid, part(4, 3, 50n)]);
  });

  test('in the same period and of the same one is one part', () => {
    const paid = [part(1, 1, 10n), part(3, 2, 30n)];
    expect(withPaid(paid, part(1, 1, 5n))).toEqual([part(1, 1, 15n), part(3, 2, 30n)]);
  });

  test('is taken from the newest', () => {
    const paid = [part(1, 1, 10n), part(3, 2, 30n)];
    expect(takeNewest(paid, 35n)).toEqual({
      taken: [part(3, 2, 30n), part(1, 1, 5n)],
      left: [part(1, 1, 5n)],
    });
  });
});
