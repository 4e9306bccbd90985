/** The result as plain data for `--json`: the records of the result files, amounts as text. */
import type { Result } from '../engine/calculate.js';
import { monthsTable, quartersTable, type Table } from '../ledgers/tables.js';
import { controlRecord, countsByCode } from '../workspace/manifest.js';

/** Everything the summary tells and its tables; postings are in their file. */
export function resultRecord(result: Result): Record<string, unknown> {
  return {
    asOf: result.asOf,
    payPeriod: result.payPeriod,
    currency: result.currency.code,
    quarters: recordsOf(quartersTable(result)),
    ...(result.terms.payPeriod === 'month' ? { months: recordsOf(monthsTable(result)) } : {}),
    exceptions: result.exceptions.map(({ code, ledger, id, message }) => ({ code, ledger, id, message })),
    exceptionCounts: countsByCode(result),
    controls: Object.fromEntries(
      [...result.controls].map(([name, totals]) => [name, controlRecord(result, name, totals)]),
    ),
  };
}

function recordsOf({ header, rows }: Table): Record<string, string>[] {
  return Array.from(rows, (row) =>
    Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])),
  );
}
