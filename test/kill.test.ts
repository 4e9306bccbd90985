/**
 * Runs that are killed (kill -9) at any moment: the folder has all results of one run, or the next one makes it so, and
 * nothing else is left in it.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { finishPublish } from '../src/workspace/publish.js';
import { isDeep, RUNS, SEED } from './support/depth.js';
import { folderWith, leftIn, treeOf, visibleIn } from './support/folder.js';
import { type Ended, program } from './support/program.js';
import { randomFrom } from './support/random.js';
import { underFire } from './support/under-fire.js';

/** How many runs are killed: 40 in CI. */
const KILLS = Math.ceil(RUNS / 25);

const INVOICES = 1500;

/** A workspace whose ledgers take a while, and two ways to close it, which write other figures into other files. */
function workspace(): string {
  const random = randomFrom(1);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = (month: number) => `2025-${two(month)}-${two(1 + random(28))}`;
  const invoices = ['invoice_id,customer_id,rep_id,invoice_date,due_date,amount'];
  const payments = ['payment_id,invoice_id,payment_date,amount'];
  for (let number = 1; number <= INVOICES; number += 1) {
    const month = 1 + random(8);
    const amount = 100 + random(100_000);
    invoices.push(`I${number},C${random(300)},R${random(40)},${day(month)},${day(month + 1)},${amount}.00`);
    payments.push(`P${number}a,I${number},${day(month + 2)},${Math.floor(amount / 2)}.00`);
    if (random(2) === 0)
      payments.push(`P${number}b,I${number},${day(month + 3)},${Math.floor(amount / 4)}.00`);
  }
  const terms = 'currency: USD\nledgers: {invoices: invoices.csv, payments: payments.csv}\n';
  return folderWith({
    'invoices.csv': `${invoices.join('\n')}\n`,
    'payments.csv': `${payments.join('\n')}\n`,
    'a.yaml': `${terms}plans: [{id: a, level: 3, rate: 10%}]\n`,
    'b.yaml': `${terms}payPeriod: month\nplans: [{id: b, level: 2, rate: 8%}]\n`,
  });
}

const WAYS = {
  a: ['calc', '--config', 'a.yaml', '--as-of', '2025-12-31'],
  b: ['calc', '--config', 'b.yaml', '--as-of', '2025-12-31', '--only', 'quarters'],
} as const;

type Way = keyof typeof WAYS;
const BOTH = Object.keys(WAYS) as Way[];

type Results = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What each way writes where nobody disturbs it, and how long one takes. */
async function undisturbed(dir: string): Promise<{ readonly results: Results; readonly takes: number }> {
  const results: Record<string, Record<string, string>> = { none: {} };
  const start = performance.now();
  for (const way of BOTH) {
    const ended = await program([...WAYS[way], '--out', `only-${way}`], { cwd: dir });
    expect(ended.exit, ended.stderr).toBe(0);
    results[way] = visibleIn(join(dir, `only-${way}`));
  }
  return { results, takes: (performance.now() - start) / BOTH.length };
}

/** Whose results a folder has, byte for byte; undefined where they are nobody's, or of both. */
function findWay(out: string, results: Results): string | undefined {
  const found = JSON.stringify(visibleIn(out));
  return Object.keys(results).find((way) => JSON.stringify(results[way]) === found);
}

/** What a folder shows of the moment in which a run was killed. */
function momentOf(out: string): string {
  const left = leftIn(out);
  if (left.includes('.comp-ready')) return 'placing';
  if (left.some((name) => name.startsWith('.comp-new-'))) return 'writing';
  return left.length > 0 ? 'locked' : 'not writing';
}

test.runIf(isDeep)(
  'comp calc killed again and again leaves results that are whole, or that the next one makes whole',
  async () => {
    const dir = workspace();
    const { results, takes } = await undisturbed(dir);
    const random = randomFrom(SEED);
    const out = join(dir, 'out');
    mkdirSync(out);
    const moments: Record<string, number> = { 'not writing': 0, locked: 0, writing: 0, placing: 0 };
    const args = (turn: number) => WAYS[turn % 2 === 0 ? 'a' : 'b'];
    let before: string | undefined = 'none';
    const check = async (turn: number, { wasKilled, exit, stderr }: Ended) => {
      const what = `turn ${turn} (COMP_SEED=${SEED})`;
      const moment = momentOf(out);
      const now = turn % 2 === 0 ? 'a' : 'b';
      if (wasKilled) moments[moment] = (moments[moment] ?? 0) + 1;
      else
        expect([exit, findWay(out, results), moment], `${what} ${stderr}`).toEqual([0, now, 'not writing']);
      if (moment !== 'placing') expect([before, now], what).toContain(findWay(out, results));
      if (random(5) > 0) {
        const { finished, reason } = await finishPublish(out);
        expect(reason, what).toBeUndefined();
        if (moment !== 'placing') expect(finished, what).toEqual([]);
        else expect(findWay(out, results), what).toBe(now);
      } else {
        const next = BOTH[random(2)] as Way;
        const ended = await program(WAYS[next], { cwd: dir });
        expect([ended.exit, findWay(out, results)], `${what} ${ended.stderr}`).toEqual([0, next]);
        if (moment !== 'placing') expect(ended.stderr, what).not.toContain('An earlier run');
      }
      before = findWay(out, results);
      expect(Object.keys(results), what).toContain(before);
      expect(leftIn(out), what).toEqual([]);
    };
    const survived = await underFire({ kills: KILLS, random, args, cwd: dir, written: out, takes, check });
    const listed = Object.entries(moments).map(([moment, count]) => `${moment} ${count}`);
    console.info(
      `kills: ${KILLS}, COMP_SEED=${SEED}, runs of ${Math.round(takes)} ms: ${listed.join(', ')}; ${survived} ended before`,
    );
  },
);

