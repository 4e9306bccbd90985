/** The notes of a proposal: what was found in the export, and what is left for the user to decide. */
import { LEDGER_TITLES, type LedgerName } from '../../ledger-specs/ledgers.js';
import type { Preset } from '../presets.js';
import type { FormatProof } from './proposed.js';

const MOST_EXAMPLES = 3;
const LONGEST = 40;

/** By our column name: what the missing column should have. */
const CONTENTS: Readonly<Record<string, string>> = {
  invoice_id: 'the invoice number',
  customer_id: 'the customer',
  rep_id: 'the rep',
  invoice_date: 'the invoice date',
  amount: 'the amount',
  payment_id: 'the payment number',
  payment_date: 'the payment date',
  write_off_id: 'the write-off number',
  write_off_date: 'the write-off date',
  credit_memo_id: 'the credit memo number',
  credit_date: 'the credit memo date',
  share: "the rep's share of the invoice",
  plan_id: 'the plan',
  from: 'the first day',
  to: 'the last day',
  quarter: 'the quarter',
  quota: 'the quota',
  manager_id: 'the manager',
  item_id: 'the number of the line, or the item',
  due_date: 'the due date',
  currency: 'the currency code',
  date: 'the date',
  rate: 'the rate: units of your currency for one of this one',
  entry_id: 'an id of each row',
  kind: 'the kind',
};

export function notFound(ledger: LedgerName, column: string): string {
  const question = `Not found. Which column has ${CONTENTS[column] ?? column}?`;
  if (ledger === 'invoices' && column === 'rep_id')
    return `${question} Or list who sold what in a splits ledger.`;
  if (column === 'payment_id')
    return `${question} If no column has it, make an id from other columns: { join: [the date, the invoice, the amount], numbered: true }`;
  if (column === 'payment_date')
    return `${question} If the file only has totals paid to date: snapshot: true`;
  return question;
}

export function gradeOf({ title, grade, source }: Preset): string {
  return `${title}. Its columns are ${grade}: ${source}`;
}

export function twice(title: string, position: number): string {
  return `Several columns are named "${short(title)}"; this is column ${position}.`;
}

export function others(titles: readonly string[]): string {
  return `Or is it ${listed(titles)}?`;
}

export const isItNet =
  'The only amount found. Commission is paid on it, and payments count against it. If it includes tax, use the net column here and this one as total.';
export const itemIds = 'Made from the invoice and what was sold, with a number if that repeats.';
export const entryIds = 'Made from other columns, because the file has no ids.';
export const allBonuses =
  'Each row is a bonus (below 0: a deduction). For waivers and repayments, map a column with the kind.';

export function sinceEver(ledger: 'teams' | 'accounts'): string {
  const what = ledger === 'teams' ? 'each rep has had this manager' : 'each account has had this rep';
  return `The file has no dates, so ${what} all along. If that changed, add a column with the first day.`;
}

export function unknownWords(words: readonly string[], ledger: 'entries' | 'draws'): string {
  const ours = ledger === 'entries' ? 'bonus, waiver or repayment' : 'recoverable or guarantee';
  return `What does ${listed(words.map((word) => `"${word}"`))} mean? Replace each "?": ${ours}.`;
}

export const sameAsInvoices = 'the same column as that of the invoices, which the items add up to';
export const letGo =
  'Counts as collected, in addition to the amount: the company bears the discount. For commission on what came in, set discounts: credited.';
export const noReps = 'None of these is a rep of an invoice. Does one file have names, and the other ids?';
export const noManagers = 'rows without a manager are left out';

export function owedIn(side: 'net' | 'gross', also: boolean): string {
  const tax = side === 'gross' ? 'with tax' : 'without tax';
  return `${tax}, like what invoices are owed in${also ? '; the part without tax is taken off the sale' : ''}`;
}

export function netOrGross(choices: readonly string[]): string {
  return `Which? ${choices.map(short).join(' or ')}: the one that matches the invoices, with or without tax.`;
}

