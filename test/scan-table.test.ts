/** Files that are read straight into columns, against the plain way through records and cells. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDay } from '../src/day.js';
import type { Ledger } from '../src/engine/r2-ledgers/ledger.js';
import { type LedgerTable, NO_DAY } from '../src/engine/r2-ledgers/ledger-table.js';
import { LEDGER_COLUMNS } from '../src/ledger-specs/columns.js';
import { LEDGER_NAMES, type LedgerName } from '../src/ledger-specs/ledgers.js';
import { LONGEST_RECORD, readRecords } from '../src/ledgers/read.js';
import { type RowFormat, scanTable, type TableColumn } from '../src/ledgers/scan-table.js';
import { decimalsOf, findPlain, unitsOf } from '../src/money.js';
import { loadWorkspace, type Workspace } from '../src/workspace/load.js';
import { isDeep } from './support/depth.js';
import { FIXTURES, folderWith } from './support/folder.js';
import { forAll } from './support/property.js';

/** Two columns are made of the cell of the date, and no column of the last cell. */
const COLUMNS: readonly TableColumn[] = [
  { name: 'invoice_id', kind: 'id', at: 0 },
  { name: 'amount', kind: 'amount', at: 3 },
  { name: 'cost', kind: 'amount', at: 4 },
  { name: 'customer_id', kind: 'share', at: 1 },
  { name: 'invoice_date', kind: 'date', at: 2 },
  { name: 'quarter', kind: 'quarter', at: 2 },
];
const CELLS = 6;
const HEADER = 'the line of the header\n';

type Cell = string | number;
type Row = Readonly<Record<string, Cell>>;

/** What a file comes to: its scale, and rows of texts, days and amounts. */
interface Content {
  readonly scale: number;
  readonly rows: readonly Row[];
}

function scan(text: string, delimiter = ',', columns = COLUMNS): Content | undefined {
  const bytes = Buffer.from(HEADER + text);
  const format: RowFormat = { delimiter, cells: CELLS, columns };
  const table = scanTable(bytes, HEADER.length, format);
  return table && contentOf(table);
}

function contentOf({ length, scale, texts, days, amounts }: LedgerTable): Content {
  for (const column of [...Object.values(texts), ...Object.values(days), ...Object.values(amounts)]) {
    expect(column.length).toBe(length);
  }
  const rows = Array.from({ length }, (_, row): Row => {
    const columns = [...Object.entries(texts), ...Object.entries(days), ...Object.entries(amounts)];
    return Object.fromEntries(columns.map(([name, column]) => [name, column.at(row) as Cell]));
  });
  return { scale, rows };
}

/** The same, read row by row; undefined where a row has a fault, or is not a record. */
function plain(text: string, delimiter = ',', columns = COLUMNS): Content | undefined {
  const records: (readonly string[])[] = [];
  const { faults } = readRecords('x.csv', Buffer.from(text), delimiter, (record) => records.push(record));
  const isWhole = records.every(
    (record) => record.length === CELLS && record.some((cell) => cell.trim() !== ''),
  );
  if (faults.length > 0 || !isWhole) return undefined;
  return plainRows(
    records.map((record) => Object.fromEntries(columns.map(({ name, at }) => [name, record[at] as string]))),
    columns,
  );
}

/** Cells of text, read as in R2.1; undefined where one cannot be read. */
function plainRows(
  rows: readonly Readonly<Record<string, string>>[],
  columns: readonly Pick<TableColumn, 'name' | 'kind'>[],
): Content | undefined {
  const amounts = columns.filter(({ kind }) => kind === 'amount').map(({ name }) => name);
  const scale = Math.max(
    0,
    ...rows.flatMap((row) => amounts.map((name) => decimalsOf((row[name] as string).trim()))),
  );
  const read = (cell: string, kind: TableColumn['kind']): Cell | undefined => {
    if (kind === 'date') return cell === '' ? NO_DAY : findDay(cell);
    if (kind !== 'amount') return cell;
    const found = findPlain(cell);
    if (found === undefined) return cell === '' ? Number.NaN : undefined;
    return Number(unitsOf(found, scale));
  };
  const content = rows.map((row) =>
    Object.fromEntries(columns.map(({ name, kind }) => [name, read((row[name] as string).trim(), kind)])),
  );
  const isRead = content.every((row) => Object.values(row).every((cell) => cell !== undefined));
  return isRead ? { scale, rows: content as readonly Row[] } : undefined;
}

