/** The postings of a run by rep and invoice: what a book replaces when something happens to an invoice. */
import type { Run } from '../engine/calculate.js';
import { kindOfNumber } from '../engine/r1-words/causes.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { CREDIT_KINDS } from '../ledger-specs/credit-kinds.js';
import { byCodeUnit } from '../order.js';

/** A posting, and where its kind comes in the order of a day: that of `timing` is the kind of what it follows. */
export interface OwnPosting {
  readonly posting: Posting;
  readonly kind: number;
}

/** The postings of a rep on an invoice, each list in the order of R6.4. */
export interface LinePostings {
  /** Of open periods. */
  readonly own: readonly OwnPosting[];
  /** Those that adjust closed periods. */
  readonly adjustments: readonly Posting[];
  /** Those that count as posted before an opening, where they are not frozen. */
  readonly opened: readonly OwnPosting[];
}

/** By rep id, then by invoice id. */
export type PostingsByRep = ReadonlyMap<string, ReadonlyMap<string, LinePostings>>;

interface Lists {
  readonly own: OwnPosting[];
  readonly adjustments: Posting[];
  readonly opened: OwnPosting[];
}

/** All postings of a run by rep and invoice. */
export function postingsByRep({ posted: { table, adjustments }, closed }: Run): PostingsByRep {
  const byRep = new Map<string, Map<string, Lists>>();
  const listsOf = ({ repId, invoiceId }: Posting): Lists => {
    let ofRep = byRep.get(repId);
    if (ofRep === undefined) {
      ofRep = new Map();
      byRep.set(repId, ofRep);
    }
    let lists = ofRep.get(invoiceId);
    if (lists === undefined) {
      lists = { own: [], adjustments: [], opened: [] };
      ofRep.set(invoiceId, lists);
    }
    return lists;
  };
  const openedThrough = openedThroughIn(closed);
  for (const number of table.inOrder()) {
    const day = table.dayOf(number);
    const isOpen = closed === undefined || day > closed.through;
    if (!isOpen && (openedThrough === undefined || day > openedThrough)) continue;
    const posting = table.at(number);
    const lists = listsOf(posting);
    (isOpen ? lists.own : lists.opened).push({ posting, kind: kindOfNumber(table.causeOf(number)) });
  }
  for (const posting of adjustments) listsOf(posting).adjustments.push(posting);
  return byRep;
}

/** The day up to which the recompute counts as posted; undefined where that is frozen, or there is no opening. */
export function openedThroughIn(closed: Run['closed']): number | undefined {
  return closed?.closes[0]?.opened === undefined ? closed?.opening?.day : undefined;
}

/** R6.4. Postings of one line that are equal in all of it stay as they are. */
export function byPostingOrder(a: OwnPosting, b: OwnPosting): number {
  const [one, other] = [a.posting, b.posting];
  return (
    byCodeUnit(one.date, other.date) ||
    a.kind - b.kind ||
    byCodeUnit(one.sourceId, other.sourceId) ||
    byCodeUnit(one.invoiceId, other.invoiceId) ||
    byCodeUnit(one.repId, other.repId) ||
    CREDIT_KINDS.indexOf(one.credit) - CREDIT_KINDS.indexOf(other.credit)
  );
}
