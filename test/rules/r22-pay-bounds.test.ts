/** Caps (R22), what recovery may take (R23), draws and guarantees (R24), and the least that is paid out (R29). */
import { describe, expect, test } from 'vitest';
import { closeOrThrow } from '../../src/library/or-throw.js';
import {
  faultsOf,
  type Given,
  key,
  monthRows,
  quarterRow,
  quarterRows,
  type ResultRow,
  type Row,
  sale,
  workspace,
} from '../support/build.js';
import { calculatedOf, filesOf, resultOf } from '../support/run.js';

const figures = (row: ResultRow, ...columns: readonly string[]) =>
  columns.map((column) => row[column]).join(' ');

/** A sale that is never past due within the year: 10% of it is commission. */
const good = (id: string, date: string, amount: string, cells: Row = {}) =>
  sale(id, date, amount, { due_date: '2026-12-31', ...cells });
/** A sale whose commission is taken back 30 days after the due date. */
const bad = (id: string, date: string, amount: string, due: string) =>
  sale(id, date, amount, { due_date: due });
const clawback = { level: 1, clawback: { pastDueDays: 30 } };
const bonus = (id: string, date: string, amount: string): Row => {
  return { entry_id: id, rep_id: 'R1', date, kind: 'bonus', amount };
};

describe('R22 caps', () => {
  const capped = (per: string, amount = '150.00') => ({ plan: { ...clawback, cap: { amount, per } } });

  test('R22.1 what goes beyond the cap of the year is earned and not paid, and later charges use it up', () => {
    const given: Given = {
      ...capped('year'),
      invoices: [
        bad('I1', '2024-10-15', '2000.00', '2025-03-01'),
        good('I2', '2024-11-15', '1000.00'),
        good('I3', '2025-02-15', '1000.00'),
      ],
    };
    // 2024: 300.00, of which 150.00 is never paid. On 2025-03-31 200.00 of it is taken back: only 50.00 was paid.
    // 2025 comes to 100.00 − 200.00, so its cap is not reached.
    const rows = quarterRows(given).map((row) =>
      figures(row, 'quarter', 'earned', 'capped', 'charged', 'recovered', 'paid', 'owed'),
    );
    expect(rows.slice(0, 2)).toEqual([
      '2024-Q4 300.00 150.00 0.00 0.00 150.00 0.00',
      '2025-Q1 100.00 -150.00 50.00 50.00 50.00 0.00',
    ]);
  });

  test('R22.1 within the window, what no longer goes beyond the cap comes off what is charged', () => {
    const given: Given = {
      ...capped('year'),
      invoices: [bad('I1', '2025-01-15', '2000.00', '2025-04-01')],
    };
    // Q1: 200.00, of which 50.00 is capped. Q2: all is taken back, and 150.00 of it was paid.
    expect(
      quarterRows(given)
        .slice(0, 2)
        .map((row) => figures(row, 'capped', 'charged', 'paid', 'owed')),
    ).toEqual(['50.00 0.00 150.00 0.00', '-50.00 150.00 0.00 150.00']);
  });

  test('R22.1 a window is each pay period, the quarter or the fiscal year', () => {
    const paid = (per: string) =>
      monthRows({
        ...capped(per, '100.00'),
        terms: { payPeriod: 'month', fiscalYearStart: 4 },
        asOf: '2025-04-30',
        invoices: [
          good('I1', '2025-01-15', '900.00'),
          good('I2', '2025-02-15', '900.00'),
          good('I3', '2025-03-15', '1100.00'),
          good('I4', '2025-04-15', '900.00'),
        ],
      }).map((row) => row['paid']);
    expect(paid('pay-period')).toEqual(['90.00', '90.00', '100.00', '90.00']);
    expect(paid('quarter')).toEqual(['90.00', '10.00', '0.00', '90.00']);
    expect(paid('year')).toEqual(['90.00', '10.00', '0.00', '90.00']);
  });

  test('R22.1 each plan has its own cap, and quarters that end between are summed', () => {
    const given: Given = {
      plans: [
        { id: 'one', level: 0, cap: { amount: '10.00', per: 'quarter' } },
        { id: 'two', level: 0, cap: { amount: '20.00', per: 'quarter' } },
        { id: 'none', level: 0 },
      ],
      assignments: [
        { rep_id: 'R1', plan_id: 'one', from: '2025-01-01', to: '2025-01-31' },
        { rep_id: 'R1', plan_id: 'two', from: '2025-02-01', to: '2025-02-28' },
        { rep_id: 'R1', plan_id: 'none', from: '2025-03-01' },
      ],
      invoices: [
        good('I1', '2025-01-15', '400.00'),
        good('I2', '2025-02-15', '250.00'),
        good('I3', '2025-03-15', '900.00'),
      ],
    };
    // 40 − 10, 25 − 20, and 90 without a cap.
    expect(figures(quarterRow(given, '2025-Q1'), 'payable', 'capped', 'paid')).toBe('155.00 35.00 120.00');
  });

  test('R21.7 the caps of closed periods stay, and go on from what was frozen', () => {
    const given = (asOf: string, amount = '150.00'): Given => ({
      ...capped('year', amount),
      asOf,
      invoices: [good('I1', '2025-01-15', '2000.00'), good('I2', '2025-05-15', '300.00')],
    });
    const close = closeOrThrow(resultOf(workspace(given('2025-03-31'))));
    const rows = (amount?: string) =>
      filesOf(resultOf(workspace(given('2025-06-30', amount)), { closes: [close] }))['quarters.csv']?.map(
        (row) => figures(row, 'capped', 'paid'),
      );
    expect(rows()).toEqual(['50.00 150.00', '30.00 0.00']);
    // A cap that is raised to 220.00 would have let all of Q1 through; what it paid stays. Q2 comes to 230.00 with it.
    expect(rows('220.00')).toEqual(['50.00 150.00', '10.00 20.00']);
  });

  test('R22.1, R21.1 amount and window are needed; the amount has no more decimals than the currency', () => {
    const faults = (cap: unknown) => faultsOf({ plan: { cap } });
    expect(faults({ amount: '5' })).toMatchObject([
      { code: 'missing-key', place: key('plans', 0, 'cap', 'per') },
    ]);
    expect(faults({ amount: '5.005', per: 'year' })).toMatchObject([
      {
        code: 'wrong-value',
        place: key('plans', 0, 'cap', 'amount'),
        expected: 'an amount with no more than 2 decimals',
      },
    ]);
    expect(faults({ amount: '5.00', per: 'month' })).toMatchObject([{ code: 'wrong-value' }]);
  });
});

