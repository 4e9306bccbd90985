/** `payroll.csv`: what payroll pays each rep for a pay period, and by when. */
import { isoOf } from '../day.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import { type PayPeriod, Receipts, type RepPay } from './pay-history.js';

/** What is paid to a rep for a pay period; amounts in the currency's minor unit, none below 0. */
export interface PayrollRow {
  readonly repId: string;
  readonly payPeriod: string;
  /** The day by which it is paid, `YYYY-MM-DD`. */
  readonly payBy: string;
  readonly paid: Minor;
  /** What was withheld for debts. */
  readonly recovered: Minor;
  /** What is still owed. */
  readonly owed: Minor;
}

/** What `payroll.csv` is made from. */
export interface PayrollInputs {
  readonly period: PayPeriod;
  /** The pay rows; those of other periods are skipped. */
  readonly rows: Iterable<RepPay>;
  /** The postings in any order; those of other periods are skipped. */
  readonly postings: Iterable<Posting>;
  readonly payWithin: number;
}

/**
 * A row for each rep with a pay row in the period, by rep id. `payBy` is `payWithin` days after the earliest receipt
 * that made something payable to the rep: the event date of a posting of cause `collected` by which advanced + released
 * − clawed back grew. Without such a receipt, it is `payWithin` days after the period's last day.
 *
 * @example payrollRows({ period: { name: '2025-Q1', to }, rows, postings, payWithin: 30 })[0]?.payBy === '2025-03-12'
 */
export function payrollRows({ period, rows, postings, payWithin }: PayrollInputs): PayrollRow[] {
  const receipts = new Map<string, Receipts>();
  for (const posting of postings) {
    if (posting.period !== period.name) continue;
    let own = receipts.get(posting.repId);
    if (own === undefined) {
      own = new Receipts();
      receipts.set(posting.repId, own);
    }
    own.add(posting);
  }
  const none = new Receipts();
  const payroll: PayrollRow[] = [];
  for (const { repId, period: name, paid, recovered, owed } of rows) {
    if (name !== period.name) continue;
    const payBy = isoOf((receipts.get(repId) ?? none).payBy(period, payWithin));
    payroll.push({ repId, payPeriod: name, payBy, paid, recovered, owed });
  }
  return payroll.sort((a, b) => byCodeUnit(a.repId, b.repId));
}
