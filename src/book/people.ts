/** Who reps are, by the rows of a book. */
import type { RepPerson } from '../engine/result.js';
import type { BookRows } from './rows.js';
import { textIn } from './ties.js';

/** The people of the reps ledger, in the order of its rows; a run has read them without a fault. */
export function peopleOf(rows: BookRows): ReadonlyMap<string, RepPerson> {
  const people = new Map<string, RepPerson>();
  for (const row of rows.in('reps')) {
    const cells = rows.cellsOf(row) ?? {};
    const left = textIn(cells, 'left');
    people.set(textIn(cells, 'rep_id'), {
      name: textIn(cells, 'name'),
      email: textIn(cells, 'email'),
      managerId: textIn(cells, 'manager_id'),
      left: left === '' ? undefined : left,
    });
  }
  return people;
}
