/** Reads a large plain file straight into columns, piece by piece: the whole is never in memory. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import { type Encoding, findUtf8Start } from '../ledgers/decode.js';
import { aboutRows, type RowFormat, TableScan } from '../ledgers/scan-table.js';

/** The content of a file in columns. */
export interface TableFile {
  readonly table: LedgerTable;
  readonly sha256: string;
  /** The first lines of the file, with the rows among them. */
  readonly top: Uint8Array;
  /** Whether each line is a record: no line is blank, and no cell spans lines. */
  readonly isLineEach: boolean;
}

/** How to read a file. */
export interface TableLayout {
  /** As comp.yaml sets it. */
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
  /** How many records and how many bytes come before them. */
  readonly from: number;
  readonly start: number;
  readonly format: RowFormat;
}

/** Bytes; a piece is small enough to stay in the processor's cache. */
const PIECE = 256 * 1024;
const LF = 10;

/**
 * @param piece - how many bytes to read at once; a longer line is unusual
 * @returns undefined if anything is unusual or the file cannot be read: reading record by record then reports why
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
  // The last line may lack its line break.
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
    // The line is longer than a piece.
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
  // In a Buffer, Node searches many bytes at a time.
  return isUtf8(lines) && !Buffer.from(lines.buffer, lines.byteOffset, lines.length).includes(0);
}
