/** A workspace on disk: comp.yaml, the ledger files it names, and where every row and key of them stands. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Ledger, Ledgers } from '../engine/r2-ledgers/columns.js';
import { type LedgerText, readLedger } from '../ledgers/read.js';
import type { TermsInput } from '../plans/schema.js';
import { LEDGER_NAMES, type LedgerName, type Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { readBySchema } from '../problems/schema-issues.js';
import { type ConfigText, readConfig } from './config.js';
import { reasonOf } from './reason.js';
import { type LedgerSource, ledgersSchema, sourceOf } from './schema.js';

/** An input file as it was read. */
export interface InputFile {
  readonly role: LedgerName | 'config';
  /** As comp.yaml or the command line names it. */
  readonly file: string;
  readonly sha256: string;
}

export interface Workspace {
  /** What comp.yaml says besides its ledgers, as it stands: the engine judges it. */
  readonly terms: TermsInput;
  readonly ledgers: Ledgers;
  readonly inputs: readonly InputFile[];
  /** The paths of the inputs, from the current folder. */
  readonly paths: readonly string[];
  /** Faults of the files themselves; those of their contents are the engine's to find. */
  readonly faults: readonly Fault[];
  /** A place as a file with line and column, where it has one. */
  readonly locate: (place: Place) => Place;
}

/** Ledger files given on the command line, by ledger; they take the place of comp.yaml's. */
export type LedgerFiles = Partial<Record<LedgerName, string>>;

/**
 * Reads a workspace from disk.
 *
 * @param configPath - the path of comp.yaml
 * @param files - paths relative to the current folder
 */
export function loadWorkspace(configPath: string, files: LedgerFiles = {}): Workspace {
  const name = basename(configPath);
  const place = { kind: 'run' } as const;
  const { bytes, reason } = readFile(configPath);
  if (bytes === undefined && reason === undefined) {
    return refused({ code: 'config-not-found', place, path: configPath });
  }
  if (bytes === undefined) {
    return refused({ code: 'unreadable-file', place, path: configPath, reason: reason as string });
  }
  if (!isUtf8(bytes)) return refused({ code: 'not-utf8', place: { kind: 'file', file: name }, path: name });
  const config = readConfig(name, bytes.toString('utf8'));
  if (config.faults.length > 0) return refused(...config.faults);

  const { ledgers: said, ...terms } = config.value as Record<string, unknown>;
  const { sources, faults } = sourcesOf(said, files, dirname(configPath));
  const inputs: InputFile[] = [{ role: 'config', file: name, sha256: sha256(bytes) }];
  const paths = [configPath];
  const texts = new Map<LedgerName, LedgerText & { readonly file: string }>();
  const ledgers: Partial<Record<LedgerName, Ledger<unknown>>> = {};
  for (const [ledger, { file, path, columns, ...format }] of sources) {
    const content = readFile(path);
    if (content.bytes === undefined) {
      faults.push(unread(ledger, file, files[ledger] !== undefined, content.reason));
      // A ledger that cannot be read is there all the same: it is not as if there were none.
      ledgers[ledger] = { rows: [] };
      continue;
    }
    inputs.push({ role: ledger, file, sha256: sha256(content.bytes) });
    paths.push(path);
    const text = readLedger(ledger, file, content.bytes, columns);
    texts.set(ledger, { ...text, file });
    faults.push(...text.faults);
    ledgers[ledger] = { rows: text.rows, ...format };
  }
  return {
    terms: terms as unknown as TermsInput,
    ledgers: { invoices: { rows: [] }, ...ledgers } as Ledgers,
    inputs,
    paths,
    faults,
    locate: (place) => locate(place, config, texts),
  };
}

/** A ledger file that is not there, or cannot be read. */
function unread(ledger: LedgerName, file: string, isTyped: boolean, reason: string | undefined): Fault {
  const place = { kind: 'terms', path: ['ledgers', ledger] } as const;
  if (reason !== undefined) return { code: 'unreadable-file', place, path: file, reason };
  return {
    code: 'file-not-found',
    place,
    path: file,
    relativeTo: isTyped ? 'the current folder' : 'comp.yaml',
  };
}

interface Located extends LedgerSource {
  /** From the current folder. */
  readonly path: string;
}

function sourcesOf(
  said: unknown,
  files: LedgerFiles,
  root: string,
): { readonly sources: ReadonlyMap<LedgerName, Located>; readonly faults: Fault[] } {
  const given = files.invoices === undefined ? {} : { invoices: files.invoices };
  const { value, faults } = readBySchema(ledgersSchema, { ...given, ...asRecord(said) }, ['ledgers']);
  const sources = new Map<LedgerName, Located>();
  for (const name of LEDGER_NAMES) {
    const written = value?.[name];
    const source = written === undefined ? undefined : sourceOf(written);
    const file = files[name];
    if (file !== undefined) {
      sources.set(name, { ...(source ?? { columns: {} }), file, path: resolve(file) });
    } else if (source !== undefined) {
      sources.set(name, { ...source, path: resolve(root, source.file) });
    }
  }
  return { sources, faults: [...faults] };
}

function locate(
  place: Place,
  config: ConfigText,
  texts: ReadonlyMap<LedgerName, LedgerText & { readonly file: string }>,
): Place {
  if (place.kind === 'terms') return config.find(place.path);
  if (place.kind !== 'row' && place.kind !== 'ledger') return place;
  const text = texts.get(place.ledger);
  if (text === undefined) return config.find(['ledgers', place.ledger]);
  if (place.kind === 'ledger')
    return { kind: 'file', file: text.file, ...(place.header === true ? { line: text.headerLine() } : {}) };
  return { kind: 'file', file: text.file, line: text.lineOf(place.row) };
}

function refused(...faults: Fault[]): Workspace {
  return {
    terms: {} as TermsInput,
    ledgers: { invoices: { rows: [] } },
    inputs: [],
    paths: [],
    faults,
    locate: (place) => place,
  };
}

/** The bytes of a file; why it cannot be read where it is there. */
function readFile(path: string): { readonly bytes?: Buffer; readonly reason?: string } {
  try {
    return { bytes: readFileSync(path) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    return { reason: reasonOf(error) };
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
