/** Every exception: when a row is odd, when it is not, and whether it is set aside or used (R9.2). */
import { describe, expect, test } from 'vitest';
import {
  assignment,
  creditMemo,
  earned,
  exceptionCodes,
  exceptionsOf,
  type Given,
  history,
  invoice,
  payment,
  quarterRow,
  quota,
  quotasOf,
  sale,
  split,
  standing,
  table,
  workspace,
  writeOff,
} from '../support/build.js';
import { resultOf } from '../support/run.js';

const messages = (given: Given) => resultOf(workspace(given)).exceptions.map(({ message }) => message);
const invoices = [invoice('I1')];
const untouched = 'earned 100.00, held 100.00';

test('R9.2 nothing odd, no exception', () => {
  const given = {
    invoices,
    payments: [payment('P1', 'I1', '2025-02-10', '600.00')],
    creditMemos: [creditMemo('CM1', 'I1', '2025-02-11', '100.00')],
    writeOffs: [writeOff('W1', 'I1', '2025-02-12', '300.00')],
  };
  expect(exceptionsOf(given)).toEqual([]);
});

describe('R9.2 unknown-invoice: set aside', () => {
  test('R9.2 a payment of an invoice that is not there', () => {
    const given = { invoices, payments: [payment('P1', 'I2', '2025-02-10', '400.00')] };
    expect(exceptionsOf(given)).toEqual([{ code: 'unknown-invoice', ledger: 'payments', row: 0, id: 'P1' }]);
    expect(messages(given)).toEqual([
      "There is no invoice I2. Set aside: 400.00. Counted in the control totals, not in anyone's pay.",
    ]);
    expect(standing(given)).toBe(untouched);
  });

  test('R9.2 a write-off of an invoice that is not there', () => {
    const given = { invoices, writeOffs: [writeOff('W1', 'I2', '2025-02-10', '400.00')] };
    expect(exceptionsOf(given)).toEqual([{ code: 'unknown-invoice', ledger: 'writeOffs', row: 0, id: 'W1' }]);
    expect(standing(given)).toBe(untouched);
  });

  test('R9.2 a credit memo on an invoice that is not there', () => {
    const given = { invoices, creditMemos: [creditMemo('CM1', 'I2', '2025-02-10', '400.00')] };
    expect(exceptionsOf(given)).toEqual([
      { code: 'unknown-invoice', ledger: 'creditMemos', row: 0, id: 'CM1' },
    ]);
    expect(standing(given)).toBe(untouched);
  });

  test('R9.2 a split of an invoice that is not there', () => {
    const given = { invoices, splits: [split('I2', 'R1', '50%')] };
    expect(exceptionsOf(given)).toMatchObject([{ code: 'unknown-invoice', ledger: 'splits', row: 0 }]);
    expect(standing(given)).toBe(untouched);
  });

  test('R9.2 a reversal of an invoice that is not there', () => {
    const given = { invoices: [...invoices, sale('X1', '2025-02-10', '-400.00', { reverses: 'I2' })] };
    expect(exceptionsOf(given)).toEqual([{ code: 'unknown-invoice', ledger: 'invoices', row: 1, id: 'X1' }]);
    expect(standing(given)).toBe(untouched);
  });

  test('R9.2 a payment later than the as-of date is no exception', () => {
    const payments = [payment('P1', 'I2', '2025-02-10', '400.00')];
    expect(exceptionsOf({ invoices, payments, asOf: '2025-02-09' })).toEqual([]);
  });

  test('R9.2 cash on an invoice that is there but booked later is no exception', () => {
    const payments = [payment('P1', 'I1', '2025-01-10', '400.00')];
    expect(exceptionsOf({ invoices, payments, asOf: '2025-01-14' })).toEqual([]);
  });
});

describe('R9.2 unapplied: set aside', () => {
  test('R9.2 cash of a customer that names no invoice', () => {
    const given = {
      invoices,
      payments: [{ ...payment('P1', ' ', '2025-02-10', '400.00'), customer_id: 'C1' }],
    };
    expect(exceptionsOf(given)).toEqual([{ code: 'unapplied', ledger: 'payments', row: 0, id: 'P1' }]);
    expect(standing(given)).toBe(untouched);
  });

  test('R9.2 cash that names both is applied', () => {
    const given = {
      invoices,
      payments: [{ ...payment('P1', 'I1', '2025-02-10', '400.00'), customer_id: 'C1' }],
    };
    expect(exceptionsOf(given)).toEqual([]);
    expect(standing(given)).toBe('earned 100.00, released 40.00, held 60.00');
  });
});

