/** Why cash that came in was paid for: what was credited to whom, at which rate, and what went again (R12.4). */
import { amountAt, exactly } from '../amount.js';
import { isoOf } from '../day.js';
import type { Cause } from '../engine/r1-words/causes.js';
import type { CashBooking, CashStep } from '../engine/r3-sales/cash-credits.js';
import type { PricedPart } from '../engine/r4-rates/pricer.js';
import type { Explainable } from '../engine/result.js';
import type { LineWorking } from '../engine/working.js';
import { type Minor, powerOfTen, round, type Units } from '../money.js';
import type { Plan } from '../plans/plan.js';
import { over, plus, type Ratio, times, ZERO } from '../ratio.js';
import { type SliceExplanation, slicesOf } from './slices.js';

/** Cash of one event that is credited, or a part of it that goes again; amounts in units. */
export interface CashChange {
  /** How much of it: 1 where it comes, below 0 where it goes. */
  readonly part: Ratio;
  /** The cash as it was booked: of the sale, for the rep's share, in the workspace's currency. */
  readonly cash: Ratio;
  /** The day on which it was booked, which fixed its rate. */
  readonly booked: string;
  /** Its one rate; undefined where it has slices. */
  readonly rate: Ratio | undefined;
  /** The first day of the version of the plan that fixed it; undefined for a plan as first written (R31.1). */
  readonly rateFrom: string | undefined;
  readonly slices: readonly SliceExplanation[];
  /** What the change comes to, before rounding. */
  readonly amount: Ratio;
}

/** What an event did to a rep's cash on an invoice. */
export interface CashEventExplanation {
  readonly date: string;
  readonly cause: Cause;
  readonly sourceId: string;
  /** The plan that the posting names. */
  readonly planId: string;
  readonly changes: readonly CashChange[];
  /** What is earned after it: the rounded sum, in minor units. */
  readonly earned: Minor;
  /** What is posted: 0 where the sum rounds to what it was. */
  readonly change: Minor;
}

/** The cash of one rep on an invoice. */
export interface CashExplanation {
  readonly invoiceId: string;
  readonly customerId: string;
  readonly repId: string;
  /** Of the invoice, in units of its currency. */
  readonly amount: Units;
  readonly total: Units;
  readonly events: readonly CashEventExplanation[];
}

/**
 * Explains the cash on an invoice that reps are paid for.
 *
 * @param calculation - with `lines` kept
 * @param repId - one rep's only
 * @returns by rep id; empty where no plan pays for it
 * @example explainCash(calculation, 'INV-1')[0]?.events[0]?.earned // 15000n
 */
export function explainCash(
  { working }: Pick<Explainable, 'working'>,
  invoiceId: string,
  repId?: string,
): readonly CashExplanation[] {
  const { lines } = working;
  const { invoices, reps } = lines.setting.books;
  const invoice = invoices.sales.findText(invoiceId);
  if (lines.cash === undefined || invoice < 0) return [];
  const { credits, priced } = lines.cash;
  return credits.histories
    .filter((history) => history.invoice === invoice)
    .map(({ rep, steps }): CashExplanation => {
      const bookings = new Map(credits.ofRep(rep)?.bookings.map((booking) => [booking.number, booking]));
      return {
        invoiceId,
        customerId: invoices.customers.at(invoice),
        repId: reps.nameOf(rep),
        amount: exactly(amountAt(invoices.amounts, invoice)),
        total: exactly(amountAt(invoices.totals, invoice)),
        events: eventsOf(lines, steps, bookings, priced),
      };
    })
    .filter((one) => repId === undefined || one.repId === repId);
}

function eventsOf(
  { setting, lines }: LineWorking,
  steps: readonly CashStep[],
  bookings: ReadonlyMap<number, CashBooking>,
  priced: readonly PricedPart[],
): readonly CashEventExplanation[] {
  const { books, terms, sources } = setting;
  const unitsPerMinor = powerOfTen(books.scale - terms.currency.digits);
  let exact = ZERO;
  let before: Minor = 0n;
  return steps.map(({ day, cause, source, line, changes }) => {
    const explained = changes.map(({ booking, part }) =>
      changeOf(bookings.get(booking) as CashBooking, priced[booking] as PricedPart, part),
    );
    exact = explained.reduce((sum, { amount }) => plus(sum, amount), exact);
    const earned = round(exact.n, exact.d * unitsPerMinor, terms.rounding);
    const change = earned - before;
    before = earned;
    const { id: planId }: Plan = lines.planOf(line);
    return {
      ...{ date: isoOf(day), cause, sourceId: sources.idOf(source), planId },
      changes: explained,
      earned,
      change,
    };
  });
}

function changeOf(
  { cash, day, plan }: CashBooking,
  { commission, booked }: PricedPart,
  part: Ratio,
): CashChange {
  const slices = booked === undefined ? [] : slicesOf(booked, cash, cash);
  const one = plan.rate.kind === 'flat' ? plan.rate.rate : cash.n === 0n ? ZERO : over(commission, cash);
  return {
    part,
    cash,
    booked: isoOf(day),
    rate: slices.length > 1 ? undefined : one,
    rateFrom: plan.from === undefined ? undefined : isoOf(plan.from),
    slices: slices.length > 1 ? slices : [],
    amount: times(commission, part),
  };
}
