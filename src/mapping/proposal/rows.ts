/** Finds the header of an export below its titles, and the records among totals, print stamps and group headings. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { patternTest } from '../conditions.js';
import { isSameButEmptyCells, MOST_TITLES } from '../header.js';
import { columnsIn, type FoundColumns } from './columns.js';
import { sumsAmong, TOTAL } from './totals.js';

export type Row = readonly string[];

/** A row with the export's own total, and the pattern for its first filled cell. */
export interface Total {
  readonly row: Row;
  readonly pattern: string;
}

/** The rows below a header, by what they seem to be. */
export interface RowGroups {
  readonly records: readonly Row[];
  /** The export's own total, by its first cell or by its sum. */
  readonly totals: readonly Total[];
  /** Totals by their sum that no pattern for the first cell sets apart from records. */
  readonly unmatched: readonly Row[];
  /** Patterns for the first cell of the other rows that are not records. */
  readonly patterns: readonly string[];
  /** Cells that are alone in a row between records: group headings. */
  readonly headings: readonly string[];
  /** How many records have more or fewer cells than the header. */
  readonly uneven: number;
}

/** The header: the row with most of our columns; where none has any, the first of the fullest rows. */
export function headerAt(rows: readonly Row[], ledger: LedgerName): number {
  const first = rows.slice(0, MOST_TITLES);
  const known = first.map((row) => columnsIn(row, ledger).size);
  const most = Math.max(...known);
  if (most > 0) return known.indexOf(most);
  const filled = first.map((row) => cellsIn(row).length);
  return Math.max(0, filled.indexOf(Math.max(...filled)));
}

/** @param columns - our columns in the header */
export function groupRows(
  header: Row,
  rows: readonly Row[],
  columns: FoundColumns,
  ledger: LedgerName,
): RowGroups {
  const { key, date } = LEDGER_COLUMNS[ledger];
  const id = columns.get(key[0] as string)?.at;
  const day = date === undefined ? undefined : columns.get(date)?.at;
  const cell = (row: Row, at: number | undefined) => (at === undefined ? '' : (row[at] ?? '').trim());
  const isTotal = (row: Row) => {
    const [first = ''] = cellsIn(row);
    // An invoice or a customer can be called Total, but a total has neither id nor date.
    return TOTAL.test(first) && [cell(row, id), cell(row, day)].every((one) => one === '' || one === first);
  };
  const sums = sumsAmong(ledger, rows, columns, isTotal);
  const hasSeveral = sums.size > 1;
  const isAlone = (row: Row) => header.length > 2 && cellsIn(row).length === 1;
  const isHeader = (row: Row) => row.every((one, at) => one.trim() === (header[at] ?? '').trim());
  const filled = rows.filter((row) => cellsIn(row).length > 0);
  const records = filled.filter((row) => !isTotal(row) && !sums.has(row) && !isAlone(row) && !isHeader(row));
  const last = records.length === 0 ? -1 : filled.lastIndexOf(records.at(-1) as Row);
  const starts = new Set(records.map(firstOf));
  const checked = new Map<string, boolean>();
  const add = (pattern: string) => {
    // A pattern must not match a record.
    if (!checked.has(pattern)) checked.set(pattern, ![...starts].some(patternTest(pattern)));
  };
  /** A pattern for the first cell of a total, with `*` for what changes; undefined where records begin so too. */
  const safePattern = (first: string) =>
    [first.replace(/\d[\d.,']*/g, '*').trim(), first].find(
      (pattern) => /[\p{L}\p{Sc}]/u.test(pattern) && ![...starts].some(patternTest(pattern)),
    );
  const headings: string[] = [];
  const totals: Total[] = [];
  const unmatched: Row[] = [];
  filled.forEach((row, at) => {
    const first = firstOf(row);
    if (isTotal(row)) {
      const { pattern, isWhole } = totalPattern(first);
      if (isWhole) totals.push({ row, pattern });
      else add(pattern);
    } else if (sums.has(row)) {
      // The labels of several, such as the names of months, are others in the next export.
      const pattern = hasSeveral ? undefined : safePattern(first);
      if (pattern === undefined) unmatched.push(row);
      else totals.push({ row, pattern });
    } else if (isHeader(row)) add(first);
    else if (isAlone(row) && at > last) add(stampPattern(first));
    else if (isAlone(row)) headings.push(first);
  });
  const patterns = [...checked].filter(([, isSafe]) => isSafe).map(([pattern]) => pattern);
  const tests = patterns.map(patternTest);
  return {
    records: records.filter((row) => isSameButEmptyCells(row, header)),
    totals,
    unmatched,
    patterns,
    headings: headings.filter((heading) => !tests.some((test) => test(heading))),
    uneven: records.filter((row) => !isSameButEmptyCells(row, header)).length,
  };
}

/** The first filled cell of a row, which patterns are compared with. */
export function firstOf(row: Row): string {
  return cellsIn(row)[0] ?? '';
}

function cellsIn(row: Row): string[] {
  return row.map((cell) => cell.trim()).filter((cell) => cell !== '');
}

/** `Total for Acme` is one of many: `Total for *`. `TOTAL` is the total of the whole report. */
function totalPattern(text: string): { readonly pattern: string; readonly isWhole: boolean } {
  const [word = ''] = TOTAL.exec(text) ?? [];
  const rest = text.slice(word.length).replace(/^[\s:.]+|[\s:.]+$/g, '');
  if (rest === '') return { pattern: text, isWhole: true };
  const preposition = /^\s+(for|of|für|de|pour|por)\s/i.exec(text.slice(word.length));
  return { pattern: `${word}${preposition?.[0].trimEnd() ?? ''} *`, isWhole: false };
}

const CHANGING =
  /(mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|\b[ap]m\b|\d+/gi;

/** A print stamp with `*` for what differs between exports: days, dates, times. */
function stampPattern(text: string): string {
  return text.replace(CHANGING, '*').replace(/\*(?:[\s,:./+-]*\*)+/g, '*');
}
