/** What is stated of an invoice that is open at the opening: exact with splits, overlays, credit memos, managers, items and currencies (R11). */
import { describe, expect, test } from 'vitest';
import {
  at,
  creditMemo,
  faultsOf,
  fx,
  type Given,
  item,
  payment,
  postingRows,
  quarterRows,
  type Row,
  sale,
  split,
  table,
  team,
} from '../support/build.js';

const opening = (rep = 'R1', cells: Row = {}): Row => ({
  rep_id: rep,
  date: '2024-12-31',
  owed: '0.00',
  ...cells,
});
/** 1,000.00 booked and invoiced before 2025. */
const old = (cells: Row = {}): Row => sale('O1', '2024-11-15', '1000.00', cells);
const PAID = [payment('P1', 'O1', '2025-02-10', '1000.00')];
const TABLE = { id: 'ae', level: 3, rate: table('quarter') };

/** What each rep has held at the opening, and what a payment in full releases. */
function heldAndReleased(given: Given): Record<string, readonly (string | undefined)[]> {
  const rows = quarterRows({ payments: PAID, asOf: '2025-03-31', ...given });
  return Object.fromEntries(rows.map((row) => [row['rep_id'], [row['held_opening'], row['payable']]]));
}

describe('R11 the reps of an overlay', () => {
  // R1 sold all of it, and R2 helped with half: together they earn 150.00, in the proportion of 100% and 50%.
  const overlay = {
    plan: TABLE,
    openings: [opening(), opening('R2')],
    invoices: [old({ rep_id: '', commission: '150.00' })],
    splits: [split('O1', 'R1', '100%'), split('O1', 'R2', '50%')],
  };

  test('R11 earn together what is stated, each in proportion to the share', () => {
    expect(heldAndReleased(overlay)).toEqual({ R1: ['100.00', '100.00'], R2: ['50.00', '50.00'] });
  });

  test('R11 shares of less than the whole, too', () => {
    const splits = [split('O1', 'R1', '30%'), split('O1', 'R2', '20%')];
    expect(heldAndReleased({ ...overlay, splits })).toEqual({
      R1: ['90.00', '90.00'],
      R2: ['60.00', '60.00'],
    });
  });

  test('R11 it is of the whole sale: a credit memo before the opening takes its part off', () => {
    // 400.00 of 1,000.00 are credited, so that 60.00 and 30.00 are left, which 600.00 of cash release.
    const given = {
      ...overlay,
      creditMemos: [creditMemo('M1', 'O1', '2024-12-01', '400.00')],
      payments: [payment('P1', 'O1', '2025-02-10', '600.00')],
    };
    expect(heldAndReleased(given)).toEqual({ R1: ['60.00', '60.00'], R2: ['30.00', '30.00'] });
  });

  test('R11 and one after it', () => {
    const given = {
      ...overlay,
      plan: { ...TABLE, level: 0 },
      creditMemos: [creditMemo('M1', 'O1', '2025-02-01', '250.00')],
    };
    const earned = postingRows(given).map((row) => [row['rep_id'], row['earned']]);
    expect(earned).toEqual([
      ['R1', '-25.00'],
      ['R2', '-12.50'],
    ]);
  });
});

