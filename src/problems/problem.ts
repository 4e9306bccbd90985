/** The closed catalog of faults (R9.1): a union on `code`, each with its own facts and its place. */
import type { CreditKind } from '../ledger-specs/credit-kinds.js';
import type { ColumnKind } from '../ledger-specs/spec.js';
import type { Place } from './place.js';

/** What is expected of an amount in whole cents. */
export const WHOLE_CENTS = '123456, in whole cents';

/** The facts of every fault. `found` is always the value as written. */
export interface FaultFacts {
  // The terms.
  'config-not-found': { readonly path: string };
  'malformed-yaml': { readonly detail: string };
  'unknown-key': { readonly key: string; readonly nearest: string | undefined };
  'unused-key': { readonly key: string; readonly reason: string };
  'missing-key': { readonly key: string; readonly expected: string };
  'wrong-value': { readonly found: string; readonly expected: string };
  'percent-needed': { readonly found: string; readonly threshold: boolean };
  'percent-out-of-range': { readonly found: string; readonly expected: string };
  'thresholds-not-rising': { readonly found: string; readonly before: string };
  'first-band-not-zero': { readonly found: string };
  'mixed-thresholds': { readonly found: string; readonly expected: string };
  'duplicate-plan': { readonly plan: string };
  'category-needed': Record<never, never>;
  'duplicate-category': { readonly category: string };
  'duplicate-account': { readonly account: string; readonly other: string };
  'unknown-currency': { readonly found: string };

  // A file as a whole.
  'file-not-found': { readonly path: string; readonly relativeTo: 'comp.yaml' | 'the current folder' };
  'unreadable-file': { readonly path: string; readonly reason: string };
  'not-utf8': { readonly path: string };
  'wrong-encoding': { readonly path: string; readonly encoding: string };
  'not-csv': { readonly path: string; readonly kind: string; readonly advice: string };
  'not-text': { readonly path: string };
  'line-too-long': { readonly path: string };
  'damaged-gzip': { readonly path: string };
  'unpacks-too-large': { readonly path: string };
  'malformed-csv': { readonly detail: string };
  'empty-file': { readonly path: string };
  'wrong-cell-count': { readonly found: number; readonly expected: number };
  'duplicate-column': { readonly column: string };
  'missing-column': {
    readonly column: string;
    /** The header that the mapping names for the column; undefined if it is not mapped. */
    readonly mapped: string | undefined;
    readonly file: string;
    readonly header: readonly string[];
    readonly nearest: string | undefined;
  };

  'missing-header': {
    readonly header: string;
    readonly file: string;
    readonly names: readonly string[];
    readonly nearest: string | undefined;
  };
  'record-above-header': { readonly names: readonly string[] };
  'value-not-seen': {
    readonly header: string;
    readonly value: string;
    readonly seen: readonly string[];
    readonly nearest: string | undefined;
  };
  'unlisted-value': { readonly header: string; readonly value: string; readonly rows: number };
  'no-rows-left': { readonly rows: number };
  'total-row-missing': { readonly pattern: string };
  'total-differs': {
    readonly column: string;
    readonly found: string;
    readonly expected: string;
    readonly difference: string;
  };
  'lines-differ': {
    readonly column: string;
    /** Only amounts add up. */
    readonly isAmount: boolean;
    readonly found: string;
    readonly document: string;
    readonly other: string;
    readonly first: Place;
  };

  // A query.
  'duckdb-missing': Record<never, never>;
  'query-not-select': { readonly found: string };
  'query-failed': { readonly detail: string };
  'inexact-column': { readonly column: string; readonly type: string };

  // Openings.
  'negative-opening': { readonly found: string };
  'opening-dates-differ': { readonly found: string; readonly other: string };
  'opening-inside-quarter': { readonly found: string; readonly quarter: string; readonly end: string };
  'before-opening': { readonly asOf: string; readonly opening: string };
  'missing-commission': {
    readonly invoice: string;
    readonly plan: string;
    readonly opening: string;
    readonly column: 'commission' | 'team_commission';
  };
  'commission-not-opened': { readonly invoice: string; readonly opening: string | undefined };
  'commission-of-nothing': { readonly invoice: string; readonly found: string };

  // Closes.
  'closed-as-of': { readonly period: string; readonly asOf: string; readonly from: string };
  'close-misfits': {
    readonly period: string;
    readonly what:
      | 'configuration'
      | 'workspace'
      | 'pay period'
      | 'days'
      | 'currency'
      | 'order'
      | 'opening'
      | 'owed at the opening'
      | 'cause';
    readonly found: string;
    readonly expected: string;
  };

  /** The lines of a rep in closed periods are another rep's now, whom no close knows. */
  'rep-renamed': {
    readonly rep: string;
    readonly was: string;
    /** How many lines and entries they share, out of how many that changed; and one of them. */
    readonly shared: number;
    readonly of: number;
    readonly example: string;
  };
  'alias-cycle': { readonly rep: string };
  /** The close was made by a version that kept no rows. */
  'rows-not-kept': { readonly period: string };

