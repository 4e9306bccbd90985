/** The ledger of quotas, by rep and quarter (R2.9). */
import { ledger, type RowOf } from './spec.js';

export const QUOTAS = ledger(
  {
    rep_id: { kind: 'id', needed: true },
    /** `2025-Q1`, or a date in the quarter (R2.9). */
    quarter: { kind: 'quarter', needed: true },
    quota: { kind: 'amount', needed: true },
  },
  {
    title: 'quotas',
    key: ['rep_id', 'quarter'],
    // A name and a date may mean the same quarter.
    isKeyUnique: false,
    countedAs: 'used',
    amount: 'quota',
  },
);

export interface QuotaRow extends RowOf<typeof QUOTAS> {}
