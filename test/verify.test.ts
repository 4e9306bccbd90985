/** R11.7 `comp verify`: a changed byte anywhere under `closes/` is found and named, and archived closes are re-run. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { archiveOf } from '../src/workspace/closes/archive.js';
import { renewHead } from '../src/workspace/closes/current-head.js';
import { sealed } from '../src/workspace/closes/record.js';
import { sha256 } from '../src/workspace/input-file.js';
import { compIn, newFolder, type Ran } from './support/comp.js';
import { isDeep, RUNS, SEED } from './support/depth.js';
import { copyOf, edit, folderWith, treeOf } from './support/folder.js';
import { randomFrom } from './support/random.js';

async function on(dir: string, ...args: readonly string[]): Promise<Ran> {
  return await compIn(dir, args);
}

/** A workspace with an opening, three closes with copies of their inputs, an adjustment, and two closes that were undone. */
async function withCloses(): Promise<string> {
  const dir = copyOf('scenarios/level-2');
  edit(dir, 'comp.yaml', (text) => text.replace('"ledgers": {', '"ledgers": {"openings": "openings.csv",'));
  writeFileSync(join(dir, 'openings.csv'), 'rep_id,date,owed\nR1,2024-12-31,40.00\n');
  const done = async (...args: string[]) => expect(await on(dir, ...args)).toMatchObject({ exit: 0 });
  await done('close', '2025-Q1', '--archive');
  await done('reopen', '2025-Q1', '--reason', 'the bank sent a new file');
  await done('close', '2025-Q1', '--archive');
  edit(dir, 'payments.csv', (text) => `${text.trimEnd()}\nPAY-9,INV-1,2025-01-31,2000.00\n`);
  await done('close', '2025-Q2', '--archive');
  await done('close', '2025-Q3', '--archive');
  await done('reopen', '2025-Q3', '--reason', 'too early');
  await done('close', '2025-Q3', '--archive');
  await done('close', '2025-Q4', '--archive', '--early');
  await done('reopen', '2025-Q4', '--reason', 'once more');
  return dir;
}

let whole = '';
let files: string[] = [];

beforeAll(async () => {
  whole = await withCloses();
  files = Object.keys(treeOf(join(whole, 'closes')));
});

/** A copy to spoil. */
function copy(): string {
  const dir = newFolder();
  cpSync(whole, dir, { recursive: true });
  return dir;
}

/** What verify reports of a file among closes that is not what it was. */
async function expectFound(dir: string, file: string, how: string): Promise<string> {
  return await expectAllFound(dir, [{ file, how }]);
}

/** A file of the closes, and what has been done to it. */
interface Spoiled {
  readonly file: string;
  readonly how: string;
}

/** The same of several at once. */
async function expectAllFound(dir: string, spoiled: readonly Spoiled[]): Promise<string> {
  const { exit, stdout, stderr } = await on(dir, 'verify');
  const hows = spoiled.map(({ file, how }) => `${file}: ${how}`);
  expect({ hows, exit, stdout }).toEqual({ hows, exit: 2, stdout: '' });
  for (const { file, how } of spoiled) expect(stderr, how).toContain(`closes/${file}  `);
  expect(stderr).toContain('close-damaged R11.7');
  return stderr;
}

interface Spoiling extends Spoiled {
  /** The file may be gone or a folder afterwards. */
  readonly spoil: (path: string) => void;
}

function rewriting(change: (bytes: Buffer) => Buffer): Spoiling['spoil'] {
  return (path) => writeFileSync(path, change(readFileSync(path)));
}

/** Spoils files of the closes, looks, and puts them back. */
async function expectEachFound(dir: string, spoilings: readonly Spoiling[]): Promise<void> {
  for (const some of batches(spoilings)) {
    const before = some.map(({ file }) => readFileSync(join(dir, 'closes', file)));
    for (const { file, spoil } of some) spoil(join(dir, 'closes', file));
    await expectAllFound(dir, some);
    for (const [at, { file }] of some.entries()) {
      rmSync(join(dir, 'closes', file), { recursive: true, force: true });
      writeFileSync(join(dir, 'closes', file), before[at] as Buffer);
    }
  }
}

/** A terminal lists 20 faults: room is left for those of folders. */
const AT_ONCE = 15;

