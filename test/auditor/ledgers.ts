// Ledger rows read into invoices with everything that happened to them, and into what the rules speak about.

import { type Allocation, allocate, LEDGERS, leftOf, type Waiting, withAllocations } from './account.js';
import {
  addDays,
  calendarOfMonths,
  calendarOfRows,
  type Day,
  type FiscalCalendar,
  laterOf,
} from './calendar.js';
import { type CashPiece, listCashPieces } from './cash.js';
import { listTeamCredits, type OwnCredit, ownCreditsOf } from './credits.js';
import { add, type Fraction, isZero, ONE, parseDecimal, sub, sum, ZERO } from './fraction.js';
import { listQuotaCredits, type QuotaCredit } from './quota.js';
import { cell, isOn, type Row } from './rows.js';
import { CREDITS, type Credit, type Plan, type Terms } from './terms.js';

type Rows = readonly Row[] | undefined;

export interface Ledgers {
  readonly invoices: readonly Row[];
  readonly payments?: Rows;
  readonly writeOffs?: Rows;
  readonly creditMemos?: Rows;
  readonly splits?: Rows;
  readonly assignments?: Rows;
  readonly quotas?: Rows;
  readonly calendar?: Rows;
  readonly reps?: Rows;
  readonly teams?: Rows;
  readonly items?: Rows;
  readonly fx?: Rows;
  readonly schedules?: Rows;
  readonly disputes?: Rows;
  readonly entries?: Rows;
  readonly draws?: Rows;
  readonly accounts?: Rows;
}

/** A payment, write-off or credit memo on one invoice. */
export interface Entry {
  readonly id: string;
  readonly day: Day;
  readonly amount: Fraction;
  /** Rows of one moment, in order: 0 for one that names its invoice, then what was applied to it by rule. */
  readonly rank: number;
}

export interface Payment extends Entry {
  /** Empty where nobody collected it. */
  readonly collector: string;
}

/** R26.1. */
export interface Memo extends Entry {
  /** Undefined where the memo is in proportion. */
  readonly commissionable: Fraction | undefined;
  readonly cost: Fraction | undefined;
  /** Empty where it is everyone's. */
  readonly rep: string;
}

/** R13.1. */
export interface Item {
  readonly id: string;
  readonly category: string;
  readonly amount: Fraction;
  /** Undefined where nothing gives one. */
  readonly cost: Fraction | undefined;
}

/** R16.2: a part of an invoice on the axis from 0 to its total. */
export interface Instalment {
  /** Empty where there is none. */
  readonly dueDay: Day;
  readonly from: Fraction;
  readonly to: Fraction;
}

/** R16.5, both days inclusive; without an end, empty. */
export interface Dispute {
  readonly from: Day;
  readonly to: Day;
}

export interface Invoice {
  readonly id: string;
  readonly customer: string;
  /** Whoever has own credit on it (R2.5), with or without a plan. */
  readonly owners: readonly OwnCredit[];
  readonly bookingDay: Day;
  readonly invoiceDay: Day;
  /** Empty where the row has none. */
  readonly dueDay: Day;
  readonly currency: string;
  readonly amount: Fraction;
  readonly total: Fraction;
  /** Undefined where nothing gives one. */
  readonly cost: Fraction | undefined;
  /** At least one, in order of item id. */
  readonly items: readonly Item[];
  /** R15.1: units of the workspace's currency for one unit; 1 for an invoice that is not booked yet. */
  readonly fx: Fraction;
  readonly instalments: readonly Instalment[];
  readonly disputes: readonly Dispute[];
  readonly payments: readonly Payment[];
  readonly writeOffs: readonly Entry[];
  readonly memos: readonly Memo[];
}

/** One rep's credit of one kind, own or team, on one invoice. */
export interface Line {
  readonly invoice: Invoice;
  readonly rep: string;
  readonly credit: 'own' | 'team';
  readonly share: Fraction;
  /** The own credits that the share comes from: of an own line, itself. */
  readonly sources: readonly OwnCredit[];
  readonly plan: Plan;
  readonly earnDay: Day;
  /** The booking quarter and month. */
  readonly quarter: string;
  readonly month: string;
}

