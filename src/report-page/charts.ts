/** Charts as SVG, drawn without a browser; the only file that imports the library that draws them. */
import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Minor } from '../money.js';
import { Html, html } from '../pages/html.js';

use([CustomChart, GridComponent, SVGRenderer]);

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
  /** The least and the largest amount of the scale; 0 is always between them. */
  readonly scale: { readonly least: Minor; readonly most: Minor };
  /** Whether thin lines lead from the end of each bar to the next. */
  readonly isConnected: boolean;
}

/** The scale with room for all of these amounts, and for 0. */
export function scaleOf(amounts: Iterable<Minor>): Bars['scale'] {
  let [least, most] = [0n, 0n];
  for (const amount of amounts) {
    if (amount < least) least = amount;
    if (amount > most) most = amount;
  }
  return { least, most };
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

/** The pattern of hatched bars; a page with charts has it once. */
export const HATCH = html`<svg class="hatch" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 1l2-2M0 6l6-6M5 7l2-2"/></pattern></defs></svg>`;

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
      ...(at.isFirst ? [line(0, zero, width, zero, 'edge')] : []),
      ...(next === undefined ? [] : [line(left + thick, to, left + step, to, 'quiet')]),
      rectangle(bar, left, Math.min(from, to), thick, Math.abs(to - from), 'vertical'),
      text(bar.text, middle, Math.min(from, to) - 10, 'center', true),
      text(bar.label, middle, height - 10, 'center', false),
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
        ...(at.isFirst ? [line(zero, 0, zero, height, 'edge')] : []),
        ...(next === undefined ? [] : [line(to, top + thick, to, top + row, 'quiet')]),
        rectangle(bar, Math.min(from, to), top, Math.abs(to - from), thick, 'horizontal'),
        text(bar.label, 0, middle, 'left', false),
        text(bar.text, width, middle, 'right', true),
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

type Shape = Readonly<Record<string, unknown>>;

/** How finely amounts are placed; what is read are the amounts beside the bars, which are exact. */
const STEPS = 1_000_000n;

function draw(
  size: { readonly width: number; readonly height: number },
  grid: Readonly<Record<'top' | 'bottom' | 'left' | 'right', number>>,
  { bars, scale, isConnected }: Bars,
  direction: 'vertical' | 'horizontal',
  shapesOf: (drawn: Drawn) => Shape[],
): string {
  const span = scale.most - scale.least || 1n;
  const placeOf = (amount: Minor) => Number(((amount - scale.least) * STEPS) / span);
  const places = { type: 'category' as const, data: bars.map((_, index) => `${index}`), show: false };
  const values = { type: 'value' as const, min: 0, max: Number(STEPS), show: false };
  const isVertical = direction === 'vertical';
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption({
    animation: false,
    grid,
    xAxis: isVertical ? places : values,
    yAxis: isVertical ? values : { ...places, inverse: true },
    series: [
      {
        type: 'custom',
        clip: false,
        silent: true,
        data: bars.map((_, index) => index),
        renderItem: (
          { dataIndex: index }: { readonly dataIndex: number },
          { coord }: { readonly coord: (point: number[]) => number[] },
        ) => {
          const at = (amount: Minor) => {
            const [x, y] = coord(isVertical ? [index, placeOf(amount)] : [placeOf(amount), index]);
            return { along: (isVertical ? y : x) as number, across: (isVertical ? x : y) as number };
          };
          const bar = bars[index] as Bar;
          const children = shapesOf({
            bar,
            isFirst: index === 0,
            place: at(0n).across,
            from: at(bar.from).along,
            to: at(bar.to).along,
            zero: at(0n).along,
            next: isConnected ? bars[index + 1] : undefined,
          });
          return { type: 'group', children };
        },
      },
    ],
  } as unknown as Parameters<typeof chart.setOption>[0]);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const FILLS: Readonly<Record<Fill, string>> = {
  total: 'var(--total)',
  waiting: 'url(#hatch)',
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

function line(x1: number, y1: number, x2: number, y2: number, color: 'edge' | 'quiet'): Shape {
  const style = { stroke: `var(--${color})`, fill: 'none', lineWidth: 1 };
  return { type: 'line', shape: { x1, y1, x2, y2 }, style };
}

function text(
  words: string,
  x: number,
  y: number,
  align: 'left' | 'center' | 'right',
  isStrong: boolean,
): Shape {
  const style = {
    text: words,
    x,
    y,
    align,
    verticalAlign: 'middle',
    fill: isStrong ? 'var(--text)' : 'var(--quiet)',
    fontWeight: isStrong ? 'bold' : 'normal',
  };
  return { type: 'text', style };
}

/**
 * The picture as the page takes it: with a name and a description instead of its texts for those who cannot see it, and
 * without styles of its own, which the page's policy would not let in.
 */
function figureSvg(
  { id, title, description }: Bars,
  classes: string,
  { width, height }: { readonly width: number; readonly height: number },
  svg: string,
): Html {
  const inner = svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<rect [^>]*fill="none"[^>]*><\/rect>\n?/, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) =>
      /font-weight:\s*bold/.test(style) ? ' font-weight="600"' : '',
    )
    .replace(/ (class|xml:space|ecmeta_\w+)="[^"]*"/g, '')
    .trim();
  const name = `${id}-${classes.split(' ')[0]}`;
  return html`<svg class="chart ${classes}" role="img" viewBox="0 0 ${`${width}`} ${`${height}`}" aria-labelledby="${name}-title ${name}-desc"><title id="${name}-title">${title}</title><desc id="${name}-desc">${description}</desc><g aria-hidden="true">${Html.of(inner)}</g></svg>`;
}
