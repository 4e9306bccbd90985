/** The gallery of faults (R9.1): the smallest input that provokes each, and the exact message. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultCodes } from '../src/problems/wording.js';
import { comp, filesIn, newFolder, type Ran } from './support/comp.js';

const GALLERY = join(import.meta.dirname, '..', 'fixtures', 'problems');

/** What is typed besides the workspace: a folder's ARGS, or the as-of date that most share. */
function argsIn(dir: string): string[] {
  const file = join(dir, 'ARGS');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ') : ['--as-of', '2025-12-31'];
}

/** The gap before a code depends on the width of what stands before it. */
function unspaced(text: string): string {
  return text.replace(/(\S) {2,}/g, '$1  ');
}

/** The program where a package is not installed. */
function programWithout(name: string, args: readonly string[]): Ran {
  const code = 'ERR_MODULE_NOT_FOUND';
  const resolver = `export const resolve = (name, context, next) => {
    if (name === '${name}') throw Object.assign(new Error(name), { code: '${code}' });
    return next(name, context);
  }`;
  const url = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
  const hook = `import { register } from 'node:module'; register(${JSON.stringify(url(resolver))});`;
  const program = join(import.meta.dirname, '..', 'dist', 'bin', 'comp.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', url(hook), program, ...args], {
    encoding: 'utf8',
  });
  return { exit: status ?? -1, stdout, stderr };
}

describe('the gallery of faults', () => {
  test('R9.1 every fault has its folder, and every folder its fault', () => {
    expect(readdirSync(GALLERY).sort()).toEqual([...faultCodes()].sort());
  });

  test.each(faultCodes())('R9.1 %s', async (code) => {
    const dir = join(newFolder(), 'case');
    cpSync(join(GALLERY, code), dir, { recursive: true });
    const before = filesIn(dir);
    const typed = argsIn(dir).map((arg) => arg.replace('DIR', dir));
    const config = join(dir, 'comp.yaml');
    const close = ['calc', '--config', config, '--out', join(dir, 'out'), ...typed];
    const args = typed[0] === 'init' ? typed : close;
    const without = join(dir, 'WITHOUT');
    const ran = existsSync(without)
      ? programWithout(readFileSync(without, 'utf8').trim(), args)
      : await comp(args);
    const message = readFileSync(join(dir, 'message.txt'), 'utf8');
    expect(unspaced(ran.stderr.replaceAll(`${dir}/`, '').replaceAll(dir, '.'))).toBe(unspaced(message));
    expect(message).toContain(`${code} R`);
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(filesIn(dir)).toEqual(before);
  });
});
