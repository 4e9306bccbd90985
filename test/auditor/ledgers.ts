// Ledger rows read into invoices with everything that happened to them, and into the lines that reps are paid on.

import { type Allocation, allocate, LEDGERS, leftOf, type Waiting, withAllocations } from './account.js';
import { calendarOfMonths, calendarOfRows, type Day, type FiscalCalendar, laterOf } from './calendar.js';
import {
  compare,
  div,
  type Fraction,
  isZero,
  ONE,
  parseDecimal,
  parsePercent,
  sub,
  ZERO,
} from './fraction.js';
import { listQuotaCredits, type QuotaCredit } from './quota.js';
import type { Plan, Terms } from './terms.js';

/** One CSV row by the spec's own column names (R2.1); blank or absent is empty. */
export type Row = Readonly<Record<string, string | undefined>>;

export interface Ledgers {
  readonly invoices: readonly Row[];
  readonly payments?: readonly Row[] | undefined;
  readonly writeOffs?: readonly Row[] | undefined;
  readonly creditMemos?: readonly Row[] | undefined;
  readonly splits?: readonly Row[] | undefined;
  readonly assignments?: readonly Row[] | undefined;
  readonly quotas?: readonly Row[] | undefined;
  readonly calendar?: readonly Row[] | undefined;
}

/** A payment, write-off or credit memo on one invoice. */
export interface Entry {
  readonly id: string;
  readonly day: Day;
  readonly amount: Fraction;
  /** Rows of one moment, in order: 0 for one that names its invoice, then what was applied to it by rule. */
  readonly rank: number;
}

export interface Invoice {
  readonly id: string;
  readonly customer: string;
  readonly rep: string;
  readonly bookingDay: Day;
  readonly invoiceDay: Day;
  /** Empty where the row has none. */
  readonly dueDay: Day;
  readonly amount: Fraction;
  readonly total: Fraction;
  /** Undefined where the row has none. */
  readonly cost: Fraction | undefined;
  readonly payments: readonly Entry[];
  readonly writeOffs: readonly Entry[];
  readonly memos: readonly Entry[];
}

/** One rep's credited share of one invoice. */
export interface Line {
  readonly invoice: Invoice;
  readonly rep: string;
  readonly share: Fraction;
  readonly plan: Plan;
  readonly earnDay: Day;
  /** The booking quarter. */
  readonly quarter: string;
}

export interface Quota {
  readonly rep: string;
  readonly quarter: string;
  readonly amount: Fraction;
}

export interface SetAside {
  readonly code: 'unknown-invoice' | 'no-plan' | 'unapplied';
  readonly id: string;
}

/** Everything the rules speak about, as of one day. */
export interface World {
  readonly terms: Terms;
  readonly asOf: Day;
  readonly calendar: FiscalCalendar;
  readonly quotas: readonly Quota[];
  readonly lines: readonly Line[];
  /** Every booking and quota-reducing credit, in the order of R4.4 and R4.9. */
  readonly quotaCredits: readonly QuotaCredit[];
  readonly setAside: readonly SetAside[];
  /** Rows up to the as-of date that name no invoice, and what they were applied to by rule. */
  readonly waiting: readonly Waiting[];
  readonly allocations: readonly Allocation[];
  /** R2.6: the plan assigned to a rep on a day; undefined where there is none. */
  readonly findPlan: (rep: string, day: Day) => Plan | undefined;
}

