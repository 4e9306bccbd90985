/** The sheet Postings: every change of what a line has come to (R8.3). */
import type { PostedResult } from '../engine/result.js';
import { postingsTable } from '../ledgers/tables.js';
import { type RowSheet, sheetOf } from './sheet.js';

export function postingsSheet(result: PostedResult): RowSheet {
  const title = `Every change of what an invoice has come to for a rep, in ${result.currency.code}. Row 2 adds up what the filter shows.`;
  return sheetOf({ name: 'Postings', title }, () => postingsTable(result));
}
