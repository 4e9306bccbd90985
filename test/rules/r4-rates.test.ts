/** The rules of rates: tables and windows, marginal and retroactive tiers, rounding, credits and attainment (R4). */
import { describe, expect, test } from 'vitest';
import {
  assignment,
  creditMemo,
  earned,
  exceptionsOf,
  faultsOf,
  history,
  invoice,
  payment,
  postingRows,
  quarterRow,
  quota,
  quotasOf,
  sale,
  split,
  standing,
  table,
  writeOff,
} from '../support/build.js';

// All at level 0 but where it matters: what is earned is the commission, on the day.
const marginal = (window: string) => ({ level: 0, rate: table(window) });
const retroactive = (window: string) => ({ level: 0, rate: table(window, 'retroactive') });
const byAmount = (...bands: [fromAmount: string, rate: string][]) => ({
  table: bands.map(([fromAmount, rate]) => ({ fromAmount, rate })),
});

describe('R4.1 flat rates and tables', () => {
  test('R4.1 a flat rate is the rate of every line', () => {
    const given = { plan: { level: 0, rate: '7.5%' }, invoices: [invoice('I1'), invoice('I2')] };
    expect(earned(given)).toEqual({ I1: '75.00', I2: '75.00' });
  });

  test('R4.1 a flat rate needs no quota', () => {
    expect(exceptionsOf({ invoices: [invoice('I1')] })).toEqual([]);
  });

  test('R4.1 a table by percentages pays by the share of quota reached', () => {
    // 5% to the quota of 1,000.00, 8% from there: 50.00 + 24.00
    const given = {
      plan: marginal('quarter'),
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [invoice('I1', { amount: '1300.00' })],
    };
    expect(earned(given)).toEqual({ I1: '74.00' });
  });

  test('R4.1 a table may have many bands', () => {
    // Quota 1,000.00: 500 x 1% + 500 x 2% + 200 x 3% + 100 x 4% = 5 + 10 + 6 + 4
    const bands = ['0%', '50%', '100%', '120%'].map((from, n) => ({ from, rate: `${n + 1}%` }));
    const given = {
      plan: { level: 0, rate: { attainment: 'quarter', table: bands } },
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [invoice('I1', { amount: '1300.00' })],
    };
    expect(earned(given)).toEqual({ I1: '25.00' });
  });

  test('R4.1 a rate may fall from band to band', () => {
    // 1,000 x 8% + 300 x 5%
    const rate = byAmount(['0', '8%'], ['1000', '5%']);
    expect(earned({ plan: { level: 0, rate }, invoices: [invoice('I1', { amount: '1300.00' })] })).toEqual({
      I1: '95.00',
    });
  });

  test('R4.1 a table of absolute thresholds needs no quota', () => {
    // 800 x 5% + 200 x 8%
    const given = {
      plan: { level: 0, rate: byAmount(['0', '5%'], ['800', '8%']) },
      invoices: [invoice('I1')],
    };
    expect(earned(given)).toEqual({ I1: '56.00' });
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R4.1 the attainment of a table of absolute thresholds is the quarter unless it says otherwise', () => {
    const invoices = [sale('I1', '2025-01-15', '1000.00'), sale('I2', '2025-04-15', '1000.00')];
    const rate = byAmount(['0', '5%'], ['1500', '8%']);
    // Quarter: both from 0. Year to date: I2 runs from 1,000 to 2,000, half of it above 1,500: 25 + 40.
    expect(earned({ plan: { level: 0, rate }, invoices })).toEqual({ I1: '50.00', I2: '50.00' });
    expect(earned({ plan: { level: 0, rate: { ...rate, attainment: 'year-to-date' } }, invoices })).toEqual({
      I1: '50.00',
      I2: '65.00',
    });
  });

  test('R4.1 a line may name its rates with decimals of a percent', () => {
    expect(earned({ plan: { level: 0, rate: '0.125%' }, invoices: [invoice('I1')] })).toEqual({ I1: '1.25' });
  });
});

