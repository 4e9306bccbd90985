/** All files or none: wherever writing fails or its process is killed, and whoever else is writing. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { finishPublish, publish, publishNew } from '../../src/workspace/publish.js';
import { newFolder } from '../support/comp.js';
import { isDeep } from '../support/depth.js';
import { folderWith, leftIn, visibleIn } from '../support/folder.js';
import { type Call, killedAt, waiting } from '../support/killed.js';

/** How many renames succeed before some fail, and how many fail then. */
const renames = { before: Number.POSITIVE_INFINITY, failing: 0 };

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const rename: typeof fs.renameSync = (from, to) => {
    renames.before -= 1;
    if (renames.before < 0 && renames.before >= -renames.failing) {
      throw Object.assign(new Error('no'), { code: 'EBUSY' });
    }
    fs.renameSync(from, to);
  };
  return { ...fs, renameSync: rename };
});

afterEach(() => {
  renames.before = Number.POSITIVE_INFINITY;
});

type Files = Readonly<Record<string, string>>;

const DONE = { finished: [], reason: undefined };
const OLD: Files = { 'a.csv': 'old a', 'b.csv': 'old b', 'c.csv': 'old c', 'mine.txt': 'mine' };
const NEW: Files = { 'a.csv': 'new a', 'd.csv': 'new d', 'b.csv': 'new b' };
const STALE = ['c.csv', 'e.csv'];
const AFTER: Files = { ...NEW, 'mine.txt': 'mine' };

const outputs = (files: Files) => Object.entries(files).map(([name, text]) => ({ name, pieces: [text] }));

