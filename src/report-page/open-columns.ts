/** The columns of commission that depends on what is open: those that have any. */

import type { Minor } from '../money.js';
import type { TableColumn } from '../pages/table.js';
import type { OpenSums } from './open.js';

/** A column of commission that depends on what customers pay. */
interface CommissionColumn extends TableColumn {
  readonly of: (sums: OpenSums) => Minor;
}

/** What is held and what is at risk, as far as there is any. */
export function commissionColumns(rows: readonly OpenSums[]): CommissionColumn[] {
  const columns: readonly CommissionColumn[] = [
    { title: 'held', isNumber: true, isWide: true, of: ({ held }) => held },
    { title: 'at risk', isNumber: true, of: ({ atRisk }) => atRisk },
  ];
  return columns.filter(({ of }) => rows.some((one) => of(one) !== 0n));
}
