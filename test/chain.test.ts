/** R11.5 The chain of closes: whose they are, what is missing from them, and that nobody goes on over a changed one. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compIn, newFolder } from './support/comp.js';
import { copyOf, edit, treeOf } from './support/folder.js';

let whole = '';

beforeAll(async () => {
  whole = copyOf('scenarios/level-1');
  for (const period of ['2025-Q1', '2025-Q2']) {
    expect(await compIn(whole, ['close', period, '--quiet'])).toMatchObject({ exit: 0 });
  }
});

function copy(): string {
  const dir = newFolder();
  cpSync(whole, dir, { recursive: true });
  return dir;
}

const fingerprintIn = (text: string) => /[0-9a-f]{4}(?:-[0-9a-f]{4}){3}/.exec(text)?.[0] as string;

/** Every command that builds on closes names the file, and writes nothing. */
async function expectRefused(dir: string, file: string): Promise<void> {
  const before = treeOf(dir);
  const out = ['--out', join(dir, 'out')];
  for (const args of [
    ['verify'],
    ['calc', '--as-of', '2025-12-31', ...out],
    ['close', '2025-Q3'],
    ['reopen', '2025-Q2', '--reason', 'x'],
  ]) {
    const { exit, stdout, stderr } = await compIn(dir, args);
    expect({ args, exit, stdout }).toEqual({ args, exit: 2, stdout: '' });
    expect(stderr).toContain(`closes/${file}  `);
  }
  expect(treeOf(dir)).toEqual(before);
}

describe('a change among closes stops every command that builds on them', () => {
  test.each<[string, string, (path: string) => void]>([
    ['a changed page', '2025-Q1/report.html', (path) => writeFileSync(path, 'x')],
    ['a changed statement', '2025-Q2/statements/index.html', (path) => writeFileSync(path, 'x')],
    ['a missing journal', '2025-Q1/journal.csv', (path) => rmSync(path)],
    ['a file too many', '2025-Q1/more.csv', (path) => writeFileSync(path, 'x')],
    ['a folder too many', '2024-Q3x/a', (path) => cpSync(whole, join(path, '..'), { recursive: true })],
    ['a changed record', '2025-Q2/close.json', (path) => writeFileSync(path, '{}')],
    ['a deleted head file', 'HEAD.json', (path) => rmSync(path)],
    ['a changed head file', 'HEAD.json', (path) => writeFileSync(path, '{}')],
    ['the newest close deleted', '2025-Q2', (path) => rmSync(path, { recursive: true })],
  ])('%s', async (_, file, change) => {
    const dir = copy();
    change(join(dir, 'closes', file));
    await expectRefused(dir, file.split('/')[0] === '2024-Q3x' ? '2024-Q3x' : file);
  });

  test('a changed record hides no other file', async () => {
    const dir = copy();
    edit(join(dir, 'closes'), '2025-Q1/close.json', (text) =>
      text.replace(/"closedOn": "20/, '"closedOn": "21'),
    );
    for (const name of ['payroll.csv', 'journal.csv']) {
      edit(join(dir, 'closes', '2025-Q1'), name, (text) => text.replace('0', '1'));
    }
    writeFileSync(join(dir, 'closes', '2025-Q1', 'extra.txt'), 'x');
    rmSync(join(dir, 'closes', '2025-Q1', 'exceptions.csv'));
    const { exit, stderr } = await compIn(dir, ['verify']);
    expect(exit).toBe(2);
    const named = [...stderr.matchAll(/^closes\/2025-Q1\/(\S+) {2}/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(['close.json', 'exceptions.csv', 'extra.txt', 'journal.csv', 'payroll.csv']);
  });

  test('a run that was interrupted before it wrote the head file is finished by the next', async () => {
    const dir = copy();
    const head = readFileSync(join(dir, 'closes', 'HEAD.json'));
    expect(await compIn(dir, ['close', '2025-Q3', '--quiet'])).toMatchObject({ exit: 0 });
    const after = readFileSync(join(dir, 'closes', 'HEAD.json'));
    writeFileSync(join(dir, 'closes', 'HEAD.json'), head);
    const verified = await compIn(dir, ['verify']);
    expect(verified).toMatchObject({ exit: 0 });
    expect(verified.stdout).toContain('closes/HEAD.json is one step behind');
    const { exit, stderr } = await compIn(dir, ['close', '2025-Q3']);
    expect(exit).toBe(0);
    expect(stderr).toContain('An earlier run was interrupted before it wrote');
    expect(readFileSync(join(dir, 'closes', 'HEAD.json'))).toEqual(after);
  });

  test('closes from before there were head files go on', async () => {
    const dir = copyOf('problems/not-newest-close');
    expect(existsSync(join(dir, 'closes', 'HEAD.json'))).toBe(false);
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0 });
  });
});

describe('the fingerprint', () => {
  test('is printed by close and by verify, and compared', async () => {
    const dir = copy();
    const closed = await compIn(dir, ['close', '2025-Q3']);
    const fingerprint = fingerprintIn(closed.stderr);
    expect(fingerprintIn((await compIn(dir, ['verify'])).stdout)).toBe(fingerprint);
    expect(await compIn(dir, ['verify', '--expect', fingerprint])).toMatchObject({ exit: 0 });
    await compIn(dir, ['reopen', '2025-Q3', '--reason', 'x']);
    const { exit, stderr } = await compIn(dir, ['verify', '--expect', fingerprint]);
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringContaining('fingerprint-differs R11.7'),
    });
    // A closes folder that is gone is no state of its own.
    rmSync(join(dir, 'closes'), { recursive: true });
    expect(await compIn(dir, ['verify', '--expect', fingerprint])).toMatchObject({ exit: 2 });
  });
});

