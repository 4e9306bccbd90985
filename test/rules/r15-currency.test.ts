/** The rules of foreign currency: fixed by the booking, exact, and in the workspace's currency (R15). */
import { describe, expect, test } from 'vitest';
import { controlRecords } from '../../src/ledgers/records.js';
import { formatUnits } from '../../src/money.js';
import { controlsTable } from '../../src/reports/controls.js';
import { inStyle } from '../../src/reports/style.js';
import {
  attainmentOf,
  creditMemo,
  earned,
  exceptionsOf,
  faultCodes,
  faultsOf,
  fx,
  type Given,
  history,
  invoice,
  item,
  payment,
  quarterRow,
  type Row,
  sale,
  standing,
  team,
  workspace,
  writeOff,
} from '../support/build.js';
import { resultOf } from '../support/run.js';

const AT_ONCE = { level: 0 };
const euros = (id: string, cells: Row = {}): Row => invoice(id, { currency: 'EUR', ...cells });
const RATES = [
  fx('EUR', '2025-01-01', '1.10'),
  fx('EUR', '2025-02-01', '1.20'),
  fx('GBP', '2025-01-01', '1.30'),
];

describe('R15.1 the rate of an invoice', () => {
  test('R15.1 is that of the latest date on or before its booking date', () => {
    const given = {
      plan: AT_ONCE,
      fx: [...RATES].reverse(),
      invoices: [
        euros('I1', { invoice_date: '2025-01-01' }),
        euros('I2', { invoice_date: '2025-01-31' }),
        euros('I3', { invoice_date: '2025-02-01' }),
        euros('I4', { invoice_date: '2025-12-31' }),
        euros('I5', { currency: 'GBP', invoice_date: '2025-12-31' }),
      ],
    };
    expect(earned(given)).toEqual({
      I1: '110.00',
      I2: '110.00',
      I3: '120.00',
      I4: '120.00',
      I5: '130.00',
    });
  });

  test('R15.1 fixed by the booking, not by the invoice or its cash', () => {
    const given = {
      fx: RATES,
      invoices: [euros('I1', { booking_date: '2025-01-31', invoice_date: '2025-02-05' })],
      payments: [payment('P1', 'I1', '2025-03-10', '400.00')],
    };
    expect(history(given)).toEqual([
      '2025-02-05 invoiced I1: earned 110.00, held 110.00',
      '2025-03-10 collected P1: released 44.00, held -44.00',
    ]);
  });

  test('R15.1 one currency and date has one rate', () => {
    expect(faultCodes({ fx: [...RATES, fx('EUR', '2025-02-01', '1.25')], invoices: [euros('I1')] })).toEqual([
      'duplicate-key',
    ]);
  });

  test('R15.1 a missing rate is one fault, also where its cash is paid for', () => {
    const cash = { id: 'cash', credit: 'cash', level: undefined };
    const given = {
      plans: [AT_ONCE, cash],
      fx: RATES,
      invoices: [euros('I1', { currency: 'CHF' })],
      payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
    };
    expect(faultCodes(given)).toEqual(['no-fx-rate']);
  });

  test('R15.1 a currency without a rate by then is a fault', () => {
    const early = euros('I1', { booking_date: '2024-12-31' });
    expect(faultsOf({ fx: RATES, invoices: [early] })).toMatchObject([
      { code: 'no-fx-rate', currency: 'EUR', invoice: 'I1', booked: '2024-12-31', from: '2025-01-01' },
    ]);
    const none = euros('I1', { currency: 'CHF' });
    expect(faultsOf({ fx: RATES, invoices: [none] })).toMatchObject([
      { code: 'no-fx-rate', currency: 'CHF', invoice: 'I1', from: undefined },
    ]);
  });

  test('R15.1 a sale after the as-of date needs none', () => {
    const given = {
      fx: RATES,
      invoices: [invoice('I1'), euros('I2', { currency: 'CHF', invoice_date: '2026-01-01' })],
    };
    expect(exceptionsOf(given)).toEqual([]);
  });

  test("R15.1 the workspace's currency needs none, whether it is named or not", () => {
    const given = { plan: AT_ONCE, fx: RATES, invoices: [invoice('I1'), euros('I2', { currency: 'USD' })] };
    expect(earned(given)).toEqual({ I1: '100.00', I2: '100.00' });
  });

  test('R15.1 a rate is above 0, and may have any decimals', () => {
    const given = {
      plan: AT_ONCE,
      fx: [fx('JPY', '2025-01-01', '0.0067312')],
      invoices: [euros('I1', { currency: 'JPY', amount: '150000' })],
    };
    // 150,000 x 0.0067312 is 1,009.68
    expect(earned(given)).toEqual({ I1: '100.97' });
    expect(faultCodes({ ...given, fx: [fx('JPY', '2025-01-01', '0')] })).toEqual(['not-above-zero']);
    expect(faultCodes({ ...given, fx: [fx('JPY', '2025-01-01', '-1')] })).toEqual(['not-above-zero']);
  });
});

