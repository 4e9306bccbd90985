/** The largest clawbacks of the newest quarter, and whose pay moved since the period before. */
import { payRowsOf } from '../closing/pay-history.js';
import { type Variance, varianceOf } from '../closing/variance.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PostedResult } from '../engine/result.js';
import { byCodeUnit } from '../order.js';
import { descending } from './open.js';

export interface Movements {
  /** Postings of the quarter that take commission back, the largest first. */
  readonly clawbacks: readonly Posting[];
  /** The pay of the current period beside that of the one before; undefined where there is none before. */
  readonly variance: Variance | undefined;
}

/** Reads the postings once. */
export function movementsOf(result: PostedResult): Movements {
  const { payPeriods, payPeriod, fiscalQuarter, terms, currency } = result;
  const before = payPeriods.at(-2)?.name;
  const own = new Set(
    payPeriods.filter(({ quarter }) => quarter === fiscalQuarter.name).map(({ name }) => name),
  );
  const compared: Posting[] = [];
  const clawbacks: Posting[] = [];
  for (const posting of result.postings) {
    if (posting.period === before || posting.period === payPeriod) compared.push(posting);
    if (posting.clawedBack > 0n && own.has(posting.period)) clawbacks.push(posting);
  }
  return {
    clawbacks: clawbacks.sort(
      (a, b) =>
        descending(a.clawedBack, b.clawedBack) ||
        byCodeUnit(a.date, b.date) ||
        byCodeUnit(a.invoiceId, b.invoiceId) ||
        byCodeUnit(a.repId, b.repId),
    ),
    variance:
      before === undefined
        ? undefined
        : varianceOf({
            before,
            period: payPeriod,
            rows: payRowsOf(result),
            postings: compared,
            variance: terms.variance,
            digits: currency.digits,
          }),
  };
}
