/** The rules of the results: quarters and months without gaps, their columns, exceptions and control totals (R8). */
import { describe, expect, test } from 'vitest';
import { calculate } from '../../src/engine/calculate.js';
import type { ControlTotals } from '../../src/engine/r8-results/controls.js';
import { exceptionsTable, monthsTable, postingsTable, quartersTable } from '../../src/ledgers/tables.js';
import {
  added,
  assignment,
  calendarRow,
  creditMemo,
  exceptionsOf,
  type Given,
  invoice,
  mapped,
  monthRow,
  monthRows,
  payment,
  quarterRow,
  quarterRows,
  quota,
  quotasOf,
  type ResultRow,
  type Row,
  sale,
  split,
  splitAmount,
  table,
  workspace,
  writeOff,
} from '../support/build.js';
import { filesOf, resultOf } from '../support/run.js';

/** The cells of one column, in the order of the rows. */
const column = (rows: readonly ResultRow[], name: string) => rows.map((row) => row[name]);
/** The cells of a few columns. */
const cells = (row: ResultRow, ...names: string[]) => names.map((name) => row[name]);

describe('R8.1 the rows of quarters.csv', () => {
  test('R8.1, R21.6, R29.1 the columns in their order', () => {
    const result = resultOf(workspace({ invoices: [invoice('I1')] }));
    expect(
      quartersTable(result)
        .columns.map(({ name }) => name)
        .join(','),
    ).toBe(
      'rep_id,quarter,currency,bookings,quota,attainment,earned,advanced,released,forfeited,held_opening,held,' +
        'payable,clawed_back,reinstated,owed_opening,charged,cancelled,recovered,paid,owed,' +
        'adjusted,capped,waived,repaid,guaranteed,drawn,carried',
    );
  });

  test("R8.1 from the rep's first booking through the as-of quarter, without gaps", () => {
    const given = { invoices: [sale('I1', '2025-05-10', '1000.00')], asOf: '2026-02-10' };
    expect(column(quarterRows(given), 'quarter')).toEqual(['2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1']);
  });

  test('R8.1 the first booking counts, although the line is invoiced later', () => {
    const given = {
      invoices: [invoice('I1', { booking_date: '2025-03-31', invoice_date: '2025-08-01' })],
      asOf: '2025-09-30',
    };
    expect(column(quarterRows(given), 'quarter')).toEqual(['2025-Q1', '2025-Q2', '2025-Q3']);
    expect(column(quarterRows(given), 'earned')).toEqual(['0.00', '0.00', '100.00']);
  });

  test('R8.1 bookings without a plan are no first booking', () => {
    const given = {
      assignments: [assignment('R1', 'ae', '2025-04-01')],
      invoices: [sale('I1', '2025-01-10', '1000.00'), sale('I2', '2025-05-10', '1000.00')],
      asOf: '2025-06-30',
    };
    expect(column(quarterRows(given), 'quarter')).toEqual(['2025-Q2']);
  });

  test('R8.1 a rep without a booking has no row, whatever the quota', () => {
    const given = {
      invoices: [invoice('I1')],
      quotas: [quota('2025-Q1', '1000.00', 'R2')],
      asOf: '2025-03-31',
    };
    expect(column(quarterRows(given), 'rep_id')).toEqual(['R1']);
  });

  test('R8.1 a rep whose only booking is later than the as-of date has no row', () => {
    expect(quarterRows({ invoices: [sale('I1', '2025-05-10', '1.00')], asOf: '2025-05-09' })).toEqual([]);
  });

  test('R8.1 a line that posts nothing is a booking all the same', () => {
    const given = { invoices: [invoice('I1', { amount: '0.01' })], asOf: '2025-03-31' };
    expect(quarterRows(given)).toMatchObject([{ quarter: '2025-Q1', bookings: '0.01', earned: '0.00' }]);
  });

  test('R8.1 by rep id, then quarter', () => {
    const given = {
      invoices: ['r', 'R10', 'R2'].map((rep, n) => invoice(`I${n}`, { rep_id: rep })),
      asOf: '2025-06-30',
    };
    expect(quarterRows(given).map((row) => cells(row, 'rep_id', 'quarter').join(' '))).toEqual([
      'R10 2025-Q1',
      'R10 2025-Q2',
      'R2 2025-Q1',
      'R2 2025-Q2',
      'r 2025-Q1',
      'r 2025-Q2',
    ]);
  });

  test('R8.1 no booking at all, no rows', () => {
    expect(quarterRows({ invoices: [] })).toEqual([]);
  });

  test('R8.1 the currency and its decimals', () => {
    const given = { terms: { currency: 'KWD' }, invoices: [invoice('I1')], asOf: '2025-03-31' };
    expect(cells(quarterRow(given, '2025-Q1'), 'currency', 'bookings', 'earned')).toEqual([
      'KWD',
      '1000.000',
      '100.000',
    ]);
  });
});

