/** The sheet Exceptions: odd rows, and who has dealt with them (R8.4). */
import type { Result } from '../engine/result.js';
import { exceptionsTable } from '../ledgers/tables.js';
import type { Exception } from '../problems/exception.js';
import { type RowSheet, sheetOf } from './sheet.js';

/** @param lineOf - the line of the file that a row stands on; undefined where the exception is about no row */
export function exceptionsSheet(
  { exceptions }: Result,
  lineOf: (exception: Exception) => number | undefined,
): RowSheet {
  const title =
    exceptions.length === 0
      ? 'No exceptions: every row is used as it stands.'
      : 'Odd rows: set aside, or used with a notice. Say in the last column who has dealt with them.';
  const sheet = sheetOf({ name: 'Exceptions', title }, () => exceptionsTable(exceptions, lineOf));
  return {
    ...sheet,
    columns: [...sheet.columns, { name: 'resolvedBy', heading: 'resolved by', kind: 'input' }],
    *rows() {
      for (const row of sheet.rows()) yield [...row, ''];
    },
  };
}
