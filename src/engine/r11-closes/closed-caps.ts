/** What capped plans paid in closed periods, as frozen: the caps of open periods continue from there (R21.7, R22.1). */
import { type Day, findDay } from '../../day.js';
import type { Minor } from '../../money.js';
import { netOf } from '../r1-words/line-accounts.js';
import type { Posting, PostingTable } from '../r6-postings/posting-table.js';
import type { CapBook } from '../r7-pay/caps.js';
import { netLineOf } from '../r7-pay/net-line.js';
import { recomputedIn } from './adjustments.js';
import type { Closed } from './closed.js';
import { linesNow } from './lines-now.js';

/** Adds the postings that count as posted, netted by line and pay period. */
export function addClosed(
  caps: CapBook,
  table: PostingTable,
  { closes, opening }: Closed,
  periodOf: (day: Day) => number,
): void {
  const { books, terms } = table.setting;
  const { reps } = books;
  const plans = new Set(terms.plans.map(({ id }) => id));
  const add = (postings: Iterable<Posting>) => {
    const nets = new Map<string, { readonly of: Posting; net: Minor }>();
    for (const posting of postings) {
      const key = JSON.stringify([posting.repId, posting.planId, posting.period, netLineOf(posting)]);
      const known = nets.get(key);
      if (known === undefined) nets.set(key, { of: posting, net: netOf(posting) });
      else known.net += netOf(posting);
    }
    const all = [...nets.values()];
    // A plan with a new id goes on with what was paid under the former one.
    const former = all.flatMap(({ of }) => (plans.has(of.planId) ? [] : [of]));
    const nowOf = linesNow(table, former);
    for (const { of, net } of all) {
      const planId = plans.has(of.planId) ? of.planId : nowOf(of)?.planId;
      if (planId !== undefined)
        caps.add(reps.numberOf(of.repId), planId, periodOf(findDay(of.date) as Day), net);
    }
  };
  if (opening !== undefined) {
    add(closes[0]?.opened?.postings ?? recomputedIn(table, 0, table.placeAfter(opening.day)));
  }
  for (const { postings } of closes) add(postings);
}