  'close-damaged': {
    readonly detail: string;
    /**
     * Restore the file or the whole folder, remove it, make the folder or the file readable, undo a change of line ends, or find
     * out why its contents differ.
     */
    readonly remedy: 'restore' | 'gone' | 'remove' | 'reach' | 'unread' | 'line ends' | 'compare';
  };
  'no-pay-period': { readonly found: string; readonly payPeriod: 'quarter' | 'month' };
  /** Either an earlier period is open, or a later one is closed. */
  'close-out-of-order': {
    readonly period: string;
    readonly open?: string;
    readonly closed?: string;
  };
  /** A period that is not over is closed only on request. */
  'period-not-over': {
    readonly period: string;
    readonly to: string;
    readonly today: string;
    readonly hasBegun: boolean;
  };
  /** With `--strict`, a close accepts no exceptions. */
  'exceptions-in-close': { readonly period: string; readonly exceptions: number };
  /** What is closed is not what somebody wrote down. */
  'fingerprint-differs': { readonly found: string; readonly expected: string };
  /** With four eyes, whoever closed a period cannot approve it. */
  'preparer-approves': { readonly period: string; readonly name: string; readonly preparer: string };
  /** An older close does not state who closed it, so four eyes cannot be checked. */
  'preparer-unknown': { readonly period: string };
  /** Payroll has a file for some of these days, from an undone close of another period. */
  'handed-over-misfits': { readonly period: string; readonly found: string };
  'not-closed': { readonly period: string; readonly last: string | undefined };
  /** Copies of its inputs are added to a close only if they give every byte of it again. */
  'closed-without-archive': {
    readonly period: string;
    /** The files that are not its inputs; none if they are, and it differs. */
    readonly differing: readonly string[];
    readonly isNewest: boolean;
  };
  'not-newest-close': { readonly period: string; readonly last: string };
  'closes-locked': { readonly path: string; readonly holder: string };
  'unwritable-close': { readonly path: string; readonly reason: string };
  /** The system refuses what the program needs: a file, a folder, memory. */
  'system-refused': {
    readonly path: string;
    readonly reason: string;
    /** Whether it is a temporary folder, which the user can choose. */
    readonly isTemporary: boolean;
  };
  'unarchivable-input': { readonly file: string; readonly why: 'absolute' | 'changed' };

  // A question.
  'nothing-to-explain': {
    readonly found: string;
    /** The invoice of a row with this id. */
    readonly invoice: string | undefined;
    readonly asOf: string;
    readonly nearest: string | undefined;
    /** What the name is, if only the flag beside it does not fit. */
    readonly known?:
      | { readonly kind: 'rep'; readonly period: string; readonly from: string; readonly to: string }
      | { readonly kind: 'invoice'; readonly reps: readonly string[]; readonly flag: '--rep' | '--quarter' };
  };

  // A cell.
  'blank-cell': { readonly column: string };
  'malformed-date': { readonly column: string; readonly found: string; readonly expected: string };
  'ambiguous-date': { readonly column: string; readonly found: string; readonly formats: readonly string[] };
  'malformed-number': { readonly column: string; readonly found: string; readonly expected: string };
  'malformed-quarter': { readonly column: string; readonly found: string; readonly expected: string };
  'malformed-month': { readonly column: string; readonly found: string };
  'unknown-choice': { readonly column: string; readonly found: string; readonly words: readonly string[] };
  'share-out-of-range': { readonly column: string; readonly found: string };

  // A row, alone or together with other rows.
  'duplicate-key': { readonly key: string; readonly first: Place };
  'not-above-zero': { readonly column: string; readonly found: string };
  'schedule-differs': { readonly invoice: string; readonly found: string; readonly expected: string };
  'share-or-amount': { readonly share: string; readonly amount: string };
  'split-of-nothing': { readonly invoice: string; readonly amount: string };
  'reverses-needs-negative': {
    readonly invoice: string;
    readonly amount: string;
    /** Blank where it is the amount. */
    readonly total: string;
  };
  'commissionable-sign': { readonly found: string; readonly amount: string };
  'items-differ': {
    readonly invoice: string;
    readonly what: 'amount' | 'cost';
    /** What the items add up to, and what the invoice has. */
    readonly items: string;
    readonly of: string;
  };
  'items-without-cost': { readonly invoice: string; readonly items: number; readonly without: number };
  'overlapping-rows': {
    readonly key: string;
    readonly from: string;
    readonly otherFrom: string;
    readonly otherTo: string | undefined;
    readonly first: Place;
  };
  'credit-memo-clash': { readonly id: string; readonly invoice: string; readonly first: Place };
  'negative-quota': { readonly found: string };
  'unknown-kind': {
    readonly kind: string;
    readonly kinds: readonly string[];
    readonly nearest: string | undefined;
  };
  'overlapping-draws': {
    readonly rep: string;
    readonly kind: string;
    readonly from: string;
    readonly otherFrom: string;
    readonly otherTo: string | undefined;
    readonly first: Place;
  };
  'to-before-from': { readonly from: string; readonly to: string };
  'overlapping-assignments': {
    readonly rep: string;
    readonly plan: string;
    readonly from: string;
    readonly otherPlan: string;
    readonly otherFrom: string;
    readonly otherTo: string | undefined;
    readonly first: Place;
  };
  'calendar-gap': { readonly from: string; readonly before: string };
  'calendar-overlap': { readonly from: string; readonly before: string };
  'calendar-order': { readonly name: string; readonly before: string };
  'month-needed': { readonly quarter: string };

