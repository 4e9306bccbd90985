/** Copies the inputs into a close, and makes a workspace of the copies again (R11.7). */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { largestOf } from '../../largest.js';
import type { Fault } from '../../problems/problem.js';
import { readFile } from '../files.js';
import { type InputFile, sha256 } from '../input-file.js';
import { isInside } from '../inside.js';
import type { OutputFile } from '../publish.js';
import { DamagedClose } from './damaged-close.js';
import { CLOSES } from './folder.js';
import { bytesAt } from './kept-bytes.js';
import type { ClosedInput } from './record.js';

/** The inputs of a close with the names of their copies, and the copies themselves. */
export interface Archive {
  readonly inputs: readonly ClosedInput[];
  readonly files: readonly OutputFile[];
  readonly faults: readonly Fault[];
}

/**
 * Makes compressed copies of the inputs of a workspace.
 *
 * @param paths - the path of each input from the current folder; comp.yaml is the first
 */
export function archiveOf(inputs: readonly InputFile[], paths: readonly string[]): Archive {
  const root = dirname(resolve(paths[0] as string));
  const place = { kind: 'run' } as const;
  const faults: Fault[] = [];
  const files: OutputFile[] = [];
  const closed = inputs.map((input, index): ClosedInput => {
    const path = relative(root, resolve(paths[index] as string));
    if (isAbsolute(path) || isAbsolute(input.file)) {
      faults.push({ code: 'unarchivable-input', place, file: input.file, why: 'absolute' });
    }
    const bytes = readFile(resolve(root, path)).bytes ?? new Uint8Array();
    if (sha256(bytes) !== input.sha256) {
      faults.push({ code: 'unarchivable-input', place, file: input.file, why: 'changed' });
    }
    // The copy has no time in it, so that the same input always gives the same bytes.
    const packed = gzipSync(bytes, { level: 9 });
    const name = `archive-${String(index + 1).padStart(2, '0')}-${basename(path).replace(/[^\w.-]/g, '_')}.gz`;
    files.push({ name, pieces: [packed] });
    return { ...input, archived: { name, sha256: sha256(packed), path: path.split(sep).join('/') } };
  });
  return { inputs: closed, files, faults };
}

/**
 * Unpacks the copies of a close into a folder, in the same places as the originals.
 *
 * @param folder - of the close
 * @param dir - an empty folder
 * @throws DamagedClose if a copy cannot be unpacked
 * @returns the path of comp.yaml; undefined if the close has no copies
 */
export function unpackInto(dir: string, folder: string, inputs: readonly ClosedInput[]): string | undefined {
  const copies = inputs.flatMap(({ archived }) => (archived === undefined ? [] : [archived]));
  const [config] = copies;
  if (config === undefined || copies.length < inputs.length) return undefined;
  // Paths may lead out of the workspace, so it goes as deep as the farthest of them leads up.
  const up = largestOf(
    copies.map(({ path }) => path.split('/').filter((part) => part === '..').length),
    0,
  );
  const root = join(dir, ...Array.from({ length: up }, () => 'in'));
  for (const { name, path } of copies) {
    const file = join(root, path);
    if (!isInside(file, dir))
      throw new DamagedClose(
        `${CLOSES}/${basename(folder)}/${name}`,
        'its path in the record leads outside the workspace',
      );
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, unpacked(join(folder, name), `${CLOSES}/${basename(folder)}/${name}`));
  }
  return join(root, config.path);
}

/** An input of a close, and where it is from comp.yaml. */
export interface InputCopy {
  /** A path such as `../exports/invoices.csv`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The inputs of a close from its copies, comp.yaml first.
 *
 * @param folder - of the close
 * @throws DamagedClose if a copy cannot be unpacked
 * @returns undefined if the close has no copies
 */
export function copiesOf(folder: string, inputs: readonly ClosedInput[]): readonly InputCopy[] | undefined {
  const copies = inputs.flatMap(({ archived }) => (archived === undefined ? [] : [archived]));
  if (copies.length === 0 || copies.length < inputs.length) return undefined;
  return copies.map(({ name, path }) => {
    const bytes = unpacked(join(folder, name), `${CLOSES}/${basename(folder)}/${name}`);
    return { path, bytes };
  });
}

/** No input unpacks to more than this many times its copy; what was made to fill a disk does. */
const MOST_UNPACKED = 1100;

function unpacked(path: string, name: string): Uint8Array {
  const bytes = bytesAt(path, name);
  try {
    return gunzipSync(bytes, { maxOutputLength: 1024 ** 2 + MOST_UNPACKED * bytes.length });
  } catch {
    throw new DamagedClose(name, 'it cannot be unpacked');
  }
}
