// What a booking's commission is worth on a day: attainment, bands and rates (R4, R13, R27).

import { type Day, earlierOf } from './calendar.js';
import { bookedAmountOf, type CashPiece } from './cash.js';
import { add, compare, div, type Fraction, isZero, max, min, mul, sub, sum, ZERO } from './fraction.js';
import type { Line, World } from './ledgers.js';
import {
  bookingOf,
  bookingOfPiece,
  compareQuotaCredits,
  creditsInWindow,
  entryFor,
  findQuota,
  measuredItem,
  type QuotaCredit,
  totalOf,
} from './quota.js';
import type { Band, Plan, Rate } from './terms.js';

/** A part of a booking with a rate of its own: what is paid on, and what it counts for. */
interface Part {
  readonly rate: Rate;
  readonly basis: Fraction;
  readonly m: Fraction;
  /** What counts of the booking's parts before it. */
  readonly before: Fraction;
}

/** The line's exact commission before credit memos, at the rate it has at the end of a day (R4.5, R4.6, R4.7, R13.3). */
export function exactCommission(world: World, line: Line, day: Day): Fraction {
  const { plan, invoice } = line;
  const booking = bookingOf(line, world.calendar);
  let before = ZERO;
  const prices: Fraction[] = [];
  for (const item of invoice.items) {
    const { rate, countsForQuota } = entryFor(plan, item);
    const basis = measuredItem(line, item, plan.basis);
    const m = measuredItem(line, item, plan.measure);
    prices.push(priceOf(world, plan, booking, { rate, basis, m, before }, day));
    if (countsForQuota) before = add(before, m);
  }
  return sum(prices);
}

/** R12.4: what a parcel or piece is paid in full. */
export function exactCashCommission(world: World, piece: CashPiece): Fraction {
  const { plan, day } = piece;
  const [entry] = plan.rates;
  if (entry === undefined) throw new RangeError(`plan ${plan.id} has no rate`);
  const m = bookedAmountOf(piece);
  const booking = bookingOfPiece(piece, world.calendar);
  return priceOf(world, plan, booking, { rate: entry.rate, basis: m, m, before: ZERO }, day);
}

function priceOf(world: World, plan: Plan, booking: QuotaCredit, part: Part, day: Day): Fraction {
  const { rate, basis, m, before } = part;
  if (rate.kind === 'flat') return mul(basis, rate.rate);

  const { attainment, bands } = rate;
  const { rep, credit } = booking;
  const quota = attainment === 'sale' ? ZERO : (findQuota(world, rep, credit, attainment, booking) ?? ZERO);
  const thresholds = bands.map((band) => thresholdOf(band, quota));
  const window = attainment === 'sale' ? [] : creditsInWindow(world, rep, credit, attainment, booking);

  if (rate.kind === 'retroactive') {
    // R4.6, R12.5: never past the end of the line's booking quarter, or month.
    const end =
      attainment === 'month'
        ? world.calendar.lastDayOfMonth(booking.month)
        : world.calendar.lastDayOfQuarter(booking.quarter);
    const until = earlierOf(day, end);
    const standing = totalOf(
      window.filter((one) => one.day <= until),
      plan.measure,
    );
    return mul(basis, rateAt(standing, bands, thresholds));
  }

  const earlier = window.filter((one) => compareQuotaCredits(one, booking) < 0);
  const x = add(totalOf(earlier, plan.measure), before);
  // R27.2: the whole of it at the rate of the band that it reaches.
  if (rate.kind === 'whole') return mul(basis, rateAt(max(x, add(x, m)), bands, thresholds));
  if (isZero(m)) return ZERO;
  return mul(div(basis, m), integral(x, add(x, m), bands, thresholds));
}

/** R4.3. */
function thresholdOf(band: Band, quota: Fraction): Fraction {
  return band.unit === 'amount' ? band.from : mul(band.from, quota);
}

/** R4.5: a point on a threshold belongs to the band that starts there, a point below 0 to the first band. */
function rateAt(point: Fraction, bands: readonly Band[], thresholds: readonly Fraction[]): Fraction {
  const started = bands.filter((_, at) => compare(thresholds[at] ?? ZERO, point) <= 0);
  return (started.at(-1) ?? bands[0])?.rate ?? ZERO;
}

/** R4.5: the integral of the rate from one point to another, negative where it runs downwards. */
function integral(
  from: Fraction,
  to: Fraction,
  bands: readonly Band[],
  thresholds: readonly Fraction[],
): Fraction {
  if (compare(to, from) < 0) return sub(ZERO, integral(to, from, bands, thresholds));
  return sum(
    bands.map((band, at) => {
      const start = at === 0 ? from : max(from, thresholds[at] ?? from);
      const end = min(to, thresholds[at + 1] ?? to);
      return compare(end, start) > 0 ? mul(band.rate, sub(end, start)) : ZERO;
    }),
  );
}