describe('R9.2 no-plan: the line is set aside', () => {
  test('R9.2 a line whose rep has no plan on the booking date', () => {
    const given = { invoices, assignments: [assignment('R1', 'ae', '2025-01-16')] };
    expect(exceptionsOf(given)).toEqual([{ code: 'no-plan', ledger: 'invoices', row: 0, id: 'I1' }]);
    expect(messages(given)[0]).toContain('R1 has no plan on 2025-01-15, the booking date');
    expect(history(given)).toEqual([]);
  });

  test('R9.2 of a split only the line without a plan is set aside', () => {
    const given = {
      invoices,
      splits: [split('I1', 'R1', '50%'), split('I1', 'R2', '50%')],
      assignments: [assignment('R1', 'ae', '2025-01-01')],
    };
    expect(exceptionsOf(given)).toMatchObject([{ code: 'no-plan' }]);
    expect(earned(given, 'rep_id')).toEqual({ R1: '50.00' });
  });

  test('R9.2 a booking later than the as-of date is no exception', () => {
    const given = { invoices, assignments: [assignment('R2', 'ae', '2025-01-01')], asOf: '2025-01-14' };
    expect(exceptionsOf(given)).toEqual([]);
  });
});

describe('R9.2 overpaid: used', () => {
  test('R9.2 more cash than is owed', () => {
    const given = { invoices, payments: [payment('P1', 'I1', '2025-02-10', '1000.01')] };
    expect(exceptionsOf(given)).toEqual([{ code: 'overpaid', ledger: 'invoices', row: 0, id: 'I1' }]);
    expect(messages(given)[0]).toContain('1,000.01 was received, but only 1,000.00 was owed');
    expect(messages(given)[0]).toContain('; 0.01 earns no commission');
    expect(standing(given)).toBe('earned 100.00, released 100.00');
  });

  test('R9.2 all that is owed is not more', () => {
    expect(exceptionsOf({ invoices, payments: [payment('P1', 'I1', '2025-02-10', '1000.00')] })).toEqual([]);
  });

  test('R9.2 it is judged on the state as of the date: refunded since, it is not overpaid', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-10', '1500.00'),
      payment('P2', 'I1', '2025-03-10', '-500.00'),
    ];
    expect(exceptionCodes({ invoices, payments, asOf: '2025-03-09' })).toEqual(['overpaid']);
    expect(exceptionCodes({ invoices, payments, asOf: '2025-03-10' })).toEqual([]);
  });

  test('R9.2 against what credit memos leave owed', () => {
    const given = {
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', '900.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-11', '200.00')],
    };
    expect(exceptionCodes(given)).toEqual(['overpaid']);
  });

  test('R9.2 once per invoice, however many payments', () => {
    const payments = ['P1', 'P2', 'P3'].map((id) => payment(id, 'I1', '2025-02-10', '1000.00'));
    expect(exceptionCodes({ invoices, payments })).toEqual(['overpaid']);
  });

  test('R9.2 once per invoice, however many lines', () => {
    const given = {
      invoices,
      splits: [split('I1', 'R1', '50%'), split('I1', 'R2', '50%')],
      payments: [payment('P1', 'I1', '2025-02-10', '2000.00')],
    };
    expect(exceptionCodes(given)).toEqual(['overpaid']);
  });

  test('R9.2 what is owed may be a cent', () => {
    const given = {
      invoices: [invoice('I1', { total: '0.01' })],
      payments: [payment('P1', 'I1', '2025-02-10', '0.02')],
    };
    expect(exceptionCodes(given)).toEqual(['overpaid']);
  });

  test('R9.2 cash on an invoice with a total of 0 is not judged', () => {
    const given = {
      invoices: [invoice('I1', { total: '0' })],
      payments: [payment('P1', 'I1', '2025-01-10', '0.02')],
    };
    expect(exceptionCodes(given)).toEqual(['zero-total']);
  });

  test('R9.2 cash on an invoice without anything to collect is not judged', () => {
    const given = {
      invoices: [invoice('I1', { amount: '-1000.00' })],
      payments: [payment('P1', 'I1', '2025-02-10', '500.00')],
    };
    expect(exceptionsOf(given)).toEqual([]);
  });
});

