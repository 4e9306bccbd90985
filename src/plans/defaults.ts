/** What terms come to that comp.yaml leaves out. */
import { type Ratio, ratio, ZERO } from '../ratio.js';
import type { AccountRole, Tolerance } from './plan.js';

/** What waits at level 2. */
export const HOLD: Ratio = ratio(1n, 2n);

export const TOLERANCE: Tolerance = { kind: 'amount', amount: ZERO };

/** Days. */
export const PAY_WITHIN = 30;

/** Pay that moves by more than this share is shown. */
export const VARIANCE_SHARE: Ratio = ratio(1n, 4n);

/** Days past due. */
export const AGEING_BOUNDS: readonly number[] = [30, 60, 90];

/** Customers who pay short: on so many invoices, by less than this share. */
export const SHORT_PAY = { share: ratio(1n, 10n), invoices: 3 } as const;

export const ACCOUNTS: Readonly<Record<AccountRole, string>> = {
  expense: 'Commission expense',
  payable: 'Commission payable',
  held: 'Commission held',
  recoverable: 'Recoverable from reps',
  carried: 'Commission carried forward',
  cash: 'Cash from reps',
  opening: 'Opening balances',
};
