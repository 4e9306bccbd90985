/** What finance hands on at the end of a period: pay, its parts, the journal, and whose pay moved. */
import { documentsOf, journalLinesOf, payrollLinesOf, payrollRowsOf } from '../closing/documents.js';
import type { JournalLine } from '../closing/journal.js';
import { payRowsOf } from '../closing/pay-history.js';
import type { Payroll } from '../closing/payroll-delta.js';
import { type Variance, varianceOf } from '../closing/variance.js';
import { closeOf } from '../engine/close-of.js';
import type { Close, PayPeriod } from '../engine/r11-closes/close.js';
import type { PostedResult, Refusal } from '../engine/result.js';

/** A pay period that is closed, and what is handed on. */
export interface PeriodEnd extends Payroll {
  readonly kind: 'closed';
  /** To be kept, and given to later calculations. */
  readonly close: Close;
  /** Entries whose debits and credits balance. */
  readonly journal: readonly JournalLine[];
}

/**
 * Closes the pay period of a result, and makes what payroll and accounting get: the same figures as `comp close`.
 *
 * @param result - with postings, as of the last day of its pay period
 * @param closes - those that the result was calculated with, in order
 * @returns the close, payroll rows and lines, and the journal, with amounts in whole minor units; or why the period cannot be
 *   closed
 * @example
 * const end = closePeriod(calculateOrThrow({ terms, ledgers, asOf: '2025-03-31' }).result);
 * if (end.kind === 'closed') for (const { repId, paid, payBy } of end.rows) pay(repId, formatMinor(paid, 2), payBy);
 */
export function closePeriod(result: PostedResult, closes: readonly Close[] = []): PeriodEnd | Refusal {
  const closing = closeOf(result);
  if (closing.kind === 'refused') return closing;
  const { close } = closing;
  const documents = documentsOf(result, close, closes);
  return {
    kind: 'closed',
    close,
    rows: payrollRowsOf(documents),
    lines: payrollLinesOf(documents),
    journal: journalLinesOf(documents),
  };
}

/**
 * Whose pay moved from the pay period before to that of the as-of date, and what moved it.
 *
 * @param result - with postings
 * @returns the reps whose pay moved by more than the terms' `variance`, the largest move first; undefined if there is no
 *   period before
 * @example movedPay(result)?.reps[0]?.change // -12500n
 */
export function movedPay(result: PostedResult): Variance | undefined {
  const [before, period] = result.payPeriods.slice(-2).map(({ name }: PayPeriod) => name);
  if (before === undefined || period === undefined) return undefined;
  const { terms, postings, currency } = result;
  const { variance } = terms;
  return varianceOf({ before, period, rows: payRowsOf(result), postings, variance, digits: currency.digits });
}
