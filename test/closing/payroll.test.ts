/** Payroll by hand: by when a close is paid, of which period what is paid was earned, of which year what is recovered. */
import { describe, expect, test } from 'vitest';
import type { Opening } from '../../src/closing/pay-history.js';
import { dayOf } from '../../src/closing/pay-history.js';
import { payrollRows } from '../../src/closing/payroll.js';
import { type PayrollLine, payrollLines } from '../../src/closing/payroll-lines.js';
import { isoOf } from '../../src/day.js';
import { findPeriodEnd } from '../../src/engine/period-end.js';
import type { Posting } from '../../src/engine/r6-postings/posting-table.js';
import { recordsOf } from '../../src/ledgers/records.js';
import { payrollLinesTable, payrollTable } from '../../src/ledgers/tables.js';
import { formatMinor } from '../../src/money.js';
import type { Terms } from '../../src/plans/plan.js';
import { readTerms } from '../../src/plans/terms.js';
import { creditMemo, type Given, invoice, payment, sale, workspace, writeOff } from '../support/build.js';
import { type Closes, closesOf, payOf, upTo } from '../support/closes.js';
import { inputsOf } from '../support/run.js';

const CURRENCY = { code: 'USD', digits: 2 };

function closes(given: Given): Closes {
  return closesOf(inputsOf(workspace(given)));
}

/** The rows of payroll.csv of a period: `R1 by 2025-04-30: paid 1.00, recovered 0.00, owed 0.00`. */
function payroll(given: Closes, name: string, payWithin = 30): string[] {
  const period = given.periods.find((one) => one.name === name);
  if (period === undefined) throw new Error(`no period ${name}`);
  const table = payrollTable(payrollRows({ ...given, period, payWithin }), CURRENCY);
  return recordsOf(table).map(
    (row) =>
      `${row['rep_id']} by ${row['pay_by']}: paid ${row['paid']}, recovered ${row['recovered']}, owed ${row['owed']}`,
  );
}

/** The lines of a period: `paid of 2025-Q1 100.00`, `recovered of 2024 50.00`. */
function lines(given: Closes, name: string, opening?: Opening): string[] {
  const place = given.periods.findIndex((one) => one.name === name);
  return payrollLines({ ...upTo(given, place), payWithin: 30, opening }).map(inWords);
}

function inWords({ kind, earnedIn, firstPaidIn, amount }: PayrollLine): string {
  return `${kind} of ${earnedIn}${firstPaidIn} ${formatMinor(amount, 2)}`;
}

/** A posting of R1 in a quarter, by what it is about. */
function posting(period: string, invoiceId: string, amounts: Partial<Posting>): Posting {
  const date = isoOf(endOf(period));
  return {
    date,
    period,
    credit: 'own',
    repId: 'R1',
    invoiceId,
    customerId: 'C1',
    planId: 'ae',
    level: 1,
    cause: 'invoiced',
    sourceId: invoiceId,
    earned: 0n,
    advanced: 0n,
    released: 0n,
    held: 0n,
    forfeited: 0n,
    clawedBack: 0n,
    eventDate: date,
    adjusts: '',
    ...amounts,
  };
}

function endOf(period: string) {
  return dayOf(findPeriodEnd({}, {}, period) as string);
}

/** Closes of quarters with these postings; pay by R7.2. */
function closesWith(quarters: readonly string[], postings: readonly Posting[]): Closes {
  const periods = quarters.map((name) => ({ name, to: endOf(name) }));
  const { terms } = readTerms({ currency: 'USD', plans: [{ id: 'ae', level: 0, rate: '5%' }] });
  return { periods, postings, rows: payOf(periods, postings, terms as Terms), terms: terms as Terms };
}

const level1 = { level: 1, clawback: { pastDueDays: 30 } };
/** A sale that is never past due within the years looked at. */
const good = (id: string, date: string, amount: string) => sale(id, date, amount, { due_date: '2029-12-31' });

