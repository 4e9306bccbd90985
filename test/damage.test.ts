/** R11.5, R11.7 Damage: whatever is changed, missing, added, renamed or swapped under `closes/` is named, and stops what builds on it. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dressedIn, featuresOf } from '../src/testing/features.js';
import { compIn, newFolder, type Ran } from './support/comp.js';
import { isDeep, isQuick, SEED } from './support/depth.js';
import { copyOf, edit, treeOf } from './support/folder.js';
import { forge } from './support/forged.js';
import { onDisk } from './support/on-disk.js';
import type { Meet } from './support/property.js';
import { randomFrom } from './support/random.js';
import type { Workspace } from './support/run.js';

/** As many histories, each with as many kinds of damage. */
const HISTORIES = isDeep ? 300 : isQuick ? 3 : 4;
const DAMAGES = 6;

const TODAY = { today: '2099-12-31' };

type Random = (below: number) => number;

/** Closes some periods of a workspace on disk, and undoes one now and then; false if nothing can be closed. */
async function closeSome(dir: string, random: Random): Promise<boolean> {
  let closed = 0;
  for (let tries = 0; tries < 4; tries += 1) {
    const period = await nextPeriod(dir);
    if (period === undefined) break;
    const flags = [...(random(3) === 0 ? ['--archive'] : []), ...(random(2) === 0 ? ['--no-pages'] : [])];
    const { exit } = await compIn(dir, ['close', period, '--quiet', ...flags], TODAY);
    if (exit !== 0) break;
    closed += 1;
    if (random(3) === 0) {
      const added = await compIn(dir, ['close', period, '--archive', '--quiet'], TODAY);
      expect(added, added.stderr).toMatchObject({ exit: 0 });
    }
    if (random(4) === 0 && closed > 1) {
      const undone = await compIn(dir, ['reopen', period, '--reason', 'once more', '--quiet'], TODAY);
      expect(undone).toMatchObject({ exit: 0 });
      closed -= 1;
    }
  }
  return closed > 0;
}

/** The period that the program asks for when another is to be closed. */
async function nextPeriod(dir: string): Promise<string | undefined> {
  for (const name of ['2098-Q4', '2098-12']) {
    const { stdout } = await compIn(dir, ['close', name, '--json'], TODAY);
    const { faults = [] } = JSON.parse(stdout || '{}');
    const fault = faults.find(({ code }: { code: string }) => code === 'close-out-of-order');
    const open = /and (\S+) is still open/.exec(fault?.message ?? '')?.[1];
    if (open !== undefined) return open;
  }
  return undefined;
}

/** Where verify may name what was damaged: any of these. */
type Named = readonly string[];

interface Damage {
  readonly what: string;
  /** Undefined if the closes have nothing to damage so. */
  readonly act: (closes: string, files: readonly string[], random: Random) => Named | undefined;
}

const pick = (among: readonly string[], random: Random): string | undefined => among[random(among.length)];

