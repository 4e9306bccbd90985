/** A workspace while features of plans.md are added to it, and the dice that say how. */
import { addDays, type CalendarDays, type Day, type FiscalCalendar, fiscalCalendarOf } from '../days.js';
import { type Decimal, decimalOf, textOfDecimal } from '../decimals.js';
import type { History } from '../history.js';
import { BASE, REPS } from '../limits.js';
import type { Row } from '../row.js';

/** A row while features change it. */
export type Cells = Row;

export interface TableDraft {
  attainment?: string;
  tiers?: string;
  table: { from?: string; fromAmount?: string | number; rate: string | number }[];
}

export type RateDraft = string | number | TableDraft;

export interface PlanDraft {
  id: string;
  credit?: 'own' | 'team' | 'cash';
  level?: string | number;
  basis?: string;
  rate?: RateDraft;
  rates?: { category?: string | string[]; rate: RateDraft; countsForQuota?: boolean }[];
  clawback?: { pastDueDays?: number };
  [key: string]: unknown;
}

export interface Draft {
  readonly terms: { currency: string; payPeriod?: string; plans: PlanDraft[]; [key: string]: unknown };
  readonly ledgers: Record<string, Cells[]>;
  readonly asOf: Day;
  /** The first day on which anything is booked. */
  readonly from: Day;
}

/** Adds a feature to a workspace, and leaves it without faults. */
export type Dressing = (draft: Draft, dice: Dice) => void;

/** Numbers that were drawn, read in a circle; where all are 0 every choice is the first or plainest. */
export interface Dice {
  readonly pick: <Value>(values: readonly Value[]) => Value;
  /** True so many times out of so many. */
  readonly chance: (times: number, outOf: number) => boolean;
  /** From 0 to the number. */
  readonly upTo: (most: number) => number;
}

export function diceOf(drawn: readonly number[]): Dice {
  let at = 0;
  const next = (): number => {
    // Another number in the second round than in the first, but for zeros.
    const value = (drawn[at % drawn.length] ?? 0) * (1 + Math.floor(at / drawn.length));
    at += 1;
    return value;
  };
  return {
    pick: <Value>(values: readonly Value[]): Value => {
      const value = values[next() % values.length];
      if (value === undefined) throw new RangeError('nothing to pick from');
      return value;
    },
    chance: (times, outOf) => next() % outOf >= outOf - times,
    upTo: (most) => next() % (most + 1),
  };
}

export function draftOf({ terms, ledgers, asOf, from = BASE }: History): Draft {
  return structuredClone({ terms, ledgers, asOf, from }) as Draft;
}

export function ledgerOf(draft: Draft, name: string): Cells[] {
  draft.ledgers[name] ??= [];
  return draft.ledgers[name];
}

/** The invoices that reverse no other. */
export function salesOf(draft: Draft): Cells[] {
  return ledgerOf(draft, 'invoices').filter((row) => (row['reverses'] ?? '') === '');
}

/** The sale that a row of a ledger names, if it is there. */
export function findSale(draft: Draft, row: Cells): Cells | undefined {
  const id = textIn(row, 'invoice_id');
  return id === '' ? undefined : salesOf(draft).find((sale) => textIn(sale, 'invoice_id') === id);
}

export function textIn(row: Cells, column: string): string {
  return (row[column] ?? '').trim();
}

export function decimalIn(row: Cells, column: string): Decimal {
  return decimalOf(textIn(row, column));
}

export function totalIn(row: Cells): Decimal {
  return decimalOf(textIn(row, 'total') || textIn(row, 'amount'));
}

export function decimal(amount: Decimal): string {
  return textOfDecimal(amount);
}

export function bookingDayOf(sale: Cells): Day {
  return textIn(sale, 'booking_date') || textIn(sale, 'invoice_date');
}

/** Everyone who may have credit of some kind. */
export const MANAGERS = ['V', 'M1', 'M2'];
export const COLLECTORS = ['K1', 'K2'];
export const PEOPLE = [...REPS, ...MANAGERS, ...COLLECTORS];

/** A day in the years that histories are about. */
export function someDay({ from }: Draft, dice: Dice): Day {
  return addDays(from, dice.upTo(700));
}

export function calendarOf({ terms, ledgers }: Draft): FiscalCalendar {
  return fiscalCalendarOf(ledgers['calendar']?.map(daysIn), Number(terms['fiscalYearStart'] ?? 1));
}

function daysIn(row: Cells): CalendarDays {
  return {
    quarter: textIn(row, 'quarter'),
    from: textIn(row, 'from'),
    to: textIn(row, 'to'),
    month: textIn(row, 'month'),
  };
}

export function hasMonths({ ledgers }: Draft): boolean {
  return (ledgers['calendar'] ?? []).every((row) => textIn(row, 'month') !== '');
}

/** Every table of a plan. */
export function tablesOf(plan: PlanDraft): TableDraft[] {
  const rates = [plan.rate, ...(plan.rates ?? []).map(({ rate }) => rate)];
  return rates.filter((rate): rate is TableDraft => typeof rate === 'object');
}