describe('R4.2 the attainment window', () => {
  const invoices = [sale('I1', '2025-01-15', '1500.00'), sale('I2', '2025-04-15', '1000.00')];
  const quotas = quotasOf(2025, '1000.00');

  test('R4.2 quarter: own quota, own bookings', () => {
    // I1: 1,000 x 5% + 500 x 8% = 90. I2 starts at 0 again: 1,000 x 5% = 50.
    expect(earned({ plan: marginal('quarter'), quotas, invoices })).toEqual({ I1: '90.00', I2: '50.00' });
  });

  test("R4.2 year-to-date: the year's bookings so far against its quotas up to the booking's quarter", () => {
    // I1 against 1,000: 90. I2 from 1,500 against 2,000: 500 x 5% + 500 x 8% = 65.
    expect(earned({ plan: marginal('year-to-date'), quotas, invoices })).toEqual({
      I1: '90.00',
      I2: '65.00',
    });
  });

  test("R4.2 year: the year's bookings so far against the whole year's quotas", () => {
    // 4,000 for the year: I1 and I2 below it (75 and 50); I3 from 2,500: 1,500 x 5% + 500 x 8% = 115.
    const more = [...invoices, sale('I3', '2025-07-15', '2000.00')];
    expect(earned({ plan: marginal('year'), quotas, invoices: more })).toEqual({
      I1: '75.00',
      I2: '50.00',
      I3: '115.00',
    });
  });

  test.each(['year-to-date', 'year'])('R4.2 %s starts anew with the fiscal year', (window) => {
    // 2025 is used up by I1; I2 is the first of 2026: 500 x 5%.
    const given = {
      plan: marginal(window),
      quotas: [quota('2025-Q4', '1000.00'), quota('2026-Q1', '1000.00')],
      invoices: [sale('I1', '2025-12-31', '1000.00'), sale('I2', '2026-01-01', '500.00')],
      asOf: '2026-03-31',
    };
    expect(earned(given)).toEqual({ I1: '50.00', I2: '25.00' });
  });

  test('R4.2 the fiscal year is the one of the workspace', () => {
    // Fiscal 2026 starts in July: I1 and I2 lie in one year. I2 from 1,000 against 2,000: 1,000 x 5% + 500 x 8% = 90.
    const given = {
      terms: { fiscalYearStart: 7 },
      plan: marginal('year-to-date'),
      quotas: [quota('2026-Q2', '1000.00'), quota('2026-Q3', '1000.00')],
      invoices: [sale('I1', '2025-12-31', '1000.00'), sale('I2', '2026-01-01', '1500.00')],
      asOf: '2026-03-31',
    };
    expect(earned(given)).toEqual({ I1: '50.00', I2: '90.00' });
  });

  test('R4.2 a missing quota row counts 0 in a sum', () => {
    // Year to date in Q2: 0 + 1,000. 1,000 x 5% + 300 x 8% = 74.
    const given = {
      plan: marginal('year-to-date'),
      quotas: [quota('2025-Q2', '1000.00')],
      invoices: [sale('I1', '2025-04-15', '1300.00')],
    };
    expect(earned(given)).toEqual({ I1: '74.00' });
  });

  test('R4.2 the quotas of other reps do not count', () => {
    const given = {
      plan: marginal('quarter'),
      quotas: [quota('2025-Q1', '1000.00'), quota('2025-Q1', '500.00', 'R2')],
      invoices: [invoice('I1', { amount: '1300.00' }), invoice('I2', { amount: '1300.00', rep_id: 'R2' })],
    };
    // R1: 50 + 24. R2: 500 x 5% + 800 x 8% = 25 + 64.
    expect(earned(given)).toEqual({ I1: '74.00', I2: '89.00' });
  });

  test('R4.2 a window with no quota row at all is a fault for a table with a percentage above 0%', () => {
    const given = {
      plan: marginal('year-to-date'),
      quotas: [quota('2025-Q2', '1000.00')],
      invoices: [invoice('I1')],
    };
    expect(faultsOf(given)).toMatchObject([{ code: 'no-quota', rep: 'R1', invoice: 'I1', plan: 'ae' }]);
  });

  test.each(['marginal', 'retroactive'])('R4.2 so it is for a booking of 0, %s', (tiers) => {
    const given = {
      plan: { level: 0, rate: table('quarter', tiers) },
      invoices: [invoice('I1', { amount: '0.00' })],
    };
    expect(faultsOf(given)).toMatchObject([{ code: 'no-quota', invoice: 'I1' }]);
  });

  test('R4.2 a quota row of 0 is a quota row', () => {
    const given = { plan: marginal('quarter'), quotas: [quota('2025-Q1', '0')], invoices: [invoice('I1')] };
    expect(earned(given)).toEqual({ I1: '80.00' });
  });

  test('R4.2 a table whose only band starts at 0% needs no quota', () => {
    const rate = { attainment: 'quarter', table: [{ from: '0%', rate: '5%' }] };
    expect(earned({ plan: { level: 0, rate }, invoices: [invoice('I1')] })).toEqual({ I1: '50.00' });
  });
});

describe('R4.3 thresholds', () => {
  test("R4.3 a threshold is `from` times the window's quota", () => {
    // From 50% of 1,000.00: 500 x 5% + 500 x 8%
    const rate = {
      attainment: 'quarter',
      table: [
        { from: '0%', rate: '5%' },
        { from: '50%', rate: '8%' },
      ],
    };
    const given = {
      plan: { level: 0, rate },
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [invoice('I1')],
    };
    expect(earned(given)).toEqual({ I1: '65.00' });
  });

  test('R4.3 a threshold is exact, between minor units too', () => {
    // 33% of 10.01 is 3.3033: 3.3033 x 10% + 6.6967 x 40% = 0.33033 + 2.67868 = 3.00901
    const rate = {
      attainment: 'quarter',
      table: [
        { from: '0%', rate: '10%' },
        { from: '33%', rate: '40%' },
      ],
    };
    const given = {
      plan: { level: 0, rate },
      quotas: [quota('2025-Q1', '10.01')],
      invoices: [invoice('I1', { amount: '10.00' })],
    };
    expect(earned(given)).toEqual({ I1: '3.01' });
  });

  test('R4.3 with a quota of 0 the last band applies from 0 up', () => {
    const given = {
      plan: marginal('quarter'),
      quotas: [quota('2025-Q1', '0.00')],
      invoices: [invoice('I1')],
    };
    expect(earned(given)).toEqual({ I1: '80.00' });
    expect(exceptionsOf(given)).toMatchObject([{ code: 'zero-quota', ledger: 'quotas' }]);
  });

  test('R4.3 with a quota of 0 the first band still applies below 0', () => {
    // From 0 to -1,000: at 5%.
    const given = {
      plan: marginal('quarter'),
      quotas: [quota('2025-Q1', '0.00')],
      invoices: [invoice('I1', { amount: '-1000.00' })],
    };
    expect(earned(given)).toEqual({ I1: '-50.00' });
  });

  test('R4.3 with a quota of 0 a retroactive table pays the last band at 0 and the first below it', () => {
    const quotas = [quota('2025-Q1', '0.00'), quota('2025-Q2', '0.00')];
    const invoices = [
      sale('I1', '2025-01-15', '1000.00'),
      sale('I2', '2025-01-15', '-1000.00'),
      sale('I3', '2025-04-15', '-1000.00'),
    ];
    // Q1 stands at 0: 8% on both. Q2 stands at -1,000: 5%.
    expect(earned({ plan: retroactive('quarter'), quotas, invoices })).toEqual({
      I1: '80.00',
      I2: '-80.00',
      I3: '-50.00',
    });
  });

  test('R4.3 a quarter of the window without a quota row is a notice, the line is used', () => {
    const given = {
      plan: marginal('year-to-date'),
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [sale('I1', '2025-04-15', '1300.00')],
    };
    expect(earned(given)).toEqual({ I1: '74.00' });
    expect(exceptionsOf(given)).toMatchObject([{ code: 'missing-quota', ledger: 'quotas' }]);
  });

  test('R4.3 a `fromAmount` is the threshold itself, whatever the quota', () => {
    const given = {
      plan: { level: 0, rate: byAmount(['0', '5%'], ['800', '8%']) },
      quotas: [quota('2025-Q1', '1.00')],
      invoices: [invoice('I1')],
    };
    expect(earned(given)).toEqual({ I1: '56.00' });
  });
});

