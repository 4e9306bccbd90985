/** `comp calc` from outside: flags, files, exit codes, and what it says. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { acquireLock } from '../src/workspace/lock.js';
import { calcIn, comp, compIn, filesIn, newFolder } from './support/comp.js';
import { isQuick } from './support/depth.js';
import { copyOf, edit, folderWith } from './support/folder.js';
import { program } from './support/program.js';
import { readRows, scenariosIn } from './support/scenario.js';

const INVOICES = 'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\n';
const PAYMENTS = 'payment_id,invoice_id,payment_date,amount\n';
const FLAT = 'plans:\n  - {id: ae, level: 3, rate: 10%}\n';

/** A workspace with one paid invoice; files given take the place of its own. */
function small(files: Record<string, string | Uint8Array> = {}): string {
  return folderWith({
    'comp.yaml': `currency: USD\nledgers:\n  invoices: invoices.csv\n  payments: payments.csv\n${FLAT}`,
    'invoices.csv': `${INVOICES}I1,C1,R1,2025-01-15,2025-02-14,1000.00\n`,
    'payments.csv': `${PAYMENTS}P1,I1,2025-02-10,400.00\n`,
    ...files,
  });
}

async function calc(dir: string, ...flags: string[]) {
  return await compIn(dir, ['calc', '--out', join(dir, 'out'), ...flags]);
}

/** The arguments of a close at the end of 2025, to be run on a terminal of the test's own. */
function closing(dir: string): string[] {
  return ['calc', '--config', join(dir, 'comp.yaml'), '--as-of', '2025-12-31', '--out', join(dir, 'out')];
}

