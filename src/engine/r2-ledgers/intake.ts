/** From rows as given to typed entries, with every fault of form (R2, R9.1). */
import { type Day, isoOf } from '../../day.js';
import { formatUnits, type Units } from '../../money.js';
import { type Assignment, inOrder } from '../../plans/assignments.js';
import type { LedgerName, Place } from '../../problems/place.js';
import type { Fault } from '../../problems/problem.js';
import { compare, ONE, type Ratio, ratio } from '../../ratio.js';
import type { Books, CashEntry, Invoice, Quota, Split } from './books.js';
import {
  type Calendar,
  type CalendarEntry,
  findQuarter,
  ledgerCalendar,
  monthlyCalendar,
} from './calendar.js';
import { type Desk, decimalsIn, type RowReader, readRows } from './cells.js';
import type { Ledger, Ledgers } from './columns.js';

/** What the intake needs to know of the terms; they may be at fault themselves. */
export interface IntakeTerms {
  /** The currency's decimals: the least scale of a run. */
  readonly digits: number;
  /** Undefined where the terms are at fault about it. */
  readonly fiscalYearStart: number | undefined;
}

export interface Intake {
  readonly books: Books;
  readonly calendar: Calendar;
  readonly faults: readonly Fault[];
}

/** Reads every row of every ledger once. */
export function takeIn(ledgers: Ledgers, terms: IntakeTerms): Intake {
  const { digits, fiscalYearStart } = terms;
  const desk: Desk = { scale: scaleOf(ledgers, digits), digits, faults: [], leftOut: new Map() };
  const calendar = readCalendar(ledgers.calendar, fiscalYearStart, desk);
  const invoices = readInvoices(ledgers.invoices, desk);
  // R2.4: a reversing invoice is a credit memo; whatever names it names an unknown invoice.
  const sales = invoices.filter(({ reverses }) => reverses === undefined);
  const byId = new Map(sales.map((invoice) => [invoice.id, invoice]));
  const creditMemos = readCash('creditMemos', ledgers.creditMemos, desk);
  checkReversals(invoices, creditMemos, desk);
  const splits = readSplits(ledgers.splits, byId, desk);
  const isKnown = fiscalYearStart !== undefined && !hasFaults(desk.faults, 'calendar');
  checkReps(invoices, splits, desk);
  const books: Books = {
    scale: desk.scale,
    invoices,
    payments: readCash('payments', ledgers.payments, desk),
    writeOffs: readCash('writeOffs', ledgers.writeOffs, desk),
    creditMemos,
    splits,
    assignments: ledgers.assignments && readAssignments(ledgers.assignments, desk),
    quotas: readQuotas(ledgers.quotas, isKnown ? calendar : undefined, desk),
    calendarRows: ledgers.calendar?.rows.length ?? 0,
    leftOut: desk.leftOut,
  };
  return { books, calendar, faults: desk.faults };
}

/** The scale at which every amount of every ledger is a whole number (R2.8). */
function scaleOf(ledgers: Ledgers, digits: number): number {
  const decimals = Object.entries(ledgers).map(([name, ledger]) =>
    ledger === undefined ? 0 : decimalsIn(name as LedgerName, ledger),
  );
  return Math.max(digits, ...decimals);
}

function readCalendar(
  ledger: Ledger<unknown> | undefined,
  fiscalYearStart: number | undefined,
  desk: Desk,
): Calendar {
  if (ledger === undefined) return monthlyCalendar(fiscalYearStart ?? 1);
  const { faults } = desk;
  const before = faults.length;
  const entries = readRows('calendar', ledger, desk, (cells): CalendarEntry | undefined => {
    const [quarter, from, to] = [cells.quarterName('quarter'), cells.day('from'), cells.day('to')];
    const month = cells.month('month');
    if (quarter === undefined || from === undefined || to === undefined) return undefined;
    if (to < from) faults.push(toBeforeFrom(cells));
    return { row: cells.row, quarter, month, from, to };
  });
  const { calendar, faults: together } = ledgerCalendar(entries);
  // A row at fault leaves a gap that is none of the file's own.
  if (faults.length === before) faults.push(...together);
  return calendar;
}

