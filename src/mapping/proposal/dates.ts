/** Finds the date format of a file: the one that fits every date in it. */
import { ISO } from '../../day.js';
import { EXCEL, findStyledDay } from '../../formats/date-format.js';

/** What the dates of a file show about their format. */
export type DateFinding =
  | { readonly kind: 'no-values' }
  /** `formats` is empty where all are ISO dates. */
  | {
      readonly kind: 'found';
      readonly formats: readonly string[];
      readonly misfits: readonly string[];
      /** A date that settles the order of day and month, where one does. */
      readonly proof?: string;
    }
  /** Day first and month first both fit every date, but mean different days. */
  | {
      readonly kind: 'ambiguous';
      readonly choices: readonly (readonly string[])[];
      readonly misfits: readonly string[];
      readonly example: string;
    }
  | { readonly kind: 'unknown'; readonly misfits: readonly string[] };

/** The order of day, month and year. A date with the year first, or with the name of the month, fits each order. */
type Order = 'DMY' | 'MDY' | 'YMD';
const ORDERS: readonly Order[] = ['DMY', 'MDY', 'YMD'];

/** The formats that fit a date, by order. */
type Formats = Readonly<Partial<Record<Order, readonly string[]>>>;

const CENTURY = 2000;
/** A format that does not fit more dates than this is a guess. */
const MOST_MISFITS = 0.2;

/** @param values - all dates of the file, none of them empty */
export function dateFormatsOf(values: readonly string[]): DateFinding {
  const distinct = [...new Set(values)];
  if (distinct.length === 0) return { kind: 'no-values' };
  const read = new Map(distinct.map((value) => [value, formatsOf(value)]));
  const most = Math.max(...ORDERS.map((order) => fitting(read, order).length));
  if (distinct.length - most > MOST_MISFITS * distinct.length) {
    return { kind: 'unknown', misfits: distinct.filter((value) => fitsNone(read.get(value))) };
  }
  // A two-digit year in front only counts where nothing else fits.
  const best = ORDERS.filter((order) => fitting(read, order).length === most);
  const likely = best.some((order) => order !== 'YMD') ? best.filter((order) => order !== 'YMD') : best;
  const fits = likely.map((order) => fitting(read, order));
  const misfits = distinct.filter((value) => !(fits[0] as readonly string[]).includes(value));
  const choices = likely.map((order) => cover(fits[0] as readonly string[], read, order));
  const [first = [], second] = choices;
  if (second === undefined || second.join() === first.join()) {
    return { kind: 'found', formats: first.join() === ISO ? [] : first, misfits, ...proofIn(read) };
  }
  const example = fits[0]?.find((value) => read.get(value)?.DMY !== read.get(value)?.MDY) as string;
  return { kind: 'ambiguous', choices, misfits, example };
}

/** A date that fits with the day first or with the month first, and not both. */
function proofIn(read: ReadonlyMap<string, Formats>): { readonly proof?: string } {
  const [proof] = [...read].find(([, { DMY, MDY }]) => (DMY === undefined) !== (MDY === undefined)) ?? [];
  return proof === undefined ? {} : { proof };
}

function fitsNone(formats: Formats | undefined): boolean {
  return ORDERS.every((order) => formats?.[order] === undefined);
}

function fitting(read: ReadonlyMap<string, Formats>, order: Order): string[] {
  return [...read].filter(([, formats]) => formats[order] !== undefined).map(([value]) => value);
}

/** The fewest formats that fit all values; among equals, DD/MM comes before D/M, and that before M/DD. */
function cover(values: readonly string[], read: ReadonlyMap<string, Formats>, order: Order): string[] {
  const chosen: string[] = [];
  let left = values.map((value) => read.get(value)?.[order] ?? []);
  while (left.length > 0) {
    const counts = new Map<string, number>();
    for (const formats of left) for (const one of formats) counts.set(one, (counts.get(one) ?? 0) + 1);
    const [best] = [...counts].sort(
      ([a, most], [b, more]) =>
        more - most || mixture(a) - mixture(b) || b.length - a.length || (a < b ? -1 : 1),
    )[0] as [string, number];
    chosen.push(best);
    left = left.filter((formats) => !formats.includes(best));
  }
  return chosen;
}

