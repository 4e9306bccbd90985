/** How a workbook looks, read from the file: formats and alignment of cells, titles, dimensions, and amounts that are too long. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { codedText } from '../../src/workbook/cell.js';
import { calcIn } from '../support/comp.js';
import { copyOf, edit, folderWith } from '../support/folder.js';
import { payAccountWorkspace } from '../support/pay-account.js';
import { type Workbook, workbookAt } from '../support/workbook.js';

/** A cell's format and alignment, as `@ left 1`. */
type LookOf = (sheet: string, cell: string) => string;

interface Made {
  readonly book: Workbook;
  readonly stderr: string;
  /** What the file says of itself. */
  readonly properties: string;
  readonly lookOf: LookOf;
}

async function made(dir: string, asOf = '2025-12-31'): Promise<Made> {
  const { exit, stderr } = await calcIn(dir, asOf, '--xlsx');
  expect(exit, stderr).toBe(0);
  const path = join(dir, 'out', 'close.xlsx');
  const bytes = readFileSync(path);
  const book = await workbookAt(path, bytes);
  const textOf = (name: string) => new TextDecoder().decode(unzipSync(bytes)[name]);
  return {
    book,
    stderr,
    properties: textOf('docProps/core.xml'),
    lookOf: looksIn(book, textOf('xl/styles.xml')),
  };
}

/** Reads the styles of the cells out of the XML of the file. */
function looksIn(book: Workbook, styles: string): LookOf {
  const formats = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  );
  const [, cellXfs = ''] = /<cellXfs[^>]*>([\s\S]*?)<\/cellXfs>/.exec(styles) ?? [];
  const looks = [...cellXfs.matchAll(/<xf ([^>]*?)(?:\/>|>([\s\S]*?)<\/xf>)/g)].map(
    ([, attributes = '', inner = '']) => {
      const id = /numFmtId="(\d+)"/.exec(attributes)?.[1] ?? '';
      // 49 is the format of text that every workbook has.
      const format = id === '49' ? '@' : (formats.get(id) ?? id).replaceAll('&quot;', '"');
      const horizontal = /horizontal="(\w+)"/.exec(inner)?.[1] ?? '';
      const indent = /indent="(\d+)"/.exec(inner)?.[1] ?? '';
      return [format, horizontal, indent].filter((part) => part !== '').join(' ');
    },
  );
  return (sheet, cell) => {
    const style = new RegExp(`<c r="${cell}"[^>]* s="(\\d+)"`).exec(book.xml(sheet))?.[1];
    return looks[Number(style ?? 0)] ?? '';
  };
}

/** The name of the cell of a column, by its heading, in a row from 1. */
function cellUnder(book: Workbook, sheet: string, heading: string, row: number): string {
  const at = (book.rows(sheet)[2] ?? []).indexOf(heading);
  if (at < 0) throw new Error(`${sheet} has no column ${heading}: ${book.rows(sheet)[2]}`);
  return `${String.fromCharCode(65 + at)}${row}`;
}

let level1: Made;
let account: Made;
let long: Made;
let exceptions: Made;

beforeAll(async () => {
  level1 = await made(copyOf('scenarios/level-1'));
  account = await made(payAccountWorkspace(), '2025-06-30');
  const unknown = copyOf('scenarios/level-1');
  edit(unknown, 'payments.csv', (text) => `${text.trimEnd()}\nPAY-9,INV-77,2025-03-03,120.00\n`);
  exceptions = await made(unknown);
  long = await made(
    folderWith({
      'comp.yaml': 'currency: USD\nledgers: {invoices: i.csv}\nplans:\n  - {id: p, level: 3, rate: 10%}\n',
      'i.csv':
        'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,C1,R1,2025-01-10,123456789012345678.90\nI2,C1,R1,2025-01-10,10.00\n',
    }),
  );
});

const MONEY = '#,##0.00;-#,##0.00;"–" right';

describe('cells and their headings', () => {
  test.each([
    ['Postings', 'date', 'yyyy-mm-dd left', 'left'],
    ['Postings', 'rep', '@', 'left'],
    ['Postings', 'level', '0', 'right'],
    ['Postings', 'earned', MONEY, 'right'],
    ['Clawbacks', 'days past due', '0', 'right'],
    ['Clawbacks', 'rate', '@ right', 'right'],
    ['Checks', 'check', '@', 'left'],
    ['Checks', 'rule', '@', 'left'],
    ['Checks', 'ours', MONEY, 'right'],
    ['Checks', "the sheet's formula", MONEY, 'right'],
    ['Checks', 'difference', MONEY, 'right'],
    ['Checks', 'OK', '@ left 1', '@ left 1'],
    ['Control totals', 'ledger', '@', 'left'],
    ['Control totals', 'difference', '#,##0;-#,##0;"–"', 'right'],
  ])('%s, %s', (sheet, heading, look, above) => {
    const { book, lookOf } = level1;
    expect(lookOf(sheet, cellUnder(book, sheet, heading, 4))).toBe(look);
    expect(lookOf(sheet, cellUnder(book, sheet, heading, 3)).replace(/^0 /, '')).toBe(above);
  });

  test('to fill in are text', async () => {
    const { book, lookOf } = exceptions;
    expect(book.rows('Exceptions')).toHaveLength(4);
    expect(lookOf('Exceptions', cellUnder(book, 'Exceptions', 'resolved by', 4))).toBe('@');
  });
});

