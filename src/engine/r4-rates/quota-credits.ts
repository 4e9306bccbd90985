/** Credit memos as they lower attainment (R4.9). */
import { type Day, later } from '../../day.js';
import { clamp } from '../../money.js';
import { type Ratio, ratio } from '../../ratio.js';
import type { Line, Sale } from '../r3-sales/line.js';

/** R4.9: what a credit memo takes from a line's quota credit: this share of it, on this day. */
export interface QuotaCredit {
  readonly day: Day;
  readonly memo: string;
  readonly line: Line;
  readonly share: Ratio;
}

/**
 * R4.9: what each memo takes from each line. The change of `credited` is the memo's own, in the order of the sale's
 * events; it counts on the later of memo and booking date, and a memo that changes nothing is no credit.
 */
export function quotaCredits({ invoice, events, lines }: Sale): QuotaCredit[] {
  const credits: QuotaCredit[] = [];
  let sum = 0n;
  let credited = 0n;
  for (const { day, cause, source, amount } of events) {
    if (cause !== 'credited') continue;
    sum += amount;
    const before = credited;
    credited = clamp(sum, 0n, invoice.total);
    if (credited === before) continue;
    const share = ratio(credited - before, invoice.total);
    for (const line of lines) {
      if (!line.plan.creditsReduceQuota) continue;
      credits.push({ day: later(day, invoice.booking), memo: source, line, share });
    }
  }
  return credits;
}
