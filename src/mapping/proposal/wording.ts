/** What a proposal says about what it found and what it leaves open, in the words of a controller. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Preset } from '../presets.js';

const MOST_EXAMPLES = 3;
const LONGEST = 40;

/** By our column name: what a column that was not found should name. */
const ASKED: Readonly<Record<string, string>> = {
  invoice_id: 'the invoice',
  customer_id: 'the customer',
  rep_id: 'the rep',
  invoice_date: 'the invoice date',
  amount: 'the amount',
  payment_id: 'the payment',
  payment_date: 'the day of the payment',
  write_off_id: 'the write-off',
  write_off_date: 'the day of the write-off',
  credit_memo_id: 'the credit memo',
  credit_date: 'the day of the credit memo',
  share: "the rep's share of the invoice",
  plan_id: 'the plan',
  from: 'the first day',
  to: 'the last day',
  quarter: 'the quarter',
  quota: 'the quota',
};

export function notFound(ledger: LedgerName, column: string): string {
  const question = `not found: which column names ${ASKED[column] ?? column}?`;
  if (ledger === 'invoices' && column === 'rep_id')
    return `${question} Or say who sold what in a splits ledger.`;
  if (column === 'payment_id')
    return `${question} If none does: { join: [the date, the invoice, the amount], numbered: true }`;
  if (column === 'payment_date') return `${question} If the file has what was paid to date: snapshot: true`;
  return question;
}

export function gradeOf({ title, grade, source }: Preset): string {
  return `${title}; its columns are ${grade}: ${source}`;
}

export function twice(title: string, position: number): string {
  return `"${short(title)}" is there twice; this is column ${position}.`;
}

export function others(titles: readonly string[]): string {
  return `or ${listed(titles)}?`;
}

export const isItNet =
  'The only amount that was found: commission is paid on it, and payments count against it. If it has tax in it, name the net column here and this one as total.';
export const prefixed = 'what stands behind this text is the id of an invoice';
export const unlinked = 'None of these is the id of an invoice in the other file.';
export const oneCashEach = 'The file has no ids of payments: each row is one payment of its invoice.';

export function whichDates(choices: readonly (readonly string[])[], example: string): string {
  const [first = '', second = ''] = choices.map((formats) =>
    formats.length === 1 ? formats[0] : `[${formats.join(', ')}]`,
  );
  return `which? ${first} or ${second}: every date in the file can be read either way, such as ${short(example)}.`;
}

export function unknownDates(misfits: readonly string[]): string {
  if (misfits.length === 0) return 'which? Some dates have the day first and others the month.';
  return `how are dates written? No format was found that reads ${examples(misfits)}.`;
}

export const century = 'the century of two-digit years: 26 is 2026';
export const centuryToo = 'and with it the century of its two-digit years: 26 is 2026';
export const timezone =
  'Times are in UTC: say timezone, such as America/New_York, so that a late evening stays on its day.';

export function whichNumbers(choices: readonly string[], example: string): string {
  const quoted = choices.map((choice) => `"${choice}"`).join(' or ');
  return `which? ${quoted}: every amount in the file can be read either way, such as ${short(example)}.`;
}

export function unknownNumbers(misfits: readonly string[]): string {
  return `how are amounts written? No format was found that reads ${examples(misfits)}.`;
}

export function odd(what: 'dates' | 'numbers', misfits: readonly string[]): string {
  return `These cells are no ${what} in it, and comp check stops at them: ${examples(misfits)}.`;
}

export const nulls = 'what the file writes for an empty cell';
export const flipped = 'every amount in the file is below 0, and here it is above';

export function kinds(header: string, seen: readonly string[]): string {
  return `${short(header)} has ${listed(seen)}: leave out what is none of this ledger.`;
}

export function doubles(id: string): string {
  return `Rows are there twice, cell by cell, such as ${short(id)}: comp check stops at them. If they are lines of one document, say lines: {amount: sum}.`;
}

export function clash(key: string, column: string, id: string): string {
  return `${key} is not one of a kind: rows of ${short(id)} differ in ${column}, so they are no lines of one document. comp check stops at them.`;
}

export function lines(found: {
  readonly id: string;
  readonly documents: number;
  readonly summed: readonly string[];
  readonly repeated: readonly string[];
}): string {
  const { id, documents, summed, repeated } = found;
  const parts = [
    `${documents} ${documents === 1 ? id : `values of ${id}`} on several rows, which are taken as lines`,
  ];
  if (summed.length > 0)
    parts.push(
      `${summed.join(' and ')} ${summed.length === 1 ? 'differs between them and is' : 'differ between them and are'} added up`,
    );
  if (repeated.length > 0) {
    parts.push(
      `${repeated.join(' and ')} ${repeated.length === 1 ? 'is' : 'are'} the same on each and counted once (if not of the document: sum)`,
    );
  }
  return `${parts.join('; ')}.`;
}

export const repsDiffer =
  'which? Lines of one document have several reps. Take the first rep with this in place of the line above, or say who sold what in a splits ledger.';

export function skipped(ledger: LedgerName, count: number): string {
  return `the file is the invoices too: a row without a date or an amount is none of the ${ledger} (now ${count})`;
}

export function blank(count: number): string {
  return `${count} ${count === 1 ? 'row has' : 'rows have'} no date or no amount, and comp check stops at them; this leaves them out.`;
}

export const totalAgrees = 'agrees with the rows, and is checked each time';
export const totalUnused =
  'a total among them does not agree with the rows, or is one of several: look at it';

export function severalPresets(names: readonly string[]): string {
  return `Several presets know such a file: ${listed(names)}. Say preset: and the name of yours, and delete columns.`;
}

export const noHeader =
  'No column was recognised. If the file has no header row, say header: [the names of its columns, in order].';
export const noRecords =
  'There are no rows below the header, so formats of dates and amounts could not be told.';

export function headings(texts: readonly string[]): string {
  const rows = texts.length === 1 ? 'row has' : 'rows have';
  return `${texts.length} ${rows} one cell only, such as ${examples(texts)}: headings of groups are not read. Export a flat list, with that in a column of its own.`;
}

export function uneven(count: number): string {
  return `${count} ${count === 1 ? 'row has' : 'rows have'} more or fewer cells than the header; comp check stops at them.`;
}

function examples(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST_EXAMPLES).map((text) => `"${short(text)}"`);
  return shown.join(', ') + (texts.length > MOST_EXAMPLES ? ` and ${texts.length - MOST_EXAMPLES} more` : '');
}

function listed(texts: readonly string[]): string {
  return texts.map(short).join(', ');
}

function short(text: string): string {
  const [...letters] = text;
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST - 1).join('')}…`;
}
