/** R10.2 and R10.3: the five levels side by side. They differ in when is paid, and agree once everything is. */
import type { LineAmounts } from '../../engine/r1-words/line-accounts.js';
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Inputs } from '../../library/given-inputs.js';
import type { LevelNumber } from '../../plans/levels.js';
import type { PlanInput } from '../../plans/schema.js';
import { atLevel } from '../../plans/terms.js';
import { cellsOf, withRows } from '../given-rows.js';
import { settle } from '../settle.js';
import { type Calculate, findResult, type LawResult } from './calculation.js';
import { payRowsByRep } from './conservation.js';
import { LawBroken } from './law-broken.js';

const LEVELS: readonly LevelNumber[] = [0, 1, 2, 3, 4];

/**
 * R10.2: once every invoice is collected in full and nothing is credited, the total paid less what is still owed is the
 * same at all five levels. The law takes credit memos out of the inputs, and settles what is open.
 *
 * It says nothing of plans with `reinstate: false` or `scope: whole`, nor where the day of a payment decides about more than
 * when is paid: caps, draws, entries, people who left, cash plans, closes.
 *
 * @throws LawBroken
 */
export function paidUp(calculate: Calculate, inputs: Inputs): void {
  if (!isOfLevels(inputs, ['timing', 'rates', 'perInvoice'], ['items', 'teams', 'schedules', 'disputes']))
    return;
  const settled = collectedInFull(inputs);
  const asWritten = findResult(calculate, settled);
  if (asWritten === undefined) return;
  const expected = netByRep(asWritten);
  for (const level of LEVELS) {
    const result = findResult(calculate, leveled(settled, level));
    if (result === undefined) return;
    const found = netByRep(result);
    for (const rep of new Set([...expected.keys(), ...found.keys()])) {
      const [net, other] = [expected.get(rep) ?? 0n, found.get(rep) ?? 0n];
      if (net === other) continue;
      const because = `once everything is collected, level ${level} has paid what the plans as written have`;
      const figures = { 'paid less owed': { expected: net, found: other } };
      throw new LawBroken({ law: 'R10.2 paid up', rep, because, figures }, result.currency.digits);
    }
  }
}

/** As of a day on which all of it is earned, collected in full, and nothing is credited. */
export function collectedInFull(inputs: Inputs): Inputs {
  const sales = cellsOf(inputs, 'invoices').filter((row) => (row['reverses'] ?? '') === '');
  const plain = withRows(withRows(inputs, 'invoices', sales), 'creditMemos', []);
  const days = [
    ...sales.flatMap((row) => [row['invoice_date'], row['booking_date']]),
    ...cellsOf(inputs, 'payments').map((row) => row['payment_date']),
    ...cellsOf(inputs, 'writeOffs').map((row) => row['write_off_date']),
  ];
  return settle(
    plain,
    days.reduce<string>((last, day = '') => (day > last ? day : last), inputs.asOf),
  );
}

/** Total paid, and still carried, less what is still owed. */
function netByRep(result: LawResult): ReadonlyMap<string, bigint> {
  return new Map(
    [...payRowsByRep(result)].map(([rep, rows]) => {
      const last = rows.at(-1);
      const paid = rows.reduce((all, row) => all + row.paid, 0n);
      return [rep, paid + (last?.carried ?? 0n) - (last?.owed ?? 0n)];
    }),
  );
}

/**
 * R10.3: at any date, cumulative payable is level 0 ≥ level 2 ≥ level 3 = level 4 on every line, and level 1's payable less
 * what it has clawed back lies between level 3's and level 0's.
 *
 * It says nothing of ledgers with amounts below 0, nor of plans with `release: paid-in-full`, `earnOn: booking`, `reinstate:
 * false` or `scope: whole`.
 *
 * @throws LawBroken
 */
