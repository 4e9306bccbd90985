/** Reads the bytes of files that end: no device, and no pipe but the output of a command that a shell passes as a file. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { isRefusal, reasonOf } from './reason.js';

/** The bytes of a file, or why it cannot be read; empty if there is no such file. */
export interface FileBytes {
  readonly bytes?: Uint8Array;
  readonly reason?: string;
  /** Whether the system refused to read it, as it may do for a while: nothing is known of the file. */
  readonly isRefused?: boolean;
  /** Whether reading was given up, as its caller requested. */
  readonly isGivenUp?: boolean;
}

const CHUNK = 1024 * 1024;
/** The most bytes that Node can hold in one piece. */
const LARGEST = 4 * 1024 ** 3 - 1;
/** The most bytes of a pipe. */
const MOST_OF_A_PIPE = 1024 ** 3;
/** The most bytes of a file without a size: the system makes those as they are read, and some never end. */
const MOST_WITHOUT_SIZE = 8 * 1024 ** 2;

/** Given the bytes read so far and where the last chunk starts, whether to read no further. */
type GiveUp = (bytes: Uint8Array, from: number) => boolean;

/** Reads a whole file. */
export function readBytes(path: string, giveUp: GiveUp = () => false): FileBytes {
  let file: number | undefined;
  try {
    const isPassed = isPassedPipe(path, statSync(path));
    // Without waiting for a writer: a pipe may never have one.
    file = openSync(path, constants.O_RDONLY | (isPassed ? 0 : (constants.O_NONBLOCK ?? 0)));
    const stat = fstatSync(file);
    if (isPassed) return readAtMost(file, MOST_OF_A_PIPE, CHUNK, giveUp);
    if (!stat.isFile()) return { reason: kindOf(stat) };
    if (stat.size > LARGEST) return { reason: 'it is larger than 4 GiB' };
    // A file may grow while it is read: it counts as long as it was.
    if (stat.size > 0) return readSized(file, stat.size, giveUp);
    return readAtMost(file, MOST_WITHOUT_SIZE, CHUNK, giveUp);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    return { reason: reasonOf(error), isRefused: isRefusal(error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Whether it is the output of a command, as a shell passes it: `<(zcat payments.csv.gz)`. */
function isPassedPipe(path: string, stat: Stats): boolean {
  return stat.isFIFO() && /^\/(?:dev\/fd\/\d+|proc\/self\/fd\/\d+|dev\/stdin)$/.test(path);
}

function kindOf(stat: Stats): string {
  if (stat.isDirectory()) return 'it is a folder';
  return stat.isFIFO() ? 'it is a pipe, and not a file' : 'it is a device, and not a file';
}

function readSized(file: number, size: number, giveUp: GiveUp): FileBytes {
  // Untouched memory is never allocated, so giving up on a file costs only what was read of it.
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const read = readSync(file, bytes, length, Math.min(CHUNK, size - length), null);
    if (read === 0) break;
    length += read;
    if (giveUp(bytes.subarray(0, length), length - read)) return { isGivenUp: true };
  }
  return { bytes: bytes.subarray(0, length) };
}

function readAtMost(file: number, most: number, chunk: number, giveUp: GiveUp): FileBytes {
  let bytes = Buffer.alloc(0);
  let length = 0;
  for (;;) {
    if (bytes.length - length < chunk) bytes = Buffer.concat([bytes.subarray(0, length)], length * 2 + chunk);
    const read = readSync(file, bytes, length, chunk, null);
    if (read === 0) return { bytes: bytes.subarray(0, length) };
    length += read;
    if (length > most) return { reason: `it does not end within ${most / 1024 ** 2} MiB` };
    if (giveUp(bytes.subarray(0, length), length - read)) return { isGivenUp: true };
  }
}
