/** Formulas in text, as a spreadsheet would run them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guarded, reversiblyGuarded, unguarded } from '../src/ledgers/formulas.js';
import { forAll } from './support/property.js';

describe('a formula in text', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-x', "'-x"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t'=1"],
    ['\rx', "'\rx"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ['\u200b=1', "'\u200b=1"],
    ['\ufeff=1', "'\ufeff=1"],
    ['\u0001=1', "'\u0001=1"],
    [' =1', "' =1"],
    ['\u00a0=1', "'\u00a0=1"],
    ['x;=1+1;', "x;'=1+1;"],
    ['x;\u200b＝1', "x;'\u200b＝1"],
    ['x\n=1', "x\n'=1"],
    ['x\t=1', "x\t'=1"],
  ])('%j is kept from running: %j', (text, expected) => {
    expect(guarded(text)).toBe(expected);
    expect(unguarded(reversiblyGuarded(text))).toBe(text);
  });

  test.each([
    'R1',
    '-5',
    '-12.50',
    'a=b',
    'a-b',
    'x; y',
    'Müller',
    '₤',
    'INV-1',
    '',
    '#1',
  ])('%j is none', (text) => {
    expect(guarded(text)).toBe(text);
  });

  test('whatever the text, what was guarded is read back, and no two texts become one', () => {
    const letters = fc.constantFrom(...'=+-@＝＠;\'"a5 ,\t\r\n', '\u200b', '\u0001', '\ufeff', '\u2028');
    const text = fc.array(letters, { maxLength: 8 }).map((parts) => parts.join(''));
    forAll(text, (one) => {
      expect(unguarded(reversiblyGuarded(one))).toBe(one);
      expect(guarded(guarded(one))).toBe(guarded(one));
    });
  });
});
