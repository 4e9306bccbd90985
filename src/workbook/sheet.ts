/** A sheet of the workbook before it is written: headings, kinds of columns, and rows of text like a CSV file's. */
import type { ColumnKind, Table } from '../ledgers/tables.js';

/** What a column holds, and so how its cells are written and shown. */
export type Kind = 'text' | 'number-as-text' | 'date' | 'money' | 'share' | 'count' | 'number' | 'input';

/** How row 2 adds up a column: over the filtered rows, or, for balances, in the last period only. */
export type Total = 'sum' | 'last';

export interface Column {
  /** The name by which checks find the column. */
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
  /** Cells as text: dates as YYYY-MM-DD, numbers as plain decimals, empty where a cell is blank. Read twice. */
  readonly rows: () => Iterable<readonly string[]>;
  /** The column of periods, and the one period that balances are added up in. */
  readonly last?: { readonly column: string; readonly period: string };
}

/** The row of the headings, and the first one below them. */
export const HEADING_ROW = 3;
export const FIRST_ROW = HEADING_ROW + 1;

/** A result file as a sheet. */
export function sheetOf(sheet: Omit<RowSheet, 'columns' | 'rows'>, table: () => Table): RowSheet {
  const columns = table().columns.map(({ name, kind }): Column => {
    return { name, heading: headingOf(name), ...AS_COLUMN[kind] };
  });
  return { ...sheet, columns, rows: () => table().rows };
}

const AS_COLUMN: Readonly<Record<ColumnKind, Pick<Column, 'kind' | 'total'>>> = {
  text: { kind: 'text' },
  date: { kind: 'date' },
  count: { kind: 'count' },
  number: { kind: 'number' },
  share: { kind: 'share' },
  amount: { kind: 'money', total: 'sum' },
  balance: { kind: 'money', total: 'last' },
};

/** `clawed_back` as people say it; an id by what it names. */
function headingOf(name: string): string {
  return name.replace(/_id$/, '').replaceAll('_', ' ');
}
