/** The last day on which cash still pays a rep who has left (R19.1). */
import { addDays, type Day } from '../../day.js';
import type { Setting } from '../setting.js';

export interface LastDays {
  /** Whether no rep has one. */
  readonly isEmpty: boolean;
  /** `L` of a rep, by the rep's number; undefined where cash of any day counts. */
  find(rep: number): Day | undefined;
}

/** R19.1: the day a rep left, and the days of the tail; without `leavers` nothing depends on it. */
export function lastDaysOf({ terms, books }: Setting): LastDays {
  const { leavers } = terms;
  const days = new Map<string, Day>();
  for (const { rep_id: rep, left } of leavers === undefined ? [] : books.plain.reps) {
    if (left !== undefined) days.set(rep, addDays(left, leavers?.tailDays ?? 0));
  }
  if (days.size === 0) return { isEmpty: true, find: () => undefined };
  return { isEmpty: false, find: (rep) => (rep < 0 ? undefined : days.get(books.reps.nameOf(rep))) };
}
