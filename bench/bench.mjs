// Measures `comp calc` on generated ledgers of growing size, and compares it with peers that do the simple form of its job.
import { existsSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { arePeersInstalled, contestantsFor, PEER_NAMES } from './contestants.mjs';
import { growths } from './growth.mjs';
import { PLANS, SIMPLE } from './plans.mjs';
import { BASE_SIZE, growthTable, ratiosTable, runsTable, startupTable } from './report.mjs';
import { findDifferences, runRounds } from './rounds.mjs';
import { runStartup } from './startup.mjs';
import { prepareWorkspace } from './workspaces.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const AS_OF = '2025-12-31';

const MODES = [
  { name: 'quarters', flags: ['--only', 'quarters'] },
  { name: 'postings', flags: [] },
];

const USAGE = `Usage: node bench/bench.mjs [options]

Generates ledgers under .bench/ (once; they are kept) and runs 'comp calc' on them: on the simple form of the job (plan
${SIMPLE}, "comp") and on another plan. Runs the peers of bench/peers on the simple form. Every run is a separate process,
in rounds of alternating order, with quarters only and with postings. Prints medians, and the medians of the ratios
within rounds. Compares the results of comp and the peers to the cent; if they differ, the exit code is 1.

"s/row, relative" is seconds per row as a multiple of the ${BASE_SIZE.toLocaleString('en-US')} run's (or the smallest one's): 1.00 or
less in every row means linear. "growth" is the time as a multiple of the previous size's time.

  --sizes LIST    numbers of invoices (default 10000,100000,1000000)
  --huge          also 10,000,000 invoices; skips 'naive' there
  --runs N        rounds (default 3; 25 with --startup)
  --only MODE     ${MODES.map(({ name }) => name).join(' or ')} (default both)
  --plan NAME     the other plan: ${Object.keys(PLANS).join(', ')}
                  (default tiered-level-1; with ${SIMPLE} there is none)
  --peers LIST    ${PEER_NAMES.join(',')} (default both), or none
  --ordered       the peers write postings in the same order as comp, not in any order
  --ties          ledgers in which many commissions fall on exactly half a cent
  --seed N        the seed of the ledgers (default 1)
  --fresh         generate the ledgers again even if they exist
  --startup       measure short runs only: comp --version and comp calc on a workspace of 8 rows, compared with node -e 0
  --growth        measure workspaces of odd shapes instead, such as one invoice with all payments (default sizes 20000,100000)
  --program FILE  the program to measure (default dist/bin/comp.js: run 'npm run build' first)
  -h, --help      show this
`;

try {
  const options = readOptions();
  if (options.help) console.log(USAGE);
  else if (options.startup) startup(options);
  else if (options.growth) growth(options);
  else process.exitCode = await bench(options);
} catch (error) {
  console.error(`${error.message}\n\nSee node bench/bench.mjs --help.`);
  process.exitCode = 2;
}

function startup(options) {
  console.log(`node ${process.version}, ${machine()}\nmedian of ${options.runs}\n`);
  const commands = runStartup(options, progress);
  progress('');
  console.log(startupTable(commands));
}

function growth(options) {
  console.log(`node ${process.version}, ${machine()}\nCPU seconds, once\n`);
  const found = [...growths(options, progress)];
  progress('');
  console.log(growthTable(found));
}

async function bench(options) {
  printSurroundings(options);
  const workspaces = [];
  for (const size of options.sizes) {
    progress(`ledgers of ${size} invoices`);
    workspaces.push(await prepareWorkspace({ ...options, size }));
  }
  const results = [];
  const failures = [];
  for (const workspace of workspaces) {
    for (const mode of options.modes) {
      const measured = measureMode(workspace, mode, options);
      results.push(...measured);
      const comparable = measured[0].message === undefined; // with comp's simple form
      failures.push(...measured.flatMap((result) => failuresAbout(result, workspace, mode, comparable)));
    }
  }
  progress('');
  console.log(`${runsTable(results)}\n\n${ratiosTable(results)}`.trimEnd());
  if (failures.length === 0 && options.peers.length > 0) console.log('\nAll results agree to the cent.');
  for (const failure of failures) console.error(`\n${failure}`);
  return failures.length > 0 ? 1 : 0;
}

function printSurroundings({ runs, plan, ties, seed, peers, peersMissing }) {
  console.log(`node ${process.version}, ${machine()}`);
  console.log(
    `median of ${runs}; ${[...new Set([SIMPLE, plan])].join(' and ')}${ties ? ', ties' : ''}, seed ${seed}, as of ${AS_OF}; peers: ${
      peers.join(', ') || 'none'
    }`,
  );
  if (peersMissing) {
    console.log("comp is measured alone: the peers' packages are missing (npm ci --prefix bench/peers)");
  }
  console.log('');
}

function machine() {
  const processor = cpus()[0]?.model.trim() ?? 'unknown CPU';
  return `${process.platform} ${process.arch}, ${availableParallelism()} × ${processor}`;
}

function measureMode({ size, dir, rows }, mode, options) {
  const contestants = contestantsFor(size, options);
  const job = { dir, asOf: AS_OF, mode, runs: options.runs };
  const onRound = (text) => progress(`${size} invoices, ${mode.name}, ${text}`);
  return runRounds(contestants, job, onRound).map((result) => ({
    ...result,
    size,
    mode: mode.name,
    rows: result.ledgers.reduce((sum, ledger) => sum + rows[ledger], 0),
  }));
}

/** A run that failed, or a peer's result that differs from comp's. */
function failuresAbout({ name, rivals, message }, { size, dir }, mode, comparable) {
  const where = `${size} invoices, ${mode.name}, ${name}`;
  if (message !== undefined) return [`${where}: ${message}`];
  if (!rivals || !comparable) return [];
  progress(`${where}: comparing`);
  const differences = findDifferences({ dir, mode, name });
  return differences === undefined
    ? []
    : [`${where}: the results of comp (first) and ${name} differ\n${differences}`];
}

/** A line that the next one overwrites; only on a terminal. */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string' },
      huge: { type: 'boolean', default: false },
      runs: { type: 'string' },
      only: { type: 'string' },
      plan: { type: 'string', default: 'tiered-level-1' },
      peers: { type: 'string', default: PEER_NAMES.join(',') },
      ordered: { type: 'boolean', default: false },
      ties: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      fresh: { type: 'boolean', default: false },
      startup: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      program: { type: 'string', default: join(ROOT, 'dist/bin/comp.js') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return values;
  const written = values.sizes ?? (values.growth ? '20000,100000' : '10000,100000,1000000');
  const sizes = [...new Set([...written.split(',').map(Number), ...(values.huge ? [10_000_000] : [])])];
  const peers = values.peers === 'none' ? [] : values.peers.split(',');
  const runs = Number(values.runs ?? (values.startup ? 25 : 3));
  const seed = Number(values.seed);
  const program = resolve(values.program);
  const modes = MODES.filter(({ name }) => values.only === undefined || values.only === name);
  const isCount = (number) => Number.isSafeInteger(number) && number > 0;
  const oneOf = (names) => `expected one of ${names.join(', ')}`;
  demand(sizes.every(isCount), `--sizes ${written}: expected whole numbers, as in 10000,100000`);
  demand(isCount(runs), `--runs ${values.runs}: expected a whole number above 0`);
  demand(Number.isSafeInteger(seed), `--seed ${values.seed}: expected a whole number`);
  demand(modes.length > 0, `--only ${values.only}: ${oneOf(MODES.map(({ name }) => name))}`);
  demand(Object.hasOwn(PLANS, values.plan), `--plan ${values.plan}: ${oneOf(Object.keys(PLANS))}`);
  demand(
    peers.every((name) => PEER_NAMES.includes(name)),
    `--peers ${values.peers}: ${oneOf([...PEER_NAMES, 'none'])}`,
  );
  demand(existsSync(program), `there is no ${program}: run 'npm run build' first`);
  const peersMissing = peers.length > 0 && !arePeersInstalled();
  return {
    ...values,
    ...{ runs, seed, program, modes, peersMissing },
    sizes: sizes.sort((a, b) => a - b),
    peers: peersMissing ? [] : peers,
  };
}

function demand(condition, message) {
  if (!condition) throw new Error(message);
}
