// Quota credit: what each line counts for, when, and against which quota, always summed from nothing (R3, R4.2 to R4.4, R4.9).

import { type Day, type FiscalCalendar, fiscalYearOf, laterOf } from './calendar.js';
import { div, type Fraction, isPositive, isZero, max, min, mul, ONE, sub, sum, ZERO } from './fraction.js';
import type { Entry, Line, World } from './ledgers.js';
import type { Attainment, Measure } from './terms.js';

/** A booking, or a credit memo that takes quota credit away again (R4.4, R4.9). */
export interface QuotaCredit {
  readonly line: Line;
  readonly day: Day;
  readonly quarter: string;
  readonly kind: 'booking' | 'credit';
  /** The invoice of a booking, the memo of a credit. */
  readonly source: string;
  /** 1 for a booking; minus the credited part of the invoice for a credit. */
  readonly portion: Fraction;
}

/** R5.1: all memos summed, then clamped to between 0 and the original total. */
export function creditedBy(line: Line, memos: readonly Entry[]): Fraction {
  const { total } = line.invoice;
  if (!isPositive(total)) return ZERO;
  return max(ZERO, min(total, sum(memos.map((memo) => memo.amount))));
}

/** R3.1. */
export function measured(line: Line, measure: Measure): Fraction {
  const { amount, cost, id } = line.invoice;
  if (measure === 'revenue') return mul(amount, line.share);
  if (isZero(amount)) return ZERO;
  if (cost === undefined) throw new RangeError(`invoice ${id} needs a cost`);
  const profit = sub(amount, cost);
  const sameSign = isPositive(amount) ? max(profit, ZERO) : min(profit, ZERO);
  return mul(sameSign, line.share);
}

/** Every booking and every quota-reducing credit of all reps, in the order in which they consume windows. */
export function listQuotaCredits(lines: readonly Line[], calendar: FiscalCalendar): readonly QuotaCredit[] {
  return lines.flatMap((line) => [bookingOf(line), ...creditsOf(line, calendar)]).sort(compareQuotaCredits);
}

/** R4.4. */
export function bookingOf(line: Line): QuotaCredit {
  const { bookingDay, id } = line.invoice;
  return { line, day: bookingDay, quarter: line.quarter, kind: 'booking', source: id, portion: ONE };
}

/** R4.9. */
function creditsOf(line: Line, calendar: FiscalCalendar): readonly QuotaCredit[] {
  if (!line.plan.creditsReduceQuota) return [];
  const { memos, total, bookingDay } = line.invoice;
  return memos.flatMap((memo): readonly QuotaCredit[] => {
    const before = memos.filter((other) => isEarlierMemo(other, memo));
    const change = sub(creditedBy(line, [...before, memo]), creditedBy(line, before));
    if (isZero(change)) return [];
    const day = laterOf(memo.day, bookingDay);
    const portion = sub(ZERO, div(change, total));
    return [{ line, day, quarter: calendar.quarterOf(day), kind: 'credit', source: memo.id, portion }];
  });
}

/** The order in which memos change `credited`: by day, then id (R5.8). */
function isEarlierMemo(a: Entry, b: Entry): boolean {
  if (a.day !== b.day) return a.day < b.day;
  return a.id < b.id || (a.id === b.id && a.rank < b.rank);
}

/** R4.4, R4.9: by day, a day's bookings before its credits, then by source id and rep id. */
export function compareQuotaCredits(a: QuotaCredit, b: QuotaCredit): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.kind !== b.kind) return a.kind === 'booking' ? -1 : 1;
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.line.rep < b.line.rep ? -1 : a.line.rep > b.line.rep ? 1 : 0;
}

/** R3.2: measured by a plan, every line of the rep counts in the plan's unit, whichever plan pays it. */
export function totalOf(credits: readonly QuotaCredit[], measure: Measure): Fraction {
  return sum(credits.map((credit) => mul(measured(credit.line, measure), credit.portion)));
}

/** R4.2: what of a rep lies in the window that a quarter looks at, on any day of it. */
export function creditsInWindow(
  world: World,
  rep: string,
  attainment: Attainment,
  quarter: string,
): readonly QuotaCredit[] {
  return world.quotaCredits.filter(
    (credit) =>
      credit.line.rep === rep &&
      (attainment === 'quarter'
        ? credit.quarter === quarter
        : fiscalYearOf(credit.quarter) === fiscalYearOf(quarter)),
  );
}

/** R4.2: the quota of that window; undefined where it has no quota row at all. */
export function findQuota(
  world: World,
  rep: string,
  attainment: Attainment,
  quarter: string,
): Fraction | undefined {
  const rows = world.quotas.filter(
    (quota) =>
      quota.rep === rep &&
      (attainment === 'quarter'
        ? quota.quarter === quarter
        : fiscalYearOf(quota.quarter) === fiscalYearOf(quarter) &&
          (attainment === 'year' || quota.quarter <= quarter)),
  );
  return rows.length === 0 ? undefined : sum(rows.map((quota) => quota.amount));
}