export function netOnly(net: string): string {
  return `Only ${short(net)} was found, without tax, but invoices include tax, so the tax would stay open after a credit. Which column includes it? If there is no tax: ${short(net)}.`;
}

export const prefixed = 'The text after this prefix is an invoice id.';
export const unlinked = 'None of these is an invoice id in the other file.';
export const onePaymentEach = 'The file has no payment ids: each row is one payment on its invoice.';

export function whichDates(choices: readonly (readonly string[])[], example: string): string {
  const [first = '', second = ''] = choices.map((formats) =>
    formats.length === 1 ? formats[0] : `[${formats.join(', ')}]`,
  );
  return `Which? ${first} or ${second}: every date in the file fits both, such as ${short(example)}.`;
}

/** What the other files show: those that are written alike are named together, with a date of the first. */
export function provenFormats(proofs: readonly FormatProof[]): readonly string[] {
  const byFormats = new Map<string, FormatProof[]>();
  for (const proof of proofs) {
    const formats = proof.formats.join(' or ');
    byFormats.set(formats, [...(byFormats.get(formats) ?? []), proof]);
  }
  return [...byFormats].map(([formats, [first, ...more]]) => {
    const { path, example } = first as FormatProof;
    const alike =
      more.length === 0
        ? ''
        : ` So ${more.length === 1 ? 'is' : 'are'} ${listed(more.map((one) => one.path))}.`;
    return `${path} is written as ${formats}: it has ${short(example)}.${alike}`;
  });
}

export function unknownDates(misfits: readonly string[]): string {
  if (misfits.length === 0) return 'Which? Some dates have the day first, others the month.';
  return `How are dates written? No known format fits ${examples(misfits)}.`;
}

export const century = 'two-digit years: 26 is 2026';
export const centuryToo = 'needed with it, for the two-digit years: 26 is 2026';
export const timezone =
  'Times are in UTC. Set timezone, such as America/New_York, so that late evenings count on the right day.';

export function whichNumbers(choices: readonly string[], example: string): string {
  const quoted = choices.map((choice) => `"${choice}"`).join(' or ');
  return `Which? ${quoted}: every amount in the file fits both, such as ${short(example)}.`;
}

export function unknownNumbers(misfits: readonly string[]): string {
  return `How are amounts written? No known format fits ${examples(misfits)}.`;
}

export function odd(what: 'dates' | 'numbers', misfits: readonly string[]): string {
  return `These cells are not ${what} in this format, and comp check rejects them: ${examples(misfits)}.`;
}

export const nulls = 'what the file writes for an empty cell';
export const flipped = 'all amounts in the file are negative; this makes them positive';

export function kinds(header: string, seen: readonly string[]): string {
  return `${short(header)} has the values ${listed(seen)}. Exclude those that do not belong in this ledger.`;
}

/** What a due date can be called, beside its usual names. */
export const DUE = /due|receive by|pay by|fällig|échéance|vencim/i;
export const isItDue = 'Not used. Is it the due date? Clawback of what is past due needs one.';
export const inItsPlace = 'In place of the line above, if you need it:';
export const typesListed = 'Rows of a type that is not listed here stop comp check.';

export function unknownTypes(
  header: string,
  unknown: ReadonlyMap<string, number>,
  ledger: LedgerName,
): string {
  const found = [...unknown].map(
    ([type, count]) =>
      `${type === '' ? 'a blank' : `"${short(type)}"`} in ${count} ${count === 1 ? 'row' : 'rows'}`,
  );
  return `Which ledger? ${short(header)} has ${found.join(', ')}, which can mean different things, and comp check stops until it is listed. If these are ${LEDGER_TITLES[ledger]}, add it to in. If not, add it to others; if it writes off bad debt, also add the ledger writeOffs.`;
}

export function noType(ledger: LedgerName): string {
  return `No type in this file is known to mean ${LEDGER_TITLES[ledger]}: replace the "?".`;
}

/** Beside the question which ledger rows of a type belong in. */
export const discountRows =
  'A discount for early payment can be a payment or a credit memo: see "Cash discounts" in docs/exports.md.';

