/** Makes the postings of cash that reps are credited with: what its commission comes to after each event (R12.4). */
import { powerOfTen, round } from '../../money.js';
import { plus, times, ZERO } from '../../ratio.js';
import { numberOf } from '../r1-words/causes.js';
import type { CashCredits, CashHistory } from '../r3-sales/cash-credits.js';
import type { PricedPart } from '../r4-rates/pricer.js';
import { noTargets } from '../r5-targets/targets.js';
import type { Setting } from '../setting.js';
import type { OnPosting } from './poster.js';

/** Cash that is credited, and what each booking of it comes to, by number. */
export interface PricedCash {
  readonly credits: CashCredits;
  readonly priced: readonly PricedPart[];
}

/**
 * The postings of one rep's cash on one invoice: earned = advanced = the rounded sum of the commission of what is there.
 * R21.2 nets a cash line plan by plan, so the postings of a plan follow one another.
 */
export function postCash(
  { books, terms, counting }: Setting,
  priced: readonly PricedPart[],
  { steps }: CashHistory,
  onPosting: OnPosting,
  endLine: () => void,
): void {
  const unitsPerMinor = powerOfTen(books.scale - terms.currency.digits);
  const posted = new Map<number, (() => void)[]>();
  let exact = ZERO;
  let before = 0n;
  for (const { day, cause, source, line, changes } of steps) {
    for (const { booking, part } of changes)
      exact = plus(exact, times((priced[booking] as PricedPart).commission, part));
    const after = round(exact.n, exact.d * unitsPerMinor, terms.rounding);
    if (after === before) continue;
    const change = noTargets(counting);
    change.earned = counting.minor(after - before);
    change.advanced = change.earned;
    before = after;
    const own = posted.get(line) ?? [];
    posted.set(line, own);
    own.push(() => onPosting(line, day, numberOf(cause), source, change));
  }
  for (const postings of posted.values()) {
    for (const post of postings) post();
    endLine();
  }
}
