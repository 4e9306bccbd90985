/** Decimals and currencies against the packages that know them: decimal.js, and the list of ISO 4217. */
import { codes, code as currencyOf } from 'currency-codes';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDecimal, formatDecimal, formatPercent } from '../../src/money.js';
import { findCurrency } from '../../src/plans/currencies.js';
import { forAll } from '../support/property.js';

const Exact = Decimal.clone({ precision: 1000, defaults: true });
const KNOWN = new Set(codes());
const plain = fc.stringMatching(/^-?([0-9]{1,25}(\.[0-9]{1,25})?|\.[0-9]{1,25})$/);

test('R2.8 a decimal is read and written exactly', () => {
  forAll(plain, (text, meet) => {
    const value = new Exact(text);
    const read = findDecimal(text);
    if (read === undefined) throw new Error(`${text} is not read`);
    // Zero has no sign.
    expect(formatDecimal(read)).toBe(value.isZero() ? '0' : value.toFixed());
    expect(value.times(new Exact(read.d.toString())).eq(new Exact(read.n.toString()))).toBe(true);
    const percent = value.times(100).toDecimalPlaces(4);
    expect(formatPercent(read)).toBe(`${percent.isZero() ? '0' : percent.toFixed()}%`);
    if (text.includes('.')) meet('decimals');
  });
  expect(findDecimal('-.00')).toEqual({ n: 0n, d: 1n });
});

test('a percentage is rounded half away from zero', () => {
  expect(formatPercent({ n: 1n, d: 3n })).toBe('33.3333%');
  expect(formatPercent({ n: -2n, d: 3n })).toBe('-66.6667%');
  expect(formatPercent({ n: 1_000_005n, d: 10_000_000n }, 3)).toBe('10%');
  expect(formatPercent({ n: 100_005n, d: 1_000_000n }, 3)).toBe('10.001%');
});

test('every code of ISO 4217 has its decimals, and no other is one', () => {
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
  let found = 0;
  for (const a of letters) {
    for (const b of letters) {
      for (const c of letters) {
        const code = `${a}${b}${c}`;
        const own = findCurrency(code);
        if (own === undefined && !KNOWN.has(code)) continue;
        const digits = currencyOf(code)?.digits;
        expect([code, own?.digits]).toEqual([code, Number.isInteger(digits) ? digits : undefined]);
        found += 1;
      }
    }
  }
  expect(found).toBeGreaterThan(170);
  expect(['usd', 'US', 'USD ', 'D A', ''].map((code) => findCurrency(code))).toEqual(
    Array(5).fill(undefined),
  );
});
