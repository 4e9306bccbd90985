/** What a text proposes for a malformed cell: the date format, number format or delimiter that would fit. */
import { dayOfMoment, findMonthLength, ISO, inWords } from '../day.js';
import { EXCEL, findDayAs } from '../formats/date-format.js';
import { findNumberFormat, findPlainAs } from '../formats/number-format.js';

/** What to do about a cell that should be a date. */
export function dateText(found: string, expected: string): string {
  const month = expected === ISO ? findMonthLength(found) : undefined;
  if (month !== undefined && Number(found.slice(8)) > month.days)
    return `${month.month} has ${month.days} days. Expected a date in the format ${ISO}.`;
  const hint = dateHint(found, expected);
  return `Expected a date in the format ${expected}${hint === '' ? ', with a year from 1900 to 2199.' : `. ${hint}`}`;
}

/** The date formats that a text can propose; two in one row differ only in the order of day and month. */
const DATE_FORMATS = [
  ['DD/MM/YYYY', 'MM/DD/YYYY'],
  ['D/M/YYYY', 'M/D/YYYY'],
  ['DD-MM-YYYY', 'MM-DD-YYYY'],
  ['DD.MM.YYYY', 'MM.DD.YYYY'],
  ['D.M.YYYY', 'M.D.YYYY'],
  ['YYYY/MM/DD'],
  ['YYYYMMDD'],
  [ISO],
];

/** The date format that the text fits, or the two that it fits with different days. */
function dateHint(found: string, expected: string): string {
  const serial = findDayAs(found, EXCEL);
  if (serial !== undefined && !expected.split(' or ').includes(EXCEL)) {
    const both = expected === ISO ? EXCEL : `[${[...expected.split(' or '), EXCEL].join(', ')}]`;
    return `This reads as ${inWords(serial)} where Excel counts the days: set dateFormat: ${both}.`;
  }
  if (/^\d{10}(\d{3})?$/.test(found)) {
    const day = dayOfMoment(Number(found.slice(0, 10)));
    return `This reads as seconds since 1970, on ${inWords(day)}: export the column as dates.`;
  }
  for (const formats of DATE_FORMATS) {
    const read = formats.flatMap((format) => findDayAs(found, format) ?? []);
    const fitting = formats.filter((format) => findDayAs(found, format) !== undefined);
    if (fitting.some((format) => expected.split(' or ').includes(format))) continue;
    if (new Set(read).size === 2) {
      const [one, other] = read.map((day) => inWords(day));
      return `This may be ${one} or ${other}: set dateFormat: ${fitting.join(' or ')}.`;
    }
    if (fitting.length > 0) return `This reads as ${fitting[0]}: set dateFormat: ${fitting[0]}.`;
  }
  return '';
}

export const CENTS_HINT = ' If the file has amounts with decimals, remove cents.';

const NUMBER_FORMATS = ['1,234.56', '1.234,56', '1 234,56', "1'234.56"];

/** The number formats that the text fits, one for each value that it can have. */
export function numberHint(found: string): string {
  const read = new Map<string, string>();
  for (const format of NUMBER_FORMATS) {
    const plain = findPlainAs(found, findNumberFormat(format));
    if (plain !== undefined && !read.has(plain)) read.set(plain, format);
  }
  const formats = [...read.values()].map((format) => `"${format}"`).join(' or ');
  return formats === '' ? '' : ` Set numberFormat: ${formats}.`;
}

/** A header of a single cell that contains another delimiter was split at the wrong one. */
export function delimiterHint(names: readonly string[]): string | undefined {
  if (names.length !== 1) return undefined;
  const delimiter = [';', '\t', '|'].find((one) => names[0]?.includes(one));
  if (delimiter === undefined) return undefined;
  return ` The file seems to use another delimiter: set delimiter: ${delimiter === '\t' ? 'tab' : `"${delimiter}"`}.`;
}
