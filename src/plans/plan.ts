/** A plan after it has been read: the policy and the rates that price and post a line. */
import { type Day, isoOf } from '../day.js';
import type { CreditKind } from '../ledger-specs/credit-kinds.js';
import type { Minor, Rounding } from '../money.js';
import type { Ratio } from '../ratio.js';
import type { Level } from './levels.js';

/** What a rate is applied to, and what attainment is measured in (R3). */
export type Measure = 'revenue' | 'gross-profit';

/** The bookings that count toward quota: the month's (R12.5), the quarter's, or the fiscal year's so far against the sum of
 * the quotas so far (`year-to-date`) or of the whole year (`year`) (R4.2). */
export type AttainmentWindow = (typeof WINDOWS)[number];

export const WINDOWS = ['month', 'quarter', 'year-to-date', 'year'] as const;

/** A band of a rate table: its rate applies from this share of quota (1 is 100%) or this amount. */
export interface Band {
  readonly from: Ratio;
  readonly rate: Ratio;
}

export type Rate =
  | { readonly kind: 'flat'; readonly rate: Ratio }
  | {
      readonly kind: 'table';
      /** `sale`: every booking starts at 0 (R27.1). */
      readonly window: AttainmentWindow | 'sale';
      /** `whole`: the whole booking at the rate of the band that it reaches (R27.2). */
      readonly tiers: 'marginal' | 'retroactive' | 'whole';
      /** Whether `from` is a share of the window's quota or an amount. */
      readonly thresholds: 'share-of-quota' | 'amount';
      readonly bands: readonly Band[];
    };

/** The rate of some categories of what is sold (R13.2). */
export interface CategoryRate {
  /** Undefined: of every category that no other entry names. */
  readonly categories: readonly string[] | undefined;
  readonly rate: Rate;
  readonly countsForQuota: boolean;
}

/** What a plan of credit cash pays for (R12.4). */
export interface CashTerms {
  readonly of: 'account' | 'collector';
  /** Only cash that comes so many days after its due date, both included; undefined: all cash. */
  readonly pastDue: { readonly from: number; readonly to: number | undefined } | undefined;
}

/** The limits of a sale, in the currency, for a share of 1 (R14.1). */
export interface SaleLimits {
  readonly most: Ratio | undefined;
  readonly least: Ratio | undefined;
}

/** How advanced commission is taken back (R5.6). */
export interface ClawbackTerms {
  /** Days after the due date until unpaid commission is taken back; undefined: only write-offs take it back. */
  readonly pastDueDays: number | undefined;
  readonly onWriteOff: boolean;
  readonly scope: 'unpaid' | 'whole';
  readonly reinstate: boolean;
}

/** A remainder that counts as collected: an amount in the currency, or a share of what is owed (R5, R30.1). */
export type Tolerance =
  | { readonly kind: 'amount'; readonly amount: Ratio }
  | { readonly kind: 'share'; readonly share: Ratio };

/** Cash that comes up to this many days late earns its commission times the factor (R17.1). */
export interface TimingBand {
  /** Below 0 for days early; undefined in the last band, which has no end. */
  readonly days: number | undefined;
  readonly factor: Ratio;
}

/** What early cash adds to commission, and late cash takes from it (R17). */
export interface TimingTerms {
  /** The date from which days are counted. */
  readonly from: 'due' | 'invoice' | 'booking';
  /** In order of their days. */
  readonly bands: readonly TimingBand[];
}

/** A plan, or a version of one: the version is a plan of its own with the id of its plan (R31.1). */
export interface Plan {
  readonly id: string;
  /** The first booking date that the version prices; undefined for the plan as first written (R31.1). */
  readonly from: Day | undefined;
  readonly credit: CreditKind;
  /** Undefined but for credit cash. */
  readonly cash: CashTerms | undefined;
  readonly level: Level;
  readonly basis: Measure;
  /** What the plan measures attainment in (R3.2). */
  readonly measure: Measure;
  readonly earnOn: 'invoice' | 'booking';
  /** Where rates go by category: that of the first entry with a table, else of the first (R13.3). */
  readonly rate: Rate;
  /** Undefined where one rate holds for everything. */
  readonly rates: readonly CategoryRate[] | undefined;
  readonly perInvoice: SaleLimits | undefined;
  /** The share of earned commission that waits for cash (R5.3). */
  readonly hold: Ratio;
  readonly release: 'pro-rata' | 'paid-in-full';
  readonly clawback: ClawbackTerms | undefined;
  /** An open balance up to this counts as collected (R5, R30.1). */
  readonly tolerance: Tolerance;
  /** Undefined where it does not matter when cash comes in. */
  readonly timing: TimingTerms | undefined;
  /** The share of commission that waits for the invoice (R18.1). */
  readonly untilInvoice: Ratio;
  readonly creditsReduceQuota: boolean;
  /** What the plan pays at most (R22); undefined where there is no bound. */
  readonly cap: CapTerms | undefined;
}

