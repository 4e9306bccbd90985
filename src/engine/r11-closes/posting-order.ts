/** The order of postings, with adjustments among them (R6.4, R11.2). */
import { CREDIT_KINDS } from '../../ledger-specs/credit-kinds.js';
import { byCodeUnit } from '../../order.js';
import { kindOf } from '../r1-words/causes.js';
import type { Posting } from '../r6-postings/posting-table.js';

/** R6.4; adjustments of one event's posting come before it, in order of the day of their own event. */
export function inPostingOrder(a: Posting, b: Posting): number {
  return (
    byCodeUnit(a.date, b.date) ||
    kindOf(a.cause) - kindOf(b.cause) ||
    byCodeUnit(a.sourceId, b.sourceId) ||
    byCodeUnit(a.invoiceId, b.invoiceId) ||
    byCodeUnit(a.repId, b.repId) ||
    CREDIT_KINDS.indexOf(a.credit) - CREDIT_KINDS.indexOf(b.credit) ||
    byCodeUnit(a.eventDate, b.eventDate) ||
    byCodeUnit(a.cause, b.cause)
  );
}
