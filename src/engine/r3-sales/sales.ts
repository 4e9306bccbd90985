/** From ledger entries to sales: who is credited on each invoice, and what happened to it (R2.4–R2.6, R3.1, R7.5). */
import { type PlanFinder, planFinder } from '../../plans/assignments.js';
import { findNearest } from '../../problems/nearest.js';
import { Counter, type Fate } from '../r8-results/controls.js';
import type { Run } from '../run.js';
import { addEntries } from './add-entries.js';
import { type AppliedCash, applyCash } from './apply-cash.js';
import type { Lines } from './lines.js';
import { addCashOnAccount } from './on-account.js';
import { followSplits, openInvoices } from './open-invoices.js';
import { EventGatherer, type SaleEvents } from './sale-events.js';

/** The sales: invoices booked up to the as-of date with at least one line. */
export interface Sales {
  /** By invoice; an invoice that is used is a sale. */
  readonly fates: Fates;
  readonly lines: Lines;
  readonly events: SaleEvents;
  readonly counter: Counter;
  readonly planOf: PlanFinder;
  readonly applied: AppliedCash;
}

/** What became of each invoice; undefined for one that is a credit memo on another (R2.4). */
export type Fates = readonly (Fate | undefined)[];

/** What events are gathered with: the fates of invoices, which those of their entries follow, and who counts them. */
export interface Gathering {
  readonly run: Run;
  readonly fates: Fates;
  readonly events: EventGatherer;
  readonly counter: Counter;
}

/** Makes sales of the books and finds the faults and exceptions of meaning on the way. */
export function openSales(run: Run): Sales {
  const { books, counting, sources } = run;
  const planOf = checkPlans(run) ? planFinder(run.terms, books.assignments) : () => undefined;
  const counter = new Counter(books, counting);
  const { fates, lines } = openInvoices(run, planOf, counter);
  followSplits(run, fates, counter);
  const applied = applyCash(run);
  const { payments, writeOffs, creditMemos, invoices } = books;
  const entries = payments.length + writeOffs.length + creditMemos.length + invoices.reverses.size;
  const events = new EventGatherer(entries + applied.allocations.length, counting);
  const gathering = { run, fates, events, counter };
  addEntries(gathering);
  addCashOnAccount(gathering, applied);
  countStanding(run, counter);
  return { fates, lines, events: events.layOut(invoices.length, sources), counter, planOf, applied };
}

/** The rows of ledgers that are used whatever the invoices are. */
function countStanding({ books, asOf, counting }: Run, counter: Counter): void {
  for (const [ledger, { standing }] of books.counts) {
    const rows = counter.of(ledger);
    for (const { row, amount, from } of standing) {
      const fate = from !== undefined && from > asOf ? 'later' : 'used';
      rows.row(row, fate, counting.of(amount), counting.zero);
    }
  }
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
