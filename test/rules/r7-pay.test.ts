/** The rules of pay: periods, netting by line, recovery and its limit, what is carried forward (R7). */
import { describe, expect, test } from 'vitest';
import {
  added,
  creditMemo,
  type Given,
  invoice,
  monthRow,
  monthRows,
  payment,
  postingRows,
  quarterRow,
  quarterRows,
  type ResultRow,
  sale,
  split,
  writeOff,
} from '../support/build.js';

/** What a quarter's pay came to, in the words of R7.2. */
const pay = (row: ResultRow) =>
  Object.fromEntries(
    ['owed_opening', 'charged', 'cancelled', 'recovered', 'paid', 'owed'].map((column) => [
      column,
      row[column],
    ]),
  );

// Level 1 at 10%, 30 days past due.
const plan = { level: 1, clawback: { pastDueDays: 30 } };
const limited = (recoveryLimit: string) => ({ recoveryLimit });
/** 100.00 of commission, advanced in Q1 and taken back on 2025-05-15, in Q2, unless paid. */
const i1 = sale('I1', '2025-01-15', '1000.00', { due_date: '2025-04-15' });
/** A sale that is never past due within the year. */
const good = (id: string, date: string, amount: string) => sale(id, date, amount, { due_date: '2026-12-31' });

describe('R7.1 periods', () => {
  test('R7.1 a posting belongs to the fiscal quarter of its date', () => {
    const given = { plan, invoices: [i1], payments: [payment('P1', 'I1', '2025-07-01', '1000.00')] };
    expect(postingRows(given).map((row) => [row['date'], row['period']])).toEqual([
      ['2025-01-15', '2025-Q1'],
      ['2025-05-15', '2025-Q2'],
      ['2025-07-01', '2025-Q3'],
    ]);
  });

  test('R7.1 with `payPeriod: month` it belongs to its month as well', () => {
    const given = { terms: { payPeriod: 'month' }, plan, invoices: [i1] };
    expect(postingRows(given).map((row) => row['period'])).toEqual(['2025-01', '2025-05']);
    expect(quarterRow(given, '2025-Q1')['advanced']).toBe('100.00');
    expect(quarterRow(given, '2025-Q2')['clawed_back']).toBe('100.00');
  });

  test('R7.1 with a fiscal year of its own the months stay calendar months', () => {
    const given = {
      terms: { payPeriod: 'month', fiscalYearStart: 7 },
      invoices: [sale('I1', '2025-08-15', '1.00')],
    };
    expect(postingRows(given)[0]?.['period']).toBe('2025-08');
    expect(quarterRows(given).map((row) => row['quarter'])).toEqual(['2026-Q1', '2026-Q2']);
  });
});

