/** Ledgers that are only paths are read as the whole schema reads them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEDGER_NAMES } from '../src/ledger-specs/ledgers.js';
import { findPathSources } from '../src/workspace/paths.js';
import { readLedgers } from '../src/workspace/schema.js';
import { forAll } from './support/property.js';

const path = fc.constantFrom('a.csv', ' b.csv ', 'c/d.csv');
const said = fc.oneof(
  { weight: 12, arbitrary: path },
  { weight: 3, arbitrary: fc.array(path, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('', ' ', [], [''], [5], 5, true, null, undefined, {}) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({ file: 'a.csv' }, { preset: 'xero', file: 'a.csv' }) },
);
const ledgers = fc
  .tuple(said, fc.dictionary(fc.constantFrom(...LEDGER_NAMES, 'invoice'), said, { maxKeys: 4 }))
  .map(([invoices, others]) => ({ invoices, ...others }));

describe('ledgers that are only paths', () => {
  test('are the sources that the whole schema makes of them, without a fault', () => {
    forAll(
      ledgers,
      (written, meet) => {
        const sources = findPathSources(written);
        const whole = readLedgers(written);
        meet(whole.faults.length > 0 ? 'at fault' : 'sound');
        if (sources === undefined) return;
        meet('paths');
        expect(whole).toEqual({ sources, presets: new Map(), faults: [] });
      },
      { paths: 0.3, 'at fault': 0.1 },
    );
  });

  test('and nothing else is', () => {
    expect(findPathSources({})).toBeUndefined();
    expect(findPathSources({ invoices: 'a.csv', invoice: 'b.csv' })).toBeUndefined();
    expect(findPathSources({ invoices: { file: 'a.csv' } })).toBeUndefined();
  });
});
