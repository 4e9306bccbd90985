/** The bytes of files that closes keep: a link to a device or a pipe in the place of one is not read. */
import { readBytes } from '../bytes.js';
import { DamagedClose } from './damaged-close.js';

/** The bytes of a file; undefined if it is missing or cannot be read. */
export function findBytes(path: string): Uint8Array | undefined {
  return readBytes(path).bytes;
}

/** What is wrong with a file that has no bytes, and what to do about it. */
export type Unread = readonly [detail: string, remedy: 'restore' | 'unread'];

/** The bytes of a file, or what is wrong with it. */
export function keptBytes(
  path: string,
): { readonly bytes: Uint8Array } | { readonly bytes?: undefined; readonly unread: Unread } {
  const { bytes, reason, isRefused } = readBytes(path);
  if (bytes !== undefined) return { bytes };
  return {
    unread:
      isRefused === true
        ? [`it cannot be read: ${reason}`, 'unread']
        : ['it is missing or cannot be read', 'restore'],
  };
}

/**
 * The bytes of a file.
 *
 * @param name - its path from the workspace: `closes/2025-Q1/close.json`
 * @throws DamagedClose if it is missing or cannot be read
 */
export function bytesAt(path: string, name: string): Uint8Array {
  const found = keptBytes(path);
  if (found.bytes === undefined) throw new DamagedClose(name, ...found.unread);
  return found.bytes;
}
