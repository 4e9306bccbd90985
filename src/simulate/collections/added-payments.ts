/** Ledgers with more payments than they have: in columns, after their own. */
import { type Amounts, amountAt, type Counting } from '../../amount.js';
import type { Day } from '../../day.js';
import type { CashEntries, Coded } from '../../engine/r2-ledgers/books.js';
import { NO_NAME } from '../../names.js';
import { Texts } from '../../texts.js';

/** A payment that no ledger has. */
export interface AddedPayment {
  readonly id: string;
  /** By its number. */
  readonly invoice: number;
  readonly day: Day;
  readonly amount: Parameters<Counting['units']>[0];
}

/**
 * The payments with others after them.
 *
 * @param invoiceIds - the ids of the invoices by number
 */
export function withPayments(
  payments: CashEntries,
  added: readonly AddedPayment[],
  invoiceIds: Texts,
  counting: Counting,
): CashEntries {
  if (added.length === 0) return payments;
  const length = payments.length + added.length;
  const ids = textsOf(payments.ids, length);
  const invoices = textsOf(payments.invoices, length);
  const customers = payments.customers && textsOf(payments.customers, length);
  const days = new Int32Array(length);
  days.set(payments.days);
  const amounts = longer(payments.amounts, payments.length, length, counting);
  added.forEach(({ id, invoice, day, amount }, index) => {
    ids.add(id);
    invoices.addFrom(invoiceIds, invoice);
    customers?.add('');
    days[payments.length + index] = day;
    amounts[payments.length + index] = counting.units(amount);
  });
  return {
    ...payments,
    length,
    // They come from no row.
    rowOf: (entry) => (entry < payments.length ? payments.rowOf(entry) : entry),
    ids,
    invoices,
    customers,
    days,
    amounts,
    currencies: payments.currencies && codedTo(payments.currencies, length),
    collectors: payments.collectors && filledTo(payments.collectors, length, NO_NAME),
    discounts: payments.discounts && longer(payments.discounts, payments.length, length, counting),
  };
}

function textsOf(before: Texts, length: number): Texts {
  const texts = new Texts(length, before.bytes.length + (length - before.length) * 24);
  for (let index = 0; index < before.length; index += 1) texts.addFrom(before, index);
  return texts;
}

function longer(before: Amounts, count: number, length: number, counting: Counting): Amounts {
  const amounts = counting.room(length);
  for (let index = 0; index < count; index += 1) amounts[index] = amountAt(before, index);
  return amounts;
}

function codedTo({ names, codes }: Coded, length: number): Coded {
  return { names, codes: filledTo(codes, length, NO_NAME) };
}

function filledTo(before: Int32Array, length: number, rest: number): Int32Array {
  const longerOne = new Int32Array(length).fill(rest);
  longerOne.set(before);
  return longerOne;
}
