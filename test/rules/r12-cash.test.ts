/** The rules of credit cash: what is collected, for whom, at which rate, and what becomes of it (R12.4, R16.1). */
import { describe, expect, test } from 'vitest';
import {
  account,
  assignment,
  attainmentOf,
  creditMemo,
  earned,
  exceptionsOf,
  faultsOf,
  type Given,
  history,
  invoice,
  payment,
  postingRows,
  quarterRow,
  type Row,
  sale,
  split,
  writeOff,
} from '../support/build.js';

/** A plan that pays 1% of what comes in. */
const cash = (keys: Readonly<Record<string, unknown>> = {}) => ({
  id: 'cash',
  credit: 'cash',
  level: undefined,
  rate: '1%',
  ...keys,
});

/** 1% up to an amount of cash in the quarter, 3% from there. */
const above = (amount: string) => ({
  table: [
    { fromAmount: '0', rate: '1%' },
    { fromAmount: amount, rate: '3%' },
  ],
});

const collectedBy = (collector: string, row: Row): Row => ({ ...row, collector_id: collector });

/** What each posting earns, in order: `2025-02-10 R1 cash P1 10.00`, with the plan that it names. */
const cashOf = (given: Given): string[] =>
  postingRows(given, { credit: 'cash' }).map((row) =>
    [row['date'], row['rep_id'], row['plan_id'], row['source_id'], row['earned']].join(' '),
  );

describe('R12.4 the keys of a cash plan', () => {
  test.each([
    ['level', 0],
    ['basis', 'gross-profit'],
    ['quotaOn', 'revenue'],
    ['earnOn', 'booking'],
    ['hold', '50%'],
    ['release', 'paid-in-full'],
    ['clawback', { pastDueDays: 90 }],
    ['tolerance', '1.00'],
    ['perInvoice', { most: 100 }],
    ['timing', { from: 'due', table: [{ factor: '80%' }] }],
  ])('R12.4 %s is an unused key', (key, value) => {
    expect(faultsOf({ plan: cash({ [key]: value }), invoices: [invoice('I1')] })).toMatchObject([
      { code: 'unused-key', key },
    ]);
  });

  test('R12.4 rates by category are an unused key', () => {
    const plan = cash({ rate: '1%', rates: [{ rate: '2%' }] });
    expect(faultsOf({ plan, invoices: [invoice('I1')] })).toMatchObject([
      { code: 'unused-key', key: 'rates' },
    ]);
  });

  test.each(['own', 'team'])('R12.4 of and pastDue are unused keys of a plan of credit %s', (credit) => {
    const plan = { credit, level: 0, of: 'collector', pastDue: { from: 31 } };
    expect(faultsOf({ plan, invoices: [invoice('I1')] })).toMatchObject([
      { code: 'unused-key', key: 'of' },
      { code: 'unused-key', key: 'pastDue' },
    ]);
  });

  test.each(['retroactive', 'whole'])('R12.4 its tables are marginal: tiers %s is a fault', (tiers) => {
    const plan = cash({ rate: { ...above('500'), tiers } });
    expect(faultsOf({ plan, invoices: [invoice('I1')] })).toMatchObject([
      { code: 'wrong-value', place: { path: ['plans', 0, 'rate', 'tiers'] }, found: tiers },
    ]);
  });

  test('R12.4 its postings have level 0, advance what they earn, and hold nothing', () => {
    const given = {
      plan: cash(),
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
    };
    expect(postingRows(given)).toMatchObject([{ level: '0', credit: 'cash', cause: 'collected' }]);
    expect(history(given)).toEqual(['2025-02-10 collected P1: earned 4.00, advanced 4.00']);
  });
});

