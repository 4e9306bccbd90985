/** R11.9 Payroll has the file of a period that is undone and closed again: what is paid on top of it, so that nobody is paid twice. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compIn, type Ran } from './support/comp.js';
import { edit, folderWith, treeOf } from './support/folder.js';
import { forge, forgeRecord } from './support/forged.js';

/** Commission of 10% as customers pay; R1 is paid 100.00, R2 50.00, R3 nothing. */
function workspace(): string {
  return folderWith({
    'comp.yaml': `currency: USD
ledgers: { invoices: invoices.csv, payments: payments.csv }
plans: [{ id: ae, level: 1, rate: 10%, clawback: { pastDueDays: 30 } }]
`,
    'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,due_date,amount
A,Acme,R1,2025-01-10,2025-05-10,1000.00
B,Bolt,R2,2025-01-15,2025-05-10,500.00
`,
    'payments.csv': 'payment_id,invoice_id,payment_date,amount\nP1,A,2025-02-01,1000.00\n',
  });
}

async function done(dir: string, ...args: readonly string[]): Promise<Ran> {
  const ran = await compIn(dir, args, { today: '2025-04-10' });
  expect({ args, ...ran }).toMatchObject({ exit: 0 });
  return ran;
}

const reopen = (dir: string) => done(dir, 'reopen', '2025-Q1', '--reason', 'late invoices');
const close = (dir: string) => done(dir, 'close', '2025-Q1', '--archive', '--no-pages', '--by', 'Ana');
const handOver = (dir: string) => done(dir, 'handed-over', '2025-Q1', '--by', 'Pat');

function rowsIn(dir: string, file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(join(dir, 'closes', file), 'utf8')
    .trimEnd()
    .split('\n');
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, at) => [names[at] as string, cell])),
  );
}

/** What payroll was given, all in all: the whole of the first file, and what differed since. */
function sums(
  files: readonly Record<string, string>[][],
  column: (row: Record<string, string>) => string | undefined,
) {
  const sum = new Map<string, number>();
  for (const row of files.flat()) {
    const rep = row['rep_id'] as string;
    sum.set(rep, (sum.get(rep) ?? 0) + Math.round(Number(column(row)) * 100));
  }
  return Object.fromEntries([...sum].filter(([, cents]) => cents !== 0).sort());
}

/** What the columns of a payroll file come to by rep, in cents. */
const paid = (files: readonly Record<string, string>[][]) =>
  sums(files, (row) => row['pay_now'] ?? row['paid']);

describe('after it was handed over', () => {
  test('a period that is closed again has what to pay now, more and less, whole and in parts', async () => {
    const dir = workspace();
    await close(dir);
    await handOver(dir);
    await reopen(dir);
    // A is 200.00 less, R2 is gone, and R3 has a sale: 80.00, 0.00 and 30.00 instead of 100.00, 50.00 and nothing.
    edit(dir, 'invoices.csv', (text) =>
      text.replace('1000.00', '800.00').replace(/B,.*\n/, 'C,Core,R3,2025-01-20,2025-05-10,300.00\n'),
    );
    const ran = await close(dir);
    expect(ran.stderr).toContain(
      'pay what payroll-delta.csv has, 30.00 USD more to 1 rep, 70.00 USD less to 2 reps.',
    );
    expect(
      readFileSync(join(dir, 'closes/2025-Q1/payroll-delta.csv'), 'utf8'),
    ).toBe(`rep_id,pay_period,currency,pay_by,paid_before,paid,pay_now,recovered_before,recovered,recover_now,owed
R1,2025-Q1,USD,2025-04-30,100.00,80.00,-20.00,0.00,0.00,0.00,0.00
R2,2025-Q1,USD,2025-04-30,50.00,0.00,-50.00,0.00,0.00,0.00,0.00
R3,2025-Q1,USD,2025-04-30,0.00,30.00,30.00,0.00,0.00,0.00,0.00
`);
    expect(
      readFileSync(join(dir, 'closes/2025-Q1/payroll-delta-lines.csv'), 'utf8'),
    ).toBe(`rep_id,pay_period,currency,kind,earned_in,first_paid_in,amount_before,amount,change
R1,2025-Q1,USD,paid,2025-Q1,,100.00,80.00,-20.00
R2,2025-Q1,USD,paid,2025-Q1,,50.00,0.00,-50.00
R3,2025-Q1,USD,paid,2025-Q1,,0.00,30.00,30.00
`);
    // The whole is beside it, and the file that payroll has is kept.
    expect(paid([rowsIn(dir, '2025-Q1/payroll.csv')])).toEqual({ R1: 8000, R3: 3000 });
    expect(paid([rowsIn(dir, 'reopened/1-2025-Q1/payroll.csv')])).toEqual({ R1: 10000, R2: 5000 });
    // It is a part of the close like any other: sealed, and made again from the inputs.
    expect((await done(dir, 'verify')).stdout).toContain('every byte matches');
    const record = JSON.parse(readFileSync(join(dir, 'closes/2025-Q1/close.json'), 'utf8'));
    expect(record.handedOver).toMatchObject({ folder: '1-2025-Q1' });
    const handed = await handOver(dir);
    expect(handed.stderr).toContain('Payroll has payroll-delta.csv and payroll-delta-lines.csv of 2025-Q1');
  });

  test('nothing differs: there is nothing to pay', async () => {
    const dir = workspace();
    await close(dir);
    await handOver(dir);
    await reopen(dir);
    expect((await close(dir)).stderr).toContain('payroll-delta.csv has nothing to pay or to take back.');
    expect(rowsIn(dir, '2025-Q1/payroll-delta.csv')).toEqual([]);
    expect(rowsIn(dir, '2025-Q1/payroll-delta-lines.csv')).toEqual([]);
  });

  test('R11.11 a rep with a new id is not paid again', async () => {
    const dir = workspace();
    await close(dir);
    await handOver(dir);
    await reopen(dir);
    edit(dir, 'comp.yaml', (text) => text.replace('payments.csv }', 'payments.csv, aliases: aliases.csv }'));
    writeFileSync(join(dir, 'aliases.csv'), 'rep_id,was\nR9,R1\n');
    // A, now of R9, is 100.00 more.
    edit(dir, 'invoices.csv', (text) => text.replace('R1', 'R9').replace('1000.00', '1100.00'));
    expect((await close(dir)).stderr).toContain('payroll-delta.csv has, 10.00 USD more to 1 rep.');
    expect(rowsIn(dir, '2025-Q1/payroll-delta.csv')).toMatchObject([
      { rep_id: 'R9', paid_before: '100.00', paid: '110.00', pay_now: '10.00' },
    ]);
    expect((await done(dir, 'verify')).stdout).toContain('every byte matches');
  });

  test('what was never handed over is no difference', async () => {
    const dir = workspace();
    await close(dir);
    await reopen(dir);
    await close(dir);
    expect(Object.keys(treeOf(join(dir, 'closes/2025-Q1')))).not.toContain('payroll-delta.csv');
  });

  test('of several reopenings: what payroll was given in all is the whole of the last that it has', async () => {
    const dir = workspace();
    const given: Record<string, string>[][] = [];
    const amounts = ['1000.00', '700.00', '1200.00', '1200.00', '100.00', '900.00'];
    for (const [at, amount] of amounts.entries()) {
      edit(dir, 'invoices.csv', (text) =>
        text.replace(/^A,.*$/m, `A,Acme,R1,2025-01-10,2025-05-10,${amount}`),
      );
      await close(dir);
      // Every third file never reaches payroll: the next one has that difference, too.
      if (at % 3 !== 1) {
        given.push(rowsIn(dir, `2025-Q1/payroll${at === 0 ? '' : '-delta'}.csv`));
        await handOver(dir);
        expect(paid(given)).toEqual(paid([rowsIn(dir, '2025-Q1/payroll.csv')]));
      }
      if (at < amounts.length - 1) await reopen(dir);
    }
    expect(paid(given)).toEqual({ R1: 9000, R2: 5000 });
    expect((await done(dir, 'verify')).stdout).toContain('every byte matches');
  });

  test('what is recovered is compared, too', async () => {
    const dir = workspace();
    await close(dir);
    // B is never paid: 50.00 are clawed back on 2025-06-09, and R2 owes them until a later sale.
    await done(dir, 'close', '2025-Q2', '--early', '--archive', '--no-pages');
    edit(dir, 'invoices.csv', (text) => `${text}D,Dot,R2,2025-07-01,2025-12-01,2000.00\n`);
    const third = async () =>
      compIn(dir, ['close', '2025-Q3', '--archive', '--no-pages'], { today: '2025-10-05' });
    expect(await third()).toMatchObject({ exit: 0 });
    await done(dir, 'handed-over', '2025-Q3');
    await done(dir, 'reopen', '2025-Q3', '--reason', 'wrong amount');
    edit(dir, 'invoices.csv', (text) => text.replace('2000.00', '300.00'));
    expect(await third()).toMatchObject({ exit: 0 });
    // Before, 200.00 less 50.00 owed; now 30.00, all of it withheld, and 20.00 still owed.
    expect(rowsIn(dir, '2025-Q3/payroll-delta.csv')).toMatchObject([
      {
        rep_id: 'R2',
        pay_now: '-150.00',
        recovered_before: '50.00',
        recovered: '30.00',
        recover_now: '-20.00',
        owed: '20.00',
      },
    ]);
    const parts = rowsIn(dir, '2025-Q3/payroll-delta-lines.csv').map(({ kind, change }) => [kind, change]);
    expect(parts).toEqual([
      ['paid', '-150.00'],
      ['recovered', '-20.00'],
    ]);
    expect((await done(dir, 'verify')).stdout).toContain('every byte matches');
  });

  test('a preview has it, and a changed file that was handed over stops the close', async () => {
    const dir = workspace();
    await close(dir);
    await handOver(dir);
    await reopen(dir);
    await done(dir, 'close', '2025-Q1', '--preview', '--no-pages', '--out', join(dir, 'preview'));
    expect(Object.keys(treeOf(join(dir, 'preview')))).toContain('payroll-delta.csv');
    edit(join(dir, 'closes/reopened/1-2025-Q1'), 'payroll.csv', (text) => text.replace('100.00', '900.00'));
    const refused = await compIn(dir, ['close', '2025-Q1', '--preview', '--out', join(dir, 'preview')]);
    expect(refused).toMatchObject({ exit: 2 });
    expect(refused.stderr).toContain('closes/reopened/1-2025-Q1/payroll.csv');
  });
});

describe('made again from the postings, where there is no archive', () => {
  /** A close without an archive, after an undone one whose file payroll has. */
  async function closedAgain(): Promise<string> {
    const dir = workspace();
    await close(dir);
    await handOver(dir);
    await reopen(dir);
    edit(dir, 'invoices.csv', (text) => text.replace('500.00', '700.00'));
    await done(dir, 'close', '2025-Q1', '--no-pages', '--by', 'Ana');
    return dir;
  }

  async function namedIn(dir: string): Promise<readonly string[]> {
    const { exit, stdout } = await compIn(dir, ['verify', '--json'], { today: '2025-04-10' });
    const { faults } = JSON.parse(stdout) as { faults: readonly { file?: string }[] };
    expect(exit, stdout).toBe(faults.length > 0 ? 2 : 0);
    return faults.map(({ file = '' }) => file);
  }

  test('what differs is the same again', async () => {
    expect(await namedIn(await closedAgain())).toEqual([]);
  });

  // R2 has 50.00, and is to have 70.00: 20.00 more.
  test.each([
    ['payroll-delta.csv', 'R2,2025-Q1,USD,2025-04-30,50.00,70.00,20.00'],
    ['payroll-delta-lines.csv', 'R2,2025-Q1,USD,paid,2025-Q1,,50.00,70.00,20.00'],
  ])('a changed %s that was sealed anew is named', async (file, row) => {
    const dir = await closedAgain();
    await forge(dir, '2025-Q1', file, (text) => text.replace(row, row.replace(/20\.00$/, '90.00')));
    expect(await namedIn(dir)).toEqual([`closes/2025-Q1/${file}`]);
  });

  test('both are named at once', async () => {
    const dir = await closedAgain();
    for (const file of ['payroll-delta.csv', 'payroll-delta-lines.csv'])
      await forge(dir, '2025-Q1', file, (text) => text.replaceAll(',20.00', ',90.00'));
    expect(await namedIn(dir)).toEqual([
      'closes/2025-Q1/payroll-delta.csv',
      'closes/2025-Q1/payroll-delta-lines.csv',
    ]);
  });

  test('a record that does not name what payroll has, sealed anew', async () => {
    const dir = await closedAgain();
    for (const file of ['payroll-delta.csv', 'payroll-delta-lines.csv'])
      rmSync(join(dir, 'closes/2025-Q1', file));
    await forgeRecord(dir, '2025-Q1', ({ handedOver: _, ...record }) => ({
      ...record,
      files: record.files.filter(({ name }) => !name.startsWith('payroll-delta')),
    }));
    expect(await namedIn(dir)).toEqual(['closes/2025-Q1/close.json']);
  });

  test('the undone close that payroll has the file of is damaged: it is named, and all else is looked at', async () => {
    const dir = await closedAgain();
    edit(dir, 'closes/reopened/1-2025-Q1/payroll.csv', (text) => text.replace('100.00', '900.00'));
    edit(dir, 'closes/.gitattributes', () => '');
    expect(await namedIn(dir)).toEqual(['closes/reopened/1-2025-Q1/payroll.csv', 'closes/.gitattributes']);
  });
});
