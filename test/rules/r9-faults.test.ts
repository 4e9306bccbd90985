/** Every fault: its code, its place and its facts; all of them listed, and nothing calculated (R9.1). */
import { describe, expect, test } from 'vitest';
import { calculate } from '../../src/engine/calculate.js';
import type { LedgerName } from '../../src/ledger-specs/ledgers.js';
import type { TermsInput } from '../../src/plans/schema.js';
import {
  assignment,
  at,
  calendarRow,
  creditMemo,
  earned,
  exceptionsOf,
  faultCodes,
  faultsIn,
  faultsOf,
  type Given,
  history,
  invoice,
  key,
  mapped,
  payment,
  quota,
  type Row,
  sale,
  split,
  splitAmount,
  table,
  termsOf,
  workspace,
  writeOff,
} from '../support/build.js';
import { calculatedOf, inputsOf, resultOf } from '../support/run.js';

const invoices = [invoice('I1')];

/** One good row of every ledger; they make a workspace without faults. */
const good: Readonly<Record<LedgerName, Row>> = {
  invoices: invoice('I1', {
    booking_date: '2025-01-15',
    due_date: '2025-02-14',
    total: '1000.00',
    cost: '500.00',
  }),
  payments: payment('P1', 'I1', '2025-02-10', '100.00'),
  writeOffs: writeOff('W1', 'I1', '2025-02-10', '100.00'),
  creditMemos: creditMemo('CM1', 'I1', '2025-02-10', '100.00'),
  splits: split('I1', 'R1', '100%'),
  assignments: assignment('R1', 'ae', '2025-01-01', '2025-12-31'),
  quotas: quota('2025-Q1', '1000.00'),
  calendar: calendarRow('2025-Q1', '2025-01-01', '2025-12-31', '2025-01'),
  openings: { rep_id: 'R1', date: '2024-12-31', owed: '0.00', booked: '1000.00' },
  reps: { rep_id: 'R1', name: 'Ada Reyes', email: 'ada@example.com', manager_id: 'M1', left: '2025-12-31' },
  entries: { entry_id: 'E1', rep_id: 'R1', date: '2025-02-14', kind: 'bonus', amount: '100.00' },
  draws: { rep_id: 'R1', from: '2025-01-01', amount: '1000.00' },
  aliases: { rep_id: 'R1', was: 'R0' },
  schedules: { invoice_id: 'I1', due_date: '2025-02-14', amount: '1000.00' },
  disputes: { invoice_id: 'I1', from: '2025-02-10', to: '2025-02-20' },
  teams: { rep_id: 'R1', manager_id: 'M1', from: '2025-01-01', to: '2025-12-31', share: '100%' },
  items: { invoice_id: 'I1', item_id: '1', category: 'hardware', amount: '1000.00', cost: '500.00' },
  fx: { currency: 'EUR', date: '2025-01-01', rate: '1.0925' },
  accounts: { customer_id: 'C1', rep_id: 'R1', from: '2025-01-01', to: '2025-12-31', share: '100%' },
};
const needsRep = (ledger: LedgerName) => (ledger === 'splits' ? {} : { splits: [] });
/** The good workspace with some cells of one ledger's row changed. */
const spoilt = (ledger: LedgerName, cells: Row): Given => ({
  ...Object.fromEntries(Object.entries(good).map(([name, row]) => [name, [row]])),
  ...needsRep(ledger),
  [ledger]: [{ ...good[ledger], ...cells }],
});

test('R9.1 the rows that these tests spoil are good ones', () => {
  expect(resultOf(workspace(spoilt('splits', {}))).exceptions).toEqual([]);
});

