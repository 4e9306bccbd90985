/** The ledgers and their columns (R2.1), as data: what a reader looks for and what the intake reads. */
import type { Exception } from '../../problems/exception.js';
import type { LedgerName } from '../../problems/place.js';
import type { LedgerTable } from './ledger-table.js';

/** A row as a file or a caller gives it: cells as text by our column names; blank and absent are the same. */
export interface InvoiceRow {
  readonly invoice_id: string;
  readonly customer_id: string;
  readonly rep_id?: string;
  readonly booking_date?: string;
  readonly invoice_date: string;
  readonly due_date?: string;
  readonly amount: string;
  readonly total?: string;
  readonly cost?: string;
  readonly currency?: string;
  readonly reverses?: string;
  /** What the invoice's reps earn on it, where it was booked up to the opening and its rate cannot be derived (R11). */
  readonly commission?: string;
}

export interface PaymentRow {
  readonly payment_id: string;
  readonly invoice_id: string;
  readonly payment_date: string;
  readonly amount: string;
  readonly customer_id?: string;
}

export interface WriteOffRow {
  readonly write_off_id: string;
  readonly invoice_id: string;
  readonly write_off_date: string;
  readonly amount: string;
  readonly reason?: string;
  readonly customer_id?: string;
}

export interface CreditMemoRow {
  readonly credit_memo_id: string;
  readonly invoice_id: string;
  readonly credit_date: string;
  readonly amount: string;
  readonly customer_id?: string;
}

export interface SplitRow {
  readonly invoice_id: string;
  readonly rep_id: string;
  /** `60%` or `0.6`; or leave it blank and give `amount`. */
  readonly share?: string;
  /** The rep's part of the invoice's amount. */
  readonly amount?: string;
}

export interface AssignmentRow {
  readonly rep_id: string;
  readonly plan_id: string;
  readonly from: string;
  readonly to?: string;
}

export interface QuotaRow {
  readonly rep_id: string;
  /** `2025-Q1`, or a date in the quarter (R2.9). */
  readonly quarter: string;
  readonly quota: string;
}

export interface CalendarRow {
  readonly quarter: string;
  readonly from: string;
  readonly to: string;
  readonly month?: string;
}

export interface OpeningRow {
  readonly rep_id: string;
  /** The last day before the workspace begins, the same for all reps. */
  readonly date: string;
  /** What the rep owes then. */
  readonly owed: string;
  /** The rep's quota credit in the fiscal year so far. */
  readonly booked?: string;
  readonly booked_gross_profit?: string;
}

/** Who a rep is: nothing in it changes a figure. */
export interface PersonRow {
  readonly rep_id: string;
  readonly name: string;
  readonly email?: string;
  /** The rep's manager, who need not be a rep. */
  readonly manager_id?: string;
  /** The last day of employment; blank while employed. */
  readonly left?: string;
}

/** Rows that are gone through one by one: an array, or a file that is read again each time and never held whole. */
export interface Rows<Row> {
  readonly length: number;
  forEach(visit: (row: Row, index: number) => void): void;
}

/** A ledger: its rows in any order, dates and amounts as R2.1 says. */
export interface Ledger<Row> {
  readonly rows: Rows<Row>;
  /** The same rows, already read, where they are all plain. */
  readonly table?: LedgerTable;
  /** Payments that are what was paid on each invoice to date: without ids, and perhaps without dates. */
  readonly snapshot?: boolean;
  /** What the rows were made from, where that is more or other than the rows themselves. */
  readonly source?: LedgerOrigin;
}

/** What a ledger's rows were made from: a mapping counts what it leaves out, so that no row is lost (R8.4). */
export interface LedgerOrigin {
  /** All rows that were read, whatever became of them. */
  readonly rows: number;
  /** The sums over all rows that were read, as plain decimals; undefined where only the rows themselves say them. */
  readonly sums?: RowSums;
  readonly leftOut: { readonly rows: number } & RowSums;
  /** Rows that are no records: subtotals, time stamps. */
  readonly notRecords: number;
  /** How many rows were summed up into a row of the ledger; undefined where it was one each. */
  readonly linesOf?: (row: number) => number;
  /** What is odd about single rows. */
  readonly exceptions: readonly Exception[];
}

/** Sums of a ledger's amounts as plain decimals; `total` is that of invoices. */
export interface RowSums {
  readonly amount: string;
  readonly total: string;
}