/** Outside CI, what can be found at once is spoiled at once. A record is spoiled alone: it hides the files that it names. */
function batches<One extends Spoiled>(all: readonly One[]): (readonly One[])[] {
  const isAlone = ({ file }: Spoiled) => isDeep || /(close|reopen|HEAD)\.json$/.test(file);
  const together = all.filter((one) => !isAlone(one));
  const batch = (at: number) => together.slice(at * AT_ONCE, (at + 1) * AT_ONCE);
  return [
    ...Array.from({ length: Math.ceil(together.length / AT_ONCE) }, (_, at) => batch(at)),
    ...all.filter(isAlone).map((one) => [one]),
  ];
}

const withMore = (more: string) => (bytes: Buffer) => Buffer.concat([bytes, Buffer.from(more)]);

/** Ways to spoil a file, by name. */
const WAYS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'cut short': (bytes) => bytes.subarray(0, -1),
  emptied: () => Buffer.alloc(0),
  'with a line end more': withMore('\n'),
  'with a space more': withMore(' '),
  'with a zero byte more': withMore('\0'),
  'with a letter more': withMore('x'),
  'with CR LF': (bytes) => Buffer.from(`${bytes.toString('latin1').replaceAll('\n', '\r\n')}\r`, 'latin1'),
  'with a byte order mark': (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes]),
};