describe('R4.4 the order of bookings', () => {
  const quotas = [quota('2025-Q1', '1000.00')];

  test('R4.4 bookings consume the window in order of booking date, whatever the order of rows and ids', () => {
    // B first: 600 x 5% = 30. A from 600: 400 x 5% + 200 x 8% = 36.
    const given = {
      plan: marginal('quarter'),
      quotas,
      invoices: [sale('A', '2025-02-10', '600.00'), sale('B', '2025-01-10', '600.00')],
    };
    expect(earned(given)).toEqual({ A: '36.00', B: '30.00' });
  });

  test('R4.4 on one day they do so in order of invoice id', () => {
    const given = {
      plan: marginal('quarter'),
      quotas,
      invoices: [sale('B', '2025-01-10', '600.00'), sale('A', '2025-01-10', '600.00')],
    };
    expect(earned(given)).toEqual({ A: '30.00', B: '36.00' });
  });

  test('R4.4 the booking date counts, not the invoice date', () => {
    const given = {
      plan: marginal('quarter'),
      quotas,
      invoices: [
        sale('A', '2025-01-20', '600.00', { booking_date: '2025-01-19' }),
        sale('B', '2025-03-10', '600.00', { booking_date: '2025-01-10' }),
      ],
    };
    expect(earned(given)).toEqual({ A: '36.00', B: '30.00' });
  });

  test('R4.4 the accumulator of a rep runs across plan changes', () => {
    const given = {
      plans: [
        { id: 'flat', level: 0, rate: '10%' },
        { id: 'tiers', ...marginal('quarter') },
      ],
      assignments: [
        assignment('R1', 'flat', '2025-01-01', '2025-01-31'),
        assignment('R1', 'tiers', '2025-02-01'),
      ],
      quotas,
      invoices: [sale('I1', '2025-01-10', '600.00'), sale('I2', '2025-02-10', '600.00')],
    };
    expect(earned(given)).toEqual({ I1: '60.00', I2: '36.00' });
  });

  test('R4.4 lines set aside for want of a plan do not count', () => {
    const given = {
      plan: marginal('quarter'),
      assignments: [assignment('R1', 'ae', '2025-02-01')],
      quotas,
      invoices: [sale('I1', '2025-01-10', '600.00'), sale('I2', '2025-02-10', '600.00')],
    };
    expect(earned(given)).toEqual({ I2: '30.00' });
    expect(quarterRow(given, '2025-Q1')['bookings']).toBe('600.00');
  });

  test('R4.4 each rep of a split has an accumulator of its own, and its share in it', () => {
    // Each books 750.00 of I1 and 750.00 of I2: 1,000 x 5% + 500 x 8% = 90, in two lines of 37.50 and 52.50.
    const given = {
      plan: marginal('quarter'),
      quotas: [...quotas, quota('2025-Q1', '1000.00', 'R2')],
      invoices: [invoice('I1', { amount: '1500.00' }), invoice('I2', { amount: '1500.00' })],
      splits: ['I1', 'I2'].flatMap((id) => [split(id, 'R1', '50%'), split(id, 'R2', '50%')]),
    };
    expect(postingRows(given).map((row) => [row['invoice_id'], row['rep_id'], row['earned']])).toEqual([
      ['I1', 'R1', '37.50'],
      ['I1', 'R2', '37.50'],
      ['I2', 'R1', '52.50'],
      ['I2', 'R2', '52.50'],
    ]);
  });
});

