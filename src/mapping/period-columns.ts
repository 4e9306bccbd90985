/** Quota sheets with a row per rep and a column per quarter or month: each cell is a quota (R2.9, R12.5). */
import { findPeriodName } from '../formats/period-names.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { Mapping } from './mapping.js';

/** A column of the file whose header is a quarter or a month. */
export interface PeriodColumn {
  readonly at: number;
  /** `2026-Q1` or `2026-01`. */
  readonly period: string;
}

/** The columns of ours that such a sheet has no columns for. */
const MADE: readonly string[] = ['quarter', 'quota'];

/** The columns of a quota sheet that are periods; none where the ledger has its usual columns. */
export function periodColumns(
  ledger: LedgerName,
  { columns, constants }: Pick<Mapping, 'columns' | 'constants'>,
  names: readonly string[],
): readonly PeriodColumn[] {
  if (ledger !== 'quotas') return [];
  const isGiven = (column: string) =>
    columns?.[column] !== undefined || constants?.[column] !== undefined || names.includes(column);
  if (MADE.some(isGiven)) return [];
  return names.flatMap((name, at) => {
    const period = findPeriodName(name);
    return period === undefined ? [] : [{ at, period }];
  });
}

/** Whether a column of ours is made from the columns of periods. */
export function isMadeOfPeriods(column: string): boolean {
  return MADE.includes(column);
}

/** Where one of those columns is in a record of {@link recordsByPeriod}: behind its other cells. */
export function placeOfMade(column: string, cells: number): number {
  return cells + MADE.indexOf(column);
}

/** A record for each period that has a quota. */
export function recordsByPeriod(
  record: readonly string[],
  periods: readonly PeriodColumn[],
  cells: number,
): (readonly string[])[] {
  const padded = Array.from({ length: cells }, (_, at) => record[at] ?? '');
  return periods.flatMap(({ at, period }) => {
    const quota = (record[at] ?? '').trim();
    return quota === '' ? [] : [[...padded, period, quota]];
  });
}
