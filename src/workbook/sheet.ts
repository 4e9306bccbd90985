/** What a sheet of the workbook is before it is written: headings, kinds of columns, and rows of text like a CSV file's. */
import type { Table } from '../ledgers/tables.js';

/** What a column holds, and so how its cells are written and shown. */
export type Kind = 'text' | 'number-as-text' | 'date' | 'money' | 'share' | 'count' | 'input';

/** How a column is added up in row 2: over what the filter shows, or, of balances, in the last period only. */
export type Total = 'sum' | 'last';

export interface Column {
  /** The name by which checks ask for the column. */
  readonly name: string;
  readonly heading: string;
  readonly kind: Kind;
  readonly total?: Total;
}

/** A sheet of rows under headings: a title in row 1, totals in row 2, headings in row 3, rows from row 4 on. */
export interface RowSheet {
  readonly name: string;
  /** One sentence on what the rows are. */
  readonly title: string;
  readonly columns: readonly Column[];
  /** Cells as text: dates as YYYY-MM-DD, numbers as plain decimals, nothing where a cell is blank. Gone through twice. */
  readonly rows: () => Iterable<readonly string[]>;
  /** The column of periods, and the one period that balances are added up in. */
  readonly last?: { readonly column: string; readonly period: string };
}

/** The row of the headings, and the first one below them. */
export const HEADING_ROW = 3;
export const FIRST_ROW = HEADING_ROW + 1;

/** A result file as a sheet. */
export function sheetOf(
  sheet: Omit<RowSheet, 'columns' | 'rows'>,
  table: () => Table,
  change: (column: Column) => Column = (column) => column,
): RowSheet {
  const { header, numeric } = table();
  const columns = header.map((name) => change({ name, heading: headingOf(name), ...kindOf(name, numeric) }));
  return { ...sheet, columns, rows: () => table().rows };
}

const BALANCES = new Set(['held_opening', 'held', 'owed_opening', 'owed']);

function kindOf(name: string, numeric: ReadonlySet<string>): Pick<Column, 'kind' | 'total'> {
  if (name === 'date' || name.endsWith('_date')) return { kind: 'date' };
  if (!numeric.has(name)) return { kind: 'text' };
  if (name === 'level' || name === 'row') return { kind: 'count' };
  if (name === 'attainment') return { kind: 'share' };
  return { kind: 'money', total: BALANCES.has(name) ? 'last' : 'sum' };
}

/** `clawed_back` as people say it; of an id, whose it is. */
function headingOf(name: string): string {
  return name.replace(/_id$/, '').replaceAll('_', ' ');
}
