/** Reps, customers and plans with new ids after two closes: nothing is paid twice, and nothing is adjusted (R11.11). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compIn, newFolder, type Ran } from './support/comp.js';
import { edit, folderWith, treeOf } from './support/folder.js';

const TERMS = `currency: USD
ledgers: { invoices: invoices.csv, payments: payments.csv }
plans:
  - { id: ae, level: 3, rate: 10% }
`;

/** R1 earns 100.00 in 2025-Q1, 50.00 in 2025-Q2 and 20.00 in 2025-Q3, released in the same quarter. */
const SALES = `invoice_id,customer_id,rep_id,invoice_date,amount
I1,Acme,R1,2025-01-10,1000.00
I2,Bolt,R1,2025-04-10,500.00
I3,Acme,R1,2025-07-10,200.00
`;

const CASH = `payment_id,invoice_id,payment_date,amount
P1,I1,2025-02-15,1000.00
P2,I2,2025-05-15,500.00
P3,I3,2025-08-15,200.00
`;

/** The workspace after two closes. */
async function twiceClosed(terms = TERMS, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const dir = folderWith({ 'comp.yaml': terms, 'invoices.csv': SALES, 'payments.csv': CASH, ...more });
  await close(dir, '2025-Q1');
  await close(dir, '2025-Q2');
  return dir;
}

async function close(dir: string, period: string, isArchived = true): Promise<void> {
  const archive = isArchived ? ['--archive'] : [];
  const ran = await compIn(dir, ['close', period, '--quiet', '--no-pages', ...archive]);
  expect(ran).toMatchObject({ exit: 0, stderr: '' });
}

function calc(dir: string): Promise<Ran> {
  return compIn(dir, ['calc', '--period', '2025-Q3', '--out', join(dir, 'out')]);
}

function rename(dir: string, from: string, to: string, file = 'invoices.csv'): void {
  edit(dir, file, (text) => text.replaceAll(from, to));
}

function rowsIn(dir: string, file: string): Record<string, string>[] {
  const [header = '', ...rows] = readFileSync(join(dir, file), 'utf8').trimEnd().split('\n');
  const columns = header.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, at) => [columns[at] ?? '', cell])));
}

/** What every rep is paid and owes in 2025-Q3: `R1 20.00, owes 0.00`. */
function pay(dir: string): string[] {
  return rowsIn(dir, 'out/quarters.csv')
    .filter(({ quarter }) => quarter === '2025-Q3')
    .map((row) => `${row['rep_id']} ${row['paid']}, owes ${row['owed']}`);
}

/** The postings that adjust closed periods, by what they release. */
function adjusting(dir: string): string[] {
  return rowsIn(dir, 'out/postings.csv')
    .filter(({ adjusts, released }) => adjusts !== '' && released !== '0.00')
    .map((row) => `${row['rep_id']} ${row['invoice_id']} ${row['released']} of ${row['adjusts']}`);
}

/** Adds a ledger to comp.yaml. */
function addLedger(dir: string, name: string, ...rows: readonly string[]): void {
  rename(dir, 'ledgers: { ', `ledgers: { ${name}: ${name}.csv, `, 'comp.yaml');
  writeFileSync(join(dir, `${name}.csv`), `${rows.join('\n')}\n`);
}

