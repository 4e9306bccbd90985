/** The types of plans: each level has the keys that it uses, and what it does not use does not compile. */
import { expect, expectTypeOf, test } from 'vitest';
import {
  type CashPlan,
  calculate,
  type PartialHoldPlan,
  type PlanInput,
  type PlanVersion,
  type TermsInput,
} from '../../src/index.js';
import { isUsed, LEVEL_KEYS, LEVELS } from '../../src/plans/levels.js';
import type { WrittenTerms } from '../../src/plans/schema.js';

const id = 'ae';
const rate = '5%';

/** Whether `calculate` refuses the plan: what does not compile is a fault too. */
function refused(plan: PlanInput): boolean {
  const terms = { currency: 'USD', plans: [plan] };
  return calculate({ terms, ledgers: { invoices: { rows: [] } }, asOf: '2025-12-31' }).kind === 'refused';
}

test('a plan of each level compiles with the keys of the level', () => {
  const plans: readonly PlanInput[] = [
    { id, rate, level: 0, earnOn: 'booking' },
    { id, rate, level: 1, clawback: { pastDueDays: 90 }, tolerance: 5 },
    { id, rate, level: 'partial-hold', hold: '40%', untilInvoice: '10%', earnOn: 'booking', clawback: {} },
    { id, rate, level: 3, release: 'paid-in-full' },
    { id, rate, level: 4, tolerance: '2%' },
    { id, rate, credit: 'cash', of: 'collector', pastDue: { from: 31 } },
    { id, rate, level: 3, credit: 'team', versions: [{ from: '2025-07-01', level: 2, hold: '20%' }] },
  ];
  expect(plans.filter(refused)).toEqual([]);
});

test('what a level does not use does not compile, and is a fault', () => {
  const all: readonly boolean[] = [
    // @ts-expect-error: nothing waits at level 0.
    refused({ id, rate, level: 0, hold: '50%' }),
    // @ts-expect-error: level 0 never looks at cash.
    refused({ id, rate, level: 0, tolerance: 5 }),
    // @ts-expect-error: level 1 takes back, and needs to know when.
    refused({ id, rate, level: 1 }),
    // @ts-expect-error: level 3 holds all.
    refused({ id, rate, level: 3, hold: '50%' }),
    // @ts-expect-error: level 3 advances nothing that could be taken back.
    refused({ id, rate, level: 'pay-on-collection', clawback: {} }),
    // @ts-expect-error: level 4 earns with cash.
    refused({ id, rate, level: 4, earnOn: 'booking' }),
    // @ts-expect-error: a plan for cash has no level.
    refused({ id, rate, credit: 'cash', level: 3 }),
    // @ts-expect-error: only a plan for cash has collectors.
    refused({ id, rate, level: 3, of: 'collector' }),
    // @ts-expect-error: no level.
    refused({ id, rate }),
    // @ts-expect-error: a version has a first day.
    refused({ id, rate, level: 3, versions: [{ rate: '8%' }] }),
    // @ts-expect-error: the cap is of the plan as a whole (R31.2).
    refused({ id, rate, level: 3, versions: [{ from: '2025-07-01', cap: { amount: 5, per: 'year' } }] }),
  ];
  expect(all).toEqual(all.map(() => true));
  // A plan that was put together first, and has a key too many.
  const plan = { id, rate, level: 3, hold: '50%' } as const;
  // @ts-expect-error: level 3 holds all.
  const given: PlanInput = plan;
  expect(refused(given)).toBe(true);
});

test('the types have the keys of the schema, and those of the table of levels', () => {
  expectTypeOf<TermsInput>().toExtend<WrittenTermsAsConstant>();
  expectTypeOf<keyof TermsInput>().toEqualTypeOf<keyof WrittenTerms>();
  expectTypeOf<keyof PartialHoldPlan | keyof CashPlan>().toEqualTypeOf<keyof WrittenTerms['plans'][number]>();
  type Version = NonNullable<WrittenTerms['plans'][number]['versions']>[number];
  expectTypeOf<keyof PlanVersion>().toEqualTypeOf<keyof Version>();
  const unused = LEVELS.map((level) => LEVEL_KEYS.filter((key) => !isUsed(level, key)).length);
  expect(unused).toEqual([5, 3, 0, 3, 5]);
});

/** What the schema takes, unchanged by who takes it. */
type WrittenTermsAsConstant = Constant<WrittenTerms>;
type Constant<Type> = Type extends readonly (infer Item)[]
  ? readonly Constant<Item>[]
  : Type extends object
    ? { readonly [Key in keyof Type]: Constant<Type[Key]> }
    : Type;