describe('R9.2 over-written-off: used', () => {
  test('R9.2 more written off than is owed', () => {
    const given = { invoices, writeOffs: [writeOff('W1', 'I1', '2025-02-10', '1000.01')] };
    expect(exceptionsOf(given)).toEqual([{ code: 'over-written-off', ledger: 'invoices', row: 0, id: 'I1' }]);
    expect(standing(given)).toBe('earned 100.00, forfeited 100.00');
  });

  test('R9.2 all that is owed is not more', () => {
    expect(exceptionsOf({ invoices, writeOffs: [writeOff('W1', 'I1', '2025-02-10', '1000.00')] })).toEqual(
      [],
    );
  });

  test('R9.2 against what credit memos leave owed', () => {
    const given = {
      invoices,
      writeOffs: [writeOff('W1', 'I1', '2025-02-10', '900.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-11', '200.00')],
    };
    expect(exceptionCodes(given)).toEqual(['over-written-off']);
  });

  test('R9.2 a recovery after a write-off in full is odd in no way', () => {
    const given = {
      invoices,
      writeOffs: [writeOff('W1', 'I1', '2025-02-10', '1000.00')],
      payments: [payment('P1', 'I1', '2025-03-10', '1000.00')],
    };
    expect(exceptionsOf(given)).toEqual([]);
  });
});

describe('R9.2 over-credited: used up to the total', () => {
  test('R9.2 more credited than the total', () => {
    const given = { invoices, creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '1000.01')] };
    expect(exceptionsOf(given)).toEqual([{ code: 'over-credited', ledger: 'invoices', row: 0, id: 'I1' }]);
    expect(standing(given)).toBe('');
  });

  test('R9.2 all of the total is not more', () => {
    expect(
      exceptionsOf({ invoices, creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '1000.00')] }),
    ).toEqual([]);
  });

  test('R9.2 judged on the sum as of the date', () => {
    const creditMemos = [
      creditMemo('CM1', 'I1', '2025-02-10', '1500.00'),
      creditMemo('CM2', 'I1', '2025-02-11', '-600.00'),
    ];
    expect(exceptionCodes({ invoices, creditMemos, asOf: '2025-02-10' })).toEqual(['over-credited']);
    expect(exceptionCodes({ invoices, creditMemos, asOf: '2025-02-11' })).toEqual([]);
  });

  test('R9.2 reversing invoices count with the memos', () => {
    const given = { invoices: [...invoices, sale('X1', '2025-02-10', '-1000.01', { reverses: 'I1' })] };
    expect(exceptionCodes(given)).toEqual(['over-credited']);
  });

  test('R5.1 a memo on an invoice without anything to collect is set aside, with its own row', () => {
    const given = {
      invoices: [invoice('I1', { amount: '-1000.00' })],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '100.00')],
    };
    expect(exceptionsOf(given)).toEqual([
      { code: 'over-credited', ledger: 'creditMemos', row: 0, id: 'CM1' },
    ]);
    expect(standing(given)).toBe('earned -100.00, released -100.00');
  });

  test('R5.1 so is a reversing invoice on such an invoice', () => {
    const given = {
      invoices: [
        invoice('I1', { amount: '-1000.00' }),
        sale('X1', '2025-02-10', '-100.00', { reverses: 'I1' }),
      ],
    };
    expect(exceptionsOf(given)).toEqual([{ code: 'over-credited', ledger: 'invoices', row: 1, id: 'X1' }]);
    expect(standing(given)).toBe('earned -100.00, released -100.00');
  });
});

