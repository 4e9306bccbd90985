/** Why a rep is paid what they are paid: from the postings of a pay period to paid and owed (R7). */
import { payRowsOf } from '../closing/pay-history.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PayRow } from '../engine/r7-pay/pay.js';
import type { PayPeriod } from '../engine/r11-closes/close.js';
import type { PostedResult, Result } from '../engine/result.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { Ratio } from '../ratio.js';

/** What an invoice came to for a rep in a pay period (R7.2); amounts in minor units. */
export interface InvoiceNet {
  readonly invoiceId: string;
  readonly customerId: string;
  readonly advanced: Minor;
  readonly released: Minor;
  readonly clawedBack: Minor;
  /** advanced + released − clawed back: a gain where it is above 0, else a charge. */
  readonly net: Minor;
  /** In the order of R6.4. */
  readonly postings: readonly Posting[];
}

/** A pay period of a rep, step by step: each ends where the next begins. */
export interface PayExplanation {
  readonly repId: string;
  readonly period: PayPeriod;
  readonly isClosed: boolean;
  /** By invoice id; those that came to nothing payable are not among them. */
  readonly invoices: readonly InvoiceNet[];
  /** Σ of nets above 0, and of those below 0 as an amount above 0. */
  readonly gains: Minor;
  readonly charged: Minor;
  /** What was owed, what reinstatements cancel of it, and the largest part of the rest of the gains that may be withheld. */
  readonly owedBefore: Minor;
  readonly cancelled: Minor;
  readonly recoveryLimit: Ratio;
  readonly recovered: Minor;
  readonly paid: Minor;
  readonly owedAfter: Minor;
  /** The row that all of it comes to. */
  readonly row: PayRow;
}

/**
 * Explains what a rep is paid, pay period by pay period of a quarter or a month. The figures are the rows' own; what
 * stands before them are the postings that they are made of.
 *
 * @param result - with postings
 * @param periodName - a fiscal quarter, or a month where pay is by the month; every pay period without
 * @returns in order; empty where the rep has no row then
 * @example explainPay(result, 'R1', '2025-Q3')[0]?.paid // 15000n
 */
export function explainPay(
  result: PostedResult,
  repId: string,
  periodName?: string,
): readonly PayExplanation[] {
  const rows = ownRows(result, repId, periodName);
  const postings = new Map<string, Posting[]>(rows.map(({ period }) => [period.name, []]));
  for (const posting of result.postings) {
    if (posting.repId === repId) postings.get(posting.period)?.push(posting);
  }
  return rows.map(({ period, row }) => explain(result, repId, period, row, postings.get(period.name) ?? []));
}

/**
 * Explains what every rep is paid, pay period by pay period: all periods up to the one that is named, so that a debt can
 * be followed to what it came from. The postings are gone through once.
 *
 * @param result - with postings
 * @param until - the last day that counts, `YYYY-MM-DD`: periods that begin later are left out
 * @param reps - those who are asked for; all without
 * @returns by rep id, in order of period
 */
export function explainAllPay(
  result: PostedResult,
  until: string,
  reps?: ReadonlySet<string>,
): ReadonlyMap<string, readonly PayExplanation[]> {
  const isAsked = (repId: string) => reps === undefined || reps.has(repId);
  const postings = new Map<string, Posting[]>();
  for (const posting of result.postings) {
    if (!isAsked(posting.repId)) continue;
    const key = keyOf(posting.repId, posting.period);
    const own = postings.get(key);
    if (own === undefined) postings.set(key, [posting]);
    else own.push(posting);
  }
  const periods = new Map(result.payPeriods.map((period) => [period.name, period]));
  const explained = new Map<string, PayExplanation[]>();
  for (const row of payRowsOf(result)) {
    const { repId } = row;
    const period = periods.get(row.period);
    if (!isAsked(repId) || period === undefined || period.from > until) continue;
    const one = explain(result, repId, period, row, postings.get(keyOf(repId, row.period)) ?? []);
    const own = explained.get(repId);
    if (own === undefined) explained.set(repId, [one]);
    else own.push(one);
  }
  return explained;
}

function keyOf(repId: string, period: string): string {
  return `${period} ${repId}`;
}

/** The rep's rows by pay period: those of the quarter or the one month, where one is named. */
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

function explain(
  { terms, closedThrough }: Result,
  repId: string,
  period: PayPeriod,
  row: PayRow,
  postings: readonly Posting[],
): PayExplanation {
  const byInvoice = new Map<string, Posting[]>();
  for (const posting of postings) {
    const own = byInvoice.get(posting.invoiceId);
    if (own === undefined) byInvoice.set(posting.invoiceId, [posting]);
    else own.push(posting);
  }
  const invoices = [...byInvoice.values()]
    .map(netOf)
    .filter(({ advanced, released, clawedBack }) => advanced !== 0n || released !== 0n || clawedBack !== 0n)
    .sort((a, b) => byCodeUnit(a.invoiceId, b.invoiceId));
  const sum = (of: (net: Minor) => Minor) => invoices.reduce((all, { net }) => all + of(net), 0n);
  return {
    repId,
    period,
    isClosed: period.to <= (closedThrough ?? ''),
    invoices,
    gains: sum((net) => (net > 0n ? net : 0n)),
    charged: sum((net) => (net < 0n ? -net : 0n)),
    owedBefore: row.owedOpening,
    cancelled: row.cancelled,
    recoveryLimit: terms.recoveryLimit,
    recovered: row.recovered,
    paid: row.paid,
    owedAfter: row.owed,
    row,
  };
}

function netOf(postings: readonly Posting[]): InvoiceNet {
  const [{ invoiceId, customerId }] = postings as [Posting];
  const sum = (of: (posting: Posting) => Minor) => postings.reduce((all, posting) => all + of(posting), 0n);
  const advanced = sum((posting) => posting.advanced);
  const released = sum((posting) => posting.released);
  const clawedBack = sum((posting) => posting.clawedBack);
  const net = advanced + released - clawedBack;
  return { invoiceId, customerId, advanced, released, clawedBack, net, postings };
}