describe('the day of payment', () => {
  test('is so many days after the earliest receipt that makes something payable', () => {
    const given = closes({
      invoices: [invoice('I1'), invoice('I2')],
      payments: [payment('P1', 'I1', '2025-02-20', '300.00'), payment('P2', 'I2', '2025-02-10', '10.00')],
      asOf: '2025-03-31',
    });
    expect(payroll(given, '2025-Q1')).toEqual(['R1 by 2025-03-12: paid 31.00, recovered 0.00, owed 0.00']);
    expect(payroll(given, '2025-Q1', 0)).toEqual(['R1 by 2025-02-10: paid 31.00, recovered 0.00, owed 0.00']);
  });

  test('is so many days after the period where nothing was collected, or by others only', () => {
    const given = closes({
      invoices: [invoice('I1'), invoice('I2', { rep_id: 'R2' })],
      payments: [payment('P1', 'I2', '2025-02-20', '300.00')],
      asOf: '2025-03-31',
    });
    expect(payroll(given, '2025-Q1')).toEqual([
      'R1 by 2025-04-30: paid 0.00, recovered 0.00, owed 0.00',
      'R2 by 2025-03-22: paid 30.00, recovered 0.00, owed 0.00',
    ]);
  });

  test('a receipt that pays nothing does not count: advanced already at level 1, or earned later', () => {
    const given = closes({
      plan: level1,
      invoices: [good('I1', '2025-01-15', '1000.00')],
      payments: [payment('P1', 'I1', '2025-02-20', '1000.00')],
      asOf: '2025-03-31',
    });
    expect(payroll(given, '2025-Q1')[0]).toMatch('R1 by 2025-04-30');
  });

  test('of a receipt that adjusts a closed period, its own day counts', () => {
    const late = {
      cause: 'collected',
      eventDate: '2025-03-30',
      adjusts: '2025-Q1',
      date: '2025-04-01',
    } as const;
    const given = closesWith(
      ['2025-Q1', '2025-Q2'],
      [
        posting('2025-Q1', 'I1', { earned: 500n, held: 500n }),
        posting('2025-Q2', 'I1', { ...late, released: 500n, held: -500n }),
      ],
    );
    expect(payroll(given, '2025-Q2')).toEqual(['R1 by 2025-04-29: paid 5.00, recovered 0.00, owed 0.00']);
  });

  test('is said in comp.yaml by payWithin, 30 unless said', () => {
    const terms = (payWithin?: number) =>
      closes({ terms: payWithin === undefined ? {} : { payWithin }, invoices: [invoice('I1')] }).terms;
    expect([terms().payWithin, terms(0).payWithin]).toEqual([30, 0]);
  });
});

