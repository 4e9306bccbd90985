/** `comp simulate` as its readers see it: every figure on the terminal and in its files, held against calculations. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comp, compIn, newFolder } from '../support/comp.js';
import { folderWith } from '../support/folder.js';
import { type Rows, readRows } from '../support/scenario.js';
import { workbookAt } from '../support/workbook.js';

const AW = ['--config', 'fixtures/adventureworks/comp.yaml', '--as-of', '2014-06-30'] as const;

/** A row of a table on the terminal: its cells, by label; the first table that has it. */
function rowOf(text: string, label: string): readonly string[] {
  const line = text.split('\n').find((one) => one.trimStart().startsWith(`${label}  `));
  if (line === undefined) throw new Error(`no row ${label}`);
  return line
    .slice(line.indexOf(label) + label.length)
    .trim()
    .split(/ {2,}/);
}

const grouped = (minor: bigint) => {
  const sign = minor < 0n ? '-' : '';
  const text = String(minor < 0n ? -minor : minor).padStart(3, '0');
  return `${sign}${text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${text.slice(-2)}`;
};

const minorOf = (text: string | undefined) => BigInt((text ?? '').replace(/[.,]/g, ''));

/** The rows of the quarters.csv that `comp calc --level` writes. */
async function rowsAtLevel(level: number): Promise<Rows> {
  const out = newFolder();
  const { exit } = await comp([
    'calc',
    ...AW,
    '--level',
    `${level}`,
    '--out',
    out,
    '--only',
    'quarters',
    '--quiet',
  ]);
  expect(exit).toBe(0);
  return readRows(join(out, 'quarters.csv'));
}

function sumOf(rows: Rows, column: string): bigint {
  return rows.reduce((sum, row) => sum + minorOf(row[column]), 0n);
}

