/**
 * Results that are complete and on their way into place. One rename gives their folder the name `.comp-ready`: from then
 * on they are what the folder has, and whoever is stopped half-way, the next one places the rest.
 */
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { asideName, isThere, READY } from './aside.js';
import { reasonOf } from './reason.js';
import { rename, syncFolder, write } from './to-disk.js';

/** What lies in the ready folder, beside the files and those that they take the place of. */
const LIST = '.comp-list.json';
const OLD = 'old';

/** What is to be done with the files of the ready folder, and with those of the folder it lies in. */
export interface ReadyList {
  /** Files to place. The last is away first, and in place last: where it is, the others are. */
  readonly place: readonly string[];
  /** Files that these have no counterpart for. */
  readonly remove: readonly string[];
  /** Whether they may take the place of others. */
  readonly over: boolean;
}

/** What came of results that an earlier run had left on their way. */
export interface Finished {
  /** The files that have been placed just now. */
  readonly finished: readonly string[];
  /** Why they cannot be placed, in words; undefined where they are, or where there are none. */
  readonly reason: string | undefined;
}

/** Makes the files of a folder aside the results of the folder that it lies in, with the list of what is to be done. */
export async function commit(dir: string, aside: string, list: ReadyList): Promise<void> {
  mkdirSync(join(aside, OLD));
  await write(join(aside, LIST), [JSON.stringify(list)]);
  syncFolder(aside);
  rename(aside, join(dir, READY));
}

/**
 * Places what has been committed. If that fails, all is put back as it was.
 *
 * @returns why it cannot be placed, in words; undefined where all is in place
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
      return `${reasonOf(error)}, nor can all be put back: ${reasonOf(second)}; run again to finish it`;
    }
    return reasonOf(error);
  }
  discardQuietly(dir);
  return undefined;
}

/** Places what an earlier run has committed and was stopped over. Its caller holds the lock of the folder. */
export function finishReady(dir: string): Finished {
  if (!isThere(join(dir, READY))) return { finished: [], reason: undefined };
  const list = findList(dir);
  if (list === undefined) return { finished: [], reason: `${READY} in it cannot be read: move that away` };
  const waiting = list.place.filter((name) => isThere(join(dir, READY, name)));
  // What has come there since is somebody else's, and stays.
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
 * What keeps files from being placed, in words: a folder or a device, whose place no file may take, or any of their names
 * where they take no one's place.
 */
export function findObstacle(dir: string, { place, remove, over }: ReadyList): string | undefined {
  if (!over) {
    const taken = place.find((name) => isThere(join(dir, name)));
    return taken === undefined ? undefined : `${taken} already exists`;
  }
  for (const name of [...place, ...remove]) {
    const found = statSync(join(dir, name), { throwIfNoEntry: false });
    if (found?.isDirectory()) return `${name} is a folder there`;
    if (found?.isFile() === false) return `${name} is no file there`;
  }
  return undefined;
}

/** Moves what is in the way into the ready folder, and the files out of it; each step adds what takes it back. */
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
    // What takes no one's place would take it without a word, since that is how names are given.
    if (isThere(join(dir, name))) throw Object.assign(new Error(`${name} is there`), { code: 'EEXIST' });
    move(join(ready, name), join(dir, name));
  }
}

/** Removes the ready folder. It loses its name first, so that nobody takes what is left of it for results. */
function discard(dir: string): void {
  const aside = join(dir, asideName());
  rename(join(dir, READY), aside);
  rmSync(aside, { recursive: true, force: true });
}

/** The same where all is in place: what cannot be removed has nothing left to do, and the next run tries again. */
function discardQuietly(dir: string): void {
  try {
    discard(dir);
  } catch {
    // Somebody has it open.
  }
}

function findList(dir: string): ReadyList | undefined {
  try {
    const list: unknown = JSON.parse(readFileSync(join(dir, READY, LIST), 'utf8'));
    return isList(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

function isList(found: unknown): found is ReadyList {
  const { place, remove, over } = (found ?? {}) as Readonly<Record<string, unknown>>;
  return areNames(place) && areNames(remove) && typeof over === 'boolean';
}

/** Whether these can be files of the folder: a list that leads elsewhere is none of ours. */
function areNames(found: unknown): boolean {
  return (
    Array.isArray(found) &&
    found.every(
      (name) => typeof name === 'string' && name === basename(name) && !['', '.', '..'].includes(name),
    )
  );
}
