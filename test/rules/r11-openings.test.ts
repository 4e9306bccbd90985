/** The rules of openings: what a workspace brings in that begins in the middle of a company's life (R11). */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calculate } from '../../src/engine/calculate.js';
import type { Close } from '../../src/engine/r11-closes/close.js';
import { closeOrThrow } from '../../src/library/or-throw.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import {
  at,
  calendarRow,
  creditMemo,
  faultCodes,
  faultsIn,
  faultsOf,
  type Given,
  history,
  mapped,
  monthRow,
  monthRows,
  payment,
  postingRows,
  quarterRow,
  quarterRows,
  quotasOf,
  type ResultRow,
  type Row,
  sale,
  split,
  table,
  workspace,
  writeOff,
} from '../support/build.js';
import { folderWith } from '../support/folder.js';
import { inputsOf, resultOf, type TestResult } from '../support/run.js';

/** What R1 brings in at the end of 2024: nothing, unless a test says more. */
const opening = (cells: Row = {}): Row => ({ rep_id: 'R1', date: '2024-12-31', owed: '0.00', ...cells });
/** The same at the end of 2025-Q1, in the middle of the fiscal year. */
const midYear = (cells: Row = {}): Row => opening({ date: '2025-03-31', ...cells });
/** 1,000.00 booked and invoiced before 2025. */
const old = (cells: Row = {}): Row => sale('O1', '2024-11-15', '1000.00', cells);

const BALANCES = ['held_opening', 'held', 'owed_opening', 'charged', 'recovered', 'paid', 'owed'];
const pay = (row: ResultRow) => Object.fromEntries(BALANCES.map((column) => [column, row[column]]));
const NOTHING = Object.fromEntries(BALANCES.map((column) => [column, '0.00']));

describe('R11 what reps owe', () => {
  const given = {
    plan: { level: 0 },
    openings: [opening({ owed: '30.00' })],
    invoices: [sale('I1', '2025-01-15', '1000.00')],
  };

  test('R11 what a rep owes at the opening is recovered in the first period', () => {
    const expected = { ...NOTHING, owed_opening: '30.00', recovered: '30.00', paid: '70.00' };
    expect(pay(quarterRow(given, '2025-Q1'))).toEqual(expected);
    expect(pay(quarterRow(given, '2025-Q2'))).toEqual(NOTHING);
  });

  test('R11 no faster than the recovery limit allows', () => {
    const limited = { ...given, terms: { recoveryLimit: '25%' } };
    expect(pay(quarterRow(limited, '2025-Q1'))).toEqual({
      ...NOTHING,
      owed_opening: '30.00',
      recovered: '25.00',
      paid: '75.00',
      owed: '5.00',
    });
  });

  test('R11 a rep without any invoice who owes has rows from the first period on', () => {
    const idle = { openings: [opening({ owed: '30.00' })], asOf: '2025-06-30' };
    expect(quarterRows(idle).map((row) => [row['quarter'], row['owed_opening'], row['owed']])).toEqual([
      ['2025-Q1', '30.00', '30.00'],
      ['2025-Q2', '30.00', '30.00'],
    ]);
    expect(quarterRow(idle, '2025-Q1')['bookings']).toBe('0.00');
  });

  test('R11 a rep who joins after the opening begins with the first booking', () => {
    const joined = { ...given, openings: [opening({ rep_id: 'R2' })] };
    const early = { ...joined, invoices: [sale('I1', '2025-05-15', '1000.00')], asOf: '2025-06-30' };
    expect(quarterRows(early).map((row) => [row['rep_id'], row['quarter']])).toEqual([
      ['R1', '2025-Q2'],
      ['R2', '2025-Q1'],
      ['R2', '2025-Q2'],
    ]);
  });

  test('R11 what was taken back before the opening is owed, and cancelled by what is reinstated after it', () => {
    const reinstated = {
      plan: { level: 1, clawback: {} },
      openings: [opening({ owed: '100.00' })],
      invoices: [old()],
      writeOffs: [
        writeOff('W1', 'O1', '2024-12-20', '1000.00'),
        writeOff('W2', 'O1', '2025-02-10', '-1000.00'),
      ],
    };
    const row = quarterRow(reinstated, '2025-Q1');
    expect([row['reinstated'], row['cancelled'], row['recovered'], row['paid'], row['owed']]).toEqual([
      '100.00',
      '100.00',
      '0.00',
      '0.00',
      '0.00',
    ]);
  });
});

