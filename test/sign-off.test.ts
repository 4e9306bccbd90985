/** R11.8 Closes are signed off: who and when, four eyes, approvals that reopening withdraws, and the history of it all. */

import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { isSameName } from '../src/closing/signature.js';
import { type Around, compIn, newFolder, type Ran } from './support/comp.js';
import { isDeep } from './support/depth.js';
import { copyOf, edit, leftIn, treeOf } from './support/folder.js';
import { type Call, killedAt } from './support/killed.js';

let closed = '';

beforeAll(async () => {
  closed = copyOf('scenarios/level-1');
  const around = { today: '2025-04-03', time: '09:30:00+02:00' };
  expect(await compIn(closed, ['close', '2025-Q1', '--by', 'Ana Lima', '--quiet'], around)).toMatchObject({
    exit: 0,
  });
});

function copy(): string {
  const dir = newFolder();
  cpSync(closed, dir, { recursive: true });
  return dir;
}

const APRIL: Around = { today: '2025-04-07', time: '16:05:00+02:00', user: 'mreyes' };

function approve(dir: string, by: string, ...flags: readonly string[]): Promise<Ran> {
  return compIn(dir, ['approve', '2025-Q1', '--by', by, ...flags], APRIL);
}

const jsonAt = (dir: string, file: string) => JSON.parse(readFileSync(join(dir, 'closes', file), 'utf8'));
const fingerprintIn = (text: string) => /[0-9a-f]{4}(?:-[0-9a-f]{4}){3}/.exec(text)?.[0] as string;

describe('who and when', () => {
  test('a close states its time with its zone, the name, the user, the computer and the version', () => {
    const { signed, version, closedOn } = jsonAt(closed, '2025-Q1/close.json');
    expect({ signed, version, closedOn }).toEqual({
      signed: { by: 'Ana Lima', user: 'tester', host: 'test-host', at: '2025-04-03T09:30:00+02:00' },
      version: '0.0.0-test',
      closedOn: '2025-04-03',
    });
  });

  test('without --by it is the user; no file but the records states any of it', async () => {
    const dir = copyOf('scenarios/level-1');
    await compIn(dir, ['close', '2025-Q1', '--archive'], { ...APRIL, user: 'zoe-of-finance' });
    await compIn(dir, ['calc', '--period', '2025-Q2', '--xlsx', '--out', join(dir, 'out')], APRIL);
    const naming = Object.entries(treeOf(dir)).filter(([, bytes]) =>
      /zoe-of-finance|test-host|16:05/.test(bytes),
    );
    expect(naming.map(([name]) => name)).toEqual(['closes/2025-Q1/close.json']);
  });
});