describe('R8.1 flows and balances', () => {
  // Level 2 at 10%: 50.00 advanced, 50.00 held. Past due on 2025-05-15 with 400.00 paid: 30.00 taken back.
  const given: Given = {
    plan: { level: 2, clawback: { pastDueDays: 30 } },
    invoices: [sale('I1', '2025-01-15', '1000.00', { due_date: '2025-04-15' })],
    payments: [payment('P1', 'I1', '2025-02-10', '400.00'), payment('P2', 'I1', '2025-07-10', '200.00')],
    writeOffs: [writeOff('W1', 'I1', '2025-08-10', '400.00'), writeOff('W2', 'I1', '2025-10-10', '-100.00')],
  };

  test('R8.1 the flows of a quarter are the sums of its postings; payable is advanced and released', () => {
    const names = ['earned', 'advanced', 'released', 'forfeited', 'payable'];
    expect(quarterRows(given).map((row) => cells(row, ...names))).toEqual([
      ['100.00', '50.00', '20.00', '0.00', '70.00'],
      ['0.00', '0.00', '0.00', '0.00', '0.00'],
      ['0.00', '0.00', '10.00', '20.00', '10.00'],
      ['0.00', '0.00', '0.00', '-5.00', '0.00'],
    ]);
  });

  test('R8.1 `forfeited` is net: a reversal of a write-off shows below 0', () => {
    expect(quarterRow(given, '2025-Q4')['forfeited']).toBe('-5.00');
  });

  test('R8.1 `held` opens where it closed', () => {
    expect(quarterRows(given).map((row) => cells(row, 'held_opening', 'held'))).toEqual([
      ['0.00', '30.00'],
      ['30.00', '30.00'],
      ['30.00', '0.00'],
      ['0.00', '5.00'],
    ]);
  });

  test('R8.1 `clawed_back` and `reinstated` are the positive and the negative posting deltas', () => {
    expect(quarterRows(given).map((row) => cells(row, 'clawed_back', 'reinstated'))).toEqual([
      ['0.00', '0.00'],
      ['30.00', '0.00'],
      ['0.00', '10.00'],
      ['0.00', '0.00'],
    ]);
  });

  test('R8.1 taken back and given back in one quarter, both are shown in full', () => {
    const both = { ...given, payments: [payment('P1', 'I1', '2025-06-10', '400.00')], writeOffs: [] };
    // 50.00 on 2025-05-15, 20.00 given back on 2025-06-10.
    expect(cells(quarterRow(both, '2025-Q2'), 'clawed_back', 'reinstated')).toEqual(['50.00', '20.00']);
  });

  test('R8.1 `owed` opens where it closed', () => {
    expect(quarterRows(given).map((row) => cells(row, 'owed_opening', 'owed'))).toEqual([
      ['0.00', '0.00'],
      ['0.00', '30.00'],
      ['30.00', '10.00'],
      ['10.00', '10.00'],
    ]);
  });
});

