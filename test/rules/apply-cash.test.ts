/** applyCash: rows that name a customer but no invoice (R2.1) applied to the customer's invoices, oldest due date first. */
import { describe, expect, test } from 'vitest';
import { calculate } from '../../src/engine/calculate.js';
import { exceptionsTable } from '../../src/ledgers/tables.js';
import {
  assignment,
  at,
  creditMemo,
  exceptionCodes,
  exceptionsOf,
  faultsOf,
  type Given,
  history,
  key,
  payment,
  type Row,
  sale,
  split,
  standing,
  workspace,
  writeOff,
} from '../support/build.js';
import { filesOf, inputsOf, resultOf } from '../support/run.js';

const RULE = { applyCash: 'oldest-due-first' };

/** A row of C1's, unless it says otherwise, that names no invoice. */
function onAccount(row: Row, customer = 'C1'): Row {
  return { ...row, invoice_id: '', customer_id: customer };
}

function paid(id: string, date: string, amount: string, customer?: string): Row {
  return onAccount(payment(id, '', date, amount), customer);
}

/** The rows of applied.csv in words. */
function applied(given: Given): string[] {
  const rows = filesOf(resultOf(workspace({ ...given, terms: { ...RULE, ...given.terms } })))['applied.csv'];
  return (rows ?? []).map((row) => {
    const { source_id, amount, invoice_id, applied_date, open_before, applied, open_after, left } = row;
    if (left !== '') return `${source_id}: ${left} of ${amount} left`;
    if (invoice_id === '') return `${applied_date} ${source_id}: ${applied} taken back`;
    return `${applied_date} ${source_id} to ${invoice_id}: ${applied} of ${open_before}, ${open_after} open`;
  });
}

/** The workspace with the rule. */
function ruled(given: Given): Given {
  return { ...given, terms: { ...RULE, ...given.terms } };
}

/** Three invoices of C1's, due on 9, 14 and 19 February. */
const three = [
  sale('I1', '2025-01-10', '300.00', { due_date: '2025-02-09' }),
  sale('I2', '2025-01-15', '400.00', { due_date: '2025-02-14' }),
  sale('I3', '2025-01-20', '500.00', { due_date: '2025-02-19' }),
];

describe('applyCash: none', () => {
  const given: Given = { invoices: three, payments: [paid('P1', '2025-02-20', '1000.00')] };

  test.each([[{}], [{ applyCash: 'none' }]])('R9.2 what names no invoice is set aside: %j', (terms) => {
    const result = resultOf(workspace({ ...given, terms }));
    expect(result.exceptions.map(({ code, id, message }) => `${code} ${id}: ${message}`)).toEqual([
      "unapplied P1: 1,000.00 names a customer but no invoice. Set aside: counted in the control totals, not in anyone's pay.",
    ]);
    expect([result.applied, result.onAccount]).toEqual([[], []]);
    expect(Object.keys(filesOf(result))).not.toContain('applied.csv');
    expect(standing({ ...given, terms })).toBe('earned 120.00, held 120.00');
  });

  test('R9.1 another rule is a fault', () => {
    expect(faultsOf({ ...given, terms: { applyCash: 'newest-first' } })).toMatchObject([
      { code: 'wrong-value', place: key('applyCash') },
    ]);
  });
});

