/** The rows of a book: those that it began with, where they are, and what was put and removed since. */

import type { Ledger, Ledgers, Rows } from '../engine/r2-ledgers/ledger.js';
import { grouped } from '../grouped.js';
import { LEDGER_NAMES, type LedgerName } from '../ledger-specs/ledgers.js';
import { ForkedMap } from './forked-map.js';
import { hasKey, keyColumnsOf, keyOf } from './keys.js';
import { type Cells, idIn, SHARED_LEDGERS, type TieRules, textIn, tiesOf } from './ties.js';

/** A row of a book, by a number: the place of its ledger, and its own place among all rows that the ledger has ever had. */
export type RowNumber = number;

const LEDGERS = LEDGER_NAMES.length;

export function ledgerOf(row: RowNumber): LedgerName {
  return LEDGER_NAMES[row % LEDGERS] as LedgerName;
}

function numberOf(ledger: LedgerName, place: number): RowNumber {
  return place * LEDGERS + LEDGER_NAMES.indexOf(ledger);
}

function placeOf(row: RowNumber): number {
  return Math.floor(row / LEDGERS);
}

/** What a put or a removal does to one row. */
export interface Edit {
  readonly row: RowNumber;
  /** Undefined where the row is new. */
  readonly before: Cells | undefined;
  /** Undefined where the row is removed. */
  readonly after: Cells | undefined;
}

/** Rows that can be read one by one, wherever they are. */
interface RowsByPlace {
  readonly length: number;
  at(place: number): Cells | undefined;
}

/** The rows that a book began with. Nothing in it changes, so forks share it. */
interface FirstRows {
  readonly ledgers: Ledgers;
  readonly rules: TieRules;
  readonly byPlace: ReadonlyMap<LedgerName, RowsByPlace>;
  readonly ties: ReadonlyMap<string, number>;
  /** The rows of tie `t` are `rows[starts[t]…starts[t + 1])`. */
  readonly starts: Uint32Array;
  readonly rows: Float64Array;
  /** By ledger, made on the first use: the rows by the first column of their key. */
  readonly byId: Map<LedgerName, ReadonlyMap<string, readonly RowNumber[]>>;
}

/** The rows of a book. */
export class BookRows {
  readonly #first: FirstRows;
  /** What rows have become: undefined where they are removed. */
  readonly #edits: ForkedMap<RowNumber, Cells | undefined>;
  /** The rows that were put, by their ties; a row that has left a tie may still be listed. */
  readonly #put: ForkedMap<string, readonly RowNumber[]>;
  /** How many rows each ledger has ever had. */
  readonly #lengths: Map<LedgerName, number>;
  /** The places of removed rows in order, by ledger; made when they are first asked for. */
  readonly #removed = new Map<LedgerName, readonly number[]>();

  private constructor(
    first: FirstRows,
    edits: ForkedMap<RowNumber, Cells | undefined>,
    put: ForkedMap<string, readonly RowNumber[]>,
    lengths: Map<LedgerName, number>,
  ) {
    this.#first = first;
    this.#edits = edits;
    this.#put = put;
    this.#lengths = lengths;
  }

  static of(ledgers: Ledgers, rules: TieRules): BookRows {
    const first = firstRowsOf(ledgers, rules);
    const lengths = new Map(Array.from(first.byPlace, ([name, { length }]) => [name, length]));
    return new BookRows(first, new ForkedMap(), new ForkedMap(), lengths);
  }

  get rules(): TieRules {
    return this.#first.rules;
  }

