/** The ledger of openings: what a rep brings into a workspace that begins in the middle of a company's life (R11). */
import { ledger, type RowOf } from './spec.js';

export const OPENINGS = ledger(
  {
    rep_id: { kind: 'id', needed: true },
    /** The last day before the workspace begins, the same for all reps. */
    date: { kind: 'date', needed: true },
    /** What the rep owes then. */
    owed: { kind: 'amount', needed: true, decimals: 'of-currency' },
    /** The rep's quota credit in the fiscal year so far. */
    booked: { kind: 'amount', needed: false },
    booked_gross_profit: { kind: 'amount', needed: false },
  },
  {
    title: 'openings',
    key: ['rep_id'],
    isKeyUnique: true,
    countedAs: 'used',
    amount: 'owed',
    date: 'date',
  },
);

export interface OpeningRow extends RowOf<typeof OPENINGS> {}
