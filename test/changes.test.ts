/** What has changed in the ledgers since a close, and what each row adjusts, by hand (R11.12). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compIn } from './support/comp.js';
import { edit, folderWith } from './support/folder.js';

const FILES = {
  'comp.yaml': `currency: USD
ledgers: { invoices: invoices.csv, payments: payments.csv, splits: splits.csv }
plans:
  - { id: ae, level: 3, rate: 10% }
`,
  'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,amount
I1,Acme,R1,2025-01-10,1000.00
I2,Bolt,R2,2025-02-10,500.00
I3,Core,R1,2025-04-10,300.00
`,
  'payments.csv': `payment_id,invoice_id,payment_date,amount
P1,I1,2025-02-15,1000.00
P2,I2,2025-03-15,500.00
`,
  'splits.csv': 'invoice_id,rep_id,share\nI2,R2,100%\n',
};

async function closed(...periods: readonly string[]): Promise<string> {
  const dir = folderWith(FILES);
  for (const period of periods) await close(dir, period);
  return dir;
}

async function close(dir: string, period: string): Promise<void> {
  expect(await compIn(dir, ['close', period, '--quiet', '--no-pages', '--archive'])).toMatchObject({
    exit: 0,
  });
}

async function csv(dir: string, ...flags: readonly string[]): Promise<string[]> {
  const { exit, stdout, stderr } = await compIn(dir, ['changes', '--csv', ...flags]);
  expect(exit, stderr).toBe(0);
  const [header, ...rows] = stdout.trimEnd().split('\n');
  expect(header).toBe('change,ledger,row,adjusts,adjustments,to_pay,held');
  return rows;
}

const Q2 = ['--period', '2025-Q2'] as const;

describe('R11.12 comp changes', () => {
  test('rows in another order, written in another way, have not changed', async () => {
    const dir = await closed('2025-Q1');
    edit(dir, 'invoices.csv', (text) => {
      const [header, a, b, c] = text.trimEnd().split('\n');
      return `${[header, c, b, a?.replace('1000.00', '1000.0')].join('\n')}\n`;
    });
    expect(await csv(dir, ...Q2)).toEqual([]);
    const { stdout } = await compIn(dir, ['changes', ...Q2]);
    expect(stdout).toBe('No row of the ledgers has changed since 2025-Q1 was closed.\n');
  });

  test('lists what was added, removed and changed, each with what it adjusts', async () => {
    const dir = await closed('2025-Q1');
    // P1 was 800.00 and not 1,000.00: 20.00 of I1 are held again. P2 is gone: 50.00 of I2 too. P3 is late: I3 is not closed.
    edit(dir, 'payments.csv', (text) =>
      text.replace('1000.00', '800.00').replace(/P2.*\n/, 'P3,I3,2025-05-01,300.00\n'),
    );
    // A late sale of 200.00 in the first quarter: 20.00 are held.
    edit(dir, 'invoices.csv', (text) => `${text}I0,Acme,R1,2025-03-01,200.00\n`);
    expect(await csv(dir, ...Q2)).toEqual([
      'added,invoices,I0,2025-Q1,1,0.00,20.00',
      'changed,payments,P1 · I1,2025-Q1,1,-20.00,20.00',
      'removed,payments,P2 · I2,2025-Q1,1,-50.00,50.00',
      'added,payments,P3 · I3,,0,0.00,0.00',
    ]);
    const { stdout } = await compIn(dir, ['changes', ...Q2], { columns: 80 });
    expect(stdout.split('\n')[0]).toBe('2 rows added, 1 removed, 1 changed since 2025-Q1 was closed.');
    expect(stdout).toMatch(/^changed +payments +P1 · I1 +2025-Q1 +-20\.00 +20\.00$/m);
    expect(stdout).toMatch(/^total +-70\.00 +90\.00$/m);
    expect(stdout).toContain('1 more row added that adjusts nothing; --csv lists all.');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('the summary of a calculation and of a close counts them', async () => {
    const dir = await closed('2025-Q1');
    edit(dir, 'payments.csv', (text) => `${text}P3,I3,2025-05-01,300.00\n`);
    const counts = '1 row added, 0 removed, 0 changed since 2025-Q1 was closed.';
    const calc = ['calc', ...Q2, '--out', join(dir, 'out')];
    expect((await compIn(dir, calc)).stdout).toContain(counts);
    expect(JSON.parse((await compIn(dir, [...calc, '--json'])).stdout)).toMatchObject({
      rows: { since: '2025-Q1', added: 1, removed: 0, changed: 0 },
    });
    expect((await compIn(dir, ['close', '2025-Q2', '--no-pages'])).stdout).toContain(counts);
  });

  test('--since an earlier close: with what later closes adjusted', async () => {
    const dir = await closed('2025-Q1');
    edit(dir, 'payments.csv', (text) => text.replace(/P2.*\n/, ''));
    await close(dir, '2025-Q2');
    expect(await csv(dir, '--as-of', '2025-09-30')).toEqual([]);
    expect(await csv(dir, '--as-of', '2025-09-30', '--since', '2025-Q1')).toEqual([
      'removed,payments,P2 · I2,2025-Q1,1,-50.00,50.00',
    ]);
    const output = await compIn(dir, ['changes', '--json', '--as-of', '2025-09-30', '--since', '2025-Q1']);
    expect(JSON.parse(output.stdout)).toMatchObject({
      since: '2025-Q1',
      added: 0,
      removed: 1,
      changed: 0,
      rows: [{ change: 'removed', ledger: 'payments', row: 'P2 · I2', adjustments: 1, to_pay: '-50.00' }],
      others: { adjustments: 0 },
    });
    // The second close keeps only what had changed since the first.
    expect(readFileSync(join(dir, 'closes/2025-Q2/ledger-rows.csv'), 'utf8').split('\n')).toHaveLength(3);
    expect((await compIn(dir, ['verify'])).exit).toBe(0);
  });

  test('a sale that goes to another rep, and what no row explains: a plan with another rate', async () => {
    const dir = await closed('2025-Q1');
    edit(dir, 'splits.csv', (text) => text.replace('R2', 'R1'));
    edit(dir, 'comp.yaml', (text) => text.replace('10%', '20%'));
    expect(await csv(dir, ...Q2)).toEqual([
      // R2 gives back 50.00, and R1 is paid 100.00 for it.
      'added,splits,I2 · R1,2025-Q1,2,100.00,0.00',
      'removed,splits,I2 · R2,2025-Q1,2,-50.00,0.00',
      'other,,,2025-Q1,2,100.00,0.00',
    ]);
  });

  test('a period that is not closed has nothing to compare with', async () => {
    const dir = await closed('2025-Q1');
    const ran = await compIn(dir, ['changes', '--since', '2025-Q2', ...Q2]);
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toContain('not-closed');
  });
});

describe('R11.2 what adjusts before the first close', () => {
  test('is shown as such, and postings.csv names the period of its day', async () => {
    const dir = await closed('2025-Q1');
    edit(dir, 'invoices.csv', (text) => `${text}I9,Acme,R1,2024-11-01,400.00\n`);
    edit(dir, 'payments.csv', (text) => `${text}P9,I9,2024-12-01,400.00\n`);
    const { stdout } = await compIn(dir, ['calc', ...Q2, '--out', join(dir, 'out')]);
    expect(stdout).toMatch(/^ {2}of which prior periods +40\.00 +before 2025-Q1 40\.00$/m);
    expect(stdout).toMatch(/^R1 +before 2025-Q1 +1 +40\.00 +–$/m);
    expect(readFileSync(join(dir, 'out/postings.csv'), 'utf8')).toContain('2024-12-01,2024-Q4');
    expect(await csv(dir, ...Q2)).toContain('added,payments,P9 · I9,before 2025-Q1,1,40.00,-40.00');
  });

  test('payable of adjustments is before clawbacks', async () => {
    const dir = folderWith({
      ...FILES,
      'comp.yaml': FILES['comp.yaml']
        .replace('level: 3', 'level: 1, clawback: { onWriteOff: true }')
        .replace('payments.csv,', 'payments.csv, writeOffs: write_offs.csv,'),
      'write_offs.csv': 'write_off_id,invoice_id,write_off_date,amount\n',
    });
    edit(dir, 'payments.csv', (text) => text.replace(/P2.*\n/, ''));
    await close(dir, '2025-Q1');
    // The 50.00 of I2 are taken back with the write-off of March that came too late; 30.00 come with a late sale.
    edit(dir, 'write_offs.csv', (text) => `${text}W1,I2,2025-03-20,500.00\n`);
    edit(dir, 'invoices.csv', (text) => `${text}I8,Bolt,R2,2025-03-01,300.00\n`);
    const output = JSON.parse(
      (await compIn(dir, ['calc', ...Q2, '--json', '--out', join(dir, 'out')])).stdout,
    );
    expect(output.adjustments).toMatchObject([
      { rep_id: 'R2', adjusts: '2025-Q1', payable: '30.00', clawed_back: '50.00', held: '0.00' },
    ]);
  });
});