describe('R8.1 bookings', () => {
  test('R8.1 bookings are those of the quarter, net of credits of the quarter', () => {
    const given = {
      invoices: [sale('I1', '2025-01-15', '1000.00'), sale('I2', '2025-04-15', '500.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-05-10', '800.00')],
      asOf: '2025-06-30',
    };
    expect(column(quarterRows(given), 'bookings')).toEqual(['1000.00', '-300.00']);
  });

  test('R8.1 bookings are rounded to the minor unit, as the workspace rounds', () => {
    const given = { invoices: [invoice('I1', { amount: '1000.005' })], asOf: '2025-03-31' };
    expect(quarterRow(given, '2025-Q1')['bookings']).toBe('1000.01');
    expect(quarterRow({ ...given, terms: { rounding: 'half-even' } }, '2025-Q1')['bookings']).toBe('1000.00');
  });

  test('R8.1 the quota is rounded likewise', () => {
    const given = {
      invoices: [invoice('I1')],
      quotas: [quota('2025-Q1', '2000.005')],
      asOf: '2025-03-31',
    };
    expect(quarterRow(given, '2025-Q1')['quota']).toBe('2000.01');
    expect(quarterRow({ ...given, terms: { rounding: 'half-even' } }, '2025-Q1')['quota']).toBe('2000.00');
  });

  const plans = [
    { id: 'revenue', level: 0 },
    { id: 'profit', level: 0, basis: 'gross-profit' },
  ];
  const invoices = [
    sale('I1', '2025-01-15', '1000.00', { cost: '600.00' }),
    sale('I2', '2025-04-15', '500.00', { cost: '100.00' }),
  ];

  test("R8.1 bookings are in the unit of the rep's plan at the end of the quarter", () => {
    const given = {
      plans,
      assignments: [
        assignment('R1', 'revenue', '2025-01-01', '2025-03-30'),
        assignment('R1', 'profit', '2025-03-31'),
      ],
      invoices,
      asOf: '2025-06-30',
    };
    expect(column(quarterRows(given), 'bookings')).toEqual(['400.00', '400.00']);
  });

  test('R8.1 or at the as-of date, where the quarter has not ended', () => {
    const given = {
      plans,
      assignments: [
        assignment('R1', 'revenue', '2025-01-01', '2025-05-31'),
        assignment('R1', 'profit', '2025-06-01'),
      ],
      invoices,
    };
    expect(column(quarterRows({ ...given, asOf: '2025-05-31' }), 'bookings')).toEqual(['1000.00', '500.00']);
    expect(column(quarterRows({ ...given, asOf: '2025-06-01' }), 'bookings')).toEqual(['1000.00', '400.00']);
  });

  test('R8.1 in revenue, where the rep has no plan then', () => {
    const given = {
      plans,
      assignments: [assignment('R1', 'profit', '2025-01-01', '2025-03-30')],
      invoices: [invoices[0] as Row],
      asOf: '2025-03-31',
    };
    expect(cells(quarterRow(given, '2025-Q1'), 'bookings', 'attainment')).toEqual(['1000.00', '']);
  });
});

