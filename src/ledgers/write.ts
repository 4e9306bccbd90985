/** Rows to CSV text (RFC 4180), safe to open in a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import type { Table } from './tables.js';

/** Pieces of about this many rows are yielded at once. */
const CHUNK = 5_000;

/** What csv-stringify quotes. */
const ODD = /[",\r\n]/;

/** The text of a table, piece by piece, so that a long one never lies in memory whole. */
export function* csvOf({ header, rows, numeric }: Table): Iterable<string> {
  const isText = header.map((column) => !numeric.has(column));
  yield stringify([[...header]]);
  let piece = '';
  let count = 0;
  for (const row of rows) {
    piece += lineOf(row, isText);
    count += 1;
    if (count % CHUNK !== 0) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** A row as a line: its cells joined where that is all there is to it, else as csv-stringify writes it. */
function lineOf(row: readonly string[], isText: readonly boolean[]): string {
  let line = '';
  for (let at = 0; at < row.length; at += 1) {
    const cell = isText[at] === true ? asText(row[at] as string) : (row[at] as string);
    if (ODD.test(cell))
      return stringify([row.map((one, index) => (isText[index] === true ? asText(one) : one))]);
    line += at === 0 ? cell : `,${cell}`;
  }
  return `${line}\n`;
}

/** A cell that a spreadsheet would run as a formula gets a leading apostrophe, so that it is shown as text. */
export function asText(cell: string): string {
  return /^[=+@\t\r]/.test(cell) || (cell.startsWith('-') && !/^-\d+(\.\d+)?$/.test(cell))
    ? `'${cell}`
    : cell;
}