describe('results', () => {
  test.each(
    scenariosIn('scenarios').map((scenario) => [scenario.name, scenario] as const),
  )('R8 %s, read from its folder and written to files', async (_, { dir, asOf, expected }) => {
    const out = join(newFolder(), 'out');
    const { exit } = await compIn(dir, ['calc', '--as-of', asOf, '--out', out]);
    expect(exit).toBe(0);
    for (const [file, rows] of Object.entries(expected)) expect(readRows(join(out, file))).toEqual(rows);
  });

  test('R8.5 shuffled rows change nothing but the hashes of inputs and the rows of exceptions', async () => {
    const dir = copyOf('random/12');
    const run = async () => {
      await calcIn(dir, '2026-02-24');
      const files = filesIn(join(dir, 'out'));
      const exceptions = readRows(join(dir, 'out', 'exceptions.csv')).map(({ row: _, ...rest }) => rest);
      const { inputs: _, ...manifest } = JSON.parse(files['manifest.json'] ?? '{}');
      return {
        quarters: files['quarters.csv'],
        months: files['months.csv'],
        postings: files['postings.csv'],
        exceptions,
        manifest,
      };
    };
    const before = await run();
    expect(before.exceptions.length).toBeGreaterThan(0);
    for (const ledger of [
      'invoices',
      'payments',
      'write_offs',
      'credit_memos',
      'splits',
      'assignments',
      'quotas',
    ]) {
      edit(dir, `${ledger}.csv`, (text) => {
        const [header, ...rows] = text.trimEnd().split('\n');
        return `${[header, ...rows.reverse()].join('\n')}\n`;
      });
    }
    expect(await run()).toEqual(before);
  });

  test.skipIf(isQuick)('R8.5 neither time zone nor locale changes a byte', async () => {
    const dir = copyOf('scenarios/returns');
    const run = async (environment: Record<string, string>) => {
      const out = join(newFolder(), 'out');
      const args = ['calc', '--config', join(dir, 'comp.yaml'), '--as-of', '2025-12-31', '--out', out];
      const { exit, stdout } = await program(args, { environment });
      return { exit, stdout, files: filesIn(out) };
    };
    const here = await run({});
    expect(here.exit).toBe(0);
    expect(await run({ TZ: 'Pacific/Kiritimati' })).toEqual(here);
    expect(await run({ LC_ALL: 'tr_TR.UTF-8', TZ: 'America/St_Johns' })).toEqual(here);
  });

  test('R8.2 months.csv of an earlier run is removed if the pay period is the quarter', async () => {
    const dir = copyOf('scenarios/gross-profit-monthly');
    await calc(dir, '--as-of', '2025-06-30');
    expect(existsSync(join(dir, 'out', 'months.csv'))).toBe(true);
    edit(dir, 'comp.yaml', (text) => text.replace('"payPeriod": "month"', '"payPeriod": "quarter"'));
    await calc(dir, '--as-of', '2025-06-30');
    expect(existsSync(join(dir, 'out', 'months.csv'))).toBe(false);
    expect(existsSync(join(dir, 'out', 'quarters.csv'))).toBe(true);
  });

  describe('applied.csv', () => {
    const header =
      'ledger,source_id,customer_id,date,amount,invoice_id,due_date,applied_date,open_before,applied,open_after,left\n';
    const terms = `currency: USD\nledgers:\n  invoices: invoices.csv\n  payments: payments.csv\n${FLAT}`;
    const files = {
      'comp.yaml': `applyCash: oldest-due-first\n${terms}`,
      'payments.csv': 'payment_id,invoice_id,customer_id,payment_date,amount\nP1,,C1,2025-02-10,1000.5\n',
    };
    const rows = [
      'payments,P1,C1,2025-02-10,1000.50,I1,2025-02-14,2025-02-10,1000.00,1000.00,0.00,\n',
      'payments,P1,C1,2025-02-10,1000.50,,,,,,,0.50\n',
    ];

    test('applyCash writes what was applied and what is left, and the manifest names the file', async () => {
      const dir = small(files);
      const { exit, stderr } = await calc(dir, '--period', '2025-Q1');
      expect(exit).toBe(0);
      expect(stderr).toContain('applied.csv');
      const out = filesIn(join(dir, 'out'));
      expect(out['applied.csv']).toBe(header + rows.join(''));
      expect(JSON.parse(out['manifest.json'] ?? '').outputs).toEqual([
        'quarters.csv',
        'attainment.csv',
        'postings.csv',
        'entries.csv',
        'applied.csv',
        'exceptions.csv',
      ]);
      expect(out['exceptions.csv']).toContain('unapplied,payments,2,P1,"0.50 of 1,000.50 is on account for');
    });

    test('--json has its rows', async () => {
      const { applied } = JSON.parse((await calc(small(files), '--period', '2025-Q1', '--json')).stdout);
      expect(applied).toHaveLength(2);
      expect(applied[0]).toMatchObject({ source_id: 'P1', invoice_id: 'I1', applied: '1000.00', left: '' });
      expect(applied[1]).toMatchObject({ source_id: 'P1', invoice_id: '', applied: '', left: '0.50' });
    });

    test('without applyCash it is neither written nor shown, and that of an earlier run is removed', async () => {
      const dir = small(files);
      await calc(dir, '--period', '2025-Q1');
      expect(existsSync(join(dir, 'out', 'applied.csv'))).toBe(true);
      writeFileSync(join(dir, 'comp.yaml'), terms);
      const { stdout } = await calc(dir, '--period', '2025-Q1', '--json');
      expect(existsSync(join(dir, 'out', 'applied.csv'))).toBe(false);
      expect(existsSync(join(dir, 'out', 'postings.csv'))).toBe(true);
      expect(Object.keys(JSON.parse(stdout))).not.toContain('applied');
    });

    test('an input that an earlier applied.csv would be is not removed', async () => {
      const dir = small({ 'out/applied.csv': files['payments.csv'] });
      writeFileSync(join(dir, 'comp.yaml'), terms.replace('payments.csv', 'out/applied.csv'));
      const { exit, stderr } = await calc(dir, '--period', '2025-Q1');
      expect(exit).toBe(2);
      expect(stderr).toContain('applied.csv');
      expect(readFileSync(join(dir, 'out', 'applied.csv'), 'utf8')).toBe(files['payments.csv']);
    });
  });

  test('--only quarters writes no postings and leaves no old ones', async () => {
    const dir = small();
    await calc(dir, '--period', '2025-Q1');
    expect(Object.keys(filesIn(join(dir, 'out')))).toContain('postings.csv');
    await calc(dir, '--period', '2025-Q1', '--only', 'quarters');
    expect(Object.keys(filesIn(join(dir, 'out'))).sort()).toEqual([
      'attainment.csv',
      'exceptions.csv',
      'manifest.json',
      'quarters.csv',
    ]);
  });

  test('R8.4 the manifest names version, as-of, the SHA-256 of every input and control totals that add up', async () => {
    const dir = small({
      'payments.csv': `${PAYMENTS}P1,I1,2025-02-10,400.00\nP2,I1,2025-05-01,100.005\nP3,NO,2025-01-01,7.00\n`,
    });
    await calc(dir, '--period', '2025-Q1');
    const manifest = JSON.parse(filesIn(join(dir, 'out'))['manifest.json'] ?? '');
    expect(manifest).toMatchObject({
      program: 'comp',
      version: '0.0.0-test',
      asOf: '2025-03-31',
      payPeriod: '2025-Q1',
    });
    expect(
      manifest.inputs.map(({ role, sha256 }: { role: string; sha256: string }) => [role, sha256.length]),
    ).toEqual([
      ['config', 64],
      ['invoices', 64],
      ['payments', 64],
    ]);
    expect(manifest.controls.payments).toEqual({
      read: { rows: 3, amount: '507.005' },
      used: { rows: 1, amount: '400.00' },
      later: { rows: 1, amount: '100.005' },
      setAside: { rows: 1, amount: '7.00' },
      leftOut: { rows: 0, amount: '0.00' },
      notRecords: { rows: 0 },
    });
    expect(manifest.exceptions).toEqual({ 'unknown-invoice': 1 });
  });

  test('cells that a spreadsheet would run are written as text; amounts never are', async () => {
    const dir = small({
      'invoices.csv': `${INVOICES}=1+1,@C,-R,2025-01-15,,-1000.00\n-5,+C,R1,2025-01-15,,10.00\n`,
      'payments.csv': PAYMENTS,
    });
    await calc(dir, '--period', '2025-Q1');
    const text = filesIn(join(dir, 'out'))['postings.csv'] ?? '';
    expect(text).toContain("2025-01-15,2025-Q1,'-R,'=1+1,'@C,ae,3,invoiced,'=1+1,-100.00,0.00,-100.00,");
    expect(text).toContain("2025-01-15,2025-Q1,R1,-5,'+C,ae,3,invoiced,-5,1.00,0.00,0.00,1.00,");
  });
});