describe('R11.11 a rep with a new id', () => {
  test('stops calculation and close, and the message says what to do', async () => {
    const dir = await twiceClosed();
    rename(dir, ',R1,', ',R1-new,');
    const before = treeOf(join(dir, 'closes'));
    for (const ran of [await calc(dir), await compIn(dir, ['close', '2025-Q3'])]) {
      expect(ran).toMatchObject({ exit: 2, stdout: '' });
      expect(ran.stderr).toContain('rep-renamed R11.11');
      expect(ran.stderr).toContain('the row R1-new,R1');
      expect(ran.stderr).toContain('list both in the reps ledger');
    }
    expect(treeOf(join(dir, 'closes'))).toEqual(before);
  });

  test('is paid nothing twice with an alias, in this period and the next, and every close can be re-run', async () => {
    const dir = await twiceClosed();
    rename(dir, ',R1,', ',R1-new,');
    addLedger(dir, 'aliases', 'rep_id,was', 'R1-new,R1');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    expect(pay(dir)).toEqual(['R1-new 20.00, owes 0.00']);
    expect(adjusting(dir)).toEqual([]);
    expect(
      rowsIn(dir, 'out/quarters.csv').map((row) => `${row['rep_id']} ${row['quarter']} ${row['paid']}`),
    ).toEqual(['R1-new 2025-Q1 100.00', 'R1-new 2025-Q2 50.00', 'R1-new 2025-Q3 20.00']);
    const frozen = rowsIn(dir, 'closes/2025-Q1/postings.csv').map((row) => row['rep_id']);
    expect(new Set(frozen)).toEqual(new Set(['R1']));
    await close(dir, '2025-Q3');
    expect(rowsIn(dir, 'closes/2025-Q3/payroll.csv')).toMatchObject([
      { rep_id: 'R1-new', paid: '20.00', recovered: '0.00', owed: '0.00' },
    ]);
    const verified = await compIn(dir, ['verify']);
    expect(verified.exit).toBe(0);
    expect(verified.stdout.match(/every byte matches/g)).toHaveLength(3);
  });

  test('a close without an archive is made again from its postings and those under the former id', async () => {
    const dir = await twiceClosed();
    rename(dir, ',R1,', ',R1-new,');
    addLedger(dir, 'aliases', 'rep_id,was', 'R1-new,R1');
    // R1-new gives back 40.00 of what R1 was paid in 2025-Q1.
    edit(dir, 'payments.csv', (text) => `${text}P4,I1,2025-08-20,-400.00\n`);
    await close(dir, '2025-Q3', false);
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0 });
  });

  test('what is clawed back later was first paid under the former id', async () => {
    const dir = await twiceClosed();
    rename(dir, ',R1,', ',R1-new,');
    addLedger(dir, 'aliases', 'rep_id,was', 'R1-new,R1');
    // The cash on I1 turns out to be 400.00 less: 40.00 of 2025-Q1 are held again, 20.00 of them recovered now.
    edit(dir, 'payments.csv', (text) => `${text}P4,I1,2025-08-20,-400.00\n`);
    await close(dir, '2025-Q3');
    expect(rowsIn(dir, 'closes/2025-Q3/payroll-lines.csv')).toMatchObject([
      { rep_id: 'R1-new', kind: 'recovered', first_paid_in: '2025', amount: '20.00' },
    ]);
    expect(rowsIn(dir, 'closes/2025-Q3/payroll.csv')).toMatchObject([{ paid: '0.00', owed: '20.00' }]);
  });

  test('a ledger that still uses the former id is read with the new one: old invoices, quotas and assignments', async () => {
    const terms = `currency: USD
ledgers: { invoices: invoices.csv, payments: payments.csv, quotas: quotas.csv, assignments: assignments.csv }
plans:
  - id: ae
    level: 3
    rate: { attainment: year-to-date, table: [{ from: 0%, rate: 10% }, { from: 100%, rate: 20% }] }
`;
    const dir = await twiceClosed(terms, {
      'quotas.csv': 'rep_id,quarter,quota\nR1,2025-Q1,1500.00\nR1,2025-Q2,0\nR1,2025-Q3,0\n',
      'assignments.csv': 'rep_id,plan_id,from\nR1,ae,2025-01-01\n',
    });
    rename(dir, 'I3,Acme,R1', 'I3,Acme,R1-new');
    addLedger(dir, 'aliases', 'rep_id,was', 'R1-new,R1');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    // 1,500.00 of a quota of 1,500.00 are booked before, so I3 is paid at 20%.
    expect(pay(dir)).toEqual(['R1-new 40.00, owes 0.00']);
    expect(adjusting(dir)).toEqual([]);
  });

  test('aliases follow each other: R1 became R2, which became R3', async () => {
    const dir = await twiceClosed();
    rename(dir, ',R1,', ',R3,');
    addLedger(dir, 'aliases', 'rep_id,was', 'R2,R1', 'R3,R2');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    expect(pay(dir)).toEqual(['R3 20.00, owes 0.00']);
    expect(adjusting(dir)).toEqual([]);
  });

  test.each([
    ['explain', ['explain', 'R1', '--quarter', '2025-Q3', '--period', '2025-Q3']],
    ['explain an invoice', ['explain', 'I3', '--rep', 'R1', '--period', '2025-Q3']],
    ['statement', ['statement', 'R1', '--quarter', '2025-Q3']],
    ['statement of a closed quarter', ['statement', 'R1', '--quarter', '2025-Q1']],
    ['ageing', ['ageing', '--rep', 'R1', '--as-of', '2025-09-30']],
  ])('%s by a former id leads to the id that the rep has now, and says so', async (_, args) => {
    const dir = await twiceClosed();
    rename(dir, ',R1,', ',R3,');
    addLedger(dir, 'aliases', 'rep_id,was', 'R2,R1', 'R3,R2');
    const [before, after] = [newFolder(), newFolder()];
    const flags = (out: string) => (args[0] === 'statement' ? ['--csv', '--out', out] : []);
    const former = await compIn(dir, [...args, ...flags(before)]);
    const now = await compIn(
      dir,
      [...args, ...flags(after)].map((arg) => (arg === 'R1' ? 'R3' : arg)),
    );
    expect(now).toMatchObject({ exit: 0 });
    expect({ exit: former.exit, stdout: former.stdout }).toEqual({ exit: 0, stdout: now.stdout });
    expect(treeOf(before)).toEqual(treeOf(after));
    const sentence = 'R1 has another id now: this is about R3 (aliases).\n';
    expect(former.stderr.replaceAll(before, after)).toBe(
      args[0] === 'statement' ? now.stderr + sentence : sentence + now.stderr,
    );
    expect(await compIn(dir, [...args, ...flags(before), '--quiet'])).toMatchObject({ exit: 0, stderr: '' });
  });

  test('an alias that comes too late takes back what was paid twice', async () => {
    const dir = await twiceClosed();
    rename(dir, ',R1,', ',R1-new,');
    addLedger(dir, 'reps', 'rep_id,name', 'R1,Ada', 'R1-new,Ada');
    await close(dir, '2025-Q3');
    expect(
      rowsIn(dir, 'closes/2025-Q3/payroll.csv').map(
        (row) => `${row['rep_id']} ${row['paid']} ${row['owed']}`,
      ),
    ).toEqual(['R1 0.00 150.00', 'R1-new 170.00 0.00']);
    addLedger(dir, 'aliases', 'rep_id,was', 'R1-new,R1');
    expect(await compIn(dir, ['calc', '--as-of', '2025-12-31', '--out', join(dir, 'out')])).toMatchObject({
      exit: 0,
    });
    const last = rowsIn(dir, 'out/quarters.csv').filter(({ quarter }) => quarter === '2025-Q4');
    expect(last).toMatchObject([{ rep_id: 'R1-new', paid: '0.00', owed_opening: '150.00', owed: '150.00' }]);
  });
});

