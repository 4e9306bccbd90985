/** From rows read one by one to columns. */
import type { Amount, Amounts } from '../../amount.js';
import type { LedgerEntry } from '../../ledger-specs/ledgers.js';
import type { Units } from '../../money.js';
import { Names, NO_NAME } from '../../names.js';
import { TextIndex, Texts } from '../../texts.js';
import type { CashEntries, CashEntry, Coded, Invoices, Items, Split, Splits, TakenBack } from './books.js';
import { STATED_COLUMNS } from './books.js';
import { NO_DAY } from './ledger-table.js';
import { measured } from './measured.js';
import type { Reading } from './reading.js';

/** The invoices in columns, in the order of their rows, and the size of their amounts. */
export function invoicesInColumns(
  invoices: readonly LedgerEntry<'invoices'>[],
  { counting, reps }: Reading,
): { readonly content: Invoices; readonly size: number } {
  const { length } = invoices;
  const [ids, customers] = [new Texts(length), new Texts(length)];
  const [amounts, totals]: [Amounts, Amounts] = [counting.room(length), counting.room(length)];
  const costs: (Amount | undefined)[] = [];
  const [currencies, categories] = [new CodeMaker(length), new CodeMaker(length)];
  const reverses = new Map<number, string>();
  const stated = { commission: new Map<number, Units>(), team_commission: new Map<number, Units>() };
  invoices.forEach((invoice, at) => {
    const { amount, total = amount, cost, currency } = invoice;
    ids.add(invoice.invoice_id);
    customers.add(invoice.customer_id);
    amounts[at] = counting.units(amount);
    totals[at] = counting.units(total);
    costs.push(cost === undefined ? undefined : counting.units(cost));
    currencies.set(at, currency);
    categories.set(at, invoice.category);
    if (invoice.reverses !== '') reverses.set(at, invoice.reverses);
    for (const column of STATED_COLUMNS) {
      const commission = invoice[column];
      if (commission !== undefined) stated[column].set(at, commission);
    }
  });
  const content: Invoices = {
    length,
    rowOf: rowFinder(invoices),
    ids,
    sales: salesAmong(ids, reverses),
    customers,
    reps: Int32Array.from(invoices, ({ rep_id: rep }) => (rep === '' ? NO_NAME : reps.numberOf(rep))),
    bookings: Int32Array.from(invoices, (invoice) => invoice.booking_date ?? invoice.invoice_date),
    invoiced: Int32Array.from(invoices, (invoice) => invoice.invoice_date),
    due: Int32Array.from(invoices, (invoice) => invoice.due_date ?? NO_DAY),
    amounts,
    totals,
    costs: costs.some((cost) => cost !== undefined) ? costs : undefined,
    currencies: currencies.coded(),
    categories: categories.coded(),
    stated,
    reverses,
  };
  const filled = costs.filter((cost) => cost !== undefined);
  const size = [amounts, totals, filled].reduce((sum, one) => sum + measured(one, counting).size, 0);
  return { content, size };
}

