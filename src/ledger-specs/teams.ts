/** The ledger of teams: whose sales a manager is credited with, and when (R12.3). */
import { ledger, type RowOf } from './spec.js';

export const TEAMS = ledger(
  {
    rep_id: { kind: 'id', needed: true },
    manager_id: { kind: 'id', needed: true },
    /** The first day. */
    from: { kind: 'date', needed: true },
    /** The last day; blank where there is no end. */
    to: { kind: 'date', needed: false },
    /** The share of the rep's credit that the manager is credited with; 100% where it is blank. */
    share: { kind: 'share', needed: false },
  },
  // Those of one rep and manager may not even overlap.
  { title: 'teams', key: ['rep_id', 'manager_id'], isKeyUnique: false, countedAs: { from: 'from' } },
);

export interface TeamRow extends RowOf<typeof TEAMS> {}
