/** Cells of an export as R2.1 writes them: ISO dates, plain decimals, our values. */
import { ISO, isoOf } from '../day.js';
import { findStyledDay } from '../formats/date-format.js';
import { findNumberFormat, findPlainAs, type NumberFormat } from '../formats/number-format.js';
import type { ColumnKind } from '../ledger-specs/spec.js';
import { decimalsOf, formatMinor, negated, sumOf, unitsOf } from '../money.js';
import { WHOLE_CENTS } from '../problems/problem.js';
import { plainValue } from './conditions.js';
import type { Wanted } from './header.js';
import type { Mapping, Sign } from './mapping.js';

/** A cell as R2.1 writes it; `problem` where it cannot be read, and then the text is as written. */
export interface Cell {
  readonly text: string;
  readonly problem?: 'malformed-date' | 'ambiguous-date' | 'malformed-number';
  /** A value that the mapping has no meaning for. */
  readonly isUnmapped?: boolean;
}

/** Reads the cells of one ledger by its mapping. */
export class CellReader {
  /** What a date and a number look like, for messages. */
  readonly dateFormats: readonly string[];
  readonly numberExample: string;
  /** What stands for an empty cell, trimmed and in lower case. */
  readonly nulls: ReadonlySet<string>;
  readonly #mapping: Mapping;
  readonly #number: NumberFormat | undefined;
  /** Whether amounts are read here; else they are plain decimals already, or for the engine to judge. */
  readonly #readsAmounts: boolean;
  readonly #values: ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor(mapping: Mapping, currency: string | undefined) {
    this.#mapping = mapping;
    const { numberFormat, values, dateFormat } = mapping;
    this.dateFormats = dateFormat ?? [ISO];
    this.numberExample = mapping.cents === true ? WHOLE_CENTS : (numberFormat ?? '1234.56');
    this.#number = numberFormat === undefined ? undefined : findNumberFormat(numberFormat, currency);
    this.#readsAmounts = [numberFormat, mapping.cents, mapping.sign, mapping.lines].some(
      (key) => key !== undefined,
    );
    this.nulls = new Set((mapping.nullValues ?? []).map(plainValue));
    this.#values = new Map(
      Object.entries(values ?? {}).map(([column, meanings]) => [
        column,
        new Map(Object.entries(meanings ?? {}).map(([written, meant]) => [plainValue(written), meant])),
      ]),
    );
  }

  /** The text of one cell of the file, trimmed; empty where it stands for nothing. */
  raw(record: readonly string[], at: number): string {
    const text = (record[at] ?? '').trim();
    return this.nulls.size > 0 && this.nulls.has(plainValue(text)) ? '' : text;
  }

  /** One of our cells, made from the cells of a record. */
  read({ column, at, plus, minus, source }: Wanted, record: readonly string[], sign: Sign | undefined): Cell {
    const written = source.join
      ? at
          .map((one) => this.raw(record, one))
          .filter((part) => part !== '')
          .join(' ')
      : partOf(this.raw(record, at[0] as number), source.after, source.before);
    if (column.kind === 'amount') return this.#amount(written, [plus, minus], record, sign);
    const meant = this.#meaning(column.name, written);
    if (meant === undefined) return this.#plain(column.kind, written);
    // Of a date or a share only the words have a meaning: the rest is read as it is written.
    return meant.isUnmapped === true && column.kind !== 'id' ? this.#plain(column.kind, written) : meant;
  }

  /** What the mapping says that a text means, as we write it; undefined where it says nothing of the column. */
  #meaning(column: string, text: string): Cell | undefined {
    const meanings = this.#values.get(column);
    if (meanings === undefined || text === '') return undefined;
    const meant = meanings.get(plainValue(text));
    return meant === undefined ? { text, isUnmapped: true } : { text: meant };
  }

  #plain(kind: ColumnKind, text: string): Cell {
    if (text === '') return { text };
    switch (kind) {
      case 'date':
        return this.#date(text);
      case 'quarter': {
        const { text: iso, problem } = this.#date(text);
        // What is no date may be the quarter's name.
        return { text: problem === undefined ? iso : text };
      }
      case 'share':
        return { text: this.#share(text) };
      default:
        return { text };
    }
  }

  #date(text: string): Cell {
    const { dateFormat, century, timezone } = this.#mapping;
    if (dateFormat === undefined) return { text };
    const day = findStyledDay(text, { formats: dateFormat, century, timezone });
    if (day !== undefined) return { text: isoOf(day) };
    const readable = dateFormat.filter(
      (format) => findStyledDay(text, { formats: [format], century, timezone }) !== undefined,
    );
    return { text, problem: readable.length > 0 ? 'ambiguous-date' : 'malformed-date' };
  }

  #amount(
    text: string,
    [plus, minus]: readonly [readonly number[], readonly number[]],
    record: readonly string[],
    sign: Sign | undefined,
  ): Cell {
    const { cents } = this.#mapping;
    if (!this.#readsAmounts && plus.length === 0 && minus.length === 0) return { text };
    if (text === '' && plus.length === 0 && minus.length === 0) return { text };
    const parts = [text, ...plus.map((at) => this.raw(record, at))];
    const taken = minus.map((at) => this.raw(record, at));
    // Of columns that are added up, an empty one adds nothing.
    const filled = [...parts, ...taken].some((part) => part !== '');
    if (!filled) return { text: '' };
    const plains: string[] = [];
    for (const [index, part] of [...parts, ...taken].entries()) {
      const plain = part === '' ? '0' : findPlainAs(part, this.#number);
      // An amount with decimals is no whole number of cents: to divide it would make it a hundredth of itself.
      const isCents = cents !== true || plain === undefined || decimalsOf(plain) === 0;
      if (plain === undefined || !isCents) return { text: part, problem: 'malformed-number' };
      plains.push(index < parts.length ? plain : negated(plain));
    }
    const sum = plains.length === 1 ? (plains[0] as string) : sumOf(...plains);
    return { text: signed(cents === true ? hundredth(sum) : sum, sign) };
  }

  /** A share as the file writes its numbers, as a plain one: `33,5%` as `33.5%`. */
  #share(text: string): string {
    const plain = findPlainAs(text.replace(/\s*%$/, ''), this.#number);
    return plain === undefined ? text : plain + (text.endsWith('%') ? '%' : '');
  }
}

/** Whole cents as dollars, exactly; the sum of several columns is whole too. */
function hundredth(cents: string): string {
  return formatMinor(unitsOf(cents, 0), 2);
}

function signed(plain: string, sign: Sign | undefined): string {
  if (sign === undefined || sign === 'keep') return plain;
  const isNegative = plain.startsWith('-');
  if (sign === 'flip' || isNegative === (sign === 'positive')) return negated(plain);
  return plain;
}

/** The part of a cell behind one text and before another; all of it where they do not stand in it. */
function partOf(text: string, after: string | undefined, before: string | undefined): string {
  let part = text;
  if (after !== undefined && part.includes(after)) part = part.slice(part.indexOf(after) + after.length);
  if (before !== undefined && part.includes(before)) part = part.slice(0, part.indexOf(before));
  return part.trim();
}
