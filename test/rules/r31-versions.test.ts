/** Versions of a plan (R31), by hand: which sales they price, what they take over, what counts on, and their faults. */
import { describe, expect, test } from 'vitest';
import { atLevel } from '../../src/plans/terms.js';
import { wordingOf } from '../../src/problems/wording.js';
import {
  assignment,
  faultsOf,
  type Given,
  payment,
  postingRows,
  quarterRows,
  quota,
  type ResultRow,
  sale,
} from '../support/build.js';

const figures = (rows: readonly ResultRow[], ...columns: readonly string[]) =>
  rows.map((row) => columns.map((column) => row[column]).join(' '));

describe('R31.1 versions', () => {
  const rising = { level: 0, rate: '5%', versions: [{ from: '2025-07-01', rate: '8%' }] };

  test('price what is booked from their first day on, under the id of the plan', () => {
    const given: Given = {
      plan: rising,
      invoices: [
        sale('I1', '2025-06-30', '1000.00'),
        sale('I2', '2025-07-01', '1000.00'),
        // Booked under the old rate, invoiced under the new one.
        sale('I3', '2025-07-02', '1000.00', { booking_date: '2025-06-30' }),
      ],
    };
    expect(figures(postingRows(given), 'invoice_id', 'plan_id', 'earned')).toEqual([
      'I1 ae 50.00',
      'I2 ae 80.00',
      'I3 ae 50.00',
    ]);
  });

  test('take over what they do not write, from one to the next', () => {
    const given: Given = {
      plan: {
        level: 2,
        hold: '40%',
        rate: '10%',
        versions: [
          { from: '2025-04-01', rate: '5%' },
          { from: '2025-07-01', hold: '20%' },
        ],
      },
      invoices: [
        sale('I1', '2025-01-15', '1000.00'),
        sale('I2', '2025-04-15', '1000.00'),
        sale('I3', '2025-07-15', '1000.00'),
      ],
    };
    // 40% of 100.00, 40% of 50.00, 20% of 50.00.
    expect(figures(postingRows(given), 'invoice_id', 'earned', 'held')).toEqual([
      'I1 100.00 40.00',
      'I2 50.00 20.00',
      'I3 50.00 10.00',
    ]);
  });

  test('may change the level, without what the new one does not use', () => {
    const given: Given = {
      plan: {
        level: 1,
        clawback: { pastDueDays: 30 },
        versions: [{ from: '2025-07-01', level: 3 }],
      },
      invoices: [
        sale('I1', '2025-06-15', '1000.00', { due_date: '2025-07-15' }),
        sale('I2', '2025-07-15', '1000.00'),
      ],
      payments: [payment('P1', 'I2', '2025-08-01', '500.00')],
    };
    expect(
      figures(postingRows(given), 'invoice_id', 'level', 'cause', 'advanced', 'released', 'clawed_back'),
    ).toEqual([
      'I1 1 invoiced 100.00 0.00 0.00',
      'I2 3 invoiced 0.00 0.00 0.00',
      'I2 3 collected 0.00 50.00 0.00',
      'I1 1 past-due 0.00 0.00 100.00',
    ]);
  });

  test('may put rates in place of a rate', () => {
    const given: Given = {
      plan: {
        level: 0,
        rate: '5%',
        versions: [{ from: '2025-07-01', rates: [{ category: 'new', rate: '9%' }] }],
      },
      invoices: [
        sale('I1', '2025-06-15', '1000.00', { category: 'old' }),
        sale('I2', '2025-07-15', '1000.00', { category: 'new' }),
      ],
    };
    expect(figures(postingRows(given), 'invoice_id', 'earned')).toEqual(['I1 50.00', 'I2 90.00']);
  });

  test('R4.4 go on with the attainment of the plan', () => {
    const table = (above: string) => ({
      attainment: 'quarter',
      table: [
        { from: '0%', rate: '5%' },
        { from: '100%', rate: above },
      ],
    });
    const given: Given = {
      plan: { level: 0, rate: table('8%'), versions: [{ from: '2025-02-15', rate: table('12%') }] },
      quotas: [quota('2025-Q1', '1000')],
      invoices: [sale('I1', '2025-01-15', '1500.00'), sale('I2', '2025-03-15', '1000.00')],
    };
    // 1,000 at 5% and 500 at 8%; quota is reached, so the next 1,000 are at 12%.
    expect(figures(postingRows(given), 'invoice_id', 'earned')).toEqual(['I1 90.00', 'I2 120.00']);
    expect(figures(quarterRows(given), 'quarter', 'attainment')[0]).toBe('2025-Q1 2.5000');
  });

  test('R4.6 are retroactive by themselves: each with the attainment of all', () => {
    const table = (above: string) => ({
      attainment: 'quarter',
      tiers: 'retroactive',
      table: [
        { from: '0%', rate: '5%' },
        { from: '100%', rate: above },
      ],
    });
    const given: Given = {
      plan: { level: 0, rate: table('8%'), versions: [{ from: '2025-02-15', rate: table('12%') }] },
      quotas: [quota('2025-Q1', '1000')],
      invoices: [sale('I1', '2025-01-15', '500.00'), sale('I2', '2025-03-15', '1000.00')],
    };
    // 500 at 5%. Then 1,500 reach quota: 1,000 at 12%, and the first 500 at their own 8%.
    expect(figures(postingRows(given), 'invoice_id', 'cause', 'earned')).toEqual([
      'I1 invoiced 25.00',
      'I1 re-rated 15.00',
      'I2 invoiced 120.00',
    ]);
  });

  test('R2.6 apply to whoever is assigned to the plan that day', () => {
    const given: Given = {
      plans: [rising, { id: 'other', level: 0, rate: '1%' }],
      assignments: [
        assignment('R1', 'ae', '2025-01-01', '2025-08-31'),
        assignment('R1', 'other', '2025-09-01'),
      ],
      invoices: [
        sale('I1', '2025-06-15', '1000.00'),
        sale('I2', '2025-08-15', '1000.00'),
        sale('I3', '2025-09-15', '1000.00'),
      ],
    };
    expect(figures(postingRows(given), 'invoice_id', 'plan_id', 'earned')).toEqual([
      'I1 ae 50.00',
      'I2 ae 80.00',
      'I3 other 10.00',
    ]);
  });

  test('R12.4 of a plan for cash apply to the cash that comes from then on', () => {
    const given: Given = {
      plans: [
        {
          id: 'cash',
          level: undefined,
          credit: 'cash',
          rate: '1%',
          versions: [{ from: '2025-07-01', rate: '2%' }],
        },
      ],
      invoices: [sale('I1', '2025-06-15', '1000.00')],
      payments: [payment('P1', 'I1', '2025-06-20', '500.00'), payment('P2', 'I1', '2025-07-20', '500.00')],
    };
    expect(figures(postingRows(given), 'source_id', 'plan_id', 'earned')).toEqual([
      'P1 cash 5.00',
      'P2 cash 10.00',
    ]);
  });
});

