/** Bars of amounts, vertical and horizontal, each with its label and its amount. */
import type { Minor } from '../money.js';
import { type Html, html } from '../pages/html.js';
import { type Scale, shareOf } from './axis.js';
import { HATCHED, lineShape, pictureSvg, type Shape, type Size, textShape } from './drawing.js';

/** A bar between two amounts; a tick where they are the same. */
export interface Bar {
  /** Words of ours, never of data. */
  readonly label: string;
  readonly text: string;
  readonly from: Minor;
  readonly to: Minor;
  readonly fill: Fill;
}

/** What a bar is: an amount that counts, one that waits for cash, a move up or down, or one of an age (1–5). */
export type Fill = 'total' | 'waiting' | 'up' | 'down' | 'age-1' | 'age-2' | 'age-3' | 'age-4' | 'age-5';

export interface Bars {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly bars: readonly Bar[];
  readonly scale: Scale;
  /** Whether thin lines lead from the end of each bar to the next. */
  readonly isConnected: boolean;
}

/**
 * The bars vertical for wide screens and horizontal for narrow ones; the page shows one of them. Where amounts would run
 * into each other above vertical bars, they are horizontal on every screen.
 *
 * @param room - whether vertical bars have room for their amounts, here and in the pictures beside this one
 */
export function barsSvg(bars: Bars, room = hasRoom(bars)): Html {
  return room ? html`${vertical(bars)}${horizontal(bars, '')}` : horizontal(bars, ' always');
}

/** Whether the amounts fit beside each other above their bars. */
export function hasRoom({ bars }: Pick<Bars, 'bars'>): boolean {
  return widestOf(bars) <= VERTICAL.width / bars.length;
}

/** The most that the longest amount takes, whatever type the system has. */
function widestOf(bars: readonly Bar[]): number {
  return bars.reduce((most, bar) => Math.max(most, bar.text.length), 0) * LETTER;
}

/** The average width of a letter of an amount: points are narrower than digits. */
const LETTER = 7.7;

const VERTICAL = { width: 560, height: 180, top: 26, bottom: 28 };
const HORIZONTAL = { width: 340, row: 26, label: 92, amount: 104 };
/** How much of its place a bar takes. */
const THICKNESS = 0.6;

function vertical(chart: Bars): Html {
  const { width, height, top, bottom } = VERTICAL;
  const step = width / chart.bars.length;
  const shapes = draw({ width, height }, { top, bottom, left: 0, right: 0 }, chart, 'vertical', (at) => {
    const { bar, from, to, next, zero } = at;
    const middle = at.place;
    const thick = Math.min(step * THICKNESS, 64);
    const left = middle - thick / 2;
    return [
      ...(at.isFirst ? [lineShape(0, zero, width, zero, 'edge')] : []),
      ...(next === undefined ? [] : [lineShape(left + thick, to, left + step, to, 'quiet')]),
      rectangle(bar, left, Math.min(from, to), thick, Math.abs(to - from), 'vertical'),
      textShape(bar.text, middle, Math.min(from, to) - 10, { align: 'center', isStrong: true }),
      textShape(bar.label, middle, height - 10, { align: 'center' }),
    ];
  });
  return figureSvg(chart, 'vertical', { width, height }, shapes);
}

/** @param more - further classes of the picture */
function horizontal(chart: Bars, more: '' | ' always'): Html {
  const { row, label } = HORIZONTAL;
  const amount = Math.max(HORIZONTAL.amount, widestOf(chart.bars));
  const width = HORIZONTAL.width + amount - HORIZONTAL.amount;
  const height = chart.bars.length * row;
  const shapes = draw(
    { width, height },
    { top: 0, bottom: 0, left: label, right: amount },
    chart,
    'horizontal',
    (at) => {
      const { bar, from, to, next, zero } = at;
      const middle = at.place;
      const thick = row * THICKNESS;
      const top = middle - thick / 2;
      return [
        ...(at.isFirst ? [lineShape(zero, 0, zero, height, 'edge')] : []),
        ...(next === undefined ? [] : [lineShape(to, top + thick, to, top + row, 'quiet')]),
        rectangle(bar, Math.min(from, to), top, Math.abs(to - from), thick, 'horizontal'),
        textShape(bar.label, 0, middle, { align: 'left' }),
        textShape(bar.text, width, middle, { align: 'right', isStrong: true }),
      ];
    },
  );
  return figureSvg(chart, `horizontal${more}`, { width, height }, shapes);
}

/** Where a bar is in the picture. */
interface Drawn {
  readonly bar: Bar;
  readonly isFirst: boolean;
  /** The middle of its place among the others. */
  readonly place: number;
  readonly from: number;
  readonly to: number;
  readonly zero: number;
  readonly next: Bar | undefined;
}

function draw(
  { width, height }: Size,
  grid: Readonly<Record<'top' | 'bottom' | 'left' | 'right', number>>,
  { bars, scale, isConnected }: Bars,
  direction: 'vertical' | 'horizontal',
  shapesOf: (drawn: Drawn) => readonly Shape[],
): readonly Shape[] {
  const isVertical = direction === 'vertical';
  const [across, along] = [height - grid.top - grid.bottom, width - grid.left - grid.right];
  const [places, length] = isVertical ? [along, across] : [across, along];
  const at = (amount: Minor): number => {
    const share = shareOf(amount, scale);
    return isVertical ? grid.top + (1 - share) * length : grid.left + share * length;
  };
  return bars.flatMap((bar, index) =>
    shapesOf({
      bar,
      isFirst: index === 0,
      place: (isVertical ? grid.left : grid.top) + ((index + 0.5) * places) / bars.length,
      from: at(bar.from),
      to: at(bar.to),
      zero: at(0n),
      next: isConnected ? bars[index + 1] : undefined,
    }),
  );
}

const FILLS: Readonly<Record<Fill, string>> = {
  total: 'var(--total)',
  waiting: HATCHED,
  up: 'var(--up)',
  down: 'var(--down)',
  'age-1': 'var(--age-1)',
  'age-2': 'var(--age-2)',
  'age-3': 'var(--age-3)',
  'age-4': 'var(--age-4)',
  'age-5': 'var(--age-5)',
};

const EDGES: Readonly<Record<Fill, string>> = {
  total: 'var(--total)',
  waiting: 'var(--total)',
  up: 'var(--up)',
  down: 'var(--down)',
  'age-1': 'var(--down)',
  'age-2': 'var(--down)',
  'age-3': 'var(--down)',
  'age-4': 'var(--down)',
  'age-5': 'var(--down)',
};

/** The least that is seen of an amount that is not 0, and all that is seen of one that is. */
const TICK = 2;

function rectangle(
  { fill, from, to }: Bar,
  x: number,
  y: number,
  width: number,
  height: number,
  direction: 'vertical' | 'horizontal',
): Shape {
  const isTick = from === to;
  const style = {
    fill: isTick ? 'var(--edge)' : FILLS[fill],
    stroke: isTick ? 'none' : EDGES[fill],
    lineWidth: 1,
  };
  const [least, shift] = [TICK, TICK / 2];
  const shape =
    direction === 'vertical'
      ? { x, y: height < least ? y - shift : y, width, height: Math.max(height, least) }
      : { x: width < least ? x - shift : x, y, width: Math.max(width, least), height };
  return { type: 'rect', shape, style };
}

function figureSvg(
  { id, title, description }: Bars,
  classes: string,
  size: Size,
  shapes: readonly Shape[],
): Html {
  return pictureSvg({ id: `${id}-${classes.split(' ')[0]}`, title, description, size, classes }, shapes);
}
