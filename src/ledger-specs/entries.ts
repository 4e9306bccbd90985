/** The ledger of entries: bonuses, waivers of debt and repayments in cash (R21.1). */
import { ledger, type RowOf } from './spec.js';

export const ENTRIES = ledger(
  {
    entry_id: { kind: 'id', needed: true },
    rep_id: { kind: 'id', needed: true },
    date: { kind: 'date', needed: true },
    /** `bonus`, `waiver` or `repayment`. */
    kind: { kind: 'id', needed: true },
    /** Above 0; a bonus below 0 is a deduction. */
    amount: { kind: 'amount', needed: true, decimals: 'of-currency' },
    /** The invoice that it is about, if it is about one; nothing depends on it. */
    invoice_id: { kind: 'id', needed: false },
    /** For people; nothing depends on it. */
    reason: { kind: 'id', needed: false },
  },
  {
    title: 'entries',
    key: ['entry_id'],
    isKeyUnique: true,
    countedAs: { from: 'date' },
    amount: 'amount',
    date: 'date',
  },
);

export interface EntryRow extends RowOf<typeof ENTRIES> {}