describe('applyCash: oldest due date first', () => {
  test('one payment of 1,000.00 pays 300 and 400 in full and 300 of 500', () => {
    const given = { invoices: three, payments: [paid('P1', '2025-02-20', '1000.00')] };
    expect(applied(given)).toEqual([
      '2025-02-20 P1 to I1: 300.00 of 300.00, 0.00 open',
      '2025-02-20 P1 to I2: 400.00 of 400.00, 0.00 open',
      '2025-02-20 P1 to I3: 300.00 of 500.00, 200.00 open',
    ]);
    // Each is an event of the line like a row that names it (R6.2).
    expect(history(ruled(given), { date: '2025-02-20' })).toEqual([
      '2025-02-20 collected P1: released 30.00, held -30.00',
      '2025-02-20 collected P1: released 40.00, held -40.00',
      '2025-02-20 collected P1: released 30.00, held -30.00',
    ]);
    expect(exceptionCodes(ruled(given))).toEqual([]);
  });

  test('R15.3 cash on account goes to invoices of its currency only; without one, of the workspace', () => {
    const given = {
      invoices: [
        sale('I1', '2025-01-10', '300.00', { due_date: '2025-02-09', currency: 'GBP' }),
        sale('I2', '2025-01-15', '400.00', { due_date: '2025-02-14' }),
      ],
      payments: [
        paid('P1', '2025-02-20', '500.00'),
        { ...paid('P2', '2025-02-21', '100.00'), currency: 'GBP' },
        { ...paid('P3', '2025-02-22', '50.00'), currency: 'AUD' },
      ],
      fx: [{ currency: 'GBP', date: '2025-01-01', rate: '1.25' }],
    };
    expect(applied(given)).toEqual([
      '2025-02-20 P1 to I2: 400.00 of 400.00, 0.00 open',
      '2025-02-21 P2 to I1: 100.00 of 300.00, 200.00 open',
      'P1: 100.00 of 500.00 left',
      'P3: 50.00 of 50.00 left',
    ]);
  });

  test('R26.3 a memo for a rep who is not credited lowers nothing that is open', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '300.00', { due_date: '2025-02-09' })],
      creditMemos: [{ ...creditMemo('M1', 'I1', '2025-02-01', '200.00'), rep_id: 'R9' }],
      payments: [paid('P1', '2025-02-20', '500.00')],
    };
    expect(applied(given)).toEqual([
      '2025-02-20 P1 to I1: 300.00 of 300.00, 0.00 open',
      'P1: 200.00 of 500.00 left',
    ]);
  });

  test('the columns of applied.csv, in exact amounts: amount = Σ applied + left', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '300.0050', { due_date: '2025-02-09' })],
      payments: [paid('P1', '2025-02-20', '1000.5')],
    };
    expect(filesOf(resultOf(workspace(ruled(given))))['applied.csv']).toEqual([
      {
        ledger: 'payments',
        source_id: 'P1',
        customer_id: 'C1',
        date: '2025-02-20',
        amount: '1000.50',
        invoice_id: 'I1',
        due_date: '2025-02-09',
        applied_date: '2025-02-20',
        open_before: '300.005',
        applied: '300.005',
        open_after: '0.00',
        left: '',
      },
      {
        ledger: 'payments',
        source_id: 'P1',
        customer_id: 'C1',
        date: '2025-02-20',
        amount: '1000.50',
        invoice_id: '',
        due_date: '',
        applied_date: '',
        open_before: '',
        applied: '',
        open_after: '',
        left: '700.495',
      },
    ]);
  });

  test('of one due date the lower invoice id comes first, by code unit', () => {
    const due = { due_date: '2025-03-01' };
    const invoices = [sale('a', '2025-01-10', '10.00', due), sale('B', '2025-01-11', '10.00', due)];
    expect(applied({ invoices, payments: [paid('P1', '2025-02-20', '15.00')] })).toEqual([
      '2025-02-20 P1 to B: 10.00 of 10.00, 0.00 open',
      '2025-02-20 P1 to a: 5.00 of 10.00, 5.00 open',
    ]);
  });

  test('an invoice without a due date stands at its invoice date', () => {
    const invoices = [
      sale('I1', '2025-01-10', '10.00', { due_date: '2025-01-21' }),
      sale('I2', '2025-01-20', '10.00'),
      sale('I3', '2025-01-05', '10.00', { due_date: '2025-01-19' }),
    ];
    expect(applied({ invoices, payments: [paid('P1', '2025-02-20', '30.00')] })).toEqual([
      '2025-02-20 P1 to I3: 10.00 of 10.00, 0.00 open',
      '2025-02-20 P1 to I2: 10.00 of 10.00, 0.00 open',
      '2025-02-20 P1 to I1: 10.00 of 10.00, 0.00 open',
    ]);
  });

  test('many invoices are taken in order, whatever the order of rows', () => {
    // 40 invoices of 10.00, due on 40 days; the rows come in steps of 7.
    const days = Array.from({ length: 40 }, (_, index) => (index * 7) % 40);
    const name = (day: number) => `I${String(day).padStart(2, '0')}`;
    const dueOn = (day: number) => (day < 31 ? `2025-03-${day + 1}` : `2025-04-${day - 30}`);
    const iso = (day: number) => dueOn(day).replace(/-(\d)$/, '-0$1');
    const invoices = days.map((day) => sale(name(day), '2025-01-10', '10.00', { due_date: iso(day) }));
    const lines = applied({ invoices, payments: [paid('P1', '2025-02-01', '400.00')] });
    expect(lines.map((line) => line.split(' ')[3])).toEqual(
      Array.from({ length: 40 }, (_, day) => `${name(day)}:`),
    );
  });

  test('customers are kept apart, by code unit', () => {
    const invoices = [
      sale('I1', '2025-01-10', '10.00', { customer_id: 'c1' }),
      sale('I2', '2025-01-11', '10.00', { customer_id: 'C1' }),
    ];
    const payments = [paid('P1', '2025-02-20', '10.00', ' C1 '), paid('P2', '2025-02-20', '1.00', 'C2')];
    expect(applied({ invoices, payments })).toEqual([
      '2025-02-20 P1 to I2: 10.00 of 10.00, 0.00 open',
      'P2: 1.00 of 1.00 left',
    ]);
  });

  test('a sale below zero or of nothing is not open', () => {
    const invoices = [sale('I1', '2025-01-10', '-10.00'), sale('I2', '2025-01-11', '10.00', { total: '0' })];
    expect(applied({ invoices, payments: [paid('P1', '2025-02-20', '5.00')] })).toEqual([
      'P1: 5.00 of 5.00 left',
    ]);
  });
});

