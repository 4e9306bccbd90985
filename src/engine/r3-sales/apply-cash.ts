/** Cash, credit memos and write-offs that name a customer but no invoice, applied by rule (R2.1, applyCash). */
import { amountAt, exactly } from '../../amount.js';
import { type Day, dayAt } from '../../day.js';
import type { Units } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import type { Texts } from '../../texts.js';
import { CASH_LEDGERS, type CashLedger } from '../r2-ledgers/books.js';
import type { Setting } from '../setting.js';
import { type Credits, isCredited } from './credits.js';
import { currencyOf, findCurrency } from './currency.js';
import {
  type AccountEvent,
  type Allocation,
  byOrderOfDay,
  type EntryOnAccount,
  settleAccount,
} from './customer-account.js';
import type { Dues } from './dues.js';
import { OpenInvoice, type PaymentOf } from './open-invoice.js';

/** What became of the entries on account up to the as-of date. */
export interface AppliedCash {
  /** By day, then as rows apply on a day, then by id and in the order in which they were made. */
  readonly allocations: readonly Allocation[];
  /** In the order in which they are applied. */
  readonly entries: readonly EntryOnAccount[];
}

/**
 * Applies what is on account of each customer to that customer's invoices, oldest due date first. An invoice is open
 * from its invoice date, whatever its booking date and plan: it is the customer who pays it.
 */
export function applyCash(setting: Setting, dues: Dues, sharesOf: Credits['sharesOf']): AppliedCash {
  const { terms } = setting;
  if (terms.applyCash === 'none') return { allocations: [], entries: [] };
  const entries = CASH_LEDGERS.flatMap((ledger) => waitingIn(setting, ledger));
  const takesExcess = terms.excessCash === 'on-account';
  const accounts: Accounts = new Map();
  for (const entry of entries) {
    const event = { kind: 'on-account', day: entry.entry.day, entry } as const;
    accountIn(accounts, accountOf(entry.entry.customer, currencyOnAccount(setting, entry))).push(event);
  }
  if (takesExcess) addOverpayers(setting, accounts, sharesOf);
  if (accounts.size === 0) return { allocations: [], entries };
  addInvoices(setting, dues, accounts, sharesOf);
  const settled = [...accounts].sort(byAccount).map(([, events]) => settleAccount(events, takesExcess));
  return {
    allocations: settled.flatMap(({ allocations }) => allocations).sort(inOrder),
    entries: [...entries, ...settled.flatMap(({ excess }) => excess)].sort(oldestFirst),
  };
}

/** What happens to each account. */
type Accounts = Map<string, AccountEvent[]>;

function accountIn(accounts: Accounts, key: string): AccountEvent[] {
  let events = accounts.get(key);
  if (events === undefined) {
    events = [];
    accounts.set(key, events);
  }
  return events;
}

/** R15.3: a customer has an account in each currency. */
function accountOf(customer: string, currency: string): string {
  return `${customer} ${currency}`;
}

/** R15.3: where a row on account names no currency, it is the workspace's. */
function currencyOnAccount({ books, sources, terms }: Setting, { source }: EntryOnAccount): string {
  // A discount may count as a credit memo, but its row is a payment.
  const ledger = sources.ledgerOf(source) as CashLedger;
  return findCurrency(books[ledger].currencies, source - sources.firstOf(ledger)) ?? terms.currency.code;
}

/** Oldest entry first: by date, then as the ledgers apply on a day (R5.8), then by id. */
function oldestFirst(a: EntryOnAccount, b: EntryOnAccount): number {
  return a.entry.day - b.entry.day || byOrderOfDay(a, b);
}

/** The rows of a ledger that count as of the date, and wait for the rule to find their invoices. */
function waitingIn(setting: Setting, ledger: CashLedger): EntryOnAccount[] {
  const { books, sources, asOf } = setting;
  const { length, ids, invoices, customers, days, amounts, discounts, rowOf } = books[ledger];
  const waiting: EntryOnAccount[] = [];
  for (let at = 0; at < length; at += 1) {
    const day = dayAt(days, at);
    if (day > asOf || !invoices.isBlank(at)) continue;
    const amount = exactly(amountAt(amounts, at));
    // R2.1: an entry without an invoice names its customer.
    const customer = (customers as Texts).at(at);
    const entry = { row: rowOf(at), id: ids.at(at), customer, day, amount };
    const source = sources.firstOf(ledger) + at;
    waiting.push({ ledger, kind: 'row', entry, source, left: amount });
    const discount = discounts === undefined ? 0n : exactly(amountAt(discounts, at));
    if (discount === 0n) continue;
    const own = { ...entry, amount: discount };
    waiting.push({ ledger: ledgerOfDiscount(setting), kind: 'discount', entry: own, source, left: discount });
  }
  return waiting;
}

/** R30.2: what the discount of a payment counts as. */
export function ledgerOfDiscount({ terms }: Setting): CashLedger {
  return terms.discounts === 'collected' ? 'payments' : 'creditMemos';
}

