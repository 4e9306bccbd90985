/** Reads a large plain file straight into columns, piece by piece: it never lies in memory whole. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import { type Encoding, findUtf8Start } from '../ledgers/decode.js';
import { aboutRows, type RowFormat, TableScan } from '../ledgers/scan-table.js';

/** What was read of a file. */
export interface TableFile {
  readonly table: LedgerTable;
  readonly sha256: string;
  /** The first lines of the file, with the rows among them. */
  readonly top: Uint8Array;
  /** Whether each line is a record: none is blank, and no cell breaks. */
  readonly isLineEach: boolean;
}

/** How a file is to be read. */
export interface TableLayout {
  /** What comp.yaml says. */
  readonly encoding: Encoding | undefined;
  /**
   * Finds the rows by the top of the file.
   *
   * @param top - whole lines of UTF-8 without a byte order mark
   */
  readonly layOut: (top: Uint8Array) => RowsBelow | undefined;
}

/** Where the rows of a file start. */
interface RowsBelow {
  /** How many records stand above them, and how many bytes. */
  readonly from: number;
  readonly start: number;
  readonly format: RowFormat;
}

/** A piece is small enough to stay near the processor while it is read. */
const PIECE = 256 * 1024;
const LF = 10;

/**
 * @param piece - how many bytes are read at once; a longer line is odd
 * @returns undefined where anything is odd, or the file cannot be read: then it is for the plain way to say why
 */
export function readTableFile(path: string, layout: TableLayout, piece = PIECE): TableFile | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const stat = fstatSync(file);
    return stat.isFile() ? readOpen(file, stat.size, layout, piece) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readOpen(
  file: number,
  size: number,
  { encoding, layOut }: TableLayout,
  piece: number,
): TableFile | undefined {
  const hash = createHash('sha256');
  // Room for the line break that the last line may lack.
  const bytes = new Uint8Array(piece + 1);
  let scan: TableScan | undefined;
  let [top, isLineEach] = [bytes, false];
  let length = 0;
  for (let isLast = false; !isLast; ) {
    const read = readSync(file, bytes, length, piece - length, null);
    hash.update(bytes.subarray(length, length + read));
    length += read;
    isLast = read === 0;
    if (isLast && length > 0) {
      bytes[length] = LF;
      length += 1;
    }
    const end = bytes.subarray(0, length).lastIndexOf(LF) + 1;
    // A line that is longer than a piece.
    if (end === 0 && !isLast && length === piece) return undefined;
    const lines = bytes.subarray(0, end);
    if (!isText(lines)) return undefined;
    let from = 0;
    if (scan === undefined && end > 0) {
      const start = findUtf8Start(lines, encoding);
      top = lines.slice(start);
      const below = start === undefined ? undefined : layOut(top);
      if (start === undefined || below === undefined) return undefined;
      scan = new TableScan(below.format, aboutRows(top.subarray(below.start), size, below.format));
      isLineEach = countBreaks(top.subarray(0, below.start)) === below.from;
      from = start + below.start;
    }
    if (scan?.takeLines(bytes, from, end) === false) return undefined;
    bytes.copyWithin(0, end, length);
    length -= end;
  }
  const table = scan?.findTable();
  isLineEach &&= scan?.blankLines === 0;
  return table && { table, sha256: hash.digest('hex'), top, isLineEach };
}

function countBreaks(lines: Uint8Array): number {
  let breaks = 0;
  for (const byte of lines) if (byte === LF) breaks += 1;
  return breaks;
}

function isText(lines: Uint8Array): boolean {
  // Of a Buffer Node looks for a byte many at a time.
  return isUtf8(lines) && !Buffer.from(lines.buffer, lines.byteOffset, lines.length).includes(0);
}
