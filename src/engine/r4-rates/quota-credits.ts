/** Credit memos as they lower attainment (R4.9). */
import { type Amount, amountAt, exactly, minus, plus, within } from '../../amount.js';
import { type Day, dayAt, later } from '../../day.js';
import { minus as minusRatio, ONE, plus as plusRatio, type Ratio, ratio, ZERO } from '../../ratio.js';
import { numberOf } from '../r1-words/causes.js';
import type { Lines } from '../r3-sales/lines.js';
import { keptAsShare, type MemoCredits } from '../r3-sales/memo-credits.js';
import type { SaleEvents } from '../r3-sales/sale-events.js';
import type { Setting } from '../setting.js';

/** R4.9: what a credit memo takes from a line's quota credit: this share of it, on this day. */
export interface QuotaCredit {
  readonly day: Day;
  /** The memo, by its number among the sources. */
  readonly memo: number;
  readonly line: number;
  readonly share: Ratio;
  /** The share of its gross profit, where that is another one (R26.2). */
  readonly profitShare: Ratio;
}

/**
 * R4.9: what each memo takes from each line. The change of `credited` is the memo's own, in the order of the sale's
 * events; it counts on the later of memo and booking date, and a memo that changes nothing is no credit.
 */
export function quotaCredits(
  { books, counting }: Setting,
  lines: Lines,
  memos: MemoCredits,
  { starts, causes, days, sources, amounts }: SaleEvents,
): QuotaCredit[] {
  const { bookings, totals } = books.invoices;
  const { zero } = counting;
  const credits: QuotaCredit[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    if (!lines.planOf(line).creditsReduceQuota) continue;
    const invoice = lines.invoices[line] as number;
    const total = amountAt(totals, invoice);
    const states = memos.has(invoice);
    let [byRevenue, byProfit, revenueBack, profitBack] = [ZERO, ZERO, ZERO, ZERO];
    let sum: Amount = zero;
    let credited: Amount = zero;
    for (let at = starts[invoice] as number; at < (starts[invoice + 1] as number); at += 1) {
      if (causes[at] !== CREDITED) continue;
      sum = plus(sum, amountAt(amounts, at));
      const before = credited;
      credited = within<'units'>(sum, zero, total);
      const memo = sources[at] as number;
      const day = later(dayAt(days, at), dayAt(bookings, invoice));
      if (states) {
        const isAll = credited === total;
        byRevenue = plusRatio(byRevenue, memos.shareOf(line, memo, amountAt(amounts, at), 'revenue'));
        byProfit = plusRatio(byProfit, memos.shareOf(line, memo, amountAt(amounts, at), 'gross-profit'));
        const [revenueNow, profitNow] = [byRevenue, byProfit].map((of) =>
          isAll ? ONE : keptAsShare(of),
        ) as [Ratio, Ratio];
        const share = minusRatio(revenueNow, revenueBack);
        const profitShare = minusRatio(profitNow, profitBack);
        [revenueBack, profitBack] = [revenueNow, profitNow];
        if (share.n !== 0n || profitShare.n !== 0n) credits.push({ day, memo, line, share, profitShare });
        continue;
      }
      if (credited === before) continue;
      const share = ratio(exactly(minus(credited, before)), exactly(total));
      credits.push({ day, memo, line, share, profitShare: share });
    }
  }
  return credits;
}

const CREDITED = numberOf('credited');
