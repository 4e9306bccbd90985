/** Tables of text: aligned columns, no boxes, one thin rule above a total. */
import type { Style } from './style.js';

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Styles a cell that is already padded. */
  readonly style?: (text: string) => string;
}

export interface TableText {
  readonly lines: readonly string[];
  readonly width: number;
}

/** A row of cells, or a rule across the columns from the given one on. */
export type TableRow = readonly string[] | { readonly ruleFrom: number };

const GAP = '  ';

/** Lays out rows under their titles. */
export function tableText(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  { columnsOf }: Style,
): TableText {
  const cells = rows.filter((row): row is readonly string[] => Array.isArray(row));
  const widths = columns.map(({ title }, index) =>
    Math.max(columnsOf(title), ...cells.map((row) => columnsOf(row[index] ?? ''))),
  );
  const width = widths.reduce((sum, one) => sum + one, 0) + GAP.length * (columns.length - 1);
  const line = (row: readonly string[], styled: boolean) =>
    columns
      .map(({ align, style }, index) => {
        const cell = row[index] ?? '';
        const padded = pad(cell, (widths[index] as number) - columnsOf(cell), align);
        return styled && style !== undefined ? style(padded) : padded;
      })
      .join(GAP)
      .trimEnd();
  const lines = rows.map((row) => {
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

/** Left text and right text on one line of that width; on two where they do not fit. */
export function spread(left: string, right: string, width: number, { columnsOf }: Style): string {
  const room = width - columnsOf(left) - columnsOf(right);
  return room >= 2 ? left + ' '.repeat(room) + right : `${left}  ${right}`;
}

/** Text from a file, safe for a terminal: control characters could move the cursor or worse. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '�');
}

/** A label cut to a width that leaves room for figures. */
export function shortened(text: string, { columnsOf }: Style, most = 40): string {
  if (columnsOf(text) <= most) return text;
  let short = '';
  for (const letter of text) {
    if (columnsOf(short + letter) >= most) break;
    short += letter;
  }
  return `${short}…`;
}

function pad(text: string, room: number, align: 'left' | 'right'): string {
  const gap = ' '.repeat(Math.max(0, room));
  return align === 'left' ? text + gap : gap + text;
}
