/** The days on which an invoice is disputed: they do not count (R16.5). */
import { addDays, type Day } from '../../day.js';

/** Days in a row, both ends included. */
interface Stretch {
  readonly from: Day;
  /** Undefined while the dispute is open. */
  readonly to: Day | undefined;
}

/** The disputed days of one invoice: stretches in order, with days between them. */
export type DisputedDays = readonly Stretch[];

export const NO_DISPUTE: DisputedDays = [];

/** Disputes in any order, which may overlap, as the days that they cover. */
export function disputedDays(disputes: readonly Stretch[]): DisputedDays {
  const days: Stretch[] = [];
  for (const next of [...disputes].sort((a, b) => a.from - b.from)) {
    const last = days.at(-1);
    if (last === undefined || (last.to !== undefined && next.from > addDays(last.to, 1))) days.push(next);
    else days[days.length - 1] = { from: last.from, to: laterEnd(last.to, next.to) };
  }
  return days;
}

function laterEnd(a: Day | undefined, b: Day | undefined): Day | undefined {
  return a === undefined || b === undefined ? undefined : a > b ? a : b;
}

/** The disputed days in a row that a day is one of; undefined where it is not disputed. */
export function findDispute(disputed: DisputedDays, day: Day): Stretch | undefined {
  return disputed.find(({ from, to }) => from <= day && (to === undefined || day <= to));
}

/** The first day on or after another that is not disputed; undefined where there is none while a dispute is open. */
export function findUndisputed(disputed: DisputedDays, day: Day): Day | undefined {
  for (const { from, to } of disputed) {
    if (from > day || (to !== undefined && to < day)) continue;
    return to === undefined ? undefined : addDays(to, 1);
  }
  return day;
}

/**
 * R16.3: how many days late a day is: the undisputed days after the due date up to it; below 0 where it is early.
 *
 * @example daysLate([{ from: day('2025-03-01'), to: day('2025-03-31') }], day('2025-02-14'), day('2025-04-15')) // 29
 */
export function daysLate(disputed: DisputedDays, due: Day, day: Day): number {
  let late = day - due;
  if (late <= 0) return late;
  for (const { from, to } of disputed) {
    const first = from > due ? from : due + 1;
    const last = to === undefined || to > day ? day : to;
    if (last >= first) late -= last - first + 1;
  }
  return late;
}

/**
 * R16.5: the first undisputed day, on or after the due date, that is as many days late.
 *
 * @returns undefined where a dispute that is still open begins before it
 */
export function findPastDueDay(disputed: DisputedDays, due: Day, pastDueDays: number): Day | undefined {
  if (pastDueDays === 0) return findUndisputed(disputed, due);
  let day = addDays(due, pastDueDays);
  for (const { from, to } of disputed) {
    if (from > day) break;
    if (to === undefined) return undefined;
    const first = from > due ? from : due + 1;
    if (to >= first) day = addDays(day, to - first + 1);
  }
  return day;
}
