/** From ledger entries to sales: who is credited on each invoice, and what happened to it (R2.4–R2.6, R3.1, R7.5). */
import { isoOf, later } from '../../day.js';
import type { Units } from '../../money.js';
import { type PlanFinder, planFinder } from '../../plans/assignments.js';
import type { Plan } from '../../plans/plan.js';
import { exception } from '../../problems/exception.js';
import { findNearest } from '../../problems/nearest.js';
import type { LedgerName } from '../../problems/place.js';
import { ONE, type Ratio, times, ZERO } from '../../ratio.js';
import type { CashEntry, Invoice, Split } from '../r2-ledgers/books.js';
import { findQuarter, outsideCalendar } from '../r2-ledgers/calendar.js';
import { byDayAndOrder, type Cause } from '../r6-postings/order-of-day.js';
import { Counter, type Fate } from '../r8-results/controls.js';
import { inWords, isNews, type Run } from '../run.js';
import { type AppliedCash, isOnAccount } from './apply-cash.js';
import type { KnownInvoice, KnownInvoices, Sale } from './line.js';
import { addCashOnAccount } from './on-account.js';

export interface Sales {
  /** Invoices booked up to the as-of date with at least one line, in the order given. */
  readonly sales: readonly Sale[];
  readonly counter: Counter;
  readonly planOf: PlanFinder;
  readonly applied: AppliedCash;
}

/** Makes sales of the books and finds the faults and exceptions of meaning on the way. */
export function openSales(run: Run): Sales {
  const planOf = checkPlans(run) ? planFinder(run.terms, run.books.assignments) : () => undefined;
  const counter = new Counter(run.books);
  const known = openInvoices(run, planOf, counter);
  followSplits(run, known, counter);
  addEntries(run, known, counter);
  const applied = addCashOnAccount(run, known, counter);
  countAgreements(run, counter);
  const sales = [...known.values()].flatMap(({ sale }) => sale ?? []);
  for (const { events } of sales) events.sort(byDayAndOrder);
  return { sales, counter, planOf, applied };
}

/** Every invoice that is a sale of its own (R2.4). */
function openInvoices(run: Run, planOf: PlanFinder, counter: Counter): KnownInvoices {
  const splits = splitsByInvoice(run.books.splits);
  const known = new Map<string, KnownInvoice>();
  for (const invoice of run.books.invoices) {
    if (invoice.reverses !== undefined) continue;
    const entry = open(run, invoice, splits.get(invoice.id), planOf);
    known.set(invoice.id, entry);
    counter.row('invoices', invoice.row, entry.fate, invoice.amount, invoice.total);
  }
  return known;
}

/** A split shares the fate of its invoice. */
function followSplits(run: Run, known: KnownInvoices, counter: Counter): void {
  for (const { row, invoice } of run.books.splits) {
    counter.row('splits', row, known.get(invoice)?.fate ?? 'setAside', 0n);
    if (known.has(invoice)) continue;
    const where = { ledger: 'splits', row, id: invoice } as const;
    run.exceptions.push(exception('unknown-invoice', where, { invoice, amount: '' }));
  }
}

/** What happened to the invoices: cash, write-offs, credit memos, and the invoices that reverse others (R2.4). */
function addEntries(run: Run, known: KnownInvoices, counter: Counter): void {
  const { payments, writeOffs, creditMemos, invoices } = run.books;
  const add = (ledger: LedgerName, entry: CashEntry, cause: Cause, counted = entry.amount, total = 0n) => {
    if (isOnAccount(run, entry)) return;
    counter.row(ledger, entry.row, addEntry(run, known, ledger, entry, cause, counted), counted, total);
  };
  for (const entry of payments) add('payments', entry, entry.amount < 0n ? 'refunded' : 'collected');
  // An amount that was paid on a day nobody knows is never dated today.
  for (const { row, id, amount } of run.books.undated) {
    counter.row('payments', row, 'setAside', amount);
    const where = { ledger: 'payments', row, id } as const;
    run.exceptions.push(exception('undated-payment', where, { amount: inWords(run, amount) }));
  }
  for (const entry of writeOffs) {
    add('writeOffs', entry, entry.amount < 0n ? 'write-off-reversed' : 'written-off');
  }
  for (const entry of creditMemos) add('creditMemos', entry, 'credited');
  for (const invoice of invoices) {
    if (invoice.reverses === undefined) continue;
    if (invoice.invoiced <= run.asOf) checkCurrency(run, invoice);
    add('invoices', asCreditMemo(invoice), 'credited', invoice.amount, invoice.total);
  }
}

/** Assignments, quotas and the calendar are used as they stand. */
function countAgreements({ books, asOf }: Run, counter: Counter): void {
  for (const { row, from } of books.assignments ?? []) {
    counter.row('assignments', row, from > asOf ? 'later' : 'used', 0n);
  }
  for (const { row, quota } of books.quotas) counter.row('quotas', row, 'used', quota);
  const calendarRows = books.rows.get('calendar') as number;
  for (let row = 0; row < calendarRows; row += 1) counter.row('calendar', row, 'used', 0n);
}

/** R2.6, R9.1: whether it is plain which plan a line is paid by. */
function checkPlans({ terms, books, asOf, doubtful, faults }: Run): boolean {
  const ids = terms.plans.map((plan) => plan.id);
  if (books.assignments === undefined && ids.length > 1) {
    faults.push({ code: 'which-plan', place: { kind: 'terms', path: ['plans'] }, plans: ids });
    return false;
  }
  for (const { row, plan, from } of books.assignments ?? []) {
    if (from > asOf || ids.includes(plan) || doubtful.plans) continue;
    const place = { kind: 'row', ledger: 'assignments', row, column: 'plan_id' } as const;
    faults.push({ code: 'unknown-plan', place, plan, plans: ids, nearest: findNearest(plan, ids) });
  }
  return true;
}

