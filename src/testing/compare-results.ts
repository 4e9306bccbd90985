/** Two results side by side: what every rep, invoice or quarter comes to in each, and the difference. */
import { LINE_ACCOUNT_NAMES, type LineAccountName } from '../engine/r1-words/line-accounts.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PostedResult } from '../engine/result.js';

/** What the sums of a comparison are by. */
export type ComparedBy = 'rep' | 'invoice' | 'quarter';

/** The figures of a comparison: sums of postings and, but by invoice, what is paid, and what is owed at last. */
export type ComparedFigure = LineAccountName | 'paid' | 'owed';

/** A figure in both results, in whole minor units. */
export interface ComparedAmounts {
  readonly before: bigint;
  readonly after: bigint;
  /** `after − before`. */
  readonly change: bigint;
}

/** A row that differs. */
export interface ComparedRow {
  /** The id of the rep or the invoice, or the name of the quarter. */
  readonly key: string;
  /** Those figures that differ. */
  readonly figures: { readonly [Figure in ComparedFigure]?: ComparedAmounts };
}

type Compared = PostedResult<readonly Posting[]>;
type Sums = Map<ComparedFigure, bigint>;

/**
 * Where two results differ, in order of the key.
 *
 * @param before - such as the result under the present plan
 * @param after - such as the result under the new one
 * @returns no row where nothing differs
 * @example compareResults(before, after, 'rep') // [{ key: 'R1', figures: { paid: { before: 2000n, after: 2500n, change: 500n } } }]
 */
export function compareResults(before: Compared, after: Compared, by: ComparedBy): readonly ComparedRow[] {
  const [first, second] = [sumsBy(before, by), sumsBy(after, by)];
  const keys = [...new Set([...first.keys(), ...second.keys()])].sort();
  return keys.flatMap((key): ComparedRow[] => {
    const [from, to] = [first.get(key), second.get(key)];
    const names = [...new Set([...(from?.keys() ?? []), ...(to?.keys() ?? [])])];
    const figures = names.flatMap((name): [ComparedFigure, ComparedAmounts][] => {
      const [was, is] = [from?.get(name) ?? 0n, to?.get(name) ?? 0n];
      return was === is ? [] : [[name, { before: was, after: is, change: is - was }]];
    });
    return figures.length === 0 ? [] : [{ key, figures: Object.fromEntries(figures) }];
  });
}

function sumsBy(result: Compared, by: ComparedBy): ReadonlyMap<string, Sums> {
  const sums = new Map<string, Sums>();
  const add = (key: string, figure: ComparedFigure, amount: bigint): void => {
    const own = sums.get(key) ?? new Map<ComparedFigure, bigint>();
    sums.set(key, own.set(figure, (own.get(figure) ?? 0n) + amount));
  };
  if (by === 'invoice') {
    for (const posting of result.postings) {
      for (const name of LINE_ACCOUNT_NAMES) add(posting.invoiceId, name, posting[name]);
    }
    return sums;
  }
  const lastOwed = new Map<string, bigint>();
  for (const row of result.quarters) {
    const key = by === 'rep' ? row.repId : row.quarter;
    const { held, heldOpening, clawedBack, reinstated } = row;
    const flows = { held: held - heldOpening, clawedBack: clawedBack - reinstated };
    for (const name of LINE_ACCOUNT_NAMES) add(key, name, { ...row, ...flows }[name]);
    add(key, 'paid', row.paid);
    if (by === 'quarter') add(key, 'owed', row.owed);
    else lastOwed.set(key, row.owed);
  }
  for (const [rep, owed] of lastOwed) add(rep, 'owed', owed);
  return sums;
}
