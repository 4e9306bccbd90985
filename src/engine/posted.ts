/** What a calculation posts (R5–R7, R11). */
import { sizeOf } from '../amount.js';
import { isoOf } from '../day.js';
import { findMonth, findQuarter, monthFinder, type Period, quarterFinder } from './r2-ledgers/calendar.js';
import type { Sales } from './r3-sales/sales.js';
import type { Targets } from './r5-targets/targets.js';
import { Poster } from './r6-postings/poster.js';
import { type Posting, PostingTable } from './r6-postings/posting-table.js';
import { Accounts, type Balances } from './r7-pay/pay.js';
import { LineChecker, tellBroken } from './r8-results/checks.js';
import { adjustmentsOf, recomputedIn } from './r11-closes/adjustments.js';
import type { Close } from './r11-closes/close.js';
import type { Closed } from './r11-closes/closed.js';
import { balancesAt, postOpen } from './r11-closes/post-open.js';
import type { Run } from './run.js';

/** What was posted: the recompute's table and, with closes, what adjusts the closed periods. */
export interface Posted {
  readonly table: PostingTable;
  readonly adjustments: readonly Posting[];
  readonly accounts: Accounts;
  /** What reps bring into the first open period (R11.3). */
  readonly balances: ReadonlyMap<string, Balances>;
}

/** Every line folded into postings, every posting checked and, where its period is open, paid (R5–R7, R10, R11). */
export function post(run: Run, sales: Sales, keepsPostings: boolean): Posted {
  const { calendar, counting, books, terms, closed } = run;
  const { lines } = sales;
  const findPeriod = terms.payPeriod === 'month' ? findMonth : findQuarter;
  const table = new PostingTable(run, lines, (day) => findPeriod(calendar, day) as Period);
  const checker = new LineChecker(counting);
  const periodOf = terms.payPeriod === 'month' ? monthFinder(calendar) : quarterFinder(calendar);
  const first =
    closed?.open.from ??
    lines.earnDays.subarray(0, lines.length).reduce((least, day) => Math.min(least, day), run.asOf);
  const accounts = new Accounts(
    books.reps.length,
    { first: periodOf(first), last: periodOf(run.asOf) },
    counting,
  );
  let sizes = 0;
  const poster = new Poster(run, sales, (line, day, cause, source, change) => {
    const broken = checker.findBroken(change);
    if (broken !== undefined) tellBroken(broken, table.nameOf(line, day));
    if (closed === undefined) accounts.add(lines.reps[line] as number, periodOf(day), change);
    sizes += sizeOfAll(change);
    if (keepsPostings || closed !== undefined) table.add(line, day, cause, source, change);
  });
  for (let line = 0; line < lines.length; line += 1) {
    checker.start();
    poster.post(line);
    accounts.endLine();
  }
  counting.mustFit(sizes);
  if (closed === undefined) return { table, adjustments: [], accounts, balances: new Map() };
  const adjustments = adjustmentsOf(table, closed);
  postOpen(table, adjustments, closed, accounts, periodOf);
  return { table, adjustments, accounts, balances: balancesAt(table, closed) };
}

/** The frozen postings of closed periods, then those of open ones (R11.3). */
export function afterFrozen(closed: Closed | undefined, open: Iterable<Posting>): Iterable<Posting> {
  return {
    *[Symbol.iterator]() {
      for (const { postings } of closed?.closes ?? []) yield* postings;
      yield* open;
    },
  };
}

/** What counts as posted up to the opening; undefined where the workspace begins with nothing. */
export function openedIn(table: PostingTable): Close['opened'] {
  const { closed } = table.run;
  if (closed?.opening === undefined) return undefined;
  const { day } = closed.opening;
  const frozen = closed.closes[0]?.opened;
  if (frozen !== undefined) return frozen;
  return {
    date: isoOf(day),
    postings: { [Symbol.iterator]: () => recomputedIn(table, 0, table.placeAfter(day)) },
  };
}

/** As much as the amounts of a change can move a sum, roughly. */
function sizeOfAll({ earned, advanced, released, held, forfeited, clawedBack }: Targets): number {
  return (
    sizeOf(earned) +
    sizeOf(advanced) +
    sizeOf(released) +
    sizeOf(held) +
    sizeOf(forfeited) +
    sizeOf(clawedBack)
  );
}
