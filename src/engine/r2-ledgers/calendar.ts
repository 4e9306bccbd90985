/** Fiscal quarters and months: from the month in which the year starts, or from a calendar ledger (R2.7, R2.10). */
import { addDays, type Day, firstOfMonth, isoOf } from '../../day.js';
import { addAll } from '../../largest.js';
import type { LedgerEntry } from '../../ledger-specs/ledgers.js';
import type { Place } from '../../problems/place.js';
import type { Fault } from '../../problems/problem.js';

export interface Period {
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
  /** The period's place in its calendar, counted from 0. */
  readonly index: number;
}

export interface Quarter extends Period {
  readonly fiscalYear: number;
  /** 1 to 4. */
  readonly number: number;
}

/** Quarters and months in order, without gaps or overlaps. */
export interface Calendar {
  readonly quarters: readonly Quarter[];
  /** Empty where a calendar ledger names no months. */
  readonly months: readonly Period[];
  /** The place of each day's quarter and month, days counted from {@link FIRST_DAY}; -1 outside. */
  readonly quarterOfDay: Int16Array;
  readonly monthOfDay: Int16Array;
}

/** A row of the calendar ledger. */
export type CalendarEntry = LedgerEntry<'calendar'>;

/** Every day that is read lies between them (R9.1), whatever the month in which fiscal years start. */
const FIRST_YEAR = 1899;
const LAST_YEAR = 2200;
const FIRST_DAY = firstOfMonth(FIRST_YEAR, 1);
/** The place of a day that no period covers. */
const OUTSIDE = -1;
const DAYS = firstOfMonth(LAST_YEAR + 1, 1) - FIRST_DAY;

/** The year and number of a quarter's name (`2025-Q1`); undefined where the text is none. */
export function findQuarterName(
  text: string,
): { readonly year: number; readonly number: number } | undefined {
  const match = /^(\d{4})-Q([1-4])$/.exec(text);
  return match === null ? undefined : { year: Number(match[1]), number: Number(match[2]) };
}

const monthly = new Map<number, Calendar>();

/** Quarters of calendar months; a fiscal year has the number of the calendar year in which it ends (R2.7). */
export function monthlyCalendar(fiscalYearStart: number): Calendar {
  const known = monthly.get(fiscalYearStart);
  if (known !== undefined) return known;
  const quarters: Quarter[] = [];
  for (let year = FIRST_YEAR; year < LAST_YEAR; year += 1) {
    const fiscalYear = fiscalYearStart === 1 ? year : year + 1;
    for (let number = 1; number <= 4; number += 1) {
      const month = fiscalYearStart + (number - 1) * 3;
      quarters.push({
        name: `${fiscalYear}-Q${number}`,
        from: firstOfMonth(year, month),
        to: addDays(firstOfMonth(year, month + 3), -1),
        index: quarters.length,
        fiscalYear,
        number,
      });
    }
  }
  const calendar = calendarOf(quarters, allMonths);
  monthly.set(fiscalYearStart, calendar);
  return calendar;
}

function allMonths(): Period[] {
  const months: Period[] = [];
  for (let year = FIRST_YEAR; year < LAST_YEAR; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      months.push({
        name: `${year}-${String(month).padStart(2, '0')}`,
        from: firstOfMonth(year, month),
        to: addDays(firstOfMonth(year, month + 1), -1),
        index: months.length,
      });
    }
  }
  return months;
}

/** The calendar that a ledger gives (R2.10): a quarter is the union of its rows, a row with a month is one month. */
export function ledgerCalendar(entries: readonly CalendarEntry[]): {
  readonly calendar: Calendar;
  readonly faults: readonly Fault[];
} {
  const sorted = [...entries].sort((a, b) => a.from - b.from || a.row - b.row);
  const faults: Fault[] = [];
  sorted.forEach((entry, index) => {
    const before = sorted[index - 1];
    if (before !== undefined) addAll(faults, neighborFaults(before, entry));
  });
  const quarters = unions(sorted, (entry) => entry.quarter).flatMap((period): Quarter[] => {
    const name = findQuarterName(period.name);
    return name === undefined ? [] : [{ ...period, fiscalYear: name.year, number: name.number }];
  });
  const months = unions(sorted, (entry) => entry.month);
  return { calendar: calendarOf(quarters, () => months), faults };
}

