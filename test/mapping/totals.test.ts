/** Totals in an export: known by their words or by their sums, and never read as sales. */
import { describe, expect, test } from 'vitest';
import { mapRecords } from '../../src/mapping/map-records.js';
import { propose } from '../../src/mapping/proposal/propose.js';

const HEADER = ['Date', 'Invoice No', 'Customer', 'Rep', 'Amount'];
const ROWS = [
  ['2026-01-14', '2041', 'Larkspur', 'Dana', '1,082.50'],
  ['2026-01-20', '2042', 'Brandt', 'Omar', '4,330.00'],
  ['2026-02-10', '2045', 'Northgate', 'Dana', '650.00'],
];

function keysWith(...more: readonly (readonly string[])[]): Record<string, unknown> {
  const { keys } = propose([HEADER, ...ROWS, ...more], { ledger: 'invoices', presets: [], hasSplits: false });
  return Object.fromEntries(
    keys.filter(({ state }) => state === 'set').map(({ key, value }) => [key, value]),
  );
}

describe('a total is proposed as one', () => {
  test.each([
    ['by its word', ['Report total', '', '', '', '6,062.50'], { totalRow: 'Report total' }],
    [
      'by its sum, with a word of another kind',
      ['3 documents', '', '', '', '6,062.50'],
      { totalRow: '* documents' },
    ],
    ['by its sum, after a currency sign', ['', '', '', '', '$6,062.50'], { totalRow: '$*' }],
    ['by its sum alone', ['', '', '', '', '6,062.50'], { where: { 'Invoice No': { empty: false } } }],
    [
      'with a date and a word for its id',
      ['2026-03-31', 'TOTAL', '', '', '6,062.50'],
      { where: { 'Invoice No': { not: ['TOTAL'] } } },
    ],
  ])('%s', (_, total, expected) => {
    const keys = keysWith(total);
    expect(keys).toMatchObject(expected);
    const mapping = {
      columns: {
        invoice_id: 'Invoice No',
        customer_id: 'Customer',
        rep_id: 'Rep',
        invoice_date: 'Date',
        amount: 'Amount',
      },
      ...keys,
    };
    const { ledger, faults } = mapRecords('invoices', [HEADER, ...ROWS, total], mapping);
    expect(faults).toEqual([]);
    expect(ledger.rows).toHaveLength(3);
  });

  test('a sale that happens to be the sum of the others stays a sale', () => {
    expect(keysWith(['2026-02-11', '2046', 'Larkspur', 'Dana', '6,062.50'])).toEqual({
      numberFormat: '1,234.56',
    });
  });

  test('of one sale, the same sale again without an id is no total', () => {
    const { keys } = propose([HEADER, ROWS[0] as string[], ['', '', 'x', 'y', '1,082.50']], {
      ledger: 'invoices',
      presets: [],
      hasSplits: false,
    });
    expect(keys.map(({ key }) => key)).toEqual(['numberFormat', 'skipEmpty']);
  });

  test.each([
    ['without a word', ['', '', '', '', '']],
    ['with a label', ['January', '', '', '', '']],
  ])('totals in the middle of the file, %s, are found by their sums', (_, label) => {
    const [first = [], second = [], third = []] = ROWS;
    const total = (amount: string) => [...label.slice(0, 4), amount];
    // Of two rows, of one, and of all.
    const rows = [
      HEADER,
      first,
      second,
      total('5,412.50'),
      third,
      total('650.00'),
      ['', '', '', '', '6,062.50'],
    ];
    const { keys } = propose(rows, { ledger: 'invoices', presets: [], hasSplits: false });
    const set = Object.fromEntries(
      keys.filter(({ state }) => state === 'set').map(({ key, value }) => [key, value]),
    );
    expect(set).toEqual({ numberFormat: '1,234.56', where: { 'Invoice No': { empty: false } } });
  });

  test('after totals by their words, a sum counts from the last of them', () => {
    const [first = [], second = [], third = []] = ROWS;
    const rows = [
      HEADER,
      first,
      ['Total for Larkspur', '', '', '', '1,082.50'],
      second,
      third,
      ['', '', '', '', '4,980.00'],
    ];
    const { records } = propose(rows, { ledger: 'invoices', presets: [], hasSplits: false });
    expect(records).toBe(3);
  });
});