describe('approve', () => {
  test('is sealed beside the record and covered by the fingerprint', async () => {
    const dir = copy();
    const before = treeOf(join(dir, 'closes'));
    const ran = await approve(dir, 'M. Reyes', '--note', 'agreed to the bank');
    expect(ran).toMatchObject({ exit: 0, stdout: '' });
    expect(ran.stderr).toContain('Approved 2025-Q1 by M. Reyes (closed by Ana Lima).');
    const { seal: _, close: __, ...record } = jsonAt(dir, '2025-Q1/1-approved.json');
    expect(record).toEqual({
      program: 'comp',
      version: '0.0.0-test',
      event: 'approved',
      period: '2025-Q1',
      previous: null,
      signed: { by: 'M. Reyes', user: 'mreyes', host: 'test-host', at: '2025-04-07T16:05:00+02:00' },
      note: 'agreed to the bank',
      fourEyes: true,
    });
    const after = treeOf(join(dir, 'closes'));
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual(['2025-Q1/1-approved.json', 'HEAD.json']);
    const fingerprint = fingerprintIn(ran.stderr);
    expect(fingerprint).not.toBe(fingerprintIn((await compIn(closed, ['verify'])).stdout));
    expect(await compIn(dir, ['verify', '--expect', fingerprint])).toMatchObject({ exit: 0 });
  });

  test.each([
    ['Ana Lima', true],
    ['ana  lima', true],
    ['ANALIMA', true],
    ['Ａna\u00a0Lima\u200b', true],
    ['Ana Lim', false],
    ['Bo', false],
  ])('four eyes: %s is the preparer: %s', async (name, isPreparer) => {
    const dir = copy();
    const before = treeOf(dir);
    const { exit, stderr } = await approve(dir, name);
    expect(exit).toBe(isPreparer ? 2 : 0);
    if (!isPreparer) return;
    expect(stderr).toContain('preparer-approves R11.8');
    expect(treeOf(dir)).toEqual(before);
  });

  test('names are the same in composed and decomposed form, and in any case', () => {
    expect(isSameName('Zoë Müller', 'ZOE\u0308 MU\u0308LLER')).toBe(true);
    expect(isSameName('Weiß', 'WEISS')).toBe(true);
    expect(isSameName('Zoë', 'Zoe')).toBe(false);
  });

  test('approvals: { fourEyes: false } lets the preparer approve, and the approval states it', async () => {
    const dir = copy();
    edit(dir, 'comp.yaml', (text) => text.replace('{', '{ "approvals": { "fourEyes": false },'));
    expect(await approve(dir, 'Ana Lima')).toMatchObject({ exit: 0 });
    expect(jsonAt(dir, '2025-Q1/1-approved.json').fourEyes).toBe(false);
    expect((await compIn(dir, ['history'])).stdout).toContain('four eyes were off');
    // The key is one of comp.yaml like any other.
    expect(await compIn(dir, ['check', '--as-of', '2025-12-31'])).toMatchObject({ exit: 0 });
    edit(dir, 'comp.yaml', (text) => text.replace('fourEyes', 'foureyes'));
    const refused = await approve(dir, 'Bo');
    expect({ exit: refused.exit, stderr: refused.stderr }).toEqual({
      exit: 2,
      stderr: expect.stringMatching(
        /^comp\.yaml:\d+:\d+ {2}approvals\.foureyes[\s\S]*Did you mean fourEyes\?/,
      ),
    });
  });

  test('twice by one person changes nothing; by another it is a second approval', async () => {
    const dir = copy();
    await approve(dir, 'M. Reyes');
    const before = treeOf(dir);
    const again = await approve(dir, 'm.  reyes');
    expect(again).toMatchObject({ exit: 0 });
    expect(again.stderr).toContain(
      '2025-Q1 was approved by M. Reyes on 2025-04-07 16:05 +02:00. Nothing was changed.',
    );
    expect(treeOf(dir)).toEqual(before);
    expect(await approve(dir, 'Kim')).toMatchObject({ exit: 0 });
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0 });
    expect(readdirSync(join(dir, 'closes', '2025-Q1')).filter((name) => /^\d/.test(name))).toEqual([
      '1-approved.json',
      '2-approved.json',
    ]);
  });

  test('an open period, an unknown one, no workspace, a name of nothing', async () => {
    const dir = copy();
    const before = treeOf(dir);
    expect((await compIn(dir, ['approve', '2025-Q2', '--by', 'Bo'])).stderr).toContain('not-closed R11.6');
    expect(await compIn(newFolder(), ['approve', '2025-Q1'])).toMatchObject({ exit: 2 });
    expect(await compIn(newFolder(), ['handed-over', '2025-Q1'])).toMatchObject({ exit: 2 });
    const blank = await approve(dir, ' \u200b');
    expect(blank).toMatchObject({ exit: 2 });
    expect(blank.stderr).toContain('Expected a name.');
    expect(treeOf(dir)).toEqual(before);
  });
});

