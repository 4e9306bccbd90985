/** Sums of amounts line by line: the control totals compare the documents made of the lines with them (R8.4). */
import type { RowSums } from '../engine/r2-ledgers/ledger.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { DecimalSum, findPlain } from '../money.js';
import type { TextRow } from './documents.js';
import type { LineRule } from './mapping.js';

export class LineSums {
  readonly #columns: readonly (readonly [column: string, sum: DecimalSum])[];
  readonly #amount = new DecimalSum();
  readonly #total = new DecimalSum();
  readonly #hasTotal: boolean;

  constructor(ledger: LedgerName) {
    const { amount, total } = LEDGER_COLUMNS[ledger];
    this.#columns = [
      ...(amount === undefined ? [] : [[amount, this.#amount] as const]),
      ...(total === undefined ? [] : [[total, this.#total] as const]),
    ];
    this.#hasTotal = total !== undefined;
  }

  /** Adds a line; a value that is the same on each line of a document counts once. */
  add(line: TextRow, isFirst: boolean, ruleOf: (column: string) => LineRule): void {
    for (const [column, sum] of this.#columns) {
      const text = line[column] ?? '';
      if (findPlain(text) === undefined) continue;
      if (isFirst || ruleOf(column) === 'sum') sum.add(text);
    }
  }

  /** The sums; R2.2: the total of a document without one is its amount. */
  sums(documents: Iterable<TextRow>): RowSums {
    const total = new DecimalSum().add(this.#total.text());
    if (this.#hasTotal) {
      for (const { amount = '', total: own = '' } of documents) {
        if (own === '' && findPlain(amount) !== undefined) total.add(amount);
      }
    }
    return { amount: this.#amount.text(), total: total.text() };
  }
}

/** The sums of rows; R2.2: the total of an invoice is its amount by default. */
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
