/** Variants side by side: every figure is that of a calculation of its own, and the days are counted by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculate, type Inputs } from '../../src/engine/calculate.js';
import { addedUp } from '../../src/engine/r1-words/pay-figures.js';
import type { LevelNumber } from '../../src/plans/levels.js';
import type { TermsInput } from '../../src/plans/schema.js';
import { atLevel } from '../../src/plans/terms.js';
import { type CollectionRule, readRule } from '../../src/simulate/collections/rule.js';
import { type Simulation, simulateTexts } from '../../src/simulate/simulate.js';
import type { Suppositions, Variant } from '../../src/simulate/variant.js';
import { histories } from '../../src/testing/histories.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { workspace } from '../support/build.js';
import { RUNS } from '../support/depth.js';
import { ONE_SALE } from '../support/one-sale.js';
import { forAll } from '../support/property.js';
import { inputsOf } from '../support/run.js';

const LEVELS = [0, 1, 2, 3, 4] as const;

/** A simulation takes as long as a dozen calculations. */
const FEWER = { runs: Math.min(RUNS, 150) };

function simulated(inputs: Inputs, variants: readonly Variant[], suppose: Suppositions = {}): Simulation {
  const outcome = simulateTexts(inputs, variants, suppose);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome.simulation;
}

function atLevels(terms: TermsInput): readonly Variant[] {
  return LEVELS.map((level) => ({
    name: `level ${level}`,
    terms: atLevel(terms, level as LevelNumber).terms,
  }));
}

/** Quarters by rep, as a calculation has them, added up. */
function sumsOf(inputs: Inputs, terms: TermsInput) {
  const outcome = calculate({ ...inputs, terms, closes: [] });
  if (outcome.kind === 'refused') throw new Error('refused');
  const { quarters } = outcome.result;
  const names = [...new Set(quarters.map(({ quarter }) => quarter))].sort();
  return names.map((quarter) => ({ quarter, ...addedUp(quarters.filter((row) => row.quarter === quarter)) }));
}

async function adventureWorks(): Promise<Inputs> {
  const { terms, ledgers } = await loadWorkspace('fixtures/adventureworks/comp.yaml');
  return { terms, ledgers, asOf: '2014-06-30' };
}

test('AdventureWorks at five levels: each column is the calculation at that level, quarter by quarter', async () => {
  const inputs = await adventureWorks();
  const { variants } = simulated(inputs, atLevels(inputs.terms));
  for (const [index, { terms }] of atLevels(inputs.terms).entries()) {
    expect(variants[index]?.quarters).toEqual(sumsOf(inputs, terms as TermsInput));
  }
});

test('on AdventureWorks, levels 0 to 3 earn the same, and nothing is paid in the end on cash that has not come at levels 3 and 4', async () => {
  const inputs = await adventureWorks();
  const { variants } = simulated(inputs, atLevels(inputs.terms));
  const [none, clawback, hold, onCash, withCash] = variants;
  for (const variant of [clawback, hold, onCash]) expect(variant?.totals.earned).toBe(none?.totals.earned);
  expect(withCash?.totals.paid).toBe(onCash?.totals.paid);
  expect(onCash?.paidUncollected).toBe(0n);
  expect(withCash?.paidUncollected).toBe(0n);
});

test('a variant with the terms of today differs from today nowhere', async () => {
  const inputs = await adventureWorks();
  const { today, variants } = simulated(inputs, [{ name: 'same', terms: structuredClone(inputs.terms) }], {
    explain: '276',
  });
  const [same] = variants;
  expect(same?.isAsToday).toBe(true);
  expect(same?.totals).toEqual(today.totals);
  expect(same?.people).toMatchObject({ gaining: { reps: 0 }, losing: { reps: 0 }, unchanged: 17, moving: 0 });
  expect(same?.differences).toEqual([]);
});

test('random ledgers: every variant is the calculation under its terms', () => {
  forAll(
    histories(),
    (given) => {
      const inputs = inputsOf(given);
      const outcome = simulateTexts(inputs, atLevels(inputs.terms));
      if (outcome.kind === 'refused') return;
      for (const [index, { terms }] of atLevels(inputs.terms).entries()) {
        expect(outcome.simulation.variants[index]?.quarters).toEqual(sumsOf(inputs, terms as TermsInput));
      }
    },
    {},
    FEWER,
  );
});

