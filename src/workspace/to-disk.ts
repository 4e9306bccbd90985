/** Writes to the disk for good: bytes, the names in a folder, and renamed files. */
import {
  closeSync,
  fdatasync,
  fsyncSync,
  openSync,
  renameSync,
  writeFileSync,
  write as writeToFile,
} from 'node:fs';
import { promisify } from 'node:util';

/** Writes a file. Text is written at once; the system writes bytes to the disk while the next ones are made. */
export async function write(path: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const file = openSync(path, 'w');
  let written: Promise<void> | undefined;
  try {
    for (const piece of pieces) {
      await written;
      if (typeof piece === 'string') writeFileSync(file, piece);
      else written = writeWhole(file, piece);
    }
    await written;
    fsyncSync(file);
  } finally {
    // If a piece could not be made, the one before may still be on its way.
    await written?.catch(() => undefined);
    closeSync(file);
  }
}

const writeSome = promisify(writeToFile);
const flush = promisify(fdatasync);

async function writeWhole(file: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await writeSome(file, bytes, at, bytes.length - at, null);
    at += bytesWritten;
  }
  await flush(file);
}

/** Errors of systems and disks that cannot flush a folder. */
const CANNOT = new Set(['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP']);

/** Flushes the names in a folder to the disk, if the system can; otherwise it does so in its own time. */
export function syncFolder(dir: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(dir, 'r');
    fsyncSync(folder);
  } catch (error) {
    if (!CANNOT.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}

/** Errors of Windows for a file that another program has open. */
const IN_USE = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Milliseconds to wait before each new try; half a second in total. */
const WAITS = [10, 20, 40, 80, 150, 200];

/** Renames. On Windows it retries for a while: programs that inspect new files, such as virus scanners, keep them open. */
export function rename(from: string, to: string): void {
  for (const wait of process.platform === 'win32' ? WAITS : []) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (!IN_USE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
  }
  renameSync(from, to);
}
