/** The rules of the pay account: bonuses, waivers and repayments (R21), and closes of them (R21.7). */
import { describe, expect, test } from 'vitest';
import { closeOrThrow } from '../../src/library/or-throw.js';
import {
  faultsOf,
  type Given,
  monthRows,
  payment,
  quarterRow,
  quarterRows,
  type ResultRow,
  type Row,
  sale,
  workspace,
} from '../support/build.js';
import { calculatedOf, filesOf, resultOf } from '../support/run.js';

/** An entry of R1's. */
function entry(id: string, date: string, kind: string, amount: string, cells: Row = {}): Row {
  return { entry_id: id, rep_id: 'R1', date, kind, amount, ...cells };
}

const figures = (row: ResultRow, ...columns: readonly string[]) => columns.map((column) => row[column]);

// Level 1 at 10%, 30 days past due: 100.00 advanced in Q1, and taken back on 2025-05-15, in Q2.
const plan = { level: 1, clawback: { pastDueDays: 30 } };
const i1 = sale('I1', '2025-01-15', '1000.00', { due_date: '2025-04-15' });
const unpaid = { plan, invoices: [i1] };

describe('R21.2 what an entry does', () => {
  test('R21.2 a bonus is a gain, and a deduction is charged', () => {
    const given = {
      ...unpaid,
      entries: [entry('E1', '2025-02-01', 'bonus', '50.00'), entry('E2', '2025-03-01', 'bonus', '-20.00')],
    };
    // Gains 100 + 50, charged 20, of which all is recovered.
    const row = quarterRow(given, '2025-Q1');
    expect(figures(row, 'charged', 'recovered', 'paid', 'owed', 'adjusted')).toEqual([
      '20.00',
      '20.00',
      '130.00',
      '0.00',
      '30.00',
    ]);
  });

  test('R21.2 a deduction from nothing is owed', () => {
    const given = { ...unpaid, entries: [entry('E1', '2025-08-01', 'bonus', '-20.00')] };
    // Q2 leaves 100.00 owed.
    expect(figures(quarterRow(given, '2025-Q3'), 'charged', 'paid', 'owed', 'adjusted')).toEqual([
      '20.00',
      '0.00',
      '120.00',
      '-20.00',
    ]);
  });

  test('R21.2 a waiver lets go of debt, a repayment settles what is left, and what is beyond is a gain', () => {
    const given = {
      ...unpaid,
      entries: [
        entry('E1', '2025-06-01', 'waiver', '30.00'),
        entry('E2', '2025-06-02', 'repayment', '50.00'),
        entry('E3', '2025-09-01', 'repayment', '25.00'),
      ],
    };
    const columns = ['charged', 'waived', 'repaid', 'paid', 'owed'] as const;
    expect(figures(quarterRow(given, '2025-Q2'), ...columns)).toEqual([
      '100.00',
      '30.00',
      '50.00',
      '0.00',
      '20.00',
    ]);
    // 20.00 settles the debt, and 5.00 is paid.
    expect(figures(quarterRow(given, '2025-Q3'), ...columns)).toEqual([
      '0.00',
      '0.00',
      '25.00',
      '5.00',
      '0.00',
    ]);
  });

  test('R21.2 a reinstatement cancels debt before it is waived, and gains recover what is left', () => {
    const given = {
      ...unpaid,
      invoices: [i1, sale('I2', '2025-08-15', '300.00', { due_date: '2026-12-31' })],
      payments: [payment('P1', 'I1', '2025-08-01', '400.00')],
      entries: [entry('E1', '2025-09-01', 'waiver', '35.00')],
    };
    // Q3: 40.00 reinstated cancels of 100.00; 35.00 is waived; the 25.00 left comes off the 30.00 of I2.
    expect(figures(quarterRow(given, '2025-Q3'), 'cancelled', 'waived', 'recovered', 'paid', 'owed')).toEqual(
      ['40.00', '35.00', '25.00', '5.00', '0.00'],
    );
  });
});

