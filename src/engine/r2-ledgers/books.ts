/** What the ledgers hold once read: each entry with the row it came from, the large ledgers in columns. */
import type { Amount, Amounts } from '../../amount.js';
import type { Day } from '../../day.js';
import type { CreditKind } from '../../ledger-specs/credit-kinds.js';
import type { LedgerEntry, LedgerName } from '../../ledger-specs/ledgers.js';
import type { Units } from '../../money.js';
import type { Names, NewNames } from '../../names.js';
import type { Assignment } from '../../plans/assignments.js';
import type { Ratio } from '../../ratio.js';
import type { TextIndex, Texts } from '../../texts.js';
import type { LedgerCount } from './reading.js';

/** A column of a few texts that come again and again. */
export interface Coded {
  readonly names: Names;
  /** By the numbers of the names; NO_NAME where a cell is blank. */
  readonly codes: Int32Array;
}

/** The columns that state what is earned on an invoice: by its reps, and by their managers. */
export const STATED_COLUMNS = ['commission', 'team_commission'] as const;

export type StatedColumn = (typeof STATED_COLUMNS)[number];

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
  /** Undefined where no invoice names its own. */
  readonly currencies: Coded | undefined;
  readonly categories: Coded | undefined;
  /** What reps and managers earn on invoices that are open at the opening, by number, in units (R11). */
  readonly stated: Readonly<Record<StatedColumn, ReadonlyMap<number, Units>>>;
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

/** A payment, write-off or credit memo, as cash on account knows it. */
export interface CustomerEntry {
  readonly row: number;
  readonly id: string;
  /** Blank where the entry leaves it to its invoice. */
  readonly customer: string;
  readonly day: Day;
  readonly amount: Units;
}

/** A payment, write-off or credit memo on one invoice. */
export interface CashEntry extends CustomerEntry {
  /** Blank on an entry that names only its customer. */
  readonly invoice: string;
  /** Blank where it is the invoice's. */
  readonly currency: string;
  /** Who collected a payment (R12.4); blank where nobody did. */
  readonly collector: string;
  /** What was let go with a payment for early payment (R30.2). */
  readonly discount: Units | undefined;
  /** What a credit memo takes back of the sale, where it says so (R26.1). */
  readonly takesBack: TakenBack | undefined;
}

/** What a credit memo takes back of a sale (R26.1). */
export interface TakenBack {
  /** Of the invoice's amount; undefined where it is the same part as of the total. */
  readonly commissionable: Units | undefined;
  /** Of its cost. */
  readonly cost: Units | undefined;
  /** Whose part it is; blank where it is everyone's. */
  readonly rep: string;
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
  /** Undefined where no entry names its own. */
  readonly currencies: Coded | undefined;
  /** Of payments: who collected them, by their numbers among the run's reps; undefined where nobody is named. */
  readonly collectors: Int32Array | undefined;
  /** Of payments: what was let go with them (R30.2), 0 where nothing was; undefined where nothing was with any. */
  readonly discounts: Amounts | undefined;
  /** By number, of the credit memos that say what they take back (R26.1). */
  readonly takenBack: ReadonlyMap<number, TakenBack>;
}

/** What was paid on an invoice to date, by an export that gives no date. */
export type UndatedPayment = Pick<CashEntry, 'row' | 'id' | 'invoice' | 'amount' | 'currency'>;

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
  readonly credit: CreditKind;
  /** The name of a quarter or of a month (R12.5). */
  readonly period: string;
  readonly quota: Units;
}

/** The items in columns, in the order of the rows (R13.1). */
export interface Items {
  readonly length: number;
  readonly rowOf: (item: number) => number;
  readonly ids: Texts;
  /** The ids of the invoices, and their numbers; -1 where the invoice is not there. */
  readonly invoiceIds: Texts;
  readonly invoices: Int32Array;
  readonly categories: Coded;
  readonly amounts: Amounts;
  /** Undefined where no item has a cost. */
  readonly costs: ArrayLike<Amount | undefined> | undefined;
}

/** A share that somebody has of somebody else's credit, from a day to another (R12.3, R28.1). */
export interface SharedCredit {
  readonly row: number;
  /** The rep of a team, or the customer of an account. */
  readonly of: string;
  /** The manager, or the rep who has the account. */
  readonly to: string;
  readonly from: Day;
  readonly until: Day | undefined;
  readonly share: Ratio;
}

/** What a rep brings into a workspace that begins in the middle of a company's life (R11). */
export interface Opening {
  readonly row: number;
  readonly rep: string;
  readonly credit: CreditKind;
  readonly day: Day;
  /** The rows of a rep add up. */
  readonly owed: Units;
  /** Quota credit in the fiscal year so far, of the credit; undefined where it is not given. */
  readonly booked: Units | undefined;
  readonly bookedProfit: Units | undefined;
}

/** The ledgers whose rows need more than to be read by their specs: rules of their own, or a place in the books. */
export const LEDGERS_WITH_RULES = [
  'calendar',
  'invoices',
  'creditMemos',
  'splits',
  'payments',
  'writeOffs',
  'assignments',
  'quotas',
  'openings',
  'teams',
  'items',
  'accounts',
  'aliases',
] as const satisfies readonly LedgerName[];

export type LedgerWithRules = (typeof LEDGERS_WITH_RULES)[number];

/** The ledgers whose rows are used as they are read. */
export type PlainLedger = Exclude<LedgerName, LedgerWithRules>;

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
  /** Undefined where there is no such ledger: the managers of the reps ledger are used (R12.3). */
  readonly teams: readonly SharedCredit[] | undefined;
  readonly items: Items | undefined;
  /** Undefined where there is no such ledger (R28.1). */
  readonly accounts: readonly SharedCredit[] | undefined;
  /** What each former id of a rep is now (R11.11); empty where there is no such ledger. */
  readonly newNames: NewNames;
  /** The rows of the other ledgers; empty where there is no such ledger. */
  readonly plain: { readonly [Name in PlainLedger]: readonly LedgerEntry<Name>[] };
  /** What the control totals of each ledger that was given must come to (R8.4). */
  readonly counts: ReadonlyMap<LedgerName, LedgerCount>;
}
