/** `journal.csv`: what a close comes to as entries of double bookkeeping, each of which balances. */
import { isoOf } from '../day.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { AccountRole, JournalTerms } from '../plans/plan.js';
import type { PayPeriod, RepPay } from './pay-history.js';

/** A line of an entry: a debit or a credit above 0, the other of them 0; in the currency's minor unit. */
export interface JournalLine {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The pay period by name; empty of the opening entry. */
  readonly period: string;
  readonly entry: EntryName;
  /** The closed period that the entry corrects, by name; empty where it is the period's own. */
  readonly adjusts: string;
  /** Empty where entries are made for all reps together. */
  readonly repId: string;
  readonly account: string;
  readonly debit: Minor;
  readonly credit: Minor;
}

export type EntryName =
  | 'opening'
  | 'earned'
  | 'released'
  | 'forfeited'
  | 'clawed-back'
  | 'reinstated'
  | 'settled';

/** What `journal.csv` is made from. */
export interface JournalInputs {
  readonly period: PayPeriod;
  /** The pay rows of the period; those of others are passed over. */
  readonly rows: Iterable<RepPay>;
  /** The postings of the period in any order; those of others are passed over. */
  readonly postings: Iterable<Posting>;
  readonly journal: JournalTerms;
}

/** What a rep, or all of them, brings into the first close. */
export interface Brought {
  readonly repId: string;
  readonly held: Minor;
  readonly owed: Minor;
}

/** What the postings of one rep for one period come to. */
interface Sums {
  earned: Minor;
  advanced: Minor;
  released: Minor;
  forfeited: Minor;
  clawedBack: Minor;
  reinstated: Minor;
  settled: Minor;
}

interface Entry {
  readonly name: EntryName;
  /** By account: what is debited, or credited where it is below 0; they add up to 0. */
  readonly debits: readonly (readonly [AccountRole, Minor])[];
}

/**
 * The entries of a close, by rep id, then the period's own before those that adjust a closed one, by its name. Dates are
 * the period's last day.
 *
 * | entry | debit | credit | amount |
 * |---|---|---|---|
 * | `earned` | expense | payable and held | earned; of it advanced is payable, the rest held |
 * | `released` | held | payable | released |
 * | `forfeited` | held | expense | forfeited |
 * | `clawed-back` | recoverable | expense | the sum of clawed back above 0 |
 * | `reinstated` | expense | recoverable | the sum of clawed back below 0 |
 * | `settled` | payable | recoverable | payable − paid of the pay row (R7.2) |
 *
 * An amount below 0 changes sides; what is 0 is left out. Over all closes, the balance of held is what is held,
 * recoverable what is owed, payable what has been paid, as a credit (the bank's payment is not booked here), and expense
 * held + paid − owed, less what the opening entry brought.
 */
export function journalLines({ period, rows, postings, journal }: JournalInputs): JournalLine[] {
  const groups = new Map<string, Map<string, Sums>>();
  const sumsOf = (repId: string, adjusts: string): Sums => {
    const name = journal.by === 'rep' ? repId : '';
    const own = groups.get(name) ?? new Map<string, Sums>();
    groups.set(name, own);
    const sums = own.get(adjusts) ?? noSums();
    own.set(adjusts, sums);
    return sums;
  };
  for (const posting of postings) {
    if (posting.period === period.name) addPosting(sumsOf(posting.repId, posting.adjusts), posting);
  }
  for (const { repId, period: name, payable, paid } of rows) {
    if (name === period.name) sumsOf(repId, '').settled += payable - paid;
  }
  const date = isoOf(period.to);
  return [...groups]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([repId, own]) =>
      [...own]
        .sort(([a], [b]) => byCodeUnit(a, b))
        .flatMap(([adjusts, sums]) => {
          const place = { date, period: period.name, adjusts, repId };
          return entriesOf(sums).flatMap((entry) => linesOf(entry, place, journal));
        }),
    );
}

/**
 * The entry for what a workspace that starts mid-life begins with: what reps owe as a debit of recoverable, what is held
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
      const entry: Entry = {
        name: 'opening',
        debits: [
          ['recoverable', owed],
          ['held', -held],
          ['opening', held - owed],
        ],
      };
      return linesOf(entry, { date, period: '', adjusts: '', repId }, journal);
    });
}

function noSums(): Sums {
  return {
    earned: 0n,
    advanced: 0n,
    released: 0n,
    forfeited: 0n,
    clawedBack: 0n,
    reinstated: 0n,
    settled: 0n,
  };
}

function addPosting(sums: Sums, { earned, advanced, released, forfeited, clawedBack }: Posting): void {
  sums.earned += earned;
  sums.advanced += advanced;
  sums.released += released;
  sums.forfeited += forfeited;
  if (clawedBack > 0n) sums.clawedBack += clawedBack;
  else sums.reinstated -= clawedBack;
}

function entriesOf(sums: Sums): Entry[] {
  const { earned, advanced, released, forfeited, clawedBack, reinstated, settled } = sums;
  return [
    {
      name: 'earned',
      debits: [
        ['expense', earned],
        ['payable', -advanced],
        ['held', advanced - earned],
      ],
    },
    between('released', 'held', 'payable', released),
    between('forfeited', 'held', 'expense', forfeited),
    between('clawed-back', 'recoverable', 'expense', clawedBack),
    between('reinstated', 'expense', 'recoverable', reinstated),
    between('settled', 'payable', 'recoverable', settled),
  ];
}

function between(name: EntryName, debited: AccountRole, credited: AccountRole, amount: Minor): Entry {
  return {
    name,
    debits: [
      [debited, amount],
      [credited, -amount],
    ],
  };
}

function linesOf(
  { name, debits }: Entry,
  place: Pick<JournalLine, 'date' | 'period' | 'adjusts' | 'repId'>,
  { accounts }: JournalTerms,
): JournalLine[] {
  return debits
    .filter(([, amount]) => amount !== 0n)
    .map(([role, amount]) => ({
      ...place,
      entry: name,
      account: accounts[role],
      debit: amount > 0n ? amount : 0n,
      credit: amount < 0n ? -amount : 0n,
    }));
}