describe('R11 what is held', () => {
  const given = {
    openings: [opening()],
    invoices: [old()],
    payments: [payment('P1', 'O1', '2024-12-20', '400.00'), payment('P2', 'O1', '2025-02-10', '600.00')],
  };

  test('R11 what is held of an open invoice rolls in, and later cash releases it', () => {
    expect(pay(quarterRow(given, '2025-Q1'))).toEqual({ ...NOTHING, held_opening: '60.00', paid: '60.00' });
  });

  test('R11 the opening date itself is before the opening, the day after is not', () => {
    const eve = {
      ...given,
      plan: { rate: '10%' },
      invoices: [
        sale('O1', '2024-12-31', '1000.00', { commission: '90.00' }),
        sale('O2', '2025-01-01', '1000.00'),
      ],
      payments: [payment('P1', 'O1', '2024-12-31', '500.00'), payment('P2', 'O1', '2025-01-01', '500.00')],
    };
    expect(history(eve)).toEqual([
      '2025-01-01 invoiced O2: earned 100.00, held 100.00',
      '2025-01-01 collected P2: released 45.00, held -45.00',
    ]);
    const row = quarterRow(eve, '2025-Q1');
    expect([row['held_opening'], row['bookings']]).toEqual(['45.00', '1000.00']);
  });

  test('R11 cash on account from before is applied to what is open', () => {
    const waiting = {
      ...given,
      terms: { applyCash: 'oldest-due-first' },
      invoices: [
        old({ due_date: '2024-12-15' }),
        sale('I1', '2025-01-15', '1000.00', { due_date: '2025-02-15' }),
      ],
      payments: [
        {
          payment_id: 'P1',
          invoice_id: '',
          customer_id: 'C1',
          payment_date: '2024-12-20',
          amount: '1500.00',
        },
      ],
    };
    expect(history(waiting)).toEqual([
      '2025-01-15 invoiced I1: earned 100.00, held 100.00',
      '2025-01-15 collected P1: released 50.00, held -50.00',
    ]);
  });

  test('R11 no posting and no row is dated up to the opening', () => {
    expect(history(given)).toEqual(['2025-02-10 collected P2: released 60.00, held -60.00']);
    expect(quarterRows(given).map((row) => row['quarter'])).toEqual([
      '2025-Q1',
      '2025-Q2',
      '2025-Q3',
      '2025-Q4',
    ]);
  });

  test('R11 an invoice is enough for a rep to have rows, without a word in the openings', () => {
    const other = { ...given, openings: [opening({ rep_id: 'R2' })] };
    expect(pay(quarterRow(other, '2025-Q1'))).toEqual({ ...NOTHING, held_opening: '60.00', paid: '60.00' });
  });

  test('R11 what was advanced before the opening is taken back after it', () => {
    const advanced = {
      plan: { level: 1, clawback: { pastDueDays: 30 } },
      openings: [opening()],
      invoices: [old({ due_date: '2024-12-15' })],
      payments: [payment('P1', 'O1', '2025-05-10', '1000.00')],
    };
    expect(history(advanced)).toEqual([
      '2025-01-14 past-due O1: clawed back 100.00',
      '2025-05-10 collected P1: clawed back -100.00',
    ]);
    expect(pay(quarterRow(advanced, '2025-Q1'))).toEqual({ ...NOTHING, charged: '100.00', owed: '100.00' });
    expect(quarterRow(advanced, '2025-Q2')['cancelled']).toBe('100.00');
  });

  test('R11 what was past due at the opening is taken back no second time', () => {
    const late = {
      plan: { level: 1, clawback: { pastDueDays: 30 } },
      openings: [opening({ owed: '100.00' })],
      invoices: [old({ invoice_date: '2024-09-15', due_date: '2024-10-15' })],
    };
    expect(history(late)).toEqual([]);
    expect(pay(quarterRow(late, '2025-Q1'))).toEqual({ ...NOTHING, owed_opening: '100.00', owed: '100.00' });
  });

  test('R11 an invoice booked before the opening and invoiced after it is earned after it', () => {
    const invoiced = {
      plan: { level: 0, rate: table('quarter') },
      openings: [opening()],
      invoices: [sale('O1', '2025-01-20', '1000.00', { booking_date: '2024-12-20', commission: '65.00' })],
    };
    expect(history(invoiced)).toEqual(['2025-01-20 invoiced O1: earned 65.00, advanced 65.00']);
    expect(quarterRow(invoiced, '2025-Q1')['bookings']).toBe('0.00');
  });
});

