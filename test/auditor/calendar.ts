// Days as text (YYYY-MM-DD), and the fiscal quarters and months they lie in.

export type Day = string;

export interface FiscalCalendar {
  readonly quarterOf: (day: Day) => string;
  readonly monthOf: (day: Day) => string;
  /** The quarter that a month belongs to. */
  readonly quarterOfMonth: (month: string) => string;
  readonly lastDayOfQuarter: (quarter: string) => Day;
  readonly firstDayOfQuarter: (quarter: string) => Day;
  readonly lastDayOfMonth: (month: string) => Day;
  readonly firstDayOfMonth: (month: string) => Day;
  readonly quartersFromTo: (first: string, last: string) => readonly string[];
  readonly monthsFromTo: (first: string, last: string) => readonly string[];
}

export interface CalendarRow {
  readonly quarter: string;
  readonly from: Day;
  readonly to: Day;
  /** Empty where the row is a whole quarter. */
  readonly month: string;
}

/** R2.7, R2.10: the fiscal year is the YYYY of the quarter's name. */
export function fiscalYearOf(quarter: string): string {
  return quarter.slice(0, 4);
}

/** The day `count` days later; days past year 9999 are all the last one, since nothing is computed so late. */
export function addDays(day: Day, count: number): Day {
  const [year, month, date] = numbersOf(day);
  const later = new Date(Date.UTC(year, month - 1, date + count));
  return later.getTime() > Date.UTC(9999, 11, 31) ? '9999-12-31' : later.toISOString().slice(0, 10);
}

/** How many days the second day is after the first. */
export function daysBetween(from: Day, to: Day): number {
  const [[y1, m1, d1], [y2, m2, d2]] = [numbersOf(from), numbersOf(to)];
  return (Date.UTC(y2, m2 - 1, d2) - Date.UTC(y1, m1 - 1, d1)) / 86_400_000;
}

export function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b;
}

export function earlierOf(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** R2.7: quarters of three calendar months, named after the year in which the fiscal year ends. */
export function calendarOfMonths(fiscalYearStart: number): FiscalCalendar {
  const quarterOfMonth = (text: string): string => {
    const [year, month] = numbersOf(text);
    const monthsIn = (month - fiscalYearStart + 12) % 12;
    const endYear = fiscalYearStart > 1 && month >= fiscalYearStart ? year + 1 : year;
    return `${padded(endYear, 4)}-Q${Math.floor(monthsIn / 3) + 1}`;
  };
  const firstMonthOf = (quarter: string): string => {
    const startYear = Number(fiscalYearOf(quarter)) - (fiscalYearStart > 1 ? 1 : 0);
    return addMonths(`${padded(startYear, 4)}-01`, fiscalYearStart - 1 + 3 * (Number(quarter.slice(6)) - 1));
  };
  const nextQuarter = (quarter: string): string => quarterOfMonth(addMonths(firstMonthOf(quarter), 3));
  return {
    quarterOf: (day) => quarterOfMonth(day.slice(0, 7)),
    monthOf: (day) => day.slice(0, 7),
    quarterOfMonth,
    lastDayOfQuarter: (quarter) => addDays(`${addMonths(firstMonthOf(quarter), 3)}-01`, -1),
    firstDayOfQuarter: (quarter) => `${firstMonthOf(quarter)}-01`,
    lastDayOfMonth: (month) => addDays(`${addMonths(month, 1)}-01`, -1),
    firstDayOfMonth: (month) => `${month}-01`,
    quartersFromTo: (first, last) => steps(first, last, nextQuarter),
    monthsFromTo: (first, last) => steps(first, last, (month) => addMonths(month, 1)),
  };
}

/** R2.7, R2.10: quarters (and months) as a calendar ledger gives them. */
export function calendarOfRows(unordered: readonly CalendarRow[]): FiscalCalendar {
  const rows = [...unordered].sort((a, b) => (a.from < b.from ? -1 : 1));
  const rowWhere = (what: string, holds: (row: CalendarRow) => boolean): CalendarRow => {
    const found = rows.find(holds);
    if (found === undefined) throw new RangeError(`${what} is not in the calendar`);
    return found;
  };
  const rowOf = (day: Day): CalendarRow => rowWhere(day, (row) => row.from <= day && day <= row.to);
  const between = (names: readonly string[], first: string, last: string): readonly string[] => {
    const distinct = names.filter((name, at) => names.indexOf(name) === at);
    return distinct.slice(distinct.indexOf(first), distinct.indexOf(last) + 1);
  };
  return {
    quarterOf: (day) => rowOf(day).quarter,
    monthOf: (day) => rowOf(day).month,
    quarterOfMonth: (month) => rowWhere(month, (row) => row.month === month).quarter,
    // R2.10: a quarter is the union of its rows.
    lastDayOfQuarter: (quarter) =>
      rows.filter((row) => row.quarter === quarter).reduce((last, row) => laterOf(last, row.to), ''),
    firstDayOfQuarter: (quarter) => rowWhere(quarter, (row) => row.quarter === quarter).from,
    lastDayOfMonth: (month) => rowWhere(month, (row) => row.month === month).to,
    firstDayOfMonth: (month) => rowWhere(month, (row) => row.month === month).from,
    quartersFromTo: (first, last) =>
      between(
        rows.map((row) => row.quarter),
        first,
        last,
      ),
    monthsFromTo: (first, last) =>
      between(
        rows.map((row) => row.month),
        first,
        last,
      ),
  };
}

function steps(first: string, last: string, next: (period: string) => string): readonly string[] {
  const found: string[] = [];
  for (let period = first; period <= last; period = next(period)) found.push(period);
  return found;
}

function addMonths(month: string, count: number): string {
  const [year, of] = numbersOf(month);
  const months = 12 * year + of - 1 + count;
  return `${padded(Math.floor(months / 12), 4)}-${padded((months % 12) + 1, 2)}`;
}

/** Year, month and day of a day; of a month its year and month, and 0. */
function numbersOf(text: string): readonly [number, number, number] {
  return [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