/** R30.3: the accounts of customers who may have paid more than is owed on an invoice. */
function addOverpayers(setting: Setting, accounts: Accounts, sharesOf: Credits['sharesOf']): void {
  const { books } = setting;
  const { invoices } = books;
  const received = new Map<number, Units>();
  const add = (invoice: number, amount: Units) => {
    if (invoice >= 0 && amount > 0n) received.set(invoice, (received.get(invoice) ?? 0n) + amount);
  };
  forEachNamed(setting, sharesOf, ({ ledger, invoice, amount }) => {
    if (ledger !== 'writeOffs') add(invoice, amount);
  });
  for (const [invoice, amount] of received) {
    const total = exactly(amountAt(invoices.totals, invoice));
    if (total <= 0n || amount <= total) continue;
    accountIn(accounts, accountOf(invoices.customers.at(invoice), currencyOf(setting, invoice)));
  }
}

/** Adds the invoices of the accounts, and what names them, to what happens to the accounts. */
function addInvoices(setting: Setting, dues: Dues, accounts: Accounts, sharesOf: Credits['sharesOf']): void {
  const { books, asOf, terms } = setting;
  const known = new Map<number, { readonly invoice: OpenInvoice; readonly events: AccountEvent[] }>();
  const { invoices } = books;
  const takesExcess = terms.excessCash === 'on-account';
  for (let number = 0; number < invoices.length; number += 1) {
    const total = exactly(amountAt(invoices.totals, number));
    const day = dayAt(invoices.invoiced, number);
    // What is paid beyond an invoice leaves it, whether or not it is open yet.
    if (invoices.reverses.has(number) || total <= 0n || (day > asOf && !takesExcess)) continue;
    const customer = invoices.customers.at(number);
    const events = accounts.get(accountOf(customer, currencyOf(setting, number)));
    if (events === undefined) continue;
    const [first] = dues.of(number).instalments;
    const id = invoices.ids.at(number);
    const invoice = new OpenInvoice({ number, id, customer, invoiced: day, due: first?.due, total });
    known.set(number, { invoice, events });
    if (day <= asOf) events.push({ kind: 'invoiced', day, invoice });
  }
  forEachNamed(setting, sharesOf, ({ invoice: number, ledger, day, amount, payment }) => {
    const named = known.get(number);
    named?.events.push({
      kind: 'named',
      day,
      invoice: named.invoice,
      ledger,
      amount,
      payment: takesExcess ? payment() : undefined,
    });
  });
}

/** A row, or the discount of one, that names its invoice. */
interface NamedRow {
  /** What it counts as. */
  readonly ledger: CashLedger;
  /** Below 0 where it is not there. */
  readonly invoice: number;
  readonly day: Day;
  readonly amount: Units;
  /** The payment; undefined where it is none. */
  readonly payment: () => PaymentOf | undefined;
}

/** Goes through the rows that name their invoices and count as of the date. */
function forEachNamed(setting: Setting, sharesOf: Credits['sharesOf'], visit: (row: NamedRow) => void): void {
  const { books, sources, asOf } = setting;
  const { invoices } = books;
  for (const ledger of CASH_LEDGERS) {
    const { length, ids, days, amounts, discounts, invoices: names, takenBack, rowOf } = books[ledger];
    for (let at = 0; at < length; at += 1) {
      const day = dayAt(days, at);
      if (day > asOf) continue;
      const invoice = invoices.sales.find(names, at);
      const rep = takenBack.get(at)?.rep ?? '';
      // R26.3: a memo for a rep who is not credited is set aside.
      if (rep !== '' && invoice >= 0 && !isCredited(sharesOf(invoice), books.reps.numberOf(rep))) continue;
      const amount = exactly(amountAt(amounts, at));
      const isPayment = ledger === 'payments' && amount > 0n;
      const payment = () =>
        isPayment ? { row: rowOf(at), id: ids.at(at), source: sources.firstOf(ledger) + at, day } : undefined;
      visit({ ledger, invoice, day, amount, payment });
      const discount = discounts === undefined ? 0n : exactly(amountAt(discounts, at));
      if (discount === 0n) continue;
      visit({ ledger: ledgerOfDiscount(setting), invoice, day, amount: discount, payment: () => undefined });
    }
  }
  for (const [reversing, id] of invoices.reverses) {
    // R2.4: a reversing invoice is a credit memo of −total, on its invoice date.
    const amount = -exactly(amountAt(invoices.totals, reversing));
    const day = dayAt(invoices.invoiced, reversing);
    if (day > asOf) continue;
    const invoice = invoices.sales.findText(id);
    visit({ ledger: 'creditMemos', invoice, day, amount, payment: () => undefined });
  }
}

/** As they apply on a day (R5.8). */
export function byLedger(a: CashLedger, b: CashLedger): number {
  return CASH_LEDGERS.indexOf(a) - CASH_LEDGERS.indexOf(b);
}

function byAccount([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return byCodeUnit(a, b);
}

function inOrder(a: Allocation, b: Allocation): number {
  return (
    a.day - b.day || byLedger(a.from.ledger, b.from.ledger) || byCodeUnit(a.from.entry.id, b.from.entry.id)
  );
}
