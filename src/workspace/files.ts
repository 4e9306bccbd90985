/** Reads whole files, within bounds: a line that never ends is not read to its end. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { LONGEST_RECORD } from '../ledgers/read.js';
import { reasonOf } from './reason.js';

/** The bytes of a file, or why it cannot be read; empty if there is no such file. */
export interface FileContent {
  readonly bytes?: Uint8Array;
  readonly reason?: string;
  /** Whether the file has no line breaks within bounds. */
  readonly isOneLine?: boolean;
}

/** Smaller files are read at once. */
const SMALL = 8 * 1024 * 1024;
const CHUNK = 1024 * 1024;
/** The most bytes that Node can hold in one piece. */
const LARGEST = 4 * 1024 ** 3 - 1;

export function readFile(path: string): FileContent {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const stat = fstatSync(file);
    if (stat.size > LARGEST) return { reason: 'it is larger than 4 GiB' };
    if (!stat.isFile() || stat.size < SMALL) return { bytes: readFileSync(file) };
    return readInChunks(file, stat.size);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    return { reason: reasonOf(error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readInChunks(file: number, size: number): FileContent {
  // Untouched memory is never allocated, so giving up on a file costs only what was read of it.
  const bytes = Buffer.allocUnsafeSlow(size);
  let [length, lastBreak] = [0, 0];
  for (;;) {
    const read = readSync(file, bytes, length, Math.min(CHUNK, size - length), null);
    if (read === 0) break;
    const chunk = bytes.subarray(length, length + read);
    const at = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13));
    if (at >= 0) lastBreak = length + at;
    length += read;
    if (length - lastBreak > LONGEST_RECORD + CHUNK && !isPacked(bytes)) return { isOneLine: true };
  }
  return { bytes: bytes.subarray(0, length) };
}

/** Packed and binary files have no lines; their first bytes identify them. */
function isPacked(bytes: Uint8Array): boolean {
  const [a, b] = bytes;
  const isGzip = a === 0x1f && b === 0x8b;
  const isKnown = ['PK', 'PA', '%P', '\u00d0\u00cf'].includes(String.fromCharCode(a ?? 0, b ?? 0));
  return isGzip || isKnown;
}