describe('R9.2 refunds and reversals beyond what they reverse: used', () => {
  test('R9.2 refund-exceeds-payments', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-10', '300.00'),
      payment('P2', 'I1', '2025-02-11', '-300.01'),
    ];
    expect(exceptionsOf({ invoices, payments })).toEqual([
      { code: 'refund-exceeds-payments', ledger: 'invoices', row: 0, id: 'I1' },
    ]);
    expect(standing({ invoices, payments })).toBe(untouched);
  });

  test('R9.2 a refund of all that was paid is no exception', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-10', '300.00'),
      payment('P2', 'I1', '2025-02-11', '-300.00'),
    ];
    expect(exceptionsOf({ invoices, payments })).toEqual([]);
  });

  test('R9.2 a refund before its payment is no exception once both are in', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-10', '-300.00'),
      payment('P2', 'I1', '2025-02-11', '300.00'),
    ];
    expect(exceptionCodes({ invoices, payments, asOf: '2025-02-10' })).toEqual(['refund-exceeds-payments']);
    expect(exceptionCodes({ invoices, payments })).toEqual([]);
  });

  test('R9.2 write-off-reversal-exceeds-write-offs', () => {
    const writeOffs = [
      writeOff('W1', 'I1', '2025-02-10', '300.00'),
      writeOff('W2', 'I1', '2025-02-11', '-300.01'),
    ];
    expect(exceptionsOf({ invoices, writeOffs })).toEqual([
      { code: 'write-off-reversal-exceeds-write-offs', ledger: 'invoices', row: 0, id: 'I1' },
    ]);
    expect(standing({ invoices, writeOffs })).toBe(untouched);
  });

  test('R9.2 the reversal of a whole write-off is no exception', () => {
    const writeOffs = [
      writeOff('W1', 'I1', '2025-02-10', '300.00'),
      writeOff('W2', 'I1', '2025-02-11', '-300.00'),
    ];
    expect(exceptionsOf({ invoices, writeOffs })).toEqual([]);
  });

  test('R9.2 credit-reversal-exceeds-credits', () => {
    const creditMemos = [
      creditMemo('CM1', 'I1', '2025-02-10', '300.00'),
      creditMemo('CM2', 'I1', '2025-02-11', '-300.01'),
    ];
    expect(exceptionsOf({ invoices, creditMemos })).toEqual([
      { code: 'credit-reversal-exceeds-credits', ledger: 'invoices', row: 0, id: 'I1' },
    ]);
    expect(standing({ invoices, creditMemos })).toBe(untouched);
  });

  test('R9.2 the reversal of a whole memo is no exception', () => {
    const creditMemos = [
      creditMemo('CM1', 'I1', '2025-02-10', '300.00'),
      creditMemo('CM2', 'I1', '2025-02-11', '-300.00'),
    ];
    expect(exceptionsOf({ invoices, creditMemos })).toEqual([]);
  });
});

describe('R9.2 dates in an odd order: used', () => {
  test('R9.2 booked-after-invoiced', () => {
    const given = { invoices: [invoice('I1', { booking_date: '2025-01-16' })] };
    expect(exceptionsOf(given)).toEqual([
      { code: 'booked-after-invoiced', ledger: 'invoices', row: 0, id: 'I1' },
    ]);
    expect(history(given)).toEqual(['2025-01-16 invoiced I1: earned 100.00, held 100.00']);
  });

  test('R9.2 booked on the day it was invoiced is no exception', () => {
    expect(exceptionsOf({ invoices: [invoice('I1', { booking_date: '2025-01-15' })] })).toEqual([]);
  });

  test('R9.2 cash-before-booking', () => {
    const given = { invoices, payments: [payment('P1', 'I1', '2025-01-14', '400.00')] };
    expect(exceptionsOf(given)).toEqual([
      { code: 'cash-before-booking', ledger: 'invoices', row: 0, id: 'I1' },
    ]);
    expect(standing(given)).toBe('earned 100.00, released 40.00, held 60.00');
  });

  test('R9.2 cash on the booking date, or between booking and invoice, is no exception', () => {
    const given = {
      invoices: [invoice('I1', { booking_date: '2025-01-10' })],
      payments: [payment('P1', 'I1', '2025-01-10', '100.00'), payment('P2', 'I1', '2025-01-12', '100.00')],
    };
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R9.2 due-before-invoiced', () => {
    const given = { invoices: [invoice('I1', { due_date: '2025-01-14' })] };
    expect(exceptionsOf(given)).toEqual([
      { code: 'due-before-invoiced', ledger: 'invoices', row: 0, id: 'I1' },
    ]);
    expect(standing(given)).toBe(untouched);
  });

  test('R9.2 write-off-before-invoice', () => {
    const writeOffs = [
      writeOff('WO1', 'I1', '2025-01-14', '400.00'),
      writeOff('WO2', 'I1', '2025-01-10', '100.00'),
    ];
    expect(exceptionsOf({ invoices, writeOffs })).toEqual([
      { code: 'write-off-before-invoice', ledger: 'invoices', row: 0, id: 'I1' },
    ]);
    // 500.00 of 1,000.00 is written off: half of the commission is forfeited.
    expect(standing({ invoices, writeOffs })).toBe('earned 100.00, held 50.00, forfeited 50.00');
  });

  test('R9.2 credit-before-invoice', () => {
    const creditMemos = [creditMemo('CM1', 'I1', '2025-01-14', '400.00')];
    expect(exceptionsOf({ invoices, creditMemos })).toEqual([
      { code: 'credit-before-invoice', ledger: 'invoices', row: 0, id: 'I1' },
    ]);
    expect(standing({ invoices, creditMemos })).toBe('earned 60.00, held 60.00');
  });

  test('R9.2 written off or credited on the day of the invoice is no exception', () => {
    const given = {
      invoices,
      writeOffs: [writeOff('WO1', 'I1', '2025-01-15', '100.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-01-15', '100.00')],
    };
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R9.2 due on receipt is no exception', () => {
    expect(exceptionsOf({ invoices: [invoice('I1', { due_date: '2025-01-15' })] })).toEqual([]);
  });

  test('R9.2 dates of an invoice without anything to collect are not judged', () => {
    const cells = { amount: '-100.00', booking_date: '2025-01-16', due_date: '2025-01-01' };
    expect(exceptionsOf({ invoices: [invoice('I1', cells)] })).toEqual([]);
  });
});

