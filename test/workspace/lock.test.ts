/** One process at a time: who has a lock, who may take it over, and that of several who try at once one does. */
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acquireLock, heldReason, LOCK, type Lock } from '../../src/workspace/lock.js';
import { newFolder } from '../support/comp.js';
import { isDeep, RUNS, SEED } from '../support/depth.js';
import { goneProcess, killedAt, waiting } from '../support/killed.js';
import { BUILT_WORKSPACE } from '../support/program.js';
import { randomFrom } from '../support/random.js';
import { Takers } from '../support/takers.js';

/** How many orders of steps are tried. */
const ROUNDS = Math.ceil(RUNS / 4);

const onLinux = process.platform === 'linux';

/** A folder with a lock of this content; other keys are those of a process that is gone. */
function lockedFolder(content: Readonly<Record<string, unknown>>): string {
  const dir = newFolder();
  writeFileSync(join(dir, LOCK), mark(content));
  return dir;
}

const GONE = goneProcess();
let tokens = 0;

function mark(content: Readonly<Record<string, unknown>> = {}): string {
  tokens += 1;
  return JSON.stringify({ pid: GONE, host: hostname(), token: tokens.toString(16), ...content });
}

function kindOf(dir: string): string {
  const lock = acquireLock(dir);
  if (lock.kind === 'acquired') lock.release();
  return lock.kind;
}

function release(lock: Lock): void {
  if (lock.kind === 'acquired') lock.release();
}

describe('a lock', () => {
  test('is a file that names its process, until it is released', () => {
    const dir = newFolder();
    const lock = acquireLock(dir);
    expect(lock.kind).toBe('acquired');
    expect(JSON.parse(readFileSync(join(dir, LOCK), 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
      ...(onLinux ? { start: expect.stringMatching(/^\d+$/) } : {}),
    });
    expect(readdirSync(dir)).toEqual([LOCK]);
    release(lock);
    expect(readdirSync(dir)).toEqual([]);
    release(lock);
    expect(kindOf(dir)).toBe('acquired');
  });

  test('is held by who has it, be it this process', () => {
    const dir = newFolder();
    const lock = acquireLock(dir);
    const other = acquireLock(dir);
    expect(other).toEqual({ kind: 'held', pid: process.pid, host: hostname() });
    release(other);
    expect(acquireLock(dir).kind).toBe('held');
    release(lock);
    expect(kindOf(dir)).toBe('acquired');
  });

  test('is not removed by who had it before', () => {
    const dir = newFolder();
    const lock = acquireLock(dir);
    const theirs = mark({ host: 'elsewhere' });
    writeFileSync(join(dir, LOCK), theirs);
    release(lock);
    expect(readFileSync(join(dir, LOCK), 'utf8')).toBe(theirs);
  });

  test('needs a folder', () => {
    expect(() => acquireLock(join(newFolder(), 'none'))).toThrow(/ENOENT/);
  });

  test('is let go when the process ends by itself, also half-way', () => {
    for (const end of ['process.exit(0)', 'throw new Error()', 'undefined']) {
      const dir = newFolder();
      const url = pathToFileURL(join(BUILT_WORKSPACE, 'lock.js')).href;
      const script = `
        const { acquireLock } = await import(${JSON.stringify(url)});
        process.stdout.write(acquireLock(${JSON.stringify(dir)}).kind);
        ${end};`;
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
      });
      expect([stdout, readdirSync(dir)]).toEqual(['acquired', []]);
    }
  });
});