/** Months, of which there are many, are made when they are first needed. */
function calendarOf(quarters: readonly Quarter[], makeMonths: () => readonly Period[]): Calendar {
  let months: readonly Period[] | undefined;
  let monthOfDay: Int16Array | undefined;
  return {
    quarters,
    quarterOfDay: byDay(quarters),
    get months() {
      months ??= makeMonths();
      return months;
    },
    get monthOfDay() {
      monthOfDay ??= byDay(this.months);
      return monthOfDay;
    },
  };
}

/** Where periods overlap, which is a fault, the first is found. */
function byDay(periods: readonly Period[]): Int16Array {
  const places = new Int16Array(DAYS).fill(OUTSIDE);
  for (const { from, to, index } of periods.toReversed()) {
    places.fill(index, Math.max(0, from - FIRST_DAY), Math.max(0, to - FIRST_DAY + 1));
  }
  return places;
}

/** The quarter a day lies in; undefined outside a calendar ledger. */
export function findQuarter({ quarters, quarterOfDay }: Calendar, day: Day): Quarter | undefined {
  return quarters[quarterOfDay[day - FIRST_DAY] ?? OUTSIDE];
}

/** The month a day lies in; undefined outside a calendar ledger or where it names no months. */
export function findMonth({ months, monthOfDay }: Calendar, day: Day): Period | undefined {
  return months[monthOfDay[day - FIRST_DAY] ?? OUTSIDE];
}

/** Finds the place of the quarter that a day of the calendar lies in. */
export function quarterFinder({ quarterOfDay }: Calendar): (day: number) => number {
  return (day) => quarterOfDay[day - FIRST_DAY] ?? OUTSIDE;
}

/** Finds the place of the month that a day of the calendar lies in. */
export function monthFinder({ monthOfDay }: Calendar): (day: number) => number {
  return (day) => monthOfDay[day - FIRST_DAY] ?? OUTSIDE;
}

/** The quarter or month of that name. */
export function findNamed(calendar: Calendar, name: string): Period | undefined {
  let byName = named.get(calendar);
  if (byName === undefined) {
    byName = new Map([...calendar.months, ...calendar.quarters].map((period) => [period.name, period]));
    named.set(calendar, byName);
  }
  return byName.get(name);
}

/** The periods of a calendar by name: most runs share one calendar. */
const named = new WeakMap<Calendar, ReadonlyMap<string, Period>>();

/** R2.7: a date that no quarter of the calendar ledger covers. */
export function outsideCalendar(place: Place, day: Day, { quarters }: Calendar): Fault {
  const [first, last] = [quarters[0], quarters.at(-1)];
  return {
    code: 'outside-calendar',
    place,
    date: isoOf(day),
    from: first === undefined ? '' : isoOf(first.from),
    to: last === undefined ? '' : isoOf(last.to),
  };
}

/** Neighboring rows of one name as one period. */
function unions(
  sorted: readonly CalendarEntry[],
  nameOf: (entry: CalendarEntry) => string | undefined,
): Period[] {
  const periods: Period[] = [];
  for (const entry of sorted) {
    const name = nameOf(entry);
    if (name === undefined) continue;
    const last = periods.at(-1);
    if (last?.name === name) periods[periods.length - 1] = { ...last, to: entry.to };
    else periods.push({ name, from: entry.from, to: entry.to, index: periods.length });
  }
  return periods;
}

function neighborFaults(before: CalendarEntry, entry: CalendarEntry): Fault[] {
  const place = { kind: 'row', ledger: 'calendar', row: entry.row, column: 'from' } as const;
  const facts = { from: isoOf(entry.from), before: isoOf(before.to) };
  if (entry.from <= before.to) return [{ code: 'calendar-overlap', place, ...facts }];
  if (entry.from > addDays(before.to, 1)) return [{ code: 'calendar-gap', place, ...facts }];
  const faults: Fault[] = [];
  for (const column of ['quarter', 'month'] as const) {
    const [name, earlier] = [entry[column], before[column]];
    if (name === undefined || earlier === undefined || name >= earlier) continue;
    faults.push({ code: 'calendar-order', place: { ...place, column }, name, before: earlier });
  }
  if (entry.month !== undefined && entry.month === before.month && entry.quarter !== before.quarter) {
    const at = { ...place, column: 'month' };
    faults.push({ code: 'calendar-order', place: at, name: entry.month, before: before.month });
  }
  return faults;
}
