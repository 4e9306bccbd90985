/** `comp calc --xlsx`: a workbook that opens as it is, whose formulas come to our totals, and whose text stays text. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { lateHistories, periodEndsOf } from '../src/testing/late.js';
import { layOut, workbookOf } from '../src/workbook/workbook.js';
import { calcIn, compIn, newFolder } from './support/comp.js';
import { copyOf, folderWith } from './support/folder.js';
import { payAccountWorkspace } from './support/pay-account.js';
import { forAll } from './support/property.js';
import { explainedOf, inputsOf, type Workspace } from './support/run.js';
import { scenariosIn } from './support/scenario.js';
import { type Cell, type Workbook, workbookAt } from './support/workbook.js';

interface Made {
  readonly dir: string;
  readonly path: string;
  readonly book: Workbook;
  readonly stderr: string;
}

async function made(dir: string, asOf = '2025-12-31', ...flags: readonly string[]): Promise<Made> {
  const { exit, stderr } = await calcIn(dir, asOf, '--xlsx', ...flags);
  expect(exit, stderr).toBe(0);
  const path = join(dir, 'out', 'close.xlsx');
  return { dir, path, stderr, book: await workbookAt(path, readFileSync(path)) };
}

/** A workspace whose first quarter is closed, and in which a payment of it comes to light afterwards. */
async function withCloses(): Promise<string> {
  const dir = copyOf('scenarios/booking-quarter-rate');
  const closing = await compIn(dir, ['close', '2025-Q3']);
  if (closing.exit !== 0) {
    // Periods close in order.
    for (const period of ['2025-Q1', '2025-Q2', '2025-Q3']) {
      await compIn(dir, ['close', period]);
    }
  }
  const payments = join(dir, 'payments.csv');
  const text = readFileSync(payments, 'utf8');
  const [header = ''] = text.split('\n');
  const row = header.split(',').map((name) => {
    const cells: Record<string, string> = {
      payment_id: 'PAY-LATE',
      invoice_id: 'INV-3',
      payment_date: '2025-09-20',
      amount: '1000.00',
    };
    return cells[name.trim()] ?? '';
  });
  writeFileSync(payments, `${text.trimEnd()}\n${row.join(',')}\n`);
  return dir;
}

/** Ids and names that mean harm, or look like something else. */
const HOSTILE = [
  '=cmd()',
  '=HYPERLINK("http://x","y")',
  '+1',
  '-2',
  '@SUM(A1)',
  '#N/A',
  '#REF!',
  '_x0041_',
  '</t></is></c>',
  '&amp; "q"',
  '00123',
  '1e5',
  '2025-01-01',
  'two  spaces',
  'TRUE',
  "'quoted",
  'ünï–✓😀',
] as const;

function hostile(): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = HOSTILE.map(
    (id, at) => `${quoted(`I${at}${id}`)},${quoted(id)},${quoted(id)},2025-01-10,1000.00`,
  );
  const payments = HOSTILE.map((id, at) => `${quoted(id)},${quoted(`I${at}${id}`)},2025-02-01,${at}.50`);
  return folderWith({
    'comp.yaml':
      'currency: USD\nledgers: {invoices: "#REF!.csv", payments: payments.csv}\nplans:\n  - {id: "=p()", level: 3, rate: 10%}\n',
    '#REF!.csv': `invoice_id,customer_id,rep_id,invoice_date,amount\n${rows.join('\n')}\n`,
    'payments.csv': `payment_id,invoice_id,payment_date,amount\n${payments.join('\n')}\n"=x()",nowhere,2025-02-01,5.00\n`,
  });
}

