// Runs contestants in rounds, each round in the opposite order of the one before, and compares their results.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.mjs';

const COMPARE = fileURLToPath(new URL('compare.mjs', import.meta.url));

/**
 * Measures every contestant `runs` times on one workspace. The runs of a round are close in time, so ratios are
 * computed within rounds; the folder for results is removed before each run, outside the timed part.
 *
 * @returns {{ name: string, runs: object[], message?: string }[]} in the order of the contestants; a failed one
 *   has a message and is not run again
 */
export function runRounds(contestants, { dir, asOf, mode, runs }, progress) {
  const results = contestants.map(({ name, ledgers, rivals }) => ({ name, ledgers, rivals, runs: [] }));
  for (let round = 0; round < runs; round += 1) {
    const order = contestants.map((_, n) => (round % 2 === 0 ? n : contestants.length - 1 - n));
    for (const n of order.filter((n) => results[n].message === undefined)) {
      const { name, args } = contestants[n];
      progress(`round ${round + 1} of ${runs}: ${name}`);
      const out = join(dir, 'out', name);
      rmSync(out, { recursive: true, force: true });
      const run = measure(args({ dir, out, asOf, only: mode.flags }));
      if (run.failed) results[n].message = run.message;
      else results[n].runs.push(run);
    }
  }
  return results;
}

/** What differs between the results of comp and those of a peer, in words; nothing if they are the same. */
export function findDifferences({ dir, mode, name }) {
  const folders = [join(dir, 'out', 'comp'), join(dir, 'out', name)];
  // In a separate process, for the same reason as in workspaces.mjs; ten million invoices need the memory.
  const args = ['--max-old-space-size=8192', COMPARE, ...folders, ...mode.flags];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status === 0) return undefined;
  return `${stdout}${stderr}`.trim();
}
