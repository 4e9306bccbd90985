/** Cases from practice, with what is right worked out by hand. */
import { describe, expect, test } from 'vitest';
import { filesOf, resultOf } from './support/run.js';
import { type Rows, type Scenario, scenariosIn } from './support/scenario.js';

const CASES = new Map(scenariosIn('practice').map((one) => [one.name, one]));

function caseOf(name: string): Scenario {
  const found = CASES.get(name);
  if (found === undefined) throw new Error(`there is no case ${name}`);
  return found;
}

/** The rows of a result file, in the columns that the case is about. */
function foundIn(scenario: Scenario, file: string): Rows {
  const columns = Object.keys(scenario.expected[file]?.[0] ?? {});
  return (filesOf(resultOf(scenario))[file] ?? []).map((row) =>
    Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])),
  );
}

/** The case with other terms and its only plan with other keys. */
function changed(scenario: Scenario, terms: object, plan: object): Scenario {
  const [own] = scenario.terms['plans'] as [object];
  return { ...scenario, terms: { ...scenario.terms, ...terms, plans: [{ ...own, ...plan }] } };
}

/** What everyone is paid in all quarters, less what is owed at the end. */
function paidIn(scenario: Scenario): bigint {
  const { quarters } = resultOf(scenario);
  return quarters.reduce((sum, { paid }) => sum + paid, 0n) - (quarters.at(-1)?.owed ?? 0n);
}

describe.each([...CASES.keys()])('%s', (name) => {
  test.each(Object.keys(caseOf(name).expected))('%s', (file) => {
    expect(foundIn(caseOf(name), file)).toEqual(caseOf(name).expected[file]);
  });
});

describe('R30.3 cash that is carried to the next invoice', () => {
  test('nothing is left over, and nothing is odd', () => {
    const { exceptions, onAccount } = resultOf(caseOf('overpay-carried'));
    expect(exceptions).toEqual([]);
    expect(onAccount).toEqual([]);
  });
});

describe('R30.4 a delivery less a larger deposit', () => {
  test('is used with a notice', () => {
    const { exceptions } = resultOf(caseOf('deposit-exceeds-delivery'));
    expect(exceptions.map(({ code, id }) => [code, id])).toEqual([['sign-mismatch', 'RINV-2']]);
  });
});

describe('R30.2 a discount for early payment', () => {
  const levels = [
    { level: 0 },
    { level: 1, clawback: { pastDueDays: 60 } },
    { level: 2 },
    { level: 3 },
    { level: 4 },
  ];

  test.each(levels)('is a credit or cash, whatever the level: $level', (plan) => {
    const scenario = caseOf('cash-discount');
    expect(paidIn(changed(scenario, {}, plan))).toBe(401_800n);
    expect(paidIn(changed(scenario, { discounts: 'collected' }, plan))).toBe(410_000n);
  });

  test('R30.1 without a column for it, a tolerance of 2% settles the invoices', () => {
    const scenario = caseOf('cash-discount');
    const payments = (scenario.ledgers['payments'] ?? []).map(({ discount: _, ...row }) => row);
    const without = {
      ...changed(scenario, {}, { tolerance: '2%' }),
      ledgers: { ...scenario.ledgers, payments },
    };
    expect(paidIn(without)).toBe(410_000n);
    expect(resultOf(without).quarters.at(-1)?.held).toBe(0n);
  });
});

describe('R17 cash within so many days', () => {
  test('level 4 earns and pays the same', () => {
    expect(paidIn(changed(caseOf('max-collection-days'), {}, { level: 4 }))).toBe(14_000n);
  });
});