/** A workspace that begins with a clawback behind it, of which something is given back later. */
function withOpenings(): string {
  return folderWith({
    'comp.yaml':
      'currency: USD\nledgers: {invoices: invoices.csv, payments: payments.csv, assignments: assignments.csv, openings: openings.csv}\nplans:\n  - {id: p, level: 1, rate: 10%, clawback: {pastDueDays: 30}}\n  - {id: w, level: 3, rate: 10%}\n',
    'invoices.csv':
      'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\nI1,C1,R1,2025-01-10,2025-02-10,1000.00\nI2,C2,R1,2025-05-10,2025-08-10,600.00\nI3,C2,R2,2025-05-20,2025-08-10,500.00\n',
    'payments.csv': 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-08-01,400.00\n',
    'openings.csv': 'rep_id,date,owed,booked\nR1,2025-06-30,100.00,1600.00\nR2,2025-06-30,0.00,500.00\n',
    'assignments.csv': 'rep_id,plan_id,from\nR1,p,2025-01-01\nR2,w,2025-01-01\n',
  });
}

/** Every workbook that is looked at, by a name for files. */
const WORKBOOKS: Readonly<Record<string, () => Promise<Made>>> = {
  'level-1': () => made(copyOf('scenarios/level-1')),
  'booking-quarter-rate': () => made(copyOf('scenarios/booking-quarter-rate')),
  waiting: () => made(copyOf('scenarios/booking-quarter-rate'), '2025-11-10'),
  'at-risk': () => made(copyOf('scenarios/level-1'), '2025-05-31'),
  returns: () => made(copyOf('scenarios/returns')),
  monthly: () => made(copyOf('scenarios/gross-profit-monthly'), '2026-03-31'),
  closes: async () => made(await withCloses()),
  openings: () => made(withOpenings()),
  hostile: () => made(hostile()),
  'pay-account': () => made(payAccountWorkspace(), '2025-06-30'),
};

const books = new Map<string, Promise<Made>>();

function bookOf(name: string): Promise<Made> {
  const found = books.get(name) ?? (WORKBOOKS[name] as () => Promise<Made>)();
  books.set(name, found);
  return found;
}

/** A cell as a CSV file has it. */
function asText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : `${cell}`;
}

/** The rows of a sheet, as text. */
function rowsOf(book: Workbook, sheet: string): string[][] {
  return book
    .rows(sheet)
    .slice(3)
    .map((row) => row.map(asText));
}

function isNumber(cell: Cell | undefined): cell is number {
  return typeof cell === 'number';
}

/** What a result file has in a cell, without the apostrophe that keeps a text from being run. */
function csvRows(file: string): string[][] {
  const rows = parse(readFileSync(file), { relax_column_count: true }) as string[][];
  return rows.map((row) => row.map((cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)));
}

function sameRows(
  sheets: readonly (readonly (readonly Cell[])[])[],
  csv: readonly (readonly string[])[],
): void {
  const rows = sheets.flatMap((sheet) => sheet.slice(3));
  expect(rows.length).toBe(csv.length - 1);
  csv.slice(1).forEach((expected, at) => {
    const row = rows[at] as readonly Cell[];
    const cells = expected.map((text, column) => (isNumber(row[column]) ? `${Number(text)}` : text));
    expect(row.slice(0, expected.length).map(asText)).toEqual(cells);
  });
}

/** The rows without what attainment comes from, which quarters.csv does not have. */
function withoutWindows(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const windows = ['attained in', 'bookings then', 'quota then'];
  const headings = rows[2] ?? [];
  return rows.map((row) => row.filter((_, at) => !windows.includes(`${headings[at]}`)));
}

/** R21.6, R29.1: the last columns of both files; the sheets have none of them where they are 0 throughout. */
const NEVER_USED = 7;