describe('a changed, missing or extra event', () => {
  test.each<[string, string, (folder: string) => void]>([
    [
      'changed',
      '2025-Q1/1-approved.json',
      (at) => edit(at, '1-approved.json', (text) => text.replace('Reyes', 'Reyez')),
    ],
    ['missing', '2025-Q1/2-handed-over.json', (at) => rmSync(join(at, '1-approved.json'))],
    ['the newest missing', '2025-Q1', (at) => rmSync(join(at, '2-handed-over.json'))],
    [
      'renamed',
      '2025-Q1/2-handed-over.json',
      (at) => renameSync(join(at, '1-approved.json'), join(at, '3-approved.json')),
    ],
    [
      'twice',
      '2025-Q1/3-approved.json',
      (at) => cpSync(join(at, '1-approved.json'), join(at, '3-approved.json')),
    ],
    ['of nobody', '2025-Q1/3-approved.json', (at) => writeFileSync(join(at, '3-approved.json'), '{}')],
  ])('%s', async (_, file, change) => {
    const dir = copy();
    await approve(dir, 'M. Reyes');
    expect(await compIn(dir, ['handed-over', '2025-Q1'], APRIL)).toMatchObject({ exit: 0 });
    change(join(dir, 'closes', '2025-Q1'));
    const before = treeOf(dir);
    for (const args of [
      ['verify'],
      ['history'],
      ['approve', '2025-Q1', '--by', 'Kim'],
      ['calc', '--as-of', '2025-12-31', '--out', join(dir, 'out')],
      ['reopen', '2025-Q1', '--reason', 'x'],
    ]) {
      const { exit, stderr } = await compIn(dir, args);
      expect({ args, exit, stderr }).toEqual({
        args,
        exit: 2,
        stderr: expect.stringContaining(`closes/${file}  `),
      });
    }
    expect(treeOf(dir)).toEqual(before);
  });

  test('a run that was interrupted after it wrote an event is finished by the next', async () => {
    const dir = copy();
    const head = readFileSync(join(dir, 'closes', 'HEAD.json'));
    await approve(dir, 'M. Reyes');
    const after = readFileSync(join(dir, 'closes', 'HEAD.json'));
    writeFileSync(join(dir, 'closes', 'HEAD.json'), head);
    expect((await compIn(dir, ['verify'])).stdout).toContain('closes/HEAD.json is one step behind');
    const next = await approve(dir, 'M. Reyes');
    expect(next.stderr).toContain('An earlier run was interrupted');
    expect(readFileSync(join(dir, 'closes', 'HEAD.json'))).toEqual(after);
  });
});

describe('reopen', () => {
  test('withdraws approvals, keeps what was handed over, and the fingerprint covers who did it', async () => {
    const dir = copy();
    await approve(dir, 'M. Reyes');
    await compIn(dir, ['handed-over', '2025-Q1', '--by', 'Payroll Pat'], APRIL);
    const reason = ['--reason', 'late cash'];
    const ran = await compIn(dir, ['reopen', '2025-Q1', ...reason, '--by', 'Ana Lima'], {
      today: '2025-04-09',
    });
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stderr).toContain('Approval withdrawn: M. Reyes approved what is no longer closed.');
    expect(ran.stderr).toContain('payroll-delta.csv');
    const record = jsonAt(dir, 'reopened/1-2025-Q1/reopen.json');
    expect(record).toMatchObject({ signed: { by: 'Ana Lima' }, withdrawn: ['M. Reyes'] });
    expect(existsSync(join(dir, 'closes', 'reopened', '1-2025-Q1', '2-handed-over.json'))).toBe(true);
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0 });
    // Anyone can seal another name into it: the fingerprint, and the head file, know better.
    const { seal: _, ...facts } = record;
    const { sealedText } = await import('../src/workspace/closes/sealed.js');
    const other = sealedText({ ...facts, signed: { ...facts.signed, by: 'Nobody' } });
    writeFileSync(join(dir, 'closes', 'reopened', '1-2025-Q1', 'reopen.json'), other);
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 2 });
  });
});

test('a reopening that was interrupted before the head file was written is finished by the next command', async () => {
  const dir = copy();
  await approve(dir, 'M. Reyes');
  const head = readFileSync(join(dir, 'closes', 'HEAD.json'));
  await compIn(dir, ['reopen', '2025-Q1', '--reason', 'late cash'], APRIL);
  const after = readFileSync(join(dir, 'closes', 'HEAD.json'));
  writeFileSync(join(dir, 'closes', 'HEAD.json'), head);
  expect((await compIn(dir, ['verify'])).stdout).toContain('closes/HEAD.json is one step behind');
  // The same if its folder was not moved away yet.
  renameSync(join(dir, 'closes', 'reopened', '1-2025-Q1'), join(dir, 'closes', '2025-Q1'));
  rmSync(join(dir, 'closes', 'reopened'), { recursive: true });
  expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0 });
  expect(await compIn(dir, ['approve', '2025-Q1', '--by', 'Kim'])).toMatchObject({ exit: 2 });
  expect(readFileSync(join(dir, 'closes', 'HEAD.json'))).toEqual(after);
  expect((await compIn(dir, ['history'])).stdout).toContain('approved, withdrawn');
});

