/** What reports show once a period is closed, worked out by hand: adjustments, plans of the day, and hashes of closes. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { comp } from './support/comp.js';
import { edit } from './support/folder.js';
import { allOf, byId, cellsOf, type Element, pageOf, wordsOf } from './support/page.js';
import { workbookAt } from './support/workbook.js';
import { workedFolder } from './support/worked.js';

async function ran(dir: string, command: string, ...flags: readonly string[]): Promise<string> {
  const { exit, stdout, stderr } = await comp([command, '--config', join(dir, 'comp.yaml'), ...flags]);
  expect(exit, stderr).toBe(0);
  return stdout;
}

async function reportOf(dir: string, asOf: string): Promise<Element> {
  await ran(dir, 'report', '--out', join(dir, 'report.html'), '--as-of', asOf);
  return pageOf(readFileSync(join(dir, 'report.html'), 'utf8'));
}

const tableOf = (element: Element, caption: string) =>
  allOf(element, 'table').find((one) =>
    wordsOf(allOf(one, 'caption')[0] as Element).startsWith(caption),
  ) as Element;

describe('after the first quarter is closed', () => {
  let dir: string;
  let page: Element;

  beforeAll(async () => {
    dir = workedFolder();
    await ran(dir, 'close', '2025-Q1');
    // Known too late: Ann has sold 100.00 more in March, and Bob's customer had paid 500.00 then.
    edit(dir, 'invoices.csv', (text) => `${text}I8,C6,A,2025-03-20,2025-09-30,100.00\n`);
    edit(dir, 'payments.csv', (text) => `${text}P6,I5,2025-03-10,500.00\n`);
    page = await reportOf(dir, '2025-06-30');
  });

  test('the report lists adjustments by size, with their sum', () => {
    const table = tableOf(byId(page, 'adjustments'), 'Adjustments');
    expect([...cellsOf(table), ...cellsOf(table, 'tfoot')]).toEqual([
      ['B', '2025-Q1', '1', '+50.00', '−50.00'],
      ['A', '2025-Q1', '1', '+10.00', '0.00'],
      ['total', '', '', '+60.00', '−50.00'],
    ]);
    expect(wordsOf(byId(page, 'adjustments'))).toContain(
      'Changes in closed periods are posted on 2025-04-01 in 2025-Q2; the closes themselves are not restated.',
    );
  });

  test('the report names each close by the hash of its record', () => {
    const sha256 = createHash('sha256')
      .update(readFileSync(join(dir, 'closes', '2025-Q1', 'close.json')))
      .digest('hex');
    expect(cellsOf(tableOf(byId(page, 'sources'), 'Closed periods'))).toEqual([['2025-Q1', sha256]]);
  });

  test('the summary says how much of the pay belongs to closed periods', async () => {
    const out = join(dir, 'out');
    const text = await ran(dir, 'calc', '--out', out, '--as-of', '2025-06-30', '--xlsx');
    const lines = text.split('\n').map((line) => line.trim().split(/ {2,}/));
    // 390.00 + 60.00, and 440.00 − 50.00.
    expect(lines.slice(1, 7)).toEqual([
      ['DRAFT · 2025-Q2 is not closed.'],
      ['Closed through 2025-Q1, not approved.'],
      ['Its figures count until 2025-06-30.'],
      ['To pay for 2025-Q2', '450.00', '2 reps'],
      ['of which prior periods', '60.00', '2025-Q1 60.00'],
      ['Held', '390.00', "waits for customers' payments, 1 rep"],
    ]);
    const from = lines.findIndex(([line]) => line?.startsWith('Adjustments'));
    expect(lines.slice(from, from + 6)).toEqual([
      ['Adjustments to closed periods, posted on 2025-04-01 in 2025-Q2:'],
      ['rep', 'adjusts', 'invoices', 'payable', 'held'],
      ['A', '2025-Q1', '1', '10.00', '–'],
      ['B', '2025-Q1', '1', '50.00', '-50.00'],
      [expect.stringMatching(/^─+$/)],
      ['total', '60.00', '-50.00'],
    ]);
    const path = join(out, 'close.xlsx');
    const book = await workbookAt(path, readFileSync(path));
    expect(book.rows('Read me').map((row) => row.slice(0, 2))).toContainEqual([
      'closed through',
      '2025-03-31',
    ]);
    const [checks] = book
      .rows('Read me')
      .flatMap(([text]) => /^(\d+) of (\d+) checks agree$/.exec(`${text}`) ?? []);
    expect(checks).toBe('36 of 36 checks agree');
  });
});

test('the plan of a rep is that of the as-of date, not of the end of the quarter', async () => {
  const dir = workedFolder();
  edit(dir, 'assignments.csv', () =>
    ['rep_id,plan_id,from,to', 'A,claw,2025-01-01,2025-05-31', 'A,hold,2025-06-01,', 'B,hold,2025-01-01,']
      .map((line) => `${line}\n`)
      .join(''),
  );
  const plansAt = async (asOf: string) =>
    cellsOf(byId(await reportOf(dir, asOf), 'rep-table')).map(([rep, plan]) => [rep, plan]);
  expect(await plansAt('2025-05-31')).toContainEqual(['A', 'claw']);
  expect(await plansAt('2025-06-30')).toContainEqual(['A', 'hold']);
});
