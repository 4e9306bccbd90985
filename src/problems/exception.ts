/** Rows that are well-formed but odd (R9.2): the closed catalogue of exceptions and the words for each. */
import type { LedgerName } from '../ledger-specs/ledgers.js';

/** The facts of every exception; amounts and dates as text. */
export interface ExceptionFacts {
  'unknown-invoice': { readonly invoice: string; readonly amount: string };
  /** What is left of the amount, and whose it is, where comp.yaml says how cash is applied. */
  unapplied: { readonly amount: string; readonly left?: string; readonly customer?: string };
  'undated-payment': { readonly amount: string };
  'unmapped-value': { readonly column: string; readonly value: string };
  'no-plan': { readonly rep: string; readonly booked: string };
  'over-credited': { readonly credited: string; readonly total: string };
  overpaid: { readonly received: string; readonly owed: string; readonly excess: string };
  'over-written-off': { readonly writtenOff: string; readonly owed: string };
  'refund-exceeds-payments': { readonly net: string };
  'write-off-reversal-exceeds-write-offs': { readonly net: string };
  'credit-reversal-exceeds-credits': { readonly net: string };
  'booked-after-invoiced': { readonly booked: string; readonly invoiced: string };
  'cash-before-booking': { readonly paid: string; readonly booked: string };
  'due-before-invoiced': { readonly due: string; readonly invoiced: string };
  'zero-total': { readonly amount: string };
  'split-under-100': { readonly shares: string };
  'missing-quota': { readonly rep: string; readonly quarter: string };
  'zero-quota': { readonly rep: string; readonly window: string; readonly rate: string };
}

export type ExceptionCode = keyof ExceptionFacts;

/** An odd row: where it is, what it names, and what was done with it. */
export interface Exception {
  readonly code: ExceptionCode;
  readonly ledger: LedgerName;
  /** The row as given, counted from 0; undefined where the exception is about a row that is not there. */
  readonly row: number | undefined;
  readonly id: string;
  readonly message: string;
}

/** Words an exception. The message names no row, so that it is the same in every row order (R8.5). */
export function exception<C extends ExceptionCode>(
  code: C,
  where: { readonly ledger: LedgerName; readonly row: number | undefined; readonly id: string },
  facts: ExceptionFacts[C],
): Exception {
  return { code, ...where, message: WORDS[code](facts) };
}

const WORDS: { readonly [C in ExceptionCode]: (facts: ExceptionFacts[C]) => string } = {
  'unknown-invoice': ({ invoice, amount }) =>
    `There is no invoice ${invoice}. Set aside${amount === '' ? '' : `: ${amount}`}, counted in the control totals, in no rep's pay.`,
  unapplied: ({ amount, left, customer }) => {
    if (left === undefined)
      return `${amount} names a customer but no invoice. Set aside: counted in the control totals, in no rep's pay.`;
    if (left.startsWith('-'))
      return `${left} of ${amount} goes beyond what customer ${customer} had on account that day. Set aside: counted in the control totals, in no rep's pay.`;
    return `${left} of ${amount} is on account for customer ${customer}, who has no open invoice left. Set aside until it is applied to that customer's later invoices: counted in the control totals, in no rep's pay.`;
  },
  'undated-payment': ({ amount }) =>
    `${amount} was paid to date, but the file does not say when. Set aside: counted in the control totals, in no rep's pay. Give it its date.`,
  'unmapped-value': ({ column, value }) =>
    `${column} "${value}" is not among the values that comp.yaml maps. Used as it is written.`,
  'no-plan': ({ rep, booked }) =>
    `${rep} has no plan on ${booked}, the booking date. Set aside: the line earns nothing and counts towards no quota. Add an assignment that covers the day.`,
  'over-credited': ({ credited, total }) =>
    `Credit memos of ${credited} on a total of ${total}. Counted up to the total; the rest changes no commission.`,
  overpaid: ({ received, owed, excess }) =>
    `${received} was received on ${owed}. Counted as paid in full; ${excess} earns no commission. Is it another invoice's cash?`,
  'over-written-off': ({ writtenOff, owed }) =>
    `${writtenOff} was written off on ${owed}. Counted up to what was open.`,
  'refund-exceeds-payments': ({ net }) =>
    `Refunds exceed payments: ${net} received net. Counted as nothing received.`,
  'write-off-reversal-exceeds-write-offs': ({ net }) =>
    `Reversals exceed write-offs: ${net} written off net. Counted as nothing written off.`,
  'credit-reversal-exceeds-credits': ({ net }) =>
    `Reversals exceed credit memos: ${net} credited net. Counted as nothing credited.`,
  'booked-after-invoiced': ({ booked, invoiced }) =>
    `Booked on ${booked}, after it was invoiced on ${invoiced}. Used: commission counts from the booking.`,
  'cash-before-booking': ({ paid, booked }) =>
    `Cash came on ${paid}, before the booking on ${booked}. Used: it counts once commission is posted.`,
  'due-before-invoiced': ({ due, invoiced }) =>
    `Due on ${due}, before it was invoiced on ${invoiced}. Used as it stands.`,
  'zero-total': ({ amount }) =>
    `An amount of ${amount} with a total of 0: there is nothing to collect. Used: it counts as collected at once.`,
  'split-under-100': ({ shares }) =>
    `The splits add up to ${shares}. Used: the rest of the invoice earns nothing.`,
  'missing-quota': ({ rep, quarter }) =>
    `${rep} has no quota for ${quarter}. Counted as 0 in the quota of the fiscal year.`,
  'zero-quota': ({ rep, window, rate }) =>
    `${rep}'s quota of ${window} is 0, so every sale is above it and the top rate (${rate}) is used. If ${rep} had no quota yet, remove the row or set the ramp quota.`,
};
