/** The ledger of draws and guarantees: what a rep is paid at least in each pay period (R24.1). */
import { ledger, type RowOf } from './spec.js';

export const DRAWS = ledger(
  {
    rep_id: { kind: 'id', needed: true },
    /** The first day. */
    from: { kind: 'date', needed: true },
    /** The last day; blank where there is no end. */
    to: { kind: 'date', needed: false },
    /** Per pay period. */
    amount: { kind: 'amount', needed: true, decimals: 'of-currency' },
    /** `recoverable` (an advance, where it is blank) or `guarantee`. */
    kind: { kind: 'id', needed: false },
  },
  {
    title: 'draws',
    // Those of one rep and kind may not even overlap.
    key: ['rep_id', 'from', 'kind'],
    isKeyUnique: false,
    countedAs: { from: 'from' },
    amount: 'amount',
  },
);

export interface DrawRow extends RowOf<typeof DRAWS> {}
