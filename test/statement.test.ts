/** Statements: every table adds up to its heading, the page to the rep's row, and no ledger text becomes markup. */

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClosedUnder } from '../src/closing/period-state.js';
import { addDays, type Day, findDay, isoOf } from '../src/day.js';
import type { NamedPeriod } from '../src/engine/r11-closes/close.js';
import { csvOf } from '../src/ledgers/write.js';
import { statementTable } from '../src/statement/csv.js';
import { fileNameOf, isStatementOf } from '../src/statement/file-names.js';
import { indexPage } from '../src/statement/index-page.js';
import { statementPage } from '../src/statement/page.js';
import { findPeriod, type Statement, statementsOf } from '../src/statement/statement.js';
import { histories } from '../src/testing/histories.js';
import { type LateHistory, lateHistories, periodEndsOf } from '../src/testing/late.js';
import { anyText } from './support/any-text.js';
import { comp, compIn, filesIn, newFolder } from './support/comp.js';
import { copyOf, folderWith } from './support/folder.js';
import {
  allOf,
  attributeOf,
  expectTablesToAddUp,
  minorOf,
  pageOf,
  sectionOf,
  shapeOf,
  textOf,
  wordsOf,
} from './support/page.js';
import { forAll, type Meet } from './support/property.js';
import { explainedOf, type FullCalculation, findExplained, inputsOf } from './support/run.js';
import { expectIndex, expectShown, expectTable } from './support/statement-page.js';

/** Runs `comp statement` on a scenario: the words of its one page, and the page. */
async function written(scenario: string, quarter: string, ...more: string[]) {
  const dir = copyOf(`scenarios/${scenario}`);
  const out = join(dir, 'out');
  const args = ['statement', '--quarter', quarter, '--config', join(dir, 'comp.yaml'), '--out', out, ...more];
  const ran = await comp(args);
  expect(ran).toMatchObject({ exit: 0 });
  const page = pageOf(readFileSync(join(out, `statement-${quarter}-R1.html`), 'utf8'));
  expectTablesToAddUp(page);
  return { dir, out, ran, page, words: wordsOf(page) };
}

/** The rows of the first table of a section, with their labels. */
function rowsIn(page: ReturnType<typeof pageOf>, section: string): Record<string, string> {
  const [table] = allOf(sectionOf(page, section) as never, 'table');
  return Object.fromEntries(
    allOf(table as never, 'tr').map((row) => [
      textOf(allOf(row, 'th')[0] as never).trim(),
      textOf(allOf(row, '.number')[0] as never).trim(),
    ]),
  );
}

/** A workspace of one plan, by its ledgers; rows as in the files. */
function workspaceOf(plan: string, ledgers: Readonly<Record<string, readonly string[]>>): string {
  const headers = {
    invoices: 'invoice_id,customer_id,rep_id,invoice_date,due_date,amount',
    payments: 'payment_id,invoice_id,payment_date,amount',
    writeOffs: 'write_off_id,invoice_id,write_off_date,amount',
    creditMemos: 'credit_memo_id,invoice_id,credit_date,amount',
  };
  const names = Object.keys(headers) as (keyof typeof headers)[];
  return folderWith({
    'comp.yaml': `currency: USD\nledgers: {${names.map((name) => `${name}: ${name}.csv`).join(', ')}}\nplans:\n  - {id: ae, rate: 5%, ${plan}}\n`,
    ...Object.fromEntries(
      names.map((name) => [`${name}.csv`, `${[headers[name], ...(ledgers[name] ?? [])].join('\n')}\n`]),
    ),
  });
}

/** The words of R1's statement, and its page. */
async function wordsIn(dir: string, quarter: string, ...more: string[]) {
  const out = join(dir, 'out');
  const ran = await comp([
    'statement',
    'R1',
    '--quarter',
    quarter,
    '--config',
    join(dir, 'comp.yaml'),
    '--out',
    out,
    ...more,
  ]);
  expect(ran.stderr).toContain('1 statement');
  const page = pageOf(readFileSync(join(out, `statement-${quarter}-R1.html`), 'utf8'));
  expectTablesToAddUp(page);
  return wordsOf(page);
}

