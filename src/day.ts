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
/** By format, what each text names: files write the same days again and again, wrong ones too. */
const read = new Map<string, Map<string, Day | undefined>>();
const written = new Map<Day, string>();
const calendars = new Map<string, Intl.DateTimeFormat>();

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
  if (known.has(text)) return known.get(text);
  const day = format === ISO ? findIsoDay(text) : findFormattedDay(text, format);
  known.set(text, day);
  return day;
}

function findFormattedDay(text: string, format: string): Day | undefined {
  const parsed = dayjs.utc(text, format, true);
  const isNamed = parsed.isValid() && parsed.year() >= FIRST_YEAR && parsed.year() <= LAST_YEAR;
  return isNamed ? (Math.floor(parsed.valueOf() / MILLISECONDS) as Day) : undefined;
}

/** ISO 8601 needs no format, and dayjs would set up the time zones of the world for it. */
function findIsoDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const [year, month, date] = [text.slice(0, 4), text.slice(5, 7), text.slice(8)].map(Number) as [
    number,
    number,
    number,
  ];
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const day = (Date.UTC(year, month - 1, date) / MILLISECONDS) as Day;
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

/** The day as people say it in a sentence: `2 March 2025`. */
export function inWords(day: Day): string {
  return dayjs.utc(day * MILLISECONDS).format('D MMMM YYYY');
}

/** The day with its month shortened: `2 Mar 2025`. */
export function inShortWords(day: Day): string {
  return dayjs.utc(day * MILLISECONDS).format('D MMM YYYY');
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

/** How a file writes its dates. */
export interface DateStyle {
  /** dayjs formats; a date may be in any of them. */
  readonly formats: readonly string[];
  /** The century of years that are written with two digits: 2000 makes 26 2026. */
  readonly century?: number | undefined;
  /** The company's time zone, where the file has times in UTC: an IANA name. */
  readonly timezone?: string | undefined;
}

/**
 * The day that a text names in a file's own style, read strictly; undefined where it names none, or a different one in
 * each of two formats.
 */
export function findStyledDay(text: string, { formats, century, timezone }: DateStyle): Day | undefined {
  let found: Day | undefined;
  for (const format of formats) {
    const cased = format.includes('MMM') ? withMonthNames(text) : text;
    // A date without a time of day is the same day in every zone.
    const isZoned = timezone !== undefined && hasTime(format);
    const named = isZoned ? findZonedDay(cased, format, timezone) : findDay(cased, format);
    const day = named !== undefined && isShortYear(format) ? inCentury(named, century ?? 2000) : named;
    if (day === undefined) continue;
    if (found !== undefined && found !== day) return undefined;
    found = day;
  }
  return found;
}

/** Whether a text can serve as a dayjs format for dates: it names a year, a month and a day, and nothing unreadable. */
export function isDateFormat(format: string): boolean {
  const bare = format.replace(/\[[^\]]*\]/g, '');
  const tokens = bare.match(/[A-Za-z]+/g) ?? [];
  return (
    /YY/.test(bare) &&
    /M/.test(bare) &&
    /D/.test(bare) &&
    tokens.every((token) => /^(YYYY|YY|M{1,4}|D{1,2}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|SSS|A|a|T)+$/.test(token))
  );
}

/** Whether a format writes years with two digits. */
export function isShortYear(format: string): boolean {
  return !format.replace(/\[[^\]]*\]/g, '').includes('YYYY');
}

/** Whether a format has a time of day. */
export function hasTime(format: string): boolean {
  return /[Hh]/.test(format.replace(/\[[^\]]*\]/g, ''));
}

/** Whether it is the IANA name of a time zone. */
export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function findZonedDay(text: string, format: string, zone: string): Day | undefined {
  const parsed = dayjs.utc(text, format, true);
  if (!parsed.isValid()) return undefined;
  return findDay(calendarOf(zone).format(parsed.valueOf()), 'MM/DD/YYYY');
}

/** The days of a time zone; dayjs's own are a hundred times as slow. */
function calendarOf(zone: string): Intl.DateTimeFormat {
  let calendar = calendars.get(zone);
  if (calendar === undefined) {
    const days = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    calendar = new Intl.DateTimeFormat('en-US', { ...days, timeZone: zone });
    calendars.set(zone, calendar);
  }
  return calendar;
}

function inCentury(day: Day, century: number): Day | undefined {
  const text = isoOf(day);
  return findDay(`${century / 100}${text.slice(2)}`);
}

/** dayjs reads month names strictly as `Jan` and `January`; files write `JAN` and `january`. */
function withMonthNames(text: string): string {
  return text.replace(/[a-z]{3,}/gi, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
}
