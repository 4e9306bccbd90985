/** Credit memos as they lower attainment (R4.9). */
import { type Amount, exactly, within } from '../../amount.js';
import { type Day, later } from '../../day.js';
import { type Ratio, ratio } from '../../ratio.js';
import { numberOf } from '../r1-words/causes.js';
import type { Sales } from '../r3-sales/sales.js';
import type { Run } from '../run.js';

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
export function quotaCredits({ books, counting }: Run, { events, lines }: Sales): QuotaCredit[] {
  const { bookings, totals } = books.invoices;
  const { starts, causes, days, sources, amounts } = events;
  const { zero } = counting;
  const credits: QuotaCredit[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    if (!lines.planOf(line).creditsReduceQuota) continue;
    const invoice = lines.invoices[line] as number;
    const total = totals[invoice] as Amount;
    let [sum, credited] = [zero, zero];
    for (let at = starts[invoice] as number; at < (starts[invoice + 1] as number); at += 1) {
      if (causes[at] !== CREDITED) continue;
      sum += amounts[at] as Amount;
      const before = credited;
      credited = within(sum, zero, total);
      if (credited === before) continue;
      const share = ratio(exactly(credited - before), exactly(total));
      const day = later(days[at] as Day, bookings[invoice] as Day);
      credits.push({ day, memo: sources[at] as number, line, share });
    }
  }
  return credits;
}

const CREDITED = numberOf('credited');