describe('publish', () => {
  test('puts the files in the place of others, and takes stale ones away', async () => {
    const dir = folderWith(OLD);
    expect(await publish(dir, outputs(NEW), STALE)).toEqual(DONE);
    expect(visibleIn(dir)).toEqual(AFTER);
    expect(leftIn(dir)).toEqual([]);
  });

  test('makes the folder, and takes the place of links without following them', async () => {
    const dir = join(newFolder(), 'deep', 'er');
    expect(await publish(dir, outputs(NEW), STALE)).toEqual(DONE);
    expect(visibleIn(dir)).toEqual(NEW);
    const linked = folderWith({ 'target.txt': 'mine' });
    symlinkSync('target.txt', join(linked, 'a.csv'));
    symlinkSync('nowhere', join(linked, 'b.csv'));
    expect(await publish(linked, outputs(NEW), STALE)).toEqual(DONE);
    expect(visibleIn(linked)).toEqual({ ...NEW, 'target.txt': 'mine' });
  });

  test('what cannot be made leaves all as it was', async () => {
    const dir = folderWith(OLD);
    function* broken() {
      yield 'half';
      throw new Error('a fault of the program');
    }
    const files = [...outputs(NEW), { name: 'z.csv', pieces: broken() }];
    await expect(publish(dir, files, STALE)).rejects.toThrow('a fault of the program');
    expect(visibleIn(dir)).toEqual(OLD);
    expect(leftIn(dir)).toEqual([]);
    expect(await publish(dir, outputs(NEW), STALE)).toEqual(DONE);
  });

  test('a folder in the way is reported, whether it was there before or was made meanwhile', async () => {
    const dir = folderWith({ ...OLD, 'd.csv/x': 'mine' });
    const refused = { finished: [], reason: 'd.csv is a folder there' };
    expect(await publish(dir, outputs(NEW), STALE)).toEqual(refused);
    expect(leftIn(dir)).toEqual([]);
    const late = folderWith(OLD);
    function* slow() {
      mkdirSync(join(late, 'd.csv'));
      yield 'new z';
    }
    expect(await publish(late, [...outputs(NEW), { name: 'z.csv', pieces: slow() }], [])).toEqual(refused);
    expect(leftIn(late)).toEqual([]);
  });

  test('a device or a pipe is reported, and never replaced by a file', async () => {
    const dir = folderWith(OLD);
    execFileSync('mkfifo', [join(dir, 'd.csv')]);
    expect((await publish(dir, outputs(NEW), STALE)).reason).toBe('d.csv is not a file there');
    expect(lstatSync(join(dir, 'd.csv')).isFIFO()).toBe(true);
    expect(leftIn(dir)).toEqual([]);
  });

  test.each([1, 2])('all goes back where a rename fails, %i of them', async (failing) => {
    const reasons = new Set<string | undefined>();
    for (let before = 0; ; before += 1) {
      const dir = folderWith(OLD);
      Object.assign(renames, { before, failing });
      const { reason } = await publish(dir, outputs(NEW), STALE);
      // Who has placed all but cannot remove what is left over has nothing to tell.
      const isDone = reason === undefined;
      reasons.add(reason);
      renames.before = Number.POSITIVE_INFINITY;
      if (leftIn(dir).length > 0) {
        expect(leftIn(dir)).toEqual(['.comp-ready']);
        expect((await finishPublish(dir)).reason).toBeUndefined();
        expect(visibleIn(dir)).toEqual(AFTER);
      } else {
        expect(visibleIn(dir), `at rename ${before}`).toEqual(isDone ? AFTER : OLD);
      }
      expect(leftIn(dir)).toEqual([]);
      if (isDone) break;
    }
    expect([...reasons]).toEqual([
      'another program has it open',
      ...(failing === 1
        ? []
        : [
            'another program has it open, and not every file can be put back: another program has it open; run the command again to finish',
          ]),
      undefined,
    ]);
  });

  test('removes what a killed run has left aside, and nothing that is a living one’s', async () => {
    const dir = folderWith({ ...OLD, '.comp-lock-0123456789abcdef': 'half', '.comp-new-0123abcd/x': 'half' });
    const other = await waiting(`
      const { publish } = await load('publish.js');
      const dir = ${JSON.stringify(dir)};
      const pieces = (function* () {
        yield 'half';
        wait('writing');
      })();
      await publish(dir, [{ name: 'a.csv', pieces }], []);`);
    const [lock, aside, ...others] = leftIn(dir);
    expect([lock, aside, others]).toEqual([
      '.comp-lock',
      expect.stringMatching(/^\.comp-new-[0-9a-f]{8}$/),
      [],
    ]);
    const held = { finished: [], reason: `another comp (process ${other.pid}) is writing there` };
    expect(await publish(dir, outputs(NEW), STALE)).toEqual(held);
    expect(await publishNew(dir, outputs({ 'new.csv': '' }))).toEqual(held);
    expect(await finishPublish(dir)).toEqual(held);
    expect(leftIn(dir)).toEqual([lock, aside]);
    expect(visibleIn(dir)).toEqual(OLD);
    await other.kill();
    expect(leftIn(dir)).toEqual([lock, aside]);
    expect(await publish(dir, outputs(NEW), STALE)).toEqual(DONE);
    expect(visibleIn(dir)).toEqual(AFTER);
    expect(leftIn(dir)).toEqual([]);
  });
});

describe('publishNew', () => {
  test('writes files that are not there, and leaves nothing where one is', async () => {
    const dir = folderWith({ 'mine.txt': 'mine' });
    expect(await publishNew(dir, outputs(NEW))).toEqual(DONE);
    expect(visibleIn(dir)).toEqual(AFTER);
    expect(await publishNew(dir, outputs({ 'x.csv': 'x', 'a.csv': 'other' }))).toEqual({
      finished: [],
      reason: 'a.csv already exists',
    });
    expect(visibleIn(dir)).toEqual(AFTER);
    expect(leftIn(dir)).toEqual([]);
  });

  test('what comes there meanwhile stays', async () => {
    const dir = join(newFolder(), 'deep', 'er');
    function* slow() {
      writeFileSync(join(dir, 'a.csv'), 'mine');
      yield 'new z';
    }
    const files = [...outputs(NEW), { name: 'z.csv', pieces: slow() }];
    expect((await publishNew(dir, files)).reason).toBe('a.csv already exists');
    expect(visibleIn(dir)).toEqual({ 'a.csv': 'mine' });
    expect(leftIn(dir)).toEqual([]);
  });

  test('leaves neither files nor folders where a rename fails', async () => {
    for (let before = 0; before <= 3; before += 1) {
      const around = newFolder();
      Object.assign(renames, { before, failing: 1 });
      expect((await publishNew(join(around, 'deep', 'er'), outputs(NEW))).reason).toBe(
        'another program has it open',
      );
      expect(readdirSync(around)).toEqual([]);
    }
  });

  test('sweeps away only what it can have made', async () => {
    const dir = folderWith({
      '.comp-mine/x': 'mine',
      '.comp-new-idea/x': 'mine',
      '.comp-new-0123abcd/x': 'half',
      '.comp-lock-0123456789abcdef': 'half',
    });
    expect(await publishNew(dir, outputs(NEW))).toEqual(DONE);
    expect(leftIn(dir)).toEqual(['.comp-mine', '.comp-new-idea']);
  });
});