export interface Quota {
  readonly rep: string;
  readonly credit: Credit;
  readonly per: 'quarter' | 'month';
  readonly period: string;
  readonly amount: Fraction;
}

/** R21.1. */
export interface PayEntry {
  readonly id: string;
  readonly rep: string;
  readonly day: Day;
  readonly kind: string;
  readonly amount: Fraction;
  readonly invoice: string;
  readonly reason: string;
}

/** R24.1. */
export interface Draw {
  readonly rep: string;
  readonly from: Day;
  /** Empty where it is open. */
  readonly to: Day;
  readonly amount: Fraction;
  readonly kind: 'recoverable' | 'guarantee';
}

export interface SetAside {
  readonly code: 'unknown-invoice' | 'no-plan' | 'unapplied' | 'unknown-rep';
  readonly id: string;
}

/** Everything the rules speak about, as of one day. */
export interface World {
  readonly terms: Terms;
  readonly asOf: Day;
  readonly calendar: FiscalCalendar;
  readonly quotas: readonly Quota[];
  readonly invoices: readonly Invoice[];
  readonly lines: readonly Line[];
  /** R12.4: what of collected cash is somebody's. */
  readonly cashPieces: readonly CashPiece[];
  /** Every booking and quota-reducing credit, in the order of R4.4, R4.9 and R12.4. */
  readonly quotaCredits: readonly QuotaCredit[];
  readonly entries: readonly PayEntry[];
  readonly draws: readonly Draw[];
  readonly setAside: readonly SetAside[];
  /** Rows up to the as-of date that name no invoice, and what they were applied to by rule. */
  readonly waiting: readonly Waiting[];
  readonly allocations: readonly Allocation[];
  /** R2.6, R12.1: the plan of a credit that a rep has on a day; undefined where there is none. */
  readonly findPlan: (rep: string, day: Day, credit: Credit) => Plan | undefined;
  /** R19.1: a rep's last day for cash; undefined where there is none. */
  readonly lastDayOf: (rep: string) => Day | undefined;
}

export function readWorld(terms: Terms, ledgers: Ledgers, asOf: Day): World {
  const calendar = readCalendar(terms, ledgers.calendar);
  const findPlan: World['findPlan'] = (rep, day, credit) =>
    findAssignedPlan(terms, ledgers.assignments, rep, day, credit);
  const lastDayOf: World['lastDayOf'] = (rep) => findLastDay(terms, ledgers.reps, rep);

  const all = readInvoices(terms, ledgers, asOf);
  const unknownReps = all
    .filter((invoice) => invoice.bookingDay <= asOf)
    .flatMap((invoice) => invoice.memos.filter((memo) => !isOfOwner(memo, invoice)));
  // R26.3.
  const named = all.map((invoice) => ({
    ...invoice,
    memos: invoice.memos.filter((memo) => isOfOwner(memo, invoice)),
  }));
  const waiting = readWaiting(terms, ledgers, asOf);
  const allocated = terms.appliesCash
    ? allocate(named, waiting, asOf, terms.movesExcess)
    : { waiting, made: [] };
  const invoices = named.map((invoice) => withAllocations(invoice, allocated.made));
  // R7.5: an invoice booked after the as-of date is no line yet.
  const booked = invoices.filter((invoice) => invoice.bookingDay <= asOf);

  const lines: Line[] = [];
  const setAside: SetAside[] = [
    ...findUnknownInvoices(ledgers, invoices, asOf),
    ...unknownReps.map((memo): SetAside => ({ code: 'unknown-rep', id: memo.id })),
    ...allocated.waiting
      .filter((row) => !terms.appliesCash || !isZero(leftOf(row, allocated.made)))
      .map((row): SetAside => ({ code: 'unapplied', id: row.id })),
  ];
  for (const invoice of booked) {
    const { bookingDay } = invoice;
    const addLine = (credit: 'own' | 'team', owner: OwnCredit, sources: readonly OwnCredit[]): void => {
      const plan = findPlan(owner.rep, bookingDay, credit);
      if (plan === undefined) return;
      // R5.2.
      const earnDay = plan.earnOn === 'booking' ? bookingDay : laterOf(bookingDay, invoice.invoiceDay);
      const quarter = calendar.quarterOf(bookingDay);
      const month = calendar.monthOf(bookingDay);
      lines.push({ invoice, ...owner, credit, sources, plan, earnDay, quarter, month });
    };
    for (const owner of invoice.owners) {
      addLine('own', owner, [owner]);
      // R12.1: a rep without a plan of any credit.
      if (CREDITS.every((credit) => findPlan(owner.rep, bookingDay, credit) === undefined)) {
        setAside.push({ code: 'no-plan', id: invoice.id });
      }
    }
    for (const { rep, sources } of listTeamCredits(invoice, ledgers)) {
      addLine('team', { rep, share: sum(sources.map(({ share }) => share)) }, sources);
    }
  }
  const cashPieces = listCashPieces(booked, ledgers.accounts, { findPlan, lastDayOf });
  return {
    terms,
    asOf,
    calendar,
    quotas: (ledgers.quotas ?? []).map((row) => readQuota(row, calendar)),
    invoices,
    lines,
    cashPieces,
    quotaCredits: listQuotaCredits(lines, cashPieces, calendar),
    entries: (ledgers.entries ?? []).map(readPayEntry).filter(({ day }) => day <= asOf),
    draws: (ledgers.draws ?? []).map(readDraw),
    setAside,
    waiting: allocated.waiting,
    allocations: allocated.made,
    findPlan,
    lastDayOf,
  };
}

