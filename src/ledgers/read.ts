/** CSV text to records, with their lines (R2.1); the only file that imports csv-parse. */
import { type CsvError, type InfoRecord, type Options, parse } from '#csv-parse';
import type { Fault } from '../problems/problem.js';
import { unguarded, withoutGuards } from './guarded-cells.js';
import { findPlainText, scanRecords } from './scan.js';
import { searchable } from './text-bytes.js';

/** No row of a ledger is as long as this; a file without line breaks is. */
export const LONGEST_RECORD = 1024 * 1024;

export interface RecordsText {
  readonly faults: readonly Fault[];
  /** The line of the file on which a record starts, counted from 1. */
  readonly lineOf: (record: number) => number;
}

/** Whether text can be cut at its signs, without a parser. */
export function isPlainText(text: Uint8Array): boolean {
  return findPlainText(text, LONGEST_RECORD / 2) !== undefined;
}

/**
 * Reads the records of CSV text in order, but for blank lines. Only the shape of the text is judged here.
 *
 * @param file - the file's name for messages
 * @param text - UTF-8 without a byte order mark
 * @param take - is called with the cells of each record
 */
export function readRecords(
  file: string,
  text: Uint8Array,
  delimiter: string,
  take: (record: readonly string[]) => void,
): RecordsText {
  let records = 0;
  const counted = (record: readonly string[]) => {
    records += 1;
    take(record);
  };
  const plain = findPlainText(text, LONGEST_RECORD / 2);
  if (plain !== undefined) {
    scanRecords(text, delimiter, counted);
    const isLineEach = plain.lines === records;
    return { faults: [], lineOf: lineFinder(isLineEach, () => linesOfPlain(text, delimiter)) };
  }
  const parsed = withoutGuards(text, delimiter);
  const errors = eachRecord(parsed, delimiter, (record) => {
    if (record !== undefined) counted(record.map(unguarded));
  });
  const faults = errors.map(({ line, message }): Fault => {
    const place = { kind: 'file', file, line } as const;
    if (message === undefined) return { code: 'line-too-long', place, path: file };
    return { code: 'malformed-csv', place, detail: message };
  });
  const isLineEach = countLines(text) === records;
  return { faults, lineOf: lineFinder(isLineEach, () => linesOf(parsed, delimiter)) };
}

/**
 * The records at the top of CSV text, and the place of the byte behind each, as {@link readRecords} reads them. They end
 * before a line that is no record by itself: one at fault, or one in which a quoted cell breaks.
 */
export function* topRecords(
  text: Uint8Array,
  delimiter: string,
): Generator<{ readonly record: readonly string[]; readonly end: number }> {
  for (let at = 0; at < text.length; ) {
    const lf = text.indexOf(LF, at);
    const end = lf < 0 ? text.length : lf + 1;
    const records: (readonly string[])[] = [];
    const { faults } = readRecords('', text.subarray(at, end), delimiter, (record) => records.push(record));
    if (faults.length > 0 || records.length > 1) return;
    for (const record of records) yield { record, end };
    at = end;
  }
}

/**
 * The line of each record of text that is without a fault, found when one is needed.
 *
 * @param isLineEach - whether each line is a record
 */
export function findLines(
  isLineEach: boolean,
  textOf: () => Uint8Array,
  delimiter: string,
): (record: number) => number {
  return lineFinder(isLineEach, () => {
    const text = textOf();
    return isPlainText(text)
      ? linesOfPlain(text, delimiter)
      : linesOf(withoutGuards(text, delimiter), delimiter);
  });
}

const ERROR_WORDS: Readonly<Record<string, string | undefined>> = {
  CSV_INVALID_CLOSING_QUOTE:
    'A quoted cell continues after its closing quote. Write a quote inside a quoted cell twice: "".',
  INVALID_OPENING_QUOTE:
    'A cell without quotes contains a quote. Quote the whole cell, and write the quote inside it twice.',
  CSV_QUOTE_NOT_CLOSED: 'A cell of this row opens with a quote that is never closed.',
};

interface ReadingError {
  readonly line: number;
  /** Undefined where the row is too long to be one. */
  readonly message: string | undefined;
}