const DAMAGES_OF_FILES: readonly Damage[] = [
  {
    what: 'a bit flipped',
    act: (closes, files, random) => {
      const file = pick(files, random) as string;
      const bytes = readFileSync(join(closes, file));
      const at = random(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      writeFileSync(join(closes, file), bytes);
      return [file];
    },
  },
  {
    what: 'cut short',
    act: (closes, files, random) => {
      const file = pick(files, random) as string;
      const bytes = readFileSync(join(closes, file));
      writeFileSync(join(closes, file), bytes.subarray(0, random(bytes.length)));
      return [file];
    },
  },
  {
    what: 'grown',
    act: (closes, files, random) => {
      const file = pick(files, random) as string;
      writeFileSync(join(closes, file), `${['\n', ' ', 'x', '\0'][random(4)]}`, { flag: 'a' });
      return [file];
    },
  },
  {
    what: 'deleted',
    act: (closes, files, random) => {
      const file = pick(files, random) as string;
      rmSync(join(closes, file));
      return [file];
    },
  },
  {
    what: 'a file more',
    act: (closes, files, random) => {
      const file = join(
        dirname(pick(files, random) as string),
        ['x', 'postings.csv~', '.hidden', 'z/y'][random(4)] as string,
      );
      mkdirSync(dirname(join(closes, file)), { recursive: true });
      writeFileSync(join(closes, file), '');
      return [file, dirname(file)];
    },
  },
  {
    what: 'renamed',
    act: (closes, files, random) => {
      const file = pick(files, random) as string;
      renameSync(join(closes, file), join(closes, `${file}2`));
      return [file];
    },
  },
  {
    what: 'swapped',
    act: (closes, files, random) => {
      const [one, other] = [pick(files, random) as string, pick(files, random) as string];
      const [first, second] = [readFileSync(join(closes, one)), readFileSync(join(closes, other))];
      if (first.equals(second)) return undefined;
      writeFileSync(join(closes, one), second);
      writeFileSync(join(closes, other), first);
      // Without its record, a close has no file that could be checked, and an archive that was added later has none.
      if (other.endsWith('close.json')) return [other];
      return other.endsWith('archived.json') ? [one, other] : [one];
    },
  },
  {
    what: 'a link to a copy',
    act: (closes, files, random) => {
      const file = pick(files, random) as string;
      const copy = join(newFolder(), 'copy');
      renameSync(join(closes, file), copy);
      symlinkSync(copy, join(closes, file));
      return [file];
    },
  },
  {
    what: 'a pipe',
    act: (closes, files, random) => {
      const file = pick(files, random) as string;
      rmSync(join(closes, file));
      execFileSync('mkfifo', [join(closes, file)]);
      return [file];
    },
  },
  {
    what: 'a folder in its place',
    act: (closes, files, random) => {
      const file = pick(files, random) as string;
      rmSync(join(closes, file));
      mkdirSync(join(closes, file));
      return [file];
    },
  },
];

const periodsIn = (closes: string) =>
  readdirSync(closes)
    .filter((name) => /^\d{4}-/.test(name))
    .sort();

const undoneIn = (closes: string) => {
  try {
    return readdirSync(join(closes, 'reopened'));
  } catch {
    return [];
  }
};

const DAMAGES_OF_FOLDERS: readonly Damage[] = [
  {
    what: 'the newest close deleted',
    act: (closes) => {
      const name = periodsIn(closes).at(-1) as string;
      rmSync(join(closes, name), { recursive: true });
      return [name, 'HEAD.json'];
    },
  },
  {
    what: 'a close deleted',
    act: (closes, _, random) => {
      const name = pick(periodsIn(closes), random) as string;
      rmSync(join(closes, name), { recursive: true });
      return [name, 'HEAD.json'];
    },
  },
  {
    what: 'an undone close deleted',
    act: (closes, _, random) => {
      const name = pick(undoneIn(closes), random);
      if (name === undefined) return undefined;
      rmSync(join(closes, 'reopened', name), { recursive: true });
      return [`reopened/${name}`];
    },
  },
  {
    what: 'all undone closes deleted',
    act: (closes) => {
      const [name] = undoneIn(closes);
      rmSync(join(closes, 'reopened'), { recursive: true, force: true });
      return name === undefined ? undefined : [`reopened/${name}`];
    },
  },
  {
    what: 'a close renamed',
    act: (closes, _, random) => {
      const name = pick(periodsIn(closes), random) as string;
      const other = name.replace(/^\d{4}/, '2031');
      renameSync(join(closes, name), join(closes, other));
      return [`${other}/close.json`, name];
    },
  },
  {
    what: 'a close copied',
    act: (closes, _, random) => {
      const name = pick(periodsIn(closes), random) as string;
      const other = name.replace(/^\d{4}/, '2031');
      cpSync(join(closes, name), join(closes, other), { recursive: true });
      return [`${other}/close.json`];
    },
  },
  {
    what: 'two closes swapped',
    act: (closes, _, random) => {
      const [one, other] = [pick(periodsIn(closes), random) as string, periodsIn(closes)[0] as string];
      if (one === other) return undefined;
      renameSync(join(closes, one), join(closes, 'aside'));
      renameSync(join(closes, other), join(closes, one));
      renameSync(join(closes, 'aside'), join(closes, other));
      return [`${one}/close.json`];
    },
  },
  {
    what: 'the record of another period',
    act: (closes, _, random) => {
      const [one, other] = [pick(periodsIn(closes), random) as string, periodsIn(closes)[0] as string];
      if (one === other) return undefined;
      cpSync(join(closes, other, 'close.json'), join(closes, one, 'close.json'));
      return [`${one}/close.json`];
    },
  },
  {
    what: 'a close that is a link',
    act: (closes, _, random) => {
      const name = pick(periodsIn(closes), random) as string;
      const moved = join(newFolder(), name);
      renameSync(join(closes, name), moved);
      symlinkSync(moved, join(closes, name));
      return [name];
    },
  },
  {
    what: 'an empty folder more',
    act: (closes, _, random) => {
      const name = ['2020-Q1', 'x', `${periodsIn(closes)[0]}/x`, 'reopened/x'][random(4)] as string;
      mkdirSync(join(closes, name), { recursive: true });
      return [name, `${name}/close.json`];
    },
  },
];

const ALL = [...DAMAGES_OF_FILES, ...DAMAGES_OF_FOLDERS];

/** What verify names, without the folder of closes. */
function namedBy({ stdout }: Ran): readonly string[] {
  const { faults } = JSON.parse(stdout) as { faults: readonly { file?: string }[] };
  return faults.map(({ file = '' }) => file.replace('closes/', ''));
}

async function expectNamed(dir: string, named: Named, what: string): Promise<void> {
  const verified = await compIn(dir, ['verify', '--json'], TODAY);
  expect({ what, exit: verified.exit }, verified.stdout).toEqual({ what, exit: 2 });
  const found = namedBy(verified);
  expect(
    named.some((name) => found.includes(name)),
    `${what}: ${named} in ${found}`,
  ).toBe(true);
  const before = shapeOf(dir);
  for (const args of [
    ['calc', '--as-of', '2099-12-31', '--quiet', '--out', join(dir, 'out')],
    ['close', '2031-Q1', '--quiet'],
  ]) {
    const { exit, stdout, stderr } = await compIn(dir, args, TODAY);
    expect({ what, args, exit, stdout }, stderr).toEqual({ what, args, exit: 2, stdout: '' });
    expect(stderr, what).toContain('close-damaged');
  }
  expect(shapeOf(dir)).toEqual(before);
}

/** What there is, without reading pipes. */
function shapeOf(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => `${name} ${lstatSync(join(dir, name)).size}`)
    .sort();
}

