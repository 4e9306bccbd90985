/** The workbook, the summary and the aging of a workspace worked out by hand: each cell and each line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { comp } from './support/comp.js';
import { folderWith } from './support/folder.js';
import { allOf, attributeOf, type Element, pageOf, wordsOf } from './support/page.js';
import { type Workbook, workbookAt } from './support/workbook.js';
import { workedFolder } from './support/worked.js';

async function linesOf(dir: string, ...args: readonly string[]): Promise<string[]> {
  const [command, ...flags] = args as [string, ...string[]];
  const { exit, stdout, stderr } = await comp([command, '--config', join(dir, 'comp.yaml'), ...flags]);
  expect(exit, stderr).toBe(0);
  return stdout.replace(join(dir, 'out'), 'out').split('\n');
}

/** A line as cells: what two spaces or more keep apart. */
const cellsIn = (line: string) => line.trim().split(/ {2,}/);

let dir: string;
let summary: string[];
let book: Workbook;

beforeAll(async () => {
  dir = workedFolder();
  summary = await linesOf(dir, 'calc', '--out', join(dir, 'out'), '--as-of', '2025-06-30', '--xlsx');
  const path = join(dir, 'out', 'close.xlsx');
  book = await workbookAt(path, readFileSync(path));
});

describe('the summary, worked out by hand', () => {
  test('line by line', () => {
    expect(summary.map(cellsIn)).toEqual([
      [
        'Close as of 2025-06-30 · USD · 2 reps, 7 invoices · plans claw (level 1, clawback), hold (level 3, pay-on-collection)',
      ],
      ['DRAFT · 2025-Q2 is not closed. Its figures count until 2025-06-30.'],
      ['To pay for 2025-Q2', '390.00', '2 reps'],
      ['Held', '440.00', "waits for customers' payments, 1 rep"],
      ['Owed by reps', '0.00', 'nothing was ever owed'],
      ['Clawed back in 2025-Q2', '100.00', '40.00 reinstated'],
      [''],
      ['rep', 'quarter', 'payable', 'clawed back', 'reinstated', 'paid', 'held'],
      ['A', '2025-Q1', '300.00', '–', '–', '300.00', '–'],
      ['2025-Q2', '350.00', '100.00', '40.00', '290.00', '–'],
      ['B', '2025-Q1', '–', '–', '–', '–', '400.00'],
      ['2025-Q2', '100.00', '–', '–', '100.00', '440.00'],
      [expect.stringMatching(/^─+$/)],
      // Flows are added up; what is held is what is held at the end.
      ['total', '750.00', '100.00', '40.00', '690.00', '440.00'],
      ['paid = payable − clawed back + reinstated', 'R7.4'],
      ['owed before, owed after: always 0.00'],
      [''],
      ['ledger', 'read', 'used', 'after 2025-06-30', 'set aside'],
      ['invoices', '7', '11,900.00', '7', '11,900.00', '–', '–', '–', '–', 'ties out'],
      ['payments', '6', '4,417.00', '4', '4,400.00', '1', '10.00', '1', '7.00', 'ties out'],
      ['assignments', '2', '2', '–', '–', 'ties out'],
      ['quotas', '1', '7,000.00', '1', '7,000.00', '–', '–', '–', '–', 'ties out'],
      [
        'Checked: earned is the sum of its parts (R6.3) · pay and debt add up to the postings (R7.4) · every period opens as the one before closed (R8.1)',
      ],
      ['1 exception, all in out/exceptions.csv:'],
      ['unknown-invoice', 'P9'],
      [expect.stringContaining('There is no invoice I99.')],
      [expect.stringContaining('Set payPeriod: month to pay sooner.')],
      [''],
    ]);
  });

  test('on a narrow terminal, where two columns share one', async () => {
    const args = ['calc', '--config', join(dir, 'comp.yaml'), '--out', join(dir, 'out')];
    const { stdout } = await comp([...args, '--as-of', '2025-06-30'], {
      columns: 46,
      environment: { NO_COLOR: '1' },
    });
    const lines = stdout.split('\n');
    const cells = lines.map(cellsIn);
    expect(cells).toContainEqual(['rep', 'quarter', 'payable', 'other', 'paid', 'held']);
    // 40.00 is reinstated, 100.00 clawed back.
    expect(cells).toContainEqual(['2025-Q2', '350.00', '-60.00', '290.00', '–']);
    expect(cells).toContainEqual(['paid = payable + other', 'R7.4']);
    expect(lines).toContain('other = − clawed back + reinstated; --wide');
  });

  test('of more than 40 rows: by quarter, then the ten who are paid most and the rest', async () => {
    const reps = Array.from({ length: 21 }, (_, at) => `R${10 + at}`);
    const invoices = reps.flatMap((rep, at) => [
      `${rep}-1,C,${rep},2025-02-01,${100 * (at + 1)}`,
      `${rep}-2,C,${rep},2025-05-01,${1000 * (at + 1)}`,
    ]);
    const many = folderWith({
      'comp.yaml': 'currency: USD\nledgers: {invoices: i.csv}\nplans: [{id: p, level: 0, rate: 10%}]\n',
      'i.csv': `invoice_id,customer_id,rep_id,invoice_date,amount\n${invoices.join('\n')}\n`,
    });
    const lines = await linesOf(many, 'calc', '--out', join(many, 'out'), '--as-of', '2025-06-30');
    const table = lines.slice(lines.indexOf('') + 1).map(cellsIn);
    // 10.00 × (1 + … + 21) = 2,310.00 in the first quarter, and ten times that in the second.
    expect(table.slice(0, 5)).toEqual([
      ['quarter', 'payable', 'paid'],
      ['2025-Q1', '2,310.00', '2,310.00'],
      ['2025-Q2', '23,100.00', '23,100.00'],
      [expect.stringMatching(/^─+$/)],
      ['total', '25,410.00', '25,410.00'],
    ]);
    const from = table.findIndex(([text]) => text?.startsWith('The largest by paid'));
    expect(table[from]).toEqual([
      'The largest by paid in 2025-Q2; every rep and quarter is in out/quarters.csv:',
    ]);
    expect(table.slice(from + 1, from + 15)).toEqual([
      ['rep', 'payable', 'paid'],
      ...Array.from({ length: 10 }, (_, at) => [
        `R${30 - at}`,
        ...Array.from({ length: 2 }, () => `${(2100 - at * 100).toLocaleString('en-US')}.00`),
      ]),
      // 100.00 × (1 + … + 11).
      ['… 11 more reps', '6,600.00', '6,600.00'],
      [expect.stringMatching(/^─+$/)],
      ['total', '23,100.00', '23,100.00'],
    ]);
  });
});

