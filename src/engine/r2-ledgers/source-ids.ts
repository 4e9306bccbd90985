/** The ids of the ledger rows that events come from (R6.2), each by one number for all ledgers together. */
import type { Texts } from '../../texts.js';
import { type Books, CASH_LEDGERS } from './books.js';

const LEDGERS = ['invoices', ...CASH_LEDGERS] as const;

/** The ledgers whose rows are sources of postings. */
export type SourceLedger = (typeof LEDGERS)[number];

export class SourceIds {
  /** By ledger. */
  readonly ids: readonly Texts[];
  /** The number of each ledger's first row. */
  readonly #firsts: readonly number[];

  constructor(books: Pick<Books, SourceLedger>) {
    this.ids = LEDGERS.map((ledger) => books[ledger].ids);
    let first = 0;
    this.#firsts = this.ids.map(({ length }) => {
      first += length;
      return first - length;
    });
  }

  /** The number of a ledger's first row; the others follow it in order. An invoice has its own number. */
  firstOf(ledger: SourceLedger): number {
    return this.#firsts[LEDGERS.indexOf(ledger)] as number;
  }

  /** The ledger of a source, and where in it the source is. */
  find(source: number): { readonly ledger: number; readonly index: number } {
    const ledger = this.#ledgerOf(source);
    return { ledger, index: source - (this.#firsts[ledger] as number) };
  }

  /** The ledger that a source is a row of. */
  ledgerOf(source: number): SourceLedger {
    return LEDGERS[this.#ledgerOf(source)] as SourceLedger;
  }

  idOf(source: number): string {
    const { ledger, index } = this.find(source);
    return (this.ids[ledger] as Texts).at(index);
  }

  /** Negative, 0 or positive as the id of one sorts before, with or after the other's. */
  compare(a: number, b: number): number {
    const [one, other] = [this.#ledgerOf(a), this.#ledgerOf(b)];
    const ids = this.ids[one] as Texts;
    const [index, otherIndex] = [a - (this.#firsts[one] as number), b - (this.#firsts[other] as number)];
    if (one === other) return ids.rankOf(index) - ids.rankOf(otherIndex);
    return ids.compare(index, this.ids[other] as Texts, otherIndex);
  }

  /** Where an id stands among those of its own ledger. */
  rankOf(source: number): number {
    const at = this.#ledgerOf(source);
    return (this.ids[at] as Texts).rankOf(source - (this.#firsts[at] as number));
  }

  #ledgerOf(source: number): number {
    let at = LEDGERS.length - 1;
    while (source < (this.#firsts[at] as number)) at -= 1;
    return at;
  }
}
