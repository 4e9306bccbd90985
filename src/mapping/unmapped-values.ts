/** Values that a mapping does not list: used as written, and each reported once as an exception. */
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { type Exception, exception } from '../problems/exception.js';

export class UnmappedValues {
  readonly exceptions: Exception[] = [];
  readonly #ledger: LedgerName;
  readonly #noted = new Set<string>();

  constructor(ledger: LedgerName) {
    this.#ledger = ledger;
  }

  note(column: string, value: string, row: number): void {
    const key = JSON.stringify([column, value]);
    if (this.#noted.has(key)) return;
    this.#noted.add(key);
    this.exceptions.push(
      exception('unmapped-value', { ledger: this.#ledger, row, id: value }, { column, value }),
    );
  }
}
