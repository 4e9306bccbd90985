/** Undone closes, which are kept under `closes/reopened` with the reason (R11.6). */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { largestOf } from '../../largest.js';
import { moveFolder } from '../folders.js';
import { sha256 } from '../input-file.js';
import { reasonOf } from '../reason.js';
import { scratchName } from '../scratch.js';
import { write } from '../to-disk.js';
import { DamagedClose } from './damaged-close.js';
import { approvalsIn } from './events.js';
import { periodsIn, RECORD, REOPENED, reopenedIn } from './folder.js';
import { bytesAt } from './kept-bytes.js';
import { findUndoing, REOPEN_RECORD, type StoredClose } from './read-closes.js';
import { findReopenRecord, type ReopenedClose, type ReopenRecord, sealed } from './record.js';

/** The outcome of undoing a close. */
type Undoing =
  /** Where it is kept, from the folder of closes. */
  | { readonly kind: 'undone'; readonly kept: string }
  /** Why it cannot be undone, in words: it stays closed. */
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Undoes a close: writes the reason beside its record, and moves the folder away.
 *
 * @param dir - the folder of the closes, whose lock the caller holds
 */
export async function undoClose(
  dir: string,
  { folder, period, sha256: hash, events }: StoredClose,
  facts: Pick<ReopenRecord, 'version' | 'reopenedOn' | 'reason' | 'signed'>,
): Promise<Undoing> {
  const record: ReopenRecord = {
    program: 'comp',
    version: facts.version,
    period: period.name,
    reopenedOn: facts.reopenedOn,
    reason: facts.reason,
    ...(facts.signed === undefined ? {} : { signed: facts.signed }),
    withdrawn: approvalsIn(events).map(({ signed }) => signed.by),
    sha256: hash,
  };
  const scratch = join(dir, scratchName());
  const path = join(folder, REOPEN_RECORD);
  try {
    await write(scratch, [sealed(record)]);
    // From here on the close is undone: if this run is interrupted, the next one moves it.
    renameSync(scratch, path);
  } catch (error) {
    rmSync(scratch, { force: true });
    return { kind: 'failed', reason: reasonOf(error) };
  }
  const undone = moveAway(dir, period.name);
  if (undone.kind === 'failed') rmSync(path, { force: true });
  return undone;
}

/** Finishes undoing closes where an earlier run was interrupted; returns the outcome by period. */
export function finishReopening(dir: string): ReadonlyMap<string, Undoing> {
  const undone = periodsIn(dir).filter((name) => findUndoing(join(dir, name)) !== undefined);
  return new Map(undone.map((name) => [name, moveAway(dir, name)]));
}

function moveAway(dir: string, name: string): Undoing {
  const numbers = reopenedIn(dir).map((folder) => Number.parseInt(folder, 10));
  const kept = `${REOPENED}/${largestOf(numbers, 0) + 1}-${name}`;
  const reason = moveFolder(dir, name, kept);
  return reason === undefined ? { kind: 'undone', kept } : { kind: 'failed', reason };
}

/** The undone closes that no record names yet: the next close names them (R11.6). */
export function unnamedReopened(dir: string, closes: readonly StoredClose[]): ReopenedClose[] {
  const named = new Set(closes.flatMap(({ record }) => record.reopened.map(({ folder }) => folder)));
  return reopenedIn(dir)
    .filter((folder) => !named.has(folder))
    .map((folder) => reopenedAt(dir, folder));
}

/** Reads an undone close from its folder. */
function reopenedAt(dir: string, folder: string): ReopenedClose {
  const path = join(dir, REOPENED, folder);
  const name = (file: string) => `closes/${REOPENED}/${folder}/${file}`;
  const record = findReopenRecord(readIn(path, REOPEN_RECORD, name));
  if (record === undefined) throw new DamagedClose(name(REOPEN_RECORD), 'its text has changed since');
  const { period, reopenedOn, reason, signed } = record;
  const hash = sha256(readIn(path, RECORD, name));
  if (hash !== record.sha256) throw new DamagedClose(name(RECORD), 'it is not what comp wrote');
  return { folder, period, reopenedOn, reason, ...(signed === undefined ? {} : { signed }), sha256: hash };
}

function readIn(path: string, file: string, name: (file: string) => string): Uint8Array {
  return bytesAt(join(path, file), name(file));
}
