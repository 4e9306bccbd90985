/** The customers of a run by number: a million invoices name a few of them again and again. */
import type { Invoices } from '../engine/r2-ledgers/books.js';
import { Names } from '../names.js';

export interface Customers {
  readonly names: Names;
  /** The customer of each invoice. */
  readonly of: Int32Array;
}

/** Numbers the customers of all invoices. */
export function customersOf({ customers, length }: Invoices): Customers {
  const names = new Names();
  const of = new Int32Array(length);
  for (let invoice = 0; invoice < length; invoice += 1) of[invoice] = names.numberAmong(customers, invoice);
  return { names, of };
}