test('only reps who are paid, and only those who owe, are counted', async () => {
  // A: 100.00, clawed back on 2 April; 200.00 in August. B: 50.00 in May. C: 20.00 in January, and nothing since.
  const invoices = [
    'A1,C,A,2025-01-01,2025-02-01,1000.00',
    'A2,C,A,2025-08-01,2025-12-01,2000.00',
    'B1,C,B,2025-05-01,2025-12-01,500.00',
    'C1,C,C,2025-01-01,2025-12-01,200.00',
  ];
  const debts = folderWith({
    'comp.yaml':
      'currency: USD\nledgers: {invoices: i.csv}\nplans: [{id: p, level: 1, rate: 10%, clawback: {pastDueDays: 60}}]\n',
    'i.csv': `invoice_id,customer_id,rep_id,invoice_date,due_date,amount\n${invoices.join('\n')}\n`,
  });
  const answerAt = async (asOf: string) =>
    (await linesOf(debts, 'calc', '--out', join(debts, 'out'), '--as-of', asOf)).slice(2, 5).map(cellsIn);
  expect(await answerAt('2025-06-30')).toEqual([
    ['To pay for 2025-Q2', '50.00', '1 rep'],
    ['Held', '0.00', 'nothing waits for cash at level 1'],
    ['Owed by reps', '100.00', 'to be recovered from later pay, 1 rep'],
  ]);
  expect(await answerAt('2025-09-30')).toEqual([
    ['To pay for 2025-Q3', '100.00', '1 rep'],
    ['Held', '0.00', 'nothing waits for cash at level 1'],
    ['Owed by reps', '0.00', 'at most 100.00, at the end of 2025-Q2; recovered since'],
  ]);
  const file = join(debts, 'report.html');
  await linesOf(debts, 'report', '--out', file, '--as-of', '2025-06-30');
  const page = pageOf(readFileSync(file, 'utf8'));
  const strip = allOf(allOf(page, '.strip')[0] as Element, 'li').map((item) =>
    allOf(item)
      .filter((one) => attributeOf(one, 'class') !== 'currency')
      .map(wordsOf)
      .slice(0, 4),
  );
  expect(strip.slice(0, 3)).toEqual([
    ['To pay for 2025-Q2', '50.00 USD', 'to 1 rep', '−70.00 vs. 2025-Q1'],
    ['Held', '0.00 USD', 'plan p (level 1) pays at invoicing', 'same as 2025-Q1'],
    ['Owed by reps', '100.00 USD', 'to be recovered, 1 rep', '+100.00 vs. 2025-Q1'],
  ]);
});