describe.each(Object.keys(WORKBOOKS))('the workbook of %s', (name) => {
  test('says that all checks agree, and each of its formulas comes to what stands beside it', async () => {
    const { book } = await bookOf(name);
    const checks = book.rows('Checks').slice(3);
    expect(checks.length).toBeGreaterThan(20);
    for (const row of checks) expect([row[0], row[4], row[5]]).toEqual([row[0], 0, 'OK']);
    expect(book.cell('Read me', 'A2')).toBe(`${checks.length} of ${checks.length} checks agree`);
    for (const sheet of book.names) {
      for (const [cell, formula] of book.formulas(sheet)) {
        const value = book.evaluated(sheet, formula);
        const cached = book.cell(sheet, cell);
        const where = `${sheet}!${cell} =${formula}`;
        if (typeof value === 'number') expect(cached, where).toBeCloseTo(value, 6);
        else expect(cached ?? '', where).toBe(value);
      }
    }
  });

  test('has the rows of the result files, and totals that are theirs', async () => {
    const { book, dir } = await bookOf(name);
    const csv = (file: string) => csvRows(join(dir, 'out', file));
    const pay = (file: string) => csv(file).map((row) => row.slice(0, row.length - NEVER_USED));
    const summary = withoutWindows(book.rows('Summary'));
    sameRows([summary], pay('quarters.csv'));
    sameRows([book.rows('Postings')], csv('postings.csv'));
    sameRows([book.rows('Exceptions')], csv('exceptions.csv'));
    if (existsSync(join(dir, 'out', 'months.csv'))) sameRows([book.rows('Months')], pay('months.csv'));
    const [header = [], ...rows] = csv('quarters.csv');
    for (const column of ['earned', 'payable', 'clawed_back', 'reinstated', 'recovered', 'paid']) {
      const at = header.indexOf(column);
      const cents = rows.reduce((all, row) => all + Math.round(Number(row[at]) * 100), 0);
      expect(summary[1]?.[at]).toBe(cents / 100);
    }
  });
});