describe('applyCash: day by day', () => {
  test('what finds nothing open waits for the customer’s later invoices', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '300.00'), sale('I2', '2025-03-10', '400.00')],
      payments: [paid('P1', '2025-02-20', '600.00')],
    };
    expect(applied(given)).toEqual([
      '2025-02-20 P1 to I1: 300.00 of 300.00, 0.00 open',
      '2025-03-10 P1 to I2: 300.00 of 400.00, 100.00 open',
    ]);
    expect(history(ruled(given), { invoice_id: 'I2' })).toEqual([
      '2025-03-10 invoiced I2: earned 40.00, held 40.00',
      '2025-03-10 collected P1: released 30.00, held -30.00',
    ]);
  });

  test('R10.9 as of an earlier day only what was applied by then is', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '300.00'), sale('I2', '2025-03-10', '400.00')],
      payments: [paid('P1', '2025-02-20', '600.00')],
    };
    expect(applied({ ...given, asOf: '2025-03-09' })).toEqual([
      '2025-02-20 P1 to I1: 300.00 of 300.00, 0.00 open',
      'P1: 300.00 of 600.00 left',
    ]);
    expect(applied({ ...given, asOf: '2025-02-19' })).toEqual([]);
    expect(exceptionCodes(ruled({ ...given, asOf: '2025-02-19' }))).toEqual([]);
  });

  test('an invoice that is due earlier but dated later does not undo what was applied', () => {
    const invoices = [
      sale('I1', '2025-01-10', '100.00', { due_date: '2025-06-01' }),
      sale('I2', '2025-02-01', '100.00', { due_date: '2025-02-02' }),
    ];
    expect(applied({ invoices, payments: [paid('P1', '2025-01-20', '150.00')] })).toEqual([
      '2025-01-20 P1 to I1: 100.00 of 100.00, 0.00 open',
      '2025-02-01 P1 to I2: 50.00 of 100.00, 50.00 open',
    ]);
  });

  test('rows of the day that name the invoice come first: credit memos, payments, refunds, write-offs', () => {
    const day = '2025-02-20';
    const given = {
      invoices: [sale('I1', '2025-01-10', '1000.00')],
      // 1,000 − 100 − (500 − 50) − 200 = 250
      creditMemos: [creditMemo('M1', 'I1', day, '100.00')],
      payments: [
        paid('P0', day, '400.00'),
        payment('P1', 'I1', day, '500.00'),
        payment('P2', 'I1', day, '-50.00'),
      ],
      writeOffs: [writeOff('W1', 'I1', day, '200.00')],
    };
    expect(applied(given)).toEqual([
      '2025-02-20 P0 to I1: 250.00 of 250.00, 0.00 open',
      'P0: 150.00 of 400.00 left',
    ]);
  });

  test('cash that names an invoice before its date counts from that date on', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '1000.00')],
      payments: [payment('P1', 'I1', '2025-01-05', '900.00'), paid('P2', '2025-01-06', '900.00')],
    };
    expect(applied(given)).toEqual([
      '2025-01-10 P2 to I1: 100.00 of 100.00, 0.00 open',
      'P2: 800.00 of 900.00 left',
    ]);
  });

  test.each([
    [
      'a refund',
      {
        payments: [payment('P1', 'I1', '2025-02-01', '300.00'), payment('R', 'I1', '2025-04-01', '-120.00')],
      },
    ],
    [
      'a write-off reversal',
      {
        writeOffs: [
          writeOff('W1', 'I1', '2025-02-01', '300.00'),
          writeOff('R', 'I1', '2025-04-01', '-120.00'),
        ],
      },
    ],
    [
      'a credit memo reversal',
      {
        creditMemos: [
          creditMemo('M1', 'I1', '2025-02-01', '300.00'),
          creditMemo('R', 'I1', '2025-04-01', '-120.00'),
        ],
      },
    ],
  ] as const)('%s reopens an invoice, and what is on account applies to it on that day', (_, ledgers) => {
    const given: Given = {
      invoices: [sale('I1', '2025-01-10', '300.00')],
      ...ledgers,
      payments: [...((ledgers as Given).payments ?? []), paid('P9', '2025-03-01', '200.00')],
    };
    expect(applied(given)).toEqual([
      '2025-04-01 P9 to I1: 120.00 of 120.00, 0.00 open',
      'P9: 80.00 of 200.00 left',
    ]);
  });

  test('refunds beyond the payments must be made good before the invoice is closed', () => {
    // 50.00 was refunded of nothing: it takes 350.00 of cash until 300.00 count as received (R5), but 300.00 of a memo.
    const invoices = [sale('I1', '2025-01-10', '300.00')];
    const refund = payment('R', 'I1', '2025-02-01', '-50.00');
    expect(applied({ invoices, payments: [refund, paid('P1', '2025-03-01', '400.00')] })).toEqual([
      '2025-03-01 P1 to I1: 350.00 of 350.00, 0.00 open',
      'P1: 50.00 of 400.00 left',
    ]);
    const creditMemos = [onAccount(creditMemo('M1', '', '2025-03-01', '400.00'))];
    expect(applied({ invoices, payments: [refund], creditMemos })).toEqual([
      '2025-03-01 M1 to I1: 300.00 of 300.00, 0.00 open',
      'M1: 100.00 of 400.00 left',
    ]);
  });
});

