/** Long lists in reports: how many rows are named, what the rest comes to, and the totals below, worked out by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { comp } from './support/comp.js';
import { folderWith } from './support/folder.js';
import { allOf, attributeOf, byId, cellsOf, type Element, pageOf, wordsOf } from './support/page.js';

/** 1, 2, … */
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const two = (number: number) => `${number}`.padStart(2, '0');

/**
 * Level 1 at 10%, 60 days past due, as of 2025-06-30. Customers L01 to L12 owe 100.00 to 1,200.00 since 1 March: clawed back on
 * 30 April. Customer U owes 22 times 10.00 since 31 May: clawed back on 30 July. 23 payments name no invoice.
 */
function longLists(): string {
  const late = numbers(12).map((at) => `L-${two(at)},L${two(at)},R,2025-02-01,2025-03-01,${100 * at}.00`);
  const soon = numbers(22).map((at) => `U-${two(at)},U,R,2025-05-01,2025-05-31,10.00`);
  const payments = numbers(23).map((at) => `P-${two(at)},nowhere,2025-05-01,1.00`);
  return folderWith({
    'comp.yaml':
      'currency: USD\nledgers: {invoices: invoices.csv, payments: payments.csv}\nplans: [{id: p, level: 1, rate: 10%, clawback: {pastDueDays: 60}}]\n',
    'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,due_date,amount\n${[...late, ...soon].join('\n')}\n`,
    'payments.csv': `payment_id,invoice_id,payment_date,amount\n${payments.join('\n')}\n`,
  });
}

async function textOf(dir: string, command: string, ...flags: readonly string[]): Promise<string> {
  const args = [command, '--config', join(dir, 'comp.yaml'), '--as-of', '2025-06-30', ...flags];
  const { exit, stdout, stderr } = await comp(args);
  expect(exit, stderr).toBe(0);
  return stdout;
}

describe('long lists', () => {
  let dir: string;
  let page: Element;

  beforeAll(async () => {
    dir = longLists();
    const file = join(dir, 'report.html');
    await textOf(dir, 'report', '--out', file);
    page = pageOf(readFileSync(file, 'utf8'));
  });

  const rowsIn = (id: string) => {
    const [table] = allOf(byId(page, id), 'table');
    return [...cellsOf(table as Element), ...cellsOf(table as Element, 'tfoot')];
  };
  const leadOf = (id: string) => wordsOf(allOf(byId(page, id), '.lead')[0] as Element);

  test('of late customers: ten, and the rest in one row', () => {
    expect(leadOf('late')).toBe('13 customers owe 8,020.00 that is past due.');
    const rows = rowsIn('late');
    expect(rows.map(([name]) => name)).toEqual([
      ...numbers(10).map((at) => `L${two(13 - at)}`),
      '3 more customers',
      'total',
    ]);
    expect(rows[0]).toEqual(['L12', '1', '121 days', '1,200.00', '0.00']);
    // U, L02 and L01; nothing is held, so no column says so.
    expect(rows.at(-2)).toEqual(['3 more customers', '24', '', '520.00', '22.00']);
    expect(rows.at(-1)).toEqual(['total', '34', '', '8,020.00', '22.00']);
  });

  test('of upcoming clawbacks: twenty, and the rest in one row', () => {
    expect(leadOf('upcoming')).toBe(
      '22.00 will be clawed back by 2025-07-30 unless customers pay. Each partial payment saves its share.',
    );
    const rows = rowsIn('upcoming');
    expect(rows.length).toBe(22);
    expect(rows.slice(-2).map((row) => [row[0], row.at(-1)])).toEqual([
      ['2 more lines', '2.00'],
      ['total', '22.00'],
    ]);
  });

  test('of clawbacks: the ten largest, and the rest in one row', () => {
    expect(leadOf('clawbacks')).toBe('780.00 was clawed back in 2025-Q2, in 12 postings.');
    expect(rowsIn('clawbacks').map((row) => [row[1]?.split(' ')[1] ?? row[0], row.at(-1)])).toEqual([
      ...numbers(10).map((at) => [`L-${two(13 - at)}`, `${10 * (13 - at)}.00`]),
      ['2 more', '30.00'],
      ['total', '780.00'],
    ]);
  });

  test('of exceptions: the first twenty on the page, three of a kind on the terminal, twenty in a check', async () => {
    expect(wordsOf(byId(page, 'exceptions'))).toContain(
      '23 exceptions; the first 20 are listed here, all are in exceptions.csv.',
    );
    expect(rowsIn('exceptions').map(([id]) => id)).toEqual(numbers(20).map((at) => `P-${two(at)}`));
    expect(wordsOf(allOf(page, '.ties-out')[0] as Element)).toContain(
      'Set aside: 23 rows of payments (23.00); see why.',
    );
    const out = join(dir, 'out');
    const calc = (await textOf(dir, 'calc', '--out', out)).replaceAll(out, 'out').split('\n');
    expect(calc.filter((line) => line.startsWith('unknown-invoice'))).toEqual(
      numbers(3).map((at) => `unknown-invoice  P-${two(at)}`),
    );
    expect(calc).toContain('… 20 more unknown-invoice in out/exceptions.csv');
    const check = (await textOf(dir, 'check')).split('\n');
    expect(check.filter((line) => line.includes('unknown-invoice R9.2'))).toHaveLength(20);
    expect(check).toContain('… and 3 more unknown-invoice: --json lists all.');
    expect(check).toContain('No faults, 23 exceptions. comp calc would run.');
  });

  test('of clawbacks on the terminal: the first twenty, and how many more', async () => {
    const lines = (await textOf(dir, 'ageing')).split('\n');
    expect(lines.filter((line) => line.includes('end of 2025-07-30'))).toHaveLength(20);
    expect(lines).toContain('… 2 more clawbacks; --json lists all');
    expect(lines).toContain('Will be clawed back unless paid, soonest first, 22.00 in all:');
  });
});