describe('on AdventureWorks', () => {
  test('five columns are five runs of comp calc --level', async () => {
    const { exit, stdout } = await comp(['simulate', ...AW, '--levels', '0,1,2,3,4'], { columns: 80 });
    expect(exit).toBe(0);
    const atLevels: Rows[] = [];
    for (const level of [0, 1, 2, 3, 4]) atLevels.push(await rowsAtLevel(level));
    for (const [label, column] of [
      ['earned', 'earned'],
      ['forfeited', 'forfeited'],
      ['clawed back', 'clawed_back'],
      ['reinstated', 'reinstated'],
      ['paid', 'paid'],
    ] as const) {
      expect(rowOf(stdout, label), label).toEqual(atLevels.map((rows) => grouped(sumOf(rows, column))));
    }
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('what a level leaves out, or fills in, is said', async () => {
    const { stderr } = await comp(['simulate', ...AW]);
    expect(stderr).toContain(
      'Levels 0, 3 and 4 have no use for clawback of plan reseller, and leave it out.',
    );
    expect(stderr).toContain('Level 2 holds 50% of plan reseller, the default.');
  });

  test('--hold and --clawback-days are the terms of a comp.yaml with them', async () => {
    const yaml = readFileSync('fixtures/adventureworks/comp.yaml', 'utf8');
    const dir = folderWith({
      'held.yaml': yaml
        .replace('level: 1', 'level: 2\n    hold: 30%')
        .replace('pastDueDays: 90', 'pastDueDays: 45')
        .replace('level 1', 'level 2'),
    });
    const { stdout } = await comp(
      [
        'simulate',
        ...AW,
        '--levels',
        '2',
        '--hold',
        '30%',
        '--clawback-days',
        '45',
        '--with',
        join(dir, 'held.yaml'),
      ],
      { columns: 100 },
    );
    const [, byFlags, byFile] = rowOf(stdout, 'paid');
    expect(byFlags).toBe(byFile);
    expect(byFlags).not.toBe(rowOf(stdout, 'paid')[0]);
  });

  test('a rule that fits nothing changes nothing', async () => {
    const { stdout } = await comp([
      'simulate',
      ...AW,
      '--levels',
      '1',
      '--collect',
      'past-due > 3000: 15 days earlier',
      '--carrying-cost',
      '9%',
    ]);
    expect(stdout).toContain('past-due > 3000: 15 days earlier: 0 payments move.');
    expect(rowOf(stdout, 'worth to reps')).toEqual(['0.00']);
    expect(rowOf(stdout, 'worth to the company')).toEqual(['0.00']);
  });

  test('if everything is paid on its due date, days outstanding are those of the terms, and nothing is clawed back', async () => {
    const { stdout } = await comp(['simulate', ...AW, '--levels', '1', '--collect', 'all: on the due date']);
    const after = stdout.slice(stdout.indexOf('If cash moves')).split('\n');
    const below = (label: string) =>
      after[after.findIndex((line) => line.startsWith(label)) + 1]?.trim().split(/ {2,}/).at(-1);
    // All orders of this company are due after 12 days from the order, 5 from the shipment that is the invoice date.
    expect(below('days sales outstanding')).toBe('5');
    expect(below('clawed back')).toBe('0.00');
  });
});

const FILES = {
  'comp.yaml': `currency: USD
ledgers: { invoices: invoices.csv, payments: payments.csv }
plans:
  - { id: ae, level: 1, rate: 10%, clawback: { pastDueDays: 60 } }
`,
  'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,due_date,amount
I1,C1,R1,2025-01-15,2025-02-14,1000.00
I2,C2,R2,2025-02-10,2025-03-12,500.00
`,
  // I1 comes 90 days late: clawed back on 2025-04-15, given back on 2025-05-15. I2 is never paid.
  'payments.csv': `payment_id,invoice_id,payment_date,amount
P1,I1,2025-05-15,1000.00
`,
};

test('a variant of one key, by hand', async () => {
  const dir = folderWith(FILES);
  const { exit, stdout } = await compIn(dir, [
    'simulate',
    '--as-of',
    '2025-06-30',
    '--set',
    'plans.ae.level=3',
  ]);
  expect(exit).toBe(0);
  // Today: 150.00 in the first quarter; 100.00 taken and given back, 50.00 taken in the second: 50.00 owed.
  expect(stdout).toMatch(/^.*\btoday {2,}\S/m);
  expect(rowOf(stdout, 'paid')).toEqual(['150.00', '100.00']);
  expect(rowOf(stdout, 'clawed back')).toEqual(['150.00', '0.00']);
  expect(rowOf(stdout, 'reinstated')).toEqual(['100.00', '0.00']);
  expect(rowOf(stdout, 'owed at the end')).toEqual(['50.00', '0.00']);
  expect(rowOf(stdout, 'held at the end')).toEqual(['0.00', '50.00']);
  expect(rowOf(stdout, 'reps who lose')).toEqual(['–', '1']);
  expect(rowOf(stdout, 'what they lose')).toEqual(['–', '-50.00']);
  expect(rowOf(stdout, '2025-Q1')).toEqual(['150.00', '–']);
  expect(rowOf(stdout, '2025-Q2')).toEqual(['–', '100.00']);
  expect(rowOf(stdout, 'R2')).toEqual(['-50.00']);
});

test('one call makes C1 pay in time, and what that is worth, by hand', async () => {
  const dir = folderWith(FILES);
  const { stdout } = await compIn(dir, [
    'simulate',
    ...[
      '--as-of',
      '2025-06-30',
      '--levels',
      '1',
      '--collect',
      'past-due > 60 and customer C1: 80 days earlier',
    ],
    ...['--call-cost', '25', '--carrying-cost', '7.3%'],
  ]);
  expect(stdout).toContain('past-due > 60 and customer C1: 80 days earlier: 1 payment moves.');
  expect(rowOf(stdout, 'collection calls')).toEqual(['25.00']);
  // 1,000.00 × 80 days × 7.3% ÷ 365 = 16.00 on what C1 owes. Its commission of 100.00 is paid on 03-31, and its cash then came on
  // 02-24 in place of 05-15: 45 days × 100.00 × 7.3% ÷ 365 = 0.90 on commission, of which 0.00 was taken back within a quarter.
  expect(rowOf(stdout, 'saved on receivables')).toEqual(['+16.00']);
  expect(rowOf(stdout, 'saved on commission')).toEqual(['+0.90']);
  expect(rowOf(stdout, 'worth to the company')).toEqual(['-8.10']);
  expect(rowOf(stdout, 'worth to reps')).toEqual(['0.00']);
});

test('why a rep differs, event by event', async () => {
  const dir = folderWith(FILES);
  const { stdout } = await compIn(dir, [
    'simulate',
    '--as-of',
    '2025-06-30',
    '--set',
    'plans.ae.level=3',
    '--explain',
    'R1',
  ]);
  expect(stdout).toContain('level=3: why R1 differs from today');
  const lines = stdout.slice(stdout.indexOf('Invoice I1, rep R1')).split('\n').slice(2);
  expect(lines.slice(0, 5).map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['2025-01-15', 'invoiced', 'I1', '100.00', '–', '-100.00', '–', '+100.00'],
    ['2025-04-15', 'past-due', 'I1', '-100.00', '–', '+100.00', '–', '–'],
    ['2025-05-15', 'collected', 'P1', '100.00', '100.00', '–', '–', '-100.00'],
    [expect.stringMatching(/^─+$/)],
    ['100.00', '100.00', '–'],
  ]);
});

test('CSV, workbook and JSON have the figures of the terminal', async () => {
  const dir = folderWith(FILES);
  const [csv, xlsx] = [join(dir, 'figures'), join(dir, 'figures.xlsx')];
  const args = ['simulate', '--as-of', '2025-06-30', '--levels', '0,3', '--explain', 'R1'];
  const { exit, stdout, stderr } = await compIn(dir, [...args, '--csv', csv, '--xlsx', xlsx]);
  expect(exit, stderr).toBe(0);
  const { stdout: json } = await compIn(dir, [...args, '--json']);
  const record = JSON.parse(json) as Record<string, readonly Record<string, string>[]>;
  const book = await workbookAt(xlsx, readFileSync(xlsx));
  for (const [table, sheet] of [
    ['measures', 'Measures'],
    ['quarters', 'Quarters'],
    ['reps', 'Reps'],
    ['differences', 'Differences'],
  ] as const) {
    const rows = readRows(join(csv, `${table}.csv`));
    const filled = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')),
    );
    expect(record[table], table).toEqual(filled);
    // A title, a blank row and the headings come first.
    expect(book.rows(sheet).length, sheet).toBe(rows.length + 3);
  }
  const paid = readRows(join(csv, 'measures.csv')).filter(({ measure }) => measure === 'paid');
  expect(paid.map(({ variant, amount }) => [variant, amount])).toEqual([
    ['today', '150.00'],
    ['level 0', '150.00'],
    ['level 3', '100.00'],
  ]);
  expect(rowOf(stdout, 'paid')).toEqual(['150.00', '150.00', '100.00']);
});

test('the page has the sums of the terminal, and one without variants says what today pays', async () => {
  const dir = folderWith(FILES);
  const page = join(dir, 'simulation.html');
  const run = async (...args: readonly string[]) => {
    const { exit, stdout } = await compIn(dir, [
      'simulate',
      '--as-of',
      '2025-06-30',
      '--page',
      page,
      ...args,
    ]);
    expect(exit).toBe(0);
    const text = readFileSync(page, 'utf8')
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ');
    return { text, stdout };
  };
  const { text, stdout } = await run('--levels', '0,3');
  for (const figure of rowOf(stdout, 'paid')) expect(text).toContain(figure);
  expect(text).toContain('Level 3 pays USD 50.00 less than today');
  expect((await run('--collect', 'all: never')).text).toContain("Today's terms pay USD 150.00.");
});

test('a forecast says so in every place, and shows what is held and clawed back in the coming quarters', async () => {
  const dir = folderWith({
    ...FILES,
    'invoices.csv': `${FILES['invoices.csv']}I3,C1,R1,2025-06-01,2025-07-01,200.00\n`,
    // Five payments of C1, each 90 days late: I3 comes on 2025-09-29, and is clawed back on 08-30.
    'payments.csv': `payment_id,invoice_id,payment_date,amount\n${[1, 2, 3, 4, 5].map((at) => `P${at},I1,2025-05-15,200.00\n`).join('')}`,
  });
  const csv = join(dir, 'figures');
  const page = join(dir, 'forecast.html');
  const args = [
    'simulate',
    '--as-of',
    '2025-06-30',
    '--until',
    '2025-Q4',
    '--levels',
    '1',
    '--csv',
    csv,
    '--page',
    page,
  ];
  const { exit, stdout } = await compIn(dir, args);
  expect(exit).toBe(0);
  expect(stdout).toContain('Forecast as of 2025-12-31');
  expect(rowOf(stdout, '2025-Q1')).toEqual(['150.00']);
  const [, clawbacks = '', held = ''] = stdout.split(
    /Clawed back by quarter|Held at the end of each quarter/,
  );
  // 20.00 of I3 is taken back when it is 60 days late, and given back with its cash.
  expect(rowOf(clawbacks, '2025-Q3 forecast')).toEqual(['20.00']);
  expect(rowOf(held, '2025-Q4 forecast')).toEqual(['–']);
  for (const file of ['measures', 'quarters', 'reps', 'customers']) {
    const rows = readRows(join(csv, `${file}.csv`));
    expect(
      rows.map((row) => row['forecast_from']),
      file,
    ).toEqual(rows.map(() => '2025-06-30'));
  }
  expect(readFileSync(page, 'utf8')).toMatch(/forecast/i);
});

test('a fault names the option, the file and the key that it is in', async () => {
  const dir = folderWith({
    ...FILES,
    'other.yaml': 'currency: USD\nplans:\n  - { id: ae, level: 2, rate: 10%, hold: 130% }\n',
  });
  const run = (...args: readonly string[]) => compIn(dir, ['simulate', '--as-of', '2025-06-30', ...args]);
  expect(await run('--with', join(dir, 'other.yaml'))).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('other.yaml:3:'),
  });
  expect(await run('--with', join(dir, 'none.yaml'))).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('none.yaml'),
  });
  const { stderr } = await run('--set', 'plans.ae.rate=-1%');
  expect(stderr).toContain('--set plans.ae.rate=-1%');
  expect(stderr).toContain('1 fault. Nothing was calculated');
  expect((await run('--set', 'plans.ea.rate=1%')).stderr).toContain('such as plans.ae.hold=30%');
  expect((await run('--collect', 'C1: never')).stderr).toContain('--collect C1: never');
  expect((await run('--until', '2025-Q2')).stderr).toContain('Expected a period that ends after 2025-06-30');
  expect((await run('--explain', 'R9')).stderr).toContain('--explain R9');
  expect((await run('--explain', 'R1', '--collect', 'all: never')).stderr).toContain(
    'a variant to compare with today',
  );
});

test('no input is written over, and what was written before a fault is named', async () => {
  const other = 'currency: USD\nplans:\n  - { id: ae, level: 3, rate: 10% }\n';
  const dir = folderWith({ ...FILES, 'other.yaml': other });
  const file = join(dir, 'other.yaml');
  const args = [
    'simulate',
    '--as-of',
    '2025-06-30',
    '--with',
    file,
    '--csv',
    join(dir, 'figures'),
    '--page',
    file,
  ];
  const { exit, stderr } = await compIn(dir, args);
  expect(exit).toBe(2);
  expect(stderr).toContain('output-is-input');
  expect(stderr).toContain(`${join(dir, 'figures')} was written, and nothing else.`);
  expect(readFileSync(file, 'utf8')).toBe(other);
});