describe.runIf(isDeep)('killed at any step', () => {
  /** The states that the folder was found in. */
  interface Met {
    before: number;
    between: number;
    after: number;
  }

  /** Kills a call at each of its steps in turn, and has what is left of it finished. */
  async function killEach(start: Files, call: (dir: string) => Call, after: Files): Promise<Met> {
    const met: Met = { before: 0, between: 0, after: 0 };
    const before = Object.fromEntries(Object.entries(start).filter(([name]) => !name.startsWith('.comp-')));
    const begin = (await finishedOf(folderWith(start))).files;
    for (let step = 0; ; step += 1) {
      const dir = folderWith(start);
      const isKilled = killedAt(step, call(dir));
      const found = visibleIn(dir);
      const isReady = existsSync(join(dir, '.comp-ready'));
      const { finished, files } = await finishedOf(dir);
      const what = `killed at step ${step}`;
      if (isReady) met.between += 1;
      else if (isSame(found, after)) met.after += 1;
      else met.before += 1;
      // Where nothing is on its way, all is as it was or all is new, before anything is finished.
      if (!isReady) expect([before, begin, after], what).toContainEqual(found);
      expect([begin, after], what).toContainEqual(files);
      for (const name of finished) expect(found[name], what).not.toBe(files[name]);
      expect(leftIn(dir), what).toEqual([]);
      if (isKilled) continue;
      expect(found).toEqual(after);
      return met;
    }
  }

  async function finishedOf(dir: string) {
    const { finished, reason } = await finishPublish(dir);
    expect(reason).toBeUndefined();
    return { finished, files: visibleIn(dir) };
  }

  const isSame = (one: Files, other: Files) => JSON.stringify(one) === JSON.stringify(sorted(other));
  const sorted = (files: Files) => Object.fromEntries(Object.entries(files).sort());

  const publishes = (dir: string) => ({
    module: 'publish.js',
    name: 'publish',
    args: [dir, outputs(NEW), STALE],
  });

  test('publish leaves the files of before, or the next one places the new ones', async () => {
    const met = await killEach(OLD, publishes, AFTER);
    expect(met.before).toBeGreaterThan(10);
    expect(met.between).toBeGreaterThan(6);
    expect(met.after).toBeGreaterThan(1);
  });

  test('publish over what was stopped half-way', async () => {
    const list = { place: ['a.csv', 'b.csv', 'f.csv'], remove: ['d.csv'], over: true };
    const start = {
      'a.csv': 'earlier a',
      'c.csv': 'old c',
      'd.csv': 'old d',
      'mine.txt': 'mine',
      '.comp-ready/.comp-list.json': JSON.stringify(list),
      '.comp-ready/b.csv': 'earlier b',
      '.comp-ready/f.csv': 'earlier f',
      '.comp-ready/old/b.csv': 'old b',
    };
    const after = { ...AFTER, 'f.csv': 'earlier f' };
    const met = await killEach(start, publishes, after);
    expect(met.between).toBeGreaterThan(10);
  });

  test('publishNew leaves nothing, or the next one places the rest', async () => {
    const call = (dir: string) => ({ module: 'publish.js', name: 'publishNew', args: [dir, outputs(NEW)] });
    const met = await killEach({ 'mine.txt': 'mine' }, call, AFTER);
    expect(met.between).toBeGreaterThan(3);
  });
});