describe('R4.5 marginal tiers', () => {
  const quotas = [quota('2025-Q1', '1000.00')];

  test('R4.5 tiers are marginal unless the table says otherwise', () => {
    const { tiers: _, ...rate } = table('quarter');
    const given = { plan: { level: 0, rate }, quotas, invoices: [invoice('I1', { amount: '1500.00' })] };
    expect(earned(given)).toEqual({ I1: '90.00' });
  });

  test('R4.5 a booking that straddles a threshold is paid at both rates', () => {
    const given = {
      plan: marginal('quarter'),
      quotas,
      invoices: [sale('I1', '2025-01-10', '900.00'), sale('I2', '2025-01-11', '300.00')],
    };
    // I2 from 900 to 1,200: 100 x 5% + 200 x 8% = 21
    expect(earned(given)).toEqual({ I1: '45.00', I2: '21.00' });
  });

  test('R4.5 a booking that ends on a threshold is paid below it, one that starts there above it', () => {
    const given = {
      plan: marginal('quarter'),
      quotas,
      invoices: [sale('I1', '2025-01-10', '1000.00'), sale('I2', '2025-01-11', '100.00')],
    };
    expect(earned(given)).toEqual({ I1: '50.00', I2: '8.00' });
  });

  test('R4.5 a negative booking gives back at the bands it falls through', () => {
    // I1: 50 + 16 = 66. I2 from 1,200 to 800: 200 x 8% + 200 x 5% = 26 back.
    const given = {
      plan: marginal('quarter'),
      quotas,
      invoices: [sale('I1', '2025-01-10', '1200.00'), sale('I2', '2025-01-11', '-400.00')],
    };
    expect(earned(given)).toEqual({ I1: '66.00', I2: '-26.00' });
  });

  test('R4.5 below 0 the first band applies', () => {
    // I1 from 0 to -300: -15. I2 from -300 to 1,100: 1,300 x 5% + 100 x 8% = 73.
    const given = {
      plan: marginal('quarter'),
      quotas,
      invoices: [sale('I1', '2025-01-10', '-300.00'), sale('I2', '2025-01-11', '1400.00')],
    };
    expect(earned(given)).toEqual({ I1: '-15.00', I2: '73.00' });
  });

  test('R4.5 the rate that the measure earns on average is applied to the basis', () => {
    // Revenue 2,000.00 from 0: (1,000 x 5% + 1,000 x 8%) / 2,000 = 6.5%, on 400.00 of gross profit.
    const given = {
      plan: { ...marginal('quarter'), basis: 'gross-profit', quotaOn: 'revenue' },
      quotas,
      invoices: [invoice('I1', { amount: '2000.00', cost: '1600.00' })],
    };
    expect(earned(given)).toEqual({ I1: '26.00' });
  });

  test('R4.5 a booking of a cent may straddle a threshold that lies within the cent', () => {
    // 33% of 10.01 is 3.3033. From 3.30 to 3.31: 0.33 of it at 10% and 0.67 at 40% make 30.1%, of 1,000.00 of profit.
    const bands = [
      { from: '0%', rate: '10%' },
      { from: '33%', rate: '40%' },
    ];
    const given = {
      plan: {
        level: 0,
        basis: 'gross-profit',
        quotaOn: 'revenue',
        rate: { attainment: 'quarter', table: bands },
      },
      quotas: [quota('2025-Q1', '10.01')],
      invoices: [
        sale('I1', '2025-01-10', '3.30', { cost: '3.30' }),
        sale('I2', '2025-01-11', '0.01', { cost: '-999.99' }),
      ],
    };
    expect(earned(given)).toEqual({ I2: '301.00' });
  });

  test('R4.5 with nothing that counts towards quota the commission is 0', () => {
    const given = {
      plan: { ...marginal('quarter'), basis: 'gross-profit' },
      quotas,
      invoices: [
        invoice('I1', { amount: '1000.00', cost: '1000.00' }),
        invoice('I2', { amount: '0', cost: '0' }),
      ],
    };
    expect(earned(given)).toEqual({});
  });

  test('R4.5 an amount of 0 has no commission and posts nothing', () => {
    const given = { plan: marginal('quarter'), quotas, invoices: [invoice('I1', { amount: '0.00' })] };
    expect(history(given)).toEqual([]);
  });
});

