// Places in a line's history: a day, and the order of its events (R5.8, R20.1).

import type { Day } from './calendar.js';
import { compare, ZERO } from './fraction.js';
import type { Entry } from './ledgers.js';

/** R20.1: the order of a day after its bookings; a kind is its place in this list. */
const KINDS = [
  're-rating',
  'earning',
  'credit memo',
  'payment',
  'refund',
  'write-off',
  'past-due check',
  'left',
] as const;

export type Kind = (typeof KINDS)[number];

/** A place in a line's history: just after the event of that day, kind and source id. */
export interface Moment {
  readonly day: Day;
  readonly kind: Kind;
  readonly source: string;
  /** Of several events of one source, which one; 0 where there is one. */
  readonly rank: number;
}

/** Below 0 where a comes before b (R5.8). */
export function compareMoments(a: Moment, b: Moment): number {
  return comparePlaces(a, b) || a.rank - b.rank;
}

/** The same, but for events of one source. */
export function comparePlaces(a: Moment, b: Moment): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  return a.source < b.source ? -1 : a.source > b.source ? 1 : 0;
}

export function memoMoment(memo: Entry): Moment {
  return { day: memo.day, kind: 'credit memo', source: memo.id, rank: memo.rank };
}

/** R2.4: a negative payment is a refund. */
export function paymentMoment(payment: Entry): Moment {
  const kind = compare(payment.amount, ZERO) < 0 ? 'refund' : 'payment';
  return { day: payment.day, kind, source: payment.id, rank: payment.rank };
}

export function writeOffMoment(writeOff: Entry): Moment {
  return { day: writeOff.day, kind: 'write-off', source: writeOff.id, rank: writeOff.rank };
}

/** After everything of a day. */
export function endOf(day: Day): Moment {
  return { day, kind: 'left', source: '\uffff', rank: 0 };
}
