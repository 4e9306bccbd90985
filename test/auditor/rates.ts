// What a line's commission is worth on a day: attainment, bands and rate (R4).

import { type Day, earlierOf } from './calendar.js';
import { add, compare, div, type Fraction, isZero, max, min, mul, sub, sum, ZERO } from './fraction.js';
import type { Line, World } from './ledgers.js';
import { bookingOf, compareQuotaCredits, creditsInWindow, findQuota, measured, totalOf } from './quota.js';
import type { Band } from './terms.js';

/** The line's exact commission before credit memos, at the rate it has at the end of a day (R4.5, R4.6, R4.7). */
export function exactCommission(world: World, line: Line, day: Day): Fraction {
  const { plan, quarter, rep } = line;
  const basis = measured(line, plan.basis);
  if (plan.rate.kind === 'flat') return mul(basis, plan.rate.rate);

  const { attainment, bands } = plan.rate;
  const quota = findQuota(world, rep, attainment, quarter) ?? ZERO;
  const thresholds = bands.map((band) => thresholdOf(band, quota));
  const window = creditsInWindow(world, rep, attainment, quarter);

  if (plan.rate.kind === 'retroactive') {
    // R4.6: never past the end of the line's booking quarter.
    const until = earlierOf(day, world.calendar.lastDayOfQuarter(quarter));
    const standing = totalOf(
      window.filter((credit) => credit.day <= until),
      plan.measure,
    );
    return mul(basis, rateAt(standing, bands, thresholds));
  }

  const m = measured(line, plan.measure);
  if (isZero(m)) return ZERO;
  const x = totalOf(
    window.filter((credit) => compareQuotaCredits(credit, bookingOf(line)) < 0),
    plan.measure,
  );
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
