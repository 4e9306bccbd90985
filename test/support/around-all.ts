/** Runs once around all tests: prints what makes the run repeatable, and removes the folders that tests have made. */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SETTINGS } from './depth.js';

export function setup(): (() => void) | undefined {
  // Each project of vitest.config.ts comes by here.
  if (process.env['COMP_TEST_FOLDER'] !== undefined) return undefined;
  console.info(`tests: ${SETTINGS}`);
  const folder = mkdtempSync(join(inMemory() ?? tmpdir(), 'ct-'));
  // The processes of the tests start later, with this environment.
  const { TMPDIR } = process.env;
  Object.assign(process.env, { COMP_TEST_FOLDER: folder, TMPDIR: folder });
  return () => {
    delete process.env['COMP_TEST_FOLDER'];
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A folder in memory, where writing through to the disk takes no time; none where it is missing or has less than 2 GiB free. */
function inMemory(): string | undefined {
  const folder = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 2 * 1024 ** 3 ? folder : undefined;
  } catch {
    return undefined;
  }
}
