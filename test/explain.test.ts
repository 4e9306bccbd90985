/** Explanations add up to the figures they explain, to the cent. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LineAmounts } from '../src/engine/r1-words/line-accounts.js';
import { explainAllLines, type ItemExplanation, type LineExplanation } from '../src/explain/lines.js';
import { explainPay } from '../src/explain/reps.js';
import { powerOfTen, round } from '../src/money.js';
import type { LevelNumber } from '../src/plans/levels.js';
import type { TermsInput } from '../src/plans/schema.js';
import { atLevel } from '../src/plans/terms.js';
import { type Ratio, sum, times, ZERO } from '../src/ratio.js';
import { histories } from '../src/testing/histories.js';
import { loadWorkspace } from '../src/workspace/load.js';
import { comp, compIn } from './support/comp.js';
import { isDeep, isQuick } from './support/depth.js';
import { folderWith } from './support/folder.js';
import { forAll } from './support/property.js';
import { explainedOf, inputsOf, type TestResult } from './support/run.js';

type Posting = TestResult['postings'][number];

const LEVELS = [0, 1, 2, 3, 4] as const;

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');

/** How much of AdventureWorks is explained: the first half of its time has a third of its lines. */
const PART = isDeep ? { asOf: '2014-08-31', least: 3000 } : { asOf: '2012-12-31', least: 1000 };

describe('explanations', () => {
  test('add up to the postings and the rows', () => {
    forAll(
      histories(),
      (workspace, meet) => {
        const calculation = explainedOf(inputsOf(workspace));
        const { result } = calculation;
        for (const line of explainAllLines(calculation)) {
          expectPosted(line, result);
          expectRated(line, result);
          expectWorkedOut(line, result, meet);
          meet(line.rate.kind);
          if (line.rate.kind === 'marginal' && line.rate.slices.length > 1) meet('several slices');
        }
        for (const repId of new Set(result.quarters.map((row) => row.repId))) expectPaid(repId, result, meet);
      },
      {
        flat: 0.2,
        marginal: 0.1,
        retroactive: 0.05,
        'several slices': 0.05,
        recovered: 0.05,
        released: 0.1,
        forfeited: 0.05,
        'clawed back': 0.05,
        reinstated: 0.01,
      },
    );
  });

  test.skipIf(isQuick)('add up for AdventureWorks, line by line and rep by rep', async () => {
    await expectAllExplained('adventureworks', PART);
  });

  // Managers over territories, items by category and orders in five currencies.
  test.skipIf(isQuick).each(isDeep ? LEVELS : ([3] as const))(
    'add up for the teams of AdventureWorks at level %s',
    async (level) => {
      const credits = await expectAllExplained('adventureworks-teams', { ...PART, level });
      expect(credits).toEqual(new Set(['own', 'team']));
    },
  );
});

/** How a workspace is explained: as of a day, at a level other than its own, and how many lines it has at least. */
interface Explained {
  readonly asOf: string;
  readonly least: number;
  readonly level?: LevelNumber;
}

/** The credits of the lines of a workspace, all of which are explained. */
async function expectAllExplained(
  folder: string,
  { asOf, least, level }: Explained,
): Promise<ReadonlySet<string>> {
  const { terms, ledgers } = await loadWorkspace(join(FIXTURES, folder, 'comp.yaml'));
  const leveled = level === undefined ? terms : atLevel(terms as TermsInput, level).terms;
  const calculation = explainedOf({ terms: leveled, ledgers, asOf });
  const { result } = calculation;
  const keyOf = (of: Pick<Posting, 'invoiceId' | 'repId' | 'credit'>) =>
    JSON.stringify([of.invoiceId, of.repId, of.credit]);
  const byLine = new Map<string, Posting[]>();
  for (const posting of result.postings) {
    const own = byLine.get(keyOf(posting));
    if (own === undefined) byLine.set(keyOf(posting), [posting]);
    else own.push(posting);
  }
  const credits = new Set<string>();
  let lines = 0;
  for (const line of explainAllLines(calculation)) {
    lines += 1;
    credits.add(line.credit);
    expectChanges(line, byLine.get(keyOf(line)) ?? []);
    expectRated(line, result);
    expectWorkedOut(line, result, () => {});
  }
  expect(lines).toBeGreaterThan(least);
  for (const repId of new Set(result.quarters.map((row) => row.repId))) expectPaid(repId, result, () => {});
  return credits;
}