describe('R8.1 quota and attainment', () => {
  const quotas = quotasOf(2025, '1000.00');
  const invoices = [sale('I1', '2025-01-15', '1500.00'), sale('I2', '2025-04-15', '300.00')];
  const attainments = (given: Given) =>
    quarterRows({ invoices, quotas, asOf: '2025-06-30', ...given }).map((row) =>
      cells(row, 'quota', 'attainment'),
    );

  test('R8.1 in a window of a quarter: the quarter against its own quota', () => {
    expect(attainments({ plan: { level: 0, rate: table('quarter') } })).toEqual([
      ['1000.00', '1.5000'],
      ['1000.00', '0.3000'],
    ]);
  });

  test('R8.1 year to date: rolling, while the quota shown is the own one of the quarter', () => {
    // 1,500/1,000 and 1,800/2,000
    expect(attainments({ plan: { level: 0, rate: table('year-to-date') } })).toEqual([
      ['1000.00', '1.5000'],
      ['1000.00', '0.9000'],
    ]);
  });

  test("R8.1 year: against the whole year's quotas", () => {
    // 1,500/4,000 and 1,800/4,000
    expect(attainments({ plan: { level: 0, rate: table('year') } })).toEqual([
      ['1000.00', '0.3750'],
      ['1000.00', '0.4500'],
    ]);
  });

  test('R8.1 a flat rate is shown in the window of a quarter', () => {
    expect(attainments({})).toEqual([
      ['1000.00', '1.5000'],
      ['1000.00', '0.3000'],
    ]);
  });

  test('R8.1 without a quota row, quota and attainment are empty', () => {
    expect(attainments({ quotas: [quota('2025-Q2', '1000.00')] })).toEqual([
      ['', ''],
      ['1000.00', '0.3000'],
    ]);
  });

  test('R8.1 in a rolling window the quota may be missing and the attainment there', () => {
    const rate = { attainment: 'year-to-date', table: [{ from: '0%', rate: '5%' }] };
    expect(attainments({ plan: { level: 0, rate }, quotas: [quota('2025-Q1', '1000.00')] })).toEqual([
      ['1000.00', '1.5000'],
      ['', '1.8000'],
    ]);
  });

  test('R8.1 with a sum of 0 the attainment is empty, the quota 0', () => {
    expect(attainments({ quotas: quotasOf(2025, '0.00') })).toEqual([
      ['0.00', ''],
      ['0.00', ''],
    ]);
  });

  test('R8.1 without a plan at quarter end, attainment is empty', () => {
    expect(attainments({ assignments: [assignment('R1', 'ae', '2025-01-01', '2025-06-29')] })).toEqual([
      ['1000.00', '1.5000'],
      ['1000.00', ''],
    ]);
  });

  test("R8.1 the window is that of the plan at quarter end, whatever plan paid the quarter's lines", () => {
    const given = {
      plans: [
        { id: 'rolling', level: 0, rate: table('year-to-date') },
        { id: 'yearly', level: 0, rate: table('year') },
      ],
      assignments: [
        assignment('R1', 'rolling', '2025-01-01', '2025-06-29'),
        assignment('R1', 'yearly', '2025-06-30'),
      ],
    };
    expect(attainments(given)).toEqual([
      ['1000.00', '1.5000'],
      ['1000.00', '0.4500'],
    ]);
  });

  test('R8.1 quarters without bookings have attainment too', () => {
    const given = {
      plan: { level: 0, rate: table('year-to-date') },
      invoices: [sale('I1', '2025-01-15', '1500.00')],
    };
    expect(attainments(given)).toEqual([
      ['1000.00', '1.5000'],
      ['1000.00', '0.7500'],
    ]);
  });

  test.each([
    ['1.00', '3.00', '0.3333'],
    ['2.00', '3.00', '0.6667'],
    ['0.01', '0.01', '1.0000'],
    ['0.50', '10000.00', '0.0001'], // 0.00005
    ['-0.50', '10000.00', '-0.0001'],
    ['2.50', '10000.00', '0.0003'], // 0.00025: half away from zero, although the workspace says half-even
  ])('R8.1 four decimals, half away from zero: %s of %s is %s', (amount, target, attainment) => {
    const given = {
      terms: { rounding: 'half-even' },
      invoices: [invoice('I1', { amount })],
      quotas: [quota('2025-Q1', target)],
      asOf: '2025-03-31',
    };
    expect(quarterRow(given, '2025-Q1')['attainment']).toBe(attainment);
  });

  test('R8.1 as of a day within the quarter, only what is booked by then counts', () => {
    const given = { invoices: [...invoices, sale('I3', '2025-06-10', '200.00')], quotas, asOf: '2025-05-31' };
    expect(quarterRow(given, '2025-Q2')['attainment']).toBe('0.3000');
  });

  test('R8.1 a rolling window ends with the fiscal year', () => {
    const given = {
      plan: { level: 0, rate: table('year-to-date') },
      invoices,
      quotas: [...quotas, quota('2026-Q1', '1000.00')],
      asOf: '2026-03-31',
    };
    // 1,800/4,000 at the end of 2025, nothing yet in 2026.
    expect(column(quarterRows(given), 'attainment')).toEqual([
      '1.5000',
      '0.9000',
      '0.6000',
      '0.4500',
      '0.0000',
    ]);
  });
});

