/** The ledger of assignments: which plan a rep has, and when (R2.6). */
import { ledger, type RowOf } from './spec.js';

export const ASSIGNMENTS = ledger(
  {
    rep_id: { kind: 'id', needed: true },
    plan_id: { kind: 'id', needed: true },
    /** The first day. */
    from: { kind: 'date', needed: true },
    /** The last day; blank where there is no end. */
    to: { kind: 'date', needed: false },
  },
  // Those of one rep may not even overlap.
  { title: 'assignments', key: ['rep_id', 'from'], isKeyUnique: false, countedAs: { from: 'from' } },
);

export interface AssignmentRow extends RowOf<typeof ASSIGNMENTS> {}
