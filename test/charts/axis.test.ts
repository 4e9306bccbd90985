/** Scales: 0 is always on them, and the round amounts are few, round and inside. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleOf, shareOf, ticksOf } from '../../src/charts/axis.js';

test('round amounts, by hand', () => {
  const textsOf = (most: bigint, least = 0n) => ticksOf({ least, most }, 2).map(({ text }) => text);
  expect(textsOf(10976115n)).toEqual(['0', '50,000', '100,000']);
  expect(textsOf(3884099n)).toEqual(['0', '10,000', '20,000', '30,000']);
  expect(textsOf(60n)).toEqual(['0.00', '0.20', '0.40', '0.60']);
  expect(textsOf(100n, -150n)).toEqual(['\u22121', '0', '1']);
  expect(textsOf(0n)).toEqual(['0.00']);
});

test('there are one to four of them, all on the scale, 0 among them', () => {
  const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  fc.assert(
    fc.property(fc.array(amount), (amounts) => {
      const scale = scaleOf(amounts);
      const ticks = ticksOf(scale, 2);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
      expect(ticks.length).toBeLessThanOrEqual(5);
      expect(ticks.some((tick) => tick.amount === 0n)).toBe(true);
      for (const tick of ticks) {
        expect(shareOf(tick.amount, scale)).toBeGreaterThanOrEqual(0);
        expect(shareOf(tick.amount, scale)).toBeLessThanOrEqual(1);
      }
    }),
  );
});
