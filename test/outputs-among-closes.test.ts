/** Nothing is written among closes but by what changes closes: no command, no spelling of a path and no link leads there. */
import { cpSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { comp, newFolder } from './support/comp.js';
import { isDeep } from './support/depth.js';
import { copyOf, treeOf } from './support/folder.js';

/** The commands that write where they are told: their arguments for a folder or a file. */
const OUTPUTS: Readonly<Record<string, (config: string, at: string) => readonly string[]>> = {
  calc: (config, at) => ['--config', config, '--as-of', '2025-12-31', '--xlsx', '--out', at],
  close: (config, at) => ['2025-Q2', '--config', config, '--preview', '--out', at],
  evidence: (config, at) => ['2025-Q1', '--config', config, '--out', join(at, 'evidence.zip')],
  init: (_, at) => [at],
  report: (config, at) => ['--config', config, '--as-of', '2025-12-31', '--out', join(at, 'report.html')],
  simulate: (config, at) => ['--config', config, '--as-of', '2025-12-31', '--csv', at],
  statement: (config, at) => ['--config', config, '--quarter', '2025-Q1', '--csv', '--out', at],
};

/** Commands that show, check or sign, and write to no place of the user's choice. */
const OTHERS = [
  'ageing',
  'approve',
  'changes',
  'check',
  'explain',
  'handed-over',
  'help',
  'history',
  'lint',
  'reopen',
  'verify',
];

let whole = '';

beforeAll(async () => {
  whole = copyOf('scenarios/level-1');
  const config = join(whole, 'comp.yaml');
  for (const period of ['2025-Q1', '2025-Q2'])
    expect(await comp(['close', period, '--config', config, '--quiet'])).toMatchObject({ exit: 0 });
  const undo = ['reopen', '2025-Q2', '--config', config, '--reason', 'x', '--quiet'];
  expect(await comp(undo)).toMatchObject({ exit: 0 });
});

test('every command is one or the other', async () => {
  const { stdout } = await comp(['--help']);
  const listed = [...stdout.matchAll(/^ {2}([a-z-]+)(?: \[| <|\|| {2})/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...Object.keys(OUTPUTS), ...OTHERS].sort());
  for (const name of OTHERS.filter((one) => one !== 'help')) {
    const { stdout: help } = await comp([name, '--help']);
    expect(help, name).not.toMatch(/--out|\[dir\]/);
  }
});

/** Ways to a folder among closes. */
const WAYS: Readonly<Record<string, (closes: string, aside: string) => string>> = {
  'as it is': (closes) => closes,
  'a closed period': (closes) => join(closes, '2025-Q1'),
  'its statements': (closes) => join(closes, '2025-Q1', 'statements'),
  'an undone close': (closes) => join(closes, 'reopened', '1-2025-Q2'),
  'a new folder': (closes) => join(closes, 'new', 'deep'),
  'from the current folder': (closes) => relative(process.cwd(), closes),
  'up and down again': (closes) => `${closes}/2025-Q1/../../${basename(closes)}/2025-Q1/./`,
  'a link to closes': (closes, aside) => {
    symlinkSync(closes, join(aside, 'link'));
    return join(aside, 'link');
  },
  'a link to a link to a period': (closes, aside) => {
    symlinkSync(join(closes, '2025-Q1'), join(aside, 'one'));
    symlinkSync(join(aside, 'one'), join(aside, 'two'));
    return join(aside, 'two');
  },
  'through a link to the workspace': (closes, aside) => {
    symlinkSync(dirname(closes), join(aside, 'workspace'));
    return join(aside, 'workspace', 'closes', 'new');
  },
  'a link to a folder that is not there yet': (closes, aside) => {
    symlinkSync(join(closes, 'later'), join(aside, 'later'));
    return join(aside, 'later');
  },
};

const CASES = Object.keys(OUTPUTS)
  .flatMap((name) => Object.keys(WAYS).map((way) => [name, way] as const))
  .map(([name, way], at) => [name, way, isDeep ? [false, true] : [at % 2 === 0]] as const);

test.each(CASES)('%s, %s', async (name, way, owners) => {
  // For the workspace whose closes they are, and for another.
  for (const isOther of owners) {
    const [dir, aside] = [realpathSync(newFolder()), newFolder()];
    cpSync(whole, dir, { recursive: true });
    const own = join(dir, 'comp.yaml');
    const config = isOther ? join(copyOf('scenarios/level-1'), 'comp.yaml') : own;
    const at = (WAYS[way] as (typeof WAYS)[string])(join(dir, 'closes'), aside);
    const before = treeOf(dir);
    const args = (OUTPUTS[name] as (typeof OUTPUTS)[string])(config, at);
    const { exit, stdout, stderr } = await comp([name, ...args]);
    expect({ isOther, exit, stdout }, stderr).toEqual({ isOther, exit: 2, stdout: '' });
    expect(treeOf(dir)).toEqual(before);
  }
});

test('a link in the place of a result leads nowhere', async () => {
  const dir = newFolder();
  cpSync(whole, dir, { recursive: true });
  const out = join(dir, 'out');
  mkdirSync(out);
  for (const file of ['quarters.csv', 'postings.csv'])
    symlinkSync(join(dir, 'closes', '2025-Q1', file), join(out, file));
  const before = treeOf(join(dir, 'closes'));
  const args = ['--config', join(dir, 'comp.yaml'), '--as-of', '2025-12-31', '--quiet', '--out', out];
  expect(await comp(['calc', ...args])).toMatchObject({ exit: 0 });
  expect(treeOf(join(dir, 'closes'))).toEqual(before);
});
