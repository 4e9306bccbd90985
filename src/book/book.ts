/** An incremental book: rows are put and removed one by one, and each answer is what a calculation gives for all of them. */
import { calculate, type Inputs } from '../engine/calculate.js';
import type { Refusal } from '../engine/result.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { readTerms } from '../plans/terms.js';
import type { Outcome } from './change.js';
import { BookCloses } from './closes.js';
import { type Answer, DayBook, type Way } from './day-book.js';
import { keyColumnsOf } from './keys.js';
import type { BookRows } from './rows.js';
import type { Cells } from './ties.js';

/** What a book begins with: as for a calculation. Postings are always kept. */
export type TextBookInputs = Omit<Inputs, 'keep'>;

/** A book whose rows are text. */
export interface TextBook {
  readonly rows: BookRows;
  put(ledger: LedgerName, row: Cells): Outcome;
  /** @param key - the text of the first column of the ledger's key, or cells of its columns */
  remove(ledger: LedgerName, key: string | Cells): Outcome;
  at(day?: string): Answer;
  fork(): TextBook;
  inputs(): TextBookInputs;
}

/** How a book goes about edits. */
export interface BookOptions {
  /** An edit that is tied to more of all rows than this calculates all. */
  readonly largestPart?: number;
  /** Called with the way that an edit has taken. */
  readonly onWay?: (way: Way) => void;
}

/** Of all rows: an edit that is tied to more of them calculates all. */
const LARGEST_PART = 0.5;

/** Opens a book: calculates all rows once, and from then on only what an edit can change. */
export function openTextBook(
  inputs: TextBookInputs,
  { largestPart = LARGEST_PART, onWay }: BookOptions = {},
): { readonly kind: 'open'; readonly book: TextBook } | Refusal {
  const mapped = Object.entries(inputs.ledgers).filter(([, ledger]) => ledger?.source !== undefined);
  if (mapped.length > 0) {
    const faults = mapped.map(
      ([name]) =>
        ({ code: 'rows-of-mapping', place: { kind: 'ledger', ledger: name as LedgerName } }) as const,
    );
    return { kind: 'refused', faults };
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

interface Facts extends Pick<TextBookInputs, 'terms' | 'asOf'> {
  readonly counting: TextBookInputs['counting'] | undefined;
  readonly closes: BookCloses;
}

function bookOf(facts: Facts, own: DayBook): TextBook {
  const { terms, asOf, closes, counting } = facts;
  /** The answers as of other days, until the next edit. */
  const others = new Map<string, Answer>();
  const edited = (outcome: Outcome): Outcome => {
    if (outcome.kind === 'changed') others.clear();
    return outcome;
  };
  const inputs = (): TextBookInputs => ({
    terms,
    ledgers: own.rows.fork().ledgers(),
    asOf,
    closes: closes.all,
    ...(counting === undefined ? {} : { counting }),
  });
  return {
    get rows() {
      return own.rows;
    },
    put: (ledger, row) => edited(own.put(ledger, row)),
    remove: (ledger, key) => {
      const [first = ''] = keyColumnsOf(ledger);
      return edited(own.remove(ledger, typeof key === 'string' ? { [first]: key } : key));
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