describe('applyCash: all three ledgers', () => {
  const invoices = [sale('I1', '2025-01-10', '1000.00')];

  test('a credit memo credits, a payment collects, a write-off writes off', () => {
    const given = {
      plan: { level: 2 },
      invoices,
      creditMemos: [onAccount(creditMemo('X', '', '2025-02-01', '200.00'))],
      payments: [paid('X', '2025-02-02', '400.00')],
      writeOffs: [onAccount(writeOff('X', '', '2025-02-03', '500.00'))],
    };
    expect(applied(given)).toEqual([
      '2025-02-01 X to I1: 200.00 of 1000.00, 800.00 open',
      '2025-02-02 X to I1: 400.00 of 800.00, 400.00 open',
      '2025-02-03 X to I1: 400.00 of 400.00, 0.00 open',
      'X: 100.00 of 500.00 left',
    ]);
    // C = 100.00, then 80.00, half of it held: 40.00, of which 400 ÷ 800 is released and the rest forfeited.
    expect(history(ruled(given))).toEqual([
      '2025-01-10 invoiced I1: earned 100.00, advanced 50.00, held 50.00',
      '2025-02-01 credited X: earned -20.00, advanced -10.00, held -10.00',
      '2025-02-02 collected X: released 20.00, held -20.00',
      '2025-02-03 written-off X: held -20.00, forfeited 20.00',
    ]);
  });

  test('the oldest entry first: by date, then credit memo, payment, write-off, then id', () => {
    const given = {
      invoices: [sale('I1', '2025-03-01', '100.00')],
      writeOffs: [
        onAccount(writeOff('A', '', '2025-02-02', '30.00')),
        onAccount(writeOff('Z', '', '2025-02-01', '10.00')),
      ],
      payments: [paid('b', '2025-02-02', '20.00'), paid('C', '2025-02-02', '20.00')],
      creditMemos: [onAccount(creditMemo('z', '', '2025-02-02', '45.00'))],
    };
    // Applied in this order: Z 10, z 45, C 20, b 20, A 5. Told by ledger and id, since the day is the same.
    expect(applied(given)).toEqual([
      '2025-03-01 z to I1: 45.00 of 90.00, 45.00 open',
      '2025-03-01 C to I1: 20.00 of 45.00, 25.00 open',
      '2025-03-01 b to I1: 20.00 of 25.00, 5.00 open',
      '2025-03-01 A to I1: 5.00 of 5.00, 0.00 open',
      '2025-03-01 Z to I1: 10.00 of 100.00, 90.00 open',
      'A: 25.00 of 30.00 left',
    ]);
  });

  test('R2.4 a reversing invoice credits what it reverses before anything is applied', () => {
    const given = {
      invoices: [...invoices, sale('X1', '2025-02-01', '-600.00', { reverses: 'I1' })],
      payments: [paid('P1', '2025-02-01', '500.00')],
    };
    expect(applied(given)).toEqual([
      '2025-02-01 P1 to I1: 400.00 of 400.00, 0.00 open',
      'P1: 100.00 of 500.00 left',
    ]);
  });

  test('R4.9 an applied credit memo lowers attainment on the day on which it is applied', () => {
    const given = {
      terms: RULE,
      invoices: [sale('I1', '2025-04-10', '1000.00')],
      creditMemos: [onAccount(creditMemo('M1', '', '2025-02-01', '250.00'))],
    };
    const { quarters } = resultOf(workspace(given));
    expect(quarters.map(({ quarter, bookings }) => `${quarter} ${bookings}`)).toEqual([
      '2025-Q2 75000',
      '2025-Q3 0',
      '2025-Q4 0',
    ]);
  });

  test('one id on an invoice and on account is two events', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '100.00')],
      payments: [payment('P1', 'I1', '2025-02-01', '40.00'), paid('P1', '2025-02-01', '50.00')],
    };
    const events = [
      '2025-02-01 collected P1: released 4.00, held -4.00',
      '2025-02-01 collected P1: released 5.00, held -5.00',
    ];
    expect(history(ruled(given), { cause: 'collected' })).toEqual(events);
    const turned = { ...given, payments: [...given.payments].reverse() };
    expect(history(ruled(turned), { cause: 'collected' })).toEqual(events);
  });
});

