/** The rules of postings: what each records, why, and in which order they stand (R6). */
import { describe, expect, test } from 'vitest';
import {
  added,
  assignment,
  creditMemo,
  type Given,
  history,
  invoice,
  payment,
  postingRows,
  quotasOf,
  type ResultRow,
  sale,
  split,
  table,
  writeOff,
} from '../support/build.js';

describe('R6.1 a posting is the change of each target', () => {
  test('R6.1 it names date, rep, invoice, plan, level, cause and source', () => {
    const given = {
      plan: { id: 'core', level: 'partial-hold' },
      invoices: [invoice('I1', { customer_id: 'Acme' })],
      payments: [payment('P1', 'I1', '2025-04-10', '400.00')],
    };
    expect(postingRows(given)).toEqual([
      {
        date: '2025-01-15',
        period: '2025-Q1',
        rep_id: 'R1',
        invoice_id: 'I1',
        customer_id: 'Acme',
        plan_id: 'core',
        level: '2',
        cause: 'invoiced',
        source_id: 'I1',
        earned: '100.00',
        advanced: '50.00',
        released: '0.00',
        held: '50.00',
        forfeited: '0.00',
        clawed_back: '0.00',
        credit: 'own',
      },
      {
        date: '2025-04-10',
        period: '2025-Q2',
        rep_id: 'R1',
        invoice_id: 'I1',
        customer_id: 'Acme',
        plan_id: 'core',
        level: '2',
        cause: 'collected',
        source_id: 'P1',
        earned: '0.00',
        advanced: '0.00',
        released: '20.00',
        held: '-20.00',
        forfeited: '0.00',
        clawed_back: '0.00',
        credit: 'own',
      },
    ]);
  });

  test('R6.1 no change, no posting', () => {
    // A payment and a write-off at level 0, cash beyond what is owed, a commission that rounds to 0.
    expect(
      history({
        plan: { level: 0 },
        invoices: [invoice('I1')],
        payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
        writeOffs: [writeOff('W1', 'I1', '2025-02-11', '600.00')],
      }),
    ).toHaveLength(1);
    expect(
      history({
        invoices: [invoice('I1')],
        payments: [payment('P1', 'I1', '2025-02-10', '1000.00'), payment('P2', 'I1', '2025-02-11', '1.00')],
      }),
    ).toHaveLength(2);
    expect(history({ invoices: [invoice('I1', { amount: '0.04' })] })).toEqual([]);
  });

  test('R6.1 a payment of 0 changes nothing', () => {
    const given = { invoices: [invoice('I1')], payments: [payment('P1', 'I1', '2025-02-10', '0.00')] };
    expect(history(given)).toEqual(['2025-01-15 invoiced I1: earned 100.00, held 100.00']);
  });

  test('R6.1 a later event posts the difference, whatever an earlier one could not post', () => {
    const given = {
      invoices: [invoice('I1', { amount: '0.50' })],
      payments: [
        payment('P1', 'I1', '2025-02-10', '0.04'),
        payment('P2', 'I1', '2025-02-11', '0.16'),
        payment('P3', 'I1', '2025-02-12', '0.05'),
      ],
    };
    // Of 0.05 for 0.50: P1 makes 0.004, so nothing yet; P2 0.020; P3 0.025, so 0.03.
    expect(history(given).slice(1)).toEqual([
      '2025-02-11 collected P2: released 0.02, held -0.02',
      '2025-02-12 collected P3: released 0.01, held -0.01',
    ]);
  });
});

/** Every cause in one history: I1 is past due and written off, I2 lifts the quarter to 8%. */
const everyCause: Given = {
  plan: {
    level: 2,
    rate: table('quarter', 'retroactive'),
    clawback: { pastDueDays: 0 },
  },
  quotas: quotasOf(2025, '1000.00'),
  invoices: [
    sale('I1', '2025-01-10', '600.00', { due_date: '2025-02-28' }),
    sale('I2', '2025-02-10', '600.00', { due_date: '2026-02-28' }),
  ],
  creditMemos: [
    creditMemo('CM1', 'I1', '2025-03-01', '100.00'),
    creditMemo('CM2', 'I1', '2025-03-02', '-50.00'),
  ],
  payments: [payment('P1', 'I1', '2025-03-03', '200.00'), payment('P2', 'I1', '2025-03-04', '-100.00')],
  writeOffs: [writeOff('W1', 'I1', '2025-03-05', '300.00'), writeOff('W2', 'I1', '2025-03-06', '-300.00')],
};

