/** What a mapping makes of the cells and rows of an export. */
import { describe, expect, test } from 'vitest';
import { patternTest } from '../src/mapping/conditions.js';
import { LedgerMapper } from '../src/mapping/map-ledger.js';
import type { Mapping } from '../src/mapping/mapping.js';
import { PRESET_NAMES, presetOf } from '../src/mapping/presets.js';
import { LEDGER_NAMES } from '../src/problems/place.js';
import { readBySchema } from '../src/problems/schema-issues.js';
import { ledgersSchema, sourceOf, withPresets } from '../src/workspace/schema.js';

describe('patterns of rows that are no records', () => {
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
    const ids = mapper.finish().ledger.rows.map((row) => row['payment_id']);
    expect(ids).toEqual(['2026-02-17 Brandt', '2026-02-17 Brandt #2', '2026-02-17 88 Brandt']);
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
