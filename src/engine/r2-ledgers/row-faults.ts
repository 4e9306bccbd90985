/** Faults that rows of several ledgers may have (R9.1). */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Fault } from '../../problems/problem.js';
import type { RowCells } from './cells.js';

/** Whether a row of the ledger is at fault. */
export function hasFaults(faults: readonly Fault[], ledger: LedgerName): boolean {
  return faults.some(({ place }) => place.kind === 'row' && place.ledger === ledger);
}

export function toBeforeFrom(cells: RowCells): Fault {
  const [from, to] = [cells.text('from'), cells.text('to')];
  return { code: 'to-before-from', place: cells.place('to'), from, to };
}

/** Finds rows whose key another row has already. */
export function keyChecker(faults: Fault[]): { check(cells: RowCells, id: string, other?: string): void } {
  // Most ids occur once: only the others are compared by the other part of the key.
  const first = new Map<string, number | Map<string, number>>();
  const others: string[] = [];
  const rowBefore = (row: number, id: string, other: string): number | undefined => {
    others[row] = other;
    const known = first.get(id);
    if (known === undefined) {
      first.set(id, row);
      return undefined;
    }
    const rows = typeof known === 'number' ? new Map([[others[known] ?? '', known]]) : known;
    if (known !== rows) first.set(id, rows);
    const before = rows.get(other);
    if (before === undefined) rows.set(other, row);
    return before;
  };
  return {
    check(cells, id, other = '') {
      if (id === '') return;
      const row = rowBefore(cells.row, id, other);
      if (row === undefined) return;
      const before = { ...cells.place(), row };
      const words = [id, other].filter((part) => part !== '').join(' on ');
      faults.push({ code: 'duplicate-key', place: cells.place(), key: words, first: before });
    },
  };
}
