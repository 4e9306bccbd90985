/** What the ledgers hold once read: each entry with the row it came from, the large ledgers in columns. */
import type { Amount, Amounts } from '../../amount.js';
import type { Day } from '../../day.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Units } from '../../money.js';
import type { Names } from '../../names.js';
import type { Assignment } from '../../plans/assignments.js';
import type { Ratio } from '../../ratio.js';
import type { TextIndex, Texts } from '../../texts.js';
import type { LedgerOrigin } from './ledger.js';

/** A row of the invoices. */
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
  /** What its reps earn on it, as the opening has it (R11). */
  readonly commission: Units | undefined;
}

/** The invoices in columns: an invoice is known by its number, in the order of the rows. */
export interface Invoices {
  readonly length: number;
  readonly rowOf: (invoice: number) => number;
  readonly ids: Texts;
  /** The invoices that are sales of their own, by id (R2.4). */
  readonly sales: TextIndex;
  readonly customers: Texts;
  /** By their numbers among the run's reps; NO_NAME where none is named. */
  readonly reps: Int32Array;
  readonly bookings: Int32Array;
  readonly invoiced: Int32Array;
  /** NO_DAY where there is none. */
  readonly due: Int32Array;
  readonly amounts: Amounts;
  readonly totals: Amounts;
  /** Undefined where no invoice has a cost. */
  readonly costs: ArrayLike<Amount | undefined> | undefined;
  /** By number, of the invoices that say theirs. */
  readonly currencies: ReadonlyMap<number, string>;
  /** What reps earn on invoices as the opening has it, by number, in units (R11). */
  readonly commissions: ReadonlyMap<number, Units>;
  /** By number: the invoice that each reversing one is a credit memo on (R2.4). */
  readonly reverses: ReadonlyMap<number, string>;
}

/** The splits in columns, in the order of the rows. */
export interface Splits {
  readonly length: number;
  readonly rowOf: (split: number) => number;
  /** The ids of the invoices, and their numbers; -1 where the invoice is not there. */
  readonly ids: Texts;
  readonly invoices: Int32Array;
  /** By their numbers among the run's reps. */
  readonly reps: Int32Array;
  /** Undefined where a share is given by amount and the invoice is not there. Equal shares mostly are one object. */
  readonly shares: readonly (Ratio | undefined)[];
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

/** Payments, write-offs or credit memos in columns, in the order of the rows. */
export interface CashEntries {
  readonly length: number;
  readonly rowOf: (entry: number) => number;
  readonly ids: Texts;
  /** Blank where an entry names only its customer. */
  readonly invoices: Texts;
  /** Undefined where no entry names its customer. */
  readonly customers: Texts | undefined;
  readonly days: Int32Array;
  readonly amounts: Amounts;
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

/** What a rep brings into a workspace that begins in the middle of a company's life (R11). */
export interface Opening {
  readonly row: number;
  readonly rep: string;
  readonly day: Day;
  readonly owed: Units;
  /** Quota credit in the fiscal year so far; undefined where it is not said. */
  readonly booked: Units | undefined;
  readonly bookedProfit: Units | undefined;
}

/** Who a rep is. */
export interface Person {
  readonly row: number;
  readonly rep: string;
  readonly name: string;
  /** Blank where it is not said, like the manager. */
  readonly email: string;
  readonly manager: string;
  /** The last day of employment; undefined while employed. */
  readonly left: Day | undefined;
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
  /** Every rep that an invoice or a split names. */
  readonly reps: Names;
  readonly invoices: Invoices;
  readonly payments: CashEntries;
  readonly undated: readonly UndatedPayment[];
  readonly writeOffs: CashEntries;
  readonly creditMemos: CashEntries;
  readonly splits: Splits;
  /** Undefined where there is no such ledger (R2.6). */
  readonly assignments: readonly Assignment[] | undefined;
  readonly quotas: readonly Quota[];
  /** What reps bring into the workspace; empty where it begins with nothing. */
  readonly openings: readonly Opening[];
  /** Who reps are, of those that the ledger of reps names; nothing in it changes a figure. */
  readonly people: readonly Person[];
  /** How many rows each ledger has. */
  readonly rows: ReadonlyMap<LedgerName, number>;
  /** The rows as they were read, by ledger: what the control totals must come to (R8.4). */
  readonly read: ReadonlyMap<LedgerName, RowTotal>;
  /** The rows that a mapping left out, by ledger. */
  readonly leftOut: ReadonlyMap<LedgerName, RowTotal>;
  /** What the rows were made from, of the ledgers whose rows were made. */
  readonly origins: ReadonlyMap<LedgerName, LedgerOrigin>;
}
