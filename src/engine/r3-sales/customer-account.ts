/** One customer's account, day by day: what is on account is applied to what is open (applyCash). */
import type { Day } from '../../day.js';
import { Heap } from '../../heap.js';
import { min, type Units } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import { CASH_LEDGERS, type CashLedger, type CustomerEntry } from '../r2-ledgers/books.js';
import { byDueDate, type ClosableInvoice, type OpenInvoice, type PaymentOf } from './open-invoice.js';

/** A row that names its customer but no invoice, or what comes to be on account otherwise. */
export interface EntryOnAccount {
  /** What it counts as: a discount may be a credit memo of its payment's id (R30.2). */
  readonly ledger: CashLedger;
  /** The whole row, the discount of a payment, or what was paid beyond an invoice (R30.2, R30.3). */
  readonly kind: 'row' | 'discount' | 'excess';
  readonly entry: CustomerEntry;
  /** The row, by its number among the sources. */
  readonly source: number;
  /** What is on account still; below 0 what a row below 0 found nothing on account for. */
  left: Units;
}

/** A part of an entry on account, applied on a day. */
export interface Allocation {
  readonly from: EntryOnAccount;
  readonly day: Day;
  /** Below 0 on an entry below 0. */
  readonly amount: Units;
  /** Undefined where an entry below 0 took back a part of another: both have an allocation then. */
  readonly to: AllocationTarget | undefined;
}

/** What became of one customer's account. */
export interface SettledAccount {
  /** In the order in which they are made. */
  readonly allocations: readonly Allocation[];
  /** What left invoices (R30.3). */
  readonly excess: readonly EntryOnAccount[];
}

/** The invoice that a part of an entry was applied to, and what it took to close it before and after. */
export interface AllocationTarget {
  readonly invoice: ClosableInvoice;
  readonly openBefore: Units;
  readonly openAfter: Units;
}

/** What happens to the account on a day. */
export type AccountEvent = { readonly day: Day } & (
  | { readonly kind: 'invoiced'; readonly invoice: OpenInvoice }
  /** A row that names its invoice. */
  | {
      readonly kind: 'named';
      readonly invoice: OpenInvoice;
      readonly ledger: CashLedger;
      readonly amount: Units;
      /** Of a payment, where what is paid beyond an invoice leaves it. */
      readonly payment: PaymentOf | undefined;
    }
  | { readonly kind: 'on-account'; readonly entry: EntryOnAccount }
);

/**
 * Applies what is on account to what is open, at the end of each day on which something happens: so an allocation
 * depends on nothing that is dated later (R10.4, R10.9).
 *
 * @param events - the entries on account among them in the order in which they are applied
 * @param takesExcess - whether cash beyond what is owed on an invoice goes on account (R30.3)
 */
export function settleAccount(events: readonly AccountEvent[], takesExcess: boolean): SettledAccount {
  const account = new CustomerAccount(takesExcess);
  const sorted = [...events].sort((a, b) => a.day - b.day);
  for (let at = 0; at < sorted.length; ) {
    const { day } = sorted[at] as AccountEvent;
    for (; sorted[at]?.day === day; at += 1) account.take(sorted[at] as AccountEvent);
    account.endDay(day);
  }
  return account;
}

