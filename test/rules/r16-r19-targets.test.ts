/** What a line should have come to with instalments, early and late cash, a staged advance, and for leavers (R16–R19). */
import { describe, expect, test } from 'vitest';
import {
  creditMemo,
  faultsOf,
  type Given,
  history,
  invoice,
  payment,
  type Row,
  split,
  standing,
  writeOff,
} from '../support/build.js';

const invoices = [invoice('I1', { due_date: '2025-02-14' })];
/** The history after the line was invoiced. */
const since = (given: Given): string[] => history(given).slice(1);
const part = (due: string, amount: string): Row => ({ invoice_id: 'I1', due_date: due, amount });

describe('R16.4 past due by instalment', () => {
  const plan = { level: 1, clawback: { pastDueDays: 30 } };
  const schedules = [part('2025-02-14', '600.00'), part('2025-05-15', '400.00')];
  const only = [invoice('I1')];

  test('R16.4 each becomes late at its own day, and takes back its own part', () => {
    // 30 days after 2025-02-14 is 2025-03-16, after 2025-05-15 it is 2025-06-14.
    expect(since({ plan, invoices: only, schedules })).toEqual([
      '2025-03-16 past-due I1: clawed back 60.00',
      '2025-06-14 past-due I1: clawed back 40.00',
    ]);
  });

  test('R16.4 cash fills the first one first', () => {
    const payments = [
      payment('P1', 'I1', '2025-03-01', '600.00'),
      payment('P2', 'I1', '2025-07-01', '300.00'),
    ];
    expect(since({ plan, invoices: only, schedules, payments })).toEqual([
      '2025-06-14 past-due I1: clawed back 40.00',
      '2025-07-01 collected P2: clawed back -30.00',
    ]);
  });

  test('R16.2 a credit memo takes from the far end', () => {
    const creditMemos = [creditMemo('CM1', 'I1', '2025-02-01', '400.00')];
    expect(since({ plan, invoices: only, schedules, creditMemos })).toEqual([
      '2025-02-01 credited CM1: earned -40.00, advanced -40.00',
      '2025-03-16 past-due I1: clawed back 60.00',
    ]);
  });

  test('R16.4 k is the lesser of what is late and what is written off', () => {
    // Late: 600 of 1,000. Written off: 700, so 300 is kept instead of 400.
    const writeOffs = [writeOff('W1', 'I1', '2025-04-01', '700.00')];
    expect(since({ plan, invoices: only, schedules, writeOffs })).toEqual([
      '2025-03-16 past-due I1: clawed back 60.00',
      '2025-04-01 written-off W1: clawed back 10.00',
      '2025-06-14 past-due I1: clawed back 30.00',
    ]);
  });

  test('R16.4 with reinstate: false, each late instalment counts the cash by its own day', () => {
    // The first is late with nothing paid: 600. 700 by the second: 300 short of it. 60.00 + 30.00.
    const never = { level: 1, clawback: { pastDueDays: 30, reinstate: false } };
    const payments = [
      payment('P1', 'I1', '2025-04-01', '700.00'),
      payment('P2', 'I1', '2025-07-01', '300.00'),
    ];
    expect(since({ plan: never, invoices: only, schedules, payments })).toEqual([
      '2025-03-16 past-due I1: clawed back 60.00',
      '2025-06-14 past-due I1: clawed back 30.00',
    ]);
  });

  test('R16.4 a remainder within the tolerance makes nothing late', () => {
    const within = { ...plan, tolerance: '1.00' };
    const payments = [payment('P1', 'I1', '2025-03-01', '599.00')];
    expect(since({ plan: within, invoices: only, schedules, payments, asOf: '2025-05-31' })).toEqual([]);
  });

  test('R16.2 a schedule is the due date that a plan needs', () => {
    expect(faultsOf({ plan, invoices: only })).toMatchObject([{ code: 'missing-due-date' }]);
    expect(since({ plan, invoices: only, schedules, asOf: '2025-02-28' })).toEqual([]);
  });

  test('R25.1 a schedule of one instalment on the due date changes nothing', () => {
    const given = { plan, invoices, payments: [payment('P1', 'I1', '2025-04-01', '250.00')] };
    expect(history({ ...given, schedules: [part('2025-02-14', '1000.00')] })).toEqual(history(given));
  });

  test('R25.1 nor does a dispute that ends before the due date', () => {
    const given = { plan, invoices, payments: [payment('P1', 'I1', '2025-04-01', '250.00')] };
    const disputes = [{ invoice_id: 'I1', from: '2025-01-20', to: '2025-02-13' }];
    expect(history({ ...given, disputes })).toEqual(history(given));
  });

  test('R16.5 on a disputed day nothing becomes late, though it is refunded', () => {
    const payments = [
      payment('P1', 'I1', '2025-03-01', '1000.00'),
      payment('P2', 'I1', '2025-04-10', '-1000.00'),
    ];
    const disputes = [{ invoice_id: 'I1', from: '2025-04-05', to: '2025-04-30' }];
    expect(since({ plan, invoices, payments, disputes })).toEqual([
      '2025-05-01 past-due I1: clawed back 100.00',
    ]);
  });

  test('R16, R9.2 rows of an invoice that is not there are set aside', () => {
    const given = { invoices, schedules: [{ ...part('2025-02-14', '1.00'), invoice_id: 'I9' }] };
    expect(history({ ...given, disputes: [{ invoice_id: 'I8', from: '2025-01-01' }] })).toHaveLength(1);
  });
});