describe('a stale lock', () => {
  test.each<[string, () => Readonly<Record<string, unknown>>]>([
    ['of a process that is gone', () => ({})],
    ['of a process that had our number', () => ({ pid: process.pid })],
  ])('%s is taken over', (_, content) => {
    const dir = lockedFolder(content());
    const lock = acquireLock(dir);
    expect(lock.kind).toBe('acquired');
    expect(readdirSync(dir)).toEqual([LOCK]);
    expect(JSON.parse(readFileSync(join(dir, LOCK), 'utf8')).pid).toBe(process.pid);
    release(lock);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('of a process that was killed is taken over; until then it is held', async () => {
    const dir = newFolder();
    const other = await waiting(`
      const { acquireLock } = await load('lock.js');
      wait(acquireLock(${JSON.stringify(dir)}).kind);`);
    expect(other.said).toBe('acquired');
    expect(acquireLock(dir)).toEqual({ kind: 'held', pid: other.pid, host: hostname() });
    const found = readFileSync(join(dir, LOCK), 'utf8');
    await other.kill();
    expect(readFileSync(join(dir, LOCK), 'utf8')).toBe(found);
    expect(kindOf(dir)).toBe('acquired');
  });

  test.runIf(onLinux)('is told from a living one by when the process started', async () => {
    const other = await waiting("wait('here')");
    const { pid } = other;
    expect(kindOf(lockedFolder({ pid }))).toBe('held');
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const start = stat.slice(stat.lastIndexOf(')')).split(' ')[20];
    expect(kindOf(lockedFolder({ pid, start }))).toBe('held');
    expect(kindOf(lockedFolder({ pid, start: '1' }))).toBe('acquired');
    await other.kill();
  });

  test.runIf(onLinux)(
    'is one of a process that has ended and that its parent does not ask about',
    async () => {
      // The shell has become another program when its child ends: one that asks about nobody.
      const parent = spawn('/bin/sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 600']);
      const pid = await new Promise<number>((resolve) => {
        parent.stdout.once('data', (data) => resolve(Number(data)));
      });
      const isZombie = () => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
      await expect.poll(isZombie, { timeout: 300_000 }).toBe(true);
      expect(kindOf(lockedFolder({ pid }))).toBe('acquired');
      parent.kill('SIGKILL');
    },
  );

  test('whose takers were killed over taking it is taken over all the same', () => {
    const dir = lockedFolder({ token: 'a0' });
    writeFileSync(join(dir, `${LOCK}-a0`), mark({ token: 'a1' }));
    writeFileSync(join(dir, `${LOCK}-a1`), mark({ token: 'a2' }));
    const lock = acquireLock(dir);
    expect(lock.kind).toBe('acquired');
    expect(readdirSync(dir)).toEqual([LOCK]);
    release(lock);
  });

  test('that somebody is taking over is theirs', async () => {
    const dir = lockedFolder({ token: 'b0' });
    const other = await waiting("wait('here')");
    writeFileSync(join(dir, `${LOCK}-b0`), mark({ pid: other.pid }));
    expect(acquireLock(dir)).toEqual({ kind: 'held', pid: other.pid, host: hostname() });
    await other.kill();
    expect(kindOf(dir)).toBe('acquired');
  });

  test.runIf(isDeep)('may be taken over by a process that is killed at any step', () => {
    const call = (dir: string) => ({ module: 'lock.js', name: 'acquireLock', args: [dir] });
    for (const before of ['free', 'stale', 'twice stale']) {
      let steps = 0;
      for (; ; steps += 1) {
        const dir = before === 'free' ? newFolder() : lockedFolder({ token: 'c0' });
        if (before === 'twice stale') writeFileSync(join(dir, `${LOCK}-c0`), mark({ token: 'c1' }));
        const isKilled = killedAt(steps, call(dir));
        const lock = acquireLock(dir);
        expect(lock.kind, `${before}, killed at ${steps}`).toBe('acquired');
        release(lock);
        expect(existsSync(join(dir, LOCK))).toBe(false);
        if (!isKilled) break;
      }
      expect(steps).toBeGreaterThan(2);
    }
  });
});

describe('a lock that may be anybody’s', () => {
  test('of another host is held', () => {
    const dir = lockedFolder({ pid: 12, host: 'elsewhere' });
    expect(acquireLock(dir)).toEqual({ kind: 'held', pid: 12, host: 'elsewhere' });
    expect(readdirSync(dir)).toEqual([LOCK]);
  });

  test.each([
    '',
    'null',
    '[]',
    '{"pid":12',
    '{"pid":-1,"host":"h","token":"a"}',
    '{"pid":"12","host":"h","token":"a"}',
    '{"pid":12,"token":"a"}',
    '{"pid":12,"host":"h","token":"../a"}',
    '{"pid":12,"host":"h","token":"a","start":1}',
  ])('with the content %j is held', (content) => {
    const dir = newFolder();
    writeFileSync(join(dir, LOCK), content);
    expect(acquireLock(dir)).toEqual({ kind: 'held', pid: undefined, host: undefined });
    expect(readFileSync(join(dir, LOCK), 'utf8')).toBe(content);
  });

  test('is no file, or claims itself, and is held', () => {
    const folder = newFolder();
    mkdirSync(join(folder, LOCK));
    const link = newFolder();
    symlinkSync('nowhere', join(link, LOCK));
    const circle = lockedFolder({ token: 'd0' });
    writeFileSync(join(circle, `${LOCK}-d0`), mark({ token: 'd0' }));
    for (const dir of [folder, link, circle]) {
      expect(acquireLock(dir)).toEqual({ kind: 'held', pid: undefined, host: undefined });
    }
  });

  test('is explained in words', () => {
    const held = { kind: 'held', pid: 12, host: hostname() } as const;
    expect(heldReason(held)).toBe('another comp (process 12) is writing there');
    expect(heldReason({ ...held, host: 'elsewhere' })).toBe(
      'another comp (process 12 on elsewhere) is writing there; if it is not, remove .comp-lock',
    );
    expect(heldReason({ kind: 'held', pid: undefined, host: undefined })).toBe(
      '.comp-lock in it cannot be read; if no other comp is writing there, remove it',
    );
  });
});

describe('several that find a stale lock at once', () => {
  const answerOf = (taker: ChildProcess) =>
    new Promise<string>((resolve) => taker.once('message', (text) => resolve(String(text))));

  test('as processes: one takes it', async () => {
    const takers = [1, 2, 3].map(() => fork(join(import.meta.dirname, '..', 'support', 'taker.mjs')));
    await Promise.all(takers.map(answerOf));
    const ask = (message: object) => {
      const answers = Promise.all(takers.map(answerOf));
      for (const taker of takers) taker.send(message);
      return answers;
    };
    for (let round = 0; round < 60; round += 1) {
      const dir = lockedFolder({});
      const answers = await ask({ take: dir, at: Date.now() + 4 });
      expect(answers.sort()).toEqual(['acquired', 'held', 'held']);
      await ask({ release: true });
      expect(readdirSync(dir)).toEqual([]);
    }
    for (const taker of takers) taker.kill();
  });

  describe.each([2, 3])('%i of them, step by step in random orders', (count) => {
    const takers = new Takers(count);
    beforeAll(() => takers.start());
    afterAll(() => takers.stop());

    const random = randomFrom(SEED);
    const stale = (dir: string, pid: number) => writeFileSync(join(dir, LOCK), mark({ pid }));

    test('one takes it', () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { dir, having } = takers.play({ turns: 0, deaths: 0, random, prepare: stale });
        expect(having, `round ${round} (COMP_SEED=${SEED})`).toBe(1);
        expect(readdirSync(dir)).toEqual([LOCK]);
      }
    });

    test('never do two have it, whoever is killed and when; and the next one can take it', () => {
      let [dead, had] = [0, 0];
      for (let round = 0; round < ROUNDS; round += 1) {
        const prepare = round % 4 === 0 ? () => {} : stale;
        const played = takers.play({ turns: 3, deaths: round % 3, random, prepare });
        expect(played.most, `round ${round} (COMP_SEED=${SEED})`).toBeLessThan(2);
        expect(kindOf(played.dir), `round ${round} (COMP_SEED=${SEED})`).toBe('acquired');
        dead += played.dead;
        had += played.most;
      }
      expect(Math.min(dead, had)).toBeGreaterThan(ROUNDS / 10);
    });
  });
});
