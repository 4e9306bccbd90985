/** A plan after it has been read: the policy and the rates that price and post a line. */
import type { Rounding } from '../money.js';
import type { Ratio } from '../ratio.js';
import type { Level } from './levels.js';

/** What a rate is applied to, and what attainment is measured in (R3). */
export type Measure = 'revenue' | 'gross-profit';

/** The bookings that count toward quota: the quarter's, or the fiscal year's so far against the sum of the quotas
 * so far (`year-to-date`) or of the whole year (`year`) (R4.2). */
export type AttainmentWindow = 'quarter' | 'year-to-date' | 'year';

/** A band of a rate table: its rate applies from this share of quota (1 is 100%) or this amount. */
export interface Band {
  readonly from: Ratio;
  readonly rate: Ratio;
}

export type Rate =
  | { readonly kind: 'flat'; readonly rate: Ratio }
  | {
      readonly kind: 'table';
      readonly window: AttainmentWindow;
      readonly tiers: 'marginal' | 'retroactive';
      /** Whether `from` is a share of the window's quota or an amount. */
      readonly thresholds: 'share-of-quota' | 'amount';
      readonly bands: readonly Band[];
    };

/** How advanced commission is taken back (R5.6). */
export interface ClawbackTerms {
  /** Days after the due date until unpaid commission is taken back; undefined: only write-offs take it back. */
  readonly pastDueDays: number | undefined;
  readonly onWriteOff: boolean;
  readonly scope: 'unpaid' | 'whole';
  readonly reinstate: boolean;
}

export interface Plan {
  readonly id: string;
  readonly level: Level;
  readonly basis: Measure;
  /** What the plan measures attainment in (R3.2). */
  readonly measure: Measure;
  readonly earnOn: 'invoice' | 'booking';
  readonly rate: Rate;
  /** The share of earned commission that waits for cash (R5.3). */
  readonly hold: Ratio;
  readonly release: 'pro-rata' | 'paid-in-full';
  readonly clawback: ClawbackTerms | undefined;
  /** An open balance up to this, in the currency, counts as collected (R5). */
  readonly tolerance: Ratio;
  readonly creditsReduceQuota: boolean;
}

/** The purposes of the journal's accounts, in the order of comp.yaml and the documentation. */
export const ACCOUNT_ROLES = ['expense', 'payable', 'held', 'recoverable', 'opening'] as const;

export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** How the journal of a close is written. */
export interface JournalTerms {
  /** The name or number of each account; all are different. */
  readonly accounts: Readonly<Record<AccountRole, string>>;
  /** Entries per rep, or for all reps together. */
  readonly by: 'rep' | 'total';
}

/** When the pay of a rep has moved: by more than the share of the previous pay, and by more than the amount. */
export interface VarianceTerms {
  readonly share: Ratio;
  /** In the currency. */
  readonly amount: Ratio;
}

/** How open invoices are grouped by age. */
export interface AgeingTerms {
  /** The last day past due of each band, increasing; one more band holds everything older. */
  readonly bounds: readonly number[];
  /** A habitual short-payer: less than the share is not collected, on this many invoices or more. */
  readonly shortPay: { readonly share: Ratio; readonly invoices: number };
}

/** The company that pays, as statements show it. */
export interface Company {
  readonly name: string | undefined;
  /** Whom reps ask: a name, an address or a number. */
  readonly contact: string | undefined;
}

/** The contents of comp.yaml besides its ledgers. */
export interface Terms {
  readonly currency: { readonly code: string; readonly digits: number };
  readonly company: Company;
  readonly fiscalYearStart: number;
  readonly payPeriod: 'quarter' | 'month';
  /** The largest share of a period's gains that may be withheld (R7.3). */
  readonly recoveryLimit: Ratio;
  /** Days from the earliest receipt that makes something payable to its pay-by date. */
  readonly payWithin: number;
  readonly journal: JournalTerms;
  readonly variance: VarianceTerms;
  readonly ageing: AgeingTerms;
  readonly rounding: Rounding;
  /** What happens to cash that names its customer but no invoice (R2.1). */
  readonly applyCash: 'none' | 'oldest-due-first';
  readonly plans: readonly Plan[];
}

/** The window in which a plan's attainment is shown; the quarter for a flat rate, which has no window (R8.1). */
export function windowOf(plan: Plan): AttainmentWindow {
  return plan.rate.kind === 'table' ? plan.rate.window : 'quarter';
}
