/** Reads a workspace from disk: comp.yaml, its ledgers, and the place of every row and key. */
import { isUtf8 } from 'node:buffer';
import { basename, dirname } from 'node:path';
import type { Ledger, Ledgers } from '../engine/r2-ledgers/ledger.js';
import { addAll } from '../largest.js';
import { LEDGER_NAMES, type LedgerName } from '../ledger-specs/ledgers.js';
import type { Preset } from '../mapping/presets.js';
import type { TermsInput } from '../plans/schema.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { type ConfigText, readConfig } from './config.js';
import { type Expectation, expectedBy } from './expect.js';
import { FileReader } from './file-reader.js';
import { type FileContent, readFile } from './files.js';
import { type InputFile, sha256 } from './input-file.js';
import { type NamedSource, sourceAt } from './ledger-source.js';
import { findPathSources } from './paths.js';
import type { LedgersRead } from './schema.js';
import { type LedgerText, readSources } from './sources.js';

export interface Workspace {
  /** What comp.yaml has besides ledgers, as written: the engine validates it. */
  readonly terms: TermsInput;
  readonly ledgers: Ledgers;
  /** The control totals of comp.yaml. */
  readonly expected: readonly Expectation[];
  /** The presets that ledgers use. */
  readonly presets: ReadonlyMap<LedgerName, Preset>;
  readonly inputs: readonly InputFile[];
  /** The columns of files that no ledger reads anything from. */
  readonly unused: readonly UnusedColumns[];
  /** The paths of the inputs, from the current folder. */
  readonly paths: readonly string[];
  /** Faults of the files themselves; the engine finds those of their contents. */
  readonly faults: readonly Fault[];
  /** The ledgers that could not be read completely. */
  readonly unread: ReadonlySet<LedgerName>;
  /** A place as a file with line and column, if it has one. */
  readonly locate: (place: Place) => Place;
}

/** The columns of a file that no ledger reads, with dates and amounts first. */
export interface UnusedColumns {
  /** As comp.yaml names it. */
  readonly file: string;
  readonly columns: readonly string[];
}

/** Ledger files given on the command line, by ledger; they replace those of comp.yaml. */
export type LedgerFiles = Partial<Record<LedgerName, string>>;

const TABLE_FROM = 256 * 1024;

/** How a workspace is read. */
interface Reading {
  /** The text of comp.yaml, if it is not on disk yet. */
  readonly config?: string | undefined;
  /** Called before each ledger is read. */
  readonly onLedger?: (ledger: LedgerName) => void;
  /** The size in bytes from which a file is read straight into columns; smaller ones gain nothing. */
  readonly tableFrom?: number;
  /** The size in bytes from which two files are read in two threads. */
  readonly threadFrom?: number;
}

/**
 * Reads a workspace from disk.
 *
 * @param configPath - the path of comp.yaml
 * @param files - paths relative to the current folder
 */
export async function loadWorkspace(
  configPath: string,
  files: LedgerFiles = {},
  { config, onLedger, tableFrom = TABLE_FROM, threadFrom }: Reading = {},
): Promise<Workspace> {
  const name = basename(configPath);
  const place = { kind: 'run' } as const;
  const { bytes, reason, isOneLine } = config === undefined ? readFile(configPath) : asContent(config);
  if (bytes === undefined && reason === undefined && isOneLine !== true) {
    return refused({ code: 'config-not-found', place, path: configPath });
  }
  if (bytes === undefined) {
    return refused({
      code: 'unreadable-file',
      place,
      path: configPath,
      reason: reason ?? 'it is not a text file with lines',
    });
  }
  if (!isUtf8(bytes)) return refused({ code: 'not-utf8', place: { kind: 'file', file: name }, path: name });
  const text = readConfig(name, Buffer.from(bytes).toString('utf8'));
  if (text.faults.length > 0) return refusedAll(text.faults);

  const { ledgers: written, expect, ...terms } = text.value as Written;
  const { sources, presets, faults } = await sourcesOf(written, files, dirname(configPath));
  const { expected, faults: expectFaults } = expectedBy(expect);
  addAll(faults, expectFaults);
  const context = {
    currency: isCurrency(terms.currency) ? terms.currency : undefined,
    hasSplits: sources.some(({ ledger }) => ledger === 'splits'),
    hasOpenings: sources.some(({ ledger }) => ledger === 'openings'),
  };
  const reader = new FileReader();
  reader.readAhead(sources, context, threadFrom);
  const texts = new Map<LedgerName, LedgerText>();
  for (const source of sources) {
    onLedger?.(source.ledger);
    texts.set(source.ledger, await readSources(source, context, reader, tableFrom));
  }
  const ledgers: Partial<Record<LedgerName, Ledger<unknown>>> = {};
  for (const [ledger, text] of texts) {
    // An unreadable ledger is not the same as a missing one.
    ledgers[ledger] = text.ledger;
    for (const fault of text.faults) faults.push(fault);
  }
  const all = [...texts.values()];
  return {
    terms,
    ledgers: { invoices: { rows: [] }, ...ledgers } as Ledgers,
    expected,
    presets,
    unused: unusedIn(sources, texts),
    inputs: [{ role: 'config', file: name, sha256: sha256(bytes) }, ...all.flatMap(({ inputs }) => inputs)],
    paths: [configPath, ...all.flatMap(({ paths }) => paths)],
    faults,
    unread: unreadBy(faults, texts),
    locate: (place) => locate(place, text, texts),
  };
}

