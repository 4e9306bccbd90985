/** Which columns of a file our columns are made from, and a fault for each that is missing. */
import { type Column, LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { findNearest } from '../problems/nearest.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { findHeader, isAlike } from './header-names.js';
import { type ColumnSource, type Header, type Mapping, ownSource, type SignByType } from './mapping.js';
import { isMadeOfPeriods, type PeriodColumn, periodColumns, placeOfMade } from './period-columns.js';

/** A mapping, the ledger that it is for, and what the rest of the workspace decides about its columns. */
export interface LedgerSetting {
  readonly ledger: LedgerName;
  readonly mapping: Mapping;
  /** A splits ledger names the reps, so invoices need no rep. */
  readonly hasSplits: boolean;
  /** Invoices can have a commission column (R11); otherwise such a column is ignored. */
  readonly hasOpenings: boolean;
}

/** One of our columns, and the columns of the file that it is made from, counted from 0. */
export interface MappedColumn {
  readonly column: Column;
  readonly at: readonly number[];
  readonly plus: readonly number[];
  readonly minus: readonly number[];
  readonly source: ColumnSource;
}

/** A mapping applied to a file with this header. */
export interface Layout {
  readonly names: readonly string[];
  readonly columns: readonly MappedColumn[];
  /** The columns that `where` has conditions on, by the name in the mapping. */
  readonly conditions: ReadonlyMap<string, number>;
  /** The columns of a quota sheet that are quarters or months; mostly none. */
  readonly periods: readonly PeriodColumn[];
  /** The column with the kind of row that decides the sign of amounts. */
  readonly signBy: number | undefined;
}

/** A file of a ledger, by its name and its number among the ledger's files. */
export interface FileName {
  readonly name: string;
  readonly number: number;
}

/** Finds our columns under a header row; `faults` has one for each that is missing or there twice. */
export function layOut(
  row: readonly string[],
  setting: LedgerSetting,
  file: FileName,
): { readonly layout: Layout; readonly faults: readonly Fault[] } {
  const { ledger, mapping } = setting;
  const place: Place = { kind: 'ledger', ledger, header: true, file: file.number };
  const names = row.map((cell) => cell.trim());
  const header = new HeaderRow(names, place, file.name);
  const periods = periodColumns(ledger, mapping, names);
  const columns = LEDGER_COLUMNS[ledger].columns.flatMap((column) => {
    if (periods.length > 0 && isMadeOfPeriods(column.name)) return madeColumn(column, names.length);
    return findMappedColumn(column, header, setting) ?? [];
  });
  const conditions = new Map<string, number>();
  for (const [name, { from = [name] }] of Object.entries(mapping.where ?? {})) {
    const at = header.findFirst(from, true)[0] ?? header.find(from[0] as Header);
    if (at !== undefined) conditions.set(name, at);
  }
  const signBy = isByType(mapping.sign) ? header.find(mapping.sign.by) : undefined;
  return { layout: { names, columns, conditions, periods, signBy }, faults: header.faults };
}

/** Whether the sign of amounts depends on the kind of row. */
export function isByType(sign: Mapping['sign']): sign is SignByType {
  return typeof sign === 'object';
}

/** Whether a file must have a column, given its mapping and the other columns in the file. */
export function isNeeded(
  { name, needed, unless }: Column,
  { ledger, mapping, hasSplits }: LedgerSetting,
  names: readonly string[],
): boolean {
  const has = (other: string) =>
    mapping.columns?.[other] !== undefined ||
    mapping.constants?.[other] !== undefined ||
    names.includes(other);
  // R2.5: a split has a share or an amount, and an invoice with splits needs no rep of its own.
  if (ledger === 'splits' && name === 'share') return !has('amount');
  if (ledger === 'invoices' && name === 'rep_id' && hasSplits) return false;
  // R2.1: cash can name its customer in place of an invoice.
  if (unless !== undefined && has(unless)) return false;
  if (mapping.snapshot === true && (name === 'payment_id' || name === 'payment_date')) return false;
  return needed !== false;
}

/** A column that a quota sheet does not have, but its quarters and months make. */
function madeColumn(column: Column, cells: number): MappedColumn {
  const at = [placeOfMade(column.name, cells)];
  return { column, at, plus: [], minus: [], source: ownSource(column.name) };
}

function findMappedColumn(
  column: Column,
  header: HeaderRow,
  setting: LedgerSetting,
): MappedColumn | undefined {
  const { mapping } = setting;
  if (mapping.constants?.[column.name] !== undefined) return undefined;
  const mapped = mapping.columns?.[column.name];
  if (column.onlyWith === 'openings' && mapped === undefined && !setting.hasOpenings) return undefined;
  const source = mapped ?? ownSource(column.name);
  const isJoined = mapped?.join === true;
  const at = isJoined ? header.findAll(mapped.from) : header.findFirst(source.from, mapped !== undefined);
  if (at.length > 0) {
    return { column, at, plus: header.findAll(source.plus), minus: header.findAll(source.minus), source };
  }
  // Each name of a join that is missing has its own fault.
  if (mapped === undefined ? isNeeded(column, setting, header.names) : !isJoined) {
    header.miss(column.name, mapped);
  }
  return undefined;
}

/** A header row that is searched, with a fault for each search that fails. */
class HeaderRow {
  readonly names: readonly string[];
  readonly faults: Fault[] = [];
  readonly #place: Place;
  readonly #file: string;

  constructor(names: readonly string[], place: Place, file: string) {
    this.names = names;
    this.#place = place;
    this.#file = file;
  }

  /** Where a column of the file is; undefined, and a fault, where there is none. */
  find(header: Header): number | undefined {
    const at = findHeader(header, this.names);
    if (at !== undefined) {
      this.#checkOnce(header, at);
      return at;
    }
    const text = String(header);
    this.faults.push({
      code: 'missing-header',
      place: this.#place,
      header: text,
      file: this.#file,
      names: this.names,
      nearest: findNearest(text, this.names),
    });
    return undefined;
  }

  findAll(headers: readonly Header[]): readonly number[] {
    return headers.flatMap((header) => this.find(header) ?? []);
  }

  /** The first of several names that the file has, if any; our own names must be exact. */
  findFirst(headers: readonly Header[], isMapped: boolean): readonly number[] {
    for (const header of headers) {
      const at = isMapped ? findHeader(header, this.names) : this.names.indexOf(String(header));
      if (at === undefined || at < 0) continue;
      this.#checkOnce(header, at);
      return [at];
    }
    return [];
  }

  /** Adds the fault for one of our columns that the file does not have. */
  miss(column: string, mapped: ColumnSource | undefined): void {
    this.faults.push({
      code: 'missing-column',
      place: this.#place,
      column,
      mapped: mapped?.from.map(String).join('" or "'),
      file: this.#file,
      header: this.names,
      nearest: findNearest(String(mapped?.from[0] ?? column), this.names),
    });
  }

  /** A column that is used must have a name of its own: CSV readers silently keep one of two. */
  #checkOnce(header: Header, at: number): void {
    if (typeof header === 'number') return;
    const column = this.names[at] as string;
    // A name that is not written exactly can mean any column with a similar name.
    const isTwice =
      column === header
        ? this.names.includes(column, at + 1)
        : this.names.some((name, other) => other > at && isAlike(name, column));
    const isReported = this.faults.some(
      (fault) => fault.code === 'duplicate-column' && fault.column === column,
    );
    if (isTwice && !isReported) this.faults.push({ code: 'duplicate-column', place: this.#place, column });
  }
}