function readInvoices(ledger: Ledger<unknown>, desk: Desk): Invoice[] {
  const { faults } = desk;
  const keys = keyChecker(faults);
  return readRows('invoices', ledger, desk, (cells): Invoice | undefined => {
    const id = cells.needed('invoice_id');
    const customer = cells.needed('customer_id');
    const rep = cells.text('rep_id');
    const invoiced = cells.day('invoice_date');
    const booking = cells.day('booking_date') ?? invoiced;
    const due = cells.day('due_date');
    const amount = cells.units('amount');
    const total = cells.units('total') ?? amount;
    const cost = cells.units('cost');
    const currency = cells.text('currency') || undefined;
    const reverses = cells.text('reverses') || undefined;
    keys.check(cells, id);
    if (invoiced === undefined || booking === undefined || amount === undefined || total === undefined) {
      return undefined;
    }
    if (amount * total < 0n) {
      const [written, owed] = [cells.text('amount'), cells.text('total')];
      faults.push({ code: 'sign-mismatch', place: cells.place('total'), amount: written, total: owed });
    }
    if (reverses !== undefined && amount >= 0n) {
      const place = cells.place('reverses');
      faults.push({
        code: 'reverses-needs-negative',
        place,
        invoice: reverses,
        amount: cells.text('amount'),
      });
    }
    return {
      row: cells.row,
      id,
      customer,
      rep,
      booking,
      invoiced,
      due,
      amount,
      total,
      cost,
      currency,
      reverses,
    };
  });
}

/** R2.5: an invoice may leave its rep blank where splits name the reps, and a reversing one (R2.4) has none. */
function checkReps(invoices: readonly Invoice[], splits: readonly Split[], { faults }: Desk): void {
  // A split at fault may be the one that names the rep.
  if (hasFaults(faults, 'splits')) return;
  const split = new Set(splits.map(({ invoice }) => invoice));
  for (const { row, id, rep, reverses } of invoices) {
    if (rep !== '' || reverses !== undefined || split.has(id)) continue;
    const place = { kind: 'row', ledger: 'invoices', row, column: 'rep_id' } as const;
    faults.push({ code: 'blank-cell', place, column: 'rep_id' });
  }
}

const CASH_COLUMNS = {
  payments: { id: 'payment_id', date: 'payment_date' },
  writeOffs: { id: 'write_off_id', date: 'write_off_date' },
  creditMemos: { id: 'credit_memo_id', date: 'credit_date' },
} as const;

function readCash(
  name: keyof typeof CASH_COLUMNS,
  ledger: Ledger<unknown> | undefined,
  desk: Desk,
): CashEntry[] {
  if (ledger === undefined) return [];
  const columns = CASH_COLUMNS[name];
  const keys = keyChecker(desk.faults);
  return readRows(name, ledger, desk, (cells): CashEntry | undefined => {
    const id = cells.needed(columns.id);
    // R2.1: cash that names its customer but no invoice is unapplied, not malformed.
    const unapplied = name === 'payments' && cells.text('customer_id') !== '';
    const invoice = unapplied ? cells.text('invoice_id') : cells.needed('invoice_id');
    const [day, amount] = [cells.day(columns.date), cells.units('amount')];
    keys.check(cells, id, invoice);
    if (day === undefined || amount === undefined) return undefined;
    return { row: cells.row, id, invoice, day, amount };
  });
}

/** R2.4: a reversing invoice is a credit memo, so a credit memo on the same invoice may not have its id. */
function checkReversals(invoices: readonly Invoice[], memos: readonly CashEntry[], { faults }: Desk): void {
  const reversing = new Map<string, Invoice>();
  for (const invoice of invoices) {
    if (invoice.reverses !== undefined) reversing.set(invoice.id, invoice);
  }
  for (const memo of memos) {
    const invoice = reversing.get(memo.id);
    if (invoice?.reverses !== memo.invoice) continue;
    faults.push({
      code: 'credit-memo-clash',
      place: { kind: 'row', ledger: 'creditMemos', row: memo.row, column: 'credit_memo_id' },
      id: memo.id,
      invoice: memo.invoice,
      first: { kind: 'row', ledger: 'invoices', row: invoice.row },
    });
  }
}

function readSplits(
  ledger: Ledger<unknown> | undefined,
  invoices: ReadonlyMap<string, Invoice>,
  desk: Desk,
): Split[] {
  if (ledger === undefined) return [];
  const { faults } = desk;
  const keys = keyChecker(faults);
  return readRows('splits', ledger, desk, (cells): Split => {
    const [invoice, rep] = [cells.needed('invoice_id'), cells.needed('rep_id')];
    keys.check(cells, invoice, rep);
    const [share, amount] = [cells.text('share'), cells.text('amount')];
    if ((share === '') === (amount === '')) {
      faults.push({ code: 'share-or-amount', place: cells.place('share'), share, amount });
    }
    const part = cells.units('amount');
    if (part === undefined) return { row: cells.row, invoice, rep, share: cells.share('share') };
    const whole = invoices.get(invoice);
    const exact = whole && shareOf(part, whole, cells, desk);
    return { row: cells.row, invoice, rep, share: exact };
  });
}