describe('R15.2 amounts', () => {
  test('R15.2 are converted exactly, and rounded once', () => {
    const given = {
      plan: { level: 0, rate: '50%' },
      fx: RATES,
      // 0.37 x 1.10 is 0.407, half of it 0.2035; of 0.41 it would be 0.21.
      invoices: [euros('I1', { amount: '0.37' })],
    };
    expect(earned(given)).toEqual({ I1: '0.20' });
  });

  test('R15.2 gross profit is converted', () => {
    const given = {
      plan: { level: 0, basis: 'gross-profit' },
      fx: RATES,
      invoices: [euros('I1', { cost: '600.00' })],
    };
    // 400 x 1.10 x 10%
    expect(earned(given)).toEqual({ I1: '44.00' });
  });

  test('R15.2 items are, and reach quotas and thresholds in the currency of the workspace', () => {
    const given = {
      plan: {
        level: 0,
        rate: {
          table: [
            { fromAmount: '0', rate: '5%' },
            { fromAmount: '880', rate: '8%' },
          ],
        },
      },
      fx: RATES,
      quotas: [{ rep_id: 'R1', quarter: '2025-Q1', quota: '2200.00' }],
      invoices: [euros('I1')],
      items: [item('I1', '1', '', '600.00'), item('I1', '2', '', '400.00')],
      asOf: '2025-03-31',
    };
    // 660 and 440: 880 x 5% + 220 x 8%
    expect(earned(given)).toEqual({ I1: '61.60' });
    expect(attainmentOf(given, '2025-Q1')).toBe('ae: 1100.00 of 2200.00, quarter 1100.00 ÷ 2200.00 = 0.5000');
  });

  test('R15.2 payments, write-offs and credit memos count by their share of the total', () => {
    const given = {
      plan: { level: 1, clawback: {} },
      fx: RATES,
      invoices: [euros('I1', { total: '1200.00' })],
      payments: [payment('P1', 'I1', '2025-02-10', '600.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-03-10', '300.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-04-10', '300.00')],
    };
    // 110.00, a quarter of it credited; of the 900 left, a third is written off.
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 110.00, advanced 110.00',
      '2025-03-10 credited CM1: earned -27.50, advanced -27.50',
      '2025-04-10 written-off W1: clawed back 27.50',
    ]);
  });

  test('R15.2 a tolerance is compared with what is open in the currency of the workspace', () => {
    const given = (paid: string): Given => ({
      plan: { tolerance: '1.00' },
      fx: RATES,
      invoices: [euros('I1', { booking_date: '2025-02-01', invoice_date: '2025-02-01' })],
      payments: [payment('P1', 'I1', '2025-03-10', paid)],
    });
    // 0.83 EUR is 0.996 USD, and 0.84 EUR 1.008 USD: 120 x 999.16 ÷ 1,000 is 119.8992.
    expect(standing(given('999.17'))).toBe('earned 120.00, released 120.00');
    expect(standing(given('999.16'))).toBe('earned 120.00, released 119.90, held 0.10');
  });

  test("R15.2 results are in the workspace's currency", () => {
    const given = { plan: AT_ONCE, fx: RATES, invoices: [euros('I1')], asOf: '2025-03-31' };
    expect(quarterRow(given, '2025-Q1')).toMatchObject({
      currency: 'USD',
      bookings: '1100.00',
      paid: '110.00',
    });
  });

  test('R15.2 a manager is credited at the same rate', () => {
    const given = {
      plans: [AT_ONCE, { id: 'lead', credit: 'team', level: 0, rate: '2%' }],
      teams: [team('R1', 'M', { share: '50%' })],
      fx: RATES,
      invoices: [euros('I1')],
    };
    expect(earned(given, 'rep_id')).toEqual({ M: '11.00', R1: '110.00' });
  });

  test('R12.4 cash counts at the rate of the booking', () => {
    const given = {
      plan: { id: 'cash', credit: 'cash', level: undefined, rate: '1%' },
      fx: RATES,
      invoices: [euros('I1', { total: '1200.00' })],
      payments: [payment('P1', 'I1', '2025-03-10', '600.00')],
      asOf: '2025-03-31',
    };
    // 600 x 1,000 / 1,200 x 1.10
    expect(history(given)).toEqual(['2025-03-10 collected P1: earned 5.50, advanced 5.50']);
    expect(attainmentOf(given, '2025-Q1', 'R1', 'cash')).toContain('cash: 550.00');
  });

  test('R25.1 a rate of 1 changes nothing', () => {
    const given = {
      invoices: [sale('I1', '2025-01-15', '999.99')],
      payments: [payment('P1', 'I1', '2025-02-10', '333.33')],
    };
    const other = {
      ...given,
      fx: [fx('EUR', '2025-01-01', '1')],
      invoices: [sale('I1', '2025-01-15', '999.99', { currency: 'EUR' })],
    };
    expect(history(other)).toEqual(history(given));
  });
});