const delimiters = fc.constantFrom(',', ';', '|', '\t');

/** Mostly one of the first, and now and then one of the others. */
function mostly(often: readonly string[], seldom: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 100, arbitrary: fc.constantFrom(...often) },
    { weight: 1, arbitrary: fc.constantFrom(...seldom) },
  );
}

const ODD_CELLS = ['"', '""', 'a"b', '"a""b"', '"a" ', ' "a"', '"a\nb"', '"a\rb"', '\u00a0', '\u{1d11e}'];

const ODD_TEXTS = [
  ...['\u00a0x', 'x\u3000', '\ufeffx', 'x\u2029', '\u000bx', 'x\f', '\u2028', 'x\u1680', 'x\u{1d11e}y'],
];
const ODD_DATES = [
  ...['2025-02-30', '2025-2-3', '2025-13-01', '2025-00-10', '2025-01-00', '1899-12-31', '2200-01-01'],
  ...[
    '2025-02-29',
    '2025/01/01',
    '2025x01-01',
    '2025-01x01',
    '2025-01-011',
    '20250101',
    '2025-01-0',
    '-',
    '2025-01-01x',
    '2O25-01-01',
  ],
  ...['\t2025-01-01', '2025-01-01\u00a0', '2025-01-01 00:00', '202:-01-01', '0000-01-01'],
];
const ODD_AMOUNTS = [
  ...[
    '1.',
    '+1',
    '1e3',
    '-',
    '.',
    '--1',
    '1.2.3',
    '1,5',
    '0x1f',
    '1 2',
    '- 1',
    'Infinity',
    '1.5\u00a0',
    '1-',
  ],
  ...['9007199254740993', '12345678901234.5678', '0.123456789', '1.00000000000000001', '1:', '-.', '1/2'],
  ...['\t1', '1\t', '9'.repeat(400), `0.${'0'.repeat(40)}1`],
];

const id = mostly(
  ['A-1', 'B 2', ' C ', 'Ärger', 'José', '€', '', '"D"', '"E, F; G|H"', '\t', '\u0001', '株式会社'],
  [...ODD_CELLS, ...ODD_TEXTS],
);
const date = mostly(
  ['2025-02-28', ' 2024-02-29', '1900-01-01 ', '2199-12-31', '"2025-06-30"', '', '  '],
  [...ODD_CELLS, ...ODD_DATES],
);
const amount = mostly(
  ['1', '12.34', '-0.01', '-0', '.5', '-.50', '007', ' 8.0 ', '"9.99"', '', '1.234567', '99999999999'],
  [...ODD_CELLS, ...ODD_AMOUNTS],
);
const other = mostly(['', 'x', '"y, z"', '𝄞', 'é'], [...ODD_CELLS, ' "']);
const ending = mostly(
  ['\n', '\n', '\r\n', '\n\n', '\n \t\n', '\r\n  \r\n'],
  ['\r', '\r\r\n', '\n\u00a0\n', '\n,\n'],
);

/** Rows as files have them, now and then with something odd. */
const ordinary = fc
  .tuple(
    delimiters,
    fc.array(fc.tuple(fc.tuple(id, id, date, amount, amount, other), ending), { maxLength: 8 }),
    mostly([''], ['a,b', ',', '"', ',,,,,', '\u00a0', '1,2,3,4,5,6,7']),
    fc.boolean(),
  )
  .map(([delimiter, rows, rest, isEnded]) => {
    const text = rows.map(([cells, end]) => cells.join(delimiter) + end).join('') + rest;
    return { delimiter, text: isEnded ? text : text.trimEnd() };
  });

/** Text with much of what CSV can stumble over. */
const noise = fc
  .tuple(
    delimiters,
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom('1', 'a', '2025-01-01', '1.5', 'é', ' ', '\t', '') },
        { weight: 6, arbitrary: fc.constantFrom(',', ';', '|', ',a,2025-01-01,1,2,') },
        { weight: 2, arbitrary: fc.constantFrom('\n', '\r\n', '"', '\r', '\u00a0', '𝄞') },
      ),
      { maxLength: 40 },
    ),
  )
  .map(([delimiter, parts]) => ({ delimiter, text: parts.join('') }));