describe('comp explain', () => {
  test.each([
    // At level 1 a payment moves nothing, and the write-off takes nothing back that was not taken back before.
    ['PAY-1', 'INV-1'],
    ['WO-1', 'INV-2'],
  ])('of %s, which changed nothing, names the invoice that it is on', async (row, invoice) => {
    const { exit, stderr } = await comp(['explain', row, ...scenario('level-1'), '--as-of', '2025-12-31']);
    expect(exit).toBe(2);
    expect(stderr).toContain(
      `This is a row on invoice ${invoice}: comp explain ${invoice} shows what it changed.`,
    );
  });

  const scenario = (name: string) => ['--config', join(FIXTURES, 'scenarios', name, 'comp.yaml')];

  test('INV-3 of booking-quarter-rate: 170,000.00 at 5% and 30,000.00 at 8%, collected in Q4 at that blend', async () => {
    const { exit, stdout } = await comp([
      ...['explain', 'INV-3', ...scenario('booking-quarter-rate')],
      ...['--as-of', '2025-12-31'],
    ]);
    expect(exit).toBe(0);
    const text = stdout.replace(/ +/g, ' ');
    expect(text).toContain('COMMISSION 10,900.00, fixed by the booking in 2025-Q3');
    expect(text).toContain('130,000.00 300,000.00 170,000.00 × 5% = 8,500.00 43.33% to 100% of quota');
    expect(text).toContain('300,000.00 330,000.00 30,000.00 × 8% = 2,400.00 100% to 110% of quota');
    expect(text).toContain('2025-10-10 collected 50,000.00 (PAY-3) 10,900.00 2,725.00 8,175.00');
    expect(text).toContain('10,900.00 × 50,000.00 ÷ 200,000.00 = 2,725.00 released (R5.4)');
    expect(text).toContain(
      '10,900.00 × 200,000.00 ÷ 200,000.00 = 10,900.00, less 2,725.00 before = +8,175.00 released (R5.4)',
    );
  });

  test('a clawback of a sale in two bands shows both rates, and the quarter that paid it', async () => {
    // 150.00 at 5% and 50.00 at 8% of what is 200.00 of quota 150.00: 7.50 + 4.00.
    const dir = folderWith({
      'comp.yaml':
        'currency: USD\nledgers: {invoices: i.csv, quotas: q.csv}\nplans: [{id: p, level: 1, clawback: {pastDueDays: 60}, rate: {attainment: quarter, tiers: marginal, table: [{from: 0%, rate: 5%}, {from: 100%, rate: 8%}]}}]\n',
      'i.csv':
        'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\nI1,C1,R1,2025-03-20,2025-04-20,200.00\n',
      'q.csv': 'rep_id,quarter,quota\nR1,2025-Q1,150.00\n',
    });
    const args = ['explain', 'I1', '--config', join(dir, 'comp.yaml'), '--as-of', '2025-06-30'];
    expect((await comp(args)).stdout).toContain('first posted 2025-03-20 in 2025-Q1: 11.50 at 5% and 8%');
  });

  test('a clawback: what it undoes, why, and what would give it back', async () => {
    const { stdout } = await comp(['explain', 'INV-2', ...scenario('level-1'), '--as-of', '2025-12-31']);
    expect(stdout).toContain('250.00 − 250.00 × 0.00 ÷ 5,000.00 = 250.00 clawed back (R5.6)');
    expect(stdout).toContain('90 days after 2025-03-22, 5,000.00 of 5,000.00 not paid');
    expect(stdout).toContain('first posted 2025-02-20 in 2025-Q1: 250.00 at 5%');
    expect(stdout).toContain(
      '250.00 − 250.00 × 1,000.00 ÷ 5,000.00 = 200.00, less 250.00 before = -50.00 clawed back (R5.7)',
    );
    expect(stdout).toContain(
      'Still clawed back: 200.00. Each further 100.00 that Bolt pays reinstates 5.00.',
    );
  });

  test('a rep and a quarter: three steps, each of which ends where the next starts', async () => {
    const args = ['explain', 'R1', '--quarter', '2025-Q3', ...scenario('level-1'), '--as-of', '2025-12-31'];
    const { stdout } = await comp(args);
    const text = stdout.replace(/ +/g, ' ');
    expect(text).toContain('R1 · 2025-Q3 · 2025-07-01 to 2025-09-30 · USD paid 150.00');
    expect(text).toContain('INV-3 Core 400.00 – – 400.00');
    expect(text).toContain(
      'brought forward 250.00\n + charged 0.00\n − cancelled by reinstatements 0.00\n ──────\n = to recover 250.00\n − recovered 250.00\n ──────\n = carried forward as owed 0.00\n',
    );
    expect(text).toContain('gains 400.00\n − cancelled 0.00\n − recovered 250.00\n ──────\n = paid 150.00\n');
    expect(text).toContain('CHECK 400.00 − 0.00 + 0.00 − 250.00 + 0.00 = 150.00');
    const { stdout: json } = await comp([...args, '--json']);
    expect(JSON.parse(json).explanations).toMatchObject([
      { kind: 'pay', rep_id: 'R1', gains: '400.00', recovered: '250.00', paid: '150.00', owed_after: '0.00' },
    ]);
  });

  const workspace = (
    currency: string,
    files: Readonly<Record<string, string>>,
    plan = 'level: 1, clawback: {onWriteOff: true}',
  ) =>
    folderWith({
      'comp.yaml': `currency: ${currency}\nledgers: {invoices: i.csv, payments: p.csv, writeOffs: w.csv}\nplans:\n  - {id: ae, rate: 5%, ${plan}}\n`,
      'i.csv':
        'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\nI1,Acme,R1,2025-01-10,2025-02-09,10000\n',
      'p.csv': 'payment_id,invoice_id,payment_date,amount\n',
      'w.csv': 'write_off_id,invoice_id,write_off_date,amount\n',
      ...files,
    });
  const textOf = async (dir: string, ...args: readonly string[]) =>
    (await compIn(dir, ['explain', 'I1', ...args])).stdout;

  test('what is open besides a write-off gives nothing back', async () => {
    const wrote = 'write_off_id,invoice_id,write_off_date,amount\nW1,I1,2025-04-10,5000\n';
    const dir = workspace('USD', { 'w.csv': wrote });
    expect(await textOf(dir, '--as-of', '2025-06-30')).toContain(
      'Still clawed back: 250.00. The next 5,000.00 that Acme pays reinstates nothing, each 100.00 after that 5.00.\n',
    );
    const paid = 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-05-01,9960\n';
    expect(
      await textOf(workspace('USD', { 'w.csv': wrote, 'p.csv': paid }), '--as-of', '2025-06-30'),
    ).toContain('Still clawed back: 2.00. Each further 10.00 that Acme pays reinstates 0.50.\n');
  });

  test.each([
    ['JPY', '0', '100', '5'],
    ['KWD', '0.000', '100.000', '5.000'],
  ])('amounts have the decimals of the currency: %s', async (currency, none, hundred, five) => {
    const dir = workspace(currency, {}, 'level: 1, clawback: {pastDueDays: 30}');
    const text = await textOf(dir, '--as-of', '2025-06-30');
    expect(text).toContain(`released, held, forfeited: always ${none}\n`);
    expect(text).toContain(`Each further ${hundred} that Acme pays reinstates ${five}.\n`);
    const earned = await textOf(workspace(currency, {}, 'level: 4'), '--as-of', '2025-06-30');
    expect(earned).toContain(`Earned ${none} = ${none}.`);
  });

  test('names the flag that does not fit', async () => {
    const dir = workspace('USD', {});
    const refused = async (...args: readonly string[]) => {
      const ran = await comp([
        'explain',
        ...args,
        '--config',
        join(dir, 'comp.yaml'),
        '--as-of',
        '2025-06-30',
      ]);
      expect(ran.exit).toBe(2);
      return ran.stderr.replace(/\s+/g, ' ');
    };
    expect(await refused('R1', '--quarter', '2025-Q9')).toContain('period "2025-Q9" unknown-period');
    expect(await refused('R1', '--quarter', '2025-02')).toContain('Pay is quarterly here');
    expect(await refused('R1', '--quarter', '2024-Q4')).toContain(
      'As of 2025-06-30, this rep has rows from 2025-Q1 to 2025-Q2, but none in 2024-Q4.',
    );
    expect(await refused('I1', '--rep', 'R2')).toContain(
      'This is an invoice, credited to R1. Use one of these reps, or leave out --rep.',
    );
    expect(await refused('I1', '--quarter', '2025-Q1')).toContain(
      '--quarter needs a rep: use one of these, or leave out --quarter.',
    );
  });

  test('exits with 3 for exceptions with --strict', async () => {
    const dir = workspace('USD', {
      'p.csv': 'payment_id,invoice_id,payment_date,amount\nP1,I9,2025-05-01,10\n',
    });
    const args = ['explain', 'I1', '--config', join(dir, 'comp.yaml'), '--as-of', '2025-06-30'];
    expect((await comp(args)).exit).toBe(0);
    expect((await comp([...args, '--strict'])).exit).toBe(3);
    expect((await comp([...args, '--strict', '--json'])).exit).toBe(3);
  });

  test('splits: a line for each rep, or for one', async () => {
    const args = ['explain', 'INV-1', ...scenario('splits-and-credits'), '--as-of', '2025-06-30', '--json'];
    const explained = async (...more: string[]) =>
      JSON.parse((await comp([...args, ...more])).stdout).explanations;
    expect(await explained()).toMatchObject([
      { rep_id: 'R1', base: '6000.00' },
      { rep_id: 'R2', base: '4000.00' },
    ]);
    expect(await explained('--rep', 'R2')).toMatchObject([{ rep_id: 'R2', base: '4000.00' }]);
  });
});

