/** A commission that the invoice ledger states has no rate: every report agrees on that. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { calcIn, comp } from '../support/comp.js';
import { folderWith } from '../support/folder.js';
import { pageOf, wordsOf } from '../support/page.js';
import { workbookAt } from '../support/workbook.js';

/**
 * R1 begins on 30 June with I1, booked before and stated to earn 73.00, and I2 of the same kind, split with R2. I3 is
 * booked later, at 5%. None is paid, so that I1 and I2 are taken back on 9 August and I3 on 31 August.
 */
const FILES = {
  'comp.yaml':
    'currency: USD\nledgers: {invoices: i.csv, payments: p.csv, splits: s.csv, openings: o.csv, quotas: q.csv}\nplans: [{id: p, level: 1, clawback: {pastDueDays: 30}, rate: {attainment: quarter, tiers: marginal, table: [{from: 0%, rate: 5%}, {from: 100%, rate: 8%}]}}]\n',
  'i.csv':
    'invoice_id,customer_id,rep_id,invoice_date,due_date,amount,commission\nI1,C1,R1,2025-06-10,2025-07-10,1000.00,73.00\nI2,C2,R1,2025-06-11,2025-07-10,500.00,20.00\nI3,C3,R1,2025-07-02,2025-08-01,100.00,\n',
  'p.csv': 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-09-01,500.00\n',
  's.csv': 'invoice_id,rep_id,share\nI2,R1,60%\nI2,R2,40%\n',
  'o.csv': 'rep_id,date,owed,booked\nR1,2025-06-30,0.00,1300.00\nR2,2025-06-30,0.00,200.00\n',
  'q.csv':
    'rep_id,quarter,quota\nR1,2025-Q2,9000.00\nR2,2025-Q2,9000.00\nR1,2025-Q3,9000.00\nR2,2025-Q3,9000.00\n',
};

let dir: string;

beforeAll(() => {
  dir = folderWith(FILES);
});

const explained = async (...args: readonly string[]) => {
  const ran = await comp(['explain', ...args, '--config', join(dir, 'comp.yaml'), '--as-of', '2025-09-30']);
  expect(ran.stderr).toBe('');
  return ran.stdout;
};

describe('a stated commission', () => {
  test('comp explain shows what is stated, and no rate', async () => {
    const text = (await explained('I1')).replace(/ +/g, ' ');
    expect(text).toContain(
      'COMMISSION 73.00, stated in the invoice ledger: the sale was booked before the opening',
    );
    expect(text).toMatch(/first posted 2025-06-10: 73\.00\n/);
    expect(text).not.toContain('%');
    expect(JSON.parse(await explained('I1', '--json')).explanations[0].rate).toEqual({
      kind: 'stated',
      commission: '73.00',
    });
  });

  test('comp explain shows the share of a rep in what is stated for the invoice', async () => {
    const text = (await explained('I2', '--rep', 'R2')).replace(/ +/g, ' ');
    expect(text).toContain('COMMISSION 8.00, ');
    expect(text).toContain("20.00 stated for the invoice; the rep's share is 40% of 100% = 8.00");
  });

  test('comp explain shows a share among shares of more than the whole, and a currency', async () => {
    const overlay = folderWith({
      ...FILES,
      'comp.yaml': FILES['comp.yaml'].replace('quotas: q.csv', 'quotas: q.csv, fx: x.csv'),
      'i.csv':
        'invoice_id,customer_id,rep_id,invoice_date,due_date,amount,commission,currency\nI2,C2,,2025-06-11,2025-07-10,500.00,30.00,EUR\n',
      's.csv': 'invoice_id,rep_id,share\nI2,R1,100%\nI2,R2,50%\n',
      'x.csv': 'currency,date,rate\nEUR,2025-01-01,1.1\n',
    });
    const config = join(overlay, 'comp.yaml');
    const args = ['explain', 'I2', '--rep', 'R2', '--config', config, '--as-of', '2025-09-30'];
    // 30.00 × 50% ÷ 150% × 1.1
    expect((await comp(args)).stdout.replace(/ +/g, ' ')).toContain(
      "30.00 EUR stated for the invoice; the rep's share is 50% of 150% × 1.1 = 11.00",
    );
  });

  test('a sale booked later has the rate of its band', async () => {
    expect(await explained('I3')).toContain('first posted 2025-07-02 in 2025-Q3: 5.00 at 5%');
  });

  test('the workbook leaves the rate blank', async () => {
    expect((await calcIn(dir, '2025-09-30', '--xlsx')).exit).toBe(0);
    const path = join(dir, 'out', 'close.xlsx');
    const book = await workbookAt(path, readFileSync(path));
    const [, , headings = [], ...rows] = book.rows('Clawbacks');
    const at = headings.indexOf('rate');
    expect(rows.map((row) => [row[headings.indexOf('invoice')], row[1], row[at]])).toEqual([
      ['I1', 'R1', null],
      ['I2', 'R1', null],
      ['I2', 'R2', null],
      ['I3', 'R1', '5%'],
    ]);
  });

  test('the statement names no rate, and when it was paid', async () => {
    const out = join(dir, 'statements');
    const ran = await comp([
      ...['statement', 'R1', '--quarter', '2025-Q3', '--as-of', '2025-09-30', '--out', out],
      ...['--config', join(dir, 'comp.yaml')],
    ]);
    expect(ran.exit, ran.stderr).toBe(0);
    const words = wordsOf(pageOf(readFileSync(join(out, 'statement-2025-Q3-R1.html'), 'utf8')));
    expect(words).toContain(
      'I1 9 Aug 2025 None of 1,000.00 was paid 30 days after it was due. Paid to you by 30 Jun 2025. −73.00',
    );
    expect(words).toContain('30 days after it was due. Payable since 2025-Q3. 5% −5.00');
  });
});
