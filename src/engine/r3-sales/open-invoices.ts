/** From invoices and splits to lines: who is credited on each sale, and by which plan (R2.4–R2.6, R3.1, R7.5). */
import type { Amount } from '../../amount.js';
import { type Day, isoOf } from '../../day.js';
import { grouped } from '../../grouped.js';
import { NO_NAME } from '../../names.js';
import type { PlanFinder } from '../../plans/assignments.js';
import type { Plan } from '../../plans/plan.js';
import { exception } from '../../problems/exception.js';
import { ONE, type Ratio } from '../../ratio.js';
import type { Books } from '../r2-ledgers/books.js';
import { findQuarter, outsideCalendar } from '../r2-ledgers/calendar.js';
import { NO_DAY } from '../r2-ledgers/ledger-table.js';
import type { Counter, Fate } from '../r8-results/controls.js';
import { isNews, type Run } from '../run.js';
import { checkCurrency } from './currency.js';
import { Lines } from './lines.js';
import type { Fates } from './sales.js';

/** Every invoice that is a sale of its own (R2.4), in order of invoice id: what becomes of it, and its lines. */
export function openInvoices(
  run: Run,
  planOf: PlanFinder,
  counter: Counter,
): { readonly fates: Fates; readonly lines: Lines } {
  const { books, terms } = run;
  const { invoices } = books;
  const rows = counter.of('invoices');
  const splits = splitsByInvoice(run.books);
  const lines = new Lines(invoices.length + books.splits.length, terms.plans, invoices, run);
  const fates = new Array<Fate | undefined>(invoices.length).fill(undefined);
  const inOrder = invoices.ids.inOrder();
  for (let at = 0; at < inOrder.length; at += 1) {
    const invoice = inOrder[at] as number;
    if (invoices.reverses.has(invoice)) continue;
    const fate = open(run, invoice, splits, planOf, lines);
    fates[invoice] = fate;
    rows.row(
      invoices.rowOf(invoice),
      fate,
      invoices.amounts[invoice] as Amount,
      invoices.totals[invoice] as Amount,
    );
  }
  return { fates, lines };
}

/** A split shares the fate of its invoice. */
export function followSplits({ books, counting, exceptions }: Run, fates: Fates, counter: Counter): void {
  const { length, rowOf, ids, invoices } = books.splits;
  const rows = counter.of('splits');
  for (let split = 0; split < length; split += 1) {
    const invoice = invoices[split] as number;
    rows.row(rowOf(split), fates[invoice] ?? 'setAside', counting.zero, counting.zero);
    if (invoice >= 0) continue;
    const id = ids.at(split);
    const where = { ledger: 'splits', row: rowOf(split), id } as const;
    exceptions.push(exception('unknown-invoice', where, { invoice: id, amount: '' }));
  }
}

/** The splits of each invoice in order of rep id. */
interface SplitsByInvoice {
  /** The splits of invoice `i` are `splits[starts[i]…starts[i + 1])`. */
  readonly starts: Uint32Array;
  readonly splits: Uint32Array;
}

/** R2.5: laid out by rep, and then by invoice; those of no invoice come last. */
function splitsByInvoice({ splits, reps, invoices }: Books): SplitsByInvoice {
  const { length } = splits;
  const ranks = new Uint32Array(reps.length);
  reps.inOrder().forEach((rep, rank) => {
    ranks[rep] = rank;
  });
  const rankOf = splits.reps.map((rep) => ranks[rep] as number);
  const byRep = grouped(rankOf, length, reps.length);
  const invoiceOf = new Uint32Array(length);
  for (let split = 0; split < length; split += 1) {
    const invoice = splits.invoices[split] as number;
    invoiceOf[byRep.places[split] as number] = invoice < 0 ? invoices.length : invoice;
  }
  const byInvoice = grouped(invoiceOf, length, invoices.length + 1);
  const inOrder = new Uint32Array(length);
  for (let split = 0; split < length; split += 1) {
    inOrder[byInvoice.places[byRep.places[split] as number] as number] = split;
  }
  return { starts: byInvoice.starts, splits: inOrder };
}

/** R7.5: an invoice booked after the as-of date is no sale yet. R9.2: one whose reps have no plan is set aside. */
function open(
  run: Run,
  invoice: number,
  { starts, splits }: SplitsByInvoice,
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
  const [first, end] = [starts[invoice] as number, starts[invoice + 1] as number];
  if (first === end) credit(run, invoice, invoices.reps[invoice] as number, ONE, planOf, lines);
  for (let at = first; at < end; at += 1) {
    const split = splits[at] as number;
    // A split of an invoice that is there has its share.
    const share = run.books.splits.shares[split] as Ratio;
    credit(run, invoice, run.books.splits.reps[split] as number, share, planOf, lines);
  }
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

function missesDueDate(run: Run, invoice: number, plan: Plan): void {
  const { ids, rowOf } = run.books.invoices;
  const id = ids.at(invoice);
  if (!isNews(run, 'missing-due-date', id, plan.id)) return;
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column: 'due_date' } as const;
  run.faults.push({ code: 'missing-due-date', place, invoice: id, plan: plan.id });
}
