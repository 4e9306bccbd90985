// Measures how commands grow on workspaces of odd shapes: nothing may grow much faster than what it reads.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measure.mjs';
import { SHAPES } from './shapes.mjs';

/** The arguments of each command on a workspace. */
const COMMANDS = {
  calc: (config, out) => ['calc', '--config', config, '--as-of', '2025-12-31', '--quiet', '--out', out],
  ageing: (config) => ['ageing', '--config', config, '--as-of', '2025-12-31', '--quiet'],
  explain: (config) => ['explain', 'I1', '--config', config, '--as-of', '2025-12-31', '--quiet'],
  report: (config, out) => [
    'report',
    '--config',
    config,
    '--as-of',
    '2025-12-31',
    '--quiet',
    '--out',
    join(out, 'r.html'),
  ],
  statement: (config, out) => [
    'statement',
    '--config',
    config,
    '--quarter',
    '2023-Q4',
    '--quiet',
    '--out',
    out,
  ],
};

/** The CPU seconds of each command at each size, shape by shape: `{ shape, command, runs: [{ size, cpuSeconds, peakMiB }] }`. */
export function* growths({ program, sizes }, onRun) {
  for (const [shape, { files, commands, most = Number.POSITIVE_INFINITY }] of Object.entries(SHAPES)) {
    for (const command of commands) {
      const runs = sizes
        .map((size) => Math.min(size, most))
        .map((size) => {
          onRun(`${shape}, ${command}, ${size}`);
          return { size, ...run(program, command, files(size)) };
        });
      yield { shape, command, runs };
    }
  }
}

function run(program, command, files) {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
    const out = join(dir, 'out');
    mkdirSync(out);
    const measured = measure([program, ...COMMANDS[command](join(dir, 'comp.yaml'), out)]);
    if (measured.failed) throw new Error(`${command} failed: ${measured.message}`);
    return measured;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