export function taxIncluded(amount: string, tax: string): string {
  return `Does ${short(amount)} include ${short(tax)}? If not: total: {from: ${short(amount)}, plus: ${short(tax)}}. If it does: amount: {from: ${short(amount)}, minus: ${short(tax)}}, total: ${short(amount)}.`;
}
export const likeTotal =
  'Like the total of the invoices above: with tax, if that has it; then commissionable is the part without.';
export const plusTax = 'what is owed, with tax';
export const minusTax = 'what commission is paid on, without tax';

export function typesOfOtherFiles(types: readonly string[]): string {
  return `${listed(types)} rows are left out, because that ledger has a file of its own. Does that file have all of them?`;
}

export function column(position: number): string {
  return `column ${position}`;
}

export function doubles(id: string): string {
  return `Some rows are identical, such as those of ${short(id)}, and comp check rejects them. If they are lines of one document: lines: {amount: sum}.`;
}

export function clash(key: string, column: string, id: string): string {
  return `${key} is not unique, and comp check rejects repeated rows: those of ${short(id)} differ in ${column}, so they are not lines of one document.`;
}

export function lines(found: {
  readonly id: string;
  readonly documents: number;
  readonly summed: readonly string[];
  readonly repeated: readonly string[];
}): string {
  const { id, documents, summed, repeated } = found;
  const several = documents === 1 ? `One ${id} has` : `${documents} values of ${id} have`;
  const sums =
    summed.length === 1
      ? `${summed[0]} differs between them and is added up`
      : `${summed.join(' and ')} differ between them and are added up`;
  const same =
    repeated.length === 1
      ? `${repeated[0]} is the same on each and counts once`
      : `${repeated.join(' and ')} are the same on each and count once`;
  const parts = [
    `${several} several rows, which are read as lines of one document`,
    ...(summed.length === 0 ? [] : [sums]),
    ...(repeated.length === 0 ? [] : [`${same} (set it to sum if it is an amount per line)`]),
  ];
  return `${parts.join('; ')}.`;
}

export const repsDiffer =
  'Which? Some documents have lines of several reps. Use this in place of the line above to take the first rep, or list who sold what in a splits ledger.';

export function skipped(ledger: LedgerName, count: number): string {
  const rows = count === 1 ? '1 row has' : `${count} rows have`;
  return `The file has the invoices too: rows without a date or an amount are not ${LEDGER_TITLES[ledger]} (${rows} none now).`;
}

export function blank(count: number): string {
  return `${count} ${count === 1 ? 'row has' : 'rows have'} no date or no amount, and comp check rejects ${count === 1 ? 'it' : 'them'}; this skips such rows.`;
}

export const totalAgrees = 'equals the sum of the rows; checked in every run';
export const totalLeftOut = 'leaves out the total of the report, which is the sum of the rows above it';
export const totalUnused =
  'This includes a total that is not checked: it differs from the sum of the rows, or there are several.';

export function severalPresets(names: readonly string[]): string {
  return `Several presets fit this file: ${listed(names)}. Set preset to yours, and delete columns.`;
}

export function sheet(titles: readonly string[]): string {
  return `A quota sheet with a column per quarter or month: each cell below ${listed(titles)} is a quota.`;
}
export const noYear = 'The columns name quarters without a year. Write the year into the header: Q1 2026.';

export const noHeader =
  'No column was recognized. If the file has no header row: header: [the names of its columns, in order].';
export const noRecords = 'There are no rows below the header, so date and number formats are unknown.';

export function headings(texts: readonly string[]): string {
  const rows = texts.length === 1 ? 'row has' : 'rows have';
  return `${texts.length} ${rows} only one cell, such as ${examples(texts)}. comp does not read group headings: export a flat list, with the group in a column of its own.`;
}

export function uneven(count: number): string {
  return `${count} ${count === 1 ? 'row has' : 'rows have'} more or fewer cells than the header; comp check rejects ${count === 1 ? 'it' : 'them'}.`;
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