describe('R11.2 the border: what is an ordinary correction', () => {
  test('some lines of a rep who is still credited with others go to a new rep', async () => {
    const dir = await twiceClosed();
    rename(dir, 'I2,Bolt,R1', 'I2,Bolt,R9');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    // R1 gives back the 50.00 of I2, 20.00 of them from I3.
    expect(pay(dir)).toEqual(['R1 0.00, owes 30.00', 'R9 50.00, owes 0.00']);
    expect(adjusting(dir)).toEqual(['R1 I2 -50.00 of 2025-Q2', 'R9 I2 50.00 of 2025-Q2']);
  });

  test('all lines go to a rep whom a ledger named at the last close, if only for a later sale', async () => {
    const more = { 'invoices.csv': `${SALES}I4,Core,R9,2025-09-01,100.00\n` };
    const dir = await twiceClosed(TERMS, more);
    rename(dir, ',R1,', ',R9,');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    expect(pay(dir)).toEqual(['R1 0.00, owes 150.00', 'R9 170.00, owes 0.00']);
  });

  test('all lines go to a new rep, and the reps ledger lists both', async () => {
    const dir = await twiceClosed();
    rename(dir, ',R1,', ',R9,');
    addLedger(dir, 'reps', 'rep_id,name', 'R1,Ada', 'R9,Ben');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    expect(pay(dir)).toEqual(['R1 0.00, owes 150.00', 'R9 170.00, owes 0.00']);
  });

  test('with splits, the rep of the invoice itself is credited with nothing: a rename in the splits stops the run', async () => {
    const splits = 'invoice_id,rep_id,share\nI1,S1,100%\nI2,S1,100%\nI3,S1,100%\n';
    const terms = TERMS.replace('{ invoices', '{ splits: splits.csv, invoices');
    const dir = await twiceClosed(terms, { 'splits.csv': splits });
    rename(dir, 'S1', 'S1-new', 'splits.csv');
    const ran = await calc(dir);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain('the row S1-new,S1');
  });

  test('an entry under a new id stops the run as a line does', async () => {
    const entries = 'entry_id,rep_id,date,kind,amount\nE1,B1,2025-02-01,bonus,30.00\n';
    const terms = TERMS.replace('{ invoices', '{ entries: entries.csv, invoices');
    const dir = await twiceClosed(terms, { 'entries.csv': entries });
    rename(dir, 'B1', 'B1-new', 'entries.csv');
    const ran = await calc(dir);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain('such as E1');
  });
});

