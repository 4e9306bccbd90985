/** The result files as tables of text: their columns in order (R8.1–R8.4) and the cells of a row. */
import type { JournalLine } from '../closing/journal.js';
import type { PayrollRow } from '../closing/payroll.js';
import type { PayrollLine } from '../closing/payroll-lines.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PayRow } from '../engine/r7-pay/pay.js';
import type { AppliedRow, OnAccountRow, UnappliedRow } from '../engine/r8-results/applied.js';
import type { MonthRow, QuarterRow } from '../engine/r8-results/results.js';
import type { PostedResult, Result } from '../engine/result.js';
import { formatMinor, formatUnits, type Minor, type Units } from '../money.js';
import type { Exception } from '../problems/exception.js';

/** A result file: its name, its header and its rows, made when they are asked for. */
export interface Table {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: Iterable<readonly string[]>;
  /** The columns that hold amounts and other numbers: they are written as they are, never as text. */
  readonly numeric: ReadonlySet<string>;
}

type Cell<Row> = readonly [column: string, cell: (row: Row, money: Money) => string];
type Money = (amount: Minor) => string;
type Currency = Result['currency'];

const PAY: readonly Cell<PayRow>[] = [
  ['earned', (row, money) => money(row.earned)],
  ['advanced', (row, money) => money(row.advanced)],
  ['released', (row, money) => money(row.released)],
  ['forfeited', (row, money) => money(row.forfeited)],
  ['held_opening', (row, money) => money(row.heldOpening)],
  ['held', (row, money) => money(row.held)],
  ['payable', (row, money) => money(row.payable)],
  ['clawed_back', (row, money) => money(row.clawedBack)],
  ['reinstated', (row, money) => money(row.reinstated)],
  ['owed_opening', (row, money) => money(row.owedOpening)],
  ['charged', (row, money) => money(row.charged)],
  ['cancelled', (row, money) => money(row.cancelled)],
  ['recovered', (row, money) => money(row.recovered)],
  ['paid', (row, money) => money(row.paid)],
  ['owed', (row, money) => money(row.owed)],
];

const POSTING: readonly Cell<Posting>[] = [
  ['date', (row) => row.date],
  ['period', (row) => row.period],
  ['rep_id', (row) => row.repId],
  ['invoice_id', (row) => row.invoiceId],
  ['customer_id', (row) => row.customerId],
  ['plan_id', (row) => row.planId],
  ['level', (row) => `${row.level}`],
  ['cause', (row) => row.cause],
  ['source_id', (row) => row.sourceId],
  ['earned', (row, money) => money(row.earned)],
  ['advanced', (row, money) => money(row.advanced)],
  ['released', (row, money) => money(row.released)],
  ['held', (row, money) => money(row.held)],
  ['forfeited', (row, money) => money(row.forfeited)],
  ['clawed_back', (row, money) => money(row.clawedBack)],
];

/** R11.4: what postings have besides where there are closes. */
const ADJUSTING: readonly Cell<Posting>[] = [
  ['event_date', (row) => row.eventDate],
  ['adjusts', (row) => row.adjusts],
];

/** The header of `postings.csv` where nothing is closed. */
export const POSTING_HEADER: readonly string[] = POSTING.map(([column]) => column);

/** The header of the `postings.csv` of a close. */
export const CLOSED_POSTING_HEADER: readonly string[] = [...POSTING, ...ADJUSTING].map(([column]) => column);

const TEXT = new Set([
  'date',
  'period',
  'rep_id',
  'invoice_id',
  'customer_id',
  'plan_id',
  'cause',
  'source_id',
  'ledger',
  'due_date',
  'applied_date',
  'event_date',
  'pay_period',
  'pay_by',
  'kind',
  'earned_in',
  'first_paid_in',
  'entry',
  'adjusts',
  'account',
]);

/** `quarters.csv` (R8.1). */
export function quartersTable({ quarters, currency }: Pick<Result, 'quarters' | 'currency'>): Table {
  const cells: readonly Cell<QuarterRow>[] = [
    ['rep_id', (row) => row.repId],
    ['quarter', (row) => row.quarter],
    ['currency', () => currency.code],
    ['bookings', (row, money) => money(row.bookings)],
    ['quota', (row, money) => (row.quota === undefined ? '' : money(row.quota))],
    ['attainment', (row) => row.attainment ?? ''],
    ...PAY,
  ];
  return table('quarters.csv', cells, quarters, currency.digits);
}

/** `months.csv` (R8.2). */
export function monthsTable({ months, currency }: Pick<Result, 'months' | 'currency'>): Table {
  const cells: readonly Cell<MonthRow>[] = [
    ['rep_id', (row) => row.repId],
    ['month', (row) => row.month],
    ['currency', () => currency.code],
    ...PAY,
  ];
  return table('months.csv', cells, months, currency.digits);
}

/** `postings.csv` (R8.3, R11.4). */
export function postingsTable(result: PostedResult): Table {
  const cells = result.closedPeriods.length === 0 ? POSTING : [...POSTING, ...ADJUSTING];
  return table('postings.csv', cells, result.postings, result.currency.digits);
}

