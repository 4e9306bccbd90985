/** R10.5: what was booked before a change of plan stays with its plan and its rate. */
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { Inputs } from '../../library/given-inputs.js';
import { cellsOf } from '../given-rows.js';
import { changePlan, type PlanChange } from '../plan-change.js';
import { type Calculate, findResult, resultOf } from './calculation.js';
import { expectSamePostings } from './same-postings.js';

/**
 * R10.5: a change of plan changes no posting of lines that were booked before its day; of credit cash, no posting dated
 * before. The new plan has the credit, `creditsReduceQuota` and categories that count of the old one (R25.2).
 *
 * @throws LawBroken
 */
export function planChange(calculate: Calculate, inputs: Inputs, change: PlanChange): void {
  const before = resultOf(calculate, inputs);
  const after = findResult(calculate, changePlan(inputs, change));
  // The new plan may ask for what is not there: a quota, a due date.
  if (after === undefined) return;
  const booked = new Map(
    cellsOf(inputs, 'invoices').map((row) => [
      row['invoice_id'] ?? '',
      row['booking_date'] || (row['invoice_date'] ?? ''),
    ]),
  );
  const isEarlier = ({ credit, date, invoiceId }: Posting) =>
    (credit === 'cash' ? date : (booked.get(invoiceId) ?? '')) < change.on;
  const because = `what was booked before ${change.on} stays with its plan and its rate`;
  expectSamePostings(
    before.postings.filter(isEarlier),
    after.postings.filter(isEarlier),
    { law: 'R10.5 plan change', because },
    before.currency.digits,
  );
}
