/** How files write dates: formats such as `DD/MM/YYYY`, and the days that texts name in them; the only room that imports dayjs. */
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import utc from 'dayjs/plugin/utc.js';
import { type Day, findDay, ISO, isoOf } from '../day.js';

dayjs.extend(utc);
dayjs.extend(customParseFormat);

const MILLISECONDS = 86_400_000;
/** By format, the day of each text read so far: files repeat the same few days, and the same mistakes. */
const read = new Map<string, Map<string, Day | undefined>>();
const calendars = new Map<string, Intl.DateTimeFormat>();

/** In place of a dayjs format: days counted as Excel counts them, 45678 or 45678.5. */
export const EXCEL = 'excel';

/** Five digits are the days from 1927 to 2173; a time of day follows the point. */
const SERIAL = /^\d{5}(?:\.\d+)?$/;
/** How many days Excel counts before 1970, where days are counted from here. */
const SERIAL_OF_1970 = 25_569;

/** How a file writes its dates. */
export interface DateStyle {
  /** dayjs formats or {@link EXCEL}; a date may be in any of them. */
  readonly formats: readonly string[];
  /** The century of two-digit years: 2000 makes 26 the year 2026. */
  readonly century?: number | undefined;
  /** The company's time zone, an IANA name, where the file has times in UTC. */
  readonly timezone?: string | undefined;
}

/**
 * The day that a text names in one format, read strictly (R9.1: 1900–2199). A time of day in the format is read and
 * dropped.
 *
 * @param format - a dayjs format, or {@link EXCEL}
 * @example findDayAs('31.12.2025', 'DD.MM.YYYY') === findDay('2025-12-31')
 */
export function findDayAs(text: string, format: string): Day | undefined {
  if (format === ISO) return findDay(text);
  if (format === EXCEL) return findSerialDay(text);
  let known = read.get(format);
  if (known === undefined) {
    known = new Map();
    read.set(format, known);
  }
  if (known.has(text)) return known.get(text);
  const parsed = dayjs.utc(text, format, true);
  const day = parsed.isValid()
    ? findDay(isoOf(Math.floor(parsed.valueOf() / MILLISECONDS) as Day))
    : undefined;
  known.set(text, day);
  return day;
}

/**
 * The day that a text names in a file's style, read strictly; undefined where it names none, or a different one in each
 * of two formats.
 */
export function findStyledDay(text: string, { formats, century, timezone }: DateStyle): Day | undefined {
  let found: Day | undefined;
  for (const format of formats) {
    const cased = format.includes('MMM') ? withMonthNames(text) : text;
    // A date without a time of day is the same day in every zone.
    const isZoned = timezone !== undefined && hasTime(format);
    const named = isZoned ? findZonedDay(cased, format, timezone) : findDayAs(cased, format);
    const day = named !== undefined && isShortYear(format) ? inCentury(named, century ?? 2000) : named;
    if (day === undefined) continue;
    if (found !== undefined && found !== day) return undefined;
    found = day;
  }
  return found;
}

function findSerialDay(text: string): Day | undefined {
  if (!SERIAL.test(text)) return undefined;
  return findDay(isoOf((Math.floor(Number(text)) - SERIAL_OF_1970) as Day));
}

/** Whether a text can serve as a dayjs format for dates: it has a year, a month and a day, and nothing unreadable. */
export function isDateFormat(format: string): boolean {
  if (format === EXCEL) return true;
  const bare = withoutLiterals(format);
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
  return format !== EXCEL && !withoutLiterals(format).includes('YYYY');
}

/** Whether a format has a time of day. */
export function hasTime(format: string): boolean {
  return /[Hh]/.test(withoutLiterals(format));
}

/** Whether a text is the IANA name of a time zone. */
export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A format without the parts in brackets, which are literal text: `[T]`. */
function withoutLiterals(format: string): string {
  return format.replace(/\[[^\]]*\]/g, '');
}

function findZonedDay(text: string, format: string, zone: string): Day | undefined {
  const parsed = dayjs.utc(text, format, true);
  if (!parsed.isValid()) return undefined;
  const [month, day, year] = calendarOf(zone).format(parsed.valueOf()).split('/');
  return findDay(`${year}-${month}-${day}`);
}

/** The calendar of a time zone; dayjs's own are a hundred times as slow. */
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
  return findDay(`${century / 100}${isoOf(day).slice(2)}`);
}

/** dayjs reads month names strictly as `Jan` and `January`; files write `JAN` and `january`. */
function withMonthNames(text: string): string {
  return text.replace(/[a-z]{3,}/gi, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
}
