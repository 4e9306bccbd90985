/** Control totals (R8.4): every row read is used, later than the as-of date, set aside, left out or no record. */
import type { Units } from '../../money.js';
import { LEDGER_NAMES, type LedgerName } from '../../problems/place.js';
import { invariant } from '../../problems/problem.js';
import { type Books, nothing, type RowTotal } from '../r2-ledgers/books.js';

/** What became of a row. A row on an invoice shares the fate of the invoice: without its line it moves no pay. */
export type Fate = 'used' | 'later' | 'setAside';

/** The control totals of one ledger: rows, and their amounts in units where the ledger has some. */
export interface ControlTotals {
  readonly read: Readonly<RowTotal>;
  readonly used: Readonly<RowTotal>;
  readonly later: Readonly<RowTotal>;
  readonly setAside: Readonly<RowTotal>;
  /** Rows that the mapping leaves out. */
  readonly leftOut: Readonly<RowTotal>;
  /** Rows that are no records, such as subtotals; they have no amount of their own. */
  readonly notRecords: Readonly<RowTotal>;
  /** How many documents the rows make, where a mapping sums lines into documents. */
  readonly documents?: number;
  /** How many of the documents are used. */
  readonly usedDocuments?: number;
}

/** Control totals by ledger, of the ledgers that were given. */
export type Controls = ReadonlyMap<LedgerName, ControlTotals>;

/** Counts rows by what became of them. */
export class Counter {
  readonly #books: Books;
  readonly #totals = new Map<LedgerName, Record<Fate, RowTotal>>();
  /** The rows of each ledger that are used, however many lines they sum up. */
  readonly #used = new Map<LedgerName, number>();

  constructor(books: Books) {
    this.#books = books;
    for (const name of LEDGER_NAMES) {
      this.#totals.set(name, { used: nothing(), later: nothing(), setAside: nothing() });
    }
  }

  /** Counts a row of a ledger, or the lines that it sums up. */
  row(ledger: LedgerName, row: number, fate: Fate, amount: Units, total: Units = 0n): void {
    this.#of(ledger)[fate].rows += this.#books.origins.get(ledger)?.linesOf?.(row) ?? 1;
    if (fate === 'used') this.#used.set(ledger, (this.#used.get(ledger) ?? 0) + 1);
    this.amount(ledger, fate, amount, total);
  }

  /** Counts a part of the amount of a row that is counted already. */
  amount(ledger: LedgerName, fate: Fate, amount: Units, total: Units = 0n): void {
    const counted = this.#of(ledger)[fate];
    counted.amount += amount;
    counted.total += total;
  }

  /** The totals: what became of the rows must add up to the rows and amounts as they were read. */
  controls(): Controls {
    const controls = new Map<LedgerName, ControlTotals>();
    for (const name of LEDGER_NAMES) {
      const read = this.#books.read.get(name);
      if (read !== undefined) controls.set(name, this.#tiedOut(name, read));
    }
    return controls;
  }

  #of(ledger: LedgerName): Record<Fate, RowTotal> {
    return this.#totals.get(ledger) as Record<Fate, RowTotal>;
  }

  #tiedOut(name: LedgerName, read: RowTotal): ControlTotals {
    const { used, later, setAside } = this.#of(name);
    const leftOut = this.#books.leftOut.get(name) as RowTotal;
    const origin = this.#books.origins.get(name);
    const notRecords: RowTotal = { ...nothing(), rows: origin?.notRecords ?? 0 };
    const sum = [used, later, setAside, leftOut, notRecords].reduce(together, nothing());
    const tiesOut = sum.rows === read.rows && sum.amount === read.amount && sum.total === read.total;
    invariant(
      tiesOut,
      () => `of ${name} ${sum.rows} of ${read.rows} rows are accounted for, or other amounts (R8.4)`,
    );
    const documents =
      origin?.linesOf === undefined
        ? {}
        : { documents: this.#books.rows.get(name) as number, usedDocuments: this.#used.get(name) ?? 0 };
    return { read, used, later, setAside, leftOut, notRecords, ...documents };
  }
}

function together(a: RowTotal, b: RowTotal): RowTotal {
  return { rows: a.rows + b.rows, amount: a.amount + b.amount, total: a.total + b.total };
}
