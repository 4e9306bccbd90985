/** The ledger of disputes: the days on which an invoice is disputed, and its clock stands still (R16.5). */
import { ledger, type RowOf } from './spec.js';

export const DISPUTES = ledger(
  {
    invoice_id: { kind: 'id', needed: true },
    /** The first day. */
    from: { kind: 'date', needed: true },
    /** The last day; blank while the dispute is open. */
    to: { kind: 'date', needed: false },
    /** For people; nothing depends on it. */
    reason: { kind: 'id', needed: false },
  },
  // Disputes of one invoice may overlap.
  { title: 'disputes', key: ['invoice_id', 'from'], isKeyUnique: false, countedAs: 'invoice' },
);

export interface DisputeRow extends RowOf<typeof DISPUTES> {}
