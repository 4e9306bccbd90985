/**
 * The fastest way through CSV text: from its bytes to a ledger in columns, without a string or an object for a row.
 * Whatever is odd in the least is left to the plain way (read.ts), which reads the same rows or says what is wrong.
 */
import { firstOfMonth } from '../day.js';
import { type LedgerTable, NO_DAY } from '../engine/r2-ledgers/ledger-table.js';
import type { ColumnKind } from '../ledger-specs/spec.js';
import { unreachable } from '../problems/problem.js';
import { Texts } from '../texts.js';
import { LONGEST_RECORD } from './read.js';

/** How the rows of a file are written. */
export interface RowFormat {
  /** One ASCII character. */
  readonly delimiter: string;
  /** How many cells a row must have: those of the header. */
  readonly cells: number;
  /** The columns to read; several may be made of one cell. */
  readonly columns: readonly TableColumn[];
}

/** One of our columns, and the place of its cell in a row, counted from 0. */
export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly at: number;
}

const [TAB, LF, CR, SPACE, QUOTE, MINUS, POINT, ZERO] = [9, 10, 13, 32, 34, 45, 46, 48];
/** The first bytes of characters of two, three and four bytes; Texts hold those of four in another way. */
const [FIRST_NOT_ASCII, FIRST_OF_THREE, FIRST_OF_FOUR] = [0x80, 0xe0, 0xf0];

/** Amounts of more than 15 digits, or of more decimals, are for the plain way. */
const [TOO_MANY_DIGITS, MOST_DECIMALS] = [1e15, 8];
const POWERS: readonly number[] = Array.from({ length: MOST_DECIMALS + 1 }, (_, exponent) => 10 ** exponent);

const [FIRST_YEAR, LAST_YEAR] = [1900, 2199];
/** The first day of every month of those years, and of the next January. */
const MONTHS = Int32Array.from({ length: (LAST_YEAR - FIRST_YEAR + 1) * 12 + 1 }, (_, month) =>
  firstOfMonth(FIRST_YEAR + Math.floor(month / 12), (month % 12) + 1),
);

/** This many bytes are enough to estimate how many rows there are. */
const SAMPLE = 64 * 1024;

/**
 * Reads the rows of CSV text into columns.
 *
 * @param text - UTF-8
 * @param from - the place of the byte behind the header's line
 * @returns undefined where a row has anything odd: quotes inside a cell, a cell too many, a date that is none
 */
export function scanTable(text: Uint8Array, from: number, format: RowFormat): LedgerTable | undefined {
  const lines = new Uint8Array(text.length + 1 - from);
  lines.set(text.subarray(from));
  // The last line of some files does not end with a line break.
  const isEnded = lines.length === 1 || text.at(-1) === LF;
  if (!isEnded) lines[lines.length - 1] = LF;
  const end = isEnded ? lines.length - 1 : lines.length;
  const scan = new TableScan(format, aboutRows(lines, lines.length, format));
  return scan.takeLines(lines, 0, end) ? scan.findTable() : undefined;
}

/** About how many rows this many bytes have, by the delimiters of the first of them: blank lines take no room. */
export function aboutRows(top: Uint8Array, size: number, { delimiter, cells }: RowFormat): number {
  const sample = top.subarray(0, SAMPLE);
  const sign = delimiter.charCodeAt(0);
  let delimiters = 1;
  for (const byte of sample) if (byte === sign) delimiters += 1;
  const rows = delimiters / Math.max(cells - 1, 1);
  return Math.ceil((size / Math.max(sample.length, 1)) * rows * 1.02) + 16;
}

/** Takes the cells of one column, row by row. */
interface TableCells {
  /**
   * Takes the cell that begins at this place.
   *
   * @param isStop - 1 for the bytes at which it ends
   * @returns the place of its end; {@link ODD} where it is odd
   */
  take(bytes: Uint8Array, from: number, isStop: Uint8Array): number;
}

const ODD = -1;

/** Where a cell in quotes ends, or is odd. */
const ENDS_QUOTED = stopsAt(QUOTE, LF, CR);

