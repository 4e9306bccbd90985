/** The bytes of files that closes keep: a link to a device or a pipe in the place of one is not read. */
import { readBytes } from '../bytes.js';
import { DamagedClose } from './damaged-close.js';

/** The bytes of a file; undefined if it is missing or cannot be read. */
export function findBytes(path: string): Uint8Array | undefined {
  return readBytes(path).bytes;
}

/**
 * The bytes of a file.
 *
 * @param name - its path from the workspace: `closes/2025-Q1/close.json`
 * @throws DamagedClose if it is missing or cannot be read
 */
export function bytesAt(path: string, name: string): Uint8Array {
  const bytes = findBytes(path);
  if (bytes === undefined) throw new DamagedClose(name, 'it is missing or cannot be read');
  return bytes;
}