describe('reading exports', () => {
  test('columns, dates and numbers as the file writes them', async () => {
    const dir = small({
      'comp.yaml': `currency: USD
ledgers:
  invoices:
    file: export.csv
    columns: { invoice_id: "Invoice #", customer_id: Name, rep_id: Rep, invoice_date: Date, due_date: Due, amount: Net }
    dateFormat: M/D/YYYY
    numberFormat: "1,234.56"
${FLAT}`,
      'export.csv':
        '\ufeffRep,Invoice #,Name,Date,Due,Net,Extra\r\nR1,1,"Brandt, Kole & Co",1/5/2025,2/4/2025,"$1,234.50",x\r\nR1, 2 ,Ostra,12/31/2024,1/30/2025,(500.00),y\r\n',
    });
    expect(await calc(dir, '--period', '2025-Q1')).toMatchObject({ exit: 0 });
    expect(
      readRows(join(dir, 'out', 'postings.csv')).map((row) => [
        row['date'],
        row['invoice_id'],
        row['customer_id'],
        row['earned'],
      ]),
    ).toEqual([
      ['2024-12-31', '2', 'Ostra', '-50.00'],
      ['2025-01-05', '1', 'Brandt, Kole & Co', '123.45'],
    ]);
  });

  test('one file as two ledgers: with skipEmpty rows without date or amount are left out, and counted', async () => {
    const dir = small({
      'comp.yaml': `currency: USD
ledgers:
  invoices: { file: open.csv, columns: { amount: Net } }
  payments: { file: open.csv, columns: { payment_id: invoice_id, payment_date: settled, amount: Net }, skipEmpty: true }
${FLAT}`,
      'open.csv':
        'invoice_id,customer_id,rep_id,invoice_date,settled,Net\nI1,C1,R1,2025-01-02,2025-02-02,100.00\nI2,C1,R1,2025-01-03,,50.00\n',
    });
    expect(await calc(dir, '--period', '2025-Q1')).toMatchObject({ exit: 0 });
    const { controls } = JSON.parse(filesIn(join(dir, 'out'))['manifest.json'] ?? '');
    expect(controls.payments.leftOut).toEqual({ rows: 1, amount: '50.00' });
    expect(controls.payments.used).toEqual({ rows: 1, amount: '100.00' });
    expect(readRows(join(dir, 'out', 'quarters.csv'))[0]).toMatchObject({ paid: '10.00', held: '5.00' });
  });

  test('a row that spans lines does not shift the lines of those after it', async () => {
    const dir = small({
      'invoices.csv': `${INVOICES}I1,"C\n1",R1,2025-01-15,,1000.00\n\nI2,C2,R1,2025-02-30,,1.00\n`,
    });
    expect((await calc(dir, '--period', '2025-Q1')).stderr).toContain(
      'invoices.csv:5  invoice_date "2025-02-30"',
    );
  });

  test('ledger files on the command line take the place of the workspace’s, by its mapping', async () => {
    const dir = small();
    const other = join(newFolder(), 'late.csv');
    writeFileSync(other, `${PAYMENTS}P9,I1,2025-03-01,1000.00\n`);
    await calc(dir, '--period', '2025-Q1', '--payments', other);
    expect(readRows(join(dir, 'out', 'quarters.csv'))[0]).toMatchObject({ paid: '100.00', held: '0.00' });
  });

  test('numbers in comp.yaml are read from its text: 0.1 is a tenth', async () => {
    const dir = small({
      'comp.yaml':
        'currency: USD\nledgers: {invoices: invoices.csv}\nplans: [{id: 7, level: no-linkage, rate: 0.1}]\n',
      'invoices.csv': `${INVOICES}I1,C1,R1,2025-01-15,,10000000000000000.05\n`,
    });
    await calc(dir, '--period', '2025-Q1');
    // A tenth of …0.05 is …0.005, half a cent, which rounds away from zero.
    expect(readRows(join(dir, 'out', 'postings.csv'))[0]).toMatchObject({
      earned: '1000000000000000.01',
      plan_id: '7',
    });
  });
});

