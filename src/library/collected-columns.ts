/** Rows that come one by one, held as columns: a million of them are no million objects. */
import { type Day, findDay, isoOf } from '../day.js';
import type { Rows } from '../engine/r2-ledgers/ledger.js';
import { type LedgerTable, NO_DAY } from '../engine/r2-ledgers/ledger-table.js';
import { type Column, LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { decimalsOf, findPlain, formatUnits } from '../money.js';
import { Texts, writeText } from '../texts.js';
import type { TextRow } from './given-rows.js';
import { GrowingBytes } from './growing-bytes.js';

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
  texts = new Texts(0);
  #bytes: GrowingBytes | undefined;
  #starts: GrowingBytes | undefined;
  #end = 0;
  #length = 0;

  add(text: string, place: number): void {
    if (text === '' && !this.isFilled) return;
    this.isFilled = true;
    const starts = this.#starts ?? new GrowingBytes();
    const bytes = this.#bytes ?? new GrowingBytes();
    this.#starts = starts;
    this.#bytes = bytes;
    starts.reserve((place + 2) * 4);
    bytes.reserve(this.#end + text.length * 3);
    // The blank cells before the first one that is not all start at 0, as new bytes are.
    this.#end = writeText(text, bytes.bytes, this.#end);
    this.#length = place + 1;
    starts.view.setUint32(this.#length * 4, this.#end, IS_LITTLE);
  }

  /** Ends with the rows. */
  end(length: number): void {
    if (this.#bytes === undefined || this.#starts === undefined) return;
    this.#starts.reserve((length + 1) * 4);
    for (let at = this.#length + 1; at <= length; at += 1)
      this.#starts.view.setUint32(at * 4, this.#end, IS_LITTLE);
    const bytes = new Uint8Array(this.#bytes.take(this.#end));
    const starts = new Uint32Array(this.#starts.take((length + 1) * 4));
    [this.#bytes, this.#starts] = [undefined, undefined];
    this.texts = Texts.from(bytes, starts, length);
  }

  textAt(place: number): string {
    return this.texts.at(place);
  }
}

/** Columns are read as the machine orders bytes. */
const IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

class DateColumn {
  readonly kind = 'date';
  isFilled = false;
  days = new Int32Array(0);
  #bytes: GrowingBytes | undefined;
  #length = 0;

  add(text: string, place: number): typeof ODD | undefined {
    if (text === '') return undefined;
    this.isFilled = true;
    const day = findDay(text);
    if (day === undefined) return ODD;
    this.#set(place, day);
    return undefined;
  }

  #set(place: number, day: number): void {
    this.#fill(place);
    this.#bytes?.view.setInt32(place * 4, day, IS_LITTLE);
    this.#length = place + 1;
  }

  /** The rows before a place have no day that was not set. */
  #fill(place: number): void {
    this.#bytes ??= new GrowingBytes();
    this.#bytes.reserve((place + 1) * 4);
    for (let at = this.#length; at < place; at += 1) this.#bytes.view.setInt32(at * 4, NO_DAY, IS_LITTLE);
    this.#length = Math.max(this.#length, place);
  }

  end(length: number): void {
    this.#fill(length);
    this.days = new Int32Array((this.#bytes as GrowingBytes).take(length * 4));
    this.#bytes = undefined;
  }

  textAt(place: number): string {
    const day = this.days[place] as number;
    return day === NO_DAY ? '' : isoOf(day as Day);
  }
}

const [MINUS, ZERO] = [45, 48];

/** The digits of a plain decimal as a whole number, which is exact as long as it is safe. */
function digitsOf(plain: string): number {
  let digits = 0;
  for (let at = 0; at < plain.length; at += 1) {
    const digit = plain.charCodeAt(at) - ZERO;
    if (digit >= 0) digits = digits * 10 + digit;
  }
  return plain.charCodeAt(0) === MINUS ? -digits : digits;
}

class AmountColumn {
  readonly kind = 'amount';
  isFilled = false;
  /** Amounts are whole multiples of 10^-scale; `NaN` where the cell is blank. */
  units = new Float64Array(0);
  scale = 0;
  #bytes: GrowingBytes | undefined;
  #length = 0;
  #largest = 0;

  add(text: string, place: number): typeof ODD | undefined {
    if (text === '') return undefined;
    this.isFilled = true;
    const plain = findPlain(text);
    if (plain === undefined) return ODD;
    const decimals = decimalsOf(plain);
    if (decimals > this.scale && !this.raise(decimals)) return ODD;
    const units = digitsOf(plain) * 10 ** (this.scale - decimals);
    if (!Number.isSafeInteger(units)) return ODD;
    this.#fill(place);
    this.#bytes?.view.setFloat64(place * 8, units, IS_LITTLE);
    this.#length = place + 1;
    this.#largest = Math.max(this.#largest, Math.abs(units));
    return undefined;
  }

  /** The rows before a place have no amount that was not set. */
  #fill(place: number): void {
    this.#bytes ??= new GrowingBytes();
    this.#bytes.reserve((place + 1) * 8);
    for (let at = this.#length; at < place; at += 1)
      this.#bytes.view.setFloat64(at * 8, Number.NaN, IS_LITTLE);
    this.#length = Math.max(this.#length, place);
  }

  /** Makes all amounts multiples of 10^-scale; false, and nothing done, where one is then too large. */
  raise(scale: number): boolean {
    if (scale === this.scale) return true;
    const factor = 10 ** (scale - this.scale);
    if (!Number.isSafeInteger(this.#largest * factor)) return false;
    const view = this.#bytes?.view;
    for (let at = 0; view !== undefined && at < this.#length; at += 1)
      view.setFloat64(at * 8, view.getFloat64(at * 8, IS_LITTLE) * factor, IS_LITTLE);
    for (let at = 0; at < this.units.length; at += 1) this.units[at] = (this.units[at] as number) * factor;
    this.#largest *= factor;
    this.scale = scale;
    return true;
  }

  end(length: number): void {
    this.#fill(length);
    this.units = new Float64Array((this.#bytes as GrowingBytes).take(length * 8));
    this.#bytes = undefined;
  }

  textAt(place: number): string {
    const units = this.units[place] as number;
    return Number.isNaN(units) ? '' : formatUnits(BigInt(units), this.scale, this.scale);
  }
}
