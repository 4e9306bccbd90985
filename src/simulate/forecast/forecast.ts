/** What open invoices bring in until a later day, if customers pay as they have paid: stated, and the same every time. */
import { exactly } from '../../amount.js';
import { addDays, type Day, dayAt, isoOf } from '../../day.js';
import type { Run } from '../../engine/calculate.js';
import type { Books, CashEntries } from '../../engine/r2-ledgers/books.js';
import { max, min, type Units } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import type { Ratio } from '../../ratio.js';
import { type AddedPayment, withPayments } from '../collections/added-payments.js';
import { owedOn } from '../collections/owed.js';
import type { ChangedBooks } from '../runs.js';
import { type Behaviors, behaviorsOf, ENOUGH_PAYMENTS, type Expectation } from './behavior.js';

/** What a forecast expects. Amounts are in units of the invoices' own currencies. */
export interface Forecast {
  /** The ledgers as they are known on the as-of date, with the payments that are expected. */
  readonly books: ChangedBooks;
  /** How many payments are expected until the last day, and how many invoices are not expected to be paid at all. */
  readonly payments: number;
  readonly neverPaid: number;
  /** How customers pay who still owe something, by id. */
  readonly customers: readonly CustomerOutlook[];
  /** How all customers pay, which goes for those with few payments of their own. */
  readonly all: CustomerOutlook | undefined;
}

/** How a customer is expected to pay. */
export interface CustomerOutlook {
  readonly customerId: string;
  /** How many payments that is read from. */
  readonly payments: number;
  /** The median by amount: days from the due date to the cash. */
  readonly daysLate: number;
  readonly shareNeverPaid: Ratio;
}

/** A part of an invoice that is open, with what is expected of it. */
interface OpenPart {
  readonly invoice: number;
  readonly id: string;
  readonly due: Day;
  readonly amount: Units;
  readonly expected: Expectation | undefined;
}

/** A share is carried on with this precision. */
const FINE = 1_000_000n;

/**
 * Forecasts payments of what is open in a run.
 *
 * @param run - the ledgers as of the day on which the forecast is made
 * @param until - its last day
 */
export function forecast(run: Run, until: Day): Forecast {
  const { setting } = run;
  const { books, counting } = setting;
  const behaviors = behaviorsOf(run);
  const added: AddedPayment[] = [];
  let neverPaid = 0;
  // What is expected to be lost and is not lost yet, in fine units: whole parts are lost, as near to the sum as they come.
  let carried = 0n;
  for (const { invoice, id, due, amount, expected } of openParts(run, behaviors)) {
    if (expected !== undefined) {
      carried += (amount * FINE * expected.lost) / (expected.paid + expected.lost);
    }
    if (expected === undefined || carried * 2n >= amount * FINE) {
      if (expected !== undefined) carried -= amount * FINE;
      neverPaid += 1;
      continue;
    }
    const day = addDays(due, expected.daysLate);
    if (day <= until) added.push({ id: `forecast ${id} ${isoOf(due)}`, invoice, day, amount });
  }
  const known = asKnown(books, setting.asOf, addDays(until, 1));
  return {
    books: { ...known, payments: withPayments(known.payments, added, books.invoices.ids, counting) },
    payments: added.length,
    neverPaid,
    customers: outlooksOf(run, behaviors),
    all: outlookOf('', behaviors.all),
  };
}

/** What is open, in order of due date, and within it of invoice id. */
function openParts(run: Run, behaviors: Behaviors): readonly OpenPart[] {
  const { setting, credits, priced } = run;
  const { invoices } = setting.books;
  const parts: OpenPart[] = [];
  for (let invoice = 0; invoice < invoices.length; invoice += 1) {
    if (!credits.fates.isUsed(invoice)) continue;
    const owed = owedOn(run, invoice);
    if (owed.open <= 0n) continue;
    const closed = owed.due - owed.open;
    const behavior = behaviors.byCustomer.get(invoices.customers.at(invoice));
    for (const { from, to, due: written } of priced.dues.of(invoice).instalments) {
      const amount = min(exactly(to), owed.due) - max(exactly(from), closed);
      if (amount <= 0n) continue;
      const due = written ?? dayAt(invoices.invoiced, invoice);
      const late = setting.asOf - due;
      const isKnown = behavior !== undefined && behavior.payments >= ENOUGH_PAYMENTS;
      const expected = (isKnown ? behavior.expect(late) : undefined) ?? behaviors.all.expect(late);
      parts.push({ invoice, id: invoices.ids.at(invoice), due, amount, expected });
    }
  }
  return parts.sort((a, b) => a.due - b.due || byCodeUnit(a.id, b.id));
}

/** The ledgers without what is booked, paid, written off or credited after a day: it is not known on it. */
function asKnown(books: Books, asOf: Day, never: Day): ChangedBooks {
  const known = (days: Int32Array): Int32Array => days.map((day) => (day > asOf ? never : day));
  const entries = (own: CashEntries): CashEntries => ({ ...own, days: known(own.days) });
  const { bookings, invoiced, reverses } = books.invoices;
  const reversed = Int32Array.from(invoiced);
  for (const reversing of reverses.keys()) if (dayAt(invoiced, reversing) > asOf) reversed[reversing] = never;
  return {
    invoices: { ...books.invoices, bookings: known(bookings), invoiced: reversed },
    payments: entries(books.payments),
    writeOffs: entries(books.writeOffs),
    creditMemos: entries(books.creditMemos),
  };
}

/** The customers who owe something, in order of id. */
function outlooksOf(run: Run, { byCustomer }: Behaviors): readonly CustomerOutlook[] {
  const { setting, credits } = run;
  const { invoices } = setting.books;
  const owing = new Set<string>();
  for (let invoice = 0; invoice < invoices.length; invoice += 1) {
    if (credits.fates.isUsed(invoice) && owedOn(run, invoice).open > 0n)
      owing.add(invoices.customers.at(invoice));
  }
  return [...owing].sort(byCodeUnit).flatMap((customerId) => {
    const behavior = byCustomer.get(customerId);
    const outlook =
      behavior && behavior.payments >= ENOUGH_PAYMENTS ? outlookOf(customerId, behavior) : undefined;
    return outlook === undefined ? [] : [outlook];
  });
}

/** Undefined where nothing was ever paid. */
function outlookOf(customerId: string, behavior: Behaviors['all']): CustomerOutlook | undefined {
  const expected = behavior.expect(Number.NEGATIVE_INFINITY);
  if (expected === undefined) return undefined;
  const { daysLate, paid, lost } = expected;
  return { customerId, payments: behavior.payments, daysLate, shareNeverPaid: { n: lost, d: paid + lost } };
}
