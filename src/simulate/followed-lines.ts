/** Follows lines while they are posted: when their pay and their cash comes, and what write-offs cost. */
import { exactly, type MinorAmount, minus, plus, prorated } from '../amount.js';
import { addDays, type Day, dayAt } from '../day.js';
import type { LineObserver } from '../engine/post.js';
import { causeOf } from '../engine/r1-words/causes.js';
import { findMonth, findQuarter, type Period } from '../engine/r2-ledgers/calendar.js';
import type { PricedLines } from '../engine/r6-postings/poster.js';
import type { Setting } from '../engine/setting.js';
import type { Minor } from '../money.js';
import { PayTiming } from './pay-timing.js';

/** What was seen of the lines of a run. */
export interface FollowedLines {
  readonly timing: PayTiming;
  /** Forfeited or clawed back by write-offs, less what their reversals give back. */
  readonly lostByWriteOff: Minor;
}

/** Follows the lines of one run. */
export function lineFollower(): {
  readonly observe: (setting: Setting, priced: PricedLines) => LineObserver;
  /** To be called when the run is done. */
  readonly followed: () => FollowedLines;
} {
  let timing: PayTiming | undefined;
  let lost: MinorAmount | undefined;
  return {
    observe: (setting, { lines }) => {
      const { counting, terms, books, asOf } = setting;
      const follow = new PayTiming(counting, asOf);
      const payday = paydayFinder(setting);
      timing = follow;
      let sum: MinorAmount = counting.zero;
      lost = sum;
      return {
        startLine: (line) => follow.start(dayAt(books.invoices.bookings, lines.invoices[line] as number)),
        onPosting: (_line, day, cause, _source, change) => {
          follow.pay(payday(day), minus(plus(change.advanced, change.released), change.clawedBack));
          const what = causeOf(cause);
          if (what !== 'written-off' && what !== 'write-off-reversed') return;
          sum = plus(sum, plus(change.forfeited, change.clawedBack));
          lost = sum;
        },
        onEvent: (day, _cause, _source, _amount, { state: { commission }, parts: { due, collected } }) =>
          follow.collect(day, due > 0 ? prorated(commission, collected, due, terms.rounding) : commission),
        endLine: () => follow.end(),
      };
    },
    followed: () => ({
      timing: timing as PayTiming,
      lostByWriteOff: lost === undefined ? 0n : exactly(lost),
    }),
  };
}

/** The day on which what is posted on a day is paid: the end of its pay period, and `payDay` days more. */
function paydayFinder({ calendar, terms }: Setting): (day: Day) => Day {
  const find = terms.payPeriod === 'month' ? findMonth : findQuarter;
  let period: Period | undefined;
  return (day) => {
    if (period === undefined || day < period.from || day > period.to) period = find(calendar, day) as Period;
    return addDays(period.to, terms.payDay ?? 0);
  };
}