function readCalendar(terms: Terms, rows: Rows): FiscalCalendar {
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

/** R2.4, R26.1: a row that names the invoice it reverses is a credit memo, and no invoice itself. */
function isReversal(row: Row): boolean {
  return cell(row, 'reverses') !== '';
}

function readInvoices(terms: Terms, ledgers: Ledgers, asOf: Day): readonly Invoice[] {
  const reversals = ledgers.invoices.filter(isReversal);
  return ledgers.invoices
    .filter((row) => !isReversal(row))
    .map((row) => {
      const id = cell(row, 'invoice_id');
      const of = (rows: Rows): readonly Row[] =>
        (rows ?? []).filter((entry) => cell(entry, 'invoice_id') === id);
      // R7.5: only events dated on or before the as-of date count.
      const counting = <Kind extends Entry>(entries: readonly Kind[]): readonly Kind[] =>
        entries.filter((entry) => entry.day <= asOf);
      // R2.3.
      const bookingDay = cell(row, 'booking_date') || cell(row, 'invoice_date');
      const amount = parseDecimal(cell(row, 'amount'));
      const total = totalOf(row);
      const currency = cell(row, 'currency') || terms.currency;
      const items = readItems(row, of(ledgers.items));
      return {
        id,
        customer: cell(row, 'customer_id'),
        owners: ownCreditsOf({ id, amount, rep: cell(row, 'rep_id') }, ledgers.splits ?? []),
        bookingDay,
        invoiceDay: cell(row, 'invoice_date'),
        dueDay: cell(row, 'due_date'),
        currency,
        amount,
        total,
        // R13.1: the costs of the items stand for that of the invoice.
        cost: optionalDecimal(row, 'cost') ?? sumOfCosts(items),
        items,
        fx: bookingDay <= asOf ? findRate(terms, ledgers.fx, currency, bookingDay) : ONE,
        instalments: readInstalments(row, total, of(ledgers.schedules)),
        disputes: of(ledgers.disputes).map((dispute) => ({
          from: cell(dispute, 'from'),
          to: cell(dispute, 'to'),
        })),
        payments: counting(of(ledgers.payments).map((paid) => readPayment(terms, paid))),
        writeOffs: counting(
          of(ledgers.writeOffs).map((lost) => readEntry(lost, 'write_off_id', 'write_off_date')),
        ),
        memos: counting([
          ...of(ledgers.creditMemos).map(readMemo),
          ...reversals.filter((reversal) => cell(reversal, 'reverses') === id).map(readReversal),
          ...(terms.discounts === 'credited' ? of(ledgers.payments).flatMap(readDiscount) : []),
        ]),
      };
    });
}

/** R13.1: an invoice without items is one item. */
function readItems(invoice: Row, rows: readonly Row[]): readonly Item[] {
  const of = (row: Row, id: string): Item => ({
    id,
    category: cell(row, 'category'),
    amount: parseDecimal(cell(row, 'amount')),
    cost: optionalDecimal(row, 'cost'),
  });
  if (rows.length === 0) return [of(invoice, '')];
  return rows.map((row) => of(row, cell(row, 'item_id'))).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function sumOfCosts(items: readonly Item[]): Fraction | undefined {
  const costs = items.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  return costs.length === items.length ? sum(costs) : undefined;
}

/** R16.2: in order of due date; without a schedule one, of the total. */
function readInstalments(invoice: Row, total: Fraction, rows: readonly Row[]): readonly Instalment[] {
  if (rows.length === 0) return [{ dueDay: cell(invoice, 'due_date'), from: ZERO, to: total }];
  const instalments: Instalment[] = [];
  for (const row of [...rows].sort((a, b) => (cell(a, 'due_date') < cell(b, 'due_date') ? -1 : 1))) {
    const from = instalments.at(-1)?.to ?? ZERO;
    const to = add(from, parseDecimal(cell(row, 'amount')));
    instalments.push({ dueDay: cell(row, 'due_date'), from, to });
  }
  return instalments;
}

/** R15.1: the rate of the latest date on or before the booking date. */
function findRate(terms: Terms, rows: Rows, currency: string, bookingDay: Day): Fraction {
  if (currency === terms.currency) return ONE;
  const latest = (rows ?? [])
    .filter((row) => cell(row, 'currency') === currency && cell(row, 'date') <= bookingDay)
    .sort((a, b) => (cell(a, 'date') < cell(b, 'date') ? -1 : 1))
    .at(-1);
  if (latest === undefined) throw new RangeError(`no rate for ${currency} on ${bookingDay}`);
  return parseDecimal(cell(latest, 'rate'));
}

/** R30.2: what was let go counts as cash, or as a credit memo of its own. */
function readPayment(terms: Terms, row: Row): Payment {
  const paid = readEntry(row, 'payment_id', 'payment_date');
  const discount = optionalDecimal(row, 'discount') ?? ZERO;
  const amount = terms.discounts === 'collected' ? add(paid.amount, discount) : paid.amount;
  return { ...paid, amount, collector: cell(row, 'collector_id') };
}

function readDiscount(row: Row): readonly Memo[] {
  const discount = optionalDecimal(row, 'discount') ?? ZERO;
  if (isZero(discount)) return [];
  const paid = readEntry(row, 'payment_id', 'payment_date');
  return [{ ...paid, amount: discount, commissionable: undefined, cost: undefined, rep: '' }];
}

/** R26.1. */
function readMemo(row: Row): Memo {
  return {
    ...readEntry(row, 'credit_memo_id', 'credit_date'),
    commissionable: optionalDecimal(row, 'commissionable'),
    cost: optionalDecimal(row, 'cost'),
    rep: cell(row, 'rep_id'),
  };
}

/** R2.4, R26.1: its own amount and cost say what it takes back; its rep says nothing. */
function readReversal(row: Row): Memo {
  const cost = optionalDecimal(row, 'cost');
  return {
    id: cell(row, 'invoice_id'),
    day: cell(row, 'invoice_date'),
    amount: sub(ZERO, totalOf(row)),
    rank: 0,
    commissionable: sub(ZERO, parseDecimal(cell(row, 'amount'))),
    cost: cost && sub(ZERO, cost),
    rep: '',
  };
}

function isOfOwner(memo: Memo, invoice: Invoice): boolean {
  return memo.rep === '' || invoice.owners.some(({ rep }) => rep === memo.rep);
}

/** R2.1: rows up to the as-of date that name a customer but no invoice. */
function readWaiting(terms: Terms, ledgers: Ledgers, asOf: Day): readonly Waiting[] {
  const columns = {
    creditMemos: ['credit_memo_id', 'credit_date'],
    payments: ['payment_id', 'payment_date'],
    writeOffs: ['write_off_id', 'write_off_date'],
  } as const;
  return LEDGERS.flatMap((ledger) => {
    const [id, day] = columns[ledger];
    return (ledgers[ledger] ?? [])
      .filter((row) => cell(row, 'invoice_id') === '' && cell(row, day) <= asOf)
      .map((row) => ({
        ...readEntry(row, id, day),
        ledger,
        customer: cell(row, 'customer_id'),
        collector: cell(row, 'collector_id'),
        // R15.3.
        currency: cell(row, 'currency') || terms.currency,
      }));
  });
}

/** R2.2: what the customer owes; the amount where the row does not say. */
function totalOf(row: Row): Fraction {
  return parseDecimal(cell(row, 'total') || cell(row, 'amount'));
}

function optionalDecimal(row: Row, column: string): Fraction | undefined {
  const text = cell(row, column);
  return text === '' ? undefined : parseDecimal(text);
}

function readEntry(row: Row, idColumn: string, dayColumn: string): Entry {
  return {
    id: cell(row, idColumn),
    day: cell(row, dayColumn),
    amount: parseDecimal(cell(row, 'amount')),
    rank: 0,
  };
}

/** R2.6, R12.1: without an assignments ledger, the only plan of a credit is everybody's. */
function findAssignedPlan(
  terms: Terms,
  assignments: Rows,
  rep: string,
  day: Day,
  credit: Credit,
): Plan | undefined {
  const plans = terms.plans.filter((plan) => plan.credit === credit);
  if (assignments === undefined) return plans.length === 1 ? plans[0] : undefined;
  return plans.find((plan) =>
    assignments.some(
      (row) => cell(row, 'rep_id') === rep && cell(row, 'plan_id') === plan.id && isOn(row, day),
    ),
  );
}

/** R19.1. */
function findLastDay(terms: Terms, reps: Rows, rep: string): Day | undefined {
  const row = reps?.find((one) => cell(one, 'rep_id') === rep);
  const left = row === undefined ? '' : cell(row, 'left');
  return terms.tailDays === undefined || left === '' ? undefined : addDays(left, terms.tailDays);
}

/** R2.9, R12.5: a quota row names a quarter, a date in it, or a month. */
function readQuota(row: Row, calendar: FiscalCalendar): Quota {
  const named = cell(row, 'quarter');
  const isMonth = /^\d{4}-\d{2}$/.test(named);
  const credit = CREDITS.find((one) => one === (cell(row, 'credit') || 'own')) ?? 'own';
  return {
    rep: cell(row, 'rep_id'),
    credit,
    per: isMonth ? 'month' : 'quarter',
    period: isMonth || named.includes('Q') ? named : calendar.quarterOf(named),
    amount: parseDecimal(cell(row, 'quota')),
  };
}

function readPayEntry(row: Row): PayEntry {
  return {
    id: cell(row, 'entry_id'),
    rep: cell(row, 'rep_id'),
    day: cell(row, 'date'),
    kind: cell(row, 'kind'),
    amount: parseDecimal(cell(row, 'amount')),
    invoice: cell(row, 'invoice_id'),
    reason: cell(row, 'reason'),
  };
}

function readDraw(row: Row): Draw {
  return {
    rep: cell(row, 'rep_id'),
    from: cell(row, 'from'),
    to: cell(row, 'to'),
    amount: parseDecimal(cell(row, 'amount')),
    kind: cell(row, 'kind') === 'guarantee' ? 'guarantee' : 'recoverable',
  };
}

/** R9.2: rows up to the as-of date that name an invoice which is not there. */
function findUnknownInvoices(ledgers: Ledgers, invoices: readonly Invoice[], asOf: Day): SetAside[] {
  const unknown = (
    rows: Rows,
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
    // R21.4: such an entry is used.
    ...unknown(ledgers.entries, 'invoice_id', 'date', 'entry_id'),
    // A split bears no date, so it always counts.
    ...unknown(ledgers.splits, 'invoice_id', '', 'invoice_id'),
  ];
}
