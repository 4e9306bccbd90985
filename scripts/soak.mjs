// Runs the built program for as long as it is given: random workspaces, random commands, random damage and kills.
//   npm run soak -- --minutes 5 [--seed 7]
// Prints the seed of each workspace. What it finds is printed with that seed, and kept in a folder: `--seed` repeats it.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killedBefore } from './kill-before.mjs';
import { randomFrom } from './random.mjs';

const COMP = join(import.meta.dirname, '..', 'dist', 'bin', 'comp.js');

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } },
});
const until = Date.now() + Number(values.minutes) * 60_000;
const first = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed);

const two = (number) => String(number).padStart(2, '0');

/** A workspace of a year, at a random level. */
function make(dir, random) {
  const day = (from) => `2024-${two(from + random(13 - from))}-${two(1 + random(28))}`;
  const invoices = ['invoice_id,customer_id,rep_id,invoice_date,due_date,amount'];
  const payments = ['payment_id,invoice_id,payment_date,amount'];
  for (let number = 1; number <= 3 + random(40); number += 1) {
    invoices.push(
      `I${number},C${random(5)},R${random(4)},${day(1)},${day(1)},${10 + random(9000)}.${two(random(100))}`,
    );
    if (random(3) > 0) payments.push(`P${number},I${number},${day(1)},${1 + random(9000)}.00`);
  }
  writeFileSync(join(dir, 'invoices.csv'), `${invoices.join('\n')}\n`);
  writeFileSync(join(dir, 'payments.csv'), `${payments.join('\n')}\n`);
  const level = random(5);
  const clawback = level === 1 || (level === 2 && random(2) === 0) ? ', clawback: {pastDueDays: 60}' : '';
  writeFileSync(
    join(dir, 'comp.yaml'),
    `currency: USD\npayPeriod: ${random(2) === 0 ? 'month' : 'quarter'}\nledgers: {invoices: invoices.csv, payments: payments.csv}\nplans:\n  - {id: p, level: ${level}, rate: ${1 + random(12)}%${clawback}}\n`,
  );
}

const pick = (among, random) => among[random(among.length)];
const period = (random) => (random(2) === 0 ? `2024-Q${1 + random(4)}` : `2024-${two(1 + random(12))}`);

/** A command with plausible arguments; `close` names the period that is open where one is known, signing one that is closed. */
function command(open, closed, random) {
  const target = random(5) > 0 && open !== undefined ? open : period(random);
  return pick(
    [
      () => [
        'close',
        target,
        ...(random(2) === 0 ? ['--archive'] : []),
        ...(random(2) === 0 ? ['--no-pages'] : []),
      ],
      () => ['close', target, '--no-pages'],
      () => ['close', target, '--preview'],
      () => ['close', closed ?? target, '--archive'],
      () => ['approve', closed ?? target, '--by', 'Soak Auditor'],
      () => ['handed-over', closed ?? target],
      () => ['reopen', target, '--reason', 'soak'],
      () => [
        'calc',
        ...(random(2) === 0 ? ['--period', target] : ['--as-of', '2025-12-31']),
        ...(random(4) === 0 ? ['--xlsx'] : []),
      ],
      () => ['check', '--as-of', '2025-12-31'],
      () => ['verify'],
      () => ['statement', '--quarter', target],
      () => ['report', '--period', target],
      () => ['explain', `R${random(4)}`, '--as-of', '2025-12-31'],
      () => ['ageing', '--as-of', '2024-10-31'],
      () => ['history'],
    ],
    random,
  )();
}

function run(dir, args, flags = []) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...flags, COMP, ...args], {
    cwd: dir,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status, signal, text: `${stdout}${stderr}` };
}

/** The periods that are closed. */
function closedIn(dir) {
  const folder = join(dir, 'closes');
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{4}-(Q\d|\d\d)$/.test(name)) : [];
}

function filesIn(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(dir, name)).isFile())
    .sort();
}

