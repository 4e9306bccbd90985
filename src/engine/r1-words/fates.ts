/** What becomes of the rows of a ledger (R8.4, R9.2): every row read is used, later than the as-of date, or set aside. */

/** What became of a row. A row on an invoice shares the fate of the invoice: without its line it moves no pay. */
export const FATES = ['used', 'later', 'setAside'] as const;

export type Fate = (typeof FATES)[number];

/** The fates of the entries of one ledger, by their numbers. */
export class Fates {
  /** The place of the fate, counted from 1; 0 where none is known. */
  readonly #codes: Uint8Array;

  constructor(length: number) {
    this.#codes = new Uint8Array(length);
  }

  get length(): number {
    return this.#codes.length;
  }

  set(entry: number, fate: Fate): void {
    this.#codes[entry] = FATES.indexOf(fate) + 1;
  }

  /** Undefined where the entry is accounted for elsewhere, or is none of this ledger's own. */
  find(entry: number): Fate | undefined {
    return FATES[(this.#codes[entry] ?? 0) - 1];
  }

  /** Whether the same became of each entry of another run. */
  equals(other: Fates): boolean {
    const codes = other.#codes;
    return codes.length === this.#codes.length && codes.every((code, entry) => code === this.#codes[entry]);
  }

  isUsed(entry: number): boolean {
    return this.#codes[entry] === USED;
  }
}

const USED = FATES.indexOf('used') + 1;
