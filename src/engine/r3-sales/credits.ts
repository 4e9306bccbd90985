/** From invoices and splits to lines: who is credited on each sale, and by which plan (R2.4–R2.6, R3.1, R7.5). */
import { amountAt } from '../../amount.js';
import { dayAt, isoOf } from '../../day.js';
import { grouped } from '../../grouped.js';
import { NO_NAME } from '../../names.js';
import { type PlanFinder, planFinder } from '../../plans/assignments.js';
import type { Plan } from '../../plans/plan.js';
import { exception } from '../../problems/exception.js';
import { findNearest } from '../../problems/nearest.js';
import { ONE, type Ratio } from '../../ratio.js';
import type { Findings } from '../findings.js';
import { type Fate, Fates } from '../r1-words/fates.js';
import type { Books } from '../r2-ledgers/books.js';
import { findQuarter, outsideCalendar } from '../r2-ledgers/calendar.js';
import type { Setting } from '../setting.js';
import { checkCurrency } from './currency.js';
import type { Dues } from './dues.js';
import { LineMaker, type Lines } from './lines.js';

/** Who is credited on which invoice. */
export interface Credits {
  readonly lines: Lines;
  /** Of the invoices that are sales of their own (R2.4): those that are used have at least one line. */
  readonly fates: Fates;
  /** A split shares the fate of its invoice. */
  readonly splitFates: Fates;
  readonly planOf: PlanFinder;
}

/** Credits every invoice that is a sale of its own to its reps, in order of invoice id. */
export function creditsOf(setting: Setting, dues: Dues, findings: Findings): Credits {
  const { books, terms, counting } = setting;
  const { invoices, splits } = books;
  const isPlain = checkPlans(setting, findings);
  const planOf = isPlain ? planFinder(terms, books.assignments) : () => undefined;
  const maker = new LineMaker(invoices.length + splits.length, terms.plans, invoices, counting);
  const crediting: Crediting = { setting, dues, findings, planOf, maker, byInvoice: splitsByInvoice(books) };
  const fates = new Fates(invoices.length);
  for (const invoice of invoices.ids.inOrder()) {
    if (!invoices.reverses.has(invoice)) fates.set(invoice, creditInvoice(crediting, invoice));
  }
  return { lines: maker.lines(), fates, splitFates: splitFatesOf(setting, findings, fates), planOf };
}

/** What crediting works with. */
interface Crediting {
  readonly setting: Setting;
  readonly dues: Dues;
  readonly findings: Findings;
  readonly planOf: PlanFinder;
  readonly maker: LineMaker;
  readonly byInvoice: SplitsByInvoice;
}

/** R2.6, R9.1: whether it is clear which plan pays a line. */
function checkPlans({ terms, books, asOf, doubtful }: Setting, findings: Findings): boolean {
  const ids = terms.plans.map((plan) => plan.id);
  if (books.assignments === undefined && ids.length > 1) {
    findings.addFault({ code: 'which-plan', place: { kind: 'terms', path: ['plans'] }, plans: ids });
    return false;
  }
  for (const { row, plan, from } of books.assignments ?? []) {
    if (from > asOf || ids.includes(plan) || doubtful.plans) continue;
    const place = { kind: 'row', ledger: 'assignments', row, column: 'plan_id' } as const;
    findings.addFault({ code: 'unknown-plan', place, plan, plans: ids, nearest: findNearest(plan, ids) });
  }
  return true;
}

/** A split of an invoice that is not there is set aside. */
function splitFatesOf({ books }: Setting, findings: Findings, invoiceFates: Fates): Fates {
  const { length, rowOf, ids, invoices } = books.splits;
  const fates = new Fates(length);
  for (let split = 0; split < length; split += 1) {
    const invoice = invoices[split] as number;
    fates.set(split, invoiceFates.find(invoice) ?? 'setAside');
    if (invoice >= 0) continue;
    const id = ids.at(split);
    const where = { ledger: 'splits', row: rowOf(split), id } as const;
    findings.addException(exception('unknown-invoice', where, { invoice: id, amount: '' }));
  }
  return fates;
}

/** The splits of each invoice in order of rep id. */
interface SplitsByInvoice {
  /** The splits of invoice `i` are `splits[starts[i]…starts[i + 1])`. */
  readonly starts: Uint32Array;
  readonly splits: Uint32Array;
}

/** R2.5: arranged by rep, and then by invoice; those of no invoice come last. */
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
function creditInvoice(crediting: Crediting, invoice: number): Fate {
  const { setting, findings, maker, byInvoice } = crediting;
  const { books, asOf, terms } = setting;
  const { invoices, splits } = books;
  if (dayAt(invoices.bookings, invoice) > asOf) {
    // Cash on account may be applied to it all the same.
    const isOpen = terms.applyCash !== 'none' && dayAt(invoices.invoiced, invoice) <= asOf;
    if (isOpen) checkCurrency(setting, findings, invoice);
    return 'later';
  }
  checkCurrency(setting, findings, invoice);
  if (!checkBooking(setting, findings, invoice)) return 'setAside';
  const before = maker.length;
  const [first, end] = [byInvoice.starts[invoice] as number, byInvoice.starts[invoice + 1] as number];
  if (first === end) creditRep(crediting, invoice, invoices.reps[invoice] as number, ONE);
  for (let at = first; at < end; at += 1) {
    const split = byInvoice.splits[at] as number;
    // A split of an invoice that is there has its share.
    creditRep(crediting, invoice, splits.reps[split] as number, splits.shares[split] as Ratio);
  }
  return maker.length === before ? 'setAside' : 'used';
}

/** Adds a rep's line, where the rep has a plan on the booking date (R2.6). */
function creditRep(crediting: Crediting, invoice: number, rep: number, share: Ratio): void {
  const { setting, dues, findings, planOf, maker } = crediting;
  const { invoices, reps } = setting.books;
  const booking = dayAt(invoices.bookings, invoice);
  // Blank only where a split at fault may name the rep.
  const name = rep === NO_NAME ? '' : reps.nameOf(rep);
  const plan = planOf(name, booking);
  if (plan === undefined) {
    const where = { ledger: 'invoices', row: invoices.rowOf(invoice), id: invoices.ids.at(invoice) } as const;
    findings.addException(exception('no-plan', where, { rep: name, booked: isoOf(booking) }));
    return;
  }
  const isDueNeeded = plan.clawback?.pastDueDays !== undefined && amountAt(invoices.totals, invoice) > 0;
  if (isDueNeeded && !dues.isDated(invoice)) missesDueDate(setting, findings, invoice, plan);
  maker.add(invoice, rep, plan, share);
}

/**
 * R2.7: whether the booking has a quarter, which it needs. What happens before it waits for the earn date, and what
 * happens from then to the as-of date lies in the calendar with both.
 */
function checkBooking({ calendar, books }: Setting, findings: Findings, invoice: number): boolean {
  const { rowOf, invoiced, bookings } = books.invoices;
  const booking = dayAt(bookings, invoice);
  if (findQuarter(calendar, booking) !== undefined) return true;
  const column = booking === dayAt(invoiced, invoice) ? 'invoice_date' : 'booking_date';
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column } as const;
  findings.addFault(outsideCalendar(place, booking, calendar));
  return false;
}

function missesDueDate({ books }: Setting, findings: Findings, invoice: number, plan: Plan): void {
  const { ids, rowOf } = books.invoices;
  const id = ids.at(invoice);
  if (!findings.isFirst('missing-due-date', id, plan.id)) return;
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column: 'due_date' } as const;
  findings.addFault({ code: 'missing-due-date', place, invoice: id, plan: plan.id });
}
