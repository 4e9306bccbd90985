/** Assignments of everyone (R2.6), by hand and against the same assignments written out rep by rep. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/testing/days.js';
import { type Cells, diceOf, draftOf, PEOPLE, someDay, textIn } from '../../src/testing/features/dressing.js';
import { dressedIn, featuresOf } from '../../src/testing/features.js';
import { changePlan } from '../../src/testing/plan-change.js';
import {
  assignment,
  at,
  exceptionCodes,
  faultsOf,
  type Given,
  postingRows,
  sale,
  team,
  workspace,
} from '../support/build.js';
import { forAll } from '../support/property.js';
import { calculatedOf, explainedOf, filesOf, inputsOf, type Workspace } from '../support/run.js';

const plan = (id: string, rate: string, more: object = {}) => ({ id, level: 0, rate, ...more });
const OLD = plan('old', '5%');
const NEW = plan('new', '8%');
const OWN = plan('own', '1%');

const paid = (given: Given) =>
  postingRows(given).map(
    ({ invoice_id, rep_id, plan_id, earned }) => `${invoice_id} ${rep_id} ${plan_id} ${earned}`,
  );

describe('R2.6 an assignment of everyone', () => {
  test('gives its plan to every rep: a change of plan is one line', () => {
    const given: Given = {
      plans: [OLD, NEW],
      assignments: [assignment('*', 'old', '2025-01-01', '2025-06-30'), assignment('*', 'new', '2025-07-01')],
      invoices: [
        sale('I1', '2025-06-30', '1000.00'),
        sale('I2', '2025-07-01', '1000.00', { rep_id: 'R2' }),
        sale('I3', '2025-07-02', '1000.00'),
      ],
    };
    expect(paid(given)).toEqual(['I1 R1 old 50.00', 'I2 R2 new 80.00', 'I3 R1 new 80.00']);
  });

  test('gives way to an assignment of the rep, on the days of that', () => {
    const given: Given = {
      plans: [OLD, OWN],
      assignments: [
        assignment('R1', 'own', '2025-02-01', '2025-02-28'),
        assignment('R1', 'own', '2025-04-01'),
        assignment('*', 'old', '2025-01-01'),
      ],
      invoices: [
        sale('I1', '2025-01-31', '1000.00'),
        sale('I2', '2025-02-01', '1000.00'),
        sale('I3', '2025-02-28', '1000.00'),
        sale('I4', '2025-03-01', '1000.00'),
        sale('I5', '2025-04-01', '1000.00'),
        sale('I6', '2025-04-01', '1000.00', { rep_id: 'R2' }),
      ],
    };
    expect(paid(given)).toEqual([
      'I1 R1 old 50.00',
      'I2 R1 own 10.00',
      'I3 R1 own 10.00',
      'I4 R1 old 50.00',
      'I5 R1 own 10.00',
      'I6 R2 old 50.00',
    ]);
  });

  test('R12.1 gives way in its own credit only', () => {
    const given: Given = {
      plans: [OLD, OWN, plan('lead', '2%', { credit: 'team' })],
      assignments: [
        assignment('*', 'old', '2025-01-01'),
        assignment('*', 'lead', '2025-01-01'),
        assignment('M', 'own', '2025-01-01'),
      ],
      teams: [team('R1', 'M')],
      invoices: [sale('I1', '2025-01-15', '1000.00'), sale('I2', '2025-01-16', '1000.00', { rep_id: 'M' })],
    };
    expect(paid(given)).toEqual(['I1 M lead 20.00', 'I1 R1 old 50.00', 'I2 M own 10.00']);
  });

  test('leaves days without one of either', () => {
    const given: Given = {
      plans: [OLD],
      assignments: [assignment('*', 'old', '2025-02-01', '2025-02-28')],
      invoices: [sale('I1', '2025-01-31', '1000.00'), sale('I2', '2025-02-28', '1000.00')],
    };
    expect(paid(given)).toEqual(['I2 R1 old 50.00']);
    expect(exceptionCodes(given)).toEqual(['no-plan']);
  });

  test('R31.1 has the version of the day', () => {
    const given: Given = {
      plans: [plan('old', '5%', { versions: [{ from: '2025-07-01', rate: '8%' }] }), OWN],
      assignments: [assignment('*', 'old', '2025-01-01')],
      invoices: [sale('I1', '2025-06-30', '1000.00'), sale('I2', '2025-07-01', '1000.00')],
    };
    expect(paid(given)).toEqual(['I1 R1 old 50.00', 'I2 R1 old 80.00']);
  });

  test('overlaps no other of everyone, and names a plan that is there', () => {
    const given: Given = {
      plans: [OLD, NEW],
      assignments: [
        assignment('*', 'old', '2025-01-01'),
        assignment('R1', 'new', '2025-01-01'),
        assignment('*', 'new', '2025-07-01'),
        assignment('*', 'newer', '2026-01-01'),
      ],
      asOf: '2026-12-31',
    };
    expect(faultsOf(given)).toMatchObject([
      { code: 'overlapping-assignments', place: at('assignments', 2), rep: '*', otherPlan: 'old' },
      { code: 'overlapping-assignments', place: at('assignments', 3), rep: '*' },
      { code: 'unknown-plan', place: at('assignments', 3, 'plan_id'), plan: 'newer', nearest: 'new' },
    ]);
  });

  test('is changed by changePlan for everyone, or for some', () => {
    const inputs = inputsOf(
      workspace({
        plans: [OLD],
        assignments: [assignment('*', 'old', '2025-01-01')],
        invoices: [
          sale('I1', '2025-06-30', '1000.00'),
          sale('I2', '2025-07-01', '1000.00'),
          sale('I3', '2025-07-02', '1000.00', { rep_id: 'R2' }),
        ],
      }),
    );
    const earned = (reps?: readonly string[]) =>
      explainedOf(
        changePlan(inputs as never, {
          on: '2025-07-01',
          plan: NEW as never,
          ...(reps === undefined ? {} : { reps }),
        }) as never,
      ).result.postings.map(({ planId }) => planId);
    expect(earned()).toEqual(['old', 'new', 'new']);
    expect(earned(['R2'])).toEqual(['old', 'old', 'new']);
  });
});

/** The rows of everyone written out for each person, on the days on which the person has no other of the credit. */
function writtenOut(workspace: Workspace, everyone: readonly Cells[]): Workspace {
  const rows = workspace.ledgers['assignments'] ?? [];
  const plans = (workspace.terms as { plans: { id: string; credit?: string }[] }).plans;
  const creditOf = (row: Cells) => plans.find(({ id }) => id === row['plan_id'])?.credit ?? 'own';
  const days = (row: Cells) => [textIn(row, 'from'), textIn(row, 'to') || '2199-12-31'] as const;
  const filled = everyone.flatMap((row) =>
    PEOPLE.flatMap((rep_id): Cells[] => {
      const own = rows
        .filter((one) => textIn(one, 'rep_id') === rep_id && creditOf(one) === creditOf(row))
        .map(days)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const [first, last] = days(row);
      const gaps: Cells[] = [];
      let next = first;
      for (const [from, to] of [...own, ['2199-12-31', ''] as const]) {
        const end = from > last ? last : addDays(from, -1);
        if (next <= end) gaps.push({ ...row, rep_id, from: next, to: end });
        if (to !== '' && addDays(to, 1) > next) next = to === '2199-12-31' ? '2200-01-01' : addDays(to, 1);
      }
      return gaps;
    }),
  );
  return { ...workspace, ledgers: { ...workspace.ledgers, assignments: [...rows, ...filled] } };
}

