/** What should have been posted in closed periods, less what was: posted in the first open one (R11.2, R11.3). */
import { addDays, type Day, findDay, isoOf } from '../../day.js';
import {
  addAmounts,
  areSameAmounts,
  isNoChange,
  type LineSums,
  noAmounts,
} from '../r1-words/line-accounts.js';
import type { Posting, PostingTable } from '../r6-postings/posting-table.js';
import type { Closed } from './closed.js';
import { type LineNow, linesNow } from './lines-now.js';
import { inPostingOrder } from './posting-order.js';

/** A difference between the recompute and what was posted, and the line of the recompute, where it still has it. */
interface Difference {
  /** Names the line, the cause, the source and the day. */
  readonly of: Posting;
  readonly isRecomputed: boolean;
  readonly amounts: LineSums;
}

/**
 * R11.2, R12.7: per (rep, invoice, credit, cause, source id, date), what the recompute has in closed periods less what was frozen or
 * adjusted since, as postings of the first open day. Both sides mostly say the same in the same order, so they are gone
 * through side by side, and only what differs is held.
 *
 * @param table - every posting of the recompute
 * @returns in the order of R6.4, and where all of that is equal, by the day of the event
 */
export function adjustmentsOf(table: PostingTable, closed: Closed): readonly Posting[] {
  const [first] = closed.closes;
  // Up to an opening alone, what should have been posted counts as posted.
  if (first === undefined) return [];
  const differences = new Differences();
  let from = table.placeAfter(addDays(findDay(first.period.from) as Day, -1));
  compare(recomputedIn(table, 0, from), first.opened?.postings ?? [], differences);
  for (const close of closed.closes) {
    const to = table.placeAfter(findDay(close.period.to) as Day);
    if (close.isAsIn?.(table, from, to) !== true) {
      compare(recomputedIn(table, from, to), close.postings, differences);
    }
    from = to;
  }
  const date = isoOf(closed.open.from);
  const left = [...differences.left()];
  const nowOf = asNow(
    table,
    left.filter(({ isRecomputed }) => !isRecomputed).map(({ of }) => of),
  );
  return left
    .map(({ of, amounts, isRecomputed }): Posting => {
      const adjusts = table.periodOf(findDay(of.eventDate) as Day).name;
      const now = isRecomputed ? undefined : nowOf(of);
      return { ...of, ...now, ...amounts, date, period: closed.open.name, adjusts };
    })
    .sort(inPostingOrder);
}

/**
 * What the lines of frozen postings have now, also where the recompute has no such posting. Cash keeps its plan as long as there is
 * one of that id: its net is taken plan by plan (R21.2).
 */
function asNow(table: PostingTable, postings: readonly Posting[]): (posting: Posting) => LineNow | undefined {
  const nowOf = linesNow(table, postings);
  const plans = new Set(table.setting.terms.plans.map(({ id }) => id));
  return (posting) => (posting.credit === 'cash' && plans.has(posting.planId) ? undefined : nowOf(posting));
}

/** Goes through what is recomputed and what was posted side by side, and notes what only one of them has. */
function compare(recompute: Iterable<Posting>, posted: Iterable<Posting>, differences: Differences): void {
  const recomputed = recompute[Symbol.iterator]();
  let now = recomputed.next();
  for (const was of posted) {
    if (was.adjusts !== '') {
      differences.less(was);
      continue;
    }
    while (now.done !== true && inPostingOrder(now.value, was) < 0) {
      differences.plus(now.value);
      now = recomputed.next();
    }
    if (now.done !== true && isSame(now.value, was)) now = recomputed.next();
    else differences.less(was);
  }
  for (; now.done !== true; now = recomputed.next()) differences.plus(now.value);
}

/** The postings of open periods in order: what adjusts closed ones, and what is new (R11.3). */
export function* openPostings(
  table: PostingTable,
  adjustments: readonly Posting[],
  closed: Closed | undefined,
): Generator<Posting, undefined> {
  const from = closed === undefined ? 0 : table.placeAfter(closed.through);
  yield* withAdjustments(recomputedIn(table, from, table.length), adjustments);
}

/** Postings in the order of R6.4, and adjustments in theirs: before those that they come before. */
export function* withAdjustments(
  postings: Iterable<Posting>,
  adjustments: readonly Posting[],
): Generator<Posting, undefined> {
  let adjusted = 0;
  for (const own of postings) {
    for (; adjusted < adjustments.length; adjusted += 1) {
      const adjustment = adjustments[adjusted] as Posting;
      if (inPostingOrder(adjustment, own) > 0) break;
      yield adjustment;
    }
    yield own;
  }
  yield* adjustments.slice(adjusted);
}

/** The recompute's postings from a place in the order up to another. */
export function* recomputedIn(table: PostingTable, from: number, to: number): Generator<Posting, undefined> {
  const inOrder = table.inOrder();
  for (let place = from; place < to; place += 1) yield table.at(inOrder[place] as number);
}

function isSame(now: Posting, was: Posting): boolean {
  return inPostingOrder(now, was) === 0 && areSameAmounts(now, was);
}

/** Sums of what differs, by (rep, invoice, credit, cause, source id, day of the event). */
class Differences {
  readonly #byKey = new Map<string, Difference>();

  plus(posting: Posting): void {
    this.#add(posting, 1n, true);
  }

  less(posting: Posting): void {
    this.#add(posting, -1n, false);
  }

  /** Those that are not nothing. */
  *left(): Iterable<Difference> {
    for (const difference of this.#byKey.values()) if (!isNoChange(difference.amounts)) yield difference;
  }

  #add(of: Posting, sign: 1n | -1n, isRecomputed: boolean): void {
    const key = JSON.stringify([of.repId, of.invoiceId, of.credit, of.cause, of.sourceId, of.eventDate]);
    let known = this.#byKey.get(key);
    if (known === undefined || (isRecomputed && !known.isRecomputed)) {
      // The recompute knows the plan and the customer as they are now.
      known = { of, isRecomputed, amounts: known?.amounts ?? noAmounts() };
      this.#byKey.set(key, known);
    }
    addAmounts(known.amounts, of, sign);
  }
}
