/** The rules of the basis: revenue or gross profit, and what attainment is measured in (R3). */
import { describe, expect, test } from 'vitest';
import { assignment, earned, invoice, quarterRow, quota, sale, split, table } from '../support/build.js';

describe('R3.1 the basis', () => {
  const basisOf = (basis: string, cells: Record<string, string>) =>
    earned({ plan: { level: 0, basis, rate: '10%' }, invoices: [invoice('I1', cells)] })['I1'] ?? '0.00';

  test('R3.1 revenue is the amount', () => {
    expect(basisOf('revenue', { amount: '1000.00', cost: '600.00' })).toBe('100.00');
  });

  test('R3.1 revenue is the basis unless the plan says otherwise', () => {
    expect(earned({ plan: { level: 0 }, invoices: [invoice('I1', { cost: '600.00' })] })).toEqual({
      I1: '100.00',
    });
  });

  test('R3.1 gross profit is amount less cost', () => {
    expect(basisOf('gross-profit', { amount: '1000.00', cost: '600.00' })).toBe('40.00');
  });

  test('R3.1 gross profit is of the amount, not of the total', () => {
    expect(basisOf('gross-profit', { amount: '1000.00', total: '1200.00', cost: '600.00' })).toBe('40.00');
  });

  test('R3.1 a cost below 0 adds to gross profit', () => {
    expect(basisOf('gross-profit', { amount: '1000.00', cost: '-100.00' })).toBe('110.00');
  });

  test('R3.1 a sale below its cost has no gross profit, not a negative one', () => {
    expect(basisOf('gross-profit', { amount: '1000.00', cost: '1000.01' })).toBe('0.00');
  });

  test('R3.1 a negative sale has a negative gross profit', () => {
    // -1,000.00 - -600.00 = -400.00
    expect(basisOf('gross-profit', { amount: '-1000.00', cost: '-600.00' })).toBe('-40.00');
  });

  test('R3.1 a negative sale whose cost is greater has no gross profit, not a positive one', () => {
    // -1,000.00 - -1,200.00 = +200.00, of the opposite sign
    expect(basisOf('gross-profit', { amount: '-1000.00', cost: '-1200.00' })).toBe('0.00');
  });

  test.each(['100.00', '-100.00'])('R3.1 an amount of 0 has no gross profit, with a cost of %s', (cost) => {
    expect(basisOf('gross-profit', { amount: '0.00', total: '50.00', cost })).toBe('0.00');
  });

  test('R3.1 each line of a split has its share of the basis', () => {
    const given = {
      plan: { level: 0, basis: 'gross-profit', rate: '10%' },
      invoices: [invoice('I1', { cost: '600.00' })],
      splits: [split('I1', 'R1', '75%'), split('I1', 'R2', '25%')],
    };
    // 400.00 x 75% x 10%, 400.00 x 25% x 10%
    expect(earned(given, 'rep_id')).toEqual({ R1: '30.00', R2: '10.00' });
  });
});

describe('R3.2 what attainment is measured in', () => {
  const profitTable = { id: 'profit', level: 0, basis: 'gross-profit', rate: table('quarter') };
  const invoices = [sale('I1', '2025-01-15', '1500.00', { cost: '1000.00' })];
  const quotas = [quota('2025-Q1', '1000.00')];
  const asOf = '2025-03-31';

  test('R3.2 a plan paid on gross profit is measured in gross profit', () => {
    // Gross profit 500.00 stands below the quota of 1,000.00: 500.00 x 5%.
    const given = { plan: profitTable, invoices, quotas, asOf };
    expect(earned(given)).toEqual({ I1: '25.00' });
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ bookings: '500.00', attainment: '0.5000' });
  });

  test('R3.2 with quotaOn revenue it is measured in revenue, and still paid on gross profit', () => {
    // The booking runs from 0 to 1,500.00: (1,000 x 5% + 500 x 8%) / 1,500 = 6%; 500.00 x 6% = 30.00.
    const given = { plan: { ...profitTable, quotaOn: 'revenue' }, invoices, quotas, asOf };
    expect(earned(given)).toEqual({ I1: '30.00' });
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ bookings: '1500.00', attainment: '1.5000' });
  });

  test('R3.2 a plan paid on revenue is measured in revenue', () => {
    const given = { plan: { level: 0, rate: table('quarter') }, invoices, quotas, asOf };
    // 1,000 x 5% + 500 x 8%
    expect(earned(given)).toEqual({ I1: '90.00' });
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ bookings: '1500.00', attainment: '1.5000' });
  });

  test('R3.2 `quotaOn: basis` says the default', () => {
    const given = { plan: { ...profitTable, quotaOn: 'basis' }, invoices, quotas, asOf };
    expect(earned(given)).toEqual({ I1: '25.00' });
  });

  test('R3.2 measured by a plan, every line of the rep counts in its unit, whichever plan pays it', () => {
    // I1 is paid on revenue (1,500.00 x 10%) but counts 500.00 of gross profit for I2: of its 800.00, 500.00 lie below
    // the quota of 1,000.00 and 300.00 above it: 500 x 5% + 300 x 8% = 49.00.
    const given = {
      plans: [{ id: 'revenue', level: 0, rate: '10%' }, profitTable],
      assignments: [
        assignment('R1', 'revenue', '2025-01-01', '2025-01-31'),
        assignment('R1', 'profit', '2025-02-01'),
      ],
      invoices: [...invoices, sale('I2', '2025-02-10', '1800.00', { cost: '1000.00' })],
      quotas,
      asOf,
    };
    expect(earned(given)).toEqual({ I1: '150.00', I2: '49.00' });
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ bookings: '1300.00', attainment: '1.3000' });
  });

  test('R3.2 measured in revenue by a later plan, a line paid on gross profit counts its revenue', () => {
    // I1 counts 1,500.00, so that all of I2 lies above the quota of 1,000.00: 1,000.00 x 8%.
    const given = {
      plans: [
        { id: 'profit', level: 0, basis: 'gross-profit', rate: '10%' },
        { id: 'revenue', level: 0, rate: table('quarter') },
      ],
      assignments: [
        assignment('R1', 'profit', '2025-01-01', '2025-01-31'),
        assignment('R1', 'revenue', '2025-02-01'),
      ],
      invoices: [...invoices, sale('I2', '2025-02-10', '1000.00')],
      quotas,
      asOf,
    };
    expect(earned(given)).toEqual({ I1: '50.00', I2: '80.00' });
  });
});