/** The files of every close by their paths, but for what comp has there while it writes, and for what is no close. */
function closesIn(dir: string): Readonly<Record<string, string>> {
  const all = treeOf(join(dir, 'closes'));
  return Object.fromEntries(Object.entries(all).filter(([path]) => !path.includes('.comp-')));
}

test.runIf(isDeep)(
  'comp close and comp reopen killed again and again leave the closes of before, or those of after',
  async () => {
    const dir = workspace();
    const run = (...args: string[]) => program([...args, '--config', 'a.yaml'], { cwd: dir });
    // The first close stays; the second is made and undone again and again.
    expect((await run('close', '2025-Q1', '--archive')).exit).toBe(0);
    const opened = closesIn(dir);
    const start = performance.now();
    expect((await run('close', '2025-Q2')).exit).toBe(0);
    const takes = performance.now() - start;
    const second = ownFiles(closesIn(dir), '2025-Q2');
    expect((await run('reopen', '2025-Q2', '--reason', 'to begin with')).exit).toBe(0);
    const random = randomFrom(SEED + 1);
    const moments = { 'nothing left': 0, 'something left': 0 };
    const isClosed = () => existsSync(join(dir, 'closes', '2025-Q2')) && !isUndone();
    const isUndone = () => existsSync(join(dir, 'closes', '2025-Q2', 'reopen.json'));
    const args = () =>
      isClosed()
        ? ['reopen', '2025-Q2', '--reason', 'again', '--config', 'a.yaml']
        : ['close', '2025-Q2', '--config', 'a.yaml'];
    const check = async (turn: number, { wasKilled, exit, stderr }: Ended) => {
      const what = `turn ${turn} (COMP_SEED=${SEED})`;
      if (!wasKilled) expect(exit, `${what} ${stderr}`).toBe(0);
      else moments[leftIn(join(dir, 'closes')).length > 0 ? 'something left' : 'nothing left'] += 1;
      // Whatever was begun is whole, or not there.
      const files = closesIn(dir);
      expect(ownFiles(files, '2025-Q1'), what).toEqual(ownFiles(opened, '2025-Q1'));
      if (isClosed()) expect(withoutRecord(ownFiles(files, '2025-Q2')), what).toEqual(withoutRecord(second));
      else if (!isUndone()) expect(ownFiles(files, '2025-Q2'), what).toEqual({});
      // The next command finishes what there is to finish, and every byte is in its place then.
      const next = random(2) === 0 ? await run('close', '2025-Q1') : await run('close', '2025-Q2');
      expect(next.exit, `${what} ${next.stderr}`).toBe(0);
      expect(leftIn(join(dir, 'closes')), what).toEqual([]);
      if (turn % 5 === 0) {
        const verified = await run('verify');
        expect(verified.exit, `${what} ${verified.stderr}`).toBe(0);
      }
    };
    const written = join(dir, 'closes');
    const kills = Math.ceil(KILLS / 4);
    const survived = await underFire({ kills, random, args, cwd: dir, written, takes, check });
    const listed = Object.entries(moments).map(([moment, count]) => `${moment} ${count}`);
    console.info(
      `kills of closes: ${kills} COMP_SEED=${SEED}, runs of ${Math.round(takes)} ms: ${listed.join(', ')}; ${survived} ended before`,
    );
  },
);

/** The files of one close. */
function ownFiles(files: Readonly<Record<string, string>>, period: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(`${period}/`)));
}

/** A record names what was undone before it, which is more each time. */
function withoutRecord({ ...files }: Record<string, string>): Record<string, string> {
  for (const path of Object.keys(files)) if (path.endsWith('/close.json')) delete files[path];
  return files;
}

test('two at once: each writes all of its results, or reports that the other is writing', async () => {
  const dir = workspace();
  const { results } = await undisturbed(dir);
  for (let round = 0; round < (isDeep ? 3 : 1); round += 1) {
    const ended = await Promise.all(BOTH.map((way) => program(WAYS[way], { cwd: dir })));
    const done = BOTH.filter((_, index) => ended[index]?.exit === 0);
    expect(done.length).toBeGreaterThan(0);
    for (const { exit, stderr } of ended) {
      if (exit === 0) continue;
      expect([exit, stderr]).toEqual([
        2,
        expect.stringMatching(/another comp \(process \d+\) is writing there/),
      ]);
    }
    expect(done).toContain(findWay(join(dir, 'out'), results));
    expect(leftIn(join(dir, 'out'))).toEqual([]);
  }
});
