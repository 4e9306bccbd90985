/** Tells the header of an export from the titles above it, and its records from totals, stamps and headings. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { patternTest } from '../conditions.js';
import { MOST_TITLES } from '../header.js';
import { columnsIn, type FoundColumns } from './columns.js';

export type Row = readonly string[];

/** The rows below a header, each told for what it seems to be. */
export interface ToldRows {
  readonly records: readonly Row[];
  /** Rows of the export's own total: their first cell says so. */
  readonly totals: readonly Row[];
  /** Patterns for the first cell of all other rows that are no records. */
  readonly patterns: readonly string[];
  /** Cells that stand alone in their row between records: headings of groups. */
  readonly headings: readonly string[];
  /** How many records have more or fewer cells than the header. */
  readonly uneven: number;
}

/** The header: the row that has most of our columns; where none has any, the first that is as full as any. */
export function headerAt(rows: readonly Row[], ledger: LedgerName): number {
  const first = rows.slice(0, MOST_TITLES);
  const known = first.map((row) => columnsIn(row, ledger).size);
  const most = Math.max(...known);
  if (most > 0) return known.indexOf(most);
  const filled = first.map((row) => cellsIn(row).length);
  return Math.max(0, filled.indexOf(Math.max(...filled)));
}

const TOTAL =
  /^(sub-?\s?totals?|totals?|grand totals?|sum|summe|gesamt(summe)?|zwischensumme|somme|sous-total|totaux|suma)\b/i;

/** @param columns - the columns that were found in the header */
export function tellRows(
  header: Row,
  rows: readonly Row[],
  columns: FoundColumns,
  ledger: LedgerName,
): ToldRows {
  const { key, date } = LEDGER_COLUMNS[ledger];
  const id = columns.get(key[0] as string)?.at;
  const day = date === undefined ? undefined : columns.get(date)?.at;
  const cell = (row: Row, at: number | undefined) => (at === undefined ? '' : (row[at] ?? '').trim());
  const isTotal = (row: Row) => {
    const [first = ''] = cellsIn(row);
    // An invoice may be called Total, and so may a customer: a total has neither id nor date.
    return TOTAL.test(first) && [cell(row, id), cell(row, day)].every((one) => one === '' || one === first);
  };
  const isAlone = (row: Row) => header.length > 2 && cellsIn(row).length === 1;
  const isHeader = (row: Row) => row.every((one, at) => one.trim() === (header[at] ?? '').trim());
  const filled = rows.filter((row) => cellsIn(row).length > 0);
  const records = filled.filter((row) => !isTotal(row) && !isAlone(row) && !isHeader(row));
  const last = records.length === 0 ? -1 : filled.lastIndexOf(records.at(-1) as Row);
  const starts = new Set(records.map(firstOf));
  const looked = new Map<string, boolean>();
  const add = (pattern: string) => {
    // A pattern must not take a record with it.
    if (!looked.has(pattern)) looked.set(pattern, ![...starts].some(patternTest(pattern)));
  };
  const headings: string[] = [];
  const totals: Row[] = [];
  filled.forEach((row, at) => {
    const first = firstOf(row);
    if (isTotal(row)) {
      const { pattern, isWhole } = totalPattern(first);
      if (isWhole) totals.push(row);
      else add(pattern);
    } else if (isHeader(row)) add(first);
    else if (isAlone(row) && at > last) add(stampPattern(first));
    else if (isAlone(row)) headings.push(first);
  });
  const patterns = [...looked].filter(([, isSafe]) => isSafe).map(([pattern]) => pattern);
  const tests = patterns.map(patternTest);
  return {
    records: records.filter((row) => row.length === header.length),
    totals,
    patterns,
    headings: headings.filter((heading) => !tests.some((test) => test(heading))),
    uneven: records.filter((row) => row.length !== header.length).length,
  };
}

/** The first cell of a row that says anything, as patterns are compared with it. */
export function firstOf(row: Row): string {
  return cellsIn(row)[0] ?? '';
}

function cellsIn(row: Row): string[] {
  return row.map((cell) => cell.trim()).filter((cell) => cell !== '');
}

/** `Total for Acme` is one of many, so `Total for *`; `TOTAL` is the report's own. */
function totalPattern(text: string): { readonly pattern: string; readonly isWhole: boolean } {
  const [word = ''] = TOTAL.exec(text) ?? [];
  const rest = text.slice(word.length).replace(/^[\s:.]+|[\s:.]+$/g, '');
  if (rest === '') return { pattern: text, isWhole: true };
  const preposition = /^\s+(for|of|für|de|pour|por)\s/i.exec(text.slice(word.length));
  return { pattern: `${word}${preposition?.[0].trimEnd() ?? ''} *`, isWhole: false };
}

const CHANGING =
  /(mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|\b[ap]m\b|\d+/gi;

/** A stamp without what differs from one export to the next: days, dates, times. */
function stampPattern(text: string): string {
  return text.replace(CHANGING, '*').replace(/\*(?:[\s,:./+-]*\*)+/g, '*');
}
