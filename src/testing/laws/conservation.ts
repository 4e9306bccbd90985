/** R10.1: what is earned is somewhere, and pay and debt add up to the postings (R6.3, R7.4, R21.3). */
import { LINE_ACCOUNT_NAMES, type LineAccountName } from '../../engine/r1-words/line-accounts.js';
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { MonthRow, QuarterRow } from '../../engine/r8-results/results.js';
import type { Inputs } from '../../library/given-inputs.js';
import { type Calculate, type LawResult, resultOf } from './calculation.js';
import { type Figures, LawBroken } from './law-broken.js';

type PayPeriodRow = QuarterRow | MonthRow;
type Balance = Record<LineAccountName, bigint>;

/**
 * R10.1, R6.3: what is earned is advanced, released, held or forfeited; no more is clawed back than was advanced; no more is
 * held than was earned, unless a plan has `timing`; and every row of pay is the sum of its postings.
 *
 * @throws LawBroken
 */
export function conservation(calculate: Calculate, inputs: Inputs): void {
  const result = resultOf(calculate, inputs);
  // What was before an opening is in no posting.
  if (result.opened === undefined) expectBalances(result);
  for (const [rep, rows] of payRowsByRep(result)) expectSums(rep, rows, result);
  // R8.2: paid by the month, a quarter has the flows of its months.
  for (const [rep, rows] of byRep(result.quarters)) expectNoneLeft(rep, rows, result);
}

/** Every line after each of its postings; what adjusts closed periods comes in parts, so that only the whole of it counts. */
function expectBalances({ postings, closedPeriods, terms, currency }: LawResult): void {
  const lines = new Map<string, Line>();
  const isTimed = terms.plans.some(({ timing }) => timing !== undefined);
  for (const posting of postings) {
    const { repId: rep, invoiceId: invoice, credit, date: when } = posting;
    const key = JSON.stringify([rep, invoice, credit]);
    const sums = lines.get(key)?.sums ?? nothing();
    for (const name of LINE_ACCOUNT_NAMES) sums[name] += posting[name];
    const line = { rep, invoice, when, sums };
    lines.set(key, line);
    expectBalance(line, closedPeriods.length > 0, isTimed, currency.digits);
  }
  for (const line of lines.values()) expectBalance(line, false, isTimed, currency.digits);
}

interface Line {
  readonly rep: string;
  readonly invoice: string;
  readonly when: string;
  readonly sums: Balance;
}

function expectBalance({ sums, ...place }: Line, isPart: boolean, isTimed: boolean, digits: number): void {
  const { earned, advanced, released, held, forfeited, clawedBack } = sums;
  const law = 'R10.1 conservation';
  const parts = advanced + released + held + forfeited;
  const broken = (because: string, figures: Figures) =>
    new LawBroken({ law, ...place, because, figures }, digits);
  if (earned !== parts)
    throw broken('what is earned is advanced, released, held or forfeited', {
      earned: { expected: parts, found: earned },
    });
  if (isPart) return;
  if (!between(clawedBack, advanced))
    throw broken('no more is clawed back than was advanced', {
      clawedBack: { expected: advanced, found: clawedBack },
    });
  if (!isTimed && !between(held, earned))
    throw broken('no more is held than was earned', { held: { expected: earned, found: held } });
}

function ownOf({ postings }: LawResult, rep: string): readonly Posting[] {
  return postings.filter(({ repId }) => repId === rep);
}

/** The rows of a rep, one pay period after another, against the postings of each. */
function expectSums(rep: string, rows: readonly PayPeriodRow[], result: LawResult): void {
  const own = ownOf(result, rep);
  let held = result.opened === undefined ? 0n : (rows[0]?.heldOpening ?? 0n);
  for (const row of rows) {
    const when = periodOf(row);
    const sums = flowsOf(own.filter(({ period }) => period === when));
    const expected = { ...sums, heldOpening: held, held: held + sums.heldChange };
    const figures = differencesOf(expected, row, [...FLOWS, 'heldOpening', 'held']);
    if (Object.keys(figures).length > 0) {
      const because = 'rows are sums of postings';
      throw new LawBroken({ law: 'R10.1 conservation', rep, when, because, figures }, result.currency.digits);
    }
    held = row.held;
  }
  expectNoneLeft(rep, rows, result);
}

