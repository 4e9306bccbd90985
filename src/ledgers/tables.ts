/** The result files as tables of text: their columns in order (R8.1–R8.4) and the cells of a row. */
import type { JournalLine } from '../closing/journal.js';
import type { PayrollRow } from '../closing/payroll.js';
import {
  type PayrollDeltaLine,
  type PayrollDeltaRow,
  payNowOf,
  recoverNowOf,
} from '../closing/payroll-delta.js';
import type { PayrollLine } from '../closing/payroll-lines.js';
import { LINE_ACCOUNT_NAMES, LINE_ACCOUNTS } from '../engine/r1-words/line-accounts.js';
import { PAY_FIGURES, type PayFigure, type PayRow, WRITTEN_FIGURES } from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PayEntryRow } from '../engine/r7-pay/entries.js';
import type { AppliedRow, OnAccountRow, UnappliedRow } from '../engine/r8-results/applied.js';
import type { AttainmentRow, MonthRow, QuarterRow } from '../engine/r8-results/results.js';
import type { PostedResult, Result } from '../engine/result.js';
import { formatMinor, formatUnits, type Minor, type Units } from '../money.js';
import type { Exception } from '../problems/exception.js';

/** What a column holds. An amount adds up over the rows of a file; a balance only over the rows of one period. */
export type ColumnKind = 'text' | 'date' | 'count' | 'number' | 'share' | 'amount' | 'balance';

/** A column of a result file. */
export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A result file: its name, its columns, and its rows, made when they are read. */
export interface Table {
  readonly file: string;
  readonly columns: readonly TableColumn[];
  readonly rows: Iterable<readonly string[]>;
}

/** Whether the cells of a column are numbers: they are written as they are, never as text. */
export function isNumeric({ kind }: TableColumn): boolean {
  return kind !== 'text' && kind !== 'date';
}

interface Column<Row> extends TableColumn {
  readonly cell: (row: Row, money: Money) => string;
}

type Money = (amount: Minor) => string;
type Currency = Result['currency'];

function payColumns(figures: readonly PayFigure[]): readonly Column<PayRow>[] {
  return figures.map((figure) => {
    const { column, kind } = PAY_FIGURES[figure];
    return kind === 'flow' ? amount(column, (row) => row[figure]) : balance(column, (row) => row[figure]);
  });
}

const POSTING: readonly Column<Posting>[] = [
  date('date', (row) => row.date),
  text('period', (row) => row.period),
  text('rep_id', (row) => row.repId),
  text('invoice_id', (row) => row.invoiceId),
  text('customer_id', (row) => row.customerId),
  text('plan_id', (row) => row.planId),
  count('level', (row) => row.level),
  text('cause', (row) => row.cause),
  text('source_id', (row) => row.sourceId),
  ...LINE_ACCOUNT_NAMES.map((account) =>
    amount<Posting>(LINE_ACCOUNTS[account].column, (row) => row[account]),
  ),
  text('credit', (row) => row.credit),
];

/** R11.4: the columns that postings have besides where there are closes. */
const ADJUSTING: readonly Column<Posting>[] = [
  date('event_date', (row) => row.eventDate),
  text('adjusts', (row) => row.adjusts),
];

/** The header of `postings.csv` where nothing is closed. */
export const POSTING_HEADER: readonly string[] = POSTING.map(({ name }) => name);

/** The header of the `postings.csv` of a close. */
export const CLOSED_POSTING_HEADER: readonly string[] = [...POSTING, ...ADJUSTING].map(({ name }) => name);

/**
 * `quarters.csv` (R8.1, R21.6, R29.1).
 *
 * @param figures - the figures of pay that have a column: all that the file has, by default
 */
export function quartersTable(
  { quarters, currency }: Pick<Result, 'quarters' | 'currency'>,
  figures: readonly PayFigure[] = WRITTEN_FIGURES,
): Table {
  const columns: readonly Column<QuarterRow>[] = [
    text('rep_id', (row) => row.repId),
    text('quarter', (row) => row.quarter),
    text('currency', () => currency.code),
    amount('bookings', (row) => row.bookings),
    amount('quota', (row) => row.quota),
    share('attainment', (row) => row.attainment),
    ...payColumns(figures),
  ];
  return table('quarters.csv', columns, quarters, moneyOf(currency));
}

/** `attainment.csv` (R12.7). */
export function attainmentTable({ attainments, currency }: Pick<Result, 'attainments' | 'currency'>): Table {
  const columns: readonly Column<AttainmentRow>[] = [
    text('rep_id', (row) => row.repId),
    text('quarter', (row) => row.quarter),
    text('credit', (row) => row.credit),
    text('plan_id', (row) => row.planId ?? ''),
    amount('bookings', (row) => row.bookings),
    amount('quota', (row) => row.quota),
    text('window', (row) => row.window ?? ''),
    amount('window_bookings', (row) => row.windowBookings),
    amount('window_quota', (row) => row.windowQuota),
    share('attainment', (row) => row.attainment),
  ];
  return table('attainment.csv', columns, attainments, moneyOf(currency));
}

