/** Folders in which something is made before it has its name, and what is left of them where a run was killed. */
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LOCK } from './lock.js';

/** What all names begin with that comp gives to files and folders of its own while it writes. */
const OWN = '.comp-';

/** The folder of results that are complete, and on their way into place. */
export const READY = '.comp-ready';

/** The name of a new folder to make something in. */
export function asideName(): string {
  return `${OWN}new-${randomBytes(4).toString('hex')}`;
}

/** Makes a folder to make something in, open to whom the system lets see new folders. */
export function makeAside(dir: string): string {
  const aside = join(dir, asideName());
  mkdirSync(aside);
  return aside;
}

/**
 * Removes what runs that were killed have left in a folder: all that begins with `.comp-`, but for the lock, and for
 * results on their way into place. Its caller holds the lock of the folder, so that nothing of it is a living process's.
 */
export function sweep(dir: string): void {
  remove(dir, (name) => name.startsWith(OWN));
}

/** The same for a folder in which somebody may have something whose name only looks like it. */
export function sweepWarily(dir: string): void {
  remove(dir, isOwn);
}

function remove(dir: string, isLeft: (name: string) => boolean): void {
  for (const name of readdirSync(dir)) {
    if (!isLeft(name) || name === LOCK || name === READY) continue;
    rmSync(join(dir, name), { recursive: true, force: true });
  }
}

/** Whether somebody writes into a folder, or was killed over it. */
export function isInWork(dir: string): boolean {
  return isThere(dir) && readdirSync(dir).some(isOwn);
}

function isOwn(name: string): boolean {
  return name === READY || /^\.comp-(new-[0-9a-f]{8}|lock(-[0-9a-f]{16})?)$/.test(name);
}

/** Whether a name is taken: by a file, a folder, or a link that may lead nowhere. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}

/** Removes the folders that were made, from the innermost to the outermost, but for what has come into them. */
export function removeFolders(dir: string, outermost: string): void {
  try {
    for (let at = resolve(dir); ; at = dirname(at)) {
      rmdirSync(at);
      if (at === resolve(outermost)) return;
    }
  } catch {
    // Somebody else uses it already.
  }
}