/** Changes an input, so that some rows are odd or broken. */
function spoilInput(dir, random) {
  const path = join(dir, pick(['invoices.csv', 'payments.csv', 'comp.yaml'], random));
  const bytes = readFileSync(path);
  if (random(3) === 0) bytes[random(bytes.length)] = random(256);
  else if (path.endsWith('payments.csv'))
    appendFileSync(
      path,
      `L${random(1e6)},I${1 + random(20)},2024-${two(1 + random(12))}-05,${1 + random(500)}.00\n`,
    );
  if (!path.endsWith('payments.csv') || random(3) === 0) writeFileSync(path, bytes);
}

/** Changes something under closes; what verify must name. */
function spoilClose(dir, random) {
  const files = filesIn(join(dir, 'closes')).filter((name) => !name.includes('.comp-'));
  if (files.length === 0) return undefined;
  const file = pick(files, random);
  const path = join(dir, 'closes', file);
  const bytes = readFileSync(path);
  if (random(3) === 0) rmSync(path);
  else if (random(2) === 0) writeFileSync(path, Buffer.concat([bytes, Buffer.from('x')]));
  else {
    const at = random(bytes.length);
    bytes[at] ^= 1 << random(8);
    writeFileSync(path, bytes);
  }
  return file;
}

const found = [];

function report(seed, step, args, what, dir, text) {
  const kept = mkdtempSync(join(tmpdir(), 'comp-soak-'));
  cpSync(dir, kept, { recursive: true });
  found.push({ seed, step });
  console.error(
    `FOUND seed ${seed}, step ${step}: comp ${args.join(' ')}: ${what}\nkept in ${kept}\n${text.slice(0, 2000)}\n`,
  );
}

/** One workspace, from its first command to the damage at its end. */
function soak(seed) {
  const random = randomFrom(seed);
  const dir = mkdtempSync(join(tmpdir(), 'comp-soak-run-'));
  make(dir, random);
  let open;
  let runs = 0;
  for (let step = 0; step < 14 && Date.now() < until; step += 1) {
    if (random(6) === 0) spoilInput(dir, random);
    const args = command(open, pick(closedIn(dir), random), random);
    const isKilled = random(4) === 0;
    const { status, signal, text } = run(dir, args, isKilled ? ['--import', killedBefore(random(60))] : []);
    runs += 1;
    open = /and (\S+) is still open/.exec(text)?.[1] ?? open;
    if (signal === 'SIGKILL' && isKilled) {
      const after = run(dir, ['verify']);
      if (after.status !== 0)
        report(seed, step, args, `killed, and then verify ends with ${after.status}`, dir, after.text);
    } else if (![0, 2].includes(status))
      report(seed, step, args, `exit ${status} ${signal ?? ''}`, dir, text);
    else if (/\n {4}at |failed\. /.test(text)) report(seed, step, args, 'a stack trace', dir, text);
  }
  const verified = run(dir, ['verify']);
  if (verified.status !== 0) report(seed, 'end', ['verify'], `exit ${verified.status}`, dir, verified.text);
  else {
    const spoilt = spoilClose(dir, random);
    if (spoilt !== undefined) {
      for (const args of [['verify'], ['calc', '--as-of', '2026-12-31'], ['close', '2025-Q1']]) {
        const { status, text } = run(dir, args);
        if (status !== 2) report(seed, `damage of ${spoilt}`, args, `exit ${status}`, dir, text);
      }
    }
  }
  rmSync(dir, { recursive: true });
  return runs;
}

let [workspaces, runs] = [0, 0];
for (let seed = first; Date.now() < until && (values.seed === undefined || workspaces === 0); seed += 1) {
  runs += soak(seed);
  workspaces += 1;
  if (workspaces % 10 === 0) console.log(`seeds ${first} to ${seed}: ${runs} runs, ${found.length} found`);
}
console.log(`${workspaces} workspaces (seeds from ${first}), ${runs} runs, ${found.length} found`);
process.exitCode = found.length > 0 ? 1 : 0;
