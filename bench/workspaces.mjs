// The ledgers to measure on, generated once and kept in .bench/.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EDITION, SUMMARY } from './ledgers.mjs';
import { writePlans } from './plans.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAKER = fileURLToPath(new URL('ledgers.mjs', import.meta.url));

/** The workspace of that size, generated if missing; `rows` has the rows of each ledger. */
export async function prepareWorkspace({ size, ties, seed, fresh }) {
  const dir = join(ROOT, '.bench', `${size}-seed-${seed}${ties ? '-ties' : ''}`);
  if (fresh || findSummary(dir)?.edition !== EDITION) makeLedgers({ size, ties, seed, dir });
  await writePlans(dir);
  return { size, dir, rows: findSummary(dir).rows };
}

function findSummary(dir) {
  const file = join(dir, SUMMARY);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** In a separate process, because the peak memory of a child is never less than its parent's (see measure.mjs). */
function makeLedgers({ size, ties, seed, dir }) {
  const args = [
    '--invoices',
    String(size),
    '--seed',
    String(seed),
    '--dir',
    dir,
    ...(ties ? ['--ties'] : []),
  ];
  const made = spawnSync(process.execPath, [MAKER, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (made.status !== 0) throw new Error(`the ledgers of ${size} invoices could not be generated`);
}