describe('what is paid, by the period it was earned in', () => {
  test('earned at invoice, paid with the cash', () => {
    const given = closes({
      invoices: [sale('I1', '2025-01-15', '1000.00'), sale('I2', '2025-04-15', '500.00')],
      payments: [
        payment('P1', 'I1', '2025-05-10', '400.00'),
        payment('P2', 'I2', '2025-05-11', '500.00'),
        payment('P3', 'I1', '2025-07-10', '600.00'),
      ],
      asOf: '2025-09-30',
    });
    expect(lines(given, '2025-Q1')).toEqual([]);
    expect(lines(given, '2025-Q2')).toEqual(['paid of 2025-Q1 40.00', 'paid of 2025-Q2 50.00']);
    expect(lines(given, '2025-Q3')).toEqual(['paid of 2025-Q1 60.00']);
  });

  test('earned with the cash, paid with the cash (level 4)', () => {
    const given = closes({
      plan: { level: 4 },
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-10', '400.00'), payment('P2', 'I1', '2025-05-10', '600.00')],
      asOf: '2025-06-30',
    });
    expect(lines(given, '2025-Q2')).toEqual(['paid of 2025-Q2 60.00']);
  });

  test('of one line, the oldest earned first; what is credited is taken from the newest', () => {
    // Earned 100.00 in Q1 and 60.00 more in Q2; 30.00 of that is credited in Q3, when 110.00 comes to be paid.
    const given = closesWith(
      ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'],
      [
        posting('2025-Q1', 'I1', { earned: 10000n, held: 10000n }),
        posting('2025-Q2', 'I1', { earned: 6000n, held: 6000n }),
        posting('2025-Q3', 'I1', { earned: -3000n, held: -3000n }),
        posting('2025-Q3', 'I1', { released: 11000n, held: -11000n }),
        posting('2025-Q4', 'I1', { released: 2000n, held: -2000n }),
      ],
    );
    expect(lines(given, '2025-Q3')).toEqual(['paid of 2025-Q1 100.00', 'paid of 2025-Q2 10.00']);
    expect(lines(given, '2025-Q4')).toEqual(['paid of 2025-Q2 20.00']);
  });

  test('what is taken back is earned and not paid again: paid once more, it is of its old period', () => {
    const given = closes({
      invoices: [sale('I1', '2025-01-15', '1000.00')],
      payments: [
        payment('P1', 'I1', '2025-02-10', '1000.00'),
        payment('P2', 'I1', '2025-05-10', '-400.00'),
        payment('P3', 'I1', '2025-08-10', '400.00'),
      ],
      asOf: '2025-09-30',
    });
    expect(lines(given, '2025-Q1')).toEqual(['paid of 2025-Q1 100.00']);
    // 40.00 is owed; in Q3 it is earned back, and set off against what is owed.
    expect(lines(given, '2025-Q2')).toEqual([]);
    expect(lines(given, '2025-Q3')).toEqual(['recovered of 2025 40.00']);
  });

  test('where a part is recovered, what is paid is of the oldest earned', () => {
    // Q1: 100.00 paid, Q2: 40.00 of it charged. Q3: 30.00 earned in Q1 and 50.00 earned in Q3 come: 80.00, less 40.00.
    const given = closesWith(
      ['2025-Q1', '2025-Q2', '2025-Q3'],
      [
        posting('2025-Q1', 'I1', { earned: 10000n, advanced: 10000n }),
        posting('2025-Q1', 'I2', { earned: 3000n, held: 3000n }),
        posting('2025-Q2', 'I1', { clawedBack: 4000n, cause: 'past-due' }),
        posting('2025-Q3', 'I2', { released: 3000n, held: -3000n, cause: 'collected' }),
        posting('2025-Q3', 'I3', { earned: 5000n, advanced: 5000n }),
      ],
    );
    expect(lines(given, '2025-Q3')).toEqual([
      'paid of 2025-Q1 30.00',
      'paid of 2025-Q3 10.00',
      'recovered of 2025 40.00',
    ]);
  });

  test('R11.2 what adjusts a closed period was earned in it', () => {
    const adjusting = { adjusts: '2025-Q1', date: '2025-04-01', eventDate: '2025-03-03' };
    const given = closesWith(
      ['2025-Q1', '2025-Q2'],
      [
        posting('2025-Q1', 'I1', { earned: 1000n, advanced: 1000n }),
        posting('2025-Q2', 'I2', { ...adjusting, earned: 700n, advanced: 700n }),
        posting('2025-Q2', 'I3', { earned: 500n, advanced: 500n }),
      ],
    );
    expect(lines(given, '2025-Q2')).toEqual(['paid of 2025-Q1 7.00', 'paid of 2025-Q2 5.00']);
  });

  test('R11.2 less earned in a closed period is taken from what was earned up to it', () => {
    // Held: 10.00 of Q1, 8.00 of Q2. Q1 turns out to be 4.00 less.
    const given = closesWith(
      ['2025-Q1', '2025-Q2', '2025-Q3'],
      [
        posting('2025-Q1', 'I1', { earned: 1000n, held: 1000n }),
        posting('2025-Q2', 'I1', { earned: 800n, held: 800n }),
        posting('2025-Q3', 'I1', { adjusts: '2025-Q1', eventDate: '2025-03-31', earned: -400n, held: -400n }),
        posting('2025-Q3', 'I1', { released: 1400n, held: -1400n }),
      ],
    );
    expect(lines(given, '2025-Q3')).toEqual(['paid of 2025-Q1 6.00', 'paid of 2025-Q2 8.00']);
  });

  test('what was never earned counts as earned in the period in hand', () => {
    const given = closesWith(
      ['2025-Q1', '2025-Q2'],
      [posting('2025-Q1', 'I1', { earned: 100n, held: 100n }), posting('2025-Q2', 'I1', { released: 250n })],
    );
    expect(lines(given, '2025-Q2')).toEqual(['paid of 2025-Q1 1.00', 'paid of 2025-Q2 1.50']);
  });
});

