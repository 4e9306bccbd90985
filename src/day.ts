/** Calendar days: reading, writing and counting them. */

/** A day as the number of days since 1970-01-01: days compare and add as numbers do. */
export type Day = number & { readonly brand: 'day' };

export const ISO = 'YYYY-MM-DD';

const MILLISECONDS = 86_400_000;
/** The years of dates (R9.1). */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2199;
/** The day of each text read so far: ledgers repeat the same few days, and the same mistakes. */
const read = new Map<string, Day | undefined>();
const written = new Map<Day, string>();

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
] as const;

/**
 * The day that a text names as `YYYY-MM-DD`, read strictly: `2025-02-30` names none, and neither does a year outside
 * 1900–2199 (R9.1).
 */
export function findDay(text: string): Day | undefined {
  if (read.has(text)) return read.get(text);
  const day = findIsoDay(text);
  read.set(text, day);
  return day;
}

function findIsoDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const year = Number(text.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const day = (Date.UTC(year, Number(text.slice(5, 7)) - 1, Number(text.slice(8))) / MILLISECONDS) as Day;
  // A day that the month does not have is one of the next month.
  return isoOf(day) === text ? day : undefined;
}

/** The day as `YYYY-MM-DD`. */
export function isoOf(day: Day): string {
  let text = written.get(day);
  if (text === undefined) {
    text = new Date(day * MILLISECONDS).toISOString().slice(0, ISO.length);
    written.set(day, text);
  }
  return text;
}

/** The day as a sentence names it: `2 March 2025`. */
export function inWords(day: Day): string {
  const date = new Date(day * MILLISECONDS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** The day with its month shortened: `2 Mar 2025`. */
export function inShortWords(day: Day): string {
  const [date, month = '', year] = inWords(day).split(' ');
  return `${date} ${month.slice(0, 3)} ${year}`;
}

/** The day in UTC of a moment that is counted in seconds since 1970. */
export function dayOfMoment(seconds: number): Day {
  return Math.floor(seconds / 86_400) as Day;
}

export function addDays(day: Day, days: number): Day {
  return (day + days) as Day;
}

/** The day at a place that the column is known to have. */
export function dayAt(days: Int32Array, index: number): Day {
  return days[index] as Day;
}

export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

/** The first day of a month; months are counted 1–12, and 13 is the next January. */
export function firstOfMonth(year: number, month: number): Day {
  return (Date.UTC(year, month - 1, 1) / MILLISECONDS) as Day;
}

/** The month of a text such as `2025-02-30`, and how many days it has; undefined where it names no month. */
export function findMonthLength(text: string): { readonly month: string; readonly days: number } | undefined {
  const first = /^\d{4}-\d{2}-\d{2}$/.test(text) ? findDay(`${text.slice(0, 7)}-01`) : undefined;
  if (first === undefined) return undefined;
  const [year, month] = [Number(text.slice(0, 4)), Number(text.slice(5, 7))];
  return { month: inWords(first).slice(2), days: firstOfMonth(year, month + 1) - first };
}