/** The keys of comp.yaml. The terms may have any shape until the engine validates them. */
type Written = TermsInput & { readonly ledgers?: unknown; readonly expect?: unknown };

function isCurrency(found: unknown): found is string {
  return typeof found === 'string' && /^[A-Z]{3}$/.test(found);
}

function asContent(text: string): FileContent {
  return { bytes: Buffer.from(text) };
}

/** The unused columns of files; a file of several ledgers has those that none of them reads. The result of a query has none. */
function unusedIn(
  sources: readonly NamedSource[],
  texts: ReadonlyMap<LedgerName, LedgerText>,
): readonly UnusedColumns[] {
  const byFile = new Map<string, readonly string[]>();
  for (const { ledger, source } of sources) {
    if (source.query !== undefined) continue;
    for (const [number, columns] of texts.get(ledger)?.unused ?? []) {
      const file = source.files[number] as string;
      const before = byFile.get(file);
      byFile.set(file, before === undefined ? columns : before.filter((name) => columns.includes(name)));
    }
  }
  return [...byFile].flatMap(([file, columns]) => (columns.length === 0 ? [] : [{ file, columns }]));
}

/** The ledgers with a fault in comp.yaml, and those with a file or a row that could not be read. */
function unreadBy(
  faults: readonly Fault[],
  texts: ReadonlyMap<LedgerName, LedgerText>,
): ReadonlySet<LedgerName> {
  const unread = new Set<LedgerName>();
  for (const { place } of faults) {
    const named = place.kind === 'terms' && place.path[0] === 'ledgers' ? place.path[1] : undefined;
    const ledger = LEDGER_NAMES.find((one) => one === named);
    if (ledger !== undefined) unread.add(ledger);
  }
  for (const [ledger, text] of texts) if (text.faults.length > 0) unread.add(ledger);
  return unread;
}

async function sourcesOf(
  ledgers: unknown,
  files: LedgerFiles,
  root: string,
): Promise<{
  readonly sources: readonly NamedSource[];
  readonly presets: ReadonlyMap<LedgerName, Preset>;
  readonly faults: Fault[];
}> {
  const given = files.invoices === undefined ? {} : { invoices: files.invoices };
  const { sources: configured, presets, faults } = await readLedgers({ ...given, ...asRecord(ledgers) });
  const sources: NamedSource[] = [];
  for (const ledger of LEDGER_NAMES) {
    const source = configured[ledger];
    const file = files[ledger];
    if (file !== undefined) {
      const { query: _, ...rest } = source ?? sourceAt(file);
      sources.push({ ledger, source: { ...rest, files: [file] }, root: '.', isTyped: true });
    } else if (source !== undefined) {
      sources.push({ ledger, source, root, isTyped: false });
    }
  }
  return { sources, presets, faults: [...faults] };
}

/** Reads the `ledgers` of comp.yaml; the schema of mappings is loaded only if a ledger has more than paths. */
async function readLedgers(written: Readonly<Record<string, unknown>>): Promise<LedgersRead> {
  const sources = findPathSources(written);
  if (sources !== undefined) return { sources, presets: new Map(), faults: [] };
  const schema = await import('./schema.js');
  return schema.readLedgers(written);
}

function locate(place: Place, config: ConfigText, texts: ReadonlyMap<LedgerName, LedgerText>): Place {
  if (place.kind === 'terms') return config.find(place.path);
  if (place.kind !== 'row' && place.kind !== 'ledger' && place.kind !== 'record') return place;
  const text = texts.get(place.ledger);
  if (text === undefined) return config.find(['ledgers', place.ledger]);
  if (place.kind === 'record') return text.placeOf(place.record);
  if (place.kind === 'row') return text.placeOf(place.record ?? text.recordOf(place.row));
  const header = text.headerOf(place.file ?? 0);
  if (place.header === true || header.kind !== 'file') return header;
  return { kind: 'file', file: header.file };
}

function refused(fault: Fault): Workspace {
  return refusedAll([fault]);
}

function refusedAll(faults: readonly Fault[]): Workspace {
  return {
    terms: { currency: '', plans: [] },
    ledgers: { invoices: { rows: [] } },
    expected: [],
    presets: new Map(),
    unused: [],
    inputs: [],
    paths: [],
    faults,
    unread: new Set(),
    locate: (place) => place,
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
