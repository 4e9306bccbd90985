// Collected cash as a stack of parcels, and how late each of them came (R16).

import { addDays, type Day, daysBetween } from './calendar.js';
import { compare, type Fraction, isPositive, max, min, sub, sum, ZERO } from './fraction.js';
import type { Entry, Instalment, Invoice } from './ledgers.js';
import { compareMoments, type Moment, memoMoment, paymentMoment } from './moments.js';

/** R16.1: a stretch of the axis from 0 to what is collected, and the event that brought it. */
export interface Parcel {
  readonly moment: Moment;
  /** Empty where nobody collected it. */
  readonly collector: string;
  readonly from: Fraction;
  readonly to: Fraction;
}

/** What changes what is collected: credit memos and payments, in order. */
export interface CashEvent {
  readonly moment: Moment;
  readonly cause: 'credited' | 'collected' | 'refunded';
  readonly collector: string;
}

export function cashEventsOf(invoice: Invoice): readonly CashEvent[] {
  return [
    ...invoice.memos.map(
      (memo): CashEvent => ({ moment: memoMoment(memo), cause: 'credited', collector: '' }),
    ),
    ...invoice.payments.map((payment): CashEvent => {
      const moment = paymentMoment(payment);
      const cause = moment.kind === 'refund' ? 'refunded' : 'collected';
      return { moment, cause, collector: payment.collector };
    }),
  ].sort((a, b) => compareMoments(a.moment, b.moment));
}

/** P: cash received net of refunds. */
export function cashAt(invoice: Invoice, moment: Moment): Fraction {
  return sumUpTo(invoice.payments, paymentMoment, moment);
}

/** R5.1: all memos summed, then clamped to between 0 and the original total. */
export function creditedAt(invoice: Invoice, moment: Moment): Fraction {
  if (!isPositive(invoice.total)) return ZERO;
  return max(ZERO, min(invoice.total, sumUpTo(invoice.memos, memoMoment, moment)));
}

/** T: what the customer has to pay after credit memos. */
export function collectibleAt(invoice: Invoice, moment: Moment): Fraction {
  return sub(invoice.total, creditedAt(invoice, moment));
}

/** R16.1: the stack after a moment, the oldest first. */
export function parcelsAt(invoice: Invoice, moment: Moment): readonly Parcel[] {
  let stack: readonly Parcel[] = [];
  for (const event of cashEventsOf(invoice)) {
    if (compareMoments(event.moment, moment) > 0) break;
    const before = stack.at(-1)?.to ?? ZERO;
    const T = collectibleAt(invoice, event.moment);
    const after = max(ZERO, min(cashAt(invoice, event.moment), T));
    if (compare(after, before) > 0) {
      stack = [...stack, { moment: event.moment, collector: event.collector, from: before, to: after }];
    } else {
      stack = stack
        .map((parcel) => ({ ...parcel, to: min(parcel.to, after) }))
        .filter((parcel) => compare(parcel.to, parcel.from) > 0);
    }
  }
  return stack;
}

/** A part of a stretch of the axis that lies in one instalment. */
export interface Piece {
  readonly dueDay: Day;
  readonly from: Fraction;
  readonly to: Fraction;
}

/** R16.2, R17.2: a stretch of the axis cut where instalments meet. */
export function piecesOf(
  instalments: readonly Instalment[],
  stretch: { readonly from: Fraction; readonly to: Fraction },
): readonly Piece[] {
  return instalments
    .map(({ dueDay, from, to }) => ({ dueDay, from: max(from, stretch.from), to: min(to, stretch.to) }))
    .filter(({ from, to }) => compare(to, from) > 0);
}

/** R16.5. */
export function isDisputed(invoice: Invoice, day: Day): boolean {
  return invoice.disputes.some(({ from, to }) => from <= day && (to === '' || day <= to));
}

/** R16.3: the undisputed days after a day, up to another; negative where that is earlier. */
export function daysAfter(invoice: Invoice, start: Day, day: Day): number {
  if (day <= start) return -daysBetween(day, start);
  let count = 0;
  for (let at = addDays(start, 1); at <= day; at = addDays(at, 1)) {
    if (!isDisputed(invoice, at)) count += 1;
  }
  return count;
}

function sumUpTo<Kind extends Entry>(
  entries: readonly Kind[],
  momentOf: (entry: Kind) => Moment,
  moment: Moment,
): Fraction {
  return sum(
    entries.filter((entry) => compareMoments(momentOf(entry), moment) <= 0).map(({ amount }) => amount),
  );
}
