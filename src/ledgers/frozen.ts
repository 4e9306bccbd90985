/** The files of a close as they are written and read back: what is read is what was written, to the cent and the letter. */

import type { Cause } from '../engine/r1-words/causes.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PayRow } from '../engine/r7-pay/pay.js';
import type { MonthRow, QuarterRow } from '../engine/r8-results/results.js';
import { type Minor, unitsOf } from '../money.js';
import type { LevelNumber } from '../plans/levels.js';
import { invariant } from '../problems/problem.js';
import { readRecords } from './read.js';
import type { Table } from './tables.js';
import { asText, csvOf } from './write.js';

/** A text that a spreadsheet would not show as it is, or that looks as if it had been kept from it. */
const KEPT = /^'+[=+@\t\r-]/;

/** The text of a table for a close: a leading apostrophe can be told from one that was there before. */
export function frozenCsvOf(table: Table): Iterable<string> {
  return csvOf(table, (cell) => (KEPT.test(cell) ? `'${cell}` : asText(cell)));
}

function asRead(cell: string): string {
  return KEPT.test(cell) ? cell.slice(1) : cell;
}

/** A row of a frozen file, by column. */
interface FrozenRow {
  readonly text: (column: string) => string;
  readonly amount: (column: string) => Minor;
}

/** The rows of `quarters.csv`. */
export function readQuarters(content: Uint8Array, digits: number): QuarterRow[] {
  return [...rowsOf(content, digits)].map(({ text, amount }) => ({
    repId: text('rep_id'),
    quarter: text('quarter'),
    bookings: amount('bookings'),
    quota: text('quota') === '' ? undefined : amount('quota'),
    attainment: text('attainment') === '' ? undefined : text('attainment'),
    ...payOf(amount),
  }));
}

/** The rows of `months.csv`. */
export function readMonths(content: Uint8Array, digits: number): MonthRow[] {
  return [...rowsOf(content, digits)].map(({ text, amount }) => ({
    repId: text('rep_id'),
    month: text('month'),
    ...payOf(amount),
  }));
}

/** The rows of `postings.csv`, one by one. */
export function* readPostings(content: Uint8Array, digits: number): Iterable<Posting> {
  for (const { text, amount } of rowsOf(content, digits)) {
    yield {
      date: text('date'),
      period: text('period'),
      repId: text('rep_id'),
      invoiceId: text('invoice_id'),
      customerId: text('customer_id'),
      planId: text('plan_id'),
      level: Number(text('level')) as LevelNumber,
      cause: text('cause') as Cause,
      sourceId: text('source_id'),
      earned: amount('earned'),
      advanced: amount('advanced'),
      released: amount('released'),
      held: amount('held'),
      forfeited: amount('forfeited'),
      clawedBack: amount('clawed_back'),
      eventDate: text('event_date'),
      adjusts: text('adjusts'),
    };
  }
}

function payOf(amount: (column: string) => Minor): PayRow {
  return {
    earned: amount('earned'),
    advanced: amount('advanced'),
    released: amount('released'),
    forfeited: amount('forfeited'),
    heldOpening: amount('held_opening'),
    held: amount('held'),
    payable: amount('payable'),
    clawedBack: amount('clawed_back'),
    reinstated: amount('reinstated'),
    owedOpening: amount('owed_opening'),
    charged: amount('charged'),
    cancelled: amount('cancelled'),
    recovered: amount('recovered'),
    paid: amount('paid'),
    owed: amount('owed'),
  };
}

/** The rows behind the header. The file is one of ours: its hash was compared before it is read. */
function* rowsOf(content: Uint8Array, digits: number): Iterable<FrozenRow> {
  const records: (readonly string[])[] = [];
  const { faults } = readRecords('', content, ',', (record) => records.push(record));
  const [header, ...rows] = records;
  invariant(faults.length === 0 && header !== undefined, () => 'a file of a close cannot be read back');
  const places = new Map(header.map((column, index) => [column, index]));
  for (const row of rows) {
    const text = (column: string) => asRead(row[places.get(column) as number] as string);
    yield { text, amount: (column) => unitsOf(row[places.get(column) as number] as string, digits) };
  }
}
