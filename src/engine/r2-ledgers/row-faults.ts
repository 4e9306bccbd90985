/** Faults that rows of several ledgers may have (R9.1). */
import type { LedgerName, Place } from '../../problems/place.js';
import type { Fault } from '../../problems/problem.js';
import type { RowReader } from './cells.js';

/** Whether a row of the ledger is at fault. */
export function hasFaults(faults: readonly Fault[], ledger: LedgerName): boolean {
  return faults.some(({ place }) => place.kind === 'row' && place.ledger === ledger);
}

export function toBeforeFrom(cells: RowReader): Fault {
  const [from, to] = [cells.text('from'), cells.text('to')];
  return { code: 'to-before-from', place: cells.place('to'), from, to };
}

/** Finds rows whose key another row has already. */
export function keyChecker(faults: Fault[]): { check(cells: RowReader, ...key: string[]): void } {
  const first = new Map<string, number>();
  return {
    check(cells, ...parts) {
      if (parts[0] === '') return;
      const key = parts.join('\u0000');
      const row = first.get(key);
      if (row === undefined) {
        first.set(key, cells.row);
        return;
      }
      const before = { ...cells.place(), row } as Place;
      const words = parts.filter((part) => part !== '').join(' on ');
      faults.push({ code: 'duplicate-key', place: cells.place(), key: words, first: before });
    },
  };
}