  // What a program gives.
  'unknown-column': {
    readonly column: string;
    readonly columns: readonly string[];
    readonly nearest: string | undefined;
  };
  /** A number where money is needed, or a share or a rate. */
  'inexact-cell': { readonly column: string; readonly found: string; readonly kind: ColumnKind };
  'moment-not-day': { readonly column: string; readonly found: string };
  'unreadable-cell': { readonly column: string; readonly found: string; readonly kind: ColumnKind };
  'not-a-close': { readonly period: string; readonly detail: string };
  /** A result that was made without postings. */
  'nothing-to-close': Record<never, never>;
  /** Of a book: the key of a row to remove, and how many rows have it. */
  'not-one-row': { readonly key: string; readonly rows: number };
  /** A book takes rows, not what a mapping counts and leaves out. */
  'rows-of-mapping': Record<never, never>;
  'not-period-end': { readonly period: string; readonly to: string; readonly asOf: string };

  // What rows mean, as of the date.
  'unknown-plan': {
    readonly plan: string;
    readonly plans: readonly string[];
    readonly nearest: string | undefined;
  };
  'which-plan': { readonly plans: readonly string[]; readonly credit: CreditKind };
  'team-cycle': { readonly reps: readonly string[]; readonly date: string };
  'unrated-category': {
    /** Blank where the item has none. */
    readonly category: string;
    readonly invoice: string;
    readonly plan: string;
    readonly categories: readonly string[];
  };
  'no-fx-rate': {
    readonly currency: string;
    readonly invoice: string;
    readonly booked: string;
    /** The first day with a rate; undefined where the currency has none. */
    readonly from: string | undefined;
  };
  'cash-currency': { readonly found: string; readonly invoice: string; readonly expected: string };
  'no-quota': {
    readonly rep: string;
    readonly window: string;
    readonly invoice: string;
    readonly plan: string;
  };
  'missing-due-date': {
    readonly invoice: string;
    readonly plan: string;
    /** Whether it is needed for early and late cash only (R17.1). */
    readonly isTimed?: true;
  };
  'missing-cost': { readonly invoice: string; readonly rep: string; readonly plan: string };
  'other-currency': { readonly found: string; readonly expected: string };
  'outside-calendar': { readonly date: string; readonly from: string; readonly to: string };
  'malformed-as-of': { readonly found: string };
  /** Today, by the clock of the computer, is no day that anything can be calculated as of. */
  'clock-out-of-range': { readonly found: string };
  'unknown-period': { readonly found: string };
  'no-statement': {
    /** Undefined if nobody has a row in the period. */
    readonly rep: string | undefined;
    readonly period: string;
    readonly nearest: string | undefined;
  };

  // Control totals from the ERP.
  'control-total-currencies': {
    readonly figure: string;
    readonly found: string;
    readonly currencies: readonly string[];
  };
  'control-total-differs': {
    readonly figure: string;
    readonly found: string;
    readonly expected: string;
    readonly difference: string;
    /** Of a figure in one currency of several. */
    readonly currency: string | undefined;
  };

  // The results.
  'unwritable-output': { readonly path: string; readonly reason: string };
  'workspace-exists': { readonly path: string };
  'unwritable-folder': { readonly path: string; readonly reason: string };
  'output-is-input': { readonly path: string; readonly file: string };
}

export type FaultCode = keyof FaultFacts;

/** The fault of a code, or of one of several codes. */
export type FaultOf<C extends FaultCode> = {
  readonly [K in C]: { readonly code: K; readonly place: Place } & FaultFacts[K];
}[C];

/** One fault: what is wrong, where it is, and the facts for its text. A run with faults calculates nothing (R9.1). */
export type Fault = FaultOf<FaultCode>;

/** Stops the program if a condition fails that only a bug of ours can break. */
export function invariant(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Error(`This is a bug in comp, not in your data: ${what()}`);
}

/**
 * Ends a switch that covers every case of a union: `tsc` reports a case that is missing.
 *
 * @throws if a value outside its type arrives anyway: a bug
 * @example default: return unreachable(cause);
 */
export function unreachable(value: never): never {
  throw new Error(`This is a bug in comp, not in your data: unexpected value ${String(value)}`);
}
