/** Where a ledger is, and how its files are written: what comp.yaml and the command line name. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { Encoding } from '../ledgers/decode.js';
import type { Mapping } from '../mapping/mapping.js';

/** The files or the query of a ledger. */
export interface LedgerSource {
  /** Relative to comp.yaml; none if the ledger is a query. */
  readonly files: readonly string[];
  readonly query?: string | undefined;
  readonly delimiter: string;
  readonly encoding?: Encoding | undefined;
  readonly mapping: Mapping;
}

/** A ledger with its source, and the folder that paths in the source are relative to. */
export interface NamedSource {
  readonly ledger: LedgerName;
  readonly source: LedgerSource;
  /** The folder of comp.yaml, or the current one for a file given on the command line. */
  readonly root: string;
  /** Whether the file was given on the command line. */
  readonly isTyped: boolean;
}

/** A file that has our own columns, written as we write them. */
export function sourceAt(written: string | readonly string[]): LedgerSource {
  return { files: asList(written), delimiter: ',', mapping: {} };
}

/** One path or several, as a list. */
export function asList(written: string | readonly string[]): readonly string[] {
  return typeof written === 'string' ? [written] : written;
}

/** The only file of a ledger. */
export interface OnlyFile {
  /** As comp.yaml or the command line names it. */
  readonly file: string;
  readonly path: string;
}

/** The only file of a ledger; undefined if it has several files, or is a query. */
export function findOnlyFile({ root, source }: NamedSource): OnlyFile | undefined {
  const [file, ...more] = source.files;
  if (file === undefined || more.length > 0 || source.query !== undefined) return undefined;
  return { file, path: resolve(root, file) };
}

/** The size of the file in bytes; 0 if it cannot be read: reading it reports why. */
export function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
