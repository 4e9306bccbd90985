/** R11.7 `--archive` on a period that is closed already: the copies are added beside the close if it is reproduced, which stays as it is. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { renewHead } from '../src/workspace/closes/current-head.js';
import { sealedText } from '../src/workspace/closes/sealed.js';
import { sha256 } from '../src/workspace/input-file.js';
import { compIn, newFolder } from './support/comp.js';
import { copyOf, edit, folderWith, treeOf } from './support/folder.js';
import { forge } from './support/forged.js';

const JANUARY = { today: '2026-01-07', time: '10:00:00+00:00' } as const;

let closed = '';

beforeAll(async () => {
  closed = copyOf('scenarios/level-1');
  for (const period of ['2025-Q1', '2025-Q2']) {
    const ran = await compIn(closed, ['close', period, '--by', 'Ana', '--no-pages', '--quiet'], JANUARY);
    expect(ran).toMatchObject({ exit: 0 });
  }
});

function copy(): string {
  const dir = newFolder();
  cpSync(closed, dir, { recursive: true });
  return dir;
}

/** A workspace whose first close has an archive that was added later. */
async function archivedLater(): Promise<string> {
  const dir = copy();
  expect(await archive(dir, '2025-Q1')).toMatchObject({ exit: 0 });
  return dir;
}

function archive(dir: string, period: string, ...flags: readonly string[]) {
  return compIn(dir, ['close', period, '--archive', '--by', 'Bo', ...flags], JANUARY);
}

const eventAt = (dir: string, event = '1-archived') =>
  JSON.parse(readFileSync(join(dir, 'closes/2025-Q1', event, 'archived.json'), 'utf8'));
const fingerprintIn = (text: string) => /[0-9a-f]{4}(?:-[0-9a-f]{4}){3}/.exec(text)?.[0] as string;