describe('R23 what recovery may take', () => {
  // 100.00 is taken back in Q2; 80.05 is gained in Q3.
  const given = (terms: Row | Record<string, unknown>, more: Given = {}): Given => ({
    plan: clawback,
    terms,
    invoices: [bad('I1', '2025-01-15', '1000.00', '2025-04-15'), good('I2', '2025-08-15', '800.50')],
    ...more,
  });
  const recovered = (terms: Record<string, unknown>, more?: Given) =>
    figures(quarterRow(given(terms, more), '2025-Q3'), 'recovered', 'paid', 'owed');

  test('R23.1 a share, rounded down; a floor; a largest amount; the least of them counts', () => {
    expect(recovered({ recovery: { limit: '50%' } })).toBe('40.02 40.03 59.98');
    expect(recovered({ recoveryLimit: '50%' })).toBe('40.02 40.03 59.98');
    expect(recovered({ recovery: { keep: '70' } })).toBe('10.05 70.00 89.95');
    expect(recovered({ recovery: { keep: '90' } })).toBe('0.00 80.05 100.00');
    expect(recovered({ recovery: { most: '5.50' } })).toBe('5.50 74.55 94.50');
    expect(recovered({ recovery: { limit: '50%', keep: '70', most: '5.50' } })).toBe('5.50 74.55 94.50');
    expect(recovered({ recovery: {} })).toBe('80.05 0.00 19.95');
  });

  test('R23.1 no less is left than the guarantee of the period', () => {
    const draws = [{ rep_id: 'R1', from: '2025-07-01', amount: '60', kind: 'guarantee' }];
    expect(recovered({}, { draws })).toBe('20.05 60.00 79.95');
  });

  test('R23.1, R21.1 the limit is written once; amounts have no more decimals than the currency', () => {
    expect(faultsOf(given({ recoveryLimit: '50%', recovery: { limit: '50%' } }))).toMatchObject([
      { code: 'unused-key', place: key('recoveryLimit') },
    ]);
    expect(recovered({ recoveryLimit: '50%', recovery: { keep: 50 } })).toBe('30.05 50.00 69.95');
    expect(
      faultsOf(given({ recovery: { keep: '1.001', most: '0.5' }, payout: { least: '0.001' } })),
    ).toMatchObject([
      { code: 'wrong-value', place: key('recovery', 'keep') },
      { code: 'wrong-value', place: key('payout', 'least') },
    ]);
  });
});

