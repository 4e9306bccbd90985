/** The sheet Postings: every change of the commission on a line (R8.3). */
import type { PostedResult } from '../engine/result.js';
import { postingsTable } from '../ledgers/tables.js';
import { type RowSheet, sheetOf } from './sheet.js';

export function postingsSheet(result: PostedResult): RowSheet {
  const title = `Every change of a rep's commission on an invoice, in ${result.currency.code}. Row 2 adds up the filtered rows.`;
  return sheetOf({ name: 'Postings', title }, () => postingsTable(result));
}