describe('R9.1 faults of form: cells', () => {
  test.each<[LedgerName, string]>([
    ['invoices', 'invoice_id'],
    ['invoices', 'customer_id'],
    ['invoices', 'rep_id'],
    ['invoices', 'invoice_date'],
    ['invoices', 'amount'],
    ['payments', 'payment_id'],
    ['payments', 'invoice_id'],
    ['payments', 'payment_date'],
    ['payments', 'amount'],
    ['writeOffs', 'write_off_id'],
    ['writeOffs', 'invoice_id'],
    ['writeOffs', 'write_off_date'],
    ['writeOffs', 'amount'],
    ['creditMemos', 'credit_memo_id'],
    ['creditMemos', 'invoice_id'],
    ['creditMemos', 'credit_date'],
    ['creditMemos', 'amount'],
    ['splits', 'invoice_id'],
    ['splits', 'rep_id'],
    ['assignments', 'rep_id'],
    ['assignments', 'plan_id'],
    ['assignments', 'from'],
    ['quotas', 'rep_id'],
    ['quotas', 'quarter'],
    ['quotas', 'quota'],
    ['calendar', 'quarter'],
    ['calendar', 'from'],
    ['calendar', 'to'],
    ['reps', 'rep_id'],
    ['reps', 'name'],
  ])('R9.1 a blank required cell: %s %s', (ledger, column) => {
    const fault = { code: 'blank-cell', place: at(ledger, 0, column), column };
    expect(faultsOf(spoilt(ledger, { [column]: ' ' }))).toContainEqual(fault);
    expect(faultsOf(spoilt(ledger, { [column]: undefined }))).toContainEqual(fault);
  });

  test.each<[LedgerName, string]>([
    ['invoices', 'booking_date'],
    ['invoices', 'due_date'],
    ['invoices', 'total'],
    ['invoices', 'cost'],
    ['invoices', 'currency'],
    ['invoices', 'reverses'],
    ['writeOffs', 'reason'],
    ['assignments', 'to'],
    ['calendar', 'month'],
    ['reps', 'email'],
    ['reps', 'manager_id'],
    ['reps', 'left'],
  ])('R2.1 an optional cell may be blank: %s %s', (ledger, column) => {
    expect(calculatedOf(workspace(spoilt(ledger, { [column]: '' })))).toBeDefined();
  });

  test.each<[LedgerName, string]>([
    ['invoices', 'invoice_date'],
    ['invoices', 'booking_date'],
    ['invoices', 'due_date'],
    ['payments', 'payment_date'],
    ['writeOffs', 'write_off_date'],
    ['creditMemos', 'credit_date'],
    ['assignments', 'from'],
    ['assignments', 'to'],
    ['calendar', 'from'],
    ['calendar', 'to'],
    ['reps', 'left'],
  ])('R9.1 a malformed date: %s %s', (ledger, column) => {
    expect(faultsOf(spoilt(ledger, { [column]: '2025-02-30' }))).toContainEqual({
      code: 'malformed-date',
      place: at(ledger, 0, column),
      column,
      found: '2025-02-30',
      expected: 'YYYY-MM-DD',
    });
  });

  test.each([
    '02/03/2025',
    '2025-2-3',
    '2025-02-03T00:00:00',
    '20250203',
    '1899-12-31',
    '2200-01-01',
    'soon',
    '45000',
  ])('R9.1 %s is no date', (found) => {
    expect(faultsOf({ invoices: [invoice('I1', { invoice_date: found })] })).toMatchObject([
      { code: 'malformed-date', found, column: 'invoice_date' },
    ]);
  });

  test.each(['1900-01-01', '2199-12-31', '2024-02-29'])('R9.1 %s is a date', (date) => {
    expect(earned({ invoices: [invoice('I1', { invoice_date: date })], asOf: '2199-12-31' })).toEqual({
      I1: '100.00',
    });
  });

  test('R9.1 a malformed date names the format that the workspace gives', () => {
    const given = { invoices: [invoice('I1', { invoice_date: '2025-01-15' })] };
    expect(mapped(given, { invoices: { dateFormat: ['MM/DD/YYYY'] } }).faults).toMatchObject([
      { code: 'malformed-date', found: '2025-01-15', expected: 'MM/DD/YYYY' },
    ]);
  });

  test.each<[LedgerName, string]>([
    ['invoices', 'amount'],
    ['invoices', 'total'],
    ['invoices', 'cost'],
    ['payments', 'amount'],
    ['writeOffs', 'amount'],
    ['creditMemos', 'amount'],
    ['quotas', 'quota'],
  ])('R9.1 a malformed number: %s %s', (ledger, column) => {
    expect(faultsOf(spoilt(ledger, { [column]: '1,000.00' }))).toContainEqual({
      code: 'malformed-number',
      place: at(ledger, 0, column),
      column,
      found: '1,000.00',
      expected: '1234.56',
    });
  });

  test.each([
    '1e3',
    '0x1f',
    'Infinity',
    'NaN',
    '12-',
    '--5',
    '1.2.3',
    '$5',
    '(5.00)',
    '5 USD',
    '1 000',
    '-',
  ])('R9.1 %s is no number', (found) => {
    expect(faultsOf({ invoices: [invoice('I1', { amount: found })] })).toMatchObject([
      { code: 'malformed-number', found, column: 'amount' },
    ]);
  });

  test('R9.1 a malformed number names the format that the workspace gives', () => {
    const { faults } = mapped(
      { invoices: [invoice('I1', { amount: '1000.00' })] },
      { invoices: { numberFormat: '1.234,56' } },
    );
    expect(faults).toMatchObject([{ code: 'malformed-number', found: '1000.00', expected: '1.234,56' }]);
  });

  test.each(['60 %%', 'half', '1/2'])('R9.1 a share of %s is no number', (found) => {
    expect(faultsOf({ invoices, splits: [split('I1', 'R1', found)] })).toMatchObject([
      { code: 'malformed-number', place: at('splits', 0, 'share'), column: 'share', found },
    ]);
  });

  test.each([
    '2025-Q5',
    '2025-Q0',
    '2025Q1',
    'Q1-2025',
    '25-Q1',
    '2025-02-30',
    '2025',
  ])('R9.1 %s names no quarter', (found) => {
    expect(faultsOf({ invoices, quotas: [quota(found, '1.00')] })).toMatchObject([
      { code: 'malformed-quarter', place: at('quotas', 0, 'quarter'), column: 'quarter', found },
    ]);
  });

  test('R9.1 a calendar row names its quarter by name, not by date', () => {
    const calendar = [calendarRow('2025-01-15', '2025-01-01', '2025-12-31')];
    expect(faultsOf({ invoices, calendar })).toMatchObject([
      { code: 'malformed-quarter', place: at('calendar', 0, 'quarter'), found: '2025-01-15' },
    ]);
  });

  test.each(['2025-13', '2025', '2025-1', '2025-01-01', 'Jan'])('R9.1 %s names no month', (found) => {
    const calendar = [calendarRow('2025-Q1', '2025-01-01', '2025-12-31', found)];
    expect(faultsOf({ invoices, calendar })).toEqual([
      { code: 'malformed-month', place: at('calendar', 0, 'month'), column: 'month', found },
    ]);
  });
});