describe('R12.4 of: account', () => {
  const payments = [payment('P1', 'I1', '2025-02-10', '1000.00')];

  test("R12.4 the cash is that of the invoice's own credits, with their shares", () => {
    const given = {
      plan: cash({ of: 'account' }),
      invoices: [invoice('I1', { rep_id: undefined })],
      splits: [split('I1', 'R2', '70%'), split('I1', 'R1', '60%')],
      payments,
    };
    expect(cashOf(given)).toEqual(['2025-02-10 R1 cash P1 6.00', '2025-02-10 R2 cash P1 7.00']);
  });

  test('R12.4 the part of the cash that pays for the sale counts, not its tax', () => {
    // 600 x 1,000 / 1,200
    const given = {
      plan: cash(),
      invoices: [invoice('I1', { total: '1200.00' })],
      payments: [payment('P1', 'I1', '2025-02-10', '600.00')],
    };
    expect(cashOf(given)).toEqual(['2025-02-10 R1 cash P1 5.00']);
  });

  test('R12.4 what is paid beyond the total is no collected cash', () => {
    const given = {
      plan: cash(),
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-10', '800.00'), payment('P2', 'I1', '2025-02-20', '700.00')],
    };
    expect(cashOf(given)).toEqual(['2025-02-10 R1 cash P1 8.00', '2025-02-20 R1 cash P2 2.00']);
  });

  test.each(['0.00', '-1000.00'])('R12.4 an invoice with a total of %s brings none', (total) => {
    const given = {
      plan: cash(),
      invoices: [invoice('I1', { amount: total, total })],
      payments,
    };
    expect(cashOf(given)).toEqual([]);
  });

  test('R12.4 write-offs are no cash', () => {
    const given = {
      plan: cash(),
      invoices: [invoice('I1')],
      writeOffs: [writeOff('W1', 'I1', '2025-02-10', '1000.00')],
    };
    expect(cashOf(given)).toEqual([]);
  });

  test('R12.4 no sales plan is needed', () => {
    const given = {
      plans: [{ level: 0 }, cash()],
      assignments: [assignment('R1', 'cash', '2025-01-01')],
      invoices: [invoice('I1')],
      payments,
    };
    expect(cashOf(given)).toEqual(['2025-02-10 R1 cash P1 10.00']);
    expect(exceptionsOf(given)).toEqual([]);
  });
});

describe('R12.4 of: collector', () => {
  const given = {
    plan: cash({ of: 'collector' }),
    invoices: [invoice('I1', { rep_id: undefined })],
    splits: [split('I1', 'R1', '60%'), split('I1', 'K', '40%')],
  };

  test('R12.4 the cash is that of the collector of the payment, with a share of 1', () => {
    const payments = [collectedBy('K', payment('P1', 'I1', '2025-02-10', '400.00'))];
    expect(cashOf({ ...given, payments })).toEqual(['2025-02-10 K cash P1 4.00']);
  });

  test('R12.4 a payment without a collector credits nobody', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-10', '400.00'),
      collectedBy('K', payment('P2', 'I1', '2025-02-20', '100.00')),
    ];
    expect(cashOf({ ...given, payments })).toEqual(['2025-02-20 K cash P2 1.00']);
  });

  test('R12.4 a collector and an account manager are each paid for the same cash, by their own plans', () => {
    const both = {
      ...given,
      plans: [cash({ of: 'collector' }), cash({ id: 'accounts', rate: '2%' })],
      assignments: [assignment('K', 'cash', '2025-01-01'), assignment('R1', 'accounts', '2025-01-01')],
      payments: [collectedBy('K', payment('P1', 'I1', '2025-02-10', '400.00'))],
    };
    // R1: 400 x 60% x 2%
    expect(cashOf(both)).toEqual(['2025-02-10 K cash P1 4.00', '2025-02-10 R1 accounts P1 4.80']);
  });
});