describe('history', () => {
  test('lists who did what when, as text, CSV and JSON', async () => {
    const dir = copy();
    await approve(dir, 'M. Reyes', '--note', '=agreed');
    await compIn(dir, ['handed-over', '2025-Q1', '--by', 'Pat'], { ...APRIL, today: '2025-04-08' });
    const at = { today: '2025-04-09', time: '08:00:00+02:00' };
    await compIn(dir, ['reopen', '2025-Q1', '--reason', 'late cash', '--by', 'Ana Lima'], at);
    await compIn(dir, ['close', '2025-Q1', '--by', 'Ana Lima'], { today: '2025-04-10', time: '08:00:00Z' });
    const { stdout } = await compIn(dir, ['history']);
    expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
      'when  period  what  by  user and computer  comp',
      '2025-04-03 09:30 +02:00  2025-Q1  closed  Ana Lima  tester on test-host  0.0.0-test',
      '2025-04-07 16:05 +02:00  2025-Q1  approved, withdrawn  M. Reyes  mreyes on test-host  0.0.0-test',
      '  =agreed',
      '  withdrawn when the period was reopened, 2025-04-09 08:00 +02:00',
      '2025-04-08 16:05 +02:00  2025-Q1  handed over  Pat  mreyes on test-host  0.0.0-test',
      '  payroll.csv, payroll-lines.csv',
      '2025-04-09 08:00 +02:00  2025-Q1  reopened  Ana Lima  tester on test-host  0.0.0-test',
      '  late cash',
      '2025-04-10 08:00 UTC  2025-Q1  closed  Ana Lima  tester on test-host  0.0.0-test',
      '',
    ]);
    const csv = (await compIn(dir, ['history', '--csv'])).stdout.trimEnd().split('\n');
    expect(csv[0]).toBe('at,period,what,by,note,withdrawn,four_eyes,files,user,host,version,record');
    expect(csv[2]).toBe(
      "2025-04-07T16:05:00+02:00,2025-Q1,approved,M. Reyes,'=agreed,2025-04-09T08:00:00+02:00,true,,mreyes,test-host,0.0.0-test,closes/reopened/1-2025-Q1/1-approved.json",
    );
    const { history } = JSON.parse((await compIn(dir, ['history', '2025-Q1', '--json'])).stdout);
    expect(history).toHaveLength(5);
    expect(history[1]).toMatchObject({
      what: 'approved',
      by: 'M. Reyes',
      withdrawn: '2025-04-09T08:00:00+02:00',
    });
  });

  test('of older closes has the day, and that nobody was recorded', async () => {
    const { stdout } = await compIn(copyOf('problems/not-newest-close'), ['history']);
    expect(stdout).toMatch(/^\d{4}-\d{2}-\d{2} +2025-Q1 +closed +not recorded/m);
    expect((await compIn(copyOf('scenarios/level-1'), ['history'])).stdout).toBe('Nothing is closed.\n');
  });
});

