/** Money, fractions, days and ids: exact in, exact out, and rounded in one place only (R2.1, R2.8, R4.8, R9.1). */
import { describe, expect, test } from 'vitest';
import {
  addDays,
  findDay,
  findMonthLength,
  firstOfMonth,
  inShortWords,
  inWords,
  isoOf,
  later,
} from '../../src/day.js';
import {
  clamp,
  decimalsOf,
  findDecimal,
  findPercent,
  findPlain,
  formatMinor,
  formatPercent,
  formatUnits,
  groupThousands,
  max,
  min,
  powerOfTen,
  round,
  roundDown,
  unitsOf,
} from '../../src/money.js';
import { byCodeUnit } from '../../src/order.js';
import {
  compare,
  floor,
  minus,
  negative,
  ONE,
  over,
  plus,
  ratio,
  sum,
  times,
  ZERO,
} from '../../src/ratio.js';

describe('R4.8 rounding', () => {
  test.each([
    // n, d, half-up, half-even
    [5n, 2n, 3n, 2n], // 2.5
    [-5n, 2n, -3n, -2n],
    [3n, 2n, 2n, 2n], // 1.5
    [-3n, 2n, -2n, -2n],
    [1n, 2n, 1n, 0n], // 0.5
    [-1n, 2n, -1n, 0n],
    [5n, 3n, 2n, 2n], // 1.666...
    [-5n, 3n, -2n, -2n],
    [4n, 3n, 1n, 1n], // 1.333...
    [-4n, 3n, -1n, -1n],
    [15n, 10n, 2n, 2n], // 1.5, not in lowest terms
    [25n, 10n, 3n, 2n],
    [0n, 7n, 0n, 0n],
    [7n, 1n, 7n, 7n],
    [-7n, 1n, -7n, -7n],
    [10n ** 40n + 5n, 10n, 10n ** 39n + 1n, 10n ** 39n], // a half beyond any float
    [49n, 100n, 0n, 0n],
    [51n, 100n, 1n, 1n],
  ])('R4.8 %d / %d: half away from zero %d, half to even %d', (n, d, up, even) => {
    expect(round(n, d, 'half-up')).toBe(up);
    expect(round(n, d, 'half-even')).toBe(even);
  });

  test.each([
    [5n, 2n, 2n],
    [-5n, 2n, -2n],
    [99n, 100n, 0n],
    [100n, 100n, 1n],
  ])('R7.2 %d / %d rounded down is %d', (n, d, expected) => {
    expect(roundDown(n, d)).toBe(expected);
  });
});

describe('whole amounts', () => {
  test('R4.8 the lesser, the greater, and what lies between two', () => {
    expect([min(1n, 2n), min(2n, 1n), max(1n, 2n), max(2n, 1n)]).toEqual([1n, 1n, 2n, 2n]);
    expect([clamp(-1n, 0n, 9n), clamp(5n, 0n, 9n), clamp(10n, 0n, 9n)]).toEqual([0n, 5n, 9n]);
  });

  test('R2.8 powers of ten', () => {
    expect([powerOfTen(0), powerOfTen(3)]).toEqual([1n, 1000n]);
  });
});

describe('R2.1 plain decimals', () => {
  test.each([
    ['1234.50', 2469n, 2n],
    ['-1234.50', -2469n, 2n],
    ['0.05', 1n, 20n],
    ['.5', 1n, 2n],
    ['-.5', -1n, 2n],
    ['0', 0n, 1n],
    ['-0', 0n, 1n],
    ['0.00', 0n, 1n],
    ['007', 7n, 1n],
    ['123456789012345678901234567890.13', 12345678901234567890123456789013n, 100n],
  ])('R2.1 %s is exact', (text, n, d) => {
    expect(findDecimal(text)).toEqual({ n, d });
  });

  test.each([
    '',
    ' ',
    '-',
    '.',
    '5.',
    '1e3',
    '1E3',
    '0x1f',
    '0b1',
    '0o7',
    'Infinity',
    'NaN',
    '1,000',
    '1 000',
    '--1',
    '1-',
    '(1)',
  ])('R2.1 %j is none', (text) => {
    expect(findDecimal(text)).toBeUndefined();
    expect(findPlain(text)).toBeUndefined();
  });

  test('R2.1 without a format a plain decimal is read as it is', () => {
    expect(findPlain('-1234.5000')).toBe('-1234.5000');
  });
});

