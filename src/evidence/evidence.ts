/** What an auditor needs about a close: its record and history, its inputs, what calculating it again came to, and what changed since. */

import type { PayrollRow } from '../closing/payroll.js';
import { netOf } from '../engine/r1-words/line-accounts.js';
import { readPayroll } from '../ledgers/frozen.js';
import type { Minor } from '../money.js';
import type { HistoryEntry } from '../workspace/closes/history.js';
import { keptFile, type StoredClose } from '../workspace/closes/read-closes.js';

/** What came of calculating the close again. */
export type Performed =
  /** Every byte of its figures is the same. */
  | { readonly kind: 'equal'; readonly from: 'archive' | 'workspace' }
  /** It is not, for these reasons, in words. */
  | { readonly kind: 'different'; readonly from: 'archive' | 'workspace'; readonly texts: readonly string[] }
  /** Its inputs are not there; its documents were made from its postings again, with what came of it. */
  | { readonly kind: 'no-inputs'; readonly texts: readonly string[] };

/** An input of the close. */
export interface PackedInput {
  readonly role: string;
  readonly file: string;
  readonly sha256: string;
  /** Where it is in the pack; undefined if it is not. */
  readonly path: string | undefined;
}

/** What a later close posted for the period, by rep. */
export interface LaterPostings {
  /** The later period. */
  readonly period: string;
  readonly repId: string;
  readonly postings: number;
  readonly earned: Minor;
  /** Advanced + released − clawed back (R7.2). */
  readonly net: Minor;
}

/** Everything that the page shows. */
export interface Evidence {
  /** The program that made the pack. */
  readonly version: string;
  readonly close: StoredClose;
  /** Of all that is closed. */
  readonly fingerprint: string;
  /** Of the period, with its undone closes. */
  readonly history: readonly HistoryEntry[];
  readonly inputs: readonly PackedInput[];
  readonly performed: Performed;
  readonly payroll: readonly PayrollRow[];
  readonly later: readonly LaterPostings[];
  /** The last closed period, up to which `later` goes. */
  readonly through: string;
  /** The folder to run comp in, from the pack: `workspace`. */
  readonly folder: string;
  /** The name of comp.yaml. */
  readonly config: string;
}

/** What payroll was given for the close, a row for each rep. */
export function payrollIn(close: StoredClose): readonly PayrollRow[] {
  return readPayroll(keptFile(close, 'payroll.csv'), close.record.digits);
}

/** What later closes posted for a period, by period and rep (R11.2). */
export function laterPostings(period: string, later: readonly StoredClose[]): readonly LaterPostings[] {
  return later.flatMap((close) => {
    const sums = new Map<string, LaterPostings>();
    for (const posting of close.postings) {
      if (posting.adjusts !== period) continue;
      const { repId, earned } = posting;
      const before = sums.get(repId) ?? {
        period: close.period.name,
        repId,
        postings: 0,
        earned: 0n,
        net: 0n,
      };
      sums.set(repId, {
        ...before,
        postings: before.postings + 1,
        earned: before.earned + earned,
        net: before.net + netOf(posting),
      });
    }
    return [...sums.values()].sort((a, b) => (a.repId < b.repId ? -1 : 1));
  });
}