describe('R12.4 the plan of the day', () => {
  const plans = [cash(), cash({ id: 'later', rate: '3%' })];
  const assignments = [
    assignment('R1', 'cash', '2025-01-01', '2025-02-28'),
    assignment('R1', 'later', '2025-03-01', '2025-06-30'),
  ];
  const invoices = [invoice('I1')];

  test('R12.4 the plan that the rep has on the date of the cash prices it, whatever it was on the booking date', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-28', '100.00'),
      payment('P2', 'I1', '2025-03-01', '100.00'),
    ];
    expect(cashOf({ plans, assignments, invoices, payments })).toEqual([
      '2025-02-28 R1 cash P1 1.00',
      '2025-03-01 R1 later P2 3.00',
    ]);
  });

  test('R12.4 without a plan on the date the cash credits nobody, and there is no exception', () => {
    const payments = [payment('P1', 'I1', '2025-07-01', '1000.00')];
    expect(cashOf({ plans, assignments, invoices, payments })).toEqual([]);
    expect(exceptionsOf({ plans, assignments, invoices, payments })).toEqual([]);
  });

  test('R12.4 a refund is posted under the plan of its date, at the rate of the cash that goes', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-10', '400.00'),
      payment('P2', 'I1', '2025-03-10', '-100.00'),
    ];
    expect(cashOf({ plans, assignments, invoices, payments })).toEqual([
      '2025-02-10 R1 cash P1 4.00',
      '2025-03-10 R1 later P2 -1.00',
    ]);
  });

  test('R12.4 without a plan on that date, under the plan of the parcel last taken from', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-10', '400.00'),
      payment('P2', 'I1', '2025-03-10', '100.00'),
      payment('P3', 'I1', '2025-07-10', '-150.00'),
    ];
    // From the top: all 100 of P2 at 3%, then 50 of P1 at 1%.
    expect(cashOf({ plans, assignments, invoices, payments })).toEqual([
      '2025-02-10 R1 cash P1 4.00',
      '2025-03-10 R1 later P2 3.00',
      '2025-07-10 R1 cash P3 -3.50',
    ]);
  });
});

describe('R12.4 the rate of the day', () => {
  const plan = cash({ rate: above('1000') });

  test('R12.4 cash is a booking of its quarter, whenever the sale was booked', () => {
    const given = {
      plan,
      invoices: [sale('I1', '2025-01-15', '3000.00')],
      payments: [
        payment('P1', 'I1', '2025-03-31', '800.00'),
        payment('P2', 'I1', '2025-03-31', '700.00'),
        payment('P3', 'I1', '2025-04-01', '600.00'),
      ],
    };
    // 800 x 1%; 200 x 1% + 500 x 3%; 600 x 1% in a quarter of its own
    expect(cashOf(given)).toEqual([
      '2025-03-31 R1 cash P1 8.00',
      '2025-03-31 R1 cash P2 17.00',
      '2025-04-01 R1 cash P3 6.00',
    ]);
    expect(attainmentOf(given, '2025-Q1', 'R1', 'cash')).toBe('cash: 1500.00 of , quarter 1500.00 ÷  = ');
  });

  test('R12.4 a quota of credit cash is its target', () => {
    const rate = {
      attainment: 'quarter',
      table: [
        { from: '0%', rate: '1%' },
        { from: '100%', rate: '3%' },
      ],
    };
    const given = {
      plan: cash({ rate }),
      invoices: [sale('I1', '2025-01-15', '3000.00')],
      payments: [payment('P1', 'I1', '2025-02-10', '1500.00')],
      quotas: [{ rep_id: 'R1', quarter: '2025-Q1', quota: '1200.00', credit: 'cash' }],
    };
    // 1,200 x 1% + 300 x 3%
    expect(cashOf(given)).toEqual(['2025-02-10 R1 cash P1 21.00']);
    expect(attainmentOf(given, '2025-Q1', 'R1', 'cash')).toBe(
      'cash: 1500.00 of 1200.00, quarter 1500.00 ÷ 1200.00 = 1.2500',
    );
  });

  test('R12.4 later cash changes no rate that is fixed', () => {
    const given = {
      plan,
      invoices: [sale('I1', '2025-01-15', '3000.00')],
      payments: [payment('P1', 'I1', '2025-02-10', '900.00'), payment('P2', 'I1', '2025-02-11', '2100.00')],
    };
    expect(cashOf(given)[0]).toBe('2025-02-10 R1 cash P1 9.00');
    // And a refund gives back at the rates of the cash that goes: P2 has 100 x 1% + 2,000 x 3% = 61.00.
    const payments = [...given.payments, payment('P3', 'I1', '2025-03-10', '-2100.00')];
    expect(cashOf({ ...given, payments })[2]).toBe('2025-03-10 R1 cash P3 -61.00');
  });

  test('R12.4 the commission of an invoice is rounded as a sum, not parcel by parcel', () => {
    const given = {
      plan: cash(),
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-10', '10.50'), payment('P2', 'I1', '2025-02-20', '10.50')],
    };
    // 0.105 is 0.11, and 0.21 in all
    expect(cashOf(given)).toEqual(['2025-02-10 R1 cash P1 0.11', '2025-02-20 R1 cash P2 0.10']);
  });
});