describe('R6.2 causes and sources', () => {
  const causes = (given: Given, which: Record<string, string> = {}) =>
    postingRows(given, which).map((row) => `${row['date']} ${row['cause']} ${row['source_id']}`);

  test('R6.2 every cause, with the id of the row behind it', () => {
    expect(causes(everyCause, { invoice_id: 'I1' })).toEqual([
      '2025-01-10 invoiced I1',
      '2025-02-10 re-rated I2',
      '2025-02-28 past-due I1',
      '2025-03-01 credited CM1',
      '2025-03-02 credited CM2',
      '2025-03-03 collected P1',
      '2025-03-04 refunded P2',
      '2025-03-05 written-off W1',
      '2025-03-06 write-off-reversed W2',
    ]);
  });

  test('R6.2 with `earnOn: booking` the first cause is `booked`', () => {
    expect(causes({ plan: { earnOn: 'booking' }, invoices: [invoice('I1')] })).toEqual([
      '2025-01-15 booked I1',
    ]);
  });

  test('R6.2 the source of a reversing invoice is that invoice', () => {
    const given = { invoices: [invoice('I1'), sale('X9', '2025-02-10', '-100.00', { reverses: 'I1' })] };
    expect(causes(given)).toEqual(['2025-01-15 invoiced I1', '2025-02-10 credited X9']);
  });

  const retro = {
    plan: { level: 0, rate: table('quarter', 'retroactive') },
    quotas: quotasOf(2025, '1000.00'),
  };
  const first = sale('I1', '2025-01-10', '600.00');

  test("R6.2 the source of `re-rated` is the last of the day's bookings", () => {
    const given = {
      ...retro,
      invoices: [first, sale('I3', '2025-02-10', '100.00'), sale('I2', '2025-02-10', '500.00')],
    };
    expect(causes(given, { cause: 're-rated' })).toEqual(['2025-02-10 re-rated I3']);
  });

  test("R6.2 credits come after the day's bookings, so that the last of them is the source", () => {
    const given = {
      ...retro,
      invoices: [first, sale('I3', '2025-02-10', '900.00')],
      creditMemos: [creditMemo('B', 'I1', '2025-02-10', '6.00'), creditMemo('A', 'I3', '2025-02-10', '9.00')],
    };
    expect(causes(given, { cause: 're-rated' })).toEqual(['2025-02-10 re-rated B']);
  });

  test('R6.2 a credit that does not reduce quota is no source', () => {
    const given = {
      ...retro,
      plan: { ...retro.plan, creditsReduceQuota: false },
      invoices: [first, sale('I3', '2025-02-10', '900.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '6.00')],
    };
    expect(causes(given, { cause: 're-rated' })).toEqual(['2025-02-10 re-rated I3']);
  });

  test('R6.2 a credit that changes nothing is no source', () => {
    // I1 is credited in full by A; B changes nothing any more.
    const given = {
      ...retro,
      invoices: [first, sale('I2', '2025-01-11', '600.00')],
      creditMemos: [
        creditMemo('A', 'I1', '2025-02-10', '600.00'),
        creditMemo('B', 'I1', '2025-02-10', '10.00'),
      ],
    };
    expect(causes(given, { cause: 're-rated', invoice_id: 'I2' })).toEqual(['2025-02-10 re-rated A']);
  });

  test("R6.2 an early credit is a source of the booking's day", () => {
    // 600 + 900 - 450 = 1,050: 8% from 2025-02-10.
    const given = {
      ...retro,
      invoices: [first, sale('I2', '2025-02-10', '900.00')],
      creditMemos: [creditMemo('CM1', 'I2', '2025-01-20', '450.00')],
    };
    expect(causes(given, { cause: 're-rated' })).toEqual(['2025-02-10 re-rated CM1']);
  });

  test('R6.2 a credit on a line set aside is no source', () => {
    // R1 has no plan on 2025-02-05. Of the memos of 2025-02-10 only A reduces quota: 600 + 600 - 300 = 900.
    const given = {
      ...retro,
      assignments: [assignment('R1', 'ae', '2025-01-01', '2025-02-03'), assignment('R1', 'ae', '2025-02-08')],
      invoices: [first, sale('I2', '2025-02-01', '600.00'), sale('I9', '2025-02-05', '600.00')],
      creditMemos: [
        creditMemo('A', 'I1', '2025-02-10', '300.00'),
        creditMemo('Z', 'I9', '2025-02-10', '300.00'),
      ],
    };
    expect(causes(given, { cause: 're-rated', invoice_id: 'I2' })).toEqual(['2025-02-10 re-rated A']);
  });

  test('R6.2 a booking set aside re-rates nothing', () => {
    const given = {
      ...retro,
      assignments: [assignment('R1', 'ae', '2025-01-01', '2025-02-03')],
      invoices: [first, sale('I9', '2025-02-05', '600.00')],
    };
    expect(causes(given)).toEqual(['2025-01-10 invoiced I1']);
  });

  test('R6.2 bookings of other reps are no source', () => {
    const given = {
      ...retro,
      quotas: [...retro.quotas, ...quotasOf(2025, '1000.00').map((row) => ({ ...row, rep_id: 'R2' }))],
      invoices: [first, sale('I2', '2025-02-10', '600.00'), sale('I3', '2025-02-10', '600.00')],
      splits: [split('I3', 'R2', '100%')],
    };
    expect(causes(given, { cause: 're-rated' })).toEqual(['2025-02-10 re-rated I2']);
  });
});

describe('R6.3 postings add up', () => {
  const parts = (row: ResultRow) =>
    added(['advanced', 'released', 'held', 'forfeited'].map((column) => row[column] ?? ''));

  test('R6.3 on every posting: earned = advanced + released + held + forfeited', () => {
    const rows = postingRows(everyCause);
    expect(rows.map(parts)).toEqual(rows.map((row) => row['earned']));
  });

  test('R6.3 cumulatively 0 <= clawed back <= advanced and 0 <= held <= earned', () => {
    const sums = { earned: 0, advanced: 0, held: 0, clawed_back: 0 };
    for (const row of postingRows(everyCause, { invoice_id: 'I1' })) {
      for (const column of Object.keys(sums) as (keyof typeof sums)[])
        sums[column] += Number(row[column]) * 100;
      expect(sums.clawed_back).toBeGreaterThanOrEqual(0);
      expect(sums.clawed_back).toBeLessThanOrEqual(sums.advanced);
      expect(sums.held).toBeGreaterThanOrEqual(0);
      expect(sums.held).toBeLessThanOrEqual(sums.earned);
    }
  });
});

describe('R6.4 the order of postings', () => {
  const order = (given: Given) =>
    postingRows(given).map((row) =>
      [row['date'], row['cause'], row['source_id'], row['invoice_id'], row['rep_id']].join(' '),
    );

  test('R6.4 by date first, whatever the invoice', () => {
    const given = {
      invoices: [sale('A', '2025-03-10', '10.00'), sale('B', '2025-01-10', '10.00')],
      payments: [payment('P1', 'B', '2025-02-10', '10.00')],
    };
    expect(order(given)).toEqual([
      '2025-01-10 invoiced B B R1',
      '2025-02-10 collected P1 B R1',
      '2025-03-10 invoiced A A R1',
    ]);
  });

  test('R6.4 on one day by kind, whatever the invoice', () => {
    const given = {
      invoices: [
        sale('A', '2025-01-10', '10.00'),
        sale('B', '2025-02-10', '10.00'),
        sale('C', '2025-01-11', '10.00'),
      ],
      payments: [payment('P1', 'A', '2025-02-10', '5.00'), payment('P2', 'B', '2025-02-10', '5.00')],
      creditMemos: [creditMemo('Z', 'C', '2025-02-10', '5.00')],
      writeOffs: [writeOff('A', 'A', '2025-02-10', '5.00')],
    };
    expect(order(given).slice(2)).toEqual([
      '2025-02-10 invoiced B B R1',
      '2025-02-10 credited Z C R1',
      '2025-02-10 collected P1 A R1',
      '2025-02-10 collected P2 B R1',
      '2025-02-10 written-off A A R1',
    ]);
  });

  test('R6.4 within a kind by source id, before invoice id', () => {
    const given = {
      invoices: [invoice('A'), invoice('B')],
      payments: [payment('P2', 'A', '2025-02-10', '5.00'), payment('P1', 'B', '2025-02-10', '5.00')],
    };
    expect(order(given).slice(2)).toEqual(['2025-02-10 collected P1 B R1', '2025-02-10 collected P2 A R1']);
  });

  test('R6.4 of one source by invoice id, then by rep id', () => {
    const given = {
      invoices: [invoice('B'), invoice('A')],
      splits: [split('B', 'R2', '50%'), split('B', 'R1', '50%')],
      payments: [payment('P1', 'B', '2025-02-10', '5.00'), payment('P1', 'A', '2025-02-10', '5.00')],
    };
    expect(order(given)).toEqual([
      '2025-01-15 invoiced A A R1',
      '2025-01-15 invoiced B B R1',
      '2025-01-15 invoiced B B R2',
      '2025-02-10 collected P1 A R1',
      '2025-02-10 collected P1 B R1',
      '2025-02-10 collected P1 B R2',
    ]);
  });

  test('R6.4 `booked` and `invoiced` are one kind: by id among each other', () => {
    const given = {
      plans: [
        { id: 'invoiced', earnOn: 'invoice' },
        { id: 'booked', earnOn: 'booking' },
      ],
      assignments: [assignment('R1', 'invoiced', '2025-01-01'), assignment('R2', 'booked', '2025-01-01')],
      invoices: [invoice('A'), invoice('B', { rep_id: 'R2' }), invoice('C')],
    };
    expect(order(given)).toEqual([
      '2025-01-15 invoiced A A R1',
      '2025-01-15 booked B B R2',
      '2025-01-15 invoiced C C R1',
    ]);
  });

  test('R6.4 past-due postings of a day come last, by invoice id', () => {
    const given = {
      plan: { level: 1, clawback: { pastDueDays: 0 } },
      invoices: [
        sale('B', '2025-01-10', '10.00', { due_date: '2025-02-10' }),
        sale('A', '2025-01-10', '10.00', { due_date: '2025-02-10' }),
        sale('C', '2025-02-10', '10.00', { due_date: '2025-12-31' }),
      ],
      asOf: '2025-02-10',
    };
    expect(order(given).slice(2)).toEqual([
      '2025-02-10 invoiced C C R1',
      '2025-02-10 past-due A A R1',
      '2025-02-10 past-due B B R1',
    ]);
  });
});
