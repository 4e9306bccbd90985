/** `comp lint` and the library's `lint`: the same questions, whatever the order of rows, in a report that fits the terminal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Inputs } from '../../src/library/given-inputs.js';
import { calculateOrThrow } from '../../src/library/or-throw.js';
import { type HistoryRow, lint, QUESTION_CODES, type Question } from '../../src/lint.js';
import { FEATURE_NAMES, histories, rates } from '../../src/testing/index.js';
import { invoice, quota, sale, workspace } from '../support/build.js';
import { compIn } from '../support/comp.js';
import { copyOf, edit, FIXTURES } from '../support/folder.js';
import { forAll } from '../support/property.js';
import { randomFrom } from '../support/random.js';
import { inputsOf } from '../support/run.js';

const GALLERY = join(FIXTURES, 'lint');

/** The questions on inputs that have no fault. */
function questionsOn(inputs: Inputs): readonly Question[] {
  const outcome = lint(inputs);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome.questions;
}

/** The inputs with the rows of every ledger in another order. */
function shuffled(inputs: Inputs, seed: number): Inputs {
  const below = randomFrom(seed);
  const ledgers: Record<string, unknown> = Object.fromEntries(
    Object.entries(inputs.ledgers).map(([name, ledger]) => {
      const rows: unknown[] = [];
      ledger?.rows.forEach((row: unknown) => {
        rows.splice(below(rows.length + 1), 0, row);
      });
      return [name, { ...ledger, rows }];
    }),
  );
  return { ...inputs, ledgers: ledgers as Inputs['ledgers'] };
}

describe('on random histories', () => {
  test('R8.5 questions are plain data, and neither the order of rows nor the way of counting changes them', () => {
    forAll(
      fc.tuple(histories({ features: FEATURE_NAMES, corners: true }), fc.nat()),
      ([inputs, seed], meet) => {
        const questions = questionsOn(inputs);
        for (const { code } of questions) meet(code);
        expect(structuredClone(questions)).toEqual(questions);
        expect(JSON.stringify(questionsOn(shuffled(inputs, seed)))).toBe(JSON.stringify(questions));
        expect(questionsOn({ ...inputs, counting: 'bigints' })).toEqual(questions);
      },
      { 'earned-not-paid': 0.1, 'clawback-without-advance': 0.1, 'tier-jumps': 0.02, 'no-pay-left': 0.05 },
    );
  });
});

/** What a rep earns on these sales, in minor units. */
function earnedOn(inputs: Inputs, invoices: readonly HistoryRow[], quotas: readonly HistoryRow[]): bigint {
  const ledgers = { invoices: { rows: invoices }, quotas: { rows: quotas } } as unknown as Inputs['ledgers'];
  const { result } = calculateOrThrow({ ...inputs, ledgers });
  return result.quarters.reduce((sum, { earned }) => sum + earned, 0n);
}

describe('the smallest history', () => {
  /** A workspace with one plan at this rate, and a quota of 1,000.00 in every quarter. */
  const given = (rate: unknown) =>
    inputsOf(
      workspace({
        plan: { level: 0, rate },
        invoices: [invoice('I1')],
        quotas: ['Q1', 'Q2', 'Q3', 'Q4'].map((name) => quota(`2025-${name}`, '1000.00')),
      }),
    );

  test('earns what it says, before and after', () => {
    forAll(
      rates(),
      (rate, meet) => {
        const inputs = given(rate);
        for (const { code, history } of questionsOn(inputs)) {
          if (history === undefined) continue;
          meet(code);
          const { quotas, before, after, commission } = history;
          const minor = (text: string) => BigInt(text.replace('.', ''));
          expect(earnedOn(inputs, before, quotas)).toBe(minor(commission.before));
          expect(earnedOn(inputs, after, quotas)).toBe(minor(commission.after));
        }
      },
      { 'tier-jumps': 0.05, 'falling-rate': 0.005 },
    );
  });

  test('is the smallest: below the first threshold, a cent more earns a cent at most', () => {
    const table = [
      { fromAmount: '0', rate: '10%' },
      { fromAmount: '1000', rate: '20%' },
    ];
    const inputs = given({ attainment: 'quarter', tiers: 'retroactive', table });
    const [asked] = questionsOn(inputs).filter(({ code }) => code === 'tier-jumps');
    expect(asked?.history?.before.map(({ amount }) => amount)).toEqual(['999.99']);
    forAll(fc.array(fc.integer({ min: 1, max: 33_000 }), { minLength: 1, maxLength: 3 }), (cents) => {
      const sales = cents.map((amount, at) =>
        sale(`S${at}`, '2025-01-01', (amount / 100).toFixed(2)),
      ) as HistoryRow[];
      const more = [...sales, sale('T', '2025-01-01', '0.01') as HistoryRow];
      const change = earnedOn(inputs, more, []) - earnedOn(inputs, sales, []);
      expect(change >= 0n && change <= 1n).toBe(true);
    });
  });
});