describe.skipIf(process.platform === 'win32')('random histories with damage', () => {
  const workspaces = dressedIn(featuresOf(['credits', 'targets', 'pay']));

  test('every damage is named, and stops calc and close', async () => {
    const met = new Map<string, number>();
    const cases = fc.tuple(workspaces, fc.nat(1_000_000));
    for (const [{ history: workspace }, seed] of fc.sample(cases, { seed: SEED, numRuns: HISTORIES })) {
      await expectAllNamed(workspace, seed, (what) => met.set(what, (met.get(what) ?? 0) + 1));
    }
    if (isDeep) expect([...met.keys()].sort()).toEqual(ALL.map(({ what }) => what).sort());
  });
});

async function expectAllNamed(workspace: Workspace, seed: number, meet: Meet): Promise<void> {
  const random = randomFrom(seed);
  const whole = onDisk(workspace);
  if (!(await closeSome(whole, random))) return;
  // What follows from postings follows, whatever the plans.
  const { exit, stderr } = await compIn(whole, ['verify'], TODAY);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  const files = Object.keys(treeOf(join(whole, 'closes')));
  for (let turn = 0; turn < DAMAGES; turn += 1) {
    const dir = newFolder();
    cpSync(whole, dir, { recursive: true });
    const { what, act } = ALL[random(ALL.length)] as Damage;
    const named = act(join(dir, 'closes'), files, random);
    if (named !== undefined) {
      meet(what);
      await expectNamed(dir, named, `${what} (seed ${seed}, turn ${turn})`);
    }
    rmSync(dir, { recursive: true });
  }
  rmSync(whole, { recursive: true });
}

