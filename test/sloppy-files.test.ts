/** Files as people really have them, and folders as they really are: each of these once went wrong. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comp, filesIn } from './support/comp.js';
import { folderWith } from './support/folder.js';
import { readRows } from './support/scenario.js';

const HEADER = 'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\n';
const ROW = 'I1,C1,R1,2025-01-10,2025-02-10,1000.00\n';

function workspace(files: Record<string, string | Uint8Array> = {}, more = ''): string {
  return folderWith({
    'comp.yaml': `currency: USD\nledgers:\n  invoices: invoices.csv\n${more}plans:\n  - {id: p, level: 3, rate: 10%}\n`,
    'invoices.csv': HEADER + ROW,
    ...files,
  });
}

async function calc(dir: string, ...flags: string[]) {
  const asOf = flags.some((flag) => flag === '--period') ? [] : ['--as-of', '2025-12-31'];
  return await comp([
    'calc',
    '--config',
    join(dir, 'comp.yaml'),
    '--out',
    join(dir, 'out'),
    ...asOf,
    ...flags,
  ]);
}

/** Codes of the faults with their places, in order. */
async function faults(dir: string, ...flags: string[]): Promise<string[]> {
  const { stdout } = await calc(dir, '--json', ...flags);
  const told = JSON.parse(stdout).faults as { code: string; file?: string; line?: number }[];
  return told.map(({ code, file, line }) =>
    [code, file, line].filter((part) => part !== undefined).join(' '),
  );
}

describe('the results folder', () => {
  test('a folder in the way of a file leaves the results of before as they were', async () => {
    const dir = workspace();
    mkdirSync(join(dir, 'out', 'exceptions.csv'), { recursive: true });
    writeFileSync(join(dir, 'out', 'quarters.csv'), 'as before\n');
    expect(await calc(dir)).toMatchObject({ exit: 2 });
    expect(readdirSync(join(dir, 'out')).sort()).toEqual(['exceptions.csv', 'quarters.csv']);
    expect(readRows(join(dir, 'out', 'quarters.csv'))).toEqual([]);
  });

  test('what a run that was killed left behind is swept away by the next', async () => {
    const dir = workspace();
    mkdirSync(join(dir, 'out', '.comp-new-0123abcd'), { recursive: true });
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    expect(readdirSync(join(dir, 'out')).sort()).toEqual([
      'attainment.csv',
      'entries.csv',
      'exceptions.csv',
      'manifest.json',
      'postings.csv',
      'quarters.csv',
    ]);
  });

  test('an input with the name of a stale result is not removed', async () => {
    const dir = workspace(
      { 'months.csv': 'quarter,from,to\n2025-Q1,2025-01-01,2025-12-31\n' },
      '  calendar: months.csv\n',
    );
    expect(await faults(dir, '--out', dir)).toEqual(['output-is-input']);
    expect(existsSync(join(dir, 'months.csv'))).toBe(true);
  });

  test('no name is no folder', async () => {
    const dir = workspace();
    expect(await calc(dir, '--out', '')).toMatchObject({ exit: 2 });
    expect(Object.keys(filesIn(dir)).sort()).toEqual(['comp.yaml', 'invoices.csv']);
  });
});

