/** The exceptions of a book: those of its first run, less those that are gone, and those that have come since. */
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { Exception } from '../problems/exception.js';
import { ForkedMap } from './forked-map.js';
import type { RowNumber } from './rows.js';

/** An exception of a row of the book, which may move in its ledger. */
export interface BookException {
  readonly exception: Exception;
  /** Undefined where it is about a missing row. */
  readonly row: RowNumber | undefined;
}

/** Finds the row of the book at a place of a ledger. */
export type RowAt = (ledger: LedgerName, place: number) => RowNumber;

/** The exceptions of a run, with their rows in the book. */
export function located(exceptions: Iterable<Exception>, rowAt: RowAt): BookException[] {
  return Array.from(exceptions, (exception) => {
    const { ledger, row } = exception;
    return { exception, row: row === undefined ? undefined : rowAt(ledger, row) };
  });
}

/** What has come and gone: by exception, how many more of it there are than in the first run. */
export class ExceptionChanges {
  readonly #changes: ForkedMap<string, { readonly of: BookException; readonly count: number }>;

  constructor(changes = new ForkedMap<string, { readonly of: BookException; readonly count: number }>()) {
    this.#changes = changes;
  }

  fork(): ExceptionChanges {
    return new ExceptionChanges(this.#changes.fork());
  }

  /** Takes what a part found before an edit, and what it finds now. */
  replace(before: Iterable<BookException>, after: Iterable<BookException>): void {
    const sums = new Map<string, { readonly of: BookException; count: number }>();
    const add = (of: BookException, count: number) => {
      const known = sums.get(keyOf(of));
      if (known === undefined) sums.set(keyOf(of), { of, count });
      else known.count += count;
    };
    for (const one of before) add(one, -1);
    for (const one of after) add(one, 1);
    for (const [key, { of, count }] of sums) {
      if (count === 0) continue;
      const sum = (this.#changes.get(key)?.count ?? 0) + count;
      if (sum === 0) this.#changes.delete(key);
      else this.#changes.set(key, { of, count: sum });
    }
  }

  /** The exceptions that there are now, in no order. */
  applyTo(first: Iterable<BookException>): BookException[] {
    const gone = new Map<string, number>();
    const now: BookException[] = [];
    for (const [key, { of, count }] of this.#changes) {
      if (count < 0) gone.set(key, -count);
      for (let more = 0; more < count; more += 1) now.push(of);
    }
    for (const one of first) {
      const left = gone.size === 0 ? 0 : (gone.get(keyOf(one)) ?? 0);
      if (left > 0) gone.set(keyOf(one), left - 1);
      else now.push(one);
    }
    return now;
  }
}

function keyOf({ exception: { code, ledger, id, message }, row }: BookException): string {
  return JSON.stringify([code, ledger, id, message, row]);
}