describe('R8.2 months', () => {
  const given: Given = {
    terms: { payPeriod: 'month' },
    plan: { level: 2, clawback: { pastDueDays: 0 } },
    invoices: [sale('I1', '2025-02-10', '1000.00', { due_date: '2025-03-31' })],
    payments: [payment('P1', 'I1', '2025-02-20', '400.00'), payment('P2', 'I1', '2025-04-20', '200.00')],
    asOf: '2025-05-10',
  };

  test('R8.2 months.csv has the same columns for months, without bookings, quota and attainment', () => {
    expect(
      monthsTable(resultOf(workspace(given)))
        .columns.map(({ name }) => name)
        .join(','),
    ).toBe(
      'rep_id,month,currency,earned,advanced,released,forfeited,held_opening,held,payable,clawed_back,reinstated,' +
        'owed_opening,charged,cancelled,recovered,paid,owed,adjusted,capped,waived,repaid,guaranteed,drawn,carried',
    );
  });

  test("R8.2 from the rep's first month through the as-of month, without gaps", () => {
    expect(column(monthRows(given), 'month')).toEqual(['2025-02', '2025-03', '2025-04', '2025-05']);
  });

  test('R8.2 the first month may be one of a booking alone', () => {
    const booked = { ...given, invoices: [{ ...given.invoices?.[0], booking_date: '2024-12-31' }] };
    expect(column(monthRows(booked), 'month').slice(0, 3)).toEqual(['2024-12', '2025-01', '2025-02']);
    expect(column(quarterRows(booked), 'quarter')).toEqual(['2024-Q4', '2025-Q1', '2025-Q2']);
  });

  test('R8.2 the flows and balances of each month', () => {
    // February: 50.00 advanced, 20.00 of 50.00 released. March: 50 - 20 = 30.00 taken back. April: 10.00 released and
    // 10.00 given back, which cancels debt.
    const names = ['advanced', 'released', 'held', 'clawed_back', 'reinstated', 'paid', 'owed'];
    expect(monthRows(given).map((row) => cells(row, ...names))).toEqual([
      ['50.00', '20.00', '30.00', '0.00', '0.00', '70.00', '0.00'],
      ['0.00', '0.00', '30.00', '30.00', '0.00', '0.00', '30.00'],
      ['0.00', '10.00', '20.00', '0.00', '10.00', '0.00', '10.00'],
      ['0.00', '0.00', '20.00', '0.00', '0.00', '0.00', '10.00'],
    ]);
  });

  test("R8.2 a quarter's opening is its first month's, its closing its last month's", () => {
    expect(cells(quarterRow(given, '2025-Q2'), 'held_opening', 'held', 'owed_opening', 'owed')).toEqual([
      '30.00',
      '20.00',
      '30.00',
      '10.00',
    ]);
  });

  test("R8.2 a quarter's flows are the sums of its months'", () => {
    const flows = ['earned', 'advanced', 'released', 'forfeited', 'payable', 'clawed_back', 'reinstated'];
    const pay = ['charged', 'cancelled', 'recovered', 'paid'];
    for (const name of [...flows, ...pay]) {
      const months = [monthRow(given, '2025-04'), monthRow(given, '2025-05')];
      expect([name, quarterRow(given, '2025-Q2')[name]]).toEqual([
        name,
        added(months.map((row) => row[name] ?? '')),
      ]);
    }
  });

  test('R8.2 quarters keep bookings, quota and attainment', () => {
    const withQuota = { ...given, quotas: [quota('2025-Q1', '2000.00')] };
    expect(cells(quarterRow(withQuota, '2025-Q1'), 'bookings', 'quota', 'attainment')).toEqual([
      '1000.00',
      '2000.00',
      '0.5000',
    ]);
  });

  test('R8.2 with a calendar of months: by rep, then month', () => {
    const calendar = [
      calendarRow('2025-Q1', '2024-12-30', '2025-01-26', '2025-01'),
      calendarRow('2025-Q1', '2025-01-27', '2025-02-23', '2025-02'),
      calendarRow('2025-Q1', '2025-02-24', '2025-03-30', '2025-03'),
      calendarRow('2025-Q2', '2025-03-31', '2025-04-27', '2025-04'),
    ];
    const inWeeks = {
      terms: { payPeriod: 'month' },
      calendar,
      invoices: [sale('I1', '2025-01-26', '10.00'), sale('I2', '2025-02-24', '20.00', { rep_id: 'R0' })],
      asOf: '2025-03-31',
    };
    expect(monthRows(inWeeks).map((row) => cells(row, 'rep_id', 'month', 'held').join(' '))).toEqual([
      'R0 2025-03 2.00',
      'R0 2025-04 2.00',
      'R1 2025-01 1.00',
      'R1 2025-02 1.00',
      'R1 2025-03 1.00',
      'R1 2025-04 1.00',
    ]);
    expect(quarterRows(inWeeks).map((row) => cells(row, 'rep_id', 'quarter', 'held').join(' '))).toEqual([
      'R0 2025-Q1 2.00',
      'R0 2025-Q2 2.00',
      'R1 2025-Q1 1.00',
      'R1 2025-Q2 1.00',
    ]);
  });

  test('R8.2 where the pay period is the quarter there are no months', () => {
    expect(resultOf(workspace({ ...given, terms: {} })).months).toEqual([]);
  });
});