describe('each sheet', () => {
  test('says at its top what it shows, and the first sheet lists it', () => {
    for (const { book } of [level1, account]) {
      const listed = new Map(book.rows('Read me').map(([name, text]) => [name, text]));
      for (const sheet of book.names.slice(1)) {
        expect(`${book.cell(sheet, 'A1')}`.length, sheet).toBeGreaterThan(20);
        expect(`${listed.get(sheet)}`.length, sheet).toBeGreaterThan(20);
        expect(book.cell(sheet, 'A3'), sheet).not.toBeNull();
      }
    }
    expect(level1.book.cell('Clawbacks', 'A1')).toBe(
      'Every clawback, and how much of it has been reinstated since, in USD.',
    );
  });

  test('is as large as its cells', () => {
    for (const { book } of [level1, account]) {
      for (const sheet of book.names.slice(1)) {
        const cells = [...book.xml(sheet).matchAll(/<c r="([A-Z]+)(\d+)"/g)];
        const last = Math.max(...cells.map(([, , row]) => Number(row)), 4);
        const [, size] = /<dimension ref="A1:[A-Z]+(\d+)"/.exec(book.xml(sheet)) ?? [];
        expect(Math.max(Number(size), 4), sheet).toBe(last);
      }
    }
  });
});

test('every check names its rule, and balances theirs', () => {
  for (const { book } of [level1, account]) {
    const rows = book.rows('Checks');
    expect(rows.slice(0, 2).map(([text]) => `${text}`)).toEqual([
      'Our own totals, and what the formulas of this workbook come to.',
      expect.stringMatching(/^(\d+) of \1 checks agree$/),
    ]);
    const rules = rows.slice(3).map(([name, rule]) => [`${name}`, `${rule}`] as const);
    for (const [name, rule] of rules) expect(rule, name).toMatch(/^R\d+(\.\d+)?$/);
    const balances = rules.filter(([name]) => name.endsWith('at the end'));
    expect(balances.length).toBeGreaterThan(1);
    expect(new Set(balances.map(([, rule]) => rule))).toEqual(new Set(['R8.1']));
  }
});

test('the first sheet has its facts row by row, each group after a blank row', () => {
  const rows = level1.book.rows('Read me').map(([first]) => first);
  expect(rows.slice(2, 10)).toEqual([
    null,
    ...['state', 'as of', 'pay period', 'currency', 'made by'],
    null,
    'plan',
  ]);
  const at = rows.indexOf('color');
  expect(rows.slice(at - 1)).toEqual([null, 'color', 'heading', 'to fill in']);
});

test('a control total beyond 15 digits is in no formula; the others are', () => {
  const { book } = long;
  const rows = book.rows('Control totals').map(([name]) => name);
  const formulas = [...book.formulas('Control totals').keys()].map((cell) => Number(/\d+/.exec(cell)?.[0]));
  expect(formulas).toContain(rows.indexOf('invoices, rows') + 1);
  expect(formulas).not.toContain(rows.indexOf('invoices, amount') + 1);
});

test('the notice counts each amount that is text, once', () => {
  const { book } = long;
  // Checks repeat what other sheets have.
  const sheets = book.names.filter((name) => name !== 'Checks');
  const texts = sheets
    .flatMap((name) => book.rows(name).flat())
    .filter((cell) => /^\d{15,}\.\d\d$/.test(`${cell}`));
  expect(texts.every((cell) => typeof cell === 'string')).toBe(true);
  expect(texts).toHaveLength(22);
  expect(book.cell('Read me', 'A3')).toMatch(/^22 amounts have more than the 15 digits/);
});

test('without such amounts there is no notice', () => {
  expect(level1.stderr).not.toContain('amounts have more than');
  expect(level1.book.cell('Read me', 'A3')).toBeNull();
});

test('the file names the close, and as of when', () => {
  expect(level1.properties).toContain('<dc:title>Commission close as of 2025-12-31</dc:title>');
});

test('text is cut where a cell ends', () => {
  // A cell of a spreadsheet has 32,767 characters.
  expect(codedText('x'.repeat(32_767))).toBe('x'.repeat(32_767));
  expect(codedText('x'.repeat(32_768))).toBe(`${'x'.repeat(32_766)}…`);
});