class CustomerAccount {
  readonly allocations: Allocation[] = [];
  readonly excess: EntryOnAccount[] = [];
  readonly #takesExcess: boolean;
  /** The invoices that something happens to on the day. */
  readonly #touched = new Set<OpenInvoice>();
  /** What is open; an invoice that was closed by rows that name it stays until it comes first. */
  readonly #open = new Heap<OpenInvoice>(byDueDate);
  readonly #inHeap = new Set<OpenInvoice>();
  readonly #entries = new Waiting();
  readonly #ofLedger: Readonly<Record<CashLedger, Waiting>> = {
    creditMemos: new Waiting(),
    payments: new Waiting(),
    writeOffs: new Waiting(),
  };
  /** What comes on account on the day. */
  #entered: EntryOnAccount[] = [];
  /** The day's entries below 0. */
  #takers: EntryOnAccount[] = [];

  constructor(takesExcess: boolean) {
    this.#takesExcess = takesExcess;
  }

  take(event: AccountEvent): void {
    if (event.kind === 'on-account') {
      this.#entered.push(event.entry);
      return;
    }
    const { invoice } = event;
    if (event.kind === 'invoiced') invoice.becomeOpen();
    else invoice.add(event.ledger, event.amount);
    if (this.#takesExcess) {
      this.#touched.add(invoice);
      if (event.kind === 'named' && event.payment !== undefined) invoice.notePayment(event.payment);
    }
    if (!invoice.isOpen || this.#inHeap.has(invoice)) return;
    this.#inHeap.add(invoice);
    this.#open.add(invoice);
  }

  endDay(day: Day): void {
    for (const invoice of [...this.#touched].sort(byInvoiceId)) this.#takeExcess(invoice, day);
    this.#touched.clear();
    for (const entry of this.#entered.sort(byOrderOfDay)) this.#enter(entry);
    this.#entered = [];
    for (const taker of this.#takers) this.#takeBack(taker, day);
    this.#takers = [];
    this.#apply(day);
  }

  /** R30.3: what is paid beyond what is owed leaves the invoice, as cash on account of the day. */
  #takeExcess(invoice: OpenInvoice, day: Day): void {
    const { excess: left, lastPayment } = invoice;
    if (left === 0n || lastPayment === undefined) return;
    const { row, id, source } = lastPayment;
    const entry = { row, id, customer: invoice.invoice.customer, day, amount: left };
    const from: EntryOnAccount = { ledger: 'payments', kind: 'excess', entry, source, left };
    const openBefore = invoice.openTo('payments');
    invoice.add('payments', -left);
    this.excess.push(from);
    this.#entered.push(from);
    const to = { invoice: invoice.invoice, openBefore, openAfter: invoice.openTo('payments') };
    this.allocations.push({ from, day, amount: -left, to });
  }

  #enter(entry: EntryOnAccount): void {
    if (entry.left < 0n) {
      this.#takers.push(entry);
    } else {
      this.#entries.add(entry);
      this.#ofLedger[entry.ledger].add(entry);
    }
  }

  /**
   * A refund or reversal that names no invoice takes back what is on account of its own ledger, oldest first: on its
   * day, what came that day included, and before anything is applied. So a payment that is returned on its day is never
   * applied. It reaches no invoice: what was applied by then stays applied, and what goes beyond the account stays
   * unapplied, for good. Only rows that name an invoice reopen it.
   */
  #takeBack(taker: EntryOnAccount, day: Day): void {
    const waiting = this.#ofLedger[taker.ledger];
    for (let from = waiting.findFirst(); from !== undefined && taker.left < 0n; from = waiting.findFirst()) {
      const amount = min(from.left, -taker.left);
      from.left -= amount;
      taker.left += amount;
      this.allocations.push(
        { from, day, amount, to: undefined },
        { from: taker, day, amount: -amount, to: undefined },
      );
    }
  }

  /** The oldest entry to the invoice that is due first, until one side has run out. */
  #apply(day: Day): void {
    for (;;) {
      const from = this.#entries.findFirst();
      const invoice = this.#open.findFirst();
      if (from === undefined || invoice === undefined) return;
      if (!invoice.isOpen) {
        this.#open.removeFirst();
        this.#inHeap.delete(invoice);
        continue;
      }
      const openBefore = invoice.openTo(from.ledger);
      const amount = min(from.left, openBefore);
      from.left -= amount;
      invoice.add(from.ledger, amount);
      if (this.#takesExcess && from.ledger === 'payments') {
        invoice.notePayment({ row: from.entry.row, id: from.entry.id, source: from.source, day });
      }
      const to = { invoice: invoice.invoice, openBefore, openAfter: openBefore - amount };
      this.allocations.push({ from, day, amount, to });
    }
  }
}

function byInvoiceId({ invoice: a }: OpenInvoice, { invoice: b }: OpenInvoice): number {
  return byCodeUnit(a.id, b.id);
}

/** As the ledgers apply on a day (R5.8), then by id; the rows of a snapshot may have no ids (R8.5). */
export function byOrderOfDay(a: EntryOnAccount, b: EntryOnAccount): number {
  return (
    CASH_LEDGERS.indexOf(a.ledger) - CASH_LEDGERS.indexOf(b.ledger) ||
    byCodeUnit(a.entry.id, b.entry.id) ||
    Number(a.left - b.left)
  );
}

/** Entries in the order in which they came, those that are used up left out. */
class Waiting {
  readonly #entries: EntryOnAccount[] = [];
  #first = 0;

  add(entry: EntryOnAccount): void {
    this.#entries.push(entry);
  }

  findFirst(): EntryOnAccount | undefined {
    while (this.#entries[this.#first]?.left === 0n) this.#first += 1;
    return this.#entries[this.#first];
  }
}
