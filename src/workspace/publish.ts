/** Writes files all or nothing: written aside, made the results of the folder in one step, and then placed. */
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isInWork, isThere, makeAside, removeFolders, sweep, sweepWarily } from './aside.js';
import { acquireLock, heldReason } from './lock.js';
import { commit, findObstacle, finishReady, placeReady, type ReadyList } from './ready.js';
import { reasonOf } from './reason.js';
import { write } from './to-disk.js';

/** A file to write: its name and its text, in pieces. Each piece is written before the next but one is asked for. */
export interface OutputFile {
  readonly name: string;
  readonly pieces: Iterable<string | Uint8Array>;
}

/** What came of writing into a folder. */
export interface Published {
  /** The files of an earlier run that was stopped while it placed them, and that were placed before anything else. */
  readonly finished: readonly string[];
  /** Why the folder cannot be written to, in words; undefined where all is written. */
  readonly reason: string | undefined;
}

/**
 * Writes the files into a folder. Earlier results stay until all new ones are complete; if anything fails, they are as
 * they were. Where the process is killed, they are as they were too, or the next run places the rest of the new ones.
 * Nobody else writes there meanwhile.
 *
 * @param files - the last one is in place only when all others are
 * @param stale - files of an earlier run that these results have no counterpart for
 */
export async function publish(
  dir: string,
  files: readonly OutputFile[],
  stale: readonly string[],
): Promise<Published> {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    return { finished: [], reason: reasonOf(error) };
  }
  return await alone(dir, async () => {
    sweep(dir);
    return await bring(dir, files, { place: namesOf(files), remove: stale, over: true });
  });
}

/**
 * Ends what an earlier run was stopped over, if there is such: places what it has completed, and removes what it has
 * not. Nothing is touched where somebody is writing.
 */
export async function finishPublish(dir: string): Promise<Published> {
  try {
    if (!isInWork(dir)) return { finished: [], reason: undefined };
  } catch (error) {
    return { finished: [], reason: reasonOf(error) };
  }
  return await alone(dir, async () => {
    sweepWarily(dir);
    return undefined;
  });
}

/** Of these names, those that the folder has already. */
export function takenIn(dir: string, names: readonly string[]): string[] {
  return names.filter((name) => {
    try {
      return isThere(join(dir, name));
    } catch {
      // Where the folder may not be looked into, writing will say so.
      return false;
    }
  });
}

/**
 * Writes files into a folder that has none of them yet, and makes the folder where it is not there. If anything fails,
 * nothing of it is left.
 */
export async function publishNew(dir: string, files: readonly OutputFile[]): Promise<Published> {
  let made: string | undefined;
  try {
    made = mkdirSync(dir, { recursive: true });
  } catch (error) {
    return { finished: [], reason: reasonOf(error) };
  }
  const published = await alone(dir, async () => {
    sweepWarily(dir);
    return await bring(dir, files, { place: namesOf(files), remove: [], over: false });
  });
  if (published.reason !== undefined && made !== undefined) removeFolders(dir, made);
  return published;
}

/**
 * The input, by its path, whose place one of the results would take; undefined where none does.
 *
 * @param names - the files to be written or removed in the folder
 */
export function findInputAmong(
  names: readonly string[],
  dir: string,
  inputs: readonly string[],
): string | undefined {
  const outputs = new Set(names.map((name) => realPath(join(dir, name))));
  return inputs.find((input) => outputs.has(realPath(input)));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function namesOf(files: readonly OutputFile[]): string[] {
  return files.map(({ name }) => name);
}

/** Acts while nobody else writes into the folder, once what an earlier run has completed is in place. */
async function alone(dir: string, act: () => Promise<string | undefined>): Promise<Published> {
  let finished: readonly string[] = [];
  try {
    const lock = acquireLock(dir);
    if (lock.kind === 'held') return { finished, reason: heldReason(lock) };
    try {
      const earlier = finishReady(dir);
      if (earlier.reason !== undefined) return earlier;
      finished = earlier.finished;
      return { finished, reason: await act() };
    } finally {
      lock.release();
    }
  } catch (error) {
    return { finished, reason: reasonOf(error) };
  }
}

/** Writes the files aside, and brings them into place. */
async function bring(
  dir: string,
  files: readonly OutputFile[],
  list: ReadyList,
): Promise<string | undefined> {
  const obstacle = findObstacle(dir, list);
  if (obstacle !== undefined) return obstacle;
  const aside = makeAside(dir);
  try {
    for (const { name, pieces } of files) await write(join(aside, name), pieces);
    // Much may have come there meanwhile.
    const late = findObstacle(dir, list);
    if (late !== undefined) return late;
    await commit(dir, aside, list);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return placeReady(dir, list);
}