test('days from booking and from cash to pay, by hand', () => {
  const [none, onCash] = simulated(ONE_SALE, [
    { name: 'level 0', terms: atLevel(ONE_SALE.terms, 0).terms },
    { name: 'level 3' },
  ]).variants;
  // Level 0: 100.00 on 03-31, 75 days after the booking; 40.00 of it 49 days after its cash, 60.00 of it 50 days before.
  expect(none?.fromBooking).toEqual({ amount: 10000n, mean: { n: 750000n, d: 10000n }, median: 75 });
  expect(none?.fromCash).toEqual({
    amount: 10000n,
    mean: { n: 4000n * 49n - 6000n * 50n, d: 10000n },
    median: -50,
  });
  // Level 3: 40.00 on 03-31, 75 days after the booking and 49 after its cash; 60.00 on 06-30, 166 and 41.
  expect(onCash?.fromBooking).toEqual({
    amount: 10000n,
    mean: { n: 4000n * 75n + 6000n * 166n, d: 10000n },
    median: 166,
  });
  expect(onCash?.fromCash).toEqual({
    amount: 10000n,
    mean: { n: 4000n * 49n + 6000n * 41n, d: 10000n },
    median: 41,
  });
});

test('what is paid ahead of cash, by hand', () => {
  const [none, onCash] = simulated(ONE_SALE, [
    { name: 'level 0', terms: atLevel(ONE_SALE.terms, 0).terms },
    { name: 'level 3' },
  ]).variants;
  // 60.00 from 03-31 up to 05-19: 50 days; money moves from 02-10 to 06-30: 141 days.
  expect(none?.ahead).toEqual({
    average: { n: 6000n * 50n, d: 141n },
    peak: 6000n,
    peakDay: '2025-03-31',
    moneyDays: 6000n * 50n,
    steps: [
      { date: '2025-03-31', ahead: 6000n },
      { date: '2025-05-20', ahead: 0n },
    ],
  });
  expect(onCash?.ahead).toMatchObject({ peak: 0n, moneyDays: 0n, steps: [] });
});

test('days sales outstanding and the days of terms, by hand', () => {
  const { today } = simulated(ONE_SALE, []);
  // 400.00 for 26 days and 600.00 for 125; due after 30.
  expect(Number(today.sales.daysOutstanding?.n) / Number(today.sales.daysOutstanding?.d)).toBe(
    (400 * 26 + 600 * 125) / 1000,
  );
  expect(Number(today.sales.daysOfTerms?.n) / Number(today.sales.daysOfTerms?.d)).toBe(30);
  expect(today.sales).toMatchObject({ sold: 100000n, collected: 100000n, open: 0n, writtenOff: 0n });
});

describe('whatever is supposed', () => {
  const SUPPOSED: readonly Suppositions[] = [
    { collect: rules('past-due > 10: 15 days earlier', 'customer C1: never') },
    { collect: rules('all: on the due date'), until: '2031-12-31' },
    { collect: rules('all: 40 days later') },
  ];
  const both = (given: Inputs, suppose: Suppositions) => simulateTexts(given, atLevels(given.terms), suppose);

  test('a simulation is the same for every order of rows, and in whole numbers of any size', () => {
    forAll(
      fc.tuple(histories(), fc.nat(2)),
      ([given, which], meet) => {
        const suppose = SUPPOSED[which] as Suppositions;
        const outcome = both(inputsOf(given), suppose);
        const turned = Object.entries(given.ledgers).map(
          ([name, rows]) => [name, [...rows].reverse()] as const,
        );
        expect(both(inputsOf({ ...given, ledgers: Object.fromEntries(turned) }), suppose).kind).toBe(
          outcome.kind,
        );
        if (outcome.kind === 'refused') return;
        meet('simulated');
        const { simulation } = outcome;
        expect(both(inputsOf({ ...given, ledgers: Object.fromEntries(turned) }), suppose)).toEqual(outcome);
        expect(both({ ...inputsOf(given), counting: 'bigints' }, suppose)).toEqual(outcome);
        for (const { totals, collected, people } of simulation.variants) {
          expect(collected).toBeDefined();
          const change = people.reps.reduce((sum, rep) => sum + rep.change, 0n);
          expect(change).toBe(totals.paid - simulation.today.totals.paid);
          expect(people.gaining.amount + people.losing.amount).toBe(change);
          expect(people.gaining.reps + people.losing.reps + people.unchanged).toBe(people.reps.length);
        }
      },
      {},
      FEWER,
    );
  });

  test('cash that is on its due date already does not move', () => {
    forAll(histories(), (given) => {
      const inputs = inputsOf(given);
      const once = simulateTexts(inputs, [], { collect: rules('all: 0 days later') });
      if (once.kind === 'refused') return;
      const { today, collections } = once.simulation;
      expect(collections).toMatchObject({ invoices: 0 });
      expect(today.collected).toEqual({ ...today, collected: undefined });
    });
  });
});

