/** Spoils files as accidents and attackers do: bytes that change, go missing or repeat, and texts that mean harm. */

import fc from 'fast-check';
import { anyText } from './any-text.js';

/** One change of one file; places are shares of the file's length, so that a change fits any file. */
export interface Mutation {
  readonly file: number;
  readonly kind: 'insert' | 'replace' | 'delete' | 'repeat' | 'cell' | 'copy' | 'cut' | 'swap';
  readonly at: number;
  readonly length: number;
  readonly text: Uint8Array;
}

/** Texts that programs have stumbled over. */
const NASTY = [
  '"',
  '""',
  '"a""b',
  "'",
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r',
  '\r\n',
  '\0',
  '\u0001',
  '\u001b[31m',
  '\ufeff',
  '\u00a0',
  '\u2028',
  '-',
  '--',
  '-.',
  '.',
  '.5',
  '5.',
  '+5',
  '1e3',
  '1e999',
  'Infinity',
  'NaN',
  '0x1f',
  '-0',
  '00',
  '٣',
  '1,000.00',
  '1.000,00',
  '(5)',
  '$5',
  '5%',
  '99999999999999999999999999999999999999.99',
  `0.${'3'.repeat(60)}`,
  '9'.repeat(400),
  '__proto__',
  'constructor',
  'toString',
  'prototype',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '@SUM(1)',
  '../../x',
  '/etc/passwd',
  'C:\\x',
  '~',
  'null',
  'NULL',
  'true',
  'yes',
  '2025-02-30',
  '2025-13-01',
  '0000-00-00',
  '9999-12-31',
  '1900-01-01',
  '2199-12-31',
  '2025-1-1',
  '02/03/2025',
  'soon',
  '2025-Q5',
  '2025-Q1',
  '2025-Q99999999999',
  '&a [*a, *a]',
  '*a',
  '<<: *a',
  '!!binary x',
  '!!js/function x',
  '? x',
  '{',
  '}',
  '[',
  ']',
  ': ',
  '- ',
  '# ',
  '|',
  '>',
  '%YAML 9.9',
  '---',
  '...',
  'hold: 5',
  'level: 9',
  'level: -1',
  'level: []',
  'rate: {}',
  'rate: -5%',
  'rate: 1000000%',
  'table: []',
  'from: 0%',
  'fromAmount: 1',
  'pastDueDays: 1e9',
  'pastDueDays: 99999999999',
  'pastDueDays: 0',
  'recoveryLimit: 0%',
  'currency: XXX',
  'currency: JPY',
  'applyCash: oldest-due-first',
  'applyCash: 1',
  'expect: {invoices: {rows: 1}}',
  'fiscalYearStart: 13',
  'payPeriod: month',
  'dateFormat: DD/MM/YY',
  'dateFormat: [D/M/YYYY, M/D/YYYY]',
  'numberFormat: "1.234,56"',
  'header: [a]',
  'where: {amount: {empty: true}}',
  'lines: {amount: sum}',
  'encoding: utf-16le',
  'delimiter: ";"',
  'skipEmpty: true',
  'snapshot: true',
  'preset: xero',
  'cents: true',
  'sign: flip',
  'file: [a, b]',
  'file: /dev/null',
  'file: .',
  'query: select 1',
];

const LONE_SURROGATE = Uint8Array.from([0xed, 0xa0, 0x80]);

const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NASTY).map((one) => Buffer.from(one)) },
  { weight: 1, arbitrary: fc.constant(LONE_SURROGATE) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 8 }) },
  { weight: 1, arbitrary: anyText(12).map((one) => Buffer.from(one)) },
);

const share = fc.double({ min: 0, max: 1, noNaN: true });

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  file: fc.nat(99),
  kind: fc.constantFrom(
    'insert',
    'replace',
    'delete',
    'repeat',
    'cell',
    'cell',
    'cell',
    'copy',
    'copy',
    'copy',
    'copy',
    'cut',
    'swap',
  ),
  at: share,
  length: fc.oneof(fc.nat(4), fc.nat(200)),
  text,
});

/** The bytes of a file after a change. */
export function mutated(bytes: Uint8Array, { kind, at, length, text: inserted }: Mutation): Uint8Array {
  const from = Math.floor(at * bytes.length);
  const to = Math.min(bytes.length, from + length);
  const [before, middle, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
  switch (kind) {
    case 'insert':
      return Buffer.concat([before, inserted, middle, after]);
    case 'replace':
      return Buffer.concat([before, inserted, after]);
    case 'delete':
      return Buffer.concat([before, after]);
    case 'repeat':
      return Buffer.concat([before, middle, middle, after]);
    case 'cut':
      return before;
    case 'swap':
      return Buffer.concat([before, after, middle]);
    case 'cell':
      return cellReplaced(bytes, from, inserted);
    case 'copy': {
      // What another cell says is often well-formed here, and wrong.
      const [otherFrom, otherTo] = cellAt(bytes, (from * 31 + length) % Math.max(1, bytes.length));
      return cellReplaced(bytes, from, bytes.subarray(otherFrom, otherTo));
    }
  }
}

/** What stands between two signs of a CSV or YAML file, replaced. */
function cellReplaced(bytes: Uint8Array, near: number, inserted: Uint8Array): Uint8Array {
  const [from, to] = cellAt(bytes, near);
  return Buffer.concat([bytes.subarray(0, from), inserted, bytes.subarray(to)]);
}

function cellAt(bytes: Uint8Array, near: number): [number, number] {
  const isSign = (byte: number | undefined) =>
    byte === undefined || [10, 13, 44, 58, 59, 123, 125].includes(byte);
  let [from, to] = [near, near];
  while (from > 0 && !isSign(bytes[from - 1])) from -= 1;
  while (to < bytes.length && !isSign(bytes[to])) to += 1;
  return [from, to];
}