describe('R7.2 netting', () => {
  test('R7.2 gains are paid', () => {
    const given = { plan, invoices: [i1], asOf: '2025-03-31' };
    expect(pay(quarterRow(given, '2025-Q1'))).toEqual({
      owed_opening: '0.00',
      charged: '0.00',
      cancelled: '0.00',
      recovered: '0.00',
      paid: '100.00',
      owed: '0.00',
    });
  });

  test('R7.2 what is taken back is charged, and owed where there are no gains', () => {
    expect(pay(quarterRow({ plan, invoices: [i1] }, '2025-Q2'))).toEqual({
      owed_opening: '0.00',
      charged: '100.00',
      cancelled: '0.00',
      recovered: '0.00',
      paid: '0.00',
      owed: '100.00',
    });
  });

  test('R7.2 a cent is gained, charged and given back as any amount is', () => {
    const given = {
      plan,
      invoices: [{ ...i1, amount: '0.10' }],
      payments: [payment('P1', 'I1', '2025-07-10', '0.10')],
      asOf: '2025-09-30',
    };
    const names = ['clawed_back', 'reinstated', 'charged', 'cancelled', 'paid', 'owed'];
    expect(quarterRows(given).map((row) => names.map((name) => row[name]))).toEqual([
      ['0.00', '0.00', '0.00', '0.00', '0.01', '0.00'],
      ['0.01', '0.00', '0.01', '0.00', '0.00', '0.01'],
      ['0.00', '0.01', '0.00', '0.01', '0.00', '0.00'],
    ]);
  });

  test('R7.2 it is recovered from the gains of other lines of the period', () => {
    // gains 60.00, debt 100.00: recovered 60.00
    const given = { plan, invoices: [i1, good('I2', '2025-05-20', '600.00')] };
    expect(pay(quarterRow(given, '2025-Q2'))).toEqual({
      owed_opening: '0.00',
      charged: '100.00',
      cancelled: '0.00',
      recovered: '60.00',
      paid: '0.00',
      owed: '40.00',
    });
  });

  test('R7.2 a line is netted by itself first: advanced and taken back in one period, it gains and owes nothing', () => {
    // A limit of 0% would leave 100.00 owed if the line were not netted.
    const given = {
      terms: limited('0%'),
      plan,
      invoices: [
        sale('I1', '2025-01-10', '1000.00', { due_date: '2025-01-31' }),
        good('I2', '2025-01-11', '500.00'),
      ],
    };
    expect(pay(quarterRow(given, '2025-Q1'))).toEqual({
      owed_opening: '0.00',
      charged: '0.00',
      cancelled: '0.00',
      recovered: '0.00',
      paid: '50.00',
      owed: '0.00',
    });
  });

  test('R7.2 lines are not netted with each other: the limit stands between them', () => {
    // I2 gains 50.00; I1 is charged 100.00, of which 50% of the gains is recovered.
    const given = { terms: limited('50%'), plan, invoices: [i1, good('I2', '2025-05-20', '500.00')] };
    expect(pay(quarterRow(given, '2025-Q2'))).toMatchObject({
      charged: '100.00',
      recovered: '25.00',
      paid: '25.00',
      owed: '75.00',
    });
  });

  test('R7.2 the lines of one rep are netted, not those of another', () => {
    const given = { plan, invoices: [i1, { ...good('I2', '2025-05-20', '500.00'), rep_id: 'R2' }] };
    expect(quarterRow(given, '2025-Q2', 'R1')).toMatchObject({ paid: '0.00', owed: '100.00' });
    expect(quarterRow(given, '2025-Q2', 'R2')).toMatchObject({ paid: '50.00', owed: '0.00' });
  });

  test('R7.2 the two lines of a split owe each on its own', () => {
    const given = { plan, invoices: [i1], splits: [split('I1', 'R1', '75%'), split('I1', 'R2', '25%')] };
    expect(quarterRow(given, '2025-Q2', 'R1')['owed']).toBe('75.00');
    expect(quarterRow(given, '2025-Q2', 'R2')['owed']).toBe('25.00');
  });

  test('R7.2 a negative sale is charged like a clawback', () => {
    const given = {
      plan: { level: 0 },
      invoices: [sale('I1', '2025-01-10', '1000.00'), sale('I2', '2025-04-10', '-300.00')],
    };
    expect(pay(quarterRow(given, '2025-Q2'))).toMatchObject({
      charged: '30.00',
      paid: '0.00',
      owed: '30.00',
    });
  });

  test('R7.2 a refund at level 3 is charged: what was released is taken from pay', () => {
    const given = {
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00'), payment('P2', 'I1', '2025-04-10', '-400.00')],
    };
    expect(pay(quarterRow(given, '2025-Q2'))).toMatchObject({ charged: '40.00', owed: '40.00' });
  });

  test('R7.2 held commission is neither gained nor charged, and a forfeiture is not charged', () => {
    const given = { invoices: [invoice('I1')], writeOffs: [writeOff('W1', 'I1', '2025-04-10', '1000.00')] };
    expect(pay(quarterRow(given, '2025-Q2'))).toMatchObject({ charged: '0.00', paid: '0.00', owed: '0.00' });
  });

  test('R7.2 a reinstatement cancels the debt, in full and before any limit', () => {
    // Q2: charged 100. Q3: 40.00 reinstated, 60.00 gained besides: gains 100, back 40, debt 100: cancelled 40,
    // recovered 50% of (100 - 40) = 30, paid 30, owed 30.
    const given = {
      terms: limited('50%'),
      plan,
      invoices: [i1, good('I2', '2025-07-10', '600.00')],
      payments: [payment('P1', 'I1', '2025-07-20', '400.00')],
    };
    expect(pay(quarterRow(given, '2025-Q3'))).toEqual({
      owed_opening: '100.00',
      charged: '0.00',
      cancelled: '40.00',
      recovered: '30.00',
      paid: '30.00',
      owed: '30.00',
    });
  });

  test('R7.2 a reinstatement cancels what another line is charged in the same period', () => {
    // Q3: 100.00 of I1 is reinstated, 80.00 of I2 taken back (due 2025-06-15): debt 100 + 80, cancelled 100, owed 80.
    const given = {
      terms: limited('0%'),
      plan,
      invoices: [i1, sale('I2', '2025-04-10', '800.00', { due_date: '2025-06-15' })],
      payments: [payment('P1', 'I1', '2025-07-20', '1000.00')],
    };
    expect(pay(quarterRow(given, '2025-Q3'))).toEqual({
      owed_opening: '100.00',
      charged: '80.00',
      cancelled: '100.00',
      recovered: '0.00',
      paid: '0.00',
      owed: '80.00',
    });
  });

  test('R7.2 a reinstatement of what was recovered already is paid', () => {
    // Q2: 100.00 charged and recovered from I2's 200.00. Q3: reinstated, nothing is owed: paid in full.
    const given = {
      plan,
      invoices: [i1, good('I2', '2025-05-20', '2000.00')],
      payments: [payment('P1', 'I1', '2025-07-20', '1000.00')],
    };
    expect(pay(quarterRow(given, '2025-Q2'))).toMatchObject({ recovered: '100.00', paid: '100.00' });
    expect(pay(quarterRow(given, '2025-Q3'))).toMatchObject({
      cancelled: '0.00',
      paid: '100.00',
      owed: '0.00',
    });
  });

  test('R7.2 a reinstatement above the debt cancels it, and the rest is paid', () => {
    // Q2: 100.00 charged, 70.00 of it recovered from I2. Q3: 100.00 reinstated: 30.00 cancels, 70.00 is paid.
    const given = {
      plan,
      invoices: [i1, good('I2', '2025-05-20', '700.00')],
      payments: [payment('P1', 'I1', '2025-07-20', '1000.00')],
    };
    expect(pay(quarterRow(given, '2025-Q3'))).toEqual({
      owed_opening: '30.00',
      charged: '0.00',
      cancelled: '30.00',
      recovered: '0.00',
      paid: '70.00',
      owed: '0.00',
    });
  });

  test('R7.2 of a reinstatement only what is left in the net of its line counts', () => {
    // Q3: I1 is paid (100.00 reinstated) and credited by 400.00 (advance 40.00 less): net 60.00, so back is 60.00.
    const given = {
      terms: limited('50%'),
      plan,
      invoices: [i1, good('I2', '2025-07-10', '200.00')],
      payments: [payment('P1', 'I1', '2025-07-20', '1000.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-07-21', '400.00')],
    };
    // gains 60 + 20 = 80, debt 100: cancelled 60, recovered 50% of 20 = 10, paid 10, owed 30.
    expect(quarterRow(given, '2025-Q3')).toMatchObject({
      reinstated: '100.00',
      cancelled: '60.00',
      recovered: '10.00',
      paid: '10.00',
      owed: '30.00',
    });
  });

  test('R7.2 of a line with more net than its reinstatement, only the reinstatement cancels', () => {
    // Level 2: Q2 takes back the advance of 50.00. Q3: paid in full: 50.00 reinstated and 50.00 released.
    // gains 100, back 50, debt 50: cancelled 50, paid 50 even with a limit of 0%.
    const given = {
      terms: limited('0%'),
      plan: { ...plan, level: 2 },
      invoices: [i1],
      payments: [payment('P1', 'I1', '2025-07-20', '1000.00')],
    };
    expect(pay(quarterRow(given, '2025-Q3'))).toEqual({
      owed_opening: '50.00',
      charged: '0.00',
      cancelled: '50.00',
      recovered: '0.00',
      paid: '50.00',
      owed: '0.00',
    });
  });

  test('R7.2 a line with a negative net cancels nothing, even where it was reinstated in part', () => {
    // Before Q3 I1 has 60.00 taken back (400.00 paid). Q3: 100.00 more comes (10.00 reinstated), 500.00 goes back
    // (50.00 taken back again): net -40.00, charged. Gains 100.00 of I2; debt 60 + 40; limit 50%: recovered 50.
    const given = {
      terms: limited('50%'),
      plan,
      invoices: [i1, good('I2', '2025-07-10', '1000.00')],
      payments: [
        payment('P1', 'I1', '2025-03-01', '400.00'),
        payment('P2', 'I1', '2025-07-20', '100.00'),
        payment('P3', 'I1', '2025-07-21', '-500.00'),
      ],
    };
    expect(quarterRow(given, '2025-Q3')).toMatchObject({
      clawed_back: '50.00',
      reinstated: '10.00',
      owed_opening: '60.00',
      charged: '40.00',
      cancelled: '0.00',
      recovered: '50.00',
      paid: '50.00',
      owed: '50.00',
    });
  });

  test('R7.2 a clawback that a credit memo undoes gains and charges nothing: advance and clawback fall alike', () => {
    const given = { plan, invoices: [i1], creditMemos: [creditMemo('CM1', 'I1', '2025-07-10', '1000.00')] };
    expect(quarterRow(given, '2025-Q3')).toMatchObject({
      payable: '-100.00',
      reinstated: '100.00',
      charged: '0.00',
      cancelled: '0.00',
      paid: '0.00',
      owed: '100.00',
    });
  });
});

