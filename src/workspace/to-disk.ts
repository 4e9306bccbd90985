/** Brings files and folders to the disk: bytes, the names in a folder, and one name in the place of another. */
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

/** Writes text at once; bytes are written, and taken to the disk, by the system while the next are made. */
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
    // Where a piece could not be made, the one before may be on its way still.
    await written?.catch(() => undefined);
    closeSync(file);
  }
}

const writeSome = promisify(writeToFile);
const takeToDisk = promisify(fdatasync);

async function writeWhole(file: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await writeSome(file, bytes, at, bytes.length - at, null);
    at += bytesWritten;
  }
  await takeToDisk(file);
}

/** Codes of systems and disks that take no folder to the disk by itself. */
const CANNOT = new Set(['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP']);

/** Takes the names in a folder to the disk, where the system can; elsewhere it does so in its own time. */
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

/** Codes of Windows for what somebody has open. */
const IN_USE = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Milliseconds to wait before each new try; half a second together. */
const WAITS = [10, 20, 40, 80, 150, 200];

/** Renames. Windows is asked again for a while: what looks at new files there, a virus scanner say, keeps them open. */
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
