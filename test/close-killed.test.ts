/** R11.5 A close, an archive that is added, or a reopening that is killed at any step: whatever looks at the folder next goes on, or says what is wrong. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { killedBefore } from '../scripts/kill-before.mjs';
import { compIn, newFolder } from './support/comp.js';
import { isDeep, isQuick } from './support/depth.js';
import { copyOf, edit, treeOf } from './support/folder.js';
import { program } from './support/program.js';

/** Every step in CI; some of them outside it. */
const EVERY = isDeep ? 1 : 11;

/** The files of a folder; those of a page may have another name, as those that are only there while comp writes. */
function filesIn(dir: string): readonly string[] {
  return Object.keys(treeOf(dir)).sort();
}

async function expectGoesOn(dir: string, what: string): Promise<void> {
  expect(await compIn(dir, ['verify']), what).toMatchObject({ exit: 0, stderr: '' });
  const out = ['--out', join(dir, 'out')];
  for (const args of [
    ['calc', '--as-of', '2025-12-31', '--quiet', ...out],
    ['close', '2025-Q1', '--quiet', '--no-pages'],
    ['close', '2025-Q2', '--quiet', '--no-pages'],
    ['verify', '--quiet'],
  ]) {
    expect({ what, args, ...(await compIn(dir, args)) }).toEqual({
      what,
      args,
      exit: 0,
      stdout: '',
      stderr: '',
    });
  }
  expect(
    filesIn(dir).filter((name) => name.includes('.comp-')),
    what,
  ).toEqual([]);
  expect(readdirSync(dir)).toContain('closes.id');
}

describe.skipIf(isQuick)('killed before each step', () => {
  test.each([
    ['the first close', [], ['close', '2025-Q1', '--no-pages']],
    ['the second close', ['2025-Q1'], ['close', '2025-Q2', '--archive', '--no-pages']],
    ['an archive that is added', ['2025-Q1', '2025-Q2'], ['close', '2025-Q1', '--archive']],
    ['a reopening', ['2025-Q1', '2025-Q2'], ['reopen', '2025-Q2', '--reason', 'x']],
    ['the reopening of the only close', ['2025-Q1'], ['reopen', '2025-Q1', '--reason', 'x']],
  ] as const)('%s', async (_, periods, args) => {
    const whole = copyOf('scenarios/level-1');
    for (const period of periods)
      expect(await compIn(whole, ['close', period, '--quiet', '--no-pages'])).toMatchObject({ exit: 0 });
    let killed = 0;
    for (let step = 0; ; step += EVERY) {
      const dir = newFolder();
      cpSync(whole, dir, { recursive: true });
      const { wasKilled, exit } = await program(args, { cwd: dir, first: killedBefore(step) });
      if (wasKilled) killed += 1;
      else expect(exit).toBe(0);
      // What the close was made from may be gone by the time that somebody looks.
      if (step % 2 === 0) edit(dir, 'payments.csv', (text) => `${text}PAY-X,INV-1,2025-09-09,1.00\n`);
      await expectGoesOn(dir, `${args.join(' ')}, step ${step}`);
      if (!wasKilled) break;
    }
    expect(killed).toBeGreaterThan(isDeep ? 10 : 1);
  });
});
