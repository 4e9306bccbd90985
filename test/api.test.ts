/** The public surface: docs/api.txt shows every change of it in review, and no signature names a type that a user cannot name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiReport } from '../scripts/api-report.mjs';
import { isDeep } from './support/depth.js';

/** What a user never looks into: what a calculation keeps of its way, rows that were read in columns, parts of types. */
const OPAQUE = [
  ...['Inputs', 'Layout', 'LedgerTable', 'Lines', 'MinorAmount', 'Parts', 'Replay', 'Setting', 'Targets'],
  ...[
    'CellOf',
    'CellSource',
    'ColumnSpecs',
    'Compared',
    'Constant',
    'Flat',
    'Needed',
    'RowOfColumns',
    'UnusedFacts',
  ],
];

test.runIf(isDeep)('docs/api.txt is what the package exports: npm run api writes it', () => {
  const { text, missing } = apiReport();
  expect(readFileSync(join(import.meta.dirname, '..', 'docs', 'api.txt'), 'utf8')).toBe(text);
  expect(missing.filter((name) => !OPAQUE.includes(name))).toEqual([]);
});
