/** Questions in less usual cases, with figures by hand. */
import { describe, expect, test } from 'vitest';
import { lint, type Question, type QuestionCode } from '../../src/lint.js';
import {
  assignment,
  fx,
  type Given,
  invoice,
  payment,
  sale,
  split,
  workspace,
  writeOff,
} from '../support/build.js';
import { compIn } from '../support/comp.js';
import { copyOf } from '../support/folder.js';
import { inputsOf } from '../support/run.js';

/** The questions of a kind. */
function asked(code: QuestionCode, given: Given): readonly Question[] {
  const outcome = lint(inputsOf(workspace(given)));
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome.questions.filter((question) => question.code === code);
}

/** The figures of each question by name. */
function figuresOf(questions: readonly Question[]): readonly Readonly<Record<string, string>>[] {
  return questions.map(({ figures }) => Object.fromEntries(figures.map(({ name, value }) => [name, value])));
}

describe('sold-into-past-due', () => {
  /** I1 is paid in time and refunded, so that it is past due for more than 30 days from 2025-03-03 on. */
  const invoices = [
    sale('I1', '2025-01-01', '1000.00', { due_date: '2025-01-31' }),
    ...['2025-03-03', '2025-04-01', '2025-05-01'].map((day, at) => sale(`N${at}`, day, '100.00')),
  ];
  const paid = payment('P1', 'I1', '2025-01-31', '1000.00');

  test('counts what a refund opens again', () => {
    const refund = payment('P2', 'I1', '2025-04-01', '-600.00');
    const given = { plan: { level: 0 }, invoices: [...invoices, sale('N3', '2025-06-01', '100.00')] };
    expect(figuresOf(asked('sold-into-past-due', { ...given, payments: [paid, refund] }))).toEqual([]);
    const more = sale('N4', '2025-04-02', '200.00');
    const found = asked('sold-into-past-due', {
      ...given,
      invoices: [...given.invoices, more],
      payments: [paid, refund],
    });
    // N1 is booked on the day of the refund, before it; N2, N3 and N4 are after it: 400.00 of 1,600.00.
    expect(figuresOf(found)).toEqual([
      {
        sold: '1600.00',
        on_accounts_past_due: '400.00',
        share: '25%',
        sales: '3',
        customers: '1',
        to_the_customer: '400.00',
        most_past_due: '600.00',
      },
    ]);
  });

  test('leaves out remainders', () => {
    const rest = payment('P1', 'I1', '2025-01-31', '991.00');
    expect(asked('sold-into-past-due', { plan: { level: 0 }, invoices, payments: [rest] })).toEqual([]);
    const tenth = payment('P1', 'I1', '2025-01-31', '990.00');
    expect(asked('sold-into-past-due', { plan: { level: 0 }, invoices, payments: [tenth] })).toHaveLength(1);
  });
});

test('rep-without-plan counts the share of a split, in the currency of the workspace', () => {
  const found = asked('rep-without-plan', {
    plan: { level: 0 },
    invoices: [invoice('I1', { currency: 'EUR' })],
    fx: [fx('EUR', '2025-01-01', '1.1')],
    splits: [split('I1', 'R1', '40%'), split('I1', 'R2', '60%')],
    assignments: [assignment('R1', 'ae', '2025-01-01')],
  });
  expect(found.map(({ about }) => about)).toEqual([{ rep: 'R2' }]);
  expect(figuresOf(found)).toMatchObject([{ sales: '1', amount: '660.00' }]);
});

test('R2.6 a plan of everyone closes a gap', () => {
  const given = {
    plan: { level: 0 },
    invoices: [invoice('I1')],
    assignments: [assignment('R1', 'ae', '2025-01-01', '2025-01-31'), assignment('R1', 'ae', '2025-03-01')],
  };
  expect(figuresOf(asked('assignment-gap', given))).toMatchObject([
    { from: '2025-02-01', to: '2025-02-28', days: '28', sales: '0' },
  ]);
  const everyone = [...given.assignments, assignment('*', 'ae', '2025-01-01')];
  expect(asked('assignment-gap', { ...given, assignments: everyone })).toEqual([]);
});

test('falling-rate looks no further than its band', () => {
  const table = [
    { fromAmount: '0', rate: '10%' },
    { fromAmount: '1000', rate: '5%' },
    { fromAmount: '1020', rate: '12%' },
  ];
  const rate = { attainment: 'quarter', table };
  const [found] = asked('falling-rate', { plan: { level: 0, rate }, invoices: [invoice('I1')] });
  expect(found?.sentence).toContain('of the next 19.99, a rep earns 1.00 in place of 2.00.');
  // 1,000.00 at 10%, and 19.99 at 5%.
  expect(found?.history?.commission).toEqual({ before: '100.00', after: '101.00' });
});

test('R31.2 cap-in-first-month adds up what the versions of a plan pay', () => {
  const plan = {
    level: 0,
    cap: { amount: '100', per: 'quarter' },
    versions: [{ from: '2025-01-20', rate: '20%' }],
  };
  const invoices = [sale('I1', '2025-01-15', '600.00'), sale('I2', '2025-01-25', '300.00')];
  expect(figuresOf(asked('cap-in-first-month', { plan, invoices }))).toEqual([
    { cap: '100.00', in_the_first_month: '120.00', beyond_the_cap: '20.00', windows: '1' },
  ]);
});

test('write-off-without-reason leaves out reversals and what is dated later', () => {
  const writeOffs = [
    writeOff('W1', 'I1', '2025-02-01', '100.00'),
    writeOff('W2', 'I1', '2025-02-02', '-100.00'),
    writeOff('W3', 'I1', '2026-02-02', '50.00'),
  ];
  expect(figuresOf(asked('write-off-without-reason', { invoices: [invoice('I1')], writeOffs }))).toEqual([
    { write_offs: '1', without_reason: '1', amount: '100.00' },
  ]);
});

test('closes change no question', async () => {
  const dir = copyOf('scenarios/level-1');
  const run = () => compIn(dir, ['lint', '--as-of', '2025-12-31', '--json', '--quiet']);
  const before = await run();
  expect(before.exit).toBe(0);
  for (const period of ['2025-Q1', '2025-Q2'])
    expect(await compIn(dir, ['close', period, '--quiet', '--no-pages'])).toMatchObject({ exit: 0 });
  expect(await run()).toEqual(before);
});
