/** Whether something is a close, as it was frozen: its shape, and that its rows come to what its postings come to (R7.4, R11.1). */
import { findDay } from '../day.js';
import { findCause } from '../engine/r1-words/causes.js';
import { LINE_ACCOUNT_NAMES, type LineAmounts } from '../engine/r1-words/line-accounts.js';
import {
  HELD_SUM,
  PAID_SUM,
  PAY_FIGURE_NAMES,
  type PayFigure,
  type PayRow,
  sumOf,
} from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Close } from '../engine/r11-closes/close.js';
import type { TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';

/**
 * Why something is not a close that can be calculated with.
 *
 * @param path - where it was given
 * @returns undefined if nothing is wrong; postings that can be gone through only once are not looked at
 */
export function closeFault(given: unknown, path: TermsPath): Fault | undefined {
  const detail = findDetail(given);
  if (detail === undefined) return undefined;
  const name = asRecord(asRecord(given)?.['period'])?.['name'];
  const period = typeof name === 'string' ? name : '';
  return { code: 'not-a-close', place: { kind: 'terms', path }, period, detail };
}

function findDetail(given: unknown): string | undefined {
  const close = asRecord(given);
  if (close === undefined) return 'it is no object';
  const period = asRecord(close['period']);
  if (!hasTexts(period, 'name', 'from', 'to')) return 'its period has no name, or no first and last day';
  if (![period['from'], period['to']].every((day) => findDay(day as string) !== undefined))
    return 'the days of its period are no days';
  if (typeof close['currency'] !== 'string') return 'it has no currency';
  return (
    findInRows(close, 'quarters', false, (row) => findInPayRow(row, 'quarter')) ??
    findInRows(close, 'months', false, (row) => findInPayRow(row, 'month')) ??
    findInRows(close, 'attainments', true, findInAttainment) ??
    findInRows(close, 'entries', true, findInEntry) ??
    findInReps(close['reps']) ??
    findInPostings(close['postings'], 'postings') ??
    findInOpened(close['opened']) ??
    findDifference(given as Close)
  );
}

function findInRows(
  close: Readonly<Record<string, unknown>>,
  name: string,
  isOptional: boolean,
  find: (row: Readonly<Record<string, unknown>>) => string | undefined,
): string | undefined {
  const rows = close[name];
  if (rows === undefined && isOptional) return undefined;
  if (!Array.isArray(rows)) return `it has no ${name}`;
  for (let at = 0; at < rows.length; at += 1) {
    const row = asRecord(rows[at]);
    const wrong = row === undefined ? 'is no object' : find(row);
    if (wrong !== undefined) return `${name}[${at}] ${wrong}`;
  }
  return undefined;
}

function findInReps(reps: unknown): string | undefined {
  if (reps === undefined || (Array.isArray(reps) && reps.every((rep) => typeof rep === 'string')))
    return undefined;
  return 'its reps are no list of texts';
}

function findInPayRow(row: Readonly<Record<string, unknown>>, period: string): string | undefined {
  if (!hasTexts(row, 'repId', period)) return `has no repId or no ${period}`;
  const missing = PAY_FIGURE_NAMES.find((figure) => typeof row[figure] !== 'bigint');
  if (missing !== undefined) return `has no whole amount ${missing}`;
  const pay = row as unknown as PayRow;
  if (pay.held !== sumOf(HELD_SUM, pay)) return `of ${row['repId']} does not add up to what is held`;
  if (pay.paid !== sumOf(PAID_SUM, pay)) return `of ${row['repId']} does not add up to what is paid`;
  return undefined;
}

function findInAttainment(row: Readonly<Record<string, unknown>>): string | undefined {
  if (!hasTexts(row, 'repId', 'quarter', 'credit')) return 'has no repId, quarter or credit';
  return typeof row['bookings'] === 'bigint' ? undefined : 'has no whole amount bookings';
}

function findInEntry(row: Readonly<Record<string, unknown>>): string | undefined {
  if (!hasTexts(row, 'date', 'period', 'repId', 'entryId', 'kind', 'eventDate', 'adjusts'))
    return 'is no entry of the pay account';
  return typeof row['amount'] === 'bigint' ? undefined : 'has no whole amount';
}

function findInOpened(opened: unknown): string | undefined {
  if (opened === undefined) return undefined;
  const record = asRecord(opened);
  return hasTexts(record, 'date')
    ? findInPostings(record['postings'], 'opened.postings')
    : 'opened has no date';
}

function findInPostings(given: unknown, name: string): string | undefined {
  if (!isIterable(given)) return `it has no ${name}`;
  if (!Array.isArray(given)) return undefined;
  for (let at = 0; at < given.length; at += 1) {
    const posting = asRecord(given[at]);
    if (
      !hasTexts(posting, 'date', 'period', 'repId', 'invoiceId', 'cause', 'sourceId', 'eventDate', 'adjusts')
    )
      return `${name}[${at}] is no posting`;
    const account = LINE_ACCOUNT_NAMES.find((one) => typeof posting[one] !== 'bigint');
    if (account !== undefined) return `${name}[${at}] has no whole amount ${account}`;
    const amounts = posting as unknown as LineAmounts;
    if (amounts.earned !== amounts.advanced + amounts.released + amounts.held + amounts.forfeited)
      return `${name}[${at}] does not add up to what is earned`;
  }
  return undefined;
}

/** The figures that postings make all of. */
const POSTED = ['earned', 'advanced', 'released', 'forfeited', 'clawedBack', 'reinstated'] as const;

type PostedSums = { -readonly [Figure in (typeof POSTED)[number]]: bigint };

/** R7.4: the pay period's rows come to what its postings come to: a posting that is lost would be paid again. */
function findDifference({ period, quarters, months, postings }: Close): string | undefined {
  if (!Array.isArray(postings)) return undefined;
  // A cause that there is none of is a fault of its own.
  if (postings.some(({ cause }: Posting) => findCause(cause) === undefined)) return undefined;
  const rows = months.length > 0 ? months : quarters;
  const sums = sumsByRep(postings, period.name);
  for (const row of rows) {
    const posted = sums.get(row.repId) ?? nothingPosted();
    const figure = POSTED.find((one: PayFigure & keyof PostedSums) => row[one] !== posted[one]);
    if (figure !== undefined)
      return `its postings come to another ${figure} for ${row.repId} than its row of ${period.name}`;
    sums.delete(row.repId);
  }
  const [other] = sums.keys();
  return other === undefined ? undefined : `it has postings of ${other}, but no row`;
}

function sumsByRep(postings: readonly Posting[], period: string): Map<string, PostedSums> {
  const sums = new Map<string, PostedSums>();
  for (const posting of postings) {
    if (posting.period !== period) continue;
    let own = sums.get(posting.repId);
    if (own === undefined) {
      own = nothingPosted();
      sums.set(posting.repId, own);
    }
    for (const account of ['earned', 'advanced', 'released', 'forfeited'] as const)
      own[account] += posting[account];
    if (posting.clawedBack > 0n) own.clawedBack += posting.clawedBack;
    else own.reinstated -= posting.clawedBack;
  }
  return sums;
}

function nothingPosted(): PostedSums {
  return { earned: 0n, advanced: 0n, released: 0n, forfeited: 0n, clawedBack: 0n, reinstated: 0n };
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function hasTexts(
  record: Readonly<Record<string, unknown>> | undefined,
  ...names: readonly string[]
): record is Readonly<Record<string, unknown>> {
  return record !== undefined && names.every((name) => typeof record[name] === 'string');
}