describe('every output names what is closed, and who approved it', () => {
  const draft = 'Closed through 2025-Q1, approved by M. Reyes.';

  test('the summary, the report, statements, the workbook, explain and the manifest', async () => {
    const dir = copy();
    await approve(dir, 'M. Reyes');
    const out = join(dir, 'out');
    const asOf = ['--period', '2025-Q2'];
    expect((await compIn(dir, ['calc', ...asOf, '--xlsx', '--out', out])).stdout).toContain(draft);
    const { state, closes } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(state).toMatchObject({
      closedThrough: { period: '2025-Q1', approvedBy: ['M. Reyes'] },
      notApproved: [],
    });
    expect(closes).toMatchObject([{ period: '2025-Q1', approvedBy: ['M. Reyes'] }]);
    const sheets = Object.entries(unzipSync(readFileSync(join(out, 'close.xlsx')))).map(([, bytes]) =>
      strFromU8(bytes),
    );
    expect(sheets.join('')).toContain(draft);
    await compIn(dir, ['report', ...asOf, '--out', join(out, 'report.html')]);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(draft);
    const statements = join(dir, 'statements');
    await compIn(dir, ['statement', '--quarter', '2025-Q2', '--csv', '--out', statements]);
    const pages = readdirSync(statements).filter((name) => /\.(html|csv)$/.test(name));
    expect(pages).toHaveLength(3);
    for (const name of pages) expect(readFileSync(join(statements, name), 'utf8')).toContain(draft);
    expect((await compIn(dir, ['explain', 'R1', ...asOf])).stdout.replace(/\s+/g, ' ')).toContain(draft);
    const invoice = await compIn(dir, ['explain', 'INV-1', ...asOf]);
    expect(invoice.stdout.split('\n')[1]).toBe(draft);
    const { explanations } = JSON.parse((await compIn(dir, ['explain', 'R1', ...asOf, '--json'])).stdout);
    expect(explanations[0].state.closedThrough).toEqual({ period: '2025-Q1', approvedBy: ['M. Reyes'] });
  });

  test('a closed period has its own; what is made together with the close cannot know it', async () => {
    const dir = copy();
    const statement = async () => {
      await compIn(dir, ['statement', '--quarter', '2025-Q1', '--out', join(dir, 'out')]);
      return readFileSync(join(dir, 'out', 'index.html'), 'utf8');
    };
    expect(await statement()).toContain('Not approved.');
    await approve(dir, 'M. Reyes');
    expect(await statement()).toContain('Approved by M. Reyes.');
    const kept = readFileSync(join(dir, 'closes', '2025-Q1', 'report.html'), 'utf8');
    expect(kept).toContain('Not yet approved when this was made.');
  });
});

describe('a run that is killed', () => {
  /** Kills a function of the program before each of its changes to the files, and lets the next command go on. */
  async function expectFinished(
    from: () => Promise<string>,
    callOf: (closes: string) => Omit<Call, 'locked'>,
  ): Promise<void> {
    let kills = 0;
    for (let wasKilled = true; wasKilled; kills += 1) {
      const dir = await from();
      const closes = join(dir, 'closes');
      const record = readFileSync(join(closes, '2025-Q1', 'close.json'));
      wasKilled = killedAt(kills, { ...callOf(closes), locked: closes });
      // The approval is whole, or not there.
      const names = readdirSync(join(closes, '2025-Q1')).filter((name) => /^\d+-/.test(name));
      if (names.length > 0) expect(jsonAt(dir, '2025-Q1/1-approved.json').signed.by).toBe('M. Reyes');
      const next = await approve(dir, 'M. Reyes');
      expect({ kills, ...next }).toMatchObject({ exit: 0 });
      expect(leftIn(closes)).toEqual([]);
      expect((await compIn(dir, ['verify'])).stdout).toContain('Fingerprint of all that is closed');
      expect((await compIn(dir, ['history'])).stdout.match(/approved/g)).toHaveLength(1);
      expect(readFileSync(join(closes, '2025-Q1', 'close.json'))).toEqual(record);
    }
    expect(kills).toBeGreaterThan(2);
  }

  const signed = { by: 'M. Reyes', user: 'u', host: 'h', at: '2025-04-07T16:05:00+02:00' };
  const event = { event: 'approved', version: '1', signed, note: null, fourEyes: true };

  test.runIf(isDeep)(
    'while it writes an approval leaves it whole or not there, and the next command finishes',
    async () => {
      await expectFinished(
        async () => copy(),
        (closes) => {
          const folder = join(closes, '2025-Q1');
          const hash = createHash('sha256')
            .update(readFileSync(join(folder, 'close.json')))
            .digest('hex');
          const close = { folder, period: { name: '2025-Q1' }, sha256: hash, events: [] };
          return { module: 'closes/events.js', name: 'writeEvent', args: [closes, close, event] };
        },
      );
    },
  );

  test.runIf(isDeep)(
    'while it writes the head file after an approval leaves the old one, and the next command finishes',
    async () => {
      await expectFinished(
        async () => {
          const dir = copy();
          const head = readFileSync(join(dir, 'closes', 'HEAD.json'));
          await approve(dir, 'M. Reyes');
          writeFileSync(join(dir, 'closes', 'HEAD.json'), head);
          return dir;
        },
        (closes) => ({ module: 'closes/current-head.js', name: 'renewHead', args: [closes] }),
      );
    },
  );
});