/** The changes of a line's events are its postings, and add up to what the line has come to. */
function expectPosted(line: LineExplanation, result: TestResult): void {
  const { repId, invoiceId } = line;
  const own = result.postings.filter((one) => one.repId === repId && one.invoiceId === invoiceId);
  expectChanges(line, own);
}

function expectChanges({ events }: LineExplanation, own: readonly Posting[]): void {
  const changes = events.flatMap(({ date, cause, sourceId, change }) =>
    change === undefined ? [] : [{ date, cause, sourceId, ...change }],
  );
  const posted = own.map(({ date, cause, sourceId, ...posting }) => ({
    date,
    cause,
    sourceId,
    ...amountsOf(posting),
  }));
  expect(changes).toEqual(posted);
  const last = events.at(-1)?.after ?? zero();
  expect(last).toEqual(own.reduce((all, posting) => plus(all, posting), zero()));
}

/** R5: what each event came to follows from the parts that are shown with it. */
function expectWorkedOut(
  { events, level, plan }: LineExplanation,
  { terms }: TestResult,
  meet: (what: string) => void,
): void {
  const share = (amount: bigint, part: bigint, of: bigint) =>
    of === part ? amount : round(amount * part, of, terms.rounding);
  for (const { isEarned, commission, waiting, due, collected, closed, kept, after, change } of events) {
    if (!isEarned) {
      expect(after).toEqual(zero());
      continue;
    }
    if (level.earned === 'with-cash') {
      const earned = share(commission, collected, due);
      expect(after).toEqual({ ...zero(), earned, released: earned });
      continue;
    }
    const isWaiting = plan.release === 'paid-in-full' && closed < due;
    const released = isWaiting ? 0n : share(waiting, collected, due);
    const settled = isWaiting ? 0n : share(waiting, closed, due);
    const advanced = commission - waiting;
    const isWhole = plan.clawback?.scope === 'whole' && (kept ?? due) < due;
    expect(after).toEqual({
      earned: commission,
      advanced,
      released,
      held: waiting - settled,
      forfeited: settled - released,
      clawedBack: isWhole ? advanced : kept === undefined ? 0n : advanced - share(advanced, kept, due),
    });
    if (change === undefined) continue;
    if (change.released !== 0n) meet('released');
    if (change.forfeited !== 0n) meet('forfeited');
    if (change.clawedBack > 0n) meet('clawed back');
    if (change.clawedBack < 0n) meet('reinstated');
  }
}

