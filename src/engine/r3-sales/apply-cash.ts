/** Cash, credit memos and write-offs that name a customer but no invoice, applied by rule (R2.1, applyCash). */
import { amountAt, exactly } from '../../amount.js';
import { type Day, dayAt } from '../../day.js';
import type { Units } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import type { Texts } from '../../texts.js';
import { CASH_LEDGERS, type CashLedger } from '../r2-ledgers/books.js';
import { NO_DAY } from '../r2-ledgers/ledger-table.js';
import type { Setting } from '../setting.js';
import { type Credits, isCredited } from './credits.js';
import { currencyOf, findCurrency } from './currency.js';
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

/**
 * Applies what is on account of each customer to that customer's invoices, oldest due date first. An invoice is open
 * from its invoice date, whatever its booking date and plan: it is the customer who pays it.
 */
export function applyCash(setting: Setting, sharesOf: Credits['sharesOf']): AppliedCash {
  const entries = entriesOnAccount(setting);
  if (entries.length === 0) return { allocations: [], entries };
  const accounts = new Map<string, AccountEvent[]>();
  for (const entry of entries) {
    const { customer, day } = entry.entry;
    const event = { kind: 'on-account', day, entry } as const;
    const account = accountOf(customer, currencyOnAccount(setting, entry));
    const own = accounts.get(account);
    if (own === undefined) accounts.set(account, [event]);
    else own.push(event);
  }
  addInvoices(setting, accounts, sharesOf);
  const allocations = [...accounts].sort(byAccount).flatMap(([, events]) => settleAccount(events));
  return { allocations: allocations.sort(inOrder), entries };
}

/** R15.3: a customer has an account in each currency. */
function accountOf(customer: string, currency: string): string {
  return `${customer} ${currency}`;
}

/** R15.3: where a row on account names no currency, it is the workspace's. */
function currencyOnAccount({ books, sources, terms }: Setting, { ledger, source }: EntryOnAccount): string {
  return findCurrency(books[ledger].currencies, source - sources.firstOf(ledger)) ?? terms.currency.code;
}

/** Oldest entry first: by date, then as the ledgers apply on a day (R5.8), then by id. */
function entriesOnAccount(setting: Setting): readonly EntryOnAccount[] {
  if (setting.terms.applyCash === 'none') return [];
  const entries = CASH_LEDGERS.flatMap((ledger) => waitingIn(setting, ledger));
  return entries.sort(
    (a, b) =>
      a.entry.day - b.entry.day ||
      byLedger(a.ledger, b.ledger) ||
      byCodeUnit(a.entry.id, b.entry.id) ||
      // The rows of a snapshot may have no ids: then only their amounts differ (R8.5).
      Number(a.left - b.left),
  );
}

/** The rows of a ledger that count as of the date, and wait for the rule to find their invoices. */
function waitingIn({ books, sources, asOf }: Setting, ledger: CashLedger): EntryOnAccount[] {
  const { length, ids, invoices, customers, days, amounts, rowOf } = books[ledger];
  const waiting: EntryOnAccount[] = [];
  for (let at = 0; at < length; at += 1) {
    const day = dayAt(days, at);
    if (day > asOf || !invoices.isBlank(at)) continue;
    const amount = exactly(amountAt(amounts, at));
    // R2.1: an entry without an invoice names its customer.
    const customer = (customers as Texts).at(at);
    const entry = { row: rowOf(at), id: ids.at(at), customer, day, amount };
    waiting.push({ ledger, entry, source: sources.firstOf(ledger) + at, left: amount });
  }
  return waiting;
}

/** Adds the invoices of the customers, and what names them, to what happens to their accounts. */
function addInvoices(
  setting: Setting,
  accounts: ReadonlyMap<string, AccountEvent[]>,
  sharesOf: Credits['sharesOf'],
): void {
  const { books, asOf } = setting;
  const known = new Map<number, { readonly invoice: OpenInvoice; readonly events: AccountEvent[] }>();
  const { invoices } = books;
  for (let number = 0; number < invoices.length; number += 1) {
    const events = accounts.get(accountOf(invoices.customers.at(number), currencyOf(setting, number)));
    const total = exactly(amountAt(invoices.totals, number));
    const day = dayAt(invoices.invoiced, number);
    if (events === undefined || invoices.reverses.has(number) || total <= 0n || day > asOf) continue;
    const due = dayAt(invoices.due, number);
    const invoice = new OpenInvoice({
      number,
      id: invoices.ids.at(number),
      invoiced: day,
      due: due === NO_DAY ? undefined : due,
      total,
    });
    known.set(number, { invoice, events });
    events.push({ kind: 'invoiced', day, invoice });
  }
  const name = (ledger: CashLedger, number: number, day: Day, amount: Units) => {
    const named = day > asOf ? undefined : known.get(number);
    named?.events.push({ kind: 'named', day, invoice: named.invoice, ledger, amount });
  };
  for (const ledger of CASH_LEDGERS) {
    const { length, days, amounts, invoices: names, takenBack } = books[ledger];
    for (let at = 0; at < length; at += 1) {
      const number = invoices.sales.find(names, at);
      const rep = takenBack.get(at)?.rep ?? '';
      // R26.3: a memo for a rep who is not credited is set aside.
      if (rep !== '' && number >= 0 && !isCredited(sharesOf(number), books.reps.numberOf(rep))) continue;
      name(ledger, number, dayAt(days, at), exactly(amountAt(amounts, at)));
    }
  }
  for (const [reversing, id] of invoices.reverses) {
    // R2.4: a reversing invoice is a credit memo of −total, on its invoice date.
    const total = exactly(amountAt(invoices.totals, reversing));
    name('creditMemos', invoices.sales.findText(id), dayAt(invoices.invoiced, reversing), -total);
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
