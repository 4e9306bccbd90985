/** The ledger of quotas, by rep and quarter (R2.9). */
import { CREDIT_KINDS } from './credit-kinds.js';
import { ledger, type RowOf } from './spec.js';

export const QUOTAS = ledger(
  {
    rep_id: { kind: 'id', needed: true },
    /** `2025-Q1`, a date in the quarter (R2.9), or a month of it, `2025-03` (R12.5). */
    quarter: { kind: 'quarter', needed: true },
    quota: { kind: 'amount', needed: true },
    /** Own where it is blank (R12.2). */
    credit: { kind: 'choice', needed: false, of: CREDIT_KINDS },
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
