// Cash that names a customer but no invoice: what it is applied to, tried out day after day (R2.1, applyCash).

import type { Day } from './calendar.js';
import { decimalTextOf, type Fraction, isPositive, isZero, max, min, sub, sum, ZERO } from './fraction.js';
import type { Entry, Invoice } from './ledgers.js';

type Cells = Readonly<Record<string, string>>;

/** R5.8: the ledgers in the order in which they apply on a day. */
export const LEDGERS = ['creditMemos', 'payments', 'writeOffs'] as const;

/** A row without an invoice. */
export interface Waiting extends Entry {
  readonly ledger: (typeof LEDGERS)[number];
  readonly customer: string;
}

/** What was done with a part of such a row on a day. */
export interface Allocation {
  readonly of: Waiting;
  readonly day: Day;
  readonly amount: Fraction;
  /** Undefined where a row below 0 took the part back, or took one. */
  readonly to: { readonly invoice: Invoice; readonly before: Fraction; readonly after: Fraction } | undefined;
}

/** Every allocation up to the as-of date, in the order in which they are made. */
export function allocate(
  invoices: readonly Invoice[],
  waiting: readonly Waiting[],
  asOf: Day,
): readonly Allocation[] {
  const made: Allocation[] = [];
  const days = [
    ...waiting.map((row) => row.day),
    ...invoices.flatMap((invoice) => [
      invoice.invoiceDay,
      ...[...invoice.memos, ...invoice.payments, ...invoice.writeOffs].map((entry) => entry.day),
    ]),
  ];
  const customers = [...new Set(waiting.map((row) => row.customer))].sort();
  for (const day of [...new Set(days)].sort().filter((one) => one <= asOf)) {
    for (const customer of customers) allocateOn(day, customer, invoices, waiting, made);
  }
  return made;
}

function allocateOn(
  day: Day,
  customer: string,
  invoices: readonly Invoice[],
  waiting: readonly Waiting[],
  made: Allocation[],
): void {
  const rows = waiting.filter((row) => row.customer === customer && row.day <= day).sort(compareWaiting);
  const own = invoices.filter((invoice) => invoice.customer === customer).sort(compareDue);
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
  if (invoice.invoiceDay > day || !isPositive(invoice.total)) return ZERO;
  const memos = sumOn(day, invoice, 'creditMemos', made);
  const cash = sumOn(day, invoice, 'payments', made);
  const lost = sumOn(day, invoice, 'writeOffs', made);
  const T = sub(invoice.total, max(ZERO, min(memos, invoice.total)));
  return max(ZERO, sub(sub(T, max(ZERO, cash)), max(ZERO, lost)));
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
  const of = (ledger: Waiting['ledger']): readonly Entry[] =>
    made.flatMap((allocation, at) =>
      allocation.of.ledger === ledger && allocation.to?.invoice === invoice
        ? [{ id: allocation.of.id, day: allocation.day, amount: allocation.amount, rank: 1 + at }]
        : [],
    );
  return {
    ...invoice,
    memos: [...invoice.memos, ...of('creditMemos')],
    payments: [...invoice.payments, ...of('payments')],
    writeOffs: [...invoice.writeOffs, ...of('writeOffs')],
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
      due_date: to?.invoice.dueDay ?? '',
      applied_date: day,
      open_before: to === undefined ? '' : text(to.before),
      applied: text(amount),
      open_after: to === undefined ? '' : text(to.after),
      left: '',
    }));
  const left = [...waiting]
    .filter((row) => !isZero(leftOf(row, made)))
    .sort(compareLedgerAndId)
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
  return compareText(a.dueDay || a.invoiceDay, b.dueDay || b.invoiceDay) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
