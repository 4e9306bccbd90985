/** Writes result files all or nothing: written aside, then renamed into place. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A file to write: its name and its text, in pieces. */
export interface OutputFile {
  readonly name: string;
  readonly pieces: Iterable<string>;
}

/**
 * Writes the files into a folder. Earlier results stay until all new ones are complete; if anything fails before, they
 * are untouched.
 *
 * @param stale - files of an earlier run that these results have no counterpart for
 * @returns why the folder cannot be written to, in words; undefined where all is written
 */
export function publish(
  folder: string,
  files: readonly OutputFile[],
  stale: readonly string[],
): string | undefined {
  const dir = resolve(folder);
  let aside: string | undefined;
  try {
    mkdirSync(dir, { recursive: true });
    aside = mkdtempSync(join(dirname(dir), `.${basename(dir)}-`));
    for (const { name, pieces } of files) write(join(aside, name), pieces);
    for (const { name } of files) renameSync(join(aside, name), join(dir, name));
    for (const name of stale) rmSync(join(dir, name), { force: true });
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return REASONS[code] ?? code;
  } finally {
    if (aside !== undefined) rmSync(aside, { recursive: true, force: true });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EEXIST: 'there is a file of that name',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
};

function write(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) writeFileSync(file, piece);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
