/** Rows to CSV text (RFC 4180), safe to open in a spreadsheet. */
import { guarded } from './formulas.js';
import { isNumeric, type Table } from './tables.js';

/** Pieces of about this many rows are yielded at once. */
const CHUNK = 5_000;

/** What is quoted. */
const ODD = /[",\r\n]/;

/**
 * The text of a table, piece by piece, so that a long one is never in memory as a whole.
 *
 * @param asWritten - how a text is written into its cell
 */
export function* csvOf(table: Table, asWritten = guarded): Iterable<string> {
  // Names of columns are ours and need no quotes.
  yield `${table.columns.map(({ name }) => name).join(',')}\n`;
  yield* csvRowsOf(table, asWritten);
}

/** The same without the header. */
export function* csvRowsOf({ columns, rows }: Table, asWritten = guarded): Iterable<string> {
  const isText = columns.map((column) => !isNumeric(column));
  let piece = '';
  let count = 0;
  for (const row of rows) {
    piece += lineOf(row, isText, asWritten);
    count += 1;
    if (count % CHUNK !== 0) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function lineOf(
  row: readonly string[],
  isText: readonly boolean[],
  asWritten: (text: string) => string,
): string {
  let line = '';
  for (let at = 0; at < row.length; at += 1) {
    const cell = row[at] as string;
    const written = isText[at] === true ? cellOf(cell, asWritten) : cell;
    line += at === 0 ? written : `,${written}`;
  }
  return `${line}\n`;
}

/** Text as a cell of a row: unchanged where it needs no quotes, else in quotes, with those in it written twice. */
export function cellOf(text: string, asWritten = guarded): string {
  const cell = asWritten(text);
  return ODD.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
