/** Folders that appear and move whole or not at all, wherever that fails or its process is killed. */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { moveFolder, publishFolder } from '../../src/workspace/folders.js';
import { acquireLock } from '../../src/workspace/lock.js';
import { sweep } from '../../src/workspace/scratch.js';
import { filesIn, newFolder } from '../support/comp.js';
import { isDeep } from '../support/depth.js';
import { folderWith } from '../support/folder.js';
import { type Call, killedAt } from '../support/killed.js';

/** Folders that the disk does not take. */
const unsynced = new Set<number>();
const broken = { at: 0, code: 'EIO' };

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const open: typeof fs.openSync = (path, flags, mode) => {
    const file = fs.openSync(path, flags, mode);
    if (flags === 'r') unsynced.add(file);
    return file;
  };
  const fsync: typeof fs.fsyncSync = (file) => {
    if (unsynced.delete(file)) {
      broken.at -= 1;
      if (broken.at === 0 || broken.code === 'EINVAL') {
        throw Object.assign(new Error('no'), { code: broken.code });
      }
    }
    fs.fsyncSync(file);
  };
  return { ...fs, openSync: open, fsyncSync: fsync };
});

afterEach(() => {
  Object.assign(broken, { at: 0, code: 'EIO' });
});

const FILES = { 'quarters.csv': 'q', 'postings.csv': 'p', 'manifest.json': '{}' };
const outputs = Object.entries(FILES).map(([name, text]) => ({ name, pieces: [text] }));

describe('publishFolder', () => {
  test('makes a folder with the files, in their order, that others may read', async () => {
    const parent = newFolder();
    const made: string[] = [];
    const files = outputs.map(({ name, pieces }) => ({
      name,
      *pieces() {
        made.push(...readdirSync(join(parent, readdirSync(parent)[0] as string)).slice(-1));
        yield* pieces;
      },
    }));
    const told = await publishFolder(
      parent,
      '2025-Q3',
      files.map(({ name, pieces }) => ({ name, pieces: pieces() })),
    );
    expect(told).toBeUndefined();
    expect(filesIn(join(parent, '2025-Q3'))).toEqual(FILES);
    expect(readdirSync(parent)).toEqual(['2025-Q3']);
    if (process.platform === 'win32') return;
    mkdirSync(join(parent, 'plain'));
    expect(statSync(join(parent, '2025-Q3')).mode).toBe(statSync(join(parent, 'plain')).mode);
  });

  test('takes no one’s place', async () => {
    const parent = folderWith({ '2025-Q3/mine.txt': 'mine' });
    mkdirSync(join(parent, '2025-Q4'));
    for (const name of ['2025-Q3', '2025-Q4']) {
      expect(await publishFolder(parent, name, outputs)).toBe(`${name} already exists`);
    }
    expect(filesIn(join(parent, '2025-Q3'))).toEqual({ 'mine.txt': 'mine' });
    expect(readdirSync(parent).sort()).toEqual(['2025-Q3', '2025-Q4']);
  });

  test('leaves nothing where it fails', async () => {
    const parent = newFolder();
    function* pieces() {
      yield 'half';
      throw Object.assign(new Error('no'), { code: 'ENOSPC' });
    }
    const full = [...outputs, { name: 'z.csv', pieces: pieces() }];
    expect(await publishFolder(parent, '2025-Q3', full)).toBe('the disk is full');
    const deep = [...outputs, { name: 'x/y/z.csv', pieces: ['z'] }];
    expect(await publishFolder(parent, '2025-Q3', deep)).toBe('a folder in the path does not exist');
    expect(await publishFolder(join(parent, 'none'), '2025-Q3', outputs)).toBe(
      'a folder in the path does not exist',
    );
    for (const at of [1, 2]) {
      broken.at = at;
      expect(await publishFolder(parent, '2025-Q3', outputs)).toBe('the disk has an error');
    }
    expect(readdirSync(parent)).toEqual([]);
  });

  test('makes folders within it', async () => {
    const parent = newFolder();
    const within = ['x/a.html', 'x/b.html', 'y/c.html'].map((name) => ({ name, pieces: [name] }));
    expect(await publishFolder(parent, '2025-Q3', [...within, ...outputs])).toBeUndefined();
    expect(filesIn(join(parent, '2025-Q3', 'x'))).toEqual({ 'a.html': 'x/a.html', 'b.html': 'x/b.html' });
    expect(filesIn(join(parent, '2025-Q3', 'y'))).toEqual({ 'c.html': 'y/c.html' });
  });

  test('does without where folders cannot be taken to the disk by themselves', async () => {
    const parent = newFolder();
    broken.code = 'EINVAL';
    expect(await publishFolder(parent, '2025-Q3', outputs)).toBeUndefined();
    expect(filesIn(join(parent, '2025-Q3'))).toEqual(FILES);
  });
});

