/** `comp init`: the workspace to start from, and the comp.yaml that is proposed from exports. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comp, filesIn, newFolder } from './support/comp.js';
import { edit, folderWith } from './support/folder.js';
import { readRows } from './support/scenario.js';

const STARTER_FILES = [
  'assignments.csv',
  'comp.yaml',
  'invoices.csv',
  'payments.csv',
  'quotas.csv',
  'write_offs.csv',
];

/** A workspace that was made on this day. */
async function startedOn(today: string): Promise<string> {
  const dir = join(newFolder(), 'demo');
  const ran = await comp(['init', dir], { today });
  expect(ran.exit).toBe(0);
  return dir;
}

/** What a close of the folder says it pays, by rep and quarter. */
async function paidIn(
  dir: string,
  today: string,
  ...flags: string[]
): Promise<Record<string, Record<string, string>>> {
  const out = join(dir, 'out');
  const ran = await comp(['calc', '--config', join(dir, 'comp.yaml'), '--out', out, ...flags], { today });
  expect(ran.exit).toBe(0);
  const paid: Record<string, Record<string, string>> = {};
  for (const row of readRows(join(out, 'quarters.csv'))) {
    const { rep_id: rep = '', quarter = '', paid: amount = '' } = row;
    paid[quarter] = { ...paid[quarter], [rep]: amount };
  }
  return paid;
}

