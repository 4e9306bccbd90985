/** The postings of open periods as pay counts them: each line's own, and in the first period also its adjustments (R7.2, R11.3). */
import { type Counting, exactly } from '../../amount.js';
import type { Day } from '../../day.js';
import type { Minor } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import { lineAmounts } from '../r1-words/line-accounts.js';
import { type Balances, NO_BALANCES } from '../r1-words/pay-figures.js';
import { sizeOfChange, type Targets } from '../r5-targets/targets.js';
import type { Posting, PostingTable } from '../r6-postings/posting-table.js';
import type { Accounts } from '../r7-pay/accounts.js';
import { netLineOf } from '../r7-pay/net-line.js';
import type { Closed } from './closed.js';

/**
 * Adds what is posted in open periods to the accounts, line by line: a line's adjustments and its own postings of the first
 * open period are netted together.
 *
 * @param table - every posting of the recompute, line after line
 * @param periodOf - the place of a day's pay period in the calendar
 */
export function postOpen(
  table: PostingTable,
  adjustments: readonly Posting[],
  closed: Closed,
  accounts: Accounts,
  periodOf: (day: Day) => number,
): void {
  const { counting, books } = table.setting;
  const { lines } = table;
  const waiting = byLine(adjustments);
  let sizes = 0;
  const adjust = (rep: number, own: readonly Posting[]) => {
    for (const posting of own) {
      const change = changeOf(posting, counting);
      sizes += sizeOfChange(change);
      accounts.add(rep, closed.open.index, change);
    }
  };
  for (let posting = 0; posting < table.length; ) {
    const line = table.lineOf(posting);
    const rep = lines.reps[line] as number;
    accounts.startLine(lines.planOf(line).id);
    if (waiting.size > 0) {
      const key = keyOf(table.at(posting));
      adjust(rep, waiting.get(key) ?? []);
      waiting.delete(key);
    }
    for (; posting < table.length && table.lineOf(posting) === line; posting += 1) {
      const day = table.dayOf(posting);
      if (day > closed.through) accounts.add(rep, periodOf(day), table.changesOf(posting));
    }
    accounts.endLine();
  }
  // What was posted on lines that have no postings any more.
  for (const [, own] of [...waiting].sort(([a], [b]) => byCodeUnit(a, b))) {
    const { repId, planId } = own[0] as Posting;
    accounts.startLine(planId);
    adjust(books.reps.numberOf(repId), own);
    accounts.endLine();
  }
  counting.mustFit(sizes);
}

/** After an opening alone, what reps bring in: what they owe, and what the postings up to it leave held. */
export function balancesAt(
  table: PostingTable,
  { closes, through, balances }: Closed,
): ReadonlyMap<string, Balances> {
  if (closes.length > 0) return balances;
  const { books } = table.setting;
  const held = new Map<number, Minor>();
  for (let posting = 0; posting < table.length; posting += 1) {
    if (table.dayOf(posting) > through) continue;
    const rep = table.lines.reps[table.lineOf(posting)] as number;
    held.set(rep, (held.get(rep) ?? 0n) + exactly(table.changesOf(posting).held));
  }
  const all = new Map(balances);
  for (const [rep, amount] of held) {
    const name = books.reps.nameOf(rep);
    all.set(name, { ...(balances.get(name) ?? NO_BALANCES), held: amount });
  }
  return all;
}

function byLine(adjustments: readonly Posting[]): Map<string, Posting[]> {
  const waiting = new Map<string, Posting[]>();
  for (const posting of adjustments) {
    const key = keyOf(posting);
    const own = waiting.get(key);
    if (own === undefined) waiting.set(key, [posting]);
    else own.push(posting);
  }
  return waiting;
}

function keyOf(posting: Posting): string {
  return `${posting.repId}\0${netLineOf(posting)}`;
}

function changeOf(posting: Posting, { minor }: Counting): Targets {
  return lineAmounts((account) => minor(posting[account]));
}