describe('R24 draws and guarantees', () => {
  const months = (given: Given) =>
    monthRows({ plan: { level: 0 }, ...given, terms: { payPeriod: 'month', ...given.terms } }).map((row) =>
      figures(row, 'month', 'guaranteed', 'drawn', 'recovered', 'paid', 'owed'),
    );
  const draw = (from: string, amount: string, cells: Row = {}): Row => ({
    rep_id: 'R1',
    from,
    amount,
    ...cells,
  });

  test('R24.1, R24.2 by the days of the period, each row rounded; R21.5 rows begin with the first day', () => {
    const draws = [
      draw('2025-01-16', '100.00', { to: '2025-01-25', kind: 'guarantee' }),
      draw('2025-01-26', '100.00', { to: '2025-02-28', kind: 'guarantee' }),
    ];
    // 10 of 31 days: 32.258…; 6 of 31: 19.354….
    expect(months({ draws, asOf: '2025-03-31' })).toEqual([
      '2025-01 51.61 0.00 0.00 51.61 0.00',
      '2025-02 100.00 0.00 0.00 100.00 0.00',
      '2025-03 0.00 0.00 0.00 0.00 0.00',
    ]);
  });

  test('R24.2 a draw is owed, and made up to on top of the guarantee; nothing in a period that is not over', () => {
    const draws = [
      draw('2025-01-01', '30.00', { kind: 'guarantee', to: '2025-01-31' }),
      draw('2025-01-01', '50.00'),
    ];
    const invoices = [
      good('I1', '2025-01-10', '100.00'),
      good('I2', '2025-02-10', '900.00'),
      good('I3', '2025-03-10', '100.00'),
    ];
    expect(months({ draws, invoices, asOf: '2025-03-30' })).toEqual([
      '2025-01 20.00 20.00 0.00 50.00 20.00',
      '2025-02 0.00 0.00 20.00 70.00 0.00',
      '2025-03 0.00 0.00 0.00 10.00 0.00',
    ]);
    expect(months({ draws, invoices, asOf: '2025-03-31' }).at(-1)).toBe(
      '2025-03 0.00 40.00 0.00 50.00 40.00',
    );
  });

  test('R24.1 rows of one rep and kind that overlap, and what is no kind, are faults', () => {
    const faults = (...draws: readonly Row[]) =>
      calculatedOf(workspace({ draws })) === undefined ? faultsOf({ draws }).map(({ code }) => code) : [];
    const first = draw('2025-01-01', '50.00', { to: '2025-03-31' });
    expect(faults(first, draw('2025-03-31', '50.00', { kind: 'recoverable' }))).toEqual([
      'overlapping-draws',
    ]);
    expect(faults(first, draw('2025-04-01', '50.00'))).toEqual([]);
    expect(faults(first, draw('2025-03-31', '50.00', { kind: 'guarantee' }))).toEqual([]);
    expect(faults(first, draw('2025-03-31', '50.00', { rep_id: 'R2' }))).toEqual([]);
    expect(faults({ ...first, kind: 'advance' })).toEqual(['unknown-kind']);
    expect(faults({ ...first, to: '2024-12-31' })).toEqual(['to-before-from']);
    expect(faults({ ...first, amount: '-1' })).toEqual(['not-above-zero']);
    expect(faults({ ...first, amount: '0.001' })).toEqual(['malformed-number']);
  });

  test('R21.7 what was drawn in a closed period stays', () => {
    const given = (amount: string, asOf: string): Given => ({
      plan: { level: 0 },
      asOf,
      draws: [draw('2025-01-01', amount)],
    });
    const close = closeOrThrow(resultOf(workspace(given('50.00', '2025-03-31'))));
    const files = filesOf(resultOf(workspace(given('70.00', '2025-06-30')), { closes: [close] }));
    expect(files['quarters.csv']?.map((row) => figures(row, 'drawn', 'paid', 'owed'))).toEqual([
      '50.00 50.00 50.00',
      '70.00 70.00 120.00',
    ]);
  });

  test('R24.1 a draw that goes on over an opening begins with it', () => {
    const given: Given = {
      asOf: '2025-06-30',
      openings: [{ rep_id: 'R2', date: '2024-12-31', owed: '0.00' }],
      draws: [draw('2024-10-01', '50.00'), draw('2024-01-01', '9.00', { to: '2024-12-31', rep_id: 'R3' })],
    };
    expect(quarterRows(given).map((row) => figures(row, 'rep_id', 'quarter', 'drawn'))).toEqual([
      'R1 2025-Q1 50.00',
      'R1 2025-Q2 50.00',
      'R2 2025-Q1 0.00',
      'R2 2025-Q2 0.00',
    ]);
  });
});

