/** Where pay is by the month: the summary, the report and the workbook show each rep's month, worked out by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { comp, compIn, newFolder } from './support/comp.js';
import { folderWith } from './support/folder.js';
import { allOf, byId, cellsOf, pageOf, wordsOf } from './support/page.js';
import { payAccountWorkspace } from './support/pay-account.js';

let dir: string;

beforeAll(() => {
  dir = folderWith({
    'comp.yaml':
      'currency: USD\npayPeriod: month\nledgers: {invoices: i.csv}\nplans: [{id: p, level: 1, rate: 10%, clawback: {pastDueDays: 30}}]\n',
    // A: 100.00 in July, taken back on 31 August with 300.00 of new commission; 50.00 in September. B: 20.00 in September.
    'i.csv':
      'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\nA1,C,A,2026-07-10,2026-08-01,1000.00\nA2,C,A,2026-08-10,2026-12-31,3000.00\nA3,C,A,2026-09-05,2026-12-31,500.00\nB1,C,B,2026-09-20,2026-12-31,200.00\n',
  });
});

test('calc --period of a month shows the row of that month for each rep', async () => {
  const ran = await compIn(dir, ['calc', '--period', '2026-09', '--out', join(dir, 'out')]);
  const lines = ran.stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
  const from = lines.findIndex(([line]) => line === '2026-09, rep by rep:');
  expect(lines.slice(from, from + 6)).toEqual([
    ['2026-09, rep by rep:'],
    ['rep', 'payable', 'clawed back', 'paid'],
    ['A', '50.00', '–', '50.00'],
    ['B', '20.00', '–', '20.00'],
    [expect.stringMatching(/^─+$/)],
    ['total', '70.00', '–', '70.00'],
  ]);
  expect(lines).toContainEqual(['By quarter:']);
  // 100.00 + 200.00 + 50.00.
  expect(lines).toContainEqual(['A', '2026-Q3', '450.00', '100.00', '350.00']);
});

test('the report has a table for each month of the quarter, the newest open', async () => {
  const file = join(dir, 'report.html');
  expect((await compIn(dir, ['report', '--period', '2026-09', '--out', file])).exit).toBe(0);
  const months = byId(pageOf(readFileSync(file, 'utf8')), 'months');
  expect(allOf(months, 'summary').map(wordsOf)).toEqual(['2026-09', '2026-08', '2026-07']);
  const tables = allOf(months, 'table').map((table) => [...cellsOf(table), ...cellsOf(table, 'tfoot')]);
  const dash = '0.00';
  expect(tables).toEqual([
    [
      ['A', '50.00', '50.00', dash],
      ['B', '20.00', '20.00', dash],
      ['total', '70.00', '70.00', '0.00'],
    ],
    [
      ['A', '300.00', '−100.00', '200.00', dash],
      ['total', '300.00', '−100.00', '200.00', '0.00'],
    ],
    [
      ['A', '100.00', '100.00', dash],
      ['total', '100.00', '100.00', '0.00'],
    ],
  ]);
});

test('what was owed within a quarter was owed, though it was recovered by its end', async () => {
  const ran = await comp([
    ...['calc', '--config', join(payAccountWorkspace(), 'comp.yaml'), '--as-of', '2025-03-31'],
    ...['--out', newFolder()],
  ]);
  expect(ran.stdout.replace(/ {2,}/g, '  ')).toContain(
    'Owed by reps  0.00  at most 3,500.00, at the end of 2025-02; recovered since',
  );
});