describe('R11.7 show 3: a changed byte anywhere is found and named', () => {
  test('closes as they were written are equal, byte by byte and re-run', async () => {
    expect(files.filter((file) => file.endsWith('close.json'))).toEqual([
      '2025-Q1/close.json',
      '2025-Q2/close.json',
      '2025-Q3/close.json',
      'reopened/1-2025-Q1/close.json',
      'reopened/2-2025-Q3/close.json',
      'reopened/3-2025-Q4/close.json',
    ]);
    expect(files).toContain('2025-Q1/opened.csv');
    const { exit, stdout, stderr } = await on(whole, 'verify');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const lines = stdout.split('\n');
    for (const [place, period] of ['2025-Q1', '2025-Q2', '2025-Q3'].entries()) {
      expect(lines[place]).toMatch(
        new RegExp(`^${period} +closed 2025-12-31 +\\d+ files unchanged +re-run .* every byte matches$`),
      );
    }
    expect(lines.slice(3, 6)).toEqual([
      'reopened/1-2025-Q1  reopened 2025-12-31: the bank sent a new file',
      'reopened/2-2025-Q3  reopened 2025-12-31: too early',
      'reopened/3-2025-Q4  reopened 2025-12-31: once more',
    ]);
    const newest = sha256(readFileSync(join(whole, 'closes', '2025-Q3', 'close.json')));
    expect(lines.at(-3)).toContain(newest);
    expect(lines.at(-2)).toMatch(/^Fingerprint of all that is closed: [0-9a-f]{4}(-[0-9a-f]{4}){3}$/);
    const output = JSON.parse((await on(whole, 'verify', '--json')).stdout);
    expect(output.closes).toMatchObject([
      { period: '2025-Q1', performedAgain: true },
      { period: '2025-Q2', performedAgain: true },
      { period: '2025-Q3', performedAgain: true, sha256: newest },
    ]);
    expect(output.reopened).toHaveLength(3);
    expect(await on(whole, 'verify', '--quiet')).toEqual({ exit: 0, stdout: '', stderr: '' });
  });

  test('a flipped bit in every file', async () => {
    const dir = copy();
    const random = randomFrom(SEED);
    const flips = files.flatMap((file) => {
      const { length } = readFileSync(join(dir, 'closes', file));
      const some = Array.from({ length: Math.ceil(RUNS / 100) }, () => random(length));
      const many =
        length <= 700
          ? Array.from({ length: Math.ceil(length / 23) }, (_, index) => index * 23)
          : [0, length - 1, ...some];
      return (isDeep ? many : some.slice(0, 1)).map((place): Spoiling => {
        const bit = random(8);
        const spoil = rewriting((bytes) => {
          bytes[place] = (bytes[place] as number) ^ (1 << bit);
          return bytes;
        });
        return { file, how: `bit ${bit} of byte ${place} flipped (COMP_SEED=${SEED})`, spoil };
      });
    });
    expect(flips.length).toBeGreaterThanOrEqual(files.length * (isDeep ? 5 : 1));
    await expectEachFound(dir, flips);
    expect(await on(dir, 'verify')).toMatchObject({ exit: 0 });
  });

  test('every file cut short, emptied, grown, in other line ends, and gone', async () => {
    const dir = copy();
    const ways = Object.entries(WAYS);
    const spoilings = files.flatMap((file, at) => {
      const some = isDeep ? ways : [ways[at % ways.length] as (typeof ways)[number]];
      return some.map(([how, change]): Spoiling => ({ file, how, spoil: rewriting(change) }));
    });
    await expectEachFound(dir, spoilings);
    const gone = files.map((file): Spoiling => ({ file, how: 'gone', spoil: (path) => rmSync(path) }));
    await expectEachFound(dir, gone);
    const folders = files.map((file): Spoiling => {
      const spoil = (path: string) => {
        rmSync(path);
        mkdirSync(path);
      };
      return { file, how: 'a folder', spoil };
    });
    await expectEachFound(dir, folders);
    expect(await on(dir, 'verify')).toMatchObject({ exit: 0 });
  });

  test('a file too many, in every folder', async () => {
    const dir = copy();
    const folders = [...new Set(files.flatMap((file) => [dirname(file), dirname(dirname(file))]))];
    const names = ['x', '.hidden', 'opened2.csv', 'archive-99-x.gz', 'quarters.csv~', 'postings.csv.bak'];
    const added = folders.flatMap((folder, at): readonly Spoiled[] => {
      const some = isDeep ? names : names.slice(at % names.length).slice(0, 1);
      // Beside the closes are what runs that write give names to: what they leave is swept away by the next.
      const own = folder === '.' ? some : [...some, '.comp-x'].map((name) => `${folder}/${name}`);
      return own.map((file) => ({ file, how: 'too many' }));
    });
    for (const some of batches(added)) {
      for (const { file } of some) writeFileSync(join(dir, 'closes', file), 'x');
      const stderr = await expectAllFound(dir, some);
      expect(stderr.match(/Move it away\./g)).toHaveLength(some.length);
      for (const { file } of some) rmSync(join(dir, 'closes', file));
    }
    for (const file of ['2024-Q4', '2025-13', 'reopened/x', '2025-Q2/reopen.json']) {
      writeFileSync(join(dir, 'closes', file), '{}');
      const named = file === '2024-Q4' || file === '2025-13' ? `${file}/close.json` : file;
      await expectFound(dir, named, `${file}: too many`);
      rmSync(join(dir, 'closes', file));
    }
    expect(await on(dir, 'verify')).toMatchObject({ exit: 0 });
  });

  test('a file in the place of the folder of undone closes', async () => {
    const dir = copyOf('scenarios/level-1');
    await on(dir, 'close', '2025-Q1');
    writeFileSync(join(dir, 'closes', 'reopened'), 'x');
    await expectFound(dir, 'reopened', 'reopened: a file');
  });

  test('a close that is copied, renamed, exchanged, or taken out of the middle', async () => {
    const at = (dir: string, ...path: string[]) => join(dir, 'closes', ...path);
    const copied = copy();
    cpSync(at(copied, '2025-Q3'), at(copied, '2025-Q4'), { recursive: true });
    await expectFound(copied, '2025-Q4/close.json', 'copied');
    const renamed = copy();
    renameSync(at(renamed, '2025-Q3'), at(renamed, '2025-Q4'));
    await expectFound(renamed, '2025-Q4/close.json', 'renamed');
    const exchanged = copy();
    renameSync(at(exchanged, '2025-Q2', 'quarters.csv'), at(exchanged, 'kept'));
    renameSync(at(exchanged, '2025-Q3', 'quarters.csv'), at(exchanged, '2025-Q2', 'quarters.csv'));
    renameSync(at(exchanged, 'kept'), at(exchanged, '2025-Q3', 'quarters.csv'));
    await expectFound(exchanged, '2025-Q2/quarters.csv', 'exchanged');
    await expectFound(exchanged, '2025-Q3/quarters.csv', 'exchanged');
    for (const [gone, after] of [
      ['2025-Q1', '2025-Q2'],
      ['2025-Q2', '2025-Q3'],
    ] as const) {
      const dir = copy();
      rmSync(at(dir, gone), { recursive: true });
      expect(await expectFound(dir, `${after}/close.json`, `${gone} gone`)).toContain(
        `closes/${gone}/close.json, which is missing`,
      );
    }
    for (const folder of ['reopened/1-2025-Q1', 'reopened/2-2025-Q3']) {
      const dir = copy();
      rmSync(at(dir, folder), { recursive: true });
      await expectFound(dir, folder, `${folder} gone`);
    }
  });
});

