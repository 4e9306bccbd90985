/** The ledger of aliases: what reps were called before (R11.11). */
import { ledger, type RowOf } from './spec.js';

export const ALIASES = ledger(
  {
    /** What the rep is called now. */
    rep_id: { kind: 'id', needed: true },
    /** What the rep was called before; closes and ledgers may still call the rep so. */
    was: { kind: 'id', needed: true },
  },
  { title: 'aliases', key: ['was'], isKeyUnique: true, countedAs: 'used' },
);

export interface AliasRow extends RowOf<typeof ALIASES> {}