describe('applyCash: entries below zero', () => {
  const later = [sale('I1', '2025-04-01', '1000.00')];

  test('a refund takes back what is on account of its ledger and customer, oldest first', () => {
    const given = {
      invoices: later,
      payments: [
        paid('P1', '2025-02-01', '100.00'),
        paid('P2', '2025-02-02', '100.00'),
        paid('P3', '2025-02-03', '100.00', 'C2'),
        paid('R1', '2025-03-01', '-130.00'),
      ],
      creditMemos: [onAccount(creditMemo('M1', '', '2025-01-01', '5.00'))],
    };
    expect(applied(given)).toEqual([
      '2025-03-01 P1: 100.00 taken back',
      '2025-03-01 P2: 30.00 taken back',
      '2025-03-01 R1: -100.00 taken back',
      '2025-03-01 R1: -30.00 taken back',
      '2025-04-01 M1 to I1: 5.00 of 1000.00, 995.00 open',
      '2025-04-01 P2 to I1: 70.00 of 995.00, 925.00 open',
      'P3: 100.00 of 100.00 left',
    ]);
  });

  test('it comes before anything of its day is applied, and takes what came that day too', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '1000.00')],
      payments: [paid('P1', '2025-02-01', '100.00'), paid('A1', '2025-02-01', '-60.00')],
    };
    expect(applied(given)).toEqual([
      '2025-02-01 A1: -60.00 taken back',
      '2025-02-01 P1: 60.00 taken back',
      '2025-02-01 P1 to I1: 40.00 of 1000.00, 960.00 open',
    ]);
  });

  test('it reaches no invoice, and no later entry: what goes beyond the account stays unapplied', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '100.00')],
      payments: [
        paid('P1', '2025-02-01', '130.00'),
        paid('R1', '2025-03-01', '-50.00'),
        paid('P2', '2025-03-02', '40.00'),
      ],
    };
    expect(applied(given)).toEqual([
      '2025-02-01 P1 to I1: 100.00 of 100.00, 0.00 open',
      '2025-03-01 P1: 30.00 taken back',
      '2025-03-01 R1: -30.00 taken back',
      'P2: 40.00 of 40.00 left',
      'R1: -20.00 of -50.00 left',
    ]);
    expect(standing(ruled(given))).toBe('earned 10.00, released 10.00');
    expect(messages(given)).toEqual([
      "40.00 of 40.00 is on account for customer C1, who has no open invoice left. Set aside until it is applied to a later invoice of that customer: counted in the control totals, not in anyone's pay.",
      "-20.00 of -50.00 is more than customer C1 had on account that day. Set aside: counted in the control totals, not in anyone's pay.",
    ]);
  });

  test('write-off and credit memo reversals do likewise, each in its own ledger', () => {
    const given = {
      invoices: later,
      creditMemos: [
        onAccount(creditMemo('X1', '', '2025-02-01', '10.00')),
        onAccount(creditMemo('X2', '', '2025-02-02', '-10.00')),
      ],
      writeOffs: [
        onAccount(writeOff('X1', '', '2025-02-01', '7.00')),
        onAccount(writeOff('X2', '', '2025-02-02', '-9.00')),
      ],
    };
    expect(applied(given)).toEqual([
      '2025-02-02 X1: 10.00 taken back',
      '2025-02-02 X2: -10.00 taken back',
      '2025-02-02 X1: 7.00 taken back',
      '2025-02-02 X2: -7.00 taken back',
      'X2: -2.00 of -9.00 left',
    ]);
  });
});