/** The `postings.csv` of a close (R11.4). */
export function closedPostingsTable(postings: Iterable<Posting>, { digits }: Result['currency']): Table {
  return table('postings.csv', [...POSTING, ...ADJUSTING], postings, digits);
}

/**
 * `applied.csv`: each part of a row that names a customer but no invoice, and last of all what is left of each on
 * account. Of every row, amount = Σ applied + left. A part without an invoice was taken back by a refund or reversal
 * that names none, which has as much below 0 applied on that day.
 */
export function appliedTable({ applied, onAccount, scale, currency }: Result): Table {
  const money: Money = (amount) => formatUnits(amount, scale, currency.digits);
  const some = (amount: Units | undefined) => (amount === undefined ? '' : money(amount));
  const cells: readonly Cell<UnappliedRow & Partial<AppliedRow & OnAccountRow>>[] = [
    ['ledger', (row) => row.ledger],
    ['source_id', (row) => row.sourceId],
    ['customer_id', (row) => row.customerId],
    ['date', (row) => row.date],
    ['amount', (row) => money(row.amount)],
    ['invoice_id', (row) => row.invoiceId ?? ''],
    ['due_date', (row) => row.dueDate ?? ''],
    ['applied_date', (row) => row.appliedDate ?? ''],
    ['open_before', (row) => some(row.openBefore)],
    ['applied', (row) => some(row.applied)],
    ['open_after', (row) => some(row.openAfter)],
    ['left', (row) => some(row.left)],
  ];
  return table('applied.csv', cells, [...applied, ...onAccount], currency.digits);
}

/** `payroll.csv`: what payroll pays each rep for a closed period, and by when. */
export function payrollTable(rows: readonly PayrollRow[], currency: Currency): Table {
  const cells: readonly Cell<PayrollRow>[] = [
    ['rep_id', (row) => row.repId],
    ['pay_period', (row) => row.payPeriod],
    ['currency', () => currency.code],
    ['pay_by', (row) => row.payBy],
    ['paid', (row, money) => money(row.paid)],
    ['recovered', (row, money) => money(row.recovered)],
    ['owed', (row, money) => money(row.owed)],
  ];
  return table('payroll.csv', cells, rows, currency.digits);
}

/** `payroll-lines.csv`: `paid` by the period it was earned in, `recovered` by the year it was first paid in. */
export function payrollLinesTable(lines: readonly PayrollLine[], currency: Currency): Table {
  const cells: readonly Cell<PayrollLine>[] = [
    ['rep_id', (row) => row.repId],
    ['pay_period', (row) => row.payPeriod],
    ['currency', () => currency.code],
    ['kind', (row) => row.kind],
    ['earned_in', (row) => row.earnedIn],
    ['first_paid_in', (row) => row.firstPaidIn],
    ['amount', (row, money) => money(row.amount)],
  ];
  return table('payroll-lines.csv', cells, lines, currency.digits);
}

/** `journal.csv`: the entries of a close, a row for each account of an entry. */
export function journalTable(lines: readonly JournalLine[], currency: Currency): Table {
  const cells: readonly Cell<JournalLine>[] = [
    ['date', (row) => row.date],
    ['period', (row) => row.period],
    ['entry', (row) => row.entry],
    ['adjusts', (row) => row.adjusts],
    ['rep_id', (row) => row.repId],
    ['account', (row) => row.account],
    ['debit', (row, money) => money(row.debit)],
    ['credit', (row, money) => money(row.credit)],
    ['currency', () => currency.code],
  ];
  return table('journal.csv', cells, lines, currency.digits);
}

/**
 * `exceptions.csv` (R8.4).
 *
 * @param lineOf - the line of the file that a row stands on; blank where the exception is about no row
 */
export function exceptionsTable(
  exceptions: readonly Exception[],
  lineOf: (exception: Exception) => number | undefined,
): Table {
  const cells: readonly Cell<Exception>[] = [
    ['code', (row) => row.code],
    ['ledger', (row) => row.ledger],
    ['row', (row) => `${lineOf(row) ?? ''}`],
    ['id', (row) => row.id],
    ['message', (row) => row.message],
  ];
  return { ...table('exceptions.csv', cells, exceptions, 0), numeric: new Set(['row']) };
}

function table<Row>(file: string, cells: readonly Cell<Row>[], rows: Iterable<Row>, digits: number): Table {
  const money: Money = (amount) => formatMinor(amount, digits);
  const header = cells.map(([column]) => column);
  return { file, header, rows: written(cells, rows, money), numeric: new Set(header.filter(isNumeric)) };
}

function isNumeric(column: string): boolean {
  return !TEXT.has(column) && column !== 'quarter' && column !== 'month' && column !== 'currency';
}

function* written<Row>(cells: readonly Cell<Row>[], rows: Iterable<Row>, money: Money): Iterable<string[]> {
  for (const row of rows) yield cells.map(([, cell]) => cell(row, money));
}
