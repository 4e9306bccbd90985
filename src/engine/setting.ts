/** What a calculation is given: the terms, the ledgers as read, the calendar, the day, and how it counts. */
import { type Amount, type Counting, exactly } from '../amount.js';
import type { Day } from '../day.js';
import { formatUnits, groupThousands, type Units } from '../money.js';
import type { Terms } from '../plans/plan.js';
import type { Balances } from './r1-words/pay-figures.js';
import type { Books, Opening } from './r2-ledgers/books.js';
import { type Calendar, findMonth, findQuarter, type Period } from './r2-ledgers/calendar.js';
import type { SourceIds } from './r2-ledgers/source-ids.js';

export interface Setting {
  readonly terms: Terms;
  readonly books: Books;
  /** How the run counts money. */
  readonly counting: Counting;
  /** The ids of the rows that events come from. */
  readonly sources: SourceIds;
  readonly calendar: Calendar;
  /** Only what is dated on or before this day counts (R7.5). */
  readonly asOf: Day;
  /** Whether the prices of lines are kept with their working. */
  readonly explains: boolean;
  /** What counts as posted already (R11); undefined where nothing does. */
  readonly posted: PostedBefore | undefined;
  /**
   * The reps who have rows whether or not they book anything, by the first day of their rows (R8.1); a booking before it
   * comes first.
   */
  readonly begun: ReadonlyMap<string, Day>;
  /** What is at fault itself, so that nothing can be reported as missing from it or as different from it. */
  readonly doubtful: {
    readonly currency: boolean;
    readonly plans: boolean;
    readonly quotas: boolean;
    readonly schedules: boolean;
    readonly openings: boolean;
    readonly fx: boolean;
  };
}

/** What counts as posted before the first open period: closed periods, and everything before an opening (R11). */
export interface PostedBefore {
  /** The last day of it. */
  readonly through: Day;
  /** The first open pay period. */
  readonly open: Period;
  /** The last day before the workspace, and what reps bring in; undefined where it begins with nothing. */
  readonly opening:
    | { readonly day: Day; readonly byRep: ReadonlyMap<string, readonly Opening[]> }
    | undefined;
  /**
   * What reps bring into the first open period, by rep id: the closing balances of the last close (R11.3). After an opening
   * alone, what is held follows from the postings up to it, and is 0 here.
   */
  readonly balances: ReadonlyMap<string, Balances>;
}

/** A ledger amount for a message, with all its decimals. */
export function inWords({ books, terms }: Setting, amount: Amount | Units): string {
  const units = typeof amount === 'bigint' ? amount : exactly(amount);
  return groupThousands(formatUnits(units, books.scale, terms.currency.digits));
}

/** Finds the pay period that a day lies in; undefined outside a calendar ledger (R2.10). */
export function payPeriodFinder({
  terms,
  calendar,
}: Pick<Setting, 'terms' | 'calendar'>): (day: Day) => Period | undefined {
  const find = terms.payPeriod === 'month' ? findMonth : findQuarter;
  return (day) => find(calendar, day);
}
