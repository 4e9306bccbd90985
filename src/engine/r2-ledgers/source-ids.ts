/** The ids of the ledger rows that events come from (R6.2), numbered across all ledgers. */
import type { Texts } from '../../texts.js';
import { type Books, CASH_LEDGERS } from './books.js';

const LEDGERS = ['invoices', ...CASH_LEDGERS] as const;

/** The ledgers whose rows are sources of postings. */
export type SourceLedger = (typeof LEDGERS)[number];

/** The rows of one ledger among the sources. */
interface Part {
  readonly ledger: SourceLedger;
  /** The place of the ledger among those of sources. */
  readonly place: number;
  readonly ids: Texts;
  /** The number of the first row. */
  readonly first: number;
}

export class SourceIds {
  /** By ledger. */
  readonly ids: readonly Texts[];
  readonly #parts: Part[];

  /** @param others - ids of invoices that are no rows of these books, but sources all the same: they come last */
  constructor(books: Pick<Books, SourceLedger>, others?: Texts) {
    let next = 0;
    const partOf = (ledger: SourceLedger, place: number, ids: Texts): Part => {
      const first = next;
      next += ids.length;
      return { ledger, place, ids, first };
    };
    this.#parts = LEDGERS.map((ledger, place) => partOf(ledger, place, books[ledger].ids));
    if (others !== undefined) this.#parts.push(partOf('invoices', LEDGERS.length, others));
    this.ids = this.#parts.map(({ ids }) => ids);
  }

  /** How many there are. */
  get length(): number {
    const { first, ids } = this.#partAt(this.#parts.length - 1);
    return first + ids.length;
  }

  /** The number of a ledger's first row; the others follow it in order. An invoice has its own number. */
  firstOf(ledger: SourceLedger): number {
    return this.#partAt(LEDGERS.indexOf(ledger)).first;
  }

  /** The ledger of a source, by its place among those of sources, and where in it the source is. */
  find(source: number): { readonly ledger: number; readonly index: number } {
    const { place, first } = this.#partOf(source);
    return { ledger: place, index: source - first };
  }

  /** The ledger that a source is a row of. */
  ledgerOf(source: number): SourceLedger {
    return this.#partOf(source).ledger;
  }

  idOf(source: number): string {
    const { ids, first } = this.#partOf(source);
    return ids.at(source - first);
  }

  /** Negative, 0 or positive as the id of one sorts before, with or after the other's. */
  compare(a: number, b: number): number {
    const [one, other] = [this.#partOf(a), this.#partOf(b)];
    const [index, otherIndex] = [a - one.first, b - other.first];
    if (one === other) return one.ids.rankOf(index) - one.ids.rankOf(otherIndex);
    return one.ids.compare(index, other.ids, otherIndex);
  }

  /** The place of an id among those of its own ledger, in order. */
  rankOf(source: number): number {
    const { ids, first } = this.#partOf(source);
    return ids.rankOf(source - first);
  }

  #partOf(source: number): Part {
    let place = this.#parts.length - 1;
    while (source < this.#partAt(place).first) place -= 1;
    return this.#partAt(place);
  }

  #partAt(place: number): Part {
    return this.#parts[place] as Part;
  }
}
