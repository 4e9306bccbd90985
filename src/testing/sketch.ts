/** What is drawn of a history: how invoices, events and settings lie to each other, before any of it has a date or an id. */
import type { Day } from './days.js';
import type { Money } from './limits.js';
import type { Plan } from './plans.js';

export interface DaySketch {
  readonly from: 'last' | 'invoice' | 'booking' | 'earn' | 'due' | 'past-due';
  readonly plus: number;
}

export interface EventSketch {
  readonly kind:
    | 'payment'
    | 'refund'
    | 'write-off'
    | 'reversed write-off'
    | 'memo'
    | 'reversed memo'
    | 'reversing invoice';
  readonly day: DaySketch;
  readonly part: (typeof PARTS)[number];
  readonly order: string;
}

/** A row that names a customer but no invoice. */
export interface OnAccountSketch {
  readonly kind: 'payment' | 'write-off' | 'memo';
  readonly customer: number;
  /** On or about a day on which something happens to an invoice. */
  readonly day: { readonly of: number; readonly plus: number };
  /** A part of the total of some invoice, or of the row before where it goes back. */
  readonly of: number;
  readonly part: number;
  readonly back: boolean;
  readonly order: string;
}

export interface OnAccountRow {
  readonly kind: OnAccountSketch['kind'];
  readonly customer: string;
  readonly day: Day;
  readonly amount: Money;
}

export interface SplitSketch {
  readonly rep: number;
  /** A share as text, or a fraction that is given as an amount. */
  readonly part: string | number;
}

export interface InvoiceSketch {
  readonly order: string;
  readonly rep: number;
  readonly booked: number;
  readonly invoiced: number;
  readonly due: number;
  readonly blanks: boolean;
  readonly amount: Money;
  readonly total: 'blank' | 'net' | 'taxed' | 'nothing';
  readonly cost: number;
  readonly splits: readonly SplitSketch[] | undefined;
  readonly events: readonly EventSketch[];
}

export interface AssignmentSketch {
  readonly days: number;
  /** Undefined: no plan for so long. */
  readonly plan: number | undefined;
}

export interface CalendarSketch {
  readonly before: number;
  readonly firstQuarter: number;
  readonly lengths: readonly number[];
  readonly rows: 'quarters' | 'months' | 'halves';
  readonly endsAsOf: boolean;
}

export interface QuotaSketch {
  /** Undefined: no row for the quarter. */
  readonly quota: Money | undefined;
  readonly byDate: boolean;
}

export interface Sketch {
  readonly terms: Readonly<Record<string, unknown>>;
  readonly plans: readonly Plan[];
  readonly creditsReduceQuota: boolean;
  readonly reps: readonly {
    readonly startsLate: boolean;
    readonly open: boolean;
    readonly assignments: readonly AssignmentSketch[];
    readonly quotas: readonly QuotaSketch[];
  }[];
  /** How many reps there are, but for splits. */
  readonly repCount: number;
  readonly assigned: 'given' | 'empty' | 'absent';
  readonly invoices: readonly InvoiceSketch[];
  readonly asOf: { readonly kind: 'end' | 'day' | 'event' | 'quarter-end'; readonly at: number };
  readonly calendar: CalendarSketch | undefined;
  readonly onAccount: readonly OnAccountSketch[];
  readonly strays: readonly { readonly kind: (typeof STRAYS)[number]; readonly day: number }[];
  readonly decimals: number;
  /** Ledgers without rows are left out, ids bear white space around them, invoices name their currency. */
  readonly sparse: boolean;
  readonly padded: boolean;
  readonly currencySaid: boolean;
}

export const PARTS = [
  'rest',
  'all',
  'half',
  'third',
  'within tolerance',
  'beyond tolerance',
  'over',
  'cent',
  'nothing',
] as const;
export const STRAYS = [
  'payment',
  'write-off',
  'memo',
  'split',
  'reversal',
  'reversal of a reversal',
  'payment on a reversal',
  'split of a reversal',
  'unapplied',
] as const;
// Code units order these otherwise than a locale does.
export const ORDERS = ['a', 'Z', '9', 'é'];