/** Nobody pads only the day, or only the month, with a zero. */
function mixture(format: string): number {
  return /(^|[^DM])[DM]([^DM]|$)/.test(format) && /(^|[^DM])(DD|MM)([^DM]|$)/.test(format) ? 1 : 0;
}

const TIME = /^(.*?)(?:(T|,? )(\d{1,2}):\d{2}(:\d{2}(\.\d{3})?)?( ?)(am|pm)?(Z)?)?$/i;
const YEAR_FIRST = /^(\d{4})([-/.]|\. | )(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.]|\. | )(\d{1,2})\2(\d{4}|\d{2})$/;
const NAMED_MONTH = /^(\d{1,2})(\. |[-/. ])([a-z]{3,9})([-/. ])(\d{4}|\d{2})$/i;
const MONTH_FIRST = /^([a-z]{3,9}) (\d{1,2})(,?) (\d{4}|\d{2})$/i;

/** Every format that fits the date, by order. */
function formatsOf(value: string): Formats {
  const [, date = '', ...time] = TIME.exec(value) ?? [];
  const times = timesOf(time);
  const found: Partial<Record<Order, readonly string[]>> = {};
  for (const order of ORDERS) {
    const formats = datesOf(date, order)
      .flatMap((one) => times.map((behind) => one + behind))
      .filter((format) => findStyledDay(value, { formats: [format], century: CENTURY }) !== undefined);
    if (formats.length > 0) found[order] = formats;
  }
  return found;
}

function datesOf(date: string, order: Order): readonly string[] {
  const last = YEAR_LAST.exec(date);
  if (last !== null) {
    const [, a = '', sign = '', b = '', c = ''] = last;
    if (order === 'YMD') return c.length > 2 ? [] : product(['YY'], [sign], months(b), [sign], days(c));
    const [first, second] = order === 'DMY' ? [days(a), months(b)] : [months(a), days(b)];
    return product(first, [sign], second, [sign], year(c));
  }
  const first = YEAR_FIRST.exec(date);
  if (first !== null) {
    const [, , sign = '', month = '', day = ''] = first;
    return product(['YYYY'], [sign], months(month), [sign], days(day));
  }
  const named = NAMED_MONTH.exec(date);
  if (named !== null) {
    const [, day = '', before = '', month = '', behind = '', text = ''] = named;
    return product(days(day), [before], names(month), [behind], year(text));
  }
  const american = MONTH_FIRST.exec(date);
  if (american !== null) {
    const [, month = '', day = '', comma = '', text = ''] = american;
    return product(names(month), [' '], days(day), [`${comma} `], year(text));
  }
  return /^\d{8}$/.test(date) ? ['YYYYMMDD'] : [EXCEL];
}

/** The formats that fit the time of day after a date; the empty format where there is none. */
function timesOf(parts: readonly (string | undefined)[]): readonly string[] {
  const [sign, hour, seconds, fraction, gap = '', half, zulu] = parts;
  if (sign === undefined || hour === undefined) return [''];
  const letter = half === undefined ? 'H' : 'h';
  const hours = digits(hour, letter);
  const behind = [
    ':mm',
    seconds === undefined ? '' : ':ss',
    fraction === undefined ? '' : '.SSS',
    half === undefined ? '' : gap + (half === half.toUpperCase() ? 'A' : 'a'),
    zulu === undefined ? '' : '[Z]',
  ];
  return product([sign === 'T' ? '[T]' : sign], hours, [behind.join('')]);
}

const days = (text: string) => digits(text, 'D');
const months = (text: string) => digits(text, 'M');

/** `05` is DD, `5` is D, and `15` can be either. */
function digits(text: string, letter: string): readonly string[] {
  if (text.length === 1) return [letter];
  return text.startsWith('0') ? [letter + letter] : [letter + letter, letter];
}

function year(text: string): readonly string[] {
  return [text.length === 4 ? 'YYYY' : 'YY'];
}

/** May is both a short name and a long one. */
function names(text: string): readonly string[] {
  return text.length > 3 ? ['MMMM'] : ['MMM', 'MMMM'];
}

function product(...parts: readonly (readonly string[])[]): readonly string[] {
  return parts.reduce<readonly string[]>(
    (made, part) => made.flatMap((before) => part.map((one) => before + one)),
    [''],
  );
}