type Changing = Record<string, unknown> & {
  readonly period: { name: string; to: string };
  readonly inputs: {
    file: string;
    sha256: string;
    archived: { name: string; sha256: string; path: string };
  }[];
  readonly files: { name: string; sha256: string }[];
  readonly reopened: { reason: string; sha256: string }[];
};

/** Changes a record, and seals it anew as comp would, and the head file with it. */
async function reseal(dir: string, file: string, change: (record: Changing) => object): Promise<void> {
  edit(join(dir, 'closes'), file, (text) => {
    const { seal: _, ...record } = JSON.parse(text);
    return sealed(change(record as Changing) as Parameters<typeof sealed>[0]);
  });
  await renewHead(join(dir, 'closes'));
}

describe('R11.7 a record that was sealed anew by hand', () => {
  test.each<[string, (record: Changing) => object]>([
    ['closedOn', (record) => ({ ...record, closedOn: '2025-04-02' })],
    ['version', (record) => ({ ...record, version: '9.9.9' })],
    ['controls', (record) => ({ ...record, controls: {} })],
    ['inputs', (record) => ({ ...record, inputs: record.inputs.map((one) => ({ ...one, sha256: 'x' })) })],
    ['reopened', (record) => ({ ...record, reopened: [] })],
    ['previous', (record) => ({ ...record, previous: null })],
    ['a key more', (record) => ({ ...record, note: 'x' })],
  ])('is found by the chain if a later close builds on it: %s', async (_, change) => {
    const dir = copy();
    await reseal(dir, '2025-Q2/close.json', (record) => ({ ...change(record), more: 1 }));
    const { exit, stderr } = await on(dir, 'verify');
    expect(exit).toBe(2);
    expect(stderr).toContain('closes/2025-Q2/close.json, which has changed since');
    for (const command of ['calc', 'check']) {
      const out = command === 'calc' ? ['--out', join(dir, 'out')] : [];
      expect(await on(dir, command, '--as-of', '2025-12-31', ...out)).toMatchObject({ exit: 2, stdout: '' });
    }
  });

  test('and its file with it: the chain finds the record', async () => {
    const dir = copy();
    const path = join(dir, 'closes', '2025-Q1', 'quarters.csv');
    writeFileSync(path, readFileSync(path, 'utf8').replace('437.50', '937.50'));
    await reseal(dir, '2025-Q1/close.json', (record) => ({
      ...record,
      files: record.files.map((one) =>
        one.name === 'quarters.csv' ? { ...one, sha256: sha256(readFileSync(path)) } : one,
      ),
    }));
    const { exit, stderr } = await on(dir, 'verify');
    expect(exit).toBe(2);
    expect(stderr).toContain('closes/2025-Q1/close.json, which has changed since');
  });

  test.each([
    ['cause', /,collected,/, ',gift,', 'gift'],
    ['level', /,2,(?=collected,)/, ',7,', '7'],
  ])('an unknown %s in its postings is a damaged close to every command that reads them', async (column, known, unknown, found) => {
    const dir = copy();
    const path = join(dir, 'closes', '2025-Q3', 'postings.csv');
    const before = readFileSync(path, 'utf8');
    const line = before.split('\n').findIndex((row) => known.test(row)) + 1;
    writeFileSync(path, before.replace(known, unknown));
    await reseal(dir, '2025-Q3/close.json', (record) => ({
      ...record,
      files: record.files.map((one) =>
        one.name === 'postings.csv' ? { ...one, sha256: sha256(readFileSync(path)) } : one,
      ),
    }));
    const out = join(dir, 'out');
    for (const [command = '', ...flags] of [
      ['calc', '--out', out],
      ['calc', '--out', out, '--only', 'quarters'],
      ['calc', '--out', out, '--xlsx'],
      ['check'],
      ['explain', 'INV-1'],
      ['ageing'],
      ['report', '--out', join(out, 'report.html')],
    ]) {
      const { exit, stdout, stderr } = await on(dir, command, '--as-of', '2025-12-31', ...flags);
      expect({ command, exit, stdout }).toEqual({ command, exit: 2, stdout: '' });
      expect(stderr).toContain('closes/2025-Q3/postings.csv');
      expect(stderr).toContain(`line ${line} has the unknown ${column} "${found}"`);
    }
    for (const [command = '', ...flags] of [
      ['statement', '--quarter', '2025-Q3', '--out', join(out, 'statements')],
      ['close', '2025-Q4'],
    ]) {
      const { exit, stdout, stderr } = await on(dir, command, ...flags);
      expect({ command, exit, stdout }).toEqual({ command, exit: 2, stdout: '' });
      expect(stderr).toContain(`line ${line} has the unknown ${column} "${found}"`);
    }
    expect(existsSync(out)).toBe(false);
  });

  test('the newest is found by re-running it: a file', async () => {
    const dir = copy();
    const path = join(dir, 'closes', '2025-Q3', 'payroll.csv');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace(/(\d)\.(\d\d),(\d)/, '$1.99,$3'));
    expect(readFileSync(path, 'utf8')).not.toBe(before);
    await reseal(dir, '2025-Q3/close.json', (record) => ({
      ...record,
      files: record.files.map((one) =>
        one.name === 'payroll.csv' ? { ...one, sha256: sha256(readFileSync(path)) } : one,
      ),
    }));
    const stderr = await expectFound(dir, '2025-Q3/payroll.csv', 'payroll.csv');
    expect(stderr).toContain('re-run from its inputs, it differs from line 2 on');
    await reseal(dir, '2025-Q3/close.json', (record) => ({ ...record, version: '0.0.1' }));
    expect((await on(dir, 'verify')).stderr).toContain(
      're-run from its inputs by comp 0.0.0-test (closed by 0.0.1), it differs from line 2 on',
    );
  });

  test('the newest is found by re-running it: an input and its copy', async () => {
    const dir = copy();
    const name = 'archive-02-invoices.csv.gz';
    const path = join(dir, 'closes', '2025-Q3', name);
    const text = gunzipSync(readFileSync(path)).toString();
    const [changed, noted] = [text.replace('8000.00', '9000.00'), `${text}`];
    for (const [content, isNamed] of [
      [changed, true],
      [changed, false],
      [noted.replace('Core', 'Kore'), false],
    ] as const) {
      const packed = gzipSync(content, { level: 9 });
      writeFileSync(path, packed);
      await reseal(dir, '2025-Q3/close.json', (record) => ({
        ...record,
        inputs: record.inputs.map((one) => {
          if (one.archived.name !== name) return one;
          const hash = isNamed ? sha256(Buffer.from(content)) : one.sha256;
          return { ...one, sha256: hash, archived: { ...one.archived, sha256: sha256(packed) } };
        }),
      }));
      const { exit, stderr } = await on(dir, 'verify');
      expect(exit).toBe(2);
      expect(stderr).toMatch(/closes\/2025-Q3\/(close\.json|quarters\.csv|postings\.csv) {2}/);
    }
  });

  test('the newest is found by re-running it: the hash of an input', async () => {
    const dir = copy();
    await reseal(dir, '2025-Q3/close.json', (record) => ({
      ...record,
      inputs: record.inputs.map((one, index) => (index === 1 ? { ...one, sha256: '0'.repeat(64) } : one)),
    }));
    await expectFound(dir, '2025-Q3/close.json', 'the hash of an input');
    expect((await on(dir, 'verify')).stderr).toContain('invoices.csv');
  });

  test('why a close was undone is named by the next close', async () => {
    const dir = copy();
    await reseal(dir, 'reopened/1-2025-Q1/reopen.json', (record) => ({ ...record, reason: 'no reason' }));
    await expectFound(dir, 'reopened/1-2025-Q1/reopen.json', 'another reason');
    const other = copy();
    await reseal(other, '2025-Q3/close.json', (record) => ({
      ...record,
      reopened: record.reopened.map((one) => ({ ...one, reason: 'no reason' })),
    }));
    await expectFound(other, 'reopened/2-2025-Q3/reopen.json', 'another reason in the record');
  });

  test('an undone close, sealed anew with the record of its undoing', async () => {
    const dir = copy();
    const path = join(dir, 'closes', 'reopened', '1-2025-Q1', 'close.json');
    await reseal(dir, 'reopened/1-2025-Q1/close.json', (record) => ({ ...record, closedOn: '2025-04-02' }));
    await expectFound(dir, 'reopened/1-2025-Q1/close.json', 'sealed anew');
    await reseal(dir, 'reopened/1-2025-Q1/reopen.json', (record) => ({
      ...record,
      sha256: sha256(readFileSync(path)),
    }));
    await expectFound(dir, 'reopened/1-2025-Q1/close.json', 'both sealed anew');
  });

  test.each<[string, string]>([
    ['nothing', '{}'],
    [
      'an undoing',
      '{"program":"comp","version":"1","period":"2025-Q3","reopenedOn":"d","reason":"r","sha256":"s"}',
    ],
    [
      'lists that are none',
      '{"version":"1","payPeriod":"quarter","currency":"USD","closedOn":"d","digits":2}',
    ],
  ])('around %s is reported, and is no error of the program', async (_, text) => {
    const dir = copy();
    for (const file of ['2025-Q3/close.json', 'reopened/3-2025-Q4/reopen.json']) {
      if (file.endsWith('reopen.json') && text.includes('reopenedOn')) continue;
      await reseal(dir, file, () => JSON.parse(text));
      await expectFound(dir, file, text);
    }
    expect(await on(dir, 'check', '--as-of', '2025-12-31')).toMatchObject({ exit: 2, stdout: '' });
  });
});