describe('comp.yaml', () => {
  test('a plan that is not a plan is reported as written, with --level too', async () => {
    const dir = workspace({ 'comp.yaml': 'currency: USD\nledgers: {invoices: invoices.csv}\nplans:\n  -\n' });
    expect(await faults(dir)).toEqual(['missing-key comp.yaml 4']);
    expect(await faults(dir, '--level', '1')).toEqual(['missing-key comp.yaml 4']);
  });

  test('text in another encoding is a fault, not another name', async () => {
    const dir = workspace();
    writeFileSync(join(dir, 'comp.yaml'), Buffer.from("currency: 'Z\u00fcrich'\n", 'latin1'));
    expect(await faults(dir)).toEqual(['not-utf8 comp.yaml']);
  });

  test('a ledger may have an absolute path', async () => {
    const other = folderWith({ 'i.csv': HEADER + ROW });
    const dir = workspace({
      'comp.yaml': `currency: USD\nledgers: {invoices: ${join(other, 'i.csv')}}\nplans: [{id: p, level: 3, rate: 10%}]\n`,
    });
    expect(await calc(dir)).toMatchObject({ exit: 0 });
  });

  test('a plan whose id is at fault makes no assignment name an unknown plan', async () => {
    const dir = workspace(
      {
        'comp.yaml':
          'currency: USD\nledgers: {invoices: invoices.csv, assignments: a.csv}\nplans: [{idd: p, level: 3, rate: 10%}]\n',
        'a.csv': 'rep_id,plan_id,from\nR1,p,2025-01-01\n',
      },
      '',
    );
    expect((await faults(dir)).map((fault) => fault.split(' ')[0])).toEqual(['missing-key', 'unknown-key']);
  });

  test('an empty value at a level that does not use the key is one that is missing', async () => {
    const dir = workspace({
      'comp.yaml':
        'currency: USD\nledgers: {invoices: invoices.csv}\nplans:\n  - id: p\n    level: 3\n    rate: 10%\n    hold:\n',
    });
    expect(await faults(dir)).toEqual(['missing-key comp.yaml 7']);
  });
});

describe('lines and columns', () => {
  test('quoted line ends, CRLF or LF, do not shift the lines of the rows after them', async () => {
    for (const end of ['\r\n', '\n']) {
      const text = `${HEADER}I1,"C\n1",R1,2025-01-10,,1\nI2,C1,R1,2025-99-10,,1\n`.replaceAll('\n', end);
      expect(await faults(workspace({ 'invoices.csv': text }))).toEqual(['malformed-date invoices.csv 4']);
    }
    const mixed = `${HEADER}I1,"C\r\n1",R1,2025-01-10,,1\r\n\r\nI2,C1,R1,2025-99-10,,1\n`;
    expect(await faults(workspace({ 'invoices.csv': mixed }))).toEqual(['malformed-date invoices.csv 5']);
  });

  test('lines may end as they like, each its own way', async () => {
    const dir = workspace({
      'invoices.csv': `${HEADER}"I1",C1,R1,2025-01-10,,"10"\r\nI2,C1,R1,2025-01-11,,20\r`,
    });
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    expect(readRows(join(dir, 'out', 'postings.csv'))).toHaveLength(2);
  });

  test('blank lines before the header, between rows and at the end are skipped', async () => {
    const dir = workspace({ 'invoices.csv': `\n  \n${HEADER}\n   \nI1,C1,R1,2025-01-10,,x\n \n` });
    expect(await faults(dir)).toEqual(['malformed-number invoices.csv 6']);
    const header = workspace({ 'invoices.csv': `\n\n${HEADER.replace('amount', 'net')}${ROW}` });
    expect(await faults(header)).toEqual(['missing-column invoices.csv 3']);
  });

  test('a stray quote is reported once', async () => {
    const dir = workspace({ 'invoices.csv': `${HEADER}I1,"C "x,R1,2025-01-10,,1\nI2,C1,R1,2025-01-11,,1\n` });
    expect(await faults(dir)).toEqual(['malformed-csv invoices.csv 2']);
  });

  test('currency signs can be inside or outside of parentheses; shares follow the number format', async () => {
    const dir = workspace({
      'comp.yaml': `currency: USD
ledgers:
  invoices: { file: invoices.csv, numberFormat: "1.234,56" }
  splits: { file: splits.csv, numberFormat: "1.234,56" }
plans: [{id: p, level: 0, rate: 10%}]
`,
      'invoices.csv': `${HEADER}I1,C1,R1,2025-01-10,,"1.000,00 €"\nI2,C1,R1,2025-01-10,,"€ (500,00)"\nI3,C1,R1,2025-01-10,,"(€20,00)"\n`,
      'splits.csv': 'invoice_id,rep_id,share\nI1,R1,"33,5%"\n',
    });
    expect(await calc(dir)).toMatchObject({ exit: 0 });
    expect(readRows(join(dir, 'out', 'postings.csv')).map((row) => row['earned'])).toEqual([
      '33.50',
      '-50.00',
      '-2.00',
    ]);
  });
});

