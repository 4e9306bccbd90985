/** What a rep owes, debt by debt, in the order in which the debts came about. */
import { type Minor, min } from '../money.js';
import type { FirstPaid } from './line-parts.js';

/** What a debt is for: commission that was taken back, once it was paid or before it ever was; a draw; or a deduction. */
export type DebtKind = 'commission' | 'never-paid' | 'draw' | 'deduction';

/** A part of a debt that is settled. */
export interface SettledDebt extends FirstPaid {
  readonly of: DebtKind;
}

/** An open debt: the part of a charge that was first paid in one period. */
interface Debt extends Omit<SettledDebt, 'amount'> {
  /** The line that was charged; undefined where it is no line's, or was owed at the opening. */
  readonly invoice: string | undefined;
  /** What is left of it. */
  amount: Minor;
}

/** Debts in order; settled ones are skipped for good. */
class Row {
  readonly #debts: Debt[] = [];
  /** All debts before this place are settled. */
  #first = 0;

  add(debt: Debt): void {
    this.#debts.push(debt);
  }

  /** The oldest open debt. */
  findOldest(): Debt | undefined {
    while (this.#debts[this.#first]?.amount === 0n) this.#first += 1;
    return this.#debts[this.#first];
  }
}

/** The debts of one rep. */
export class Debts {
  readonly #all = new Row();
  /** By invoice, for the rep's lines that owe something. */
  readonly #byLine = new Map<string, Row>();

  charge({ paidIn, year, amount }: FirstPaid, of: DebtKind, invoice?: string): void {
    const debt = { paidIn, year, amount, of, invoice };
    this.#all.add(debt);
    if (invoice === undefined) return;
    const own = this.#byLine.get(invoice) ?? new Row();
    own.add(debt);
    this.#byLine.set(invoice, own);
  }

  /** Settles up to an amount, the oldest first, and returns what was settled. */
  settle(amount: Minor): SettledDebt[] {
    return this.#settle(this.#all, amount);
  }

  /** The same for what one line was charged. */
  settleOf(invoice: string, amount: Minor): SettledDebt[] {
    const own = this.#byLine.get(invoice);
    return own === undefined ? [] : this.#settle(own, amount);
  }

  #settle(row: Row, amount: Minor): SettledDebt[] {
    const settled: SettledDebt[] = [];
    let rest = amount;
    for (let debt = row.findOldest(); debt !== undefined && rest > 0n; debt = row.findOldest()) {
      const here = min(debt.amount, rest);
      rest -= here;
      debt.amount -= here;
      settled.push({ paidIn: debt.paidIn, year: debt.year, amount: here, of: debt.of });
      const { invoice } = debt;
      if (invoice !== undefined && this.#byLine.get(invoice)?.findOldest() === undefined) {
        this.#byLine.delete(invoice);
      }
    }
    return settled;
  }
}
