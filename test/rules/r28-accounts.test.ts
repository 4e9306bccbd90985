/** The rules of accounts: who is paid for a customer's cash, and when that passes to another (R28). */
import { describe, expect, test } from 'vitest';
import {
  account,
  assignment,
  attainmentOf,
  creditMemo,
  exceptionsOf,
  faultCodes,
  type Given,
  invoice,
  payment,
  postingRows,
  type Row,
  split,
} from '../support/build.js';

const CASH = { id: 'cash', credit: 'cash', level: undefined, rate: '1%' };

/** What each posting of cash earns: `2025-03-10 V P1 4.00`. */
const cashOf = (given: Given): string[] =>
  postingRows({ plan: CASH, ...given }, { credit: 'cash' }).map((row) =>
    [row['date'], row['rep_id'], row['source_id'], row['earned']].join(' '),
  );

/** V looks after C1 up to the end of April, and Y from then on. */
const accounts = [account('C1', 'V', '2025-01-01', '2025-04-30'), account('C1', 'Y', '2025-05-01')];
const invoices = [invoice('I1')];

describe('R28.1 accounts', () => {
  test("R28.1 cash is that of those who have the customer's account on its date, not of the invoice's reps", () => {
    const payments = [
      payment('P1', 'I1', '2025-04-30', '400.00'),
      payment('P2', 'I1', '2025-05-01', '600.00'),
    ];
    expect(cashOf({ accounts, invoices, payments })).toEqual([
      '2025-04-30 V P1 4.00',
      '2025-05-01 Y P2 6.00',
    ]);
  });

  test('R28.1 with their shares, all of it where none is given', () => {
    const shared = [
      account('C1', 'Y', '2025-01-01', undefined, { share: '70%' }),
      account('C1', 'V', '2025-01-01', undefined, { share: '0.5' }),
      account('C1', 'W', '2025-01-01'),
    ];
    // The splits of the sale say nothing here.
    const given = {
      accounts: shared,
      invoices,
      splits: [split('I1', 'R1', '60%'), split('I1', 'V', '40%')],
      payments: [payment('P1', 'I1', '2025-03-10', '1000.00')],
    };
    expect(cashOf(given)).toEqual(['2025-03-10 V P1 5.00', '2025-03-10 W P1 10.00', '2025-03-10 Y P1 7.00']);
  });

  test('R28.1 cash of a customer without an account that day credits nobody', () => {
    const given = {
      accounts: [account('C1', 'V', '2025-01-01', '2025-02-28'), account('C2', 'Y', '2025-01-01')],
      invoices,
      payments: [payment('P1', 'I1', '2025-03-01', '1000.00')],
    };
    expect(cashOf(given)).toEqual([]);
    expect(exceptionsOf(given)).toEqual([]);
  });

  test("R28.1 where the ledger is there, even empty, it takes the place of the invoice's own credits", () => {
    const payments = [payment('P1', 'I1', '2025-03-10', '1000.00')];
    expect(cashOf({ invoices, payments })).toEqual(['2025-03-10 R1 P1 10.00']);
    expect(cashOf({ accounts: [], invoices, payments })).toEqual([]);
  });

  test('R28.1 rows of one customer and rep that overlap are a fault', () => {
    const twice = [...accounts, account('C1', 'V', '2025-04-30')];
    expect(faultCodes({ plan: CASH, accounts: twice, invoices })).toEqual(['overlapping-rows']);
    const again = [...accounts, account('C1', 'V', '2025-06-01'), account('C2', 'V', '2025-01-01')];
    expect(exceptionsOf({ plan: CASH, accounts: again, invoices })).toEqual([]);
  });

  test.each(['0%', '100.1%'])('R28.1 a share of %s is a fault', (share) => {
    const given = {
      plan: CASH,
      accounts: [account('C1', 'V', '2025-01-01', undefined, { share })],
      invoices,
    };
    expect(faultCodes(given)).toEqual(['share-out-of-range']);
  });

  test('R28.1 whoever has the account needs a cash plan that day', () => {
    const given = {
      plans: [CASH],
      assignments: [assignment('V', 'cash', '2025-03-01', '2025-03-31')],
      accounts,
      invoices,
      payments: ['2025-02-28', '2025-03-01', '2025-04-01'].map((date, at) =>
        payment(`P${at + 1}`, 'I1', date, '100.00'),
      ),
    };
    expect(cashOf(given)).toEqual(['2025-03-01 V P2 1.00']);
  });

  test('R28.1 a collector is paid whoever has the account', () => {
    const given: Given = {
      plan: { ...CASH, of: 'collector' },
      accounts,
      invoices,
      payments: [{ ...payment('P1', 'I1', '2025-03-10', '400.00'), collector_id: 'K' }],
    };
    expect(cashOf(given)).toEqual(['2025-03-10 K P1 4.00']);
  });

  describe('R28.1 a collected parcel stays with whom it was credited to', () => {
    const payments = [
      payment('P1', 'I1', '2025-03-10', '400.00'),
      payment('P2', 'I1', '2025-05-10', '300.00'),
      payment('P3', 'I1', '2025-06-10', '-500.00'),
    ];

    test('R28.1 a refund is taken from each, from the top', () => {
      // All of the successor's 300, and 200 of the 400 from before.
      expect(cashOf({ accounts, invoices, payments })).toEqual([
        '2025-03-10 V P1 4.00',
        '2025-05-10 Y P2 3.00',
        '2025-06-10 V P3 -2.00',
        '2025-06-10 Y P3 -3.00',
      ]);
      const given = { plan: CASH, accounts, invoices, payments, asOf: '2025-06-30' };
      expect(attainmentOf(given, '2025-Q2', 'V', 'cash')).toContain('cash: -200.00');
      expect(attainmentOf(given, '2025-Q2', 'Y', 'cash')).toContain('cash: 0.00');
    });

    test('R28.1 what comes again is that of the account on its day', () => {
      const again = [...payments, payment('P4', 'I1', '2025-07-10', '500.00')];
      expect(cashOf({ accounts, invoices, payments: again }).at(-1)).toBe('2025-07-10 Y P4 5.00');
    });

    test('R28.1 so is what a reversed credit memo puts back', () => {
      const given = {
        accounts,
        invoices,
        payments: [payment('P1', 'I1', '2025-03-10', '1000.00')],
        creditMemos: [
          creditMemo('CM1', 'I1', '2025-04-10', '300.00'),
          creditMemo('CM2', 'I1', '2025-05-10', '-300.00'),
        ],
      };
      expect(cashOf(given)).toEqual([
        '2025-03-10 V P1 10.00',
        '2025-04-10 V CM1 -3.00',
        '2025-05-10 Y CM2 3.00',
      ]);
    });
  });

  test('R28.1 cash from before the booking is that of the account on the booking date', () => {
    const given = {
      accounts,
      invoices: [invoice('I1', { booking_date: '2025-05-01', invoice_date: '2025-05-01' })],
      payments: [payment('P1', 'I1', '2025-04-10', '400.00')],
    };
    expect(cashOf(given)).toEqual(['2025-05-01 Y P1 4.00']);
  });

  test('R28.1 own sales are credited as ever', () => {
    const given: Given = {
      plans: [{ level: 0 }, CASH],
      accounts,
      invoices,
      payments: [payment('P1', 'I1', '2025-03-10', '400.00')],
    };
    const row = ({ rep_id, credit, earned }: Row) => [rep_id, credit, earned].join(' ');
    expect(postingRows(given).map(row)).toEqual(['R1 own 100.00', 'V cash 4.00']);
  });
});