describe('added', () => {
  test('a sealed event with the copies; no byte of the close changes', async () => {
    const dir = copy();
    const before = treeOf(join(dir, 'closes'));
    const ran = await archive(dir, '2025-Q1');
    expect(ran).toMatchObject({ exit: 0, stdout: '' });
    expect(ran.stderr).toContain('2025-Q1 is already closed, and its close stays as it is.');
    expect(ran.stderr).toContain('Re-run from its inputs, every byte matches');
    const after = treeOf(join(dir, 'closes'));
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    const inputs = ['comp.yaml', 'invoices.csv', 'payments.csv', 'write_offs.csv'];
    const names = inputs.map((file, index) => `archive-0${index + 1}-${file}.gz`);
    expect(changed).toEqual([
      ...names.map((name) => `2025-Q1/1-archived/${name}`),
      '2025-Q1/1-archived/archived.json',
      'HEAD.json',
    ]);
    expect(Object.keys(before).filter((name) => after[name] === undefined)).toEqual([]);
    const { seal: _, close: __, copies, ...record } = eventAt(dir);
    expect(record).toEqual({
      program: 'comp',
      version: '0.0.0-test',
      event: 'archived',
      period: '2025-Q1',
      previous: null,
      signed: { by: 'Bo', user: 'tester', host: 'test-host', at: '2026-01-07T10:00:00+00:00' },
      note: null,
    });
    for (const [index, name] of names.entries()) {
      const bytes = readFileSync(join(dir, 'closes/2025-Q1/1-archived', name));
      expect(copies[index]).toEqual({ name, sha256: sha256(bytes), path: inputs[index] });
      expect(gunzipSync(bytes).equals(readFileSync(join(dir, inputs[index] as string)))).toBe(true);
    }
    const fingerprint = fingerprintIn(ran.stderr);
    expect(fingerprint).not.toBe(fingerprintIn((await compIn(closed, ['verify'])).stdout));
    const verified = await compIn(dir, ['verify', '--expect', fingerprint]);
    expect(verified).toMatchObject({ exit: 0, stderr: '' });
    expect(verified.stdout).toMatch(/2025-Q1 .*re-run from its archive: every byte matches/);
    expect(verified.stdout).toMatch(/2025-Q2 .*no archive of its inputs/);
  });

  test('the close is calculated again from the copies when the ledgers have moved on', async () => {
    const dir = await archivedLater();
    edit(dir, 'invoices.csv', (text) => text.replace(',5000.00,', ',6000.00,'));
    expect((await compIn(dir, ['verify'])).stdout).toMatch(/2025-Q1 .*re-run from its archive/);
    // The next close builds on it as on any other.
    expect(await compIn(dir, ['close', '2025-Q3', '--quiet', '--no-pages'], JANUARY)).toMatchObject({
      exit: 0,
    });
    expect(await compIn(dir, ['verify', '--quiet'])).toMatchObject({ exit: 0 });
  });

  test('twice, or to a close that has copies, changes nothing and says so', async () => {
    const dir = await archivedLater();
    const before = treeOf(dir);
    const again = await archive(dir, '2025-Q1');
    expect(again).toEqual({
      exit: 0,
      stdout: '',
      stderr: '2025-Q1 is already closed, with an archive of its inputs. Nothing was changed.\n',
    });
    expect(treeOf(dir)).toEqual(before);
    expect(await archive(dir, '2025-Q1', '--quiet')).toEqual({ exit: 0, stdout: '', stderr: '' });
  });

  test('after an approval and a handing over, which stay; history lists it', async () => {
    const dir = copy();
    await compIn(dir, ['approve', '2025-Q1', '--by', 'Cy', '--quiet'], JANUARY);
    await archive(dir, '2025-Q1', '--quiet');
    await compIn(dir, ['handed-over', '2025-Q1', '--by', 'Di', '--quiet'], JANUARY);
    expect(readdirSync(join(dir, 'closes/2025-Q1')).filter((name) => /^\d-/.test(name))).toEqual([
      '1-approved.json',
      '2-archived',
      '3-handed-over.json',
    ]);
    expect(await compIn(dir, ['verify', '--quiet'])).toMatchObject({ exit: 0, stderr: '' });
    const { history } = JSON.parse((await compIn(dir, ['history', '2025-Q1', '--json'])).stdout);
    expect(history.map(({ what, by }: { what: string; by: string }) => `${what} by ${by}`)).toEqual([
      'closed by Ana',
      'approved by Cy',
      'archived by Bo',
      'handed over by Di',
    ]);
    expect(history[2]).toMatchObject({ record: 'closes/2025-Q1/2-archived/archived.json' });
    const csv = (await compIn(dir, ['history', '2025-Q1', '--csv'])).stdout;
    expect(csv).toContain(',2025-Q1,archived,Bo,');
  });

  test('reopening moves it with the close, and the next close starts without', async () => {
    const dir = copy();
    await archive(dir, '2025-Q2', '--quiet');
    await compIn(dir, ['reopen', '2025-Q2', '--reason', 'x', '--quiet'], JANUARY);
    expect(existsSync(join(dir, 'closes/reopened/1-2025-Q2/1-archived/archived.json'))).toBe(true);
    await compIn(dir, ['close', '2025-Q2', '--no-pages', '--quiet'], JANUARY);
    expect(await compIn(dir, ['verify', '--quiet'])).toMatchObject({ exit: 0, stderr: '' });
    expect((await compIn(dir, ['verify'])).stdout).toMatch(/2025-Q2 .*no archive of its inputs/);
  });

  test('evidence has the inputs from the copies, and its workspace verifies', async () => {
    const dir = await archivedLater();
    edit(dir, 'payments.csv', (text) => text.replace('1000.00', '1001.00'));
    expect(await compIn(dir, ['evidence', '2025-Q1', '--out', join(dir, 'e.zip')], JANUARY)).toMatchObject({
      exit: 0,
    });
    const parts = unzipSync(readFileSync(join(dir, 'e.zip')));
    expect(strFromU8(parts['workspace/payments.csv'] as Uint8Array)).toBe(
      readFileSync(join(closed, 'payments.csv'), 'utf8'),
    );
    const data = JSON.parse(strFromU8(parts['evidence.json'] as Uint8Array));
    expect(data.performedAgain).toEqual({ kind: 'equal', from: 'archive' });
    const verified = await compIn(join(folderWith(parts), 'workspace'), [
      'verify',
      '--expect',
      data.fingerprint,
    ]);
    expect(verified).toMatchObject({ exit: 0, stderr: '' });
    expect(verified.stdout).toMatch(/2025-Q1 .*re-run from its archive/);
  });
});