describe('R9.2 zero-total: used', () => {
  test('R9.2 an amount without anything to collect', () => {
    const given = { invoices: [invoice('I1', { total: '0.00' })] };
    expect(exceptionsOf(given)).toEqual([{ code: 'zero-total', ledger: 'invoices', row: 0, id: 'I1' }]);
    expect(standing(given)).toBe('earned 100.00, released 100.00');
  });

  test('R9.2 nothing to collect and no amount is no exception', () => {
    expect(exceptionsOf({ invoices: [invoice('I1', { amount: '0.00' })] })).toEqual([]);
  });

  test('R9.2 tax without an amount is no exception', () => {
    expect(exceptionsOf({ invoices: [invoice('I1', { amount: '0.00', total: '20.00' })] })).toEqual([]);
  });
});

describe('R9.2 split-under-100: used', () => {
  test('R9.2 shares that add up to less than the whole', () => {
    const given = { invoices, splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '39.99%')] };
    expect(exceptionsOf(given)).toMatchObject([{ code: 'split-under-100', id: 'I1' }]);
    expect(messages(given)[0]).toContain('99.99%');
    expect(earned(given, 'rep_id')).toEqual({ R1: '60.00', R2: '39.99' });
  });

  test('R9.2 shares that add up to the whole, or to more, are no exception', () => {
    expect(exceptionsOf({ invoices, splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '0.4')] })).toEqual(
      [],
    );
    expect(exceptionsOf({ invoices, splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '60%')] })).toEqual(
      [],
    );
  });

  test('R9.2 an invoice booked later than the as-of date is not judged', () => {
    const given = { invoices, splits: [split('I1', 'R1', '60%')], asOf: '2025-01-14' };
    expect(exceptionsOf(given)).toEqual([]);
  });
});

describe('R9.2 missing-quota: used', () => {
  const plan = { level: 0, rate: table('year-to-date') };

  test('R9.2 a quarter of the window without a quota row', () => {
    const given = {
      plan,
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [sale('I1', '2025-07-10', '100.00')],
    };
    // The third quarter's window lacks the second and the third.
    expect(exceptionsOf({ ...given, asOf: '2025-09-30' })).toMatchObject([
      { code: 'missing-quota', ledger: 'quotas', row: undefined },
      { code: 'missing-quota', ledger: 'quotas', row: undefined },
    ]);
    expect(messages({ ...given, asOf: '2025-09-30' }).map((text) => text.slice(0, 28))).toEqual([
      'R1 has no quota for 2025-Q2.',
      'R1 has no quota for 2025-Q3.',
    ]);
    expect(earned(given)).toEqual({ I1: '5.00' });
  });

  test('R9.2 once for each quarter, however many bookings', () => {
    const given = {
      plan,
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: ['I1', 'I2', 'I3'].map((id) => sale(id, '2025-04-10', '100.00')),
      asOf: '2025-06-30',
    };
    expect(exceptionCodes(given)).toEqual(['missing-quota']);
  });

  test('R9.2 with all quotas there is none', () => {
    const given = { plan, quotas: quotasOf(2025, '1000.00'), invoices: [sale('I1', '2025-04-10', '100.00')] };
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R9.2 a window of the quarter needs no other quarter', () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      quotas: [quota('2025-Q2', '1000.00')],
      invoices: [sale('I1', '2025-04-10', '100.00')],
    };
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R9.2 a flat rate and a table of amounts miss no quota', () => {
    expect(exceptionsOf({ invoices })).toEqual([]);
    const rate = {
      table: [
        { fromAmount: '0', rate: '5%' },
        { fromAmount: '10', rate: '8%' },
      ],
    };
    expect(exceptionsOf({ plan: { level: 0, rate }, invoices })).toEqual([]);
  });
});