describe('R12.4 cash from before the booking', () => {
  const invoices = [invoice('I1', { booking_date: '2025-02-15', invoice_date: '2025-03-01' })];

  test('R12.4 is booked on the booking date, under its own source', () => {
    const given = {
      plan: cash(),
      invoices,
      payments: [payment('P1', 'I1', '2025-01-10', '400.00'), payment('P2', 'I1', '2025-02-20', '100.00')],
    };
    // P2 comes before the invoice date, and is posted at once.
    expect(cashOf(given)).toEqual(['2025-02-15 R1 cash P1 4.00', '2025-02-20 R1 cash P2 1.00']);
  });

  test('R12.4 by the plan of that day', () => {
    const given = {
      plans: [cash(), cash({ id: 'later', rate: '3%' })],
      assignments: [
        assignment('R1', 'cash', '2025-01-01', '2025-02-14'),
        assignment('R1', 'later', '2025-02-15'),
      ],
      invoices,
      payments: [payment('P1', 'I1', '2025-01-10', '400.00')],
    };
    expect(cashOf(given)).toEqual(['2025-02-15 R1 later P1 12.00']);
  });

  test('R12.4 as much as is then still there of each parcel', () => {
    const payments = [
      payment('P1', 'I1', '2025-01-10', '400.00'),
      payment('P2', 'I1', '2025-01-20', '300.00'),
      payment('P3', 'I1', '2025-01-30', '200.00'),
      payment('P4', 'I1', '2025-02-10', '-350.00'),
    ];
    // All of P3 and 150 of P2 are gone.
    expect(cashOf({ plan: cash(), invoices, payments })).toEqual([
      '2025-02-15 R1 cash P1 4.00',
      '2025-02-15 R1 cash P2 1.50',
    ]);
  });

  test('R12.4 stands in order of its own date among the bookings of the day', () => {
    const given = {
      plan: cash({ rate: above('500') }),
      invoices,
      // By source id the other way round.
      payments: [payment('P9', 'I1', '2025-01-10', '400.00'), payment('P1', 'I1', '2025-02-15', '300.00')],
    };
    // P9: 400 x 1%. P1: 100 x 1% + 200 x 3%. In the ledger of postings they are in order of source id.
    expect(cashOf(given)).toEqual(['2025-02-15 R1 cash P1 7.00', '2025-02-15 R1 cash P9 4.00']);
  });
});

