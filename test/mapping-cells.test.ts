/** What a mapping makes of the cells and rows of an export. */
import { describe, expect, test } from 'vitest';
import { LEDGER_NAMES, type LedgerName } from '../src/ledger-specs/ledgers.js';
import { patternTest } from '../src/mapping/conditions.js';
import { LedgerMapper } from '../src/mapping/map-ledger.js';
import type { Mapping } from '../src/mapping/mapping.js';
import { PRESET_NAMES, presetOf } from '../src/mapping/presets.js';
import { readBySchema } from '../src/problems/schema-issues.js';
import { wordingOf } from '../src/problems/wording.js';
import { ledgersSchema, sourceOf, withPresets } from '../src/workspace/schema.js';

describe('patterns of rows that are not records', () => {
  test.each([
    ['Total *', 'Total for Larkspur', true],
    ['Total *', 'Totals', false],
    ['* GMT*', 'Tuesday, March 3, 2026 08:12 AM GMT-05:00', true],
    ['\\*', '*', true],
    ['\\*', '100045', false],
    ['\\*\\*', '**', true],
    ['\\**', '** total', true],
    ['--*', '------', true],
  ])('R8.4 %s on "%s"', (pattern, cell, expected) => {
    expect(patternTest(pattern)(cell)).toBe(expected);
  });
});

const NO_SOURCE = { join: false, numbered: false, plus: [], minus: [] };

describe('ids that are made of other columns', () => {
  test('leave out what is empty, and number what is equal', () => {
    const mapping: Mapping = {
      columns: {
        payment_id: { ...NO_SOURCE, from: ['Date', 'Num', 'Name'], join: true, numbered: true },
        customer_id: { ...NO_SOURCE, from: ['Name'] },
        payment_date: { ...NO_SOURCE, from: ['Date'] },
        amount: { ...NO_SOURCE, from: ['Amount'] },
      },
    };
    const mapper = new LedgerMapper('payments', mapping);
    mapper.open('payments.csv');
    for (const row of [
      ['Date', 'Num', 'Name', 'Amount'],
      ['2026-02-17', '', 'Brandt', '10.00'],
      ['2026-02-17', '', 'Brandt', '10.00'],
      ['2026-02-17', '88', 'Brandt', '10.00'],
    ]) {
      mapper.take(row);
    }
    mapper.close();
    const ids: (string | undefined)[] = [];
    mapper.finish().ledger.rows.forEach((row) => void ids.push(row['payment_id']));
    expect(ids).toEqual(['2026-02-17 Brandt', '2026-02-17 Brandt #2', '2026-02-17 88 Brandt']);
  });

  test('are numbered in a single column too, whether rows are read again or not', () => {
    const rows = [
      ['invoice_id', 'Ref', 'payment_date', 'amount'],
      ['I1', 'P', '2026-02-17', '10.00'],
      ['I2', 'P', '2026-02-18', '10.00'],
    ];
    const replay = (take: (record: readonly string[]) => void) => rows.forEach(take);
    for (const context of [{}, { replay }]) {
      const payment_id = { ...NO_SOURCE, from: ['Ref'], numbered: true };
      const mapper = new LedgerMapper('payments', { columns: { payment_id } }, context);
      mapper.open('payments.csv');
      for (const row of rows) mapper.take(row);
      mapper.close();
      const ids: (string | undefined)[] = [];
      mapper.finish().ledger.rows.forEach((row) => void ids.push(row['payment_id']));
      expect(ids).toEqual(['P', 'P #2']);
    }
  });

  test('R10.4 stay as they are when a later row has the same', () => {
    const payment_id = { ...NO_SOURCE, from: ['name', 'amount'], join: true, numbered: true };
    const mapper = new LedgerMapper('payments', { columns: { payment_id } });
    mapper.open('payments.csv');
    const header = ['name', 'invoice_id', 'payment_date', 'amount'];
    for (const row of [
      header,
      ['Brandt', 'I2', '2026-02-17', '10.00'],
      ['Brandt', 'I1', '2026-03-17', '10.00'],
    ])
      mapper.take(row);
    mapper.close();
    const ids: (string | undefined)[] = [];
    mapper.finish().ledger.rows.forEach((row) => void ids.push(row['payment_id']));
    expect(ids).toEqual(['Brandt 10.00', 'Brandt 10.00 #2']);
  });
});

function mapped(ledger: 'invoices', mapping: Mapping, rows: readonly (readonly string[])[]) {
  const mapper = new LedgerMapper(ledger, mapping);
  mapper.open('export.csv');
  for (const row of rows) mapper.take(row);
  mapper.close();
  return mapper.finish();
}