describe('R17 early and late cash', () => {
  const timing = { table: [{ days: 0, factor: '110%' }, { days: 30, factor: '100%' }, { factor: '50%' }] };
  const plan = { timing };

  test('R17.2 B follows its event as a posting of its own', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-14', '400.00'),
      payment('P2', 'I1', '2025-03-17', '600.00'),
    ];
    // +10% of 40.00; then −50% of 60.00: 4.00 − 30.00 = −26.00.
    expect(since({ plan, invoices, payments })).toEqual([
      '2025-02-14 collected P1: released 40.00, held -40.00',
      '2025-02-14 timing P1: earned 4.00, released 4.00',
      '2025-03-17 collected P2: released 60.00, held -60.00',
      '2025-03-17 timing P2: earned -30.00, released -30.00',
    ]);
  });

  test('R17.2 a refund takes back what its cash had added', () => {
    const payments = [
      payment('P1', 'I1', '2025-02-10', '400.00'),
      payment('P2', 'I1', '2025-02-20', '-400.00'),
    ];
    expect(standing({ plan, invoices, payments })).toBe('earned 100.00, held 100.00');
  });

  test('R17.2 a line never pays less than nothing', () => {
    const free = {
      timing: { table: [{ days: 0, factor: '100%' }, { factor: '0%' }] },
      level: 1,
      clawback: { pastDueDays: 60 },
    };
    // 100.00 advanced and clawed back on 2025-04-15; 500.00 reinstates 50.00, and B may take no more than that.
    const payments = [payment('P1', 'I1', '2025-05-01', '500.00')];
    expect(since({ plan: free, invoices, payments })).toEqual([
      '2025-04-15 past-due I1: clawed back 100.00',
      '2025-05-01 collected P1: clawed back -50.00',
      '2025-05-01 timing P1: earned -50.00, released -50.00',
    ]);
  });

  test('R17.2 with release: paid-in-full there is none before', () => {
    const inFull = { timing, release: 'paid-in-full' };
    const payments = [
      payment('P1', 'I1', '2025-02-10', '400.00'),
      payment('P2', 'I1', '2025-02-20', '600.00'),
    ];
    expect(since({ plan: inFull, invoices, payments })).toEqual([
      '2025-02-20 collected P2: released 100.00, held -100.00',
      '2025-02-20 timing P2: earned 4.00, released 4.00',
    ]);
  });

  test.each([
    ['invoice', '2025-01-15'],
    ['booking', '2025-01-15'],
  ])('R17.1 days may be counted from the %s date', (from, day) => {
    const counted = { timing: { ...timing, from } };
    const payments = [payment('P1', 'I1', day, '1000.00')];
    expect(standing({ plan: counted, invoices: [invoice('I1')], payments })).toBe(
      'earned 110.00, released 110.00',
    );
  });

  test('R17.1 from the due date, each invoice needs one', () => {
    expect(faultsOf({ plan, invoices: [invoice('I1')] })).toMatchObject([{ code: 'missing-due-date' }]);
  });

  test('R25.1 factors of 100% change nothing', () => {
    const payments = [payment('P1', 'I1', '2025-03-10', '400.00')];
    const neutral = { timing: { table: [{ days: 10, factor: '100%' }, { factor: '100%' }] } };
    expect(history({ plan: neutral, invoices, payments })).toEqual(history({ invoices, payments }));
  });

  test.each([
    [[{ days: 30, factor: '100%' }, { days: 30, factor: '80%' }, { factor: '50%' }], 'wrong-value'],
    [[{ factor: '100%' }, { factor: '50%' }], 'missing-key'],
    [[{ days: 30, factor: '100%' }], 'wrong-value'],
    [[{ days: 0, factor: '1.1' }, { factor: '100%' }], 'percent-needed'],
  ])('R17.1 bands rise, and only the last has no days: %j', (table, code) => {
    expect(faultsOf({ plan: { timing: { table } }, invoices })).toMatchObject([{ code }]);
  });
});

