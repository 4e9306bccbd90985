/** Rows that are well-formed but odd (R9.2): the closed catalog of exceptions and their texts. */
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { clipped } from './clipped.js';

/** The facts of every exception; amounts and dates as text. */
export interface ExceptionFacts {
  /** `usedFor`: the rep in whose pay it is all the same (R21.4). */
  'unknown-invoice': { readonly invoice: string; readonly amount: string; readonly usedFor?: string };
  /** With `applyCash`: what is left of the amount, and the customer. */
  unapplied: { readonly amount: string; readonly left?: string; readonly customer?: string };
  'undated-payment': { readonly amount: string };
  'unmapped-value': { readonly column: string; readonly value: string };
  'no-plan': { readonly rep: string; readonly booked: string };
  'team-share-over-100': { readonly manager: string; readonly share: string };
  'unknown-rep': { readonly rep: string; readonly invoice: string };
  'over-credited': { readonly credited: string; readonly total: string };
  overpaid: { readonly received: string; readonly owed: string; readonly excess: string };
  'over-written-off': { readonly writtenOff: string; readonly owed: string };
  'refund-exceeds-payments': { readonly net: string };
  'write-off-reversal-exceeds-write-offs': { readonly net: string };
  'credit-reversal-exceeds-credits': { readonly net: string };
  'booked-after-invoiced': { readonly booked: string; readonly invoiced: string };
  'cash-before-booking': { readonly paid: string; readonly booked: string };
  'due-before-invoiced': { readonly due: string; readonly invoiced: string };
  'write-off-before-invoice': { readonly writtenOff: string; readonly invoiced: string };
  'credit-before-invoice': { readonly credited: string; readonly invoiced: string };
  'zero-total': { readonly amount: string };
  'cost-above-amount': { readonly amount: string; readonly cost: string };
  'sign-mismatch': { readonly amount: string; readonly total: string };
  'split-under-100': { readonly shares: string };
  'missing-quota': { readonly rep: string; readonly quarter: string };
  'zero-quota': { readonly rep: string; readonly window: string; readonly rate: string };
  'waiver-exceeds-debt': UnusedFacts;
  'repaid-too-much': UnusedFacts;
}

/** An entry that is larger than the debt: what of it was used, and what is left (R21.4). */
interface UnusedFacts {
  readonly rep: string;
  readonly period: string;
  readonly amount: string;
  readonly used: string;
  readonly rest: string;
}

export type ExceptionCode = keyof ExceptionFacts;

/** An odd row: where it is, what it is about, and what was done with it. */
export interface Exception {
  readonly code: ExceptionCode;
  readonly ledger: LedgerName;
  /** The row as given, counted from 0; undefined if the exception is about a missing row. */
  readonly row: number | undefined;
  readonly id: string;
  readonly message: string;
}

/** An exception with its text. The text names no row, so that it is the same in every row order (R8.5). */
export function exception<C extends ExceptionCode>(
  code: C,
  where: { readonly ledger: LedgerName; readonly row: number | undefined; readonly id: string },
  facts: ExceptionFacts[C],
): Exception {
  return { code, ...where, message: WORDS[code](clipped(facts)) };
}