describe('R31.2 what counts by the plan', () => {
  test('R22.1 a cap is of all versions together', () => {
    const given: Given = {
      plan: {
        level: 0,
        rate: '10%',
        cap: { amount: '150.00', per: 'year' },
        versions: [{ from: '2025-07-01', rate: '20%' }],
      },
      invoices: [sale('I1', '2025-06-15', '1000.00'), sale('I2', '2025-07-15', '1000.00')],
    };
    // 100.00 and 200.00, of which 150.00 is paid in the year.
    expect(figures(quarterRows(given), 'quarter', 'earned', 'capped', 'paid').slice(0, 2)).toEqual([
      '2025-Q2 100.00 0.00 100.00',
      '2025-Q3 200.00 150.00 50.00',
    ]);
  });

  test('R21.2 cash that goes under a version is netted with cash of the plan that comes', () => {
    const given: Given = {
      plans: [
        {
          id: 'cash',
          level: undefined,
          credit: 'cash',
          rate: '1%',
          versions: [{ from: '2025-08-01', rate: '2%' }],
        },
      ],
      invoices: [sale('I1', '2025-06-15', '1000.00')],
      payments: [payment('P1', 'I1', '2025-07-20', '1000.00'), payment('P2', 'I1', '2025-08-20', '-400.00')],
    };
    // 10.00 come, and 4.00 of them go again at the rate at which they came.
    expect(figures(quarterRows(given), 'quarter', 'earned', 'charged', 'paid')).toContain(
      '2025-Q3 6.00 0.00 6.00',
    );
  });
});

