/** The ledger of invoices. */
import { ledger, type RowOf } from './spec.js';

export const INVOICES = ledger(
  {
    invoice_id: { kind: 'id', needed: true },
    customer_id: { kind: 'id', needed: true },
    /** Blank where splits name the reps (R2.5), and on a reversing invoice (R2.4). */
    rep_id: { kind: 'id', needed: 'column' },
    /** The invoice date, where it is blank (R2.3). */
    booking_date: { kind: 'date', needed: false },
    invoice_date: { kind: 'date', needed: true },
    /** Needed by plans that take back what is past due (R2.3). */
    due_date: { kind: 'date', needed: false },
    /** The commissionable amount, net of tax (R2.2). */
    amount: { kind: 'amount', needed: true },
    /** What the customer owes, tax included; the amount, where it is blank (R2.2). */
    total: { kind: 'amount', needed: false },
    /** Needed where gross profit is the basis or the measure of a plan (R2.3). */
    cost: { kind: 'amount', needed: false },
    /** The workspace's currency, where it is blank. */
    currency: { kind: 'id', needed: false },
    /** What was sold, where one category holds for the whole invoice (R13.1). */
    category: { kind: 'id', needed: false },
    /** The invoice that this one is a credit memo on (R2.4). */
    reverses: { kind: 'id', needed: false },
    /** What all of the invoice's reps earn on it, where it was booked up to the opening and its rate cannot be derived (R11). */
    commission: { kind: 'amount', needed: false, onlyWith: 'openings' },
    /** The same for all managers of its reps (R12.3). */
    team_commission: { kind: 'amount', needed: false, onlyWith: 'openings' },
  },
  {
    title: 'invoices',
    key: ['invoice_id'],
    isKeyUnique: true,
    countedAs: 'invoice',
    amount: 'amount',
    total: 'total',
    date: 'invoice_date',
  },
);

export interface InvoiceRow extends RowOf<typeof INVOICES> {}