describe('R4.6 retroactive tiers', () => {
  const plan = retroactive('quarter');
  const quotas = quotasOf(2025, '1000.00');
  const [i1, i2] = [sale('I1', '2025-01-10', '600.00'), sale('I2', '2025-02-10', '600.00')];

  test('R4.6 once the quarter reaches a band, all its lines are paid at that rate', () => {
    // 1,200 of 1,000: both at 8%
    expect(earned({ plan, quotas, invoices: [i1, i2] })).toEqual({ I1: '48.00', I2: '48.00' });
  });

  test('R4.6 a line earned before that day is posted as re-rated, one earned that day at its last rate', () => {
    expect(history({ plan, quotas, invoices: [i1, i2] })).toEqual([
      '2025-01-10 invoiced I1: earned 30.00, advanced 30.00',
      '2025-02-10 re-rated I2: earned 18.00, advanced 18.00',
      '2025-02-10 invoiced I2: earned 48.00, advanced 48.00',
    ]);
  });

  test('R4.6 on a day the accumulator is taken after all bookings of the day', () => {
    // Both of 2025-01-10: neither is ever posted at 5%.
    const given = { plan, quotas, invoices: [i1, sale('I2', '2025-01-10', '600.00')] };
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 48.00, advanced 48.00',
      '2025-01-10 invoiced I2: earned 48.00, advanced 48.00',
    ]);
  });

  test('R4.6 on a threshold, the band that starts there applies', () => {
    const given = { plan, quotas, invoices: [i1, sale('I2', '2025-02-10', '400.00')] };
    expect(earned(given)).toEqual({ I1: '48.00', I2: '32.00' });
  });

  test('R4.6 just below a threshold, the band below it applies', () => {
    const given = { plan, quotas, invoices: [i1, sale('I2', '2025-02-10', '399.99')] };
    // 399.99 x 5% = 19.9995
    expect(earned(given)).toEqual({ I1: '30.00', I2: '20.00' });
  });

  test('R4.6 bookings of a later quarter do not re-rate an earlier one', () => {
    const given = { plan, quotas, invoices: [i1, sale('I2', '2025-04-10', '2000.00')] };
    expect(earned(given)).toEqual({ I1: '30.00', I2: '160.00' });
  });

  test('R4.6 year to date: later quarters count for their own lines only, with the bookings so far', () => {
    // Q1: 600 of 1,000 is 60%: 5%. Q2: 600 + 1,500 of 2,000 is 105%: I2 at 8%, I1 untouched.
    const given = {
      plan: retroactive('year-to-date'),
      quotas,
      invoices: [i1, sale('I2', '2025-04-10', '1500.00')],
    };
    expect(earned(given)).toEqual({ I1: '30.00', I2: '120.00' });
  });

  test("R4.6 year: the whole year's quotas are the measure", () => {
    // 4,000 for the year; I2 brings it to 4,100: 8% for Q2's line, Q1's stays at 5%.
    const given = { plan: retroactive('year'), quotas, invoices: [i1, sale('I2', '2025-04-10', '3500.00')] };
    expect(earned(given)).toEqual({ I1: '30.00', I2: '280.00' });
  });

  test('R4.6 a negative booking may re-rate downwards', () => {
    // 1,200 less 300 is 900: all back at 5%. I3 itself: -300 x 5%.
    const given = { plan, quotas, invoices: [i1, i2, sale('I3', '2025-03-10', '-300.00')] };
    expect(history(given, { date: '2025-03-10' })).toEqual([
      '2025-03-10 re-rated I3: earned -18.00, advanced -18.00',
      '2025-03-10 re-rated I3: earned -18.00, advanced -18.00',
      '2025-03-10 invoiced I3: earned -15.00, advanced -15.00',
    ]);
  });

  test('R4.6 a credit memo of the quarter re-rates downwards', () => {
    // 1,200 less 300 is 900. I2 falls to 30.00, then half of it is credited.
    const given = {
      plan,
      quotas,
      invoices: [i1, i2],
      creditMemos: [creditMemo('CM1', 'I2', '2025-03-10', '300.00')],
    };
    expect(history(given, { date: '2025-03-10' })).toEqual([
      '2025-03-10 re-rated CM1: earned -18.00, advanced -18.00',
      '2025-03-10 re-rated CM1: earned -18.00, advanced -18.00',
      '2025-03-10 credited CM1: earned -15.00, advanced -15.00',
    ]);
  });

  test('R4.6 a credit memo after the quarter re-rates no line of it', () => {
    const given = {
      plan,
      quotas,
      invoices: [i1, i2],
      creditMemos: [creditMemo('CM1', 'I2', '2025-04-01', '300.00')],
    };
    expect(earned(given)).toEqual({ I1: '48.00', I2: '24.00' });
  });

  test("R4.6 a credit memo that comes before its booking counts on the booking's day", () => {
    // I2 is booked with half of it credited: 600 + 600 - 300 = 900 on 2025-02-10, so 5% throughout.
    const given = {
      plan,
      quotas,
      invoices: [i1, i2],
      creditMemos: [creditMemo('CM1', 'I2', '2025-01-20', '300.00')],
    };
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 30.00, advanced 30.00',
      '2025-02-10 invoiced I2: earned 15.00, advanced 15.00',
    ]);
  });

  test('R4.6 bookings under another plan of the rep re-rate its retroactive lines', () => {
    const given = {
      plans: [
        { id: 'retro', ...plan },
        { id: 'flat', level: 0, rate: '10%' },
      ],
      assignments: [
        assignment('R1', 'retro', '2025-01-01', '2025-01-31'),
        assignment('R1', 'flat', '2025-02-01'),
      ],
      quotas,
      invoices: [i1, i2],
    };
    expect(earned(given)).toEqual({ I1: '48.00', I2: '60.00' });
  });

  test("R4.6 the accumulator is in the unit of the line's own plan", () => {
    // Revenue reaches 1,200 of 1,000, gross profit only 500 of 1,000: I1 stays at 5% of its 200.00.
    const given = {
      plans: [
        { id: 'profit', ...plan, basis: 'gross-profit' },
        { id: 'flat', level: 0, rate: '10%' },
      ],
      assignments: [
        assignment('R1', 'profit', '2025-01-01', '2025-01-31'),
        assignment('R1', 'flat', '2025-02-01'),
      ],
      quotas,
      invoices: [
        { ...i1, cost: '400.00' },
        { ...i2, cost: '300.00' },
      ],
    };
    expect(earned(given)).toEqual({ I1: '10.00', I2: '60.00' });
  });

  test('R4.6 marginal lines of the quarter are not re-rated', () => {
    const given = {
      plans: [
        { id: 'tiers', ...marginal('quarter') },
        { id: 'retro', ...plan },
      ],
      assignments: [
        assignment('R1', 'tiers', '2025-01-01', '2025-01-31'),
        assignment('R1', 'retro', '2025-02-01'),
      ],
      quotas,
      invoices: [i1, i2],
    };
    expect(earned(given)).toEqual({ I1: '30.00', I2: '48.00' });
  });

  test('R4.6 no booking after the as-of date re-rates', () => {
    expect(earned({ plan, quotas, invoices: [i1, i2], asOf: '2025-02-09' })).toEqual({ I1: '30.00' });
  });

  test('R4.6 a booking that is invoiced later re-rates on its booking day', () => {
    const given = {
      plan,
      quotas,
      invoices: [i1, { ...i2, booking_date: '2025-02-01', invoice_date: '2025-05-10' }],
    };
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 30.00, advanced 30.00',
      '2025-02-01 re-rated I2: earned 18.00, advanced 18.00',
      '2025-05-10 invoiced I2: earned 48.00, advanced 48.00',
    ]);
  });

  test('R4.6 a line that is earned later is posted once, at the rate its quarter came to', () => {
    const given = {
      plan,
      quotas,
      invoices: [{ ...i1, booking_date: '2025-01-10', invoice_date: '2025-05-10' }, i2],
    };
    expect(history(given)).toEqual([
      '2025-02-10 invoiced I2: earned 48.00, advanced 48.00',
      '2025-05-10 invoiced I1: earned 48.00, advanced 48.00',
    ]);
  });

  test('R4.6 a table of amounts is retroactive too', () => {
    // 1,200 reaches the band of 1,000: both lines at 8%.
    const rate = { ...byAmount(['0', '5%'], ['1000', '8%']), tiers: 'retroactive' };
    expect(earned({ plan: { level: 0, rate }, invoices: [i1, i2] })).toEqual({ I1: '48.00', I2: '48.00' });
  });

  test('R4.6 retroactive needs its quota as marginal does', () => {
    expect(faultsOf({ plan, invoices: [i1] })).toMatchObject([{ code: 'no-quota', invoice: 'I1' }]);
  });

  test('R4.6 a bookingless day changes nothing: one re-rating a day at most', () => {
    const given = {
      plan,
      quotas,
      invoices: [i1, i2, sale('I3', '2025-02-10', '600.00')],
      payments: [payment('P1', 'I1', '2025-02-10', '600.00')],
    };
    expect(history(given, { invoice_id: 'I1' })).toEqual([
      '2025-01-10 invoiced I1: earned 30.00, advanced 30.00',
      '2025-02-10 re-rated I3: earned 18.00, advanced 18.00',
    ]);
  });
});

