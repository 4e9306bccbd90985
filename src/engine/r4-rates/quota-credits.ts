/** Credit memos as they lower attainment (R4.9). */
import { type Amount, amountAt, exactly, minus, plus, within } from '../../amount.js';
import { type Day, dayAt, later } from '../../day.js';
import { type Ratio, ratio } from '../../ratio.js';
import { numberOf } from '../r1-words/causes.js';
import type { Lines } from '../r3-sales/lines.js';
import type { SaleEvents } from '../r3-sales/sale-events.js';
import type { Setting } from '../setting.js';

/** R4.9: what a credit memo takes from a line's quota credit: this share of it, on this day. */
export interface QuotaCredit {
  readonly day: Day;
  /** The memo, by its number among the sources. */
  readonly memo: number;
  readonly line: number;
  readonly share: Ratio;
}

/**
 * R4.9: what each memo takes from each line. The change of `credited` is the memo's own, in the order of the sale's
 * events; it counts on the later of memo and booking date, and a memo that changes nothing is no credit.
 */
export function quotaCredits(
  { books, counting }: Setting,
  lines: Lines,
  { starts, causes, days, sources, amounts }: SaleEvents,
): QuotaCredit[] {
  const { bookings, totals } = books.invoices;
  const { zero } = counting;
  const credits: QuotaCredit[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    if (!lines.planOf(line).creditsReduceQuota) continue;
    const invoice = lines.invoices[line] as number;
    const total = amountAt(totals, invoice);
    let sum: Amount = zero;
    let credited: Amount = zero;
    for (let at = starts[invoice] as number; at < (starts[invoice + 1] as number); at += 1) {
      if (causes[at] !== CREDITED) continue;
      sum = plus(sum, amountAt(amounts, at));
      const before = credited;
      credited = within<'units'>(sum, zero, total);
      if (credited === before) continue;
      const share = ratio(exactly(minus(credited, before)), exactly(total));
      const day = later(dayAt(days, at), dayAt(bookings, invoice));
      credits.push({ day, memo: sources[at] as number, line, share });
    }
  }
  return credits;
}

const CREDITED = numberOf('credited');
