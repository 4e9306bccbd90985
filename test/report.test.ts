/** `comp report`: the page, written all or nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comp, compIn, filesIn } from './support/comp.js';
import { copyOf, edit } from './support/folder.js';

const report = (dir: string, ...flags: string[]) =>
  compIn(dir, ['report', '--out', join(dir, 'out', 'report.html'), ...flags]);

describe('comp report', () => {
  test('writes one page, the same for the same inputs', async () => {
    const dir = copyOf('scenarios/level-1');
    const ran = await report(dir, '--period', '2025-Q3');
    expect(ran).toEqual({ exit: 0, stdout: '', stderr: `Wrote ${join(dir, 'out', 'report.html')}\n` });
    const { 'report.html': first, ...others } = filesIn(join(dir, 'out'));
    expect(others).toEqual({});
    expect(first).toContain('<title>Close report 2025-Q3, as of 2025-09-30 (draft)</title>');
    expect(first).toContain('150.00 paid: 400.00 payable, 250.00 owed before.');
    expect(first).not.toContain(dir);
    await report(dir, '--as-of', '2025-09-30', '--quiet');
    expect(filesIn(join(dir, 'out'))['report.html']).toBe(first);
  });

  test('says as data what it has written', async () => {
    const dir = copyOf('scenarios/level-1');
    const { exit, stdout } = await report(dir, '--period', '2025-Q3', '--json');
    expect([exit, JSON.parse(stdout)]).toEqual([
      0,
      { asOf: '2025-09-30', report: join(dir, 'out', 'report.html') },
    ]);
  });

  test('leaves the page of before where there are faults', async () => {
    const dir = copyOf('scenarios/level-1');
    await report(dir, '--period', '2025-Q3');
    const before = filesIn(join(dir, 'out'));
    edit(dir, 'invoices.csv', (text) => text.replace('2025-07-05', '2025-07-35'));
    const { exit, stderr } = await report(dir, '--period', '2025-Q3');
    expect(exit).toBe(2);
    expect(stderr).toContain('malformed-date');
    expect(filesIn(join(dir, 'out'))).toEqual(before);
  });

  test('takes the place of no input, and of nothing in closes', async () => {
    const dir = copyOf('scenarios/level-1');
    const config = join(dir, 'comp.yaml');
    const text = readFileSync(join(dir, 'invoices.csv'), 'utf8');
    const over = await comp([
      'report',
      '--config',
      config,
      '--period',
      '2025-Q3',
      '--out',
      join(dir, 'invoices.csv'),
    ]);
    expect(over.exit).toBe(2);
    expect(over.stderr).toContain(`--out ${join(dir, 'invoices.csv')}`);
    expect(over.stderr).toContain('output-is-input');
    expect(readFileSync(join(dir, 'invoices.csv'), 'utf8')).toBe(text);
    const closes = join(dir, 'closes', 'report.html');
    const inside = await comp(['report', '--config', config, '--period', '2025-Q3', '--out', closes]);
    expect(inside.exit).toBe(2);
    expect(inside.stderr).toContain('that folder is for closes only');
    const folder = await comp(['report', '--config', config, '--period', '2025-Q3', '--out', `${dir}/`]);
    expect(folder.exit).toBe(2);
    const taken = await comp(['report', '--config', config, '--period', '2025-Q3', '--out', dir]);
    expect([taken.exit, taken.stderr]).toEqual([2, expect.stringContaining(`--out ${dir} `)]);
    expect(taken.stderr).toContain('is a folder there');
  });

  test('tells of exceptions, and exits with 3 where they count', async () => {
    const dir = copyOf('scenarios/level-1');
    const payments = join(dir, 'payments.csv');
    writeFileSync(payments, `${readFileSync(payments, 'utf8').trimEnd()}\nPAY-9,INV-77,2025-03-03,120.00\n`);
    expect((await report(dir, '--period', '2025-Q3', '--strict')).exit).toBe(3);
    const { 'report.html': page } = filesIn(join(dir, 'out'));
    expect(page).toContain('Set aside: 1 row of payments (120.00)');
    expect(page).toContain('<bdi>payments.csv:6</bdi>');
  });

  test('tells of a damaged close, and writes nothing', async () => {
    const dir = copyOf('scenarios/level-1');
    const config = join(dir, 'comp.yaml');
    await comp(['close', '2025-Q1', '--config', config, '--quiet']);
    const { exit } = await report(dir, '--period', '2025-Q2');
    expect(exit).toBe(0);
    const { 'report.html': page } = filesIn(join(dir, 'out'));
    expect(page).toContain('Nothing has changed in closed periods (2025-Q1 and before).');
    edit(join(dir, 'closes', '2025-Q1'), 'postings.csv', (text) => text.replace('500.00', '900.00'));
    const damaged = await report(dir, '--period', '2025-Q2');
    expect(damaged.exit).toBe(2);
    expect(damaged.stderr).toContain('close-damaged');
    expect(filesIn(join(dir, 'out'))['report.html']).toBe(page);
  });
});
