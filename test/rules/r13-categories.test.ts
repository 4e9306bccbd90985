/** The rules of categories: what is sold with an invoice, and the rate of each (R13). */
import { describe, expect, test } from 'vitest';
import {
  attainmentOf,
  creditMemo,
  earned,
  exceptionsOf,
  faultCodes,
  faultsOf,
  type Given,
  history,
  invoice,
  item,
  quota,
  sale,
  split,
  table,
} from '../support/build.js';

/** A plan with a rate for each category that pays at once. */
const byCategory = (...rates: readonly object[]) => ({ level: 0, rate: undefined, rates });

const HARDWARE = { category: 'hardware', rate: '3%' };
const SOFTWARE = { category: 'software', rate: '8%' };
const REST = { rate: '5%' };

describe('R13.1 what is sold', () => {
  const plan = byCategory(HARDWARE, SOFTWARE, REST);

  test('R13.1 an invoice may name its category', () => {
    const invoices = [invoice('I1', { category: 'hardware' }), invoice('I2', { category: 'software' })];
    expect(earned({ plan, invoices })).toEqual({ I1: '30.00', I2: '80.00' });
  });

  test('R13.1 or list its items', () => {
    const items = [item('I1', '1', 'hardware', '400.00'), item('I1', '2', 'software', '600.00')];
    expect(earned({ plan, invoices: [invoice('I1')], items })).toEqual({ I1: '60.00' });
  });

  test('R13.1 items have their own category, whatever the invoice names', () => {
    const items = [item('I1', '1', 'hardware', '400.00'), item('I1', '2', '', '600.00')];
    expect(earned({ plan, invoices: [invoice('I1', { category: 'software' })], items })).toEqual({
      I1: '42.00',
    });
  });

  test('R13.1 an item is known by its invoice and its id', () => {
    const items = [item('I1', '1', 'hardware', '1000.00'), item('I2', '1', 'software', '1000.00')];
    const invoices = [invoice('I1'), invoice('I2')];
    expect(earned({ plan, invoices, items })).toEqual({ I1: '30.00', I2: '80.00' });
    expect(faultCodes({ plan, invoices, items: [...items, item('I2', '1', '', '0')] })).toEqual([
      'duplicate-key',
    ]);
  });

  test('R13.1 the items add up to the amount exactly', () => {
    const items = [item('I1', '1', 'hardware', '400.0001'), item('I1', '2', 'software', '600.00')];
    expect(faultsOf({ plan, invoices: [invoice('I1')], items })).toMatchObject([
      { code: 'items-differ', invoice: 'I1', what: 'amount', items: '1,000.0001', of: '1,000.00' },
    ]);
    const exact = invoice('I1', { amount: '1000.0001' });
    expect(exceptionsOf({ plan, invoices: [exact], items })).toEqual([]);
  });

  test('R13.1 items below 0 come off', () => {
    const items = [item('I1', '1', 'hardware', '1200.00'), item('I1', '2', 'discount', '-200.00')];
    // 1,200 x 3% - 200 x 5%
    expect(earned({ plan, invoices: [invoice('I1')], items })).toEqual({ I1: '26.00' });
  });

  test('R13.1 an invoice without items is one item', () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      quotas: [quota('2025-Q1', '600.00')],
      invoices: [invoice('I1')],
      items: [],
    };
    // 600 x 5% + 400 x 8%
    expect(earned(given)).toEqual({ I1: '62.00' });
  });

  test('R13.1 items of an invoice that is not there are set aside', () => {
    const items = [item('I1', '1', 'hardware', '1000.00'), item('I9', '1', 'hardware', '1.00')];
    expect(exceptionsOf({ plan, invoices: [invoice('I1')], items })).toMatchObject([
      { code: 'unknown-invoice', ledger: 'items', row: 1 },
    ]);
  });

  describe('costs', () => {
    const profit = { ...byCategory(HARDWARE, REST), basis: 'gross-profit' };
    const items = (...costs: (string | undefined)[]) => [
      item('I1', '1', 'hardware', '600.00', { cost: costs[0] }),
      item('I1', '2', 'software', '400.00', { cost: costs[1] }),
    ];

    test('R13.1 of the items stand for the cost of the invoice', () => {
      // 200 x 3% + 300 x 5%
      const given = { plan: profit, invoices: [invoice('I1')], items: items('400.00', '100.00') };
      expect(earned(given)).toEqual({ I1: '21.00' });
    });

    test('R13.1 or add up to it', () => {
      const at = (cost: string): Given => ({
        plan: profit,
        invoices: [invoice('I1', { cost })],
        items: items('400.00', '100.00'),
      });
      expect(earned(at('500.00'))).toEqual({ I1: '21.00' });
      expect(faultsOf(at('499.99'))).toMatchObject([
        { code: 'items-differ', invoice: 'I1', what: 'cost', items: '500.00', of: '499.99' },
      ]);
    });

    test('R13.1 are given for all items of an invoice, or for none', () => {
      const given = { plan: profit, invoices: [invoice('I1')], items: items('400.00', undefined) };
      expect(faultCodes(given)).toContain('items-without-cost');
      expect(faultCodes({ ...given, items: items() })).toEqual(['missing-cost']);
    });
  });
});

