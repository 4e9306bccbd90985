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
import { basename, dirname, join } from 'node:path';

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
 * @throws what the file system throws
 */
export function publish(dir: string, files: readonly OutputFile[], stale: readonly string[]): void {
  mkdirSync(dirname(dir), { recursive: true });
  const aside = mkdtempSync(join(dirname(dir), `.${basename(dir)}-`));
  try {
    for (const { name, pieces } of files) write(join(aside, name), pieces);
    mkdirSync(dir, { recursive: true });
    for (const { name } of files) renameSync(join(aside, name), join(dir, name));
    for (const name of stale) rmSync(join(dir, name), { force: true });
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function write(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) writeFileSync(file, piece);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
