/** Finds the header row of an export, below titles and date ranges, by the names that the mapping needs. */
import { findDay } from '../day.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { findPercent, findPlain } from '../money.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import type { CellReader } from './cells.js';
import { findHeader } from './header-names.js';
import {
  type FileName,
  isNeeded,
  type Layout,
  type LedgerSetting,
  layOut,
  type MappedColumn,
} from './layout.js';
import { type ColumnSource, ownSource } from './mapping.js';
import { isMadeOfPeriods, periodColumns } from './period-columns.js';

/** How many rows there can be above the header: titles, date ranges. */
export const MOST_TITLES = 100;

type Row = readonly string[];

/** The header of a file, found among its first rows. */
export interface FoundHeader {
  readonly at: number;
  readonly layout: Layout;
  readonly faults: readonly Fault[];
}

/** Whether the row has every name that is needed, so that no later row can be a better header. */
export function isHeader(row: Row, setting: LedgerSetting): boolean {
  const names = row.map((cell) => cell.trim());
  return neededNames(setting).every(({ column, source }) => hasColumn(column, source, names, setting));
}

/**
 * Takes the best header among the first rows of a file; the rows above it are titles.
 *
 * @param first - the number of the first row among the records of all files
 */
export function readHeader(
  rows: readonly Row[],
  first: number,
  setting: LedgerSetting,
  file: FileName,
  cells: CellReader,
): FoundHeader {
  const at = headerRow(rows, setting);
  const header = rows[at] as Row;
  const { layout, faults } = layOut(header, setting, file);
  return {
    at,
    layout,
    faults: [
      ...faults,
      ...headerlessFaults(header, layout, setting, file, cells),
      ...recordFaults(rows.slice(0, at), first, layout, setting, cells),
    ],
  };
}

/**
 * Whether a row differs from its header only in empty cells at the end, which carry nothing: those that it has more, or
 * those that it lacks below columns without a name.
 */
export function isSameButEmptyCells(record: readonly string[], names: readonly string[]): boolean {
  const longer = record.length > names.length ? record : names;
  const shorter = Math.min(record.length, names.length);
  return longer.slice(shorter).every((cell) => cell.trim() === '');
}

/** The first row with every name that is needed, or else the row with most of them. */
function headerRow(rows: readonly Row[], setting: LedgerSetting): number {
  const needed = neededNames(setting);
  let best = { at: 0, found: 0 };
  for (const [at, row] of rows.entries()) {
    const names = row.map((cell) => cell.trim());
    const found = needed.filter(({ column, source }) => hasColumn(column, source, names, setting)).length;
    if (found > best.found) best = { at, found };
    if (found === needed.length) break;
  }
  return best.at;
}

/** Where every column is mapped by position, a file without a header row would lose its first record. */
function headerlessFaults(
  header: Row,
  layout: Layout,
  setting: LedgerSetting,
  { name }: FileName,
  cells: CellReader,
): Fault[] {
  if (neededNames(setting).length > 0 || !isRecord(header, layout, cells, 1)) return [];
  const place: Place = { kind: 'terms', path: ['ledgers', setting.ledger, 'header'] };
  const expected = `the names of the columns, because the first row of ${name} is a record`;
  return [{ code: 'missing-key', place, key: 'header', expected }];
}

/** Titles are skipped, so a record among them would be lost. */
function recordFaults(
  titles: readonly Row[],
  first: number,
  layout: Layout,
  { ledger }: LedgerSetting,
  cells: CellReader,
): Fault[] {
  return titles.flatMap((title, index): Fault[] => {
    if (!isSameButEmptyCells(title, layout.names) || !isRecord(title, layout, cells, 2)) return [];
    const place: Place = { kind: 'record', ledger, record: first + index };
    return [{ code: 'record-above-header', place, names: layout.names }];
  });
}

/** Whether a row has dates and amounts, at least this many, and nothing else where a record has them. */
function isRecord(row: Row, { columns }: Layout, cells: CellReader, least: number): boolean {
  const filled = columns
    .filter(({ column: { kind } }) => kind === 'date' || kind === 'amount' || kind === 'share')
    .map((column) => ({ column, ...cells.read(column, row, undefined) }))
    .filter(({ text }) => text !== '');
  return (
    filled.length >= least &&
    filled.every(({ column, text, problem }) => problem === undefined && isReadable(column, text))
  );
}

function isReadable({ column: { kind } }: MappedColumn, text: string): boolean {
  if (kind === 'date') return findDay(text) !== undefined;
  return (kind === 'share' ? findPercent(text) : findPlain(text)) !== undefined;
}

/** A column of the file that a header row must name, and our column that it is for. */
interface NeededName {
  readonly column: string | undefined;
  readonly source: ColumnSource;
}

/** Whether a row names a column; the quarters and months of a quota sheet stand for two of ours. */
function hasColumn(
  column: string | undefined,
  source: ColumnSource,
  names: Row,
  { ledger, mapping }: LedgerSetting,
): boolean {
  if (hasSource(source, names)) return true;
  return column !== undefined && isMadeOfPeriods(column) && periodColumns(ledger, mapping, names).length > 0;
}

/** The columns by whose names a header row is known. */
function neededNames(setting: LedgerSetting): readonly NeededName[] {
  const { ledger, mapping } = setting;
  const needed: NeededName[] = [];
  for (const column of LEDGER_COLUMNS[ledger].columns) {
    if (mapping.constants?.[column.name] !== undefined) continue;
    const mapped = mapping.columns?.[column.name];
    // Every row has every position, so a position does not identify a header.
    if (mapped?.from.some((header) => typeof header === 'string') === true)
      needed.push({ column: column.name, source: mapped });
    else if (mapped === undefined && isNeeded(column, setting, []))
      needed.push({ column: column.name, source: ownSource(column.name) });
  }
  for (const [header, { from }] of Object.entries(mapping.where ?? {})) {
    needed.push({ column: undefined, source: { ...ownSource(header), from: from ?? [header] } });
  }
  return needed;
}

/** Whether a row has the names of a column: all of a join, otherwise one of them. */
function hasSource({ from, join }: ColumnSource, names: Row): boolean {
  const isThere = (header: ColumnSource['from'][number]) => findHeader(header, names) !== undefined;
  return join ? from.every(isThere) : from.some(isThere);
}
