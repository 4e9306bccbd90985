/** Writes all files or none: into a scratch folder, which becomes the results in one step and is then put in place. */
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { acquireLock, heldReason } from './lock.js';
import { commit, findObstacle, finishReady, placeReady, type ReadyList } from './ready.js';
import { reasonOf } from './reason.js';
import { isInWork, isThere, makeScratch, removeFolders, sweep } from './scratch.js';
import { write } from './to-disk.js';

/** A file to write: its name, and its content in pieces. Each piece is written before the one after the next is made. */
export interface OutputFile {
  readonly name: string;
  readonly pieces: Iterable<string | Uint8Array>;
}

/** The outcome of writing into a folder. */
export interface Published {
  /** The files of an earlier, interrupted run; they were put in place first. */
  readonly finished: readonly string[];
  /** Why the folder cannot be written to, in words; undefined if all files are in place. */
  readonly reason: string | undefined;
}

/**
 * Writes the files into a folder. Earlier results stay until all new ones are complete; if anything fails, they are
 * unchanged. If the process is killed, they are unchanged too, or the next run puts the rest of the new ones in place.
 * No other run of comp writes there meanwhile.
 *
 * @param files - the last one is in place only once all others are
 * @param stale - files of an earlier run that have no counterpart now: they are removed
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
    return await place(dir, files, { place: namesOf(files), remove: stale, over: true });
  });
}

/**
 * Finishes an earlier, interrupted run, if there was one: puts complete files in place, and removes incomplete ones.
 * If another run is writing, nothing is touched.
 */
export async function finishPublish(dir: string): Promise<Published> {
  try {
    if (!isInWork(dir)) return { finished: [], reason: undefined };
  } catch (error) {
    return { finished: [], reason: reasonOf(error) };
  }
  return await alone(dir, async () => {
    sweep(dir);
    return undefined;
  });
}

/** Those of the names that the folder already has. */
export function takenIn(dir: string, names: readonly string[]): string[] {
  return names.filter((name) => {
    try {
      return isThere(join(dir, name));
    } catch {
      // If the folder cannot be read, writing reports it.
      return false;
    }
  });
}

/**
 * Writes files into a folder that has none of them yet, and makes the folder if it is missing. If anything fails,
 * nothing is left of it.
 */
export async function publishNew(dir: string, files: readonly OutputFile[]): Promise<Published> {
  let made: string | undefined;
  try {
    made = mkdirSync(dir, { recursive: true });
  } catch (error) {
    return { finished: [], reason: reasonOf(error) };
  }
  const published = await alone(dir, async () => {
    sweep(dir);
    return await place(dir, files, { place: namesOf(files), remove: [], over: false });
  });
  if (published.reason !== undefined && made !== undefined) removeFolders(dir, made);
  return published;
}

/**
 * The path of an input that one of the results would overwrite; undefined if there is none.
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

/** Acts while no other run writes into the folder, after putting the complete files of an earlier run in place. */
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

/** Writes the files into a scratch folder, and puts them in place. */
async function place(
  dir: string,
  files: readonly OutputFile[],
  list: ReadyList,
): Promise<string | undefined> {
  const obstacle = findObstacle(dir, list);
  if (obstacle !== undefined) return obstacle;
  const scratch = makeScratch(dir);
  try {
    for (const { name, pieces } of files) await write(join(scratch, name), pieces);
    // The folder may have changed meanwhile.
    const late = findObstacle(dir, list);
    if (late !== undefined) return late;
    await commit(dir, scratch, list);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return placeReady(dir, list);
}
