/** How far ahead clawbacks count as about to happen: the statement and the report draw the line at the same day. */
import { addDays, type Day, findDay, isoOf } from '../../day.js';

/** Clawbacks within this many days are about to happen; those after are listed apart. */
export const DAYS_AHEAD = 30;

/**
 * The last day that counts as soon.
 *
 * @param asOf - `YYYY-MM-DD`
 * @example soonAfter('2025-06-30') // '2025-07-30'
 */
export function soonAfter(asOf: string): string {
  return isoOf(addDays(findDay(asOf) as Day, DAYS_AHEAD));
}
