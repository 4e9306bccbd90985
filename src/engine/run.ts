/** What every stage of a calculation works from, and where it leaves what it found. */
import type { Amount, Counting } from '../amount.js';
import type { Day } from '../day.js';
import { formatUnits, groupThousands, type Units } from '../money.js';
import type { Terms } from '../plans/plan.js';
import type { Exception } from '../problems/exception.js';
import type { Fault } from '../problems/problem.js';
import type { Books } from './r2-ledgers/books.js';
import type { Calendar } from './r2-ledgers/calendar.js';
import type { SourceIds } from './r2-ledgers/source-ids.js';
import type { Closed } from './r11-closes/closed.js';

export interface Run {
  readonly terms: Terms;
  readonly books: Books;
  /** How the run counts money. */
  readonly counting: Counting;
  /** The ids of the rows that events come from. */
  readonly sources: SourceIds;
  readonly calendar: Calendar;
  /** Only what is dated on or before this day counts (R7.5). */
  readonly asOf: Day;
  /** Whether what is needed to explain lines is kept. */
  readonly explains: boolean;
  /** What is closed (R11); undefined where nothing is. */
  readonly closed: Closed | undefined;
  /** What is at fault itself, so that nothing can be said to be missing from it or to differ from it. */
  readonly doubtful: {
    readonly currency: boolean;
    readonly plans: boolean;
    readonly quotas: boolean;
    readonly openings: boolean;
  };
  /** Faults of meaning (R9.1), as they are found. */
  readonly faults: Fault[];
  /** Odd rows (R9.2), as they are found. */
  readonly exceptions: Exception[];
  /** What has been told already, so that one cause is told once. */
  readonly told: Set<string>;
}

/** Whether this is told for the first time; it counts as told from then on. */
export function isNews({ told }: Run, ...key: string[]): boolean {
  const text = key.join('\u0000');
  if (told.has(text)) return false;
  told.add(text);
  return true;
}

/** A ledger amount for a message, with all its decimals. */
export function inWords(run: Run, amount: Amount | Units): string {
  return groupThousands(formatUnits(BigInt(amount), run.books.scale, run.terms.currency.digits));
}
