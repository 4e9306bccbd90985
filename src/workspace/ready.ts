/**
 * Results that are complete and on their way into place. One rename gives their folder the name `.comp-ready`: from then
 * on they are the results, and if a run is interrupted, the next one puts the rest in place.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readBytes } from './bytes.js';
import { reasonOf } from './reason.js';
import { isThere, READY, scratchName } from './scratch.js';
import { rename, syncFolder, write } from './to-disk.js';

/** What is in the ready folder beside the new files: the list, and the files that they replace. */
const LIST = '.comp-list.json';
const OLD = 'old';

/** What to do with the files of the ready folder, and with those of the folder around it. */
export interface ReadyList {
  /** Files to put in place. The last is moved away first, and in place last: if it is there, so are the others. */
  readonly place: readonly string[];
  /** Files without a counterpart, to remove. */
  readonly remove: readonly string[];
  /** Whether they may replace others. */
  readonly over: boolean;
}

/** The outcome of finishing an earlier run. */
export interface Finished {
  /** The files that are in place since just now. */
  readonly finished: readonly string[];
  /** Why they cannot be put in place, in words; undefined if they are, or if there are none. */
  readonly reason: string | undefined;
}

/** Makes the files of a scratch folder the results of the folder around it, with the list of what to do. */
export async function commit(dir: string, scratch: string, list: ReadyList): Promise<void> {
  mkdirSync(join(scratch, OLD));
  await write(join(scratch, LIST), [JSON.stringify(list)]);
  syncFolder(scratch);
  rename(scratch, join(dir, READY));
}

/**
 * Puts committed files in place. If that fails, everything is put back as it was.
 *
 * @returns why they cannot be put in place, in words; undefined if they are
 */
export function placeReady(dir: string, list: ReadyList): string | undefined {
  const undo: (() => void)[] = [];
  try {
    place(dir, list, undo);
  } catch (error) {
    try {
      for (const step of undo.reverse()) step();
      discard(dir);
    } catch (second) {
      return `${reasonOf(error)}, and not every file can be put back: ${reasonOf(second)}; run the command again to finish`;
    }
    return reasonOf(error);
  }
  discardQuietly(dir);
  return undefined;
}

/** Puts the committed files of an interrupted run in place. The caller holds the lock of the folder. */
export function finishReady(dir: string): Finished {
  if (!isThere(join(dir, READY))) return { finished: [], reason: undefined };
  const list = findList(dir);
  if (list === undefined) return { finished: [], reason: `${READY} in it cannot be read: move that away` };
  const waiting = list.place.filter((name) => isThere(join(dir, READY, name)));
  // A file that has appeared since is not ours, and stays.
  const finished = list.over ? waiting : waiting.filter((name) => !isThere(join(dir, name)));
  const rest = { ...list, place: finished };
  const obstacle = findObstacle(dir, rest);
  if (obstacle !== undefined) return { finished: [], reason: halfPlaced(obstacle) };
  try {
    place(dir, rest, []);
  } catch (error) {
    return { finished: [], reason: halfPlaced(reasonOf(error)) };
  }
  discardQuietly(dir);
  return { finished, reason: undefined };
}

function halfPlaced(reason: string): string {
  return `an earlier run was interrupted while it placed its files, and the rest cannot be placed: ${reason}`;
}

/**
 * What keeps files from their place, in words: a folder or a device, which no file may replace; or, if they may replace
 * nothing, any file of their names.
 */
export function findObstacle(dir: string, { place, remove, over }: ReadyList): string | undefined {
  if (!over) {
    const taken = place.find((name) => isThere(join(dir, name)));
    return taken === undefined ? undefined : `${taken} already exists`;
  }
  for (const name of [...place, ...remove]) {
    const found = statSync(join(dir, name), { throwIfNoEntry: false });
    if (found?.isDirectory()) return `${name} is a folder there`;
    if (found?.isFile() === false) return `${name} is not a file there`;
  }
  return undefined;
}

/** Moves old files into the ready folder, and new ones out of it; each step adds its reversal to `undo`. */
function place(dir: string, list: ReadyList, undo: (() => void)[]): void {
  const [ready, old] = [join(dir, READY), join(dir, READY, OLD)];
  const move = (from: string, to: string) => {
    rename(from, to);
    undo.push(() => rename(to, from));
  };
  for (const name of list.over ? [...list.place.toReversed(), ...list.remove] : []) {
    if (isThere(join(dir, name))) move(join(dir, name), join(old, name));
  }
  for (const name of list.place) {
    // Renaming would replace a file without warning.
    if (isThere(join(dir, name))) throw Object.assign(new Error(`${name} is there`), { code: 'EEXIST' });
    move(join(ready, name), join(dir, name));
  }
}

/** Removes the ready folder. It loses its name first, so that no run takes its remains for results. */
function discard(dir: string): void {
  const scratch = join(dir, scratchName());
  rename(join(dir, READY), scratch);
  rmSync(scratch, { recursive: true, force: true });
}

/** The same once all is in place: what cannot be removed does no harm, and the next run tries again. */
function discardQuietly(dir: string): void {
  try {
    discard(dir);
  } catch {
    // Another program has it open.
  }
}

function findList(dir: string): ReadyList | undefined {
  try {
    const list: unknown = JSON.parse(
      Buffer.from(readBytes(join(dir, READY, LIST)).bytes ?? []).toString('utf8'),
    );
    return isList(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

function isList(found: unknown): found is ReadyList {
  const { place, remove, over } = (found ?? {}) as Readonly<Record<string, unknown>>;
  return areNames(place) && areNames(remove) && typeof over === 'boolean';
}

/** Whether these can be files of the folder: a list with other paths is not ours. */
function areNames(found: unknown): boolean {
  return (
    Array.isArray(found) &&
    found.every(
      (name) => typeof name === 'string' && name === basename(name) && !['', '.', '..'].includes(name),
    )
  );
}