describe('R11 the rate of an invoice booked up to the opening', () => {
  const paid = [payment('P1', 'O1', '2025-02-10', '1000.00')];

  test('R11 a flat rate is known, unless the invoice says its commission', () => {
    const held = (cells: Row) =>
      quarterRow({ openings: [opening()], invoices: [old(cells)] }, '2025-Q1')['held_opening'];
    expect(held({})).toBe('100.00');
    expect(held({ commission: '' })).toBe('100.00');
    expect(held({ commission: '80.00' })).toBe('80.00');
    expect(held({ commission: '0' })).toBe('0.00');
  });

  test.each(['marginal', 'retroactive'])('R11 a table of %s tiers takes the commission', (tiers) => {
    const given = {
      plan: { rate: table('quarter', tiers) },
      openings: [opening({ booked: '9000.00' })],
      invoices: [old({ commission: '65.00' }), sale('I1', '2025-01-15', '1000.00')],
      quotas: quotasOf(2025, '10000.00'),
      payments: paid,
    };
    expect(quarterRow(given, '2025-Q1')['held_opening']).toBe('65.00');
    // What was booked before is not in the window of the quarter.
    expect(postingRows(given).map((row) => [row['invoice_id'], row['cause'], row['earned']])).toEqual([
      ['I1', 'invoiced', '50.00'],
      ['O1', 'collected', '0.00'],
    ]);
  });

  test('R11 a credit memo lowers it by the part that it credits', () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      openings: [opening()],
      invoices: [old({ commission: '65.00' })],
      creditMemos: [creditMemo('M1', 'O1', '2025-02-01', '400.00')],
    };
    expect(history(given)).toEqual(['2025-02-01 credited M1: earned -26.00, advanced -26.00']);
  });

  test('R11 each rep of a split has a share of it', () => {
    const given = {
      plan: { rate: table('quarter') },
      openings: [opening()],
      invoices: [old({ rep_id: '', commission: '65.01' })],
      splits: [split('O1', 'R1', '60%'), split('O1', 'R2', '40%')],
      payments: paid,
    };
    expect(
      quarterRows({ ...given, asOf: '2025-03-31' }).map((row) => [row['rep_id'], row['held_opening']]),
    ).toEqual([
      ['R1', '39.01'],
      ['R2', '26.00'],
    ]);
    expect(postingRows(given).map((row) => row['released'])).toEqual(['39.01', '26.00']);
  });

  test('R11 whatever plans the reps of a split are on', () => {
    const given = {
      plans: [{ rate: table('quarter') }, { id: 'gp', basis: 'gross-profit', rate: table('quarter') }],
      assignments: [
        { rep_id: 'R1', plan_id: 'ae', from: '2024-01-01' },
        { rep_id: 'R2', plan_id: 'gp', from: '2024-01-01' },
      ],
      openings: [opening()],
      invoices: [old({ rep_id: '', commission: '65.00', cost: '600.00' })],
      splits: [split('O1', 'R1', '60%'), split('O1', 'R2', '40%')],
      asOf: '2025-03-31',
    };
    expect(quarterRows(given).map((row) => [row['rep_id'], row['held_opening']])).toEqual([
      ['R1', '39.00'],
      ['R2', '26.00'],
    ]);
  });

  test('R11 on gross profit it is what the profit earned', () => {
    const given = {
      plan: { basis: 'gross-profit', rate: table('quarter') },
      openings: [opening()],
      invoices: [old({ cost: '400.00', commission: '45.00' })],
      payments: paid,
    };
    expect(quarterRow(given, '2025-Q1')['held_opening']).toBe('45.00');
    expect(history(given)).toEqual(['2025-02-10 collected P1: released 45.00, held -45.00']);
  });

  test('R11 a sale below zero has a commission below zero', () => {
    const given = {
      plan: { rate: table('quarter') },
      openings: [opening()],
      invoices: [sale('O1', '2025-01-20', '-1000.00', { booking_date: '2024-12-20', commission: '-65.00' })],
    };
    expect(history(given)).toEqual(['2025-01-20 invoiced O1: earned -65.00, released -65.00']);
  });

  test('R11 nothing has to be said of a sale of nothing', () => {
    const given = (cells: Row, plan = {}) => ({
      plan: { rate: table('quarter'), ...plan },
      openings: [opening()],
      invoices: [old(cells)],
    });
    expect(history(given({ amount: '0.00', total: '50.00' }))).toEqual([]);
    expect(history(given({ amount: '0.00', total: '50.00', commission: '0.00' }))).toEqual([]);
    // The profit of a sale at a loss is 0 (R3.1).
    expect(history(given({ cost: '1200.00' }, { basis: 'gross-profit' }))).toEqual([]);
  });
});

describe('R11 attainment', () => {
  const selling = (openings: readonly Row[], attainment: string, cells: Given = {}): Given => ({
    plan: { level: 0, rate: table(attainment) },
    quotas: quotasOf(2025, '5000.00'),
    openings,
    ...cells,
    invoices: [...(cells.invoices ?? []), sale('I1', '2025-05-15', '4000.00')],
  });
  const earnedAndAttainment = (given: Given, quarter = '2025-Q2') => {
    const row = quarterRow(given, quarter);
    return [row['earned'], row['bookings'], row['attainment']];
  };

  test('R11 the year to date goes on with what was booked up to the opening', () => {
    // From 8,000 to 12,000 of two quarters' 10,000.
    const given = selling([midYear({ booked: '8000.00' })], 'year-to-date');
    expect(earnedAndAttainment(given)).toEqual(['260.00', '4000.00', '1.2000']);
    expect(quarterRow(given, '2025-Q3')['attainment']).toBe('0.8000');
  });

  test('R11 the year goes on', () => {
    const given = selling([midYear({ booked: '18000.00' })], 'year');
    expect(earnedAndAttainment(given)).toEqual(['260.00', '4000.00', '1.1000']);
  });

  test('R11 a quarter knows nothing of it', () => {
    const given = selling([midYear({ booked: '8000.00' })], 'quarter');
    expect(earnedAndAttainment(given)).toEqual(['200.00', '4000.00', '0.8000']);
  });

  test('R11 a fiscal year that begins after the opening starts from nothing', () => {
    const given = selling([opening({ booked: '8000.00' })], 'year-to-date');
    expect(earnedAndAttainment(given)).toEqual(['200.00', '4000.00', '0.4000']);
  });

  test('R11 so it does in the year after', () => {
    const given = { ...selling([midYear({ booked: '8000.00' })], 'year-to-date'), asOf: '2026-03-31' };
    const later = { ...given, quotas: [...quotasOf(2025, '5000.00'), ...quotasOf(2026, '5000.00')] };
    expect(quarterRow(later, '2026-Q1')['attainment']).toBe('0.0000');
  });

  test('R11 retroactive tiers stand on it too', () => {
    const plan = { level: 0, rate: table('year-to-date', 'retroactive') };
    const given = selling([midYear({ booked: '8000.00' })], 'year-to-date', { plan });
    expect(earnedAndAttainment(given)).toEqual(['320.00', '4000.00', '1.2000']);
  });

  test('R11 where gross profit is measured it is the gross profit booked', () => {
    const given = selling([midYear({ booked: '20000.00', booked_gross_profit: '8000.00' })], 'year-to-date', {
      plan: { level: 0, basis: 'gross-profit', rate: table('year-to-date') },
    });
    const costless = { ...given, invoices: [sale('I1', '2025-05-15', '4000.00', { cost: '0.00' })] };
    expect(earnedAndAttainment(costless)).toEqual(['260.00', '4000.00', '1.2000']);
  });

  test('R11 what is open from before is in what was booked, and adds nothing', () => {
    const invoices = [sale('O1', '2025-02-15', '1000.00', { commission: '50.00' })];
    const given = selling([midYear({ booked: '8000.00' })], 'year-to-date', { invoices });
    expect(earnedAndAttainment(given)).toEqual(['260.00', '4000.00', '1.2000']);
  });

  test('R4.9, R11 a credit memo after the opening on an invoice booked before it lowers attainment', () => {
    const invoices = [sale('O1', '2025-02-15', '1000.00', { commission: '50.00' })];
    const creditMemos = [creditMemo('M1', 'O1', '2025-04-10', '1000.00')];
    // From 7,000 to 11,000, and the 50.00 are given back.
    const given = selling([midYear({ booked: '8000.00' })], 'year-to-date', { invoices, creditMemos });
    expect(earnedAndAttainment(given)).toEqual(['180.00', '3000.00', '1.1000']);
  });

  test('R4.9, R11 one up to the opening is off what was booked already', () => {
    const invoices = [sale('O1', '2025-02-15', '1000.00', { commission: '50.00' })];
    const creditMemos = [creditMemo('M1', 'O1', '2025-03-31', '1000.00')];
    const given = selling([midYear({ booked: '8000.00' })], 'year-to-date', { invoices, creditMemos });
    expect(earnedAndAttainment(given)).toEqual(['260.00', '4000.00', '1.2000']);
  });

  test('R4.9, R11 a retroactive line is not re-rated by a credit in a later quarter', () => {
    const plan = { level: 0, rate: table('year-to-date', 'retroactive') };
    const invoices = [
      sale('O1', '2025-02-15', '1000.00', { commission: '80.00' }),
      sale('O2', '2025-02-16', '1000.00', { commission: '80.00' }),
    ];
    const creditMemos = [creditMemo('M1', 'O1', '2025-04-10', '1000.00')];
    const given = selling([midYear({ booked: '6000.00' })], 'year-to-date', { plan, invoices, creditMemos });
    // 9,000 of 10,000.
    expect(history({ ...given, asOf: '2025-06-30' })).toEqual([
      '2025-04-10 credited M1: earned -80.00, advanced -80.00',
      '2025-05-15 invoiced I1: earned 200.00, advanced 200.00',
    ]);
  });
});

