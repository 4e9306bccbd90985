/** The ledger of schedules: the instalments that an invoice is due in (R16.2). */
import { ledger, type RowOf } from './spec.js';

export const SCHEDULES = ledger(
  {
    invoice_id: { kind: 'id', needed: true },
    due_date: { kind: 'date', needed: true },
    /** What is due then; the instalments of an invoice add up to its total. */
    amount: { kind: 'amount', needed: true },
  },
  {
    title: 'schedules',
    key: ['invoice_id', 'due_date'],
    isKeyUnique: true,
    countedAs: 'invoice',
    amount: 'amount',
  },
);

export interface ScheduleRow extends RowOf<typeof SCHEDULES> {}