test('a list that is one too long is named as a whole', async () => {
  const dir = folderWith({
    'comp.yaml': 'currency: USD\nledgers: {invoices: invoices.csv}\nplans: [{id: p, level: 3, rate: 10%}]\n',
    'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,due_date,amount\n${numbers(11)
      .map((at) => `I${at},C${two(at)},R,2025-02-01,2025-03-01,${at}.00`)
      .join('\n')}\n`,
  });
  await textOf(dir, 'report', '--out', join(dir, 'report.html'));
  const page = pageOf(readFileSync(join(dir, 'report.html'), 'utf8'));
  const [table] = allOf(byId(page, 'late'), 'table');
  expect(cellsOf(table as Element).map(([name]) => name)).toEqual(
    numbers(11).map((at) => `C${two(12 - at)}`),
  );
});

test('the eight newest quarters are there to pick and the last is shown; the table has all', async () => {
  const dates = numbers(10).map(
    (at) => `${2023 + Math.floor((at - 1) / 4)}-${two(((at - 1) % 4) * 3 + 1)}-15`,
  );
  const dir = folderWith({
    'comp.yaml': 'currency: USD\nledgers: {invoices: i.csv}\nplans: [{id: p, level: 0, rate: 10%}]\n',
    'i.csv': `invoice_id,customer_id,rep_id,invoice_date,amount\n${dates
      .map((date, at) => `I${at},C,R,${date},${at + 1}00.00`)
      .join('\n')}\n`,
  });
  await textOf(dir, 'report', '--out', join(dir, 'report.html'));
  const page = pageOf(readFileSync(join(dir, 'report.html'), 'utf8'));
  const quarters = dates.map((date) => `${date.slice(0, 4)}-Q${(Number(date.slice(5, 7)) + 2) / 3}`);
  // At level 0 nothing waits: only pay has figures, and all of them are sentences.
  const drawn = allOf(byId(page, 'pay'), 'figure');
  expect(drawn.map((one) => attributeOf(one, 'data-quarter'))).toEqual(quarters.slice(-8));
  expect(drawn.map((one) => attributeOf(one, 'hidden') === undefined)).toEqual([
    ...[false, false, false, false, false, false, false],
    true,
  ]);
  const [table] = allOf(byId(page, 'pay'), 'table');
  expect(cellsOf(table as Element).map(([name]) => name)).toEqual(quarters.toReversed());
});

test('the summary names three plans, and has 40 rows at most', async () => {
  const summaryOf = async (reps: number, late: number) => {
    const names = numbers(reps + late).map((at) => `R${two(at)}`);
    const dir = folderWith({
      'comp.yaml': `currency: USD\nledgers: {invoices: i.csv, assignments: a.csv}\nplans: [${['a', 'b', 'c', 'd'].map((id) => `{id: ${id}, level: 0, rate: 10%}`).join(', ')}]\n`,
      'i.csv': `invoice_id,customer_id,rep_id,invoice_date,amount\n${names
        .map((rep, at) => `${rep},C,${rep},${at < reps ? '2025-02-01' : '2025-05-01'},10.00`)
        .join('\n')}\n`,
      'a.csv': `rep_id,plan_id,from\n${names.map((rep) => `${rep},a,2025-01-01`).join('\n')}\n`,
    });
    return (await textOf(dir, 'calc', '--out', join(dir, 'out'))).split('\n');
  };
  const forty = await summaryOf(20, 0);
  expect(forty[0]).toBe(
    'Close as of 2025-06-30 · USD · 20 reps, 20 invoices · plans a (level 0, no-linkage), b (level 0, no-linkage), c (level 0, no-linkage) and 1 more',
  );
  expect(forty.filter((line) => line.includes('2025-Q1'))).toHaveLength(20);
  const more = await summaryOf(20, 1);
  expect(more.filter((line) => line.includes('2025-Q1'))).toHaveLength(1);
});
