/** The gallery of faults (R9.1): the smallest input that provokes each, and the exact message. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultCodes } from '../src/problems/wording.js';
import { acquireLock } from '../src/workspace/lock.js';
import { type Around, comp, newFolder, type Ran } from './support/comp.js';
import { isQuick } from './support/depth.js';
import { edit, treeOf } from './support/folder.js';
import { program } from './support/program.js';

const GALLERY = join(import.meta.dirname, '..', 'fixtures', 'problems');

/** Commands of their own that ARGS may begin with; all else is typed behind `calc`. */
const COMMANDS = ['check', 'explain', 'close', 'approve', 'reopen', 'verify', 'changes'];

/** What is typed: a folder's ARGS, or the as-of date that most share, and the workspace. */
function argsIn(dir: string): string[] {
  const file = join(dir, 'ARGS');
  const typed = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ') : ['--as-of', '2025-12-31'];
  const [command = '', ...rest] = typed.map((arg) => arg.replace('DIR', dir));
  if (command === 'init') return [command, ...rest];
  const config = ['--config', join(dir, 'comp.yaml')];
  if (command === 'statement') return [command, ...config, '--out', join(dir, 'out'), ...rest];
  if (COMMANDS.includes(command)) return [command, ...config, ...rest];
  return ['calc', ...config, '--out', join(dir, 'out'), command, ...rest];
}

/** The clock is as in TODAY where there is such a file. */
function aroundIn(dir: string): Around {
  const file = join(dir, 'TODAY');
  return existsSync(file) ? { today: readFileSync(file, 'utf8').trim() } : {};
}

/** Somebody has the lock of the closes where there is a file LOCKED. */
function lockIn(dir: string): { release(): void } {
  const file = join(dir, 'LOCKED');
  if (!existsSync(file)) return { release: () => undefined };
  rmSync(file);
  const lock = acquireLock(join(dir, 'closes'));
  if (lock.kind === 'held') throw new Error('the lock is held already');
  return lock;
}

/** The gap before a code depends on the width of what stands before it. */
function unspaced(text: string): string {
  return text.replace(/(\S) {2,}/g, '$1  ');
}

/** The program where a package is not installed. */
function programWithout(name: string, args: readonly string[]): Promise<Ran> {
  const code = 'ERR_MODULE_NOT_FOUND';
  const resolver = `export const resolve = (name, context, next) => {
    if (name === '${name}') throw Object.assign(new Error(name), { code: '${code}' });
    return next(name, context);
  }`;
  const url = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
  const hook = `import { register } from 'node:module'; register(${JSON.stringify(url(resolver))});`;
  return program(args, { first: url(hook) });
}

/** A case without a package needs the built program. */
function isTried(code: string): boolean {
  return !isQuick || !existsSync(join(GALLERY, code, 'WITHOUT'));
}

/** What only a program can give: test/library tries them. */
const OF_LIBRARY = [
  'inexact-cell',
  'moment-not-day',
  'not-a-close',
  'not-period-end',
  'nothing-to-close',
  'not-one-row',
  'rows-of-mapping',
  'unknown-column',
  'unreadable-cell',
];
const OF_FILES = faultCodes().filter((code) => !OF_LIBRARY.includes(code));

describe('the gallery of faults', () => {
  test('R9.1 every fault has its folder, and every folder its fault', () => {
    expect(readdirSync(GALLERY).sort()).toEqual([...OF_FILES].sort());
  });

  test.each(OF_FILES.filter(isTried))('R9.1 %s', async (code) => {
    const dir = join(newFolder(), 'case');
    cpSync(join(GALLERY, code), dir, { recursive: true });
    if (existsSync(join(dir, 'comp.yaml'))) edit(dir, 'comp.yaml', (text) => text.replace('DIR', dir));
    const lock = lockIn(dir);
    const before = treeOf(dir);
    const args = argsIn(dir);
    const without = join(dir, 'WITHOUT');
    const ran = existsSync(without)
      ? await programWithout(readFileSync(without, 'utf8').trim(), args)
      : await comp(args, aroundIn(dir));
    const after = treeOf(dir);
    lock.release();
    const message = readFileSync(join(dir, 'message.txt'), 'utf8').replace('PID', `${process.pid}`);
    expect(unspaced(ran.stderr.replaceAll(`${dir}/`, '').replaceAll(dir, '.'))).toBe(unspaced(message));
    expect(message).toContain(`${code} R`);
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(after).toEqual(before);
  });
});
