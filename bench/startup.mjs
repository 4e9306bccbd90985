// Measures a short run of comp against Node alone: every run cold, in rounds of alternating order.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKSPACE = fileURLToPath(new URL('../fixtures/scenarios/level-1/comp.yaml', import.meta.url));

/** The milliseconds of every run, by command; the first is `node -e 0`. */
export function runStartup({ program, runs }, onRound) {
  const out = mkdtempSync(join(tmpdir(), 'bench-'));
  const calc = ['calc', '--config', WORKSPACE, '--as-of', '2025-12-31', '--out', out];
  const commands = [
    { name: 'node -e 0', args: ['-e', '0'] },
    { name: 'comp --version', args: [program, '--version'] },
    { name: 'comp calc, 8 rows', args: [program, ...calc] },
  ].map((command) => ({ ...command, milliseconds: [] }));
  try {
    // What a run leaves in the caches of the system helps all later ones alike, so the first round is not counted.
    for (let round = -1; round < runs; round += 1) {
      onRound(`round ${round + 1} of ${runs}`);
      commands.forEach((_, turn) => {
        const { args, milliseconds } = commands[(turn + round + 1) % commands.length];
        const taken = millisecondsOf(args);
        if (round >= 0) milliseconds.push(taken);
      });
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
  return commands;
}

function millisecondsOf(args) {
  const start = process.hrtime.bigint();
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  const taken = Number(process.hrtime.bigint() - start) / 1e6;
  if (child.status !== 0) throw new Error(`node ${args.join(' ')} failed.\n${child.stderr}`);
  return taken;
}