describe('a table', () => {
  test('is what the plain way makes of the rows, or none', () => {
    forAll(
      fc.oneof({ weight: 4, arbitrary: ordinary }, { weight: 1, arbitrary: noise }),
      ({ delimiter, text }, meet) => {
        const table = scan(text, delimiter);
        const rows = plain(text, delimiter);
        if (rows === undefined) meet('a fault');
        if (table === undefined) {
          meet('none');
          return;
        }
        expect(table).toEqual(rows);
        if (table.rows.length > 0) meet('a table');
        if (table.rows.length > 0 && text.includes('"')) meet('a table with quotes');
      },
      { 'a table': 0.2, 'a table with quotes': 0.1, none: 0.2, 'a fault': 0.2 },
    );
  });

  test('is made of every file in which nothing is odd', () => {
    const cell = fc.constantFrom('A-1', ' é ', '', '"Smith, Inc"', 'Zoë', '"a;b|c"', '１');
    const money = fc.tuple(
      fc.constantFrom('', '-'),
      fc.integer({ min: 0, max: 9_999_999 }),
      fc.constantFrom('', '.5', '.00', '.125', '.12345678'),
    );
    const figure = fc.oneof(
      fc.constant(''),
      money.map((parts) => parts.join('')),
    );
    const day = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const end = fc.constantFrom('\n', '\r\n', '\n\n', '\n \t \n');
    const row = fc.tuple(cell, day, figure, figure, cell).map((cells) => ['ID', ...cells].join(','));
    const file = fc.tuple(fc.array(fc.tuple(row, end).map(([line, break_]) => line + break_)), fc.boolean());
    forAll(
      file,
      ([lines, isEnded], meet) => {
        const text = isEnded ? lines.join('') : lines.join('').trimEnd();
        const table = scan(text);
        expect(table).toBeDefined();
        expect(table).toEqual(plain(text));
        if (lines.length > 0) meet('rows');
      },
      { rows: 0.5 },
    );
  });

  test('has the days, the amounts and the texts of the cells', () => {
    const rows = ['A-1, Smith ,2025-01-31,12.5,-0,x', 'A-2,"Smith, Inc",,,.125,"y"'].join('\r\n');
    expect(scan(rows)).toEqual({
      scale: 3,
      rows: [
        {
          invoice_id: 'A-1',
          customer_id: 'Smith',
          invoice_date: 20_119,
          quarter: '2025-01-31',
          amount: 12_500,
          cost: 0,
        },
        {
          invoice_id: 'A-2',
          customer_id: 'Smith, Inc',
          invoice_date: NO_DAY,
          quarter: '',
          amount: Number.NaN,
          cost: 125,
        },
      ],
    });
  });

  test('has the scale of the most decimals, wherever they are', () => {
    const row = (...cells: string[]) => ['A', 'B', '2025-01-31', ...cells, ''].join(',');
    const scaleOf = (...rows: string[]) => scan(rows.join('\n'))?.scale;
    expect(scaleOf()).toBe(0);
    expect(scaleOf(row('1', '2'), row('3', ''))).toBe(0);
    expect(scaleOf(row('1', '2'), row('3.50', ''))).toBe(2);
    expect(scaleOf(row('1.123', '2'), row('3.5', '1.00000001'))).toBe(8);
    // What is whole at the largest scale must be exact at it.
    expect(scaleOf(row('123456789012345', '2'))).toBe(0);
    expect(scaleOf(row('123456789012345', '2'), row('0.25', ''))).toBeUndefined();
    expect(scaleOf(row('0.25', ''), row('123456789012345', '2'))).toBeUndefined();
    expect(scaleOf(row('123456789012345', '0.25'))).toBeUndefined();
  });

  test('grows where the first rows of a file are the longest', () => {
    const long = `${'x'.repeat(50_000)},,2025-01-31,1,2,\n`.repeat(3);
    const short = ',y,2025-01-31,1.5,2,\n'.repeat(5000);
    const table = scan(long + short);
    expect(table).toEqual(plain(long + short));
    expect(table?.rows.length).toBe(5003);
  });

  const start = 'A,B,2025-01-31,1,2,x\n';
  test.each<[string, string]>([
    ['a lone CR', 'A,B,2025-01-31,1,2,x\rA,B,2025-01-31,1,2,x\n'],
    ['a CR inside a line', 'A,B,2025-01-31,1,2,x\ry\n'],
    ['a cell too few', 'A,B,2025-01-31,1,2\n'],
    ['a cell too many', 'A,B,2025-01-31,1,2,x,y\n'],
    ['a quote inside a cell', 'A,B"C,2025-01-31,1,2,x\n'],
    ['two quotes inside a quoted cell', 'A,"B""C",2025-01-31,1,2,x\n'],
    ['two quotes inside a cell that nobody wants', 'A,B,2025-01-31,1,2,"x""y"\n'],
    ['a line break inside a quoted cell', 'A,"B\nC",2025-01-31,1,2,x\n'],
    ['a line break in place of a closing quote', 'A,"B\n,2025-01-31,1,2,x\n'],
    ['a CR inside a quoted cell', 'A,"B\rC",2025-01-31,1,2,x\n'],
    ['a quote that never closes', 'A,B,2025-01-31,1,2,"x'],
    ['a space behind a closing quote', 'A,"B" ,2025-01-31,1,2,x\n'],
    ['a day that there is not', 'A,B,2025-02-29,1,2,x\n'],
    ['a year that is none of R9.1', 'A,B,2200-01-01,1,2,x\n'],
    ['an amount with an exponent', 'A,B,2025-01-31,1e3,2,x\n'],
    ['an amount of 16 digits', 'A,B,2025-01-31,1234567890123456,2,x\n'],
    ['an amount with nine decimals', 'A,B,2025-01-31,1.123456789,2,x\n'],
    ['a row whose cells are all blank', ' ,"",,,\t,\n'],
    ['a blank that is no space', 'A\u00a0,B,2025-01-31,1,2,x\n'],
    ['a character beyond U+FFFF in a text', 'A,B𝄞,2025-01-31,1,2,x\n'],
    ['a row of a length that no ledger has', `A,${'B'.repeat(LONGEST_RECORD / 2)},2025-01-31,1,2,x\n`],
  ])('is none where there is %s', (_, line) => {
    expect(scan(start)?.rows.length).toBe(1);
    expect(scan(start + line)).toBeUndefined();
    expect(scan(line + start)).toBeUndefined();
  });

  test.each([
    ...ODD_TEXTS.map((cell) => ['text', `${cell},B,2025-01-31,1,2,x\n`]),
    ...ODD_DATES.map((cell) => ['date', `A,B,${cell},1,2,x\n`]),
    ...ODD_AMOUNTS.map((cell) => ['amount', `A,B,2025-01-31,${cell},2,x\n`]),
    ...ODD_AMOUNTS.map((cell) => ['amount', `A,B,2025-01-31,1,${cell},x\n`]),
  ])('is none where there is an odd %s: %j', (_, line) => {
    const only = COLUMNS.filter(({ name }) => name !== 'quarter');
    expect(scan(line)).toBeUndefined();
    expect(scan(line, ',', only)).toBeUndefined();
  });

  test.each<[string, string]>([
    ['a character beyond U+FFFF where nobody wants it', 'A,B,2025-01-31,1,2,𝄞\n'],
    ['letters beyond ASCII at both ends of a text', 'Österreich,Café,2025-01-31,1,2,x\n'],
    ['a blank inside a text', 'A,B\u00a0C,2025-01-31,1,2,x\n'],
    ['a last line without a break', 'A,B,2025-01-31,1,2,x'],
    ['15 digits', 'A,B,2025-01-31,00123456789012345,2,x\n'],
    ['blank cells', 'A,,,,,\n'],
    ['lines of spaces and tabs', ' \t\n\n\r\n\t\nA,B,2025-01-31,1,2,x\n \t'],
  ])('has rows with %s', (_, line) => {
    const table = scan(start + line);
    expect(table?.rows.length).toBe(2);
    expect(table).toEqual(plain(start + line));
  });

  test('where the tab is between the cells, a line of tabs is a row, and a line of spaces none', () => {
    const row = 'A\tB\t2025-01-31\t1\t2\tx\n';
    expect(scan(`${row}  \n`, '\t')?.rows.length).toBe(1);
    expect(scan(`${row}\t\t\t\t\t\n`, '\t')).toBeUndefined();
  });
});