describe('the workbook, worked out by hand and read back with another library', () => {
  const rowsOf = (sheet: string, from = 0) =>
    book
      .rows(sheet)
      .slice(from)
      .map((row) =>
        row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : (cell ?? ''))),
      );

  test('Summary: the title, the totals of the reps, and the rows', () => {
    const [[title], totals, ...rows] = rowsOf('Summary') as [string[], ...unknown[][]];
    expect(title).toBe(
      'DRAFT. Every rep and fiscal quarter up to 2025-06-30, in USD. Row 2 adds up the filtered rows; for held and owed, which are balances, only those of 2025-Q2.',
    );
    const of = (row: readonly unknown[]) => row.slice(0, 21);
    expect(of(totals as unknown[])).toEqual([
      ...['total', '', '', 11900, 7000, ''],
      ...[1190, 650, 100, 0, 400, 440, 750, 100, 40, 0, 60, 0, 60, 690, 0],
    ]);
    expect(rows.map(of)).toEqual([
      [
        ...['rep', 'quarter', 'currency', 'bookings', 'quota', 'attainment'],
        ...['earned', 'advanced', 'released', 'forfeited', 'held opening', 'held', 'payable'],
        ...['clawed back', 'reinstated', 'owed opening', 'charged', 'cancelled', 'recovered', 'paid', 'owed'],
      ],
      ['A', '2025-Q1', 'USD', 3000, '', '', 300, 300, 0, 0, 0, 0, 300, 0, 0, 0, 0, 0, 0, 300, 0],
      ['A', '2025-Q2', 'USD', 3500, 7000, 0.5, 350, 350, 0, 0, 0, 0, 350, 100, 40, 0, 60, 0, 60, 290, 0],
      ['B', '2025-Q1', 'USD', 4000, '', '', 400, 0, 0, 0, 0, 400, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      ['B', '2025-Q2', 'USD', 1400, '', '', 140, 0, 100, 0, 400, 440, 100, 0, 0, 0, 0, 0, 0, 100, 0],
    ]);
  });

  test('Postings: what each amount of the lines comes to', () => {
    const [[title], totals] = rowsOf('Postings') as [string[], unknown[]];
    expect(title).toBe(
      "Every change of a rep's commission on an invoice, in USD. Row 2 adds up the filtered rows.",
    );
    expect(totals).toEqual(['total', '', '', '', '', '', '', '', '', 1190, 650, 100, 440, 0, 60, '']);
  });

  test('Held: every open line with commission, its age and its clawback', () => {
    expect(rowsOf('Held')).toEqual([
      expect.arrayContaining([
        'Commission waiting for cash as of 2025-06-30, and what will be clawed back unless customers pay, in USD.',
      ]),
      ['total', '', '', '', '', '', '', '', 440, '', 250],
      [
        ...['rep', 'customer', 'invoice', 'plan', 'open on invoice', 'due', 'days past due', 'age', 'held'],
        ...['clawback date', 'at risk'],
      ],
      ['A', 'C2', 'I3', 'claw', 2000, '2025-05-31', 30, '1–30', 0, '2025-07-30', 200],
      ['A', 'C3', 'I4', 'claw', 500, '2025-06-01', 29, '1–30', 0, '2025-07-31', 50],
      ['B', 'C4', 'I5', 'hold', 3000, '2025-03-31', 91, 'over 90', 300, '', 0],
      ['B', 'C4', 'I6', 'hold', 800, '2025-07-15', 0, 'current', 80, '', 0],
      ['B', 'C5', 'I7', 'hold', 600, '', '', 'no due date', 60, '', 0],
    ]);
  });

  test('Payroll: what each rep is paid for the period, and by when', () => {
    // 30 days after the first receipt that made something payable: on 20 June for Ann, on 2 May for Bob.
    expect(rowsOf('Payroll', 1)).toEqual([
      ['total', '', '', '', '', 390, 60, 0],
      ['rep', 'name', 'pay period', 'pay by', 'currency', 'to pay', 'recovered', 'still owed'],
      ['A', '', '2025-Q2', '2025-07-20', 'USD', 290, 60, 0],
      ['B', '', '2025-Q2', '2025-06-01', 'USD', 100, 0, 0],
    ]);
  });

  test('Clawbacks: when, for what, at which rate, and what was reinstated', () => {
    expect(rowsOf('Clawbacks', 1)).toEqual([
      ['total', '', '', '', '', '', '', '', 100, 40, 60],
      [
        ...['date', 'rep', 'customer', 'invoice', 'cause', 'first paid in', 'rate', 'days past due'],
        ...['clawed back', 'reinstated', 'not reinstated'],
      ],
      ['2025-04-11', 'A', 'C1', 'I1', 'past-due', '2025-Q1', '10%', 60, 100, 40, 60],
    ]);
  });

  test('Exceptions: the row with its line in the file, and a cell for whoever resolves it', () => {
    expect(rowsOf('Exceptions')[2]).toEqual(['code', 'ledger', 'row', 'id', 'message', 'resolved by']);
    expect(rowsOf('Exceptions', 3).map((row) => row.slice(0, 4))).toEqual([
      ['unknown-invoice', 'payments', 7, 'P9'],
    ]);
  });

  test('Control totals: rows and amounts of each ledger, used, later and set aside', () => {
    expect(rowsOf('Control totals', 2).map((row) => row.slice(0, 8))).toEqual([
      ['ledger', 'read', 'used', 'after 2025-06-30', 'set aside', 'left out', 'not records', 'difference'],
      ['invoices, rows', 7, 7, 0, 0, 0, 0, 0],
      ['invoices, amount', 11900, 11900, 0, 0, 0, 0, 0],
      ['payments, rows', 6, 4, 1, 1, 0, 0, 0],
      ['payments, amount', 4417, 4400, 10, 7, 0, 0, 0],
      ['assignments, rows', 2, 2, 0, 0, 0, 0, 0],
      ['quotas, rows', 1, 1, 0, 0, 0, 0, 0],
      ['quotas, amount', 7000, 7000, 0, 0, 0, 0, 0],
    ]);
  });

  test('Checks: our totals are those worked out by hand', () => {
    const ours = Object.fromEntries(rowsOf('Checks', 3).map((row) => [row[0], row[2]]));
    expect(ours).toEqual({
      ...{ 'Summary: bookings': 11900, 'Summary: earned': 1190, 'Summary: advanced': 650 },
      ...{ 'Summary: released': 100, 'Summary: forfeited': 0, 'Summary: payable': 750 },
      ...{ 'Summary: clawed back': 100, 'Summary: reinstated': 40, 'Summary: charged': 60 },
      ...{ 'Summary: cancelled': 0, 'Summary: recovered': 60, 'Summary: paid': 690 },
      ...{ 'Summary: held at the end': 440, 'Summary: owed at the end': 0 },
      'Summary: held before + earned − advanced − released − forfeited − held after': 0,
      'Summary: payable − clawed back + reinstated − owed before + owed after = paid': 690,
      ...{ 'Postings: earned': 1190, 'Postings: advanced': 650, 'Postings: released': 100 },
      ...{ 'Postings: held': 440, 'Postings: forfeited': 0, 'Postings: clawed back less reinstated': 60 },
      ...{ 'Payroll: paid': 390, 'Payroll: recovered': 60, 'Payroll: owed': 0 },
      ...{ 'Held: held': 440, 'Clawbacks: clawed back': 100, 'Clawbacks: reinstated': 40 },
      'Exceptions: count': 1,
      'invoices, rows: used, later, set aside or left out': 7,
      'invoices, amount: used, later, set aside or left out': 11900,
      'payments, rows: used, later, set aside or left out': 6,
      'payments, amount: used, later, set aside or left out': 4417,
      'assignments, rows: used, later, set aside or left out': 2,
      'quotas, rows: used, later, set aside or left out': 1,
      'quotas, amount: used, later, set aside or left out': 7000,
    });
  });

  test('Read me: what the workbook is made from', () => {
    const rows = rowsOf('Read me').map((row) => row.slice(0, 3).filter((cell) => cell !== ''));
    for (const row of [
      ['Commission close as of 2025-06-30'],
      ['36 of 36 checks agree'],
      ['as of', '2025-06-30'],
      ['pay period', '2025-Q2'],
      ['currency', 'USD'],
      ['claw', '1, clawback'],
      ['hold', '3, pay-on-collection'],
      ['invoices', 'invoices.csv', 7],
      ['payments', 'payments.csv', 6],
      ['quotas', 'quotas.csv', 1],
      ['comp.yaml', 'comp.yaml'],
    ])
      expect(rows).toContainEqual(row);
    const names = rows.map(([name]) => name);
    for (const sheet of book.names.slice(1)) expect(names).toContain(sheet);
    expect(names.slice(names.indexOf('color'))).toEqual(['color', 'heading', 'to fill in']);
    expect(names).not.toContain('closed through');
    expect(names).not.toContain('recomputed');
  });
});