/** Payments, write-offs or credit memos in columns, in the order of their rows, and the size of their amounts. */
export function entriesInColumns(
  entries: readonly CashEntry[],
  { counting, reps }: Reading,
): { readonly content: CashEntries; readonly size: number } {
  const [ids, invoices, customers] = [new Texts(), new Texts(), new Texts()];
  const amounts: Amounts = counting.room(entries.length);
  const currencies = new CodeMaker(entries.length);
  const takenBack = new Map<number, TakenBack>();
  let size = 0;
  entries.forEach((entry, at) => {
    ids.add(entry.id);
    currencies.set(at, entry.currency);
    if (entry.takesBack !== undefined) takenBack.set(at, entry.takesBack);
    for (const part of [entry.takesBack?.commissionable, entry.takesBack?.cost])
      size += Math.abs(Number(part ?? 0n));
    invoices.add(entry.invoice);
    customers.add(entry.customer);
    amounts[at] = counting.units(entry.amount);
  });
  const discounts: Amounts | undefined = entries.some(({ discount = 0n }) => discount !== 0n)
    ? counting.room(entries.length)
    : undefined;
  entries.forEach(({ discount = 0n }, at) => {
    if (discounts !== undefined) discounts[at] = counting.units(discount);
  });
  const content: CashEntries = {
    length: entries.length,
    rowOf: rowFinder(entries),
    ids,
    invoices,
    customers: entries.some(({ customer }) => customer !== '') ? customers : undefined,
    days: Int32Array.from(entries, ({ day }) => day),
    amounts,
    currencies: currencies.coded(),
    collectors: entries.some(({ collector }) => collector !== '')
      ? Int32Array.from(entries, ({ collector }) => reps.numberOf(collector))
      : undefined,
    discounts,
    takenBack,
  };
  const letGo = discounts === undefined ? 0 : measured(discounts, counting).size;
  return { content, size: size + letGo + measured(amounts, counting).size };
}

/** The items in columns, in the order of their rows, each with the number of its invoice (R13.1). */
export function itemsInColumns(
  items: readonly LedgerEntry<'items'>[],
  invoices: Invoices,
  { counting }: Reading,
): { readonly content: Items; readonly size: number } {
  const { length } = items;
  const invoiceIds = Texts.of(items.map((item) => item.invoice_id));
  const amounts: Amounts = counting.room(length);
  const costs: (Amount | undefined)[] = [];
  const categories = new CodeMaker(length);
  items.forEach(({ amount, cost, category }, at) => {
    amounts[at] = counting.units(amount);
    costs.push(cost === undefined ? undefined : counting.units(cost));
    categories.set(at, category);
  });
  const content: Items = {
    length,
    rowOf: rowFinder(items),
    ids: Texts.of(items.map((item) => item.item_id)),
    invoiceIds,
    invoices: invoices.sales.findAll(invoiceIds),
    categories: categories.all(),
    amounts,
    costs: costs.some((cost) => cost !== undefined) ? costs : undefined,
  };
  const filled = costs.filter((cost) => cost !== undefined);
  return { content, size: measured(amounts, counting).size + measured(filled, counting).size };
}

/** Makes a column of a few texts. */
export class CodeMaker {
  readonly #names = new Names();
  readonly #codes: Int32Array;

  constructor(length: number) {
    this.#codes = new Int32Array(length).fill(NO_NAME);
  }

  set(at: number, text: string): void {
    if (text !== '') this.#codes[at] = this.#names.numberOf(text);
  }

  /** Undefined where every cell is blank. */
  coded(): Coded | undefined {
    return this.#names.length === 0 ? undefined : this.all();
  }

  all(): Coded {
    return { names: this.#names, codes: this.#codes };
  }
}

/** The splits in columns, in the order of their rows, each with the number of its invoice (R2.5). */
export function splitsInColumns(splits: readonly Split[], invoices: Invoices, { reps }: Reading): Splits {
  const ids = Texts.of(splits.map(({ invoice }) => invoice));
  return {
    length: splits.length,
    rowOf: rowFinder(splits),
    ids,
    invoices: invoices.sales.findAll(ids),
    reps: Int32Array.from(splits, ({ rep }) => reps.numberOf(rep)),
    shares: splits.map(({ share }) => share),
  };
}

/** Finds the row of an entry by the entry's number. */
function rowFinder(entries: readonly { readonly row: number }[]): (entry: number) => number {
  const rows = Int32Array.from(entries, ({ row }) => row);
  return (entry) => rows[entry] as number;
}

/** R2.4: a reversing invoice is no sale; whatever names it names an unknown invoice. */
export function salesAmong(ids: Texts, reverses: ReadonlyMap<number, string>): TextIndex {
  return new TextIndex(ids, reverses.size === 0 ? undefined : (invoice) => !reverses.has(invoice));
}