describe('R12.4 past due cash', () => {
  const due = (id: string, cells: Row = {}) => invoice(id, { due_date: '2025-02-14', ...cells });
  const payments = [
    payment('P1', 'I1', '2025-02-14', '10.00'),
    payment('P2', 'I1', '2025-02-15', '20.00'),
    // 14 days to the end of February, and 16 of March: 30 days
    payment('P3', 'I1', '2025-03-16', '40.00'),
    payment('P4', 'I1', '2025-03-17', '80.00'),
    payment('P5', 'I1', '2025-04-15', '160.00'),
    payment('P6', 'I1', '2025-04-16', '320.00'),
  ];
  const paid = (pastDue: object) =>
    cashOf({ plan: cash({ pastDue }), invoices: [due('I1')], payments }).map((line) => line.split(' ')[3]);

  test('R12.4 from and to are days past due, both included', () => {
    expect(paid({ from: 31, to: 60 })).toEqual(['P4', 'P5']);
  });

  test('R12.4 from is 1 where it is left out, and to has no end', () => {
    expect(paid({ to: 30 })).toEqual(['P2', 'P3']);
    expect(paid({ from: 60 })).toEqual(['P5', 'P6']);
    expect(paid({})).toEqual(['P2', 'P3', 'P4', 'P5', 'P6']);
  });

  test('R12.4 from may be 0: what comes on the due date', () => {
    expect(paid({ from: 0, to: 0 })).toEqual(['P1']);
  });

  test('R12.4 cash of an invoice without a due date is not past due', () => {
    const given = { plan: cash({ pastDue: { from: 0 } }), invoices: [invoice('I1')], payments };
    expect(cashOf(given)).toEqual([]);
  });

  test('R12.4 cash from before the booking is as late as the day on which it came', () => {
    const invoices = [due('I1', { booking_date: '2025-03-31', invoice_date: '2025-03-31' })];
    const given = { plan: cash({ pastDue: { from: 31, to: 60 } }), invoices, payments };
    // P4 came 31 days late; it is booked on 31 March.
    expect(cashOf(given)).toEqual(['2025-03-31 R1 cash P4 0.80', '2025-04-15 R1 cash P5 1.60']);
  });

  describe('R12.4 by instalment', () => {
    const schedules = [
      { invoice_id: 'I1', due_date: '2025-03-01', amount: '600.00' },
      { invoice_id: 'I1', due_date: '2025-02-01', amount: '400.00' },
    ];
    const given = {
      plan: cash({ pastDue: { from: 31, to: 60 } }),
      invoices: [invoice('I1')],
      schedules,
      payments: [payment('P1', 'I1', '2025-03-05', '1000.00')],
    };

    test('R12.4 each piece of a parcel is as late as its instalment', () => {
      // 400 of 1 February is 32 days late, 600 of 1 March 4 days.
      expect(cashOf(given)).toEqual(['2025-03-05 R1 cash P1 4.00']);
      expect(cashOf({ ...given, plan: cash({ pastDue: { to: 30 } }) })).toEqual([
        '2025-03-05 R1 cash P1 6.00',
      ]);
    });

    test('R12.4 each piece is a booking of its own: a refund takes from the last', () => {
      const all = {
        ...given,
        plan: cash({ rate: above('400'), pastDue: {} }),
        payments: [...given.payments, payment('P2', 'I1', '2025-03-20', '-300.00')],
      };
      // 400 x 1% and 600 x 3%: 22.00. Half of the second piece goes; 30% of the whole would be 6.60.
      expect(cashOf(all)).toEqual(['2025-03-05 R1 cash P1 22.00', '2025-03-20 R1 cash P2 -9.00']);
    });

    test('R12.4 a refund that takes only what did not count costs nothing', () => {
      const payments = [...given.payments, payment('P2', 'I1', '2025-03-20', '-700.00')];
      // All 600 of the second instalment, and 100 of the 400 that counted.
      expect(cashOf({ ...given, payments })).toEqual([
        '2025-03-05 R1 cash P1 4.00',
        '2025-03-20 R1 cash P2 -1.00',
      ]);
      const fewer = [...given.payments, payment('P2', 'I1', '2025-03-20', '-600.00')];
      expect(cashOf({ ...given, payments: fewer })).toEqual(['2025-03-05 R1 cash P1 4.00']);
    });
  });

  test('R12.4 disputed days are not days late', () => {
    const given = {
      plan: cash({ pastDue: { from: 31, to: 60 } }),
      invoices: [due('I1')],
      disputes: [{ invoice_id: 'I1', from: '2025-03-01', to: '2025-03-10' }],
      payments,
    };
    // Ten days fewer: P4 21, P5 50, P6 51.
    expect(cashOf(given)).toEqual(['2025-04-15 R1 cash P5 1.60', '2025-04-16 R1 cash P6 3.20']);
  });
});

