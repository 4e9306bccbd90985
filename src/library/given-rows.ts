/** The rows of a ledger as a program gives them, made into rows of text; what is not one is a fault (R9.1). */
import type { Rows } from '../engine/r2-ledgers/ledger.js';
import { type Column, LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { ColumnKind, LedgerSpec } from '../ledger-specs/spec.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { type AmountCell, type Cell, type IdCell, shownCell, textOfCell } from './given-cell.js';

type CellOf<Kind extends ColumnKind> = Kind extends 'amount' ? AmountCell : Kind extends 'id' ? IdCell : Cell;

type Flat<Type> = { readonly [Name in keyof Type]: Type[Name] };

/** A row of a ledger as a program gives it: cells by our column names; blank and absent are the same. */
export type RowInput<Spec extends LedgerSpec> = Flat<
  {
    readonly [Name in keyof Spec['columns'] as Spec['columns'][Name]['needed'] extends true
      ? Name
      : never]: CellOf<Spec['columns'][Name]['kind']>;
  } & {
    readonly [Name in keyof Spec['columns'] as Spec['columns'][Name]['needed'] extends true
      ? never
      : Name]?: CellOf<Spec['columns'][Name]['kind']>;
  }
>;

/** A row whose cells are text; a blank one may be `null`. */
export type TextRow = Readonly<Record<string, string | undefined>>;

/** Finds the currency of a row's amounts. */
export type CurrencyOf = (row: Readonly<Record<string, unknown>>) => string;

/**
 * The rows with the text of each cell: the very same rows where all of them are text already.
 *
 * @param currencyOf - asked for amounts in minor units only
 */
export function textRows(
  name: LedgerName,
  rows: Rows<unknown>,
  currencyOf: CurrencyOf,
): { readonly rows: Rows<TextRow>; readonly faults: readonly Fault[] } {
  const reader = new RowReader(name, currencyOf);
  const changed = new Map<number, TextRow>();
  const take = (row: unknown, at: number) => {
    const text = reader.read(row, at);
    if (text !== row) changed.set(at, text);
  };
  if (Array.isArray(rows)) {
    // `forEach` passes over the holes of a sparse array, and a row that is lost is never paid.
    for (let at = 0; at < rows.length; at += 1) take(rows[at], at);
  } else {
    rows.forEach(take);
  }
  if (changed.size === 0) return { rows: rows as Rows<TextRow>, faults: reader.faults };
  const all: TextRow[] = [];
  rows.forEach((row, at) => {
    all.push(changed.get(at) ?? (row as TextRow));
  });
  return { rows: all, faults: reader.faults };
}

class RowReader {
  readonly faults: Fault[] = [];
  readonly #name: LedgerName;
  readonly #currencyOf: CurrencyOf;
  readonly #columns: ReadonlyMap<string, Column>;
  /** Reported once for a ledger: every row has them. */
  readonly #unknown = new Set<string>();

  constructor(name: LedgerName, currencyOf: CurrencyOf) {
    this.#name = name;
    this.#currencyOf = currencyOf;
    this.#columns = new Map(LEDGER_COLUMNS[name].columns.map((column) => [column.name, column]));
  }

  /** The row itself where its cells are text. */
  read(given: unknown, at: number): TextRow {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      const found = given === undefined ? 'nothing' : shownCell(given);
      const expected = 'a row: an object with a cell for each column';
      this.faults.push({ code: 'wrong-value', place: this.#place(at), found, expected });
      return {};
    }
    const row = given as Readonly<Record<string, unknown>>;
    let texts: Record<string, string> | undefined;
    for (const name in row) {
      const column = this.#columns.get(name);
      const cell = row[name];
      if (column === undefined) this.#noteUnknown(name, at);
      else if (typeof cell !== 'string' && cell !== undefined && cell !== null) {
        texts ??= {};
        texts[name] = this.#textOf(cell, column, row, at);
      }
    }
    return (texts === undefined ? row : { ...row, ...texts }) as TextRow;
  }

  #textOf(cell: unknown, { name, kind }: Column, row: Readonly<Record<string, unknown>>, at: number): string {
    const read = textOfCell(cell, kind, () => this.#currencyOf(row));
    if ('text' in read) return read.text;
    const place = { ...this.#place(at), column: name };
    const facts = { place, column: name, found: shownCell(cell) };
    if (read.fault === 'moment-not-day') this.faults.push({ code: read.fault, ...facts });
    else this.faults.push({ code: read.fault, ...facts, kind });
    return '';
  }

  #noteUnknown(column: string, at: number): void {
    if (this.#unknown.has(column)) return;
    this.#unknown.add(column);
    const columns = [...this.#columns.keys()];
    const nearest = findNearest(column, columns);
    this.faults.push({
      code: 'unknown-column',
      place: { ...this.#place(at), column },
      column,
      columns,
      nearest,
    });
  }

  #place(row: number) {
    return { kind: 'row', ledger: this.#name, row } as const;
  }
}
