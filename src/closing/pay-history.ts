/** What the documents of a close are made from: pay periods, their rows and receipts, and what a workspace begins with. */
import { addDays, type Day, findDay, isoOf, later } from '../day.js';
import { netOf } from '../engine/r1-words/line-accounts.js';
import type { PayRow } from '../engine/r1-words/pay-figures.js';
import type { Period } from '../engine/r2-ledgers/calendar.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Result } from '../engine/result.js';
import type { Minor } from '../money.js';
import { invariant } from '../problems/problem.js';

/** A pay period: its name and its last day. */
export type PayPeriod = Pick<Period, 'name' | 'to'>;

/** A rep's pay row with its pay period (R7); amounts in the currency's minor unit. */
export interface RepPay extends PayRow {
  readonly repId: string;
  /** The pay period by name. */
  readonly period: string;
}

/** The balances that a workspace with history begins with: postings dated up to the day count as already paid. */
export interface Opening {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** What reps owed at the end of that day, by rep id; none below 0. */
  readonly owed: ReadonlyMap<string, Minor>;
}

/** The pay rows of a result, by pay period. */
export function payRowsOf({ terms, months, quarters }: Result): RepPay[] {
  return terms.payPeriod === 'month'
    ? months.map((row) => ({ ...row, period: row.month }))
    : quarters.map((row) => ({ ...row, period: row.quarter }));
}

/** The receipts of one rep in a pay period, on which the day of payment depends. */
export class Receipts {
  #first: Day | undefined;

  /** Takes a posting of the rep in the period; only receipts that make something payable count. */
  add(posting: Posting): void {
    if (posting.cause !== 'collected' || netOf(posting) <= 0n) return;
    const day = dayOf(posting.eventDate);
    if (this.#first === undefined || day < this.#first) this.#first = day;
  }

  /** The day by which the period is paid: `payWithin` days after the earliest receipt, or after the period's last day. */
  payBy({ to }: PayPeriod, payWithin: number): Day {
    return addDays(this.#first ?? to, payWithin);
  }

  /** The calendar year in which the period is paid: payroll cannot pay before the period is over. */
  yearPaid(period: PayPeriod, payWithin: number): number {
    return yearOf(later(this.payBy(period, payWithin), addDays(period.to, 1)));
  }
}

export function yearOf(day: Day): number {
  return Number(isoOf(day).slice(0, 4));
}

/** The day of an ISO date that the engine wrote. */
export function dayOf(date: string): Day {
  const day = findDay(date);
  invariant(day !== undefined, () => `a posting has the date ${date}`);
  return day;
}
