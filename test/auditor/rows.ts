// Rows of text: how their cells are read.

/** One CSV row by the spec's own column names (R2.1); blank or absent is empty. */
export type Row = Readonly<Record<string, string | undefined>>;

/** R2.1: surrounding white space is no part of a cell. */
export function cell(row: Row, column: string): string {
  return (row[column] ?? '').trim();
}

/** Whether a row with `from` and an open or inclusive `to` holds on a day. */
export function isOn(row: Row, day: string): boolean {
  return cell(row, 'from') <= day && (cell(row, 'to') === '' || day <= cell(row, 'to'));
}