/** All that can be seen of a workspace, with each row of its ledgers and its place. */
function seen({ ledgers, faults, inputs, paths, unread, locate }: Workspace) {
  const rows = Object.entries(ledgers).map(
    ([name, { table: _, rows, ...rest }]: [string, Ledger<unknown>]) => {
      const found: unknown[] = [];
      const ledger = name as LedgerName;
      rows.forEach((row, index) => {
        found.push([row, index, locate({ kind: 'row', ledger, row: index })]);
      });
      const header = locate({ kind: 'ledger', ledger, header: true });
      const { linesOf: __, ...source } = rest.source ?? { linesOf: undefined };
      return [name, { length: rows.length, found, ...rest, source, header }];
    },
  );
  const places = faults.map((fault) => [fault, locate(fault.place)]);
  return { rows: Object.fromEntries(rows), places, inputs, paths, unread };
}

/** Holds the tables of a workspace against its rows; gives the ledgers that have one. */
function checkTables({ ledgers }: Workspace): LedgerName[] {
  return LEDGER_NAMES.filter((name) => {
    const ledger: Ledger<unknown> | undefined = ledgers[name];
    if (ledger?.table === undefined) return false;
    const rows: Readonly<Record<string, string>>[] = [];
    ledger.rows.forEach((row) => {
      rows.push(row as Readonly<Record<string, string>>);
    });
    const { texts, days, amounts } = ledger.table;
    const names = [texts, days, amounts].flatMap((columns) => Object.keys(columns));
    const columns = LEDGER_COLUMNS[name].columns.filter((column) => names.includes(column.name));
    for (const row of rows) expect(Object.keys(row).sort()).toEqual([...names].sort());
    expect(contentOf(ledger.table)).toEqual(plainRows(rows, columns));
    return true;
  });
}

