/** An incremental book: rows are put and removed one by one, and each answer is what {@link calculate} gives for all of them. */
import type { Inputs } from '../engine/calculate.js';
import { calculate } from '../engine/calculate.js';
import type { Refusal } from '../engine/result.js';
import type { LedgerName, SpecOf } from '../ledger-specs/ledgers.js';
import type { RowOf } from '../ledger-specs/spec.js';
import { readTerms } from '../plans/terms.js';
import type { Outcome } from './change.js';
import { BookCloses } from './closes.js';
import { type Answer, DayBook, type Way } from './day-book.js';
import { keyColumnsOf } from './keys.js';
import type { Cells } from './ties.js';

/** What a book begins with: as for {@link calculate}. Postings are always kept. */
export type BookInputs = Omit<Inputs, 'keep'>;

/** A row of a ledger, by name. */
export type BookRow<Name extends LedgerName> = RowOf<SpecOf<Name>>;

/**
 * What names a row: the text of the first column of its ledger's key, or cells of the key's columns. A row is known by the
 * key of its ledger (R2.1); by the day `from` as well where a ledger may have several rows of one key.
 */
export type RowKey<Name extends LedgerName> = string | Partial<BookRow<Name>>;

/** Of all rows: an edit that is tied to more of them calculates all. */
const LARGEST_PART = 0.5;

/** A book of ledgers that changes row by row. */
export interface Book {
  /**
   * Puts a row: in place of the one with its key, else as the last of its ledger. A row with faults, or one that would be
   * at fault beside the others, changes nothing.
   *
   * @returns what has changed as of the book's day, or the faults that {@link calculate} would find
   */
  put<Name extends LedgerName>(ledger: Name, row: BookRow<Name>): Outcome;
  /**
   * Removes a row.
   *
   * @returns what has changed, or the faults that are there without the row, which then stays
   * @throws RangeError where no row has the key, or several have
   * @example book.remove('payments', { payment_id: 'P1', invoice_id: 'I1' })
   */
  remove<Name extends LedgerName>(ledger: Name, key: RowKey<Name>): Outcome;
  /**
   * The result as of a day: of all rows, as {@link calculate} gives it. As of the book's own day it is at hand; as of
   * another, all rows are calculated the first time, and again after an edit.
   *
   * @param day - `YYYY-MM-DD`; the book's own day by default
   */
  at(day?: string): Answer;
  /** Another book that is the same for now. Neither sees what is put into the other; it costs next to nothing. */
  fork(): Book;
  /** The rows as {@link calculate} takes them, in the order to which exceptions refer. */
  inputs(): BookInputs;
}

/**
 * Opens a book: calculates all rows once, and from then on only what an edit can change. A payment or a write-off posts the
 * lines of its invoice again; any other row calculates the part of the book that it is tied to by invoices, reps, teams
 * and customers' accounts; a calendar, a currency rate, an opening, or the first row of a ledger calculates all rows.
 * Where a plan pays for cash or has a cap, or cash is on the customer's account, so does a payment calculate its part.
 *
 * @param inputs - terms, ledgers, day and closes, as for {@link calculate}; ledgers as rows, not as a mapping makes them
 * @returns the book, or every fault of the inputs
 * @throws RangeError where a ledger has a `source`: pass its `rows`
 * @example
 * const book = openBook({ terms, ledgers, asOf: '2025-03-31' });
 * if (book.kind === 'open') {
 *   const row = { payment_id: 'P2', invoice_id: 'I1', payment_date: '2025-03-20', amount: '600.00' };
 *   const outcome = book.book.put('payments', row);
 *   // outcome.kind === 'changed'; outcome.pay[0].after.paid is what the rep is paid now, in minor units
 *   const answer = book.book.at('2025-03-31'); // as calculate gives it for all rows
 * }
 */
export function openBook(inputs: BookInputs): { readonly kind: 'open'; readonly book: Book } | Refusal {
  return openBookIn(inputs, {});
}

/** The same with other bounds, and word of the way that each edit takes: for tests and measurements. */
export function openBookIn(
  inputs: BookInputs,
  {
    largestPart = LARGEST_PART,
    onWay,
  }: { readonly largestPart?: number; readonly onWay?: (way: Way) => void },
): { readonly kind: 'open'; readonly book: Book } | Refusal {
  for (const [name, ledger] of Object.entries(inputs.ledgers)) {
    if (ledger?.source !== undefined)
      throw new RangeError(`the rows of ${name} are what a mapping made: a book takes { rows } alone`);
  }
  const { terms, asOf, counting } = inputs;
  const closes = new BookCloses(inputs.closes ?? []);
  const opened = DayBook.open(
    { terms, reading: readTerms(terms), asOf, closes, counting, largestPart, onWay },
    inputs.ledgers,
  );
  if (!(opened instanceof DayBook)) return opened;
  return { kind: 'open', book: bookOf({ terms, asOf, closes, counting }, opened) };
}

interface Facts extends Pick<BookInputs, 'terms' | 'asOf'> {
  readonly counting: BookInputs['counting'] | undefined;
  readonly closes: BookCloses;
}

function bookOf(facts: Facts, own: DayBook): Book {
  const { terms, asOf, closes, counting } = facts;
  /** The answers as of other days, until the next edit. */
  const others = new Map<string, Answer>();
  const edited = (outcome: Outcome): Outcome => {
    if (outcome.kind === 'changed') others.clear();
    return outcome;
  };
  const inputs = (): BookInputs => ({
    terms,
    ledgers: own.rows.fork().ledgers(),
    asOf,
    closes: closes.all,
    ...(counting === undefined ? {} : { counting }),
  });
  return {
    put: (ledger, row) => edited(own.put(ledger, row as Cells)),
    remove: (ledger, key) => {
      const [first = ''] = keyColumnsOf(ledger);
      const cells: Cells = typeof key === 'string' ? { [first]: key } : (key as Cells);
      const outcome = own.remove(ledger, cells);
      if (outcome === undefined)
        throw new RangeError(`${JSON.stringify(key)} is the key of no row of ${ledger}`);
      return edited(outcome);
    },
    at: (day = asOf) => {
      if (day === asOf) return own.answer();
      const known = others.get(day);
      if (known !== undefined) return known;
      const outcome = calculate({ ...inputs(), asOf: day });
      const answer: Answer =
        outcome.kind === 'refused' ? outcome : { kind: 'calculated', result: outcome.result };
      others.set(day, answer);
      return answer;
    },
    fork: () => bookOf(facts, own.fork()),
    inputs,
  };
}
