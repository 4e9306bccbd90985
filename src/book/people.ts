/** Who reps are, by the rows of a book. */
import type { RepPerson } from '../engine/result.js';
import type { BookRows } from './rows.js';
import { idIn, textIn } from './ties.js';

/**
 * The people of the reps ledger, in the order of its rows; a run has read them without a fault. The row of a former id counts
 * where the new one has none (R11.11).
 */
export function peopleOf(rows: BookRows): ReadonlyMap<string, RepPerson> {
  const people = new Map<string, RepPerson>();
  const all = Array.from(rows.in('reps'), (row) => rows.cellsOf(row) ?? {});
  const listed = new Set(all.map((cells) => textIn(cells, 'rep_id')));
  for (const cells of all) {
    const id = textIn(cells, 'rep_id');
    const now = rows.rules.newNames.get(id);
    if (now !== undefined && listed.has(now)) continue;
    if (now !== undefined) listed.add(now);
    const left = textIn(cells, 'left');
    people.set(now ?? id, {
      name: textIn(cells, 'name'),
      email: textIn(cells, 'email'),
      managerId: idIn(rows.rules, cells, 'manager_id'),
      left: left === '' ? undefined : left,
    });
  }
  return people;
}