describe('R6.2 a close sealed anew around what no posting has', () => {
  test.each([
    [',invoiced,', ',mislaid,', 'has the unknown cause "mislaid"'],
    [',3,', ',7,', 'has the unknown level "7"'],
  ])('%s replaced by %s is a damaged close, never another posting', async (was, now, words) => {
    const dir = copyOf('scenarios/booking-quarter-rate');
    expect(await on(dir, 'close', '2025-Q1')).toMatchObject({ exit: 0 });
    const file = join(dir, 'closes', '2025-Q1', 'postings.csv');
    const text = readFileSync(file, 'utf8');
    const spoiled = text.replace(was, now);
    expect(spoiled).not.toBe(text);
    writeFileSync(file, spoiled);
    await reseal(dir, '2025-Q1/close.json', (record) => ({
      ...record,
      files: record.files.map((one) =>
        one.name === 'postings.csv' ? { ...one, sha256: sha256(Buffer.from(spoiled)) } : one,
      ),
    }));
    const { exit, stdout, stderr } = await on(dir, 'check', '--as-of', '2025-12-31');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`closes/2025-Q1/postings.csv  line 2 ${words}`);
    expect(stderr).toContain('close-damaged R11.7');
  });
});

describe('what verify needs', () => {
  test('no closes: nothing is closed, and nothing is made', async () => {
    const dir = copyOf('scenarios/level-1');
    const before = treeOf(dir);
    expect(await on(dir, 'verify')).toEqual({ exit: 0, stdout: 'Nothing is closed.\n', stderr: '' });
    expect(treeOf(dir)).toEqual(before);
  });

  test('only what is under closes: not the ledgers, nor comp.yaml', async () => {
    const dir = copy();
    for (const name of ['comp.yaml', 'invoices.csv', 'payments.csv', 'write_offs.csv', 'openings.csv']) {
      rmSync(join(dir, name));
    }
    expect(await on(dir, 'verify')).toMatchObject({ exit: 0 });
  });

  test('it writes nothing', async () => {
    const dir = copy();
    const before = treeOf(dir);
    await on(dir, 'verify');
    expect(treeOf(dir)).toEqual(before);
  });

  test('without copies of the inputs it checks the files against the records, and says so', async () => {
    const dir = copyOf('scenarios/level-1');
    await on(dir, 'close', '2025-Q1', '--archive');
    await on(dir, 'close', '2025-Q2');
    const { exit, stdout } = await on(dir, 'verify');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^2025-Q1 .*every byte matches$/m);
    expect(stdout).toMatch(/^2025-Q2 .*no archive of its inputs: comp verify --inputs re-runs it$/m);
    const { stdout: again } = await on(dir, 'verify', '--inputs');
    expect(again).toMatch(/^2025-Q2 .*re-run from the inputs that are here: every byte matches$/m);
  });

  test('a lock, and what a killed run has left beside the closes, is no part of them', async () => {
    const dir = copy();
    mkdirSync(join(dir, 'closes', '.comp-new-00000000'));
    writeFileSync(join(dir, 'closes', '.comp-lock'), 'x');
    expect(await on(dir, 'verify')).toMatchObject({ exit: 0 });
  });

  test('two archives of the same inputs are the same bytes', async () => {
    const other = await withCloses();
    expect(treeOf(join(other, 'closes'))).toEqual(treeOf(join(whole, 'closes')));
  });

  test('an input that is not what was read is not archived', () => {
    const dir = folderWith({ 'comp.yaml': 'a', 'invoices.csv': 'b' });
    const paths = [join(dir, 'comp.yaml'), join(dir, 'invoices.csv'), join(dir, 'gone.csv')];
    const { faults } = archiveOf(
      [
        { role: 'config', file: 'comp.yaml', sha256: sha256(Buffer.from('a')) },
        { role: 'invoices', file: 'invoices.csv', sha256: sha256(Buffer.from('before')) },
        { role: 'payments', file: 'gone.csv', sha256: sha256(Buffer.from('c')) },
      ],
      paths,
    );
    expect(faults).toMatchObject([
      { code: 'unarchivable-input', file: 'invoices.csv', why: 'changed' },
      { code: 'unarchivable-input', file: 'gone.csv', why: 'changed' },
    ]);
  });

  test('a ledger from a SQL query is re-run', async () => {
    const dir = folderWith({
      'comp.yaml': `currency: USD\nledgers:\n  invoices: {query: "select * from read_csv('data/*.csv', all_varchar = true)"}\nplans:\n  - {id: ae, level: 3, rate: 10%}\n`,
      'data/a.csv': 'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,Acme,R1,2025-01-15,1000.00\n',
      'data/b.csv': 'invoice_id,customer_id,rep_id,invoice_date,amount\nI2,Acme,R1,2025-01-16,10.00\n',
    });
    expect(await on(dir, 'close', '2025-Q1', '--archive')).toMatchObject({ exit: 0 });
    const { exit, stdout } = await on(dir, 'verify');
    expect(exit).toBe(0);
    expect(stdout).toContain('every byte matches');
  });
});