describe('R7.3 the recovery limit', () => {
  // Q2: 100.00 charged.
  const owing = (amount: string, recoveryLimit?: string) => ({
    terms: recoveryLimit === undefined ? {} : limited(recoveryLimit),
    plan,
    invoices: [i1, good('I2', '2025-07-10', amount)],
  });

  test('R7.3 the limit is 100% unless said', () => {
    expect(pay(quarterRow(owing('600.00'), '2025-Q3'))).toMatchObject({
      recovered: '60.00',
      paid: '0.00',
      owed: '40.00',
    });
  });

  test('R7.3 no more than the limit of the gains is withheld', () => {
    expect(pay(quarterRow(owing('600.00', '25%'), '2025-Q3'))).toMatchObject({
      recovered: '15.00',
      paid: '45.00',
      owed: '85.00',
    });
  });

  test('R7.3 no more than the debt is withheld', () => {
    expect(pay(quarterRow(owing('9000.00', '25%'), '2025-Q3'))).toMatchObject({
      recovered: '100.00',
      paid: '800.00',
      owed: '0.00',
    });
  });

  test.each(['half-up', 'half-even'])('R7.3 the limit is rounded down, with rounding %s too', (rounding) => {
    // 50% of 0.05 is 0.025: 0.02; 50% of 0.07 is 0.035: 0.03.
    const given = (amount: string) => {
      const owed = owing(amount, '50%');
      return pay(quarterRow({ ...owed, terms: { ...owed.terms, rounding } }, '2025-Q3'));
    };
    expect(given('0.50')).toMatchObject({ recovered: '0.02', paid: '0.03' });
    expect(given('0.70')).toMatchObject({ recovered: '0.03', paid: '0.04' });
  });

  test('R7.3 a limit of 33.33% is exact before it is rounded down', () => {
    // 33.33% of 100.00 is 33.33 to the cent; of 99.99 it is 33.326667.
    expect(pay(quarterRow(owing('1000.00', '33.33%'), '2025-Q3'))).toMatchObject({ recovered: '33.33' });
    expect(pay(quarterRow(owing('999.90', '33.33%'), '2025-Q3'))).toMatchObject({ recovered: '33.32' });
  });

  test('R7.3 a limit of 0% recovers nothing and forgets nothing', () => {
    expect(pay(quarterRow(owing('600.00', '0%'), '2025-Q3'))).toMatchObject({
      recovered: '0.00',
      paid: '60.00',
      owed: '100.00',
    });
  });

  test('R7.3 what is not recovered is carried forward until it is', () => {
    const given = { ...owing('400.00'), asOf: '2026-03-31' };
    const invoices = [...given.invoices, good('I3', '2026-01-10', '700.00')];
    expect(quarterRows({ ...given, invoices }).map(pay)).toEqual([
      {
        owed_opening: '0.00',
        charged: '0.00',
        cancelled: '0.00',
        recovered: '0.00',
        paid: '100.00',
        owed: '0.00',
      },
      {
        owed_opening: '0.00',
        charged: '100.00',
        cancelled: '0.00',
        recovered: '0.00',
        paid: '0.00',
        owed: '100.00',
      },
      {
        owed_opening: '100.00',
        charged: '0.00',
        cancelled: '0.00',
        recovered: '40.00',
        paid: '0.00',
        owed: '60.00',
      },
      {
        owed_opening: '60.00',
        charged: '0.00',
        cancelled: '0.00',
        recovered: '0.00',
        paid: '0.00',
        owed: '60.00',
      },
      {
        owed_opening: '60.00',
        charged: '0.00',
        cancelled: '0.00',
        recovered: '60.00',
        paid: '10.00',
        owed: '0.00',
      },
    ]);
  });

  test('R7.3 the currency without decimals rounds down to whole units', () => {
    const given = { ...owing('70'), terms: { currency: 'JPY', recoveryLimit: '50%' } };
    const invoices = given.invoices.map((row) => ({
      ...row,
      amount: String(Math.trunc(Number(row['amount']))),
    }));
    expect(quarterRow({ ...given, invoices }, '2025-Q3')).toMatchObject({ recovered: '3', paid: '4' });
  });
});

