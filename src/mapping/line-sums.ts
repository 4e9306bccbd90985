/** Sums over the lines of documents, taken line by line: the control totals hold the documents against them (R8.4). */

import type { RowSums } from '../engine/r2-ledgers/ledger.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { DecimalSum, findPlain } from '../money.js';
import type { TextRow } from './documents.js';
import type { LineRule } from './mapping.js';

export class LineSums {
  readonly #columns: readonly (readonly [column: string | undefined, sum: DecimalSum])[];
  readonly #amount = new DecimalSum();
  readonly #total = new DecimalSum();
  readonly #hasTotal: boolean;

  constructor(ledger: LedgerName) {
    const { amount, total } = LEDGER_COLUMNS[ledger];
    this.#columns = [
      [amount, this.#amount],
      [total, this.#total],
    ];
    this.#hasTotal = total !== undefined;
  }

  /** Adds a line: a value that is the same on each line of a document counts once. */
  add(line: TextRow, isFirst: boolean, ruleOf: (column: string) => LineRule): void {
    for (const [column, sum] of this.#columns) {
      const text = column === undefined ? '' : (line[column] ?? '');
      if (column === undefined || findPlain(text) === undefined) continue;
      if (isFirst || ruleOf(column) === 'sum') sum.add(text);
    }
  }

  /** The sums; R2.2: a document without a total has its amount for one. */
  sums(documents: Iterable<TextRow>): RowSums {
    if (this.#hasTotal) {
      for (const { amount = '', total = '' } of documents) {
        if (total === '' && findPlain(amount) !== undefined) this.#total.add(amount);
      }
    }
    return { amount: this.#amount.text(), total: this.#total.text() };
  }
}

/** The sums of rows as they are; R2.2: the total of an invoice is its amount unless it is said. */
export function sumsOf(name: LedgerName, rows: readonly TextRow[]): RowSums {
  const { amount, total } = LEDGER_COLUMNS[name];
  const sums = { amount: new DecimalSum(), total: new DecimalSum() };
  for (const row of rows) {
    const own = amount === undefined ? '' : (row[amount] ?? '');
    const owed = total === undefined ? '' : row[total] || own;
    if (findPlain(own) !== undefined) sums.amount.add(own);
    if (findPlain(owed) !== undefined) sums.total.add(owed);
  }
  return { amount: sums.amount.text(), total: sums.total.text() };
}
