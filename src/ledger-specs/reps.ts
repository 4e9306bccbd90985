/** The ledger of reps: their names, managers and last days. */
import { ledger, type RowOf } from './spec.js';

export const REPS = ledger(
  {
    rep_id: { kind: 'id', needed: true },
    name: { kind: 'id', needed: true },
    email: { kind: 'id', needed: false },
    /** The rep's manager, who need not be a rep. */
    manager_id: { kind: 'id', needed: false },
    /** The last day of employment; blank while employed. */
    left: { kind: 'date', needed: false },
  },
  { title: 'reps', key: ['rep_id'], isKeyUnique: true, countedAs: 'used' },
);

/** Who a rep is: nothing in it changes a figure. */
export interface PersonRow extends RowOf<typeof REPS> {}
