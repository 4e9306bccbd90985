/** Tells apart faults that stand for themselves from those that a fault of a whole file brings about. */
import type { LedgerName } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';

/**
 * The faults of contents that a person has to mend beside those of the files: where a column is missing, its blank
 * cells are no faults of their own, and where a ledger could not be read, nothing is missing for want of its rows.
 */
export function withoutConsequences(contents: readonly Fault[], files: readonly Fault[]): Fault[] {
  const unread = new Set<LedgerName>();
  const columns = new Set<string>();
  const rows = new Set<string>();
  for (const fault of files) {
    const { code, place } = fault;
    if (place.kind === 'terms' && place.path[0] === 'ledgers') unread.add(place.path[1] as LedgerName);
    if (place.kind === 'ledger') unread.add(place.ledger);
    if (place.kind === 'row') rows.add(`${place.ledger} ${place.row}`);
    if (code === 'missing-column' && place.kind === 'ledger') columns.add(`${place.ledger} ${fault.column}`);
  }
  return contents.filter(({ code, place }) => {
    // A split that cannot be read may be the one that names the rep.
    const asksRep = code === 'blank-cell' && place.kind === 'row' && place.column === 'rep_id';
    if (asksRep && place.ledger === 'invoices' && unread.has('splits')) return false;
    const needs = NEEDS[code];
    if (needs !== undefined && unread.has(needs)) return false;
    if (place.kind !== 'row') return true;
    return !rows.has(`${place.ledger} ${place.row}`) && !columns.has(`${place.ledger} ${place.column}`);
  });
}

/** The ledger for want of whose rows a fault may be told. */
const NEEDS: Partial<Record<Fault['code'], LedgerName>> = {
  'no-quota': 'quotas',
  'which-plan': 'assignments',
  'outside-calendar': 'calendar',
  'month-needed': 'calendar',
};
