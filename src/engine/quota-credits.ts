/** Credit memos as they lower attainment (R4.9). */
import { type Day, later } from '../day.js';
import { clamp } from '../money.js';
import { byCodeUnit } from '../order.js';
import { type Ratio, ratio } from '../ratio.js';
import type { Line, Sale } from './line.js';

/** R4.9: what a credit memo takes from a line's quota credit: this share of it, on this day. */
export interface QuotaCredit {
  readonly day: Day;
  readonly memo: string;
  readonly line: Line;
  readonly share: Ratio;
}

/** R4.9: credits count on the later of memo and booking date; only a change of `credited` is one. */
export function quotaCredits({ invoice, events, lines }: Sale): QuotaCredit[] {
  const memos = events.filter(({ cause }) => cause === 'credited');
  if (memos.length === 0 || !lines.some(({ plan }) => plan.creditsReduceQuota)) return [];
  const dated = memos.map((memo) => ({ ...memo, day: later(memo.day, invoice.booking) }));
  dated.sort((a, b) => a.day - b.day || byCodeUnit(a.source, b.source));
  const credits: QuotaCredit[] = [];
  let sum = 0n;
  let credited = 0n;
  for (const { day, source, amount } of dated) {
    sum += amount;
    const before = credited;
    credited = clamp(sum, 0n, invoice.total);
    if (credited === before) continue;
    const share = ratio(credited - before, invoice.total);
    for (const line of lines) {
      if (line.plan.creditsReduceQuota) credits.push({ day, memo: source, line, share });
    }
  }
  return credits;
}
