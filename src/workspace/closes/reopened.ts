/** Closes that were undone: they are kept under `closes/reopened`, with the reason (R11.6). */
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { moveFolder } from '../folders.js';
import { sha256 } from '../input-file.js';
import { reasonOf } from '../reason.js';
import { write } from '../to-disk.js';
import {
  DamagedClose,
  findUndoing,
  periodsIn,
  RECORD,
  REOPEN_RECORD,
  type StoredClose,
} from './read-closes.js';
import { findReopenRecord, type ReopenedClose, type ReopenRecord, sealed } from './record.js';

/** The folder of closes that were undone. */
export const REOPENED = 'reopened';

/** What came of undoing a close: where it is kept; or why it cannot be moved, in words. */
type Undone = { readonly kept: string } | { readonly reason: string };

/**
 * Undoes a close: its reason is written beside its record, and the folder is moved away.
 *
 * @param dir - the folder of the closes, whose lock the caller holds
 * @returns where it is kept; or why it cannot be undone, which it is not then
 */
export async function reopen(
  dir: string,
  { folder, period, sha256: hash }: StoredClose,
  facts: Pick<ReopenRecord, 'version' | 'reopenedOn' | 'reason'>,
): Promise<Undone> {
  const record: ReopenRecord = {
    program: 'comp',
    version: facts.version,
    period: period.name,
    reopenedOn: facts.reopenedOn,
    reason: facts.reason,
    sha256: hash,
  };
  const aside = join(dir, `.comp-${REOPEN_RECORD}`);
  const path = join(folder, REOPEN_RECORD);
  try {
    await write(aside, [sealed(record)]);
    // From here on the close is undone: whoever finds it so moves it.
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    return { reason: reasonOf(error) };
  }
  const undone = moveAway(dir, period.name);
  if ('reason' in undone) rmSync(path, { force: true });
  return undone;
}

/** Moves away what was being undone when a run was stopped, and tells what came of it, by period. */
export function finishReopening(dir: string): ReadonlyMap<string, Undone> {
  const undone = periodsIn(dir).filter((name) => findUndoing(join(dir, name)) !== undefined);
  return new Map(undone.map((name) => [name, moveAway(dir, name)]));
}

function moveAway(dir: string, name: string): Undone {
  const numbers = reopenedIn(dir).map((folder) => Number.parseInt(folder, 10));
  const kept = `${REOPENED}/${Math.max(0, ...numbers) + 1}-${name}`;
  const reason = moveFolder(dir, name, kept);
  return reason === undefined ? { kept } : { reason };
}

/** The folders of closes that were undone, in the order of their numbers. */
export function reopenedIn(dir: string): string[] {
  try {
    const names = readdirSync(join(dir, REOPENED)).filter((name) => /^\d+-\d{4}-(Q[1-4]|\d{2})$/.test(name));
    return names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  } catch {
    return [];
  }
}

/** Those that no record names yet: the next close does (R11.6). */
export function unnamedReopened(dir: string, closes: readonly StoredClose[]): ReopenedClose[] {
  const named = new Set(closes.flatMap(({ record }) => record.reopened.map(({ folder }) => folder)));
  return reopenedIn(dir)
    .filter((folder) => !named.has(folder))
    .map((folder) => reopenedAt(dir, folder));
}

/** What was undone, as its folder says. */
export function reopenedAt(dir: string, folder: string): ReopenedClose {
  const path = join(dir, REOPENED, folder);
  const name = (file: string) => `closes/${REOPENED}/${folder}/${file}`;
  const record = findReopenRecord(readIn(path, REOPEN_RECORD, name));
  if (record === undefined) throw new DamagedClose(name(REOPEN_RECORD), 'its text has changed since');
  const { period, reopenedOn, reason } = record;
  const hash = sha256(readIn(path, RECORD, name));
  if (hash !== record.sha256) throw new DamagedClose(name(RECORD), 'it is not what comp wrote');
  return { folder, period, reopenedOn, reason, sha256: hash };
}

function readIn(path: string, file: string, name: (file: string) => string): Uint8Array {
  try {
    return readFileSync(join(path, file));
  } catch {
    throw new DamagedClose(name(file), 'it is missing or cannot be read');
  }
}