  /** Other rows that are the same for now. */
  fork(): BookRows {
    return new BookRows(this.#first, this.#edits.fork(), this.#put.fork(), new Map(this.#lengths));
  }

  isGiven(ledger: LedgerName): boolean {
    return this.#lengths.has(ledger);
  }

  isSnapshot(ledger: LedgerName): boolean {
    return this.#first.ledgers[ledger]?.snapshot === true;
  }

  /** The cells of a row; undefined where it is removed. */
  cellsOf(row: RowNumber): Cells | undefined {
    if (this.#edits.has(row)) return this.#edits.get(row);
    return this.#first.byPlace.get(ledgerOf(row))?.at(placeOf(row));
  }

  /** How many rows there have ever been. */
  get length(): number {
    let length = 0;
    for (const own of this.#lengths.values()) length += own;
    return length;
  }

  tiesOf(ledger: LedgerName, cells: Cells): readonly string[] {
    return tiesOf(this.rules, ledger, cells, this.keyOf(ledger, cells));
  }

  keyOf(ledger: LedgerName, cells: Cells): string {
    return keyOf(this.rules, ledger, cells, this.isSnapshot(ledger));
  }

  /** Goes through the rows of a tie, in no order. */
  *tiedBy(tie: string): Iterable<RowNumber> {
    const { ties, starts, rows } = this.#first;
    const number = ties.get(tie);
    if (number !== undefined) {
      const end = starts[number + 1] as number;
      for (let at = starts[number] as number; at < end; at += 1) {
        const row = rows[at] as number;
        if (!this.#edits.has(row)) yield row;
      }
    }
    for (const row of this.#put.get(tie) ?? []) {
      const cells = this.#edits.get(row);
      if (cells !== undefined && this.tiesOf(ledgerOf(row), cells).includes(tie)) yield row;
    }
  }

  /** All rows of a ledger in order. */
  *in(ledger: LedgerName): Iterable<RowNumber> {
    const length = this.#lengths.get(ledger) ?? 0;
    for (let place = 0; place < length; place += 1) {
      const row = numberOf(ledger, place);
      if (!this.#edits.has(row) || this.#edits.get(row) !== undefined) yield row;
    }
  }

  /** The row with the key of these cells; undefined where there is none. */
  find(ledger: LedgerName, cells: Cells): RowNumber | undefined {
    const key = this.keyOf(ledger, cells);
    const isOne = (row: RowNumber) => this.keyOf(ledger, this.cellsOf(row) ?? {}) === key;
    return this.#likely(ledger, cells).find(isOne);
  }

  /** The rows that have the cells of a key, which may be a part of one. */
  findAll(ledger: LedgerName, key: Cells): readonly RowNumber[] {
    return this.#likely(ledger, key).filter((row) =>
      hasKey(this.rules, ledger, this.cellsOf(row) ?? {}, key),
    );
  }

  /** Puts a row: in place of the one that has its key, or after all others. */
  put(ledger: LedgerName, cells: Cells): Edit {
    const known = this.find(ledger, cells);
    const place = this.#lengths.get(ledger) ?? 0;
    const row = known ?? numberOf(ledger, place);
    const edit = { row, before: known === undefined ? undefined : this.cellsOf(known), after: cells };
    if (known === undefined) this.#lengths.set(ledger, place + 1);
    this.#set(row, cells);
    return edit;
  }

  remove(row: RowNumber): Edit {
    const edit = { row, before: this.cellsOf(row), after: undefined };
    this.#set(row, undefined);
    return edit;
  }

  /** Takes back an edit, if nothing was edited after it. */
  undo({ row, before }: Edit): void {
    const ledger = ledgerOf(row);
    const first = this.#first.byPlace.get(ledger)?.at(placeOf(row));
    if (before !== undefined && before !== first) {
      this.#set(row, before);
      return;
    }
    if (before === undefined) this.#lengths.set(ledger, placeOf(row));
    this.#edits.delete(row);
    this.#removed.delete(ledger);
  }

  /** A ledger as the engine takes it: as it was given while nothing in it is edited. */
  ledger(name: LedgerName): Ledger<never> | undefined {
    const given = this.#first.ledgers[name] as Ledger<never> | undefined;
    if (!this.isGiven(name)) return undefined;
    if (given !== undefined && !this.#isEdited(name)) return given;
    return {
      rows: new EditedRows(this, name) as unknown as Rows<never>,
      ...(this.isSnapshot(name) ? { snapshot: true } : {}),
    };
  }

  /** All ledgers as the engine takes them. */
  ledgers(): Ledgers {
    const given = LEDGER_NAMES.filter((name) => this.isGiven(name));
    return Object.fromEntries(given.map((name) => [name, this.ledger(name)])) as unknown as Ledgers;
  }

  /** The place of a row in its ledger, counted from 0. */
  positionOf(row: RowNumber): number {
    const ledger = ledgerOf(row);
    const removed = this.#removedIn(ledger);
    const place = placeOf(row);
    let [low, high] = [0, removed.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((removed[middle] as number) < place) low = middle + 1;
      else high = middle;
    }
    return place - low;
  }

  /** The row at a place of its ledger, as long as nothing was removed. */
  static numberOf(ledger: LedgerName, place: number): RowNumber {
    return numberOf(ledger, place);
  }

  /** How many rows a ledger has. */
  lengthOf(ledger: LedgerName): number {
    return (this.#lengths.get(ledger) ?? 0) - this.#removedIn(ledger).length;
  }

  #set(row: RowNumber, cells: Cells | undefined): void {
    const ledger = ledgerOf(row);
    this.#edits.set(row, cells);
    this.#removed.delete(ledger);
    if (cells === undefined || SHARED_LEDGERS.includes(ledger)) return;
    for (const tie of this.tiesOf(ledger, cells)) {
      const known = this.#put.get(tie) ?? [];
      if (!known.includes(row)) this.#put.set(tie, [...known, row]);
    }
  }

  #isEdited(name: LedgerName): boolean {
    for (const row of this.#edits.keys()) if (ledgerOf(row) === name) return true;
    return false;
  }

  #removedIn(ledger: LedgerName): readonly number[] {
    const known = this.#removed.get(ledger);
    if (known !== undefined) return known;
    const removed: number[] = [];
    for (const [row, cells] of this.#edits)
      if (cells === undefined && ledgerOf(row) === ledger) removed.push(placeOf(row));
    removed.sort((a, b) => a - b);
    this.#removed.set(ledger, removed);
    return removed;
  }

  /** The rows among which the one of a key is, if it is there. */
  #likely(ledger: LedgerName, key: Cells): readonly RowNumber[] {
    if (SHARED_LEDGERS.includes(ledger)) return [...this.in(ledger)];
    const tie = keyTie(this.rules, ledger, key);
    if (tie !== undefined) return [...this.tiedBy(tie)].filter((row) => ledgerOf(row) === ledger);
    const [column = ''] = keyColumnsOf(ledger);
    const id = textIn(key, column);
    const first = (this.#byId(ledger, column).get(id) ?? []).filter((row) => !this.#edits.has(row));
    const edited: RowNumber[] = [];
    for (const [row, cells] of this.#edits)
      if (ledgerOf(row) === ledger && cells !== undefined) edited.push(row);
    return [...first, ...edited];
  }

  #byId(ledger: LedgerName, column: string): ReadonlyMap<string, readonly RowNumber[]> {
    const known = this.#first.byId.get(ledger);
    if (known !== undefined) return known;
    const byId = new Map<string, RowNumber[]>();
    const rows = this.#first.byPlace.get(ledger);
    for (let place = 0; place < (rows?.length ?? 0); place += 1) {
      const id = textIn(rows?.at(place) ?? {}, column);
      const own = byId.get(id);
      if (own === undefined) byId.set(id, [numberOf(ledger, place)]);
      else own.push(numberOf(ledger, place));
    }
    this.#first.byId.set(ledger, byId);
    return byId;
  }
}

/** The tie that all rows of a key have; undefined where the key does not say it. */
function keyTie(rules: TieRules, ledger: LedgerName, key: Cells): string | undefined {
  const [invoice, rep] = [textIn(key, 'invoice_id'), idIn(rules, key, 'rep_id')];
  const columns = keyColumnsOf(ledger);
  if (columns.includes('invoice_id')) return invoice === '' ? undefined : `i ${invoice}`;
  return columns.includes('rep_id') && rep !== '' ? `r ${rep}` : undefined;
}

/** The rows of a ledger in which something was edited. */
class EditedRows implements Rows<Cells> {
  readonly #rows: BookRows;
  readonly #ledger: LedgerName;

  constructor(rows: BookRows, ledger: LedgerName) {
    this.#rows = rows;
    this.#ledger = ledger;
  }

  get length(): number {
    return this.#rows.lengthOf(this.#ledger);
  }

  forEach(visit: (row: Cells, index: number) => void): void {
    let index = 0;
    for (const row of this.#rows.in(this.#ledger)) {
      visit(this.#rows.cellsOf(row) ?? {}, index);
      index += 1;
    }
  }
}

function firstRowsOf(ledgers: Ledgers, rules: TieRules): FirstRows {
  const byPlace = new Map<LedgerName, RowsByPlace>();
  const own: Partial<Record<LedgerName, unknown>> = {};
  const ties = new Map<string, number>();
  const [tieOf, rowOf]: [number[], RowNumber[]] = [[], []];
  for (const name of LEDGER_NAMES) {
    const ledger = ledgers[name] as Ledger<Cells> | undefined;
    if (ledger === undefined) continue;
    const rows = rowsByPlace(ledger.rows);
    own[name] = { ...ledger, rows };
    byPlace.set(name, rows);
    if (SHARED_LEDGERS.includes(name)) continue;
    for (let place = 0; place < rows.length; place += 1) {
      const cells = rows.at(place) as Cells;
      const row = numberOf(name, place);
      for (const tie of tiesOf(rules, name, cells, keyOf(rules, name, cells, ledger.snapshot === true))) {
        let number = ties.get(tie);
        if (number === undefined) {
          number = ties.size;
          ties.set(tie, number);
        }
        tieOf.push(number);
        rowOf.push(row);
      }
    }
  }
  const { starts, places } = grouped(tieOf, tieOf.length, ties.size);
  const rows = new Float64Array(rowOf.length);
  for (let at = 0; at < rowOf.length; at += 1) rows[places[at] as number] = rowOf[at] as number;
  return { ledgers: own as unknown as Ledgers, rules, byPlace, ties, starts, rows, byId: new Map() };
}

/** An array is copied: what its owner does with it later is no edit. */
function rowsByPlace(rows: Rows<Cells>): RowsByPlace {
  if (!Array.isArray(rows) && 'at' in rows && typeof rows.at === 'function')
    return rows as Rows<Cells> & RowsByPlace;
  const all: Cells[] = [];
  rows.forEach((row) => {
    all.push(row);
  });
  return all;
}
