/** Closes by processes of the built program at one time: one wins, the others say so (R11.5). */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { compIn } from './support/comp.js';
import { isDeep } from './support/depth.js';
import { copyOf, edit, treeOf } from './support/folder.js';
import { type Running, start as startProgram } from './support/program.js';

/** Starts the built program on a workspace. */
function start(dir: string, command: string, ...flags: readonly string[]): Running {
  return startProgram([command, '--config', join(dir, 'comp.yaml'), ...flags]);
}

/** A workspace whose payments come from a pipe that a shell passes: who reads them waits until somebody writes. */
function withPipe() {
  const dir = copyOf('scenarios/level-1');
  const text = readFileSync(join(dir, 'payments.csv'));
  const pipe = join(dir, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const passed = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  edit(dir, 'comp.yaml', (terms) => terms.replace('payments.csv', '/dev/fd/3'));
  return {
    dir,
    reader: (command: string, ...flags: readonly string[]): Running =>
      startProgram([command, '--config', join(dir, 'comp.yaml'), ...flags], { passed }),
    write: () => writeFileSync(pipe, text),
    restore: () => {
      closeSync(passed);
      rmSync(pipe);
      edit(dir, 'comp.yaml', (terms) => terms.replace('/dev/fd/3', 'payments.csv'));
    },
  };
}

/** Waits until a process has the lock of the closes. */
async function locked(dir: string, { child }: Running): Promise<void> {
  const [folder, lock] = [join(dir, 'closes'), '.comp-lock'];
  const isOurs = () =>
    existsSync(join(folder, lock)) &&
    JSON.parse(readFileSync(join(folder, lock), 'utf8')).pid === child.pid &&
    // It has no more to do for its lock.
    readdirSync(folder).join() === lock;
  while (!isOurs()) {
    if (child.exitCode !== null) throw new Error('the lock was never taken');
    await wait(10);
  }
}

describe.skipIf(process.platform === 'win32')('R11.5 show 5: two closes at once', () => {
  test('the second, started while the first holds the lock, reports it and changes nothing', async () => {
    const { dir, reader, write, restore } = withPipe();
    const first = reader('close', '2025-Q1');
    await locked(dir, first);
    const before = readdirSync(join(dir, 'closes'));
    const second = await start(dir, 'close', '2025-Q1').ended;
    expect(second).toMatchObject({ exit: 2, stdout: '' });
    expect(second.stderr).toMatch(/closes-locked R11\.5$/m);
    expect(second.stderr).toContain(`process ${first.child.pid}`);
    const undoing = await start(dir, 'reopen', '2025-Q1', '--reason', 'r', '--json').ended;
    expect(undoing.exit).toBe(2);
    expect(JSON.parse(undoing.stdout).faults).toMatchObject([{ code: 'closes-locked', rule: 'R11.5' }]);
    expect(readdirSync(join(dir, 'closes'))).toEqual(before);
    // Who only looks waits for nobody.
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0, stdout: 'Nothing is closed.\n' });
    write();
    expect(await first.ended).toMatchObject({ exit: 0 });
    restore();
    expect(readdirSync(join(dir, 'closes'))).toEqual(['.gitattributes', '2025-Q1', 'HEAD.json']);
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0 });
    const again = await start(dir, 'close', '2025-Q1').ended;
    expect(again).toMatchObject({ exit: 0, stdout: '' });
    expect(again.stderr).toContain('already closed');
  });

  test('the lock of a process that was killed is taken over', async () => {
    const { dir, reader, restore } = withPipe();
    const first = reader('close', '2025-Q1');
    await locked(dir, first);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(readdirSync(join(dir, 'closes'))).toEqual(['.comp-lock']);
    restore();
    expect(await start(dir, 'close', '2025-Q1').ended).toMatchObject({ exit: 0 });
    expect(readdirSync(join(dir, 'closes'))).toEqual(['.gitattributes', '2025-Q1', 'HEAD.json']);
  });

  test('one that is refused at last leaves no folder behind', async () => {
    const { dir, reader, write, restore } = withPipe();
    const first = reader('close', '2025-Q2');
    await locked(dir, first);
    expect(await start(dir, 'close', '2025-Q1').ended).toMatchObject({ exit: 2 });
    write();
    const refused = await first.ended;
    expect(refused).toMatchObject({ exit: 2, stdout: '' });
    expect(refused.stderr).toContain('close-out-of-order');
    restore();
    expect(existsSync(join(dir, 'closes'))).toBe(false);
  });
});

test('R11.5 of many closes at one moment one wins, and what is there is whole', async () => {
  const dir = copyOf('scenarios/level-1');
  const all = await Promise.all(Array.from({ length: 5 }, () => start(dir, 'close', '2025-Q1').ended));
  const won = all.filter(({ exit, stderr }) => exit === 0 && stderr.includes('Closed 2025-Q1.'));
  expect(won).toHaveLength(1);
  for (const { exit, stdout, stderr } of all.filter((one) => !won.includes(one))) {
    expect(stdout).toBe('');
    if (exit === 0) expect(stderr).toContain('2025-Q1 is already closed.');
    else expect({ exit, isLocked: stderr.includes('closes-locked') }).toEqual({ exit: 2, isLocked: true });
  }
  expect(readdirSync(join(dir, 'closes'))).toEqual(['.gitattributes', '2025-Q1', 'HEAD.json']);
  const verified = await compIn(dir, ['verify']);
  expect(verified).toMatchObject({ exit: 0 });
  expect(Object.keys(treeOf(join(dir, 'closes')))).toContain('2025-Q1/close.json');
});

test('R9.1 of many closes at one moment that are all refused nothing is left behind', async () => {
  const dir = copyOf('scenarios/level-1');
  for (let round = 0; round < (isDeep ? 4 : 1); round += 1) {
    const all = await Promise.all(Array.from({ length: 5 }, () => start(dir, 'close', '2025-Q2').ended));
    for (const { exit, stderr } of all) {
      expect(exit).toBe(2);
      expect(stderr).toMatch(/close-out-of-order|closes-locked/);
    }
    expect(existsSync(join(dir, 'closes'))).toBe(false);
  }
});
