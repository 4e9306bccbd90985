/** The sheet Entries: bonuses, deductions, waivers and repayments (R21.6). */
import type { Result } from '../engine/result.js';
import { entriesTable } from '../ledgers/tables.js';
import { type RowSheet, sheetOf } from './sheet.js';

/** Undefined where there are none. */
export function findEntriesSheet(result: Result): RowSheet | undefined {
  if (result.entries.length === 0) return undefined;
  const title = `Every bonus, deduction, waiver and repayment, in ${result.currency.code}: what pay includes besides invoices.`;
  return sheetOf({ name: 'Entries', title }, () => entriesTable(result));
}
