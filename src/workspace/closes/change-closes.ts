/** Changes the closes of a workspace: one command at a time, after it has finished what an interrupted one left. */
import { mkdirSync, rmdirSync } from 'node:fs';
import type { Refusal } from '../../engine/result.js';
import { acquireLock, heldReason, type Lock } from '../lock.js';
import { reasonOf } from '../reason.js';
import { sweep } from '../scratch.js';
import { checkCloses } from './check-closes.js';
import { finishHead } from './current-head.js';
import { closesFolder } from './folder.js';
import { HEAD } from './head.js';
import { findWorkspaceId, ownerFaults, writeOwner } from './owner.js';
import { finishReopening } from './reopened.js';

/**
 * Changes the closes while no other command does.
 *
 * @param config - the path of comp.yaml; the folder beside it is created if missing and removed if empty
 * @param notice - shows what an earlier run left unfinished
 * @throws DamagedClose if a close cannot be read
 */
export async function changeCloses<Outcome>(
  config: string,
  notice: (text: string) => void,
  change: () => Promise<Outcome>,
): Promise<Outcome | Refusal> {
  const place = { kind: 'run' } as const;
  const dir = closesFolder(config);
  let lock: Lock;
  try {
    lock = lockOf(dir);
  } catch (error) {
    const reason = reasonOf(error);
    return { kind: 'refused', faults: [{ code: 'unwritable-close', place, path: dir, reason }] };
  }
  if (lock.kind === 'held') {
    const holder = heldReason(lock);
    return { kind: 'refused', faults: [{ code: 'closes-locked', place, path: dir, holder }] };
  }
  try {
    const others = ownerFaults(config);
    if (others.length > 0) return { kind: 'refused', faults: others };
    // Nothing is finished, and nothing swept away, over a close that has changed.
    const { faults } = checkCloses(dir);
    if (faults.length > 0) return { kind: 'refused', faults };
    sweep(dir);
    for (const [period, undone] of finishReopening(dir)) {
      if (undone.kind === 'failed') {
        const { reason } = undone;
        const path = `${dir}/${period}`;
        return { kind: 'refused', faults: [{ code: 'unwritable-close', place, path, reason }] };
      }
      notice(`An earlier run was interrupted while it reopened ${period}. It is finished now.`);
    }
    if (await finishHead(dir)) {
      notice(`An earlier run was interrupted before it wrote ${dir}/${HEAD}. It is finished now.`);
    }
    const id = findWorkspaceId(config);
    if (id !== undefined) await writeOwner(config, id);
    return await change();
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
