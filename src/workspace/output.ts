/** Writes the output of a command into a folder, unless it would overwrite an input or belongs among closes. */
import { basename } from 'node:path';
import type { Fault } from '../problems/problem.js';
import { isAmongCloses } from './among-closes.js';
import { isInside } from './inside.js';
import { OWNER } from './owner-file.js';
import { findInputAmong, type OutputFile, publish } from './publish.js';

/** What a command writes. */
export interface Output {
  /** The folder. */
  readonly dir: string;
  readonly files: readonly OutputFile[];
  /** Files of an earlier run that this one has no counterpart for: they are removed. */
  readonly stale: readonly string[];
  /** What faults name: the folder, or the only file, as typed. */
  readonly path: string;
}

/** What must stay as it is. */
export interface Protected {
  /** The paths of the inputs. */
  readonly inputs: readonly string[];
  /** The folder of closes. */
  readonly closes: string;
}

/** The outcome of writing. */
export interface Written {
  /** Files of an earlier, interrupted run that are in place now. */
  readonly finished: readonly string[];
  /** Why nothing was written; undefined if all files are in place. */
  readonly fault: Fault | undefined;
}

/** Writes all files or none. */
export async function writeOutput(
  { dir, files, stale, path }: Output,
  { inputs, closes }: Protected,
): Promise<Written> {
  const place = { kind: 'run' } as const;
  const names = files.map(({ name }) => name);
  const input = findInputAmong([...names, ...stale], dir, inputs);
  if (input !== undefined) {
    return { finished: [], fault: { code: 'output-is-input', place, path, file: basename(input) } };
  }
  const unwritable = (reason: string): Fault => ({ code: 'unwritable-output', place, path, reason });
  if (isInside(dir, closes) || isAmongCloses(dir)) {
    return { finished: [], fault: unwritable('that folder is for closes only') };
  }
  if (names.includes(OWNER))
    return { finished: [], fault: unwritable('comp keeps a file of its own by that name') };
  const { finished, reason } = await publish(dir, files, stale);
  return { finished, fault: reason === undefined ? undefined : unwritable(reason) };
}
