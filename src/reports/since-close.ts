/** What a calculation shows besides its figures once periods are closed: adjustments, and whose pay moved. */
import { payRowsOf } from '../closing/pay-history.js';
import { type Variance, varianceOf } from '../closing/variance.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Close } from '../engine/r11-closes/close.js';
import type { PostedResult } from '../engine/result.js';
import type { RowCounts } from '../workspace/closes/row-changes.js';
import { adjustmentRecords, adjustmentsText } from './adjustments.js';
import { countsText } from './changes.js';
import type { ReportOptions } from './style.js';
import { varianceRecord, varianceText } from './variance.js';

/** The sections of the summary. */
export function sinceCloseText(
  result: PostedResult,
  last: Close,
  counts: RowCounts | undefined,
  options: ReportOptions,
): string[] {
  const { terms, currency } = result;
  const adjustments = adjustmentsText(result, options);
  return [
    ...(counts === undefined ? [] : [countsText(counts, last.period.name), '']),
    ...(adjustments.length === 0 ? [] : [...adjustments, '']),
    ...varianceText(varianceSince(result, last), terms.variance, currency, options),
  ];
}

/** The same for `--json`. */
export function sinceCloseRecord(
  result: PostedResult,
  last: Close,
  counts: RowCounts | undefined,
): Record<string, unknown> {
  return {
    closed: result.closedPeriods.map(({ name }) => name),
    ...(counts === undefined ? {} : { rows: { since: last.period.name, ...counts } }),
    adjustments: adjustmentRecords(result),
    variance: varianceRecord(varianceSince(result, last), result.currency),
  };
}

/** The pay of the last closed period beside that of the current period. */
function varianceSince(result: PostedResult, last: Close): Variance {
  const { terms, currency, payPeriod } = result;
  const postings: Iterable<Posting> = {
    *[Symbol.iterator]() {
      yield* last.postings;
      yield* result.openPostings;
    },
  };
  return varianceOf({
    before: last.period.name,
    period: payPeriod,
    rows: payRowsOf(result),
    postings,
    variance: terms.variance,
    digits: currency.digits,
  });
}
