/** The ledger of splits: the reps who share an invoice (R2.5). */
import { ledger, type RowOf } from './spec.js';

export const SPLITS = ledger(
  {
    invoice_id: { kind: 'id', needed: true },
    rep_id: { kind: 'id', needed: true },
    /** `60%` or `0.6`; or leave it blank and give `amount`. */
    share: { kind: 'share', needed: false },
    /** The rep's part of the invoice's amount. */
    amount: { kind: 'amount', needed: false },
  },
  { title: 'splits', key: ['invoice_id', 'rep_id'], isKeyUnique: true, countedAs: 'invoice' },
);

export interface SplitRow extends RowOf<typeof SPLITS> {}
