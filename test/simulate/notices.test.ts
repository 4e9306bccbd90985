/** What a change of level leaves out or fills in, in words. */
import { expect, test } from 'vitest';
import { levelNotices } from '../../src/reports/simulation.js';
import { termsAtLevel } from '../../src/simulate/terms/levels.js';

const PLANS = {
  currency: 'USD',
  plans: [
    { id: 'ae', level: 1, rate: '5%', clawback: { pastDueDays: 90 } },
    { id: 'se', level: 1, rate: '2%', clawback: { pastDueDays: 60 }, tolerance: '1.00' },
    { id: 'am', level: 3, rate: '1%' },
    { id: 'dd', credit: 'cash', rate: '1%' },
  ],
} as const;

const noticesAt = (...levels: readonly (0 | 1 | 2 | 3 | 4)[]) =>
  levelNotices(levels.flatMap((level) => termsAtLevel(PLANS, level).notes));

test('plans and levels that are alike are named together', () => {
  expect(noticesAt(0, 1, 2, 3)).toEqual([
    'Levels 0 and 3 have no use for clawback of plan ae, and leave it out.',
    'Level 0 has no use for clawback and tolerance of plan se, and leaves them out.',
    'Level 1: plan am does not say after how many days commission is clawed back, so only write-offs claw back. Add --clawback-days 90 to compare with that.',
    'Level 2 holds 50% of plans ae, se and am, the default. Add --hold 30% to compare with another share.',
    'Level 3 has no use for clawback of plan se, and leaves it out.',
  ]);
});

test('what is set is not missed', () => {
  const notes = [1, 2].flatMap(
    (level) => termsAtLevel(PLANS, level as 1 | 2, { clawbackDays: 30, hold: '20%' }).notes,
  );
  expect(notes).toEqual([]);
});

test('the levels of versions are left out, and named', () => {
  const versioned = {
    ...PLANS,
    plans: [{ ...PLANS.plans[0], versions: [{ from: '2025-07-01', level: 3, rate: '6%' }] }],
  } as const;
  expect(levelNotices(termsAtLevel(versioned, 1).notes)).toEqual([
    'Level 1 has no use for versions[0].level of plan ae, and leaves it out.',
  ]);
});