describe('the sheets', () => {
  test('attainment stands beside the bookings and the quota of its window', async () => {
    // Year to date: 130,000.00 until 2025-Q2 of 3 x 100,000.00, then 200,000.00 more in 2025-Q3.
    const { book } = await bookOf('booking-quarter-rate');
    const [, , headings = [], ...rows] = book.rows('Summary');
    const from = headings.indexOf('attainment');
    expect(headings.slice(from, from + 4)).toEqual([
      ...['attainment', 'attained in', 'bookings then', 'quota then'],
    ]);
    const q3 = rows.find((row) => row[1] === '2025-Q3') as Cell[];
    expect(q3.slice(from, from + 4)).toEqual([1.1, '2025 up to 2025-Q3', 330000, 300000]);
  });

  test('of level-1: the clawback, what undid it, and control totals with a cell for the ERP', async () => {
    const { book } = await bookOf('level-1');
    expect(book.names).toEqual([
      'Read me',
      'Summary',
      'Payroll',
      'Postings',
      'Held',
      'Clawbacks',
      'Exceptions',
      'Control totals',
      'Checks',
    ]);
    expect(rowsOf(book, 'Clawbacks')).toEqual([
      ['2025-06-20', 'R1', 'Bolt', 'INV-2', 'past-due', '2025-Q1', '5%', '90', '250', '50', '200'],
    ]);
    expect(book.rows('Held')[0]?.[0]).toMatch(/^Nothing waits for cash/);
    expect(
      book
        .rows('Control totals')
        .slice(3, 6)
        .map((row) => row.slice(0, 8)),
    ).toEqual([
      ['invoices, rows', 3, 3, 0, 0, 0, 0, 0],
      ['invoices, amount', 23000, 23000, 0, 0, 0, 0, 0],
      ['invoices, with tax', 25000, 25000, 0, 0, 0, 0, 0],
    ]);
    const erp = book.formulas('Control totals').get('J5') as string;
    expect(erp).toBe('IF(ISNUMBER(I5),ROUND(B5-I5,2),"")');
    expect(book.xml('Control totals')).toMatch(/<c r="I5" s="\d+"\/>/);
  });

  test('of what waits and what is at risk', async () => {
    const waiting = await bookOf('waiting');
    expect(rowsOf(waiting.book, 'Held')).toEqual([
      ['R1', 'Core', 'INV-3', 'ae', '150000', '2025-10-01', '40', '31–60', '8175', '', '0'],
      ['R1', 'Dune', 'INV-4', 'ae', '40000', expect.any(String), '0', 'current', '2000', '', '0'],
    ]);
    const { book } = await bookOf('at-risk');
    expect(rowsOf(book, 'Held')).toEqual([
      ['R1', 'Bolt', 'INV-2', 'ae', '5000', '2025-03-22', '70', '61–90', '0', '2025-06-20', '250'],
    ]);
  });

  test('of a rep with entries, a dispute and instalments', async () => {
    const { book } = await bookOf('pay-account');
    expect(rowsOf(book, 'Entries').map((row) => row.slice(0, 6))).toEqual([
      ['2025-03-31', '2025-03', 'R1', 'SPIF-3', 'bonus', '530'],
      ['2025-04-15', '2025-04', 'R1', 'COR-1', 'bonus', '-200'],
      ['2025-06-10', '2025-06', 'R1', 'WAI-1', 'waiver', '100'],
      ['2025-06-20', '2025-06', 'R1', 'REP-1', 'repayment', '150'],
    ]);
    // A-1 is disputed, and nothing of it is at risk; the second to the fourth instalment of B-1 are, 750.00 each.
    expect(rowsOf(book, 'Held')).toEqual([
      ...[
        ['R1', 'Acme', 'A-1', 'ae', '5000', '2025-03-10', '112', 'over 90', '0', '', '0', '', '2025-03-20'],
      ],
      ...[
        [
          'R1',
          'Bolt',
          'B-1',
          'ae',
          '30000',
          '2025-03-31',
          '91',
          'over 90',
          '0',
          '2025-08-29',
          '2250',
          '1 of 4',
          '',
        ],
      ],
    ]);
    expect(book.rows('Held')[0]?.[0]).toContain('While an invoice is disputed its days do not count');
    // 60 days after the first instalment was due, and after C-1 was.
    expect(rowsOf(book, 'Clawbacks').map((row) => [row[0], row[3], row[7], row[8]])).toEqual([
      ['2025-05-30', 'B-1', '60', '750'],
      ['2025-06-10', 'C-1', '60', '500'],
    ]);
  });

  test('of what waits has the bands of age that comp.yaml sets', async () => {
    const dir = copyOf('scenarios/level-1');
    const terms = JSON.parse(readFileSync(join(dir, 'comp.yaml'), 'utf8')) as object;
    writeFileSync(join(dir, 'comp.yaml'), JSON.stringify({ ...terms, ageing: { bounds: [10, 70] } }));
    const { book } = await made(dir, '2025-05-31');
    expect(rowsOf(book, 'Held')).toEqual([
      ['R1', 'Bolt', 'INV-2', 'ae', '5000', '2025-03-22', '70', '11–70', '0', '2025-06-20', '250'],
    ]);
  });

  test('of a workspace with closes have the adjustments', async () => {
    const { book } = await bookOf('closes');
    expect(book.rows('Postings')[2]?.slice(-2)).toEqual(['event date', 'adjusts']);
    expect(
      book
        .rows('Postings')
        .slice(3)
        .some((row) => row.at(-1) === '2025-Q3'),
    ).toBe(true);
    expect(book.rows('Read me').some((row) => row[0] === 'closed through')).toBe(true);
  });

  test('of a workspace with an opening have what was given back of an earlier clawback', async () => {
    const { book } = await bookOf('openings');
    expect(rowsOf(book, 'Clawbacks')).toEqual([
      ['2025-03-12', 'R1', 'C1', 'I1', 'past-due', 'up to 2025-06-30', '10%', '30', '0', '40', '60'],
      ['2025-09-09', 'R1', 'C2', 'I2', 'past-due', 'up to 2025-06-30', '10%', '30', '60', '0', '60'],
    ]);
  });

  test('of monthly pay have a row per month, and balances of the last one', async () => {
    const { book } = await bookOf('monthly');
    expect(book.names).toContain('Months');
    expect([...book.formulas('Months').values()].some((formula) => formula.startsWith('SUMPRODUCT('))).toBe(
      true,
    );
    expect([...book.formulas('Summary').values()].some((formula) => formula.startsWith('SUMIFS('))).toBe(
      true,
    );
  });

  test('are frozen below the headings, filtered, landscape and wide enough to read, with headings on every page', async () => {
    const { book } = await bookOf('level-1');
    const xml = book.xml('Summary');
    expect(xml).toContain('<pane ySplit="3" topLeftCell="A4" state="frozen" activePane="bottomLeft"/>');
    expect(xml).toContain('<autoFilter ref="A3:U7"/>');
    expect(xml).toContain('<pageSetup orientation="landscape" fitToWidth="2" fitToHeight="0"/>');
    expect(book.xml('Payroll')).toContain(
      '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    );
    expect(xml).toContain('<oddHeader>&amp;RAmounts in USD</oddHeader>');
    expect(xml).toContain('<dimension ref="A1:U7"/>');
    expect(book.formulas('Summary').get('G2')).toBe('SUBTOTAL(109,G4:G7)');
  });
});

test('text stays text, whatever it looks like', async () => {
  const { book } = await bookOf('hostile');
  const reps = book
    .rows('Summary')
    .slice(3)
    .map((row) => row[0]);
  expect(new Set(reps)).toEqual(new Set(HOSTILE));
  const postings = book.xml('Postings');
  expect(postings).not.toContain('<f>=');
  expect(postings).toContain('_x005F_x0041_');
  expect(book.rows('Read me').some((row) => row[0] === '=p()')).toBe(true);
  expect(book.rows('Read me').some((row) => row[1] === '#REF!.csv')).toBe(true);
  for (const sheet of book.names) expect(book.xml(sheet)).not.toMatch(/<c [^>]*t="e"/);
});

test('the same inputs give the same bytes', async () => {
  const first = await made(copyOf('scenarios/level-2'));
  const second = await made(copyOf('scenarios/level-2'));
  expect(readFileSync(first.path).equals(readFileSync(second.path))).toBe(true);
});

test('an amount that no spreadsheet counts to is text, with a notice', async () => {
  const dir = folderWith({
    'comp.yaml':
      'currency: USD\nledgers: {invoices: invoices.csv}\nplans:\n  - {id: p, level: 3, rate: 10%}\n',
    'invoices.csv':
      'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,C1,R1,2025-01-10,123456789012345678.90\nI2,C1,R1,2025-01-10,10.00\n',
  });
  const { book, stderr } = await made(dir);
  expect(stderr).toMatch(/close\.xlsx: \d+ amounts have more than the 15 digits/);
  expect(
    book
      .rows('Postings')
      .slice(3)
      .map((row) => row[12]),
  ).toEqual(['12345678901234567.89', 1]);
  expect(book.rows('Postings')[1]?.[12]).toBe('12345678901234568.89');
  const held = book.rows('Checks').find((row) => row[0] === 'Held: held');
  expect([held?.[2], held?.[3] ?? null, held?.[5]]).toEqual([
    '12345678901234568.89',
    null,
    'beyond 15 digits',
  ]);
  const text = book
    .rows('Read me')
    .map((row) => row[0])
    .join('\n');
  expect(text).toMatch(/amounts have more than the 15 digits/);
});

test('rows that one sheet does not hold go on in further ones', async () => {
  const workspace = scenariosIn('scenarios').find(({ name }) => name === 'splits-and-credits') as Workspace;
  const calculation = explainedOf(inputsOf(workspace));
  const outcome = calculation.result;
  const options = { version: '1', inputs: [], level: undefined, lineOf: () => undefined, mostRows: 3 };
  const { file } = await workbookOf(calculation, options);
  const bytes = Buffer.concat([...file.pieces].map((piece) => Buffer.from(piece)));
  const path = join(newFolder(), 'close.xlsx');
  writeFileSync(path, bytes);
  const book = await workbookAt(path, bytes);
  const names = book.names.filter((name) => name.startsWith('Postings'));
  expect(names.slice(0, 3)).toEqual(['Postings', 'Postings 2', 'Postings 3']);
  expect(names.length).toBe(Math.ceil(outcome.postings.length / 3));
  const rows = names.flatMap((name) => book.rows(name).slice(3));
  expect(rows.map((row) => row[3])).toEqual(outcome.postings.map(({ invoiceId }) => invoiceId));
  for (const name of names) {
    const [, last] = /<dimension ref="A1:[A-Z]+(\d+)"/.exec(book.xml(name)) ?? [];
    expect(Number(last), name).toBe(book.rows(name).length);
  }
  for (const row of book.rows('Checks').slice(3)) expect(row[5], asText(row[0])).toBe('OK');
  const earned = [...book.formulas('Checks').values()].find((formula) =>
    formula.includes("'Postings 2'!J4:J6"),
  );
  expect(book.evaluated('Checks', earned as string)).toBeTypeOf('number');
});

test('it is written with the other results or not at all, and a stale one goes', async () => {
  const { dir, path } = await made(copyOf('scenarios/level-1'));
  const manifest = () =>
    JSON.parse(readFileSync(join(dir, 'out', 'manifest.json'), 'utf8')) as { outputs: string[] };
  expect(manifest().outputs).toContain('close.xlsx');
  await calcIn(dir, '2025-12-31');
  expect(existsSync(path)).toBe(false);
  expect(manifest().outputs).not.toContain('close.xlsx');
  const { exit, stderr } = await calcIn(dir, '2025-12-31', '--xlsx', '--only', 'quarters');
  expect(exit).toBe(2);
  expect(stderr).toContain("'--xlsx'");
});

test('on random histories with late changes and closes, every check agrees', () => {
  forAll(
    lateHistories,
    (history, meet) => {
      for (const { calculation, result } of periodEndsOf(history)) {
        const options = { version: '1', inputs: [], level: undefined, lineOf: () => undefined, mostRows: 7 };
        for (const { name, ours, value, counts } of layOut(calculation, options).checks) {
          expect({ name, counts, value }).toEqual({ name, counts: true, value: ours });
        }
        if (result.postings.some(({ adjusts }) => adjusts !== '')) meet('adjustments');
        if (result.postings.some(({ clawedBack }) => clawedBack < 0n)) meet('reinstatements');
      }
    },
    { adjustments: 0.2, reinstatements: 0.05 },
    { isSlow: true },
  );
});

/** LibreOffice, where it is on this machine. */
const OFFICE = 'soffice';
const hasOffice = spawnSync(OFFICE, ['--version'], { encoding: 'utf8' }).status === 0;

/** Works out every formula anew, whatever a file has beside it. */
const RECALCULATE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`;

/** Every sheet into a file of its own: comma, quote, UTF-8, quoted text, values and not what is shown. */
const AS_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1';

test.skipIf(!hasOffice)(
  'LibreOffice opens it without repair, and works out the same (needs soffice)',
  async () => {
    const [folder, profile] = [newFolder(), newFolder()];
    mkdirSync(join(profile, 'user'));
    writeFileSync(join(profile, 'user', 'registrymodifications.xcu'), RECALCULATE);
    const names = Object.keys(WORKBOOKS);
    const files = await Promise.all(
      names.map(async (name) => {
        const file = join(folder, `${name}.xlsx`);
        copyFileSync((await bookOf(name)).path, file);
        return file;
      }),
    );
    const { status, stderr } = spawnSync(
      OFFICE,
      [
        `-env:UserInstallation=${pathToFileURL(profile)}`,
        '--headless',
        '--convert-to',
        AS_CSV,
        '--outdir',
        folder,
        ...files,
      ],
      { encoding: 'utf8', timeout: 240_000 },
    );
    expect(status, stderr).toBe(0);
    for (const name of names) {
      const { book } = await bookOf(name);
      for (const sheet of book.names) {
        const file = `${name}-${sheet}.csv`;
        expect(readdirSync(folder)).toContain(file);
        const rows = parse(readFileSync(join(folder, file)), {
          relax_column_count: true,
          skip_empty_lines: false,
        }) as string[][];
        book.rows(sheet).forEach((row, at) => {
          row.forEach((cell, column) => {
            const text = rows[at]?.[column] ?? '';
            const where = `${name}, ${sheet}, row ${at + 1}, column ${column + 1}`;
            if (isNumber(cell)) expect(numberOf(text), where).toBeCloseTo(cell, 6);
            else expect(text, where).toBe(asText(cell));
          });
        });
      }
    }
  },
);

/** A share is written as a percentage, whatever is asked for. */
function numberOf(text: string): number {
  return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
}
