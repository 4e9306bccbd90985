// Collected cash as bookings of credit cash: whose each parcel is, and what is left of it (R12.4, R28).

import { addDays, type Day, laterOf } from './calendar.js';
import type { OwnCredit } from './credits.js';
import { div, type Fraction, isPositive, max, min, mul, ONE, parsePercent, sub, ZERO } from './fraction.js';
import type { Invoice, World } from './ledgers.js';
import { compareMoments, endOf, type Moment } from './moments.js';
import { cashEventsOf, daysAfter, type Parcel, parcelsAt, piecesOf } from './parcels.js';
import { cell, isOn, type Row } from './rows.js';
import type { Plan } from './terms.js';

/** A parcel, or the part of it in an instalment, that is booked for a rep. */
export interface CashPiece {
  readonly invoice: Invoice;
  readonly rep: string;
  readonly share: Fraction;
  /** The plan that booked it. */
  readonly plan: Plan;
  /** The event that brought the parcel. */
  readonly moment: Moment;
  /** The day on which it is booked. */
  readonly day: Day;
  /** Its place among the pieces of the parcel. */
  readonly index: number;
  readonly from: Fraction;
  readonly to: Fraction;
}

type People = Pick<World, 'findPlan' | 'lastDayOf'>;

export function listCashPieces(
  invoices: readonly Invoice[],
  accounts: readonly Row[] | undefined,
  people: People,
): readonly CashPiece[] {
  return invoices
    .filter(({ total }) => isPositive(total))
    .flatMap((invoice) =>
      bookedParcelsOf(invoice).flatMap((parcel) => piecesOfParcel(invoice, parcel, accounts, people)),
    );
}

/** R12.4: what is left of early cash when the invoice is booked, and every parcel from then on. */
function bookedParcelsOf(invoice: Invoice): readonly Parcel[] {
  const eve = endOf(addDays(invoice.bookingDay, -1));
  const later = cashEventsOf(invoice)
    .filter(({ moment }) => compareMoments(moment, eve) > 0)
    .flatMap(({ moment }) =>
      parcelsAt(invoice, moment).filter((parcel) => compareMoments(parcel.moment, moment) === 0),
    );
  return [...parcelsAt(invoice, eve), ...later];
}

function piecesOfParcel(
  invoice: Invoice,
  parcel: Parcel,
  accounts: readonly Row[] | undefined,
  { findPlan, lastDayOf }: People,
): readonly CashPiece[] {
  const day = laterOf(parcel.moment.day, invoice.bookingDay);
  const candidates = [
    ...holdersOf(invoice, day, accounts).map((holder) => ({ ...holder, of: 'account' })),
    ...(parcel.collector === '' ? [] : [{ rep: parcel.collector, share: ONE, of: 'collector' }]),
  ];
  return candidates.flatMap(({ rep, share, of }): readonly CashPiece[] => {
    const plan = findPlan(rep, day, 'cash');
    if (plan === undefined || plan.of !== of) return [];
    // R19.2.
    const lastDay = lastDayOf(rep);
    if (lastDay !== undefined && parcel.moment.day > lastDay) return [];
    const { moment } = parcel;
    return stretchesOf(invoice, parcel, plan).map(({ from, to }, index) => {
      return { invoice, rep, share, plan, moment, day, index, from, to };
    });
  });
}

/** R28.1: where there is an accounts ledger, who has the customer's account; else the invoice's own credits. */
function holdersOf(invoice: Invoice, day: Day, accounts: readonly Row[] | undefined): readonly OwnCredit[] {
  if (accounts === undefined) return invoice.owners;
  return accounts
    .filter((row) => cell(row, 'customer_id') === invoice.customer && isOn(row, day))
    .map((row) => ({ rep: cell(row, 'rep_id'), share: parsePercent(cell(row, 'share') || '100%') }));
}

/** R12.4: only what came so many days past due, each instalment by itself; else the whole parcel. */
function stretchesOf(
  invoice: Invoice,
  parcel: Parcel,
  { pastDue }: Plan,
): readonly { readonly from: Fraction; readonly to: Fraction }[] {
  if (pastDue === undefined) return [parcel];
  return piecesOf(invoice.instalments, parcel).filter(({ dueDay }) => {
    if (dueDay === '') return false;
    const late = daysAfter(invoice, dueDay, parcel.moment.day);
    return late >= pastDue.from && late <= pastDue.to;
  });
}

/** What is left of a piece at a moment, as a share of what was booked. */
export function leftOfPiece(piece: CashPiece, moment: Moment): Fraction {
  const parcel = parcelsAt(piece.invoice, moment).find(
    (one) => compareMoments(one.moment, piece.moment) === 0,
  );
  if (parcel === undefined) return ZERO;
  const left = max(ZERO, sub(min(piece.to, parcel.to), piece.from));
  return div(left, sub(piece.to, piece.from));
}

/** R12.4, R15.2: length × amount ÷ total × share, in the workspace's currency. */
export function bookedAmountOf({ invoice, share, from, to }: CashPiece): Fraction {
  return mul(mul(mul(sub(to, from), div(invoice.amount, invoice.total)), share), invoice.fx);
}