/** `months.csv` (R8.2), like `quarters.csv`. */
export function monthsTable(
  { months, currency }: Pick<Result, 'months' | 'currency'>,
  figures: readonly PayFigure[] = WRITTEN_FIGURES,
): Table {
  const columns: readonly Column<MonthRow>[] = [
    text('rep_id', (row) => row.repId),
    text('month', (row) => row.month),
    text('currency', () => currency.code),
    ...payColumns(figures),
  ];
  return table('months.csv', columns, months, moneyOf(currency));
}

/** `postings.csv` (R8.3, R11.4). */
export function postingsTable(result: PostedResult): Table {
  const columns = result.closedPeriods.length === 0 ? POSTING : [...POSTING, ...ADJUSTING];
  return table('postings.csv', columns, result.postings, moneyOf(result.currency));
}

const ENTRY: readonly Column<PayEntryRow>[] = [
  date('date', (row) => row.date),
  text('period', (row) => row.period),
  text('rep_id', (row) => row.repId),
  text('entry_id', (row) => row.entryId),
  text('kind', (row) => row.kind),
  amount('amount', (row) => row.amount),
  text('invoice_id', (row) => row.invoiceId),
  text('reason', (row) => row.reason),
];

/** R21.7: the columns that entries have besides where there are closes. */
const ADJUSTING_ENTRY: readonly Column<PayEntryRow>[] = [
  date('event_date', (row) => row.eventDate),
  text('adjusts', (row) => row.adjusts),
];

/** `entries.csv` (R21.6, R21.7). */
export function entriesTable({
  entries,
  closedPeriods,
  currency,
}: Pick<Result, 'entries' | 'closedPeriods' | 'currency'>): Table {
  const columns = closedPeriods.length === 0 ? ENTRY : [...ENTRY, ...ADJUSTING_ENTRY];
  return table('entries.csv', columns, entries, moneyOf(currency));
}

/** The `entries.csv` of a close (R21.7). */
export function closedEntriesTable(entries: Iterable<PayEntryRow>, currency: Currency): Table {
  return table('entries.csv', [...ENTRY, ...ADJUSTING_ENTRY], entries, moneyOf(currency));
}

/** The `postings.csv` of a close (R11.4). */
export function closedPostingsTable(postings: Iterable<Posting>, currency: Currency): Table {
  return table('postings.csv', [...POSTING, ...ADJUSTING], postings, moneyOf(currency));
}

/**
 * `applied.csv`: each part of a row that names a customer but no invoice, and last of all what is left of each on
 * account. For every row, amount = Σ applied + left. A part without an invoice was taken back by a refund or reversal
 * that names none, which has the same amount below 0 applied on that day.
 */
export function appliedTable({ applied, onAccount, scale, currency }: Result): Table {
  type Row = UnappliedRow & Partial<AppliedRow & OnAccountRow>;
  const units = (name: string, of: (row: Row) => Units | undefined): Column<Row> => ({
    name,
    kind: 'amount',
    cell: (row) => unitsText(of(row)),
  });
  const unitsText = (one: Units | undefined) =>
    one === undefined ? '' : formatUnits(one, scale, currency.digits);
  const columns: readonly Column<Row>[] = [
    text('ledger', (row) => row.ledger),
    text('source_id', (row) => row.sourceId),
    text('customer_id', (row) => row.customerId),
    date('date', (row) => row.date),
    units('amount', (row) => row.amount),
    text('invoice_id', (row) => row.invoiceId ?? ''),
    date('due_date', (row) => row.dueDate ?? ''),
    date('applied_date', (row) => row.appliedDate ?? ''),
    units('open_before', (row) => row.openBefore),
    units('applied', (row) => row.applied),
    units('open_after', (row) => row.openAfter),
    units('left', (row) => row.left),
  ];
  return table('applied.csv', columns, [...applied, ...onAccount], moneyOf(currency));
}

/** `reps.csv`: every rep that the ledgers of a close name, by whichever id (R11.11). */
export function repsTable(reps: readonly string[]): Table {
  return table('reps.csv', [text<string>('rep_id', (rep) => rep)], reps, String);
}

/** `payroll.csv`: what payroll pays each rep for a closed period, and by when. */
export function payrollTable(rows: readonly PayrollRow[], currency: Currency): Table {
  const columns: readonly Column<PayrollRow>[] = [
    text('rep_id', (row) => row.repId),
    text('pay_period', (row) => row.payPeriod),
    text('currency', () => currency.code),
    date('pay_by', (row) => row.payBy),
    amount('paid', (row) => row.paid),
    amount('recovered', (row) => row.recovered),
    balance('owed', (row) => row.owed),
  ];
  return table('payroll.csv', columns, rows, moneyOf(currency));
}