describe('R15.3 the currency of what happens to an invoice', () => {
  const rows = (currency?: string) => ({
    payments: [{ ...payment('P1', 'I1', '2025-02-10', '100.00'), currency }],
    writeOffs: [{ ...writeOff('W1', 'I1', '2025-02-10', '100.00'), currency }],
    creditMemos: [{ ...creditMemo('CM1', 'I1', '2025-02-10', '100.00'), currency }],
  });

  test.each([undefined, 'EUR'])("R15.3 %s is the invoice's", (currency) => {
    expect(exceptionsOf({ fx: RATES, invoices: [euros('I1')], ...rows(currency) })).toEqual([]);
  });

  test.each([
    'payments',
    'writeOffs',
    'creditMemos',
  ] as const)('R15.3 another one is a fault in %s', (ledger) => {
    const given = { fx: RATES, invoices: [euros('I1')], [ledger]: rows('USD')[ledger] };
    expect(faultsOf(given)).toMatchObject([
      { code: 'cash-currency', found: 'USD', invoice: 'I1', expected: 'EUR', place: { ledger, row: 0 } },
    ]);
    const dollars = { fx: RATES, invoices: [invoice('I1')], [ledger]: rows('EUR')[ledger] };
    expect(faultsOf(dollars)).toMatchObject([{ code: 'cash-currency', found: 'EUR', expected: 'USD' }]);
  });

  test('R15.3 so it is of an invoice that reverses another', () => {
    const reversal = euros('I2', { amount: '-100.00', reverses: 'I1', currency: 'USD' });
    expect(faultCodes({ fx: RATES, invoices: [euros('I1'), reversal] })).toEqual(['cash-currency']);
  });

  describe('cash on account', () => {
    const onAccount = (id: string, currency?: string): Row => ({
      ...payment(id, '', '2025-03-10', '1000.00'),
      customer_id: 'C1',
      currency,
    });
    const given = {
      terms: { applyCash: 'oldest-due-first' },
      fx: RATES,
      invoices: [
        euros('I1', { due_date: '2025-02-01' }),
        invoice('I2', { due_date: '2025-02-10' }),
        euros('I3', { currency: 'GBP', due_date: '2025-01-31' }),
      ],
    };

    test('R15.3 goes to invoices of its currency only', () => {
      expect(history({ ...given, payments: [onAccount('P1', 'EUR')] }, { cause: 'collected' })).toEqual([
        '2025-03-10 collected P1: released 110.00, held -110.00',
      ]);
      expect(exceptionsOf({ ...given, payments: [onAccount('P1', 'CHF')] })).toMatchObject([
        { code: 'unapplied', id: 'P1' },
      ]);
    });

    test("R15.3 without a currency it is in the workspace's", () => {
      expect(history({ ...given, payments: [onAccount('P1')] }, { cause: 'collected' })).toEqual([
        '2025-03-10 collected P1: released 100.00, held -100.00',
      ]);
    });
  });
});

