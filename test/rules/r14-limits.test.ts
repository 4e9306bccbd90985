/** The rules of limits: the most and the least commission of a sale (R14). */
import { describe, expect, test } from 'vitest';
import {
  creditMemo,
  earned,
  faultsOf,
  fx,
  history,
  invoice,
  payment,
  quota,
  sale,
  split,
  table,
  team,
} from '../support/build.js';

/** 10% at once, between 40.00 and 90.00 a sale. */
const LIMITED = { level: 0, perInvoice: { most: '90.00', least: '40.00' } };

describe('R14.1 limits of a sale', () => {
  test('R14.1 a sale earns no more than most, and no less than least', () => {
    const invoices = ['1000.00', '900.00', '500.00', '400.00', '10.00'].map((amount, at) =>
      invoice(`I${at + 1}`, { amount }),
    );
    expect(earned({ plan: LIMITED, invoices })).toEqual({
      I1: '90.00',
      I2: '90.00',
      I3: '50.00',
      I4: '40.00',
      I5: '40.00',
    });
  });

  test('R14.1 each limit stands by itself', () => {
    const invoices = [invoice('I1'), invoice('I2', { amount: '1.00' })];
    expect(earned({ plan: { level: 0, perInvoice: { most: 90 } }, invoices })).toEqual({
      I1: '90.00',
      I2: '0.10',
    });
    expect(earned({ plan: { level: 0, perInvoice: { least: 40 } }, invoices })).toEqual({
      I1: '100.00',
      I2: '40.00',
    });
  });

  test('R14.1 least is no more than most', () => {
    const plan = { level: 0, perInvoice: { most: '40.00', least: '40.01' } };
    expect(faultsOf({ plan, invoices: [invoice('I1')] })).toMatchObject([
      { code: 'wrong-value', found: '40.01' },
    ]);
    const one = { level: 0, perInvoice: { most: '40.00', least: '40.00' } };
    expect(earned({ plan: one, invoices: [invoice('I1')] })).toEqual({ I1: '40.00' });
  });

  test('R14.1 below 0 no more than most is taken, and nothing is raised to least', () => {
    const invoices = [invoice('I1', { amount: '-1000.00' }), invoice('I2', { amount: '-10.00' })];
    expect(earned({ plan: LIMITED, invoices })).toEqual({ I1: '-90.00', I2: '-1.00' });
  });

  test('R14.1 a sale that earns nothing has no least', () => {
    expect(earned({ plan: { ...LIMITED, rate: '0%' }, invoices: [invoice('I1')] })).toEqual({});
    expect(earned({ plan: LIMITED, invoices: [invoice('I1', { amount: '0.00' })] })).toEqual({});
  });

  test('R14.1 less than half a cent is above 0, and is raised', () => {
    expect(earned({ plan: LIMITED, invoices: [invoice('I1', { amount: '0.01' })] })).toEqual({ I1: '40.00' });
  });

  test('R14.1 the limits of a line are in proportion to its share', () => {
    const given = {
      plan: LIMITED,
      invoices: [invoice('I1', { amount: '3000.00' }), invoice('I2', { amount: '30.00' })],
      splits: ['I1', 'I2'].flatMap((id) => [split(id, 'R1', '75%'), split(id, 'R2', '25%')]),
    };
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 67.50, advanced 67.50',
      '2025-01-15 invoiced I1: earned 22.50, advanced 22.50',
      '2025-01-15 invoiced I2: earned 30.00, advanced 30.00',
      '2025-01-15 invoiced I2: earned 10.00, advanced 10.00',
    ]);
  });

  test('R14.1 the limit of a share is exact, and the line is rounded once', () => {
    const given = {
      plan: { level: 0, perInvoice: { most: '100.00' } },
      invoices: [invoice('I1', { amount: '3000.00' })],
      // A third: 33.333…
      splits: ['A', 'B', 'C'].map((rep) => ({ invoice_id: 'I1', rep_id: rep, amount: '1000.00' })),
    };
    expect(earned(given, 'rep_id')).toEqual({ A: '33.33', B: '33.33', C: '33.33' });
  });

  test('R14.1 a manager with more than one share has more than one limit', () => {
    const given = {
      plans: [{ level: 0 }, { ...LIMITED, id: 'lead', credit: 'team' }],
      teams: [team('R1', 'M'), team('R2', 'M')],
      invoices: [invoice('I1', { amount: '3000.00' })],
      splits: [split('I1', 'R1', '100%'), split('I1', 'R2', '50%')],
    };
    // 450.00, and 90.00 x 1.5
    expect(earned(given, 'rep_id')).toEqual({ M: '135.00', R1: '300.00', R2: '150.00' });
  });

  test('R14.1 a credit memo lowers the exact commission before it is limited', () => {
    const given = {
      plan: LIMITED,
      invoices: [invoice('I1', { amount: '2000.00' })],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-02-10', '1000.00'),
        creditMemo('CM2', 'I1', '2025-02-20', '500.00'),
        creditMemo('CM3', 'I1', '2025-03-10', '400.00'),
        creditMemo('CM4', 'I1', '2025-03-20', '100.00'),
      ],
    };
    // 200 and 100 are over 90; 50; 10 is raised to 40; credited in full, there is no least.
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 90.00, advanced 90.00',
      '2025-02-20 credited CM2: earned -40.00, advanced -40.00',
      '2025-03-10 credited CM3: earned -10.00, advanced -10.00',
      '2025-03-20 credited CM4: earned -40.00, advanced -40.00',
    ]);
  });

  test('R14.1 what is limited is then held and released', () => {
    const given = {
      plan: { ...LIMITED, level: 2 },
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
    };
    // Half of 90.00, and 40% of it
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 90.00, advanced 45.00, held 45.00',
      '2025-02-10 collected P1: released 18.00, held -18.00',
    ]);
  });

  test('R14.1 or earned as cash comes in', () => {
    const given = {
      plan: { ...LIMITED, level: 4 },
      invoices: [invoice('I1', { amount: '100.00' })],
      payments: [payment('P1', 'I1', '2025-02-10', '25.00')],
    };
    // A quarter of the least
    expect(history(given)).toEqual(['2025-02-10 collected P1: earned 10.00, released 10.00']);
  });

  test('R14.1 a re-rated line is limited again', () => {
    const given = {
      plan: { level: 0, rate: table('quarter', 'retroactive'), perInvoice: { most: '60.00' } },
      quotas: [quota('2025-Q1', '1500.00')],
      invoices: [sale('I1', '2025-01-15', '1000.00'), sale('I2', '2025-02-15', '500.00')],
    };
    // 50.00; at 8% it would be 80.00. I2: 40.00.
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 50.00, advanced 50.00',
      '2025-02-15 re-rated I2: earned 10.00, advanced 10.00',
      '2025-02-15 invoiced I2: earned 40.00, advanced 40.00',
    ]);
  });

  test("R14.1 the limits are amounts of the workspace's currency", () => {
    const given = {
      plan: LIMITED,
      fx: [fx('EUR', '2025-01-01', '1.20')],
      invoices: [
        invoice('I1', { amount: '1000.00', currency: 'EUR' }),
        invoice('I2', { amount: '700.00', currency: 'EUR' }),
        invoice('I3', { amount: '100.00', currency: 'EUR' }),
      ],
    };
    // 120.00, 84.00 and 12.00
    expect(earned(given)).toEqual({ I1: '90.00', I2: '84.00', I3: '40.00' });
  });
});