describe('percentages', () => {
  test.each([
    ['5%', 1n, 20n, true],
    ['0.05', 1n, 20n, false],
    ['5 %', 1n, 20n, true],
    ['100%', 1n, 1n, true],
    ['1', 1n, 1n, false],
    ['-5%', -1n, 20n, true],
    ['33.33%', 3333n, 10000n, true],
    ['.5%', 1n, 200n, true],
  ])('R9.1 %s is exact, with or without its sign', (text, n, d, signed) => {
    expect(findPercent(text)).toEqual({ value: { n, d }, signed });
  });

  test.each(['', '%', '5%%', 'five%', '5 percent', '% 5'])('R9.1 %j is none', (text) => {
    expect(findPercent(text)).toBeUndefined();
  });

  test('R4.1 a percentage as text, for reading', () => {
    expect(formatPercent({ n: 1n, d: 20n })).toBe('5%');
    expect(formatPercent({ n: 1n, d: 3n })).toBe('33.3333%');
    expect(formatPercent({ n: 1n, d: 3n }, 2)).toBe('33.33%');
    expect(formatPercent({ n: 3n, d: 2n })).toBe('150%');
  });
});

describe('R2.8 units and minor units', () => {
  test.each([
    ['1234.5000', 4],
    ['1234', 0],
    ['-0.1', 1],
  ])('R2.8 %s has %d decimals as written', (text, decimals) => {
    expect(decimalsOf(text)).toBe(decimals);
  });

  test.each([
    ['12', 2, 1200n],
    ['12.3', 2, 1230n],
    ['-12.34', 4, -123400n],
    ['.5', 2, 50n],
    ['-.5', 2, -50n],
    ['-0.01', 2, -1n],
    ['0', 0, 0n],
  ])('R2.8 %s at a scale of %d is %d', (text, scale, units) => {
    expect(unitsOf(text, scale)).toBe(units);
  });

  test.each([
    [-1230n, 2, '-12.30'],
    [5n, 2, '0.05'],
    [-5n, 2, '-0.05'],
    [0n, 2, '0.00'],
    [-0n, 2, '0.00'],
    [7n, 0, '7'],
    [-7n, 0, '-7'],
    [1n, 3, '0.001'],
    [10n ** 30n, 2, `1${'0'.repeat(28)}.00`],
  ])('R4.8 a result of %d with %d decimals is %s, never an exponent or a negative zero', (amount, digits, text) => {
    expect(formatMinor(amount, digits)).toBe(text);
  });

  test.each([
    [12_3450n, 4, 2, '12.345'],
    [12_3400n, 4, 2, '12.34'],
    [12_0000n, 4, 2, '12.00'],
    [12_0001n, 4, 2, '12.0001'],
    [-1n, 4, 2, '-0.0001'],
    [1_5n, 1, 0, '1.5'],
    [1_0n, 1, 0, '1'],
    [1200n, 2, 2, '12.00'],
  ])('R2.8 a ledger amount of %d at a scale of %d in a currency of %d decimals is %s', (amount, scale, digits, text) => {
    expect(formatUnits(amount, scale, digits)).toBe(text);
  });

  test.each([
    ['1234.56', '1,234.56'],
    ['-1234567.00', '-1,234,567.00'],
    ['123.45', '123.45'],
    ['1000', '1,000'],
    ['0.0001', '0.0001'],
    ['1234.5678', '1,234.5678'],
  ])('R8.5 %s with its thousands is %s, whatever the locale', (text, expected) => {
    expect(groupThousands(text)).toBe(expected);
  });
});

describe('fractions', () => {
  test('R4.8 a fraction is in lowest terms, with a denominator above 0', () => {
    expect(ratio(6n, 4n)).toEqual({ n: 3n, d: 2n });
    expect(ratio(6n, -4n)).toEqual({ n: -3n, d: 2n });
    expect(ratio(-6n, -4n)).toEqual({ n: 3n, d: 2n });
    expect(ratio(0n, 5n)).toEqual({ n: 0n, d: 1n });
    expect(ratio(7n)).toEqual({ n: 7n, d: 1n });
    expect(ratio(2n, 3n)).toEqual({ n: 2n, d: 3n });
  });

  test('R4.8 a very large fraction is not reduced, and keeps its value', () => {
    const big = 3n ** 2000n;
    const half = ratio(big, 2n * big);
    expect(half).toEqual({ n: big, d: 2n * big });
    expect(compare(half, ratio(1n, 2n))).toBe(0);
    expect(compare(plus(half, half), ONE)).toBe(0);
  });

  const [third, half] = [ratio(1n, 3n), ratio(1n, 2n)];

  test('R4.8 sums, differences, products and quotients are exact', () => {
    expect(plus(third, half)).toEqual({ n: 5n, d: 6n });
    expect(plus(third, third)).toEqual({ n: 2n, d: 3n });
    expect(plus(ONE, ONE)).toEqual({ n: 2n, d: 1n });
    expect(minus(third, half)).toEqual({ n: -1n, d: 6n });
    expect(negative(half)).toEqual({ n: -1n, d: 2n });
    expect(times(third, half)).toEqual({ n: 1n, d: 6n });
    expect(over(third, half)).toEqual({ n: 2n, d: 3n });
    expect(over(third, negative(half))).toEqual({ n: -2n, d: 3n });
  });

  test('R4.8 a tenth added ten times is 1', () => {
    expect(sum(Array.from({ length: 10 }, () => ratio(1n, 10n)))).toEqual(ONE);
  });

  test('R4.8 a sum of none is 0, of one is that one', () => {
    expect(sum([])).toEqual(ZERO);
    expect(sum([third])).toEqual(third);
    expect(sum([third, half, third])).toEqual({ n: 7n, d: 6n });
  });

  test('R4.8 fractions compare by value', () => {
    expect([compare(third, half), compare(half, third), compare(half, { n: 2n, d: 4n })]).toEqual([-1, 1, 0]);
    expect([compare(ZERO, ONE), compare(ONE, ZERO), compare(ONE, ONE)]).toEqual([-1, 1, 0]);
    expect(compare(negative(half), negative(third))).toBe(-1);
  });

  test.each([
    [7n, 2n, 3n],
    [-7n, 2n, -4n],
    [6n, 2n, 3n],
    [-6n, 2n, -3n],
    [0n, 2n, 0n],
  ])('R4.8 the largest whole number not above %d / %d is %d', (n, d, expected) => {
    expect(floor({ n, d })).toBe(expected);
  });
});

