/** The pictures of the report, measured by hand: where bars, lines and amounts are. */
import { describe, expect, test } from 'vitest';
import { scaleOf } from '../../src/charts/axis.js';
import { barsSvg, hasRoom } from '../../src/charts/bars.js';
import { allOf, attributeOf, type Element, pageOf, textOf } from '../support/page.js';

const BARS = {
  id: 'b',
  title: 'From one to two',
  description: 'Up by 1.00, down by 1.50.',
  scale: { least: -50n, most: 100n },
  isConnected: true,
  bars: [
    { label: 'one', text: '1.00', from: 0n, to: 100n, fill: 'total' },
    { label: 'two', text: '-1.50', from: 100n, to: -50n, fill: 'down' },
    { label: 'none', text: '0.00', from: 0n, to: 0n, fill: 'up' },
  ],
} as const;

const [vertical, horizontal] = allOf(pageOf(`<!doctype html><body>${barsSvg(BARS)}`), 'svg') as [
  Element,
  Element,
];

/** Bars as left, top, width, height and what fills them. */
function barsIn(picture: Element): (string | number)[][] {
  return allOf(picture, 'path').flatMap((path) => {
    const at = /^M(\S+) (\S+)l(\S+) 0l0 (\S+)l\S+ 0Z$/.exec(attributeOf(path, 'd') ?? '');
    return at === null ? [] : [[...at.slice(1).map(Number), attributeOf(path, 'fill') ?? '']];
  });
}

/** Lines as their ends, with their color. */
function linesIn(picture: Element): string[] {
  return allOf(picture, 'path').flatMap((path) => {
    const d = attributeOf(path, 'd') ?? '';
    return /^M\S+ \S+L\S+ \S+$/.test(d) ? [`${d} ${attributeOf(path, 'stroke')}`] : [];
  });
}

/** Texts with the point that they begin at, end at or are around, and that is half as high as they are. */
function textsIn(picture: Element): string[] {
  return allOf(picture, 'text').map((one) => {
    const [x, y] = ['x', 'y'].map((name) => Math.round(Number(attributeOf(one, name) ?? 0)));
    expect(attributeOf(one, 'dominant-baseline')).toBe('central');
    const weight = attributeOf(one, 'font-weight') === undefined ? '' : ' bold';
    return `${textOf(one).trim()} ${attributeOf(one, 'text-anchor')} ${x} ${y}${weight}`;
  });
}

describe('upright bars', () => {
  // 560 wide, so 186.67 for each, of which a bar takes 64 at most; 126 high for 150 cents, below 26 for amounts.
  test('are as high as their amounts, from where the bar before ends; nothing is a tick on the line of 0', () => {
    expect(barsIn(vertical)).toEqual([
      [61.3, 26, 64, 84, 'var(--total)'],
      [248, 26, 64, 126, 'var(--down)'],
      [434.7, 109, 64, 2, 'var(--edge)'],
    ]);
  });

  test('have a line of 0, and lines that lead from the end of one to the next', () => {
    expect(linesIn(vertical)).toEqual([
      'M0 110L560 110 var(--edge)',
      'M125.3 26L248 26 var(--quiet)',
      'M312 152L434.7 152 var(--quiet)',
    ]);
  });

  test('have their amounts above them and their labels below the picture', () => {
    expect(textsIn(vertical)).toEqual([
      '1.00 middle 93 16 bold',
      'one middle 93 170',
      '-1.50 middle 280 16 bold',
      'two middle 280 170',
      '0.00 middle 467 100 bold',
      'none middle 467 170',
    ]);
  });
});

describe('bars of narrow screens', () => {
  // 92 for labels, 104 for amounts and 144 for 150 cents; rows of 26, of which a bar takes 15.6.
  test('are as long as their amounts', () => {
    expect(barsIn(horizontal)).toEqual([
      [140, 5.2, 96, 15.6, 'var(--total)'],
      [92, 31.2, 144, 15.6, 'var(--down)'],
      [139, 57.2, 2, 15.6, 'var(--edge)'],
    ]);
    expect(linesIn(horizontal)).toEqual([
      'M140 0L140 78 var(--edge)',
      'M236 20.8L236 31.2 var(--quiet)',
      'M92 46.8L92 57.2 var(--quiet)',
    ]);
  });

  test('have their labels on the left and their amounts on the right', () => {
    expect(textsIn(horizontal)).toEqual([
      'one start 0 13',
      '1.00 end 340 13 bold',
      'two start 0 39',
      '-1.50 end 340 39 bold',
      'none start 0 65',
      '0.00 end 340 65 bold',
    ]);
  });
});

test('a picture is called by its name and described for those who cannot see it', () => {
  for (const [picture, classes] of [
    [vertical, 'chart vertical'],
    [horizontal, 'chart horizontal'],
  ] as const) {
    expect(attributeOf(picture, 'class')).toBe(classes);
    expect(attributeOf(picture, 'role')).toBe('img');
    const [title, description] = (attributeOf(picture, 'aria-labelledby') ?? '').split(' ');
    expect([title, description]).toEqual(
      ['title', 'desc'].map((name) => attributeOf(allOf(picture, name)[0] as Element, 'id')),
    );
    expect(textOf(allOf(picture, 'title')[0] as Element).trim()).toBe(BARS.title);
    expect(textOf(allOf(picture, 'desc')[0] as Element).trim()).toBe(BARS.description);
  }
});

test('amounts that would run into each other are in bars of narrow screens on all', () => {
  // 12 bars have 46.67 each: room for six letters of 7.7.
  const bars = (text: string) => Array.from({ length: 12 }, () => ({ ...BARS.bars[0], text }));
  expect(hasRoom({ bars: bars('100.00') })).toBe(true);
  expect(hasRoom({ bars: bars('1000.00') })).toBe(false);
  const [only, ...more] = allOf(pageOf(`<!doctype html><body>${barsSvg(BARS, false)}`), 'svg') as [Element];
  expect([attributeOf(only, 'class'), more]).toEqual(['chart horizontal always', []]);
});

test('a scale has room for every amount and for 0', () => {
  expect(scaleOf([5n, 9n, 7n])).toEqual({ least: 0n, most: 9n });
  expect(scaleOf([-5n, -9n])).toEqual({ least: -9n, most: 0n });
});
