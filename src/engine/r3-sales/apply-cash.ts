/** Cash, credit memos and write-offs that name a customer but no invoice, applied by rule (R2.1, applyCash). */
import { byCodeUnit } from '../../order.js';
import { CASH_LEDGERS, type CashEntry, type CashLedger } from '../r2-ledgers/books.js';
import type { Run } from '../run.js';
import {
  type AccountEvent,
  type Allocation,
  type EntryOnAccount,
  settleAccount,
} from './customer-account.js';
import { OpenInvoice } from './open-invoice.js';

/** What became of the entries on account up to the as-of date. */
export interface AppliedCash {
  /** By day, then as rows apply on a day, then by id and in the order in which they were made. */
  readonly allocations: readonly Allocation[];
  /** In the order in which they are applied. */
  readonly entries: readonly EntryOnAccount[];
}

/** Whether a row that counts as of the date waits for the rule to find its invoices. */
export function isOnAccount({ terms, asOf }: Run, { invoice, day }: CashEntry): boolean {
  return terms.applyCash !== 'none' && invoice === '' && day <= asOf;
}

/**
 * Applies what is on account of each customer to that customer's invoices, oldest due date first. An invoice is open
 * from its invoice date, whatever its booking date and plan: it is the customer who pays it.
 */
export function applyCash(run: Run): AppliedCash {
  const entries = entriesOnAccount(run);
  if (entries.length === 0) return { allocations: [], entries };
  const customers = new Map<string, AccountEvent[]>();
  for (const entry of entries) {
    const { customer, day } = entry.entry;
    const event = { kind: 'on-account', day, entry } as const;
    const own = customers.get(customer);
    if (own === undefined) customers.set(customer, [event]);
    else own.push(event);
  }
  addInvoices(run, customers);
  const allocations = [...customers].sort(byCustomer).flatMap(([, events]) => settleAccount(events));
  return { allocations: allocations.sort(inOrder), entries };
}

/** Oldest entry first: by date, then as the ledgers apply on a day (R5.8), then by id. */
function entriesOnAccount(run: Run): readonly EntryOnAccount[] {
  if (run.terms.applyCash === 'none') return [];
  const entries = CASH_LEDGERS.flatMap((ledger) =>
    run.books[ledger]
      .filter((entry) => isOnAccount(run, entry))
      .map((entry) => ({ ledger, entry, left: entry.amount })),
  );
  return entries.sort(
    (a, b) =>
      a.entry.day - b.entry.day ||
      byLedger(a.ledger, b.ledger) ||
      byCodeUnit(a.entry.id, b.entry.id) ||
      // The rows of a snapshot may have no ids: then nothing but their amounts can tell them apart (R8.5).
      Number(a.left - b.left),
  );
}

/** Adds the invoices of the customers, and what names them, to what happens to their accounts. */
function addInvoices({ books, asOf }: Run, customers: ReadonlyMap<string, AccountEvent[]>): void {
  const known = new Map<string, { readonly invoice: OpenInvoice; readonly events: AccountEvent[] }>();
  for (const row of books.invoices) {
    const events = customers.get(row.customer);
    if (events === undefined || row.reverses !== undefined || row.total <= 0n || row.invoiced > asOf)
      continue;
    const invoice = new OpenInvoice(row);
    known.set(row.id, { invoice, events });
    events.push({ kind: 'invoiced', day: row.invoiced, invoice });
  }
  const name = (
    ledger: CashLedger,
    { invoice: id, day, amount }: Pick<CashEntry, 'invoice' | 'day' | 'amount'>,
  ) => {
    const named = day > asOf ? undefined : known.get(id);
    named?.events.push({ kind: 'named', day, invoice: named.invoice, ledger, amount });
  };
  for (const ledger of CASH_LEDGERS) for (const entry of books[ledger]) name(ledger, entry);
  for (const { reverses, invoiced, total } of books.invoices) {
    // R2.4: a reversing invoice is a credit memo of −total, on its invoice date.
    if (reverses !== undefined) name('creditMemos', { invoice: reverses, day: invoiced, amount: -total });
  }
}

/** As they apply on a day (R5.8). */
export function byLedger(a: CashLedger, b: CashLedger): number {
  return CASH_LEDGERS.indexOf(a) - CASH_LEDGERS.indexOf(b);
}

function byCustomer([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return byCodeUnit(a, b);
}

function inOrder(a: Allocation, b: Allocation): number {
  return (
    a.day - b.day || byLedger(a.from.ledger, b.from.ledger) || byCodeUnit(a.from.entry.id, b.from.entry.id)
  );
}
