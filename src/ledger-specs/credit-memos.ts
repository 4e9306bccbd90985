/** The ledger of credit memos. */
import { ledger, type RowOf } from './spec.js';

export const CREDIT_MEMOS = ledger(
  {
    credit_memo_id: { kind: 'id', needed: true },
    /** Blank where the row names its customer only (R2.1). */
    invoice_id: { kind: 'id', needed: true, unless: 'customer_id' },
    credit_date: { kind: 'date', needed: true },
    amount: { kind: 'amount', needed: true },
    customer_id: { kind: 'id', needed: false },
    /** The invoice's currency, where it is blank (R15.3). */
    currency: { kind: 'id', needed: false },
    /** How much of the invoice's amount is taken back, where it is not the same part as of the total (R26.1). */
    commissionable: { kind: 'amount', needed: false },
    /** How much of its cost. */
    cost: { kind: 'amount', needed: false },
    /** Whose part it is; everyone's where it is blank. */
    rep_id: { kind: 'id', needed: false },
  },
  {
    title: 'credit memos',
    key: ['credit_memo_id', 'invoice_id'],
    isKeyUnique: true,
    countedAs: 'invoice',
    amount: 'amount',
    date: 'credit_date',
  },
);

export interface CreditMemoRow extends RowOf<typeof CREDIT_MEMOS> {}
