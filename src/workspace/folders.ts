/** Folders that appear, and move, whole or not at all. Who calls holds the lock of the folder that they are in. */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isThere, makeAside, removeFolders } from './aside.js';
import type { OutputFile } from './publish.js';
import { reasonOf } from './reason.js';
import { rename, syncFolder, write } from './to-disk.js';

/** For those who make folders: what killed runs have left of theirs. */
export { sweep } from './aside.js';

/**
 * Makes a folder with these files. They are written in the order given; when the folder has its name, all of it is on
 * the disk. If anything fails, nothing of it is left; where the process is killed, {@link sweep} removes what is.
 *
 * @param parent - a folder that is there, whose lock the caller holds
 * @returns why the folder cannot be made, in words; undefined where it is there
 * @example
 * const reason = await publishFolder('closes', '2025-Q3', [{ name: 'quarters.csv', pieces: [csv] }]);
 */
export async function publishFolder(
  parent: string,
  name: string,
  files: readonly OutputFile[],
): Promise<string | undefined> {
  const path = join(parent, name);
  let aside: string | undefined;
  try {
    if (isThere(path)) return `${name} already exists`;
    aside = makeAside(parent);
    for (const file of files) await write(join(aside, file.name), file.pieces);
    syncFolder(aside);
    move(aside, path);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    if (aside !== undefined) rmSync(aside, { recursive: true, force: true });
  }
}

/**
 * Moves a folder within another, in one step. The folders that `to` is in are made where they are not there.
 *
 * @param parent - a folder whose lock the caller holds
 * @returns why it cannot be moved, in words; undefined where it is
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

/** Renames for good: what the disk does not take goes back to where it was. */
function move(from: string, to: string): void {
  rename(from, to);
  try {
    for (const folder of new Set([dirname(to), dirname(from)])) syncFolder(folder);
  } catch (error) {
    rename(to, from);
    throw error;
  }
}