describe('R9.2 zero-quota: used', () => {
  test('R9.2 a window whose quota is 0', () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      quotas: [quota('2025-Q1', '0.00')],
      invoices,
      asOf: '2025-03-31',
    };
    expect(exceptionsOf(given)).toMatchObject([{ code: 'zero-quota', ledger: 'quotas' }]);
    expect(messages(given)[0]).toContain('the top rate (8%)');
    expect(earned(given)).toEqual({ I1: '80.00' });
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ quota: '0.00', attainment: '' });
  });

  test('R9.2 once for a window, however many bookings', () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      quotas: [quota('2025-Q1', '0.00')],
      invoices: ['I1', 'I2'].map((id) => invoice(id)),
      asOf: '2025-03-31',
    };
    expect(exceptionCodes(given)).toEqual(['zero-quota']);
  });

  test('R9.2 a window with several rows, all of 0, names none of them', () => {
    const given = {
      plan: { level: 0, rate: table('year-to-date') },
      quotas: [quota('2025-Q1', '0.00'), quota('2025-Q2', '0.00')],
      invoices: [sale('I1', '2025-04-10', '100.00')],
      asOf: '2025-06-30',
    };
    expect(exceptionsOf(given)).toEqual([{ code: 'zero-quota', ledger: 'quotas', row: undefined, id: 'R1' }]);
    expect(earned(given)).toEqual({ I1: '8.00' });
  });

  test('R9.2 a quota of 0 in a window that has another is no exception', () => {
    const given = {
      plan: { level: 0, rate: table('year-to-date') },
      quotas: [quota('2025-Q1', '1000.00'), quota('2025-Q2', '0.00')],
      invoices: [sale('I1', '2025-04-10', '100.00')],
      asOf: '2025-06-30',
    };
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R9.2 a quota of 0 that no rate looks at is no exception', () => {
    expect(exceptionsOf({ invoices, quotas: [quota('2025-Q1', '0.00')], asOf: '2025-03-31' })).toEqual([]);
  });
});

describe('R3.1 cost-above-amount: a gross profit that counts as 0', () => {
  const profit = { level: 0, basis: 'gross-profit', rate: '10%' };
  const given = (
    more: Readonly<Record<string, string>>,
    plan: NonNullable<Given['plan']> = profit,
  ): Given => ({
    plan,
    invoices: [invoice('I1', more)],
  });

  test('R9.2 a cost above the amount, with both signs, where a plan looks at gross profit', () => {
    expect(exceptionsOf(given({ amount: '1000.00', cost: '1000.01' }))).toEqual([
      { code: 'cost-above-amount', ledger: 'invoices', row: 0, id: 'I1' },
    ]);
    expect(messages(given({ amount: '1000.00', cost: '1200.00' }))).toEqual([
      'The cost of 1,200.00 is more than the amount of 1,000.00: the gross profit counts as 0. Used: it earns nothing and reduces nothing else. Is the cost right?',
    ]);
    expect(exceptionCodes(given({ amount: '-1000.00', cost: '-1200.00' }))).toEqual(['cost-above-amount']);
  });

  test('R9.2 not where gross profit is 0 or more, nor where no plan looks at it', () => {
    expect(exceptionCodes(given({ amount: '1000.00', cost: '1000.00' }))).toEqual([]);
    expect(exceptionCodes(given({ amount: '-1000.00', cost: '-600.00' }))).toEqual([]);
    expect(exceptionCodes(given({ amount: '1000.00', cost: '1200.00' }, { level: 0, rate: '10%' }))).toEqual(
      [],
    );
  });
});
