// Measures `comp calc` on made-up ledgers of growing size: time, memory, and whether time is linear in rows.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PLANS, SUMMARY, writePlan } from './ledgers.mjs';
import { measure } from './measure.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAKER = fileURLToPath(new URL('ledgers.mjs', import.meta.url));
const AS_OF = '2025-12-31';

/** The run that seconds per row are compared with: this size where it is measured, else the smallest. */
const BASE_SIZE = 10_000;

const MODES = [
  { name: 'quarters', flags: ['--only', 'quarters'] },
  { name: 'postings', flags: [] },
];

const COLUMNS = ['invoices', 'rows read', 'mode', 'wall s', 'CPU s', 'peak MiB', 'rows/s', 's/row, relative'];

const USAGE = `Usage: node bench/bench.mjs [options]

Makes ledgers under .bench/ (once; they are kept), runs 'comp calc' on them as a process of its own,
once per size and mode (quarters only, and with postings), and prints one table. The last column is
seconds per row as a multiple of the ${BASE_SIZE.toLocaleString('en-US')} run's (or the smallest one's):
1.00 or less all the way down is linear.

  --sizes LIST    numbers of invoices (default 10000,100000,1000000)
  --plan NAME     ${Object.keys(PLANS).join(', ')}
                  (default tiered-level-1)
  --ties          ledgers whose commissions end in exactly half a cent again and again
  --seed N        other ledgers (default 1)
  --fresh         make the ledgers again even if they are there (after a change to ledgers.mjs)
  --program FILE  the program to measure (default dist/bin/comp.js: run 'npm run build' first)
  -h, --help      show this
`;

try {
  const options = readOptions();
  if (options.help) console.log(USAGE);
  else process.exitCode = await bench(options);
} catch (error) {
  console.error(`${error.message}\n\nSee node bench/bench.mjs --help.`);
  process.exitCode = 2;
}

async function bench({ sizes, plan, ties, seed, fresh, program }) {
  console.log(
    `node ${process.version}, ${process.platform} ${process.arch}, ${cpus()[0]?.model ?? 'unknown CPU'}`,
  );
  console.log(
    `${availableParallelism()} CPUs; plan ${plan}${ties ? ', ties' : ''}, seed ${seed}, as of ${AS_OF}\n`,
  );
  const workspaces = [];
  for (const size of sizes) workspaces.push(await prepare({ size, plan, ties, seed, fresh }));

  const results = [];
  for (const { size, dir, rows } of workspaces) {
    for (const mode of MODES) {
      progress(`calc ${size} invoices, ${mode.name}`);
      const paths = ['--config', join(dir, 'comp.yaml'), '--out', join(dir, 'out')];
      const args = [program, 'calc', ...paths, '--as-of', AS_OF, '--quiet', ...mode.flags];
      results.push({ size, rows, mode: mode.name, ...measure(args) });
    }
  }
  progress('');
  const failures = results.filter((result) => result.failed);
  console.log(table([COLUMNS, ...results.map((result) => cells(result, results))]));
  for (const { size, mode, message } of failures) console.error(`\n${size} invoices, ${mode}: ${message}`);
  return failures.length > 0 ? 1 : 0;
}

/** The workspace of that size, made where it is not there yet, with the plan to measure. */
async function prepare({ size, plan, ties, seed, fresh }) {
  const dir = join(ROOT, '.bench', `${size}-seed-${seed}${ties ? '-ties' : ''}`);
  const summary = join(dir, SUMMARY);
  if (fresh || !existsSync(summary)) {
    progress(`making ledgers of ${size} invoices`);
    // In a process of its own: the peak memory of a child is no less than its parent's (see measure.mjs).
    const args = [
      MAKER,
      '--invoices',
      String(size),
      '--seed',
      String(seed),
      '--dir',
      dir,
      ...(ties ? ['--ties'] : []),
    ];
    const made = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (made.status !== 0) throw new Error(`the ledgers of ${size} invoices could not be made`);
  }
  await writePlan(dir, plan);
  const { rows } = JSON.parse(readFileSync(summary, 'utf8'));
  return { size, dir, rows: Object.values(rows).reduce((sum, count) => sum + count, 0) };
}

function cells(result, results) {
  const { size, rows, mode, failed, wallSeconds, cpuSeconds, peakMiB } = result;
  const start = [count(size), count(rows), mode];
  if (failed) return [...start, 'failed', '', '', '', ''];
  const relative = findRelative(result, results);
  return [
    ...start,
    wallSeconds.toFixed(2),
    cpuSeconds.toFixed(2),
    peakMiB.toFixed(0),
    count(Math.round(rows / wallSeconds)),
    relative === undefined ? '' : relative.toFixed(2),
  ];
}

/** Seconds per row as a multiple of the base run's in the same mode. */
function findRelative({ mode, rows, wallSeconds }, results) {
  const runs = results.filter((result) => result.mode === mode);
  const base = runs.find((run) => run.size === BASE_SIZE) ?? runs[0]; // sizes rise
  return base.failed ? undefined : wallSeconds / rows / (base.wallSeconds / base.rows);
}

/** Columns as wide as their widest cell; the mode to the left, numbers to the right. */
function table(lines) {
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const left = COLUMNS.indexOf('mode');
  const aligned = (text, column) =>
    column === left ? text.padEnd(widths[column]) : text.padStart(widths[column]);
  return lines.map((line) => line.map(aligned).join('  ').trimEnd()).join('\n');
}

function count(number) {
  return number.toLocaleString('en-US');
}

/** One line that is overwritten; only where somebody looks. */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '10000,100000,1000000' },
      plan: { type: 'string', default: 'tiered-level-1' },
      ties: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      fresh: { type: 'boolean', default: false },
      program: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const sizes = [...new Set(values.sizes.split(',').map(Number))].sort((a, b) => a - b);
  const program = values.program === undefined ? join(ROOT, 'dist/bin/comp.js') : resolve(values.program);
  const seed = Number(values.seed);
  if (!values.help) {
    if (!sizes.every((size) => Number.isSafeInteger(size) && size > 0)) {
      throw new Error(`--sizes ${values.sizes}: expected whole numbers, as in 10000,100000`);
    }
    if (!Object.hasOwn(PLANS, values.plan)) {
      throw new Error(`--plan ${values.plan}: expected one of ${Object.keys(PLANS).join(', ')}`);
    }
    if (!Number.isSafeInteger(seed)) throw new Error(`--seed ${values.seed}: expected a whole number`);
    if (!existsSync(program)) throw new Error(`there is no ${program}: build it with 'npm run build'`);
  }
  return { ...values, sizes, seed, program };
}
