/** Folders that appear and move in one step, or not at all. The caller holds the lock of the folder they are in. */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from './publish.js';
import { reasonOf } from './reason.js';
import { isThere, makeScratch, removeFolders } from './scratch.js';
import { rename, syncFolder, write } from './to-disk.js';

/**
 * Makes a folder with these files, written in the order given. Once the folder has its name, all of it is on the disk.
 * If anything fails, nothing is left of it; if the process is killed, `sweep` removes the rest later.
 *
 * @param parent - an existing folder, whose lock the caller holds
 * @param files - a name may have a folder before it: `statements/r1.html`
 * @returns why the folder cannot be made, in words; undefined if it is in place
 * @example
 * const reason = await publishFolder('closes', '2025-Q3', [{ name: 'quarters.csv', pieces: [csv] }]);
 */
export async function publishFolder(
  parent: string,
  name: string,
  files: readonly OutputFile[],
): Promise<string | undefined> {
  const path = join(parent, name);
  let scratch: string | undefined;
  try {
    if (isThere(path)) return `${name} already exists`;
    scratch = makeScratch(parent);
    const within = new Set<string>();
    for (const { name, pieces } of files) {
      const file = join(scratch, name);
      const folder = dirname(file);
      if (folder !== scratch && !within.has(folder)) {
        mkdirSync(folder);
        within.add(folder);
      }
      await write(file, pieces);
    }
    for (const folder of [...within, scratch]) syncFolder(folder);
    move(scratch, path);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Moves a folder within another in one step. Missing folders around `to` are made.
 *
 * @param parent - a folder whose lock the caller holds
 * @returns why it cannot be moved, in words; undefined if it is in place
 * @example
 * const reason = moveFolder('closes', '2025-Q3', 'reopened/1-2025-Q3');
 */
export function moveFolder(parent: string, from: string, to: string): string | undefined {
  const [source, target] = [join(parent, from), join(parent, to)];
  const around = dirname(target);
  let made: string | undefined;
  try {
    if (!isThere(source)) return `${from} is not there`;
    if (isThere(target)) return `${to} already exists`;
    made = mkdirSync(around, { recursive: true });
    move(source, target);
    return undefined;
  } catch (error) {
    if (made !== undefined) removeFolders(around, made);
    return reasonOf(error);
  }
}

/** Renames, and moves back if the disk does not accept it. */
function move(from: string, to: string): void {
  rename(from, to);
  try {
    for (const folder of new Set([dirname(to), dirname(from)])) syncFolder(folder);
  } catch (error) {
    rename(to, from);
    throw error;
  }
}
