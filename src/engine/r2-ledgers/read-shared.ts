/** Reads who shares whose credit: teams (R12.3) and accounts (R28.1). */
import { isoOf } from '../../day.js';
import { byCodeUnit } from '../../order.js';
import type { Fault } from '../../problems/problem.js';
import { ONE } from '../../ratio.js';
import type { SharedCredit } from './books.js';
import { readRows, type Source } from './read-rows.js';
import type { LedgerRead } from './reading.js';
import { toBeforeFrom } from './row-faults.js';

/** The teams; undefined where there is no such ledger. */
export function readTeams(source: Source<'teams'>): LedgerRead<readonly SharedCredit[] | undefined> {
  const read = readRows(source, (entry, cells): SharedCredit => {
    const { row, rep_id: of, manager_id: to, from, to: until, share = ONE } = entry;
    if (until !== undefined && until < from) source.faults.push(toBeforeFrom(cells));
    return { row, of, to, from, until, share };
  });
  if (source.ledger === undefined) return { ...read, content: undefined };
  reportOverlaps('teams', read.content, source.faults);
  return read;
}

/** The accounts; undefined where there is no such ledger. */
export function readAccounts(source: Source<'accounts'>): LedgerRead<readonly SharedCredit[] | undefined> {
  const read = readRows(source, (entry, cells): SharedCredit => {
    const { row, customer_id: of, rep_id: to, from, to: until, share = ONE } = entry;
    if (until !== undefined && until < from) source.faults.push(toBeforeFrom(cells));
    return { row, of, to, from, until, share };
  });
  if (source.ledger === undefined) return { ...read, content: undefined };
  reportOverlaps('accounts', read.content, source.faults);
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