describe('one cause, one fault', () => {
  test('an unknown period is reported with the faults of the files, but not where the calendar has faults', async () => {
    const bad = HEADER + ROW.replace('2025-01-10', '2025-99-10');
    expect(await faults(workspace({ 'invoices.csv': bad }), '--period', '2025-Q7')).toEqual([
      'malformed-date invoices.csv 2',
      'unknown-period',
    ]);
    const calendar = 'quarter,from,to\n2025-Q1,2025-01-01,2025-03-31\n2025-Q2,2025-04-01,2025-06-3x\n';
    const dir = workspace({ 'invoices.csv': bad, 'c.csv': calendar }, '  calendar: c.csv\n');
    expect((await faults(dir, '--period', '2025-Q2')).sort()).toEqual([
      'malformed-date c.csv 3',
      'malformed-date invoices.csv 2',
    ]);
  });

  test('a fiscal year at fault makes no other date so', async () => {
    const dir = workspace({}, '');
    writeFileSync(
      join(dir, 'comp.yaml'),
      'currency: USD\nfiscalYearStart: 13\nledgers: {invoices: invoices.csv, quotas: q.csv}\nplans: [{id: p, level: 3, rate: 10%}]\n',
    );
    writeFileSync(join(dir, 'q.csv'), 'rep_id,quarter,quota\nR1,2025-01-31,1\nR1,2025-02-28,1\n');
    expect(await faults(dir, '--period', '2025-Q1')).toEqual(['wrong-value comp.yaml 2']);
  });

  test('splits that cannot be read leave open who the rep is', async () => {
    const blank = { 'invoices.csv': HEADER + ROW.replace('R1', '') };
    expect(await faults(workspace(blank, '  splits: nowhere.csv\n'))).toEqual(['file-not-found comp.yaml 4']);
    const bad = { ...blank, 's.csv': 'invoice_id,rep_id,share\nI1,R1,half\n' };
    expect(await faults(workspace(bad, '  splits: s.csv\n'))).toEqual(['malformed-number s.csv 2']);
  });

  test('an invoice without its due date is reported once, however many reps it has', async () => {
    const dir = workspace({
      'comp.yaml':
        'currency: USD\nledgers: {invoices: invoices.csv, splits: s.csv}\nplans: [{id: p, level: 1, rate: 10%, clawback: {pastDueDays: 30}, basis: gross-profit}]\n',
      'invoices.csv': HEADER + ROW.replace('2025-02-10', ''),
      's.csv': 'invoice_id,rep_id,share\nI1,R1,50%\nI1,R2,30%\nI1,R3,20%\n',
    });
    expect((await faults(dir)).sort()).toEqual([
      'missing-cost invoices.csv 2',
      'missing-due-date invoices.csv 2',
    ]);
  });

  test('a ledger that cannot be read is not taken for one that is not there', async () => {
    const dir = workspace(
      { 'q.csv': 'rep_id,quarter,quota\nR1,2025-01-31,1\nR1,2025-03-31,1\n' },
      '  calendar: nowhere.csv\n  quotas: q.csv\n',
    );
    expect(await faults(dir)).toEqual(['file-not-found comp.yaml 4']);
  });
});

test('control characters of a file do not reach the terminal', async () => {
  const dir = workspace({ 'invoices.csv': `${HEADER}I1,C1,"R\u001b[31m1",2025-01-10,,10\n` });
  const { stdout } = await calc(dir);
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('R�[31m1');
});

test('R9.2 a reversal of an unknown invoice is reported with the amount of its row', async () => {
  const dir = workspace({
    'invoices.csv':
      'invoice_id,customer_id,rep_id,invoice_date,amount,total,reverses\nI2,C1,R1,2025-01-10,-50.00,-55.00,NO\n',
  });
  await calc(dir);
  expect(readRows(join(dir, 'out', 'exceptions.csv'))[0]?.['message']).toContain('Set aside: -50.00');
});
