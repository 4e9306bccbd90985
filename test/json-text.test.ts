/** JSON in pieces. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeJson } from '../src/reports/json-text.js';
import { forAll } from './support/property.js';

function written(value: unknown): string[] {
  const pieces: string[] = [];
  writeJson(value, (text) => pieces.push(text));
  return pieces;
}

test('is what JSON.stringify makes of the value at once', () => {
  forAll(fc.jsonValue(), (value) => {
    const [text] = written(value);
    expect(JSON.parse(text as string)).toEqual(JSON.parse(JSON.stringify(value)));
    if (!/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(text as string)) {
      expect(text).toBe(`${JSON.stringify(value, null, 2)}\n`);
    }
  });
  const odd = { a: undefined, b: [undefined, null], c: {}, d: [], e: { f: [[]] } };
  expect(written(odd).join('')).toBe(`${JSON.stringify(odd, null, 2)}\n`);
});

test('is written in pieces, and never as one string', () => {
  const row = { text: 'x'.repeat(1000) };
  const pieces = written(Array.from({ length: 5000 }, () => row));
  expect(pieces.length).toBeGreaterThan(3);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(1.1 * 1024 ** 2);
});

test('displays no letter that turns a terminal around', () => {
  expect(written('\u202e\u2069\u009b')).toEqual(['"\\u202e\\u2069\\u009b"\n']);
});