export function levelOrder(calculate: Calculate, inputs: Inputs): void {
  if (!isOfLevels(inputs, [], []) || hasNegatives(inputs)) return;
  if (inputs.terms.plans.some(({ release, earnOn }) => release === 'paid-in-full' || earnOn === 'booking'))
    return;
  const levels: ReadonlyMap<string, readonly Posting[]>[] = [];
  let digits = 2;
  for (const level of LEVELS) {
    const result = findResult(calculate, leveled(inputs, level));
    if (result === undefined) return;
    digits = result.currency.digits;
    levels.push(byLine(result.postings));
  }
  for (const line of new Set(levels.flatMap((level) => [...level.keys()]))) {
    const postings = levels.map((level) => level.get(line) ?? []);
    for (const when of new Set(postings.flat().map(({ date }) => date))) {
      const sums = postings.map((own) => keptOf(own.filter(({ date }) => date <= when)));
      expectOrder(sums, postings.flat()[0], when, digits);
    }
  }
}

/** What is payable of a line at each level; at levels with a clawback, less what was taken back. */
interface Kept {
  readonly payable: bigint;
  readonly kept: bigint;
}

function keptOf(postings: readonly LineAmounts[]): Kept {
  const payable = postings.reduce((all, { advanced, released }) => all + advanced + released, 0n);
  return { payable, kept: postings.reduce((all, { clawedBack }) => all - clawedBack, payable) };
}

function expectOrder(sums: readonly Kept[], line: Posting | undefined, when: string, digits: number): void {
  const [none, clawback, partial, collected, earned] = sums as [Kept, Kept, Kept, Kept, Kept];
  const orders: readonly (readonly [string, bigint, bigint])[] = [
    ['level 2 pays no more than level 0', none.payable, partial.payable],
    ['level 3 pays no more than level 2', partial.payable, collected.payable],
    ['level 4 pays no more than level 3', collected.payable, earned.payable],
    ['level 3 pays no more than level 4', earned.payable, collected.payable],
    ['level 3 pays no more than level 1 has left', clawback.kept, collected.payable],
    ['level 1 has no more left than level 0 pays', none.payable, clawback.kept],
  ];
  for (const [because, most, found] of orders) {
    if (found <= most) continue;
    const place = { rep: line?.repId ?? '', invoice: line?.invoiceId ?? '', when };
    const figures = { payable: { expected: most, found } };
    throw new LawBroken({ law: 'R10.3 order of the levels', because, ...place, figures }, digits);
  }
}

function byLine(postings: readonly Posting[]): ReadonlyMap<string, readonly Posting[]> {
  const lines = new Map<string, Posting[]>();
  for (const posting of postings) {
    const key = JSON.stringify([posting.invoiceId, posting.repId]);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [posting]);
    else line.push(posting);
  }
  return lines;
}

function leveled(inputs: Inputs, level: LevelNumber): Inputs {
  return { ...inputs, terms: atLevel(inputs.terms, level).terms };
}

function hasNegatives(inputs: Inputs): boolean {
  return (['invoices', 'payments', 'writeOffs', 'creditMemos'] as const).some((name) =>
    cellsOf(inputs, name).some(
      (row) =>
        (row['reverses'] ?? '') === '' &&
        ['amount', 'total'].some((column) => (row[column] ?? '').startsWith('-')),
    ),
  );
}

/** What the plans and ledgers may say for the levels to be compared. */
const PLAN_KEYS: readonly string[] = [
  'id',
  'level',
  'basis',
  'quotaOn',
  'creditsReduceQuota',
  'rate',
  'tolerance',
  'hold',
  'release',
  'earnOn',
  'clawback',
] satisfies (keyof PlanInput)[];
const LEDGERS: readonly string[] = [
  'invoices',
  'payments',
  'writeOffs',
  'creditMemos',
  'splits',
  'assignments',
  'quotas',
  'calendar',
  'reps',
] satisfies LedgerName[];

function isOfLevels(
  { terms, ledgers, closes = [] }: Inputs,
  keys: readonly string[],
  names: readonly string[],
): boolean {
  const used = Object.entries(ledgers).filter(([, ledger]) => ledger !== undefined && ledger.rows.length > 0);
  return (
    closes.length === 0 &&
    terms.leavers === undefined &&
    used.every(([name]) => LEDGERS.includes(name) || names.includes(name)) &&
    terms.plans.every(
      ({ clawback, ...plan }) =>
        Object.keys(plan).every((key) => PLAN_KEYS.includes(key) || keys.includes(key)) &&
        clawback?.reinstate !== false &&
        clawback?.scope !== 'whole',
    )
  );
}
