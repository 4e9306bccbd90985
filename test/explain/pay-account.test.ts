/** Pay with more than postings in it, explained: on the terminal, as data, and in the sentences of a statement (R21–R24, R29). */
import { describe, expect, test } from 'vitest';
import { explainPay } from '../../src/explain/reps.js';
import { payText } from '../../src/reports/explain-pay.js';
import { payRecord } from '../../src/reports/explain-record.js';
import { inStyle } from '../../src/reports/style.js';
import { sentenceText } from '../../src/statement/sentence.js';
import { statementsOf } from '../../src/statement/statement.js';
import { explainedOf, inputsOf } from '../support/run.js';
import { scenariosIn } from '../support/scenario.js';

const RECIPES = new Map(scenariosIn('plans').map((recipe) => [recipe.name, recipe]));

function calculated(recipe: string, asOf?: string) {
  const found = RECIPES.get(recipe);
  if (found === undefined) throw new Error(`no recipe ${recipe}`);
  return explainedOf(inputsOf({ ...found, asOf: asOf ?? found.asOf }));
}

function explained(recipe: string, rep: string, period: string) {
  const { result } = calculated(recipe);
  const [pay] = explainPay(result, rep, period);
  if (pay === undefined) throw new Error(`no pay of ${rep} in ${period}`);
  return { pay, result };
}

async function text(recipe: string, rep: string, period: string): Promise<string[]> {
  const { pay, result } = explained(recipe, rep, period);
  let lines: string[] = [];
  await inStyle({ columns: undefined, isTerminal: false }, {}, (style) => {
    lines = payText(pay, result, { style, width: 100, wide: true });
    return '';
  });
  return lines.map((line) => line.trim().replace(/ {2,}/g, '  '));
}

describe('comp explain', () => {
  test('R21 lists entries, and what they settle', async () => {
    expect(await text('clawback-instalments', 'Sam', '2025-08')).toEqual(
      expect.arrayContaining([
        'besides invoices  R21.2',
        '2025-08-20 repayment REP-1: Bank transfer  500.00',
        '2025-08-31 waiver WAI-1: Acme is insolvent: agreed with the head of sales  250.00',
        '− waived  250.00',
        '− settled by repayments  500.00',
        '− recovered (at most 25% of 1,400.00, at least 1,500.00 left, no more than 400.00)  0.00',
      ]),
    );
  });

  test('R22 says what a plan has paid in the window, and at most', async () => {
    expect(await text('annual-cap', 'Pia', '2025-Q2')).toEqual(
      expect.arrayContaining([
        'key-accounts pays at most 60,000.00 per year: 68,000.00 so far in 2025  R22.1',
        'gains 16,000.00 · charged 0.00 · of it capped 8,000.00  R7.2',
      ]),
    );
  });

  test('R24 says up to what pay is guaranteed or drawn', async () => {
    expect(await text('new-hire-draw', 'Nia', '2025-02')).toContain('+ drawn (up to 3,100.00)  3,000.00');
    expect(await text('ramp-guarantee', 'Oto', '2025-01')).toContain(
      '+ guaranteed (up to 4,000.00)  2,500.00',
    );
  });

  test('--json has the same', () => {
    const record = (recipe: string, rep: string, period: string) => {
      const { pay, result } = explained(recipe, rep, period);
      return payRecord(pay, result);
    };
    expect(record('clawback-instalments', 'Sam', '2025-08')).toMatchObject({
      recovery_limit: '1/4',
      recovery_keep: '1500.00',
      recovery_most: '400.00',
      entries: [
        { entry_id: 'REP-1', kind: 'repayment', amount: '500.00', invoice_id: 'K-1' },
        { entry_id: 'WAI-1', kind: 'waiver', amount: '250.00' },
      ],
      waived: '250.00',
      settled: '500.00',
    });
    expect(record('annual-cap', 'Pia', '2025-Q2')).toMatchObject({
      capped: '8000.00',
      caps: [
        { plan_id: 'key-accounts', window: '2025', paid_so_far: '68000.00', most: '60000.00', per: 'year' },
      ],
    });
  });
});

