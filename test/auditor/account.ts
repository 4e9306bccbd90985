// Cash that names a customer but no invoice: what it is applied to, tried out day after day (R2.1, applyCash).

import type { Day } from './calendar.js';
import {
  add,
  decimalTextOf,
  type Fraction,
  isPositive,
  isZero,
  max,
  min,
  sub,
  sum,
  ZERO,
} from './fraction.js';
import type { Entry, Invoice } from './ledgers.js';
import { compareMoments, paymentMoment } from './moments.js';

type Cells = Readonly<Record<string, string>>;

/** R5.8: the ledgers in the order in which they apply on a day. */
export const LEDGERS = ['creditMemos', 'payments', 'writeOffs'] as const;

/** A row without an invoice. */
export interface Waiting extends Entry {
  readonly ledger: (typeof LEDGERS)[number];
  readonly customer: string;
  readonly currency: string;
  /** Empty but for a payment that somebody collected. */
  readonly collector: string;
}

/** What was done with a part of such a row on a day. */
export interface Allocation {
  readonly of: Waiting;
  readonly day: Day;
  readonly amount: Fraction;
  /** Undefined where a row below 0 took the part back, or took one. */
  readonly to: { readonly invoice: Invoice; readonly before: Fraction; readonly after: Fraction } | undefined;
}

/** Rows on account, and what was done with them. */
export interface OnAccount {
  /** With the excess that came to them. */
  readonly waiting: readonly Waiting[];
  readonly made: readonly Allocation[];
}

/** Every allocation up to the as-of date, in the order in which they are made. */
export function allocate(
  invoices: readonly Invoice[],
  given: readonly Waiting[],
  asOf: Day,
  movesExcess: boolean,
): OnAccount {
  const made: Allocation[] = [];
  const waiting = [...given];
  const days = [
    ...waiting.map((row) => row.day),
    ...invoices.flatMap((invoice) => [
      invoice.invoiceDay,
      ...[...invoice.memos, ...invoice.payments, ...invoice.writeOffs].map((entry) => entry.day),
    ]),
  ];
  const customers = [...new Set([...waiting, ...invoices].map((row) => row.customer))].sort();
  for (const day of [...new Set(days)].sort().filter((one) => one <= asOf)) {
    for (const customer of customers) {
      const own = invoices.filter((invoice) => invoice.customer === customer).sort(compareDue);
      if (movesExcess) for (const invoice of own) moveExcess(day, invoice, waiting, made);
      const rows = waiting.filter((row) => row.customer === customer && row.day <= day);
      // R15.3: cash on account goes to invoices of its currency only.
      for (const currency of [...new Set(rows.map((row) => row.currency))].sort()) {
        const of = (one: { readonly currency: string }): boolean => one.currency === currency;
        allocateOn(day, rows.filter(of).sort(compareWaiting), own.filter(of), made);
      }
    }
  }
  return { waiting, made };
}

/** R30.3: cash beyond what is to be collected leaves the invoice, under the id of its last payment so far. */
function moveExcess(day: Day, invoice: Invoice, waiting: Waiting[], made: Allocation[]): void {
  if (!isPositive(invoice.total)) return;
  const excess = sub(sumOn(day, invoice, 'payments', made), collectibleOn(day, invoice, made));
  const applied = made.flatMap(({ of, day: on, amount, to }, at) =>
    of.ledger === 'payments' && to?.invoice === invoice && isPositive(amount)
      ? [{ id: of.id, day: on, amount, rank: 1 + at, collector: of.collector }]
      : [],
  );
  const last = [...invoice.payments, ...applied]
    // R2.4: a refund is no payment.
    .filter((payment) => payment.day <= day && isPositive(payment.amount))
    .sort((a, b) => compareMoments(paymentMoment(a), paymentMoment(b)))
    .at(-1);
  if (!isPositive(excess) || last === undefined) return;
  const { customer, currency } = invoice;
  const row = { ...last, day, amount: excess, ledger: 'payments', customer, currency } as const;
  waiting.push(row);
  const before = leftToClose(day, invoice, made);
  const to = { invoice, before, after: isZero(before) ? ZERO : add(before, excess) };
  made.push({ of: { ...row }, day, amount: sub(ZERO, excess), to });
}

function allocateOn(day: Day, rows: readonly Waiting[], own: readonly Invoice[], made: Allocation[]): void {
  const givers = rows.filter((row) => isPositive(row.amount));
  // A row below 0 takes from its own ledger on its own day, before anything of the day is applied.
  for (const taker of rows.filter((row) => row.day === day && !isPositive(row.amount))) {
    for (const giver of givers.filter((row) => row.ledger === taker.ledger)) {
      const amount = min(leftOf(giver, made), sub(ZERO, leftOf(taker, made)));
      if (!isPositive(amount)) continue;
      made.push({ of: giver, day, amount, to: undefined });
      made.push({ of: taker, day, amount: sub(ZERO, amount), to: undefined });
    }
  }
  for (;;) {
    const giver = givers.find((row) => isPositive(leftOf(row, made)));
    const invoice = own.find((one) => isPositive(openOn(day, one, made)));
    if (giver === undefined || invoice === undefined) return;
    const before = neededOn(day, invoice, giver.ledger, made);
    const amount = min(leftOf(giver, made), before);
    made.push({ of: giver, day, amount, to: { invoice, before, after: sub(before, amount) } });
  }
}

