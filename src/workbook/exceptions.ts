/** The sheet Exceptions: rows with an exception, and who has resolved it (R8.4). */
import type { Result } from '../engine/result.js';
import { exceptionsTable } from '../ledgers/tables.js';
import type { Exception } from '../problems/exception.js';
import { type RowSheet, sheetOf } from './sheet.js';

/** @param lineOf - the line of the file that an exception is about; undefined where it is about no row */
export function exceptionsSheet(
  { exceptions }: Result,
  lineOf: (exception: Exception) => number | undefined,
): RowSheet {
  const title =
    exceptions.length === 0
      ? 'No exceptions: every row was used as it is.'
      : 'Rows that were set aside, or used with a notice. The last column is for whoever resolves them.';
  const sheet = sheetOf({ name: 'Exceptions', title }, () => exceptionsTable(exceptions, lineOf));
  return {
    ...sheet,
    columns: [...sheet.columns, { name: 'resolvedBy', heading: 'resolved by', kind: 'input' }],
    *rows() {
      for (const row of sheet.rows()) yield [...row, ''];
    },
  };
}
