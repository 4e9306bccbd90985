// The auditor: a second, slow and obvious reading of the rules, which shares no code with the engine it checks.

import { appliedRows } from './account.js';
import { type Ledgers, readWorld } from './ledgers.js';
import { attainmentRows, entryRows, monthRows, postingRow, quarterRows } from './periods.js';
import { compareText, postingsOf } from './postings.js';
import { type Json, readTerms } from './terms.js';

export type { Row } from './rows.js';

export interface AuditInput {
  /** What comp.yaml says, without `ledgers`: numbers as JSON numbers or text, shares as `5%` or `0.05`. */
  readonly terms: Json;
  /** An absent ledger is one that was not given. */
  readonly ledgers: Ledgers;
  /** YYYY-MM-DD. */
  readonly asOf: string;
}

export interface AuditResult {
  /** The columns of R8.3, in the order of R6.4. */
  readonly postings: readonly Readonly<Record<string, string>>[];
  /** The columns of R8.1, by rep and quarter. */
  readonly quarters: readonly Readonly<Record<string, string>>[];
  /** The columns of R8.2, only where pay is monthly. */
  readonly months?: readonly Readonly<Record<string, string>>[];
  /** The columns of R12.7, by rep, quarter and credit. */
  readonly attainment: readonly Readonly<Record<string, string>>[];
  /** The columns of R21.6, by date, rep and id. */
  readonly entries: readonly Readonly<Record<string, string>>[];
  /** The rows of applied.csv, only where cash is applied by rule. */
  readonly applied?: readonly Readonly<Record<string, string>>[];
  /** What R9.2 sets aside, by code and id. */
  readonly exceptions: readonly { readonly code: string; readonly id: string }[];
}

/** What the rules make of a workspace without faults (R9.1), recomputed from nothing at every step. */
export function audit(workspace: AuditInput): AuditResult {
  const world = readWorld(readTerms(workspace.terms), workspace.ledgers, workspace.asOf);
  const postings = postingsOf(world);
  return {
    postings: postings.map((posting) => postingRow(world, posting)),
    quarters: quarterRows(world, postings),
    ...(world.terms.payPeriod === 'month' ? { months: monthRows(world, postings) } : {}),
    attainment: attainmentRows(world),
    entries: entryRows(world),
    ...(world.terms.appliesCash
      ? { applied: appliedRows(world.waiting, world.allocations, world.terms.digits) }
      : {}),
    exceptions: [...world.setAside].sort((a, b) => compareText(a.code, b.code) || compareText(a.id, b.id)),
  };
}