describe('what is recovered, by the year it was first paid in', () => {
  test('payroll cannot pay before a period is over: the last quarter is paid in the next year', () => {
    // I1 is paid with 2024-Q3, I2 with 2024-Q4, although its receipt would be paid by 2024-11-09. Both are taken back in 2025.
    const given = closes({
      plan: { level: 3 },
      invoices: [
        sale('I1', '2024-08-01', '1000.00'),
        sale('I2', '2024-08-02', '500.00'),
        sale('I3', '2025-05-01', '2000.00'),
      ],
      payments: [
        payment('P1', 'I1', '2024-08-20', '1000.00'),
        payment('P2', 'I2', '2024-10-10', '500.00'),
        payment('P3', 'I1', '2025-04-10', '-1000.00'),
        payment('P4', 'I2', '2025-04-11', '-500.00'),
        payment('P5', 'I3', '2025-05-10', '2000.00'),
      ],
      asOf: '2025-06-30',
    });
    expect(payroll(given, '2024-Q4')).toEqual(['R1 by 2024-11-09: paid 50.00, recovered 0.00, owed 0.00']);
    expect(lines(given, '2025-Q2')).toEqual([
      'paid of 2025-Q2 50.00',
      'recovered of 2024 100.00',
      'recovered of 2025 50.00',
    ]);
  });

  test('a receipt that is paid late makes it the next year as well', () => {
    // Paid by 2025-01-04, although the quarter ends on 2024-09-30.
    const paid = { earned: 1000n, released: 1000n, cause: 'collected', eventDate: '2024-12-05' } as const;
    const given = closesWith(
      ['2024-Q3', '2024-Q4', '2025-Q1'],
      [
        posting('2024-Q3', 'I1', paid),
        posting('2024-Q4', 'I1', { clawedBack: 1000n, cause: 'past-due' }),
        posting('2025-Q1', 'I2', { earned: 1000n, advanced: 1000n }),
      ],
    );
    expect(lines(given, '2025-Q1')).toEqual(['recovered of 2025 10.00']);
  });

  test('what was paid last is taken back first, and the oldest debt is recovered first', () => {
    // 60.00 paid in 2024, 40.00 in 2025. 2025-Q2 takes back 50.00: 40.00 of 2025, 10.00 of 2024, which is recovered first.
    const given = closesWith(
      ['2024-Q1', '2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'],
      [
        posting('2024-Q1', 'I1', { earned: 10000n, advanced: 6000n, held: 4000n }),
        posting('2025-Q1', 'I1', { released: 4000n, held: -4000n, cause: 'collected' }),
        posting('2025-Q2', 'I1', { clawedBack: 5000n, cause: 'past-due' }),
        posting('2025-Q3', 'I2', { earned: 1500n, advanced: 1500n }),
        posting('2025-Q4', 'I3', { earned: 9000n, advanced: 9000n }),
      ],
    );
    expect(lines(given, '2025-Q3')).toEqual(['recovered of 2024 10.00', 'recovered of 2025 5.00']);
    expect(lines(given, '2025-Q4')).toEqual(['paid of 2025-Q4 55.00', 'recovered of 2025 35.00']);
  });

  test('a reinstatement cancels its own line’s debt first, and is neither paid nor recovered', () => {
    // Both are owed, I1 for longer. I2 is reinstated: its own debt of 2025 goes, that of 2024 stays.
    const given = closesWith(
      ['2024-Q1', '2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'],
      [
        posting('2024-Q1', 'I1', { earned: 3000n, advanced: 3000n }),
        posting('2025-Q1', 'I2', { earned: 2000n, advanced: 2000n }),
        posting('2025-Q2', 'I1', { clawedBack: 3000n, cause: 'past-due' }),
        posting('2025-Q2', 'I2', { clawedBack: 2000n, cause: 'past-due' }),
        posting('2025-Q3', 'I2', { clawedBack: -2000n, cause: 'collected' }),
        posting('2025-Q4', 'I3', { earned: 9000n, advanced: 9000n }),
      ],
    );
    expect(lines(given, '2025-Q3')).toEqual([]);
    expect(lines(given, '2025-Q4')).toEqual(['paid of 2025-Q4 60.00', 'recovered of 2024 30.00']);
  });

  test('what a reinstatement cancels stays paid when it first was', () => {
    // Paid in 2024, taken back and reinstated in 2025, with nothing recovered in between; taken back again in 2026.
    const given = closesWith(
      ['2024-Q1', '2025-Q1', '2025-Q2', '2026-Q1', '2026-Q2'],
      [
        posting('2024-Q1', 'I1', { earned: 3000n, advanced: 3000n }),
        posting('2025-Q1', 'I1', { clawedBack: 3000n, cause: 'past-due' }),
        posting('2025-Q2', 'I1', { clawedBack: -3000n, cause: 'collected' }),
        posting('2026-Q1', 'I1', { clawedBack: 3000n, cause: 'refunded' }),
        posting('2026-Q2', 'I2', { earned: 9000n, advanced: 9000n }),
      ],
    );
    expect(lines(given, '2026-Q2')).toEqual(['paid of 2026-Q2 60.00', 'recovered of 2024 30.00']);
  });

  test('what was recovered and is reinstated is paid anew', () => {
    const given = closesWith(
      ['2024-Q1', '2025-Q1', '2025-Q2', '2025-Q3', '2026-Q1'],
      [
        posting('2024-Q1', 'I1', { earned: 3000n, advanced: 3000n }),
        posting('2025-Q1', 'I1', { clawedBack: 3000n, cause: 'past-due' }),
        posting('2025-Q1', 'I2', { earned: 3000n, advanced: 3000n }),
        posting('2025-Q2', 'I1', { clawedBack: -3000n, cause: 'collected' }),
        posting('2025-Q3', 'I1', { clawedBack: 3000n, cause: 'refunded' }),
        posting('2026-Q1', 'I3', { earned: 3000n, advanced: 3000n }),
      ],
    );
    expect(lines(given, '2025-Q1')).toEqual(['recovered of 2024 30.00']);
    expect(lines(given, '2025-Q2')).toEqual(['paid of 2024-Q1 30.00']);
    expect(lines(given, '2026-Q1')).toEqual(['recovered of 2025 30.00']);
  });

  test('a reinstatement beyond its own debts cancels the rep’s oldest', () => {
    // I1's 30.00 was recovered from I2. Its reinstatement cancels what I2 owes since.
    const given = closesWith(
      ['2024-Q1', '2025-Q1', '2025-Q2', '2025-Q3', '2026-Q1'],
      [
        posting('2024-Q1', 'I1', { earned: 3000n, advanced: 3000n }),
        posting('2025-Q1', 'I1', { clawedBack: 3000n, cause: 'past-due' }),
        posting('2025-Q1', 'I2', { earned: 3000n, advanced: 3000n }),
        posting('2025-Q2', 'I2', { clawedBack: 2000n, cause: 'past-due' }),
        posting('2025-Q2', 'I1', { clawedBack: -3000n, cause: 'collected' }),
        posting('2025-Q3', 'I1', { clawedBack: 3000n, cause: 'refunded' }),
        posting('2026-Q1', 'I3', { earned: 9000n, advanced: 9000n }),
      ],
    );
    expect(lines(given, '2025-Q2')).toEqual(['paid of 2024-Q1 10.00']);
    expect(lines(given, '2026-Q1')).toEqual(['paid of 2026-Q1 60.00', 'recovered of 2025 30.00']);
  });

  test('what is recovered of a sale below 0 was never paid: it has no year', () => {
    const given = closes({
      plan: { level: 0 },
      invoices: [sale('I1', '2025-01-10', '-300.00'), sale('I2', '2025-02-10', '500.00')],
      asOf: '2025-03-31',
    });
    expect(lines(given, '2025-Q1')).toEqual(['paid of 2025-Q1 20.00', 'recovered of  30.00']);
  });

  test('no year in which nothing was paid: a return of a sale from before, recovered a year later', () => {
    const given = closes({
      plan: { level: 0, rate: '10%' },
      invoices: [sale('BACK', '2023-08-10', '-873.60'), sale('NEW', '2024-02-10', '5000.00')],
      asOf: '2024-03-31',
    });
    expect(lines(given, '2024-Q1')).toEqual(['paid of 2024-Q1 412.64', 'recovered of  87.36']);
  });

  test('what is set off against what was never paid is not paid either', () => {
    const given = closes({
      plan: { level: 0, rate: '10%' },
      invoices: [
        sale('BACK', '2023-08-10', '-1000.00'),
        sale('I1', '2024-02-10', '500.00'),
        sale('I2', '2025-02-10', '3000.00'),
      ],
      creditMemos: [creditMemo('M1', 'I1', '2024-05-05', '500.00')],
      asOf: '2025-03-31',
    });
    // The 50.00 of I1 were never paid out in 2024, so that the credit memo takes back what was never paid.
    expect(lines(given, '2024-Q1')).toEqual(['recovered of  50.00']);
    expect(lines(given, '2025-Q1')).toEqual(['paid of 2025-Q1 200.00', 'recovered of  100.00']);
  });

  test('a return takes back what was paid on the sale', () => {
    const given = closes({
      plan: { level: 0 },
      invoices: [sale('I1', '2024-06-10', '1000.00'), sale('I2', '2025-02-10', '500.00')],
      creditMemos: [creditMemo('M1', 'I1', '2025-01-05', '300.00')],
      asOf: '2025-03-31',
    });
    expect(lines(given, '2025-Q1')).toEqual(['paid of 2025-Q1 20.00', 'recovered of 2024 30.00']);
  });

  test('a write-off at level 1 is recovered of the year of the advance', () => {
    const given = closes({
      plan: { level: 1, clawback: {} },
      invoices: [good('I1', '2024-03-10', '1000.00'), good('I2', '2025-02-10', '5000.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-02-20', '1000.00')],
      asOf: '2025-03-31',
    });
    expect(lines(given, '2025-Q1')).toEqual(['paid of 2025-Q1 400.00', 'recovered of 2024 100.00']);
  });
});

