/** What Excel and its users do to cells and rows: guarded ids, serial dates, surplus cells, mixed line ends. */
import { describe, expect, test } from 'vitest';
import { findDay } from '../../src/day.js';
import type { Rows } from '../../src/engine/r2-ledgers/ledger.js';
import { findDayAs } from '../../src/formats/date-format.js';
import { findNumberFormat, findPlainAs } from '../../src/formats/number-format.js';
import type { PaymentRow } from '../../src/ledger-specs/payments.js';
import { readRecords } from '../../src/ledgers/read.js';
import { mapRecords } from '../../src/mapping/map-records.js';
import { dateFormatsOf } from '../../src/mapping/proposal/dates.js';
import { numberFormatOf } from '../../src/mapping/proposal/numbers.js';
import { wordingOf } from '../../src/problems/wording.js';

function read(text: string, delimiter = ',') {
  const records: { readonly cells: readonly string[]; readonly line: number }[] = [];
  const cells: (readonly string[])[] = [];
  const { faults, lineOf } = readRecords('x.csv', Buffer.from(text), delimiter, (record) =>
    cells.push(record),
  );
  for (const [at, record] of cells.entries()) records.push({ cells: record, line: lineOf(at) });
  return { cells, lines: records.map(({ line }) => line), faults };
}

describe('cells that Excel guards', () => {
  test.each([
    ['id,name,amount\n="00123",="0007","1.00"\n', ['00123', '0007', '1.00']],
    ['id,name,amount\n"=""00123""","=""0007""",1.00\n', ['00123', '0007', '1.00']],
    ['id,name,amount\r\n="1,5",="a""b",="2.00"', ['1,5', 'a"b', '2.00']],
    ['id,name,amount\nx,"says ,=""y"" here",1\n', ['x', 'says ,="y" here', '1']],
    ['id,name,amount\nx,"\n=""q"" ",1\n', ['x', '\n="q" ', '1']],
    ['id,name,amount\n="",=,="x"\n', ['', '=', 'x']],
  ])('%j', (text, expected) => {
    const { cells, faults } = read(text);
    expect(faults).toEqual([]);
    expect(cells[1]).toEqual(expected);
  });

  test('of any delimiter', () => {
    expect(read('a;b\n="01";="2;3"\n', ';').cells[1]).toEqual(['01', '2;3']);
  });

  test('a guard that is not closed is a fault of its line', () => {
    const { faults } = read('a,b\n="01",x\n="02"3,y\n');
    expect(faults).toMatchObject([{ code: 'malformed-csv', place: { line: 3 } }]);
  });
});

describe('line numbers', () => {
  test.each([
    ['a,b\rc,d\n\ne,f\r\ng,"h"\n', [1, 2, 4, 5]],
    ['a,b\r\r\nc,d\r\ne,f\n', [1, 3, 4]],
    ['a,"b\r\nb"\r\n\r\nc,d\re,f', [1, 4, 5]],
    ['a,"b\rb"\nc,d\n', [1, 3]],
    ['a,"b"\r\nc,d\r', [1, 2]],
  ])('where line ends are mixed: %j', (text, expected) => {
    expect(read(text).lines).toEqual(expected);
  });

  test.each([
    ['a,b\r\n\r\n"c\r\nd",e\r\nx,"f"x\n', 5],
    ['a,b\r\n"c\r\nd","e\r\nf"\r\n\rx,"f"x\n', 6],
    ['a,b\nx,"f"x\n', 2],
  ])('of a row that cannot be read: %j', (text, line) => {
    expect(read(text).faults[0]).toMatchObject({ place: { line } });
  });
});

