/** What a calculation returns: a result with its working, or every fault that prevented one. */
import type { NewNames } from '../names.js';
import type { Terms } from '../plans/plan.js';
import type { Exception } from '../problems/exception.js';
import type { Fault } from '../problems/problem.js';
import type { Posting } from './r6-postings/posting-table.js';
import type { PayEntryRow } from './r7-pay/entries.js';
import type { AppliedRow, OnAccountRow } from './r8-results/applied.js';
import type { Controls } from './r8-results/controls.js';
import type { AttainmentRow, MonthRow, QuarterRow } from './r8-results/results.js';
import type { Close, NamedPeriod, PayPeriod } from './r11-closes/close.js';
import type { Keep, Working } from './working.js';

/**
 * A result, and what was kept of the way to it.
 *
 * @typeParam Kept - what the inputs asked to keep: functions that need a part name it in their types
 */
export interface Calculation<
  Kept extends Keep = never,
  Postings extends Iterable<Posting> = Iterable<Posting>,
> {
  readonly kind: 'calculated';
  readonly result: 'postings' extends Kept ? PostedResult<Postings> : Result;
  readonly working: Working<Kept>;
}

/** A calculation that keeps `lines`: what explanations of lines are made from. */
export interface Explainable<Of extends Result = Result> {
  readonly result: Of;
  readonly working: Working<'lines'>;
}

/** A calculation that keeps `postings`: in its result, and in columns for who writes millions of them. */
export interface Writable {
  readonly result: PostedResult;
  readonly working: Working<'postings'>;
}

/** What a calculation comes to: plain data. Amounts are whole minor units of the currency. */
export interface Result {
  readonly asOf: string;
  readonly currency: { readonly code: string; readonly digits: number };
  /** Those that adjust closed periods, all on the first open day (R11.2). */
  readonly adjustments: readonly Posting[];
  /** The entries of the pay account, in order of date, rep and id (R21.6). */
  readonly entries: readonly PayEntryRow[];
  /** By rep, then quarter (R8.1). */
  readonly quarters: readonly QuarterRow[];
  /** In order of rep, quarter and credit (R12.7). */
  readonly attainments: readonly AttainmentRow[];
  /** By rep, then month; empty where the pay period is the quarter (R8.2). */
  readonly months: readonly MonthRow[];
  /**
   * What was applied of the rows that name a customer but no invoice, by day, ledger and id; empty unless the terms say
   * `applyCash`. Amounts here and in `onAccount` are whole multiples of 10^-scale.
   */
  readonly applied: readonly AppliedRow[];
  /** What is left on account of such rows, by ledger and id. */
  readonly onAccount: readonly OnAccountRow[];
  /** Who reps are, by rep id, of those that the ledger of reps names. */
  readonly people: ReadonlyMap<string, RepPerson>;
  /** Every rep that a ledger names, in order. */
  readonly reps: readonly string[];
  /** What each former id of a rep is now (R11.11). */
  readonly newNames: NewNames;
  /** By code, ledger and id (R8.4). */
  readonly exceptions: readonly Exception[];
  /** Control totals by ledger; amounts are whole multiples of 10^-scale. */
  readonly controls: Controls;
  readonly scale: number;
  readonly terms: Terms;
  /** The pay period that the as-of date lies in. */
  readonly payPeriod: string;
  /** The pay periods from the first that has a row to that one, in order. */
  readonly payPeriods: readonly PayPeriod[];
  /** The fiscal quarter that the as-of date lies in. */
  readonly fiscalQuarter: NamedPeriod;
  /** The pay periods that are closed, in order (R11). */
  readonly closedPeriods: readonly NamedPeriod[];
  /** The day up to which everything counts as posted: that of the last close or of the opening; undefined without both. */
  readonly closedThrough: string | undefined;
}

/** A result with its postings. */
export interface PostedResult<Postings extends Iterable<Posting> = Iterable<Posting>> extends Result {
  /**
   * In the order of R6.4. With closes, those of closed periods are the frozen ones, and what has changed in them since is
   * adjusted in the first open one (R11.2).
   */
  readonly postings: Postings;
  /** Those of open periods: what adjusts closed ones, and what is new. */
  readonly openPostings: Postings;
  /** What counts as posted before the workspace begins; undefined where it begins with nothing (R11). */
  readonly opened: Close['opened'];
}

/** Who a rep is; nothing in it changes a figure. */
export interface RepPerson {
  readonly name: string;
  /** Blank where it is not given, like the manager. */
  readonly email: string;
  readonly managerId: string;
  /** The last day of employment, `YYYY-MM-DD`; undefined while employed. */
  readonly left: string | undefined;
}

/** Input that cannot be understood: every fault in it, and nothing calculated (R9.1). */
export interface Refusal {
  readonly kind: 'refused';
  readonly faults: readonly Fault[];
}
