/** Reads what reps were called before (R11.11). */
import type { NewNames } from '../../names.js';
import type { Fault } from '../../problems/problem.js';
import { readRows, type Source } from './read-rows.js';
import type { LedgerRead } from './reading.js';

/** The aliases; none where there is no such ledger, or where it is at fault. */
export function readAliases(source: Source<'aliases'>): LedgerRead<NewNames> {
  const read = readRows(source, (entry) => entry);
  const next = new Map(read.content.map((entry) => [entry.was, entry]));
  const names = new Map<string, string>();
  for (const { was, row } of read.content) {
    const passed = new Set([was]);
    let now = was;
    for (let entry = next.get(was); entry !== undefined; entry = next.get(now)) {
      now = entry.rep_id;
      if (passed.has(now)) {
        source.faults.push(circle(row, now));
        return { ...read, content: new Map() };
      }
      passed.add(now);
    }
    names.set(was, now);
  }
  return { ...read, content: names };
}

function circle(row: number, rep: string): Fault {
  return { code: 'alias-cycle', place: { kind: 'row', ledger: 'aliases', row, column: 'was' }, rep };
}
