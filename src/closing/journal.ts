/** `journal.csv`: a close as double-entry bookkeeping, where each entry balances. */
import { isoOf } from '../day.js';
import {
  LINE_ACCOUNT_NAMES,
  LINE_ACCOUNTS,
  type LineSums,
  type Move,
  movesBelow0Of,
  noAmounts,
} from '../engine/r1-words/line-accounts.js';
import {
  type Balances,
  PAY_FIGURE_NAMES,
  PAY_FIGURES,
  type PaySums,
  payRow,
} from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { AccountRole, JournalTerms } from '../plans/plan.js';
import type { PayPeriod, RepPay } from './pay-history.js';

/** A line of an entry: either its debit or its credit is above 0, the other is 0; in the currency's minor unit. */
export interface JournalLine {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The pay period by name; empty for the opening entry. */
  readonly period: string;
  /** `opening`, or an entry that a line account or a pay figure moves. */
  readonly entry: string;
  /** The closed period that the entry corrects, by name; empty for the period's own entries. */
  readonly adjusts: string;
  /** Empty if the entries are totals over all reps. */
  readonly repId: string;
  readonly account: string;
  readonly debit: Minor;
  readonly credit: Minor;
}

/** What `journal.csv` is made from. */
export interface JournalInputs {
  readonly period: PayPeriod;
  /** The pay rows; those of other periods are skipped. */
  readonly rows: Iterable<RepPay>;
  /** The postings in any order; those of other periods are skipped. */
  readonly postings: Iterable<Posting>;
  readonly journal: JournalTerms;
}

/** What a rep starts with, before the first close. */
export interface Brought extends Pick<Balances, 'held' | 'owed'> {
  readonly repId: string;
}

/** What the postings and pay rows of one rep come to in one period. */
interface Sums {
  readonly line: LineSums;
  /** The sizes of amounts below 0 of the accounts for which these are entries of their own. */
  readonly below0: LineSums;
  readonly pay: PaySums;
}

/** By account: what is debited, or credited if it is below 0; the amounts add up to 0. */
type Entry = ReadonlyMap<AccountRole, Minor>;

/**
 * The entries of a close, by rep id, then the period's own entries before those that adjust a closed period, by its name.
 * They are dated on the period's last day. Line accounts and pay figures name the entries that they move; today these are:
 *
 * | entry | debit | credit | amount |
 * |---|---|---|---|
 * | `earned` | expense | payable and held | earned; of it, advanced is payable and the rest is held |
 * | `released` | held | payable | released |
 * | `forfeited` | held | expense | forfeited |
 * | `clawed-back` | recoverable | expense | the sum of clawed back above 0 |
 * | `reinstated` | expense | recoverable | the sum of clawed back below 0 |
 * | `settled` | payable | recoverable | what of payable is not paid, because it is netted with what is owed (R7.2) |
 * | `adjusted` | expense | payable | bonuses, net of deductions (R21) |
 * | `capped` | payable | expense | what goes beyond caps (R22) |
 * | `waived` | expense | recoverable | debt that is let go (R21) |
 * | `repaid` | cash | recoverable | what reps pay back (R21) |
 * | `guaranteed` | expense | payable | what is added up to guarantees (R24) |
 * | `drawn` | recoverable | payable | what is advanced up to draws (R24) |
 * | `carried` | payable | carried | the change of what is too little to be paid out (R29) |
 *
 * An amount below 0 changes sides; an amount of 0 is left out. Over all closes, the balance of held is what is held,
 * recoverable is what is owed, carried is what is carried, payable is what has been paid, as a credit (the bank's payment is
 * not booked here), cash is what was repaid, and expense is held + paid + carried − owed − repaid, less what the opening entry
 * brought.
 */
export function journalLines({ period, rows, postings, journal }: JournalInputs): JournalLine[] {
  const groups = new Map<string, Map<string, Sums>>();
  const sumsOf = (repId: string, adjusts: string): Sums => {
    const name = journal.by === 'rep' ? repId : '';
    const own = groups.get(name) ?? new Map<string, Sums>();
    groups.set(name, own);
    const sums = own.get(adjusts) ?? { line: noAmounts(), below0: noAmounts(), pay: payRow(() => 0n) };
    own.set(adjusts, sums);
    return sums;
  };
  for (const posting of postings) {
    if (posting.period === period.name) addPosting(sumsOf(posting.repId, posting.adjusts), posting);
  }
  for (const row of rows) {
    if (row.period !== period.name) continue;
    const { pay } = sumsOf(row.repId, '');
    for (const figure of PAY_FIGURE_NAMES) pay[figure] += row[figure];
  }
  const date = isoOf(period.to);
  return [...groups]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([repId, own]) =>
      [...own]
        .sort(([a], [b]) => byCodeUnit(a, b))
        .flatMap(([adjusts, sums]) => {
          const place = { date, period: period.name, adjusts, repId };
          return [...entriesOf(sums)].flatMap(([name, entry]) => linesOf(name, entry, place, journal));
        }),
    );
}

/**
 * The entry for the balances that a workspace with history begins with: what reps owe as a debit of recoverable, what is held
 * as a credit of held, and the balance in an account of its own.
 *
 * @param date - the day up to which everything counts as paid, `YYYY-MM-DD`
 */
export function openingLines(date: string, brought: Iterable<Brought>, journal: JournalTerms): JournalLine[] {
  const sums = new Map<string, { held: Minor; owed: Minor }>();
  for (const { repId, held, owed } of brought) {
    const name = journal.by === 'rep' ? repId : '';
    const own = sums.get(name) ?? { held: 0n, owed: 0n };
    own.held += held;
    own.owed += owed;
    sums.set(name, own);
  }
  return [...sums]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([repId, { held, owed }]) => {
      const entry: Entry = new Map([
        ['recoverable', owed],
        ['held', -held],
        ['opening', held - owed],
      ]);
      return linesOf('opening', entry, { date, period: '', adjusts: '', repId }, journal);
    });
}

function addPosting({ line, below0 }: Sums, posting: Posting): void {
  for (const account of LINE_ACCOUNT_NAMES) {
    const amount = posting[account];
    if (amount < 0n && movesBelow0Of(account) !== undefined) below0[account] -= amount;
    else line[account] += amount;
  }
}

/** The entries in the order in which accounts and figures first name them, and so the ledger accounts in each. */
function entriesOf({ line, below0, pay }: Sums): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Map<AccountRole, Minor>>();
  const move = (moves: readonly Move[], amount: Minor): void => {
    for (const { entry, debit, credit } of moves) {
      const own = entries.get(entry) ?? new Map<AccountRole, Minor>();
      entries.set(entry, own);
      own.set(debit, (own.get(debit) ?? 0n) + amount);
      own.set(credit, (own.get(credit) ?? 0n) - amount);
    }
  };
  for (const account of LINE_ACCOUNT_NAMES) {
    move(LINE_ACCOUNTS[account].moves, line[account]);
    move(movesBelow0Of(account) ?? [], below0[account]);
  }
  for (const figure of PAY_FIGURE_NAMES) move(PAY_FIGURES[figure].moves, pay[figure]);
  return entries;
}

function linesOf(
  name: string,
  entry: Entry,
  place: Pick<JournalLine, 'date' | 'period' | 'adjusts' | 'repId'>,
  { accounts }: JournalTerms,
): JournalLine[] {
  return [...entry]
    .filter(([, amount]) => amount !== 0n)
    .map(([role, amount]) => ({
      ...place,
      entry: name,
      account: accounts[role],
      debit: amount > 0n ? amount : 0n,
      credit: amount < 0n ? -amount : 0n,
    }));
}
