/** Sums the lines of one document into one row: per column added up, the same on each line, or the first line's. */
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { findPlain, sumOf } from '../money.js';
import type { LineRule, Mapping } from './mapping.js';

/** A row of a ledger as text, by our column names. */
export type TextRow = Record<string, string>;

/** A column in which a line differs from the document's first. */
export interface Difference {
  readonly column: string;
  readonly found: string;
  readonly other: string;
}

/** The documents of a ledger, each by its key (R2.1); a line without a key is a document of its own. */
export class Documents {
  readonly rows: TextRow[] = [];
  /** How many lines each row sums up. */
  readonly lines: number[] = [];
  readonly #key: readonly string[];
  readonly #also: readonly string[];
  readonly #amounts: ReadonlySet<string>;
  readonly #rules: Mapping['lines'];
  readonly #byKey = new Map<string, number>();

  /** @param also - the columns besides the key in which the lines of a document must agree to be one */
  constructor(ledger: LedgerName, rules: Mapping['lines'], also: readonly string[] = []) {
    const { key, columns } = LEDGER_COLUMNS[ledger];
    this.#key = key;
    this.#also = also;
    this.#amounts = new Set(columns.filter(({ kind }) => kind === 'amount').map(({ name }) => name));
    this.#rules = rules;
  }

  /** Adds a line: the row that it belongs to, and where it differs from what should be the same. */
  add(line: TextRow): { readonly row: number; readonly differences: readonly Difference[] } {
    if (this.#rules === undefined) return { row: this.rows.push(line) - 1, differences: [] };
    const own = this.#key.map((column) => line[column] ?? '');
    const key = [...own, ...this.#also.map((column) => this.#valueOf(column, line[column] ?? ''))].join(
      '\u0000',
    );
    const known = this.#byKey.get(key);
    if (known === undefined) {
      if (own.some((cell) => cell !== '')) this.#byKey.set(key, this.rows.length);
      this.lines.push(1);
      return { row: this.rows.push(line) - 1, differences: [] };
    }
    this.lines[known] = (this.lines[known] as number) + 1;
    return { row: known, differences: this.#merge(this.rows[known] as TextRow, line) };
  }

  /** How the lines of a document make one value of a column. */
  ruleOf(column: string): LineRule {
    if (this.#rules === undefined) return 'sum';
    return this.#rules[column] ?? 'same';
  }

  /** The text of a cell, of an amount without the zeros that say nothing: 100.00 is 100. */
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

/** The sum of two cells; an empty one adds nothing, and one that is no number is left for its fault to be told. */
function added(a: string, b: string): string {
  if (a === '' || b === '') return a + b;
  return findPlain(a) === undefined || findPlain(b) === undefined ? a : sumOf(a, b);
}
