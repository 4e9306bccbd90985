/** docs/robustness.md: every fault of the machine ends as the table there says, and nothing is half-written. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compIn } from './support/comp.js';
import { isDeep, isQuick } from './support/depth.js';
import { copyOf, treeOf } from './support/folder.js';
import { BIN } from './support/program.js';

/** What bash runs in a workspace with results as of 2025-06-30 and one close; `comp` is the program. */
interface Case {
  readonly script: string;
  /** A module that is loaded before the program. */
  readonly first?: string;
}

const CALC = 'comp calc --as-of 2025-12-31';

/** A module that lets a call of `node:fs` fail if its arguments, as text, match. */
function failing(calls: readonly string[], code: string, pattern = ''): string {
  return `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    for (const call of ${JSON.stringify(calls)}) {
      const real = fs[call];
      fs[call] = (...all) => {
        if (!new RegExp(${JSON.stringify(pattern)}).test(String(all[0]))) return real(...all);
        const error = Object.assign(new Error('${code}'), { code: '${code}', syscall: call });
        const done = all.at(-1);
        if (typeof done !== 'function') throw error;
        done(error);
      };
    }
    syncBuiltinESMExports();`;
}

/** A module that sends the process a signal when it is about to place its results. */
function killing(signal: string): string {
  return `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    fs.renameSync = () => {
      process.kill(process.pid, '${signal}');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
    };
    syncBuiltinESMExports();`;
}

/** A module that sets the clock. */
function clock(time: number): string {
  return `
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...all) { super(...(all.length > 0 ? all : [${time}])); }
      static now() { return ${time}; }
    };`;
}

const WRITES = ['writeFileSync', 'write'];
const NUMBERS = '^\\d+$';

const CASES: Readonly<Record<string, Case>> = {
  'the folder for temporary files is not there': { script: 'TMPDIR=/not/there comp verify' },
  'the disk is full while results are written': {
    script: CALC,
    first: failing(WRITES, 'ENOSPC', NUMBERS),
  },
  'the share of the disk is used up': { script: CALC, first: failing(WRITES, 'EDQUOT', NUMBERS) },
  'the disk is full while a close is written': {
    script: 'comp close 2025-Q2',
    first: failing(WRITES, 'ENOSPC', NUMBERS),
  },
  'a file grows beyond the limit': { script: `ulimit -f 1; ${CALC}` },
  'the disk has an error while a ledger is read': {
    script: CALC,
    first: failing(['openSync'], 'EIO', 'payments\\.csv$'),
  },
  'the disk has an error while a close is read': {
    script: CALC,
    first: failing(['openSync'], 'EIO', 'closes.2025-Q1.postings\\.csv$'),
  },
  'the disk has an error while closes.id is read': {
    script: CALC,
    first: failing(['openSync'], 'EIO', 'closes\\.id$'),
  },
  'too few files may be open, for a close': {
    script: CALC,
    first: failing(['openSync'], 'EMFILE', 'closes.2025-Q1'),
  },
  'too few files may be open, for a ledger': {
    script: CALC,
    first: failing(['openSync'], 'EMFILE', 'invoices\\.csv$'),
  },
  'too few files may be open, for the program': {
    script: CALC,
    first: failing(['readFileSync'], 'EMFILE', 'package\\.json'),
  },
  'the folder is read-only': { script: CALC, first: failing(['mkdirSync'], 'EROFS') },
  'the folder may not be written to': { script: CALC, first: failing(['mkdirSync'], 'EACCES') },
  'the output folder is a file': { script: `${CALC} --out comp.yaml` },
  'the name of the output folder is too long': { script: `${CALC} --out "$(printf 'x%.0s' {1..300})"` },
  'the name of comp.yaml is no UTF-8': { script: `${CALC} --config $'\\xff\\xfe.yaml'` },
  'the current folder is gone': { script: `mkdir gone; cd gone; rmdir ../gone; ${CALC}` },
  'standard output is on a full disk': { script: 'comp ageing --as-of 2025-12-31 --json >/dev/full' },
  'the reader of standard output has gone': {
    script: 'comp ageing --as-of 2025-12-31 --json 1>&3',
    // Standard output is a pipe whose reader has closed it.
    first: `
      import fs from 'node:fs';
      const real = process.stdout.write.bind(process.stdout);
      process.stdout._write = (_, __, done) => done(Object.assign(new Error('EPIPE'), { code: 'EPIPE', syscall: 'write' }));`,
  },
  'standard output is closed': { script: `${CALC} >&-` },
  'standard error is closed': { script: `${CALC} 2>&-` },
  'standard input is closed': { script: `${CALC} <&-` },
  'the terminal is closed (SIGHUP)': { script: CALC, first: killing('SIGHUP') },
  'it is interrupted (SIGINT)': { script: CALC, first: killing('SIGINT') },
  'it is ended (SIGTERM)': { script: CALC, first: killing('SIGTERM') },
  'it is killed (SIGKILL)': { script: CALC, first: killing('SIGKILL') },
  'there is too little memory': {
    script: CALC,
    first: 'const all = []; for (;;) all.push(new Array(1e6).fill({}));',
  },
  'the clock is in 1970, before what is closed': { script: 'comp calc', first: clock(0) },
  'the clock is in 9999': { script: 'comp calc', first: clock(Date.UTC(9999, 11, 31, 12)) },
  'a period is closed while the clock is in 9999': {
    script: 'comp close 2025-Q2',
    first: clock(Date.UTC(9999, 11, 31, 12)),
  },
  'a period is closed while the clock is in 1970': { script: 'comp close 2025-Q2 --early', first: clock(0) },
  'the time zone is unknown': { script: `TZ=Nowhere/Land ${CALC}` },
  'the language is Turkish': { script: `LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 ${CALC}` },
  'HOME and PATH are not set': { script: `unset HOME PATH; ${CALC}` },
  'the path has spaces and quotes': { script: CALC },
};