describe('comp ageing, worked out by hand', () => {
  test('line by line', async () => {
    const lines = await linesOf(dir, 'ageing', '--as-of', '2025-06-30', '--wide');
    expect(lines.map(cellsIn)).toEqual([
      ['As of 2025-06-30 · USD · 7,500.00 open on 6 invoices'],
      [
        ...['rep', 'customer', 'current', '1–30', '31–60', '61–90', 'over 90', 'no due date'],
        ...['open', 'held', 'at risk'],
      ],
      ['A', 'C1', '–', '–', '–', '–', '600.00', '–', '600.00', '–', '–'],
      ['C2', '–', '2,000.00', '–', '–', '–', '–', '2,000.00', '–', '200.00'],
      ['C3', '–', '500.00', '–', '–', '–', '–', '500.00', '–', '50.00'],
      ['B', 'C4', '800.00', '–', '–', '–', '3,000.00', '–', '3,800.00', '380.00', '–'],
      ['C5', '–', '–', '–', '–', '–', '600.00', '600.00', '60.00', '–'],
      [expect.stringMatching(/^─+$/)],
      ['total', '800.00', '2,500.00', '–', '–', '3,600.00', '600.00', '7,500.00', '440.00', '250.00'],
      ['follow-up:', 'the rep', 'collections'],
      ['Will be clawed back unless paid, soonest first, 250.00 in all:'],
      ['end of 2025-07-30, in 30 days', 'A', 'I3 C2', '200.00', 'on 2,000.00 open, 30 days past due'],
      ['each 1,000.00 paid saves 100.00', 'R5.6'],
      ['end of 2025-07-31, in 31 days', 'A', 'I4 C3', '50.00', 'on 500.00 open, 29 days past due'],
      ['each 100.00 paid saves 10.00'],
      // A: (2,000 × 36 + 1,000 × 66 + 400 × 161) ÷ 3,400 days; B: 1,000 after 90 days.
      [
        'Days from invoice to cash, weighted by amount: all 66.5 · A 59.5 · B 90.0 · Habitual short-payers: none',
      ],
      [''],
    ]);
  });

  test('due today, due later, past due by a day', async () => {
    const at = async (asOf: string) =>
      (await linesOf(dir, 'ageing', '--as-of', asOf)).find((line) => line.includes('I3 C2')) ?? '';
    expect(await at('2025-05-30')).toContain('on 3,000.00 open, due in 1 day');
    expect(await at('2025-05-31')).toContain('on 3,000.00 open, due today');
    expect(await at('2025-06-01')).toContain('on 3,000.00 open, 1 day past due');
  });

  test('within 30 days: the last day is in, the day after is not', async () => {
    const lines = await linesOf(dir, 'ageing', '--as-of', '2025-06-30', '--within', '30');
    expect(lines.filter((line) => line.includes('end of'))).toEqual([
      expect.stringContaining('end of 2025-07-30, in 30 days'),
    ]);
    expect(lines).toContain('Will be clawed back within 30 days unless paid, soonest first:');
  });
});