describe('R7.4 cash and debt add up', () => {
  const given: Given = {
    terms: limited('40%'),
    plan: { ...plan, level: 2, hold: '30%' },
    invoices: [
      i1,
      good('I2', '2025-05-20', '333.33'),
      good('I3', '2025-08-20', '1000.01'),
      sale('I4', '2025-09-01', '-77.77'),
    ],
    payments: [
      payment('P1', 'I1', '2025-03-01', '123.45'),
      payment('P2', 'I1', '2025-07-20', '500.00'),
      payment('P3', 'I1', '2025-10-20', '-600.00'),
      payment('P4', 'I3', '2025-11-20', '1000.01'),
    ],
    writeOffs: [writeOff('W1', 'I2', '2025-08-01', '111.11')],
  };
  const minus = (amount: string | undefined) => (amount?.startsWith('-') ? amount.slice(1) : `-${amount}`);

  test('R7.4 in every period: paid - owed = payable - clawed back + reinstated - owed before', () => {
    for (const row of quarterRows(given)) {
      const due = added([
        row['payable'] ?? '',
        minus(row['clawed_back']),
        row['reinstated'] ?? '',
        minus(row['owed_opening']),
      ]);
      expect(added([row['paid'] ?? '', minus(row['owed'])])).toBe(due);
    }
  });

  test('R7.4 over the whole run, cash out less debt is what the postings come to', () => {
    const rows = quarterRows(given);
    const postings = postingRows(given);
    const paid = added(rows.map((row) => row['paid'] ?? ''));
    const owed = rows.at(-1)?.['owed'];
    const due = added(
      postings.flatMap((row) => [row['advanced'] ?? '', row['released'] ?? '', minus(row['clawed_back'])]),
    );
    expect(added([paid, minus(owed)])).toBe(due);
  });

  test('R7.4 a debt that is carried is opened where it was closed', () => {
    const rows = quarterRows(given);
    expect(rows.map((row) => row['owed_opening'])).toEqual([
      '0.00',
      ...rows.slice(0, -1).map((row) => row['owed']),
    ]);
  });
});