describe('faults', () => {
  test('R9.1 ten faults in four files are all listed, the exit code is 2 and the results of before stay', async () => {
    const dir = small({
      'comp.yaml': `currency: USD
payPeriod: week
ledgers: {invoices: invoices.csv, payments: payments.csv, quotas: quotas.csv}
plans:
  - {id: ae, level: 3, rate: 5, hold: 50%}
`,
      'invoices.csv': `${INVOICES}I1,C1,R1,2025-02-30,,1000.00\nI2,,R1,2025-01-02,,1.00\nI2,C1,R1,2025-01-02,,x\n`,
      'payments.csv': `${PAYMENTS}P1,I1,2025-02-10,"1,000.00"\nP1,I1,2025-02-11,1.00\n`,
      'quotas.csv': 'rep_id,quarter,quota\nR1,2025-Q5,10\nR1,2025-Q1,-3\n',
    });
    mkdirSync(join(dir, 'out'));
    writeFileSync(join(dir, 'out', 'quarters.csv'), 'as before\n');
    const { exit, stderr, stdout } = await calc(dir, '--period', '2025-Q1');
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    expect(filesIn(join(dir, 'out'))).toEqual({ 'quarters.csv': 'as before\n' });
    const heads = stderr.split('\n').filter((line) => / R\d+\.\d+$/.test(line));
    expect(heads.map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'comp.yaml:2:1 | payPeriod "week" | wrong-value R9.1',
      'comp.yaml:5:24 | plans[0].rate "5" | percent-needed R9.1',
      'comp.yaml:5:33 | plans[0].hold | unused-key R9.1',
      'invoices.csv:2 | invoice_date "2025-02-30" | malformed-date R9.1',
      'invoices.csv:3 | customer_id | blank-cell R9.1',
      'invoices.csv:4 | amount "x" | malformed-number R9.1',
      'invoices.csv:4 | I2 | duplicate-key R9.1',
      'payments.csv:2 | amount "1,000.00" | malformed-number R9.1',
      'payments.csv:3 | P1 on I1 | duplicate-key R9.1',
      'quotas.csv:2 | quarter "2025-Q5" | malformed-quarter R9.1',
      'quotas.csv:3 | quota "-3" | negative-quota R9.1',
    ]);
    expect(stderr).toContain('11 faults in 4 files. Nothing was calculated and nothing was written.');
  });

  test('--json gives every fault as data', async () => {
    const dir = small({ 'payments.csv': `${PAYMENTS}P1,I1,2025-02-30,x\n` });
    const { exit, stdout, stderr } = await calc(dir, '--period', '2025-Q1', '--json');
    expect(exit).toBe(2);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).faults).toEqual([
      {
        code: 'malformed-date',
        rule: 'R9.1',
        file: 'payments.csv',
        line: 2,
        column: 'payment_date',
        subject: 'payment_date "2025-02-30"',
        found: '2025-02-30',
        expected: 'YYYY-MM-DD',
        message: 'February 2025 has 28 days. Expected a date in the format YYYY-MM-DD.',
      },
      {
        code: 'malformed-number',
        rule: 'R9.1',
        file: 'payments.csv',
        line: 2,
        column: 'amount',
        subject: 'amount "x"',
        found: 'x',
        expected: '1234.56',
        message: 'Expected a number such as 1234.56.',
      },
    ]);
  });

  test('of one kind, twenty are listed and the rest counted', async () => {
    const rows = Array.from({ length: 26 }, () => 'P1,I1,2025-02-10,1.00\n');
    const { stderr } = await calc(small({ 'payments.csv': PAYMENTS + rows.join('') }), '--period', '2025-Q1');
    expect(stderr.match(/duplicate-key R9\.1/g)).toHaveLength(20);
    expect(stderr).toContain('… and 5 more duplicate-key: --json lists all.');
    expect(stderr).toContain('25 faults in 1 file.');
  });

  test('what one setting fixes in many rows is reported once, with the first three places and the setting', async () => {
    const rows = Array.from({ length: 25 }, (_, index) => `P${index},I1,02/03/2025,1.00\n`);
    const dir = small({ 'payments.csv': PAYMENTS + rows.join('') });
    const { stderr } = await calc(dir, '--period', '2025-Q1');
    expect(
      stderr
        .split('\n')
        .slice(0, 3)
        .map((line) => line.replace(/ {2,}/g, '  ')),
    ).toEqual([
      'payments.csv:2  payment_date "02/03/2025" (and 24 more: lines 3, 4, …)  malformed-date R9.1',
      '  Expected a date in the format YYYY-MM-DD. This may be 2 March 2025 or 3 February 2025: set dateFormat: DD/MM/YYYY or MM/DD/YYYY.',
      '25 faults in 1 file. Nothing was calculated and nothing was written.',
    ]);
    const { stdout } = await calc(dir, '--period', '2025-Q1', '--json');
    expect(JSON.parse(stdout).faults).toHaveLength(25);
  });

  test('what follows from a missing column or ledger is not reported as a fault of its own', async () => {
    const dir = small({
      'comp.yaml': `currency: USD\nledgers: {invoices: invoices.csv, quotas: nowhere.csv}\nplans:\n  - id: ae\n    level: 3\n    rate: {attainment: quarter, table: [{from: 0%, rate: 5%}, {from: 100%, rate: 8%}]}\n`,
      'invoices.csv': 'invoice_id,customer,rep_id,invoice_date,amount\nI1,C1,R1,2025-01-15,10.00\n',
    });
    const { stderr } = await calc(dir, '--period', '2025-Q1');
    expect(stderr).toContain('missing-column');
    expect(stderr).toContain('file-not-found');
    expect(stderr).toContain('2 faults in 2 files.');
  });
});