describe('R12.4 cash that goes again', () => {
  const plan = cash({ rate: above('1500') });

  test('R12.4 its commission shrinks in proportion, however often', () => {
    const given = {
      plan: cash({ rate: above('500') }),
      invoices: [invoice('I1')],
      payments: [
        payment('P1', 'I1', '2025-02-10', '1000.00'),
        payment('P2', 'I1', '2025-02-20', '-300.00'),
        payment('P3', 'I1', '2025-03-10', '-350.00'),
        payment('P4', 'I1', '2025-03-20', '-350.00'),
      ],
    };
    // 500 x 1% + 500 x 3% = 20.00; then 70%, 35% and nothing of it
    expect(cashOf(given)).toEqual([
      '2025-02-10 R1 cash P1 20.00',
      '2025-02-20 R1 cash P2 -6.00',
      '2025-03-10 R1 cash P3 -7.00',
      '2025-03-20 R1 cash P4 -7.00',
    ]);
    expect(history(given)[1]).toBe('2025-02-20 refunded P2: earned -6.00, advanced -6.00');
  });

  test('R12.4 cash that comes again is a parcel of its own, at the rate of its day', () => {
    const given = {
      plan: cash({ rate: { attainment: 'quarter', ...above('1000') } }),
      invoices: [invoice('I1'), invoice('I2')],
      payments: [
        payment('P1', 'I1', '2025-02-10', '1000.00'),
        payment('P2', 'I1', '2025-02-20', '-400.00'),
        payment('P3', 'I2', '2025-03-10', '1000.00'),
        payment('P4', 'I1', '2025-03-20', '400.00'),
      ],
    };
    // P3: from 600 to 1,600: 400 x 1% + 600 x 3%. P4: 400 x 3%.
    expect(cashOf(given)).toEqual([
      '2025-02-10 R1 cash P1 10.00',
      '2025-02-20 R1 cash P2 -4.00',
      '2025-03-10 R1 cash P3 22.00',
      '2025-03-20 R1 cash P4 12.00',
    ]);
  });

  const given = {
    plan,
    invoices: [invoice('I1'), invoice('I2'), invoice('I3')],
    payments: [
      payment('P1', 'I1', '2025-01-20', '1000.00'),
      payment('P2', 'I1', '2025-02-10', '-800.00'),
      payment('P3', 'I2', '2025-02-10', '1000.00'),
      payment('P4', 'I3', '2025-02-20', '500.00'),
    ],
  };

  test("R12.4 it comes off the attainment on its day, after the day's bookings", () => {
    // P3 runs from 1,000 to 2,000: 500 x 1% + 500 x 3%. Then 800 comes off: P4 from 1,200 to 1,700.
    expect(cashOf(given)).toEqual([
      '2025-01-20 R1 cash P1 10.00',
      '2025-02-10 R1 cash P3 20.00',
      '2025-02-10 R1 cash P2 -8.00',
      '2025-02-20 R1 cash P4 9.00',
    ]);
    expect(attainmentOf(given, '2025-Q1', 'R1', 'cash')).toContain('cash: 1700.00');
  });

  test('R12.4 not where the plan that booked it says creditsReduceQuota: false', () => {
    const kept = { ...given, plan: { ...plan, creditsReduceQuota: false } };
    expect(cashOf(kept)).toEqual([
      '2025-01-20 R1 cash P1 10.00',
      '2025-02-10 R1 cash P3 20.00',
      '2025-02-10 R1 cash P2 -8.00',
      '2025-02-20 R1 cash P4 15.00',
    ]);
    expect(attainmentOf(kept, '2025-Q1', 'R1', 'cash')).toContain('cash: 2500.00');
  });

  test('R12.4 whose plan that is depends on the day of the cash, not of the refund', () => {
    const plans = [plan, { ...plan, id: 'later', creditsReduceQuota: false }];
    const assignments = [
      assignment('R1', 'cash', '2025-01-01', '2025-01-31'),
      assignment('R1', 'later', '2025-02-01'),
    ];
    const { plan: _, ...rest } = given;
    expect(attainmentOf({ ...rest, plans, assignments }, '2025-Q1', 'R1', 'cash')).toContain(
      'later: 1700.00',
    );
  });

  test('R12.4 it comes off in the quarter in which it goes', () => {
    const later = {
      plan,
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-03-20', '1000.00'), payment('P2', 'I1', '2025-04-10', '-400.00')],
      asOf: '2025-06-30',
    };
    expect(attainmentOf(later, '2025-Q1', 'R1', 'cash')).toContain('cash: 1000.00');
    expect(attainmentOf(later, '2025-Q2', 'R1', 'cash')).toContain('cash: -400.00');
    expect(quarterRow(later, '2025-Q2')).toMatchObject({ earned: '-4.00', charged: '4.00', owed: '4.00' });
  });

  test('R12.4 a credit memo takes what is beyond the new total, and its reversal brings a parcel of its own', () => {
    const memos = {
      plan: cash(),
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00')],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-03-10', '300.00'),
        creditMemo('CM2', 'I1', '2025-03-20', '-100.00'),
      ],
    };
    expect(history(memos)).toEqual([
      '2025-02-10 collected P1: earned 10.00, advanced 10.00',
      '2025-03-10 credited CM1: earned -3.00, advanced -3.00',
      '2025-03-20 credited CM2: earned 1.00, advanced 1.00',
    ]);
  });

  test('R12.4 the parcel of such a reversal has no collector', () => {
    const memos = {
      plan: cash({ of: 'collector' }),
      invoices: [invoice('I1')],
      payments: [collectedBy('K', payment('P1', 'I1', '2025-02-10', '1000.00'))],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-03-10', '300.00'),
        creditMemo('CM2', 'I1', '2025-03-20', '-100.00'),
      ],
    };
    expect(cashOf(memos)).toEqual(['2025-02-10 K cash P1 10.00', '2025-03-10 K cash CM1 -3.00']);
  });

  test('R12.4 a memo that leaves enough open to collect takes nothing', () => {
    const memos = {
      plan: cash(),
      invoices: [invoice('I1', { total: '1100.00' })],
      payments: [payment('P1', 'I1', '2025-02-10', '550.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-03-10', '300.00')],
    };
    expect(cashOf(memos)).toEqual(['2025-02-10 R1 cash P1 5.00']);
  });
});