/** `payroll-lines.csv`: `paid` by the period it was earned in, `recovered` by the year it was first paid in. */
export function payrollLinesTable(lines: readonly PayrollLine[], currency: Currency): Table {
  const columns: readonly Column<PayrollLine>[] = [
    text('rep_id', (row) => row.repId),
    text('pay_period', (row) => row.payPeriod),
    text('currency', () => currency.code),
    text('kind', (row) => row.kind),
    text('earned_in', (row) => row.earnedIn),
    text('first_paid_in', (row) => row.firstPaidIn),
    amount('amount', (row) => row.amount),
  ];
  return table('payroll-lines.csv', columns, lines, moneyOf(currency));
}

/** `payroll-delta.csv`: what to pay and recover now, on top of what payroll has of the period (R11.9). */
export function payrollDeltaTable(rows: readonly PayrollDeltaRow[], currency: Currency): Table {
  const columns: readonly Column<PayrollDeltaRow>[] = [
    text('rep_id', (row) => row.repId),
    text('pay_period', (row) => row.payPeriod),
    text('currency', () => currency.code),
    date('pay_by', (row) => row.payBy),
    amount('paid_before', (row) => row.paidBefore),
    amount('paid', (row) => row.paid),
    amount('pay_now', payNowOf),
    amount('recovered_before', (row) => row.recoveredBefore),
    amount('recovered', (row) => row.recovered),
    amount('recover_now', recoverNowOf),
    balance('owed', (row) => row.owed),
  ];
  return table('payroll-delta.csv', columns, rows, moneyOf(currency));
}

/** `payroll-delta-lines.csv`: the same in parts. */
export function payrollDeltaLinesTable(lines: readonly PayrollDeltaLine[], currency: Currency): Table {
  const columns: readonly Column<PayrollDeltaLine>[] = [
    text('rep_id', (row) => row.repId),
    text('pay_period', (row) => row.payPeriod),
    text('currency', () => currency.code),
    text('kind', (row) => row.kind),
    text('earned_in', (row) => row.earnedIn),
    text('first_paid_in', (row) => row.firstPaidIn),
    amount('amount_before', (row) => row.amountBefore),
    amount('amount', (row) => row.amount),
    amount('change', (row) => row.amount - row.amountBefore),
  ];
  return table('payroll-delta-lines.csv', columns, lines, moneyOf(currency));
}

/** `journal.csv`: the entries of a close, a row for each account of an entry. */
export function journalTable(lines: readonly JournalLine[], currency: Currency): Table {
  const columns: readonly Column<JournalLine>[] = [
    date('date', (row) => row.date),
    text('period', (row) => row.period),
    text('entry', (row) => row.entry),
    text('adjusts', (row) => row.adjusts),
    text('rep_id', (row) => row.repId),
    text('account', (row) => row.account),
    amount('debit', (row) => row.debit),
    amount('credit', (row) => row.credit),
    text('currency', () => currency.code),
  ];
  return table('journal.csv', columns, lines, moneyOf(currency));
}

/**
 * `exceptions.csv` (R8.4).
 *
 * @param lineOf - the line of the file that an exception is about; undefined where it is about no row
 */
export function exceptionsTable(
  exceptions: readonly Exception[],
  lineOf: (exception: Exception) => number | undefined,
): Table {
  const columns: readonly Column<Exception>[] = [
    text('code', (row) => row.code),
    text('ledger', (row) => row.ledger),
    count('row', lineOf),
    text('id', (row) => row.id),
    text('message', (row) => row.message),
  ];
  return table('exceptions.csv', columns, exceptions, String);
}

function text<Row>(name: string, cell: (row: Row) => string): Column<Row> {
  return { name, kind: 'text', cell };
}

function date<Row>(name: string, cell: (row: Row) => string): Column<Row> {
  return { name, kind: 'date', cell };
}

/** Blank where there is none, like the following. */
function count<Row>(name: string, of: (row: Row) => number | undefined): Column<Row> {
  return { name, kind: 'count', cell: (row) => `${of(row) ?? ''}` };
}

/** A share is written as a decimal: `0.8500`. */
function share<Row>(name: string, of: (row: Row) => string | undefined): Column<Row> {
  return { name, kind: 'share', cell: (row) => of(row) ?? '' };
}

function amount<Row>(name: string, of: (row: Row) => Minor | undefined): Column<Row> {
  return { name, kind: 'amount', cell: (row, money) => orBlank(of(row), money) };
}

function balance<Row>(name: string, of: (row: Row) => Minor): Column<Row> {
  return { name, kind: 'balance', cell: (row, money) => money(of(row)) };
}

function orBlank(amount: Minor | undefined, money: Money): string {
  return amount === undefined ? '' : money(amount);
}

function moneyOf({ digits }: Currency): Money {
  return (amount) => formatMinor(amount, digits);
}

function table<Row>(file: string, columns: readonly Column<Row>[], rows: Iterable<Row>, money: Money): Table {
  return { file, columns, rows: written(columns, rows, money) };
}

function* written<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
  money: Money,
): Iterable<string[]> {
  for (const row of rows) yield columns.map(({ cell }) => cell(row, money));
}