test.runIf(isDeep)(
  'R11.7 AdventureWorks, 12 quarters closed in order: each is re-run, byte for byte',
  async () => {
    const dir = copyOf('adventureworks');
    const periods = [2012, 2013, 2014].flatMap((year) =>
      [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`),
    );
    for (const period of periods) {
      expect(await on(dir, 'close', period, '--archive', '--quiet')).toEqual({
        exit: 0,
        stdout: '',
        stderr: '',
      });
    }
    const { exit, stdout, stderr } = await on(dir, 'verify');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const lines = stdout.split('\n');
    for (const [place, period] of periods.entries()) {
      expect(lines[place]).toMatch(new RegExp(`^${period} .*every byte matches$`));
    }
    // Closed with everything known, nothing is adjusted: together they are the close of all twelve at once.
    const postings = periods.flatMap((period) =>
      (treeOf(join(dir, 'closes', period))['postings.csv'] as string).trimEnd().split('\n').slice(1),
    );
    const out = join(newFolder(), 'out');
    const plain = copyOf('adventureworks');
    await on(plain, 'calc', '--period', '2014-Q4', '--out', out, '--quiet');
    const recomputed = (treeOf(out)['postings.csv'] as string).trimEnd().split('\n').slice(1);
    expect(postings.map((line) => line.replace(/,\d{4}-\d\d-\d\d,$/, ''))).toEqual(recomputed);
    const last = join(dir, 'closes', '2014-Q4', 'postings.csv');
    writeFileSync(last, readFileSync(last, 'latin1').replace('1', '2'), 'latin1');
    await expectFound(dir, '2014-Q4/postings.csv', 'a byte of the last');
  },
);
