/** Tells apart faults that stand for themselves from those that a fault of a whole file brings about. */
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { Fault } from '../problems/problem.js';

/**
 * The faults of contents that a person has to mend beside those of the files: where a column is missing, its blank
 * cells are no faults of their own, and where a ledger could not be read, nothing is missing for want of its rows.
 *
 * @param unread - the ledgers of which something could not be read
 */
export function withoutConsequences(
  contents: readonly Fault[],
  files: readonly Fault[],
  unread: ReadonlySet<LedgerName>,
): Fault[] {
  /** What is told already: columns of ledgers, whole rows, cells. */
  const told = new Set<string>();
  for (const fault of files) {
    const { code, place } = fault;
    if (code === 'missing-column' && place.kind === 'ledger') told.add(`${place.ledger} ${fault.column}`);
    if (place.kind !== 'row') continue;
    told.add([place.ledger, place.row, place.column].filter((part) => part !== undefined).join(' '));
  }
  return contents.filter(({ code, place }) => {
    // A split that cannot be read may be the one that names the rep.
    const asksRep = code === 'blank-cell' && place.kind === 'row' && place.column === 'rep_id';
    if (asksRep && place.ledger === 'invoices' && unread.has('splits')) return false;
    const needs = NEEDS[code];
    if (needs !== undefined && unread.has(needs)) return false;
    if (place.kind !== 'row') return true;
    const { ledger, row, column } = place;
    return ![`${ledger} ${row}`, `${ledger} ${column}`, `${ledger} ${row} ${column}`].some((key) =>
      told.has(key),
    );
  });
}

/** The ledger for want of whose rows a fault may be told. */
const NEEDS: Partial<Record<Fault['code'], LedgerName>> = {
  'no-quota': 'quotas',
  'which-plan': 'assignments',
  'outside-calendar': 'calendar',
  'month-needed': 'calendar',
};