describe('faults of versions', () => {
  const versions = (...all: readonly object[]) => ({ plan: { level: 0, versions: all } });
  const placesOf = (given: Given) =>
    faultsOf(given).map(
      ({ code, place }) => `${code} ${'path' in place ? place.path.join('.') : place.kind}`,
    );

  test.each([
    ['without a first day', { rate: '8%' }, 'missing-key plans.0.versions.0.from'],
    ['with no day', { from: '2025-02-30', rate: '8%' }, 'wrong-value plans.0.versions.0.from'],
    ['with an unknown key', { from: '2025-07-01', rat: '8%' }, 'unknown-key plans.0.versions.0.rat'],
    ['with an id', { from: '2025-07-01', id: 'b' }, 'unknown-key plans.0.versions.0.id'],
    ['with a credit', { from: '2025-07-01', credit: 'team' }, 'unknown-key plans.0.versions.0.credit'],
    [
      'with a cap',
      { from: '2025-07-01', cap: { amount: 1, per: 'year' } },
      'unknown-key plans.0.versions.0.cap',
    ],
    ['with a wrong rate', { from: '2025-07-01', rate: 'x' }, 'wrong-value plans.0.versions.0.rate'],
    [
      'with a key that the level does not use',
      { from: '2025-07-01', hold: '50%' },
      'unused-key plans.0.versions.0.hold',
    ],
    [
      'with a level that needs more',
      { from: '2025-07-01', level: 1 },
      'missing-key plans.0.versions.0.clawback',
    ],
    [
      'with thresholds that do not rise',
      {
        from: '2025-07-01',
        rate: {
          table: [
            { fromAmount: 0, rate: '1%' },
            { fromAmount: 0, rate: '2%' },
          ],
        },
      },
      'thresholds-not-rising plans.0.versions.0.rate.table.1.fromAmount',
    ],
  ])('R31.1 %s', (_what, version, fault) => {
    expect(placesOf(versions(version))).toEqual([fault]);
  });

  test('R31.1 in another order, or twice from one day', () => {
    const given = versions(
      { from: '2025-07-01', rate: '8%' },
      { from: '2025-07-01', rate: '9%' },
      { from: '2025-03-01', rate: '10%' },
    );
    expect(faultsOf(given)).toMatchObject([
      {
        code: 'wrong-value',
        place: { path: ['plans', 0, 'versions', 1, 'from'] },
        found: '2025-07-01',
        expected: 'a later day than that of the version before, 2025-07-01',
      },
      { place: { path: ['plans', 0, 'versions', 2, 'from'] }, found: '2025-03-01' },
    ]);
  });

  test('R31.1 what a version takes over is a fault where it is written', () => {
    const given = { plan: { level: 0, hold: '50%', versions: [{ from: '2025-07-01', rate: '8%' }] } };
    expect(placesOf(given)).toEqual(['unused-key plans.0.hold']);
  });

  test('R31.1 what a version takes over and no longer has an effect is a fault of the version', () => {
    const plan = { level: 2, earnOn: 'booking', untilInvoice: '10%' };
    const given = { plan: { ...plan, versions: [{ from: '2025-07-01', earnOn: 'invoice' }] } };
    expect(placesOf(given)).toEqual(['unused-key plans.0.versions.0.untilInvoice']);
  });

  test('R31.1 a version cannot change what makes the plan one', () => {
    const [fault] = faultsOf(versions({ from: '2025-07-01', cap: { amount: 1, per: 'year' } }));
    expect(fault && wordingOf(fault, { nameOf: () => '' }).text).toBe(
      'A version cannot change cap, which is of the plan as a whole. Write another plan, and assign it from that day on.',
    );
  });

  test('R9.1 the ledgers are checked all the same', () => {
    const given: Given = {
      ...versions({ from: '2025-07-01', rate: 'x' }),
      invoices: [sale('I1', '2025-01-15', '1e3')],
    };
    expect(faultsOf(given).map(({ code }) => code)).toEqual(['wrong-value', 'malformed-number']);
  });
});

test('a plan at another level has its versions there', () => {
  const { terms } = atLevel(
    {
      currency: 'USD',
      plans: [
        {
          id: 'ae',
          level: 2,
          hold: '40%',
          rate: '5%',
          versions: [
            { from: '2025-07-01', hold: '20%', rate: '8%' },
            { from: '2025-10-01', level: 1, clawback: {} },
          ],
        },
      ],
    },
    3,
  );
  expect(terms.plans).toEqual([
    {
      id: 'ae',
      level: 3,
      rate: '5%',
      versions: [{ from: '2025-07-01', rate: '8%' }, { from: '2025-10-01' }],
    },
  ]);
});

test('R9.1 what is no version is a fault, and stays as it is at another level', () => {
  const plan = { id: 'ae', level: 0, rate: '5%', versions: ['July', { from: '2025-07-01', rate: '8%' }] };
  const places = faultsOf({ plan }).map(({ place }) => ('path' in place ? place.path.join('.') : place.kind));
  expect(places).toEqual(['plans.0.versions.0']);
  const { terms } = atLevel({ currency: 'USD', plans: [plan] } as never, 3);
  expect(terms.plans[0]?.versions).toEqual(plan.versions);
});

test('R9.1 an entry of rates that is no entry is a fault, in a version too', () => {
  const plan = { level: 0, rate: '5%', versions: [{ from: '2025-07-01', rates: ['8%'] }] };
  const places = faultsOf({ plan }).map(({ place }) => ('path' in place ? place.path.join('.') : place.kind));
  expect(places).toEqual(['plans.0.versions.0.rates.0']);
});