describe('rows of another length than the header', () => {
  const HEADER = ['payment_id', 'invoice_id', 'payment_date', 'amount'];
  const ROW = ['P1', 'I1', '2025-01-05', '1.00'];

  test('surplus empty cells at the end carry nothing, with and without a mapping', () => {
    const records = [HEADER, [...ROW, '', ' '], ROW, ['P2', 'I1', '2025-01-06', '2.00', '']];
    for (const mapping of [{}, { nullValues: ['-'] }]) {
      const { ledger, faults } = mapRecords('payments', records, mapping);
      expect(faults).toEqual([]);
      expect(ledger.rows).toHaveLength(3);
    }
  });

  test('cells that are missing below columns without a name are none', () => {
    const { faults } = mapRecords('payments', [[...HEADER, '', ''], ROW]);
    expect(faults).toEqual([]);
  });

  test('a surplus cell with something in it, and a missing cell, are faults with what to do', () => {
    const { faults } = mapRecords('payments', [HEADER, [...ROW, '', '5'], ROW.slice(0, 3)]);
    expect(faults).toMatchObject([
      { code: 'wrong-cell-count', found: 6 },
      { code: 'wrong-cell-count', found: 3 },
    ]);
    expect(faults.map((fault) => wordingOf(fault, { nameOf: () => '' }).text)).toEqual([
      'The header has 4 columns. Does a cell contain a comma and need quotes, such as "1,234.56"?',
      'The header has 4 columns. Is a delimiter missing, or is the row cut off?',
    ]);
  });
});

function datesIn(rows: Rows<PaymentRow>): unknown[] {
  const dates: unknown[] = [];
  rows.forEach(({ payment_date }) => {
    dates.push(payment_date);
  });
  return dates;
}

describe('dates as Excel counts the days', () => {
  test.each([
    ['45678', '2025-01-21'],
    ['45680.5', '2025-01-23'],
    ['45680.999', '2025-01-23'],
    ['25569', '1970-01-01'],
  ])('%s is %s', (text, day) => {
    expect(findDayAs(text, 'excel')).toBe(findDay(day));
  });

  test.each(['4567', '1737417600', '20250121', '45678,5', '-45678', ' 45678'])('%j is none', (text) => {
    expect(findDayAs(text, 'excel')).toBeUndefined();
  });

  test('are read beside another format, and proposed where they are found', () => {
    const records = [
      ['payment_id', 'invoice_id', 'payment_date', 'amount'],
      ['P1', 'I1', '45678', '1.00'],
      ['P2', 'I1', '1/21/2025', '1.00'],
    ];
    const { ledger, faults } = mapRecords('payments', records, { dateFormat: ['M/D/YYYY', 'excel'] });
    expect(faults).toEqual([]);
    expect(datesIn(ledger.rows)).toEqual(['2025-01-21', '2025-01-21']);
    expect(dateFormatsOf(['45678', '45680.5'])).toMatchObject({ kind: 'found', formats: ['excel'] });
    expect(dateFormatsOf(['1/21/2025', '1/22/2025', '45678'])).toMatchObject({
      formats: ['M/D/YYYY', 'excel'],
    });
  });

  test('the message names the key, or what else the number may be', () => {
    const textOf = (found: string, expected: string) =>
      wordingOf(
        { code: 'malformed-date', place: { kind: 'run' }, column: 'd', found, expected },
        { nameOf: () => '' },
      ).text;
    expect(textOf('45678', 'M/D/YYYY')).toContain('21 January 2025');
    expect(textOf('45678', 'M/D/YYYY')).toContain('set dateFormat: [M/D/YYYY, excel]');
    expect(textOf('45678', 'YYYY-MM-DD')).toContain('set dateFormat: excel.');
    expect(textOf('1737417600', 'M/D/YYYY')).toContain('seconds since 1970, on 21 January 2025');
  });
});

test('a date format in the letters of another program gets ours', () => {
  for (const [found, meant] of [
    ['mm/dd/yyyy', 'MM/DD/YYYY'],
    ['dd.MM.yyyy', 'DD.MM.YYYY'],
    ['d mmm yyyy', 'D MMM YYYY'],
    ['Excel', 'excel'],
  ] as const) {
    const { faults } = mapRecords('payments', [], { dateFormat: found });
    const [fault] = faults;
    expect(fault?.code).toBe('wrong-value');
    if (fault === undefined) continue;
    expect(wordingOf(fault, { nameOf: () => '' }).text).toMatch(new RegExp(`Did you mean ${meant}\\?$`));
  }
});

test.each([
  ['\u2212500.00', '-500.00'],
  ['$ \u22121,500.00', '-1500.00'],
  ['\u20131,500.00', '-1500.00'],
  ['500.00\u2212', '-500.00'],
  ['\u2013', '0'],
])('%j is the amount %s', (text, plain) => {
  expect(findPlainAs(text, findNumberFormat('1,234.56'))).toBe(plain);
  expect(numberFormatOf([text, '1,000.00'], undefined)).toMatchObject({ kind: 'found', format: '1,234.56' });
});