function rules(...texts: readonly string[]) {
  return texts.map((text) => readRule(text).rule as CollectionRule);
}

describe('what must not be mixed up', () => {
  /** 1,000.00 of C1, paid on account. */
  const ON_ACCOUNT = inputsOf(
    workspace({
      plan: { level: 3 },
      invoices: [
        {
          invoice_id: 'I1',
          customer_id: 'C1',
          rep_id: 'R1',
          invoice_date: '2025-01-15',
          due_date: '2025-02-14',
          amount: '1000.00',
        },
      ],
      payments: [
        {
          payment_id: 'P1',
          invoice_id: '',
          customer_id: 'C1',
          payment_date: '2025-02-10',
          amount: '1000.00',
        },
      ],
      asOf: '2025-06-30',
    }),
  );
  const applied = { ...ON_ACCOUNT.terms, applyCash: 'oldest-due-first' } as const;

  test('cash on account counts where a variant applies it, and only there', () => {
    const { today, variants } = simulated(ON_ACCOUNT, [{ name: 'applied', terms: applied }]);
    expect(today.sales).toMatchObject({ collected: 0n, open: 100000n });
    expect(variants[0]?.sales).toMatchObject({ collected: 100000n, open: 0n });
    expect(variants[0]?.totals.paid).toBe(10000n);
  });

  test('a customer who never pays does not pay on account either', () => {
    const { today, collections } = simulated({ ...ON_ACCOUNT, terms: applied }, [], {
      collect: rules('customer C1: never'),
    });
    expect(collections?.rules).toEqual([{ text: 'customer C1: never', moved: 1, added: 0 }]);
    expect(today.totals.paid).toBe(10000n);
    expect(today.collected?.totals.paid).toBe(0n);
  });

  test('a rule on a customer whom no invoice names is a fault', () => {
    const outcome = simulateTexts(ON_ACCOUNT, [], { collect: rules('customer C7: never') });
    expect(outcome).toMatchObject({
      kind: 'refused',
      faults: [
        { code: 'wrong-value', found: 'customer C7: never', expected: expect.stringContaining('such as C1') },
      ],
    });
  });

  test('a variant in another currency is a fault', () => {
    const outcome = simulateTexts(ON_ACCOUNT, [
      { name: 'euro', terms: { ...ON_ACCOUNT.terms, currency: 'EUR' } },
    ]);
    expect(outcome).toMatchObject({
      kind: 'refused',
      variant: 'euro',
      faults: [{ code: 'wrong-value', found: 'EUR', place: { path: ['currency'] } }],
    });
  });
});

test('R10.2, R10.3: on AdventureWorks all levels pay the same once all is paid, and before, the later level pays later', async () => {
  const inputs = await adventureWorks();
  const { variants } = simulated(inputs, atLevels(inputs.terms), { collect: rules('all: on the due date') });
  const [first] = variants;
  for (const { collected } of variants) expect(collected?.totals.paid).toBe(first?.collected?.totals.paid);
  let [none, hold, onCash] = [0n, 0n, 0n];
  for (const [index, { quarter, paid }] of (variants[0]?.quarters ?? []).entries()) {
    none += paid;
    hold += variants[2]?.quarters[index]?.paid ?? 0n;
    onCash += variants[3]?.quarters[index]?.paid ?? 0n;
    expect([none >= hold, hold >= onCash], quarter).toEqual([true, true]);
    expect(variants[4]?.quarters[index]?.paid, quarter).toBe(variants[3]?.quarters[index]?.paid);
  }
});