describe('applyCash: what is not a line', () => {
  test('an invoice without a plan takes its part all the same, which is set aside with it', () => {
    const given = ruled({
      invoices: [sale('I1', '2025-01-10', '100.00', { rep_id: 'R9' }), sale('I2', '2025-01-20', '100.00')],
      assignments: [assignment('R1', 'ae', '2025-01-01')],
      payments: [paid('P1', '2025-02-01', '150.00')],
    });
    expect(applied(given)).toEqual([
      '2025-02-01 P1 to I1: 100.00 of 100.00, 0.00 open',
      '2025-02-01 P1 to I2: 50.00 of 100.00, 50.00 open',
    ]);
    expect(standing(given)).toBe('earned 10.00, released 5.00, held 5.00');
    expect(exceptionCodes(given)).toEqual(['no-plan']);
    expect(paymentTotals(given)).toEqual({ used: '1 row 5000', later: '0 rows 0', setAside: '0 rows 10000' });
  });

  test('so does one that is booked after the as-of date, which is later than the date', () => {
    const given = ruled({
      invoices: [sale('I1', '2025-01-10', '100.00', { booking_date: '2025-06-01' })],
      payments: [paid('P1', '2025-02-01', '150.00')],
      asOf: '2025-03-31',
    });
    expect(applied(given)).toEqual([
      '2025-02-01 P1 to I1: 100.00 of 100.00, 0.00 open',
      'P1: 50.00 of 150.00 left',
    ]);
    expect(paymentTotals(given)).toEqual({ used: '0 rows 0', later: '1 row 10000', setAside: '0 rows 5000' });
    // Once it is booked, the cash that came before counts (R5.2).
    expect(history({ ...given, asOf: '2025-06-30' })).toEqual([
      '2025-06-01 invoiced I1: earned 10.00, released 10.00',
    ]);
  });

  test('R9.1 its currency must be the workspace’s, since cash is applied to it', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '100.00', { booking_date: '2025-06-01', currency: 'EUR' })],
      asOf: '2025-03-31',
    };
    expect(faultsOf(ruled(given))).toMatchObject([
      { code: 'other-currency', place: at('invoices', 0, 'currency') },
    ]);
    expect(exceptionCodes(given)).toEqual([]);
    expect(exceptionCodes(ruled({ ...given, asOf: '2025-01-09' }))).toEqual([]);
  });

  test('R2.5 each rep of a split has a share of what is applied', () => {
    const given = {
      invoices: [sale('I1', '2025-01-10', '100.00')],
      splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '40%')],
      payments: [paid('P1', '2025-02-01', '50.00')],
    };
    expect(history(ruled(given), { cause: 'collected' })).toEqual([
      '2025-02-01 collected P1: released 3.00, held -3.00',
      '2025-02-01 collected P1: released 2.00, held -2.00',
    ]);
  });
});

