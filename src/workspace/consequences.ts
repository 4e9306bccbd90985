/** Drops faults that are only a consequence of another fault, in a whole file or row. */
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { Fault } from '../problems/problem.js';

/**
 * The faults of contents that a person has to fix besides those of the files: blank cells of a missing column are no
 * faults of their own, and neither is what is missing because a ledger could not be read.
 *
 * @param unread - the ledgers that could not be read completely
 */
export function withoutConsequences(
  contents: readonly Fault[],
  files: readonly Fault[],
  unread: ReadonlySet<LedgerName>,
): Fault[] {
  /** Columns of ledgers, whole rows and cells with a fault of the files. */
  const reported = new Set<string>();
  for (const fault of files) {
    const { code, place } = fault;
    if (code === 'missing-column' && place.kind === 'ledger') reported.add(`${place.ledger} ${fault.column}`);
    if (place.kind !== 'row') continue;
    reported.add([place.ledger, place.row, place.column].filter((part) => part !== undefined).join(' '));
  }
  return contents.filter(({ code, place }) => {
    // A split that cannot be read may be the one that names the rep.
    const isRep = code === 'blank-cell' && place.kind === 'row' && place.column === 'rep_id';
    if (isRep && place.ledger === 'invoices' && unread.has('splits')) return false;
    const needs = NEEDS[code];
    if (needs !== undefined && unread.has(needs)) return false;
    if (place.kind !== 'row') return true;
    const { ledger, row, column } = place;
    return ![`${ledger} ${row}`, `${ledger} ${column}`, `${ledger} ${row} ${column}`].some((key) =>
      reported.has(key),
    );
  });
}

/** The ledger whose missing rows may cause a fault. */
const NEEDS: Partial<Record<Fault['code'], LedgerName>> = {
  'no-quota': 'quotas',
  'which-plan': 'assignments',
  'outside-calendar': 'calendar',
  'month-needed': 'calendar',
};
