/** Reads the closes under `closes/`, and checks each against its record and the record before it (R11.5). */
import { dirname, join } from 'node:path';
import type { Posting, PostingTable } from '../../engine/r6-postings/posting-table.js';
import type { PayEntryRow } from '../../engine/r7-pay/entries.js';
import type { Close } from '../../engine/r11-closes/close.js';
import {
  readAttainments,
  readEntries,
  readMonths,
  readPostings,
  readQuarters,
  readReps,
} from '../../ledgers/frozen.js';
import { UnknownInClose } from '../../ledgers/frozen-rows.js';
import { CLOSED_POSTING_HEADER } from '../../ledgers/tables.js';
import { postingRows } from '../../ledgers/write-postings.js';
import { sha256 } from '../input-file.js';
import { DamagedClose, UnusableClose } from './damaged-close.js';
import { inputsWithCopies, readEvents, type StoredEvent } from './events.js';
import { CLOSES, closesFolder, periodsIn, RECORD } from './folder.js';
import { bytesAt, findBytes } from './kept-bytes.js';
import { LEDGER_ROWS } from './kept-rows.js';
import { ownerFaults } from './owner.js';
import {
  type ClosedInput,
  type CloseRecord,
  findCloseRecord,
  findReopenRecord,
  type ReopenRecord,
} from './record.js';

/** The record of an undone close, in the folder of that close. */
export const REOPEN_RECORD = 'reopen.json';

/** A close on disk. */
export interface StoredClose extends Close {
  readonly record: CloseRecord;
  /** Of its record. */
  readonly sha256: string;
  readonly folder: string;
  /** What happened to it since it was made, in order. */
  readonly events: readonly StoredEvent[];
  /** With the copies that the close was made with, or that were added later. */
  readonly inputs: readonly ClosedInput[];
  /** The bytes of its postings, if `postings.csv` of a later calculation has the same; undefined if some differ. */
  readonly findRows: () => Uint8Array | undefined;
  /** The bytes of its `ledger-rows.csv`; undefined in a close that was made before there was one. */
  readonly findLedgerRows: () => Uint8Array | undefined;
}

/**
 * Reads the closes of a workspace, in order. Postings are read, and checked against their hash, on demand.
 *
 * @param config - the path of comp.yaml
 * @throws UnusableClose if a file is missing or is not what comp wrote (also later, while postings are read), or if the
 * closes are those of another workspace or configuration
 */
export function readCloses(config: string): readonly StoredClose[] {
  const others = ownerFaults(config);
  if (others.length > 0) throw new UnusableClose(others, 'the closes are not those of this workspace');
  const dir = closesFolder(config);
  const names = periodsIn(dir).filter((name) => findUndoing(join(dir, name)) === undefined);
  const closes = names.map((name) => readClose(dir, name));
  closes.sort((a, b) => (a.period.from < b.period.from ? -1 : 1));
  for (const [index, { record, period }] of closes.entries()) {
    const before = closes[index - 1];
    const detail = findBreak(record, before);
    if (detail !== undefined) throw new DamagedClose(`${CLOSES}/${period.name}/${RECORD}`, detail);
  }
  return closes;
}

/** A close as far as it can be read. */
export type ReadableClose =
  | { readonly kind: 'readable'; readonly close: StoredClose }
  | { readonly kind: 'damaged'; readonly period: string };

/**
 * The closes of a folder in order, each on its own: one that is damaged does not keep the others from being checked.
 *
 * @param dir - their folder
 */
export function closesAsFar(dir: string): readonly ReadableClose[] {
  // Pay periods are either quarters or months, so that their names are in order.
  const names = periodsIn(dir).filter((name) => findUndoing(join(dir, name)) === undefined);
  return names.map((name): ReadableClose => {
    try {
      return { kind: 'readable', close: readClose(dir, name) };
    } catch (error) {
      if (error instanceof UnusableClose) return { kind: 'damaged', period: name };
      throw error;
    }
  });
}

/** The files that say which rows the ledgers had, of closes in order; older closes have none. */
export function keptRowsIn(closes: readonly StoredClose[]): readonly Uint8Array[] {
  return closes.flatMap(({ findLedgerRows }) => findLedgerRows() ?? []);
}

/**
 * R11.5: each record names the one before by its hash.
 *
 * @param before - the record before it
 * @returns how the chain breaks between them, in words; undefined if it does not
 */
export function findBreak(
  { previous }: CloseRecord,
  before: { readonly record: CloseRecord; readonly sha256: string } | undefined,
): string | undefined {
  const name = before?.record.period.name;
  if (previous === null)
    return name === undefined
      ? undefined
      : `it is recorded as the first close, but ${CLOSES}/${name} comes before it`;
  if (previous.period === name && previous.sha256 === before?.sha256) return undefined;
  const file = `${CLOSES}/${previous.period}/${RECORD}`;
  return previous.period === name
    ? `it follows ${file}, which has changed since`
    : `it follows ${file}, which is missing`;
}

