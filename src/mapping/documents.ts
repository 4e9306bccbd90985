/** Combines the lines of one document into one row: per column their sum, the value they share, or the first line's. */
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { findPlain, sumOf } from '../money.js';
import type { LineRule, Mapping } from './mapping.js';

/** A row of a ledger as text, by our column names. */
export type TextRow = Record<string, string>;

/** A column in which a line differs from the first line of its document. */
export interface Difference {
  readonly column: string;
  readonly found: string;
  readonly other: string;
}

/** A line that was added: the row of its document, and whether it is the first line of it. */
export interface AddedLine {
  readonly row: number;
  readonly isFirst: boolean;
  readonly differences: readonly Difference[];
}

const NO_DIFFERENCES: readonly Difference[] = [];

/** The documents of a ledger, each by its key (R2.1); a line without a key is a document of its own. */
export class Documents {
  readonly rows: TextRow[] = [];
  /** How many lines each row combines; empty where `lines` is not set, and each row is one line. */
  readonly lines: number[] = [];
  readonly #key: readonly string[];
  readonly #also: readonly string[];
  readonly #amounts: ReadonlySet<string>;
  readonly #rules: Mapping['lines'];
  readonly #byKey = new Map<string, number>();

  /** @param also - the columns besides the key that must be equal for lines to be of one document */
  constructor(ledger: LedgerName, rules: Mapping['lines'], also: readonly string[] = []) {
    const { key, columns } = LEDGER_COLUMNS[ledger];
    this.#key = key;
    this.#also = also;
    this.#amounts = new Set(columns.filter(({ kind }) => kind === 'amount').map(({ name }) => name));
    this.#rules = rules;
  }

  add(line: TextRow): AddedLine {
    if (this.#rules === undefined) return this.#addDocument(line);
    const own = this.#key.map((column) => line[column] ?? '');
    const also = this.#also.map((column) => this.#valueOf(column, line[column] ?? ''));
    const key = [...own, ...also].join('\u0000');
    const known = this.#byKey.get(key);
    if (known === undefined) {
      if (own.some((cell) => cell !== '')) this.#byKey.set(key, this.rows.length);
      this.lines.push(1);
      return this.#addDocument(line);
    }
    this.lines[known] = (this.lines[known] as number) + 1;
    return { row: known, isFirst: false, differences: this.#merge(this.rows[known] as TextRow, line) };
  }

  /** How the lines of a document make one value of a column. */
  ruleOf(column: string): LineRule {
    if (this.#rules === undefined) return 'sum';
    return this.#rules[column] ?? 'same';
  }

  #addDocument(line: TextRow): AddedLine {
    return { row: this.rows.push(line) - 1, isFirst: true, differences: NO_DIFFERENCES };
  }

  /** The text of a cell; an amount without zeros at the end, so that 100.00 equals 100. */
  #valueOf(column: string, text: string): string {
    const isDecimal = this.#amounts.has(column) && text.includes('.') && findPlain(text) !== undefined;
    return isDecimal ? text.replace(/\.?0+$/, '') : text;
  }

  #merge(document: TextRow, line: TextRow): Difference[] {
    const differences: Difference[] = [];
    for (const [column, found] of Object.entries(line)) {
      const other = document[column] ?? '';
      const rule = this.ruleOf(column);
      if (rule === 'sum') document[column] = added(other, found);
      else if (rule === 'same' && this.#valueOf(column, found) !== this.#valueOf(column, other))
        differences.push({ column, found, other });
    }
    return differences;
  }
}

/** The sum of two cells; an empty one counts as 0, and one that is no number is left for its own fault. */
function added(a: string, b: string): string {
  if (a === '' || b === '') return a + b;
  return findPlain(a) === undefined || findPlain(b) === undefined ? a : sumOf(a, b);
}
