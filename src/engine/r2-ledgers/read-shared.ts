/** Reads who shares whose credit: teams (R12.3) and accounts (R28.1). */
import { isoOf } from '../../day.js';
import type { LedgerEntry } from '../../ledger-specs/ledgers.js';
import { byCodeUnit } from '../../order.js';
import type { Fault } from '../../problems/problem.js';
import { ONE } from '../../ratio.js';
import type { SharedCredit } from './books.js';
import { readRows, type Source } from './read-rows.js';
import type { LedgerRead } from './reading.js';
import { toBeforeFrom } from './row-faults.js';

/** The teams; undefined where there is no such ledger. */
export function readTeams(source: Source<'teams'>): LedgerRead<readonly SharedCredit[] | undefined> {
  return readShared(source, ({ rep_id: of, manager_id: to }) => ({ of, to }));
}

/** The accounts; undefined where there is no such ledger. */
export function readAccounts(source: Source<'accounts'>): LedgerRead<readonly SharedCredit[] | undefined> {
  return readShared(source, ({ customer_id: of, rep_id: to }) => ({ of, to }));
}

function readShared<Name extends 'teams' | 'accounts'>(
  source: Source<Name>,
  pairOf: (entry: LedgerEntry<Name>) => Pick<SharedCredit, 'of' | 'to'>,
): LedgerRead<readonly SharedCredit[] | undefined> {
  const { name, ledger, faults } = source;
  const read = readRows(source, (entry, cells): SharedCredit => {
    const { row, from, to: until, share = ONE } = entry;
    if (until !== undefined && until < from) faults.push(toBeforeFrom(cells));
    return { row, ...pairOf(entry), from, until, share };
  });
  if (ledger === undefined) return { ...read, content: undefined };
  reportOverlaps(name, read.content, faults);
  return read;
}

/** Rows of one pair do not overlap. */
function reportOverlaps(ledger: 'teams' | 'accounts', rows: readonly SharedCredit[], faults: Fault[]): void {
  let widest: SharedCredit | undefined;
  const inOrder = [...rows].sort(
    (a, b) => byCodeUnit(a.of, b.of) || byCodeUnit(a.to, b.to) || a.from - b.from || a.row - b.row,
  );
  for (const next of inOrder) {
    const isOfOne = widest !== undefined && widest.of === next.of && widest.to === next.to;
    if (widest !== undefined && isOfOne && next.from <= lastOf(widest)) {
      faults.push({
        code: 'overlapping-rows',
        place: { kind: 'row', ledger, row: next.row },
        key: `${next.of} and ${next.to}`,
        from: isoOf(next.from),
        otherFrom: isoOf(widest.from),
        otherTo: widest.until && isoOf(widest.until),
        first: { kind: 'row', ledger, row: widest.row },
      });
    }
    if (widest === undefined || !isOfOne || lastOf(next) > lastOf(widest)) widest = next;
  }
}

function lastOf({ until }: SharedCredit): number {
  return until ?? Number.POSITIVE_INFINITY;
}
