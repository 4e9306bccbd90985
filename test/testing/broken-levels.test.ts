/** The kit finds levels that are wrong on purpose, and shrinks each to a case that a person reads at a glance. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculate, type Inputs, type PlanInput, type TermsInput } from '../../src/index.js';
import {
  asCsv,
  type Calculate,
  checkLaws,
  histories,
  LawBroken,
  planChange,
  planChanges,
  refund,
} from '../../src/testing/index.js';
import { clawsBackAtTodaysRate, forgetsToReHold } from '../support/broken-levels.js';
import { isDeep, SEED } from '../support/depth.js';

const LEDGERS = ['payments', 'writeOffs', 'creditMemos'] as const;

function countOf({ ledgers }: Inputs): { readonly invoices: number; readonly events: number } {
  const events = LEDGERS.reduce((all, name) => all + (ledgers[name]?.rows.length ?? 0), 0);
  return { invoices: ledgers.invoices.rows.length, events };
}

/** Runs a law a thousand times, and gives what it breaks on at last. */
function found<Drawn extends readonly [Inputs, ...unknown[]]>(
  drawn: fc.Arbitrary<Drawn>,
  holds: (drawn: Drawn) => void,
): { readonly inputs: Inputs; readonly broken: LawBroken } {
  const { counterexample, errorInstance } = fc.check(fc.property(drawn, holds), {
    numRuns: 1000,
    seed: SEED,
  });
  if (counterexample === null || !(errorInstance instanceof LawBroken)) throw new Error('nothing was found');
  return { inputs: counterexample[0][0], broken: errorInstance };
}

const level = (id: string, rate: string): PlanInput => ({
  id,
  level: 1,
  rate,
  clawback: { pastDueDays: 30 },
});

const refunds = (broken: Calculate) =>
  found(
    fc.tuple(
      histories({ terms: { currency: 'USD', plans: [{ id: 'held', level: 2, rate: '10%' }] } }),
      fc.nat(),
    ),
    ([inputs, pick]) => refund(broken, inputs, pick),
  );

const changes = (broken: Calculate) => {
  const terms: TermsInput = { currency: 'USD', plans: [level('before', '10%')] };
  const drawn = fc.tuple(histories({ terms }), planChanges(fc.constant(level('new', '5%'))));
  return found(drawn, ([inputs, change]) => planChange(broken, inputs, change));
};

describe('a broken level is found and shrinks to at most two invoices and three events', () => {
  test.each([
    ['forgets to re-hold after a refund', () => refunds(forgetsToReHold), 'R5.7 refund', 'released'],
    [
      'claws back at the rate of the day',
      () => changes(clawsBackAtTodaysRate),
      'R10.5 plan change',
      'clawedBack',
    ],
  ])('%s', (_, find, law, figure) => {
    const { inputs, broken } = find();
    const { invoices, events } = countOf(inputs);
    expect(invoices, asCsv(inputs)).toBeLessThanOrEqual(2);
    expect(events, asCsv(inputs)).toBeLessThanOrEqual(3);
    expect(broken.law).toBe(law);
    expect(Object.keys(broken.figures)).toContain(figure);
    expect(broken.message).toContain(`rep ${broken.rep}, invoice ${broken.invoice}`);
  });
});

test('the laws hold for the calculation itself', () => {
  const options = [{}, { corners: true }];
  for (const one of options) {
    fc.assert(
      fc.property(histories(one), fc.nat(), (inputs, pick) => checkLaws(calculate, inputs, pick)),
      { numRuns: isDeep ? 40 : 10, seed: SEED },
    );
  }
});
