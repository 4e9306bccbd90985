/** What every stage of a calculation works from, and where it leaves what it found. */
import type { Day } from '../day.js';
import { formatUnits, type Units } from '../money.js';
import type { Terms } from '../plans/plan.js';
import type { Exception } from '../problems/exception.js';
import type { Fault } from '../problems/problem.js';
import type { Books } from './r2-ledgers/books.js';
import type { Calendar } from './r2-ledgers/calendar.js';

export interface Run {
  readonly terms: Terms;
  readonly books: Books;
  readonly calendar: Calendar;
  /** Only what is dated on or before this day counts (R7.5). */
  readonly asOf: Day;
  /** Whether a row of the quotas is at fault, so that a quota that is not there may be meant. */
  readonly quotasAtFault: boolean;
  /** Whether the currency is at fault, so that no other one differs from it. */
  readonly currencyAtFault: boolean;
  /** Faults of meaning (R9.1), as they are found. */
  readonly faults: Fault[];
  /** Odd rows (R9.2), as they are found. */
  readonly exceptions: Exception[];
}

/** A ledger amount for a message, with all its decimals. */
export function inWords(run: Run, amount: Units): string {
  return formatUnits(amount, run.books.scale, run.terms.currency.digits);
}