export function readWorld(terms: Terms, ledgers: Ledgers, asOf: Day): World {
  const calendar = readCalendar(terms, ledgers.calendar);
  const named = readInvoices(ledgers, asOf);
  const waiting = readWaiting(ledgers, asOf);
  const allocations = terms.appliesCash ? allocate(named, waiting, asOf) : [];
  const invoices = named.map((invoice) => withAllocations(invoice, allocations));
  const findPlan = (rep: string, day: Day): Plan | undefined =>
    findAssignedPlan(terms, ledgers.assignments, rep, day);
  // R7.5: an invoice booked after the as-of date is no line yet.
  const shares = invoices
    .filter((invoice) => invoice.bookingDay <= asOf)
    .flatMap((invoice) => sharesOf(invoice, ledgers.splits ?? []));
  const lines: Line[] = [];
  const setAside: SetAside[] = [
    ...findUnknownInvoices(ledgers, invoices, asOf),
    ...waiting
      .filter((row) => !terms.appliesCash || !isZero(leftOf(row, allocations)))
      .map((row): SetAside => ({ code: 'unapplied', id: row.id })),
  ];
  for (const { invoice, rep, share } of shares) {
    const plan = findPlan(rep, invoice.bookingDay);
    if (plan === undefined) {
      setAside.push({ code: 'no-plan', id: invoice.id });
      continue;
    }
    // R5.2.
    const earnDay =
      plan.earnOn === 'booking' ? invoice.bookingDay : laterOf(invoice.bookingDay, invoice.invoiceDay);
    lines.push({ invoice, rep, share, plan, earnDay, quarter: calendar.quarterOf(invoice.bookingDay) });
  }
  const quotas = (ledgers.quotas ?? []).map((row) => readQuota(row, calendar));
  const quotaCredits = listQuotaCredits(lines, calendar);
  return { terms, asOf, calendar, quotas, lines, quotaCredits, setAside, waiting, allocations, findPlan };
}

function readCalendar(terms: Terms, rows: readonly Row[] | undefined): FiscalCalendar {
  if (rows === undefined) return calendarOfMonths(terms.fiscalYearStart);
  return calendarOfRows(
    rows.map((row) => ({
      quarter: cell(row, 'quarter'),
      from: cell(row, 'from'),
      to: cell(row, 'to'),
      month: cell(row, 'month'),
    })),
  );
}

/** R2.4: a negative row that names the invoice it reverses is a credit memo, and no invoice itself. */
function isReversal(row: Row): boolean {
  return cell(row, 'reverses') !== '' && compare(parseDecimal(cell(row, 'amount')), ZERO) < 0;
}

function readInvoices(ledgers: Ledgers, asOf: Day): readonly Invoice[] {
  const reversals = ledgers.invoices.filter(isReversal);
  return ledgers.invoices
    .filter((row) => !isReversal(row))
    .map((row) => {
      const id = cell(row, 'invoice_id');
      const of = (rows: readonly Row[] | undefined): readonly Row[] =>
        (rows ?? []).filter((entry) => cell(entry, 'invoice_id') === id);
      // R7.5: only events dated on or before the as-of date count.
      const counting = (entries: readonly Entry[]): readonly Entry[] =>
        entries.filter((entry) => entry.day <= asOf);
      const memos = of(ledgers.creditMemos).map((memo) => readEntry(memo, 'credit_memo_id', 'credit_date'));
      const reversing = reversals
        .filter((reversal) => cell(reversal, 'reverses') === id)
        .map((reversal) => ({
          id: cell(reversal, 'invoice_id'),
          day: cell(reversal, 'invoice_date'),
          amount: sub(ZERO, totalOf(reversal)),
          rank: 0,
        }));
      return {
        id,
        customer: cell(row, 'customer_id'),
        rep: cell(row, 'rep_id'),
        // R2.3.
        bookingDay: cell(row, 'booking_date') || cell(row, 'invoice_date'),
        invoiceDay: cell(row, 'invoice_date'),
        dueDay: cell(row, 'due_date'),
        amount: parseDecimal(cell(row, 'amount')),
        total: totalOf(row),
        cost: cell(row, 'cost') === '' ? undefined : parseDecimal(cell(row, 'cost')),
        payments: counting(of(ledgers.payments).map((paid) => readEntry(paid, 'payment_id', 'payment_date'))),
        writeOffs: counting(
          of(ledgers.writeOffs).map((lost) => readEntry(lost, 'write_off_id', 'write_off_date')),
        ),
        memos: counting([...memos, ...reversing]),
      };
    });
}