const HEADER = ['invoice_id', 'customer_id', 'rep_id', 'invoice_date', 'amount'];

describe("the report's own total", () => {
  test('is reported once where amount and total are the same cell', () => {
    const mapping: Mapping = { totalRow: 'TOTAL', columns: { total: { ...NO_SOURCE, from: ['amount'] } } };
    const { faults } = mapped('invoices', mapping, [
      HEADER,
      ['I1', 'C1', 'ann', '2026-01-10', '10.00'],
      ['TOTAL', '', '', '', '12.00'],
    ]);
    expect(faults).toMatchObject([{ code: 'total-differs', column: 'amount', difference: '-2.00' }]);
  });
});

describe('lines of one document', () => {
  test('that differ are faults, and only amounts can be added up', () => {
    const { faults } = mapped('invoices', { lines: {} }, [
      HEADER,
      ['I1', 'C1', 'ann', '2026-01-10', '10.00'],
      ['I1', 'C1', 'ben', '2026-01-10', '12.00'],
    ]);
    const texts = faults.map((fault) => wordingOf(fault, { nameOf: () => 'line 2' }).text);
    expect(texts).toEqual([
      'I1 has "ann" on line 2. Lines of one document must have the same value here. Set lines: {rep_id: first} to take the first.',
      'I1 has "10.00" on line 2. Lines of one document must have the same value here. Set lines: {amount: sum} to add them up, or first to take the first.',
    ]);
  });

  test('only amounts may be summed', () => {
    const written = { invoices: { file: 'i.csv', lines: { amount: 'sum', rep_id: 'sum' } } };
    const { faults } = readBySchema(ledgersSchema, written, ['ledgers']);
    expect(faults).toMatchObject([
      { code: 'wrong-value', found: 'sum', place: { path: ['ledgers', 'invoices', 'lines', 'rep_id'] } },
    ]);
  });
});

describe('several files', () => {
  const overlap = (ledger: 'invoices' | 'payments', mapping: Mapping, header: string[], row: string[]) => {
    const mapper = new LedgerMapper(ledger, mapping);
    for (const file of ['2026-01.csv', '2026-02.csv']) {
      mapper.open(file);
      for (const record of [header, row, row]) mapper.take(record);
      mapper.close();
    }
    return mapper.finish().faults;
  };

  test('R9.1 a document that is summed up may not be in two', () => {
    const row = ['I1', 'C1', 'ann', '2026-01-10', '10.00'];
    const faults = overlap('invoices', { lines: { amount: 'sum' } }, HEADER, row);
    expect(faults).toMatchObject([
      { code: 'duplicate-key', key: 'I1', first: { row: 0 }, place: { row: 0, record: 4 } },
    ]);
  });

  test('R9.1 nor can a row with an id made of other columns', () => {
    const payment_id = { ...NO_SOURCE, from: ['customer_id', 'amount'], join: true, numbered: true };
    const header = ['customer_id', 'payment_date', 'amount'];
    const faults = overlap(
      'payments',
      { columns: { payment_id, customer_id: { ...NO_SOURCE, from: ['customer_id'] } } },
      header,
      ['C1', '2026-01-10', '10.00'],
    );
    expect(faults).toMatchObject([
      { code: 'duplicate-key', key: 'C1 10.00', first: { row: 0 }, place: { row: 2 } },
    ]);
  });
});

describe('names that a header has twice', () => {
  test('R9.1 are faults wherever a mapping asks for them', () => {
    const header = [...HEADER, 'Type', 'Type', 'tax', 'tax'];
    const { faults } = mapped(
      'invoices',
      {
        columns: { amount: { ...NO_SOURCE, from: ['amount'], minus: ['tax'] } },
        where: { Type: { in: ['Invoice'], optional: false } },
        sign: { by: 'Type', flip: [], positive: ['Invoice'], negative: [], keep: [] },
      },
      [header, ['I1', 'C1', 'ann', '2026-01-10', '10.00', 'Invoice', 'x', '1.00', '2.00']],
    );
    expect(faults).toMatchObject([
      { code: 'duplicate-column', column: 'tax' },
      { code: 'duplicate-column', column: 'Type' },
    ]);
  });
});

