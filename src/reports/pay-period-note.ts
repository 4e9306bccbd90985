/** That pay by the quarter cannot keep a deadline that counts from receipts, and what can. */
import type { Terms } from '../plans/plan.js';

/** The days of the shortest quarter of calendar months. */
const QUARTER_DAYS = 90;

/**
 * A sentence where commission becomes payable with customers' cash and pay is by the quarter: what comes in early in the
 * quarter is paid later than `payWithin` days after its receipt. Undefined where that cannot happen.
 *
 * @example findPayPeriodNote(terms) // 'Pay is by the quarter, so commission on cash ... payPeriod: month pays sooner.'
 */
export function findPayPeriodNote({ payPeriod, payWithin, plans }: Terms): string | undefined {
  const waitsForCash = plans.some(({ level }) => level.earned === 'with-cash' || level.held !== 'none');
  if (payPeriod !== 'quarter' || payWithin >= QUARTER_DAYS || !waitsForCash) return undefined;
  return `Pay is by the quarter: commission on cash from early in a quarter is paid more than ${payWithin} days (payWithin) after its receipt. payPeriod: month pays sooner.`;
}
