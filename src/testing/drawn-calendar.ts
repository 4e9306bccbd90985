/** The calendar ledger of a history that has one: quarters of uneven lengths. */
import { addDays, type CalendarDays, type Day, earlierOf } from './days.js';
import type { CalendarSketch } from './sketch.js';

/** Quarters of uneven lengths from shortly before the first booking to the as-of date or beyond. */
export function calendarRowsOf(
  sketch: CalendarSketch,
  asOf: Day,
  monthly: boolean,
  base: Day,
): readonly CalendarDays[] {
  const year = Number(base.slice(0, 4));
  const { before, firstQuarter, lengths, endsAsOf } = sketch;
  const kind = monthly ? 'months' : sketch.rows;
  const rows: CalendarDays[] = [];
  let from = addDays(base, -before);
  for (let at = 0; from <= asOf; at += 1) {
    const number = firstQuarter + at;
    const quarter = `${year + Math.floor(number / 4)}-Q${(number % 4) + 1}`;
    const length = lengths[at % lengths.length] ?? 91;
    const ends = { quarters: [length], halves: [40, length], months: [28, 35, length] }[kind];
    const start = from;
    ends.forEach((end, part) => {
      const to = addDays(start, end - 1);
      const month = kind === 'months' ? monthName(year - 1, 3 * number + part) : '';
      if (!(endsAsOf && from > asOf))
        rows.push({ quarter, from, to: endsAsOf ? earlierOf(to, asOf) : to, month });
      from = addDays(to, 1);
    });
  }
  return rows;
}

function monthName(year: number, number: number): string {
  return `${year + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
}