/** What a plan pays a rep at most in a window (R22.1); the year is the fiscal one. */
export interface CapTerms {
  readonly amount: Minor;
  readonly per: 'pay-period' | 'quarter' | 'year';
}

/** The purposes of the journal's accounts, in the order of comp.yaml and the documentation. */
export const ACCOUNT_ROLES = [
  'expense',
  'payable',
  'held',
  'recoverable',
  'carried',
  'cash',
  'opening',
] as const;

export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** How the journal of a close is written. */
export interface JournalTerms {
  /** The name or number of each account; all are different. */
  readonly accounts: Readonly<Record<AccountRole, string>>;
  /** Entries per rep, or for all reps together. */
  readonly by: 'rep' | 'total';
}

/** What may be withheld from the gains of a pay period to recover debt (R23.1). */
export interface RecoveryTerms {
  /** The largest share of the gains. */
  readonly limit: Ratio;
  /** What is left of them at least. */
  readonly keep: Minor;
  /** The most that is withheld; undefined where there is no bound. */
  readonly most: Minor | undefined;
}

/** What is paid out (R29.1). */
export interface PayoutTerms {
  /** Less is carried to the next pay period. */
  readonly least: Minor;
}

/** The terms of pay accounts. */
export type PayTerms = Pick<Terms, 'recovery' | 'payout'>;

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
  readonly recovery: RecoveryTerms;
  readonly payout: PayoutTerms;
  /** Days from a pay period's last day to the day on which payroll pays it; undefined if it is not known. */
  readonly payDay: number | undefined;
  /** Days from the earliest receipt that makes something payable to its pay-by date. */
  readonly payWithin: number;
  readonly journal: JournalTerms;
  readonly variance: VarianceTerms;
  readonly ageing: AgeingTerms;
  readonly rounding: Rounding;
  /** What happens to cash that names its customer but no invoice (R2.1). */
  readonly applyCash: 'none' | 'oldest-due-first';
  /** What happens to cash beyond what is owed on an invoice (R30.3). */
  readonly excessCash: 'none' | 'on-account';
  /** Whether a discount for early payment counts as cash or as a credit (R30.2). */
  readonly discounts: 'collected' | 'credited';
  /** How long after their last day reps are paid for cash (R19.1); undefined where their last day changes nothing. */
  readonly leavers: { readonly tailDays: number } | undefined;
  /** In the order of comp.yaml, each plan followed by its versions in order of their first day. */
  readonly plans: readonly Plan[];
}

/** A plan as a sentence names it: `ae`, and a version `ae from 2025-07-01`. */
export function planName({ id, from }: Pick<Plan, 'id' | 'from'>): string {
  return from === undefined ? id : `${id} from ${isoOf(from)}`;
}

/** The plans as first written: each once, without its versions. */
export function firstVersions(plans: readonly Plan[]): readonly Plan[] {
  return plans.filter(({ from }) => from === undefined);
}

/** The window in which a plan's attainment is shown; the quarter for a rate without one: flat, or by the sale (R8.1, R27.1). */
export function windowOf({ rate }: Plan): AttainmentWindow {
  return windowOfRate(rate) ?? 'quarter';
}

/** The windows that a plan's rates look at. */
export function windowsIn(plan: Plan): readonly AttainmentWindow[] {
  return [windowOf(plan), ...ratesIn(plan).flatMap((rate) => windowOfRate(rate) ?? [])];
}

/** The window of a rate; undefined where it has none: flat, or by the sale. */
export function windowOfRate(rate: Rate): AttainmentWindow | undefined {
  return rate.kind === 'table' && rate.window !== 'sale' ? rate.window : undefined;
}

/** The rates of a plan, each of which has its own window. */
export function ratesIn({ rate, rates }: Plan): readonly Rate[] {
  return rates === undefined ? [rate] : rates.map((entry) => entry.rate);
}

/** R13.2: the entry that rates a category: the one that names it, else the one for all others; undefined where there is none. */
export function findCategoryRate({ rates }: Plan, category: string): CategoryRate | undefined {
  return (
    rates?.find(({ categories }) => categories?.includes(category)) ??
    rates?.find(({ categories }) => categories === undefined)
  );
}
