/** One slip of indentation in comp.yaml is one fault, at the line that slipped. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/workspace/config.js';
import { findSlip } from '../../src/workspace/indentation.js';
import { FIXTURES } from '../support/folder.js';

const GOOD = [
  'currency: USD   # a comment: with a colon',
  'ledgers:',
  '  invoices:',
  '    file: invoices.csv',
  '    columns:',
  '      amount: Net',
  '  payments: payments.csv',
  'plans:',
  '  - id: ae',
  '    level: 3',
  '    rate: 5%',
  '  - id: se',
  '    level: 4',
  '    rate: 2%',
];

function moved(line: number, by: number): string {
  const change = (text: string) => (by > 0 ? ' '.repeat(by) + text : text.slice(-by));
  return GOOD.map((text, at) => (at + 1 === line ? change(text) : text)).join('\n');
}

test('a file without a slip has none', () => {
  expect(findSlip(GOOD.join('\n'))).toBeUndefined();
  expect(findSlip('plans:\n- id: ae\n  level: 3\n- id: se\n  level: 4\ncurrency: USD\n')).toBeUndefined();
  for (const kind of ['scenarios', 'exports']) {
    for (const folder of readdirSync(join(FIXTURES, kind), { withFileTypes: true })) {
      if (!folder.isDirectory()) continue;
      const text = readFileSync(join(FIXTURES, kind, folder.name, 'comp.yaml'), 'utf8');
      expect({ folder: folder.name, slip: findSlip(text) }).toEqual({ folder: folder.name, slip: undefined });
    }
  }
});

describe('a line that slipped', () => {
  test.each([
    [4, 1, undefined],
    [5, -1, 4],
    [5, 1, 4],
    [6, -3, undefined],
    [7, 1, undefined],
    [7, -1, undefined],
    [10, 1, 4],
    [10, -1, 4],
    [10, -2, 4],
    [11, 2, 4],
  ])('line %i by %i is at most one fault of the file', (line, by, expected) => {
    const { faults } = readConfig('comp.yaml', moved(line, by));
    expect(faults.length).toBeLessThanOrEqual(1);
    if (expected === undefined) return;
    expect(faults).toMatchObject([
      {
        code: 'malformed-yaml',
        place: { line },
        detail: expect.stringContaining(`by ${expected} spaces. Indent it like them`),
      },
    ]);
  });

  test('however many lines follow it', () => {
    const text = `currency: USD\nledgers: {a: b}\n   x: y\n${'  ] }\n'.repeat(20_000)}`;
    expect(readConfig('comp.yaml', text).faults).toHaveLength(1);
  });
});
