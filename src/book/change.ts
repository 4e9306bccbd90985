/** What an edit of a book changes: postings that come and go, and pay rows before and after. */
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { MonthRow, QuarterRow, RepRows } from '../engine/r8-results/results.js';
import type { Refusal } from '../engine/result.js';
import { byCodeUnit } from '../order.js';
import type { LinePostings } from './line-postings.js';
import type { RepState } from './rep-state.js';

/** What a put or a removal came to. */
export type Outcome = Change | Refusal;

/** What has changed as of the book's day. Amounts are whole minor units of the currency. */
export interface Change {
  readonly kind: 'changed';
  /** Of open periods, in order of date, rep and invoice. A posting that changes goes, and comes again as it is now. */
  readonly postings: { readonly appeared: readonly Posting[]; readonly disappeared: readonly Posting[] };
  /** The rows of pay periods that changed, by rep and period. */
  readonly pay: readonly PayChange[];
}

/** A rep's pay period before and after an edit. */
export interface PayChange {
  readonly repId: string;
  /** The pay period by name: `2025-Q1` or `2025-03`. */
  readonly period: string;
  /** Undefined where there was no such row, or is none any more. */
  readonly before: QuarterRow | MonthRow | undefined;
  readonly after: QuarterRow | MonthRow | undefined;
}

/** A rep before and after an edit, with the postings that may have changed. */
export interface RepChange {
  readonly before: Pick<RepState, 'rows'> | undefined;
  readonly after: Pick<RepState, 'rows'> | undefined;
  readonly postingsBefore: Iterable<LinePostings>;
  readonly postingsAfter: Iterable<LinePostings>;
}

/** What changed, of the reps that it may have changed for. */
export function changeOf(reps: ReadonlyMap<string, RepChange>): Change {
  const counts = new Map<string, { readonly posting: Posting; count: number }>();
  const pay: PayChange[] = [];
  for (const [repId, { before, after, postingsBefore, postingsAfter }] of reps) {
    addPostings(counts, postingsBefore, -1);
    addPostings(counts, postingsAfter, 1);
    pay.push(...payChanges(repId, before?.rows, after?.rows));
  }
  const [appeared, disappeared]: [Posting[], Posting[]] = [[], []];
  for (const { posting, count } of counts.values()) {
    for (let more = 0; more < count; more += 1) appeared.push(posting);
    for (let less = 0; less < -count; less += 1) disappeared.push(posting);
  }
  appeared.sort(byDate);
  disappeared.sort(byDate);
  pay.sort((a, b) => byCodeUnit(a.repId, b.repId) || byCodeUnit(a.period, b.period));
  return { kind: 'changed', postings: { appeared, disappeared }, pay };
}

export const NO_CHANGE: Change = { kind: 'changed', postings: { appeared: [], disappeared: [] }, pay: [] };

function addPostings(
  counts: Map<string, { readonly posting: Posting; count: number }>,
  lines: Iterable<LinePostings>,
  sign: 1 | -1,
): void {
  const add = (posting: Posting) => {
    const key = Object.values(posting).join('\0');
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { posting, count: sign });
    else known.count += sign;
  };
  for (const { own, adjustments } of lines) {
    for (const { posting } of own) add(posting);
    for (const posting of adjustments) add(posting);
  }
}

function byDate(a: Posting, b: Posting): number {
  return byCodeUnit(a.date, b.date) || byCodeUnit(a.repId, b.repId) || byCodeUnit(a.invoiceId, b.invoiceId);
}

function payChanges(
  repId: string,
  before: RepRows | undefined,
  after: RepRows | undefined,
): readonly PayChange[] {
  const [was, is] = [byPeriod(before), byPeriod(after)];
  const changes: PayChange[] = [];
  for (const period of new Set([...was.keys(), ...is.keys()])) {
    const [one, other] = [was.get(period), is.get(period)];
    if (one !== undefined && other !== undefined && isSame(one, other)) continue;
    changes.push({ repId, period, before: one, after: other });
  }
  return changes;
}

/** The rows of pay periods: those of months where there are any. */
function byPeriod(rows: RepRows | undefined): ReadonlyMap<string, QuarterRow | MonthRow> {
  if (rows === undefined) return new Map();
  const { quarters, months } = rows;
  if (months.length > 0) return new Map(months.map((row) => [row.month, row]));
  return new Map(quarters.map((row) => [row.quarter, row]));
}

function isSame(a: QuarterRow | MonthRow, b: QuarterRow | MonthRow): boolean {
  const [one, other]: [Record<string, unknown>, Record<string, unknown>] = [{ ...a }, { ...b }];
  return Object.keys(one).every((figure) => one[figure] === other[figure]);
}
