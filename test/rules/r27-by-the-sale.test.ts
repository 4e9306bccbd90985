/** The rules of rates by the sale, and of whole sales at the band that they reach (R27). */
import { describe, expect, test } from 'vitest';
import {
  attainmentOf,
  creditMemo,
  earned,
  faultsOf,
  type Given,
  history,
  invoice,
  item,
  quota,
  quotasOf,
  sale,
  split,
} from '../support/build.js';

/** 2% up to 10,000.00, 4% from there. */
const BANDS = [
  { fromAmount: '0', rate: '2%' },
  { fromAmount: '10000', rate: '4%' },
];
const plan = (rate: object) => ({ level: 0, rate: { table: BANDS, ...rate } });
const bySale = plan({ attainment: 'sale' });
const earnedBy = (keys: object, ...amounts: readonly string[]) =>
  Object.values(
    earned({
      plan: plan(keys),
      invoices: amounts.map((amount, at) => sale(`I${at + 1}`, `2025-01-${10 + at}`, amount)),
    }),
  );

describe('R27.1 rates by the sale', () => {
  test('R27.1 every booking starts at 0', () => {
    // 8,000 x 2%. 10,000 x 2% + 5,000 x 4%, twice.
    const sale15 = '15000.00';
    expect(earnedBy({ attainment: 'sale' }, '8000.00', sale15, sale15)).toEqual([
      '160.00',
      '400.00',
      '400.00',
    ]);
  });

  test('R27.1 two sales of one day too', () => {
    const invoices = [invoice('I1', { amount: '8000.00' }), invoice('I2', { amount: '8000.00' })];
    expect(earned({ plan: bySale, invoices })).toEqual({ I1: '160.00', I2: '160.00' });
  });

  test('R27.1 a sale below 0 is rated by the first band', () => {
    expect(earnedBy({ attainment: 'sale' }, '-15000.00')).toEqual(['-300.00']);
  });

  test('R27.1 a share of a sale starts at 0, and is as large as the share', () => {
    const given = {
      plan: bySale,
      invoices: [invoice('I1', { amount: '20000.00' })],
      splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '40%')],
    };
    // 10,000 x 2% + 2,000 x 4%; 8,000 x 2%
    expect(earned(given, 'rep_id')).toEqual({ R1: '280.00', R2: '160.00' });
  });

  test('R27.1 it runs through the items of the sale', () => {
    const given = {
      plan: bySale,
      invoices: [invoice('I1', { amount: '12000.00' })],
      items: [item('I1', '1', '', '6000.00'), item('I1', '2', '', '6000.00')],
    };
    // 6,000 x 2%; 4,000 x 2% + 2,000 x 4%
    expect(earned(given)).toEqual({ I1: '280.00' });
  });

  test('R27.1 through those of other categories as well, if they count', () => {
    const entries = [
      { category: 'hardware', rate: '3%' },
      { category: 'services', rate: '1%', countsForQuota: false },
      { rate: { attainment: 'sale', table: BANDS } },
    ];
    const given = {
      plan: { level: 0, rate: undefined, rates: entries },
      invoices: [invoice('I1', { amount: '20000.00' })],
      items: [
        item('I1', '1', 'hardware', '7000.00'),
        item('I1', '2', 'services', '5000.00'),
        item('I1', '3', 'software', '8000.00'),
      ],
    };
    // 7,000 x 3%; 5,000 x 1%; 8,000 from 7,000: 3,000 x 2% + 5,000 x 4%
    expect(earned(given)).toEqual({ I1: '520.00' });
  });

  test('R27.1 in the measure of the plan', () => {
    const profit = { ...bySale, basis: 'gross-profit' };
    const given = { invoices: [invoice('I1', { amount: '30000.00', cost: '15000.00' })] };
    // 15,000: 10,000 x 2% + 5,000 x 4%
    expect(earned({ ...given, plan: profit })).toEqual({ I1: '400.00' });
    // By revenue 30,000: half of 10,000 x 2% + 20,000 x 4%
    expect(earned({ ...given, plan: { ...profit, quotaOn: 'revenue' } })).toEqual({ I1: '500.00' });
  });

  test('R27.1 thresholds are amounts', () => {
    const table = [
      { from: '0%', rate: '2%' },
      { from: '100%', rate: '4%' },
    ];
    expect(faultsOf({ plan: plan({ attainment: 'sale', table }), invoices: [invoice('I1')] })).toMatchObject([
      { code: 'wrong-value', found: 'from' },
    ]);
  });

  test('R27.1 a credit memo changes no rate', () => {
    const given = {
      plan: bySale,
      invoices: [sale('I1', '2025-01-10', '15000.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '7500.00')],
    };
    // Half of 400.00, though 7,500 by itself would be 150.00
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 400.00, advanced 400.00',
      '2025-02-10 credited CM1: earned -200.00, advanced -200.00',
    ]);
  });

  test('R27.1 the window shown is the quarter', () => {
    const given = {
      plan: bySale,
      quotas: [quota('2025-Q1', '20000.00')],
      invoices: [sale('I1', '2025-01-10', '15000.00'), sale('I2', '2025-02-10', '15000.00')],
      asOf: '2025-03-31',
    };
    expect(attainmentOf(given, '2025-Q1')).toBe(
      'ae: 30000.00 of 20000.00, quarter 30000.00 ÷ 20000.00 = 1.5000',
    );
  });

  test('R27.1 retroactive is a fault', () => {
    const given = { plan: plan({ attainment: 'sale', tiers: 'retroactive' }), invoices: [invoice('I1')] };
    expect(faultsOf(given)).toMatchObject([{ code: 'wrong-value', found: 'retroactive' }]);
  });
});

