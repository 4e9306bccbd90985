/** What the ledgers hold once read: typed entries, each with the row it came from. */
import type { Day } from '../../day.js';
import type { Units } from '../../money.js';
import type { Assignment } from '../../plans/assignments.js';
import type { LedgerName } from '../../problems/place.js';
import type { Ratio } from '../../ratio.js';
import type { LedgerOrigin } from './columns.js';

export interface Invoice {
  readonly row: number;
  readonly id: string;
  readonly customer: string;
  /** Blank only where splits name the reps, or on a reversing invoice. */
  readonly rep: string;
  readonly booking: Day;
  readonly invoiced: Day;
  readonly due: Day | undefined;
  /** The commissionable amount, net of tax (R2.2). */
  readonly amount: Units;
  /** What the customer owes, tax included (R2.2). */
  readonly total: Units;
  readonly cost: Units | undefined;
  readonly currency: string | undefined;
  /** The invoice that this one is a credit memo on (R2.4). */
  readonly reverses: string | undefined;
}

/** The ledgers of what happens to an invoice, in the order in which they apply on a day (R5.8). */
export const CASH_LEDGERS = ['creditMemos', 'payments', 'writeOffs'] as const;

export type CashLedger = (typeof CASH_LEDGERS)[number];

/** A payment, write-off or credit memo on one invoice. */
export interface CashEntry {
  readonly row: number;
  readonly id: string;
  /** Blank on an entry that names only its customer. */
  readonly invoice: string;
  /** As the entry itself says; blank where it leaves it to its invoice. */
  readonly customer: string;
  readonly day: Day;
  readonly amount: Units;
}

/** What was paid on an invoice to date, by an export that does not say when. */
export interface UndatedPayment {
  readonly row: number;
  readonly id: string;
  readonly amount: Units;
}

export interface Split {
  readonly row: number;
  readonly invoice: string;
  readonly rep: string;
  /** Undefined where it is given by amount and the invoice is not there. */
  readonly share: Ratio | undefined;
}

export interface Quota {
  readonly row: number;
  readonly rep: string;
  /** The quarter's name. */
  readonly quarter: string;
  readonly quota: Units;
}

/** How many rows, and their amount in units where the ledger has one; of invoices the total too (R8.4). */
export interface RowTotal {
  rows: number;
  amount: Units;
  total: Units;
}

export function nothing(): RowTotal {
  return { rows: 0, amount: 0n, total: 0n };
}

export interface Books {
  /** Amounts are whole multiples of 10^-scale (R2.8). */
  readonly scale: number;
  readonly invoices: readonly Invoice[];
  readonly payments: readonly CashEntry[];
  readonly undated: readonly UndatedPayment[];
  readonly writeOffs: readonly CashEntry[];
  readonly creditMemos: readonly CashEntry[];
  readonly splits: readonly Split[];
  /** Undefined where there is no such ledger (R2.6). */
  readonly assignments: readonly Assignment[] | undefined;
  readonly quotas: readonly Quota[];
  /** How many rows each ledger has. */
  readonly rows: ReadonlyMap<LedgerName, number>;
  /** The rows as they were read, by ledger: what the control totals must come to (R8.4). */
  readonly read: ReadonlyMap<LedgerName, RowTotal>;
  /** The rows that a mapping left out, by ledger. */
  readonly leftOut: ReadonlyMap<LedgerName, RowTotal>;
  /** What the rows were made from, of the ledgers whose rows were made. */
  readonly origins: ReadonlyMap<LedgerName, LedgerOrigin>;
}