describe('R21.4 odd entries', () => {
  test('R21.4 a waiver and a repayment beyond the debt, and an unknown invoice, are used with a notice', () => {
    const given = {
      ...unpaid,
      entries: [
        entry('E1', '2025-06-01', 'waiver', '70.00', { invoice_id: 'I1' }),
        entry('E2', '2025-06-02', 'waiver', '50.00', { invoice_id: 'NONE' }),
        entry('E3', '2025-06-03', 'repayment', '10.00'),
        entry('E4', '2026-06-03', 'waiver', '10.00', { invoice_id: 'NONE' }),
      ],
    };
    expect(
      resultOf(workspace(given)).exceptions.map(
        ({ code, ledger, id, message }) => `${code} ${ledger} ${id}: ${message}`,
      ),
    ).toEqual([
      'repaid-too-much entries E3: 10.00 is repaid, but R1 owes less in 2025-Q2. Used: 0.00 settles debt, and 10.00 is added to the gains of the period.',
      'unknown-invoice entries E2: There is no invoice NONE. Used anyway: 50.00 counts in the pay of R1.',
      'waiver-exceeds-debt entries E2: 50.00 is waived, but R1 owes less in 2025-Q2. Used: 30.00; the remaining 20.00 changes nothing.',
    ]);
    expect(figures(quarterRow(given, '2025-Q2'), 'waived', 'repaid', 'paid')).toEqual([
      '100.00',
      '10.00',
      '10.00',
    ]);
  });

  test('R21.1 a kind that is none, and amounts that are not above 0 or have too many decimals, are faults', () => {
    const faults = (cells: Row) =>
      faultsOf({ ...unpaid, entries: [entry('E1', '2025-02-01', 'bonus', '5.00', cells)] });
    expect(faults({ kind: 'bonsu' })).toMatchObject([{ code: 'unknown-kind', nearest: 'bonus' }]);
    expect(faults({ kind: 'waiver', amount: '0.00' })).toMatchObject([{ code: 'not-above-zero' }]);
    expect(faults({ kind: 'repayment', amount: '-1.00' })).toMatchObject([{ code: 'not-above-zero' }]);
    expect(faults({ amount: '1.005' })).toMatchObject([
      { code: 'malformed-number', expected: 'an amount with no more than 2 decimals' },
    ]);
  });

  test('R9.1 a day outside the calendar is a fault where the entry counts', () => {
    const calendar = [{ quarter: '2025-Q1', from: '2025-01-01', to: '2025-12-31' }];
    const faults = (date: string) =>
      faultsOf({ ...unpaid, calendar, entries: [entry('E1', date, 'bonus', '5.00')] });
    expect(faults('2024-12-31')).toMatchObject([
      { code: 'outside-calendar', place: { ledger: 'entries', column: 'date' } },
    ]);
    const later = [entry('E1', '2026-01-01', 'bonus', '5.00')];
    expect(calculatedOf(workspace({ ...unpaid, calendar, entries: later }))?.entries).toEqual([]);
  });
});

describe('R21.5, R21.6 rows', () => {
  test('R21.5 rows begin with the first entry, whether or not the rep has a plan or a sale', () => {
    const given = {
      terms: { payPeriod: 'month' },
      asOf: '2025-05-31',
      entries: [entry('E1', '2025-04-30', 'bonus', '5.00', { rep_id: 'R9' })],
    };
    expect(monthRows(given).map((row) => figures(row, 'rep_id', 'month', 'adjusted', 'paid'))).toEqual([
      ['R9', '2025-04', '5.00', '5.00'],
      ['R9', '2025-05', '0.00', '0.00'],
    ]);
    expect(quarterRows(given).map((row) => figures(row, 'quarter', 'paid'))).toEqual([['2025-Q2', '5.00']]);
  });

  test('R21.6 entries.csv has the entries up to the as-of date, by date, rep and id', () => {
    const given = {
      ...unpaid,
      entries: [
        entry('E3', '2025-06-01', 'bonus', '-5', { reason: 'Phone' }),
        entry('E2', '2025-02-01', 'waiver', '1.5', { invoice_id: 'I1' }),
        entry('E9', '2025-02-01', 'bonus', '1', { rep_id: 'R0' }),
        entry('E4', '2026-01-01', 'bonus', '1'),
      ],
    };
    expect(
      filesOf(resultOf(workspace(given)))['entries.csv']?.map((row) => Object.values(row).join(',')),
    ).toEqual([
      '2025-02-01,2025-Q1,R0,E9,bonus,1.00,,',
      '2025-02-01,2025-Q1,R1,E2,waiver,1.50,I1,',
      '2025-06-01,2025-Q2,R1,E3,bonus,-5.00,,Phone',
    ]);
  });
});