describe('R11 periods', () => {
  test('R11 months begin with the first after the opening', () => {
    const given = {
      terms: { payPeriod: 'month' },
      openings: [midYear({ owed: '30.00' })],
      invoices: [old()],
      payments: [payment('P1', 'O1', '2025-05-10', '200.00'), payment('P2', 'O1', '2025-06-10', '100.00')],
      asOf: '2025-06-30',
    };
    expect(monthRows(given).map((row) => row['month'])).toEqual(['2025-04', '2025-05', '2025-06']);
    expect(pay(monthRow(given, '2025-05'))).toEqual({
      ...NOTHING,
      held_opening: '100.00',
      held: '80.00',
      owed_opening: '30.00',
      recovered: '20.00',
      owed: '10.00',
    });
    expect(pay(quarterRow(given, '2025-Q2'))).toEqual({
      ...NOTHING,
      held_opening: '100.00',
      held: '70.00',
      owed_opening: '30.00',
      recovered: '30.00',
    });
  });

  const calendar = [
    calendarRow('2025-Q1', '2024-12-30', '2025-03-30'),
    calendarRow('2025-Q2', '2025-03-31', '2025-06-29'),
    calendarRow('2025-Q3', '2025-06-30', '2025-09-28'),
  ];
  const fourWeekly = (date: string, rows = calendar): Given => ({
    plan: { level: 0, rate: table('year-to-date') },
    calendar: rows,
    openings: [opening({ date, booked: '8000.00' })],
    quotas: quotasOf(2025, '5000.00'),
    invoices: [sale('I1', '2025-05-15', '4000.00')],
    asOf: '2025-06-29',
  });

  test('R11 a calendar ledger says when a quarter ends', () => {
    const row = quarterRow(fourWeekly('2025-03-30'), '2025-Q2');
    expect([row['earned'], row['attainment']]).toEqual(['260.00', '1.2000']);
    expect(faultsOf(fourWeekly('2025-03-31'))).toEqual([
      {
        code: 'opening-inside-quarter',
        place: at('openings', 0, 'date'),
        found: '2025-03-31',
        quarter: '2025-Q2',
        end: '2025-03-30',
      },
    ]);
  });

  test('R11 a calendar may begin the day after, with its year or inside it', () => {
    const inside = fourWeekly('2025-03-30', calendar.slice(1));
    expect(quarterRow(inside, '2025-Q2')['attainment']).toBe('1.2000');
    const begins = fourWeekly('2024-12-29');
    expect(quarterRow(begins, '2025-Q2')['attainment']).toBe('0.4000');
  });

  test('R11 it must begin by then', () => {
    expect(faultsOf(fourWeekly('2024-12-28'))).toEqual([
      {
        code: 'outside-calendar',
        place: at('openings', 0, 'date'),
        date: '2024-12-28',
        from: '2024-12-30',
        to: '2025-09-28',
      },
    ]);
  });
});