describe('moveFolder', () => {
  test('moves a folder, into others that are made', () => {
    const parent = folderWith({ '2025-Q3/a.csv': 'a' });
    expect(moveFolder(parent, '2025-Q3', join('reopened', '1-2025-Q3'))).toBeUndefined();
    expect(readdirSync(parent)).toEqual(['reopened']);
    expect(filesIn(join(parent, 'reopened', '1-2025-Q3'))).toEqual({ 'a.csv': 'a' });
  });

  test('leaves all as it was where it cannot', () => {
    const parent = folderWith({ '2025-Q3/a.csv': 'a', 'taken/b.csv': 'b' });
    expect(moveFolder(parent, '2025-Q4', 'new/2025-Q4')).toBe('2025-Q4 is not there');
    expect(moveFolder(parent, '2025-Q3', 'taken')).toBe('taken already exists');
    expect(moveFolder(parent, '2025-Q3', join('taken', 'b.csv', '1'))).toBe('there is a file with that name');
    for (const at of [1, 2]) {
      broken.at = at;
      expect(moveFolder(parent, '2025-Q3', join('new', '1'))).toBe('the disk has an error');
    }
    expect(readdirSync(parent).sort()).toEqual(['2025-Q3', 'taken']);
    expect(filesIn(join(parent, '2025-Q3'))).toEqual({ 'a.csv': 'a' });
  });
});

describe.runIf(isDeep)('killed at any step', () => {
  /** Kills a call at each of its steps in turn; the states in which the folder is after a sweep, and how often each is. */
  function killEach(start: Readonly<Record<string, string>>, call: (parent: string) => Call) {
    const states = new Map<string, number>();
    for (let step = 0; ; step += 1) {
      const parent = folderWith(start);
      const isKilled = killedAt(step, { ...call(parent), locked: parent });
      // Whatever is seen of it is whole, before anything is swept.
      for (const name of readdirSync(parent).filter((one) => /^\d/.test(one))) {
        expect(filesIn(join(parent, name)), `killed at step ${step}`).toEqual(FILES);
      }
      const lock = acquireLock(parent);
      if (lock.kind === 'held') throw new Error(`held after step ${step}`);
      sweep(parent);
      lock.release();
      const state = readdirSync(parent).sort().join(' ');
      states.set(state, (states.get(state) ?? 0) + 1);
      if (!isKilled) return states;
    }
  }

  test('a folder appears whole or not at all', () => {
    const states = killEach(
      { '2025-Q2/quarters.csv': 'q', '2025-Q2/postings.csv': 'p', '2025-Q2/manifest.json': '{}' },
      (parent) => ({
        module: 'folders.js',
        name: 'publishFolder',
        args: [parent, '2025-Q3', outputs],
      }),
    );
    expect([...states.keys()]).toEqual(['2025-Q2', '2025-Q2 2025-Q3']);
    expect(Math.min(...states.values())).toBeGreaterThan(2);
  });

  test('a folder is where it was, or where it is to be', () => {
    const files = Object.entries(FILES).map(([name, text]) => [`2025-Q3/${name}`, text] as const);
    const states = killEach(Object.fromEntries(files), (parent) => ({
      module: 'folders.js',
      name: 'moveFolder',
      args: [parent, '2025-Q3', 'reopened/1-2025-Q3'],
    }));
    expect([...states.keys()]).toEqual(['2025-Q3', '2025-Q3 reopened', 'reopened']);
  });
});

test('sweep removes what is left aside, and neither the lock nor what is on its way', () => {
  const parent = folderWith({
    '2025-Q3/a.csv': 'a',
    '.comp-mine/x': 'mine',
    '.comp-new-0123abcd/x': 'half',
    '.comp-lock-0123456789abcdef': 'half',
    '.comp-lock': '{}',
    '.comp-ready/x': 'whole',
    '.other': '',
  });
  sweep(parent);
  expect(readdirSync(parent).sort()).toEqual([
    '.comp-lock',
    '.comp-mine',
    '.comp-ready',
    '.other',
    '2025-Q3',
  ]);
});