describe('usage', () => {
  test.each([
    [['calc', '--period', '2025-Q9']],
    [['calc', '--as-of', '2025-12-31', '--period', '2025-Q1']],
    [['calc', '--as-off', '2025-12-31']],
    [['calc', '--level', '5']],
    [['calc', '--only', 'postings']],
    [['clac']],
  ])('bad usage ends with 2: comp %j', async (args) => {
    const dir = small();
    const place = args[0] === 'calc' ? ['--config', join(dir, 'comp.yaml'), '--out', join(dir, 'out')] : [];
    const { exit, stderr } = await comp([...args, ...place]);
    expect(exit).toBe(2);
    expect(stderr).not.toBe('');
    expect(existsSync(join(dir, 'out'))).toBe(false);
  });

  test('--help and --version go to standard output and end with 0', async () => {
    expect(await comp(['--version'])).toEqual({ exit: 0, stdout: '0.0.0-test\n', stderr: '' });
    const { exit, stdout } = await comp(['calc', '--help']);
    expect(exit).toBe(0);
    for (const flag of [
      '--period',
      '--as-of',
      '--out',
      '--strict',
      '--json',
      '--quiet',
      '--only',
      '--level',
      '--write-offs',
    ]) {
      expect(stdout).toContain(flag);
    }
  });

  test('--strict ends with 3 where there are exceptions, after writing', async () => {
    const dir = small({ 'payments.csv': `${PAYMENTS}P1,NO,2025-02-10,400.00\n` });
    expect((await calc(dir, '--period', '2025-Q1')).exit).toBe(0);
    expect((await calc(dir, '--period', '2025-Q1', '--strict')).exit).toBe(3);
    expect(readRows(join(dir, 'out', 'exceptions.csv'))).toEqual([
      {
        code: 'unknown-invoice',
        ledger: 'payments',
        row: '2',
        id: 'P1',
        message:
          "There is no invoice NO. Set aside: 400.00. Counted in the control totals, not in anyone's pay.",
      },
    ]);
    expect((await calc(small(), '--period', '2025-Q1', '--strict')).exit).toBe(0);
  });

  test('without a date the run is as of today, with a notice', async () => {
    expect((await calc(small())).stderr).toContain('As of today, 2025-12-31');
  });

  test('--period takes fiscal quarters and months, and those of a calendar ledger', async () => {
    const heading = async (dir: string, period: string) =>
      (await calc(dir, '--period', period)).stdout.split('\n')[0];
    const dir = small();
    expect(await heading(dir, '2025-Q1')).toContain('as of 2025-03-31');
    expect(await heading(dir, '2025-02')).toContain('as of 2025-02-28');
    edit(dir, 'comp.yaml', (text) => `fiscalYearStart: 7\n${text}`);
    expect(await heading(dir, '2025-Q3')).toContain('as of 2025-03-31');
    const own = small({
      'comp.yaml': `currency: USD\nledgers: {invoices: invoices.csv, calendar: calendar.csv}\n${FLAT}`,
      'calendar.csv': 'quarter,from,to\n2025-Q1,2024-12-30,2025-03-28\n2025-Q2,2025-03-29,2025-06-27\n',
    });
    expect(await heading(own, '2025-Q1')).toContain('as of 2025-03-28');
    expect(await calc(own, '--period', '2025-Q4')).toMatchObject({ exit: 2 });
  });

  test('--quiet shows nothing and writes all files', async () => {
    const dir = small();
    expect(await calc(dir, '--period', '2025-Q1', '--quiet')).toEqual({ exit: 0, stdout: '', stderr: '' });
    expect(Object.keys(filesIn(join(dir, 'out')))).toContain('quarters.csv');
  });

  test('--json gives the result as data', async () => {
    const { stdout } = await calc(small(), '--period', '2025-Q1', '--json');
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ asOf: '2025-03-31', currency: 'USD', exceptions: [] });
    expect(result.quarters[0]).toMatchObject({
      rep_id: 'R1',
      quarter: '2025-Q1',
      paid: '40.00',
      held: '60.00',
    });
    expect(result.controls.invoices.used).toEqual({ rows: 1, amount: '1000.00', total: '1000.00' });
  });

  test('--level recomputes every plan at that level, by number or name, and reports what a plan lacks', async () => {
    const dir = small();
    await calc(dir, '--period', '2025-Q1', '--level', '0');
    expect(readRows(join(dir, 'out', 'quarters.csv'))[0]).toMatchObject({ advanced: '100.00', held: '0.00' });
    await calc(dir, '--period', '2025-Q1', '--level', 'partial-hold');
    // Half of 100.00 is held, and 400 of 1,000 releases 20.00 of it.
    expect(readRows(join(dir, 'out', 'quarters.csv'))[0]).toMatchObject({
      advanced: '50.00',
      released: '20.00',
      held: '30.00',
    });
    const { stderr } = await calc(dir, '--period', '2025-Q1', '--level', '1');
    expect(stderr).toContain(
      'Plan ae has no clawback terms of its own: at level 1, only write-offs claw back commission.',
    );
    expect(JSON.parse(filesIn(join(dir, 'out'))['manifest.json'] ?? '').level).toBe(1);
  });

  test('a results folder that is a file is a fault of usage', async () => {
    const dir = small();
    writeFileSync(join(dir, 'out'), '');
    const { exit, stderr } = await calc(dir, '--period', '2025-Q1');
    expect(exit).toBe(2);
    expect(stderr).toContain('Results cannot be written there: there is a file with that name.');
    expect(readFileSync(join(dir, 'out'), 'utf8')).toBe('');
  });
});

