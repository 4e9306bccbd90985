/** Why a rep is paid an amount: from the postings of a pay period to paid and owed (R7). */
import { payRowsOf } from '../closing/pay-history.js';
import {
  addAmounts,
  type LineAmounts,
  movesPay,
  netOf,
  noAmounts,
} from '../engine/r1-words/line-accounts.js';
import { gainsOf, type PayRow } from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PayEntryRow } from '../engine/r7-pay/entries.js';
import { netLineOf } from '../engine/r7-pay/net-line.js';
import type { PayPeriod } from '../engine/r11-closes/close.js';
import type { PostedResult, Result } from '../engine/result.js';
import { groupedBy } from '../grouped.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { RecoveryTerms } from '../plans/plan.js';
import { type CapExplanation, RepCaps } from './caps.js';
import type { NamedLine } from './line-history/line-name.js';

/** What an invoice came to for a rep in a pay period (R7.2); amounts in minor units. */
export interface InvoiceNet extends NamedLine {
  readonly customerId: string;
  readonly amounts: LineAmounts;
  /** advanced + released − clawed back: a gain if it is above 0, a charge if it is below. */
  readonly net: Minor;
  /** In the order of R6.4. */
  readonly postings: readonly Posting[];
}

/** A pay period of a rep: what its invoices came to, and the steps from there to what is paid and owed. */
export interface PayExplanation {
  readonly repId: string;
  readonly period: PayPeriod;
  readonly isClosed: boolean;
  /** By invoice id; without those that moved nothing payable. */
  readonly invoices: readonly InvoiceNet[];
  /** Bonuses, waivers and repayments, in their order (R21). */
  readonly entries: readonly PayEntryRow[];
  /** The caps of the plans that paid something in their windows (R22). */
  readonly caps: readonly CapExplanation[];
  /** Every other step is a figure of the row. */
  readonly gains: Minor;
  /** How much of the gains, less what is cancelled, may be withheld. */
  readonly recovery: RecoveryTerms;
  /** The row that all of it comes to. */
  readonly row: PayRow;
}

/**
 * Explains what a rep is paid in a quarter or a month, pay period by pay period: the row's figures, and the postings that
 * they are made of.
 *
 * @param result - with postings
 * @param periodName - a fiscal quarter, or a month if pay is monthly; every pay period without
 * @returns in order; empty if the rep has no row then
 * @example explainPay(result, 'R1', '2025-Q3')[0]?.row.paid // 15000n
 */
export function explainPay(
  result: PostedResult,
  repId: string,
  periodName?: string,
): readonly PayExplanation[] {
  const rows = ownRows(result, repId, periodName);
  const postings = new Map<string, Posting[]>(rows.map(({ period }) => [period.name, []]));
  const caps = new RepCaps(result.terms.plans);
  for (const posting of result.postings) {
    if (posting.repId !== repId) continue;
    postings.get(posting.period)?.push(posting);
    caps.add(posting);
  }
  const entries = groupedBy(
    result.entries.filter((entry) => entry.repId === repId),
    ({ period }) => period,
  );
  return rows.map(({ period, row }) =>
    explain(result, repId, period, row, {
      postings: postings.get(period.name) ?? [],
      entries: entries.get(period.name) ?? [],
      caps,
    }),
  );
}

/**
 * Explains what every rep is paid, pay period by pay period: all periods up to a day, so that a debt can be followed to
 * what it came from. Goes through the postings once.
 *
 * @param result - with postings
 * @param until - the last day that counts, `YYYY-MM-DD`: periods that begin later are left out
 * @param reps - these only; all without
 * @returns by rep id, in order of period
 */
export function explainAllPay(
  result: PostedResult,
  until: string,
  reps?: ReadonlySet<string>,
): ReadonlyMap<string, readonly PayExplanation[]> {
  const isRequested = (repId: string) => reps === undefined || reps.has(repId);
  const postings = new Map<string, Posting[]>();
  const caps = new Map<string, RepCaps>();
  for (const posting of result.postings) {
    if (!isRequested(posting.repId)) continue;
    capsOf(caps, result, posting.repId).add(posting);
    const key = keyOf(posting.repId, posting.period);
    const own = postings.get(key);
    if (own === undefined) postings.set(key, [posting]);
    else own.push(posting);
  }
  const entries = groupedBy(result.entries, ({ repId, period }) => keyOf(repId, period));
  const periods = new Map(result.payPeriods.map((period) => [period.name, period]));
  const explained = new Map<string, PayExplanation[]>();
  for (const row of payRowsOf(result)) {
    const { repId } = row;
    const period = periods.get(row.period);
    if (!isRequested(repId) || period === undefined || period.from > until) continue;
    const key = keyOf(repId, row.period);
    const one = explain(result, repId, period, row, {
      postings: postings.get(key) ?? [],
      entries: entries.get(key) ?? [],
      caps: capsOf(caps, result, repId),
    });
    const own = explained.get(repId);
    if (own === undefined) explained.set(repId, [one]);
    else own.push(one);
  }
  return explained;
}

function keyOf(repId: string, period: string): string {
  return `${period} ${repId}`;
}

/** The rep's rows by pay period: of the quarter or the month, if one is named. */
function ownRows(
  result: Result,
  repId: string,
  periodName: string | undefined,
): { readonly period: PayPeriod; readonly row: PayRow }[] {
  const own = payRowsOf(result).filter((row) => row.repId === repId);
  const rows = new Map(own.map((row) => [row.period, row]));
  return result.payPeriods
    .filter(({ name, quarter }) => periodName === undefined || name === periodName || quarter === periodName)
    .flatMap((period) => {
      const row = rows.get(period.name);
      return row === undefined ? [] : [{ period, row }];
    });
}

function capsOf(caps: Map<string, RepCaps>, { terms }: Result, repId: string): RepCaps {
  const known = caps.get(repId) ?? new RepCaps(terms.plans);
  caps.set(repId, known);
  return known;
}

/** What a pay period is explained from. */
interface Sources {
  readonly postings: readonly Posting[];
  readonly entries: readonly PayEntryRow[];
  readonly caps: RepCaps;
}

function explain(
  { terms, closedThrough, payPeriods }: Result,
  repId: string,
  period: PayPeriod,
  row: PayRow,
  { postings, entries, caps }: Sources,
): PayExplanation {
  const byLine = groupedBy(postings, netLineOf);
  const invoices = [...byLine.values()]
    .map(invoiceNet)
    .filter(({ amounts }) => movesPay(amounts))
    .sort((a, b) => byCodeUnit(a.invoiceId, b.invoiceId));
  return {
    repId,
    period,
    isClosed: period.to <= (closedThrough ?? ''),
    invoices,
    entries,
    caps: caps.in(period, payPeriods),
    gains: gainsOf(row),
    recovery: terms.recovery,
    row,
  };
}

function invoiceNet(postings: readonly Posting[]): InvoiceNet {
  const [{ invoiceId, customerId, credit }] = postings as [Posting];
  const amounts = noAmounts();
  for (const posting of postings) addAmounts(amounts, posting);
  return { invoiceId, customerId, credit, amounts, net: netOf(amounts), postings };
}
