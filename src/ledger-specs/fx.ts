/** The ledger of currency rates (R15.1). */
import { ledger, type RowOf } from './spec.js';

export const FX = ledger(
  {
    currency: { kind: 'id', needed: true },
    /** The first day of the rate; it applies until the next one of its currency. */
    date: { kind: 'date', needed: true },
    /** Units of the workspace's currency for one unit of this one. */
    rate: { kind: 'rate', needed: true },
  },
  { title: 'currency rates', key: ['currency', 'date'], isKeyUnique: true, countedAs: { from: 'date' } },
);

export interface FxRow extends RowOf<typeof FX> {}
