/** What customers have paid on each invoice as of the date, no matter who is credited on it. */
import { amountAt, exactly } from '../amount.js';
import { dayAt, isoOf } from '../day.js';
import { causeOf } from '../engine/r1-words/causes.js';
import {
  addEvent,
  type LineState,
  partsOf,
  type TargetTerms,
  targetTerms,
} from '../engine/r5-targets/targets.js';
import type { Explainable } from '../engine/result.js';
import type { LineWorking } from '../engine/working.js';
import { powerOfTen, type Units } from '../money.js';

/** An invoice with its cash, in units; no plan's tolerance counts here. */
export interface InvoiceCash {
  readonly invoiceId: string;
  readonly customerId: string;
  /** Who is credited on it, by id. */
  readonly repIds: readonly string[];
  readonly due: string | undefined;
  /** As of the date; undefined without a due date. */
  readonly daysPastDue: number | undefined;
  /** What it came to, less credits; what of that is collected; and what is neither collected nor written off. */
  readonly total: Units;
  readonly collected: Units;
  readonly open: Units;
  /** What makes up `collected`, oldest first. */
  readonly receipts: readonly Receipt[];
}

/** A part of what is collected. */
export interface Receipt {
  readonly amount: Units;
  /** From the invoice date to the cash; 0 if the cash came first. */
  readonly days: number;
}

/**
 * The invoices that are invoiced by the as-of date and have something to collect, by id. What takes cash
 * back (a refund, or a credit on what was already paid) takes back the latest receipt.
 *
 * @param calculation - with `lines` kept
 */
export function* invoiceCash(calculation: Explainable): Iterable<InvoiceCash> {
  const working = calculation.working.lines;
  const { setting, lines, dues } = working;
  const { books, counting, terms, asOf } = setting;
  const { invoices, reps } = books;
  const [plan] = terms.plans;
  if (plan === undefined) return;
  const unit = powerOfTen(books.scale);
  const withoutTolerance = {
    ...targetTerms(plan, terms.rounding, unit, counting),
    tolerance: counting.zero,
    toleranceShare: undefined,
  };
  for (let line = 0; line < lines.length; ) {
    const invoice = lines.invoices[line] as number;
    const repIds: string[] = [];
    for (; line < lines.length && lines.invoices[line] === invoice; line += 1) {
      repIds.push(reps.nameOf(lines.reps[line] as number));
    }
    if (dayAt(invoices.invoiced, invoice) > asOf || amountAt(invoices.totals, invoice) <= 0) continue;
    // R16.2: an invoice in instalments is due as a whole with the last one.
    const due = dues.of(invoice).instalments.at(-1)?.due;
    yield {
      invoiceId: invoices.ids.at(invoice),
      customerId: invoices.customers.at(invoice),
      repIds,
      due: due === undefined ? undefined : isoOf(due),
      daysPastDue: due === undefined ? undefined : asOf - due,
      ...cashOn(invoice, working, withoutTolerance),
    };
  }
}

/** Applies what happened to an invoice, event by event. */
function cashOn(
  invoice: number,
  { setting, events }: LineWorking,
  terms: TargetTerms,
): Pick<InvoiceCash, 'total' | 'collected' | 'open' | 'receipts'> {
  const { books, counting } = setting;
  const { zero } = counting;
  const state: LineState = {
    commission: zero,
    total: amountAt(books.invoices.totals, invoice),
    memos: zero,
    cash: zero,
    writtenOff: zero,
    pastDue: false,
    late: undefined,
    awaitsInvoice: false,
    lastCash: undefined,
    cashCap: undefined,
  };
  const receipts: { amount: Units; days: number }[] = [];
  let collected = 0n;
  for (let at = events.starts[invoice] as number; at < (events.starts[invoice + 1] as number); at += 1) {
    addEvent(state, causeOf(events.causes[at] as number), amountAt(events.amounts, at));
    const now = exactly(partsOf(state, terms).collected);
    const days = Math.max(0, dayAt(events.days, at) - dayAt(books.invoices.invoiced, invoice));
    if (now > collected) receipts.push({ amount: now - collected, days });
    else takeBack(receipts, collected - now);
    collected = now;
  }
  const parts = partsOf(state, terms);
  return { total: exactly(parts.due), collected, open: exactly(parts.due) - exactly(parts.closed), receipts };
}

function takeBack(receipts: { amount: Units; days: number }[], amount: Units): void {
  let left = amount;
  while (left > 0n) {
    const last = receipts.at(-1);
    if (last === undefined) return;
    if (last.amount > left) {
      last.amount -= left;
      return;
    }
    left -= last.amount;
    receipts.pop();
  }
}
