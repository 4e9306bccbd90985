/** Control totals (R8.4): every row read is used, later than the as-of date, set aside, left out or no record. */
import { type Amount, type Counting, exactly } from '../../amount.js';
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

/** Sums of what became of rows alike. */
interface Tallied {
  rows: number;
  amount: Amount;
  total: Amount;
}

/** Counts the rows of one ledger by what became of them. */
export class LedgerCounter {
  readonly #totals: Readonly<Record<Fate, Tallied>>;
  readonly #linesOf: ((row: number) => number) | undefined;
  /** The rows that are used, however many lines they sum up. */
  #used = 0;

  constructor({ zero }: Counting, linesOf: ((row: number) => number) | undefined) {
    const none = () => ({ rows: 0, amount: zero, total: zero });
    this.#totals = { used: none(), later: none(), setAside: none() };
    this.#linesOf = linesOf;
  }

  /** Counts a row, or the lines that it sums up. */
  row(row: number, fate: Fate, amount: Amount, total: Amount): void {
    this.#totals[fate].rows += this.#linesOf === undefined ? 1 : this.#linesOf(row);
    if (fate === 'used') this.#used += 1;
    this.amount(fate, amount, total);
  }

  /** Counts a part of the amount of a row that is counted already. */
  amount(fate: Fate, amount: Amount, total: Amount): void {
    const counted = this.#totals[fate];
    counted.amount += amount;
    counted.total += total;
  }

  get used(): number {
    return this.#used;
  }

  totalOf(fate: Fate): RowTotal {
    const { rows, amount, total } = this.#totals[fate];
    return { rows, amount: exactly(amount), total: exactly(total) };
  }
}

/** What the totals of rows are held against. */
type CountedBooks = Pick<Books, 'rows' | 'origins' | 'read' | 'leftOut'>;

/** Counts the rows of all ledgers. */
export class Counter {
  readonly #books: CountedBooks;
  readonly #ledgers: ReadonlyMap<LedgerName, LedgerCounter>;

  constructor(books: CountedBooks, counting: Counting) {
    this.#books = books;
    this.#ledgers = new Map(
      LEDGER_NAMES.map((name) => [name, new LedgerCounter(counting, books.origins.get(name)?.linesOf)]),
    );
  }

  of(ledger: LedgerName): LedgerCounter {
    return this.#ledgers.get(ledger) as LedgerCounter;
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

  #tiedOut(name: LedgerName, read: RowTotal): ControlTotals {
    const counter = this.of(name);
    const [used, later, setAside] = [
      counter.totalOf('used'),
      counter.totalOf('later'),
      counter.totalOf('setAside'),
    ];
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
        : { documents: this.#books.rows.get(name) as number, usedDocuments: counter.used };
    return { read, used, later, setAside, leftOut, notRecords, ...documents };
  }
}

function together(a: RowTotal, b: RowTotal): RowTotal {
  return { rows: a.rows + b.rows, amount: a.amount + b.amount, total: a.total + b.total };
}
