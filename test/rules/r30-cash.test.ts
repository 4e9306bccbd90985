/** Cash as it is received: tolerances in percent, discounts, and what is paid beyond an invoice (R30). */
import { describe, expect, test } from 'vitest';
import {
  creditMemo,
  exceptionCodes,
  faultsOf,
  history,
  invoice,
  payment,
  postingRows,
  type Row,
  sale,
  standing,
  workspace,
} from '../support/build.js';
import { filesOf, resultOf } from '../support/run.js';

const invoices = [invoice('I1')];

describe('R30.1 a tolerance in percent', () => {
  const plan = { tolerance: '2%' };

  test('R30.1 is a share of what is owed', () => {
    // 2% of 1,000.00 is 20.00.
    const short = (amount: string) =>
      standing({ plan, invoices, payments: [payment('P1', 'I1', '2025-02-10', amount)] });
    expect(short('980.00')).toBe('earned 100.00, released 100.00');
    expect(short('979.99')).toBe('earned 100.00, released 98.00, held 2.00');
  });

  test('R30.1 follows T down with a credit memo', () => {
    // T = 500.00: 2% is 10.00.
    const given = (amount: string) => ({
      plan,
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', amount)],
      creditMemos: [creditMemo('CM1', 'I1', '2025-03-10', '500.00')],
    });
    expect(standing(given('490.00'))).toBe('earned 50.00, released 50.00');
    expect(standing(given('489.00'))).toBe('earned 50.00, released 48.90, held 1.10');
  });

  test('R9.1 above 100% it is a fault', () => {
    expect(faultsOf({ plan: { tolerance: '101%' }, invoices })).toMatchObject([
      { code: 'percent-out-of-range' },
    ]);
  });
});

describe('R30.2 discounts for early payment', () => {
  const payments: Row[] = [{ ...payment('P1', 'I1', '2025-02-10', '980.00'), discount: '20.00' }];

  test('R30.2 collected: cash and discount settle the invoice, and pay in full', () => {
    expect(history({ invoices, payments })).toEqual([
      '2025-01-15 invoiced I1: earned 100.00, held 100.00',
      '2025-02-10 collected P1: released 100.00, held -100.00',
    ]);
  });

  test('R30.2 credited: the discount is a credit memo of the same day, before the payment', () => {
    expect(history({ terms: { discounts: 'credited' }, invoices, payments })).toEqual([
      '2025-01-15 invoiced I1: earned 100.00, held 100.00',
      '2025-02-10 credited P1: earned -2.00, held -2.00',
      '2025-02-10 collected P1: released 98.00, held -98.00',
    ]);
  });

  test('R30.2, R8.4 the control totals are of what was received', () => {
    const { controls } = resultOf(workspace({ invoices, payments }));
    expect(controls.get('payments')?.used.amount).toBe(98_000n);
  });

  test('R30.2 cash on account brings its discount along', () => {
    const onAccount: Row[] = [
      {
        payment_id: 'P1',
        invoice_id: '',
        customer_id: 'C1',
        payment_date: '2025-02-10',
        amount: '980.00',
        discount: '20.00',
      },
    ];
    const given = { invoices, payments: onAccount };
    const apply = (discounts: string) => ({ ...given, terms: { applyCash: 'oldest-due-first', discounts } });
    expect(standing(apply('collected'))).toBe('earned 100.00, released 100.00');
    expect(standing(apply('credited'))).toBe('earned 98.00, released 98.00');
    expect(resultOf(workspace(apply('credited'))).controls.get('payments')?.used.amount).toBe(98_000n);
  });
});

describe('R30.3 cash beyond what is owed', () => {
  const terms = { applyCash: 'oldest-due-first', excessCash: 'on-account' };
  const two = [invoice('I1', { amount: '500.00' }), sale('I2', '2025-04-10', '800.00')];

  test('R30.3 leaves the invoice and is applied to another', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-01', '1000.00'),
      payment('P2', 'I2', '2025-05-02', '300.00'),
    ];
    const given = { terms, invoices: two, payments };
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 50.00, held 50.00',
      '2025-02-01 collected P1: released 50.00, held -50.00',
      '2025-04-10 invoiced I2: earned 80.00, held 80.00',
      '2025-04-10 collected P1: released 50.00, held -50.00',
      '2025-05-02 collected P2: released 30.00, held -30.00',
    ]);
    expect(exceptionCodes(given)).toEqual([]);
  });

  test('R30.3 applied.csv has a row below 0 on the invoice that it leaves', () => {
    const payments = [payment('P1', 'I1', '2025-02-01', '1000.00')];
    const rows = filesOf(resultOf(workspace({ terms, invoices: two, payments })))['applied.csv'] ?? [];
    expect(
      rows.map((row) => [row['source_id'], row['invoice_id'], row['applied_date'], row['applied']]),
    ).toEqual([
      ['P1', 'I1', '2025-02-01', '-500.00'],
      ['P1', 'I2', '2025-04-10', '500.00'],
    ]);
  });

  test('R30.3, R8.4 what no invoice takes stays on account, and the control totals tie out', () => {
    const payments = [payment('P1', 'I1', '2025-02-01', '1000.00')];
    const given = { terms, invoices: [invoice('I1', { amount: '500.00' })], payments };
    const { controls, onAccount } = resultOf(workspace(given));
    expect(onAccount.map(({ sourceId, left }) => [sourceId, left])).toEqual([['P1', 50_000n]]);
    expect(controls.get('payments')?.used.amount).toBe(50_000n);
    expect(controls.get('payments')?.setAside.amount).toBe(50_000n);
    expect(exceptionCodes(given)).toEqual(['unapplied']);
  });

  test('R30.3 a credit memo on a paid invoice frees cash, which does not come back with its reversal', () => {
    const given = {
      terms,
      invoices: two,
      payments: [payment('P1', 'I1', '2025-02-01', '500.00')],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-03-01', '100.00'),
        creditMemo('CM2', 'I1', '2025-06-01', '-100.00'),
      ],
    };
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 50.00, held 50.00',
      '2025-02-01 collected P1: released 50.00, held -50.00',
      '2025-03-01 credited CM1: earned -10.00, released -10.00',
      '2025-04-10 invoiced I2: earned 80.00, held 80.00',
      '2025-04-10 collected P1: released 10.00, held -10.00',
      '2025-06-01 credited CM2: earned 10.00, held 10.00',
    ]);
  });

  test('R30.3 without the key it stays where it was paid', () => {
    const payments = [payment('P1', 'I1', '2025-02-01', '1000.00')];
    expect(exceptionCodes({ invoices: two, payments })).toEqual(['overpaid']);
  });

  test('R30.3 without applyCash it has no effect, which is a fault', () => {
    expect(faultsOf({ terms: { excessCash: 'on-account' }, invoices })).toMatchObject([
      { code: 'unused-key', key: 'excessCash' },
    ]);
  });
});

describe('R30.4 amount and total of different sign', () => {
  test('R30.4 a delivery less a larger deposit awaits no cash, with a notice', () => {
    const given = { invoices: [invoice('I1', { amount: '2000.00', total: '-1000.00' })] };
    expect(standing(given)).toBe('earned 200.00, released 200.00');
    expect(exceptionCodes(given)).toEqual(['sign-mismatch']);
  });

  test('R30.4 so is a total above 0 on an amount below it', () => {
    const given = { invoices: [invoice('I1', { amount: '-200.00', total: '1000.00' })] };
    expect(postingRows(given)).toHaveLength(1);
    expect(exceptionCodes(given)).toEqual(['sign-mismatch']);
  });
});
