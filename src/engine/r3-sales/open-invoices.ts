/** From invoices and splits to lines: who is credited on each sale, and by which plan (R2.4–R2.6, R3.1, R7.5). */
import type { Amount } from '../../amount.js';
import { type Day, isoOf } from '../../day.js';
import { NO_NAME } from '../../names.js';
import { byCodeUnit } from '../../order.js';
import type { PlanFinder } from '../../plans/assignments.js';
import type { Plan } from '../../plans/plan.js';
import { exception } from '../../problems/exception.js';
import { ONE, type Ratio } from '../../ratio.js';
import { findQuarter, outsideCalendar } from '../r2-ledgers/calendar.js';
import { NO_DAY } from '../r2-ledgers/ledger-table.js';
import type { Counter, Fate } from '../r8-results/controls.js';
import { isNews, type Run } from '../run.js';
import { Lines } from './lines.js';
import type { Fates } from './sales.js';

/** A rep's share of an invoice, by the rep's number. */
interface Credit {
  readonly rep: number;
  /** Undefined only in a run that is refused. */
  readonly share: Ratio | undefined;
}

/** Every invoice that is a sale of its own (R2.4), in order of invoice id: what becomes of it, and its lines. */
export function openInvoices(
  run: Run,
  planOf: PlanFinder,
  counter: Counter,
): { readonly fates: Fates; readonly lines: Lines } {
  const { books, counting, terms } = run;
  const { invoices } = books;
  const rows = counter.of('invoices');
  const splits = splitsByInvoice(run);
  const lines = new Lines(invoices.length + books.splits.length, terms.plans, invoices, counting);
  const fates = new Array<Fate | undefined>(invoices.length).fill(undefined);
  for (const invoice of invoices.ids.inOrder()) {
    if (invoices.reverses.has(invoice)) continue;
    const fate = open(run, invoice, splits.get(invoice), planOf, lines);
    fates[invoice] = fate;
    const [amount, total] = [invoices.amounts[invoice] as Amount, invoices.totals[invoice] as Amount];
    rows.row(invoices.rowOf(invoice), fate, amount, total);
  }
  return { fates, lines };
}

/** A split shares the fate of its invoice. */
export function followSplits({ books, counting, exceptions }: Run, fates: Fates, counter: Counter): void {
  const { splits, invoices } = books;
  for (const { row, invoice: id } of splits) {
    const invoice = invoices.sales.findText(id);
    counter.of('splits').row(row, fates[invoice] ?? 'setAside', counting.zero, counting.zero);
    if (invoice >= 0) continue;
    exceptions.push(exception('unknown-invoice', { ledger: 'splits', row, id }, { invoice: id, amount: '' }));
  }
}

/** R2.5: the splits of each invoice in order of rep id, by the invoice's number. */
function splitsByInvoice({ books }: Run): ReadonlyMap<number, readonly Credit[]> {
  const byInvoice = new Map<number, Credit[]>();
  const inOrder = books.splits.toSorted((a, b) => byCodeUnit(a.rep, b.rep));
  for (const { invoice: id, rep, share } of inOrder) {
    const invoice = books.invoices.sales.findText(id);
    const credit = { rep: books.reps.numberOf(rep), share };
    const own = byInvoice.get(invoice);
    if (own === undefined) byInvoice.set(invoice, [credit]);
    else own.push(credit);
  }
  return byInvoice;
}

/** R7.5: an invoice booked after the as-of date is no sale yet. R9.2: one whose reps have no plan is set aside. */
function open(
  run: Run,
  invoice: number,
  splits: readonly Credit[] | undefined,
  planOf: PlanFinder,
  lines: Lines,
): Fate {
  const { invoices } = run.books;
  if ((invoices.bookings[invoice] as Day) > run.asOf) {
    // Cash on account may be applied to it all the same.
    const isOpen = run.terms.applyCash !== 'none' && (invoices.invoiced[invoice] as Day) <= run.asOf;
    if (isOpen) checkCurrency(run, invoice);
    return 'later';
  }
  checkCurrency(run, invoice);
  if (!checkBooking(run, invoice)) return 'setAside';
  const before = lines.length;
  if (splits === undefined) credit(run, invoice, invoices.reps[invoice] as number, ONE, planOf, lines);
  // A split of an invoice that is there has its share.
  else for (const { rep, share } of splits) credit(run, invoice, rep, share as Ratio, planOf, lines);
  return lines.length === before ? 'setAside' : 'used';
}

/** Adds a rep's line, where the rep has a plan on the booking date (R2.6). */
function credit(
  run: Run,
  invoice: number,
  rep: number,
  share: Ratio,
  planOf: PlanFinder,
  lines: Lines,
): void {
  const { invoices, reps } = run.books;
  const booking = invoices.bookings[invoice] as Day;
  // Blank only where a split at fault may name the rep.
  const name = rep === NO_NAME ? '' : reps.nameOf(rep);
  const plan = planOf(name, booking);
  if (plan === undefined) {
    const where = { ledger: 'invoices', row: invoices.rowOf(invoice), id: invoices.ids.at(invoice) } as const;
    run.exceptions.push(exception('no-plan', where, { rep: name, booked: isoOf(booking) }));
    return;
  }
  const isDueNeeded = plan.clawback?.pastDueDays !== undefined && (invoices.totals[invoice] as Amount) > 0;
  if (isDueNeeded && invoices.due[invoice] === NO_DAY) missesDueDate(run, invoice, plan);
  lines.add(invoice, rep, plan, share);
}

/**
 * R2.7: whether the booking has a quarter, which it needs. What happens before it waits for the earn date, and what
 * happens from then to the as-of date lies in the calendar with both.
 */
function checkBooking({ calendar, books, faults }: Run, invoice: number): boolean {
  const { rowOf, invoiced, bookings } = books.invoices;
  const booking = bookings[invoice] as Day;
  if (findQuarter(calendar, booking) !== undefined) return true;
  const column = booking === invoiced[invoice] ? 'invoice_date' : 'booking_date';
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column } as const;
  faults.push(outsideCalendar(place, booking, calendar));
  return false;
}

export function checkCurrency({ terms, doubtful, faults, books }: Run, invoice: number): void {
  const { currencies, rowOf } = books.invoices;
  if (currencies.size === 0) return;
  const currency = currencies.get(invoice);
  const expected = terms.currency.code;
  if (currency === undefined || currency === expected || doubtful.currency) return;
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column: 'currency' } as const;
  faults.push({ code: 'other-currency', place, found: currency, expected });
}

function missesDueDate(run: Run, invoice: number, plan: Plan): void {
  const { ids, rowOf } = run.books.invoices;
  const id = ids.at(invoice);
  if (!isNews(run, 'missing-due-date', id, plan.id)) return;
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column: 'due_date' } as const;
  run.faults.push({ code: 'missing-due-date', place, invoice: id, plan: plan.id });
}