describe('comp lint', () => {
  const jump = join(GALLERY, 'tier-jumps', 'raises');

  test('shows each question with its reason, its line of comp.yaml and what one may do, in 80 columns', async () => {
    const { exit, stdout } = await compIn(jump, ['lint', '--as-of', '2025-03-31', '--quiet'], {
      columns: 80,
      environment: { NO_COLOR: '1' },
    });
    expect({ exit, stdout }).toEqual({
      exit: 0,
      stdout: `As of 2025-03-31 · USD
1 question: 1 medium. None is a fault: comp calc pays by the terms as they are.

MEDIUM
One more sale makes pay jump                                          tier-jumps
    At the threshold the smallest sale raises the pay on everything before it,
      so sales are pulled forward or kept back around it, and a credit memo
      takes all of it away again.
  comp.yaml:15:11  plans[0].rate.table[1]
    Plan ae: from 100% of quota (100,000.00 at the largest quota seen), all
      sales of the quarter are paid at 12% in place of 8%; one more sale of 0.01
      takes commission from 8,000.00 to 12,000.00: 4,000.00 more. Reps ended 1
      of 1 windows at or above it, 1 of them by less than 5%.
    → If the jump is not meant, use tiers: marginal: only what lies above the
      threshold is paid at the new rate.
`,
    });
  });

  test('says so where there is none', async () => {
    const args = ['lint', '--as-of', '2025-03-31', '--quiet'];
    const { exit, stdout } = await compIn(join(GALLERY, 'falling-rate', 'quiet'), args);
    expect([exit, stdout]).toEqual([0, 'As of 2025-03-31 · USD\nNo questions.\n']);
  });

  test('--strict exits with 3 if there are questions, and --only looks at some', async () => {
    const run = (...flags: string[]) => compIn(jump, ['lint', '--as-of', '2025-03-31', '--quiet', ...flags]);
    expect((await run('--strict')).exit).toBe(3);
    expect(await run('--strict', '--only', 'zero-quota', '--only', 'falling-rate')).toMatchObject({
      exit: 0,
      stdout: 'As of 2025-03-31 · USD\nNo questions.\n',
    });
    const { exit, stderr } = await run('--only', 'tier-jump');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('such as tier-jumps')]);
  });

  test('--csv has a row for each question', async () => {
    const { stdout } = await compIn(jump, ['lint', '--as-of', '2025-03-31', '--csv', '--quiet']);
    const [header, row, ...more] = stdout.trimEnd().split('\n');
    expect(header).toBe(
      'code,weight,plan_id,rep_id,customer_id,invoice_id,category,key,place,figures,question,advice',
    );
    expect(row).toMatch(
      /^tier-jumps,medium,ae,,,,,plans\[0\]\.rate\.table\[1\],comp\.yaml:15:11,threshold=100000\.00 /,
    );
    expect(more).toEqual([]);
  });

  test('accepts what comp.yaml accepts, with the reason', async () => {
    const dir = copyOf('lint/tier-jumps/raises');
    const accept = (entry: string) =>
      edit(dir, 'comp.yaml', (text) => `${text.replace(/^lint:.*$/m, '')}\nlint: { accept: [${entry}] }\n`);
    const run = (...flags: string[]) => compIn(dir, ['lint', '--as-of', '2025-03-31', ...flags]);
    accept("{ question: tier-jumps, plan: ae, reason: 'Plan letter, section 2' }");
    expect(await run('--strict')).toMatchObject({
      exit: 0,
      stdout: 'As of 2025-03-31 · USD\nNo questions. 1 more is accepted in comp.yaml.\n',
      stderr: '',
    });
    const { accepted } = JSON.parse((await run('--json')).stdout) as { readonly accepted: readonly object[] };
    expect(accepted).toMatchObject([{ code: 'tier-jumps', accepted: 'Plan letter, section 2' }]);
    accept('{ question: tier-jumps, plan: other, reason: x }');
    const { stdout, stderr } = await run();
    expect(stdout).toContain('1 question: 1 medium.');
    expect(stderr).toContain('lint.accept[0] accepts a question that is not raised.');
    accept('{ question: tier-jump, reason: x }');
    const refused = await run();
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toMatch(/^comp\.yaml:\d+:\d+ {2}.*tier-jump[\s\S]*such as tier-jumps/);
  });

  test('a key that comp.yaml leaves out has no line', async () => {
    const dir = join(GALLERY, 'no-pay-left', 'raises');
    const { stdout } = await compIn(dir, [
      'lint',
      '--as-of',
      '2025-12-31',
      '--quiet',
      '--only',
      'no-pay-left',
    ]);
    expect(stdout).toContain('\n  recovery\n');
  });

  test('asks of AdventureWorks what a controller would ask', async () => {
    const dir = join(FIXTURES, 'adventureworks');
    const { stdout } = await compIn(dir, ['lint', '--period', '2014-Q4', '--json', '--quiet']);
    const { questions } = JSON.parse(stdout) as { readonly questions: readonly Question[] };
    expect(questions.map(({ code, about }) => [code, ...Object.values(about)].join(' '))).toEqual([
      'no-pay-left 285',
      'clawback-without-advance reseller',
      'sold-into-past-due 276 29818',
      'sold-into-past-due 278 29557',
      'sold-into-past-due 280 29497',
      'sold-into-past-due 287 30050',
      'sold-into-past-due 274 29617',
    ]);
  });
});

test('docs/lint.md names every code', () => {
  const page = readFileSync(join(FIXTURES, '..', 'docs', 'lint.md'), 'utf8');
  expect(QUESTION_CODES.filter((code) => !page.includes(`<a id="${code}"></a>`))).toEqual([]);
});