describe('R12.4 the bookings of a day', () => {
  test('R12.4 stand in order of invoice id, then of source id', () => {
    const given = {
      plan: cash({ rate: above('500') }),
      invoices: [invoice('I2'), invoice('I1')],
      payments: [
        payment('P1', 'I2', '2025-02-10', '300.00'),
        payment('P3', 'I1', '2025-02-10', '200.00'),
        payment('P2', 'I1', '2025-02-10', '400.00'),
      ],
    };
    // I1: P2 400 x 1%, P3 100 x 1% + 100 x 3%. I2: P1 300 x 3%.
    expect(cashOf(given)).toEqual([
      '2025-02-10 R1 cash P1 9.00',
      '2025-02-10 R1 cash P2 4.00',
      '2025-02-10 R1 cash P3 4.00',
    ]);
  });

  test('R12.4 and in the order of a day: a reversed credit memo before the payments', () => {
    const given = {
      plan: cash({ rate: above('650') }),
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-01-20', '700.00'), payment('A1', 'I1', '2025-02-10', '100.00')],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-01-25', '400.00'),
        creditMemo('CM2', 'I1', '2025-02-10', '-200.00'),
      ],
    };
    // P1: 650 x 1% + 50 x 3% = 8.00, of which CM1 takes a seventh. CM2 from 600 to 700: 50 x 1% + 50 x 3%. A1: 100 x 3%.
    expect(cashOf(given)).toEqual([
      '2025-01-20 R1 cash P1 8.00',
      '2025-01-25 R1 cash CM1 -1.14',
      '2025-02-10 R1 cash CM2 2.00',
      '2025-02-10 R1 cash A1 3.00',
    ]);
  });

  test('R12.4 an own plan and a cash plan of one rep have windows of their own', () => {
    const given = {
      plans: [{ level: 0, rate: above('500') }, cash({ rate: above('500') })],
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00')],
    };
    // Each: 500 x 1% + 500 x 3%
    expect(earned(given)).toEqual({ I1: '40.00' });
  });
});

describe('R12.4 pay', () => {
  test('R12.4 cash that is gone again is charged, and recovered from what comes next', () => {
    const given = {
      plan: cash(),
      invoices: [invoice('I1'), invoice('I2')],
      payments: [
        payment('P1', 'I1', '2025-02-10', '1000.00'),
        payment('P2', 'I1', '2025-04-10', '-1000.00'),
        payment('P3', 'I2', '2025-07-10', '1000.00'),
      ],
    };
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ payable: '10.00', paid: '10.00', held: '0.00' });
    expect(quarterRow(given, '2025-Q2')).toMatchObject({ charged: '10.00', paid: '0.00', owed: '10.00' });
    expect(quarterRow(given, '2025-Q3')).toMatchObject({ recovered: '10.00', paid: '0.00', owed: '0.00' });
  });

  test('R12.4 an account whose rep has no cash plan pays nobody', () => {
    const given = {
      plans: [{ level: 0 }, cash()],
      assignments: [assignment('R1', 'ae', '2025-01-01')],
      accounts: [account('C1', 'R1', '2025-01-01')],
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00')],
    };
    expect(cashOf(given)).toEqual([]);
  });
});
