/** What was sold with each invoice, in order of item id (R13.1, R13.3). */
import { type Amount, amountAt, minus } from '../../amount.js';
import { grouped } from '../../grouped.js';
import { NO_NAME } from '../../names.js';
import type { Books, Items } from '../r2-ledgers/books.js';

/** The items by invoice: those of invoice `i` are `order[starts[i]…starts[i + 1])`. */
export class SaleItems {
  readonly #items: Items;
  readonly #starts: Uint32Array;
  readonly #order: Uint32Array;

  constructor(items: Items, invoices: number) {
    const { length, ids } = items;
    this.#items = items;
    const ranks = new Uint32Array(length);
    for (let item = 0; item < length; item += 1) ranks[item] = ids.rankOf(item);
    const byId = grouped(ranks, length, length);
    const invoiceOf = new Uint32Array(length);
    for (let item = 0; item < length; item += 1) {
      const invoice = items.invoices[item] as number;
      invoiceOf[byId.places[item] as number] = invoice < 0 ? invoices : invoice;
    }
    const byInvoice = grouped(invoiceOf, length, invoices + 1);
    this.#starts = byInvoice.starts;
    this.#order = new Uint32Array(length);
    for (let item = 0; item < length; item += 1) {
      this.#order[byInvoice.places[byId.places[item] as number] as number] = item;
    }
  }

  /** The items of an invoice in order of item id; none where it is sold as one. */
  of(invoice: number): Uint32Array {
    return this.#order.subarray(this.#starts[invoice], this.#starts[invoice + 1]);
  }

  has(invoice: number): boolean {
    return this.#starts[invoice] !== this.#starts[invoice + 1];
  }

  idOf(item: number): string {
    return this.#items.ids.at(item);
  }

  rowOf(item: number): number {
    return this.#items.rowOf(item);
  }

  /** Blank where it has none. */
  categoryOf(item: number): string {
    const { names, codes } = this.#items.categories;
    const code = codes[item] as number;
    return code === NO_NAME ? '' : names.nameOf(code);
  }

  revenueOf(item: number): Amount {
    return amountAt(this.#items.amounts, item);
  }

  /** Undefined where it is not known. */
  costOf(item: number): Amount | undefined {
    return this.#items.costs?.[item];
  }

  /** R3.1, item by item; undefined where the cost is not known. */
  profitOf(item: number, zero: Amount): Amount | undefined {
    const cost = this.costOf(item);
    return cost === undefined ? undefined : profitOf(this.revenueOf(item), cost, zero);
  }
}

/** The items by invoice; undefined without such a ledger. */
export function saleItemsOf({ items, invoices }: Pick<Books, 'items' | 'invoices'>): SaleItems | undefined {
  return items === undefined ? undefined : new SaleItems(items, invoices.length);
}

/** R3.1: amount − cost, but never of the opposite sign of the amount. */
export function profitOf(amount: Amount, cost: Amount, zero: Amount): Amount {
  const profit = minus(amount, cost);
  const isOpposite = amount > 0 ? profit < 0 : amount < 0 ? profit > 0 : true;
  return isOpposite ? zero : profit;
}