describe('R13.2 rates', () => {
  const invoices = ['hardware', 'software', 'services', ''].map((category, at) =>
    invoice(`I${at + 1}`, { category }),
  );

  test('R13.2 an entry rates a category or several, and one without takes what is left', () => {
    const plan = byCategory({ category: ['software', 'hardware'], rate: '3%' }, REST);
    expect(earned({ plan, invoices })).toEqual({ I1: '30.00', I2: '30.00', I3: '50.00', I4: '50.00' });
  });

  test('R13.2 the entry without a category stands last', () => {
    expect(faultsOf({ plan: byCategory(REST, HARDWARE), invoices })).toMatchObject([
      { code: 'category-needed' },
    ]);
  });

  test('R13.2 a category in two entries is a fault', () => {
    const plan = byCategory(HARDWARE, { category: ['software', 'hardware'], rate: '4%' }, REST);
    expect(faultCodes({ plan, invoices })).toEqual(['duplicate-category']);
  });

  test('R13.2 a category that no entry names is a fault', () => {
    expect(faultsOf({ plan: byCategory(HARDWARE, SOFTWARE), invoices: invoices.slice(0, 3) })).toMatchObject([
      { code: 'unrated-category', category: 'services', invoice: 'I3', plan: 'ae' },
    ]);
    expect(faultsOf({ plan: byCategory(HARDWARE), invoices: [invoice('I4')] })).toMatchObject([
      { code: 'unrated-category', category: '', invoice: 'I4' },
    ]);
  });

  test('R13.2 so is that of an item, but not of a sale after the as-of date', () => {
    const plan = byCategory(HARDWARE);
    const items = [item('I1', '1', 'hardware', '400.00'), item('I1', '2', 'software', '600.00')];
    expect(faultsOf({ plan, invoices: [invoice('I1')], items })).toMatchObject([
      { code: 'unrated-category', category: 'software', place: { ledger: 'items', row: 1 } },
    ]);
    const later = [
      invoice('I1', { category: 'hardware' }),
      sale('I2', '2026-01-01', '1.00', { category: 'x' }),
    ];
    expect(earned({ plan, invoices: later })).toEqual({ I1: '30.00' });
  });

  test('R13.2 rate and rates in one plan are one too many', () => {
    expect(faultCodes({ plan: { ...byCategory(HARDWARE, REST), rate: '5%' }, invoices })).toEqual([
      'unused-key',
    ]);
  });

  test('R13.2 countsForQuota: false asks for a flat rate', () => {
    const services = {
      category: 'services',
      rate: { attainment: 'quarter', table: [{ fromAmount: 0, rate: '2%' }] },
    };
    const plan = byCategory({ ...services, countsForQuota: false }, REST);
    expect(faultsOf({ plan, invoices })).toMatchObject([
      { code: 'wrong-value', place: { path: ['plans', 0, 'rates', 0, 'rate'] }, found: 'a table' },
    ]);
    expect(earned({ plan: byCategory(services, REST), invoices })).toMatchObject({ I3: '20.00' });
  });

  test('R13.2 what does not count for quota earns its rate and moves nothing', () => {
    const services = { category: 'services', rate: '2%', countsForQuota: false };
    const given = {
      plan: byCategory(services, { rate: table('quarter') }),
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [
        sale('I1', '2025-01-10', '700.00'),
        sale('I2', '2025-01-15', '900.00', { category: 'services' }),
        sale('I3', '2025-01-20', '500.00'),
      ],
    };
    // I1 700 x 5%. I2 900 x 2%. I3 from 700: 300 x 5% + 200 x 8%.
    expect(earned(given)).toEqual({ I1: '35.00', I2: '18.00', I3: '31.00' });
    expect(attainmentOf(given, '2025-Q1')).toBe('ae: 1200.00 of 1000.00, quarter 1200.00 ÷ 1000.00 = 1.2000');
  });

  test('R13.2 each entry has a table, a window and tiers of its own', () => {
    const plan = byCategory(
      { category: 'hardware', rate: table('quarter') },
      { category: 'software', rate: { ...table('year-to-date'), tiers: 'marginal' } },
      REST,
    );
    const given = {
      plan,
      quotas: [quota('2025-Q1', '1000.00'), quota('2025-Q2', '500.00')],
      invoices: [
        sale('I1', '2025-01-10', '1200.00', { category: 'hardware' }),
        sale('I2', '2025-04-10', '400.00', { category: 'hardware' }),
        sale('I3', '2025-04-20', '400.00', { category: 'software' }),
      ],
    };
    // I1: 1,000 x 5% + 200 x 8%. I2: 400 of the quarter's 500, at 5%.
    // I3: the year stands at 1,600 of 1,500: 400 x 8%.
    expect(earned(given)).toEqual({ I1: '66.00', I2: '20.00', I3: '32.00' });
  });
});

