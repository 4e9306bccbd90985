/** Tables of text: aligned columns, no boxes, one thin rule above a total. */
import { largestOf } from '../largest.js';
import { isOneColumnEach } from './letters.js';
import type { Style, TextOptions } from './style.js';

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** The columns of a terminal that its text may be cut to where the table is too wide; it is never cut without. */
  readonly least?: number;
  /** Styles a cell that is already padded. */
  readonly style?: (text: string) => string;
}

export interface TableText {
  readonly lines: readonly string[];
  readonly width: number;
}

/** A row of cells, a rule across the columns from the given one on, or a line of text across all of them. */
export type TableRow = readonly string[] | { readonly ruleFrom: number } | { readonly line: string };

/** A table before it is laid out. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

const GAP = '  ';

/**
 * The first shape of a table that fits, with long labels cut where that makes it fit; the last where none does.
 *
 * @param shapes - from all columns to those that are never dropped
 */
export function fittingTable<Shape>(
  shapes: readonly [Shape, ...Shape[]],
  tableOf: (shape: Shape) => Table,
  { style, width, wide }: TextOptions,
): { readonly shape: Shape; readonly text: TableText } {
  const room = wide ? Number.POSITIVE_INFINITY : width;
  const laidOut = (shape: Shape) => {
    const { columns, rows } = tableOf(shape);
    return { shape, text: tableText(columns, rows, style, room) };
  };
  let found = laidOut(shapes[0]);
  for (const shape of shapes.slice(1)) {
    if (found.text.width <= room) break;
    found = laidOut(shape);
  }
  return found;
}

/** Lays out rows under their titles. */
export function tableText(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  style: Style,
  room = Number.POSITIVE_INFINITY,
): TableText {
  const { columnsOf } = style;
  const cells = rows.filter((row): row is readonly string[] => Array.isArray(row));
  const full = columns.map(({ title }, index) =>
    largestOf(
      cells.map((row) => columnsOf(row[index] ?? '')),
      columnsOf(title),
    ),
  );
  const gaps = GAP.length * (columns.length - 1);
  const widths = narrowed(full, columns, room - gaps);
  const width = widths.reduce((sum, one) => sum + one, 0) + gaps;
  const line = (row: readonly string[], styled: boolean) =>
    columns
      .map(({ align, style: styleOf }, index) => {
        const most = widths[index] as number;
        const cell = shortened(row[index] ?? '', style, most);
        const padded = pad(cell, most - columnsOf(cell), align);
        return styled && styleOf !== undefined ? styleOf(padded) : padded;
      })
      .join(GAP)
      .trimEnd();
  const lines = rows.map((row) => {
    if ('line' in row) return row.line;
    if (!('ruleFrom' in row)) return line(row, true);
    const before = widths.slice(0, row.ruleFrom).reduce((sum, one) => sum + one + GAP.length, 0);
    return ' '.repeat(before) + '─'.repeat(width - before);
  });
  return {
    lines: [
      line(
        columns.map(({ title }) => title),
        false,
      ),
      ...lines,
    ],
    width,
  };
}

/** The widths with which the columns fit, taken from the widest of those that may be cut; as they are where none may. */
function narrowed(full: readonly number[], columns: readonly TableColumn[], room: number): readonly number[] {
  const widths = [...full];
  let excess = widths.reduce((sum, one) => sum + one, 0) - room;
  while (excess > 0) {
    const spare = widths.map((one, index) => {
      const { title, least } = columns[index] as TableColumn;
      return least !== undefined && one > Math.max(least, title.length) ? one : 0;
    });
    const widest = Math.max(0, ...spare);
    if (widest === 0) return widths;
    widths[spare.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

/** Left text and right text on one line of that width; where they do not fit, the right one follows the left one. */
export function spread(left: string, right: string, width: number, { columnsOf }: Style): string {
  const room = width - columnsOf(left) - columnsOf(right);
  return room >= 2 && Number.isFinite(room) ? left + ' '.repeat(room) + right : `${left}  ${right}`;
}

/** A label cut to a width that leaves room for figures. */
export function shortened(text: string, { columnsOf }: Style, most = 40): string {
  if (columnsOf(text) <= most) return text;
  let short = '';
  for (const letter of lettersOf(text)) {
    if (columnsOf(short + letter) >= most) break;
    short += letter;
  }
  return `${short}…`;
}

/** Letters as readers see them: an accent is never cut from what it belongs to. Few texts need what takes long to load. */
function lettersOf(text: string): Iterable<string> {
  if (isOneColumnEach(text)) return text;
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  );
}

function pad(text: string, room: number, align: 'left' | 'right'): string {
  const gap = ' '.repeat(Math.max(0, room));
  return align === 'left' ? text + gap : gap + text;
}