describe('R2.1 ids in order', () => {
  test('R2.1 ids are ordered by code unit, in every locale', () => {
    // Digits before capitals before small letters before accents; an astral sign by its surrogates (D800-DFFF).
    const ids = ['\uff5e', '\u{1f600}', 'é', 'b', 'a10', 'a9', 'Z', '10', '9', ''];
    expect([...ids].sort(byCodeUnit)).toEqual([
      '',
      '10',
      '9',
      'Z',
      'a10',
      'a9',
      'b',
      'é',
      '\u{1f600}',
      '\uff5e',
    ]);
    expect(byCodeUnit('a', 'a')).toBe(0);
  });
});

describe('R9.1 days', () => {
  test.each([
    '2025-01-01',
    '2024-02-29',
    '2000-02-29',
    '1900-01-01',
    '2199-12-31',
  ])('R9.1 %s is a day', (text) => {
    const day = findDay(text);
    expect(day === undefined ? undefined : isoOf(day)).toBe(text);
  });

  test.each([
    '2025-02-30',
    '2025-02-29',
    '1900-02-29',
    '2100-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '2025-01-00',
    '2025-1-1',
    '25-01-01',
    '2025/01/01',
    '20250101',
    '2025-01-01 ',
    '2025-01-01T00:00:00Z',
    '1899-12-31',
    '2200-01-01',
    '9999-12-31',
    '0000-01-01',
    '',
  ])('R9.1 %j is none', (text) => {
    expect(findDay(text)).toBeUndefined();
    // The remembered result is the same.
    expect(findDay(text)).toBeUndefined();
  });

  test('R5.6 days are counted: they compare and add as numbers do', () => {
    const [a, b] = [findDay('2024-02-28'), findDay('2024-03-01')];
    if (a === undefined || b === undefined) throw new Error('two days');
    expect(b - a).toBe(2);
    expect(isoOf(addDays(a, 1))).toBe('2024-02-29');
    expect(isoOf(addDays(b, -1))).toBe('2024-02-29');
    expect([later(a, b), later(b, a)]).toEqual([b, b]);
    expect(findDay('1970-01-01')).toBe(0);
    expect(isoOf(addDays(a, 366))).toBe('2025-02-28');
  });

  test('R2.7 the first day of a month; month 13 is the next January', () => {
    expect(isoOf(firstOfMonth(2025, 1))).toBe('2025-01-01');
    expect(isoOf(firstOfMonth(2025, 13))).toBe('2026-01-01');
    expect(isoOf(firstOfMonth(1900, 3))).toBe('1900-03-01');
  });

  test('a day in a sentence', () => {
    const days = ['2025-03-02', '1900-01-31', '2199-12-01'].flatMap((text) => findDay(text) ?? []);
    expect(days.map(inWords)).toEqual(['2 March 2025', '31 January 1900', '1 December 2199']);
    expect(days.map(inShortWords)).toEqual(['2 Mar 2025', '31 Jan 1900', '1 Dec 2199']);
  });

  test('R9.1 the length of the month in a text', () => {
    expect(findMonthLength('2025-02-30')).toEqual({ month: 'February 2025', days: 28 });
    expect(findMonthLength('2024-02-30')).toEqual({ month: 'February 2024', days: 29 });
    expect(findMonthLength('2025-12-32')).toEqual({ month: 'December 2025', days: 31 });
    expect(findMonthLength('2025-13-01')).toBeUndefined();
    expect(findMonthLength('1899-02-30')).toBeUndefined();
    expect(findMonthLength('02/30/2025')).toBeUndefined();
    expect(findMonthLength('2025-02')).toBeUndefined();
  });
});