function splitsByInvoice(splits: readonly Split[]): ReadonlyMap<string, Split[]> {
  const byInvoice = new Map<string, Split[]>();
  for (const split of splits) {
    const own = byInvoice.get(split.invoice);
    if (own === undefined) byInvoice.set(split.invoice, [split]);
    else own.push(split);
  }
  return byInvoice;
}

/** R7.5: an invoice booked after the as-of date is no sale yet. R9.2: one whose reps have no plan is set aside. */
function open(
  run: Run,
  invoice: Invoice,
  splits: readonly Split[] | undefined,
  planOf: PlanFinder,
): KnownInvoice {
  if (invoice.booking > run.asOf) {
    // Cash on account may be applied to it all the same.
    if (run.terms.applyCash !== 'none' && invoice.invoiced <= run.asOf) checkCurrency(run, invoice);
    return { fate: 'later' };
  }
  checkInvoice(run, invoice);
  const sale: Sale = { invoice, events: [], lines: [] };
  const credited = splits ?? [{ rep: invoice.rep, share: ONE }];
  for (const { rep, share } of credited) {
    const plan = planOf(rep, invoice.booking);
    if (plan !== undefined) {
      // A split of an invoice that is there has its share.
      addLine(run, sale, rep, plan, share as Ratio);
      continue;
    }
    const where = { ledger: 'invoices', row: invoice.row, id: invoice.id } as const;
    run.exceptions.push(exception('no-plan', where, { rep, booked: isoOf(invoice.booking) }));
  }
  return sale.lines.length === 0 ? { fate: 'setAside' } : { fate: 'used', sale };
}

function checkInvoice(run: Run, invoice: Invoice): void {
  const { row, booking, invoiced } = invoice;
  checkCurrency(run, invoice);
  // R2.7: a booking needs a quarter. What happens before it waits for the earn date, and what happens from then to the
  // as-of date lies in the calendar with both.
  if (findQuarter(run.calendar, booking) === undefined) {
    const column = booking === invoiced ? 'invoice_date' : 'booking_date';
    const place = { kind: 'row', ledger: 'invoices', row, column } as const;
    run.faults.push(outsideCalendar(place, booking, run.calendar));
  }
}

function checkCurrency({ terms, doubtful, faults }: Run, { row, currency }: Invoice): void {
  const expected = terms.currency.code;
  if (currency === undefined || currency === expected || doubtful.currency) return;
  const place = { kind: 'row', ledger: 'invoices', row, column: 'currency' } as const;
  faults.push({ code: 'other-currency', place, found: currency, expected });
}

function addLine(run: Run, sale: Sale, rep: string, plan: Plan, share: Ratio): void {
  const { invoice } = sale;
  const quarter = findQuarter(run.calendar, invoice.booking);
  if (quarter === undefined) return;
  const row = { kind: 'row', ledger: 'invoices', row: invoice.row } as const;
  if (
    plan.clawback?.pastDueDays !== undefined &&
    invoice.total > 0n &&
    invoice.due === undefined &&
    isNews(run, 'missing-due-date', invoice.id, plan.id)
  ) {
    const place = { ...row, column: 'due_date' };
    run.faults.push({ code: 'missing-due-date', place, invoice: invoice.id, plan: plan.id });
  }
  sale.lines.push({
    sale,
    rep,
    plan,
    quarter,
    earnDay: plan.earnOn === 'booking' ? invoice.booking : later(invoice.booking, invoice.invoiced),
    revenue: times({ n: invoice.amount, d: 1n }, share),
    grossProfit: grossProfitOf(invoice, share),
    pricing: { kind: 'fixed', rate: ZERO },
  });
}

/** R3.1: (amount − cost) × share, but never of the opposite sign of the amount. */
function grossProfitOf({ amount, cost }: Invoice, share: Ratio): Ratio | undefined {
  if (cost === undefined) return undefined;
  const profit = amount - cost;
  return profit * amount <= 0n ? ZERO : times({ n: profit, d: 1n }, share);
}

/**
 * Adds an entry to the sale it names and tells what became of it.
 *
 * @param counted - the amount of the row in the control totals: that of a reversing invoice is not what it credits
 */
function addEntry(
  run: Run,
  known: KnownInvoices,
  ledger: LedgerName,
  entry: CashEntry,
  cause: Cause,
  counted: Units,
): Fate {
  const { row, id, invoice, day, amount } = entry;
  if (day > run.asOf) return 'later';
  const where = { ledger, row, id };
  if (invoice === '') {
    run.exceptions.push(exception('unapplied', where, { amount: inWords(run, amount) }));
    return 'setAside';
  }
  const named = known.get(invoice);
  if (named === undefined) {
    run.exceptions.push(exception('unknown-invoice', where, { invoice, amount: inWords(run, counted) }));
    return 'setAside';
  }
  if (named.sale === undefined) return named.fate;
  const total = named.sale.invoice.total;
  if (cause === 'credited' && total <= 0n) {
    const facts = { credited: inWords(run, amount), total: inWords(run, total) };
    run.exceptions.push(exception('over-credited', where, facts));
    return 'setAside';
  }
  named.sale.events.push({ day, cause, source: id, amount });
  return 'used';
}

/** R2.4: a reversing invoice is a credit memo of −total, on its invoice date, with its id. */
function asCreditMemo({ row, id, customer, reverses, invoiced, total }: Invoice): CashEntry {
  return { row, id, invoice: reverses as string, customer, day: invoiced, amount: -total };
}