async function bothWays(
  config: string,
): Promise<{ readonly tables: LedgerName[]; readonly fast: Workspace }> {
  const fast = await loadWorkspace(config, {}, { tableFrom: 0 });
  const slow = await loadWorkspace(config, {}, { tableFrom: Number.POSITIVE_INFINITY });
  expect(checkTables(slow)).toEqual([]);
  expect(seen(fast)).toEqual(seen(slow));
  return { tables: checkTables(fast), fast };
}

function configsIn(folder: string): string[] {
  const names = readdirSync(join(FIXTURES, folder)).map((name) => join(folder, name, 'comp.yaml'));
  return names.filter((name) => existsSync(join(FIXTURES, name)));
}

describe('a workspace that is read into tables', () => {
  test.each(configsIn('scenarios'))('%s is as it is in the plain way', async (config) => {
    const { tables, fast } = await bothWays(join(FIXTURES, config));
    expect(fast.faults).toEqual([]);
    // Quotas may have a column for each period, and splits may be amounts: such rows are read one by one.
    const byRows: readonly LedgerName[] = config.includes('credit-says-what')
      ? ['quotas', 'splits']
      : ['quotas'];
    const inTables = LEDGER_NAMES.filter(
      (name) => !byRows.includes(name) && fast.ledgers[name] !== undefined,
    );
    expect(tables).toEqual(inTables);
  });

  test.each([
    ...configsIn('exports'),
    ...['problems', 'random'].flatMap(configsIn).filter((_, at) => isDeep || at % 5 === 0),
  ])('%s is as it is in the plain way, faults and all', async (config) => {
    await bothWays(join(FIXTURES, config));
  });

  const ROW = 'A-1,C-1,R-1,2025-01-31,12.50';
  const NAMES = 'invoice_id,customer_id,rep_id,invoice_date,amount';
  test.each<[string, unknown, string, boolean]>([
    ['a header and rows', {}, `${NAMES}\n${ROW}\n`, true],
    ['a byte order mark', {}, `\ufeff${NAMES}\n${ROW}\n`, true],
    ['titles above the header', {}, `Invoices\n\n"by date, all"\n${NAMES}\n\n${ROW}\n`, true],
    [
      'a header in quotes',
      {},
      `"${NAMES.split(',').join('","')}"\r\n"${ROW.split(',').join('","')}"\r\n`,
      true,
    ],
    [
      'columns of other names',
      { columns: { rep_id: 'seller' } },
      `${NAMES.replace('rep_id', 'seller')}\n${ROW}\n`,
      true,
    ],
    ['columns by their position', { columns: { due_date: 4 } }, `${NAMES}\n${ROW}\n`, true],
    ['no header row', { header: NAMES.split(',') }, `${ROW}\n\n${ROW}\n`, true],
    ['semicolons', { delimiter: ';' }, `${NAMES}\n${ROW}\n`.replaceAll(',', ';'), true],
    ['a column that is not ours', {}, `note,${NAMES}\n𝄞,${ROW}\n`, true],
    ['no rows', {}, `${NAMES}\n`, true],
    ['nothing', {}, '', false],
    ['no rows and no header row', { header: NAMES.split(',') }, '\n', true],
    ['no header', {}, `${ROW}\n${ROW}\n`, false],
    ['a record above the header', {}, `${ROW}\n${NAMES}\n${ROW}\n`, false],
    ['a title that breaks inside its quotes', {}, `"All\ninvoices"\n${NAMES}\n${ROW}\n`, false],
    ['a title with quotes inside', {}, `All "open" invoices\n${NAMES}\n${ROW}\n`, false],
    ['a header that ends with a CR', {}, `${NAMES}\r${ROW}\n${ROW}\n`, false],
    ['quotes and blank lines', {}, `""\n"Invoices"\n\n${NAMES}\n\n${ROW}\n`, true],
    ['a name twice', {}, `${NAMES},amount\n${ROW},1\n`, false],
    ['more titles than are read', {}, `${'Title\n'.repeat(101)}${NAMES}\n${ROW}\n`, false],
    ['a mapping that says more', { sign: 'flip' }, `${NAMES}\n${ROW}\n`, false],
    ['two files', { file: ['invoices.csv', 'invoices.csv'] }, `${NAMES}\n${ROW}\n`, false],
    ['a row that has lost a cell', {}, `${NAMES}\n${ROW}\nA-2,C-1\n`, false],
    ['bytes that are no UTF-8', {}, `${NAMES}\n${ROW}\nA-2,\xff`, false],
  ])('with %s is as it is in the plain way', async (name, said, csv, hasTable) => {
    const invoices = { file: 'invoices.csv', ...(said as object) };
    const config = { currency: 'USD', ledgers: { invoices }, plans: [] };
    const bytes = Buffer.from(csv, name.includes('no UTF-8') ? 'latin1' : 'utf8');
    const dir = folderWith({ 'comp.yaml': JSON.stringify(config), 'invoices.csv': bytes });
    const { tables } = await bothWays(join(dir, 'comp.yaml'));
    expect(tables).toEqual(hasTable ? ['invoices'] : []);
  });

  test('whose header differs from its rows only by position is the same as read row by row', async () => {
    const config = {
      currency: 'USD',
      ledgers: { invoices: 'invoices.csv', splits: 'splits.csv' },
      plans: [],
    };
    const dir = folderWith({
      'comp.yaml': JSON.stringify(config),
      'invoices.csv': `${NAMES}\n${ROW}\n`,
      'splits.csv': `Splits\ninvoice_id,rep_id,amount\n${'A-1,R-1,2.50\n\n'.repeat(150)}`,
    });
    const { tables, fast } = await bothWays(join(dir, 'comp.yaml'));
    expect(tables).toEqual(['invoices', 'splits']);
    expect(fast.ledgers.splits?.table?.length).toBe(150);
  });

  test('a small one is not, and a large one is', async () => {
    const header = 'invoice_id,customer_id,rep_id,invoice_date,amount\n';
    const row = 'A-1,C-1,R-1,2025-01-31,12.50\n';
    const config = JSON.stringify({ currency: 'USD', ledgers: { invoices: 'invoices.csv' }, plans: [] });
    const rowsOf = async (count: number) => {
      const dir = folderWith({ 'comp.yaml': config, 'invoices.csv': header + row.repeat(count) });
      return (await loadWorkspace(join(dir, 'comp.yaml'))).ledgers.invoices.table?.length;
    };
    expect(await rowsOf(10)).toBeUndefined();
    expect(await rowsOf(10_000)).toBe(10_000);
  });
});
