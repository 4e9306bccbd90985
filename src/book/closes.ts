/** The closes of a book: gone through once, and cut to what a part of the book needs of them. */
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Close } from '../engine/r11-closes/close.js';
import { renamedClose } from '../engine/r11-closes/renamed-close.js';
import { groupedBy } from '../grouped.js';
import type { NewNames } from '../names.js';
import { entryTie, invoiceTie, repTie } from './ties.js';

/** The frozen postings of one close, and those before an opening, by rep and by invoice; each with its place. */
interface Frozen {
  readonly close: Close;
  readonly postings: PostingIndex;
  readonly opened: PostingIndex | undefined;
}

interface PostingIndex {
  readonly byRep: ReadonlyMap<string, readonly Placed[]>;
  readonly byInvoice: ReadonlyMap<string, readonly Placed[]>;
}

interface Placed {
  readonly posting: Posting;
  readonly place: number;
}

export class BookCloses {
  readonly #closes: readonly Frozen[];
  /** As calculations take them. */
  readonly all: readonly Close[];

  /** The ties that frozen postings and entries make, of both sides. */
  readonly #ties = new Map<string, Set<string>>();

  constructor(closes: readonly Close[]) {
    this.all = closes.map((close): Close => {
      const { postings, opened } = close;
      return {
        ...close,
        postings: [...postings],
        ...(opened === undefined ? {} : { opened: { ...opened, postings: [...opened.postings] } }),
      };
    });
    this.#closes = this.all.map((close) => ({
      close,
      postings: indexOf(close.postings),
      opened: close.opened && indexOf(close.opened.postings),
    }));
    for (const { postings, opened, entries = [] } of this.all) {
      for (const { repId, invoiceId } of postings) this.#tie(repTie(repId), invoiceTie(invoiceId));
      for (const { repId, invoiceId } of opened?.postings ?? [])
        this.#tie(repTie(repId), invoiceTie(invoiceId));
      for (const { repId, entryId } of entries) this.#tie(repTie(repId), entryTie(entryId));
    }
  }

  /** The same with the new ids of reps (R11.11), to be cut. */
  named(newNames: NewNames): BookCloses {
    return newNames.size === 0
      ? this
      : new BookCloses(this.all.map((close) => renamedClose(close, newNames)));
  }

  /** What frozen postings and entries tie to a tie: their rep and their invoice may be adjusted together (R11.2, R11.11). */
  tiedTo(tie: string): Iterable<string> {
    return this.#ties.get(tie) ?? [];
  }

  #tie(one: string, other: string): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const known = this.#ties.get(from);
      if (known === undefined) this.#ties.set(from, new Set([to]));
      else known.add(to);
    }
  }

  /** Who has frozen postings on an invoice. */
  *repsOn(invoice: string): Iterable<string> {
    for (const { postings, opened } of this.#closes) {
      for (const { posting } of postings.byInvoice.get(invoice) ?? []) yield posting.repId;
      for (const { posting } of opened?.byInvoice.get(invoice) ?? []) yield posting.repId;
    }
  }

  /** Those of some reps. A row of each quarter's attainments stays, whosever it is: it says that they are frozen. */
  ofReps(reps: ReadonlySet<string>): readonly Close[] {
    return this.#cut(reps, ({ byRep }) => pick(byRep, reps));
  }

  /** The postings of one invoice. @param reps - whose rows stay */
  ofInvoice(invoice: string, reps: ReadonlySet<string>): readonly Close[] {
    return this.#cut(reps, ({ byInvoice }) => pick(byInvoice, [invoice]));
  }

  #cut(reps: ReadonlySet<string>, pickFrom: (index: PostingIndex) => readonly Posting[]): readonly Close[] {
    return this.#closes.map(({ close, postings, opened }): Close => {
      const { isAsIn: _, quarters, months, attainments, entries, ...rest } = close;
      const own = <Row extends { readonly repId: string }>(rows: readonly Row[]) =>
        rows.filter(({ repId }) => reps.has(repId));
      const quartersOf = new Set<string>();
      const isFirst = (quarter: string) => !quartersOf.has(quarter) && quartersOf.add(quarter) !== undefined;
      const shown = attainments?.filter((row) => isFirst(row.quarter) || reps.has(row.repId));
      return {
        ...rest,
        quarters: own(quarters),
        months: own(months),
        ...(shown === undefined ? {} : { attainments: shown }),
        ...(entries === undefined ? {} : { entries: own(entries) }),
        postings: pickFrom(postings),
        ...(close.opened === undefined || opened === undefined
          ? {}
          : { opened: { ...close.opened, postings: pickFrom(opened) } }),
      };
    });
  }
}

function indexOf(postings: Iterable<Posting>): PostingIndex {
  const placed = Array.from(postings, (posting, place): Placed => ({ posting, place }));
  return {
    byRep: groupedBy(placed, ({ posting }) => posting.repId),
    byInvoice: groupedBy(placed, ({ posting }) => posting.invoiceId),
  };
}

/** The postings of some keys, in their order. */
function pick(by: ReadonlyMap<string, readonly Placed[]>, keys: Iterable<string>): readonly Posting[] {
  const found: Placed[] = [];
  for (const key of keys) for (const one of by.get(key) ?? []) found.push(one);
  return found.sort((a, b) => a.place - b.place).map(({ posting }) => posting);
}