describe('whose closes they are', () => {
  test('those of one configuration are never those of another in the same folder', async () => {
    const dir = copy();
    cpSync(join(dir, 'comp.yaml'), join(dir, 'us.yaml'));
    const us = ['--config', join(dir, 'us.yaml')];
    const before = treeOf(dir);
    for (const args of [
      ['close', '2025-Q1', ...us],
      ['close', '2025-Q3', '--quiet', ...us],
      ['calc', '--as-of', '2025-12-31', '--quiet', '--out', join(dir, 'out'), ...us],
      ['verify', ...us],
    ]) {
      const { exit, stderr } = await compIn(dir, args);
      expect({ args, exit }).toEqual({ args, exit: 2 });
      expect(stderr).toContain('This was closed with comp.yaml, and this is us.yaml');
    }
    expect(treeOf(dir)).toEqual(before);
  });
});

describe('which workspace they belong to', () => {
  /** Another workspace with the same comp.yaml: its invoices have the same ids, and other amounts. */
  function another(): string {
    const dir = copyOf('scenarios/level-1');
    edit(dir, 'invoices.csv', (text) => text.replaceAll('00.00', '01.00'));
    return dir;
  }

  /** Every command that builds on closes refuses, and shows why. */
  async function expectMisfit(dir: string, why: string): Promise<void> {
    const before = treeOf(dir);
    const out = ['--out', join(dir, 'out')];
    for (const args of [
      ['verify'],
      ['calc', '--as-of', '2025-12-31', '--quiet', ...out],
      ['check', '--as-of', '2025-12-31'],
      ['statement', '--quarter', '2025-Q1', ...out],
      ['report', '--period', '2025-Q1', '--out', join(dir, 'out', 'report.html')],
      ['close', '2025-Q1', '--preview', ...out],
      ['close', '2025-Q3'],
      ['reopen', '2025-Q2', '--reason', 'x'],
    ]) {
      const { exit, stdout, stderr } = await compIn(dir, args);
      expect({ args, exit, stdout }).toEqual({ args, exit: 2, stdout: '' });
      expect(stderr.replaceAll(/\s+/g, ' ')).toContain(why);
    }
    expect(treeOf(dir)).toEqual(before);
  }

  const idIn = (dir: string) => readFileSync(join(dir, 'closes.id'), 'utf8').slice(0, 16);

  test('a copy of closes in a workspace that has closed nothing', async () => {
    const dir = another();
    cpSync(join(whole, 'closes'), join(dir, 'closes'), { recursive: true });
    await expectMisfit(dir, 'closes.id is missing, and the ledgers have changed since');
  });

  test('a copy of closes in the place of its own', async () => {
    const dir = another();
    expect(await compIn(dir, ['close', '2025-Q1', '--quiet'])).toMatchObject({ exit: 0 });
    expect(idIn(dir)).not.toBe(idIn(whole));
    rmSync(join(dir, 'closes'), { recursive: true });
    cpSync(join(whole, 'closes'), join(dir, 'closes'), { recursive: true });
    await expectMisfit(dir, `closed in the workspace ${idIn(whole)}, and this is ${idIn(dir)} (closes.id)`);
  });

  test('the closes of this workspace deleted as a whole', async () => {
    for (const isEmpty of [false, true]) {
      const dir = copy();
      rmSync(join(dir, 'closes'), { recursive: true });
      if (isEmpty) mkdirSync(join(dir, 'closes'));
      for (const args of [
        ['verify'],
        ['calc', '--as-of', '2025-12-31', '--quiet', '--out', join(dir, 'out')],
        ['close', '2025-Q1', '--quiet'],
      ]) {
        const { exit, stderr } = await compIn(dir, args);
        expect({ args, exit }).toEqual({ args, exit: 2 });
        expect(stderr).toContain(
          'closes  it is missing or empty, but closes.id shows that there were closes',
        );
      }
      expect(existsSync(join(dir, 'out'))).toBe(false);
      rmSync(join(dir, 'closes.id'));
      expect(await compIn(dir, ['close', '2025-Q1', '--quiet'])).toMatchObject({ exit: 0 });
    }
  });

  test('a workspace that was moved, and one that was restored from a backup', async () => {
    const dir = copy();
    const moved = join(newFolder(), 'elsewhere');
    renameSync(dir, moved);
    edit(moved, 'payments.csv', (text) => `${text.trimEnd()}\nPAY-99,INV-1,2025-07-01,1.00\n`);
    expect(await compIn(moved, ['verify'])).toMatchObject({ exit: 0 });
    const backup = newFolder();
    cpSync(moved, backup, { recursive: true });
    expect(await compIn(moved, ['close', '2025-Q3', '--quiet'])).toMatchObject({ exit: 0 });
    rmSync(moved, { recursive: true });
    cpSync(backup, moved, { recursive: true });
    expect(await compIn(moved, ['close', '2025-Q3', '--quiet'])).toMatchObject({ exit: 0 });
    expect(await compIn(moved, ['verify'])).toMatchObject({ exit: 0 });
  });

  test('one without closes.id is recognized until its ledgers change, and the next close writes it again', async () => {
    const dir = copy();
    rmSync(join(dir, 'closes.id'));
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0 });
    expect(await compIn(dir, ['close', '2025-Q3', '--quiet'])).toMatchObject({ exit: 0 });
    expect(idIn(dir)).toBe(idIn(whole));
    rmSync(join(dir, 'closes.id'));
    edit(dir, 'payments.csv', (text) => `${text.trimEnd()}\nPAY-99,INV-1,2025-07-01,1.00\n`);
    await expectMisfit(dir, `or write ${idIn(whole)} into it`);
    writeFileSync(join(dir, 'closes.id'), idIn(whole));
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0 });
  });

  test('all of its closes undone, it is still the same', async () => {
    const dir = copy();
    for (const period of ['2025-Q2', '2025-Q1'])
      expect(await compIn(dir, ['reopen', period, '--reason', 'x'])).toMatchObject({ exit: 0 });
    const other = another();
    cpSync(join(dir, 'closes'), join(other, 'closes'), { recursive: true });
    expect(await compIn(other, ['close', '2025-Q1', '--quiet'])).toMatchObject({ exit: 2 });
    edit(dir, 'payments.csv', (text) => `${text.trimEnd()}\nPAY-99,INV-1,2025-07-01,1.00\n`);
    expect(await compIn(dir, ['close', '2025-Q1', '--quiet'])).toMatchObject({ exit: 0 });
    expect(JSON.parse(readFileSync(join(dir, 'closes/2025-Q1/close.json'), 'utf8')).workspace).toEqual({
      config: 'comp.yaml',
      id: idIn(whole),
    });
  });

  test('no result is written in the place of closes.id', async () => {
    const dir = copy();
    const before = treeOf(dir);
    const args = ['report', '--as-of', '2025-12-31', '--out', join(dir, 'closes.id')];
    expect(await compIn(dir, args)).toMatchObject({ exit: 2, stdout: '' });
    expect(treeOf(dir)).toEqual(before);
  });
});