describe('R29 the least that is paid out', () => {
  test('R29.1 less is carried to the next period, also from a closed one', () => {
    const given = (asOf: string): Given => ({
      plan: { level: 0 },
      terms: { payPeriod: 'month', payout: { least: '50' } },
      asOf,
      invoices: [
        good('I1', '2025-01-15', '300'),
        good('I2', '2025-03-15', '200'),
        good('I3', '2025-05-15', '100'),
      ],
    });
    const rows = monthRows(given('2025-05-31')).map((row) => figures(row, 'paid', 'carried'));
    expect(rows).toEqual(['0.00 30.00', '0.00 30.00', '50.00 0.00', '0.00 0.00', '0.00 10.00']);
    const close = closeOrThrow(resultOf(workspace(given('2025-01-31'))));
    const files = filesOf(resultOf(workspace(given('2025-05-31')), { closes: [close] }));
    expect(files['months.csv']?.map((row) => figures(row, 'paid', 'carried'))).toEqual(rows);
    expect(files['quarters.csv']?.map((row) => figures(row, 'paid', 'carried'))).toEqual([
      '50.00 0.00',
      '0.00 10.00',
    ]);
  });

  test('R29.1 a bonus is paid out with what was carried', () => {
    const given: Given = {
      plan: { level: 0 },
      terms: { payout: { least: '50' } },
      invoices: [good('I1', '2025-01-15', '300')],
      entries: [bonus('E1', '2025-08-01', '20.00')],
    };
    expect(quarterRows(given).map((row) => figures(row, 'paid', 'carried'))).toEqual([
      '0.00 30.00',
      '0.00 30.00',
      '50.00 0.00',
      '0.00 0.00',
    ]);
  });
});