describe('a workspace that starts with history', () => {
  const quarters = ['2024-Q4', '2025-Q1', '2025-Q2'];
  const before = [posting('2024-Q4', 'I1', { earned: 8000n, advanced: 5000n, held: 3000n })];
  const after = [
    posting('2025-Q1', 'I1', { released: 3000n, held: -3000n, cause: 'collected' as const }),
    posting('2025-Q2', 'I1', { clawedBack: 5000n, cause: 'past-due' as const }),
    posting('2025-Q2', 'I2', { earned: 9000n, advanced: 9000n }),
  ];
  const opening = (owed: bigint): Opening => ({
    date: '2024-12-31',
    owed: new Map(owed > 0n ? [['R1', owed]] : []),
  });
  /** Pay from the opening on, with what is owed from before. */
  const begun = (owed: bigint): Closes => {
    const owing = posting('2025-Q1', 'before', { advanced: -owed, earned: -owed });
    const { rows, terms, periods } = closesWith(quarters, owed > 0n ? [owing, ...after] : after);
    return {
      periods,
      rows: rows
        .filter(({ period }) => period !== '2024-Q4')
        .map((row) => ({
          ...row,
          ...(row.period === '2025-Q1' ? { owedOpening: owed, charged: row.charged - owed } : {}),
        })),
      postings: [...before, ...after],
      terms,
    };
  };

  test('what was posted before is paid already, in the year of the opening at the latest', () => {
    // Closed in 2024, 2024-Q4 would be paid in 2025. What is taken back last was paid in 2025-Q1: 30.00; then 20.00.
    expect(lines(begun(0n), '2024-Q4', opening(0n))).toEqual([]);
    expect(lines(begun(0n), '2025-Q1', opening(0n))).toEqual(['paid of 2024-Q4 30.00']);
    expect(lines(begun(0n), '2025-Q2', opening(0n))).toEqual([
      'paid of 2025-Q2 40.00',
      'recovered of 2024 20.00',
      'recovered of 2025 30.00',
    ]);
  });

  test('what was owed is the oldest debt, of the year of the opening', () => {
    expect(lines(begun(1000n), '2025-Q1', opening(1000n))).toEqual([
      'paid of 2024-Q4 20.00',
      'recovered of 2024 10.00',
    ]);
  });

  test('a period that the opening cuts in two is paid for what comes after it', () => {
    const cut: Closes = closesWith(['2025-Q1'], [posting('2025-Q1', 'I1', { earned: 700n, advanced: 700n })]);
    const brought = posting('2025-Q1', 'I1', { date: '2025-02-28', earned: 900n, advanced: 900n });
    const history = { ...cut, postings: [brought, ...cut.postings] };
    expect(lines(history, '2025-Q1', { date: '2025-02-28', owed: new Map() })).toEqual([
      'paid of 2025-Q1 7.00',
    ]);
  });
});