describe('R15.3 control totals', () => {
  const given: Given = {
    plan: AT_ONCE,
    fx: RATES,
    invoices: [
      euros('I1', { total: '1190.00' }),
      sale('I2', '2025-01-20', '500.00'),
      euros('I3', { amount: '70.00', booking_date: '2026-01-15' }),
    ],
    payments: [
      payment('P1', 'I1', '2025-02-10', '400.00'),
      payment('P2', 'I2', '2025-02-10', '500.00'),
      { ...payment('P3', 'I77', '2025-02-10', '9.00'), currency: 'GBP' },
    ],
  };

  test('R15.3 are kept by currency: each fate of each, in the currency of the invoice or of the row itself', () => {
    const { controls } = resultOf(workspace(given));
    const amounts = (ledger: 'invoices' | 'payments') =>
      Array.from(controls.get(ledger)?.byCurrency ?? [], ([currency, { read, used, later, setAside }]) => [
        currency,
        ...[read, used, later, setAside].map(({ rows, amount }) => `${rows}: ${formatUnits(amount, 2, 2)}`),
      ]);
    expect(amounts('invoices')).toEqual([
      ['EUR', '2: 1070.00', '1: 1000.00', '1: 70.00', '0: 0.00'],
      ['USD', '1: 500.00', '1: 500.00', '0: 0.00', '0: 0.00'],
    ]);
    expect(amounts('payments')).toEqual([
      ['EUR', '1: 400.00', '1: 400.00', '0: 0.00', '0: 0.00'],
      ['GBP', '1: 9.00', '0: 0.00', '0: 0.00', '1: 9.00'],
      ['USD', '1: 500.00', '1: 500.00', '0: 0.00', '0: 0.00'],
    ]);
    const eur = controls.get('invoices')?.byCurrency?.get('EUR')?.read.total;
    expect(formatUnits(eur ?? 0n, 2, 2)).toBe('1260.00');
  });

  test('R15.3 no report adds up amounts of two currencies', async () => {
    const result = resultOf(workspace(given));
    const { invoices } = controlRecords(result);
    expect(invoices?.['read']).toEqual({ rows: 3 });
    expect(invoices).toMatchObject({
      byCurrency: { EUR: { read: { rows: 2, amount: '1070.00', total: '1260.00' } } },
    });
    const text = await inStyle({ columns: undefined, isTerminal: false }, {}, (style) =>
      controlsTable(result, { width: 120, style, wide: false }).join('\n'),
    );
    expect(text).toMatch(/EUR +1,070\.00 +1,000\.00 +70\.00/);
    // 1,000.00 EUR + 500.00 USD + 70.00 EUR is no amount of anything.
    expect(text).not.toContain('1,570.00');
  });

  test('R15.3 where all is in the currency of the workspace, there is one total', () => {
    const { controls } = resultOf(workspace({ invoices: [sale('I2', '2025-01-20', '500.00')] }));
    expect(controls.get('invoices')?.byCurrency).toBeUndefined();
  });
});