describe('R9.1 faults of form: rows', () => {
  test.each<[LedgerName, string]>([
    ['invoices', 'I1'],
    ['payments', 'P1 on I1'],
    ['writeOffs', 'W1 on I1'],
    ['creditMemos', 'CM1 on I1'],
    ['splits', 'I1 on R1'],
    ['quotas', 'R1 on 2025-Q1'],
    ['reps', 'R1'],
  ])('R9.1 a duplicate key: %s', (ledger, words) => {
    const rows = [good[ledger], good[ledger], good[ledger]];
    const given = { ...spoilt(ledger, {}), [ledger]: rows };
    expect(faultsOf(given)).toEqual([
      { code: 'duplicate-key', place: at(ledger, 1), key: words, first: at(ledger, 0) },
      { code: 'duplicate-key', place: at(ledger, 2), key: words, first: at(ledger, 0) },
    ]);
  });

  test('R9.1 keys are compared as R2.1 says: without white space around them', () => {
    expect(faultCodes({ invoices: [invoice('I1'), invoice(' I1 ')] })).toEqual(['duplicate-key']);
  });

  test('R9.1 two ids that only join to the same text are not one key', () => {
    const given = {
      invoices: [invoice('B'), invoice('A B')],
      payments: [payment('P A', 'B', '2025-02-10', '1.00'), payment('P', 'A B', '2025-02-10', '1.00')],
    };
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R9.1 two quota rows for one quarter, by name or by date, are one', () => {
    const quotas = [quota('2025-02-10', '1.00'), quota('2025-Q1', '1.00'), quota('2025-03-31', '1.00')];
    expect(faultsOf({ invoices, quotas })).toMatchObject([
      { code: 'duplicate-key', place: at('quotas', 1), first: at('quotas', 0) },
      { code: 'duplicate-key', place: at('quotas', 2), first: at('quotas', 0) },
    ]);
  });

  test('R9.1 quota rows of two reps, or of two quarters, are two', () => {
    const quotas = [quota('2025-Q1', '1.00'), quota('2025-Q1', '1.00', 'R2'), quota('2025-Q2', '1.00')];
    expect(earned({ invoices, quotas })).toEqual({ I1: '100.00' });
  });

  test.each([
    '0',
    '0%',
    '-5%',
    '-0.1',
    '100.01%',
    '1.01',
    '60',
  ])('R9.1 a share of %s is not above 0 or above 1', (found) => {
    expect(faultsOf({ invoices, splits: [split('I1', 'R1', found)] })).toEqual([
      { code: 'share-out-of-range', place: at('splits', 0, 'share'), column: 'share', found },
    ]);
  });

  test.each([
    '0.00',
    '-1.00',
    '1000.01',
  ])('R9.1 so is a split of %s out of an amount of 1000.00', (amount) => {
    expect(faultsOf({ invoices, splits: [splitAmount('I1', 'R1', amount)] })).toMatchObject([
      { code: 'share-out-of-range', place: at('splits', 0, 'amount'), column: 'amount' },
    ]);
  });

  test('R9.1 a split by amount of an invoice that is not there has nothing to be a share of: it is set aside', () => {
    const given = { invoices, splits: [splitAmount('I9', 'R1', '5.00')] };
    expect(exceptionsOf(given)).toMatchObject([{ code: 'unknown-invoice', ledger: 'splits' }]);
  });

  test('R9.1 a split amount on an invoice amount of 0', () => {
    const given = {
      invoices: [invoice('I1', { amount: '0.00' })],
      splits: [splitAmount('I1', 'R1', '5.00')],
    };
    expect(faultsOf(given)).toEqual([
      { code: 'split-of-nothing', place: at('splits', 0, 'amount'), invoice: 'I1', amount: '5.00' },
    ]);
  });

  test('R2.5 a split says its share or its amount, not neither and not both', () => {
    const both = { ...split('I1', 'R1', '50%'), amount: '500.00' };
    const neither = { invoice_id: 'I1', rep_id: 'R2' };
    expect(faultsOf({ invoices, splits: [both, neither] })).toEqual([
      { code: 'share-or-amount', place: at('splits', 0, 'share'), share: '50%', amount: '500.00' },
      { code: 'share-or-amount', place: at('splits', 1, 'share'), share: '', amount: '' },
    ]);
  });

  test('R9.1 a negative quota', () => {
    expect(faultsOf({ invoices, quotas: [quota('2025-Q1', '-0.01')] })).toEqual([
      { code: 'negative-quota', place: at('quotas', 0, 'quota'), found: '-0.01' },
    ]);
  });

  test('R9.1 `to` before `from`', () => {
    expect(faultsOf({ invoices, assignments: [assignment('R1', 'ae', '2025-02-01', '2025-01-31')] })).toEqual(
      [{ code: 'to-before-from', place: at('assignments', 0, 'to'), from: '2025-02-01', to: '2025-01-31' }],
    );
    expect(
      faultsOf({
        invoices,
        calendar: [calendarRow('2025-Q1', '2025-02-01', '2025-01-31')],
        asOf: '2025-02-01',
      }),
    ).toContainEqual({
      code: 'to-before-from',
      place: at('calendar', 0, 'to'),
      from: '2025-02-01',
      to: '2025-01-31',
    });
  });

  test('R9.1 `to` on the day of `from` is one day', () => {
    const given = { invoices, assignments: [assignment('R1', 'ae', '2025-01-15', '2025-01-15')] };
    expect(earned(given)).toEqual({ I1: '100.00' });
  });
});

describe('R9.1 faults of form: assignments', () => {
  test('R9.1 assignments of a rep that overlap by a day', () => {
    const assignments = [
      assignment('R1', 'ae', '2025-06-30'),
      assignment('R1', 'ae', '2025-01-01', '2025-06-30'),
    ];
    expect(faultsOf({ invoices, assignments })).toEqual([
      {
        code: 'overlapping-assignments',
        place: at('assignments', 0),
        rep: 'R1',
        plan: 'ae',
        from: '2025-06-30',
        otherPlan: 'ae',
        otherFrom: '2025-01-01',
        otherTo: '2025-06-30',
        first: at('assignments', 1),
      },
    ]);
  });

  test('R9.1 an open-ended assignment overlaps all that come after it', () => {
    const assignments = [
      assignment('R1', 'ae', '2025-01-01'),
      assignment('R1', 'ae', '2025-03-01', '2025-03-31'),
      assignment('R1', 'ae', '2025-05-01'),
    ];
    expect(faultsOf({ invoices, assignments })).toMatchObject([
      {
        code: 'overlapping-assignments',
        place: at('assignments', 1),
        otherFrom: '2025-01-01',
        otherTo: undefined,
      },
      {
        code: 'overlapping-assignments',
        place: at('assignments', 2),
        otherFrom: '2025-01-01',
        otherTo: undefined,
      },
    ]);
  });

  test('R9.1 two assignments of a rep from the same day overlap', () => {
    const assignments = [
      assignment('R1', 'ae', '2025-01-01', '2025-01-31'),
      assignment('R1', 'ae', '2025-01-01', '2025-02-28'),
    ];
    expect(faultsOf({ invoices, assignments })).toMatchObject([
      { code: 'overlapping-assignments', place: at('assignments', 1), first: at('assignments', 0) },
    ]);
  });

  test('R9.1 an assignment inside a longer one overlaps it, and so does what follows it there', () => {
    const assignments = [
      assignment('R1', 'ae', '2025-01-01', '2025-12-31'),
      assignment('R1', 'ae', '2025-02-01', '2025-02-28'),
      assignment('R1', 'ae', '2025-06-01', '2025-06-30'),
    ];
    expect(faultsOf({ invoices, assignments }).map(({ place }) => place)).toEqual([
      at('assignments', 1),
      at('assignments', 2),
    ]);
  });

  test('R9.1 assignments that follow each other do not overlap, and neither do those of two reps', () => {
    const assignments = [
      assignment('R1', 'ae', '2025-01-01', '2025-06-30'),
      assignment('R1', 'ae', '2025-07-01'),
      assignment('R2', 'ae', '2025-01-01'),
    ];
    expect(earned({ invoices, assignments })).toEqual({ I1: '100.00' });
  });
});

