/** comp.yaml as text: what its schema says to editors, and how its values are read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { termsTypes } from '../src/reference/terms-types.js';
import { readConfig } from '../src/workspace/config.js';
import { workspaceJsonSchema } from '../src/workspace/schema.js';

describe('the JSON Schema for editors', () => {
  test('is the one that the zod schema makes: npm run schema writes it', () => {
    const file = join(import.meta.dirname, '..', 'schema', 'comp.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(workspaceJsonSchema())));
  });

  test('knows every key, refuses others and asks for what must be there', () => {
    const schema = workspaceJsonSchema() as {
      properties: Record<string, unknown>;
      required: string[];
      additionalProperties: boolean;
    };
    expect(Object.keys(schema.properties).sort()).toEqual([
      'ageing',
      'applyCash',
      'approvals',
      'company',
      'currency',
      'discounts',
      'excessCash',
      'expect',
      'fiscalYearStart',
      'journal',
      'leavers',
      'ledgers',
      'lint',
      'payDay',
      'payPeriod',
      'payWithin',
      'payout',
      'plans',
      'recovery',
      'recoveryLimit',
      'rounding',
      'variance',
    ]);
    expect(schema.required.sort()).toEqual(['currency', 'ledgers', 'plans']);
    expect(schema.additionalProperties).toBe(false);
  });
});

describe('the types for programs', () => {
  test('are those that the schema and the levels make: npm run schema writes them', () => {
    const file = join(import.meta.dirname, '..', 'src', 'plans', 'terms-input.ts');
    // The formatter breaks lines, and begins each member of a union that it breaks with a bar.
    const unformatted = (text: string) => text.replaceAll(/[\s|]+/g, '');
    expect(unformatted(readFileSync(file, 'utf8'))).toBe(unformatted(termsTypes()));
  });
});

describe('comp.yaml as values', () => {
  const read = (text: string) => readConfig('comp.yaml', text).value;

  test('a number is its text unless it is a plain whole one', () => {
    expect(read('a: [5, -3, 0.05, 1e3, 0o17, 007, .5, 12345678901234567890, 5%]')).toEqual({
      a: [5, -3, '0.05', '1e3', '0o17', '007', '.5', '12345678901234567890', '5%'],
    });
  });

  test('true and false are what they are, and nothing else is', () => {
    expect(read('a: [true, false, yes, no, on, ~]')).toEqual({ a: [true, false, 'yes', 'no', 'on', null] });
  });

  test('JSON is YAML, and an alias is what it names', () => {
    expect(read('{"currency": "USD", "plans": [{"rate": 0.1}]}')).toEqual({
      currency: 'USD',
      plans: [{ rate: '0.1' }],
    });
    expect(read('a: &terms {pastDueDays: 90}\nb: *terms\n')).toEqual({
      a: { pastDueDays: 90 },
      b: { pastDueDays: 90 },
    });
  });

  test('a merge key brings the keys of what it names', () => {
    expect(read('a: &base {level: 3}\nb: {<<: *base, id: x}\n')).toEqual({
      a: { level: 3 },
      b: { level: 3, id: 'x' },
    });
  });

  test('what is no workspace is a fault: a list, nothing, an alias of itself, of nothing, of too much', () => {
    const bomb = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    const texts = ['- 1\n', '', 'plans: &a [*a]\n', 'plans: *x\n', `l0: &l0 [1]\n${bomb.join('\n')}\n`];
    for (const text of texts) {
      const { faults } = readConfig('comp.yaml', text);
      expect(faults.map(({ code }) => code)).toEqual(['malformed-yaml']);
    }
  });

  test('a key is found by its path; one that is missing, at the key around it', () => {
    const { find } = readConfig('comp.yaml', 'currency: USD\nplans:\n  - id: ae\n    rate: 5\n');
    expect(find(['plans', 0, 'rate'])).toEqual({ kind: 'file', file: 'comp.yaml', line: 4, column: 5 });
    expect(find(['plans', 0, 'clawback'])).toEqual({ kind: 'file', file: 'comp.yaml', line: 3, column: 5 });
    expect(find(['ledgers'])).toEqual({ kind: 'file', file: 'comp.yaml', line: 1, column: 1 });
    expect(find(['currency', 'code'])).toEqual({ kind: 'file', file: 'comp.yaml', line: 1, column: 1 });
  });
});