/** The record of undoing a close whose folder has not been moved away yet: it no longer counts as closed. */
export function findUndoing(folder: string): ReopenRecord | undefined {
  const undoing = findBytes(join(folder, REOPEN_RECORD));
  const bytes = undoing && findBytes(join(folder, RECORD));
  if (undoing === undefined || bytes === undefined) return undefined;
  const record = findReopenRecord(undoing);
  return record?.sha256 === sha256(bytes) ? record : undefined;
}

function readClose(dir: string, name: string): StoredClose {
  const folder = join(dir, name);
  const bytes = readIn(dir, name, RECORD);
  const record = findCloseRecord(bytes);
  if (record === undefined || record.period.name !== name)
    throw new DamagedClose(`${CLOSES}/${name}/${RECORD}`, 'its text has changed since');
  const { period, currency, digits } = record;
  const read = (file: string) => readChecked(dir, record, file);
  const has = (file: string) => record.files.some((one) => one.name === file);
  const damaged = (file: string, error: unknown) =>
    error instanceof UnknownInClose ? new DamagedClose(`${CLOSES}/${name}/${file}`, error.message) : error;
  const postingsOf = (file: string): Iterable<Posting> => ({
    *[Symbol.iterator]() {
      try {
        yield* readPostings(read(file), digits);
      } catch (error) {
        throw damaged(file, error);
      }
    },
  });
  const entriesOf = (file: string): readonly PayEntryRow[] => {
    try {
      return readEntries(read(file), digits);
    } catch (error) {
      throw damaged(file, error);
    }
  };
  const hash = sha256(bytes);
  const events = readEvents(folder, `${CLOSES}/${name}`, hash);
  return {
    record,
    sha256: hash,
    folder,
    events,
    inputs: inputsWithCopies(record.inputs, events),
    period,
    currency,
    quarters: has('quarters.csv') ? readQuarters(read('quarters.csv'), digits) : [],
    ...(has('attainment.csv') ? { attainments: readAttainments(read('attainment.csv'), digits) } : {}),
    months: has('months.csv') ? readMonths(read('months.csv'), digits) : [],
    // Older closes have none.
    entries: has('entries.csv') ? entriesOf('entries.csv') : [],
    ...(has('reps.csv') ? { reps: readReps(read('reps.csv')) } : {}),
    postings: postingsOf('postings.csv'),
    findLedgerRows: () => (has(LEDGER_ROWS) ? read(LEDGER_ROWS) : undefined),
    findRows: () => {
      const bytes = Buffer.from(read('postings.csv'));
      const start = bytes.indexOf('\n') + 1;
      // An older close has fewer columns, and result files have one apostrophe less in such a text.
      const isAsWritten = bytes.toString('utf8', 0, start) === `${CLOSED_POSTING_HEADER.join(',')}\n`;
      return isAsWritten && !bytes.includes("''") ? bytes.subarray(start) : undefined;
    },
    isAsIn: (table, from, to) => isWritten(read('postings.csv'), table, from, to),
    ...(record.opening === null
      ? {}
      : { opened: { date: record.opening.date, postings: postingsOf('opened.csv') } }),
  };
}

/** Whether the postings of a calculation have the same bytes when written. */
function isWritten(bytes: Uint8Array, table: PostingTable, from: number, to: number): boolean {
  const stored = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const isNext = (piece: Uint8Array) => {
    const end = at + piece.length;
    const isSame = end <= stored.length && stored.compare(piece, 0, piece.length, at, end) === 0;
    at = end;
    return isSame;
  };
  if (!isNext(Buffer.from(`${CLOSED_POSTING_HEADER.join(',')}\n`))) return false;
  for (const piece of postingRows(table, { from, to, isClosed: true })) if (!isNext(piece)) return false;
  return at === stored.length;
}

/**
 * A file that a close keeps, unchanged since it was written.
 *
 * @throws DamagedClose if it is missing or is not what comp wrote
 */
export function keptFile({ folder, record }: StoredClose, file: string): Uint8Array {
  return readChecked(dirname(folder), record, file);
}

/** A file of a close, unchanged since it was written. */
function readChecked(dir: string, { period, files, pages = [] }: CloseRecord, file: string): Uint8Array {
  const bytes = readIn(dir, period.name, file);
  if ([...files, ...pages].some(({ name, sha256: expected }) => name === file && sha256(bytes) === expected))
    return bytes;
  throw new DamagedClose(`${CLOSES}/${period.name}/${file}`, 'it is not what comp wrote');
}

function readIn(dir: string, period: string, file: string): Uint8Array {
  return bytesAt(join(dir, period, file), `${CLOSES}/${period}/${file}`);
}