describe('R21.7 closes', () => {
  const closed = (entries: readonly Row[]) =>
    closeOrThrow(resultOf(workspace({ ...unpaid, entries, asOf: '2025-03-31' })));
  const later = (before: readonly Row[], now: readonly Row[]) => {
    const given: Given = { ...unpaid, entries: now, asOf: '2025-06-30' };
    return filesOf(resultOf(workspace(given), { closes: [closed(before)] }));
  };
  const e1 = entry('E1', '2025-02-01', 'bonus', '50.00');

  test('R21.7 an entry that has not changed is not adjusted', () => {
    const files = later([e1], [e1]);
    expect(files['entries.csv']).toHaveLength(1);
    expect(files['quarters.csv']?.map((row) => row['adjusted'])).toEqual(['50.00', '0.00']);
  });

  test('R21.7 one that is changed, gone or new is adjusted in the first open period', () => {
    const e2 = entry('E2', '2025-03-01', 'bonus', '10.00', { reason: 'Trip' });
    const files = later(
      [e1, e2],
      [
        { ...e1, amount: '65.00' },
        entry('E3', '2025-03-31', 'bonus', '1.00'),
        entry('E4', '2025-04-01', 'bonus', '2.00'),
      ],
    );
    expect(files['entries.csv']?.map((row) => Object.values(row).join(','))).toEqual([
      '2025-02-01,2025-Q1,R1,E1,bonus,50.00,,,2025-02-01,',
      '2025-03-01,2025-Q1,R1,E2,bonus,10.00,,Trip,2025-03-01,',
      '2025-04-01,2025-Q2,R1,E1,bonus,15.00,,,2025-02-01,2025-Q1',
      '2025-04-01,2025-Q2,R1,E2,bonus,-10.00,,Trip,2025-03-01,2025-Q1',
      '2025-04-01,2025-Q2,R1,E3,bonus,1.00,,,2025-03-31,2025-Q1',
      '2025-04-01,2025-Q2,R1,E4,bonus,2.00,,,2025-04-01,',
    ]);
    expect(files['quarters.csv']?.map((row) => row['adjusted'])).toEqual(['60.00', '8.00']);
  });

  test('R21.7 a waiver that is withdrawn is owed again, and another kind is another entry', () => {
    const waiver = entry('E5', '2025-03-01', 'waiver', '10.00');
    const before = [entry('E6', '2025-01-01', 'bonus', '-110.00'), waiver];
    const files = later(before, [before[0] as Row, { ...waiver, kind: 'bonus' }]);
    // Q1: 110.00 charged, 100.00 gained, 10.00 waived: nothing is paid or owed. Q2: 100.00 of I1 is taken back.
    const [first, second] = files['quarters.csv'] as [ResultRow, ResultRow];
    expect(figures(first, 'waived', 'recovered', 'paid', 'owed')).toEqual([
      '10.00',
      '100.00',
      '0.00',
      '0.00',
    ]);
    expect(figures(second, 'charged', 'waived', 'adjusted', 'recovered', 'paid', 'owed')).toEqual([
      '100.00',
      '-10.00',
      '10.00',
      '10.00',
      '0.00',
      '100.00',
    ]);
  });

  test('R21.7 what was adjusted before is not adjusted again', () => {
    const entries = [{ ...e1, amount: '65.00' }];
    const first = closed([e1]);
    const q2 = resultOf(workspace({ ...unpaid, entries, asOf: '2025-06-30' }), { closes: [first] });
    const files = filesOf(
      resultOf(workspace({ ...unpaid, entries, asOf: '2025-09-30' }), { closes: [first, closeOrThrow(q2)] }),
    );
    expect(files['quarters.csv']?.map((row) => row['adjusted'])).toEqual(['50.00', '15.00', '0.00']);
    expect(files['entries.csv']).toHaveLength(2);
  });

  test('R11 what is dated up to an opening counts as posted', () => {
    const openings = [{ rep_id: 'R1', date: '2024-12-31', owed: '0.00' }];
    const given = { openings, entries: [entry('E1', '2024-12-31', 'bonus', '5.00')] };
    expect(filesOf(resultOf(workspace(given)))['entries.csv']).toEqual([]);
    expect(quarterRows(given).map((row) => row['adjusted'])).toEqual(['0.00', '0.00', '0.00', '0.00']);
  });
});