describe('payroll lines', () => {
  const given = closesWith(['2025-Q1'], [posting('2025-Q1', 'I1', { earned: 700n, advanced: 700n })]);

  test('have the columns of payroll-lines.csv', () => {
    const [line] = recordsOf(payrollLinesTable(payrollLines({ ...given, payWithin: 30 }), CURRENCY));
    expect(line).toEqual({
      rep_id: 'R1',
      pay_period: '2025-Q1',
      currency: 'USD',
      kind: 'paid',
      earned_in: '2025-Q1',
      first_paid_in: '',
      amount: '7.00',
    });
  });

  test('of nothing are none', () => {
    expect(payrollLines({ periods: [], rows: [], postings: [], payWithin: 30 })).toEqual([]);
  });

  test('are refused where pay is not what postings come to, or postings are of no period or out of order', () => {
    const rows = given.rows.map((row) => ({ ...row, paid: row.paid + 1n }));
    const of = (change: Partial<Closes>) => () => payrollLines({ ...given, ...change, payWithin: 30 });
    expect(of({ rows })).toThrow('the pay of R1 is not what its postings come to (R7.2)');
    expect(of({ rows: [] })).toThrow('the pay of R1');
    expect(of({ periods: [] })).toThrow('a posting of 2025-Q1 is out of order');
    const adjusting = [posting('2025-Q1', 'I1', { adjusts: '2024-Q4' })];
    expect(of({ postings: adjusting })).toThrow('a posting adjusts 2024-Q4, which is no period');
    const periods = ['2025-Q1', '2025-Q2'].map((name) => ({ name, to: endOf(name) }));
    const turned = [posting('2025-Q2', 'I1', {}), posting('2025-Q1', 'I1', {})];
    expect(of({ periods, rows: [], postings: turned })).toThrow('a posting of 2025-Q1 is out of order');
  });
});