describe('R8.3 postings.csv', () => {
  test('R8.3 the columns in their order', () => {
    expect(
      postingsTable(resultOf(workspace({ invoices: [] })))
        .columns.map(({ name }) => name)
        .join(','),
    ).toBe(
      'date,period,rep_id,invoice_id,customer_id,plan_id,level,cause,source_id,' +
        'earned,advanced,released,held,forfeited,clawed_back,credit',
    );
  });

  test.each([
    ['no-linkage', {}, '0'],
    ['clawback', { clawback: {} }, '1'],
    ['partial-hold', {}, '2'],
    ['pay-on-collection', {}, '3'],
    ['earn-on-collection', {}, '4'],
  ])('R8.3 `level` is the number, where the plan says %s', (level, keys, number) => {
    const given = {
      plan: { level, ...keys },
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-01', '1000.00')],
    };
    const rows = filesOf(resultOf(workspace(given)))['postings.csv'] ?? [];
    expect(new Set(column(rows, 'level'))).toEqual(new Set([number]));
  });
});

describe('R8.4 exceptions and control totals', () => {
  test('R8.4 exceptions are ordered by code, ledger, id', () => {
    const given = {
      invoices: [invoice('I2'), invoice('I1')],
      payments: [
        payment('P2', 'X', '2025-02-10', '1.00'),
        payment('P1', 'X', '2025-02-10', '1.00'),
        payment('P3', 'I2', '2025-02-10', '2000.00'),
        payment('P3', 'I1', '2025-02-10', '2000.00'),
      ],
      creditMemos: [creditMemo('Z', 'X', '2025-02-10', '1.00')],
      writeOffs: [writeOff('A', 'X', '2025-02-10', '1.00')],
    };
    expect(exceptionsOf(given).map(({ code, ledger, id }) => `${code} ${ledger} ${id}`)).toEqual([
      'overpaid invoices I1',
      'overpaid invoices I2',
      'unknown-invoice creditMemos Z',
      'unknown-invoice payments P1',
      'unknown-invoice payments P2',
      'unknown-invoice writeOffs A',
    ]);
  });

  test('R8.4 the columns of exceptions.csv, with the row where there is one', () => {
    const given = {
      plan: { level: 0, rate: table('year-to-date') },
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [sale('I1', '2025-04-10', '1.00')],
      payments: [payment('P1', 'X', '2025-05-10', '1.00')],
    };
    const { columns, rows } = exceptionsTable(resultOf(workspace(given)).exceptions, ({ row }) =>
      row === undefined ? undefined : row + 2,
    );
    expect(columns.map(({ name }) => name)).toEqual(['code', 'ledger', 'row', 'id', 'message']);
    expect([...rows].map((cellsOf) => cellsOf.slice(0, 3))).toEqual([
      ['missing-quota', 'quotas', ''],
      ['unknown-invoice', 'payments', '2'],
    ]);
  });

  const totals: Given = {
    invoices: [
      sale('I1', '2025-01-10', '1000.00'),
      sale('I2', '2025-02-10', '500.00', { rep_id: 'R2' }),
      sale('I3', '2025-07-10', '300.00'),
      sale('X1', '2025-03-10', '-100.00', { reverses: 'I9' }),
    ],
    payments: [
      payment('P1', 'I1', '2025-02-10', '400.00'),
      payment('P2', 'I1', '2025-07-10', '200.00'),
      payment('P3', 'I9', '2025-02-10', '70.00'),
      payment('P4', 'I9', '2025-07-10', '80.00'),
      { ...payment('P5', '', '2025-02-10', '9.00'), customer_id: 'C1' },
      payment('P6', 'I2', '2025-02-20', '5.00'),
      payment('P7', 'I3', '2025-02-20', '6.00'),
      payment('P8', 'I1', '2025-02-20', ''),
      payment('P9', 'I1', '', '11.00'),
    ],
    writeOffs: [writeOff('W1', 'I1', '2025-03-10', '1.23'), writeOff('W2', 'I9', '2025-03-10', '2.34')],
    creditMemos: [
      creditMemo('CM1', 'I1', '2025-03-10', '12.50'),
      creditMemo('CM2', 'I1', '2025-07-10', '13.50'),
    ],
    splits: [split('I1', 'R1', '60%'), split('I1', 'R3', '40%'), splitAmount('I9', 'R1', '5.00')],
    assignments: [assignment('R1', 'ae', '2025-01-01'), assignment('R3', 'ae', '2025-07-01')],
    quotas: [quota('2025-Q1', '100.00'), quota('2025-Q3', '300.00'), quota('2025-Q1', '7.00', 'R9')],
    calendar: [
      calendarRow('2025-Q1', '2025-01-01', '2025-03-31'),
      calendarRow('2025-Q2', '2025-04-01', '2025-06-30'),
      calendarRow('2025-Q3', '2025-07-01', '2025-09-30'),
    ],
    asOf: '2025-06-30',
  };
  const result = () => {
    const outcome = calculate(mapped(totals, { payments: { skipEmpty: true } }).inputs);
    if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
    return outcome.result;
  };
  const figures = ({ rows, amount }: { rows: number; amount: bigint }) => `${rows} rows ${amount}`;
  const totalsOf = (ledger: 'invoices' | 'payments' | 'writeOffs' | 'creditMemos') => {
    const { read, used, later, setAside, leftOut } = result().controls.get(ledger) as ControlTotals;
    return { read, used, later, setAside, leftOut };
  };

  test('R8.4 control totals of every ledger add up to the rows read', () => {
    const { controls } = result();
    expect([...controls.keys()]).toEqual(
      expect.arrayContaining(Object.keys(totals).filter((name) => name !== 'asOf')),
    );
    for (const { read, used, later, setAside, leftOut } of controls.values()) {
      const fates = [used, later, setAside, leftOut];
      expect(fates.reduce((sum, { rows }) => sum + rows, 0)).toBe(read.rows);
      expect(fates.reduce((sum, { amount }) => sum + amount, 0n)).toBe(read.amount);
    }
  });

  test('R8.4 every row of a ledger is read, with its amount', () => {
    // 400 + 200 + 70 + 80 + 9 + 5 + 6 + 11 = 781.00; 1,000 + 500 + 300 - 100 = 1,700.00; in cents
    expect(figures(totalsOf('payments').read)).toBe('9 rows 78100');
    expect(figures(totalsOf('invoices').read)).toBe('4 rows 170000');
    expect(figures(totalsOf('writeOffs').read)).toBe('2 rows 357');
    expect(figures(totalsOf('creditMemos').read)).toBe('2 rows 2600');
  });

  test('R8.4 rows later than the as-of date are counted as such', () => {
    expect(figures(totalsOf('invoices').later)).toBe('1 rows 30000'); // I3
    expect(figures(totalsOf('creditMemos').later)).toBe('1 rows 1350'); // CM2
    const given = {
      invoices: [invoice('I1')],
      payments: totals.payments?.slice(0, 2) ?? [],
      asOf: '2025-06-30',
    };
    expect(resultOf(workspace(given)).controls.get('payments')?.later).toEqual({
      rows: 1,
      amount: 20_000n,
      total: 0n,
    }); // P2
  });

  test('R8.4 rows set aside are counted as such', () => {
    expect(figures(totalsOf('writeOffs').setAside)).toBe('1 rows 234'); // W2, of an unknown invoice
    expect(figures(totalsOf('invoices').setAside)).toBe('2 rows 40000'); // I2, without a plan, and X1
  });

  test('R8.4 what is used is the rest', () => {
    expect(figures(totalsOf('invoices').used)).toBe('1 rows 100000'); // I1
    expect(figures(totalsOf('writeOffs').used)).toBe('1 rows 123'); // W1
    expect(figures(totalsOf('creditMemos').used)).toBe('1 rows 1250'); // CM1
  });

  test('R8.4 rows that the mapping leaves out are counted as such', () => {
    // P8 has no amount, P9 no date.
    expect(figures(totalsOf('payments').leftOut)).toBe('2 rows 1100');
  });

  test('R8.4 a ledger without amounts has control totals of rows', () => {
    const { controls } = result();
    expect(controls.get('assignments')?.read).toEqual({ rows: 2, amount: 0n, total: 0n });
    expect(controls.get('calendar')?.read).toEqual({ rows: 3, amount: 0n, total: 0n });
    expect(controls.get('splits')?.read.rows).toBe(3);
  });

  test('R8.4 a ledger that was not given has none', () => {
    const { controls } = resultOf(workspace({ invoices: [invoice('I1')] }));
    expect([...controls.keys()]).toEqual(['invoices']);
  });
});