describe('R9.1 faults of form: the calendar', () => {
  const given = (...calendar: Row[]): Given => ({ invoices: [], calendar, asOf: '2025-01-10' });

  test('R9.1 a gap', () => {
    const rows = [
      calendarRow('2025-Q1', '2025-01-01', '2025-03-31'),
      calendarRow('2025-Q2', '2025-04-02', '2025-06-30'),
    ];
    expect(faultsOf(given(...rows))).toEqual([
      { code: 'calendar-gap', place: at('calendar', 1, 'from'), from: '2025-04-02', before: '2025-03-31' },
    ]);
  });

  test('R9.1 an overlap', () => {
    const rows = [
      calendarRow('2025-Q2', '2025-03-31', '2025-06-30'),
      calendarRow('2025-Q1', '2025-01-01', '2025-03-31'),
    ];
    expect(faultsOf(given(...rows))).toEqual([
      {
        code: 'calendar-overlap',
        place: at('calendar', 0, 'from'),
        from: '2025-03-31',
        before: '2025-03-31',
      },
    ]);
  });

  test('R2.1 two rows from one day', () => {
    const rows = [
      calendarRow('2025-Q1', '2025-01-01', '2025-03-31'),
      calendarRow('2025-Q1', '2025-01-01', '2025-03-31'),
    ];
    expect(faultsOf(given(...rows))).toMatchObject([{ place: { ledger: 'calendar', row: 1 } }]);
  });

  test('R2.10 quarters out of order: the rows of a quarter must stand together', () => {
    const rows = [
      calendarRow('2025-Q1', '2025-01-01', '2025-03-31'),
      calendarRow('2025-Q2', '2025-04-01', '2025-06-30'),
      calendarRow('2025-Q1', '2025-07-01', '2025-09-30'),
    ];
    expect(faultsOf(given(...rows))).toEqual([
      { code: 'calendar-order', place: at('calendar', 2, 'quarter'), name: '2025-Q1', before: '2025-Q2' },
    ]);
  });

  test('R2.10 months out of order, or in two quarters', () => {
    const outOfOrder = [
      calendarRow('2025-Q1', '2025-01-01', '2025-01-31', '2025-02'),
      calendarRow('2025-Q1', '2025-02-01', '2025-02-28', '2025-01'),
    ];
    expect(faultsOf(given(...outOfOrder))).toEqual([
      { code: 'calendar-order', place: at('calendar', 1, 'month'), name: '2025-01', before: '2025-02' },
    ]);
    const inTwo = [
      calendarRow('2025-Q1', '2025-01-01', '2025-03-31', '2025-03'),
      calendarRow('2025-Q2', '2025-04-01', '2025-06-30', '2025-03'),
    ];
    expect(faultsOf(given(...inTwo))).toEqual([
      { code: 'calendar-order', place: at('calendar', 1, 'month'), name: '2025-03', before: '2025-03' },
    ]);
  });

  test('R9.1 a calendar row at fault is the one fault: the gap it leaves is none', () => {
    const rows = [
      calendarRow('2025-Q1', '2025-01-01', '2025-03-31'),
      calendarRow('2025-Q2', '2025-04-31', '2025-06-30'),
      calendarRow('2025-Q3', '2025-07-01', '2025-09-30'),
    ];
    expect(faultCodes(given(...rows))).toEqual(['malformed-date']);
  });

  test('R9.1 a calendar without rows covers no day', () => {
    expect(faultsOf(given())).toMatchObject([
      { code: 'outside-calendar', place: { kind: 'run' }, from: '', to: '' },
    ]);
  });
});

