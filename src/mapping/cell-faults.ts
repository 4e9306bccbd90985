/** The fault of a cell that cannot be read in the formats of its file. */
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import type { Cell } from './cell.js';
import type { CellReader } from './cells.js';

export function findCellFault(
  { text: found, problem }: Cell,
  column: string,
  place: Place,
  { dateFormats, numberExample }: CellReader,
): Fault | undefined {
  if (problem === undefined) return undefined;
  switch (problem) {
    case 'malformed-date':
      return { code: problem, place, column, found, expected: dateFormats.join(' or ') };
    case 'ambiguous-date':
      return { code: problem, place, column, found, formats: dateFormats };
    case 'malformed-number':
      return { code: problem, place, column, found, expected: numberExample };
  }
}