describe('results that are on their way', () => {
  const list = { place: Object.keys(NEW), remove: STALE, over: true };
  const ready = '.comp-ready';

  /** A folder whose results are complete, in the state before the nth move. */
  function stoppedAt(moves: number): string {
    const dir = folderWith(OLD);
    mkdirSync(join(dir, ready, 'old'), { recursive: true });
    writeFileSync(join(dir, ready, '.comp-list.json'), JSON.stringify(list));
    for (const [name, text] of Object.entries(NEW)) writeFileSync(join(dir, ready, name), text);
    const away = ['b.csv', 'a.csv', 'c.csv'].map((name) => [name, join(ready, 'old', name)] as const);
    const into = list.place.map((name) => [join(ready, name), name] as const);
    for (const [from, to] of [...away, ...into].slice(0, moves)) renameSync(join(dir, from), join(dir, to));
    return dir;
  }

  const waitingAfter = (moves: number) => list.place.slice(Math.max(0, moves - 3));

  test.each([0, 1, 2, 3, 4, 5, 6])('are placed by the next one, after %i moves', async (moves) => {
    const dir = stoppedAt(moves);
    const copy = newFolder();
    cpSync(dir, copy, { recursive: true });
    expect(await finishPublish(dir)).toEqual({ finished: waitingAfter(moves), reason: undefined });
    expect(visibleIn(dir)).toEqual(AFTER);
    expect(leftIn(dir)).toEqual([]);
    expect(await finishPublish(dir)).toEqual(DONE);
    const other = outputs({ 'a.csv': 'other a' });
    expect(await publish(copy, other, ['d.csv'])).toEqual({
      finished: waitingAfter(moves),
      reason: undefined,
    });
    expect(visibleIn(copy)).toEqual({ 'a.csv': 'other a', 'b.csv': 'new b', 'mine.txt': 'mine' });
    expect(leftIn(copy)).toEqual([]);
  });

  test('are reported with what keeps the next one from writing', async () => {
    const dir = stoppedAt(5);
    mkdirSync(join(dir, 'z.csv'));
    expect(await publish(dir, outputs({ 'z.csv': '' }), [])).toEqual({
      finished: ['b.csv'],
      reason: 'z.csv is a folder there',
    });
  });

  test('stay where they cannot be placed, and are placed later', async () => {
    const dir = stoppedAt(3);
    Object.assign(renames, { before: 1, failing: 1 });
    const reason =
      'an earlier run was interrupted while it placed its files, and the rest cannot be placed: another program has it open';
    expect(await publish(dir, outputs(NEW), [])).toEqual({ finished: [], reason });
    expect(await finishPublish(dir)).toEqual({ finished: ['d.csv', 'b.csv'], reason: undefined });
    const taken = stoppedAt(3);
    mkdirSync(join(taken, 'a.csv'));
    expect((await finishPublish(taken)).reason).toContain('a.csv is a folder there');
    expect(leftIn(taken)).toEqual([ready]);
  });

  test.each([
    'null',
    '{"place":["a.csv"]',
    '{"place":["../a.csv"],"remove":[],"over":true}',
    '{"place":["a.csv"],"remove":[".."],"over":true}',
    '{"place":["a.csv"],"remove":[],"over":1}',
  ])('are not touched if their list is %j', async (list) => {
    const dir = stoppedAt(2);
    writeFileSync(join(dir, ready, '.comp-list.json'), list);
    const before = visibleIn(dir);
    const reason = '.comp-ready in it cannot be read: move that away';
    expect(await publish(dir, outputs(NEW), STALE)).toEqual({ finished: [], reason });
    expect(visibleIn(dir)).toEqual(before);
    expect(leftIn(dir)).toEqual([ready]);
    expect(readdirSync(join(dir, ready, 'old')).sort()).toEqual(['a.csv', 'b.csv']);
  });

  test('take no one’s place where they were to be new', async () => {
    const dir = folderWith({
      'a.csv': 'mine',
      [join(ready, '.comp-list.json')]: JSON.stringify({ ...list, remove: [], over: false }),
      [join(ready, 'a.csv')]: 'new a',
      [join(ready, 'd.csv')]: 'new d',
    });
    expect(await finishPublish(dir)).toEqual({ finished: ['d.csv'], reason: undefined });
    expect(visibleIn(dir)).toEqual({ 'a.csv': 'mine', 'd.csv': 'new d' });
    expect(leftIn(dir)).toEqual([]);
  });

  test('are looked for in folders only', async () => {
    expect(await finishPublish(join(newFolder(), 'none'))).toEqual(DONE);
    const file = join(folderWith({ file: '' }), 'file');
    expect((await finishPublish(file)).reason).toBe('part of the path is a file');
  });
});
