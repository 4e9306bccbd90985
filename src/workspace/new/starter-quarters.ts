/** The calendar quarters around a day: the current one, the two before it, and those of the year before them. */
import { addDays, type Day, firstOfMonth, isoOf } from '../../day.js';

export interface StarterQuarter {
  /** `2025-Q1` */
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
  /** `January to March 2025` */
  readonly months: string;
}

export interface StarterQuarters {
  /** The last two complete quarters and the current one. */
  readonly story: readonly [StarterQuarter, StarterQuarter, StarterQuarter];
  /** The quarters of the first one's year that come before it. */
  readonly before: readonly StarterQuarter[];
}

const MONTHS = ['January to March', 'April to June', 'July to September', 'October to December'];

/** @param today - as `YYYY-MM-DD` */
export function quartersAround(today: string): StarterQuarters {
  const current = Number(today.slice(0, 4)) * 4 + Math.floor((Number(today.slice(5, 7)) - 1) / 3);
  const first = current - 2;
  return {
    story: [quarter(first), quarter(first + 1), quarter(current)],
    before: Array.from({ length: first % 4 }, (_, index) => quarter(first - (first % 4) + index)),
  };
}

/** @param count - quarters since the beginning of the year 0 */
function quarter(count: number): StarterQuarter {
  const [year, index] = [Math.floor(count / 4), count % 4];
  const from = firstOfMonth(year, index * 3 + 1);
  const to = addDays(firstOfMonth(year, index * 3 + 4), -1);
  return { name: `${isoOf(from).slice(0, 4)}-Q${index + 1}`, from, to, months: `${MONTHS[index]} ${year}` };
}