describe('R11.1 when a period may be closed', () => {
  test('not years ahead, even with --early', async () => {
    const dir = copyOf('scenarios/level-1');
    for (const name of ['invoices.csv', 'payments.csv'])
      edit(dir, name, (text) => text.replaceAll('2025-', '2125-'));
    for (const flags of [[], ['--early']]) {
      const { exit, stderr } = await compIn(dir, ['close', '2125-Q1', '--quiet', ...flags]);
      expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('period-not-over') });
      expect(stderr).toContain('This period has not begun');
    }
    expect(existsSync(join(dir, 'closes'))).toBe(false);
  });
});

describe('line ends that git changed', () => {
  test('are recognized, and not taken for a change', async () => {
    const dir = copy();
    const names = ['close.json', 'postings.csv', 'quarters.csv', 'statements/index.html'];
    for (const name of names) {
      edit(join(dir, 'closes', '2025-Q1'), name, (text) => text.replaceAll('\n', '\r\n'));
    }
    const { exit, stderr } = await compIn(dir, ['verify']);
    expect(exit).toBe(2);
    const lines = stderr.split('\n').filter((line) => line.startsWith('closes/'));
    expect(lines.map((line) => line.split('  ').slice(0, 2))).toEqual(
      names.map((name) => [`closes/2025-Q1/${name}`, 'its line ends are CR LF now']),
    );
    expect(stderr).toContain('add it, and check the folder out again');
    expect(readFileSync(join(dir, 'closes', '.gitattributes'), 'utf8')).toContain('\n* -text\n');
  });

  test('also in the files beside the closes', async () => {
    const dir = copy();
    for (const name of ['HEAD.json', '.gitattributes', '../closes.id']) {
      edit(join(dir, 'closes'), name, (text) => text.replaceAll('\n', '\r\n'));
    }
    const { exit, stderr } = await compIn(dir, ['verify']);
    expect(exit).toBe(2);
    const lines = stderr.split('\n').filter((line) => line.startsWith('closes/'));
    expect(lines.map((line) => line.split('  ').slice(0, 2))).toEqual(
      ['HEAD.json', '.gitattributes'].map((name) => [`closes/${name}`, 'its line ends are CR LF now']),
    );
  });
});

test('nothing is written among the closes of any workspace', async () => {
  const [dir, other] = [copy(), copy()];
  const before = treeOf(other);
  renameSync(join(other, 'closes'), join(other, 'kept'));
  for (const at of ['kept', 'kept/2025-Q1', 'kept/2025-Q1/statements', 'kept/2025-Q1/new']) {
    for (const args of [
      ['calc', '--as-of', '2025-12-31', '--out', join(other, at)],
      ['statement', '--quarter', '2025-Q1', '--out', join(other, at)],
      ['report', '--as-of', '2025-12-31', '--out', join(other, at, 'report.html')],
    ]) {
      expect(await compIn(dir, args)).toMatchObject({ exit: 2, stdout: '' });
    }
  }
  renameSync(join(other, 'kept'), join(other, 'closes'));
  expect(treeOf(other)).toEqual(before);
});
