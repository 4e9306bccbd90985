/** The ledger of payments. */
import { ledger, type RowOf } from './spec.js';

export const PAYMENTS = ledger(
  {
    payment_id: { kind: 'id', needed: true },
    /** Blank where the row names its customer only (R2.1). */
    invoice_id: { kind: 'id', needed: true, unless: 'customer_id' },
    payment_date: { kind: 'date', needed: true },
    amount: { kind: 'amount', needed: true },
    customer_id: { kind: 'id', needed: false },
    /** What was let go with it for early payment (R30.2). */
    discount: { kind: 'amount', needed: false },
    /** The invoice's currency, where it is blank (R15.3). */
    currency: { kind: 'id', needed: false },
    /** Who collected it (R12.4). */
    collector_id: { kind: 'id', needed: false },
  },
  {
    title: 'payments',
    key: ['payment_id', 'invoice_id'],
    isKeyUnique: true,
    countedAs: 'invoice',
    amount: 'amount',
    date: 'payment_date',
  },
);

export interface PaymentRow extends RowOf<typeof PAYMENTS> {}
