/** Control totals (R8.4): every row read is used, later than the as-of date, set aside, left out or no record. */
import { type Amount, type Amounts, type Counting, exactly } from '../../amount.js';
import { LEDGER_NAMES, type LedgerName, ofEach } from '../../ledger-specs/ledgers.js';
import { invariant } from '../../problems/problem.js';
import type { Books } from '../r2-ledgers/books.js';
import { type LedgerCount, NO_ROWS, type RowTotal } from '../r2-ledgers/reading.js';

/** What became of a row. A row on an invoice shares the fate of the invoice: without its line it moves no pay. */
export type Fate = 'used' | 'later' | 'setAside';

/** The control totals of one ledger: rows, and their amounts in units where the ledger has some. */
export interface ControlTotals {
  readonly read: RowTotal;
  readonly used: RowTotal;
  readonly later: RowTotal;
  readonly setAside: RowTotal;
  /** Rows that the mapping leaves out. */
  readonly leftOut: RowTotal;
  /** Rows that are no records, such as subtotals; they have no amount of their own. */
  readonly notRecords: RowTotal;
  /** How many documents the rows make, where a mapping sums lines into documents. */
  readonly documents?: number;
  /** How many of the documents are used. */
  readonly usedDocuments?: number;
}

/** Control totals by ledger, of the ledgers that were given. */
export type Controls = ReadonlyMap<LedgerName, ControlTotals>;

/** How many fates there are. */
const FATES = 3;

/** Counts the rows of one ledger by what became of them. */
export class LedgerCounter {
  readonly #linesOf: ((row: number) => number) | undefined;
  // Used, later and set aside, one after another.
  readonly #rows = new Float64Array(FATES);
  readonly #amounts: Amounts;
  readonly #totals: Amounts;
  /** The rows that are used, however many lines they sum up. */
  #used = 0;

  constructor({ room }: Counting, linesOf: ((row: number) => number) | undefined) {
    this.#linesOf = linesOf;
    this.#amounts = room(FATES);
    this.#totals = room(FATES);
  }

  /** Counts a row, or the lines that it sums up. */
  row(row: number, fate: Fate, amount: Amount, total: Amount): void {
    const at = placeOf(fate);
    this.#rows[at] = (this.#rows[at] as number) + (this.#linesOf === undefined ? 1 : this.#linesOf(row));
    if (fate === 'used') this.#used += 1;
    this.amount(fate, amount, total);
  }

  /** Counts a part of the amount of a row that is counted already. */
  amount(fate: Fate, amount: Amount, total: Amount): void {
    const at = placeOf(fate);
    this.#amounts[at] = (this.#amounts[at] as Amount) + amount;
    this.#totals[at] = (this.#totals[at] as Amount) + total;
  }

  get used(): number {
    return this.#used;
  }

  totalOf(fate: Fate): RowTotal {
    const at = placeOf(fate);
    const [amount, total] = [exactly(this.#amounts[at] as Amount), exactly(this.#totals[at] as Amount)];
    return { rows: this.#rows[at] as number, amount, total };
  }
}

function placeOf(fate: Fate): number {
  return fate === 'used' ? 0 : fate === 'later' ? 1 : 2;
}

/** Counts the rows of all ledgers. */
export class Counter {
  readonly #counts: Books['counts'];
  readonly #ledgers: Readonly<Record<LedgerName, LedgerCounter>>;

  constructor({ counts }: Pick<Books, 'counts'>, counting: Counting) {
    this.#counts = counts;
    this.#ledgers = ofEach(
      LEDGER_NAMES,
      (name) => new LedgerCounter(counting, counts.get(name)?.origin?.linesOf),
    );
  }

  of(ledger: LedgerName): LedgerCounter {
    return this.#ledgers[ledger];
  }

  /** The totals: what became of the rows must add up to the rows and amounts as they were read. */
  controls(): Controls {
    return new Map([...this.#counts].map(([name, count]) => [name, this.#tiedOut(name, count)]));
  }

  #tiedOut(name: LedgerName, { rows, read, leftOut, origin }: LedgerCount): ControlTotals {
    const counter = this.of(name);
    const [used, later, setAside] = [
      counter.totalOf('used'),
      counter.totalOf('later'),
      counter.totalOf('setAside'),
    ];
    const notRecords: RowTotal = { ...NO_ROWS, rows: origin?.notRecords ?? 0 };
    const sum = [used, later, setAside, leftOut, notRecords].reduce(together, NO_ROWS);
    const tiesOut = sum.rows === read.rows && sum.amount === read.amount && sum.total === read.total;
    invariant(
      tiesOut,
      () => `of ${name} ${sum.rows} of ${read.rows} rows are accounted for, or other amounts (R8.4)`,
    );
    const documents = origin?.linesOf === undefined ? {} : { documents: rows, usedDocuments: counter.used };
    return { read, used, later, setAside, leftOut, notRecords, ...documents };
  }
}

function together(a: RowTotal, b: RowTotal): RowTotal {
  return { rows: a.rows + b.rows, amount: a.amount + b.amount, total: a.total + b.total };
}