describe('R11 faults', () => {
  const given = { openings: [opening()], invoices: [sale('I1', '2025-01-15', '1000.00')] };
  const withOld = (cells: Row, plan: Given['plan'] = { rate: table('quarter') }): Given => ({
    plan,
    openings: [opening()],
    invoices: [old(cells)],
  });

  test('R11 one opening date for all', () => {
    const openings = [opening(), midYear({ rep_id: 'R2' })];
    const place = at('openings', 1, 'date');
    expect(faultsOf({ ...given, openings })).toEqual([
      { code: 'opening-dates-differ', place, found: '2025-03-31', other: '2024-12-31' },
    ]);
  });

  test('R11 the last day of a fiscal quarter', () => {
    const openings = [opening({ date: '2025-02-28' })];
    const place = at('openings', 0, 'date');
    expect(faultsOf({ ...given, openings })).toEqual([
      {
        code: 'opening-inside-quarter',
        place,
        found: '2025-02-28',
        quarter: '2025-Q1',
        end: '2024-12-31',
      },
    ]);
    const monthly = { ...given, openings, terms: { fiscalYearStart: 3 } };
    expect(quarterRow(monthly, '2026-Q1')['owed_opening']).toBe('0.00');
  });

  test('R11 nothing below 0 is owed', () => {
    const openings = [opening({ owed: '-0.01' })];
    const place = at('openings', 0, 'owed');
    expect(faultsOf({ ...given, openings })).toEqual([{ code: 'negative-opening', place, found: '-0.01' }]);
  });

  test('R11 what is owed is whole minor units', () => {
    const openings = [opening({ owed: '0.001' })];
    expect(faultsOf({ ...given, openings })).toMatchObject([
      { code: 'malformed-number', place: at('openings', 0, 'owed'), found: '0.001' },
    ]);
    expect(quarterRow({ ...given, openings: [opening({ owed: '0.010' })] }, '2025-Q1')['owed_opening']).toBe(
      '0.01',
    );
  });

  test('R11 a rep has one opening, with a date and what is owed', () => {
    expect(faultCodes({ ...given, openings: [opening(), opening()] })).toEqual(['duplicate-key']);
    expect(faultCodes({ ...given, openings: [{ rep_id: 'R1' }] })).toEqual(['blank-cell', 'blank-cell']);
  });

  test.each(['2024-12-31', '2024-06-30'])('R11 nothing can be calculated as of %s', (asOf) => {
    expect(faultsOf({ ...given, asOf })).toEqual([
      { code: 'before-opening', place: { kind: 'run' }, asOf, opening: '2024-12-31' },
    ]);
    expect(quarterRows({ ...given, asOf: '2025-01-01' })).toHaveLength(1);
  });

  test('R11 a table does not tell the commission of what was booked before', () => {
    expect(faultsOf(withOld({}))).toEqual([
      {
        code: 'missing-commission',
        place: at('invoices', 0, 'commission'),
        invoice: 'O1',
        plan: 'ae',
        opening: '2024-12-31',
        column: 'commission',
      },
    ]);
    const booked = { ...withOld({ booking_date: '2025-01-01' }), quotas: quotasOf(2025, '1000.00') };
    expect(quarterRow(booked, '2025-Q1')['earned']).toBe('50.00');
  });

  test('R2.4, R11 an invoice that reverses another has none of its own', () => {
    const reversing = sale('O2', '2024-12-01', '-500.00', {
      rep_id: '',
      reverses: 'O1',
      commission: '-9.99',
    });
    const credited = { openings: [opening()], invoices: [old({ commission: '65.00' }), reversing] };
    expect(quarterRow(credited, '2025-Q1')['held_opening']).toBe('32.50');
  });

  test('R11 it is missed once, however many reps the invoice has', () => {
    const splits = [split('O1', 'R1', '60%'), split('O1', 'R2', '40%')];
    expect(faultCodes({ ...withOld({ rep_id: '' }), splits })).toEqual(['missing-commission']);
  });

  test('R11 an invoice that was paid by a plan measured in profit has a cost', () => {
    const profit = { basis: 'gross-profit', rate: table('quarter') };
    expect(faultCodes(withOld({ commission: '45.00' }, profit))).toEqual(['missing-cost']);
    expect(faultCodes(withOld({}, { basis: 'gross-profit' }))).toEqual(['missing-cost']);
  });

  test('R11 what is booked after the opening has its commission from its plan', () => {
    const late = { ...given, invoices: [sale('I1', '2025-01-15', '1000.00', { commission: '1.00' })] };
    const fault = {
      code: 'commission-not-opened',
      place: at('invoices', 0, 'commission'),
      invoice: 'I1',
      opening: '2024-12-31',
    };
    expect(faultsOf(late)).toEqual([fault]);
    expect(faultsOf({ ...late, openings: [] })).toEqual([{ ...fault, opening: undefined }]);
  });

  test('R7.5, R11 but only once it counts', () => {
    const invoices = [sale('I1', '2025-05-15', '1000.00', { commission: '1.00' })];
    expect(quarterRows({ ...given, invoices, asOf: '2025-03-31' })).toHaveLength(1);
  });

  test('R11 where the openings are at fault themselves, nothing is held against commissions', () => {
    const openings = [opening({ date: 'yesterday' })];
    expect(faultCodes({ openings, invoices: [old({ commission: '1.00' })] })).toEqual(['malformed-date']);
  });

  test('R11 nothing earns nothing', () => {
    const fault = {
      code: 'commission-of-nothing',
      place: at('invoices', 0, 'commission'),
      invoice: 'O1',
      found: '5.00',
    };
    const nothing = { amount: '0.00', total: '50.00', commission: '5.00' };
    expect(faultsOf(withOld(nothing))).toEqual([fault]);
    expect(faultsOf(withOld(nothing, {}))).toEqual([fault]);
    const loss = { cost: '1200.00', commission: '5.00' };
    expect(faultsOf(withOld(loss, { basis: 'gross-profit' }))).toEqual([fault]);
  });

  test('R11 where a year goes on, what was booked in it must be said', () => {
    const going = (cells: Row, plan: Row = {}): Given => ({
      plan: { level: 0, rate: table('year-to-date'), ...plan },
      quotas: quotasOf(2025, '5000.00'),
      openings: [midYear(cells)],
      invoices: [sale('I1', '2025-05-15', '4000.00', { cost: '0.00' })],
    });
    const blank = (column: string) => ({ code: 'blank-cell', place: at('openings', 0, column), column });
    expect(faultsOf(going({}))).toEqual([blank('booked')]);
    expect(faultsOf(going({ booked: '1.00' }, { basis: 'gross-profit' }))).toEqual([
      blank('booked_gross_profit'),
    ]);
    expect(quarterRows(going({ booked_gross_profit: '1.00' }, { basis: 'gross-profit' }))).toHaveLength(3);
    // Nobody asks for it in a window of a quarter, or in the year after.
    expect(quarterRows({ ...going({}), plan: { level: 0, rate: table('quarter') } })).toHaveLength(3);
    expect(quarterRows({ ...going({}), openings: [opening()] })).toHaveLength(4);
  });

  test('R11, R12.2 what a manager had booked is of the team', () => {
    const bands = [
      { from: '0%', rate: '1%' },
      { from: '100%', rate: '2%' },
    ];
    const lead = { level: 0, rate: { attainment: 'year-to-date', table: bands } };
    const quotas = quotasOf(2025, '5000.00').map((row) => ({ ...row, rep_id: 'M', credit: 'team' }));
    const given = {
      plans: [{ level: 0 }, { id: 'lead', credit: 'team', ...lead }],
      quotas,
      teams: [{ rep_id: 'R1', manager_id: 'M', from: '2025-01-01' }],
      openings: [
        midYear(),
        midYear({ rep_id: 'M', credit: 'own', owed: '5.00', booked: '77.00' }),
        midYear({ rep_id: 'M', credit: 'team', owed: '10.00', booked: '9000.00' }),
      ],
      invoices: [sale('I1', '2025-05-15', '4000.00')],
    };
    const [row] = quarterRows(given).filter(({ rep_id, quarter }) => rep_id === 'M' && quarter === '2025-Q2');
    // 1,000.00 up to the quota of two quarters at 1%, 3,000.00 beyond it at 2%; what is owed in both rows adds up.
    expect(row).toMatchObject({ earned: '70.00', owed_opening: '15.00', paid: '55.00' });
  });

  test('R11, R12.4 what was booked of cash takes the place of the cash on open invoices', () => {
    const bands = [
      { from: '0%', rate: '1%' },
      { from: '100%', rate: '3%' },
    ];
    const cash = { level: undefined, rate: { attainment: 'year-to-date', table: bands } };
    const quotas = quotasOf(2025, '1000.00').map((row) => ({ ...row, credit: 'cash' }));
    const given = {
      plans: [
        { level: 3, rate: '0%' },
        { id: 'collect', credit: 'cash', ...cash },
      ],
      quotas,
      openings: [midYear({ credit: 'cash', booked: '1500.00' })],
      invoices: [sale('O1', '2025-02-01', '2000.00')],
      payments: [payment('P1', 'O1', '2025-03-01', '300.00'), payment('P2', 'O1', '2025-04-10', '1000.00')],
    };
    // From 1,500.00: 500.00 up to the quota at 1%, and 500.00 beyond it at 3%.
    expect(quarterRow(given, '2025-Q2')).toMatchObject({ earned: '20.00', paid: '20.00' });
  });

  test('R11 a rep has one row for each credit, and a blank one is own', () => {
    const twice = [opening(), opening({ credit: 'own' }), opening({ credit: 'team' })];
    expect(faultsOf({ openings: twice, invoices: [] })).toMatchObject([
      { code: 'duplicate-key', place: { row: 1 }, first: { row: 0 } },
    ]);
  });

  test('R11 openings without a row open nothing', () => {
    const invoices = [old({ booking_date: '' })];
    expect(quarterRows({ openings: [], invoices, asOf: '2024-12-31' })).toEqual(
      quarterRows({ invoices, asOf: '2024-12-31' }),
    );
  });
});

