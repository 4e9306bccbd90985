/** The rates of a line in words. */
import { expect, test } from 'vitest';
import { ratesText } from '../../src/explain/line-history/rates.js';
import { formatPercent } from '../../src/money.js';

test('every rate has its decimals, wherever it stands', () => {
  const rates = [3n, 125n, 50n].map((n) => ({ n, d: 1000n }));
  expect(ratesText(rates, formatPercent)).toBe('0.3% and 12.5% and 5%');
});
