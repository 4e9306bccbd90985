/** The ledger of a calendar of its own: fiscal quarters and months (R2.10). */
import { ledger, type RowOf } from './spec.js';

export const CALENDAR = ledger(
  {
    quarter: { kind: 'quarter-name', needed: true },
    from: { kind: 'date', needed: true },
    to: { kind: 'date', needed: true },
    /** Needed where pay periods are months. */
    month: { kind: 'month', needed: false },
  },
  // Its rows may not even overlap.
  { title: 'calendar', key: ['from'], isKeyUnique: false, countedAs: 'used' },
);

export interface CalendarRow extends RowOf<typeof CALENDAR> {}