describe('R11.7 what was forged and sealed anew', () => {
  async function closed(...flags: readonly string[]): Promise<string> {
    const dir = copyOf('scenarios/level-1');
    expect(await compIn(dir, ['close', '2025-Q1', '--quiet'])).toMatchObject({ exit: 0 });
    expect(await compIn(dir, ['close', '2025-Q2', '--quiet', ...flags])).toMatchObject({ exit: 0 });
    return dir;
  }

  // In 2025-Q2, R1 has 250.00 clawed back, and owes it.
  test.each<[string, string, string, RegExp, string]>([
    ['pay in payroll.csv', 'payroll.csv', 'payroll.csv', /0\.00,0\.00,250\.00/, '9.00,0.00,250.00'],
    ['a day in payroll.csv', 'payroll.csv', 'payroll.csv', /2025-07-30/, '2025-07-31'],
    ['an amount in journal.csv', 'journal.csv', 'journal.csv', /250\.00/, '25.00'],
    ['an account in journal.csv', 'journal.csv', 'journal.csv', /recoverable/i, 'cash'],
    ['what is clawed back', 'quarters.csv', 'quarters.csv', /,250\.00,/, ',150.00,'],
    ['what is owed', 'quarters.csv', 'quarters.csv', /^(R1,2025-Q2.*),250\.00/m, '$1,0.00'],
    ['a posting', 'postings.csv', 'quarters.csv', /,250\.00/, ',150.00'],
  ])('%s', async (_, file, named, found, other) => {
    const dir = await closed();
    await forge(dir, '2025-Q2', file, (text) => text.replace(found, other));
    const { exit, stdout } = await compIn(dir, ['verify', '--json']);
    expect(exit, stdout).toBe(2);
    expect(namedBy({ exit, stdout, stderr: '' })).toEqual([`2025-Q2/${named}`]);
  });

  test('a line of payroll-lines.csv too many', async () => {
    const dir = await closed();
    await forge(dir, '2025-Q2', 'payroll-lines.csv', (text) => `${text}R1,2025-Q2,USD,paid,2025-Q2,,9.00\n`);
    const { exit, stdout } = await compIn(dir, ['verify', '--json']);
    expect([exit, namedBy({ exit, stdout, stderr: '' })]).toEqual([2, ['2025-Q2/payroll-lines.csv']]);
  });

  test('an archive', async () => {
    const dir = await closed('--archive');
    const [file] = readdirSync(join(dir, 'closes', '2025-Q2')).filter((name) => name.includes('payments'));
    await forge(dir, '2025-Q2', file as string, (text) =>
      text.replace('2000.00', '1999.00').replace('1000.00', '999.00'),
    );
    const { exit, stdout } = await compIn(dir, ['verify', '--json']);
    expect([exit, namedBy({ exit, stdout, stderr: '' })]).toEqual([2, ['2025-Q2/close.json']]);
  });

  test('in one close, while another is damaged otherwise', async () => {
    const dir = await closed();
    await forge(dir, '2025-Q2', 'payroll.csv', (text) => text.replace(/\d{4}-07-/, '2031-07-'));
    edit(join(dir, 'closes', '2025-Q1'), 'journal.csv', (text) => `${text}\n`);
    const { stdout } = await compIn(dir, ['verify', '--json']);
    expect(namedBy({ exit: 2, stdout, stderr: '' })).toEqual(['2025-Q1/journal.csv', '2025-Q2/payroll.csv']);
  });
});
