/** Lays out a sheet of rows: everything but the rows, of which a single one shows the styles of all. */
import type { WriteSheet } from 'hucre/xlsx';
import { formatMinor } from '../money.js';
import { cellName, type Formula, Grid, rangeName, widthFor } from './grid.js';
import type { ColumnMeasure, Part } from './measure.js';
import { type Column, FIRST_ROW, HEADING_ROW, type RowSheet } from './sheet.js';
import { headingStyle, strong, styleOf, TITLE } from './styles.js';

/** The last row; a sheet without rows has a blank one, for ranges to end in. */
export function lastRow({ from, to }: Part): number {
  return FIRST_ROW + Math.max(1, to - from) - 1;
}

export function rowSheet(sheet: RowSheet, part: Part, digits: number): WriteSheet {
  const { columns } = sheet;
  const grid = new Grid();
  grid.text(1, 1, sheet.title, TITLE);
  grid.text(2, 1, columns.some(({ total }) => total !== undefined) ? 'total' : '', TITLE);
  columns.forEach((column, at) => {
    const { kind, heading } = column;
    grid.text(HEADING_ROW, at + 1, heading, headingStyle(kind));
    grid.blank(FIRST_ROW, at + 1, styleOf(kind, digits));
    const measure = part.columns[at] as ColumnMeasure;
    if (column.total === undefined) return;
    const value = formatMinor(column.total === 'sum' ? measure.sum : measure.last, digits);
    const style = strong(styleOf(kind, digits));
    // A formula would leave out the cells that are text.
    if (measure.tooLong > 0) grid.text(2, at + 1, value, style);
    else grid.formula(2, at + 1, totalOf(sheet, part, column, at + 1, value), style);
  });
  return {
    name: part.name,
    cells: grid.cells,
    columns: columns.map((column, at) => ({
      width: widthOf(column, part.columns[at] as ColumnMeasure, digits),
    })),
    freezePane: { rows: HEADING_ROW },
    autoFilter: { range: `${cellName(HEADING_ROW, 1)}:${cellName(lastRow(part), columns.length)}` },
  };
}

function totalOf(sheet: RowSheet, part: Part, { total }: Column, at: number, value: string): Formula {
  const range = rangeName(at, FIRST_ROW, lastRow(part));
  return { formula: total === 'sum' ? `SUBTOTAL(109,${range})` : lastFormula(sheet, part, range), value };
}

/** A balance in the last period, added up over the reps. */
export function lastFormula({ columns, last }: RowSheet, part: Part, range: string, prefix = ''): string {
  const at = columns.findIndex(({ name }) => name === last?.column) + 1;
  const periods = prefix + rangeName(at, FIRST_ROW, lastRow(part));
  // SUMIFS would take a month for a date.
  return last?.column === 'month'
    ? `SUMPRODUCT(--(${periods}="${last.period}"),${prefix}${range})`
    : `SUMIFS(${prefix}${range},${periods},"${last?.period}")`;
}

/** Wide enough for the rows, the heading with its button, and the total. */
function widthOf({ kind, heading }: Column, { width, sum }: ColumnMeasure, digits: number): number {
  const total = kind === 'money' ? (formatMinor(sum, digits).length * 5) / 4 : 0;
  return widthFor(Math.max(width, heading.length + 3, total));
}
