/** The open part of an invoice: its total less what was credited, paid and written off (R5). */
import type { Day } from '../../day.js';
import { clamp, max, min, type Units } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import type { CashLedger } from '../r2-ledgers/books.js';

/** An invoice that cash on account may be applied to, with its number. */
export interface ClosableInvoice {
  readonly number: number;
  readonly id: string;
  readonly customer: string;
  readonly invoiced: Day;
  readonly due: Day | undefined;
  readonly total: Units;
}

/** A payment of an invoice: what leaves the invoice has its id (R30.3). */
export interface PaymentOf {
  readonly row: number;
  readonly id: string;
  /** The row, by its number among the sources. */
  readonly source: number;
  readonly day: Day;
}

export class OpenInvoice {
  readonly invoice: ClosableInvoice;
  /** The sums of its credit memos, payments and write-offs, not yet clamped. */
  readonly #sums: Record<CashLedger, Units> = { creditMemos: 0n, payments: 0n, writeOffs: 0n };
  #isInvoiced = false;
  #lastPayment: PaymentOf | undefined;

  constructor(invoice: ClosableInvoice) {
    this.invoice = invoice;
  }

  get isOpen(): boolean {
    return this.#open > 0n;
  }

  /**
   * What it takes of a ledger to close an invoice that is open: where refunds exceed payments, that much more cash, and
   * likewise.
   */
  openTo(ledger: CashLedger): Units {
    return this.#open - min(this.#sums[ledger], 0n);
  }

  /** Nothing is open before the invoice date; the sums are clamped as a line's are (R5, R5.1). */
  get #open(): Units {
    if (!this.#isInvoiced) return 0n;
    const { creditMemos, payments, writeOffs } = this.#sums;
    const { total } = this.invoice;
    const due = total - clamp(creditMemos, 0n, total);
    return due - max(payments, 0n) - max(writeOffs, 0n);
  }

  /** The last payment so far, by day and id. */
  get lastPayment(): PaymentOf | undefined {
    return this.#lastPayment;
  }

  /** R30.3: the cash beyond what is owed. */
  get excess(): Units {
    const { creditMemos, payments } = this.#sums;
    const { total } = this.invoice;
    return max(payments - (total - clamp(creditMemos, 0n, total)), 0n);
  }

  notePayment(payment: PaymentOf): void {
    const last = this.#lastPayment;
    const isLater =
      last === undefined ||
      payment.day > last.day ||
      (payment.day === last.day && byCodeUnit(payment.id, last.id) > 0);
    if (isLater) this.#lastPayment = payment;
  }

  becomeOpen(): void {
    this.#isInvoiced = true;
  }

  add(ledger: CashLedger, amount: Units): void {
    this.#sums[ledger] += amount;
  }
}

/** Oldest due date first, then by invoice id. */
export function byDueDate({ invoice: a }: OpenInvoice, { invoice: b }: OpenInvoice): number {
  return dueDay(a) - dueDay(b) || byCodeUnit(a.id, b.id);
}

/** An invoice without a due date is due at once. */
function dueDay({ due, invoiced }: ClosableInvoice): Day {
  return due ?? invoiced;
}