describe('names that are alike', () => {
  test('R9.1 are faults where a mapping means none of them as it is written', () => {
    const header = ['invoice_id', 'customer_id', 'rep_id', 'invoice_date', 'Net Amount', 'NetAmount'];
    const faultsOf = (name: string) =>
      mapped('invoices', { columns: { amount: { ...NO_SOURCE, from: [name] } } }, [
        header,
        ['I1', 'C1', 'ann', '2026-01-10', '10.00', '7.00'],
      ]).faults;
    expect(faultsOf('net amount')).toMatchObject([{ code: 'duplicate-column', column: 'Net Amount' }]);
    expect(faultsOf('NetAmount')).toEqual([]);
  });
});

describe('values', () => {
  test('may be numbers, and yes or no', () => {
    const written = {
      invoices: { file: 'i.csv', where: { Dept: [1, 2], Captured: true }, values: { rep_id: { 1: 7 } } },
    };
    const { value, faults } = readBySchema(ledgersSchema, written, ['ledgers']);
    expect(faults).toEqual([]);
    expect(value?.invoices).toMatchObject({
      where: { Dept: { in: ['1', '2'] }, Captured: { in: ['true'] } },
      values: { rep_id: { 1: '7' } },
    });
  });
});

describe('keys without effect', () => {
  test.each<[string, LedgerName, object, string[]]>([
    [
      'plus of an id',
      'payments',
      { columns: { customer_id: { from: 'a', plus: 'b' } } },
      ['columns', 'customer_id', 'plus'],
    ],
    [
      'minus of a date',
      'payments',
      { columns: { payment_date: { from: 'a', minus: 'b' } } },
      ['columns', 'payment_date', 'minus'],
    ],
    [
      'after a join',
      'payments',
      { columns: { payment_id: { join: ['a'], after: '#' } } },
      ['columns', 'payment_id', 'after'],
    ],
    [
      'before a join',
      'payments',
      { columns: { payment_id: { join: ['a'], before: '#' } } },
      ['columns', 'payment_id', 'before'],
    ],
    [
      'numbered lines',
      'payments',
      { columns: { payment_id: { join: ['a'], numbered: true } }, lines: {} },
      ['columns', 'payment_id', 'numbered'],
    ],
    ['values of an amount', 'payments', { values: { amount: { none: 0 } } }, ['values', 'amount']],
    [
      'values of a constant',
      'payments',
      { values: { payment_id: { a: 'b' } }, constants: { payment_id: 'a' } },
      ['values', 'payment_id'],
    ],
    [
      'a column of a constant',
      'payments',
      { columns: { payment_id: 'a' }, constants: { payment_id: 'a' } },
      ['columns', 'payment_id'],
    ],
    ['skipEmpty of splits', 'splits', { skipEmpty: true }, ['skipEmpty']],
  ])('are faults: %s', (_, ledger, mapping, path) => {
    const written = { invoices: 'i.csv', [ledger]: { file: 'x.csv', ...mapping } };
    const { faults } = readBySchema(ledgersSchema, written, ['ledgers']);
    expect(faults).toMatchObject([{ code: 'unused-key', place: { path: ['ledgers', ledger, ...path] } }]);
  });

  test('a preset gives way to a constant, and its constant to a column', () => {
    const own = { preset: 'xero', file: 'x.csv', constants: { currency: 'EUR' } };
    const merged = withPresets({ invoices: own })['invoices'] as Mapping;
    expect(merged.columns).not.toHaveProperty('currency');
    expect(merged.columns).toHaveProperty('invoice_id');
    expect(readBySchema(ledgersSchema, { invoices: merged }, ['ledgers']).faults).toEqual([]);
  });
});

describe('presets', () => {
  const layouts = PRESET_NAMES.flatMap((name) =>
    LEDGER_NAMES.filter((ledger) => presetOf(ledger, name) !== undefined).map(
      (ledger) => [name, ledger] as const,
    ),
  );

  test.each(
    layouts,
  )('%s of %s says only what comp.yaml may say, and nothing that differs by region', (name, ledger) => {
    const written = { invoices: 'i.csv', [ledger]: { preset: name, file: 'export.csv' } };
    const { value, faults } = readBySchema(ledgersSchema, withPresets(written), ['ledgers']);
    expect(faults).toEqual([]);
    const own = value?.[ledger];
    if (own === undefined) throw new Error('expected a ledger');
    const { mapping } = sourceOf(own);
    const { knownBy } = presetOf(ledger, name)?.layouts[ledger] ?? { knownBy: [] };
    expect(new Set(knownBy).size).toBe(knownBy.length);
    expect(mapping.timezone).toBeUndefined();
    if (!name.startsWith('stripe')) expect(mapping.dateFormat).toBeUndefined();
  });
});
