/** Writes files all or nothing: written aside, then renamed into place, and put back if that fails half-way. */
import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
  write as writeToFile,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { reasonOf } from './reason.js';

/** A file to write: its name and its text, in pieces. Each piece is written before the next but one is asked for. */
export interface OutputFile {
  readonly name: string;
  readonly pieces: Iterable<string | Uint8Array>;
}

/** The folder inside the results in which files are written before they are renamed. */
const ASIDE = '.comp-';

/**
 * Writes the files into a folder. Earlier results stay until all new ones are complete; if anything fails, they are as
 * they were.
 *
 * @param stale - files of an earlier run that these results have no counterpart for
 * @returns why the folder cannot be written to, in words; undefined where all is written
 */
export async function publish(
  dir: string,
  files: readonly OutputFile[],
  stale: readonly string[],
): Promise<string | undefined> {
  let aside: string | undefined;
  try {
    mkdirSync(dir, { recursive: true });
    sweep(dir);
    const names = [...files.map(({ name }) => name), ...stale];
    const taken = names.find((name) => statSync(join(dir, name), { throwIfNoEntry: false })?.isDirectory());
    if (taken !== undefined) return `${taken} is a folder there`;
    aside = mkdtempSync(join(dir, ASIDE));
    for (const { name, pieces } of files) await write(join(aside, name), pieces);
    exchange(dir, aside, files, stale);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    if (aside !== undefined) rmSync(aside, { recursive: true, force: true });
  }
}

/** Of these names, those that the folder has already. */
export function takenIn(dir: string, names: readonly string[]): string[] {
  // A link that leads nowhere takes its name all the same.
  return names.filter((name) => {
    try {
      return lstatSync(join(dir, name), { throwIfNoEntry: false }) !== undefined;
    } catch {
      // Where the folder is none, writing will say so.
      return false;
    }
  });
}

/**
 * Writes files into a folder that has none of them yet, and makes the folder where it is not there. If anything fails,
 * nothing of it is left.
 *
 * @returns why the folder cannot be written to, in words; undefined where all is written
 */
export async function publishNew(dir: string, files: readonly OutputFile[]): Promise<string | undefined> {
  let made: string | undefined;
  let aside: string | undefined;
  let reason: string | undefined;
  try {
    made = mkdirSync(dir, { recursive: true });
    aside = mkdtempSync(join(dir, ASIDE));
    for (const { name, pieces } of files) await write(join(aside, name), pieces);
    const [taken] = takenIn(
      dir,
      files.map(({ name }) => name),
    );
    if (taken === undefined) exchange(dir, aside, files, []);
    else reason = `${taken} is there already`;
  } catch (error) {
    reason = reasonOf(error);
  } finally {
    if (aside !== undefined) rmSync(aside, { recursive: true, force: true });
  }
  if (reason !== undefined && made !== undefined) removeFolders(dir, made);
  return reason;
}

/** Removes the folders that were made, from the innermost to the outermost, but for what has come into them. */
function removeFolders(dir: string, outermost: string): void {
  try {
    for (let at = resolve(dir); ; at = dirname(at)) {
      rmdirSync(at);
      if (at === resolve(outermost)) return;
    }
  } catch {
    // Somebody else uses it already.
  }
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

/** What a run that was killed left behind. */
function sweep(dir: string): void {
  for (const name of readdirSync(dir)) {
    if (name.startsWith(ASIDE)) rmSync(join(dir, name), { recursive: true, force: true });
  }
}

/** Writes text at once; bytes are written, and taken to the disk, by the system while the next are made. */
async function write(path: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const file = openSync(path, 'w');
  let written: Promise<void> | undefined;
  try {
    for (const piece of pieces) {
      await written;
      if (typeof piece === 'string') writeFileSync(file, piece);
      else written = writeWhole(file, piece);
    }
    await written;
    fsyncSync(file);
  } finally {
    // Where a piece could not be made, the one before may be on its way still.
    await written?.catch(() => undefined);
    closeSync(file);
  }
}

const writeSome = promisify(writeToFile);
const takeToDisk = promisify(fdatasync);

async function writeWhole(file: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await writeSome(file, bytes, at, bytes.length - at, null);
    at += bytesWritten;
  }
  await takeToDisk(file);
}

/** Puts the new files in the place of the old ones; the old ones go back if one of the new cannot be placed. */
function exchange(dir: string, aside: string, files: readonly OutputFile[], stale: readonly string[]): void {
  const old = join(aside, 'old');
  mkdirSync(old);
  const undo: (() => void)[] = [];
  try {
    for (const name of [...files.map((file) => file.name), ...stale]) {
      if (!existsSync(join(dir, name))) continue;
      renameSync(join(dir, name), join(old, name));
      undo.push(() => renameSync(join(old, name), join(dir, name)));
    }
    for (const { name } of files) {
      renameSync(join(aside, name), join(dir, name));
      undo.push(() => rmSync(join(dir, name)));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}
