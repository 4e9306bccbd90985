/** What happens to one line, in order (R5.8): its invoice's events, its earning and its re-ratings. */
import type { Day } from '../../day.js';
import type { Units } from '../../money.js';
import type { Ratio } from '../../ratio.js';
import type { Line } from '../r3-sales/line.js';
import { byDayAndOrder, type Cause } from './order-of-day.js';

export interface LineEvent {
  readonly day: Day;
  readonly cause: Cause;
  readonly source: string;
  readonly amount: Units;
  /** The rate from a re-rating on; undefined for every other event. */
  readonly rate?: Ratio;
}

/** The events of a line that is earned by the as-of date; the past-due check is not among them. */
export function eventsOf(line: Line): readonly LineEvent[] {
  const { sale, earnDay, plan } = line;
  const cause = plan.earnOn === 'booking' ? 'booked' : 'invoiced';
  const earning: LineEvent = { day: earnDay, cause, source: sale.invoice.id, amount: 0n };
  const own = reratings(line);
  own.push(earning);
  return merge(sale.events, own.length === 1 ? own : own.sort(byDayAndOrder));
}

/** R4.6: the days after its booking on which the line's rate changes. */
function reratings({ pricing }: Line): LineEvent[] {
  if (pricing.kind === 'fixed') return [];
  return pricing.steps
    .slice(pricing.first + 1)
    .map(({ day, source, rate }) => ({ day, cause: 're-rated', source, amount: 0n, rate }));
}

function merge(a: readonly LineEvent[], b: readonly LineEvent[]): LineEvent[] {
  const merged: LineEvent[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && (other === undefined || byDayAndOrder(one, other) <= 0)) {
      merged.push(one);
      i += 1;
    } else {
      merged.push(other as LineEvent);
      j += 1;
    }
  }
  return merged;
}
