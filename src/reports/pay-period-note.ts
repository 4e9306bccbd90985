/** The note that quarterly pay cannot meet a deadline that counts from receipts, and what can. */
import type { Terms } from '../plans/plan.js';

/** The days of the shortest quarter of calendar months. */
const QUARTER_DAYS = 90;

/**
 * A sentence if commission becomes payable with customers' cash and pay is quarterly: what comes in early in the quarter is
 * then paid later than `payWithin` days after its receipt. Undefined if that cannot happen.
 *
 * @example findPayPeriodNote(terms) // 'Pay is quarterly, so commission on cash … Set payPeriod: month to pay sooner.'
 */
export function findPayPeriodNote({ payPeriod, payWithin, plans }: Terms): string | undefined {
  const waitsForCash = plans.some(({ level }) => level.earned === 'with-cash' || level.held !== 'none');
  if (payPeriod !== 'quarter' || payWithin >= QUARTER_DAYS || !waitsForCash) return undefined;
  return `Pay is quarterly, so commission on cash from early in a quarter is paid more than ${payWithin} days (payWithin) after its receipt. Set payPeriod: month to pay sooner.`;
}
