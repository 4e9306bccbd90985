/** From rows read one by one to columns. */
import { type Amount, type Counting, sizeOf } from '../../amount.js';
import type { Units } from '../../money.js';
import { type Names, NO_NAME } from '../../names.js';
import { TextIndex, Texts } from '../../texts.js';
import type { CashEntries, CashEntry, Invoice, Invoices, Split, Splits } from './books.js';
import { NO_DAY } from './ledger-table.js';

/** What columns are made with: the run's way of counting, its reps, and a bound on all amounts together. */
export interface Columns {
  readonly counting: Counting;
  readonly reps: Names;
  /** The sizes of all amounts so far, added up roughly. */
  sizes: number;
}

/** The invoices in columns, in the order of their rows; a rep that is not known yet becomes one of the run's. */
export function invoicesInColumns(invoices: readonly Invoice[], columns: Columns): Invoices {
  const { counting, reps } = columns;
  const [ids, customers] = [new Texts(invoices.length), new Texts(invoices.length)];
  const [amounts, totals] = [counting.room(invoices.length), counting.room(invoices.length)];
  const costs: (Amount | undefined)[] = [];
  const currencies = new Map<number, string>();
  const reverses = new Map<number, string>();
  const commissions = new Map<number, Units>();
  invoices.forEach((invoice, at) => {
    ids.add(invoice.id);
    customers.add(invoice.customer);
    amounts[at] = counting.of(invoice.amount);
    totals[at] = counting.of(invoice.total);
    costs.push(invoice.cost === undefined ? undefined : counting.of(invoice.cost));
    columns.sizes += sizeOf(amounts[at]) + sizeOf(totals[at]) + sizeOf(costs[at] ?? counting.zero);
    if (invoice.currency !== undefined) currencies.set(at, invoice.currency);
    if (invoice.reverses !== undefined) reverses.set(at, invoice.reverses);
    if (invoice.commission !== undefined) commissions.set(at, invoice.commission);
  });
  return {
    length: invoices.length,
    rowOf: (invoice) => (invoices[invoice] as Invoice).row,
    ids,
    sales: salesAmong(ids, reverses),
    customers,
    reps: Int32Array.from(invoices, ({ rep }) => (rep === '' ? NO_NAME : reps.numberOf(rep))),
    bookings: Int32Array.from(invoices, ({ booking }) => booking),
    invoiced: Int32Array.from(invoices, ({ invoiced }) => invoiced),
    due: Int32Array.from(invoices, ({ due }) => due ?? NO_DAY),
    amounts,
    totals,
    costs: costs.some((cost) => cost !== undefined) ? costs : undefined,
    currencies,
    commissions,
    reverses,
  };
}

/** Payments, write-offs or credit memos in columns, in the order of their rows. */
export function entriesInColumns(entries: readonly CashEntry[], columns: Columns): CashEntries {
  const { counting } = columns;
  const [ids, invoices, customers] = [new Texts(), new Texts(), new Texts()];
  const amounts = counting.room(entries.length);
  entries.forEach((entry, at) => {
    ids.add(entry.id);
    invoices.add(entry.invoice);
    customers.add(entry.customer);
    amounts[at] = counting.of(entry.amount);
    columns.sizes += sizeOf(amounts[at]);
  });
  return {
    length: entries.length,
    rowOf: (entry) => (entries[entry] as CashEntry).row,
    ids,
    invoices,
    customers: entries.some(({ customer }) => customer !== '') ? customers : undefined,
    days: Int32Array.from(entries, ({ day }) => day),
    amounts,
  };
}

/** The splits in columns, in the order of their rows, each with the number of its invoice (R2.5). */
export function splitsInColumns(splits: readonly Split[], invoices: Invoices, { reps }: Columns): Splits {
  const ids = Texts.of(splits.map(({ invoice }) => invoice));
  return {
    length: splits.length,
    rowOf: (split) => (splits[split] as Split).row,
    ids,
    invoices: invoices.sales.findAll(ids),
    reps: Int32Array.from(splits, ({ rep }) => reps.numberOf(rep)),
    shares: splits.map(({ share }) => share),
  };
}

/** R2.4: a reversing invoice is no sale; whatever names it names an unknown invoice. */
export function salesAmong(ids: Texts, reverses: ReadonlyMap<number, string>): TextIndex {
  return new TextIndex(ids, reverses.size === 0 ? undefined : (invoice) => !reverses.has(invoice));
}
