// Runs a Node program as a child and reports its time and memory, which this same file writes at exit in the child.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const REPORT = 'BENCH_USAGE_FILE';

const report = process.env[REPORT];
if (report !== undefined && isMainThread) {
  process.on('exit', () => writeFileSync(report, JSON.stringify(process.resourceUsage())));
}

/**
 * Runs `node ...args` to its end. Wall time includes the start of Node; peak memory is the resident set of
 * the process with all its threads, and never less than that of the caller, which should therefore stay small.
 */
export function measure(args) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'usage.json');
  try {
    const start = process.hrtime.bigint();
    const child = spawnSync(process.execPath, ['--import', import.meta.url, ...args], {
      env: { ...process.env, [REPORT]: file },
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
    const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (child.status !== 0) {
      const end = child.error?.message ?? child.signal ?? `exit code ${child.status}`;
      return { failed: true, message: `${end}\n${child.stderr ?? ''}`.trim() };
    }
    const usage = JSON.parse(readFileSync(file, 'utf8'));
    return {
      failed: false,
      wallSeconds,
      cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
      peakMiB: usage.maxRSS / 1024,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
