/** Makes the files of a close from a result: the same result and facts always give the same bytes (R11.5, R11.7). */
import { journalLines, openingLines } from '../../closing/journal.js';
import { dayOf, type Opening, type PayPeriod, payRowsOf } from '../../closing/pay-history.js';
import { payrollRows } from '../../closing/payroll.js';
import { payrollLines } from '../../closing/payroll-lines.js';
import { closeOf } from '../../engine/close-of.js';
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import { CHECKED_RULES } from '../../engine/r8-results/checks.js';
import type { Close } from '../../engine/r11-closes/close.js';
import type { PostedResult, Result } from '../../engine/result.js';
import { frozenCsvOf } from '../../ledgers/frozen.js';
import { controlRecords, exceptionCounts } from '../../ledgers/records.js';
import {
  attainmentTable,
  closedEntriesTable,
  closedPostingsTable,
  exceptionsTable,
  journalTable,
  monthsTable,
  payrollLinesTable,
  payrollTable,
  quartersTable,
  type Table,
} from '../../ledgers/tables.js';
import type { Exception } from '../../problems/exception.js';
import { invariant } from '../../problems/problem.js';
import { sha256 } from '../input-file.js';
import type { OutputFile } from '../publish.js';

import { RECORD } from './folder.js';
import { type CloseRecord, sealed } from './record.js';

/** What a close records besides its result. */
export interface CloseFacts
  extends Pick<
    CloseRecord,
    'version' | 'workspace' | 'closedOn' | 'signed' | 'previous' | 'reopened' | 'inputs'
  > {
  /** Its pages with their hashes, which are known once they are written; none if it keeps none. */
  readonly pages: () => readonly { readonly name: string; readonly sha256: string }[];
  /** The line of the file that an exception is about. */
  readonly lineOf: (exception: Exception) => number | undefined;
}

/**
 * Closes the pay period of a result, which must be as of its last day.
 *
 * @param closes - those that the result builds on, in order
 * @returns the files in the order in which they are written: the record last
 */
export function makeClose(result: PostedResult, closes: readonly Close[], facts: CloseFacts): OutputFile[] {
  const closing = closeOf(result);
  invariant(closing.kind === 'closed', () => 'a period cannot be closed that was found to be the next');
  const { close } = closing;
  const tables = [
    ...frozenTables(result, close),
    ...documents(result, close, closes),
    exceptionsTable(result.exceptions, facts.lineOf),
  ];
  const files = tables.map((table) => {
    const bytes = Buffer.concat(Array.from(frozenCsvOf(table), (piece) => Buffer.from(piece)));
    return { name: table.file, pieces: [bytes], sha256: sha256(bytes) };
  });
  const recordNow = (): CloseRecord => ({
    program: 'comp',
    version: facts.version,
    ...(facts.workspace === undefined ? {} : { workspace: facts.workspace }),
    period: close.period,
    payPeriod: result.terms.payPeriod,
    currency: result.currency.code,
    digits: result.currency.digits,
    closedOn: facts.closedOn,
    ...(facts.signed === undefined ? {} : { signed: facts.signed }),
    opening: close.opened === undefined ? null : { date: close.opened.date },
    previous: facts.previous,
    reopened: facts.reopened,
    inputs: facts.inputs,
    controls: controlRecords(result),
    exceptions: exceptionCounts(result),
    checks: CHECKED_RULES,
    ...pagesIn(facts.pages()),
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  });
  const pieces = {
    *[Symbol.iterator]() {
      yield sealed(recordNow());
    },
  };
  return [...files, { name: RECORD, pieces }];
}

function pagesIn(pages: NonNullable<CloseRecord['pages']>): Pick<CloseRecord, 'pages'> {
  return pages.length === 0 ? {} : { pages };
}

/** The frozen tables, which later calculations read. */
function frozenTables(
  { currency, terms }: Result,
  { postings, quarters, attainments = [], months, entries = [], opened }: Close,
): Table[] {
  const isMonthly = terms.payPeriod === 'month';
  return [
    closedPostingsTable(postings, currency),
    ...(quarters.length > 0 || !isMonthly
      ? [quartersTable({ quarters, currency }), attainmentTable({ attainments, currency })]
      : []),
    ...(isMonthly ? [monthsTable({ months, currency })] : []),
    closedEntriesTable(entries, currency),
    ...(opened === undefined
      ? []
      : [{ ...closedPostingsTable(opened.postings, currency), file: 'opened.csv' }]),
  ];
}

/** The documents for payroll and accounting. */
function documents(result: PostedResult, close: Close, closes: readonly Close[]): Table[] {
  const { currency, terms } = result;
  const { payWithin, journal } = terms;
  const { postings, opened } = close;
  const period = { name: close.period.name, to: dayOf(close.period.to) };
  const rows = payRowsOf(result);
  const opening = openingOf([...closes, close]);
  const own = rows.filter((row) => row.period === period.name);
  const history = historyOf(result, [...closes, close]);
  const broughtForward = own.map(({ repId, heldOpening, owedOpening }) => ({
    repId,
    held: heldOpening,
    owed: owedOpening,
  }));
  return [
    payrollTable(payrollRows({ period, rows: own, postings, payWithin }), currency),
    payrollLinesTable(
      payrollLines({ periods: periodsOf(result, history), rows, postings: history, payWithin, opening }),
      currency,
    ),
    journalTable(
      [
        ...(opened === undefined ? [] : openingLines(opened.date, broughtForward, journal)),
        ...journalLines({ period, rows: own, postings, journal }),
      ],
      currency,
    ),
  ];
}

/** The opening of the workspace. */
function openingOf(closes: readonly Close[]): Opening | undefined {
  const [first] = closes;
  if (first?.opened === undefined) return undefined;
  const rows = first.months.length > 0 ? first.months : first.quarters;
  return {
    date: first.opened.date,
    owed: new Map(rows.map(({ repId, owedOpening }) => [repId, owedOpening])),
  };
}

/** Every posting up to the close: those that count as posted at the opening, and all since. */
function historyOf(result: PostedResult, [first]: readonly Close[]): Iterable<Posting> {
  return {
    *[Symbol.iterator]() {
      if (first?.opened !== undefined) yield* first.opened.postings;
      yield* result.postings;
    },
  };
}

/** The pay periods that postings belong to or adjust; some may be before the first close. */
function periodsOf({ payPeriods }: Result, postings: Iterable<Posting>): PayPeriod[] {
  const last = new Map(payPeriods.map(({ name, to }) => [name, to]));
  const known = new Set(last.keys());
  for (const { period, adjusts, eventDate } of postings) {
    const name = adjusts === '' ? period : adjusts;
    if (!known.has(name) && eventDate > (last.get(name) ?? '')) last.set(name, eventDate);
  }
  const names = [...last].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
  return names.map(([name, to]) => ({ name, to: dayOf(to) }));
}