/** The slices of a booking, or its items, are what its commission is the sum of, rounded once. */
function expectRated(line: LineExplanation, { scale, currency, terms }: TestResult): void {
  const { base, rate, events, team, share } = line;
  const [first] = events;
  if (team.length > 0) expect(value(sum(team.map((one) => times(one.share, one.part))))).toBe(value(share));
  if (first !== undefined && rate.kind === 'items' && first.credited === 0n) {
    for (const item of rate.items) expectItemRated(item);
    const { n, d } = sum(rate.items.map(({ amount }) => amount ?? ZERO));
    const unit = powerOfTen(scale - currency.digits);
    const isFixed = rate.items.every(({ amount }) => amount !== undefined);
    if (isFixed && line.limits === undefined)
      expect(round(n, d * unit, terms.rounding)).toBe(first.commission);
  }
  if (first === undefined || rate.kind !== 'marginal' || rate.slices.length === 0) return;
  expect(value(sum(rate.slices.map((slice) => slice.base)))).toBe(value(base));
  const { n, d } = sum(rate.slices.map(({ amount }) => amount));
  const unit = powerOfTen(scale - currency.digits);
  if (first.credited === 0n) expect(round(n, d * unit, terms.rounding)).toBe(first.commission);
}

function expectItemRated({ base, slices, rate, amount }: ItemExplanation): void {
  if (amount === undefined) return;
  if (rate !== undefined) expect(value(amount)).toBe(value(times(base, rate)));
  if (slices.length === 0) return;
  expect(value(sum(slices.map((slice) => slice.base)))).toBe(value(base));
  expect(value(sum(slices.map((slice) => slice.amount)))).toBe(value(amount));
}

