/** Reads an export without a mapping: detects the encoding and the delimiter, and reads the records. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { decode, type Encoding } from '../../ledgers/decode.js';
import { readRecords } from '../../ledgers/read.js';
import { columnsIn } from '../../mapping/proposal/columns.js';
import { knownLayouts, presetsFor } from '../../mapping/proposal/known-layouts.js';
import { headerAt, type Row } from '../../mapping/proposal/rows.js';
import type { Fault } from '../../problems/problem.js';
import { readFile } from '../files.js';

/** An export as it was read. */
export interface ExportText {
  readonly rows: readonly Row[];
  /** As comp.yaml names it. */
  readonly delimiter: ',' | ';' | '|' | 'tab';
  /** Undefined where comp.yaml needs none. */
  readonly encoding: Encoding | undefined;
  /** Some text that shows whether the guessed encoding is right. */
  readonly sample: string | undefined;
  /** The line of the file on which a record starts. */
  readonly lineOf: (record: number) => number;
}

const DELIMITERS = { ',': ',', ';': ';', tab: '\t', '|': '|' } as const;
/** How much of a file is read to detect the delimiter. */
const START = 256 * 1024;

/** Reads the export, or finds why it cannot be read. */
export function readExport(
  path: string,
  ledger: LedgerName,
): { readonly text?: ExportText; readonly faults: readonly Fault[] } {
  const place = { kind: 'run' } as const;
  const { bytes, reason, isOneLine } = readFile(path);
  if (isOneLine === true) return { faults: [{ code: 'line-too-long', place, path }] };
  if (reason !== undefined) return { faults: [{ code: 'unreadable-file', place, path, reason }] };
  if (bytes === undefined) {
    return { faults: [{ code: 'file-not-found', place, path, relativeTo: 'the current folder' }] };
  }
  const { content, encoding, fault } = decoded(path, bytes);
  if (content === undefined) return { faults: fault === undefined ? [] : [{ ...fault, place }] };
  const delimiter = delimiterOf(path, content, ledger);
  const rows: Row[] = [];
  const { faults, lineOf } = readRecords(path, content, DELIMITERS[delimiter], (row) => rows.push(row));
  if (faults.length > 0) return { faults };
  if (rows.length === 0) return { faults: [{ code: 'empty-file', place, path }] };
  const sample = encoding === undefined ? undefined : foreignIn(rows);
  return { text: { rows, delimiter, encoding, sample, lineOf }, faults: [] };
}

/** UTF-8 files and files with a byte order mark need no encoding; others are read as UTF-16 if they have NULs, else as Windows-1252. */
function decoded(
  path: string,
  bytes: Uint8Array,
): { readonly content?: Uint8Array; readonly encoding?: Encoding; readonly fault?: Fault } {
  const plain = decode(path, bytes);
  if (plain.text !== undefined) return { content: plain.text };
  const guesses: readonly Encoding[] =
    plain.fault?.code === 'not-utf8' ? ['windows-1252'] : plain.fault?.code === 'not-text' ? wide(bytes) : [];
  for (const encoding of guesses) {
    const { text } = decode(path, bytes, encoding);
    if (text !== undefined) return { content: text, encoding };
  }
  return plain.fault === undefined ? {} : { fault: plain.fault };
}

/** UTF-16 of the byte order that the NULs show. */
function wide(bytes: Uint8Array): readonly Encoding[] {
  const start = bytes.subarray(0, 1000);
  const nulls = [0, 0];
  start.forEach((byte, at) => {
    if (byte === 0) nulls[at % 2] = (nulls[at % 2] as number) + 1;
  });
  return (nulls[1] as number) > (nulls[0] as number) ? ['utf-16le'] : ['utf-16be'];
}

/** The delimiter that gives the most of our columns in one row, or else the widest rows. */
function delimiterOf(path: string, content: Uint8Array, ledger: LedgerName): ExportText['delimiter'] {
  const start = startOf(content);
  const presets = presetsFor(ledger);
  let best: { readonly name: ExportText['delimiter']; readonly known: number; readonly width: number } = {
    name: ',',
    known: 0,
    width: 1,
  };
  for (const name of Object.keys(DELIMITERS) as ExportText['delimiter'][]) {
    const rows: Row[] = [];
    readRecords(path, start, DELIMITERS[name], (row) => rows.push(row));
    if (rows.length === 0) continue;
    const [layout] = knownLayouts(rows, ledger, presets);
    const columns = columnsIn(rows[headerAt(rows, ledger)] as Row, ledger).size;
    const known = Math.max(columns, layout?.layout.knownBy.length ?? 0);
    const width = usualWidth(rows);
    if (known > best.known || (known === best.known && width > best.width)) best = { name, known, width };
  }
  return best.name;
}

/** The whole lines at the start of the text. */
function startOf(content: Uint8Array): Uint8Array {
  if (content.length <= START) return content;
  const start = content.subarray(0, START);
  const end = Math.max(start.lastIndexOf(10), start.lastIndexOf(13));
  return end < 0 ? start : start.subarray(0, end + 1);
}

function usualWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  return ([...counts].sort(([, a], [, b]) => b - a)[0] as [number, number])[0];
}

/** The first cell with letters that differ between encodings. */
function foreignIn(rows: readonly Row[]): string | undefined {
  for (const row of rows) {
    const cell = row.find((one) => /\P{ASCII}/u.test(one));
    if (cell !== undefined) return cell.trim();
  }
  return undefined;
}
