/** The order of a day, as a table (R5.8), and what follows from it: the order of events and of postings (R6.4). */
import type { Day } from '../../day.js';
import { byCodeUnit } from '../../order.js';

/** Why a posting was made (R6.2). */
export type Cause =
  | 're-rated'
  | 'booked'
  | 'invoiced'
  | 'credited'
  | 'collected'
  | 'refunded'
  | 'written-off'
  | 'write-off-reversed'
  | 'past-due';

/** R5.8: lower goes first. Write-offs and their reversals are one kind. */
const KIND: Readonly<Record<Cause, number>> = {
  're-rated': 1,
  booked: 2,
  invoiced: 2,
  credited: 3,
  collected: 4,
  refunded: 5,
  'written-off': 6,
  'write-off-reversed': 6,
  'past-due': 7,
};

/** Where the kind of a cause stands in the order of a day, counted from 0. */
export function kindOf(cause: Cause): number {
  return KIND[cause];
}

/** What happens on a day, for ordering. */
interface Dated {
  readonly day: Day;
  readonly cause: Cause;
  readonly source: string;
}

/** By day, then as events of one day apply. */
export function byDayAndOrder(a: Dated, b: Dated): number {
  return a.day - b.day || KIND[a.cause] - KIND[b.cause] || byCodeUnit(a.source, b.source);
}
