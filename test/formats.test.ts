/** The formats of files: numbers and dates as others write them, read strictly (R2.1). */
import { describe, expect, test } from 'vitest';
import { isoOf } from '../src/day.js';
import { findDayAs, isDateFormat } from '../src/formats/date-format.js';
import { findNumberFormat, findPlainAs } from '../src/formats/number-format.js';

describe('number formats', () => {
  const read = (pattern: string, text: string) => findPlainAs(text, findNumberFormat(pattern));

  test.each([
    ['1,234.56', ',', '.'],
    ['1.234,56', '.', ','],
    ['1 234,56', ' ', ','],
    ["1'234.56", "'", '.'],
    ['1\u00a0234,56', '\u00a0', ','],
    ['1234.56', '', '.'],
    ['1234,56', '', ','],
  ])('R2.1 the pattern %s shows its separators', (pattern, thousands, decimal) => {
    const format = findNumberFormat(pattern);
    expect(format).toMatchObject({ decimal });
    if (thousands === '') expect(format?.thousands).toBeUndefined();
    else expect(thousands).toMatch(format?.thousands as RegExp);
  });

  test.each([
    ['1 234,56', '1\u00a0234,56', '1234.56'],
    ['1 234,56', '1\u202f234\u2009567,5', '1234567.5'],
    ['1\u00a0234,56', '1 234,56', '1234.56'],
    ["1'234.56", '1\u2019234.56', '1234.56'],
    ['1.234,56', '1.234,56-', '-1234.56'],
    ['1,234.56', '500.00 -', '-500.00'],
    ['1,234.56', '$500.00-', '-500.00'],
    ['1,234.56', '-', '0'],
    ['1,234.56', '$ -', '0'],
    ['1,234.56', '\u2013', '0'],
    ['1,234.56', '$(500.00)', '-500.00'],
  ])('R2.1 in the format %s, %s is %s: signs alike, trailing minus, a dash for zero', (pattern, text, plain) => {
    expect(read(pattern, text)).toBe(plain);
  });

  test.each([
    ['USD 500.00', '500.00'],
    ['-1,500.00 USD', '-1500.00'],
    ['(USD 5.00)', '-5.00'],
    ['CAD 500.00', undefined],
    ['USDX 5', undefined],
  ])('R2.1 %s with the currency code of the workspace: %s', (text, plain) => {
    expect(findPlainAs(text, findNumberFormat('1,234.56', 'USD'))).toBe(plain);
  });

  test.each([
    '',
    '1.234.56',
    '1,234,56',
    '1234',
    '#,##0.00',
    '1234:56',
    '9,876.54',
    '12,34.56',
  ])('R2.1 the pattern %j is no number format', (pattern) => {
    expect(findNumberFormat(pattern)).toBeUndefined();
  });

  test.each([
    ['1,234.56', '1,234.56', '1234.56'],
    ['1,234.56', '1234.56', '1234.56'],
    ['1,234.56', '1,234,567', '1234567'],
    ['1,234.56', '-1,234.56', '-1234.56'],
    ['1,234.56', '.50', '.50'],
    ['1,234.56', '0.5', '0.5'],
    ['1,234.56', '(500.00)', '-500.00'],
    ['1,234.56', '(1,500.00)', '-1500.00'],
    ['1,234.56', '$1,234.56', '1234.56'],
    ['1,234.56', '-$500.00', '-500.00'],
    ['1,234.56', '$-500.00', '-500.00'],
    ['1,234.56', '- 500.00', '-500.00'],
    ['1,234.56', '($500.00)', '-500.00'],
    ['1,234.56', '$ 500.00', '500.00'],
    ['1.234,56', '1.234,56', '1234.56'],
    ['1.234,56', '1.234.567,5', '1234567.5'],
    ['1.234,56', '1.234,56 €', '1234.56'],
    ['1.234,56', '-0,01', '-0.01'],
    ['1 234,56', '1 234,56', '1234.56'],
    ["1'234.56", "£1'234.56", '1234.56'],
    ['1234,56', '1234,56', '1234.56'],
    ['1234.56', '¥1234', '1234'],
  ])('R2.1 in the format %s, %s is %s', (pattern, text, expected) => {
    expect(read(pattern, text)).toBe(expected);
  });

  test.each([
    ['1,234.56', '1,23.45'], // no thousands there
    ['1,234.56', '12,34,567.00'],
    ['1,234.56', '1,2345.00'],
    ['1,234.56', ',123.00'],
    ['1,234.56', '0,500'], // half of one, as others write it
    ['1.234,56', '-0.125'],
    ['1 234,56', '012 345'],
    ['1,234.56', '1.234,56'],
    ['1,234.56', '1 234.56'],
    ['1,234.56', '(-500.00)'],
    ['1,234.56', '(500.00'],
    ['1,234.56', '500.00)'],
    ['1,234.56', '-500.00-'],
    ['1,234.56', '(500.00)-'],
    ['1,234.56', 'USD 500.00'],
    ['1,234.56', '$$5'],
    ['1,234.56', '1e3'],
    ['1,234.56', '5.'],
    ['1,234.56', '()'],
    ['1,234.56', '$'],
    ['1,234.56', '--5'],
    ['1.234,56', '1234.56'],
    ['1.234,56', '1,234.5'],
    ['1234.56', '1,234.56'],
    ['1234,56', '1.234,56'],
  ])('R2.1 in the format %s, %s is no number', (pattern, text) => {
    expect(read(pattern, text)).toBeUndefined();
  });
});

