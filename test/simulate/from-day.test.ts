/** `--from`: a variant takes effect by booking date, as two plans with assignments would (R2.6, R31). */
import { describe, expect, test } from 'vitest';
import { calculate, type Inputs } from '../../src/engine/calculate.js';
import type { TermsInput } from '../../src/plans/schema.js';
import { atLevel } from '../../src/plans/terms.js';
import { simulateTexts } from '../../src/simulate/simulate.js';
import { fromDay } from '../../src/simulate/terms/from-day.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { compIn } from '../support/comp.js';
import { folderWith } from '../support/folder.js';

function dated(today: TermsInput, variant: TermsInput, day: string): TermsInput {
  const { terms, fault } = fromDay(today, variant, day);
  if (terms === undefined) throw new Error(JSON.stringify(fault));
  return terms;
}

test('a change of level from a day on AdventureWorks is the calculation with two plans and assignments', async () => {
  const { terms, ledgers } = await loadWorkspace('fixtures/adventureworks/comp.yaml');
  const [inputs, day]: [Inputs, string] = [{ terms, ledgers, asOf: '2014-06-30' }, '2013-06-01'];
  const variant = dated(terms, atLevel(terms, 3).terms, day);
  const outcome = simulateTexts(inputs, [{ name: 'from June', terms: variant }]);
  const [plan] = terms.plans;
  const reps = new Set<string>();
  ledgers.invoices.rows.forEach(({ rep_id: rep }) => void reps.add(rep ?? ''));
  const rows = [...reps].flatMap((rep_id) => [
    { rep_id, plan_id: 'reseller', from: '1900-01-01', to: '2013-05-31' },
    { rep_id, plan_id: 'then', from: day, to: '' },
  ]);
  const both = { ...terms, plans: [plan, { ...atLevel(terms, 3).terms.plans[0], id: 'then' }] } as TermsInput;
  const assigned = calculate({ ...inputs, terms: both, ledgers: { ...ledgers, assignments: { rows } } });
  if (outcome.kind === 'refused' || assigned.kind === 'refused') throw new Error('refused');
  const [from] = outcome.simulation.variants;
  for (const name of ['paid', 'earned', 'released', 'clawedBack'] as const) {
    expect(from?.totals[name], name).toBe(assigned.result.quarters.reduce((sum, row) => sum + row[name], 0n));
  }
  expect(from?.reps.map(({ repId, paid }) => [repId, paid])).toEqual(
    [...reps]
      .sort()
      .map((rep) => [
        rep,
        assigned.result.quarters
          .filter(({ repId }) => repId === rep)
          .reduce((sum, { paid }) => sum + paid, 0n),
      ]),
  );
});

const FLAT = {
  currency: 'USD',
  plans: [{ id: 'ae', level: 1, rate: '10%', clawback: { pastDueDays: 90 } }],
} as const;

describe('fromDay', () => {
  test('writes a version with every key of the variant, and keeps what is the same as it is', () => {
    const two = { ...FLAT, plans: [...FLAT.plans, { id: 'sdr', level: 0, rate: '2%' }] } as const;
    const variant = { ...two, plans: [{ id: 'ae', level: 3, rate: '12%' }, two.plans[1]] } as const;
    expect(dated(two, variant, '2025-07-01').plans).toEqual([
      { ...FLAT.plans[0], versions: [{ from: '2025-07-01', level: 3, rate: '12%' }] },
      two.plans[1],
    ]);
  });

  test('takes the place of the versions of today from that day on', () => {
    const today = {
      ...FLAT,
      plans: [
        {
          ...FLAT.plans[0],
          versions: [
            { from: '2025-04-01', rate: '11%' },
            { from: '2025-10-01', rate: '15%' },
          ],
        },
      ],
    } as const;
    const variant = { ...FLAT, plans: [{ ...FLAT.plans[0], rate: '12%' }] } as const;
    expect(dated(today, variant, '2025-07-01').plans[0]?.versions).toEqual([
      { from: '2025-04-01', rate: '11%' },
      { from: '2025-07-01', level: 1, rate: '12%', clawback: { pastDueDays: 90 } },
    ]);
  });

  test.each([
    ['another recovery', { ...FLAT, recovery: { limit: '50%' } }, 'recovery'],
    [
      'another cap',
      { ...FLAT, plans: [{ ...FLAT.plans[0], cap: { amount: 100, per: 'quarter' } }] },
      'cap of plan ae',
    ],
    [
      'no clawback any more',
      { ...FLAT, plans: [{ id: 'ae', level: 2, rate: '10%' }] },
      'clawback of plan ae',
    ],
  ])('refuses what a version cannot say: %s', (_, variant, found) => {
    expect(fromDay(FLAT as TermsInput, variant as TermsInput, '2025-07-01').fault).toMatchObject({
      code: 'wrong-value',
      found: `--from with another ${found}`,
    });
  });
});

test('on the command line: what was booked before stays', async () => {
  const dir = folderWith({
    'comp.yaml':
      'currency: USD\nledgers: { invoices: invoices.csv }\nplans:\n  - { id: ae, level: 0, rate: 10% }\n',
    'invoices.csv':
      'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,C1,R1,2025-06-30,1000.00\nI2,C1,R1,2025-07-01,1000.00\n',
  });
  const args = ['simulate', '--as-of', '2025-09-30', '--set', 'plans.ae.rate=20%', '--from', '2025-07-01'];
  const { exit, stdout } = await compIn(dir, args);
  expect(exit).toBe(0);
  expect(stdout).toContain('Variants price what is booked from 2025-07-01 on');
  expect(/paid +([\d.]+) +([\d.]+)/.exec(stdout)?.slice(1)).toEqual(['200.00', '300.00']);
  expect((await compIn(dir, [...args.slice(0, -1), 'July'])).stderr).toContain('--from July');
});
