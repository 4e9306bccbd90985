/** Faults as text for a program's log or a test's failure: in the terms of the library, without comp.yaml and flags. */
import { clipped } from '../problems/clipped.js';
import { keyText, nameOf, type Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { wordingOf } from '../problems/wording.js';

/**
 * Every fault as a line of text: where it is, what was found, and what to do.
 *
 * @param faults - of an outcome that is refused
 * @returns one line for each fault, in their order; '' without faults
 * @example
 * formatFaults(outcome.faults)
 * // ledgers.invoices.rows[0] amount "1e3": Expected a number such as 1234.56.
 */
export function formatFaults(faults: readonly Fault[]): string {
  return faults.map(lineOf).join('\n');
}

function lineOf(fault: Fault): string {
  const { subject, text } = wordingOf(clipped(fault), { nameOf: pathOf, isLibrary: true });
  const { place } = fault;
  const column = place.kind === 'row' && place.column !== undefined ? place.column : '';
  const about = subject.startsWith(column) ? subject : `${column} ${subject}`;
  const head = [pathOf(place), about.trim()].filter((part) => part !== '').join(' ');
  return head === '' ? text : `${head}: ${text}`;
}

/** A place as a program finds it. */
function pathOf(place: Place): string {
  switch (place.kind) {
    case 'row':
      return `ledgers.${place.ledger}.rows[${place.row}]`;
    case 'record':
      return `${place.ledger}, record ${place.record}`;
    case 'ledger':
      return `ledgers.${place.ledger}`;
    case 'terms':
      return OUTSIDE_TERMS.has(String(place.path[0]))
        ? keyText(place.path)
        : keyText(['terms', ...place.path]);
    case 'file':
    case 'option':
      return nameOf(place);
    case 'run':
      return '';
  }
}

/** The keys of the inputs beside the terms. */
const OUTSIDE_TERMS = new Set(['terms', 'ledgers', 'asOf', 'closes', 'keep', 'counting']);