/** R2.1: rows up to the as-of date that name a customer but no invoice. */
function readWaiting(ledgers: Ledgers, asOf: Day): readonly Waiting[] {
  const columns = {
    creditMemos: ['credit_memo_id', 'credit_date'],
    payments: ['payment_id', 'payment_date'],
    writeOffs: ['write_off_id', 'write_off_date'],
  } as const;
  return LEDGERS.flatMap((ledger) => {
    const [id, day] = columns[ledger];
    return (ledgers[ledger] ?? [])
      .filter((row) => cell(row, 'invoice_id') === '' && cell(row, day) <= asOf)
      .map((row) => ({ ...readEntry(row, id, day), ledger, customer: cell(row, 'customer_id') }));
  });
}

/** R2.2: what the customer owes; the amount where the row does not say. */
function totalOf(row: Row): Fraction {
  return parseDecimal(cell(row, 'total') || cell(row, 'amount'));
}

function readEntry(row: Row, idColumn: string, dayColumn: string): Entry {
  return {
    id: cell(row, idColumn),
    day: cell(row, dayColumn),
    amount: parseDecimal(cell(row, 'amount')),
    rank: 0,
  };
}

/** R2.5. */
function sharesOf(
  invoice: Invoice,
  splits: readonly Row[],
): readonly { invoice: Invoice; rep: string; share: Fraction }[] {
  const own = splits.filter((row) => cell(row, 'invoice_id') === invoice.id);
  if (own.length === 0) return [{ invoice, rep: invoice.rep, share: ONE }];
  return own.map((row) => {
    const amount = cell(row, 'amount');
    const share =
      amount === '' ? parsePercent(cell(row, 'share')) : div(parseDecimal(amount), invoice.amount);
    return { invoice, rep: cell(row, 'rep_id'), share };
  });
}

/** R2.6: without an assignments ledger, the only plan is everybody's. */
function findAssignedPlan(
  terms: Terms,
  assignments: readonly Row[] | undefined,
  rep: string,
  day: Day,
): Plan | undefined {
  if (assignments === undefined) return terms.plans.length === 1 ? terms.plans[0] : undefined;
  const row = assignments.find(
    (assigned) =>
      cell(assigned, 'rep_id') === rep &&
      cell(assigned, 'from') <= day &&
      (cell(assigned, 'to') === '' || day <= cell(assigned, 'to')),
  );
  return row && terms.plans.find((plan) => plan.id === cell(row, 'plan_id'));
}

/** R2.9: a quota row may name its quarter by a date in it. */
function readQuota(row: Row, calendar: FiscalCalendar): Quota {
  const named = cell(row, 'quarter');
  return {
    rep: cell(row, 'rep_id'),
    quarter: named.includes('Q') ? named : calendar.quarterOf(named),
    amount: parseDecimal(cell(row, 'quota')),
  };
}

/** R9.2: rows up to the as-of date that name an invoice which is not there. */
function findUnknownInvoices(ledgers: Ledgers, invoices: readonly Invoice[], asOf: Day): SetAside[] {
  const unknown = (
    rows: readonly Row[] | undefined,
    invoiceColumn: string,
    dayColumn: string,
    idColumn: string,
  ): readonly SetAside[] =>
    (rows ?? [])
      .filter((row) => cell(row, invoiceColumn) !== '' && cell(row, dayColumn) <= asOf)
      .filter((row) => invoices.every((invoice) => invoice.id !== cell(row, invoiceColumn)))
      .map((row) => ({ code: 'unknown-invoice', id: cell(row, idColumn) }));
  return [
    ...unknown(ledgers.payments, 'invoice_id', 'payment_date', 'payment_id'),
    ...unknown(ledgers.writeOffs, 'invoice_id', 'write_off_date', 'write_off_id'),
    ...unknown(ledgers.creditMemos, 'invoice_id', 'credit_date', 'credit_memo_id'),
    ...unknown(ledgers.invoices.filter(isReversal), 'reverses', 'invoice_date', 'invoice_id'),
    // A split bears no date, so it always counts.
    ...unknown(ledgers.splits, 'invoice_id', '', 'invoice_id'),
  ];
}

/** R2.1: surrounding white space is no part of a cell. */
function cell(row: Row, column: string): string {
  return (row[column] ?? '').trim();
}