const WORDS: { readonly [C in ExceptionCode]: (facts: ExceptionFacts[C]) => string } = {
  'unknown-invoice': ({ invoice, amount, usedFor }) =>
    usedFor !== undefined
      ? `There is no invoice ${invoice}. Used anyway: ${amount} counts in the pay of ${usedFor}.`
      : `There is no invoice ${invoice}. Set aside${amount === '' ? '' : `: ${amount}`}. Counted in the control totals, not in anyone's pay.`,
  unapplied: ({ amount, left, customer }) => {
    if (left === undefined)
      return `${amount} names a customer but no invoice. Set aside: counted in the control totals, not in anyone's pay.`;
    if (left.startsWith('-'))
      return `${left} of ${amount} is more than customer ${customer} had on account that day. Set aside: counted in the control totals, not in anyone's pay.`;
    return `${left} of ${amount} is on account for customer ${customer}, who has no open invoice left. Set aside until it is applied to a later invoice of that customer: counted in the control totals, not in anyone's pay.`;
  },
  'undated-payment': ({ amount }) =>
    `${amount} was paid to date, but the file has no date for it. Set aside: counted in the control totals, not in anyone's pay. Add the payment date.`,
  'unmapped-value': ({ column, value }) =>
    `${column} "${value}" is not one of the values that comp.yaml maps. Used as written.`,
  'no-plan': ({ rep, booked }) =>
    `${rep} has no plan on ${booked}, the booking date. Set aside: the line earns nothing and does not count toward quota. Add an assignment that covers this day.`,
  'team-share-over-100': ({ manager, share }) =>
    `${manager} is credited with ${share} of this invoice, through several reps. Used: credits from several reps add up. Check the shares in teams if this is not intended.`,
  'unknown-rep': ({ rep, invoice }) =>
    `${rep} is not credited on ${invoice}, so ${rep} has no share to take back. Set aside: counted in the control totals, not in anyone's pay. Correct rep_id, or clear it to take back from everyone.`,
  'over-credited': ({ credited, total }) =>
    `Credit memos of ${credited} exceed the total of ${total}. Counted up to the total; the rest does not change commission.`,
  overpaid: ({ received, owed, excess }) =>
    `${received} was received, but only ${owed} was owed. Counted as paid in full; ${excess} earns no commission. Does it belong to another invoice?`,
  'over-written-off': ({ writtenOff, owed }) =>
    `${writtenOff} was written off, but only ${owed} was owed. Counted up to what was still open.`,
  'refund-exceeds-payments': ({ net }) =>
    `Refunds exceed payments: ${net} received net. Counted as nothing received.`,
  'write-off-reversal-exceeds-write-offs': ({ net }) =>
    `Reversals exceed write-offs: ${net} written off net. Counted as nothing written off.`,
  'credit-reversal-exceeds-credits': ({ net }) =>
    `Reversals exceed credit memos: ${net} credited net. Counted as nothing credited.`,
  'booked-after-invoiced': ({ booked, invoiced }) =>
    `Booked on ${booked}, after it was invoiced on ${invoiced}. Used: commission counts from the booking.`,
  'cash-before-booking': ({ paid, booked }) =>
    `Cash came in on ${paid}, before the booking on ${booked}. Used: it counts once commission is posted.`,
  'due-before-invoiced': ({ due, invoiced }) =>
    `Due on ${due}, before it was invoiced on ${invoiced}. Used as it is.`,
  'write-off-before-invoice': ({ writtenOff, invoiced }) =>
    `Written off on ${writtenOff}, before it was invoiced on ${invoiced}. Used. Does it belong to another invoice, or is a date wrong?`,
  'credit-before-invoice': ({ credited, invoiced }) =>
    `Credited on ${credited}, before it was invoiced on ${invoiced}. Used. Does it belong to another invoice, or is a date wrong?`,
  'zero-total': ({ amount }) =>
    `The amount is ${amount}, but the total is 0: there is nothing to collect. Used: it counts as collected at once.`,
  'cost-above-amount': ({ amount, cost }) =>
    `The cost of ${cost} is more than the amount of ${amount}: the gross profit counts as 0. Used: it earns nothing and reduces nothing else. Is the cost right?`,
  'sign-mismatch': ({ amount, total }) =>
    `The amount is ${amount} and the total ${total}, as when a deposit is larger than the delivery. Used as it is${total.startsWith('-') ? ': there is nothing to collect, so it counts as collected at once' : ''}.`,
  'split-under-100': ({ shares }) =>
    `The splits add up to ${shares}. Used: the rest of the invoice earns nothing.`,
  'missing-quota': ({ rep, quarter }) =>
    `${rep} has no quota for ${quarter}. Counted as 0 in the quota of the fiscal year.`,
  'zero-quota': ({ rep, window, rate }) =>
    `${rep}'s quota for ${window} is 0, so every sale is above it and the top rate (${rate}) applies. If ${rep} had no quota yet, remove the row or set the ramp quota.`,
  'waiver-exceeds-debt': ({ rep, period, amount, used, rest }) =>
    `${amount} is waived, but ${rep} owes less in ${period}. Used: ${used}; the remaining ${rest} changes nothing.`,
  'repaid-too-much': ({ rep, period, amount, used, rest }) =>
    `${amount} is repaid, but ${rep} owes less in ${period}. Used: ${used} settles debt, and ${rest} is added to the gains of the period.`,
};
