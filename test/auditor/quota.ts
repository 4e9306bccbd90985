// Quota credit: what each line counts for, when, and against which quota, always summed from nothing (R3, R4.2 to R4.4, R4.9, R12.2).

import { type Day, type FiscalCalendar, fiscalYearOf, laterOf } from './calendar.js';
import { bookedAmountOf, type CashPiece, leftOfPiece } from './cash.js';
import { div, type Fraction, isPositive, isZero, max, min, mul, ONE, sub, sum, ZERO } from './fraction.js';
import type { Invoice, Item, Line, Memo, World } from './ledgers.js';
import { compareMoments, endOf, type Moment, memoMoment } from './moments.js';
import { cashEventsOf, collectibleAt } from './parcels.js';
import type { Credit, Measure, Plan, RateEntry, Window } from './terms.js';

/** A booking, or what takes quota credit away again (R4.4, R4.9, R12.4). */
export interface QuotaCredit {
  readonly rep: string;
  readonly credit: Credit;
  readonly day: Day;
  readonly quarter: string;
  readonly month: string;
  readonly kind: 'booking' | 'credit';
  /** The invoice of a booking, the memo of a credit; of cash the event. */
  readonly source: string;
  /** R12.4: ties within a day, by place. */
  readonly order: readonly (string | number)[];
  readonly amountIn: (measure: Measure) => Fraction;
}

const MEASURES: readonly Measure[] = ['revenue', 'gross-profit'];

/** R13.2. */
export function entryFor(plan: Plan, item: Item): RateEntry {
  const named = plan.rates.find(({ categories }) => categories?.includes(item.category));
  const entry = named ?? plan.rates.find(({ categories }) => categories === undefined);
  if (entry === undefined) throw new RangeError(`plan ${plan.id} has no rate for "${item.category}"`);
  return entry;
}

/** R3.1, R13.3, R15.2: an item's revenue or gross profit for a line, in the workspace's currency. */
export function measuredItem(line: Line, item: Item, measure: Measure): Fraction {
  const { fx, id } = line.invoice;
  const scale = mul(line.share, fx);
  if (measure === 'revenue') return mul(item.amount, scale);
  if (isZero(item.amount)) return ZERO;
  if (item.cost === undefined) throw new RangeError(`invoice ${id} needs a cost`);
  const profit = sub(item.amount, item.cost);
  return mul(isPositive(item.amount) ? max(profit, ZERO) : min(profit, ZERO), scale);
}

/** R13.3: the quota credit of a line, of the items that count. */
export function measured(line: Line, measure: Measure): Fraction {
  return sum(
    line.invoice.items
      .filter((item) => entryFor(line.plan, item).countsForQuota)
      .map((item) => measuredItem(line, item, measure)),
  );
}

/** Every booking and every quota-reducing credit of all reps, in the order in which they consume windows. */
export function listQuotaCredits(
  lines: readonly Line[],
  pieces: readonly CashPiece[],
  calendar: FiscalCalendar,
): readonly QuotaCredit[] {
  const found = [
    ...lines.flatMap((line) => [bookingOf(line, calendar), ...creditsOf(line, calendar)]),
    ...pieces.flatMap((piece) => [bookingOfPiece(piece, calendar), ...creditsOfPiece(piece, calendar)]),
  ];
  return found.sort(compareQuotaCredits);
}

/** R4.4. */
export function bookingOf(line: Line, calendar: FiscalCalendar): QuotaCredit {
  const { bookingDay, id } = line.invoice;
  return {
    rep: line.rep,
    credit: line.credit,
    ...periodsOf(calendar, bookingDay),
    kind: 'booking',
    source: id,
    order: [id],
    amountIn: (measure) => measured(line, measure),
  };
}

/** R4.9, R26.2. */
function creditsOf(line: Line, calendar: FiscalCalendar): readonly QuotaCredit[] {
  if (!line.plan.creditsReduceQuota) return [];
  const { memos, bookingDay } = line.invoice;
  return memos.flatMap((memo): readonly QuotaCredit[] => {
    const change = (measure: Measure): Fraction =>
      sub(
        creditedShareAt(line, measure, memoMoment(memo)),
        creditedShareAt(line, measure, justBefore(line.invoice, memo)),
      );
    // Measured by another plan, c may change where it does not by this one.
    if (MEASURES.every((measure) => isZero(change(measure)))) return [];
    return [
      {
        rep: line.rep,
        credit: line.credit,
        ...periodsOf(calendar, laterOf(memo.day, bookingDay)),
        kind: 'credit',
        source: memo.id,
        order: [memo.id, line.invoice.id],
        amountIn: (measure) => sub(ZERO, mul(measured(line, measure), change(measure))),
      },
    ];
  });
}

/** The moment of the memo before, or long before everything. */
function justBefore(invoice: Invoice, memo: Memo): Moment {
  const before = invoice.memos
    .map(memoMoment)
    .filter((moment) => compareMoments(moment, memoMoment(memo)) < 0)
    .sort(compareMoments);
  return before.at(-1) ?? endOf('0000-00-00');
}

/** R26.2: c, what the memos up to a moment take back of a line, between 0 and 1. */
export function creditedShareAt(line: Line, measure: Measure, moment: Moment): Fraction {
  const { invoice } = line;
  // R5.1: an invoice that awaits no cash is not credited.
  if (!isPositive(invoice.total)) return ZERO;
  if (isZero(collectibleAt(invoice, moment))) return ONE;
  const parts = invoice.memos
    .filter((memo) => compareMoments(memoMoment(memo), moment) <= 0)
    .map((memo) => portionOf(memo, line, measure));
  return max(ZERO, min(ONE, sum(parts)));
}

