/** Reads the cells of one ledger: ids, days, amounts, shares; a cell that is none becomes a fault (R9.1). */
import { type Day, findDay, ISO } from '../../day.js';
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { decimalsOf, findPercent, findPlain, type Units, unitsOf } from '../../money.js';
import type { Place } from '../../problems/place.js';
import type { Fault } from '../../problems/problem.js';
import { compare, ONE, type Ratio } from '../../ratio.js';
import { nothing, type RowTotal, type UndatedPayment } from './books.js';
import { findQuarterName } from './calendar.js';
import type { Columns } from './in-columns.js';
import type { Ledger, RowSums } from './ledger.js';

type Cells = Readonly<Record<string, string | undefined>>;

/** The cells of one row. Every reader gives undefined where the cell is blank or at fault. */
export interface RowReader {
  readonly row: number;
  text(column: string): string;
  needed(column: string): string;
  day(column: string): Day | undefined;
  units(column: string): Units | undefined;
  /** What the customer owes: the total, which is the amount unless it is said (R2.2). */
  owed(amount: Units | undefined): Units | undefined;
  share(column: string): Ratio | undefined;
  quarterName(column: string): string | undefined;
  /** A quarter's name, or the day that stands for it (R2.9). */
  quarter(column: string): string | Day | undefined;
  month(column: string): string | undefined;
  place(column?: string): Place;
}

/** The columns besides ids in which a blank cell is a fault. */
const NEEDED: Readonly<Record<LedgerName, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries(LEDGER_COLUMNS).map(([ledger, { columns }]) => [
    ledger,
    new Set(columns.filter((column) => column.needed && column.kind !== 'id').map((column) => column.name)),
  ]),
) as unknown as Record<LedgerName, ReadonlySet<string>>;

/** What one intake shares between its ledgers. */
export interface Desk {
  /** Amounts are whole multiples of 10^-scale. */
  readonly scale: number;
  /** The currency's decimals. */
  readonly digits: number;
  /** The most decimals that an amount was written with so far (R2.8); beyond the scale, all is read again. */
  decimals: number;
  /** Every fault found so far. */
  readonly faults: Fault[];
  /** Payments of a snapshot that have no date. */
  readonly undated: UndatedPayment[];
  /** The rows as they were read, by ledger, whatever becomes of them. */
  readonly read: Map<LedgerName, RowTotal>;
  /** What a mapping left out, by ledger. */
  /** Whether the workspace begins in the middle of a company's life: invoices may say what their reps earn then (R11). */
  readonly hasOpenings: boolean;
  readonly leftOut: Map<LedgerName, RowTotal>;
  /** What the large ledgers are put in columns with. */
  readonly columns: Columns;
}

/** The most decimals of the sums that a mapping took. */
export function decimalsOfSums({ source }: Ledger<unknown>): number {
  const { leftOut, sums } = source ?? {};
  const summed = [leftOut?.amount, leftOut?.total, sums?.amount, sums?.total];
  return Math.max(0, ...summed.map((sum) => (sum === undefined ? 0 : decimalsOf(sum))));
}

/**
 * Calls `read` for each row, in the order given, and keeps what it makes of the rows that have no fault.
 *
 * @param read - gives undefined for a row that is no entry
 */
export function readRows<Entry>(
  name: LedgerName,
  ledger: Ledger<unknown>,
  desk: Desk,
  read: (cells: RowReader) => Entry | undefined,
): Entry[] {
  const entries: Entry[] = [];
  const reader = new Reader(name, desk);
  ledger.rows.forEach((cells, row) => {
    const known = desk.faults.length;
    reader.moveTo(row, cells as Cells);
    const entry = read(reader);
    if (entry !== undefined && desk.faults.length === known) entries.push(entry);
  });
  takeTotals(name, ledger, { amount: reader.amountRead, total: reader.totalRead }, desk);
  return entries;
}

