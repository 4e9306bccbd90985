/** Results as JSON: the format of `--json` and of the library, with the columns of the result files. */
import { type PeriodState, stateRecord } from '../closing/period-state.js';
import type { PostedResult, Result } from '../engine/result.js';
import { controlRecords, exceptionCounts, recordsOf } from '../ledgers/records.js';
import {
  appliedTable,
  attainmentTable,
  entriesTable,
  monthsTable,
  postingsTable,
  quartersTable,
} from '../ledgers/tables.js';

/** What a result says as JSON. */
export type ResultJson = Readonly<Record<string, unknown>> & {
  readonly format: 'clawback-result';
  readonly version: 1;
};

/** What is written beside the figures. */
export interface ResultJsonOptions {
  /** Whether the period is closed, where that is known. */
  readonly state?: PeriodState;
  /** Every posting, in the order of R6.4; a result without postings has none to write. */
  readonly postings?: boolean;
}

/**
 * A result as plain data: the rows of the result files by their columns, amounts as decimal text.
 *
 * @param result - with or without postings
 * @returns plain data for `JSON.stringify`; `schema/result.schema.json` describes it
 * @example JSON.stringify(resultToJson(result)) // {"format":"clawback-result","version":1,"asOf":"2025-03-31",…
 */
export function resultToJson(
  result: Result | PostedResult,
  { state, postings = false }: ResultJsonOptions = {},
): ResultJson {
  return {
    format: 'clawback-result',
    version: 1,
    asOf: result.asOf,
    payPeriod: result.payPeriod,
    ...(state === undefined ? {} : { state: stateRecord(state) }),
    currency: result.currency.code,
    quarters: recordsOf(quartersTable(result)),
    attainment: recordsOf(attainmentTable(result)),
    ...(result.terms.payPeriod === 'month' ? { months: recordsOf(monthsTable(result)) } : {}),
    ...(result.entries.length === 0 ? {} : { entries: recordsOf(entriesTable(result)) }),
    ...(result.terms.applyCash === 'none' ? {} : { applied: recordsOf(appliedTable(result)) }),
    ...(postings && 'postings' in result ? { postings: recordsOf(postingsTable(result)) } : {}),
    exceptions: result.exceptions.map(({ code, ledger, id, message }) => ({ code, ledger, id, message })),
    exceptionCounts: exceptionCounts(result),
    controls: controlRecords(result),
  };
}