describe('R27.2 whole sales', () => {
  const whole = { attainment: 'quarter', tiers: 'whole' };

  test('R27.2 a sale is paid whole at the band that it reaches, and earlier ones keep theirs', () => {
    // To 8,000 at 2%; to 12,000, and to 13,000, at 4%.
    expect(earnedBy(whole, '8000.00', '4000.00', '1000.00')).toEqual(['160.00', '160.00', '40.00']);
  });

  test('R27.2 a point on a threshold lies in the band that starts there', () => {
    expect(earnedBy(whole, '10000.00')).toEqual(['400.00']);
    expect(earnedBy(whole, '9999.99')).toEqual(['200.00']);
  });

  test('R27.2 what comes off is at the band from which it comes', () => {
    // From 12,000 to 7,000: 4%. From 7,000 to 6,000: 2%.
    expect(earnedBy(whole, '12000.00', '-5000.00', '-1000.00')).toEqual(['480.00', '-200.00', '-20.00']);
    // From exactly 10,000: the band that starts there.
    expect(earnedBy(whole, '10000.00', '-5000.00')).toEqual(['400.00', '-200.00']);
  });

  test('R27.2 below 0 it is the first band', () => {
    expect(earnedBy(whole, '-5000.00', '-15000.00')).toEqual(['-100.00', '-300.00']);
  });

  test('R27.2 a sale of nothing earns nothing', () => {
    expect(earnedBy(whole, '12000.00', '0.00')).toEqual(['480.00']);
  });

  test('R27.2 nothing is re-rated, and credits lower the window for later sales only', () => {
    const given = {
      plan: plan(whole),
      invoices: [
        sale('I1', '2025-01-10', '9000.00'),
        sale('I2', '2025-01-20', '2000.00'),
        sale('I3', '2025-02-20', '1000.00'),
      ],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '4500.00')],
    };
    // 9,000 x 2%; to 11,000 at 4%; 6,500 after the memo, to 7,500 at 2%
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 180.00, advanced 180.00',
      '2025-01-20 invoiced I2: earned 80.00, advanced 80.00',
      '2025-02-10 credited CM1: earned -90.00, advanced -90.00',
      '2025-02-20 invoiced I3: earned 20.00, advanced 20.00',
    ]);
  });

  describe('R27.2 for every window', () => {
    const invoices = [
      sale('I1', '2025-01-10', '6000.00'),
      sale('I2', '2025-02-10', '6000.00'),
      sale('I3', '2025-04-10', '6000.00'),
      sale('I4', '2026-01-10', '6000.00'),
    ];
    const by = (attainment: string): Given => ({
      plan: plan({ attainment, tiers: 'whole' }),
      invoices,
      asOf: '2026-03-31',
    });

    test('R27.2 the sale', () => {
      expect(Object.values(earned(by('sale')))).toEqual(['120.00', '120.00', '120.00', '120.00']);
      expect(earnedBy({ attainment: 'sale', tiers: 'whole' }, '15000.00')).toEqual(['600.00']);
    });

    test('R27.2 the month', () => {
      expect(Object.values(earned(by('month')))).toEqual(['120.00', '120.00', '120.00', '120.00']);
    });

    test('R27.2 the quarter', () => {
      expect(Object.values(earned(by('quarter')))).toEqual(['120.00', '240.00', '120.00', '120.00']);
    });

    test.each(['year-to-date', 'year'])('R27.2 %s', (window) => {
      expect(Object.values(earned(by(window)))).toEqual(['120.00', '240.00', '240.00', '120.00']);
    });
  });

  test('R27.2 with thresholds of quota', () => {
    const table = [
      { from: '0%', rate: '2%' },
      { from: '100%', rate: '4%' },
    ];
    const given = {
      plan: plan({ attainment: 'year-to-date', tiers: 'whole', table }),
      quotas: quotasOf(2025, '10000.00'),
      invoices: [sale('I1', '2025-01-10', '10000.00'), sale('I2', '2025-04-10', '6000.00')],
    };
    // 10,000 of 10,000; 16,000 of 20,000
    expect(earned(given)).toEqual({ I1: '400.00', I2: '120.00' });
  });

  test('R27.2 each item is paid whole at the band that it reaches', () => {
    const given = {
      plan: plan(whole),
      invoices: [invoice('I1', { amount: '12000.00' })],
      items: [item('I1', '1', '', '9000.00'), item('I1', '2', '', '3000.00')],
    };
    // 9,000 x 2% + 3,000 x 4%
    expect(earned(given)).toEqual({ I1: '300.00' });
    expect(earned({ ...given, items: [] })).toEqual({ I1: '480.00' });
  });

  test('R27.2 in the measure of the plan, on its basis', () => {
    const profit = { ...plan(whole), basis: 'gross-profit', quotaOn: 'revenue' };
    const invoices = [sale('I1', '2025-01-10', '12000.00', { cost: '9000.00' })];
    // Revenue reaches 12,000: profit 3,000 x 4%
    expect(earned({ plan: profit, invoices })).toEqual({ I1: '120.00' });
    expect(earned({ plan: { ...profit, quotaOn: 'basis' }, invoices })).toEqual({ I1: '60.00' });
  });
});
