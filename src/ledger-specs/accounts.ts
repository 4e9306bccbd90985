/** The ledger of accounts: which rep looks after which customer, and when (R28). */
import { ledger, type RowOf } from './spec.js';

export const ACCOUNTS = ledger(
  {
    customer_id: { kind: 'id', needed: true },
    rep_id: { kind: 'id', needed: true },
    /** The first day. */
    from: { kind: 'date', needed: true },
    /** The last day; blank where there is no end. */
    to: { kind: 'date', needed: false },
    /** 100% where it is blank. */
    share: { kind: 'share', needed: false },
  },
  // Those of one customer and rep may not even overlap.
  { title: 'accounts', key: ['customer_id', 'rep_id'], isKeyUnique: false, countedAs: { from: 'from' } },
);

export interface AccountRow extends RowOf<typeof ACCOUNTS> {}