describe('R7.5 the as-of date', () => {
  const given = {
    invoices: [i1, good('I2', '2025-05-20', '600.00')],
    payments: [payment('P1', 'I1', '2025-03-31', '400.00'), payment('P2', 'I1', '2025-04-01', '600.00')],
  };

  test('R7.5 only events dated on or before it count', () => {
    expect(quarterRows({ ...given, asOf: '2025-03-31' })).toMatchObject([
      { released: '40.00', held: '60.00' },
    ]);
    expect(quarterRow({ ...given, asOf: '2025-04-01' }, '2025-Q2')).toMatchObject({
      released: '60.00',
      held: '0.00',
    });
  });

  test('R7.5 an invoice booked later is no line yet', () => {
    expect(quarterRow({ ...given, asOf: '2025-05-19' }, '2025-Q2')['bookings']).toBe('0.00');
    expect(quarterRow({ ...given, asOf: '2025-05-20' }, '2025-Q2')['bookings']).toBe('600.00');
  });

  test('R7.5 a booking up to it counts for attainment even if the invoice comes later', () => {
    const booked = {
      ...given,
      invoices: [invoice('I1', { booking_date: '2025-01-10', invoice_date: '2025-06-10' })],
    };
    expect(postingRows({ ...booked, payments: [], asOf: '2025-01-31' })).toEqual([]);
    expect(quarterRows({ ...booked, payments: [], asOf: '2025-01-31' })).toMatchObject([
      { quarter: '2025-Q1', bookings: '1000.00', earned: '0.00' },
    ]);
  });

  test('R7.5 cash on an invoice that is booked later does not count before it', () => {
    const early = {
      invoices: [sale('I1', '2025-05-20', '600.00')],
      payments: [payment('P1', 'I1', '2025-03-01', '600.00')],
    };
    expect(postingRows({ ...early, asOf: '2025-05-19' })).toEqual([]);
    expect(postingRows({ ...early, asOf: '2025-05-20' })).toMatchObject([{ released: '60.00' }]);
  });
});