describe('not added', () => {
  test.each([
    ['a ledger that has changed', 'payments.csv', 'payments.csv'],
    ['a space in comp.yaml', 'comp.yaml', 'comp.yaml'],
  ])('%s', async (_, file, named) => {
    const dir = copy();
    edit(dir, file, (text) => `${text}\n`);
    const before = treeOf(dir);
    const refused = await archive(dir, '2025-Q2');
    expect(refused).toMatchObject({ exit: 2, stdout: '' });
    expect(refused.stderr).toContain('closed-without-archive R11.7');
    expect(refused.stderr).toContain(named);
    expect(refused.stderr).not.toContain('invoices.csv');
    expect(treeOf(dir)).toEqual(before);
  });

  test('a ledger that is gone is named', async () => {
    const dir = copy();
    rmSync(join(dir, 'write_offs.csv'));
    const { exit, stderr } = await archive(dir, '2025-Q1');
    expect(exit).toBe(2);
    expect(stderr).toContain('closed-without-archive R11.7');
    expect(stderr).toContain('write_offs.csv');
  });

  test('the same inputs that no longer give the close: the difference is named', async () => {
    const dir = copy();
    await forge(dir, '2025-Q2', 'exceptions.csv', (text) => `${text}x\n`);
    const before = treeOf(dir);
    const refused = await archive(dir, '2025-Q2');
    expect(refused).toMatchObject({ exit: 2, stdout: '' });
    expect(refused.stderr).toContain('closed-without-archive R11.7');
    expect(refused.stderr).toContain('closes/2025-Q2/exceptions.csv');
    expect(treeOf(dir)).toEqual(before);
  });
});

describe('found', () => {
  test.each([
    ['a copy that has changed', '1-archived/archive-02-invoices.csv.gz', flip],
    ['a copy that is gone', '1-archived/archive-02-invoices.csv.gz', (path: string) => rmSync(path)],
    ['the event that has changed', '1-archived/archived.json', flip],
    ['the event that is gone', '1-archived/archived.json', (path: string) => rmSync(path)],
    ['a file more', '1-archived/x', (path: string) => writeFileSync(path, '')],
    ['all of it gone', '', (path: string) => rmSync(join(path, '1-archived'), { recursive: true })],
  ] as const)('%s', async (_, file, damage) => {
    const dir = await archivedLater();
    const path = file === '' ? `closes/2025-Q1` : `closes/2025-Q1/${file}`;
    damage(join(dir, path));
    for (const args of [['verify'], ['calc', '--as-of', '2025-12-31'], ['close', '2025-Q3'], ['history']]) {
      const { exit, stderr } = await compIn(dir, args, JANUARY);
      expect({ args, exit }).toEqual({ args, exit: 2 });
      expect(stderr).toContain(path);
      expect(stderr).not.toContain('archive-01');
    }
  });

  test('a copy of something else, sealed anew: calculated again, it is not the input', async () => {
    const dir = await archivedLater();
    const other = newFolder();
    cpSync(dir, other, { recursive: true });
    const folder = join(other, 'closes/2025-Q1/1-archived');
    const name = 'archive-02-invoices.csv.gz';
    const bytes = readFileSync(join(folder, 'archive-03-payments.csv.gz'));
    writeFileSync(join(folder, name), bytes);
    const { seal: _, ...record } = eventAt(other);
    const copies = record.copies.map((one: { readonly name: string }) =>
      one.name === name ? { ...one, sha256: sha256(bytes) } : one,
    );
    writeFileSync(join(folder, 'archived.json'), sealedText({ ...record, copies }));
    await renewHead(join(other, 'closes'));
    const { exit, stderr } = await compIn(other, ['verify']);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/invoices\.csv/);
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[20] = (bytes[20] as number) ^ 1;
  writeFileSync(path, bytes);
}
