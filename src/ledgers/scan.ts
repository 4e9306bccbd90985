/**
 * The fast way through CSV text that has nothing odd in it: no quote, no lone CR, no row of a length that no ledger has.
 * Such text needs no parser: lines are cut at their breaks, cells at the delimiter. All other text is for csv-parse.
 */
import { searchable, textOf } from './text-bytes.js';

const [LF, CR, QUOTE] = [10, 13, 34];

/** Text is decoded in pieces of about this many bytes, so that none is longer than a string can be. */
const PIECE = 16 * 1024 * 1024;

/** How text is cut into lines. */
export interface PlainText {
  /** The lines, counted as an editor counts them. */
  readonly lines: number;
}

/** What is known of plain text before it is read; undefined where it is for csv-parse. */
export function findPlainText(text: Uint8Array, longest: number): PlainText | undefined {
  const bytes = searchable(text);
  if (bytes.includes(QUOTE)) return undefined;
  if (bytes.includes(CR) && hasLoneCr(bytes)) return undefined;
  let [lines, start] = [0, 0];
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, start)) {
    if (at - start > longest) return undefined;
    lines += 1;
    start = at + 1;
  }
  if (bytes.length - start > longest) return undefined;
  return { lines: start < bytes.length ? lines + 1 : lines };
}

/** Calls back with the cells of every line of plain text that is not blank, as csv-parse would, and with its number. */
export function scanRecords(
  text: Uint8Array,
  delimiter: string,
  take: (record: readonly string[], line: number) => void,
): void {
  let line = 0;
  const counted = (record: readonly string[] | undefined) => {
    line += 1;
    if (record !== undefined) take(record, line);
  };
  const bytes = searchable(text);
  for (let from = 0; from < bytes.length; ) {
    const to = endOfPiece(bytes, from);
    const piece = bytes.subarray(from, to);
    scanPiece(textOf(piece), delimiter, counted);
    from = to;
  }
}

/** Calls back for every line, with nothing for a blank one. */
function scanPiece(
  text: string,
  delimiter: string,
  callback: (record: readonly string[] | undefined) => void,
): void {
  for (let at = 0; at < text.length; ) {
    const lf = text.indexOf('\n', at);
    const end = lf < 0 ? text.length : lf;
    const line = text.slice(at, text.charCodeAt(end - 1) === CR && end > at ? end - 1 : end);
    at = end + 1;
    const record = line.split(delimiter);
    callback(record.length > 1 || line.trim() !== '' ? record : undefined);
  }
}

/** The end of the line in which a piece ends. */
function endOfPiece(bytes: Uint8Array, from: number): number {
  if (bytes.length - from <= PIECE) return bytes.length;
  const lf = bytes.indexOf(LF, from + PIECE);
  return lf < 0 ? bytes.length : lf + 1;
}

function hasLoneCr(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] !== LF) return true;
  }
  return false;
}