describe('a workspace to start from', () => {
  test('its figures are those that are worked out by hand', async () => {
    const dir = await startedOn('2025-12-31');
    // 60,000 + 40,000 at 5%; 40,000 + 20,000 at 5%; half of 10% of 30,000 + 8,000.
    const second = { ana: '5000.00', ben: '3000.00', cleo: '1900.00' };
    // 80,000 + 20,000 at 5% and 20,000 at 8%; 60,000 at 5% less 75% of 2,000;
    // half of 3,000, half of 10% of 20,000 and a quarter of the other half.
    const third = { ana: '6600.00', ben: '1500.00', cleo: '2750.00' };
    // 30,000 at 5%; 50% of 2,000 given back.
    const fourth = { ana: '1500.00', ben: '1000.00', cleo: '0.00' };
    expect(await paidIn(dir, '2025-12-31', '--period', '2025-Q3')).toEqual({
      '2025-Q2': second,
      '2025-Q3': third,
    });
    expect(await paidIn(dir, '2025-12-31')).toEqual({
      '2025-Q2': second,
      '2025-Q3': third,
      '2025-Q4': fourth,
    });
    const held = readRows(join(dir, 'out', 'quarters.csv')).filter(({ rep_id }) => rep_id === 'cleo');
    expect(held.map((row) => row['held'])).toEqual(['1900.00', '750.00', '750.00']);
    const text = readFileSync(join(dir, 'comp.yaml'), 'utf8');
    for (const [name, figures, total] of [
      ['2025-Q2 (April to June 2025)', second, '9,900.00'],
      ['2025-Q3 (July to September 2025)', third, '10,850.00'],
      ['2025-Q4, as of its first day (2025-10-01)', fourth, '2,500.00'],
    ] as const) {
      const [, told = ''] = text.split(`# ${name}: `);
      const story = told.split('\n# 20')[0] ?? '';
      expect(story.startsWith(total)).toBe(true);
      for (const [rep, amount] of Object.entries(figures)) {
        if (amount !== '0.00') expect(story.replaceAll(',', '')).toMatch(new RegExp(`${rep} +${amount} `));
      }
    }
    expect(text).toContain('\n#   comp calc --period 2025-Q3 ');
  });

  test('the one exception is a payment of an invoice that is not there; mended, it pays what is said', async () => {
    const dir = await startedOn('2025-12-31');
    const before = await comp(['check', '--json', '--config', join(dir, 'comp.yaml')]);
    expect(JSON.parse(before.stdout)).toMatchObject({
      faults: [],
      exceptions: [{ code: 'unknown-invoice', file: 'payments.csv', id: 'PAY-509' }],
    });
    edit(dir, 'payments.csv', (text) => text.replace('INV-210', 'INV-110'));
    const paid = await paidIn(dir, '2025-12-31', '--period', '2025-Q3');
    expect(paid['2025-Q3']).toEqual({ ana: '6600.00', ben: '1500.00', cleo: '3000.00' });
  });

  test('it is the same on any day', async () => {
    const days = fc.integer({ min: 0, max: 20 * 366 }).map((days) => dayAfter('2015-01-01', days));
    await fc.assert(fc.asyncProperty(days, checkedOn), {
      numRuns: 60,
      examples: [
        '2024-02-29',
        '2028-02-29',
        '2025-12-31',
        '2026-01-01',
        '2025-03-31',
        '2025-04-01',
        '2025-07-01',
        '2025-09-30',
      ].map((day) => [day]),
    });
  });

  test('it tells what it wrote and what to type next', async () => {
    const dir = join(newFolder(), 'a demo');
    const ran = await comp(['init', dir]);
    expect(ran).toEqual({
      exit: 0,
      stdout: `Next     cd '${dir}'\n         comp check\n         comp calc --period 2025-Q3\n`,
      stderr: `Wrote comp.yaml, invoices.csv, payments.csv, write_offs.csv, quotas.csv, assignments.csv to ${dir}/\n`,
    });
    expect(Object.keys(filesIn(dir)).sort()).toEqual(STARTER_FILES);
    const other = join(newFolder(), 'deep', 'er');
    const { stdout } = await comp(['init', '--json', other]);
    expect(JSON.parse(stdout)).toMatchObject({
      wrote: expect.arrayContaining([join(other, 'comp.yaml')]),
      next: [`cd ${other}`, 'comp check', 'comp calc --period 2025-Q3'],
    });
  });

  test('it never writes over a file, and then writes nothing', async () => {
    for (const name of STARTER_FILES) {
      const dir = folderWith({ [name]: 'mine\n', 'other.txt': 'mine too\n' });
      const before = filesIn(dir);
      const ran = await comp(['init', dir]);
      expect(ran).toMatchObject({ exit: 2, stdout: '' });
      expect(ran.stderr).toContain(`${join(dir, name)}`);
      expect(ran.stderr).toContain('workspace-exists');
      expect(ran.stderr).toContain('Nothing was written.');
      expect(filesIn(dir)).toEqual(before);
    }
    const dir = newFolder();
    symlinkSync('nowhere', join(dir, 'quotas.csv'));
    expect((await comp(['init', dir])).exit).toBe(2);
    expect(existsSync(join(dir, 'comp.yaml'))).toBe(false);
    mkdirSync(join(dir, 'invoices.csv'));
    const { stdout } = await comp(['init', '--json', dir]);
    expect(JSON.parse(stdout).faults).toMatchObject([
      { code: 'workspace-exists', subject: join(dir, 'invoices.csv') },
      { code: 'workspace-exists', subject: join(dir, 'quotas.csv') },
    ]);
  });

  test('what else the folder has stays, and nothing is left where it cannot be written', async () => {
    const dir = folderWith({ 'README.md': 'mine\n', '.comp-mine/x': 'mine\n' });
    expect((await comp(['init', dir])).exit).toBe(0);
    expect(readFileSync(join(dir, '.comp-mine', 'x'), 'utf8')).toBe('mine\n');
    writeFileSync(join(dir, 'file'), '');
    const ran = await comp(['init', join(dir, 'file', 'sub')]);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain('unwritable-folder');
    const long = join(newFolder(), 'made', 'x'.repeat(300));
    expect((await comp(['init', long])).exit).toBe(2);
    expect((await comp(['init', ' '])).exit).toBe(2);
  });
});

/** The promise of `comp init x && cd x && comp check && comp calc`. */
async function checkedOn(today: string): Promise<void> {
  const dir = await startedOn(today);
  const config = join(dir, 'comp.yaml');
  const checked = await comp(['check', '--config', config, '--json'], { today });
  expect(checked.exit).toBe(0);
  expect(JSON.parse(checked.stdout).exceptions).toHaveLength(1);
  const period = /comp calc --period (\S+)/.exec(readFileSync(config, 'utf8'))?.[1] ?? '';
  expect(Object.values(await paidIn(dir, today, '--period', period)).map(Object.values)).toEqual([
    ['5000.00', '3000.00', '1900.00'],
    ['6600.00', '1500.00', '2750.00'],
  ]);
  const paid = await paidIn(dir, today);
  expect(Object.keys(paid)[1]).toBe(period);
  expect(Object.values(paid).map(Object.values)).toEqual([
    ['5000.00', '3000.00', '1900.00'],
    ['6600.00', '1500.00', '2750.00'],
    ['1500.00', '1000.00', '0.00'],
  ]);
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