describe('R13.3 the items of a booking', () => {
  const quotas = [quota('2025-Q1', '1000.00')];

  test('R13.3 are taken in order of item id, by code unit', () => {
    const plan = byCategory(
      { category: 'software', rate: table('quarter') },
      { category: 'hardware', rate: '0%' },
    );
    const items = [item('I1', '9', 'software', '600.00'), item('I1', '10', 'hardware', '900.00')];
    // 10 comes before 9: software runs from 900 to 1,500: 100 x 5% + 500 x 8%.
    const given = { plan, quotas, invoices: [invoice('I1', { amount: '1500.00' })], items };
    expect(earned(given)).toEqual({ I1: '45.00' });
    const before = [item('I1', '09', 'software', '600.00'), item('I1', '10', 'hardware', '900.00')];
    // The other way round it runs from 0 to 600.
    expect(earned({ ...given, items: before })).toEqual({ I1: '30.00' });
  });

  test('R13.3 each is priced from where the accumulator is then', () => {
    const plan = byCategory({ category: 'hardware', rate: '3%' }, { rate: table('quarter') });
    const items = [
      item('I1', '1', 'hardware', '800.00'),
      item('I1', '2', 'software', '600.00'),
      item('I1', '3', 'discount', '-500.00'),
      item('I1', '4', 'support', '300.00'),
    ];
    // 800 x 3%. 600 from 800: 200 x 5% + 400 x 8%. -500 from 1,400: -400 x 8% - 100 x 5%. 300 from 900: 100 x 5% + 200 x 8%.
    // 24 + 42 - 37 + 21
    const given = { plan, quotas, invoices: [invoice('I1', { amount: '1200.00' })], items };
    expect(earned(given)).toEqual({ I1: '50.00' });
  });

  test('R13.3 of a share each counts with the share', () => {
    const plan = byCategory({ category: 'hardware', rate: '3%' }, { rate: table('quarter') });
    const items = [item('I1', '1', 'hardware', '1600.00'), item('I1', '2', 'software', '1200.00')];
    const given = {
      plan,
      quotas: [...quotas, quota('2025-Q1', '1000.00', 'R2')],
      invoices: [invoice('I1', { amount: '2800.00' })],
      items,
      splits: [split('I1', 'R1', '50%'), split('I1', 'R2', '25%')],
    };
    // R1: 800 x 3%; 600 from 800: 200 x 5% + 400 x 8%. R2: 400 x 3%; 300 from 400 at 5%.
    expect(earned(given, 'rep_id')).toEqual({ R1: '66.00', R2: '27.00' });
  });

  test('R13.3 under a rate as under rates', () => {
    // Revenue moves the accumulator, and profit is paid.
    const plan = { level: 0, rate: table('quarter'), basis: 'gross-profit', quotaOn: 'revenue' };
    const items = [
      item('I1', '1', '', '1000.00', { cost: '100.00' }),
      item('I1', '2', '', '1000.00', { cost: '900.00' }),
    ];
    const given = { plan, quotas, invoices: [invoice('I1', { amount: '2000.00' })], items };
    // 900 x 5% + 100 x 8%; as one item it would be 1,000 ÷ 2,000 of each: 500 x 5% + 500 x 8% = 65.00.
    expect(earned(given)).toEqual({ I1: '53.00' });
  });

  test('R13.3 an item sold below cost has no profit, and takes none from the others', () => {
    const plan = { level: 0, rate: '10%', basis: 'gross-profit' };
    const items = [
      item('I1', '1', '', '600.00', { cost: '200.00' }),
      item('I1', '2', '', '400.00', { cost: '500.00' }),
    ];
    // 400 x 10%, not 300 x 10%
    expect(earned({ plan, invoices: [invoice('I1')], items })).toEqual({ I1: '40.00' });
  });

  test('R13.3 a credit item with more cost back than revenue has none either', () => {
    const plan = { level: 0, rate: '10%', basis: 'gross-profit' };
    const items = [
      item('I1', '1', '', '1400.00', { cost: '1000.00' }),
      // -400 - -300 is -100, of the sign of the amount; -400 - -500 is 100, and not.
      item('I1', '2', '', '-400.00', { cost: '-300.00' }),
      item('I1', '3', '', '-400.00', { cost: '-500.00' }),
    ];
    // 400 - 100
    expect(earned({ plan, invoices: [invoice('I1', { amount: '600.00' })], items })).toEqual({ I1: '30.00' });
  });

  test('R13.3 the commission of the line is rounded once', () => {
    const items = ['1', '2', '3'].map((id) => item('I1', id, '', '0.10'));
    // 3 x 0.005 is 0.015; each by itself would be 0.01.
    const given = { plan: byCategory({ rate: '5%' }), invoices: [invoice('I1', { amount: '0.30' })], items };
    expect(earned(given)).toEqual({ I1: '0.02' });
  });

  test('R13.3 a retroactive entry re-rates its items only', () => {
    const plan = byCategory(
      { category: 'hardware', rate: '3%' },
      { category: 'software', rate: table('quarter', 'retroactive') },
    );
    const given = {
      plan,
      quotas,
      invoices: [
        sale('I1', '2025-01-10', '500.00'),
        sale('I2', '2025-02-10', '700.00', { category: 'hardware' }),
      ],
      items: [item('I1', '1', 'hardware', '300.00'), item('I1', '2', 'software', '200.00')],
    };
    // I1: 300 x 3% + 200 x 5%. The quarter at 1,200: 200 x 8%.
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 19.00, advanced 19.00',
      '2025-02-10 re-rated I2: earned 6.00, advanced 6.00',
      '2025-02-10 invoiced I2: earned 21.00, advanced 21.00',
    ]);
  });

  test('R13.3 two retroactive entries with windows of their own re-rate one line by turns', () => {
    const plan = byCategory(
      { category: 'hardware', rate: table('quarter', 'retroactive') },
      { category: 'software', rate: table('year', 'retroactive') },
    );
    const given = {
      plan,
      quotas: [quota('2025-Q1', '1000.00'), quota('2025-Q2', '500.00')],
      invoices: [
        invoice('I1', { invoice_date: '2025-01-10' }),
        sale('I2', '2025-02-10', '200.00', { category: 'hardware' }),
        sale('I3', '2025-03-10', '300.00', { category: 'hardware' }),
      ],
      items: [item('I1', '1', 'hardware', '400.00'), item('I1', '2', 'software', '600.00')],
    };
    // 1,000: hardware at 8% (the quarter is made), software at 5% (1,000 of the year's 1,500): 32 + 30.
    // 1,500 on 10 March makes the year too: software at 8%: 18.00 more.
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 62.00, advanced 62.00',
      '2025-02-10 invoiced I2: earned 16.00, advanced 16.00',
      '2025-03-10 re-rated I3: earned 18.00, advanced 18.00',
      '2025-03-10 invoiced I3: earned 24.00, advanced 24.00',
    ]);
  });

  test('R13.3 a credit memo lowers all items in proportion, and what counted of them', () => {
    const services = { category: 'services', rate: '2%', countsForQuota: false };
    const given = {
      plan: byCategory(services, { rate: table('quarter') }),
      quotas,
      invoices: [sale('I1', '2025-01-10', '1000.00'), sale('I2', '2025-02-10', '1000.00')],
      items: [item('I1', '1', 'services', '400.00'), item('I1', '2', 'software', '600.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-01-20', '500.00')],
    };
    // I1: 400 x 2% + 600 x 5% = 38.00, half of it back. Of the quota, half of 600: I2 from 300 to 1,300.
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 38.00, advanced 38.00',
      '2025-01-20 credited CM1: earned -19.00, advanced -19.00',
      '2025-02-10 invoiced I2: earned 59.00, advanced 59.00',
    ]);
  });

  test('R13.3 the window shown is that of the first entry with a table', () => {
    const plan = byCategory(
      { category: 'hardware', rate: '3%' },
      { category: 'software', rate: table('year-to-date') },
      { rate: table('quarter') },
    );
    const given = {
      plan,
      quotas: [quota('2025-Q1', '1000.00'), quota('2025-Q2', '1000.00')],
      invoices: [sale('I1', '2025-01-10', '500.00'), sale('I2', '2025-04-10', '700.00')],
      asOf: '2025-06-30',
    };
    expect(attainmentOf(given, '2025-Q2')).toBe(
      'ae: 700.00 of 1000.00, year-to-date 1200.00 ÷ 2000.00 = 0.6000',
    );
    const flat = { ...given, plan: byCategory(HARDWARE, REST) };
    expect(attainmentOf(flat, '2025-Q2')).toBe('ae: 700.00 of 1000.00, quarter 700.00 ÷ 1000.00 = 0.7000');
  });

  test('R13.3 what does not count is not in the bookings shown', () => {
    const given = {
      plan: byCategory({ category: 'services', rate: '2%', countsForQuota: false }, REST),
      invoices: [invoice('I1', { category: 'services' }), invoice('I2')],
      asOf: '2025-03-31',
    };
    expect(attainmentOf(given, '2025-Q1')).toBe('ae: 1000.00 of , quarter 1000.00 ÷  = ');
  });
});