describe('R18 a staged advance', () => {
  const plan = { level: 2, earnOn: 'booking', hold: '20%', untilInvoice: '30%' };
  const booked = [invoice('I1', { booking_date: '2025-01-10', invoice_date: '2025-03-05' })];

  test('R18.1 a share waits for the invoice', () => {
    expect(history({ plan, invoices: booked })).toEqual([
      '2025-01-10 booked I1: earned 100.00, advanced 50.00, held 50.00',
      '2025-03-05 invoiced I1: advanced 30.00, held -30.00',
    ]);
  });

  test('R18.1 up to the as-of date only', () => {
    expect(history({ plan, invoices: booked, asOf: '2025-03-04' })).toHaveLength(1);
  });

  test('R25.1 0% changes nothing', () => {
    const none = { ...plan, untilInvoice: '0%' };
    expect(history({ plan: none, invoices: booked })).toEqual(
      history({ plan: { level: 2, earnOn: 'booking', hold: '20%' }, invoices: booked }),
    );
  });

  test('R9.1 it asks for level 2, earnOn: booking, and what hold leaves', () => {
    const codes = (keys: object) =>
      faultsOf({ plan: { ...plan, ...keys }, invoices: booked }).map(({ code }) => code);
    expect(codes({ earnOn: 'invoice' })).toEqual(['unused-key']);
    expect(codes({ untilInvoice: '81%' })).toEqual(['percent-out-of-range']);
    expect(
      faultsOf({ plan: { level: 3, earnOn: 'booking', untilInvoice: '20%' }, invoices: booked }),
    ).toMatchObject([{ code: 'unused-key', key: 'untilInvoice' }]);
  });
});

describe('R19 leavers', () => {
  const terms = { leavers: { tailDays: 30 } };
  const reps = [{ rep_id: 'R1', name: 'Ada', left: '2025-02-15' }];

  test('R19.2 what is held at the end of the last day is forfeited', () => {
    // 30 days after 2025-02-15 is 2025-03-17.
    const payments = [
      payment('P1', 'I1', '2025-03-17', '400.00'),
      payment('P2', 'I1', '2025-03-18', '600.00'),
    ];
    expect(since({ terms, reps, invoices, payments })).toEqual([
      '2025-03-17 collected P1: released 40.00, held -40.00',
      '2025-03-17 left I1: held -60.00, forfeited 60.00',
    ]);
  });

  test('R19.1 without the key nothing depends on it, and others are paid as ever', () => {
    const payments = [payment('P2', 'I1', '2025-03-18', '1000.00')];
    expect(standing({ reps, invoices, payments })).toBe('earned 100.00, released 100.00');
    const shared = [split('I1', 'R1', '50%'), split('I1', 'R2', '50%')];
    expect(standing({ terms, reps, invoices, payments, splits: shared }, { rep_id: 'R2' })).toBe(
      'earned 50.00, released 50.00',
    );
  });

  test('R19.2 at level 4 later cash earns nothing', () => {
    const payments = [
      payment('P1', 'I1', '2025-03-01', '400.00'),
      payment('P2', 'I1', '2025-03-18', '600.00'),
    ];
    expect(standing({ terms, reps, invoices, payments, plan: { level: 4 } })).toBe(
      'earned 40.00, released 40.00',
    );
  });

  test('R19.2 clawback goes by all cash', () => {
    const plan = { level: 1, clawback: { pastDueDays: 30 } };
    const payments = [payment('P1', 'I1', '2025-04-01', '1000.00')];
    expect(since({ terms, reps, invoices, payments, plan })).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-04-01 collected P1: clawed back -100.00',
    ]);
  });

  test('R20.1 the past-due check comes before it', () => {
    const plan = { level: 2, clawback: { pastDueDays: 31 } };
    expect(since({ terms, reps, invoices, plan })).toEqual([
      '2025-03-17 past-due I1: clawed back 50.00',
      '2025-03-17 left I1: held -50.00, forfeited 50.00',
    ]);
  });
});
