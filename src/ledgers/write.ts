/** Rows to CSV text (RFC 4180), safe to open in a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import type { Table } from './tables.js';

const CHUNK = 5_000;

/** The text of a table, piece by piece, so that a long one never lies in memory whole. */
export function* csvOf({ header, rows, numeric }: Table): Iterable<string> {
  const isText = header.map((column) => !numeric.has(column));
  yield stringify([[...header]]);
  let chunk: string[][] = [];
  for (const row of rows) {
    chunk.push(row.map((cell, index) => (isText[index] === true ? asText(cell) : cell)));
    if (chunk.length < CHUNK) continue;
    yield stringify(chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield stringify(chunk);
}

/** A cell that a spreadsheet would run as a formula gets a leading apostrophe, so that it is shown as text. */
export function asText(cell: string): string {
  return /^[=+@\t\r]/.test(cell) || (cell.startsWith('-') && !/^-\d+(\.\d+)?$/.test(cell))
    ? `'${cell}`
    : cell;
}