describe('R7.2 by month', () => {
  const terms = { payPeriod: 'month' };

  test('R7.2 with `payPeriod: month`, a clawback in another month of the quarter is not netted with its advance', () => {
    // Advanced in January, past due on 2025-03-02: paid 100.00 in January, owed from March.
    const given = {
      terms,
      plan,
      invoices: [sale('I1', '2025-01-10', '1000.00', { due_date: '2025-01-31' })],
      asOf: '2025-03-31',
    };
    expect(pay(monthRow(given, '2025-01'))).toMatchObject({ charged: '0.00', paid: '100.00', owed: '0.00' });
    expect(pay(monthRow(given, '2025-02'))).toMatchObject({ charged: '0.00', paid: '0.00', owed: '0.00' });
    expect(pay(monthRow(given, '2025-03'))).toMatchObject({
      charged: '100.00',
      paid: '0.00',
      owed: '100.00',
    });
    expect(pay(quarterRow(given, '2025-Q1'))).toMatchObject({
      charged: '100.00',
      paid: '100.00',
      owed: '100.00',
    });
  });

  test('R7.2 debt is recovered month by month, within the limit of each', () => {
    const given = {
      terms: { ...terms, recoveryLimit: '50%' },
      plan,
      invoices: [i1, good('I2', '2025-06-10', '600.00'), good('I3', '2025-07-10', '1000.00')],
      asOf: '2025-08-31',
    };
    expect(monthRows(given).map((row) => [row['month'], row['recovered'], row['paid'], row['owed']])).toEqual(
      [
        ['2025-01', '0.00', '100.00', '0.00'],
        ['2025-02', '0.00', '0.00', '0.00'],
        ['2025-03', '0.00', '0.00', '0.00'],
        ['2025-04', '0.00', '0.00', '0.00'],
        ['2025-05', '0.00', '0.00', '100.00'],
        ['2025-06', '30.00', '30.00', '70.00'],
        ['2025-07', '50.00', '50.00', '20.00'],
        ['2025-08', '0.00', '0.00', '20.00'],
      ],
    );
  });
});
