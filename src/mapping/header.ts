/** Finds the header row of an export by its names, and which of its columns are ours. */
import { type Column, LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { findNearest } from '../problems/nearest.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import type { ColumnSource, Header, Mapping, SignByType } from './mapping.js';

/** How many rows may stand above the header: titles, date ranges. */
export const MOST_TITLES = 100;

/** One of our columns, and the columns of the file that it is made from, counted from 0. */
export interface Wanted {
  readonly column: Column;
  readonly at: readonly number[];
  readonly plus: readonly number[];
  readonly minus: readonly number[];
  readonly source: ColumnSource;
}

/** What a mapping comes to in a file with this header. */
export interface Layout {
  readonly names: readonly string[];
  readonly wanted: readonly Wanted[];
  /** The columns that `where` asks about, by the name that the mapping uses. */
  readonly conditions: ReadonlyMap<string, number>;
  readonly signBy: number | undefined;
}

/** What is known besides the mapping about what a file must have. */
export interface Surroundings {
  readonly ledger: LedgerName;
  readonly mapping: Mapping;
  /** Splits name the reps, so invoices need not. */
  readonly hasSplits: boolean;
  /** Invoices may say what their reps earn (R11); else such a column is the export's own affair. */
  readonly hasOpenings: boolean;
}

/** The row that is the header: the first that has every name needed, else the one that has most of them. */
export function headerRow(rows: readonly (readonly string[])[], surroundings: Surroundings): number {
  const asked = namesAsked(surroundings);
  let best = { at: 0, found: 0 };
  for (const [at, row] of rows.entries()) {
    const names = row.map((cell) => cell.trim());
    const found = asked.filter((source) => findAny(source, names) !== undefined).length;
    if (found > best.found) best = { at, found };
    if (found === asked.length) break;
  }
  return best.at;
}

/** Whether the row has every name that is needed, so that no later row can be a better header. */
export function isHeader(row: readonly string[], surroundings: Surroundings): boolean {
  const names = row.map((cell) => cell.trim());
  return namesAsked(surroundings).every((source) => findAny(source, names) !== undefined);
}

/** Whether a header row is known by names; else every column is said by its position, and any row may be the header. */
export function isNamed(surroundings: Surroundings): boolean {
  return namesAsked(surroundings).length > 0;
}

/**
 * Where our columns stand under a header, and a fault for each that does not.
 *
 * @param file - the file's name, and its number among the ledger's files
 */
export function layOut(
  row: readonly string[],
  surroundings: Surroundings,
  file: { readonly name: string; readonly number: number },
  faults: Fault[],
): Layout {
  const { ledger, mapping } = surroundings;
  const names = row.map((cell) => cell.trim());
  const place: Place = { kind: 'ledger', ledger, header: true, file: file.number };
  const find = (header: Header): number | undefined => {
    const at = findMapped(header, names);
    if (at !== undefined) {
      checkOnce(header, at, names, place, faults);
      return at;
    }
    const text = String(header);
    const nearest = findNearest(text, names);
    faults.push({ code: 'missing-header', place, header: text, file: file.name, names, nearest });
    return undefined;
  };
  const all = (headers: readonly Header[]) => headers.flatMap((header) => find(header) ?? []);
  const wanted: Wanted[] = [];
  for (const column of LEDGER_COLUMNS[ledger].columns) {
    if (mapping.constants?.[column.name] !== undefined) continue;
    const mapped = mapping.columns?.[column.name];
    if (column.onlyWith === 'openings' && mapped === undefined && !surroundings.hasOpenings) continue;
    const source = mapped ?? ownSource(column.name);
    const at =
      mapped?.join === true
        ? all(mapped.from)
        : asList(findSource(source, mapped !== undefined, names, place, faults));
    if (at.length > 0) {
      wanted.push({ column, at, plus: all(source.plus), minus: all(source.minus), source });
    } else if (mapped !== undefined ? !mapped.join : isNeeded(column, surroundings, names)) {
      const title = mapped?.from.map(String).join('" or "');
      const nearest = findNearest(String(source.from[0]), names);
      faults.push({
        code: 'missing-column',
        place,
        column: column.name,
        mapped: title,
        file: file.name,
        header: names,
        nearest,
      });
    }
  }
  const conditions = new Map<string, number>();
  for (const header of Object.keys(mapping.where ?? {})) {
    const at = find(header);
    if (at !== undefined) conditions.set(header, at);
  }
  return { names, wanted, conditions, signBy: isByType(mapping.sign) ? find(mapping.sign.by) : undefined };
}

export function isByType(sign: Mapping['sign']): sign is SignByType {
  return typeof sign === 'object';
}

function findSource(
  { from }: ColumnSource,
  isMapped: boolean,
  names: readonly string[],
  place: Place,
  faults: Fault[],
): number | undefined {
  for (const header of from) {
    const at = isMapped ? findMapped(header, names) : names.indexOf(String(header));
    if (at === undefined || at < 0) continue;
    checkOnce(header, at, names, place, faults);
    return at;
  }
  return undefined;
}

/** A name twice in a header is a fault where it is asked for: csv readers keep one of the two in silence. */
function checkOnce(
  header: Header,
  at: number,
  names: readonly string[],
  place: Place,
  faults: Fault[],
): void {
  if (typeof header === 'number') return;
  const column = names[at] as string;
  const isTold = faults.some(
    (fault) => fault.code === 'duplicate-column' && fault.column === column && fault.place === place,
  );
  // A name that is not as it is written may be any of those that are alike.
  const isTwice =
    column === header
      ? names.includes(column, at + 1)
      : names.some((name, other) => other > at && bare(name) === bare(column));
  if (isTwice && !isTold) faults.push({ code: 'duplicate-column', place, column });
}

/** A mapped name is found as it is written, else whatever its case and spaces are. */
export function findMapped(header: Header, names: readonly string[]): number | undefined {
  if (typeof header === 'number') return header <= names.length ? header - 1 : undefined;
  const exact = names.indexOf(header);
  return exact >= 0 ? exact : alikeIn(names).get(bare(header));
}

/** Where each name of a row first stands, whatever its case and spaces are: rows may have very many cells. */
function alikeIn(names: readonly string[]): ReadonlyMap<string, number> {
  let known = alike.get(names);
  if (known === undefined) {
    known = new Map(names.map((name, at): [string, number] => [bare(name), at]).reverse());
    alike.set(names, known);
  }
  return known;
}

const alike = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function bare(name: string): string {
  return name.toLowerCase().replace(/\s+/g, '');
}

function findAny({ from, join }: ColumnSource, names: readonly string[]): number | undefined {
  const found = from.map((header) => findMapped(header, names));
  return join ? (found.includes(undefined) ? undefined : found[0]) : found.find((at) => at !== undefined);
}

/** The columns by which a header row is known. */
function namesAsked(surroundings: Surroundings): readonly ColumnSource[] {
  const { ledger, mapping } = surroundings;
  const asked: ColumnSource[] = [];
  for (const column of LEDGER_COLUMNS[ledger].columns) {
    if (mapping.constants?.[column.name] !== undefined) continue;
    const mapped = mapping.columns?.[column.name];
    // A position stands in every row, so it tells no header from the rest.
    if (mapped?.from.some((header) => typeof header === 'string') === true) asked.push(mapped);
    else if (mapped === undefined && isNeeded(column, surroundings, [])) asked.push(ownSource(column.name));
  }
  for (const header of Object.keys(mapping.where ?? {})) asked.push({ ...ownSource(header) });
  return asked;
}

/** Whether a file must have a column, with what the mapping says and what else is in the file. */
export function isNeeded(
  { name, needed, unless }: Column,
  { ledger, mapping, hasSplits }: Surroundings,
  names: readonly string[],
): boolean {
  const has = (other: string) =>
    mapping.columns?.[other] !== undefined ||
    mapping.constants?.[other] !== undefined ||
    names.includes(other);
  // R2.5: a split has its share or its amount, and an invoice with splits no rep of its own.
  if (ledger === 'splits' && name === 'share') return !has('amount');
  if (ledger === 'invoices' && name === 'rep_id' && hasSplits) return false;
  // R2.1: cash may name its customer in place of an invoice.
  if (unless !== undefined && has(unless)) return false;
  if (mapping.snapshot === true && (name === 'payment_id' || name === 'payment_date')) return false;
  return needed !== false;
}

function ownSource(name: string): ColumnSource {
  return { from: [name], join: false, numbered: false, plus: [], minus: [] };
}

function asList(at: number | undefined): readonly number[] {
  return at === undefined ? [] : [at];
}