describe('sentences follow the plan', () => {
  const sale = 'I1,Acme,R1,2025-01-10,2025-02-09,10000';

  test('a part that was written off: what is open comes first, and brings nothing back', async () => {
    const dir = workspaceOf('level: 1, clawback: {onWriteOff: true}', {
      invoices: [sale],
      writeOffs: ['W1,I1,2025-04-10,5000'],
    });
    const words = await wordsIn(dir, '2025-Q2');
    expect(words).toContain('After the next 5,000.00, you get it back as Acme pays the rest.');
    expect(words).toContain(
      'Acme still owes 5,000.00 on invoice I1, and 5,000.00 of it was written off. For each 1,000.00 that Acme pays after the next 5,000.00, 50.00 comes back.',
    );
  });

  test('what was credited before the sale: the sum comes to the amount beside it', async () => {
    const dir = workspaceOf('level: 1, clawback: {onWriteOff: true}', {
      invoices: [sale],
      creditMemos: ['M1,I1,2025-01-02,4000'],
    });
    expect(await wordsIn(dir, '2025-Q1')).toContain(
      'Invoiced on 10 Jan 2025: 10,000.00 × 5%, less 4,000.00 credited before = 300.00. 5% 300.00',
    );
  });

  test('a day of payment in every statement: on the day that comp.yaml says, by the pay-by date, or after the period', async () => {
    const dir = workspaceOf('level: 0', { invoices: [sale] });
    const config = join(dir, 'comp.yaml');
    writeFileSync(config, `payWithin: 0\n${readFileSync(config, 'utf8')}`);
    const words = await wordsIn(dir, '2025-Q1');
    expect(words).toContain('You are paid 500.00 after 31 Mar 2025 Your sale to Acme came to 500.00.');
    writeFileSync(config, `payDay: 15\n${readFileSync(config, 'utf8')}`);
    expect(await wordsIn(dir, '2025-Q1')).toContain('You are paid 500.00 on 15 Apr 2025');
    expect(words).toContain('Write to the person who sent you this statement. Quote');
  });

  test('cash that came too late is in the statement of its own quarter only', async () => {
    const dir = workspaceOf('level: 1, clawback: {pastDueDays: 60, reinstate: false}', {
      invoices: [sale],
      payments: ['P1,I1,2025-05-01,4000', 'P2,I1,2025-07-01,6000'],
    });
    const late = ['Acme paid 4,000.00 on 1 May 2025.', 'Acme paid the remaining 6,000.00 on 1 Jul 2025.'];
    const quarters = [await wordsIn(dir, '2025-Q2'), await wordsIn(dir, '2025-Q3')];
    expect(quarters.map((words) => late.map((sentence) => words.includes(sentence)))).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test('what was paid since: nothing is left to bring back', async () => {
    const dir = workspaceOf('level: 1, clawback: {pastDueDays: 60}', {
      invoices: [sale],
      payments: ['P1,I1,2025-04-20,10000'],
    });
    const words = await wordsIn(dir, '2025-Q2');
    expect(words).toContain('500.00 was given back because Acme paid 10,000.00 on 20 Apr 2025.');
    expect(words).not.toContain('get it back as');
  });

  test('level 4: commission that is still to come is shown, and not as held', async () => {
    const dir = workspaceOf('level: 4', { invoices: [sale], payments: ['P1,I1,2025-02-01,3000'] });
    const words = await wordsIn(dir, '2025-Q1');
    expect(words).toContain(
      'Acme has 7,000.00 open on invoice I1, due 9 Feb 2025. You earn commission with each payment: 350.00 of it is still to come.',
    );
    expect(words).toContain('Nothing is held on 31 Mar 2025: commission is earned as customers pay.');
    expect(words).not.toContain('Nothing that we know of');
  });

  test('what will not be paid: the write-off is why, though the payment after it settled the invoice', async () => {
    const dir = workspaceOf('level: 3, release: paid-in-full', {
      invoices: [sale],
      writeOffs: ['W1,I1,2025-04-10,5000'],
      payments: ['P1,I1,2025-05-01,5000'],
    });
    expect(await wordsIn(dir, '2025-Q2')).toContain(
      'Acme paid 5,000.00 on 1 May 2025 (P1), which left nothing open: the part of invoice I1 that was written off never came.',
    );
  });

  test('gross profit is not called sales', async () => {
    const dir = workspaceOf('level: 0, basis: gross-profit', {});
    writeFileSync(
      join(dir, 'invoices.csv'),
      'invoice_id,customer_id,rep_id,invoice_date,amount,cost\nI1,Acme,R1,2025-01-10,10000,6000\n',
    );
    const words = await wordsIn(dir, '2025-Q1');
    expect(words).toContain('Gross profit that counts this quarter 4,000.00');
    expect(words).not.toContain('Sales that count');
  });

  test('what is repaid is not said to come from what was just taken back', async () => {
    const dir = workspaceOf('level: 1, clawback: {pastDueDays: 60}', {
      invoices: [sale, 'I2,Bolt,R1,2025-07-01,2025-07-30,20000', 'I3,Core,R1,2025-04-20,2025-05-20,2000'],
      payments: ['P2,I2,2025-07-05,20000'],
    });
    const words = await wordsIn(dir, '2025-Q3');
    expect(words).toContain('You are paid 500.00');
    expect(words).toContain(
      "You get it back as Core pays the rest. 400.00 of your commission repays commission on Acme's invoice I1",
    );
  });

  test('a closed sale that was corrected: no sum that does not come to its amount, and nothing more at risk than was paid', async () => {
    const dir = workspaceOf('level: 1, clawback: {pastDueDays: 90}', {
      invoices: ['I1,Acme,R1,2025-01-10,2025-02-09,4000', 'I2,Bolt,R1,2025-01-10,2025-02-09,2000'],
    });
    await compIn(dir, ['close', '2025-Q1', '--quiet']);
    writeFileSync(
      join(dir, 'invoices.csv'),
      'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\nI1,Acme,R1,2025-01-10,2025-02-09,5000\n',
    );
    const closed = await wordsIn(dir, '2025-Q1');
    expect(closed).toContain('Invoiced on 10 Jan 2025. 5% 200.00');
    expect(closed).not.toContain('5,000.00');
    expect(closed).toContain('Nothing is about to be taken back.');
    const words = await wordsIn(dir, '2025-Q2');
    expect(words).toContain(
      'Invoiced on 10 Jan 2025: 5,000.00 × 5% = 250.00; 200.00 of what was payable then was already reported. 5% 50.00',
    );
    expect(words).toContain('The sale to Bolt of 10 Jan 2025 no longer counts as it did. −100.00');
  });
});

describe('several of a kind', () => {
  const invoice = (id: string, amount: string, due = '2025-02-09') =>
    `${id},Acme,R1,2025-01-10,${due},${amount}`;
  const five = ['I1', 'I2', 'I3', 'I4', 'I5'].map((id) => invoice(id, '2000'));

  test('taken back: three by name, two with what brings them back, the rest as a sum', async () => {
    const dir = workspaceOf('level: 1, clawback: {pastDueDays: 60}', { invoices: five });
    const words = await wordsIn(dir, '2025-Q2');
    expect(words).toContain('500.00 was taken back: invoices I1, I2, I3 and 2 more.');
    expect(words.match(/For each 1,000\.00 that Acme still pays, 50\.00 comes back\./g)).toHaveLength(2);
    expect(words).toContain(
      '300.00 more was taken back on 3 other invoices; you get it back as customers pay.',
    );
  });

  test('debts: they are named by the invoices that they came from, and what is left is carried forward', async () => {
    const dir = workspaceOf('level: 1, clawback: {pastDueDays: 60}', {
      invoices: [...five, 'I6,Bolt,R1,2025-07-02,2025-12-01,4000'],
    });
    expect(await wordsIn(dir, '2025-Q3', '--as-of', '2025-09-30')).toContain(
      'Your sale to Bolt came to 200.00. 200.00 of that repays commission on invoices I1, I2, I3 and 2 more. You are paid 0.00. 300.00 is carried forward and comes off your next commission.',
    );
  });

  test('waiting: the largest two, then the sum of the others', async () => {
    const dir = workspaceOf('level: 3', {
      invoices: [invoice('I1', '1000'), invoice('I2', '4000'), invoice('I3', '3000'), invoice('I4', '2000')],
    });
    const words = await wordsIn(dir, '2025-Q1');
    const at = [
      "200.00 is waiting for Acme's payment of 4,000.00 on invoice I2, due 9 Feb 2025.",
      "150.00 is waiting for Acme's payment of 3,000.00 on invoice I3, due 9 Feb 2025.",
      '150.00 more waits for 2 other invoices.',
    ].map((sentence) => words.indexOf(sentence));
    expect(at.every((place) => place > 0)).toBe(true);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  test('at risk: what comes within 30 days by itself, then the sum of what comes later', async () => {
    const dir = workspaceOf('level: 1, clawback: {pastDueDays: 60}', {
      invoices: [
        invoice('I1', '1000', '2025-03-20'),
        invoice('I2', '2000', '2025-02-20'),
        invoice('I3', '3000', '2025-04-20'),
      ],
    });
    const words = await wordsIn(dir, '2025-Q1');
    expect(words).toContain(
      'Acme has 2,000.00 open on invoice I2, 39 days past due. Unless it is paid, 100.00 is taken back at the end of 21 Apr 2025; a partial payment saves part of it. 200.00 more is at risk later, on 2 invoices: unless customers pay, the first is taken back at the end of 19 May 2025.',
    );
    // Not due yet: no days past due.
    expect(words).toContain('Acme I3 19 Jun 2025 3,000.00 150.00');
  });

  test('lines: more than three may go on to another page of paper', async () => {
    const invoices = Array.from({ length: 4 }, (_, at) => invoice(`J${at + 10}`, '100'));
    for (const [count, size] of [
      [3, 'part short'],
      [4, 'part'],
    ] as const) {
      const dir = workspaceOf('level: 0', { invoices: invoices.slice(0, count) });
      await wordsIn(dir, '2025-Q1');
      const page = pageOf(readFileSync(join(dir, 'out', 'statement-2025-Q1-R1.html'), 'utf8'));
      expect(attributeOf(sectionOf(page, 'payable') as never, 'class')).toBe(size);
    }
  });

  test('rates by amount: the table has amounts', async () => {
    const dir = folderWith({
      'comp.yaml':
        'currency: USD\nledgers: {invoices: i.csv}\nplans: [{id: p, level: 0, rate: {tiers: marginal, table: [{fromAmount: 0, rate: 5%}, {fromAmount: 10000, rate: 7.5%}]}}]\n',
      'i.csv': 'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,Acme,R1,2025-01-10,12000\n',
    });
    const words = await wordsIn(dir, '2025-Q1');
    expect(words).toContain(
      'Plan p pays by sales of this quarter: each part of a sale at the rate of the band it falls into. Rates of plan p From sales of Rate on sales 0.00 5% 10,000.00 7.5%',
    );
    expect(words).toContain('Invoiced on 10 Jan 2025: 10,000.00 × 5% + 2,000.00 × 7.5%. 5% and 7.5% 650.00');
  });

  test('years: a month of another year is named with it', async () => {
    const dir = workspaceOf('level: 1, clawback: {pastDueDays: 60}', {
      invoices: ['I1,Acme,R1,2024-09-01,2024-10-10,10000'],
      creditMemos: ['M1,I1,2025-02-05,4000'],
    });
    expect(await wordsIn(dir, '2025-Q1')).toContain(
      'Acme sent back 4,000.00 (M1). Commission on the sale falls from 500.00 to 300.00; the 200.00 difference had already been taken back in December 2024, so this changes nothing.',
    );
  });
});

describe('the first page answers', () => {
  test('level 1, 2025-Q3, as drawn up beforehand', async () => {
    const { page, words } = await written('level-1', '2025-Q3');
    expect(words).toContain('R1 2025-Q3, July to September 2025');
    expect(words).toContain('Figures in USD as of 30 Sep 2025');
    expect(words).toContain('You are paid 150.00 by 30 Oct 2025');
    expect(words).toContain(
      "Your sale to Core came to 400.00. 250.00 of that repays commission on Bolt's invoice INV-2, which Bolt had not paid 90 days after it was due. Nothing is left to repay.",
    );
    expect(rowsIn(page, 'steps')).toEqual({
      'Commission now payable': '400.00',
      'Repaid from earlier': '−250.00',
      'Paid to you': '150.00',
    });
    expect(words).toContain(
      "Nothing waits for a customer's payment on 30 Sep 2025. Nothing was taken back or given back in 2025-Q3. Nothing is about to be taken back. Nothing is to be repaid.",
    );
    expect(words).toContain(
      'INV-2 was written off. For each 1,000.00 that Bolt still pays, 50.00 comes back.',
    );
    expect(words).toContain('Nothing was taken back or given back in 2025-Q3.');
    expect(words).toContain('Quota for the quarter No quota');
    expect(words).toContain('Quote the invoice and line number.');
  });

  test.each<[string, string, readonly string[]]>([
    [
      'level-1',
      '2025-Q2',
      [
        'You are paid 0.00 by 30 Jul 2025',
        '250.00 was taken back on 20 Jun 2025 because Bolt had paid none of 5,000.00 on invoice INV-2, 90 days after it was due. It was paid to you with 2025-Q1 at 5%.',
        'You are paid 0.00. 250.00 is carried forward and comes off your next commission.',
      ],
    ],
    ['level-1', '2025-Q4', ['50.00 was given back because Bolt paid 1,000.00 on 10 Dec 2025.']],
    [
      'returns',
      '2025-Q2',
      [
        'Acme sent back 60,000.00 (CR-9). Commission on the sale falls from 4,000.00 to 1,000.00; the 3,000.00 difference had already been taken back in April, so this changes nothing.',
        'Commission now payable section 1 8,400.00',
        'Taken back section 2 −3,000.00 Paid to you 5,400.00',
        'Paid to you 5,400.00',
        '120,000.00 × 5% + 30,000.00 × 8%',
        'Unless it is paid, 8,400.00 is taken back at the end of 30 Jul 2025',
      ],
    ],
    [
      'returns',
      '2025-Q4',
      [
        'Bolt paid the remaining 100,000.00 on 5 Oct 2025. Under plan ae, commission that was taken back (5,600.00) is not given back.',
      ],
    ],
    [
      'booking-quarter-rate',
      '2025-Q3',
      [
        "10,900.00 is waiting for Core's payment of 200,000.00 on invoice INV-3, due 1 Oct 2025. You get your share of each payment.",
        'What Bolt paid on invoice INV-2 made 3,500.00 payable.',
      ],
    ],
    [
      'booking-quarter-rate',
      '2025-Q4',
      [
        'Core paid 50,000.00 on 10 Oct 2025 (PAY-3).',
        'You are paid 10,900.00 after 31 Dec 2025 What Core paid',
      ],
    ],
    [
      'level-2',
      '2025-Q3',
      ["5,000.00 of Bolt's invoice INV-2 was written off on 30 Sep 2025 (WO-1): that money never came."],
    ],
    ['level-2', '2025-Q1', ['10,000.00 × 5% = 500.00, of which 250.00 is payable at once.']],
  ])('%s, %s', async (scenario, quarter, sentences) => {
    const { words } = await written(scenario, quarter);
    for (const sentence of sentences) expect(words).toContain(sentence);
  });

  test('as of a day in mid-quarter, what waits is what waits then', async () => {
    const { words } = await written('booking-quarter-rate', '2025-Q4', '--as-of', '2025-11-10');
    expect(words).toContain('Figures in USD as of 10 Nov 2025');
    expect(words).toContain(
      "8,175.00 is waiting for Core's payment of 150,000.00 on invoice INV-3, due 1 Oct 2025.",
    );
  });

  test('a payment shows the whole sum that it is a part of', async () => {
    const half = {
      'comp.yaml':
        'currency: USD\nledgers: {invoices: i.csv, payments: p.csv}\nplans: [{id: p, level: 2, rate: 5%}]\n',
      'i.csv': 'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,Acme,R1,2025-01-10,15692.65\n',
      'p.csv':
        'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-02-01,5692.65\nP2,I1,2025-02-20,10000.00\n',
    };
    const dir = folderWith(half);
    const args = ['statement', '--quarter', '2025-Q1', '--config', join(dir, 'comp.yaml'), '--out', dir];
    expect((await comp(args)).exit).toBe(0);
    const words = wordsOf(pageOf(readFileSync(join(dir, 'statement-2025-Q1-R1.html'), 'utf8')));
    // 5% of 15,692.65 is 784.6325. 392.32 of it waits, and 392.31 is payable with the invoice.
    expect(words).toContain('15,692.65 × 5% = 784.63, of which 392.31 is payable at once.');
    // 392.32 × 5,692.65 ÷ 15,692.65 = 142.32; 392.31 + 142.32 = 534.63.
    expect(words).toContain(
      '5,692.65 of 15,692.65 paid: 784.63 at 5%, of which 392.31 + 392.32 × 5,692.65 ÷ 15,692.65 = 534.63; less 392.31 paid with the invoice. 5% 142.32',
    );
    expect(words).toContain('15,692.65 of 15,692.65 paid: 784.63 at 5%; less 534.63 paid before. 5% 250.00');
  });

  test('if pay is monthly, of a month and of its quarter', async () => {
    const month = await written('gross-profit-monthly', '2025-03');
    expect(month.words).toContain('2025-03, March 2025');
    expect(month.words).toContain("Sales and quota are in the quarter's statement.");
    const quarter = await written('gross-profit-monthly', '2026-Q1');
    expect(quarter.words).toContain('Paid month by month');
  });

  test('nobody is blamed, and nothing is an adjustment', async () => {
    for (const scenario of ['level-1', 'returns', 'level-2']) {
      const { words } = await written(scenario, '2025-Q2');
      expect(words).not.toMatch(/penalty|unfortunately|adjust|you failed|!|clawed|reinstated|forfeited/i);
    }
  });
});

/** Checks a statement's sections, page and table against its row. */
function expectWhole(statement: Statement): ReturnType<typeof pageOf> {
  const { row, steps, sections, currency, repId, period } = statement;
  expect(steps.reduce((sum, { amount }) => sum + amount, 0n)).toBe(row.paid);
  expect(sections.waiting.total).toBe(row.held);
  const moved = sections.corrections.lines.reduce((sum, { posting }) => sum + posting.forfeited, 0n);
  expect(sections.forfeited.total + moved).toBe(row.forfeited);
  for (const { sum, amount } of sections.payable.lines) {
    if (sum !== undefined) expect(sum.advanced + sum.released - sum.before).toBe(amount);
  }
  const html = `${statementPage(statement)}`;
  expect(html).not.toMatch(/undefined|NaN|\[object/);
  const page = pageOf(html);
  expect(expectTablesToAddUp(page)).toBeGreaterThanOrEqual(1);
  const shown = allOf(sectionOf(page, 'paid') as never, '.amount')[0];
  expect(minorOf(textOf(shown as never))).toBe(row.paid);
  const numbers = allOf(page, 'tbody')
    .flatMap((body) => allOf(body, 'td'))
    .map((cell) => textOf(cell))
    .filter((text) => /^\d+$/.test(text));
  expect(numbers.length).toBeGreaterThanOrEqual(0);
  const csv = [...csvOf(statementTable('x', statement))].join('');
  expect(csv).not.toMatch(/undefined|NaN|\[object/);
  const records = parse(csv, { columns: true }) as Record<string, string>[];
  const sumOf = (section: string) =>
    records
      .filter((record) => record['section'] === section)
      .reduce((sum, { amount }) => sum + BigInt((amount ?? '').replace('.', '')), 0n);
  expect(sumOf('payable') + sumOf('taken-back') + sumOf('corrections')).toBe(
    row.payable - row.clawedBack + row.reinstated,
  );
  expect(sumOf('waiting')).toBe(row.held);
  expectTable(records, page);
  expect(records.every((record) => record['period'] === period.name)).toBe(true);
  expect(currency.code).toBe(records[0]?.['currency']);
  expect(repId.length).toBeGreaterThan(0);
  return page;
}

/** The statements of a period at that time, each of them checked. */
function expectStatements(
  calculation: FullCalculation,
  state: FullCalculation,
  name: string,
  meet: Meet,
  closed: readonly NamedPeriod[] = [],
): ReturnType<typeof statementsOf> {
  const { result } = calculation;
  const period = findPeriod(calculation, name);
  if (period === undefined) throw new Error(name);
  const statements = statementsOf({ result, state, period, closed: closed.map(closedUnder) });
  for (const statement of statements) {
    const { repId, until } = statement;
    expectShown(expectWhole(statement), { repId, period, until, result, state });
    meetIn(statement, meet);
  }
  return statements;
}

/** As if each period had been closed on the day after it. */
function closedUnder(period: NamedPeriod): ClosedUnder {
  const closedOn = isoOf(addDays(findDay(period.to) as Day, 1));
  return { period, closedOn, record: `closes/${period.name}/close.json` };
}

/** Counts what was met, for properties. */
function meetIn({ sections, parts, state }: Statement, meet: Meet): void {
  for (const name of [
    'payable',
    'waiting',
    'moved',
    'forfeited',
    'risk',
    'riskLater',
    'corrections',
  ] as const) {
    if (sections[name].lines.length > 0) meet(name);
  }
  if (parts.length > 1) meet('several months');
  if (state.kind === 'closed') meet('closed');
}

/** A payment that is known late settles what was closed as held: its due date is shown all the same. */
const SETTLED_LATE: LateHistory = {
  history: {
    terms: {
      currency: 'USD',
      applyCash: 'oldest-due-first',
      plans: [{ id: 'plan 0', level: 2, rate: '10%' }],
    },
    ledgers: {
      invoices: [
        {
          invoice_id: 'Ia0',
          customer_id: 'C0',
          rep_id: 'r2',
          booking_date: '2023-01-01',
          invoice_date: '2023-01-01',
          due_date: '2023-01-31',
          amount: '1000.00',
          cost: '500.00',
        },
      ],
      payments: [
        {
          invoice_id: '',
          customer_id: 'C0',
          amount: '1500.00',
          payment_id: 'Pa0',
          payment_date: '2023-01-01',
        },
      ],
      writeOffs: [],
      creditMemos: [],
      splits: [],
      quotas: [],
    },
    asOf: '2023-07-01',
  },
  edits: [{ row: 45, kind: 'late', step: 2, days: 0 }],
  plans: undefined,
  closes: 2,
};

describe('statements add up', () => {
  test('over random workspaces, in every quarter and month', () => {
    forAll(
      histories(),
      (workspace, meet) => {
        const calculation = explainedOf(inputsOf(workspace));
        const { result } = calculation;
        const names = new Set(result.payPeriods.flatMap(({ name, quarter }) => [name, quarter]));
        for (const name of [...names].slice(-3)) {
          const to = findPeriod(calculation, name)?.to ?? '';
          const state = result.asOf <= to ? calculation : findExplained({ ...workspace, asOf: to });
          // A calendar may end before the quarter does.
          if (state === undefined) continue;
          const statements = expectStatements(calculation, state, name, meet);
          if (statements.length === 0) continue;
          const index = pageOf(`${indexPage(statements)}`);
          expectTablesToAddUp(index);
          expectIndex(index, name, result);
        }
      },
      { payable: 0.3, waiting: 0.1, moved: 0.05, forfeited: 0.03, risk: 0.03, 'several months': 0.1 },
      { isSlow: true },
    );
  });

  test('with closes and late rows: closed periods show the frozen figures', () => {
    forAll(
      lateHistories,
      (history, meet) => {
        for (const { period, known, closes, calculation } of periodEndsOf(history)) {
          expectStatements(calculation, calculation, period.name, meet);
          const last = closes.at(-1);
          if (last === undefined) continue;
          const before = closes.slice(0, -1);
          const state = findExplained({ ...known, asOf: last.period.to }, { closes: before });
          if (state === undefined) return;
          const closed = expectStatements(
            calculation,
            state,
            last.period.name,
            meet,
            closes.map((one) => one.period),
          );
          expect(closed.every((one) => one.state.kind === 'closed')).toBe(true);
        }
      },
      { closed: 0.3, corrections: 0.15 },
      { isSlow: true, examples: [SETTLED_LATE] },
    );
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '../../etc/x',
  '"><img src=x onerror=alert(1)>',
  "';--</style><script>x</script>",
  'r1',
  'R1',
  'R/1',
  'R\\1',
  'CON',
  '..',
  '=1+1',
  '\u202Etxt.exe',
  '</title></head><body onload=x>',
  '&lt;b&gt;',
  '\u0007bell',
  'Ré',
  'Re\u0301',
  '*/ } @import url(//x); {',
  '{{7*7}}%00',
  'a'.repeat(300),
];

describe('texts from ledgers', () => {
  test('stay texts, in every output', async () => {
    const ids = HOSTILE.map((id) => `"${id.replaceAll('"', '""')}"`);
    const dir = folderWith({
      'comp.yaml': [
        'currency: USD',
        `company: { name: ${JSON.stringify(HOSTILE[2])}, contact: ${JSON.stringify(HOSTILE[0])} }`,
        'ledgers: { invoices: invoices.csv, payments: payments.csv, reps: reps.csv }',
        'plans: [{ id: "<i>p", level: 1, rate: 10%, clawback: { pastDueDays: 30 } }]',
        '',
      ].join('\n'),
      'invoices.csv': [
        'invoice_id,customer_id,rep_id,invoice_date,due_date,amount',
        ...ids.flatMap((id, at) => [
          `I${at},${id},${id},2025-01-10,2025-02-10,1000.00`,
          `${id},${id},${id},2025-02-10,2025-04-10,500.00`,
        ]),
        '',
      ].join('\n'),
      'payments.csv': `payment_id,invoice_id,payment_date,amount\n${ids.map((id) => `${id},${id},2025-03-10,200.00`).join('\n')}\n`,
      'reps.csv': `rep_id,name,email\n${ids.map((id) => `${id},${id},${id}`).join('\n')}\n`,
    });
    const plain = copyOf('scenarios/level-1');
    const args = (at: string) => [
      ...['statement', '--quarter', '2025-Q1', '--csv', '--config', join(at, 'comp.yaml')],
      ...['--out', join(at, 'deep', 'out')],
    ];
    expect((await comp(args(dir))).exit).toBe(0);
    expect((await comp(args(plain))).exit).toBe(0);
    const files = filesIn(join(dir, 'deep', 'out'));
    const names = Object.keys(files);
    expect(names).toHaveLength(HOSTILE.length * 2 + 1);
    expect(new Set(names.map((name) => name.toLowerCase().normalize('NFD'))).size).toBe(names.length);
    expect(names.every((name) => /^[A-Za-z0-9_.-]{1,120}$/.test(name))).toBe(true);
    expect(readdirSync(dir).sort()).toEqual([
      'comp.yaml',
      'deep',
      'invoices.csv',
      'payments.csv',
      'reps.csv',
    ]);
    const allowed = new Set(
      [...Object.values(filesIn(join(plain, 'deep', 'out'))).filter((text) => text.startsWith('<!'))].flatMap(
        (text) => shapeOf(pageOf(text)),
      ),
    );
    for (const [name, text] of Object.entries(files)) {
      expect(text).not.toMatch(/undefined|NaN|\[object/);
      if (name.endsWith('.csv')) {
        const cells = (parse(text, { columns: true }) as Record<string, string>[]).map(
          (row) => row['rep_id'],
        );
        expect(cells.every((cell) => !/^[=+@\t\r]/.test(cell ?? ''))).toBe(true);
        continue;
      }
      const page = pageOf(text);
      expect(shapeOf(page).filter((one) => !allowed.has(one) && one !== 'a href')).toEqual([]);
      for (const link of allOf(page, 'a')) {
        const to = attributeOf(link, 'href') ?? '';
        expect(to.startsWith('#') || names.includes(to), to).toBe(true);
      }
      // The list has a script of ours, a statement none.
      expect(text.match(/<script/gi)?.length ?? 0).toBe(name === 'index.html' ? 1 : 0);
      const styles = allOf(page, 'style');
      expect(styles).toHaveLength(1);
      expect(textOf(styles[0] as never)).not.toMatch(/@import|url\(|<|script>/);
    }
    const [first] = names.filter((name) => name.includes('script-alert') && name.endsWith('.html'));
    const words = wordsOf(pageOf(files[first as string] as string));
    expect(words).toContain('<script>alert(1)</script> (<script>alert(1)</script>)');
    expect(words).toContain('"><img src=x onerror=alert(1)>');
  });

  test('make names of files that are safe and never alike', () => {
    const name = (id: string) => fileNameOf('2025-Q3', id).toLowerCase();
    forAll(
      fc.uniqueArray(fc.oneof(anyText(10), fc.stringMatching(/^[Rr][0-9]{1,2}$/)), {
        minLength: 2,
        maxLength: 30,
      }),
      (ids) => {
        const files = ids.map(name);
        expect(new Set(files).size).toBe(ids.length);
        for (const file of files) expect(file).toMatch(/^statement-2025-q3-[a-z0-9_.-]{0,80}$/);
        for (const id of ids)
          expect(isStatementOf('2025-Q3', `${fileNameOf('2025-Q3', id)}.html`)).toBe(true);
      },
      {},
    );
    expect(fileNameOf('2025-Q3', 'R1')).toBe('statement-2025-Q3-R1');
    expect(fileNameOf('2025-Q3', '\uD800')).not.toBe(fileNameOf('2025-Q3', '\uFFFD'));
    expect(isStatementOf('2025-Q3', 'statement-2025-Q3-notes.html')).toBe(false);
    expect(isStatementOf('2025-Q3', 'statement-2025-Q4-R1.html')).toBe(false);
  });
});

describe('a page', () => {
  test('has no script and asks for nothing, and can be read out', async () => {
    const { page } = await written('returns', '2025-Q2');
    expect(attributeOf(page, 'lang')).toBe('en');
    expect(allOf(page, 'script')).toEqual([]);
    expect(allOf(page, 'img').concat(allOf(page, 'link'), allOf(page, 'iframe'))).toEqual([]);
    const policy = allOf(page, 'meta').find((meta) => attributeOf(meta, 'http-equiv') !== undefined);
    expect(attributeOf(policy as never, 'content')).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; script-src 'none'; base-uri 'none'; form-action 'none'$/,
    );
    expect(allOf(page, 'h1')).toHaveLength(1);
    expect(allOf(page, 'th').every((head) => attributeOf(head, 'scope') !== undefined)).toBe(true);
    expect(allOf(page).some((element) => attributeOf(element, 'style') !== undefined)).toBe(false);
    const ids = allOf(page).flatMap((element) => attributeOf(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of allOf(page)) {
      for (const label of attributeOf(element, 'aria-labelledby')?.split(' ') ?? [])
        expect(ids).toContain(label);
    }
  });
});

describe('comp statement', () => {
  const workspace = () => copyOf('scenarios/level-1');
  const run = (dir: string, ...more: string[]) =>
    compIn(dir, ['statement', '--out', join(dir, 'out'), ...more]);

  test('writes to one rep, without an index', async () => {
    const dir = workspace();
    const ran = await run(dir, 'R1', '--quarter', '2025-Q3');
    expect(ran.stderr).toContain('1 statement for 2025-Q3. Wrote statement-2025-Q3-R1.html to');
    expect(Object.keys(filesIn(join(dir, 'out')))).toEqual(['statement-2025-Q3-R1.html']);
  });

  test('removes statements of reps that are gone, and nothing else', async () => {
    const dir = workspace();
    const out = join(dir, 'out');
    mkdirSync(out);
    for (const name of [
      'statement-2025-Q3-R9.html',
      'statement-2025-Q2-R9.html',
      'statement-2025-Q3-mine.html',
    ]) {
      writeFileSync(join(out, name), 'x');
    }
    await run(dir, '--quarter', '2025-Q3');
    expect(Object.keys(filesIn(out)).sort()).toEqual([
      'index.html',
      'statement-2025-Q2-R9.html',
      'statement-2025-Q3-R1.html',
      'statement-2025-Q3-mine.html',
    ]);
  });

  test('rejects an unknown name, and writes nothing', async () => {
    const dir = workspace();
    const ran = await run(dir, 'R11', 'R1', '--quarter', '2025-Q3');
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toMatch(/R11, 2025-Q3 .*no-statement R8\.1\n.*Did you mean R1\?/);
    expect(existsSync(join(dir, 'out'))).toBe(false);
  });

  test.each([
    ['2025-03', 'no-pay-period'],
    ['Q3', 'unknown-period'],
    ['2024-Q1', 'no-statement'],
  ])('refuses %s', async (quarter, code) => {
    const dir = workspace();
    const ran = await run(dir, '--quarter', quarter, '--json');
    expect(ran.exit).toBe(2);
    expect(JSON.parse(ran.stdout)).toMatchObject({ faults: [{ code }] });
    expect(existsSync(join(dir, 'out'))).toBe(false);
  });

  test('shows the frozen figures of a closed quarter, whatever has changed since', async () => {
    const dir = workspace();
    const config = join(dir, 'comp.yaml');
    expect((await comp(['close', '2025-Q1', '--config', config])).exit).toBe(0);
    expect((await comp(['close', '2025-Q2', '--config', config])).exit).toBe(0);
    const before = newFolder();
    await run(dir, '--quarter', '2025-Q2');
    cpSync(join(dir, 'out'), before, { recursive: true });
    const page = pageOf(readFileSync(join(before, 'statement-2025-Q2-R1.html'), 'utf8'));
    expect(rowsIn(page, 'steps')['Carried forward']).toBe('250.00');
    const payments = join(dir, 'payments.csv');
    writeFileSync(payments, `${readFileSync(payments, 'utf8')}PAY-9,INV-2,2025-05-01,5000.00\n`);
    await run(dir, '--quarter', '2025-Q2');
    const after = pageOf(readFileSync(join(dir, 'out', 'statement-2025-Q2-R1.html'), 'utf8'));
    expect(rowsIn(after, 'steps')).toEqual(rowsIn(page, 'steps'));
    await run(dir, '--quarter', '2025-Q3');
    const next = pageOf(readFileSync(join(dir, 'out', 'statement-2025-Q3-R1.html'), 'utf8'));
    expect(wordsOf(next)).toContain('2025-Q2, corrected on 1 Jul 2025');
    expect(wordsOf(next)).toContain('Corrections of 2025-Q2 add 250.00.');
  });

  test('the same workspace gives the same bytes', async () => {
    const [a, b] = [workspace(), workspace()];
    for (const dir of [a, b]) await run(dir, '--quarter', '2025-Q4', '--csv');
    expect(filesIn(join(a, 'out'))).toEqual(filesIn(join(b, 'out')));
  });
});
