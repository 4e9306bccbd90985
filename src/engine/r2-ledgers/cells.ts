/** Reads the cells of a row by their kind: ids, days, amounts, shares; a cell that does not fit its kind becomes a fault (R9.1). */

import { type Day, findDay, ISO } from '../../day.js';
import type { Column } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { decimalsOf, findDecimal, findPercent, findPlain, type Units, unitsOf } from '../../money.js';
import type { NewNames } from '../../names.js';
import type { Place } from '../../problems/place.js';
import type { Fault } from '../../problems/problem.js';
import { compare, ONE, type Ratio } from '../../ratio.js';
import { findQuarterName } from './calendar.js';
import type { Reading } from './reading.js';

type RowPlace = Extract<Place, { readonly kind: 'row' }>;

/** The cells of one row as they are written, for rules that look at several of them. */
export interface RowCells {
  readonly row: number;
  /** Trimmed; '' where the cell is blank. */
  text(column: string): string;
  place(column?: string): RowPlace;
}

/** What a cell is read as; undefined where it is blank or at fault. */
export type Value = string | Day | Units | Ratio | undefined;

/** The cells of a row by our column names; blank where they are '', `null` or absent. */
export type TextCells = Readonly<Record<string, string | null | undefined>>;

/** The columns that name a rep. */
const REP_COLUMNS: ReadonlySet<string> = new Set(['rep_id', 'manager_id', 'collector_id']);

/** One reader serves all rows of a ledger, moved from row to row. */
export class CellReader implements RowCells {
  row = 0;
  /** The most decimals that an amount was written with so far (R2.8). */
  decimals = 0;
  readonly #name: LedgerName;
  readonly #scale: number;
  readonly #newNames: NewNames;
  readonly #faults: Fault[];
  #cells: TextCells = {};

  constructor(name: LedgerName, { scale, newNames }: Pick<Reading, 'scale' | 'newNames'>, faults: Fault[]) {
    this.#name = name;
    this.#scale = scale;
    this.#newNames = newNames;
    this.#faults = faults;
  }

  moveTo(row: number, cells: TextCells): void {
    this.row = row;
    this.#cells = cells;
  }

  text(column: string): string {
    const cell = this.#cells[column];
    return cell === undefined || cell === null ? '' : cell.trim();
  }

  place(column?: string): RowPlace {
    const place = { kind: 'row', ledger: this.#name, row: this.row } as const;
    return column === undefined ? place : { ...place, column };
  }

  /** A blank cell is a fault where the column is needed and none is filled instead. */
  read({ name, kind, needed, unless, of }: Column): Value {
    const text = this.text(name);
    if (text !== '')
      return kind === 'choice' ? this.#choice(text, name, of ?? []) : this.#valueOf(kind, text, name);
    if (needed === true && (unless === undefined || this.text(unless) === '')) {
      this.#faults.push({ code: 'blank-cell', place: this.place(name), column: name });
    }
    return kind === 'id' ? text : undefined;
  }

  #valueOf(kind: Exclude<Column['kind'], 'choice'>, found: string, column: string): Value {
    switch (kind) {
      case 'id':
        return this.#newNames.size > 0 && this.#namesRep(column)
          ? (this.#newNames.get(found) ?? found)
          : found;
      case 'date':
        return this.#day(found, column);
      case 'amount':
        return this.#units(found, column);
      case 'share':
        return this.#share(found, column);
      case 'rate':
        return this.#rate(found, column);
      case 'quarter':
        return findQuarterName(found) === undefined && !isMonth(found)
          ? this.#dayInQuarter(found, column)
          : found;
      case 'quarter-name':
        return this.#quarterName(found, column);
      case 'month':
        return this.#month(found, column);
    }
  }

  /** The ledger of reps lists people by the ids that they have there. */
  #namesRep(column: string): boolean {
    return REP_COLUMNS.has(column) && !(this.#name === 'reps' && column === 'rep_id');
  }

  #day(found: string, column: string): Day | undefined {
    const day = findDay(found);
    if (day === undefined) {
      const place = this.place(column);
      this.#faults.push({ code: 'malformed-date', place, column, found, expected: ISO });
    }
    return day;
  }

  /** An amount with more decimals than the scale makes all amounts be read again, so what it is now is nothing. */
  #units(found: string, column: string): Units | undefined {
    const plain = findPlain(found);
    if (plain === undefined) {
      const place = this.place(column);
      this.#faults.push({ code: 'malformed-number', place, column, found, expected: '1234.56' });
      return undefined;
    }
    const decimals = decimalsOf(plain);
    if (decimals > this.decimals) this.decimals = decimals;
    return decimals > this.#scale ? 0n : unitsOf(plain, this.#scale);
  }

  #share(found: string, column: string): Ratio | undefined {
    const read = findPercent(found);
    const place = this.place(column);
    if (read === undefined) {
      this.#faults.push({ code: 'malformed-number', place, column, found, expected: '60% or 0.6' });
      return undefined;
    }
    if (read.value.n > 0n && compare(read.value, ONE) <= 0) return read.value;
    this.#faults.push({ code: 'share-out-of-range', place, column, found });
    return undefined;
  }

  #rate(found: string, column: string): Ratio | undefined {
    const read = findPlain(found) === undefined ? undefined : findDecimal(found);
    if (read !== undefined && read.n > 0n) return read;
    const place = this.place(column);
    if (read === undefined)
      this.#faults.push({ code: 'malformed-number', place, column, found, expected: '1.0925' });
    else this.#faults.push({ code: 'not-above-zero', place, column, found });
    return undefined;
  }

  /** One of a few words, in any case. */
  #choice(found: string, column: string, words: readonly string[]): string | undefined {
    const word = words.find((one) => one === found.toLowerCase());
    if (word !== undefined) return word;
    this.#faults.push({ code: 'unknown-choice', place: this.place(column), column, found, words });
    return undefined;
  }

  /** R2.9: the day that names a quarter. */
  #dayInQuarter(found: string, column: string): Day | undefined {
    const day = findDay(found);
    if (day === undefined) {
      const place = this.place(column);
      this.#faults.push({ code: 'malformed-quarter', place, column, found, expected: ISO });
    }
    return day;
  }

  #quarterName(found: string, column: string): string | undefined {
    if (findQuarterName(found) !== undefined) return found;
    const place = this.place(column);
    this.#faults.push({ code: 'malformed-quarter', place, column, found, expected: '' });
    return undefined;
  }

  #month(found: string, column: string): string | undefined {
    if (isMonth(found)) return found;
    this.#faults.push({ code: 'malformed-month', place: this.place(column), column, found });
    return undefined;
  }
}

/** Whether a text is a month, `2025-03`. */
function isMonth(text: string): boolean {
  return findDay(`${text}-01`) !== undefined;
}
