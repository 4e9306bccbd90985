/** Reads cells of an export as R2.1 writes them: ISO dates, plain decimals, our values. */
import { ISO, isoOf } from '../day.js';
import { findStyledDay } from '../formats/date-format.js';
import { findNumberFormat, findPlainAs } from '../formats/number-format.js';
import { findPeriodName } from '../formats/period-names.js';
import type { ColumnKind } from '../ledger-specs/spec.js';
import { WHOLE_CENTS } from '../problems/problem.js';
import { type AmountStyle, amountCell } from './amounts.js';
import type { Cell } from './cell.js';
import { plainValue } from './conditions.js';
import type { MappedColumn } from './layout.js';
import type { Mapping, Sign } from './mapping.js';

/** Reads the cells of one ledger by its mapping. */
export class CellReader {
  /** What dates and numbers should look like, for messages. */
  readonly dateFormats: readonly string[];
  readonly numberExample: string;
  /** What the file writes for an empty cell, trimmed and in lower case. */
  readonly nulls: ReadonlySet<string>;
  readonly #mapping: Mapping;
  readonly #amounts: AmountStyle;
  /** Whether amounts are read here; otherwise they are plain decimals, which the engine checks. */
  readonly #readsAmounts: boolean;
  readonly #values: ReadonlyMap<string, ReadonlyMap<string, string>>;

  /** @param currency - the workspace's: its code is read as a currency sign */
  constructor(mapping: Mapping, currency: string | undefined) {
    const { numberFormat, values, dateFormat, cents } = mapping;
    this.#mapping = mapping;
    this.dateFormats = dateFormat ?? [ISO];
    this.numberExample = cents === true ? WHOLE_CENTS : (numberFormat ?? '1234.56');
    this.#amounts = {
      format: numberFormat === undefined ? undefined : findNumberFormat(numberFormat, currency),
      isCents: cents === true,
    };
    this.#readsAmounts = [numberFormat, cents, mapping.sign, mapping.lines].some((key) => key !== undefined);
    this.nulls = new Set((mapping.nullValues ?? []).map(plainValue));
    this.#values = new Map(
      Object.entries(values ?? {}).map(([column, meanings]) => [
        column,
        new Map(Object.entries(meanings ?? {}).map(([written, meant]) => [plainValue(written), meant])),
      ]),
    );
  }

  /** The text of one cell of the file, trimmed; empty for one of `nullValues`. */
  raw(record: readonly string[], at: number): string {
    const text = (record[at] ?? '').trim();
    return this.nulls.size > 0 && this.nulls.has(plainValue(text)) ? '' : text;
  }

  /** One of our cells, made from the cells of a record. */
  read(
    { column, at, plus, minus, source }: MappedColumn,
    record: readonly string[],
    sign: Sign | undefined,
  ): Cell {
    const text = source.join
      ? this.#joined(record, at)
      : partOf(this.raw(record, at[0] as number), source.after, source.before);
    if (column.kind === 'amount') return this.#amount(text, plus, minus, record, sign);
    const value = this.#findValue(column.name, text);
    // Some systems write the codes of currencies in lower case.
    const isCode = column.name === 'currency' && /^[a-z]{3}$/.test(text);
    if (value === undefined) return this.#plain(column.kind, isCode ? text.toUpperCase() : text);
    // In a column of dates or shares only some cells are words; the others are read as usual.
    return value.isUnmapped === true && column.kind !== 'id' ? this.#plain(column.kind, text) : value;
  }

  #joined(record: readonly string[], at: readonly number[]): string {
    const parts = at.map((one) => this.raw(record, one));
    return parts.filter((part) => part !== '').join(' ');
  }

  /** What `values` has for a text; undefined where it has nothing for the column. */
  #findValue(column: string, text: string): Cell | undefined {
    const values = this.#values.get(column);
    if (values === undefined || text === '') return undefined;
    const value = values.get(plainValue(text));
    return value === undefined ? { text, isUnmapped: true } : { text: value };
  }

  #plain(kind: Exclude<ColumnKind, 'amount'>, text: string): Cell {
    if (text === '') return { text };
    switch (kind) {
      case 'date':
        return this.#date(text);
      case 'quarter': {
        const { text: iso, problem } = this.#date(text);
        // A quarter is either a date or a name, such as 2025-Q1 or Q1 2025.
        const name = findPeriodName(text);
        return { text: name ?? (problem === undefined ? iso : text) };
      }
      case 'share':
      case 'rate':
        return { text: this.#share(text) };
      case 'id':
      case 'quarter-name':
      case 'month':
      case 'choice':
        return { text };
    }
  }

  #date(text: string): Cell {
    const { dateFormat, century, timezone } = this.#mapping;
    if (dateFormat === undefined) return { text };
    const findIn = (formats: readonly string[]) => findStyledDay(text, { formats, century, timezone });
    const day = findIn(dateFormat);
    if (day !== undefined) return { text: isoOf(day) };
    const isReadable = dateFormat.some((format) => findIn([format]) !== undefined);
    return { text, problem: isReadable ? 'ambiguous-date' : 'malformed-date' };
  }

  #amount(
    text: string,
    plus: readonly number[],
    minus: readonly number[],
    record: readonly string[],
    sign: Sign | undefined,
  ): Cell {
    const isSum = plus.length > 0 || minus.length > 0;
    if (!isSum && (!this.#readsAmounts || text === '')) return { text };
    const added = plus.length === 0 ? [text] : [text, ...plus.map((at) => this.raw(record, at))];
    const subtracted = minus.map((at) => this.raw(record, at));
    return amountCell(added, subtracted, this.#amounts, sign);
  }

  /** A share in the file's number format as a plain one: `33,5%` as `33.5%`. */
  #share(text: string): string {
    const plain = findPlainAs(text.replace(/\s*%$/, ''), this.#amounts.format);
    return plain === undefined ? text : plain + (text.endsWith('%') ? '%' : '');
  }
}

/** The part of a cell after one text and before another, each only where the cell has it. */
function partOf(text: string, after: string | undefined, before: string | undefined): string {
  let part = text;
  if (after !== undefined && part.includes(after)) part = part.slice(part.indexOf(after) + after.length);
  if (before !== undefined && part.includes(before)) part = part.slice(0, part.indexOf(before));
  return part.trim();
}