describe('R11.2 customers and plans with new ids', () => {
  test('a customer: nothing is adjusted', async () => {
    const dir = await twiceClosed();
    rename(dir, 'Acme', 'Acme Ltd');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    expect(pay(dir)).toEqual(['R1 20.00, owes 0.00']);
    expect(adjusting(dir)).toEqual([]);
  });

  test('a plan: nothing is adjusted, and every page can be made', async () => {
    const dir = await twiceClosed();
    rename(dir, 'id: ae', 'id: ae-2025', 'comp.yaml');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    expect(pay(dir)).toEqual(['R1 20.00, owes 0.00']);
    expect(adjusting(dir)).toEqual([]);
    const out = join(dir, 'out');
    for (const args of [
      ['calc', '--period', '2025-Q3', '--xlsx', '--out', out],
      ['report', '--period', '2025-Q3', '--out', join(out, 'report.html')],
      ['statement', '--quarter', '2025-Q2', '--out', join(out, 'statements')],
      ['statement', '--quarter', '2025-Q3', '--csv', '--out', join(out, 'statements')],
      ['explain', 'I1', '--period', '2025-Q3'],
      ['explain', 'R1', '--quarter', '2025-Q2', '--period', '2025-Q3'],
      ['close', '2025-Q3'],
    ])
      expect(await compIn(dir, args)).toMatchObject({ exit: 0 });
  });

  test('R22.1 a plan with a cap: what was paid under the former id counts toward it', async () => {
    const terms = TERMS.replace('rate: 10%', 'rate: 10%, cap: { amount: 160.00, per: year }');
    const dir = await twiceClosed(terms);
    rename(dir, 'id: ae', 'id: ae-2025', 'comp.yaml');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    // 150.00 of 160.00 are paid, so 10.00 of 20.00 are left.
    expect(pay(dir)).toEqual(['R1 10.00, owes 0.00']);
  });

  test('a plan with a new level: what adjusts a closed period has the plan and the level that its line has now', async () => {
    const dir = await twiceClosed();
    rename(dir, 'id: ae, level: 3', 'id: sales, level: 0', 'comp.yaml');
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    const found = rowsIn(dir, 'out/postings.csv')
      .filter(({ adjusts }) => adjusts !== '')
      .map((row) => [
        row['invoice_id'],
        row['cause'],
        row['plan_id'],
        row['level'],
        row['advanced'],
        row['released'],
      ]);
    expect(found).toEqual([
      ['I1', 'invoiced', 'sales', '0', '100.00', '0.00'],
      ['I2', 'invoiced', 'sales', '0', '50.00', '0.00'],
      ['I1', 'collected', 'sales', '0', '0.00', '-100.00'],
      ['I2', 'collected', 'sales', '0', '0.00', '-50.00'],
    ]);
    expect(pay(dir)).toEqual(['R1 20.00, owes 0.00']);
  });
});
