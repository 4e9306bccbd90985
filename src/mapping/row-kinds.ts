/** Which rows below the header are records: subtotals, time stamps and the report's own total are not. */
import { patternTest } from './conditions.js';
import type { Mapping } from './mapping.js';

export type RowKind = 'record' | 'no-record' | 'total';

/** Tells the kind of a row by its first filled cell; a blank row is no record. */
export function rowKinds({ notRecords, totalRow }: Mapping): (row: readonly string[]) => RowKind {
  const isNoRecord = (notRecords ?? []).map(patternTest);
  const isTotal = totalRow === undefined ? undefined : patternTest(totalRow);
  return (row) => {
    const first = row.find((cell) => cell.trim() !== '');
    if (first === undefined || isNoRecord.some((test) => test(first))) return 'no-record';
    return isTotal?.(first) === true ? 'total' : 'record';
  };
}