describe('R9.1 faults of meaning', () => {
  test('R9.1 an unknown plan, with the nearest one', () => {
    const given = {
      plans: [{ id: 'ae-2025' }, { id: 'partner' }],
      invoices,
      assignments: [assignment('R1', 'ae2025', '2025-01-01'), assignment('R2', 'xyz', '2025-01-01')],
    };
    expect(faultsOf(given)).toMatchObject([
      { code: 'unknown-plan', place: at('assignments', 0, 'plan_id'), plan: 'ae2025', nearest: 'ae-2025' },
      { code: 'unknown-plan', place: at('assignments', 1, 'plan_id'), plan: 'xyz', nearest: undefined },
    ]);
  });

  test('R9.1 several plans but no assignments ledger', () => {
    expect(faultsOf({ plans: [{ id: 'a' }, { id: 'b' }], invoices })).toMatchObject([
      { code: 'which-plan', plans: ['a', 'b'] },
    ]);
  });

  test('R9.1 as long as no plan is known, no plan needs a due date, a cost or a quota', () => {
    const plans = [
      { id: 'a', level: 1, basis: 'gross-profit', rate: table('quarter'), clawback: { pastDueDays: 30 } },
      { id: 'b' },
    ];
    expect(faultCodes({ plans, invoices })).toEqual(['which-plan']);
  });

  test.each([
    ['quarter', '2025-Q2'],
    ['year', '2025'],
    ['year-to-date', '2025 up to 2025-Q2'],
  ])('R9.1 no quota in the window of a table with a percentage above 0%%: %s', (attainment, window) => {
    const given = {
      plan: { level: 0, rate: table(attainment) },
      invoices: [sale('I1', '2025-04-10', '1000.00')],
      quotas: [quota('2026-Q1', '1.00')],
    };
    expect(faultsOf(given)).toEqual([
      {
        code: 'no-quota',
        place: { kind: 'ledger', ledger: 'quotas' },
        rep: 'R1',
        window,
        invoice: 'I1',
        plan: 'ae',
      },
    ]);
  });

  test('R9.1 the first quarter to date is that quarter', () => {
    expect(faultsOf({ plan: { level: 0, rate: table('year-to-date') }, invoices })).toMatchObject([
      { code: 'no-quota', window: '2025-Q1' },
    ]);
  });

  test('R9.1 no quotas ledger at all', () => {
    expect(faultCodes({ plan: { level: 0, rate: table('year') }, invoices })).toEqual(['no-quota']);
  });

  test('R9.1 a quota is missed for a plan that pays a line, not for one that merely stands by', () => {
    const given = {
      plans: [{ id: 'flat' }, { id: 'tiers', level: 0, rate: table('quarter') }],
      invoices,
      assignments: [
        assignment('R1', 'flat', '2025-01-01', '2025-03-30'),
        assignment('R1', 'tiers', '2025-03-31'),
      ],
    };
    expect(earned(given)).toEqual({ I1: '100.00' });
  });

  test.each([
    ['level 1', { level: 1, clawback: { pastDueDays: 0 } }],
    ['level 2', { level: 2, clawback: { pastDueDays: 0 } }],
  ])('R9.1 a needed due date is missing, at %s', (_, plan) => {
    expect(faultsOf({ plan, invoices })).toEqual([
      { code: 'missing-due-date', place: at('invoices', 0, 'due_date'), invoice: 'I1', plan: 'ae' },
    ]);
  });

  test('R9.1 a needed cost is missing', () => {
    expect(faultsOf({ plan: { basis: 'gross-profit' }, invoices })).toEqual([
      { code: 'missing-cost', place: at('invoices', 0, 'cost'), invoice: 'I1', rep: 'R1', plan: 'ae' },
    ]);
  });

  test('R9.1 of a split, the cost is missed once for each line that needs it', () => {
    const given = {
      plans: [{ id: 'profit', basis: 'gross-profit' }, { id: 'revenue' }],
      invoices,
      splits: [split('I1', 'R1', '50%'), split('I1', 'R2', '50%')],
      assignments: [assignment('R1', 'revenue', '2025-01-01'), assignment('R2', 'profit', '2025-01-01')],
    };
    expect(faultsOf(given)).toMatchObject([{ code: 'missing-cost', rep: 'R2', plan: 'profit' }]);
  });

  test("R9.1 a currency other than the workspace's", () => {
    const given = {
      invoices: [
        invoice('I1', { currency: 'USD' }),
        invoice('I2', { currency: '' }),
        invoice('I3', { currency: 'EUR' }),
      ],
    };
    expect(faultsOf(given)).toEqual([
      { code: 'other-currency', place: at('invoices', 2, 'currency'), found: 'EUR', expected: 'USD' },
    ]);
  });

  test('R15.3 so is the currency of an invoice that reverses another, if it is another', () => {
    const reversing = sale('X1', '2025-02-10', '-100.00', { reverses: 'I1', currency: 'EUR' });
    expect(faultsOf({ invoices: [...invoices, reversing] })).toEqual([
      {
        code: 'cash-currency',
        place: at('invoices', 1, 'currency'),
        found: 'EUR',
        invoice: 'I1',
        expected: 'USD',
      },
    ]);
    expect(earned({ invoices: [...invoices, reversing], asOf: '2025-02-09' })).toEqual({ I1: '100.00' });
  });

  test('R9.1 a quota named by a date outside the calendar', () => {
    const given = {
      invoices: [],
      calendar: [calendarRow('2025-Q1', '2025-01-01', '2025-03-31')],
      quotas: [quota('2025-04-01', '1.00')],
      asOf: '2025-03-31',
    };
    expect(faultsOf(given)).toEqual([
      {
        code: 'outside-calendar',
        place: at('quotas', 0, 'quarter'),
        date: '2025-04-01',
        from: '2025-01-01',
        to: '2025-03-31',
      },
    ]);
  });

  test('R9.1 the as-of date itself is malformed', () => {
    expect(faultsOf({ invoices, asOf: '2025-02-30' })).toEqual([
      { code: 'malformed-as-of', place: { kind: 'run' }, found: '2025-02-30' },
    ]);
  });
});

describe('R9.1 rows later than the as-of date', () => {
  test('R9.1 cause no faults of meaning: an invoice booked later', () => {
    const given = {
      plan: { level: 1, basis: 'gross-profit', rate: table('quarter'), clawback: { pastDueDays: 30 } },
      invoices: [
        invoice('I1', { invoice_date: '2025-03-01', cost: '500.00' }),
        invoice('I2', { invoice_date: '2025-03-01', due_date: '2025-03-31', rep_id: 'R2', currency: 'EUR' }),
      ],
      quotas: [quota('2025-Q1', '1000.00', 'R2')],
      asOf: '2025-02-28',
    };
    expect(history(given)).toEqual([]);
    expect(faultCodes({ ...given, asOf: '2025-03-01' })).toEqual([
      'missing-cost', // I2
      'missing-due-date', // I1
      'no-quota', // R1
      'other-currency', // I2
    ]);
  });

  test('R9.1 cause no faults of meaning: an assignment that starts later', () => {
    const given = {
      invoices,
      assignments: [
        assignment('R1', 'ae', '2025-01-01', '2025-05-31'),
        assignment('R1', 'next', '2025-06-01'),
      ],
    };
    expect(earned({ ...given, asOf: '2025-05-31' })).toEqual({ I1: '100.00' });
    expect(faultCodes({ ...given, asOf: '2025-06-01' })).toEqual(['unknown-plan']);
  });

  test('R9.1 cause no faults of meaning: dates beyond the calendar', () => {
    const given = {
      invoices: [...invoices, sale('I2', '2025-07-01', '1.00')],
      calendar: [calendarRow('2025-Q1', '2025-01-01', '2025-06-30')],
      payments: [payment('P1', 'I1', '2025-07-01', '1.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-07-01', '1.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-07-01', '1.00')],
      asOf: '2025-06-30',
    };
    expect(earned(given)).toEqual({ I1: '100.00' });
  });

  test('R9.1 cause faults of form all the same', () => {
    const given = {
      invoices: [...invoices, sale('I2', '2025-07-01', '1,000.00')],
      payments: [payment('P1', 'I1', '2025-07-01', '1.00'), payment('P1', 'I1', '2025-08-01', '1.00')],
      writeOffs: [writeOff('W1', '', '2025-07-01', '1.00')],
      assignments: [assignment('R1', 'ae', '2025-07-01'), assignment('R1', 'ae', '2025-08-01')],
      quotas: [quota('2026-Q1', '-1.00')],
      asOf: '2025-01-31',
    };
    expect(faultCodes(given)).toEqual([
      'blank-cell',
      'duplicate-key',
      'malformed-number',
      'negative-quota',
      'overlapping-assignments',
    ]);
  });
});