/**
 * Calls back for every record, with nothing for a blank one, and with the place of the byte after it; a line that
 * csv-parse cannot read is an error, reported once.
 */
function eachRecord(
  bytes: Uint8Array,
  delimiter: string,
  callback: (record: readonly string[] | undefined, end: number) => void,
): ReadingError[] {
  const errors = new Map<number, string | undefined>();
  let end = 0;
  const note = (error: CsvError): void => {
    const isUnclosed = error.code === 'CSV_QUOTE_NOT_CLOSED';
    // What is wrong with the quotes of one line makes those after it look unclosed.
    if (isUnclosed && errors.size > 0) return;
    const line = isUnclosed ? lineAfter(bytes, end) : lineOfCounted(bytes, Number(error['lines']));
    if (error.code === 'CSV_MAX_RECORD_SIZE') errors.set(line, undefined);
    else if (!errors.has(line)) errors.set(line, ERROR_WORDS[error.code] ?? error.message);
  };
  const options: Options<string[], string[]> = {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_RECORD,
    on_skip: (error) => {
      if (error === undefined) return;
      // There is no end in sight of a row that is too long, and no use in looking for it.
      if (error.code === 'CSV_MAX_RECORD_SIZE') throw error;
      note(error);
    },
    on_record: (record: string[], context: InfoRecord) => {
      end = context.bytes;
      const isBlank = record.length === 1 && (record[0] as string).trim() === '';
      callback(isBlank ? undefined : record, end);
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

/** The line that csv-parse means by its own count, which counts CR LF inside quotes as two line ends. */
function lineOfCounted(bytes: Uint8Array, counted: number): number {
  let [theirs, ours, isQuoted] = [1, 1, false];
  for (let at = 0; at < bytes.length && theirs < counted; at += 1) {
    if (bytes[at] === QUOTE) isQuoted = !isQuoted;
    const isEnd = isBreak(bytes, at);
    if (isEnd) ours += 1;
    if (isEnd || (isQuoted && bytes[at] === CR)) theirs += 1;
  }
  return ours;
}

/** The line on which the record behind this byte starts. */
function lineAfter(bytes: Uint8Array, end: number): number {
  let [at, line] = [0, 1];
  for (; at < end || bytes[at] === LF || bytes[at] === CR; at += 1) if (isBreak(bytes, at)) line += 1;
  return line;
}

/**
 * The lines on which records start. Most files have one record per line; only where one has not are they counted, and
 * only when they are needed.
 */
function lineFinder(isLineEach: boolean, count: () => readonly number[]): (record: number) => number {
  if (isLineEach) return (record) => record + 1;
  let starts: readonly number[] | undefined;
  return (record) => {
    starts ??= count();
    return starts[record] ?? record + 1;
  };
}

function linesOfPlain(text: Uint8Array, delimiter: string): number[] {
  const starts: number[] = [];
  scanRecords(text, delimiter, (_, line) => starts.push(line));
  return starts;
}

const [LF, CR, QUOTE] = [10, 13, 34];

function linesOf(bytes: Uint8Array, delimiter: string): number[] {
  const starts: number[] = [];
  let [at, line] = [0, 1];
  eachRecord(bytes, delimiter, (record, end) => {
    // Blank lines before the record are none of it.
    for (; at < end && isBlank(bytes[at] as number, delimiter); at += 1) if (isBreak(bytes, at)) line += 1;
    if (record !== undefined) starts.push(line);
    for (; at < end; at += 1) if (isBreak(bytes, at)) line += 1;
  });
  return starts;
}

function isBreak(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF);
}

/** Whether a line of nothing but such bytes is blank; where a tab is the delimiter, it makes cells. */
function isBlank(byte: number, delimiter: string): boolean {
  return byte === LF || byte === CR || byte === 32 || (byte === 9 && delimiter !== '\t');
}

/** A line ends at LF, CR LF or CR, and a file may have each of them. */
function countLines(text: Uint8Array): number {
  const bytes = searchable(text);
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] !== LF) lines += 1;
  }
  return bytes.at(-1) === LF || bytes.at(-1) === CR ? lines : lines + 1;
}