interface Row {
  readonly what: string;
  readonly exit: number;
  readonly says: string;
  readonly disk: string;
}

const ROWS: readonly Row[] = readFileSync(join(import.meta.dirname, '..', 'docs', 'robustness.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && /^\d+$/.test(cells[2] ?? ''))
  .map(([, what = '', exit, says = '', disk = '']) => ({ what, exit: Number(exit), says, disk }));

test('the table and the cases are the same', () => {
  expect(ROWS.map(({ what }) => what)).toEqual(Object.keys(CASES));
  expect(ROWS.length).toBeGreaterThanOrEqual(20);
});

function run(cwd: string, { script, first }: Case) {
  const flags =
    first === undefined
      ? ''
      : `--import 'data:text/javascript,${encodeURIComponent(first).replaceAll("'", '%27')}'`;
  const memory = script === CALC && first?.includes('new Array') ? '--max-old-space-size=64' : '';
  const comp = `comp() { "${process.execPath}" ${flags} ${memory} "${join(BIN, 'comp.js')}" "$@"; }`;
  return spawnSync('bash', ['-c', `exec 3>&1; ulimit -c 0; ${comp}\n${script}`], { cwd, encoding: 'utf8' });
}

describe.skipIf(isQuick || process.platform !== 'linux')('docs/robustness.md', () => {
  // Each is a process or two; outside CI every fifth is tried.
  test.each(ROWS.filter((_, at) => isDeep || at % 5 === 0))('$what', async ({ what, exit, says, disk }) => {
    const made = copyOf('scenarios/level-1');
    const dir = join(made, what.includes('spaces') ? `a "b" 'c' $d` : 'plain');
    const aside = `${made}-aside`;
    renameSync(made, aside);
    mkdirSync(made);
    renameSync(aside, dir);
    await compIn(dir, ['close', '2025-Q1', '--archive', '--quiet']);
    const before = ['calc', '--as-of', '2025-06-30', '--quiet', '--out', join(dir, 'out')];
    expect(await compIn(dir, before)).toMatchObject({ exit: 0 });
    const tree = treeOf(dir);
    const ended = run(dir, CASES[what] as Case);
    const text = `${ended.stdout}${ended.stderr}`.replaceAll(/\s+/g, ' ');
    expect({ exit: ended.status, text }).toEqual({ exit, text: expect.stringContaining(says) });
    expect(text).not.toMatch(/ at \S+ \(|failed\./);
    const left = Object.keys(treeOf(dir)).filter((name) => name.includes('.comp-'));
    if (disk === 'unchanged') {
      const visible = Object.entries(treeOf(dir)).filter(([name]) => !name.includes('.comp-'));
      expect(Object.fromEntries(visible)).toEqual(tree);
    } else {
      expect(treeOf(dir)['out/manifest.json']).not.toBe(tree['out/manifest.json']);
    }
    // Only a run that was killed leaves something, and the next one removes it.
    if (exit < 128) expect(left).toEqual([]);
    const after = run(dir, { script: `${CALC} --quiet` });
    expect({ exit: after.status, stderr: after.stderr }).toEqual({ exit: 0, stderr: '' });
    expect(Object.keys(treeOf(dir)).filter((name) => name.includes('.comp-'))).toEqual([]);
  });
});
