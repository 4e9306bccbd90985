/** Shared by the commands that change closes: one command at a time, and interrupted work is finished first. */
import { mkdirSync, rmdirSync } from 'node:fs';
import type { Fault } from '../problems/problem.js';
import { DamagedClose } from '../workspace/closes/read-closes.js';
import { finishReopening } from '../workspace/closes/reopened.js';
import { sweep } from '../workspace/folders.js';
import { acquireLock, heldReason, type Lock } from '../workspace/lock.js';
import { reasonOf } from '../workspace/reason.js';

/** The outcome of a change, or the faults that prevented it. */
export type Changed<Value> = { readonly value: Value } | { readonly faults: readonly Fault[] };

/**
 * Changes the closes while no other command does.
 *
 * @param dir - their folder, created if missing and removed if empty
 * @param notice - shows what an earlier run left unfinished
 */
export async function changeCloses<Value>(
  dir: string,
  notice: (text: string) => void,
  change: () => Promise<Changed<Value>>,
): Promise<Changed<Value>> {
  const place = { kind: 'run' } as const;
  let lock: Lock;
  try {
    lock = lockOf(dir);
  } catch (error) {
    return { faults: [{ code: 'unwritable-close', place, path: dir, reason: reasonOf(error) }] };
  }
  if (lock.kind === 'held')
    return { faults: [{ code: 'closes-locked', place, path: dir, holder: heldReason(lock) }] };
  try {
    sweep(dir);
    for (const [period, undone] of finishReopening(dir)) {
      if ('reason' in undone) {
        const path = `${dir}/${period}`;
        return { faults: [{ code: 'unwritable-close', place, path, reason: undone.reason }] };
      }
      notice(`An earlier run was interrupted while it reopened ${period}. It is finished now.`);
    }
    return await change();
  } catch (error) {
    if (error instanceof DamagedClose) return { faults: [error.fault] };
    throw error;
  } finally {
    lock.release();
    removeEmpty(dir);
  }
}

/** How often to recreate a folder that another run has removed because it was empty. */
const PATIENCE = 20;

/** Takes the lock of the folder, which is created if missing. */
function lockOf(dir: string): Lock {
  for (let tries = 1; ; tries += 1) {
    mkdirSync(dir, { recursive: true });
    try {
      return acquireLock(dir);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === PATIENCE) throw error;
    }
  }
}

function removeEmpty(dir: string): void {
  try {
    rmdirSync(dir);
  } catch {
    // It contains a close, or another run is writing one.
  }
}
