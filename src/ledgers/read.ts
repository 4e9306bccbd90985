/** CSV text to rows by our column names (R2.1); with write.ts the only room that imports the csv packages. */
import { isUtf8 } from 'node:buffer';
import { type CsvError, type InfoRecord, type Options, parse } from 'csv-parse/sync';
import { type Column, LEDGER_COLUMNS } from '../engine/r2-ledgers/columns.js';
import { findNearest } from '../problems/nearest.js';
import type { LedgerName, Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';

/** A row of a ledger as text, by our column names. */
export type TextRow = Record<string, string>;

/** Which header of the file is which column of ours; a column that is not named has our own name. */
export type ColumnMapping = Readonly<Record<string, string | undefined>>;

export interface LedgerText {
  readonly rows: readonly TextRow[];
  readonly faults: readonly Fault[];
  /** The line of the file on which a row starts, counted from 1. */
  readonly lineOf: (row: number) => number;
  readonly headerLine: () => number;
}

/**
 * Reads the text of a ledger file. Only the shape of the file is judged here; what the cells say is for the engine.
 *
 * @param file - the file's name for messages
 */
export function readLedger(
  name: LedgerName,
  file: string,
  bytes: Uint8Array,
  mapping: ColumnMapping = {},
): LedgerText {
  const nothing = { rows: [], lineOf: (row: number) => row + 2, headerLine: () => 1 };
  if (!isUtf8(bytes)) return { ...nothing, faults: [{ code: 'not-utf8', place: inFile(file), path: file }] };
  const faults: Fault[] = [];
  const rows: TextRow[] = [];
  let header: readonly string[] | undefined;
  let wanted: readonly Wanted[] = [];
  const ragged: { readonly row: number; readonly found: number }[] = [];
  const errors = eachRecord(bytes, (record) => {
    if (header === undefined) {
      header = record.map((cell) => cell.trim());
      wanted = columnsIn(name, header, mapping, file, faults);
      return;
    }
    if (record.length !== header.length) ragged.push({ row: rows.length, found: record.length });
    const row: TextRow = {};
    for (const { column, at } of wanted) row[column] = record[at] ?? '';
    rows.push(row);
  });
  const lineAt = lineFinder(bytes, rows.length + 1);
  for (const { line, message } of errors) {
    faults.push({ code: 'malformed-csv', place: inFile(file, line), detail: message });
  }
  if (header === undefined && errors.length === 0) {
    faults.push({ code: 'empty-file', place: inFile(file), path: file });
  }
  for (const { row, found } of ragged) {
    const expected = (header ?? []).length;
    faults.push({ code: 'wrong-cell-count', place: { kind: 'row', ledger: name, row }, found, expected });
  }
  return { rows, faults, lineOf: (row) => lineAt(row + 1), headerLine: () => lineAt(0) };
}

/** A column of ours and where it stands in the file. */
interface Wanted {
  readonly column: string;
  readonly at: number;
}

function columnsIn(
  name: LedgerName,
  header: readonly string[],
  mapping: ColumnMapping,
  file: string,
  faults: Fault[],
): Wanted[] {
  const { columns } = LEDGER_COLUMNS[name];
  const wanted: Wanted[] = [];
  for (const column of columns) {
    const mapped = mapping[column.name];
    const title = mapped ?? column.name;
    const at = header.indexOf(title);
    if (at >= 0) {
      wanted.push({ column: column.name, at });
      if (header.indexOf(title, at + 1) >= 0) {
        const place = { kind: 'ledger', ledger: name, header: true } as const;
        faults.push({ code: 'duplicate-column', place, column: title });
      }
    } else if (mapped !== undefined || isNeeded(column, name, header, mapping)) {
      const place = { kind: 'ledger', ledger: name, header: true } as const;
      const nearest = findNearest(title, header);
      faults.push({ code: 'missing-column', place, column: column.name, mapped, file, header, nearest });
    }
  }
  return wanted;
}

/** A split needs its share or its amount; everything else is needed or not by itself. */
function isNeeded(
  column: Column,
  name: LedgerName,
  header: readonly string[],
  mapping: ColumnMapping,
): boolean {
  if (name === 'splits' && column.name === 'share') return !header.includes(mapping['amount'] ?? 'amount');
  return column.needed;
}

const ERROR_WORDS: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE:
    'A quoted cell goes on after its closing quote. Write a quote inside a quoted cell twice: "".',
  INVALID_OPENING_QUOTE:
    'A quote stands inside a cell that is not quoted. Quote the whole cell, and its quotes twice.',
  CSV_QUOTE_NOT_CLOSED: 'A cell opens with a quote that is never closed.',
};

/**
 * Calls back for every record that is not blank, with the place of the byte after it; a line that csv-parse cannot read
 * is an error, told once.
 */
function eachRecord(
  bytes: Uint8Array,
  callback: (record: readonly string[], end: number) => void,
): { readonly line: number; readonly message: string }[] {
  const errors = new Map<number, string>();
  const note = (error: CsvError | undefined): undefined => {
    if (error === undefined) return;
    const line = Number(error['lines']);
    // What is wrong with the quotes of one line makes those after it look unclosed.
    if (error.code === 'CSV_QUOTE_NOT_CLOSED' && errors.size > 0) return;
    if (!errors.has(line)) errors.set(line, ERROR_WORDS[error.code] ?? error.message);
  };
  const options: Options<string[], string[]> = {
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: note,
    on_record: (record: string[], context: InfoRecord) => {
      const isBlank = record.length === 1 && (record[0] as string).trim() === '';
      if (!isBlank) callback(record, context.bytes);
      return null;
    },
  };
  try {
    parse(bytes, options);
  } catch (error) {
    note(error as CsvError);
  }
  return [...errors].map(([line, message]) => ({ line, message }));
}

/**
 * The lines on which records start. Most files have one record per line; only where one has not are they counted, and
 * only when they are asked for.
 */
function lineFinder(bytes: Uint8Array, records: number): (record: number) => number {
  if (countLines(bytes) === records) return (record) => record + 1;
  let starts: readonly number[] | undefined;
  return (record) => {
    starts ??= startsOf(bytes);
    return starts[record] ?? record + 1;
  };
}

const [LF, CR] = [10, 13];

function startsOf(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  let [at, line] = [0, 1];
  const isBreak = () => bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF);
  eachRecord(bytes, (_, end) => {
    // Blank lines before the record are none of it.
    for (; at < end && isBlank(bytes[at] as number); at += 1) if (isBreak()) line += 1;
    starts.push(line);
    for (; at < end; at += 1) if (isBreak()) line += 1;
  });
  return starts;
}

function isBlank(byte: number): boolean {
  return byte === LF || byte === CR || byte === 32 || byte === 9;
}

function countLines(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let lines = 0;
  for (let at = buffer.indexOf(LF); at >= 0; at = buffer.indexOf(LF, at + 1)) lines += 1;
  return bytes.at(-1) === LF ? lines : lines + 1;
}

function inFile(file: string, line?: number): Place {
  return line === undefined ? { kind: 'file', file } : { kind: 'file', file, line };
}
