/** Rate tables at work: thresholds of a window (R4.3) and the rate of a booking, marginal (R4.5) or retroactive (R4.6). */
import { powerOfTen } from '../../money.js';
import type { Rate } from '../../plans/plan.js';
import { compare, minus, over, type Ratio, times, ZERO } from '../../ratio.js';
import type { Setting } from '../setting.js';
import type { WindowQuota } from './quotas.js';
import { type Tally, type Threshold, thresholdAt } from './tally.js';

/** A rate table in one window: the bands with their thresholds in units. */
export interface Gauge {
  readonly thresholds: readonly Threshold[];
  readonly rates: readonly Ratio[];
  /** The window's quota, where thresholds are shares of it; else undefined. */
  readonly quota: WindowQuota | undefined;
}

/** The part of a booking that lies in one band: where the accumulator enters and leaves it, and the band's rate. */
export interface Slice {
  readonly from: Ratio;
  readonly to: Ratio;
  readonly rate: Ratio;
}

type RateTable = Extract<Rate, { kind: 'table' }>;

/** Whether a table needs a quota: it has a percentage above 0% (R4.2). */
export function needsQuota(table: RateTable): boolean {
  return table.thresholds === 'share-of-quota' && table.bands.length > 1;
}

/**
 * R4.3: a band starts at its share of the window's quota, or at its amount.
 *
 * @param quota - of the window; not needed where thresholds are amounts
 */
export function gaugeOf(
  table: RateTable,
  quota: WindowQuota | undefined,
  { books, counting }: Setting,
): Gauge {
  const unit: Ratio = {
    n: table.thresholds === 'amount' ? powerOfTen(books.scale) : (quota?.sum ?? 0n),
    d: 1n,
  };
  return {
    quota,
    thresholds: table.bands.map(({ from }) => thresholdAt(times(from, unit), counting)),
    rates: table.bands.map(({ rate }) => rate),
  };
}

/** The band of the accumulator: a threshold belongs to the band that starts there, and below 0 is the first. */
export function bandAt({ thresholds }: Gauge, accumulator: Tally): number {
  let band = thresholds.length - 1;
  while (band > 0 && accumulator.isBelow(thresholds[band] as Threshold)) band -= 1;
  return band;
}

/** R4.6: the rate of every line of the quarter while the accumulator is where it is. */
export function retroactiveRate(gauge: Gauge, accumulator: Tally): Ratio {
  return gauge.rates[bandAt(gauge, accumulator)] as Ratio;
}

/**
 * R4.5: the slices of a booking that takes the accumulator from `x` to `x + m`, and from one band to another. They follow
 * each other from the lower of the two to the upper: a negative booking falls through the same bands.
 *
 * @param accumulator - is at `x + m`
 * @param m - the booking's quota credit, not 0
 * @param bands - those of the accumulator before and after the booking
 */
export function marginalSlices(
  gauge: Gauge,
  accumulator: Tally,
  m: Ratio,
  [before, after]: readonly [number, number],
): readonly Slice[] {
  const end = accumulator.value();
  const start = minus(end, m);
  const [low, high] = m.n > 0n ? [start, end] : [end, start];
  const slices: Slice[] = [];
  for (let band = Math.min(before, after); band <= Math.max(before, after); band += 1) {
    const from = band === 0 ? low : larger(low, (gauge.thresholds[band] as Threshold).exact);
    const next = gauge.thresholds[band + 1];
    const to = next === undefined ? high : smaller(high, next.exact);
    if (compare(from, to) >= 0) continue;
    slices.push({ from, to, rate: gauge.rates[band] as Ratio });
  }
  return slices;
}

/**
 * The average rate of a booking: `1 ÷ m × ∫ rate over [x, x + m]`, so that its commission is the basis times this.
 * Brought to lowest terms once, at the end.
 */
export function averageRate(slices: readonly Slice[]): Ratio {
  let [area, width] = [ZERO, ZERO];
  for (const { from, to, rate } of slices) {
    const [n, d] = [to.n * from.d - from.n * to.d, to.d * from.d];
    width = { n: width.n * d + n * width.d, d: width.d * d };
    area = { n: area.n * d * rate.d + n * rate.n * area.d, d: area.d * d * rate.d };
  }
  return over(area, width);
}

function larger(a: Ratio, b: Ratio): Ratio {
  return compare(a, b) >= 0 ? a : b;
}

function smaller(a: Ratio, b: Ratio): Ratio {
  return compare(a, b) <= 0 ? a : b;
}

/** R27.2: the rate of a whole booking: that of the band which it reaches, or from which a negative one falls. */
export function wholeRate(gauge: Gauge, [before, after]: readonly [number, number]): Ratio {
  return gauge.rates[Math.max(before, after)] as Ratio;
}
