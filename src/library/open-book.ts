/** The incremental book as a program opens it: what is given is checked for its shape first (R9.1). */
import { openTextBook, type TextBook } from '../book/book.js';
import type { Outcome } from '../book/change.js';
import type { Answer } from '../book/day-book.js';
import { type Cells, invoiceTie, textIn } from '../book/ties.js';
import type { Refusal } from '../engine/result.js';
import { LEDGER_NAMES, type LedgerName, type SpecOf } from '../ledger-specs/ledgers.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { type Inputs, readInputs } from './given-inputs.js';
import { type CurrencyOf, type RowInput, textRows } from './given-rows.js';

/** What a book begins with: as for {@link calculate}. Postings are always kept. */
export type BookInputs = Omit<Inputs, 'keep'>;

/**
 * What names a row: the text of the first column of its ledger's key, or cells of the key's columns. A row is known by the
 * key of its ledger (R2.1), and by the day `from` as well where a ledger may have several rows of one key.
 */
export type RowKey<Name extends LedgerName> = string | Partial<RowInput<SpecOf<Name>>>;

/** Ledgers that change row by row, and what they come to. */
export interface Book {
  /**
   * Puts a row: in place of the one with its key, else as the last of its ledger.
   *
   * @returns what has changed as of the book's day, in minor units; or every fault that {@link calculate} would find, and
   *   the book is as it was
   */
  put<Name extends LedgerName>(ledger: Name, row: RowInput<SpecOf<Name>>): Outcome;
  /**
   * Removes a row.
   *
   * @returns what has changed; or the faults that there are without the row, or that not one row has the key, and the book
   *   is as it was
   * @example book.remove('payments', { payment_id: 'P1', invoice_id: 'I1' })
   */
  remove<Name extends LedgerName>(ledger: Name, key: RowKey<Name>): Outcome;
  /**
   * The result as of a day, of all rows, as {@link calculate} gives it. It is at hand as of the book's own day; as of any
   * other, all rows are calculated the first time after an edit.
   *
   * @param day - `YYYY-MM-DD`; the book's own day by default
   */
  at(day?: string): Answer;
  /** Another book that is the same for now: neither sees what is put into the other. It costs next to nothing. */
  fork(): Book;
  /** The rows as {@link calculate} takes them, in the order to which exceptions refer. */
  inputs(): BookInputs;
}

/** A book, opened. */
export interface OpenedBook {
  readonly kind: 'open';
  readonly book: Book;
}

/**
 * Opens a book: calculates all rows once, and from then on only what an edit can change. Each answer equals what
 * {@link calculate} gives for all rows. A payment or a write-off posts the lines of its invoice again, at the prices that
 * they have (R4.7); any other row calculates the part of the book that it is tied to by invoices, reps, teams and customers'
 * accounts, and so does a payment where a plan pays for cash (R12.4) or has a cap (R22), or where its customer has
 * cash on account; a row of the calendar, a currency rate, an opening, or the first row of a ledger calculates all rows.
 *
 * @param inputs - terms, ledgers, day and closes, as for {@link calculate}; ledgers as rows, not as a mapping makes them
 * @returns the book, or every fault of the inputs
 * @throws only on a bug of this library, never on what the inputs are or say
 * @example
 * const opened = openBook({ terms, ledgers, asOf: '2025-03-31' });
 * if (opened.kind === 'open') {
 *   const row = { payment_id: 'P2', invoice_id: 'I1', payment_date: '2025-03-20', amount: '600.00' };
 *   const outcome = opened.book.put('payments', row);
 *   // outcome.kind === 'changed'; outcome.pay[0].after.paid is what the rep is paid now, in minor units
 * }
 */
export function openBook(inputs: BookInputs): OpenedBook | Refusal {
  const { inputs: texts, faults } = readInputs(inputs);
  if (faults !== undefined) return { kind: 'refused', faults };
  const opened = openTextBook(texts);
  return opened.kind === 'open' ? { kind: 'open', book: bookOf(opened.book) } : opened;
}

function bookOf(book: TextBook): Book {
  return {
    put: (ledger, row) => {
      const unknown = unknownLedger(ledger);
      if (unknown !== undefined) return unknown;
      const { rows, faults } = textRows(ledger, [row], currencyFinder(book));
      const [cells] = rowsIn(rows);
      if (faults.length === 0 && cells !== undefined) return book.put(ledger, cells);
      return { kind: 'refused', faults: faults.map((fault) => placed(fault, book.rows.lengthOf(ledger))) };
    },
    remove: (ledger, key) => unknownLedger(ledger) ?? book.remove(ledger, keyCells(key)),
    at: (day) => book.at(day),
    fork: () => bookOf(book.fork()),
    inputs: () => book.inputs() as BookInputs,
  };
}

function rowsIn(rows: { forEach(visit: (row: Cells) => void): void }): readonly Cells[] {
  const all: Cells[] = [];
  rows.forEach((row) => {
    all.push(row);
  });
  return all;
}

/** Ids and days are texts, or objects that are written as such. */
function keyCells(key: string | Readonly<Record<string, unknown>>): string | Cells {
  if (typeof key === 'string') return key;
  return Object.fromEntries(
    Object.entries(key).map(([column, cell]) => [
      column,
      cell === undefined || cell === null ? '' : String(cell),
    ]),
  );
}

/** A caller may have no types. */
function unknownLedger(ledger: string): Refusal | undefined {
  if (LEDGER_NAMES.some((name) => name === ledger)) return undefined;
  const place = { kind: 'terms', path: ['ledgers', ledger] } as const;
  const fault = {
    code: 'unknown-key',
    place,
    key: ledger,
    nearest: findNearest(ledger, LEDGER_NAMES),
  } as const;
  return { kind: 'refused', faults: [fault] };
}

/** A row at fault is after all others: it is in no book yet. */
function placed(fault: Fault, row: number): Fault {
  const { place } = fault;
  return place.kind === 'row' ? { ...fault, place: { ...place, row } } : fault;
}

/** The currency of a row: its own, that of its invoice, or the workspace's (R15). */
function currencyFinder(book: TextBook): CurrencyOf {
  return (row) => {
    const cells = Object.fromEntries(
      ['currency', 'invoice_id'].map((column) => [column, String(row[column] ?? '')]),
    );
    const written = textIn(cells, 'currency');
    if (written !== '') return written;
    const id = textIn(cells, 'invoice_id');
    for (const tied of book.rows.tiedBy(invoiceTie(id))) {
      const invoice = book.rows.cellsOf(tied) ?? {};
      const own = textIn(invoice, 'currency');
      if (textIn(invoice, 'invoice_date') !== '' && textIn(invoice, 'invoice_id') === id && own !== '')
        return own;
    }
    return String(book.inputs().terms.currency);
  };
}
