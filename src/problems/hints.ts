/** What a message proposes after a look at the text that was found: the format that it would be well-formed in. */
import { findMonthLength, ISO, inWords } from '../day.js';
import { findDayAs } from '../formats/date-format.js';
import { findNumberFormat, findPlainAs } from '../formats/number-format.js';

/** What to do about a cell that should be a date. */
export function dateText(found: string, expected: string): string {
  const month = expected === ISO ? findMonthLength(found) : undefined;
  if (month !== undefined && Number(found.slice(8)) > month.days)
    return `${month.month} has ${month.days} days. Expected a date as ${ISO}.`;
  const hint = dateHint(found, expected);
  return `Expected a date as ${expected}${hint === '' ? ', in the years 1900 to 2199.' : `. ${hint}`}`;
}

/** The ways to write dates that a message may propose. */
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

/** The format that the text is a date in, or the two between which only its writer can tell. */
function dateHint(found: string, expected: string): string {
  for (const formats of DATE_FORMATS) {
    const read = formats.flatMap((format) => findDayAs(found, format) ?? []);
    const fitting = formats.filter((format) => findDayAs(found, format) !== undefined);
    if (fitting.some((format) => expected.split(' or ').includes(format))) continue;
    if (new Set(read).size === 2) {
      const [one, other] = read.map((day) => inWords(day));
      return `This may be ${one} or ${other}: say which with dateFormat: ${fitting.join(' or ')}.`;
    }
    if (fitting.length > 0) return `This is one as ${fitting[0]}: say dateFormat: ${fitting[0]}.`;
  }
  return '';
}

export const CENTS_HINT = ' If the file has amounts with decimals, leave out cents.';

const NUMBER_FORMATS = ['1,234.56', '1.234,56', '1 234,56', "1'234.56"];

/** The format that the text is a number in, or those between which only its writer can tell. */
export function numberHint(found: string): string {
  const read = new Map<string, string>();
  for (const format of NUMBER_FORMATS) {
    const plain = findPlainAs(found, findNumberFormat(format));
    if (plain !== undefined && !read.has(plain)) read.set(plain, format);
  }
  const formats = [...read.values()].map((format) => `"${format}"`).join(' or ');
  return formats === '' ? '' : ` Say how numbers are written: numberFormat: ${formats}.`;
}

/** A header that is one cell with other signs between names was cut at the wrong one. */
export function delimiterHint(names: readonly string[]): string | undefined {
  if (names.length !== 1) return undefined;
  const sign = [';', '\t', '|'].find((one) => names[0]?.includes(one));
  if (sign === undefined) return undefined;
  return ` It seems to be separated otherwise: say delimiter: ${sign === '\t' ? 'tab' : `"${sign}"`}.`;
}
