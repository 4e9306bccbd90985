/** Lines from today to a variant: labels never run into each other, and are as near to their lines as that allows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apart, slopesSvg } from '../../src/charts/slopes.js';
import { allOf, attributeOf, type Element, pageOf, textOf } from '../support/page.js';

describe('places for labels', () => {
  const bounds = { first: 0, last: 17 * 9 };

  test('stay where they belong where there is room', () => {
    expect(apart([100, 20, 60], bounds)).toEqual([100, 20, 60]);
  });

  test('two that belong to one place are around it', () => {
    expect(apart([50, 50], bounds)).toEqual([41.5, 58.5]);
  });

  test('at the edge they move inside', () => {
    expect(apart([0, 0, 150], bounds)).toEqual([0, 17, 150]);
  });

  test('are always apart, in bounds and in order', () => {
    const places = fc.array(fc.integer({ min: 0, max: 17 * 9 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(places, (wanted) => {
        const found = apart(wanted, bounds);
        const sorted = [...found].sort((a, b) => a - b);
        for (const [at, place] of sorted.entries()) {
          expect(place).toBeGreaterThanOrEqual(bounds.first - 1e-6);
          expect(place).toBeLessThanOrEqual(bounds.last + 1e-6);
          if (at > 0) expect(place - (sorted[at - 1] ?? 0)).toBeGreaterThanOrEqual(17 - 1e-6);
        }
        for (const [a, first] of wanted.entries()) {
          for (const [b, second] of wanted.entries()) {
            if (first < second) expect(found[a]).toBeLessThan(found[b] as number);
          }
        }
      }),
    );
  });
});

test('a gain goes up, a loss goes down, and each has its amounts beside it', () => {
  const svg = slopesSvg({
    id: 's',
    title: 'Pay',
    description: 'Two reps.',
    ends: ['Today', 'Level 3'],
    slopes: [
      { name: 'R1', from: 100n, to: 300n, fromText: '1.00', changeText: '+2.00' },
      {
        name: 'A very long name indeed, of a rep',
        from: 200n,
        to: 0n,
        fromText: '2.00',
        changeText: '−2.00',
      },
    ],
    others: [],
  });
  const [picture] = allOf(pageOf(`<!doctype html><body>${svg}`), 'svg') as [Element];
  const lines = allOf(picture, 'path').flatMap((path) => {
    const ends = /^M(\S+) (\S+)L(\S+) (\S+)$/.exec(attributeOf(path, 'd') ?? '');
    const stroke = attributeOf(path, 'stroke');
    return ends !== null && /up|down/.test(stroke ?? '') ? [[stroke, Number(ends[2]) > Number(ends[4])]] : [];
  });
  expect(lines).toEqual([
    ['var(--up)', true],
    ['var(--down)', false],
  ]);
  const texts = allOf(picture, 'text').map((text) => textOf(text).trim());
  expect(texts).toEqual(['Today', 'Level 3', 'R1', '1.00', '+2.00', 'A very long name in…', '2.00', '−2.00']);
});
