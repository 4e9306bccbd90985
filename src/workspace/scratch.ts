/** Scratch folders, in which files are complete before they get their place; and what killed runs leave of them. */
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LOCK } from './lock.js';

/** The start of the names of all files and folders that exist only while comp writes. */
const OWN = '.comp-';

/** The folder of results that are complete and on their way into place. */
export const READY = '.comp-ready';

/** The name of a new scratch folder. */
export function scratchName(): string {
  return `${OWN}new-${randomBytes(4).toString('hex')}`;
}

/** Makes a scratch folder, with the permissions that the system gives new folders. */
export function makeScratch(dir: string): string {
  const scratch = join(dir, scratchName());
  mkdirSync(scratch);
  return scratch;
}

/**
 * Removes what killed runs have left in a folder, except the lock and results on their way into place. The caller holds
 * the lock of the folder, so none of it belongs to a running process. A name that only looks like one of ours stays.
 */
export function sweep(dir: string): void {
  for (const name of readdirSync(dir)) {
    if (!isOwn(name) || name === LOCK || name === READY) continue;
    rmSync(join(dir, name), { recursive: true, force: true });
  }
}

/** Whether a run is writing into a folder, or was killed while it did. */
export function isInWork(dir: string): boolean {
  return isThere(dir) && readdirSync(dir).some(isOwn);
}

/** Whether comp gives such a name to what exists only while it writes: `.comp-new-1f0c97aa`. */
export function isOwn(name: string): boolean {
  return name === READY || /^\.comp-(new-[0-9a-f]{8}|lock(-[0-9a-f]{16})?)$/.test(name);
}

/** Whether a name is taken: by a file, a folder, or a link, even a broken one. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}

/** Removes new folders, from the innermost to the outermost, as far as they are empty. */
export function removeFolders(dir: string, outermost: string): void {
  try {
    for (let at = resolve(dir); ; at = dirname(at)) {
      rmdirSync(at);
      if (at === resolve(outermost)) return;
    }
  } catch {
    // Another program uses it already.
  }
}
