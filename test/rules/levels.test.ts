/** Which keys each level uses, and what `--level N` makes of a plan of another level (workspace rules). */
import { describe, expect, test } from 'vitest';
import { LEVELS, type LevelNumber } from '../../src/plans/levels.js';
import type { TermsInput } from '../../src/plans/schema.js';
import { atLevel, readTerms } from '../../src/plans/terms.js';
import { faultsOf, invoice, key, standing, termsOf } from '../support/build.js';

const invoices = [invoice('I1')];

/** A value for each key that only some levels use; `clawback` where the level needs it. */
const VALUES = {
  hold: '50%',
  release: 'pro-rata',
  clawback: { pastDueDays: 90 },
  earnOn: 'invoice',
  tolerance: '0',
} as const;
type Key = keyof typeof VALUES;

/** The table of the workspace rules. */
const USES: Readonly<Record<Key, readonly LevelNumber[]>> = {
  hold: [2],
  release: [2, 3],
  clawback: [1, 2],
  earnOn: [0, 1, 2, 3],
  tolerance: [1, 2, 3, 4],
};
const NUMBERS: readonly LevelNumber[] = [0, 1, 2, 3, 4];
const needed = (level: LevelNumber) => (level === 1 ? { clawback: {} } : {});
const cases = (Object.keys(VALUES) as Key[]).flatMap((name) =>
  NUMBERS.map((level) => [name, level, USES[name].includes(level)] as const),
);

describe('the keys of a level', () => {
  test.each(
    cases.filter(([, , used]) => used),
  )('R9.1 %s is used at level %i, even where it says its default', (name, level) => {
    const { faults } = readTerms(termsOf({ plan: { level, ...needed(level), [name]: VALUES[name] } }));
    expect(faults).toEqual([]);
  });

  test.each(
    cases.filter(([, , used]) => !used),
  )('R9.1 %s is a fault at level %i: it would do nothing', (name, level) => {
    const given = { plan: { level, ...needed(level), [name]: VALUES[name] }, invoices };
    expect(faultsOf(given)).toMatchObject([{ code: 'unused-key', place: key('plans', 0, name), key: name }]);
  });

  test('R9.1 the fault says what the level does instead', () => {
    expect(faultsOf({ plan: { level: 3, hold: '50%' }, invoices })).toEqual([
      {
        code: 'unused-key',
        place: key('plans', 0, 'hold'),
        key: 'hold',
        reason: 'Level 3 (pay-on-collection) holds everything until cash comes in, so hold has no effect.',
      },
    ]);
  });

  test('R9.1 every unused key of every plan is listed', () => {
    const plans = [
      { id: 'a', level: 0, hold: '50%', tolerance: '1' },
      { id: 'b', level: 4, earnOn: 'booking' },
    ];
    expect(faultsOf({ plans, invoices, assignments: [] }).map(({ place }) => place)).toEqual([
      key('plans', 0, 'hold'),
      key('plans', 0, 'tolerance'),
      key('plans', 1, 'earnOn'),
    ]);
  });

  test.each(NUMBERS)('workspace: all other keys are used at every level: %i', (level) => {
    const others = {
      basis: 'revenue',
      quotaOn: 'basis',
      creditsReduceQuota: true,
      rate: { attainment: 'year', tiers: 'marginal', table: [{ from: '0%', rate: '5%' }] },
    };
    expect(readTerms(termsOf({ plan: { level, ...needed(level), ...others } })).faults).toEqual([]);
  });

  test.each(
    LEVELS.map(({ number, name }) => [number, name] as const),
  )('workspace: level %i may be written by its name, %s', (level, name) => {
    const read = (said: unknown) =>
      readTerms(termsOf({ plan: { level: said, ...needed(level) } })).terms?.plans;
    expect(read(name)).toEqual(read(level));
  });

  test('workspace: clawback is needed at level 1 and optional at level 2', () => {
    expect(readTerms(termsOf({ plan: { level: 1 } })).faults).toMatchObject([
      { code: 'missing-key', key: 'clawback' },
    ]);
    expect(readTerms(termsOf({ plan: { level: 2 } })).faults).toEqual([]);
  });
});