/** What was read and what a mapping left out; sums that the mapping took itself are the better check. */
export function takeTotals(
  name: LedgerName,
  { rows, source }: Ledger<unknown>,
  read: Omit<RowTotal, 'rows'>,
  desk: Desk,
): void {
  const inUnits = (sums: RowSums) => ({
    amount: unitsOf(sums.amount, desk.scale),
    total: unitsOf(sums.total, desk.scale),
  });
  const leftOut: RowTotal =
    source === undefined ? nothing() : { rows: source.leftOut.rows, ...inUnits(source.leftOut) };
  const sums =
    source?.sums === undefined
      ? { amount: read.amount + leftOut.amount, total: read.total + leftOut.total }
      : inUnits(source.sums);
  desk.read.set(name, { rows: source?.rows ?? rows.length, ...sums });
  desk.leftOut.set(name, leftOut);
}

/** One reader serves all rows of a ledger, moved from row to row. */
class Reader implements RowReader {
  row = 0;
  /** The sums of the amounts and totals read so far, in units. */
  amountRead = 0n;
  totalRead = 0n;
  readonly #name: LedgerName;
  readonly #desk: Desk;
  readonly #faults: Fault[];
  #cells: Cells = {};

  constructor(name: LedgerName, desk: Desk) {
    this.#name = name;
    this.#desk = desk;
    this.#faults = desk.faults;
  }

  moveTo(row: number, cells: Cells): void {
    this.row = row;
    this.#cells = cells;
  }

  text(column: string): string {
    const cell = this.#cells[column];
    return cell === undefined ? '' : String(cell).trim();
  }

  needed(column: string): string {
    const text = this.text(column);
    if (text === '') this.#faults.push({ code: 'blank-cell', place: this.place(column), column });
    return text;
  }

  day(column: string): Day | undefined {
    const found = this.#filled(column);
    if (found === undefined) return undefined;
    const day = findDay(found);
    if (day === undefined) {
      const place = this.place(column);
      this.#faults.push({ code: 'malformed-date', place, column, found, expected: ISO });
    }
    return day;
  }

  units(column: string): Units | undefined {
    const found = this.#filled(column);
    if (found === undefined) return undefined;
    const plain = findPlain(found);
    if (plain !== undefined) {
      const units = this.#unitsOf(plain);
      if (column === LEDGER_COLUMNS[this.#name].amount) this.amountRead += units;
      return units;
    }
    const place = this.place(column);
    this.#faults.push({ code: 'malformed-number', place, column, found, expected: '1234.56' });
    return undefined;
  }

  owed(amount: Units | undefined): Units | undefined {
    const total = this.units('total') ?? amount;
    this.totalRead += total ?? 0n;
    return total;
  }

  share(column: string): Ratio | undefined {
    const found = this.#filled(column);
    if (found === undefined) return undefined;
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

  quarterName(column: string): string | undefined {
    const found = this.#filled(column);
    if (found === undefined || findQuarterName(found) !== undefined) return found;
    const place = this.place(column);
    this.#faults.push({ code: 'malformed-quarter', place, column, found, expected: '' });
    return undefined;
  }

  quarter(column: string): string | Day | undefined {
    const found = this.#filled(column);
    if (found === undefined || findQuarterName(found) !== undefined) return found;
    const day = findDay(found);
    if (day === undefined) {
      const place = this.place(column);
      this.#faults.push({ code: 'malformed-quarter', place, column, found, expected: ISO });
    }
    return day;
  }

  month(column: string): string | undefined {
    const found = this.#filled(column);
    if (found === undefined || findDay(`${found}-01`) !== undefined) return found;
    this.#faults.push({ code: 'malformed-month', place: this.place(column), column, found });
    return undefined;
  }

  place(column?: string): Place {
    const place = { kind: 'row', ledger: this.#name, row: this.row } as const;
    return column === undefined ? place : { ...place, column };
  }

  /** An amount with more decimals than the scale makes all amounts be read again, so what it is now is nothing. */
  #unitsOf(plain: string): Units {
    const decimals = decimalsOf(plain);
    const { scale } = this.#desk;
    if (decimals > this.#desk.decimals) this.#desk.decimals = decimals;
    return decimals > scale ? 0n : unitsOf(plain, scale);
  }

  /** The cell's text; undefined where it is blank, which is a fault where the column is needed. */
  #filled(column: string): string | undefined {
    const text = this.text(column);
    if (text !== '') return text;
    if (NEEDED[this.#name].has(column)) {
      this.#faults.push({ code: 'blank-cell', place: this.place(column), column });
    }
    return undefined;
  }
}