describe('R9.1 faults of the plan file', () => {
  const rate = (...bands: object[]) => ({ level: 0, rate: { attainment: 'quarter', table: bands } });
  const one = (plan: object) => faultsOf({ plan: { ...plan }, invoices });

  test('R9.1 an unknown key of the terms, with the nearest known one', () => {
    expect(faultsOf({ terms: { recoverLimit: '50%' }, invoices })).toEqual([
      { code: 'unknown-key', place: key('recoverLimit'), key: 'recoverLimit', nearest: 'recoveryLimit' },
    ]);
  });

  test('R9.1 an unknown key of a plan, of its clawback, of its rate and of a band', () => {
    expect(
      one({
        level: 1,
        tolerence: '1.00',
        clawback: { pastdueDays: 90 },
        rate: { attainment: 'quarter', bands: 1, table: [{ from: '0%', rate: '5%', frm: '1%' }] },
      }),
    ).toEqual(
      expect.arrayContaining([
        { code: 'unknown-key', place: key('plans', 0, 'tolerence'), key: 'tolerence', nearest: 'tolerance' },
        {
          code: 'unknown-key',
          place: key('plans', 0, 'clawback', 'pastdueDays'),
          key: 'pastdueDays',
          nearest: 'pastDueDays',
        },
        { code: 'unknown-key', place: key('plans', 0, 'rate', 'bands'), key: 'bands', nearest: undefined },
        {
          code: 'unknown-key',
          place: key('plans', 0, 'rate', 'table', 0, 'frm'),
          key: 'frm',
          nearest: 'from',
        },
      ]),
    );
  });

  test('R9.1 an unknown key that resembles none has no nearest', () => {
    expect(faultsOf({ terms: { zzz: 1 }, invoices })).toEqual([
      { code: 'unknown-key', place: key('zzz'), key: 'zzz', nearest: undefined },
    ]);
  });

  test('R9.1 a needed key is missing', () => {
    const { plans: _, currency: __, ...rest } = termsOf({});
    const outcome = calculate({ ...inputsOf(workspace({ invoices })), terms: rest as TermsInput });
    expect(outcome).toMatchObject({
      kind: 'refused',
      faults: [
        { code: 'missing-key', place: key('currency'), key: 'currency' },
        { code: 'missing-key', place: key('plans'), key: 'plans' },
      ],
    });
  });

  test('R9.1 a needed key of a plan is missing', () => {
    const outcome = calculate({
      ...inputsOf(workspace({ invoices })),
      terms: { currency: 'USD', plans: [{}] } as unknown as TermsInput,
    });
    expect(outcome).toMatchObject({
      faults: ['id', 'level', 'rate'].map((name) => ({
        code: 'missing-key',
        place: key('plans', 0, name),
        key: name,
      })),
    });
  });

  test('R9.1 level 1 needs its clawback block', () => {
    expect(one({ level: 1 })).toMatchObject([
      { code: 'missing-key', place: key('plans', 0, 'clawback'), key: 'clawback' },
    ]);
  });

  test('R4.1 a table of percentages must say its attainment', () => {
    expect(one({ rate: { table: [{ from: '0%', rate: '5%' }] } })).toMatchObject([
      { code: 'missing-key', place: key('plans', 0, 'rate', 'attainment'), key: 'attainment' },
    ]);
  });

  test.each([
    ['level', 5],
    ['level', 'none'],
    ['basis', 'profit'],
    ['quotaOn', 'gross-profit'],
    ['earnOn', 'cash'],
    ['release', 'later'],
    ['creditsReduceQuota', 'yes'],
    ['tolerance', '-1.00'],
    ['tolerance', 'little'],
    ['rate', 'much'],
    ['id', ''],
  ])('R9.1 a plan does not take %s: %j', (name, value) => {
    expect(one({ [name]: value })).toMatchObject([{ code: 'wrong-value', place: key('plans', 0, name) }]);
  });

  test.each([
    ['fiscalYearStart', 0],
    ['fiscalYearStart', 13],
    ['fiscalYearStart', 1.5],
    ['payPeriod', 'week'],
    ['rounding', 'up'],
    ['plans', 'ae'],
  ])('R9.1 the terms do not take %s: %j', (name, value) => {
    const given = inputsOf(workspace({ invoices }));
    const outcome = calculate({ ...given, terms: { ...given.terms, [name]: value } as TermsInput });
    expect(outcome).toMatchObject({ kind: 'refused', faults: [{ code: 'wrong-value', place: key(name) }] });
  });

  test('R9.1 plans must be named: none, or what is no plan', () => {
    const terms = (plans: unknown) => ({
      ...inputsOf(workspace({ invoices })),
      terms: { currency: 'USD', plans } as TermsInput,
    });
    expect(faultsIn(terms([]))).toMatchObject([{ place: key('plans') }]);
    expect(faultsIn(terms(['ae']))).toMatchObject([
      { code: 'wrong-value', place: key('plans', 0), found: 'ae' },
    ]);
  });

  test.each([null, 'USD', 7, []])('R9.1 terms of %j are none', (terms) => {
    const outcome = calculate({
      ...inputsOf(workspace({ invoices })),
      terms: terms as unknown as TermsInput,
    });
    expect(outcome.kind).toBe('refused');
  });

  test.each([
    ['a flat rate', { rate: 5 }, ['rate'], '5'],
    ['a flat rate as text', { rate: '5' }, ['rate'], '5'],
    ['a hold', { level: 2, hold: 50 }, ['hold'], '50'],
    ["a band's rate", rate({ from: '0%', rate: 8 }), ['rate', 'table', 0, 'rate'], '8'],
  ])('R9.1 a bare number above 1 asks for its %%: %s', (_, plan, path, found) => {
    expect(one(plan)).toEqual([
      { code: 'percent-needed', place: key('plans', 0, ...path), found, threshold: false },
    ]);
  });

  test('R9.1 so does a recovery limit', () => {
    expect(faultsOf({ terms: { recoveryLimit: 50 }, invoices })).toEqual([
      { code: 'percent-needed', place: key('recoveryLimit'), found: '50', threshold: false },
    ]);
  });

  test.each(['0', '0.5', '1'])("R9.1 a band's `from` of %s asks for its %% always", (from) => {
    expect(one(rate({ from, rate: '5%' }))).toContainEqual({
      code: 'percent-needed',
      place: key('plans', 0, 'rate', 'table', 0, 'from'),
      found: from,
      threshold: true,
    });
  });

  test.each([
    ['a rate below 0%', { rate: '-1%' }, ['rate'], '-1%'],
    ['a hold below 0%', { level: 2, hold: '-1%' }, ['hold'], '-1%'],
    ['a hold above 100%', { level: 2, hold: '100.01%' }, ['hold'], '100.01%'],
    ["a band's rate below 0%", rate({ from: '0%', rate: '-0.01' }), ['rate', 'table', 0, 'rate'], '-0.01'],
  ])('R9.1 out of range: %s', (_, plan, path, found) => {
    expect(one(plan)).toMatchObject([
      { code: 'percent-out-of-range', place: key('plans', 0, ...path), found },
    ]);
  });

  test('R9.1 out of range: a recovery limit above 100%, or below 0%', () => {
    for (const recoveryLimit of ['101%', '-1%']) {
      expect(faultsOf({ terms: { recoveryLimit }, invoices })).toMatchObject([
        { code: 'percent-out-of-range', place: key('recoveryLimit'), found: recoveryLimit },
      ]);
    }
  });

  test('R9.1 out of range: a `from` below 0%', () => {
    expect(one(rate({ from: '-10%', rate: '5%' }, { from: '100%', rate: '8%' }))).toContainEqual(
      expect.objectContaining({
        code: 'percent-out-of-range',
        place: key('plans', 0, 'rate', 'table', 0, 'from'),
        found: '-10%',
      }),
    );
  });

  test('R9.1 a rate above 100% is in range where it has its %', () => {
    expect(earned({ plan: { level: 0, rate: '150%' }, invoices })).toEqual({ I1: '1500.00' });
  });

  test('R9.1 thresholds that do not rise', () => {
    const bands = ['0%', '100%', '100%', '50%'].map((from) => ({ from, rate: '5%' }));
    expect(one(rate(...bands))).toEqual([
      {
        code: 'thresholds-not-rising',
        place: key('plans', 0, 'rate', 'table', 2, 'from'),
        found: '100%',
        before: '100%',
      },
      {
        code: 'thresholds-not-rising',
        place: key('plans', 0, 'rate', 'table', 3, 'from'),
        found: '50%',
        before: '100%',
      },
    ]);
  });

  test('R9.1 blanks around thresholds are none of them', () => {
    const bands = [' 0% ', ' 100%', '50% '].map((from) => ({ from, rate: '5%' }));
    expect(one(rate(...bands))).toEqual([
      {
        code: 'thresholds-not-rising',
        place: key('plans', 0, 'rate', 'table', 2, 'from'),
        found: '50%',
        before: '100%',
      },
    ]);
  });

  test('R9.1 amounts that do not rise', () => {
    const bands = [0, 1000, 999.99].map((fromAmount) => ({ fromAmount, rate: '5%' }));
    expect(one({ rate: { table: bands } })).toEqual([
      {
        code: 'thresholds-not-rising',
        place: key('plans', 0, 'rate', 'table', 2, 'fromAmount'),
        found: '999.99',
        before: '1000',
      },
    ]);
  });

  test('R4.1 the first band starts at 0%', () => {
    expect(one(rate({ from: '10%', rate: '5%' }))).toEqual([
      { code: 'first-band-not-zero', place: key('plans', 0, 'rate', 'table', 0, 'from'), found: '10%' },
    ]);
    expect(one({ rate: { table: [{ fromAmount: '1.00', rate: '5%' }] } })).toEqual([
      {
        code: 'first-band-not-zero',
        place: key('plans', 0, 'rate', 'table', 0, 'fromAmount'),
        found: '1.00',
      },
    ]);
  });

  test("R9.1 a band's threshold that is no percentage, and one that is no amount", () => {
    expect(one(rate({ from: '0%', rate: '5%' }, { from: 'half', rate: '8%' }))).toMatchObject([
      { code: 'wrong-value', place: key('plans', 0, 'rate', 'table', 1, 'from'), found: 'half' },
    ]);
    expect(
      one({
        rate: {
          table: [
            { fromAmount: '0', rate: '5%' },
            { fromAmount: '1,000', rate: '8%' },
          ],
        },
      }),
    ).toMatchObject([
      { code: 'wrong-value', place: key('plans', 0, 'rate', 'table', 1, 'fromAmount'), found: '1,000' },
    ]);
  });

  test('R9.1 a table that mixes `from` and `fromAmount`', () => {
    expect(one(rate({ from: '0%', rate: '5%' }, { fromAmount: '1000', rate: '8%' }))).toEqual([
      {
        code: 'mixed-thresholds',
        place: key('plans', 0, 'rate', 'table', 1),
        found: 'fromAmount, rate',
        expected: 'from',
      },
    ]);
  });

  test('R9.1 a band that says both, or neither', () => {
    const bands = [
      { fromAmount: '0', rate: '5%' },
      { from: '100%', fromAmount: '1000', rate: '8%' },
      { rate: '9%' },
    ];
    expect(one({ rate: { table: bands } })).toMatchObject([
      { code: 'mixed-thresholds', place: key('plans', 0, 'rate', 'table', 1), expected: 'fromAmount' },
      { code: 'mixed-thresholds', place: key('plans', 0, 'rate', 'table', 2), expected: 'fromAmount' },
    ]);
  });

  test('R4.1 a table without bands', () => {
    expect(one(rate())).toMatchObject([{ code: 'wrong-value', place: key('plans', 0, 'rate', 'table') }]);
  });

  test('R9.1 a table that is no list, and bands that are none', () => {
    expect(one({ rate: { attainment: 'quarter', table: '5%' } })).toMatchObject([
      { code: 'wrong-value', place: key('plans', 0, 'rate', 'table') },
    ]);
    expect(one(rate('5%' as unknown as object)).map(({ code }) => code)).toContain('wrong-value');
  });

  test.each([
    -1,
    1.5,
    '90',
    'ninety',
  ])('R9.1 pastDueDays of %j is not a whole number of days', (pastDueDays) => {
    expect(one({ level: 1, clawback: { pastDueDays } })).toMatchObject([
      { code: 'wrong-value', place: key('plans', 0, 'clawback', 'pastDueDays'), found: String(pastDueDays) },
    ]);
  });

  test('R9.1 two plans of one name, whatever the white space', () => {
    const plans = [{ id: 'ae' }, { id: 'b' }, { id: ' ae' }];
    expect(faultsOf({ plans, invoices, assignments: [] })).toEqual([
      { code: 'duplicate-plan', place: key('plans', 2, 'id'), plan: 'ae' },
    ]);
  });

  test.each(['usd', 'EURO', 'XX', 'Dollar', ''])('R9.1 %j is no currency of ISO 4217', (currency) => {
    expect(faultsOf({ terms: { currency }, invoices })).toEqual([
      { code: 'unknown-currency', place: key('currency'), found: currency },
    ]);
  });

  test('R9.1 a plan may have a number for its name', () => {
    const given = {
      plans: [{ id: 2025 }, { id: 'b' }],
      invoices,
      assignments: [assignment('R1', '2025', '2025-01-01')],
    };
    expect(earned(given)).toEqual({ I1: '100.00' });
  });
});

