/** Compares the pay rows of a close with its postings and entries, and with the rows before it: what a row must come to. */
import type { RepPay } from '../../closing/pay-history.js';
import {
  BALANCES,
  type Balances,
  HELD_SUM,
  NO_BALANCES,
  openingOf,
  PAY_FIGURE_NAMES,
  PAY_FIGURES,
  type PayFigure,
  type PayRow,
  sumOf,
  together,
} from '../../engine/r1-words/pay-figures.js';
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { EntryKind } from '../../engine/r7-pay/entries.js';
import type { Close } from '../../engine/r11-closes/close.js';
import { groupedBy } from '../../grouped.js';
import type { Minor } from '../../money.js';

/** The pay rows of a close: of its months if pay is monthly, of its quarter if not. */
export function payRowsIn({ months, quarters, period }: Close): RepPay[] {
  return period.name.includes('Q')
    ? quarters.map((row) => ({ ...row, period: row.quarter }))
    : months.map((row) => ({ ...row, period: row.month }));
}

/**
 * What in the pay rows of a close does not follow, in words: the first of it; undefined if everything follows.
 *
 * @param before - the close before; null if there is none, undefined if it cannot be read
 */
export function findWrongRow(close: Close, before: Close | null | undefined): string | undefined {
  const rows = payRowsIn(close);
  const byRep = groupedBy(rows, ({ repId }) => repId);
  const double = [...byRep].find(([, own]) => own.length > 1);
  if (double !== undefined) return `${double[0]} has more than one row`;
  const posted = postedByRep(close.postings);
  const earlier = new Map((before ? payRowsIn(before) : []).map((row) => [row.repId, row]));
  for (const row of rows) {
    const { repId } = row;
    if (row.period !== close.period.name) return `a row of ${repId} is of ${row.period}`;
    // What reps bring into the first close after an opening is in no close.
    const isUnknown = before === undefined || close.opened !== undefined;
    const opening = isUnknown ? openingOf(row) : (earlier.get(repId) ?? NO_BALANCES);
    const figure = findWrongFigure(row, posted.get(repId) ?? NOTHING, opening) ?? findUnentered(row, close);
    if (figure !== undefined) return doesNotFollow(figure, repId);
  }
  const withBalances = [...earlier.values()].filter(
    ({ held, owed, carried }) => held !== 0n || owed !== 0n || carried !== 0n,
  );
  const missing = [...posted.keys(), ...withBalances.map(({ repId }) => repId)].find(
    (rep) => !byRep.has(rep),
  );
  return missing === undefined ? undefined : `${missing} has no row`;
}

/**
 * What in the rows of a quarter does not follow from its months, in words: the first of it; undefined if everything follows.
 *
 * @param months - the pay rows of its months, in order
 */
export function findWrongQuarter({ quarters }: Close, months: readonly RepPay[]): string | undefined {
  const byRep = groupedBy(months, ({ repId }) => repId);
  for (const row of quarters) {
    const own = byRep.get(row.repId);
    if (own === undefined) return `${row.repId} has no months`;
    const whole = together(own);
    const figure = PAY_FIGURE_NAMES.find((one) => whole[one] !== row[one]);
    if (figure !== undefined) return doesNotFollow(figure, row.repId);
  }
  const missing = [...byRep.keys()].find((rep) => !quarters.some(({ repId }) => repId === rep));
  return missing === undefined ? undefined : `${missing} has no row`;
}

function doesNotFollow(figure: PayFigure, rep: string): string {
  return `${PAY_FIGURES[figure].column} of ${rep} does not follow from the postings`;
}

/** What postings make of a row (R7.2). */
type Posted = { -readonly [Figure in (typeof POSTED)[number]]: Minor };

const POSTED = [
  'earned',
  'advanced',
  'released',
  'forfeited',
  'payable',
  'clawedBack',
  'reinstated',
] as const satisfies readonly PayFigure[];

const NOTHING: Readonly<Posted> = nothing();

function nothing(): Posted {
  return {
    earned: 0n,
    advanced: 0n,
    released: 0n,
    forfeited: 0n,
    payable: 0n,
    clawedBack: 0n,
    reinstated: 0n,
  };
}

function postedByRep(postings: Iterable<Posting>): ReadonlyMap<string, Posted> {
  const sums = new Map<string, Posted>();
  for (const { repId, earned, advanced, released, forfeited, clawedBack } of postings) {
    const own = sums.get(repId) ?? nothing();
    sums.set(repId, own);
    own.earned += earned;
    own.advanced += advanced;
    own.released += released;
    own.forfeited += forfeited;
    own.payable += advanced + released;
    if (clawedBack > 0n) own.clawedBack += clawedBack;
    else own.reinstated -= clawedBack;
  }
  return sums;
}

/** R6.3, R7.4, R8.1: what postings come to, and balances that roll forward. */
function findWrongFigure(row: PayRow, posted: Readonly<Posted>, opening: Balances): PayFigure | undefined {
  const wrong = POSTED.find((figure) => row[figure] !== posted[figure]);
  if (wrong !== undefined) return wrong;
  if (row.held !== sumOf(HELD_SUM, row)) return 'held';
  const names = Object.keys(BALANCES) as readonly (keyof Balances)[];
  const balance = names.find((name) => row[BALANCES[name]] !== opening[name]);
  // Files have no balance before for what is carried: it follows from what is paid.
  return balance === 'carried' ? 'paid' : balance && BALANCES[balance];
}

/** R21.2: what entries come to. A waiver may be larger than the debt; repayments settle it, and the rest is a gain. */
function findUnentered(row: RepPay, { entries = [] }: Close): PayFigure | undefined {
  const sum = (kind: EntryKind) =>
    entries
      .filter((one) => one.repId === row.repId && one.kind === kind)
      .reduce((all, { amount }) => all + amount, 0n);
  if (row.adjusted !== sum('bonus')) return 'adjusted';
  if (row.repaid !== sum('repayment')) return 'repaid';
  if (row.waived !== 0n && sum('waiver') === 0n) return 'waived';
  // What repayments settle follows from what is owed.
  return row.repaid === 0n && row.settled !== 0n ? 'owed' : undefined;
}
