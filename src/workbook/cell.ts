/** Cells of rows as the XML of a sheet: exact decimals, real dates, and text that stays text whatever it looks like. */
import { type Day, findDay } from '../day.js';
import type { Kind } from './sheet.js';

/** A spreadsheet counts in doubles: a number with more digits would come back changed. */
const MOST_DIGITS = 15;

/** No cell holds a longer text. */
const LONGEST = 32_767;

/**
 * The XML of a cell; nothing where it is blank and has no style of its own.
 *
 * @param text - as in {@link RowSheet.rows}
 * @param style - the number of the column's style
 */
export function cellXml(ref: string, style: number, kind: Kind, text: string): string {
  const of = `<c r="${ref}" s="${style}"`;
  if (text === '') return kind === 'input' ? `${of}/>` : '';
  const number = findNumber(kind, text);
  if (number !== undefined) return `${of}><v>${number}</v></c>`;
  const space = SPACED.test(text) ? ' xml:space="preserve"' : '';
  return `${of} t="inlineStr"><is><t${space}>${textXml(text)}</t></is></c>`;
}

/** Spaces that XML would not keep by itself. */
const SPACED = /^\s|\s$|[\n\t]| {2}/;

/** The number that a cell holds, as text; undefined where it is a text. */
function findNumber(kind: Kind, text: string): string | undefined {
  if (kind === 'date') return findSerial(text)?.toString();
  const isNumber = kind === 'money' || kind === 'share' || kind === 'count' || kind === 'number';
  return isNumber && fits(text) ? text : undefined;
}

/** Whether a plain decimal comes back from a double unchanged. */
export function fits(decimal: string): boolean {
  return decimal.length <= MOST_DIGITS || decimal.replace(/^-?0*|\./g, '').length <= MOST_DIGITS;
}

/** From 1970-01-01 to the day that a spreadsheet counts from; days before March 1900 it counts wrongly. */
const EPOCH = 25_569;
const FIRST_SERIAL = 61;

function findSerial(date: string): number | undefined {
  const day: Day | undefined = findDay(date);
  return day === undefined || day + EPOCH < FIRST_SERIAL ? undefined : day + EPOCH;
}

/** What text in XML must not contain, and what a spreadsheet would read as such a character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ODD = /[&<>\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;

/** Text as XML. One that is too long for a cell ends in an ellipsis. */
function textXml(text: string): string {
  return cut(text).replace(ODD, (found) =>
    found === '&' ? '&amp;' : found === '<' ? '&lt;' : found === '>' ? '&gt;' : coded(found),
  );
}

/** Text that a library writes as XML: what a spreadsheet would read as a code is written as one. */
export function codedText(text: string): string {
  return cut(text).replace(/[\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g, coded);
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function coded(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}
