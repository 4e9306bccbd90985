/** Reads whole files of text, within bounds: a line that never ends is not read to its end. */
import { LONGEST_RECORD } from '../ledgers/read.js';
import { readBytes } from './bytes.js';

/** The bytes of a file, or why it cannot be read; empty if there is no such file. */
export interface FileContent {
  readonly bytes?: Uint8Array;
  readonly reason?: string;
  /** Whether the file has no line breaks within bounds. */
  readonly isOneLine?: boolean;
}

/** Smaller files are read to their end. */
const SMALL = 8 * 1024 * 1024;
const CHUNK = 1024 * 1024;

export function readFile(path: string): FileContent {
  let lastBreak = 0;
  const { isGivenUp, ...content } = readBytes(path, (bytes, from) => {
    const chunk = bytes.subarray(from);
    const at = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13));
    if (at >= 0) lastBreak = from + at;
    return bytes.length > SMALL && bytes.length - lastBreak > LONGEST_RECORD + CHUNK && !isPacked(bytes);
  });
  return isGivenUp === true ? { isOneLine: true } : content;
}

/** Packed and binary files have no lines; their first bytes identify them. */
function isPacked(bytes: Uint8Array): boolean {
  const [a, b] = bytes;
  const isGzip = a === 0x1f && b === 0x8b;
  const isKnown = ['PK', 'PA', '%P', '\u00d0\u00cf'].includes(String.fromCharCode(a ?? 0, b ?? 0));
  return isGzip || isKnown;
}