describe('R8.5 same inputs, same results', () => {
  const given: Given = {
    plan: { level: 2, rate: table('year-to-date', 'retroactive'), clawback: { pastDueDays: 10 } },
    quotas: quotasOf(2025, '1000.00'),
    invoices: ['2025-01-10', '2025-01-10', '2025-02-10', '2025-05-10'].map((date, n) =>
      sale(`I${n}`, date, `${300 + n * 100}.00`, { due_date: date }),
    ),
    payments: [
      payment('P1', 'I0', '2025-01-12', '100.00'),
      payment('P1', 'I1', '2025-01-12', '200.00'),
      payment('P2', 'I0', '2025-01-12', '-50.00'),
      payment('P9', 'X', '2025-01-12', '1.00'),
      payment('P8', 'X', '2025-01-12', '1.00'),
    ],
    creditMemos: [creditMemo('A', 'I2', '2025-02-10', '10.00'), creditMemo('B', 'I2', '2025-02-10', '20.00')],
    writeOffs: [writeOff('W1', 'I3', '2025-06-10', '30.00'), writeOff('W0', 'I3', '2025-06-10', '-30.00')],
    splits: [split('I2', 'R2', '50%'), split('I2', 'R1', '50%')],
    assignments: [assignment('R1', 'ae', '2025-01-01'), assignment('R2', 'ae', '2025-01-01')],
  };
  const quotas = [...(given.quotas ?? []), quota('2025-Q1', '500.00', 'R2')];
  const reversed = (rows: readonly Row[] | undefined) => [...(rows ?? [])].reverse();

  test('R8.5 the order of rows changes nothing but the `row` of exceptions', () => {
    const turned: Given = {
      ...given,
      quotas: reversed(quotas),
      invoices: reversed(given.invoices),
      payments: reversed(given.payments),
      creditMemos: reversed(given.creditMemos),
      writeOffs: reversed(given.writeOffs),
      splits: reversed(given.splits),
      assignments: reversed(given.assignments),
    };
    const [one, other] = [{ ...given, quotas }, turned].map((ws) => resultOf(workspace(ws)));
    if (one === undefined || other === undefined) throw new Error('two results');
    expect(filesOf(other)).toEqual(filesOf(one));
    const plain = (result: typeof one) => result.exceptions.map(({ row: _, ...rest }) => rest);
    expect(plain(other)).toEqual(plain(one));
    expect(other.controls).toEqual(one.controls);
  });

  test('R8.5 a second calculation comes to the same', () => {
    const inputs = workspace({ ...given, quotas });
    expect(filesOf(resultOf(inputs))).toEqual(filesOf(resultOf(inputs)));
  });
});
