/** Reports are measured as string-width measures them, whether or not it is asked. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { isOneColumnEach } from '../src/reports/letters.js';
import { inStyle } from '../src/reports/style.js';
import { shortened, spread, tableText } from '../src/reports/table.js';
import { forAll } from './support/property.js';

const SCREEN = { columns: undefined, isTerminal: false };
const USUAL = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(isOneColumnEach);

describe('letters of one column each', () => {
  test('are so for string-width, one by one and together', () => {
    expect(USUAL.length).toBeGreaterThan(900);
    expect(USUAL.filter((letter) => stringWidth(letter) !== 1)).toEqual([]);
    expect(stringWidth(USUAL.join(''))).toBe(USUAL.length);
    const text = fc.array(fc.constantFrom(...USUAL), { maxLength: 30 }).map((letters) => letters.join(''));
    forAll(text, (one) => expect(stringWidth(one)).toBe(one.length), {});
  });

  test('are none that combine, take two columns, or take none', () => {
    const odd = [
      'e\u0301',
      '漢',
      '한',
      '👍',
      '1\ufe0f\u20e3',
      '\u00ad',
      '\u200b',
      '\u200d',
      '\t',
      '\u001b[1m',
      '\u0483',
    ];
    expect(odd.filter(isOneColumnEach)).toEqual([]);
  });
});

describe('a report', () => {
  const write = (names: readonly string[]) =>
    inStyle(SCREEN, {}, (style) => {
      const columns = [{ title: 'rep', align: 'left' } as const, { title: 'paid', align: 'right' } as const];
      const rows = names.map((name) => [shortened(name, style, 8), '1.00']);
      return [...tableText(columns, rows, style).lines, spread('a', names[0] ?? '', 20, style)].join('\n');
    });

  test('of usual letters', async () => {
    expect(await write(['Zoë', 'Łukasz Ωmega'])).toBe(
      ['rep       paid', 'Zoë       1.00', 'Łukasz …  1.00', 'a                Zoë'].join('\n'),
    );
  });

  test('of letters that take two columns or none, even where they are cut off', async () => {
    expect(await write(['漢字', 'e\u0301e\u0301e\u0301e\u0301', '1234567漢'])).toBe(
      [
        'rep       paid',
        '漢字      1.00',
        'e\u0301e\u0301e\u0301e\u0301      1.00',
        '1234567…  1.00',
        'a               漢字',
      ].join('\n'),
    );
  });
});
