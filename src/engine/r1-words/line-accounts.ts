/** The amounts of a commission line (R1, R6.3): one table from which types, sums, columns, checks and journal follow. */
import type { Minor } from '../../money.js';
import type { AccountRole } from '../../plans/plan.js';

/** A move of a journal entry: what is debited and what is credited. An amount below 0 changes sides. */
export interface Move {
  readonly entry: string;
  readonly debit: AccountRole;
  readonly credit: AccountRole;
}

interface LineAccount {
  /** The column of `postings.csv` (R8.3). */
  readonly column: string;
  /** What reports call it. */
  readonly title: string;
  /** R6.3: what is earned is the whole of its parts. */
  readonly earned: 'whole' | 'part' | 'none';
  /** R7.2: how the account counts in the line's net. */
  readonly net: -1 | 0 | 1;
  /** What the journal makes of the amount. */
  readonly moves: readonly Move[];
  /** What it makes of the size of an amount below 0, where that is an entry of its own. */
  readonly movesBelow0?: readonly Move[];
}

/** What is earned and not advanced waits for cash first. */
const WAITS = { entry: 'earned', debit: 'expense', credit: 'held' } as const;

/** The accounts in the order of the columns of `postings.csv`. */
export const LINE_ACCOUNTS = {
  /** Commission that the rep has a right to: an expense of the company. */
  earned: { column: 'earned', title: 'earned', earned: 'whole', net: 0, moves: [] },
  /** Of what is earned: payable without waiting for cash. */
  advanced: {
    column: 'advanced',
    title: 'advanced',
    earned: 'part',
    net: 1,
    moves: [{ entry: 'earned', debit: 'expense', credit: 'payable' }],
  },
  /** Of what is earned: held until cash came, and payable since. */
  released: {
    column: 'released',
    title: 'released',
    earned: 'part',
    net: 1,
    moves: [WAITS, { entry: 'released', debit: 'held', credit: 'payable' }],
  },
  /** Of what is earned: waits for cash. */
  held: { column: 'held', title: 'held', earned: 'part', net: 0, moves: [WAITS] },
  /** Of what is earned: was held, and is never paid, because the cash never came. */
  forfeited: {
    column: 'forfeited',
    title: 'forfeited',
    earned: 'part',
    net: 0,
    moves: [WAITS, { entry: 'forfeited', debit: 'held', credit: 'expense' }],
  },
  /** Taken back of what was advanced; below 0 what is reinstated. */
  clawedBack: {
    column: 'clawed_back',
    title: 'clawed back',
    earned: 'none',
    net: -1,
    moves: [{ entry: 'clawed-back', debit: 'recoverable', credit: 'expense' }],
    movesBelow0: [{ entry: 'reinstated', debit: 'expense', credit: 'recoverable' }],
  },
} as const satisfies Readonly<Record<string, LineAccount>>;

export type LineAccountName = keyof typeof LINE_ACCOUNTS;

/** The amounts of a line, or how an event changes them. */
export type LineAmounts<Amount = Minor> = { readonly [Name in LineAccountName]: Amount };

/** The same, while it is being computed. */
export type LineSums<Amount = Minor> = { -readonly [Name in LineAccountName]: Amount };

/** The accounts in their order. */
export const LINE_ACCOUNT_NAMES = Object.keys(LINE_ACCOUNTS) as readonly LineAccountName[];

/** R7.2: the accounts that count in what is paid. */
export const PAY_ACCOUNTS = LINE_ACCOUNT_NAMES.filter((name) => LINE_ACCOUNTS[name].net !== 0);

/** R6.3: the parts that add up to what is earned. */
export const EARNED_PARTS = LINE_ACCOUNT_NAMES.filter((name) => LINE_ACCOUNTS[name].earned === 'part');

/** Amounts made account by account. */
export function lineAmounts<Amount>(amountOf: (account: LineAccountName) => Amount): LineSums<Amount> {
  return {
    earned: amountOf('earned'),
    advanced: amountOf('advanced'),
    released: amountOf('released'),
    held: amountOf('held'),
    forfeited: amountOf('forfeited'),
    clawedBack: amountOf('clawedBack'),
  };
}

/** A line to which nothing has happened. */
export function noAmounts(): LineSums {
  return lineAmounts(() => 0n);
}

/** Adds what an event changes to sums; with −1n it is taken off. */
export function addAmounts(sums: LineSums, change: LineAmounts, sign: 1n | -1n = 1n): void {
  for (const account of LINE_ACCOUNT_NAMES) sums[account] += sign * change[account];
}

/** R6.1: whether no amount changes. */
export function isNoChange(change: LineAmounts): boolean {
  return LINE_ACCOUNT_NAMES.every((account) => change[account] === 0n);
}

export function areSameAmounts(a: LineAmounts, b: LineAmounts): boolean {
  return LINE_ACCOUNT_NAMES.every((account) => a[account] === b[account]);
}

/** R7.2: what a line or a change comes to for pay: advanced + released − clawed back. */
export function netOf(amounts: LineAmounts): Minor {
  return LINE_ACCOUNT_NAMES.reduce(
    (net, account) => net + BigInt(LINE_ACCOUNTS[account].net) * amounts[account],
    0n,
  );
}

/** What the journal makes of the size of an amount below 0; undefined if the amount only changes sides. */
export function movesBelow0Of(account: LineAccountName): readonly Move[] | undefined {
  const facts: LineAccount = LINE_ACCOUNTS[account];
  return facts.movesBelow0;
}

/** R7.2: what a line or a change makes payable, before clawbacks: advanced + released. */
export function payableOf(amounts: LineAmounts): Minor {
  return LINE_ACCOUNT_NAMES.reduce(
    (sum, account) => (LINE_ACCOUNTS[account].net > 0 ? sum + amounts[account] : sum),
    0n,
  );
}

/** Whether an account that counts in the net changes. */
export function movesPay(change: LineAmounts): boolean {
  return LINE_ACCOUNT_NAMES.some((account) => LINE_ACCOUNTS[account].net !== 0 && change[account] !== 0n);
}