test('R2.6 assignments of everyone are as those of each rep on the days without one', () => {
  const dice = fc.array(fc.nat(9999), { minLength: 17, maxLength: 17 }).map(diceOf);
  forAll(
    fc.record({ dressed: dressedIn(featuresOf(['credits', 'targets', 'pay']), { minPlans: 2 }), dice }),
    ({ dressed: { history }, dice: drawn }, meet) => {
      const draft = draftOf(history);
      draft.ledgers['assignments'] = (draft.ledgers['assignments'] ?? []).filter(() => drawn.chance(1, 2));
      const { plans } = draft.terms;
      const change = someDay(draft, drawn);
      const everyone = [
        { rep_id: '*', plan_id: drawn.pick(plans).id, from: '2020-01-01', to: addDays(change, -1) },
        { rep_id: '*', plan_id: drawn.pick(plans).id, from: change, to: '' },
      ];
      const rows = [...draft.ledgers['assignments'], ...everyone];
      const found = calculatedOf({ ...draft, ledgers: { ...draft.ledgers, assignments: rows } });
      const expected = calculatedOf(writtenOut(draft, everyone));
      expect(found === undefined).toBe(expected === undefined);
      if (found === undefined || expected === undefined) return;
      expect(filesOf(found)).toEqual(filesOf(expected));
      expect(found.exceptions).toEqual(expected.exceptions);
      if (found.postings.length > 0) meet('posts');
    },
    { posts: 0.4 },
  );
});
