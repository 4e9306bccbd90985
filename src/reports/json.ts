/** The result as plain data for `--json`: the records of the result files, amounts as text. */
import { type PeriodState, stateRecord } from '../closing/period-state.js';
import type { Result } from '../engine/result.js';
import { controlRecords, exceptionCounts, recordsOf } from '../ledgers/records.js';
import { appliedTable, monthsTable, quartersTable } from '../ledgers/tables.js';

/**
 * The figures of the summary and its tables; postings are in their file.
 *
 * @param state - of the pay period that the result is as of
 */
export function resultRecord(result: Result, state: PeriodState): Record<string, unknown> {
  return {
    asOf: result.asOf,
    payPeriod: result.payPeriod,
    state: stateRecord(state),
    currency: result.currency.code,
    quarters: recordsOf(quartersTable(result)),
    ...(result.terms.payPeriod === 'month' ? { months: recordsOf(monthsTable(result)) } : {}),
    ...(result.terms.applyCash === 'none' ? {} : { applied: recordsOf(appliedTable(result)) }),
    exceptions: result.exceptions.map(({ code, ledger, id, message }) => ({ code, ledger, id, message })),
    exceptionCounts: exceptionCounts(result),
    controls: controlRecords(result),
  };
}
