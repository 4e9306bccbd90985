/** The plan of 2026, tried on random ledgers before it is signed. */
import { calculate } from 'clawback';
import { checkLaws, histories, planChange, planChanges } from 'clawback/testing';
import fc from 'fast-check';
import { test } from 'vitest';

const terms = {
  currency: 'USD',
  plans: [{ id: '2025', level: 1, rate: '8%', clawback: { pastDueDays: 60 } }],
} as const;
const plan = { id: '2026', level: 2, rate: '9%' } as const;

test('the 2026 plan leaves alone what was booked before it', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(histories({ terms }), planChanges(fc.constant(plan)), fc.nat(), (inputs, change, pick) => {
      checkLaws(calculate, inputs, pick);
      planChange(calculate, inputs, change);
    }),
  );
});
