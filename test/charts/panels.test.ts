/** Panels that are compared: bars and marks of periods, and steps of days, measured by hand. */
import { describe, expect, test } from 'vitest';
import { dayStepsSvg } from '../../src/charts/day-steps.js';
import { periodBarsSvg } from '../../src/charts/quarter-bars.js';
import { type Day, findDay } from '../../src/day.js';
import type { Html } from '../../src/pages/html.js';
import { allOf, attributeOf, type Element, pageOf, textOf } from '../support/page.js';

function pictureOf(svg: Html): Element {
  return allOf(pageOf(`<!doctype html><body>${svg}`), 'svg')[0] as Element;
}

function textsOf(picture: Element): readonly string[] {
  return allOf(picture, 'text').map((text) => textOf(text).trim());
}

/** The corners of a line or an area. */
function pointsOf(shape: Element): readonly (readonly [number, number])[] {
  const pairs = (attributeOf(shape, 'points') ?? '').matchAll(/(\S+) (\S+)/g);
  return [...pairs].map(([, x, y]) => [Number(x), Number(y)]);
}

describe('bars of periods', () => {
  const picture = pictureOf(
    periodBarsSvg({
      id: 'q',
      title: 'Paid',
      description: 'Two quarters.',
      scale: { least: 0n, most: 30000n },
      digits: 2,
      periods: [
        { year: '2024', label: 'Q4', bar: 30000n, mark: 15000n, isExpected: false },
        { year: '2025', label: 'Q1', bar: 15000n, mark: 30000n, isExpected: true },
      ],
    }),
  );

  test('a bar of the highest amount is 140 high, one of half of it 70; what is expected is hatched', () => {
    const bars = allOf(picture, 'polygon').map((bar) => {
      const heights = pointsOf(bar).map(([, y]) => y);
      return [attributeOf(bar, 'fill'), Math.round(Math.max(...heights) - Math.min(...heights))];
    });
    expect(bars).toEqual([
      ['var(--up)', 140],
      ['var(--up)', 70],
      ['url(#hatch)', 70],
    ]);
  });

  test('amounts, quarters and years are written', () => {
    expect(textsOf(picture)).toEqual(['0', '100', '200', '300', 'Q4', '2024', 'Q1', '2025']);
  });
});

test('steps of days: the outline stays on an amount until the next day', () => {
  const day = (iso: string): Day => findDay(iso) as Day;
  const picture = pictureOf(
    dayStepsSvg({
      id: 'a',
      title: 'Ahead',
      description: 'Once.',
      from: day('2025-01-01'),
      to: day('2025-12-31'),
      known: day('2025-06-30'),
      scale: { least: 0n, most: 10000n },
      digits: 2,
      steps: [
        { day: day('2025-04-01'), amount: 10000n },
        { day: day('2025-07-01'), amount: 0n },
      ],
      beside: undefined,
      peak: { day: day('2025-04-01'), amount: 10000n, text: '100.00' },
    }),
  );
  const [outline] = allOf(picture, 'polyline').filter(
    (line) => attributeOf(line, 'stroke') === 'var(--down)',
  );
  const points = pointsOf(outline as Element);
  // From 0 at 156 up to 40 on 1 April, and back on 1 July.
  expect(points.map(([, y]) => Math.round(y))).toEqual([156, 156, 40, 40, 156, 156]);
  const across = points.map(([x]) => x);
  expect(across[1]).toBe(across[2]);
  expect(across[3]).toBe(across[4]);
  expect(textsOf(picture)).toEqual(['0', '50', '100', '2025', 'Apr', 'Jul', 'Oct', 'forecast', '100.00']);
});
