/** A close as it would be if its reps had been called then what they are called now (R11.11); what is frozen is not changed. */
import type { NewNames } from '../../names.js';
import { addedUp } from '../r1-words/pay-figures.js';
import type { Posting } from '../r6-postings/posting-table.js';
import { inEntryOrder } from '../r7-pay/entries.js';
import type { QuarterRow } from '../r8-results/results.js';
import type { Close } from './close.js';
import { inPostingOrder } from './posting-order.js';

/**
 * The close with the new ids of its reps. The rows of two ids that are one rep are added up.
 *
 * @param newNames - what each former id is now; without any, the close is returned as it is
 */
export function renamedClose<Of extends Close>(close: Of, newNames: NewNames): Of {
  if (newNames.size === 0) return close;
  const { quarters, months, attainments, postings, entries, opened, reps } = close;
  const nameOf = (rep: string) => newNames.get(rep) ?? rep;
  const named = <Row extends { readonly repId: string }>(row: Row): Row => {
    return newNames.has(row.repId) ? { ...row, repId: nameOf(row.repId) } : row;
  };
  const inOrder = (all: Iterable<Posting>) => renamedPostings(all, named);
  return {
    ...close,
    quarters: byKey(quarters.map(named), ({ repId, quarter }) => [repId, quarter], addedQuarters),
    months: byKey(
      months.map(named),
      ({ repId, month }) => [repId, month],
      (row, other) => ({ ...row, ...addedUp([row, other]) }),
    ),
    postings: inOrder(postings),
    ...(attainments && {
      // What was reached under two ids cannot be told from two rows: that of the new one stands first.
      attainments: byKey(
        attainments.map(named),
        ({ repId, quarter, credit }) => [repId, quarter, credit],
        (row) => row,
      ),
    }),
    ...(entries && { entries: entries.map(named).sort(inEntryOrder) }),
    ...(opened && { opened: { ...opened, postings: inOrder(opened.postings) } }),
    ...(reps && { reps: reps.map(nameOf) }),
  };
}

/** One row for each key. */
function byKey<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => readonly string[],
  add: (row: Row, other: Row) => Row,
): readonly Row[] {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    const known = found.get(key);
    found.set(key, known === undefined ? row : add(known, row));
  }
  return [...found.values()];
}

function addedQuarters(row: QuarterRow, other: QuarterRow): QuarterRow {
  const { quota = 0n } = other;
  return {
    ...row,
    ...addedUp([row, other]),
    bookings: row.bookings + other.bookings,
    quota: row.quota === undefined ? other.quota : row.quota + quota,
    attainment: row.attainment ?? other.attainment,
  };
}

/** In the order of R6.4, in which the rep's id is among the last: only neighbors can change places. */
function renamedPostings(
  postings: Iterable<Posting>,
  named: (posting: Posting) => Posting,
): Iterable<Posting> {
  return {
    *[Symbol.iterator]() {
      let together: Posting[] = [];
      for (const posting of postings) {
        const [first] = together;
        if (first !== undefined && !isOfOneEvent(first, posting)) {
          yield* together.sort(inPostingOrder);
          together = [];
        }
        together.push(named(posting));
      }
      yield* together.sort(inPostingOrder);
    },
  };
}

function isOfOneEvent(a: Posting, b: Posting): boolean {
  return a.invoiceId === b.invoiceId && a.sourceId === b.sourceId && a.cause === b.cause && a.date === b.date;
}
