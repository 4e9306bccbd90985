/** How customers have paid: how late their cash came, and how much of what they owed never did. */
import { amountAt, exactly } from '../../amount.js';
import { type Day, dayAt } from '../../day.js';
import type { Run } from '../../engine/calculate.js';
import { numberOf } from '../../engine/r1-words/causes.js';
import type { Instalment } from '../../engine/r3-sales/dues.js';
import { round, type Units } from '../../money.js';
import { owedOn } from '../collections/owed.js';

/** What is open so long past due counts as never paid. */
export const GIVEN_UP_AFTER = 180;

/** A customer with fewer payments than this is taken to pay as all customers do. */
export const ENOUGH_PAYMENTS = 5;

/** What is to be expected of cash that is so late already. */
export interface Expectation {
  /** Days from the due date to the cash: the median by amount. */
  readonly daysLate: number;
  /** Of what was that late, what was paid and what never was, in units. */
  readonly paid: Units;
  readonly lost: Units;
}

/** The cash of one customer, or of all. */
export class Behavior {
  readonly #paid: { readonly daysLate: number; readonly amount: Units }[] = [];
  /** What was paid from each of them on, in order of lateness; made on the first use. */
  #sums: Units[] | undefined;
  #lost = 0n;

  pay(daysLate: number, amount: Units): void {
    this.#paid.push({ daysLate, amount });
    this.#sums = undefined;
  }

  lose(amount: Units): void {
    this.#lost += amount;
  }

  /** How many payments came. */
  get payments(): number {
    return this.#paid.length;
  }

  /** What is to be expected of cash that has not come so many days after the due date; undefined where nothing paid was that late. */
  expect(daysLate: number): Expectation | undefined {
    const sums = this.#inOrder();
    let [low, high] = [0, this.#paid.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#paid[middle] as { daysLate: number }).daysLate > daysLate) high = middle;
      else low = middle + 1;
    }
    const paid = sums[low] ?? 0n;
    if (paid === 0n) return undefined;
    // The last payment that half of the cash comes with or after.
    high = this.#paid.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((sums[middle] as Units) * 2n >= paid) low = middle;
      else high = middle - 1;
    }
    return { daysLate: (this.#paid[low] as { daysLate: number }).daysLate, paid, lost: this.#lost };
  }

  #inOrder(): readonly Units[] {
    if (this.#sums !== undefined) return this.#sums;
    this.#paid.sort((a, b) => a.daysLate - b.daysLate);
    const sums = new Array<Units>(this.#paid.length);
    let sum = 0n;
    for (let at = sums.length - 1; at >= 0; at -= 1) {
      sum += (this.#paid[at] as { amount: Units }).amount;
      sums[at] = sum;
    }
    this.#sums = sums;
    return sums;
  }
}

/** The behavior of every customer, and of all together, up to the as-of date of a run. */
export interface Behaviors {
  readonly all: Behavior;
  readonly byCustomer: ReadonlyMap<string, Behavior>;
}

const COLLECTED = numberOf('collected');

/** Reads how customers have paid from what happened to their invoices. Foreign cash is converted as it was booked (R15.1). */
export function behaviorsOf(run: Run): Behaviors {
  const { setting, credits, events, priced } = run;
  const { invoices } = setting.books;
  const { starts, causes, amounts, days } = events.events;
  const all = new Behavior();
  const byCustomer = new Map<string, Behavior>();
  for (let invoice = 0; invoice < invoices.length; invoice += 1) {
    if (!credits.fates.isUsed(invoice)) continue;
    const customerId = invoices.customers.at(invoice);
    let own = byCustomer.get(customerId);
    if (own === undefined) {
      own = new Behavior();
      byCustomer.set(customerId, own);
    }
    const { instalments } = priced.dues.of(invoice);
    const invoiced = dayAt(invoices.invoiced, invoice);
    const rate = credits.currencies.rateOf(invoice);
    const converted = (amount: Units): Units => round(amount * rate.n, rate.d, 'half-up');
    let paid = 0n;
    for (let event = starts[invoice] as number; event < (starts[invoice + 1] as number); event += 1) {
      if (causes[event] !== COLLECTED) continue;
      const amount = exactly(amountAt(amounts, event));
      const daysLate = dayAt(days, event) - dueAt(instalments, paid, invoiced);
      paid += amount;
      own.pay(daysLate, converted(amount));
      all.pay(daysLate, converted(amount));
    }
    const { writtenOff, open, due, collected } = owedOn(run, invoice);
    const since = dueAt(instalments, due - open < collected ? collected : due - open, invoiced);
    const lost = converted(setting.asOf - since > GIVEN_UP_AFTER ? writtenOff + open : writtenOff);
    if (lost === 0n) continue;
    own.lose(lost);
    all.lose(lost);
  }
  return { all, byCustomer };
}

/** The due date of the instalment that the next cash goes to (R16.3); the invoice date where there is none. */
function dueAt(instalments: readonly Instalment[], paid: Units, invoiced: Day): Day {
  const part = instalments.find(({ to }) => exactly(to) > paid) ?? instalments.at(-1);
  return part?.due ?? invoiced;
}
