/** What a rep owes, debt by debt, in the order in which the debts came about. */
import { type Minor, min } from '../money.js';
import type { FirstPaid } from './line-history.js';

/** A debt that is not settled yet: a part of a charge that was first paid in one period. */
interface Debt extends Omit<FirstPaid, 'amount'> {
  /** The invoice of the line that was charged; undefined where it is not known. */
  readonly invoice: string | undefined;
  /** What is left of it. */
  amount: Minor;
}

/** Debts in a row, of which those that are settled are passed over once and for all. */
class Row {
  readonly #debts: Debt[] = [];
  /** All before this place are settled. */
  #first = 0;

  add(debt: Debt): void {
    this.#debts.push(debt);
  }

  /** The oldest that is not settled. */
  findOldest(): Debt | undefined {
    while (this.#debts[this.#first]?.amount === 0n) this.#first += 1;
    return this.#debts[this.#first];
  }
}

/** The debts of one rep. */
export class Debts {
  readonly #all = new Row();
  /** By invoice, for those lines of the rep that owe something. */
  readonly #byLine = new Map<string, Row>();

  charge({ paidIn, year, amount }: FirstPaid, invoice?: string): void {
    const debt = { paidIn, year, amount, invoice };
    this.#all.add(debt);
    if (invoice === undefined) return;
    const own = this.#byLine.get(invoice) ?? new Row();
    own.add(debt);
    this.#byLine.set(invoice, own);
  }

  /** Settles up to an amount, the oldest first, and tells of what. */
  settle(amount: Minor): FirstPaid[] {
    return this.#settle(this.#all, amount);
  }

  /** Settles up to an amount of what one line was charged, the oldest first. */
  settleOf(invoice: string, amount: Minor): FirstPaid[] {
    const own = this.#byLine.get(invoice);
    return own === undefined ? [] : this.#settle(own, amount);
  }

  #settle(row: Row, amount: Minor): FirstPaid[] {
    const settled: FirstPaid[] = [];
    let wanted = amount;
    for (let debt = row.findOldest(); debt !== undefined && wanted > 0n; debt = row.findOldest()) {
      const here = min(debt.amount, wanted);
      wanted -= here;
      debt.amount -= here;
      settled.push({ paidIn: debt.paidIn, year: debt.year, amount: here });
      const { invoice } = debt;
      if (invoice !== undefined && this.#byLine.get(invoice)?.findOldest() === undefined) {
        this.#byLine.delete(invoice);
      }
    }
    return settled;
  }
}