function stopsAt(...stops: readonly number[]): Uint8Array {
  const isStop = new Uint8Array(256);
  for (const byte of stops) isStop[byte] = 1;
  return isStop;
}

/** Reads rows into columns, stretch by stretch. */
export class TableScan {
  readonly #texts: Record<string, TextCells> = {};
  readonly #days: Record<string, DayCells> = {};
  readonly #amounts: Record<string, AmountCells> = {};
  readonly #delimiter: number;
  readonly #cells: number;
  /** What takes the cells at each of the places, which rise. */
  readonly #takers: readonly TableCells[];
  readonly #places: Int32Array;
  /** Where a cell without quotes ends, or is odd. */
  readonly #isStop: Uint8Array;
  #rows = 0;
  #blankLines = 0;

  /** @param rows - about how many there are */
  constructor({ delimiter, cells, columns }: RowFormat, rows: number) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#cells = cells;
    this.#isStop = stopsAt(this.#delimiter, LF, CR, QUOTE);
    const inOrder = columns.toSorted((a, b) => a.at - b.at);
    // None has the place behind the last.
    this.#places = Int32Array.from([...inOrder.map(({ at }) => at), -1]);
    this.#takers = inOrder.map((column) => this.#cellsOf(column, rows));
  }

  /** Takes lines that all end with a line break, from a plain array; false where one of them is odd. */
  takeLines(bytes: Uint8Array, from: number, to: number): boolean {
    const isStop = this.#isStop;
    const delimiter = this.#delimiter;
    const last = this.#cells - 1;
    const takers = this.#takers;
    const places = this.#places;
    for (let at = from; at < to; ) {
      const first = bytes[at] as number;
      if (first <= SPACE || first >= FIRST_NOT_ASCII || isStop[first] === 1) {
        const next = this.#endOfBlank(bytes, at);
        if (next > at) {
          at = next;
          this.#blankLines += 1;
          continue;
        }
        if (!this.#isFilled(bytes, at)) return false;
      }
      const start = at;
      let taker = 0;
      for (let cell = 0; ; cell += 1) {
        const isQuoted = bytes[at] === QUOTE;
        const ends = isQuoted ? ENDS_QUOTED : isStop;
        const from = isQuoted ? at + 1 : at;
        if (places[taker] === cell) {
          // Several columns may be made of the cell.
          for (; places[taker] === cell; taker += 1) {
            at = (takers[taker] as TableCells).take(bytes, from, ends);
            if (at === ODD) return false;
          }
        } else {
          at = from;
          while (ends[bytes[at] as number] === 0) at += 1;
        }
        if (isQuoted) {
          if (bytes[at] !== QUOTE) return false;
          at += 1;
        }
        if (cell === last) break;
        if (bytes[at] !== delimiter) return false;
        at += 1;
      }
      if (bytes[at] === CR) at += 1;
      if (bytes[at] !== LF) return false;
      at += 1;
      if (at - start > LONGEST_RECORD / 2) return false;
      this.#rows += 1;
    }
    return true;
  }

  /** How many lines were no row. */
  get blankLines(): number {
    return this.#blankLines;
  }

  /** What was read; undefined where the amounts together are odd. */
  findTable(): LedgerTable | undefined {
    const amounts = Object.entries(this.#amounts);
    const scale = Math.max(0, ...amounts.map(([, cells]) => cells.scale));
    if (!amounts.every(([, cells]) => cells.raise(scale))) return undefined;
    return {
      length: this.#rows,
      scale,
      texts: mapped(this.#texts, ({ texts }) => texts),
      days: mapped(this.#days, ({ days }) => days),
      amounts: mapped(this.#amounts, (cells) => cells.amounts),
    };
  }

  #cellsOf({ name, kind }: TableColumn, rows: number): TableCells {
    switch (kind) {
      case 'date': {
        const cells = new DayCells(rows);
        this.#days[name] = cells;
        return cells;
      }
      case 'amount': {
        const cells = new AmountCells(rows);
        this.#amounts[name] = cells;
        return cells;
      }
      // Read as text; their readers make more of them.
      case 'id':
      case 'share':
      case 'rate':
      case 'quarter':
      case 'quarter-name':
      case 'month':
      case 'choice': {
        const cells = new TextCells(rows);
        this.#texts[name] = cells;
        return cells;
      }
      default:
        return unreachable(kind);
    }
  }

  /** The place behind a line of nothing but spaces and tabs, which is no row; the same place for any other line. */
  #endOfBlank(bytes: Uint8Array, start: number): number {
    let at = start;
    while (isBlank(bytes[at] as number) && bytes[at] !== this.#delimiter) at += 1;
    if (bytes[at] === CR) at += 1;
    return bytes[at] === LF ? at + 1 : start;
  }

  /** Whether a cell of this line has an ASCII letter, digit or sign: a row whose cells are all blank is odd. */
  #isFilled(bytes: Uint8Array, start: number): boolean {
    for (let at = start; bytes[at] !== LF; at += 1) {
      const byte = bytes[at] as number;
      if (isSign(byte) && this.#isStop[byte] === 0) return true;
    }
    return false;
  }
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

class TextCells implements TableCells {
  readonly texts: Texts;

  constructor(rows: number) {
    this.texts = new Texts(rows);
  }

  /** Most texts are short, ASCII, and begin and end with no space: they are copied on the way to their end. */
  take(bytes: Uint8Array, from: number, isStop: Uint8Array): number {
    const { texts } = this;
    const start = texts.begin(SHORT);
    const target = texts.bytes;
    let at = start;
    let end = from;
    let bits = 0;
    for (
      let byte = bytes[end] as number;
      isStop[byte] === 0 && at < start + SHORT;
      byte = bytes[end] as number
    ) {
      target[at] = byte;
      bits |= byte;
      at += 1;
      end += 1;
    }
    const isWhole = isStop[bytes[end] as number] === 1 && bits < FIRST_NOT_ASCII;
    const isSolid = at === start || (isSign(target[start] as number) && isSign(target[at - 1] as number));
    if (!isWhole || !isSolid) return this.#takeOdd(bytes, from, isStop);
    texts.end(at);
    return end;
  }

  #takeOdd(bytes: Uint8Array, from: number, isStop: Uint8Array): number {
    let end = from;
    while (isStop[bytes[end] as number] === 0) end += 1;
    if (hasLongCharacter(bytes, from, end)) return ODD;
    let start = from;
    let last = end - 1;
    while (start <= last && isBlank(bytes[start] as number)) start += 1;
    while (start <= last && isBlank(bytes[last] as number)) last -= 1;
    const isSolid = start > last || (isSign(bytes[start] as number) && isSign(bytes[last] as number));
    if (!isSolid && hasBlankEdge(bytes, start, last)) return ODD;
    this.texts.addBytes(bytes, start, last + 1);
    return end;
  }
}

/** As many bytes as an id mostly has at most. */
const SHORT = 64;

function hasLongCharacter(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if ((bytes[at] as number) >= FIRST_OF_FOUR) return true;
  return false;
}

/** Whether it is an ASCII letter, digit or sign. */
function isSign(byte: number): boolean {
  return byte > SPACE && byte < FIRST_NOT_ASCII;
}

/** Whether String.prototype.trim takes off the first or the last character of a text without spaces and tabs there. */
function hasBlankEdge(bytes: Uint8Array, first: number, last: number): boolean {
  let at = last;
  while (((bytes[at] as number) & 0xc0) === 0x80) at -= 1;
  return isTrimmed(bytes, first) || isTrimmed(bytes, at);
}

/** Whether String.prototype.trim takes off the character that begins at this place. */
function isTrimmed(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] as number;
  const [second, third] = [(bytes[at + 1] as number) & 0x3f, (bytes[at + 2] as number) & 0x3f];
  let unit = byte;
  if (byte >= FIRST_OF_THREE) unit = ((byte & 0x0f) << 12) | (second << 6) | third;
  else if (byte >= FIRST_NOT_ASCII) unit = ((byte & 0x1f) << 6) | second;
  return String.fromCharCode(unit).trim() === '';
}

class DayCells implements TableCells {
  #days: Int32Array;
  #length = 0;

  constructor(rows: number) {
    this.#days = new Int32Array(rows);
  }

  get days(): Int32Array {
    return this.#days.subarray(0, this.#length);
  }

  take(bytes: Uint8Array, from: number, isStop: Uint8Array): number {
    let at = from;
    while (bytes[at] === SPACE) at += 1;
    let day = NO_DAY;
    if (isStop[bytes[at] as number] === 0) {
      day = dayAt(bytes, at);
      if (day === NO_DAY) return ODD;
      at += 10;
      while (bytes[at] === SPACE) at += 1;
      if (isStop[bytes[at] as number] === 0) return ODD;
    }
    if (this.#length === this.#days.length) this.#grow();
    this.#days[this.#length] = day;
    this.#length += 1;
    return at;
  }

  #grow(): void {
    const longer = new Int32Array(this.#length * 2);
    longer.set(this.#days);
    this.#days = longer;
  }
}

/** The day that ten bytes name as `YYYY-MM-DD`, or none. */
function dayAt(bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return NO_DAY;
  const century = twoDigits(bytes, at);
  const year = twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const date = twoDigits(bytes, at + 8);
  if (century < 19 || century > 21 || year < 0 || month < 1 || month > 12 || date < 1) return NO_DAY;
  const place = (century * 100 + year - FIRST_YEAR) * 12 + month - 1;
  const day = (MONTHS[place] as number) + date - 1;
  return day < (MONTHS[place + 1] as number) ? day : NO_DAY;
}

/** The number that two bytes write; below 0 where they are no digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - ZERO;
  const ones = (bytes[at + 1] as number) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

class AmountCells implements TableCells {
  /** The most decimals so far: amounts are whole multiples of 10^-scale. */
  scale = 0;
  #amounts: Float64Array;
  #length = 0;

  constructor(rows: number) {
    this.#amounts = new Float64Array(rows);
  }

  get amounts(): Float64Array {
    return this.#amounts.subarray(0, this.#length);
  }

  take(bytes: Uint8Array, from: number, isStop: Uint8Array): number {
    let at = from;
    while (bytes[at] === SPACE) at += 1;
    if (this.#length === this.#amounts.length) this.#grow();
    let amount = Number.NaN;
    if (isStop[bytes[at] as number] === 0) {
      const isNegative = bytes[at] === MINUS;
      if (isNegative) at += 1;
      const start = at;
      let size = 0;
      let digit = digitAt(bytes, at);
      for (; digit >= 0; digit = digitAt(bytes, at)) {
        size = size * 10 + digit;
        at += 1;
      }
      let decimals = 0;
      if (bytes[at] === POINT) {
        at += 1;
        for (digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, at)) {
          size = size * 10 + digit;
          decimals += 1;
          at += 1;
        }
        // A point must have a digit behind it.
        if (decimals === 0) return ODD;
      } else if (at === start) {
        return ODD;
      }
      if (size >= TOO_MANY_DIGITS || decimals > MOST_DECIMALS) return ODD;
      if (decimals > this.scale && !this.raise(decimals)) return ODD;
      const units = size * (POWERS[this.scale - decimals] as number);
      if (units > Number.MAX_SAFE_INTEGER) return ODD;
      // Never -0, which is another number to some.
      amount = isNegative ? 0 - units : units;
      while (bytes[at] === SPACE) at += 1;
      if (isStop[bytes[at] as number] === 0) return ODD;
    }
    this.#amounts[this.#length] = amount;
    this.#length += 1;
    return at;
  }

  /** Makes all amounts multiples of 10^-scale; false where one is then too large. */
  raise(scale: number): boolean {
    const factor = POWERS[scale - this.scale] as number;
    this.scale = scale;
    if (factor === 1) return true;
    const amounts = this.#amounts;
    for (let row = 0; row < this.#length; row += 1) {
      const units = (amounts[row] as number) * factor;
      if (Math.abs(units) > Number.MAX_SAFE_INTEGER) return false;
      amounts[row] = units;
    }
    return true;
  }

  #grow(): void {
    const longer = new Float64Array(this.#length * 2);
    longer.set(this.#amounts);
    this.#amounts = longer;
  }
}

/** The digit at a place; below 0 where there is none. */
function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] as number) - ZERO;
  return digit <= 9 ? digit : -1;
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
