/** The ledger of write-offs. */
import { ledger, type RowOf } from './spec.js';

export const WRITE_OFFS = ledger(
  {
    write_off_id: { kind: 'id', needed: true },
    /** Blank where the row names its customer only (R2.1). */
    invoice_id: { kind: 'id', needed: true, unless: 'customer_id' },
    write_off_date: { kind: 'date', needed: true },
    amount: { kind: 'amount', needed: true },
    /** For people; nothing depends on it. */
    reason: { kind: 'id', needed: false },
    customer_id: { kind: 'id', needed: false },
    /** The invoice's currency, where it is blank (R15.3). */
    currency: { kind: 'id', needed: false },
  },
  {
    title: 'write-offs',
    key: ['write_off_id', 'invoice_id'],
    isKeyUnique: true,
    countedAs: 'invoice',
    amount: 'amount',
    date: 'write_off_date',
  },
);

export interface WriteOffRow extends RowOf<typeof WRITE_OFFS> {}
