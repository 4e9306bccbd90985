/** Pictures as SVG, drawn without a browser from shapes at their places; the only file that imports the library that draws. */
import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { displayed } from '../displayed.js';
import { Html, html } from '../pages/html.js';

use([CustomChart, GridComponent, SVGRenderer]);

/** A picture for those who see it, with a name and a description for those who do not. */
export interface Picture {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly size: Size;
  /** Besides `chart`. */
  readonly classes?: string;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is drawn; see {@link lineShape} and those beside it. */
export type Shape = Readonly<Record<string, unknown>>;

/** A role of the page's colors, as a page defines them for light, dark and paper. */
export type Color = 'text' | 'quiet' | 'total' | 'up' | 'down' | 'edge' | 'hairline' | 'page';

/** The picture as a page takes it: without styles of its own, which the page's policy would not let in. */
export function pictureSvg(picture: Picture, shapes: readonly Shape[]): Html {
  const { id, title, description, size, classes } = picture;
  const inner = svgOf(size, shapes)
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<rect [^>]*fill="none"[^>]*><\/rect>\n?/, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) =>
      /font-weight:\s*bold/.test(style) ? ' font-weight="600"' : '',
    )
    .replace(/ (class|xml:space|ecmeta_\w+)="[^"]*"/g, '')
    .trim();
  const names = classes === undefined ? 'chart' : `chart ${classes}`;
  return html`<svg class="${names}" role="img" viewBox="0 0 ${`${size.width}`} ${`${size.height}`}" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc><g aria-hidden="true">${Html.of(inner)}</g></svg>`;
}

function svgOf(size: Size, children: readonly Shape[]): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  const axis = { type: 'value' as const, show: false };
  chart.setOption({
    animation: false,
    grid: { top: 0, bottom: 0, left: 0, right: 0 },
    xAxis: axis,
    yAxis: axis,
    series: [
      {
        type: 'custom',
        clip: false,
        silent: true,
        data: [0],
        renderItem: () => ({ type: 'group', children }) as never,
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** The pattern of hatched shapes; a page with charts has it once. */
export const HATCH = html`<svg class="hatch" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 1l2-2M0 6l6-6M5 7l2-2"/></pattern></defs></svg>`;

/** What fills a hatched shape. */
export const HATCHED = 'url(#hatch)';

export function colorOf(color: Color): string {
  return `var(--${color})`;
}

export function lineShape(x1: number, y1: number, x2: number, y2: number, color: Color, width = 1): Shape {
  const style = { stroke: colorOf(color), fill: 'none', lineWidth: width };
  return { type: 'line', shape: { x1, y1, x2, y2 }, style };
}

export function dashedShape(x1: number, y1: number, x2: number, y2: number, color: Color): Shape {
  const style = { stroke: colorOf(color), fill: 'none', lineWidth: 1, lineDash: [3, 3] };
  return { type: 'line', shape: { x1, y1, x2, y2 }, style };
}

export type Point = readonly [x: number, y: number];

/** A line through points. */
export function pathShape(points: readonly Point[], color: Color, isDashed = false): Shape {
  const dash = isDashed ? { lineDash: [3, 3] } : {};
  const style = { stroke: colorOf(color), fill: 'none', lineWidth: 1.5, ...dash };
  return { type: 'polyline', shape: { points }, style };
}

/** What is inside points. */
export function areaShape(points: readonly Point[], fill: string, opacity = 1): Shape {
  return { type: 'polygon', shape: { points }, style: { fill, fillOpacity: opacity, stroke: 'none' } };
}

export function dotShape(x: number, y: number, color: Color): Shape {
  return { type: 'circle', shape: { cx: x, cy: y, r: 3 }, style: { fill: colorOf(color), stroke: 'none' } };
}

export interface TextLook {
  readonly align: 'left' | 'center' | 'right';
  readonly color?: Color;
  readonly isStrong?: boolean;
  /** Whether lines run behind it: it has an edge in the color of the page. */
  readonly isOnLines?: boolean;
}

/** Words half as high above as below a point. */
export function textShape(words: string, x: number, y: number, look: TextLook): Shape {
  const { align, isStrong = false, color = isStrong ? 'text' : 'quiet', isOnLines = false } = look;
  const style = {
    text: displayed(words),
    x,
    y,
    align,
    verticalAlign: 'middle',
    fill: colorOf(color),
    fontWeight: isStrong ? 'bold' : 'normal',
    ...(isOnLines ? { stroke: colorOf('page'), lineWidth: 3 } : {}),
  };
  return { type: 'text', style };
}
