/** What becomes of each invoice: when it is paid, and what of it is open from a day on. One object for one invoice after another. */
import { type Amount, amountAt, least, minus, most, plus } from '../amount.js';
import { type Day, dayAt } from '../day.js';
import { causeOf } from '../engine/r1-words/causes.js';
import { addEvent } from '../engine/r5-targets/targets.js';
import type { LineWorking } from '../engine/working.js';

/** An invoice after an event. */
export interface InvoiceState {
  /** Neither collected, credited nor written off, in units of the invoice's currency. */
  readonly open: Amount;
  /** Whether cash covers what is owed. */
  readonly isCollected: boolean;
}

/**
 * Goes through what happened to an invoice, from its total on.
 *
 * @param visit - is called with each day on which something happened, after each event
 */
export function walkInvoice(
  { setting, events }: LineWorking,
  invoice: number,
  visit: (day: Day, state: InvoiceState) => void,
): void {
  const zero: Amount = setting.counting.zero;
  const total = amountAt(setting.books.invoices.totals, invoice);
  const sums = { memos: zero, cash: zero, writtenOff: zero };
  const end = events.starts[invoice + 1] as number;
  for (let at = events.starts[invoice] as number; at < end; at += 1) {
    addEvent(sums, causeOf(events.causes[at] as number), amountAt(events.amounts, at));
    const owed = minus(total, least(most(sums.memos, zero), total));
    const collected = least(most(sums.cash, zero), owed);
    const closed = least(plus(collected, most(sums.writtenOff, zero)), owed);
    visit(dayAt(events.days, at), { open: minus(owed, closed), isCollected: owed > 0 && collected === owed });
  }
}