describe('date formats', () => {
  test.each([
    ['1/2/2025', 'M/D/YYYY', '2025-01-02'],
    ['12/31/2025', 'M/D/YYYY', '2025-12-31'],
    ['01/02/2025', 'MM/DD/YYYY', '2025-01-02'],
    ['01/02/2025', 'DD/MM/YYYY', '2025-02-01'],
    ['31.12.2025', 'DD.MM.YYYY', '2025-12-31'],
    ['20251231', 'YYYYMMDD', '2025-12-31'],
    ['2 Jan 2025', 'D MMM YYYY', '2025-01-02'],
    ['2025-01-02 23:59:59', 'YYYY-MM-DD HH:mm:ss', '2025-01-02'],
    ['2025-01-02T00:00:00', 'YYYY-MM-DD[T]HH:mm:ss', '2025-01-02'],
  ])('R2.1 %s in the format %s is %s', (text, format, iso) => {
    const day = findDayAs(text, format);
    expect(day === undefined ? undefined : isoOf(day)).toBe(iso);
  });

  test.each([
    ['13/1/2025', 'M/D/YYYY'],
    ['2/30/2025', 'M/D/YYYY'],
    ['01/02/2025', 'M/D/YYYY'], // strict: no zeros in front
    ['1/2/25', 'M/D/YYYY'],
    ['1/2/2025', 'MM/DD/YYYY'],
    ['2025-01-02', 'DD/MM/YYYY'],
    ['1/1/1899', 'M/D/YYYY'],
    ['1/1/2200', 'M/D/YYYY'],
  ])('R2.1 %s in the format %s is none', (text, format) => {
    expect(findDayAs(text, format)).toBeUndefined();
  });

  test('R2.1 one text in two formats is two days', () => {
    expect(findDayAs('03/04/2025', 'DD/MM/YYYY')).not.toBe(findDayAs('03/04/2025', 'MM/DD/YYYY'));
  });

  test.each([
    'YYYY-MM-DD',
    'M/D/YYYY',
    'DD.MM.YY',
    'D MMM YYYY',
    'YYYY-MM-DD[T]HH:mm',
  ])('R2.1 %s is a date format', (format) => {
    expect(isDateFormat(format)).toBe(true);
  });

  test.each([
    '',
    'YYYY',
    'YYYY-MM',
    'DD/MM',
    'ISO',
    '[YYYY-MM-DD]',
    'yyyy-mm-dd',
  ])('R2.1 %j is no date format', (format) => {
    expect(isDateFormat(format)).toBe(false);
  });
});