describe('R11 without openings', () => {
  const unread = ['abc', '-1', '1,000.00', '0.123456789', '1e9'];

  test.each(unread)('R11 a column commission of %s is the export’s own affair', (commission) => {
    const [plain, said] = [{ invoices: [old()] }, { invoices: [old({ commission })] }];
    expect(history(said)).toEqual(history(plain));
    const { inputs, faults } = mapped(said, {});
    expect(faults).toEqual([]);
    expect(calculate(inputs)).toMatchObject({ kind: 'calculated', result: { scale: 2 } });
  });

  const INVOICES = 'invoice_id,customer_id,rep_id,invoice_date,amount,commission';
  const files = (commission: string, more: Readonly<Record<string, string>> = {}) => {
    const ledgers = Object.keys(more).map((file) => `, ${file.replace('.csv', '')}: ${file}`);
    return folderWith({
      'comp.yaml': `{currency: USD, ledgers: {invoices: invoices.csv${ledgers.join('')}}, plans: [{id: ae, level: 3, rate: 10%}]}`,
      'invoices.csv': `${INVOICES}\nO1,C1,R1,2024-11-15,1000.00,${commission}\n`,
      ...more,
    });
  };
  const openings = 'rep_id,date,owed\nR1,2024-12-31,0.00\n';
  /** Read straight into columns, and row by row. */
  const WAYS = [0, Number.POSITIVE_INFINITY];

  test.each([
    ...unread.filter((text) => !text.includes(',')),
    '""',
  ])('R11 nor is it read from a file: %s', async (commission) => {
    for (const tableFrom of WAYS) {
      const { faults, terms, ledgers } = await loadWorkspace(
        join(files(commission), 'comp.yaml'),
        {},
        { tableFrom },
      );
      expect(faults).toEqual([]);
      const outcome = calculate({ terms, ledgers, asOf: '2024-12-31' });
      expect(outcome).toMatchObject({ result: { scale: 2, quarters: [{ held: 10000n }] } });
    }
  });

  test('R11 with openings it is', async () => {
    for (const tableFrom of WAYS) {
      const read = async (commission: string) => {
        const dir = files(commission, { 'openings.csv': openings });
        return await loadWorkspace(join(dir, 'comp.yaml'), {}, { tableFrom });
      };
      const { terms, ledgers } = await read('80.00');
      expect(calculate({ terms, ledgers, asOf: '2025-03-31' })).toMatchObject({
        result: { quarters: [{ quarter: '2025-Q1', heldOpening: 8000n }] },
      });
      const { faults, ...rest } = await read('abc');
      const outcome = calculate({ terms: rest.terms, ledgers: rest.ledgers, asOf: '2025-03-31' });
      const told = [...faults, ...(outcome.kind === 'refused' ? outcome.faults : [])];
      expect(told.map(({ code }) => code)).toEqual(['malformed-number']);
    }
  });
});

