/** Where attainment comes from: the window of the plan, as known now or as it was frozen. */
import { describe, expect, test } from 'vitest';
import { calculate } from '../../src/engine/calculate.js';
import type { QuarterRow } from '../../src/engine/r8-results/results.js';
import { attainmentFinder } from '../../src/explain/attainment.js';
import { closeOrThrow } from '../../src/library/or-throw.js';
import { quota, sale, workspace } from '../support/build.js';
import { explainedOf, inputsOf } from '../support/run.js';

const ROWS = [
  { invoice_id: 'I1', customer_id: 'C', rep_id: 'R1', invoice_date: '2025-02-01', amount: '8000.00' },
  { invoice_id: 'I2', customer_id: 'C', rep_id: 'R1', invoice_date: '2025-05-05', amount: '15000.00' },
];
const QUOTAS = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'].map((quarter) => ({
  ...{ rep_id: 'R1', quarter, quota: '10000.00' },
}));

/** The result of a plan with this window, as of a day. */
function resultAt(attainment: string, asOf: string, more: object = {}) {
  const table = [
    { from: '0%', rate: '5%' },
    { from: '100%', rate: '8%' },
  ];
  const terms = {
    currency: 'USD',
    plans: [{ id: 'ae', level: 0, rate: { attainment, tiers: 'marginal', table } }],
  };
  const ledgers = { invoices: { rows: ROWS }, quotas: { rows: QUOTAS } };
  const outcome = calculate({ terms, ledgers, asOf, ...more } as Parameters<typeof calculate>[0]);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome.result;
}

describe('attainment', () => {
  test.each([
    // 15,000 of 10,000.
    ['quarter', '2025-Q2', 1500000n, 1000000n, '1.5000'],
    // 8,000 + 15,000 of 10,000 + 10,000.
    ['year-to-date', '2025 up to 2025-Q2', 2300000n, 2000000n, '1.1500'],
    // 8,000 + 15,000 of four times 10,000.
    ['year', '2025', 2300000n, 4000000n, '0.5750'],
  ])('%s', (window, name, bookings, quota, attainment) => {
    const result = resultAt(window, '2025-06-30');
    const row = result.quarters.at(-1) as QuarterRow;
    expect(row.attainment).toBe(attainment);
    const measure = 'revenue';
    expect(attainmentFinder(result)(row)).toEqual({ window, name, measure, bookings, quota });
  });

  test.each([
    ['quarter', 800000n, 1000000n],
    ['year-to-date', 800000n, 1000000n],
    ['year', 800000n, 4000000n],
  ])('%s of a closed quarter is that of its frozen rows, whatever turns up later', (window, bookings, quota) => {
    const closes = [closeOrThrow(resultAt(window, '2025-03-31'))];
    const late = {
      invoice_id: 'I0',
      customer_id: 'C',
      rep_id: 'R1',
      invoice_date: '2025-03-01',
      amount: '2000.00',
    };
    ROWS.push(late);
    const result = resultAt(window, '2025-06-30', { closes });
    ROWS.pop();
    const [closed, open] = result.quarters as [QuarterRow, QuarterRow];
    expect(attainmentFinder(result)(closed)).toMatchObject({
      bookings,
      quota,
    });
    // The open quarter counts what is known now.
    const now = window === 'quarter' ? 1500000n : 2500000n;
    expect(attainmentFinder(result)(open)).toMatchObject({ bookings: now });
  });

  test('is not explained by figures that do not come to it', () => {
    const result = resultAt('year-to-date', '2025-06-30');
    const row = result.quarters.at(-1) as QuarterRow;
    expect(attainmentFinder(result)({ ...row, attainment: '0.9999' })).toBeUndefined();
  });
});

test('R31.1 the measure is that of the version at the end of the quarter', () => {
  const { result } = explainedOf(
    inputsOf(
      workspace({
        plan: { level: 0, rate: '5%', versions: [{ from: '2025-03-01', basis: 'gross-profit' }] },
        quotas: [quota('2024-Q4', '1000'), quota('2025-Q1', '1000')],
        invoices: [
          sale('I1', '2024-12-15', '1000.00', { cost: '600.00' }),
          sale('I2', '2025-03-15', '1000.00', { cost: '600.00' }),
        ],
        asOf: '2025-03-31',
      }),
    ),
  );
  const find = attainmentFinder(result);
  expect(result.quarters.map((row) => find(row))).toMatchObject([
    { measure: 'revenue', bookings: 100_000n },
    { measure: 'gross-profit', bookings: 40_000n },
  ]);
});
