/** Finds reps who only have another id now: by R11.2, they would be paid again what they were paid under the old one (R11.11). */
import { NO_NAME } from '../../names.js';
import type { Fault } from '../../problems/problem.js';
import type { Books } from '../r2-ledgers/books.js';
import type { Posting } from '../r6-postings/posting-table.js';
import type { PayEntryRow } from '../r7-pay/entries.js';
import type { Closed } from './closed.js';

/** What is adjusted, of lines or of entries. */
interface Adjusted {
  readonly repId: string;
  /** Names the line or the entry. */
  readonly of: string;
}

/**
 * R11.11: a rep who is in no ledger any more, and a new rep who has a line or an entry of theirs in closed periods, are taken for
 * one person with a new id, unless the ledger of reps lists both.
 *
 * @param adjustments - those of R11.2 and of R21.7
 * @returns a fault for each such pair
 */
export function findRenamedReps(
  books: Books,
  closed: Closed,
  adjustments: readonly Posting[],
  entries: readonly PayEntryRow[],
): Fault[] {
  const adjusted = [
    ...adjustments.map(({ repId, invoiceId, credit }) => ({ repId, of: `${invoiceId}\0${credit}` })),
    ...entries.flatMap(({ repId, entryId, adjusts }) =>
      adjusts === '' ? [] : [{ repId, of: `\0${entryId}` }],
    ),
  ];
  const known = repsIn(closed);
  const newcomers = adjusted.filter(({ repId }) => !known.has(repId));
  if (newcomers.length === 0) return [];
  const named = namedIn(books);
  const gone = ofReps(adjusted.filter(({ repId }) => known.has(repId) && !named.has(repId)));
  const people = new Set(books.plain.reps.map(({ rep_id: rep }) => rep));
  const place = { kind: 'run' } as const;
  return [...ofReps(newcomers)].flatMap(([rep, own]) =>
    [...gone].flatMap(([was, lines]): Fault[] => {
      const shared = [...lines].filter((line) => own.has(line));
      if (shared.length === 0 || (people.has(rep) && people.has(was))) return [];
      const [example = ''] = shared.map((line) => line.split('\0').find((part) => part !== '') ?? '').sort();
      return [{ code: 'rep-renamed', place, rep, was, shared: shared.length, of: lines.size, example }];
    }),
  );
}

/** The reps of closed periods, and those that any ledger named when the last one was closed. */
function repsIn({ closes }: Closed): ReadonlySet<string> {
  const known = new Set(closes.at(-1)?.reps);
  for (const { quarters, months } of closes) {
    for (const { repId } of quarters) known.add(repId);
    for (const { repId } of months) known.add(repId);
  }
  return known;
}

/** The reps to whom a ledger gives credit now, at any time; quotas and assignments alone give none. */
function namedIn({ reps, invoices, splits, payments, teams, accounts, plain }: Books): ReadonlySet<string> {
  const named = new Set([...(teams ?? []), ...(accounts ?? [])].map(({ to }) => to));
  const isSplit = new Uint8Array(invoices.length);
  for (const invoice of splits.invoices) if (invoice >= 0) isSplit[invoice] = 1;
  const numbers = new Set<number>();
  // Where splits name an invoice, its own rep has no credit (R2.5).
  for (let invoice = 0; invoice < invoices.length; invoice += 1)
    if (isSplit[invoice] === 0) numbers.add(invoices.reps[invoice] as number);
  for (const rep of splits.reps) numbers.add(rep);
  for (const rep of payments.collectors ?? []) numbers.add(rep);
  numbers.delete(NO_NAME);
  for (const number of numbers) named.add(reps.nameOf(number));
  for (const { rep_id: rep } of plain.entries) named.add(rep);
  return named;
}

function ofReps(adjusted: readonly Adjusted[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byRep = new Map<string, Set<string>>();
  for (const { repId, of } of adjusted) {
    const own = byRep.get(repId);
    if (own === undefined) byRep.set(repId, new Set([of]));
    else own.add(of);
  }
  return byRep;
}