describe('a statement', () => {
  function statement(recipe: string, rep: string, name: string, from: string, to: string) {
    const calculation = calculated(recipe, to);
    const period = { name, from, to };
    const [one] = statementsOf({
      result: calculation.result,
      state: calculation,
      period,
      reps: new Set([rep]),
    });
    if (one === undefined) throw new Error(`no statement of ${rep}`);
    return {
      reasons: sentenceText(one.reasons),
      steps: one.steps.filter(({ amount }) => amount !== 0n).map(({ title, amount }) => `${title} ${amount}`),
    };
  }

  test('R21 names bonuses with their reasons, R29 what is kept for later', () => {
    expect(statement('spif', 'Quin', '2025-05', '2025-05-01', '2025-05-31')).toEqual({
      reasons:
        'What Acme paid on invoice S-1 made 480.00 payable. 500.00 is a bonus (SPIF May: first order of the new line).',
      steps: ['Commission now payable 48000', 'Bonuses and deductions 50000'],
    });
    expect(statement('partner-program', 'Web One', '2025-05', '2025-05-01', '2025-05-31')).toMatchObject({
      reasons:
        'What Core paid on invoice A-3 made 14.85 payable. 14.85 is too little to be paid out, and is kept for your next pay.',
      steps: ['Commission now payable 1485', 'Too little to be paid out yet -1485'],
    });
    expect(statement('partner-program', 'Web One', '2025-03', '2025-03-01', '2025-03-31').steps).toEqual([
      'Commission now payable 1800',
      'Not paid out before 3600',
    ]);
  });

  test('R24 says what is paid in advance, and that it is repaid', () => {
    expect(statement('new-hire-draw', 'Nia', '2025-02', '2025-02-01', '2025-02-28')).toEqual({
      reasons:
        'What Acme paid on invoice N-1 made 2,000.00 payable. 1,900.00 of that repays what was paid in advance. ' +
        '3,000.00 is paid in advance, and comes off your later commission. 3,000.00 is carried forward and comes off your next commission.',
      steps: [
        'Commission now payable 200000',
        'To be repaid from earlier -190000',
        'Paid in advance (draw) 300000',
      ],
    });
    expect(statement('ramp-guarantee', 'Oto', '2025-02', '2025-02-01', '2025-02-28').reasons).toBe(
      'Nothing became payable in 2025-02. 4,000.00 is added to reach your guarantee.',
    );
  });

  test('R22 says what is beyond a cap, and that it was never paid', () => {
    expect(statement('annual-cap', 'Pia', '2025-Q2', '2025-04-01', '2025-06-30').reasons).toContain(
      '8,000.00 is above the cap of your plan and is not paid.',
    );
    expect(statement('annual-cap', 'Pia', '2025-Q3', '2025-07-01', '2025-09-30').reasons).toContain(
      '8,000.00 of what is taken back was never paid: it was above a cap.',
    );
  });

  test('R19 says until when cash counts for a rep who leaves', () => {
    const calculation = calculated('leaver-with-tail', '2025-03-31');
    const period = { name: '2025-Q1', from: '2025-01-01', to: '2025-03-31' };
    const [one] = statementsOf({ result: calculation.result, state: calculation, period });
    // 90 days after 31 March.
    expect(one?.outlook.map(sentenceText)).toEqual([
      "400.00 is waiting for Acme's payment of 5,000.00 on invoice M-1, due 9 Apr 2025. You get your share of each payment, up to 29 Jun 2025. What is paid later does not count for you.",
      "240.00 is waiting for Bolt's payment of 3,000.00 on invoice M-2, due 19 Apr 2025. You get your share of each payment, up to 29 Jun 2025. What is paid later does not count for you.",
    ]);
  });
});
