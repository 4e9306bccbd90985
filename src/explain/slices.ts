/** Where a booking fell in a rate table: the parts of it that lie in one band each (R4.5). */
import type { Booked } from '../engine/r4-rates/prices.js';
import { minus, over, type Ratio, times } from '../ratio.js';

/** A part of a booking that lies in one band of a rate table (R4.5), in units, exactly. */
export interface SliceExplanation {
  /** What is booked in the window before the slice and after it. */
  readonly from: Ratio;
  readonly to: Ratio;
  /** The part of the line's basis that is paid at the band's rate. */
  readonly base: Ratio;
  readonly rate: Ratio;
  readonly amount: Ratio;
}

/**
 * The slices of a booking.
 *
 * @param base - what its rate is applied to
 * @param m - its quota credit; undefined where it is not known, and there are no slices
 */
export function slicesOf({ slices }: Booked, base: Ratio, m: Ratio | undefined): readonly SliceExplanation[] {
  return slices.map(({ from, to, rate }): SliceExplanation => {
    // A booking below 0 falls through its slices.
    const width = minus(to, from);
    const size = m === undefined || m.n < 0n ? minus(from, to) : width;
    const part = over(size, m ?? { n: 1n, d: 1n });
    const slice = times(base, part);
    return { from, to, base: slice, rate, amount: times(slice, rate) };
  });
}
