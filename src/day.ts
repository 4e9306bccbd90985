/** A calendar day: reading, writing and counting days; the only room that imports dayjs. */
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(customParseFormat);

/** A day as the number of days since 1970-01-01: days compare and add as numbers do. */
export type Day = number & { readonly brand: 'day' };

export const ISO = 'YYYY-MM-DD';

const MILLISECONDS = 86_400_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const read = new Map<string, Map<string, Day>>();
const written = new Map<Day, string>();

/**
 * The day that a text names, read strictly: `2025-02-30` names none, and neither does a year outside 1900–2199
 * (R9.1). A time of day in the format is read and dropped.
 *
 * @param format - a dayjs format; ISO 8601 where none is given
 */
export function findDay(text: string, format: string = ISO): Day | undefined {
  let known = read.get(format);
  if (known === undefined) {
    known = new Map();
    read.set(format, known);
  }
  const seen = known.get(text);
  if (seen !== undefined) return seen;
  const parsed = dayjs.utc(text, format, true);
  if (!parsed.isValid() || parsed.year() < FIRST_YEAR || parsed.year() > LAST_YEAR) return undefined;
  const day = Math.floor(parsed.valueOf() / MILLISECONDS) as Day;
  known.set(text, day);
  return day;
}

/** The day as `YYYY-MM-DD`. */
export function isoOf(day: Day): string {
  let text = written.get(day);
  if (text === undefined) {
    text = dayjs.utc(day * MILLISECONDS).format(ISO);
    written.set(day, text);
  }
  return text;
}

export function addDays(day: Day, days: number): Day {
  return (day + days) as Day;
}

export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

/** The first day of a month; months are counted 1–12, and 13 is the next January. */
export function firstOfMonth(year: number, month: number): Day {
  return (Date.UTC(year, month - 1, 1) / MILLISECONDS) as Day;
}

/** How many days the month has that a text such as `2025-02-30` speaks of; undefined where it speaks of none. */
export function findMonthLength(text: string): { readonly month: string; readonly days: number } | undefined {
  const first = dayjs.utc(`${text.slice(0, 7)}-01`, ISO, true);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !first.isValid()) return undefined;
  return { month: first.format('MMMM YYYY'), days: first.daysInMonth() };
}

/** Whether a text can serve as a dayjs format for dates: it names a year, a month and a day. */
export function isDateFormat(format: string): boolean {
  const bare = format.replace(/\[[^\]]*\]/g, '');
  return /YY/.test(bare) && /M/.test(bare) && /D/.test(bare);
}
