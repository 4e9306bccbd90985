/** The ledger of openings: what a rep brings into a workspace that begins in the middle of a company's life (R11). */
import { CREDIT_KINDS } from './credit-kinds.js';
import { ledger, type RowOf } from './spec.js';

export const OPENINGS = ledger(
  {
    rep_id: { kind: 'id', needed: true },
    /** The last day before the workspace begins, the same for all reps. */
    date: { kind: 'date', needed: true },
    /** What the rep owes then; the rows of a rep add up. */
    owed: { kind: 'amount', needed: true, decimals: 'of-currency' },
    /** The rep's quota credit in the fiscal year so far, of one credit. */
    booked: { kind: 'amount', needed: false },
    booked_gross_profit: { kind: 'amount', needed: false },
    /** What was booked in: own where it is blank (R12.2). */
    credit: { kind: 'choice', needed: false, of: CREDIT_KINDS },
  },
  {
    title: 'openings',
    key: ['rep_id', 'credit'],
    // A blank credit is own.
    isKeyUnique: false,
    countedAs: 'used',
    amount: 'owed',
    date: 'date',
  },
);

export interface OpeningRow extends RowOf<typeof OPENINGS> {}