describe('R11, R12.3 the managers of the reps', () => {
  const since = { from: '2024-01-01' };
  const teams = [team('R1', 'M', since)];
  const managed = (rate: unknown, cells: Row, more: Given = {}): Given => ({
    plans: [TABLE, { id: 'lead', credit: 'team', level: 3, rate }],
    openings: [opening(), opening('M')],
    teams,
    invoices: [old({ commission: '65.00', ...cells })],
    ...more,
  });

  test('R11 earn their own flat rate, not what the reps earn', () => {
    expect(heldAndReleased(managed('2%', {}))).toEqual({ R1: ['65.00', '65.00'], M: ['20.00', '20.00'] });
  });

  test('R11 or what is stated for them', () => {
    const given = managed(table('quarter'), { team_commission: '12.00' });
    expect(heldAndReleased(given)).toEqual({ R1: ['65.00', '65.00'], M: ['12.00', '12.00'] });
    const flat = managed('2%', { team_commission: '12.00' });
    expect(heldAndReleased(flat)).toEqual({ R1: ['65.00', '65.00'], M: ['12.00', '12.00'] });
  });

  test('R11 which is missed where they are paid by attainment', () => {
    expect(faultsOf(managed(table('quarter'), {}))).toEqual([
      {
        code: 'missing-commission',
        place: at('invoices', 0, 'team_commission'),
        invoice: 'O1',
        plan: 'lead',
        opening: '2024-12-31',
        column: 'team_commission',
      },
    ]);
  });

  test('R11 all managers together, each in proportion to the share of the credit that comes up', () => {
    // M has all of what R1 sold, and D a half of that: 24.00 and 12.00.
    const given = managed(
      table('quarter'),
      { team_commission: '36.00' },
      {
        teams: [team('R1', 'M', since), team('M', 'D', { ...since, share: '50%' })],
        openings: [opening(), opening('M'), opening('D')],
      },
    );
    expect(heldAndReleased(given)).toMatchObject({ M: ['24.00', '24.00'], D: ['12.00', '12.00'] });
  });

  test('R11 nothing is stated of what is booked after the opening', () => {
    const late = {
      openings: [opening()],
      invoices: [sale('I1', '2025-01-15', '1000.00', { team_commission: '1.00' })],
    };
    expect(faultsOf(late)).toEqual([
      {
        code: 'commission-not-opened',
        place: at('invoices', 0, 'team_commission'),
        invoice: 'I1',
        opening: '2024-12-31',
      },
    ]);
  });
});

describe('R11, R13 what an invoice is made up of', () => {
  const items = [
    item('O1', '1', 'hardware', '600.00', { cost: '400.00' }),
    item('O1', '2', 'software', '400.00', { cost: '100.00' }),
  ];

  test('R11 on the profit of items, it is what is stated all the same', () => {
    // The profit of the items is 500.00.
    const plan = { ...TABLE, basis: 'gross-profit' };
    const given = { plan, openings: [opening()], invoices: [old({ commission: '45.00' })], items };
    expect(heldAndReleased(given)).toEqual({ R1: ['45.00', '45.00'] });
  });

  const byCategory = {
    id: 'ae',
    level: 3,
    rate: undefined,
    rates: [{ category: 'hardware', rate: '3%' }, { rate: '5%' }],
  };

  test('R13.1 a flat rate of a category is known', () => {
    const given = { plan: byCategory, openings: [opening()], invoices: [old({ category: 'hardware' })] };
    expect(heldAndReleased(given)).toEqual({ R1: ['30.00', '30.00'] });
  });

  test('R13.3 and those of items', () => {
    // 600.00 × 3% + 400.00 × 5%
    const given = { plan: byCategory, openings: [opening()], invoices: [old()], items };
    expect(heldAndReleased(given)).toEqual({ R1: ['38.00', '38.00'] });
  });
});

test('R11, R15 it is in the currency of the invoice', () => {
  const given = {
    plan: TABLE,
    openings: [opening()],
    fx: [fx('EUR', '2024-01-01', '1.10')],
    invoices: [old({ currency: 'EUR', commission: '65.00' })],
  };
  // 65.00 × 1.10
  expect(heldAndReleased(given)).toEqual({ R1: ['71.50', '71.50'] });
});

test('R4.8, R11 each rep is rounded once: a third of 100.00 is 33.33', () => {
  const given = {
    plan: { ...TABLE, level: 0 },
    openings: [opening()],
    invoices: [
      sale('O1', '2025-01-20', '1000.00', { rep_id: '', booking_date: '2024-12-20', commission: '100.00' }),
    ],
    splits: ['R1', 'R2', 'R3'].map((rep) => split('O1', rep, '50%')),
  };
  expect(postingRows(given).map((row) => [row['rep_id'], row['earned']])).toEqual([
    ['R1', '33.33'],
    ['R2', '33.33'],
    ['R3', '33.33'],
  ]);
});
