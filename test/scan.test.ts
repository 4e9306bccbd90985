/** The fast CSV reader and writer against the libraries that they replace. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guarded } from '../src/ledgers/formulas.js';
import { readRecords } from '../src/ledgers/read.js';
import { findPlainText } from '../src/ledgers/scan.js';
import { csvOf } from '../src/ledgers/write.js';
import { forAll, type Meet } from './support/property.js';

/** Text with much of what CSV can stumble over. */
const csvText = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('a', 'bc', '1.5', 'é', '€', '𝄞', ' ', '\t') },
      { weight: 4, arbitrary: fc.constantFrom(',', ';') },
      { weight: 3, arbitrary: fc.constantFrom('\n', '\r\n', '\n\n') },
      { weight: 1, arbitrary: fc.constantFrom('\r', '"', '""', '\0', '\ufeff', '\u2028', '\u00a0') },
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

function read(text: string, delimiter: string) {
  const records: string[][] = [];
  const { faults, lineOf } = readRecords('x.csv', Buffer.from(text), delimiter, (record) =>
    records.push([...record]),
  );
  return { records, faults, lines: records.map((_, index) => lineOf(index)) };
}

describe('records of plain text', () => {
  test('are those of csv-parse, on the same lines', () => {
    const texts = fc.tuple(csvText, fc.constantFrom(',', ';', '\t'));
    const check = ([text, delimiter]: [string, ',' | ';' | '\t'], meet: Meet) => {
      if (findPlainText(Buffer.from(text), 1000) === undefined) return;
      meet('plain');
      const { records, faults, lines } = read(text, delimiter);
      const expected = parse(text, {
        delimiter,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        skip_empty_lines: true,
      }) as string[][];
      expect(faults).toEqual([]);
      expect(records).toEqual(expected.filter((record) => record.length > 1 || record[0]?.trim() !== ''));
      // Every line of the text that is not blank, by counting.
      const filled = text.split(/\r?\n/).flatMap((line, index) => {
        const isBlank = line.trim() === '' && !line.includes(delimiter);
        return isBlank ? [] : [index + 1];
      });
      expect(lines).toEqual(filled);
    };
    forAll(texts, check, { plain: 0.25 });
  });

  test.each<[string, string]>([
    ['a quote', 'a,b\n"1",2\n'],
    ['a lone CR', 'a,b\r1,2\n'],
    ['a line that no ledger has', `a,b\n${'x'.repeat(2000)}\n`],
  ])('%s is for csv-parse', (_, text) => {
    expect(findPlainText(Buffer.from(text), 1000)).toBeUndefined();
  });

  test('text is decoded in pieces that end with a line', () => {
    const row = `${'é'.repeat(500)},1\n`;
    const text = row.repeat(Math.ceil((40 * 1024 * 1024) / Buffer.byteLength(row)));
    let count = 0;
    readRecords('x.csv', Buffer.from(text), ',', ([first, second]) => {
      if (first?.length === 500 && second === '1') count += 1;
    });
    expect(count).toBe(text.length / row.length);
  });
});

describe('lines of results', () => {
  test('are those of csv-stringify', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        '=1',
        '-5.00',
        '-x',
        '"',
        'a"b',
        'a,b',
        'a\nb',
        'a\rb',
        ' a ',
        'é',
        '+',
        '@',
        '\t',
        "'",
      ),
      fc.string({ maxLength: 6 }),
    );
    const number = fc.constantFrom('', '0.00', '-5.00', '1234.56', '0.8500');
    forAll(fc.array(fc.tuple(cell, cell, number), { maxLength: 30 }), (rows) => {
      const columns = [
        { name: 'a', kind: 'text' },
        { name: 'b', kind: 'text' },
        { name: 'c', kind: 'amount' },
      ] as const;
      const table = { file: 'x.csv', columns, rows };
      const expected = [['a', 'b', 'c'], ...rows.map(([a, b, c]) => [guarded(a), guarded(b), c])];
      expect([...csvOf(table)].join('')).toBe(stringify(expected));
    });
  });
});