describe('R11 closes after an opening', () => {
  const given = (cells: Given = {}): Given => ({
    plan: { rate: '10%' },
    openings: [opening({ owed: '30.00', booked: '1000.00' })],
    invoices: [old(), sale('I1', '2025-01-15', '500.00')],
    payments: [payment('P1', 'O1', '2024-12-20', '400.00')],
    asOf: '2025-03-31',
    ...cells,
  });
  const resultWith = (closes: readonly Close[], cells: Given): TestResult =>
    resultOf(workspace(given(cells)), { closes });
  const faultsWith = (closes: readonly Close[], cells: Given) =>
    faultsIn({ ...inputsOf(workspace(given(cells))), closes });
  const q1 = closeOrThrow(resultOf(workspace(given())));
  const asOf = '2025-06-30';

  test('R11.1 the first period after the opening is the first to close, and keeps what counted as posted', () => {
    expect(q1.period).toEqual({ name: '2025-Q1', from: '2025-01-01', to: '2025-03-31' });
    expect([...q1.postings].map(({ invoiceId }) => invoiceId)).toEqual(['I1']);
    expect(q1.opened?.date).toBe('2024-12-31');
    expect([...(q1.opened?.postings ?? [])].map(({ date, cause }) => [date, cause])).toEqual([
      ['2024-11-15', 'invoiced'],
      ['2024-12-20', 'collected'],
    ]);
    const later = resultOf(workspace(given({ asOf })));
    expect(() => closeOrThrow(later)).toThrow('2025-Q1 is still open');
  });

  test('R11.2 no difference, no posting', () => {
    const { adjustments, quarters } = resultWith([q1], { asOf });
    expect(adjustments).toEqual([]);
    expect(quarters).toEqual(resultOf(workspace(given({ asOf }))).quarters);
    expect(closeOrThrow(resultWith([q1], { asOf })).opened).toBeUndefined();
  });

  test('R11.2 cash dated before the opening that comes after the close is an adjustment of the first open period', () => {
    const payments = [
      payment('P1', 'O1', '2024-12-20', '400.00'),
      payment('P2', 'O1', '2024-12-29', '100.00'),
    ];
    const { adjustments, quarters } = resultWith([q1], { asOf, payments });
    expect(adjustments).toMatchObject([
      {
        date: '2025-04-01',
        eventDate: '2024-12-29',
        period: '2025-Q2',
        adjusts: '2024-Q4',
        sourceId: 'P2',
        released: 1000n,
        held: -1000n,
      },
    ]);
    const row = quarters.find(({ quarter }) => quarter === '2025-Q2');
    expect([row?.heldOpening, row?.held, row?.released]).toEqual([11000n, 10000n, 1000n]);
    expect([row?.owedOpening, row?.recovered, row?.owed]).toEqual([3000n, 1000n, 2000n]);
  });

  test('R11.2 and so is cash that is there no more, and an invoice that turns up', () => {
    expect(resultWith([q1], { asOf, payments: [] }).adjustments).toMatchObject([
      { eventDate: '2024-12-20', sourceId: 'P1', released: -4000n, held: 4000n },
    ]);
    const invoices = [...(given().invoices ?? []), sale('O2', '2024-12-01', '200.00', { rep_id: 'R2' })];
    const { adjustments, quarters } = resultWith([q1], { asOf, invoices });
    expect(adjustments).toMatchObject([{ eventDate: '2024-12-01', invoiceId: 'O2', held: 2000n }]);
    expect(quarters.filter(({ repId }) => repId === 'R2')).toMatchObject([
      { quarter: '2025-Q2', heldOpening: 0n, held: 2000n },
    ]);
  });

  test('R11.2 a commission that is corrected is an adjustment', () => {
    const invoices = [old({ commission: '90.00' }), sale('I1', '2025-01-15', '500.00')];
    expect(resultWith([q1], { asOf, invoices }).adjustments).toMatchObject([
      { cause: 'invoiced', earned: -1000n, held: -1000n },
      { cause: 'collected', released: -400n, held: 400n },
    ]);
  });

  test('R11.2 the later close is compared with all that was posted', () => {
    const payments = [
      payment('P1', 'O1', '2024-12-20', '400.00'),
      payment('P2', 'O1', '2024-12-29', '100.00'),
    ];
    const q2 = closeOrThrow(resultWith([q1], { asOf, payments }));
    expect(resultWith([q1, q2], { asOf: '2025-09-30', payments }).adjustments).toEqual([]);
    expect(resultWith([q1, q2], { asOf: '2025-09-30' }).adjustments).toMatchObject([
      { date: '2025-07-01', sourceId: 'P2', released: -1000n },
    ]);
  });

  test('R11.2 a late credit memo in a closed period lowers attainment there, and not in the open one', () => {
    const cells = {
      plan: { rate: table('year-to-date') },
      quotas: quotasOf(2025, '5000.00'),
      openings: [opening({ rep_id: 'R2' })],
      invoices: [old({ commission: '50.00' })],
      payments: [],
    };
    const close = closeOrThrow(resultOf(workspace(given(cells))));
    const creditMemos = [creditMemo('M1', 'O1', '2025-02-10', '1000.00')];
    const { quarters } = resultWith([close], { ...cells, creditMemos, asOf });
    const row = quarters.find(({ repId, quarter }) => repId === 'R1' && quarter === '2025-Q2');
    expect([row?.bookings, row?.attainment]).toEqual([0n, '-0.1000']);
  });

  test('R11 months close one by one after an opening', () => {
    const monthly = { terms: { payPeriod: 'month' } };
    const january = closeOrThrow(resultWith([], { ...monthly, asOf: '2025-01-31' }));
    expect([january.period.name, january.opened?.date]).toEqual(['2025-01', '2024-12-31']);
    const payments = [payment('P2', 'O1', '2024-12-29', '100.00')];
    const { months, quarters } = resultWith([january], { ...monthly, payments, asOf: '2025-02-28' });
    expect(months.map(({ month, heldOpening, held, owed }) => [month, heldOpening, held, owed])).toEqual([
      ['2025-01', 6000n, 11000n, 3000n],
      ['2025-02', 11000n, 14000n, 6000n],
    ]);
    expect(quarters).toMatchObject([{ quarter: '2025-Q1', heldOpening: 6000n, held: 14000n, owed: 6000n }]);
  });

  test('R11.1 the openings stay as they were when the first period was closed', () => {
    const misfit = { code: 'close-misfits', place: { kind: 'run' }, period: '2025-Q1' };
    const { openings: _, ...without } = given({ asOf });
    expect(faultsIn({ ...inputsOf(workspace(without)), closes: [q1] })).toEqual([
      { ...misfit, what: 'opening', found: '2024-12-31', expected: '' },
    ]);
    expect(faultsWith([q1], { asOf, openings: [] })).toEqual([
      { ...misfit, what: 'opening', found: '2024-12-31', expected: '' },
    ]);
    expect(faultsWith([q1], { asOf, openings: [opening({ date: '2024-09-30', owed: '30.00' })] })).toEqual([
      { ...misfit, what: 'opening', found: '2024-12-31', expected: '2024-09-30' },
    ]);
    expect(faultsWith([q1], { asOf, openings: [opening({ owed: '31.00' })] })).toEqual([
      { ...misfit, what: 'owed at the opening', found: 'R1 30.00', expected: 'R1 31.00' },
    ]);
    const other = [opening({ owed: '30.00' }), opening({ rep_id: 'R2', owed: '1.00' })];
    expect(faultsWith([q1], { asOf, openings: other })).toEqual([
      { ...misfit, what: 'owed at the opening', found: 'R2 0.00', expected: 'R2 1.00' },
    ]);
  });

  test('R11.1 a close fits only while its period has the days that were closed', () => {
    const plain = { invoices: [sale('I1', '2025-01-15', '1000.00')] };
    const close = closeOrThrow(resultOf(workspace({ ...plain, asOf: '2025-03-31' })));
    const moved = inputsOf(workspace({ ...plain, terms: { fiscalYearStart: 2 }, asOf: '2025-06-30' }));
    expect(faultsIn({ ...moved, closes: [close] })).toEqual([
      {
        code: 'close-misfits',
        place: { kind: 'run' },
        period: '2025-Q1',
        what: 'days',
        found: '2025-01-01 to 2025-03-31',
        expected: '2024-02-01 to 2024-04-30',
      },
    ]);
  });

  test('R11.1 nor can there be openings where the first period was closed without', () => {
    const cells = { openings: [], asOf: '2024-12-31' };
    const q4 = closeOrThrow(resultOf(workspace(given(cells))));
    expect(faultsWith([q4], { asOf })).toMatchObject([
      { code: 'close-misfits', period: '2024-Q4', what: 'opening', found: '' },
    ]);
  });

  test('R11.2 what had been booked may be corrected: rates that follow from it are adjusted', () => {
    const cells = (booked: string): Given => ({
      plan: { level: 0, rate: table('year-to-date') },
      quotas: quotasOf(2025, '5000.00'),
      openings: [midYear({ booked })],
      invoices: [sale('I1', '2025-05-15', '4000.00')],
      payments: [],
    });
    const q2 = closeOrThrow(resultWith([], { ...cells('6000.00'), asOf }));
    const { adjustments } = resultWith([q2], { ...cells('8000.00'), asOf: '2025-09-30' });
    expect(adjustments).toMatchObject([{ adjusts: '2025-Q2', earned: 6000n, advanced: 6000n }]);
  });
});