/** The ledgers of a run (R2.1). Only invoices are needed. */
export interface Ledgers {
  readonly invoices: Ledger<InvoiceRow>;
  readonly payments?: Ledger<PaymentRow>;
  readonly writeOffs?: Ledger<WriteOffRow>;
  readonly creditMemos?: Ledger<CreditMemoRow>;
  readonly splits?: Ledger<SplitRow>;
  readonly assignments?: Ledger<AssignmentRow>;
  readonly quotas?: Ledger<QuotaRow>;
  readonly calendar?: Ledger<CalendarRow>;
  readonly openings?: Ledger<OpeningRow>;
  readonly reps?: Ledger<PersonRow>;
}

export type ColumnKind = 'id' | 'date' | 'amount' | 'share' | 'quarter' | 'month';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Whether a file must have the column. */
  readonly needed: boolean;
}

export interface LedgerColumns {
  readonly columns: readonly Column[];
  /** The columns that tell one row from another. */
  readonly key: readonly string[];
  /** The amount that the control totals add up, and the date that must be there for a row to be one. */
  readonly amount?: string;
  readonly date?: string;
  /** What AR ties to: of invoices, the total, which is the amount unless it is said (R2.2). */
  readonly total?: string;
}

export const LEDGER_COLUMNS: Readonly<Record<LedgerName, LedgerColumns>> = {
  invoices: {
    key: ['invoice_id'],
    columns: [
      needed('invoice_id', 'id'),
      needed('customer_id', 'id'),
      needed('rep_id', 'id'),
      optional('booking_date', 'date'),
      needed('invoice_date', 'date'),
      optional('due_date', 'date'),
      needed('amount', 'amount'),
      optional('total', 'amount'),
      optional('cost', 'amount'),
      optional('currency', 'id'),
      optional('reverses', 'id'),
      optional('commission', 'amount'),
    ],
    amount: 'amount',
    total: 'total',
    date: 'invoice_date',
  },
  payments: {
    key: ['payment_id', 'invoice_id'],
    columns: [
      needed('payment_id', 'id'),
      needed('invoice_id', 'id'),
      needed('payment_date', 'date'),
      needed('amount', 'amount'),
      optional('customer_id', 'id'),
    ],
    amount: 'amount',
    date: 'payment_date',
  },
  writeOffs: {
    key: ['write_off_id', 'invoice_id'],
    columns: [
      needed('write_off_id', 'id'),
      needed('invoice_id', 'id'),
      needed('write_off_date', 'date'),
      needed('amount', 'amount'),
      optional('reason', 'id'),
      optional('customer_id', 'id'),
    ],
    amount: 'amount',
    date: 'write_off_date',
  },
  creditMemos: {
    key: ['credit_memo_id', 'invoice_id'],
    columns: [
      needed('credit_memo_id', 'id'),
      needed('invoice_id', 'id'),
      needed('credit_date', 'date'),
      needed('amount', 'amount'),
      optional('customer_id', 'id'),
    ],
    amount: 'amount',
    date: 'credit_date',
  },
  splits: {
    key: ['invoice_id', 'rep_id'],
    columns: [
      needed('invoice_id', 'id'),
      needed('rep_id', 'id'),
      optional('share', 'share'),
      optional('amount', 'amount'),
    ],
  },
  assignments: {
    key: ['rep_id', 'from'],
    columns: [
      needed('rep_id', 'id'),
      needed('plan_id', 'id'),
      needed('from', 'date'),
      optional('to', 'date'),
    ],
  },
  quotas: {
    key: ['rep_id', 'quarter'],
    columns: [needed('rep_id', 'id'), needed('quarter', 'quarter'), needed('quota', 'amount')],
    amount: 'quota',
  },
  calendar: {
    key: ['from'],
    columns: [
      needed('quarter', 'quarter'),
      needed('from', 'date'),
      needed('to', 'date'),
      optional('month', 'month'),
    ],
  },
  openings: {
    key: ['rep_id'],
    columns: [
      needed('rep_id', 'id'),
      needed('date', 'date'),
      needed('owed', 'amount'),
      optional('booked', 'amount'),
      optional('booked_gross_profit', 'amount'),
    ],
    amount: 'owed',
    date: 'date',
  },
  reps: {
    key: ['rep_id'],
    columns: [
      needed('rep_id', 'id'),
      needed('name', 'id'),
      optional('email', 'id'),
      optional('manager_id', 'id'),
      optional('left', 'date'),
    ],
  },
};

function needed(name: string, kind: ColumnKind): Column {
  return { name, kind, needed: true };
}

function optional(name: string, kind: ColumnKind): Column {
  return { name, kind, needed: false };
}