/** R26.2: what one memo takes back of a line; of a team line, what it takes back of the own lines it comes from. */
function portionOf(memo: Memo, line: Line, measure: Measure): Fraction {
  const { invoice } = line;
  const whole = portionOfInvoice(memo, invoice, measure);
  if (memo.rep === '') return whole;
  const ownShare = invoice.owners.find(({ rep }) => rep === memo.rep)?.share ?? ZERO;
  const ofOwn = quotient(whole, ownShare);
  const concerned = line.sources.filter(({ rep }) => rep === memo.rep).map(({ share }) => share);
  return quotient(mul(ofOwn, sum(concerned)), line.share);
}

function portionOfInvoice(memo: Memo, invoice: Invoice, measure: Measure): Fraction {
  if (memo.commissionable === undefined) return quotient(memo.amount, invoice.total);
  if (measure === 'gross-profit' && memo.cost !== undefined && invoice.cost !== undefined) {
    return quotient(sub(memo.commissionable, memo.cost), sub(invoice.amount, invoice.cost));
  }
  return quotient(memo.commissionable, invoice.amount);
}

/** R26.2: a divisor of 0 gives 0. */
function quotient(a: Fraction, b: Fraction): Fraction {
  return isZero(b) ? ZERO : div(a, b);
}

/** R12.4: cash is measured in revenue, whatever measures it. */
export function bookingOfPiece(piece: CashPiece, calendar: FiscalCalendar): QuotaCredit {
  const { invoice, moment } = piece;
  return {
    rep: piece.rep,
    credit: 'cash',
    ...periodsOf(calendar, piece.day),
    kind: 'booking',
    source: moment.source,
    order: [invoice.id, ...placeOf(moment), piece.index],
    amountIn: () => bookedAmountOf(piece),
  };
}

/** R12.4: what a piece shrinks by comes off on that day. */
function creditsOfPiece(piece: CashPiece, calendar: FiscalCalendar): readonly QuotaCredit[] {
  if (!piece.plan.creditsReduceQuota) return [];
  const { invoice, rep } = piece;
  const events = cashEventsOf(invoice).filter(
    ({ moment }) => moment.day >= piece.day && compareMoments(moment, piece.moment) > 0,
  );
  return events.flatMap(({ moment }, at): readonly QuotaCredit[] => {
    const before = events[at - 1]?.moment;
    const lost = sub(before === undefined ? ONE : leftOfPiece(piece, before), leftOfPiece(piece, moment));
    if (isZero(lost)) return [];
    return [
      {
        rep,
        credit: 'cash',
        ...periodsOf(calendar, moment.day),
        kind: 'credit',
        source: moment.source,
        order: [moment.source, invoice.id],
        amountIn: () => sub(ZERO, mul(bookedAmountOf(piece), lost)),
      },
    ];
  });
}

function placeOf({ day, kind, source, rank }: Moment): readonly (string | number)[] {
  const place = ['credit memo', 'payment', 'refund'].indexOf(kind);
  return [day, place, source, rank];
}

function periodsOf(
  calendar: FiscalCalendar,
  day: Day,
): { readonly day: Day; readonly quarter: string; readonly month: string } {
  return { day, quarter: calendar.quarterOf(day), month: calendar.monthOf(day) };
}

/** R4.4, R4.9: by day, a day's bookings before its credits, then by source and rep. */
export function compareQuotaCredits(a: QuotaCredit, b: QuotaCredit): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.kind !== b.kind) return a.kind === 'booking' ? -1 : 1;
  for (const [at, left] of a.order.entries()) {
    const right = b.order[at];
    if (right === undefined) return 1;
    if (left !== right) return left < right ? -1 : 1;
  }
  if (a.order.length !== b.order.length) return -1;
  return a.rep < b.rep ? -1 : a.rep > b.rep ? 1 : 0;
}

/** R3.2: measured by a plan, every line of the rep counts in the plan's unit, whichever plan pays it. */
export function totalOf(credits: readonly QuotaCredit[], measure: Measure): Fraction {
  return sum(credits.map((credit) => credit.amountIn(measure)));
}

/** Where a window is looked at from: a quarter, and a month in it. */
export interface Place {
  readonly quarter: string;
  readonly month: string;
}

/** R4.2, R12.5: what of a rep lies in the window that a place looks at, on any day of it. */
export function creditsInWindow(
  world: World,
  rep: string,
  credit: Credit,
  window: Window,
  place: Place,
): readonly QuotaCredit[] {
  return world.quotaCredits.filter(
    (one) =>
      one.rep === rep &&
      one.credit === credit &&
      (window === 'month'
        ? one.month === place.month
        : window === 'quarter'
          ? one.quarter === place.quarter
          : fiscalYearOf(one.quarter) === fiscalYearOf(place.quarter)),
  );
}

/** R4.2, R12.5: the quota of that window; undefined where it has no quota row at all. */
export function findQuota(
  world: World,
  rep: string,
  credit: Credit,
  window: Window,
  { quarter, month }: Place,
): Fraction | undefined {
  const rows = world.quotas.filter((quota) => {
    if (quota.rep !== rep || quota.credit !== credit) return false;
    if (window === 'month') return quota.per === 'month' && quota.period === month;
    // A quarter's quota is that of its row, or the sum of its months'.
    const of = quota.per === 'quarter' ? quota.period : world.calendar.quarterOfMonth(quota.period);
    if (window === 'quarter') return of === quarter;
    return fiscalYearOf(of) === fiscalYearOf(quarter) && (window === 'year' || of <= quarter);
  });
  return rows.length === 0 ? undefined : sum(rows.map((quota) => quota.amount));
}
