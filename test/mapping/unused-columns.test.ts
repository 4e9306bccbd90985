/** The columns of files that no ledger reads are listed by comp check, dates and amounts first. */
import { describe, expect, test } from 'vitest';
import { compIn } from '../support/comp.js';
import { edit, folderWith } from '../support/folder.js';

const CONFIG = `
currency: USD
ledgers:
  invoices:
    file: i.csv
    columns: {invoice_id: Num, customer_id: Customer, rep_id: Rep, invoice_date: Date, amount: {from: Total, minus: Tax}, total: Total}
    where: {Status: {not: Void, optional: true}}
  payments: p.csv
plans: [{id: ae, level: 3, rate: 5%}]
`;

const FILES = {
  'comp.yaml': CONFIG,
  'i.csv':
    'Num,Memo,Customer,Rep,Date,Ship Via,Receive By,Freight Amount,Total,Tax,Status,\nA,m,C,R,2026-01-05,s,2026-02-04,1.00,11.00,1.00,Open,\n',
  'p.csv': 'payment_id,invoice_id,payment_date,amount\nP,A,2026-02-01,11.00\n',
};

async function checkIn(dir: string, ...flags: string[]) {
  return compIn(dir, ['check', '--as-of', '2026-03-31', ...flags]);
}

describe('unused columns', () => {
  test('are those that no column, no sum and no condition is read from', async () => {
    const dir = folderWith(FILES);
    const { exit, stdout } = await checkIn(dir);
    expect(exit).toBe(0);
    expect(stdout).toContain('Not used in i.csv: Receive By, Freight Amount, Memo, Ship Via\n');
    expect(stdout).not.toContain('p.csv: ');
    expect(JSON.parse((await checkIn(dir, '--json')).stdout).unused).toEqual([
      { file: 'i.csv', columns: ['Receive By', 'Freight Amount', 'Memo', 'Ship Via'] },
    ]);
  });

  test('of a file of several ledgers are those that none of them reads', async () => {
    const dir = folderWith(FILES);
    edit(dir, 'comp.yaml', (text) =>
      text.replace(
        'payments: p.csv',
        'payments: {file: i.csv, columns: {payment_id: Num, invoice_id: Num, payment_date: Receive By, amount: Total}}',
      ),
    );
    const { unused } = JSON.parse((await checkIn(dir, '--json')).stdout);
    expect(unused).toEqual([{ file: 'i.csv', columns: ['Freight Amount', 'Memo', 'Ship Via'] }]);
  });

  test('that do not fit the line are counted', async () => {
    const more = Array.from({ length: 30 }, (_, at) => `Custom field ${at + 1}`);
    const dir = folderWith({
      ...FILES,
      'p.csv': `payment_id,invoice_id,payment_date,amount,${more.join(',')}\nP,A,2026-02-01,11.00${','.repeat(30)}\n`,
    });
    const line = (text: string) => text.split('\n').find((one) => one.startsWith('Not used in p.csv: '));
    const narrow = line((await checkIn(dir)).stdout) ?? '';
    const [, shown = '', left = ''] = /: (.*) and (\d+) more \(--wide\)$/.exec(narrow) ?? [];
    expect(narrow.length).toBeLessThanOrEqual(100);
    expect(shown.split(', ').length + Number(left)).toBe(30);
    expect(line((await checkIn(dir, '--wide')).stdout)).toContain(more.join(', '));
  });

  test('of a large file, which is read straight into columns, are the same', async () => {
    const rows = Array.from({ length: 9000 }, (_, at) => `P${at},A,2026-02-01,0.01,x`).join('\n');
    const dir = folderWith({
      ...FILES,
      'p.csv': `payment_id,invoice_id,payment_date,amount,Memo\n${rows}\n`,
    });
    const { unused } = JSON.parse((await checkIn(dir, '--json')).stdout);
    expect(unused).toContainEqual({ file: 'p.csv', columns: ['Memo'] });
  });
});
