/** What a law may ask of the histories it is about. */
import type { Day } from './days.js';

/** What a law asks of the histories it is about; without any, everything goes. */
export interface Limits {
  /** The first day on which anything is booked, `YYYY-MM-DD`; 2023-01-01 unless given. */
  readonly from?: string;
  /** The usual quota of a quarter, in whole units of the currency, beside sales of 500 to 20,000; 5,000 unless given. */
  readonly quota?: number;
  readonly currency?: string;
  readonly minPlans?: number;
  /** Every rep has a plan on every day, and `creditsReduceQuota` is the same in all plans (R10.5). */
  readonly alwaysOnPlan?: boolean;
  /** `reinstate: true` and `scope: unpaid` (R10.2, R10.3). */
  readonly plainClawback?: boolean;
  /** `release: pro-rata` and `earnOn: invoice` (R10.3). */
  readonly plainRelease?: boolean;
  /** No sale, cash, write-off or credit memo below 0 (R10.3). */
  readonly nonNegative?: boolean;
  /** Nothing is credited, and by the as-of date every invoice is earned and collected in full (R10.2). */
  readonly paidUp?: boolean;
  /** Dates in order, no amount below 0, cash that mostly matches: nothing that a clerk would ask about. */
  readonly sensible?: boolean;
}

/** The first day on which anything is booked, unless another is asked for; memos and cash may come before. */
export const BASE: Day = '2023-01-01';

/** From when on something is so all the time. */
export const ALWAYS: Day = '1900-01-01';

/** The usual quota of a quarter, in whole units. */
export const QUOTA = 5000;

/** Amounts are whole ten-thousandths of the currency, which is as fine as real ledgers go (R2.8). */
export type Money = number;
export const UNIT = 10_000;

export const REPS = ['r2', 'R10', 'Ré'];