describe('a results folder that another run has been in', () => {
  /** The small workspace, whose results of another run are all but one on their way. */
  function halfPlaced(): string {
    const list = { place: ['quarters.csv', 'months.csv', 'manifest.json'], remove: [], over: true };
    return small({
      'out/quarters.csv': 'other\n',
      'out/.comp-ready/months.csv': 'other\n',
      'out/.comp-ready/manifest.json': 'other\n',
      'out/.comp-ready/old/manifest.json': 'old\n',
      'out/.comp-ready/.comp-list.json': JSON.stringify(list),
    });
  }

  test('is finished first, with a notice, and then the new results are written', async () => {
    const dir = halfPlaced();
    const out = join(dir, 'out');
    const { exit, stderr } = await calc(dir, '--period', '2025-Q1');
    expect([exit, stderr]).toEqual([
      0,
      `An earlier run was interrupted while it placed its results in ${out}/. It is finished now: months.csv and manifest.json are in place.
Wrote quarters.csv, attainment.csv, postings.csv, entries.csv, exceptions.csv, manifest.json to ${out}/
`,
    ]);
    expect(Object.keys(filesIn(out)).sort()).toEqual([
      'attainment.csv',
      'entries.csv',
      'exceptions.csv',
      'manifest.json',
      'postings.csv',
      'quarters.csv',
    ]);
    expect(await calc(halfPlaced(), '--period', '2025-Q1', '--quiet')).toMatchObject({ exit: 0, stderr: '' });
  });

  test('what it is writing is left to it', async () => {
    const dir = small();
    const out = join(dir, 'out');
    mkdirSync(out);
    const lock = acquireLock(out);
    const { exit, stderr, stdout } = await calc(dir, '--period', '2025-Q1');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('unwritable-output');
    expect(stderr).toContain(`another comp (process ${process.pid}) is writing there.`);
    expect(Object.keys(filesIn(out))).toEqual(['.comp-lock']);
    if (lock.kind === 'acquired') lock.release();
    expect(await calc(dir, '--period', '2025-Q1')).toMatchObject({ exit: 0 });
  });
});

