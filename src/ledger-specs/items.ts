/** The ledger of items: what was sold with an invoice, by category (R13.1). */
import { ledger, type RowOf } from './spec.js';

export const ITEMS = ledger(
  {
    invoice_id: { kind: 'id', needed: true },
    item_id: { kind: 'id', needed: true },
    category: { kind: 'id', needed: false },
    /** The items of an invoice add up to its amount. */
    amount: { kind: 'amount', needed: true },
    /** Of all items of an invoice, or of none. */
    cost: { kind: 'amount', needed: false },
  },
  {
    title: 'items',
    key: ['invoice_id', 'item_id'],
    isKeyUnique: true,
    countedAs: 'invoice',
    amount: 'amount',
  },
);

export interface ItemRow extends RowOf<typeof ITEMS> {}