describe('R4.7 the booking-quarter rule', () => {
  const quotas = [quota('2025-Q1', '1000.00'), quota('2025-Q3', '9000.00')];

  test('R4.7 what is collected in another quarter is paid at the rate of the booking', () => {
    // 50 + 40 = 90, booked in Q1; the quota of Q3 changes nothing.
    const given = {
      plan: { level: 3, rate: table('quarter') },
      quotas,
      invoices: [invoice('I1', { amount: '1500.00' })],
      payments: [payment('P1', 'I1', '2025-07-10', '1500.00')],
    };
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 90.00, held 90.00',
      '2025-07-10 collected P1: released 90.00, held -90.00',
    ]);
  });

  test('R4.7 what is collected in another year is paid at the rate of the booking', () => {
    const given = {
      plan: { level: 4, rate: table('year-to-date') },
      quotas,
      invoices: [invoice('I1', { amount: '1500.00' })],
      payments: [payment('P1', 'I1', '2026-01-10', '750.00')],
      asOf: '2026-03-31',
    };
    expect(history(given)).toEqual(['2026-01-10 collected P1: earned 45.00, released 45.00']);
  });

  test('R4.7 what is taken back is taken back at the rate of the booking', () => {
    const given = {
      plan: { level: 1, rate: table('quarter'), clawback: { pastDueDays: 0 } },
      quotas,
      invoices: [invoice('I1', { amount: '1500.00', due_date: '2025-07-31' })],
    };
    expect(history(given).slice(1)).toEqual(['2025-07-31 past-due I1: clawed back 90.00']);
  });

  test('R4.7 what is forfeited is forfeited at the rate of the booking', () => {
    const given = {
      plan: { level: 3, rate: table('quarter') },
      quotas,
      invoices: [invoice('I1', { amount: '1500.00' })],
      writeOffs: [writeOff('W1', 'I1', '2025-07-31', '1500.00')],
    };
    expect(history(given).slice(1)).toEqual(['2025-07-31 written-off W1: held -90.00, forfeited 90.00']);
  });

  test('R4.7 a line invoiced in a later quarter has the rate of its booking quarter', () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      quotas: [...quotas, quota('2025-Q2', '100.00')],
      invoices: [
        invoice('I1', { amount: '900.00' }),
        sale('I2', '2025-04-10', '300.00', { booking_date: '2025-03-31' }),
      ],
    };
    // I2 from 900 of 1,000 in Q1: 100 x 5% + 200 x 8% = 21.
    expect(earned(given)).toEqual({ I1: '45.00', I2: '21.00' });
  });
});

describe('R4.8 rounding', () => {
  const rounded = (amount: string, terms: object = {}, rate = '10%') =>
    earned({ terms: { ...terms }, plan: { level: 0, rate }, invoices: [invoice('I1', { amount })] })['I1'];

  test.each([
    ['10.04', '1.00'], // 1.004
    ['10.05', '1.01'], // 1.005
    ['10.15', '1.02'], // 1.015
    ['-10.05', '-1.01'], // -1.005
    ['-10.04', '-1.00'],
  ])('R4.8 half away from zero: 10%% of %s is %s', (amount, commission) => {
    expect(rounded(amount)).toBe(commission);
  });

  test.each([
    ['10.05', '1.00'], // 1.005 to the even 1.00
    ['10.15', '1.02'], // 1.015 to the even 1.02
    ['10.0501', '1.01'], // above the half
    ['-10.05', '-1.00'],
    ['-10.15', '-1.02'],
  ])('R4.8 half-even where the workspace says so: 10%% of %s is %s', (amount, commission) => {
    expect(rounded(amount, { rounding: 'half-even' })).toBe(commission);
  });

  test.each([
    ['JPY', '15', '2'], // 1.5
    ['USD', '15', '1.50'],
    ['KWD', '1.005', '0.101'], // 0.1005
  ])('R4.8 to the minor unit of the currency: 10%% of %s %s is %s', (currency, amount, commission) => {
    expect(rounded(amount, { currency })).toBe(commission);
  });

  test('R4.8 the bands of a line are not rounded one by one', () => {
    // 10.10 x 5% = 0.505 and 10.10 x 15% = 1.515 make 2.02; rounded apart they would make 0.51 + 1.52 = 2.03.
    const rate = byAmount(['0', '5%'], ['10.10', '15%']);
    expect(earned({ plan: { level: 0, rate }, invoices: [invoice('I1', { amount: '20.20' })] })).toEqual({
      I1: '2.02',
    });
  });

  test('R4.8 each line of a split is rounded by itself', () => {
    // 50% of 1.01 is 0.505, so 0.51 for one rep; half of it is 0.2525, so 0.25 for each of two.
    const given = {
      plan: { level: 0, rate: '50%' },
      invoices: [invoice('I1', { amount: '1.01' })],
      splits: [split('I1', 'R1', '50%'), split('I1', 'R2', '50%')],
    };
    expect(earned(given, 'rep_id')).toEqual({ R1: '0.25', R2: '0.25' });
    expect(earned({ ...given, splits: [] })).toEqual({ I1: '0.51' });
  });

  test('R4.8 what credit memos leave is rounded once, not a rounded figure again', () => {
    // 10% of 10.05 is 1.005; half of that is 0.5025, so 0.50. Half of a rounded 1.01 would be 0.51.
    const given = {
      plan: { level: 0 },
      invoices: [invoice('I1', { amount: '10.05' })],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '5.025')],
    };
    expect(earned(given)).toEqual({ I1: '0.50' });
  });

  test('R4.8 a rate of thirds is exact', () => {
    // Three lines of 33.33% on 100.00: 33.33 each.
    expect(rounded('100.00', {}, '33.33%')).toBe('33.33');
  });
});

