/** The rows of a close as they are read back, cell by cell: what is read is what was written, to the cent and the letter. */
import type { PayrollRow } from '../closing/payroll.js';
import { PAYROLL_LINE_KINDS, type PayrollLine } from '../closing/payroll-lines.js';
import { type Cause, findCause } from '../engine/r1-words/causes.js';
import { LINE_ACCOUNTS, lineAmounts } from '../engine/r1-words/line-accounts.js';
import {
  PAY_FIGURES,
  type PayFigure,
  type PayRow,
  payRow,
  WRITTEN_FIGURES,
  withDerived,
} from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { isEntryKind, type PayEntryRow } from '../engine/r7-pay/entries.js';
import type { AttainmentRow, MonthRow, QuarterRow } from '../engine/r8-results/results.js';
import { CREDIT_KINDS, type CreditKind } from '../ledger-specs/credit-kinds.js';
import type { Minor } from '../money.js';
import { LEVELS, type LevelNumber } from '../plans/levels.js';
import { WINDOWS } from '../plans/plan.js';

/** A close has a name in it that this version of comp does not know. */
export class UnknownInClose extends Error {
  override readonly name = 'UnknownInClose';
}

/** A row of a close, by column. */
export interface FrozenRow {
  /** Where it is: `line 5`. */
  readonly where: () => string;
  readonly text: (column: string) => string;
  /** Undefined where there is no such column. */
  readonly findText: (column: string) => string | undefined;
  readonly amount: (column: string) => Minor;
}

/** A row of `quarters.csv`. */
export function quarterOf({ text, amount }: FrozenRow): QuarterRow {
  return {
    repId: text('rep_id'),
    quarter: text('quarter'),
    bookings: amount('bookings'),
    quota: text('quota') === '' ? undefined : amount('quota'),
    attainment: text('attainment') === '' ? undefined : text('attainment'),
    ...payOf(amount),
  };
}

/** A row of `attainment.csv`. */
export function attainmentOf(row: FrozenRow): AttainmentRow {
  const { text, amount } = row;
  const find = <Value>(column: string, value: (column: string) => Value): Value | undefined =>
    text(column) === '' ? undefined : value(column);
  return {
    repId: text('rep_id'),
    quarter: text('quarter'),
    credit: creditOf(row),
    planId: find('plan_id', text),
    bookings: amount('bookings'),
    quota: find('quota', amount),
    window: WINDOWS.find((one) => one === text('window')),
    windowBookings: find('window_bookings', amount),
    windowQuota: find('window_quota', amount),
    attainment: find('attainment', text),
  };
}

/** A row of `months.csv`. */
export function monthOf({ text, amount }: FrozenRow): MonthRow {
  return { repId: text('rep_id'), month: text('month'), ...payOf(amount) };
}

/**
 * A row of `postings.csv`.
 *
 * @throws UnknownInClose where it has a cause, a credit or a level that there is not
 */
export function postingOf(row: FrozenRow): Posting {
  const { text, amount } = row;
  return {
    date: text('date'),
    period: text('period'),
    repId: text('rep_id'),
    invoiceId: text('invoice_id'),
    customerId: text('customer_id'),
    planId: text('plan_id'),
    level: levelOf(row),
    cause: causeOf(row),
    sourceId: text('source_id'),
    ...lineAmounts((account) => amount(LINE_ACCOUNTS[account].column)),
    credit: creditOf(row),
    eventDate: text('event_date'),
    adjusts: text('adjusts'),
  };
}

/**
 * A row of `entries.csv`.
 *
 * @throws UnknownInClose where it has a kind that there is not
 */
export function entryOf({ where, text, amount }: FrozenRow): PayEntryRow {
  const kind = text('kind');
  if (!isEntryKind(kind)) throw new UnknownInClose(`${where()} has the unknown kind "${kind}"`);
  return {
    date: text('date'),
    period: text('period'),
    repId: text('rep_id'),
    entryId: text('entry_id'),
    kind,
    amount: amount('amount'),
    invoiceId: text('invoice_id'),
    reason: text('reason'),
    eventDate: text('event_date'),
    adjusts: text('adjusts'),
  };
}

const WRITTEN: ReadonlySet<PayFigure> = new Set(WRITTEN_FIGURES);

/** A row of `payroll.csv`. */
export function payrollOf({ text, amount }: FrozenRow): PayrollRow {
  return {
    repId: text('rep_id'),
    payPeriod: text('pay_period'),
    payBy: text('pay_by'),
    paid: amount('paid'),
    recovered: amount('recovered'),
    owed: amount('owed'),
  };
}

/**
 * A row of `payroll-lines.csv`.
 *
 * @throws UnknownInClose where it has a kind that there is not
 */
export function payrollLineOf({ where, text, amount }: FrozenRow): PayrollLine {
  const found = text('kind');
  const kind = PAYROLL_LINE_KINDS.find((one) => one === found);
  if (kind === undefined) throw new UnknownInClose(`${where()} has the unknown kind "${found}"`);
  return {
    repId: text('rep_id'),
    payPeriod: text('pay_period'),
    kind,
    earnedIn: text('earned_in'),
    firstPaidIn: text('first_paid_in'),
    amount: amount('amount'),
  };
}

function payOf(amount: FrozenRow['amount']): PayRow {
  return withDerived(payRow((figure) => (WRITTEN.has(figure) ? amount(PAY_FIGURES[figure].column) : 0n)));
}

function causeOf({ where, text }: FrozenRow): Cause {
  const found = text('cause');
  const cause = findCause(found);
  if (cause === undefined) throw new UnknownInClose(`${where()} has the unknown cause "${found}"`);
  return cause;
}

/** R12.7: in a close that is older than credits, every credit is own. */
function creditOf({ where, findText }: FrozenRow): CreditKind {
  const found = findText('credit') ?? 'own';
  const credit = CREDIT_KINDS.find((one) => one === found);
  if (credit === undefined) throw new UnknownInClose(`${where()} has the unknown credit "${found}"`);
  return credit;
}

function levelOf({ where, text }: FrozenRow): LevelNumber {
  const found = text('level');
  const level = LEVELS.find(({ number }) => `${number}` === found);
  if (level === undefined) throw new UnknownInClose(`${where()} has the unknown level "${found}"`);
  return level.number;
}
