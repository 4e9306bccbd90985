/** The instalments of an invoice that have become late, and when the next one does (R16.4). */
import { type Amount, type Counting, least, minus, most, plus } from '../../amount.js';
import { type Day, later } from '../../day.js';
import { findPastDueDay, findUndisputed } from '../r3-sales/disputes.js';
import type { DueTerms, Instalment } from '../r3-sales/dues.js';

/** Whether so small a remainder of what is owed counts as collected. */
export type IsWithinTolerance = (open: Amount) => boolean;

/** An instalment that may become late, and the day from whose end on it can. */
interface Clocked {
  readonly part: Instalment;
  readonly from: Day;
}

/** An instalment that is late, and the most cash that counts against it; undefined where all does (R5.6, R16.4). */
export interface LatePart {
  readonly part: Instalment;
  readonly cashCap: Amount | undefined;
}

/** When the instalments of one line become late; each does so once, for good. */
export class PastDueClock {
  readonly #disputed: DueTerms['disputed'];
  #waiting: readonly Clocked[];

  /** R16.4: an instalment's past-due day, or the earn date where that is later. */
  constructor({ instalments, disputed }: DueTerms, pastDueDays: number, earnDay: Day) {
    this.#disputed = disputed;
    this.#waiting = instalments.flatMap((part): Clocked[] => {
      const day = part.due === undefined ? undefined : findPastDueDay(disputed, part.due, pastDueDays);
      return day === undefined ? [] : [{ part, from: later(day, earnDay) }];
    });
  }

  /**
   * The instalments that are first to become late while nothing happens, and the day: they become late once, for good.
   *
   * @param from - the day of the last event
   * @param until - the day of the next one
   * @param isShort - whether this much of the axis is not collected
   * @returns undefined where that day does not come before `until`
   */
  advance(
    from: Day,
    until: Day,
    isShort: (part: Instalment) => boolean,
  ): { readonly day: Day; readonly parts: readonly Instalment[] } | undefined {
    let first: Day | undefined;
    for (const { part, from: start } of this.#waiting) {
      if (start >= until || !isShort(part)) continue;
      const day = findUndisputed(this.#disputed, later(from, start));
      if (day !== undefined && day < until && (first === undefined || day < first)) first = day;
    }
    if (first === undefined) return undefined;
    const isLateNow = ({ part, from: start }: Clocked): boolean =>
      isShort(part) && findUndisputed(this.#disputed, later(from, start)) === first;
    const now = this.#waiting.filter(isLateNow);
    this.#waiting = this.#waiting.filter((one) => !now.includes(one));
    return { day: first, parts: now.map(({ part }) => part) };
  }
}

/** R16.4: whether an instalment is short: `P < min(D(j), T)`, beyond the tolerance. */
export function isPartShort(
  { to }: Instalment,
  due: Amount,
  cash: Amount,
  isWithinTolerance: IsWithinTolerance,
): boolean {
  const end = least<'units'>(to, due);
  if (!(end > 0) || cash >= end) return false;
  return !(cash > 0 && isWithinTolerance(minus(end, cash)));
}

/** R16.4: what is short of the late instalments: of each its part, up to T, beyond max(P, 0). */
export function shortOf(
  late: readonly LatePart[],
  due: Amount,
  cash: Amount,
  isWithinTolerance: IsWithinTolerance,
  { zero }: Counting,
): Amount {
  let short: Amount = zero;
  for (const { part, cashCap } of late) {
    const counted = cashCap === undefined ? cash : least<'units'>(cash, cashCap);
    if (!isPartShort(part, due, counted, isWithinTolerance)) continue;
    const from = most<'units'>(part.from, most<'units'>(counted, zero));
    const to = least<'units'>(part.to, due);
    // Where credit memos have taken the whole instalment, nothing of it is left to be short.
    if (to > from) short = plus(short, minus(to, from));
  }
  return short;
}