/** What closes an open invoice: what is open, and what the ledger stands below 0. */
function neededOn(
  day: Day,
  invoice: Invoice,
  ledger: Waiting['ledger'],
  made: readonly Allocation[],
): Fraction {
  return sub(openOn(day, invoice, made), min(ZERO, sumOn(day, invoice, ledger, made)));
}

/** R5: the total less what was credited, received and written off by the end of a day; nothing before it is invoiced. */
function openOn(day: Day, invoice: Invoice, made: readonly Allocation[]): Fraction {
  return max(ZERO, leftToClose(day, invoice, made));
}

/** The same, below 0 where there is more than enough. */
function leftToClose(day: Day, invoice: Invoice, made: readonly Allocation[]): Fraction {
  if (invoice.invoiceDay > day || !isPositive(invoice.total)) return ZERO;
  const cash = sumOn(day, invoice, 'payments', made);
  const lost = sumOn(day, invoice, 'writeOffs', made);
  const T = collectibleOn(day, invoice, made);
  return sub(sub(T, max(ZERO, cash)), max(ZERO, lost));
}

/** T by the end of a day. */
function collectibleOn(day: Day, invoice: Invoice, made: readonly Allocation[]): Fraction {
  const memos = sumOn(day, invoice, 'creditMemos', made);
  return sub(invoice.total, max(ZERO, min(memos, invoice.total)));
}

/** What a ledger comes to on an invoice by the end of a day. */
function sumOn(day: Day, invoice: Invoice, ledger: Waiting['ledger'], made: readonly Allocation[]): Fraction {
  const { memos, payments, writeOffs } = invoice;
  const named = { creditMemos: memos, payments, writeOffs }[ledger].filter((entry) => entry.day <= day);
  const allocated = made.filter(({ of, to }) => of.ledger === ledger && to?.invoice === invoice);
  return sum([...named, ...allocated].map(({ amount }) => amount));
}

/** What was neither applied nor taken back of a row. */
export function leftOf(row: Waiting, made: readonly Allocation[]): Fraction {
  return sub(row.amount, sum(made.filter(({ of }) => of === row).map(({ amount }) => amount)));
}

/** The invoice with what was applied to it as rows of its own, after those that name it. */
export function withAllocations(invoice: Invoice, made: readonly Allocation[]): Invoice {
  const applied = made.flatMap(({ of, day, amount, to }, at) =>
    to?.invoice === invoice
      ? [{ ledger: of.ledger, id: of.id, collector: of.collector, day, amount, rank: 1 + at }]
      : [],
  );
  const inProportion = { commissionable: undefined, cost: undefined, rep: '' };
  return {
    ...invoice,
    memos: [
      ...invoice.memos,
      ...applied.filter(({ ledger }) => ledger === 'creditMemos').map((row) => ({ ...row, ...inProportion })),
    ],
    payments: [...invoice.payments, ...applied.filter(({ ledger }) => ledger === 'payments')],
    writeOffs: [...invoice.writeOffs, ...applied.filter(({ ledger }) => ledger === 'writeOffs')],
  };
}

/** The rows of applied.csv: what was applied, then what is left. */
export function appliedRows(
  waiting: readonly Waiting[],
  made: readonly Allocation[],
  digits: number,
): readonly Cells[] {
  const text = (amount: Fraction): string => decimalTextOf(amount, digits);
  const about = (row: Waiting): Cells => ({
    ledger: row.ledger,
    source_id: row.id,
    customer_id: row.customer,
    date: row.day,
    amount: text(row.amount),
  });
  const allocated = [...made]
    .sort((a, b) => compareText(a.day, b.day) || compareLedgerAndId(a.of, b.of))
    .map(({ of, day, amount, to }) => ({
      ...about(of),
      invoice_id: to?.invoice.id ?? '',
      due_date: to === undefined ? '' : firstDueDayOf(to.invoice),
      applied_date: day,
      open_before: to === undefined ? '' : text(to.before),
      applied: text(amount),
      open_after: to === undefined ? '' : text(to.after),
      left: '',
    }));
  const left = [...waiting]
    .filter((row) => !isZero(leftOf(row, made)))
    .sort(
      (a, b) => compareLedgerAndId(a, b) || compareText(a.customer, b.customer) || compareText(a.day, b.day),
    )
    .map((row) => ({
      ...about(row),
      invoice_id: '',
      due_date: '',
      applied_date: '',
      open_before: '',
      applied: '',
      open_after: '',
      left: text(leftOf(row, made)),
    }));
  return [...allocated, ...left];
}

/** The oldest first. */
function compareWaiting(a: Waiting, b: Waiting): number {
  return compareText(a.day, b.day) || compareLedgerAndId(a, b);
}

function compareLedgerAndId(a: Waiting, b: Waiting): number {
  return LEDGERS.indexOf(a.ledger) - LEDGERS.indexOf(b.ledger) || compareText(a.id, b.id);
}

/** By due date, or invoice date where there is none, then by id. */
function compareDue(a: Invoice, b: Invoice): number {
  return (
    compareText(firstDueDayOf(a) || a.invoiceDay, firstDueDayOf(b) || b.invoiceDay) || compareText(a.id, b.id)
  );
}

/** R16.2: of an invoice with a schedule, when its first instalment is due. */
function firstDueDayOf({ instalments }: Invoice): Day {
  return instalments[0]?.dueDay ?? '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