describe('R9.1 every fault is listed, and nothing is calculated', () => {
  test('R9.1 faults of the plan file and of every ledger, at once', () => {
    const given = {
      terms: { payPeriod: 'week' },
      plan: { level: 3, hold: '50%', rate: 5 },
      invoices: [invoice('I1', { amount: 'x' }), invoice('I1', { invoice_date: '' })],
      payments: [payment('P1', 'I1', 'x', 'y')],
      writeOffs: [writeOff('', 'I1', '2025-02-10', '1.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '')],
      splits: [split('I1', 'R1', '200%')],
      assignments: [assignment('R1', 'ae', '2025-02-10', '2025-01-10')],
      quotas: [quota('Q1', '1.00')],
      asOf: 'today',
    };
    expect(faultCodes(given)).toEqual([
      'blank-cell', // invoice_date
      'blank-cell', // write_off_id
      'blank-cell', // the amount of CM1
      'duplicate-key', // I1
      'malformed-as-of',
      'malformed-date', // payment_date
      'malformed-number', // the amount of I1
      'malformed-number', // the amount of P1
      'malformed-quarter',
      'percent-needed', // rate
      'share-out-of-range',
      'to-before-from',
      'unused-key', // hold
      'wrong-value', // payPeriod
    ]);
  });

  test('R9.1 all faults of one row', () => {
    const given = {
      invoices: [invoice('', { customer_id: '', invoice_date: 'x', amount: 'y', total: 'z', due_date: 'w' })],
    };
    expect(faultCodes(given)).toEqual([
      'blank-cell',
      'blank-cell',
      'malformed-date',
      'malformed-date',
      'malformed-number',
      'malformed-number',
    ]);
  });

  test('R9.1 faults of form and of meaning together', () => {
    const given = {
      plan: { level: 1, clawback: { pastDueDays: 30 } },
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', 'x')],
    };
    expect(faultCodes(given)).toEqual(['malformed-number', 'missing-due-date']);
  });

  test('R9.1 faults of meaning of every kind together', () => {
    const given = {
      plans: [
        { id: 'ae', level: 1, basis: 'gross-profit', rate: table('quarter'), clawback: { pastDueDays: 30 } },
        { id: 'b' },
      ],
      invoices: [
        invoice('I1', { cost: '500.00' }),
        invoice('I2', { due_date: '2025-02-14', rep_id: 'R2', currency: 'EUR' }),
      ],
      quotas: [quota('2025-Q1', '1000.00', 'R2')],
      assignments: ['R1', 'R2', 'R3'].map((rep) => assignment(rep, rep === 'R3' ? 'c' : 'ae', '2025-01-01')),
    };
    expect(faultCodes(given)).toEqual([
      'missing-cost',
      'missing-due-date',
      'no-quota',
      'other-currency',
      'unknown-plan',
    ]);
  });

  test('R9.1 of one line too: without its cost, its due date and its quota, it has three faults', () => {
    const given = {
      plan: { level: 1, basis: 'gross-profit', rate: table('quarter'), clawback: { pastDueDays: 30 } },
      invoices,
    };
    expect(faultCodes(given)).toEqual(['missing-cost', 'missing-due-date', 'no-quota']);
  });

  test('R9.1 a quota row at fault is not a missing quota as well', () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      invoices,
      quotas: [quota('2025-Q1', '1,000.00')],
    };
    expect(faultCodes(given)).toEqual(['malformed-number']);
  });

  test('R9.1 a calendar at fault leaves the dates unjudged', () => {
    const given = {
      invoices,
      calendar: [calendarRow('2025-Q1', '2025-01-32', '2025-03-31')],
      payments: [payment('P1', 'I1', '2025-02-10', 'x')],
      asOf: '2025-03-31',
    };
    expect(faultCodes(given)).toEqual(['malformed-date', 'malformed-number']);
  });

  test('R9.1 faults are listed with the row as given, counted from 0', () => {
    const given = { invoices: [invoice('I1'), invoice('I2'), invoice('I3', { amount: 'x' })] };
    expect(faultsOf(given)).toMatchObject([{ place: { ledger: 'invoices', row: 2, column: 'amount' } }]);
  });

  test('R9.1 a row that the mapping leaves out has no fault', () => {
    const given = {
      invoices,
      payments: [
        payment('', '', '', ''),
        payment('P1', 'I1', '2025-02-10', '400.00'),
        payment('', '', '', 'x'),
      ],
    };
    // Records count from the header on: a left-out row is accounted for with its amount.
    expect(mapped(given, { payments: { skipEmpty: true } }).faults).toMatchObject([
      { code: 'malformed-number', place: { kind: 'record', ledger: 'payments', record: 3 } },
    ]);
  });
});
