/** The files of a close as they are written and read back: what is read is what was written, to the cent and the letter. */
import { type Cause, findCause } from '../engine/r1-words/causes.js';
import { LINE_ACCOUNTS, lineAmounts } from '../engine/r1-words/line-accounts.js';
import { PAY_FIGURES, type PayRow, payRow, withDerived } from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { isEntryKind, type PayEntryRow } from '../engine/r7-pay/entries.js';
import type { AttainmentRow, MonthRow, QuarterRow } from '../engine/r8-results/results.js';
import { CREDIT_KINDS, type CreditKind } from '../ledger-specs/credit-kinds.js';
import { type Minor, minorOf } from '../money.js';
import { LEVELS, type LevelNumber } from '../plans/levels.js';
import { WINDOWS } from '../plans/plan.js';
import { invariant } from '../problems/problem.js';
import { reversiblyGuarded, unguarded } from './formulas.js';
import { readRecords } from './read.js';
import type { Table } from './tables.js';
import { csvOf } from './write.js';

/** The text of a table for a close: an apostrophe that is added differs from one that was there before. */
export function frozenCsvOf(table: Table): Iterable<string> {
  return csvOf(table, reversiblyGuarded);
}

/** A file of a close has a name in it that this version of comp does not know. */
export class UnknownInClose extends Error {
  override readonly name = 'UnknownInClose';
}

/** A row of a frozen file, by column. */
interface FrozenRow {
  /** The line of the file on which it starts. */
  readonly line: () => number;
  readonly text: (column: string) => string;
  /** Undefined where the file has no such column. */
  readonly findText: (column: string) => string | undefined;
  readonly amount: (column: string) => Minor;
}

/** The rows of `quarters.csv`. */
export function readQuarters(content: Uint8Array, digits: number): QuarterRow[] {
  return Array.from(rowsOf(content, digits), ({ text, amount }) => ({
    repId: text('rep_id'),
    quarter: text('quarter'),
    bookings: amount('bookings'),
    quota: text('quota') === '' ? undefined : amount('quota'),
    attainment: text('attainment') === '' ? undefined : text('attainment'),
    ...payOf(amount),
  }));
}

/** The rows of `attainment.csv`. */
export function readAttainments(content: Uint8Array, digits: number): AttainmentRow[] {
  return Array.from(rowsOf(content, digits), (row) => {
    const { text, amount } = row;
    const find = <Value>(column: string, value: (column: string) => Value): Value | undefined =>
      text(column) === '' ? undefined : value(column);
    return {
      repId: text('rep_id'),
      quarter: text('quarter'),
      credit: creditOf(row),
      planId: find('plan_id', text),
      bookings: amount('bookings'),
      quota: find('quota', amount),
      window: WINDOWS.find((one) => one === text('window')),
      windowBookings: find('window_bookings', amount),
      windowQuota: find('window_quota', amount),
      attainment: find('attainment', text),
    };
  });
}

/** The rows of `months.csv`. */
export function readMonths(content: Uint8Array, digits: number): MonthRow[] {
  return Array.from(rowsOf(content, digits), ({ text, amount }) => ({
    repId: text('rep_id'),
    month: text('month'),
    ...payOf(amount),
  }));
}

/**
 * The rows of `postings.csv`, one by one.
 *
 * @throws UnknownInClose where a row has a cause or a level that there is not
 */
export function* readPostings(content: Uint8Array, digits: number): Iterable<Posting> {
  for (const row of rowsOf(content, digits)) {
    const { text, amount } = row;
    yield {
      date: text('date'),
      period: text('period'),
      repId: text('rep_id'),
      invoiceId: text('invoice_id'),
      customerId: text('customer_id'),
      planId: text('plan_id'),
      level: levelOf(row),
      cause: causeOf(row),
      sourceId: text('source_id'),
      ...lineAmounts((account) => amount(LINE_ACCOUNTS[account].column)),
      credit: creditOf(row),
      eventDate: text('event_date'),
      adjusts: text('adjusts'),
    };
  }
}

/**
 * The rows of `entries.csv`.
 *
 * @throws UnknownInClose where a row has a kind that there is not
 */
export function readEntries(content: Uint8Array, digits: number): PayEntryRow[] {
  return Array.from(rowsOf(content, digits), ({ line, text, amount }) => {
    const kind = text('kind');
    if (!isEntryKind(kind)) throw new UnknownInClose(`line ${line()} has the unknown kind "${kind}"`);
    return {
      date: text('date'),
      period: text('period'),
      repId: text('rep_id'),
      entryId: text('entry_id'),
      kind,
      amount: amount('amount'),
      invoiceId: text('invoice_id'),
      reason: text('reason'),
      eventDate: text('event_date'),
      adjusts: text('adjusts'),
    };
  });
}

function payOf(amount: FrozenRow['amount']): PayRow {
  return withDerived(payRow((figure) => amount(PAY_FIGURES[figure].column)));
}

function causeOf({ line, text }: FrozenRow): Cause {
  const found = text('cause');
  const cause = findCause(found);
  if (cause === undefined) throw new UnknownInClose(`line ${line()} has the unknown cause "${found}"`);
  return cause;
}

/** R12.7: in a close that is older than credits, every credit is own. */
function creditOf({ line, findText }: FrozenRow): CreditKind {
  const found = findText('credit') ?? 'own';
  const credit = CREDIT_KINDS.find((one) => one === found);
  if (credit === undefined) throw new UnknownInClose(`line ${line()} has the unknown credit "${found}"`);
  return credit;
}

function levelOf({ line, text }: FrozenRow): LevelNumber {
  const found = text('level');
  const level = LEVELS.find(({ number }) => `${number}` === found);
  if (level === undefined) throw new UnknownInClose(`line ${line()} has the unknown level "${found}"`);
  return level.number;
}

/** The rows below the header. The file is one of ours: its hash is compared before it is read. */
function* rowsOf(content: Uint8Array, digits: number): Iterable<FrozenRow> {
  const records: (readonly string[])[] = [];
  const { faults, lineOf } = readRecords('', content, ',', (record) => records.push(record));
  const [header, ...rows] = records;
  invariant(faults.length === 0 && header !== undefined, () => 'a file of a close cannot be read back');
  const places = new Map(header.map((column, index) => [column, index]));
  for (const [index, row] of rows.entries()) {
    const text = (column: string) => unguarded(row[places.get(column) as number] as string);
    const amount = (column: string): Minor => {
      const place = places.get(column);
      // A figure that is newer than the close was 0 in it.
      return place === undefined ? 0n : minorOf(row[place] as string, digits);
    };
    const findText = (column: string) => (places.has(column) ? text(column) : undefined);
    yield { line: () => lineOf(index + 1), text, findText, amount };
  }
}