describe('the summary', () => {
  test('level-1: the answer, the table that adds up to it, the ledgers', async () => {
    const dir = copyOf('scenarios/level-1');
    const { stdout } = await calc(dir, '--as-of', '2025-12-31');
    expect(stdout).toBe(`Close as of 2025-12-31 · USD · 1 rep, 3 invoices · plan ae (level 1, clawback)
DRAFT · 2025-Q4 is not closed. Its figures count until 2025-12-31.
To pay for 2025-Q4      50.00  1 rep
Held                     0.00  nothing waits for cash at level 1
Owed by reps             0.00  at most 250.00, at the end of 2025-Q2; recovered since
Clawed back in 2025-Q4   0.00  50.00 reinstated

rep  quarter   payable  clawed back  reinstated  owed before  owed after    paid
R1   2025-Q1    750.00            –           –            –           –  750.00
     2025-Q2         –       250.00           –            –      250.00       –
     2025-Q3    400.00            –           –       250.00           –  150.00
     2025-Q4         –            –       50.00            –           –   50.00
     ───────────────────────────────────────────────────────────────────────────
     total    1,150.00       250.00       50.00            –           –  950.00
     paid = payable − clawed back + reinstated − owed before + owed after   R7.4
held: always 0.00

Ledgers: invoices 3 rows 23,000.00 · payments 4 rows 21,000.00 · write-offs 1 row 5,000.00
All rows are used.
No exceptions.
Checked: earned is the sum of its parts (R6.3) · pay and debt add up to the postings (R7.4) · every period opens as the one before closed (R8.1)
`);
  });

  test('color only on a terminal that supports it', async () => {
    const dir = copyOf('scenarios/level-1');
    const args = closing(dir);
    const esc = '\u001b[';
    expect((await comp(args, { columns: 120 })).stdout).toContain(esc);
    expect((await comp(args, { columns: 120, environment: { NO_COLOR: '1' } })).stdout).not.toContain(esc);
    expect((await comp(args, { columns: 120, environment: { TERM: 'dumb' } })).stdout).not.toContain(esc);
    expect((await comp(args)).stdout).not.toContain(esc);
    expect((await comp(args, { environment: { FORCE_COLOR: '1' } })).stdout).toContain(esc);
  });

  test('progress appears on a terminal after a second, and leaves no trace', async () => {
    const dir = small();
    const args = [
      'calc',
      '--config',
      join(dir, 'comp.yaml'),
      '--out',
      join(dir, 'out'),
      '--period',
      '2025-Q1',
    ];
    let now = 0;
    const clock = () => {
      now += 600;
      return now;
    };
    const { stderr } = await comp(args, { columns: 80, clock });
    expect(stderr).toContain(
      '\r\u001b[KReading payments …\r\u001b[KCalculating …\r\u001b[KWriting results …\r\u001b[K',
    );
    for (const around of [{ clock }, { columns: 80 }]) {
      expect((await comp(args, around)).stderr).not.toContain('…');
    }
    expect((await comp([...args, '--quiet'], { columns: 80, clock })).stderr).toBe('');
  });

  test('on a narrow terminal, columns share one that still adds up; --wide shows each', async () => {
    const dir = copyOf('scenarios/level-1');
    const args = closing(dir);
    const narrow = (await comp(args, { columns: 60, environment: { NO_COLOR: '1' } })).stdout;
    expect(narrow).toContain(
      [
        // 250.00 is owed at the end of 2025-Q2, and 50.00 is reinstated in 2025-Q4.
        'rep  quarter   payable  clawed back    other    paid',
        'R1   2025-Q1    750.00            –        –  750.00',
        '     2025-Q2         –       250.00  +250.00       –',
        '     2025-Q3    400.00            –  -250.00  150.00',
        '     2025-Q4         –            –   +50.00   50.00',
        '     ───────────────────────────────────────────────',
        '     total    1,150.00       250.00   +50.00  950.00',
        '     paid = payable − clawed back + other       R7.4',
        'other = reinstated − owed before + owed after; --wide shows',
        '  each',
      ].join('\n'),
    );
    expect(
      (await comp([...args, '--wide'], { columns: 60, environment: { NO_COLOR: '1' } })).stdout,
    ).toContain('owed before');
  });

  test('many reps: totals by quarter, the ten largest, the rest in one row; each adds up', async () => {
    const invoices = Array.from(
      { length: 50 },
      (_, index) => `I${index},C,R${index},2025-01-15,,${index + 1}00.00\n`,
    );
    const dir = small({ 'invoices.csv': INVOICES + invoices.join(''), 'payments.csv': PAYMENTS });
    const { stdout } = await calc(dir, '--period', '2025-Q1', '--level', '0');
    // 100 + 200 + … + 5,000 = 127,500, of which a tenth is paid; the ten largest come to 4,550 of it.
    expect(stdout).toMatch(/^2025-Q1 +12,750\.00 +12,750\.00$/m);
    expect(stdout).toMatch(/^R49 +500\.00 +500\.00$/m);
    expect(stdout).toMatch(/^R40 +410\.00 +410\.00\n… 40 more reps +8,200\.00 +8,200\.00$/m);
    expect(stdout.match(/^total +12,750\.00 +12,750\.00$/gm)).toHaveLength(2);
  });

  test('without bookings it says so, and shows no empty table', async () => {
    expect((await calc(small(), '--as-of', '2024-12-31')).stdout).toContain('No events up to 2024-12-31');
  });
});
