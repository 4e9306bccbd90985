/** The rows of applied.csv: what became of cash that names no invoice (applyCash). */
import { isoOf } from '../../day.js';
import type { Units } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import type { CashLedger } from '../r2-ledgers/books.js';
import { type AppliedCash, byLedger } from '../r3-sales/apply-cash.js';
import type { EntryOnAccount } from '../r3-sales/customer-account.js';

/** A row that names a customer but no invoice. Its amount is what of it was applied, and what is left on account. */
export interface UnappliedRow {
  readonly ledger: CashLedger;
  readonly sourceId: string;
  readonly customerId: string;
  /** The row's own date, `YYYY-MM-DD`. */
  readonly date: string;
  /** In units, as every amount here. */
  readonly amount: Units;
}

/** A part of such a row, and what it was applied to. */
export interface AppliedRow extends UnappliedRow {
  /** Undefined where a refund or reversal without an invoice took the part back; that row has a part below 0 then. */
  readonly invoiceId: string | undefined;
  readonly dueDate: string | undefined;
  /** The later of the row's date and the day on which the invoice became open to it. */
  readonly appliedDate: string;
  readonly openBefore: Units | undefined;
  readonly applied: Units;
  readonly openAfter: Units | undefined;
}

/** What is left of such a row as of the date. */
export interface OnAccountRow extends UnappliedRow {
  readonly left: Units;
}

/** The allocations as rows. */
export function appliedRows({ allocations }: AppliedCash): readonly AppliedRow[] {
  return allocations.map(({ from, day, amount, to }) => ({
    ...unappliedRow(from),
    invoiceId: to?.invoice.id,
    dueDate: to?.invoice.due === undefined ? undefined : isoOf(to.invoice.due),
    appliedDate: isoOf(day),
    openBefore: to?.openBefore,
    applied: amount,
    openAfter: to?.openAfter,
  }));
}

/** What is left as rows: by ledger, then id and customer. */
export function onAccountRows({ entries }: AppliedCash): readonly OnAccountRow[] {
  return entries
    .filter(({ left }) => left !== 0n)
    .sort(
      ({ ledger: a, entry: one }, { ledger: b, entry: other }) =>
        byLedger(a, b) || byCodeUnit(one.id, other.id) || byCodeUnit(one.customer, other.customer),
    )
    .map((entry) => ({ ...unappliedRow(entry), left: entry.left }));
}

function unappliedRow({ ledger, entry }: EntryOnAccount): UnappliedRow {
  const { id, customer, day, amount } = entry;
  return { ledger, sourceId: id, customerId: customer, date: isoOf(day), amount };
}
