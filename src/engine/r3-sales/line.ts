/** A sale and its commission lines: one line is one rep's credited share of one invoice (R2.5). */
import type { Day } from '../../day.js';
import type { Units } from '../../money.js';
import type { Measure, Plan } from '../../plans/plan.js';
import type { Ratio } from '../../ratio.js';
import type { Invoice } from '../r2-ledgers/books.js';
import type { Quarter } from '../r2-ledgers/calendar.js';
import type { Cause } from '../r6-postings/order-of-day.js';
import type { Fate } from '../r8-results/controls.js';

/** A credit memo, payment, refund, write-off or reversal on an invoice, dated up to the as-of date. */
export interface CashEvent {
  readonly day: Day;
  readonly cause: Cause;
  /** The id of the ledger row. */
  readonly source: string;
  readonly amount: Units;
}

/** An invoice booked up to the as-of date, with what happened to it and who is paid on it. */
export interface Sale {
  readonly invoice: Invoice;
  /** In the order of R5.8. */
  readonly events: CashEvent[];
  readonly lines: Line[];
}

/** What is known of an invoice id: what became of the row, and the sale where it is one. */
export interface KnownInvoice {
  readonly fate: Fate;
  readonly sale?: Sale;
}

/** What is known of every invoice that is a sale of its own, by id. */
export type KnownInvoices = ReadonlyMap<string, KnownInvoice>;

/** What a line earns from a day on: its exact commission, in minor units of the currency. */
export interface RateStep {
  readonly day: Day;
  /** The id that a re-rating posting bears (R6.2). */
  readonly source: string;
  readonly rate: Ratio;
}

/** How a line is priced: at one average rate fixed by its booking, or at the rates of its retroactive quarter. */
export type Pricing =
  | { readonly kind: 'fixed'; readonly rate: Ratio }
  /** The quarter's rates in order; the line's own first is the one of its booking day. */
  | { readonly kind: 'retroactive'; readonly steps: readonly RateStep[]; readonly first: number };

export interface Line {
  readonly sale: Sale;
  readonly rep: string;
  readonly plan: Plan;
  /** The quarter of the booking (R4.7). */
  readonly quarter: Quarter;
  /** The day from which the line is posted (R5.2). */
  readonly earnDay: Day;
  /** R3.1, in units; gross profit is undefined where the invoice has no cost. */
  readonly revenue: Ratio;
  readonly grossProfit: Ratio | undefined;
  /** Set once by attainment. */
  pricing: Pricing;
}

/** A line's revenue or gross profit; undefined where its cost is not known. */
export function measured(line: Line, measure: Measure): Ratio | undefined {
  return measure === 'revenue' ? line.revenue : line.grossProfit;
}
