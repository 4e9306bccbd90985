/** What a calculation posts: every line folded into postings, checked, and paid where its period is open (R5–R7, R10, R11). */
import { type Day, dayAt, isoOf } from '../day.js';
import { byCodeUnit } from '../order.js';
import { isTiming } from './r1-words/causes.js';
import type { Balances } from './r1-words/pay-figures.js';
import { findMonth, findQuarter, monthFinder, type Period, quarterFinder } from './r2-ledgers/calendar.js';
import type { CashHistory } from './r3-sales/cash-credits.js';
import type { Lines } from './r3-sales/lines.js';
import { sizeOfChange } from './r5-targets/targets.js';
import { type PricedCash, postCash } from './r6-postings/cash-poster.js';
import { type OnEvent, type OnPosting, Poster, type PricedLines } from './r6-postings/poster.js';
import { type Posting, PostingTable } from './r6-postings/posting-table.js';
import { Accounts } from './r7-pay/accounts.js';
import { CapBook } from './r7-pay/caps.js';
import { LineChecker, reportBroken } from './r8-results/checks.js';
import { adjustmentsOf, recomputedIn } from './r11-closes/adjustments.js';
import type { Close } from './r11-closes/close.js';
import type { Closed } from './r11-closes/closed.js';
import { addClosed } from './r11-closes/closed-caps.js';
import { balancesAt, postOpen } from './r11-closes/post-open.js';
import type { Setting } from './setting.js';

/** What was posted: the recompute's table and, with closes, what adjusts the closed periods. */
export interface Posted {
  /** Empty where postings are not kept and nothing is closed. */
  readonly table: PostingTable;
  readonly adjustments: readonly Posting[];
  readonly accounts: Accounts;
  /** Undefined where no plan has a cap. */
  readonly caps: CapBook | undefined;
  /** What reps bring into the first open period (R11.3). */
  readonly balances: ReadonlyMap<string, Balances>;
}

/** Follows lines while they are posted: each is started, has its postings and events in order, and is ended. */
export interface LineObserver {
  readonly startLine: (line: number) => void;
  readonly onPosting: OnPosting;
  readonly onEvent: OnEvent;
  readonly endLine: () => void;
}

/**
 * Posts every line.
 *
 * @param closed - what is closed: it is compared with the recompute, and only what differs is posted
 * @param observer - follows the lines, but not credited cash, which is posted when it comes (R12.4)
 */
export function post(
  setting: Setting,
  priced: PricedLines,
  cash: PricedCash | undefined,
  closed: Closed | undefined,
  keepsPostings: boolean,
  observer?: LineObserver,
): Posted {
  const { calendar, counting, books, terms, asOf } = setting;
  const { lines } = priced;
  const isMonthly = terms.payPeriod === 'month';
  const findPeriod = isMonthly ? findMonth : findQuarter;
  const periodOf = isMonthly ? monthFinder(calendar) : quarterFinder(calendar);
  // Every day that anything is posted on lies in the calendar.
  const table = new PostingTable(setting, lines, (day) => findPeriod(calendar, day) as Period);
  const first = periodOf(closed?.open.from ?? firstEarned(setting, priced, cash));
  const caps = terms.plans.some(({ cap }) => cap !== undefined) ? new CapBook(terms.plans) : undefined;
  const accounts = new Accounts(books.reps.length, { first, last: periodOf(asOf) }, counting, caps);
  const checker = new LineChecker(counting);
  let sizes = 0;
  const onPosting: OnPosting = (line, day, cause, source, change) => {
    const broken = checker.findBroken(change, isTiming(cause));
    if (broken !== undefined) reportBroken(broken, table.nameOf(line, day));
    if (caps !== undefined) accounts.startLine(lines.planOf(line).id);
    if (closed === undefined) accounts.add(lines.reps[line] as number, periodOf(day), change);
    sizes += sizeOfChange(change);
    if (keepsPostings || closed !== undefined) table.add(line, day, cause, source, change);
  };
  const poster =
    observer === undefined
      ? new Poster(setting, priced, onPosting)
      : new Poster(setting, priced, both(onPosting, observer.onPosting), observer.onEvent);
  const endLine = () => {
    accounts.endLine();
    checker.start();
  };
  const cashBefore = cash && cashInOrder(setting, lines, cash, onPosting, endLine);
  checker.start();
  for (let line = 0; line < lines.length; line += 1) {
    cashBefore?.(line);
    observer?.startLine(line);
    poster.post(line);
    observer?.endLine();
    endLine();
  }
  cashBefore?.(lines.length);
  counting.mustFit(sizes);
  if (closed === undefined) return { table, adjustments: [], accounts, caps, balances: new Map() };
  const adjustments = adjustmentsOf(table, closed);
  if (caps !== undefined) addClosed(caps, table, closed, periodOf);
  postOpen(table, adjustments, closed, accounts, periodOf);
  return { table, adjustments, accounts, caps, balances: balancesAt(table, closed) };
}

function both(first: OnPosting, second: OnPosting): OnPosting {
  return (line, day, cause, source, change) => {
    first(line, day, cause, source, change);
    second(line, day, cause, source, change);
  };
}

/**
 * Posts cash in the order of (invoice id, rep id, credit) among the other lines: what comes before a line.
 *
 * @returns to be called before each line, and at the end
 */
function cashInOrder(
  setting: Setting,
  lines: Lines,
  { credits, priced }: PricedCash,
  onPosting: OnPosting,
  endLine: () => void,
): (line: number) => void {
  const { invoices, reps } = setting.books;
  const { histories } = credits;
  let next = 0;
  const isBefore = ({ invoice, rep }: CashHistory, line: number): boolean => {
    if (line === lines.length) return true;
    const other = lines.invoices[line] as number;
    const order = invoices.ids.rankOf(invoice) - invoices.ids.rankOf(other);
    // The other lines of a rep on an invoice come before its cash.
    return (
      order < 0 || (order === 0 && byCodeUnit(reps.nameOf(rep), reps.nameOf(lines.reps[line] as number)) < 0)
    );
  };
  return (line) => {
    for (; next < histories.length && isBefore(histories[next] as CashHistory, line); next += 1) {
      postCash(setting, priced, histories[next] as CashHistory, onPosting, endLine);
    }
  };
}

/** The first day on which any line is earned. */
function firstEarned({ asOf }: Setting, { lines }: PricedLines, cash: PricedCash | undefined): Day {
  let first = asOf;
  for (const { steps } of cash?.credits.histories ?? []) {
    for (const { day } of steps) if (day < first) first = day;
  }
  for (let line = 0; line < lines.length; line += 1) {
    const day = dayAt(lines.earnDays, line);
    if (day < first) first = day;
  }
  return first;
}

/** The frozen postings of closed periods, then those of open ones (R11.3). */
export function afterFrozen(closed: Closed | undefined, open: Iterable<Posting>): Iterable<Posting> {
  return {
    *[Symbol.iterator]() {
      // Copies: what is frozen cannot be changed through a result.
      for (const { postings } of closed?.closes ?? []) {
        for (const posting of postings) yield { ...posting };
      }
      yield* open;
    },
  };
}

/** What counts as posted up to the opening; undefined where the workspace begins with nothing. */
export function openedIn(table: PostingTable, closed: Closed | undefined): Close['opened'] {
  if (closed?.opening === undefined) return undefined;
  const { day } = closed.opening;
  const frozen = closed.closes[0]?.opened;
  if (frozen !== undefined) return frozen;
  const postings = { [Symbol.iterator]: () => recomputedIn(table, 0, table.placeAfter(day)) };
  return { date: isoOf(day), postings };
}
