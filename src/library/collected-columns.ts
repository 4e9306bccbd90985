/** Rows that come one by one, held as columns: a million of them are no million objects. */
import { findDay, isoOf } from '../day.js';
import type { Rows } from '../engine/r2-ledgers/ledger.js';
import { type LedgerTable, NO_DAY } from '../engine/r2-ledgers/ledger-table.js';
import { type Column, LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { decimalsOf, findPlain, formatUnits } from '../money.js';
import { Texts } from '../texts.js';
import type { TextRow } from './given-rows.js';

/** Room for so many rows at first. */
const FIRST_ROOM = 1024;

/** A row that columns cannot hold as it is. */
const ODD = Symbol('odd');

/** Gathers rows of one ledger. */
export class RowGatherer {
  readonly #columns: ReadonlyMap<string, AnyColumn>;
  /** The rows with a cell that is not what its column holds, as they are. */
  readonly #odd = new Map<number, TextRow>();
  #length = 0;

  constructor(name: LedgerName) {
    this.#columns = new Map(LEDGER_COLUMNS[name].columns.map((column) => [column.name, columnFor(column)]));
  }

  add(row: TextRow): void {
    let isOdd = false;
    for (const [name, column] of this.#columns) {
      const text = row[name]?.trim() ?? '';
      if (column.add(text, this.#length) === ODD) isOdd = true;
    }
    if (isOdd) this.#odd.set(this.#length, { ...row });
    this.#length += 1;
  }

  /** The rows, and the table of them where none is odd. */
  gathered(): { readonly rows: CollectedRows; readonly table?: LedgerTable } {
    const length = this.#length;
    const filled = [...this.#columns].filter(([, column]) => column.isFilled);
    for (const [, column] of filled) column.end(length);
    const of = <Kind extends AnyColumn['kind']>(kind: Kind) =>
      filled.flatMap(([name, column]) =>
        column.kind === kind ? [[name, column as Extract<AnyColumn, { kind: Kind }>] as const] : [],
      );
    const amounts = of('amount');
    const scale = Math.max(0, ...amounts.map(([, column]) => column.scale));
    const areEven = amounts.every(([, column]) => column.raise(scale));
    const table: LedgerTable = {
      length,
      scale,
      texts: Object.fromEntries(of('text').map(([name, column]) => [name, column.texts])),
      days: Object.fromEntries(of('date').map(([name, column]) => [name, column.days])),
      amounts: Object.fromEntries(amounts.map(([name, column]) => [name, column.units])),
    };
    const rows = new CollectedRows(filled, length, this.#odd);
    return this.#odd.size === 0 && areEven ? { rows, table } : { rows };
  }
}

/** Rows that are made of columns when they are read. */
export class CollectedRows implements Rows<TextRow> {
  readonly length: number;
  readonly #columns: readonly (readonly [string, AnyColumn])[];
  readonly #odd: ReadonlyMap<number, TextRow>;

  constructor(
    columns: readonly (readonly [string, AnyColumn])[],
    length: number,
    odd: ReadonlyMap<number, TextRow>,
  ) {
    this.#columns = columns;
    this.length = length;
    this.#odd = odd;
  }

  at(place: number): TextRow | undefined {
    if (place < 0 || place >= this.length) return undefined;
    const odd = this.#odd.get(place);
    if (odd !== undefined) return odd;
    const row: Record<string, string> = {};
    for (const [name, column] of this.#columns) row[name] = column.textAt(place);
    return row;
  }

  forEach(visit: (row: TextRow, index: number) => void): void {
    for (let place = 0; place < this.length; place += 1) visit(this.at(place) as TextRow, place);
  }
}

type AnyColumn = TextColumn | DateColumn | AmountColumn;

function columnFor({ kind }: Column): AnyColumn {
  if (kind === 'date') return new DateColumn();
  return kind === 'amount' ? new AmountColumn() : new TextColumn();
}

/** Ids, and whatever else is text. Blank until the first cell that is not. */
class TextColumn {
  readonly kind = 'text';
  isFilled = false;
  texts = new Texts(FIRST_ROOM);

  add(text: string, place: number): void {
    if (text === '' && !this.isFilled) return;
    if (!this.isFilled) this.end(place);
    this.isFilled = true;
    this.texts.add(text);
  }

  /** Fills up to a length, and gives back the room that is left. */
  end(length: number): void {
    while (this.texts.length < length) this.texts.add('');
    const { bytes, starts } = this.texts;
    if (!this.isFilled) return;
    this.texts = Texts.from(bytes.slice(0, starts[length]), starts.slice(0, length + 1), length);
  }

  textAt(place: number): string {
    return this.texts.at(place);
  }
}

class DateColumn {
  readonly kind = 'date';
  isFilled = false;
  days = new Int32Array(FIRST_ROOM).fill(NO_DAY);

  add(text: string, place: number): typeof ODD | undefined {
    if (place >= this.days.length) {
      const longer = new Int32Array(this.days.length * 2).fill(NO_DAY);
      longer.set(this.days);
      this.days = longer;
    }
    if (text === '') return undefined;
    this.isFilled = true;
    const day = findDay(text);
    if (day === undefined) return ODD;
    this.days[place] = day;
    return undefined;
  }

  end(length: number): void {
    this.days = this.days.slice(0, length);
  }

  textAt(place: number): string {
    const day = this.days[place] as number;
    return day === NO_DAY ? '' : isoOf(day as Parameters<typeof isoOf>[0]);
  }
}

class AmountColumn {
  readonly kind = 'amount';
  isFilled = false;
  /** Amounts are whole multiples of 10^-scale; `NaN` where the cell is blank. */
  units = new Float64Array(FIRST_ROOM).fill(Number.NaN);
  scale = 0;

  add(text: string, place: number): typeof ODD | undefined {
    if (place >= this.units.length) {
      const longer = new Float64Array(this.units.length * 2).fill(Number.NaN);
      longer.set(this.units);
      this.units = longer;
    }
    if (text === '') return undefined;
    this.isFilled = true;
    const plain = findPlain(text);
    if (plain === undefined) return ODD;
    const decimals = decimalsOf(plain);
    if (decimals > this.scale && !this.raise(decimals)) return ODD;
    const units = Number(plain.replace('.', '')) * 10 ** (this.scale - decimals);
    if (!Number.isSafeInteger(units)) return ODD;
    this.units[place] = units;
    return undefined;
  }

  /** Makes all amounts multiples of 10^-scale; false, and nothing done, where one is then too large. */
  raise(scale: number): boolean {
    if (scale === this.scale) return true;
    const factor = 10 ** (scale - this.scale);
    const largest = this.units.reduce(
      (most, units) => (Number.isNaN(units) ? most : Math.max(most, Math.abs(units))),
      0,
    );
    if (!Number.isSafeInteger(largest * factor)) return false;
    for (let at = 0; at < this.units.length; at += 1) this.units[at] = (this.units[at] as number) * factor;
    this.scale = scale;
    return true;
  }

  end(length: number): void {
    this.units = this.units.slice(0, length);
  }

  textAt(place: number): string {
    const units = this.units[place] as number;
    return Number.isNaN(units) ? '' : formatUnits(BigInt(units), this.scale, this.scale);
  }
}