describe('R4.9 credit memos and attainment', () => {
  const plan = marginal('quarter');
  const quotas = quotasOf(2025, '1000.00');
  const i1 = sale('I1', '2025-01-10', '1000.00');

  test('R4.9 a credit memo lowers attainment: later bookings start lower', () => {
    // I2 from 1,000 - 500 = 500 to 1,100: 500 x 5% + 100 x 8% = 33
    const given = {
      plan,
      quotas,
      invoices: [i1, sale('I2', '2025-03-10', '600.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '500.00')],
      asOf: '2025-03-31',
    };
    expect(earned(given)).toEqual({ I1: '25.00', I2: '33.00' });
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ bookings: '1100.00', attainment: '1.1000' });
  });

  test('R4.9 the line loses its quota credit in proportion to the original total', () => {
    // 600.00 of 1,200.00 is half of the line: I2 starts at 500 again.
    const given = {
      plan,
      quotas,
      invoices: [{ ...i1, total: '1200.00' }, sale('I2', '2025-03-10', '600.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '600.00')],
    };
    expect(earned(given)).toEqual({ I1: '25.00', I2: '33.00' });
  });

  test('R4.9 each line of a split loses its own share', () => {
    // R1 has 60% of 1,000.00 and loses half of that: bookings 300.00; R2 200.00.
    const given = {
      plan,
      quotas: [...quotas, quota('2025-Q1', '1000.00', 'R2')],
      invoices: [i1],
      splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '40%')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '500.00')],
      asOf: '2025-03-31',
    };
    expect(quarterRow(given, '2025-Q1', 'R1')['bookings']).toBe('300.00');
    expect(quarterRow(given, '2025-Q1', 'R2')['bookings']).toBe('200.00');
  });

  test('R4.9 what is lost is exact: thirds and sevenths of a minor unit settle on which side of a threshold it ends', () => {
    // I1 loses 100.00 x 100/300 and I2 100.00 x 100/700: 200 - 33.333... - 14.285714... = 152.380952...
    const bookings = {
      invoices: [
        sale('I1', '2025-01-10', '100.00', { total: '300.00' }),
        sale('I2', '2025-01-10', '100.00', { total: '700.00' }),
      ],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-02-10', '100.00'),
        creditMemo('CM1', 'I2', '2025-02-10', '100.00'),
      ],
    };
    const rate = (amount: string) => ({ ...byAmount(['0', '5%'], [amount, '8%']), tiers: 'retroactive' });
    // I1: two thirds of 100.00 x 8% or 5%; I2: six sevenths.
    expect(earned({ ...bookings, plan: { level: 0, rate: rate('152.38') } })).toEqual({
      I1: '5.33',
      I2: '6.86',
    });
    expect(earned({ ...bookings, plan: { level: 0, rate: rate('152.39') } })).toEqual({
      I1: '3.33',
      I2: '4.29',
    });
  });

  test('R4.9 memos that credit an invoice in full take all of a line, whatever fractions each of them leaves', () => {
    // Of 3,000,000.01 x 33.33333% = 300,000,001 x 0.3333333 cents CM1 takes 0.3333333 cents and CM2 the rest, so that
    // I2 stands alone and ends on 1,000.00: where 8% starts there, at it, and else short of it.
    const given = {
      invoices: [sale('I1', '2025-01-10', '3000000.01'), sale('I2', '2025-03-10', '1000.00')],
      splits: [split('I1', 'R1', '33.33333%')],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-02-10', '0.01'),
        creditMemo('CM2', 'I1', '2025-02-11', '3000000.00'),
      ],
      asOf: '2025-03-31',
    };
    const from = (amount: string) => {
      const rate = { ...byAmount(['0', '5%'], [amount, '8%']), tiers: 'retroactive' };
      return earned({ ...given, plan: { level: 0, rate } });
    };
    expect(from('1000.00')).toEqual({ I1: '0.00', I2: '80.00' });
    expect(from('1000.00000000000000000001')).toEqual({ I1: '0.00', I2: '50.00' });
  });

  test('R4.9 measured in gross profit, the line loses gross profit', () => {
    const given = {
      plan: { ...plan, basis: 'gross-profit' },
      quotas,
      invoices: [{ ...i1, cost: '600.00' }],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '500.00')],
      asOf: '2025-03-31',
    };
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ bookings: '200.00', attainment: '0.2000' });
  });

  test('R4.9 the loss falls in the window of the memo, not of the booking', () => {
    // Q2 starts at -500: I2 from -500 to 700, all at 5%.
    const given = {
      plan,
      quotas,
      invoices: [i1, sale('I2', '2025-04-10', '1200.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-04-01', '500.00')],
      asOf: '2025-06-30',
    };
    expect(earned(given)).toEqual({ I1: '25.00', I2: '60.00' });
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ bookings: '1000.00', attainment: '1.0000' });
    expect(quarterRow(given, '2025-Q2')).toMatchObject({ bookings: '700.00', attainment: '0.7000' });
  });

  test('R4.9 on one day it comes after all bookings', () => {
    // I2 of the memo's day starts at 1,000, not at 500: 100 x 8%.
    const given = {
      plan,
      quotas,
      invoices: [i1, sale('I2', '2025-02-10', '100.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '500.00')],
    };
    expect(earned(given)).toEqual({ I1: '25.00', I2: '8.00' });
  });

  test('R4.9 a memo that comes before the booking counts on the booking date', () => {
    // I0 starts at 0, not at -500: 1,000 x 5% + 200 x 8% = 66. I1 all above: 80, of which half is credited.
    const given = {
      plan,
      quotas,
      invoices: [sale('I0', '2025-02-10', '1200.00'), sale('I1', '2025-03-10', '1000.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-01', '500.00')],
    };
    expect(earned(given)).toEqual({ I0: '66.00', I1: '40.00' });
  });

  test('R4.9 the reversal of a memo raises attainment again', () => {
    // 1,000 - 500 + 500: I2 starts at 1,000.
    const given = {
      plan,
      quotas,
      invoices: [i1, sale('I2', '2025-03-10', '600.00')],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-02-10', '500.00'),
        creditMemo('CM2', 'I1', '2025-02-11', '-500.00'),
      ],
    };
    expect(earned(given)).toEqual({ I1: '50.00', I2: '48.00' });
  });

  test('R4.9 a reversing invoice lowers attainment as a credit memo does', () => {
    const given = {
      plan,
      quotas,
      invoices: [
        i1,
        sale('X1', '2025-02-10', '-500.00', { reverses: 'I1' }),
        sale('I2', '2025-03-10', '600.00'),
      ],
    };
    expect(earned(given)).toEqual({ I1: '25.00', I2: '33.00' });
  });

  test('R4.9 what is credited beyond the total lowers nothing', () => {
    // 1,000 - 1,000: I2 starts at 0, not at -500: 1,000 x 5% + 100 x 8% = 58.
    const given = {
      plan,
      quotas,
      invoices: [i1, sale('I2', '2025-03-10', '1100.00')],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-02-10', '800.00'),
        creditMemo('CM2', 'I1', '2025-02-11', '700.00'),
      ],
    };
    expect(earned(given)).toEqual({ I1: '0.00', I2: '58.00' });
  });

  test('R4.9 not where the plan of the line says `creditsReduceQuota: false`', () => {
    const given = {
      plan: { ...plan, creditsReduceQuota: false },
      quotas,
      invoices: [i1, sale('I2', '2025-03-10', '600.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '500.00')],
      asOf: '2025-03-31',
    };
    expect(earned(given)).toEqual({ I1: '25.00', I2: '48.00' });
    expect(quarterRow(given, '2025-Q1')['bookings']).toBe('1600.00');
  });

  test('R4.9 nor where a reversal finds nothing to reverse', () => {
    const given = {
      plan,
      quotas,
      invoices: [i1],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '-300.00')],
      asOf: '2025-03-31',
    };
    expect(quarterRow(given, '2025-Q1')['bookings']).toBe('1000.00');
  });

  test("R4.9 it is the line's own plan that says so, not the plan of a later booking", () => {
    const given = {
      plans: [
        { id: 'keeps', ...plan, creditsReduceQuota: false },
        { id: 'reduces', ...plan },
      ],
      assignments: [
        assignment('R1', 'keeps', '2025-01-01', '2025-01-31'),
        assignment('R1', 'reduces', '2025-02-01'),
      ],
      quotas,
      invoices: [i1, sale('I2', '2025-03-10', '600.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '500.00')],
    };
    expect(earned(given)).toEqual({ I1: '25.00', I2: '48.00' });
  });

  test('R4.9 no marginal rate already fixed is changed', () => {
    // I2 stays at 8% although I1 is credited in full the day after.
    const given = {
      plan,
      quotas,
      invoices: [i1, sale('I2', '2025-01-11', '500.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-01-12', '1000.00')],
    };
    expect(earned(given)).toEqual({ I1: '0.00', I2: '40.00' });
  });

  test('R4.9 a memo on an invoice set aside for want of a plan lowers nothing', () => {
    const given = {
      plan,
      assignments: [assignment('R1', 'ae', '2025-02-01')],
      quotas,
      invoices: [i1, sale('I2', '2025-03-10', '600.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '500.00')],
    };
    expect(earned(given)).toEqual({ I2: '30.00' });
    expect(quarterRow(given, '2025-Q1')['bookings']).toBe('600.00');
  });

  test('R4.9 write-offs and refunds leave attainment alone', () => {
    const given = {
      plan,
      quotas,
      invoices: [i1, sale('I2', '2025-03-10', '600.00')],
      payments: [payment('P1', 'I1', '2025-02-01', '500.00'), payment('P2', 'I1', '2025-02-02', '-500.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-02-10', '1000.00')],
    };
    expect(earned(given)).toEqual({ I1: '50.00', I2: '48.00' });
  });

  test('R4.9 a clawback leaves attainment alone', () => {
    const given = {
      plan: { level: 1, rate: table('quarter'), clawback: { pastDueDays: 0 } },
      quotas,
      invoices: [
        { ...i1, due_date: '2025-02-10' },
        sale('I2', '2025-03-10', '600.00', { due_date: '2026-01-01' }),
      ],
    };
    expect(standing(given, { invoice_id: 'I1' })).toBe('earned 50.00, advanced 50.00, clawed back 50.00');
    expect(standing(given, { invoice_id: 'I2' })).toBe('earned 48.00, advanced 48.00');
  });
});
