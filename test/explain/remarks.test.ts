/** What `comp check` remarks on, beyond faults and exceptions. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calculate } from '../../src/engine/calculate.js';
import { remarksOn } from '../../src/explain/remarks.js';
import { assignment, fx, type Given, invoice, item, sale, team, workspace } from '../support/build.js';
import { comp } from '../support/comp.js';
import { folderWith } from '../support/folder.js';
import { inputsOf } from '../support/run.js';

/** The remarks, each as `code about`. */
function remarks(given: Given): string[] {
  const outcome = calculate({ ...inputsOf(workspace(given)), keep: { setting: true } });
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return remarksOn(outcome.working.setting).map(({ code, about }) => `${code} ${about}`);
}

const TEAM = { id: 'lead', credit: 'team' };

describe('a manager without a team plan', () => {
  const given = { plans: [{}, TEAM], teams: [team('R1', 'M'), team('R2', 'N')], invoices: [invoice('I1')] };

  test('is remarked on', () => {
    const assignments = [assignment('R1', 'ae', '2025-01-01'), assignment('M', 'lead', '2025-01-01')];
    expect(remarks({ ...given, assignments })).toEqual(['manager-without-team-plan N']);
  });

  test('is none where everyone has the team plan', () => {
    expect(remarks(given)).toEqual([]);
    expect(remarks({ ...given, plans: [{}] })).toEqual([
      'manager-without-team-plan M',
      'manager-without-team-plan N',
    ]);
  });

  test('has a plan if it begins while there is a team, and none if only before or after', () => {
    const teams = [team('R1', 'M', { from: '2025-02-01', to: '2025-03-31' })];
    const from = (day: string, to?: string) =>
      remarks({
        ...given,
        teams,
        assignments: [assignment('R1', 'ae', '2025-01-01'), assignment('M', 'lead', day, to)],
      });
    expect(from('2025-03-31')).toEqual([]);
    expect(from('2025-01-01', '2025-02-01')).toEqual([]);
    expect(from('2025-01-01', '2025-01-31')).toEqual(['manager-without-team-plan M']);
    expect(from('2025-04-01')).toEqual(['manager-without-team-plan M']);
  });

  test('R2.6 has the plan of everyone while no team plan of the manager is there', () => {
    const teams = [team('R1', 'M', { from: '2025-02-01', to: '2025-03-31' })];
    const remarksWith = (...assignments: ReturnType<typeof assignment>[]) =>
      remarks({ ...given, teams, assignments: [assignment('R1', 'ae', '2025-01-01'), ...assignments] });
    expect(remarksWith(assignment('*', 'lead', '2025-03-31'))).toEqual([]);
    expect(remarksWith(assignment('*', 'lead', '2025-04-01'))).toEqual(['manager-without-team-plan M']);
  });

  test('is none before there is a team', () => {
    expect(remarks({ ...given, plans: [{}], teams: [team('R1', 'M', { from: '2026-01-01' })] })).toEqual([]);
  });
});

describe('categories', () => {
  const plan = {
    rate: undefined,
    rates: [{ category: ['hardware', 'softwares'], rate: '3%' }],
  };

  test('that have a rate and are not sold are remarked on', () => {
    const given = { plan, invoices: [invoice('I1')], items: [item('I1', '1', 'hardware', '1000.00')] };
    expect(remarks(given)).toEqual(['category-not-sold softwares']);
  });

  test('that are sold and have no rate are, before they count', () => {
    const invoices = [
      invoice('I1', { category: 'hardware' }),
      sale('I2', '2026-01-01', '1.00', { category: 'softwares' }),
      sale('I3', '2026-01-01', '1.00', { category: 'support' }),
    ];
    expect(remarks({ plan, invoices })).toEqual(['category-not-rated support']);
    const rest = { ...plan, rates: [...plan.rates, { rate: '1%' }] };
    expect(remarks({ plan: rest, invoices })).toEqual([]);
    // A plan with one rate rates everything.
    expect(remarks({ plans: [plan, { id: 'flat' }], assignments: [], invoices })).toEqual([]);
  });
});