/** R2.5: the exact share that an amount is of the invoice's amount. */
function shareOf(
  part: Units,
  invoice: Invoice,
  cells: RowReader,
  { scale, digits, faults }: Desk,
): Ratio | undefined {
  const place = cells.place('amount');
  if (invoice.amount === 0n) {
    faults.push({ code: 'split-of-nothing', place, invoice: invoice.id, amount: cells.text('amount') });
    return undefined;
  }
  const share = ratio(part, invoice.amount);
  if (share.n > 0n && compare(share, ONE) <= 0) return share;
  const found = `${cells.text('amount')} of ${formatUnits(invoice.amount, scale, digits)}`;
  faults.push({ code: 'share-out-of-range', place, column: 'amount', found });
  return undefined;
}

function readAssignments(ledger: Ledger<unknown>, desk: Desk): Assignment[] {
  const { faults } = desk;
  const assignments = readRows('assignments', ledger, desk, (cells): Assignment | undefined => {
    const [rep, plan] = [cells.needed('rep_id'), cells.needed('plan_id')];
    const [from, to] = [cells.day('from'), cells.day('to')];
    if (from === undefined) return undefined;
    if (to !== undefined && to < from) faults.push(toBeforeFrom(cells));
    return { row: cells.row, rep, plan, from, to };
  });
  let widest: Assignment | undefined;
  for (const next of inOrder(assignments)) {
    if (
      widest !== undefined &&
      widest.rep === next.rep &&
      (widest.to === undefined || next.from <= widest.to)
    ) {
      faults.push(overlap(widest, next));
    }
    if (widest?.rep !== next.rep || endOf(next) > endOf(widest)) widest = next;
  }
  return assignments;
}

function endOf({ to }: Assignment): number {
  return to ?? Number.POSITIVE_INFINITY;
}

function overlap(first: Assignment, second: Assignment): Fault {
  return {
    code: 'overlapping-assignments',
    place: { kind: 'row', ledger: 'assignments', row: second.row },
    rep: second.rep,
    plan: second.plan,
    from: isoOf(second.from),
    otherPlan: first.plan,
    otherFrom: isoOf(first.from),
    otherTo: first.to && isoOf(first.to),
    first: { kind: 'row', ledger: 'assignments', row: first.row },
  };
}

function readQuotas(
  ledger: Ledger<unknown> | undefined,
  calendar: Calendar | undefined,
  desk: Desk,
): Quota[] {
  if (ledger === undefined) return [];
  const { faults } = desk;
  const keys = keyChecker(faults);
  return readRows('quotas', ledger, desk, (cells): Quota | undefined => {
    const rep = cells.needed('rep_id');
    const said = cells.quarter('quarter');
    const quarter = typeof said === 'number' ? quarterOf(said, calendar, cells, faults) : said;
    const quota = cells.units('quota');
    if (quarter !== undefined) keys.check(cells, rep, quarter);
    if (quota === undefined || quarter === undefined) return undefined;
    if (quota < 0n) {
      faults.push({ code: 'negative-quota', place: cells.place('quota'), found: cells.text('quota') });
    }
    return { row: cells.row, rep, quarter, quota };
  });
}

/** R2.9: the quarter that a date stands for; none where the calendar is at fault itself. */
function quarterOf(
  day: Day,
  calendar: Calendar | undefined,
  cells: RowReader,
  faults: Fault[],
): string | undefined {
  if (calendar === undefined) return undefined;
  const quarter = findQuarter(calendar, day);
  if (quarter === undefined) faults.push(outsideCalendar(cells.place('quarter'), day, calendar));
  return quarter?.name;
}

/** R2.7: a date that no quarter of the calendar ledger covers. */
export function outsideCalendar(place: Place, day: Day, { quarters }: Calendar): Fault {
  const [first, last] = [quarters[0], quarters.at(-1)];
  return {
    code: 'outside-calendar',
    place,
    date: isoOf(day),
    from: first === undefined ? '' : isoOf(first.from),
    to: last === undefined ? '' : isoOf(last.to),
  };
}

function toBeforeFrom(cells: RowReader): Fault {
  const [from, to] = [cells.text('from'), cells.text('to')];
  return { code: 'to-before-from', place: cells.place('to'), from, to };
}

/** Whether a row of the ledger is at fault. */
export function hasFaults(faults: readonly Fault[], ledger: LedgerName): boolean {
  return faults.some(({ place }) => place.kind === 'row' && place.ledger === ledger);
}

/** Finds rows whose key another row has already. */
function keyChecker(faults: Fault[]): { check(cells: RowReader, ...key: string[]): void } {
  const first = new Map<string, number>();
  return {
    check(cells, ...parts) {
      if (parts[0] === '') return;
      const key = parts.join('\u0000');
      const row = first.get(key);
      if (row === undefined) {
        first.set(key, cells.row);
        return;
      }
      const before = { ...cells.place(), row } as Place;
      const words = parts.filter((part) => part !== '').join(' on ');
      faults.push({ code: 'duplicate-key', place: cells.place(), key: words, first: before });
    },
  };
}
