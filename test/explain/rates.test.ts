/** The rates of a line in words. */
import { expect, test } from 'vitest';
import { ratesOn, ratesText } from '../../src/explain/line-history/rates.js';
import { formatPercent } from '../../src/money.js';

test('every rate has its decimals, wherever it stands', () => {
  const rates = [3n, 125n, 50n].map((n) => ({ n, d: 1000n }));
  expect(ratesText(rates, formatPercent)).toBe('0.3% and 12.5% and 5%');
});

test('a rate that a line has twice is one of its rates', () => {
  const slices = [5n, 8n, 5n].map((n) => ({
    ...{ from: { n: 0n, d: 1n }, to: { n: 1n, d: 1n }, base: { n: 1n, d: 1n }, amount: { n: 1n, d: 1n } },
    rate: { n, d: 100n },
  }));
  const rates = ratesOn({ rate: { kind: 'marginal', quota: undefined, slices } }, '2025-01-15');
  expect(ratesText(rates, formatPercent)).toBe('5% and 8%');
});