/** Every posting is in some row. */
function expectNoneLeft(rep: string, rows: readonly PayPeriodRow[], result: LawResult): void {
  const all = flowsOf(ownOf(result, rep));
  const sums = Object.fromEntries(
    FLOWS.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0n)]),
  ) as Record<(typeof FLOWS)[number], bigint>;
  const figures = differencesOf(all, sums, FLOWS);
  if (Object.keys(figures).length === 0) return;
  const because = 'every posting is in a row of pay';
  throw new LawBroken({ law: 'R10.1 conservation', rep, because, figures }, result.currency.digits);
}

/**
 * R7.4, R21.3, R29.1: in every pay period what is paid and still owed adds up to the postings, entries, caps, guarantees
 * and draws, and balances go on from the period before.
 *
 * @throws LawBroken
 */
export function payAccount(calculate: Calculate, inputs: Inputs): void {
  const law = 'R21.3 pay account';
  const result = resultOf(calculate, inputs);
  const { digits } = result.currency;
  for (const [rep, rows] of payRowsByRep(result)) {
    let [owed, carried] = [result.opened === undefined ? 0n : (rows[0]?.owedOpening ?? 0n), 0n];
    for (const row of rows) {
      const when = periodOf(row);
      const broken = (because: string, figures: Figures) =>
        new LawBroken({ law, rep, when, because, figures }, digits);
      if (row.owedOpening !== owed)
        throw broken('what was owed before is owed', {
          owedOpening: { expected: owed, found: row.owedOpening },
        });
      const gained =
        row.payable +
        row.reinstated +
        row.adjusted +
        row.waived +
        row.repaid +
        row.guaranteed -
        row.clawedBack;
      const paid = gained - row.capped - row.owedOpening + row.owed - row.carried + carried;
      if (row.paid !== paid)
        throw broken('what is paid and owed adds up', { paid: { expected: paid, found: row.paid } });
      for (const name of ['paid', 'owed'] as const) {
        if (row[name] < 0n)
          throw broken(`${name} is not below 0`, { [name]: { expected: 0n, found: row[name] } });
      }
      [owed, carried] = [row.owed, row.carried];
    }
  }
}

const FLOWS = ['earned', 'advanced', 'released', 'forfeited', 'payable', 'clawedBack', 'reinstated'] as const;

function flowsOf(postings: readonly Posting[]): Record<(typeof FLOWS)[number] | 'heldChange', bigint> {
  const sum = (amountOf: (posting: Posting) => bigint) =>
    postings.reduce((all, posting) => all + amountOf(posting), 0n);
  return {
    earned: sum(({ earned }) => earned),
    advanced: sum(({ advanced }) => advanced),
    released: sum(({ released }) => released),
    forfeited: sum(({ forfeited }) => forfeited),
    payable: sum(({ advanced, released }) => advanced + released),
    clawedBack: sum(({ clawedBack }) => (clawedBack > 0n ? clawedBack : 0n)),
    reinstated: sum(({ clawedBack }) => (clawedBack < 0n ? -clawedBack : 0n)),
    heldChange: sum(({ held }) => held),
  };
}

function differencesOf<Name extends string>(
  expected: Readonly<Record<Name, bigint>>,
  found: Readonly<Record<Name, bigint>>,
  names: readonly Name[],
): Figures {
  return Object.fromEntries(
    names
      .filter((name) => expected[name] !== found[name])
      .map((name) => [name, { expected: expected[name], found: found[name] }]),
  );
}

/** The rows of pay periods, in order, by rep. */
export function payRowsByRep({
  terms,
  months,
  quarters,
}: LawResult): ReadonlyMap<string, readonly PayPeriodRow[]> {
  const rows: readonly PayPeriodRow[] = terms.payPeriod === 'month' ? months : quarters;
  return byRep(rows);
}

function byRep<Row extends PayPeriodRow>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.repId);
    if (group === undefined) groups.set(row.repId, [row]);
    else group.push(row);
  }
  return groups;
}

function periodOf(row: PayPeriodRow): string {
  return 'month' in row ? row.month : row.quarter;
}

function nothing(): Balance {
  return Object.fromEntries(LINE_ACCOUNT_NAMES.map((name) => [name, 0n])) as Balance;
}

/** Whether a part lies between 0 and the whole, on whichever side of 0 that is. */
function between(part: bigint, whole: bigint): boolean {
  return whole >= 0n ? part >= 0n && part <= whole : part <= 0n && part >= whole;
}