describe('the defaults', () => {
  test('workspace: what the terms need not say', () => {
    const { terms } = readTerms({
      currency: 'USD',
      plans: [{ id: 'ae', level: 2, rate: '5%', clawback: {} }],
    });
    expect(terms).toMatchObject({
      fiscalYearStart: 1,
      payPeriod: 'quarter',
      recovery: { limit: { n: 1n, d: 1n }, keep: 0n, most: undefined },
      payout: { least: 0n },
      rounding: 'half-up',
    });
    expect(terms?.plans[0]).toMatchObject({
      basis: 'revenue',
      measure: 'revenue',
      earnOn: 'invoice',
      hold: { n: 1n, d: 2n },
      release: 'pro-rata',
      tolerance: { kind: 'amount', amount: { n: 0n, d: 1n } },
      timing: undefined,
      untilInvoice: { n: 0n, d: 1n },
      creditsReduceQuota: true,
      clawback: { pastDueDays: undefined, onWriteOff: true, scope: 'unpaid', reinstate: true },
    });
  });

  test('workspace: a percentage may be written with its sign or as a fraction: the same exact number', () => {
    const rateOf = (rate: unknown) => readTerms(termsOf({ plan: { rate } })).terms?.plans[0]?.rate;
    for (const written of ['5%', '0.05', 0.05, ' 5 % ', '5.00%']) {
      expect(rateOf(written)).toEqual({ kind: 'flat', rate: { n: 1n, d: 20n } });
    }
  });

  test('workspace: a bare 1 is 100%', () => {
    expect(standing({ plan: { level: 2, hold: 1 }, invoices })).toBe('earned 100.00, held 100.00');
  });
});

describe('--level N', () => {
  const full: TermsInput = termsOf({
    plans: [
      {
        id: 'ae',
        level: 2,
        hold: '30%',
        release: 'paid-in-full',
        clawback: { pastDueDays: 90 },
        earnOn: 'booking',
        tolerance: '1.00',
        basis: 'gross-profit',
        quotaOn: 'revenue',
        creditsReduceQuota: false,
        rate: { attainment: 'quarter', table: [{ from: '0%', rate: '5%' }] },
      },
    ],
  });
  const always = ['id', 'level', 'rate', 'basis', 'quotaOn', 'creditsReduceQuota'];

  test.each(NUMBERS)('workspace: level %i keeps what it uses and drops the rest', (level) => {
    const kept = Object.keys(atLevel(full, level).terms.plans[0] ?? {}).sort();
    const used = (Object.keys(USES) as Key[]).filter((name) => USES[name].includes(level));
    expect(kept).toEqual([...always, ...used].sort());
  });

  test.each(NUMBERS)('workspace: level %i of any plan is a plan without faults', (level) => {
    for (const from of NUMBERS) {
      const { terms } = atLevel(termsOf({ plan: { level: from, ...needed(from) } }), level);
      expect(readTerms(terms).faults).toEqual([]);
      expect(readTerms(terms).terms?.plans[0]?.level.number).toBe(level);
    }
  });

  test('workspace: the rate, and all that every level uses, are kept as they are', () => {
    const { plans, ...rest } = full;
    const { plans: changed, ...kept } = atLevel(full, 4).terms;
    expect(kept).toEqual(rest);
    for (const name of ['id', 'rate', 'basis', 'quotaOn', 'creditsReduceQuota'] as const) {
      expect(changed[0]?.[name]).toEqual(plans[0]?.[name]);
    }
  });

  test('workspace: from 1 to 2 and back a clawback block is kept', () => {
    const one = termsOf({ plan: { level: 1, clawback: { pastDueDays: 90 } } });
    const two = atLevel(one, 2);
    expect(two.terms.plans[0]?.clawback).toEqual({ pastDueDays: 90 });
    expect(atLevel(two.terms, 1)).toEqual({ terms: one, withoutClawback: [] });
  });

  test('workspace: to level 1 without a clawback block only write-offs claw back, and the plan is named', () => {
    const terms = termsOf({
      plans: [
        { id: 'a', level: 3 },
        { id: 'b', level: 1, clawback: { pastDueDays: 1 } },
        { id: 7, level: 2 },
      ],
    });
    const changed = atLevel(terms, 1);
    expect(changed.withoutClawback).toEqual(['a', '7']);
    expect(readTerms(changed.terms).terms?.plans.map(({ clawback }) => clawback)).toMatchObject([
      { pastDueDays: undefined, onWriteOff: true, scope: 'unpaid', reinstate: true },
      { pastDueDays: 1 },
      { pastDueDays: undefined, onWriteOff: true },
    ]);
  });

  test('workspace: to the level that a plan has, nothing changes', () => {
    expect(atLevel(full, 2)).toEqual({ terms: full, withoutClawback: [] });
  });

  test('workspace: a plan that names its level by name is changed too', () => {
    expect(atLevel(termsOf({ plan: { level: 'partial-hold', hold: '30%' } }), 3).terms.plans[0]).toEqual({
      id: 'ae',
      level: 3,
      rate: '10%',
    });
  });

  test('workspace: the terms that were given stay as they were', () => {
    const before = structuredClone(full);
    atLevel(full, 0);
    expect(full).toEqual(before);
  });
});
