/** The files of a close, from a result: the same result and facts always give the same bytes (R11.5, R11.7). */
import type { Result } from '../../engine/calculate.js';
import { closeOf } from '../../engine/close-of.js';
import { CHECKED_RULES } from '../../engine/r8-results/checks.js';
import type { Close } from '../../engine/r11-closes/close.js';
import { frozenCsvOf } from '../../ledgers/frozen.js';
import { controlRecords, exceptionCounts } from '../../ledgers/records.js';
import { closedPostingsTable, monthsTable, quartersTable, type Table } from '../../ledgers/tables.js';
import type { OutputFile } from '../publish.js';
import { sha256 } from '../sources.js';
import { RECORD } from './read-closes.js';
import { type CloseRecord, sealed } from './record.js';

/** What a close records besides its result. */
export type CloseFacts = Pick<CloseRecord, 'version' | 'closedOn' | 'previous' | 'reopened' | 'inputs'>;

/** A close, and its files in the order in which they are written: the record last. */
export interface MadeClose {
  readonly close: Close;
  readonly files: readonly OutputFile[];
}

/** Closes the pay period of a result, which must be as of its last day. */
export function makeClose(result: Result, facts: CloseFacts): MadeClose {
  const close = closeOf(result);
  const { currency } = result;
  const tables: Table[] = [
    closedPostingsTable(close.postings, currency),
    ...(close.quarters.length > 0 || result.terms.payPeriod === 'quarter'
      ? [quartersTable({ quarters: close.quarters, currency })]
      : []),
    ...(result.terms.payPeriod === 'month' ? [monthsTable({ months: close.months, currency })] : []),
  ];
  if (close.opened !== undefined) {
    const { postings } = close.opened;
    tables.push({ ...closedPostingsTable(postings, currency), file: 'opened.csv' });
  }
  const files = tables.map((table) => {
    const bytes = Buffer.concat(Array.from(frozenCsvOf(table), (piece) => Buffer.from(piece)));
    return { name: table.file, pieces: [bytes], sha256: sha256(bytes) };
  });
  const record: CloseRecord = {
    program: 'comp',
    version: facts.version,
    period: close.period,
    payPeriod: result.terms.payPeriod,
    currency: currency.code,
    digits: currency.digits,
    closedOn: facts.closedOn,
    opening: close.opened === undefined ? null : { date: close.opened.date },
    previous: facts.previous,
    reopened: facts.reopened,
    inputs: facts.inputs,
    controls: controlRecords(result),
    exceptions: exceptionCounts(result),
    checks: CHECKED_RULES,
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  };
  return { close, files: [...files, { name: RECORD, pieces: [sealed(record)] }] };
}