/** Gains and charges are those of the row, and come to what is paid and owed (R7.2–R7.4). */
function expectPaid(repId: string, result: TestResult, meet: (what: string) => void): void {
  const rows = result.terms.payPeriod === 'month' ? result.months : result.quarters;
  const explained = explainPay(result, repId);
  expect(explained.map(({ row }) => row)).toMatchObject(rows.filter((row) => row.repId === repId));
  for (const { invoices, gains, row } of explained) {
    const { charged, cancelled, recovered } = row;
    const total = (of: (one: (typeof invoices)[number]) => bigint) =>
      invoices.reduce((all, one) => all + of(one), 0n);
    expect(total(({ net }) => (net < 0n ? -net : 0n))).toBe(charged);
    expect(gains - cancelled - recovered).toBe(row.paid);
    expect(row.owedOpening + charged - cancelled - recovered).toBe(row.owed);
    expect(total(({ amounts }) => amounts.advanced + amounts.released)).toBe(row.payable);
    expect(total(({ amounts }) => amounts.clawedBack)).toBe(row.clawedBack - row.reinstated);
    expect(total(({ net }) => net)).toBe(gains - charged);
    if (recovered > 0n) meet('recovered');
  }
}

function amountsOf({ earned, advanced, released, held, forfeited, clawedBack }: LineAmounts): LineAmounts {
  return { earned, advanced, released, held, forfeited, clawedBack };
}

function plus(a: LineAmounts, b: LineAmounts): LineAmounts {
  return {
    earned: a.earned + b.earned,
    advanced: a.advanced + b.advanced,
    released: a.released + b.released,
    held: a.held + b.held,
    forfeited: a.forfeited + b.forfeited,
    clawedBack: a.clawedBack + b.clawedBack,
  };
}

function zero(): LineAmounts {
  return { earned: 0n, advanced: 0n, released: 0n, held: 0n, forfeited: 0n, clawedBack: 0n };
}

function value({ n, d }: Ratio): string {
  const [a, b] = [n < 0n ? -n : n, d];
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return `${n / (x || 1n)}/${d / (x || 1n)}`;
}