describe('R8.4 control totals and exceptions', () => {
  test('R8.4 a row is counted once, its amount by parts', () => {
    const given = ruled({
      invoices: [sale('I1', '2025-01-10', '100.00')],
      payments: [
        paid('P1', '2025-02-01', '150.00'), // used 100, left 50, of which R1 takes 20
        paid('P2', '2025-02-02', '25.00'), // left 25
        paid('R1', '2025-02-03', '-20.00'), // used
        paid('P3', '2025-02-04', '0.00'), // nothing of it is left
        paid('P4', '2026-01-01', '9.00'), // later
        payment('P5', 'NO', '2025-02-05', '1.00'), // set aside
      ],
    });
    // 100 + 20 − 20 used; 30 + 25 + 1 set aside
    expect(paymentTotals(given)).toEqual({
      used: '3 rows 10000',
      later: '1 row 900',
      setAside: '2 rows 5600',
    });
    expect(exceptionsOf(given)).toEqual([
      { code: 'unapplied', ledger: 'payments', row: 0, id: 'P1' },
      { code: 'unapplied', ledger: 'payments', row: 1, id: 'P2' },
      { code: 'unknown-invoice', ledger: 'payments', row: 5, id: 'P5' },
    ]);
    expect(messages(given)[0]).toContain('30.00 of 150.00 is on account for customer C1');
  });

  test('R9.2 the exception stands at its row', () => {
    const { exceptions } = resultOf(
      workspace(ruled({ invoices: [], payments: [paid('P1', '2025-02-01', '1.00')] })),
    );
    const { rows } = exceptionsTable(exceptions, ({ row }) => (row ?? 0) + 2);
    expect([...rows].map((cells) => cells.slice(0, 4))).toEqual([['unapplied', 'payments', '2', 'P1']]);
  });
});

describe('R8.5 row order', () => {
  test('R8.5 rows of a snapshot that have neither id nor date apart are told apart by amount', () => {
    const rows = [
      { payment_date: '2025-02-01', amount: '80.00', invoice_id: '', customer_id: 'C1' },
      { payment_date: '2025-02-01', amount: '70.00', invoice_id: '', customer_id: 'C1' },
      { payment_date: '2025-02-01', amount: '70.00', invoice_id: '', customer_id: 'C0' },
    ];
    const given = ruled({
      invoices: [sale('I1', '2025-01-10', '100.00'), sale('I2', '2025-01-10', '1.00', { customer_id: 'C0' })],
    });
    const filesWith = (payments: readonly Row[]) => {
      const inputs = inputsOf(workspace({ ...given, payments }));
      const ledgers = { ...inputs.ledgers, payments: { ...inputs.ledgers.payments, snapshot: true } };
      const outcome = calculate({ ...inputs, ledgers } as typeof inputs);
      if (outcome.kind === 'refused') throw new Error('refused');
      return filesOf(outcome.result);
    };
    const files = filesWith(rows);
    expect(
      files['applied.csv']?.map(({ customer_id, applied, left }) => [customer_id, applied, left]),
    ).toEqual([
      ['C0', '1.00', ''],
      ['C1', '70.00', ''],
      ['C1', '30.00', ''],
      ['C0', '', '69.00'],
      ['C1', '', '50.00'],
    ]);
    expect(filesWith([...rows].reverse())).toEqual(files);
  });
});

function messages(given: Given): string[] {
  return resultOf(workspace(ruled(given))).exceptions.map(({ message }) => message);
}

/** What became of the payments: rows, and the amount in cents. */
function paymentTotals(given: Given): Record<string, string> {
  const totals = resultOf(workspace(given)).controls.get('payments');
  const text = ({ rows, amount } = { rows: 0, amount: 0n }) =>
    `${rows} ${rows === 1 ? 'row' : 'rows'} ${amount}`;
  return { used: text(totals?.used), later: text(totals?.later), setAside: text(totals?.setAside) };
}
