/** Days as ledgers write them (`YYYY-MM-DD`), and the fiscal quarters and months they lie in. */
import { addDays as addTo, type Day as DayNumber, findDay, isoOf } from '../day.js';
import {
  findMonth,
  findNamed,
  findQuarter,
  ledgerCalendar,
  monthlyCalendar,
  type Period,
} from '../engine/r2-ledgers/calendar.js';

/** A day as text: days compare as text does. */
export type Day = string;

/** A row of the calendar ledger; its month is empty where the row is a whole quarter (R2.10). */
export interface CalendarDays {
  readonly quarter: string;
  readonly from: Day;
  readonly to: Day;
  readonly month: string;
}

/** Finds periods by day, and days by period; a day or a name outside the calendar throws. */
export interface FiscalCalendar {
  readonly quarterOf: (day: Day) => string;
  readonly monthOf: (day: Day) => string;
  readonly firstDayOf: (period: string) => Day;
  readonly lastDayOf: (period: string) => Day;
  readonly quartersFromTo: (first: string, last: string) => readonly string[];
  readonly monthsFromTo: (first: string, last: string) => readonly string[];
}

/** The day so many days later. */
export function addDays(day: Day, count: number): Day {
  return isoOf(addTo(numberOf(day), count));
}

export function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b;
}

export function earlierOf(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** R2.7, R2.10: the fiscal year is the `YYYY` of the quarter's name. */
export function fiscalYearOf(quarter: string): string {
  return quarter.slice(0, 4);
}

/** Quarters of three calendar months, or those of the rows of a calendar ledger. */
export function fiscalCalendarOf(
  rows: readonly CalendarDays[] | undefined,
  fiscalYearStart = 1,
): FiscalCalendar {
  const calendar = rows === undefined ? monthlyCalendar(fiscalYearStart) : calendarOfRows(rows);
  const named = (name: string): Period => present(findNamed(calendar, name), name);
  const between = (periods: readonly Period[], first: string, last: string): readonly string[] =>
    periods.map(({ name }) => name).filter((name) => first <= name && name <= last);
  return {
    quarterOf: (day) => present(findQuarter(calendar, numberOf(day)), day).name,
    monthOf: (day) => present(findMonth(calendar, numberOf(day)), day).name,
    firstDayOf: (period) => isoOf(named(period).from),
    lastDayOf: (period) => isoOf(named(period).to),
    quartersFromTo: (first, last) => between(calendar.quarters, first, last),
    monthsFromTo: (first, last) => between(calendar.months, first, last),
  };
}

function calendarOfRows(rows: readonly CalendarDays[]) {
  const entries = rows.map(({ quarter, from, to, month }, row) => ({
    row,
    quarter,
    from: numberOf(from),
    to: numberOf(to),
    month: month === '' ? undefined : month,
  }));
  return ledgerCalendar(entries).calendar;
}

function numberOf(day: Day): DayNumber {
  return present(findDay(day), day);
}

function present<Value>(found: Value | undefined, what: string): Value {
  if (found === undefined) throw new RangeError(`${what} is not in the calendar`);
  return found;
}