test('a currency that has no rate is remarked on, before it counts', () => {
  const invoices = [
    invoice('I1'),
    sale('I2', '2026-02-01', '1.00', { currency: 'GBP' }),
    sale('I3', '2026-01-01', '1.00', { currency: 'GBP' }),
    sale('I4', '2026-01-01', '1.00', { currency: 'EUR' }),
    sale('I5', '2026-01-01', '1.00', { currency: 'USD' }),
  ];
  expect(remarks({ fx: [fx('EUR', '2025-01-01', '1.10')], invoices })).toEqual(['currency-without-rate GBP']);
});

describe('the row that a remark is about', () => {
  const rowsOf = (given: Given) => {
    const outcome = calculate({ ...inputsOf(workspace(given)), keep: { setting: true } });
    if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
    return remarksOn(outcome.working.setting).map(({ about, row }) => [about, row?.ledger, row?.row]);
  };

  test('is the first of several invoices that are booked on one day', () => {
    const invoices = ['I1', 'I2', 'I3'].map((id) => sale(id, '2026-01-01', '1.00', { currency: 'GBP' }));
    expect(rowsOf({ invoices })).toEqual([['GBP', 'invoices', 0]]);
  });

  test('is the first of the team, the category or the currency', () => {
    const rates = [{ category: 'hardware', rate: '3%' }];
    const given = {
      plans: [{ rate: undefined, rates }],
      teams: [team('R1', 'M'), team('R2', 'N'), team('R3', 'M')],
      invoices: [
        invoice('I1', { category: 'hardware' }),
        sale('I2', '2026-01-01', '1.00', { category: 'support', currency: 'GBP' }),
        sale('I3', '2026-02-01', '1.00', { category: 'support', currency: 'GBP' }),
      ],
    };
    expect(rowsOf(given)).toEqual([
      ['M', 'teams', 0],
      ['N', 'teams', 1],
      ['support', 'invoices', 1],
      ['GBP', 'invoices', 1],
    ]);
    const items = [item('I1', '1', 'hardware', '1000.00'), item('I2', '1', 'support', '1.00')];
    expect(rowsOf({ ...given, teams: [], items }).at(0)).toEqual(['support', 'items', 1]);
  });

  test('is that of the rep where the reps ledger has the managers, and only with team plans', () => {
    const reps = [
      { rep_id: 'R0', name: 'Ann' },
      { rep_id: 'R1', name: 'Ben', manager_id: 'M' },
    ];
    const assignments = [assignment('R1', 'ae', '2025-01-01')];
    const given = { invoices: [invoice('I1')], reps, assignments };
    expect(rowsOf({ ...given, plans: [{}, TEAM] })).toEqual([['M', 'reps', 1]]);
    expect(rowsOf({ ...given, plans: [{}] })).toEqual([]);
  });
});

test('comp check shows remarks and counts them', async () => {
  const dir = folderWith({
    'comp.yaml':
      'currency: USD\nledgers: {invoices: invoices.csv}\nplans: [{id: ae, level: 0, rates: [{category: softwares, rate: 5%}, {rate: 3%}]}]\n',
    'invoices.csv':
      'invoice_id,customer_id,rep_id,invoice_date,amount,category\nI1,C1,R1,2025-01-15,100.00,software\n',
  });
  const args = ['check', '--config', join(dir, 'comp.yaml'), '--as-of', '2025-03-31'];
  const { exit, stdout } = await comp(args);
  expect(exit).toBe(0);
  expect(stdout).toContain(
    'Plan ae has a rate for softwares, but no invoice or item has this category. Did you mean software?',
  );
  expect(stdout).toContain('No faults, no exceptions, 1 remark. comp calc would run.');
  const { remarks: data } = JSON.parse((await comp([...args, '--json'])).stdout) as { remarks: unknown[] };
  expect(data).toMatchObject([{ code: 'category-not-sold', about: 'softwares' }]);
});
