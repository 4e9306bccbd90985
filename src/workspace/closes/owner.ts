/** `closes.id`, beside comp.yaml: which workspace the closes belong to, so that those of another are never taken for its own. */
import { rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Fault } from '../../problems/problem.js';
import { type InputFile, sha256 } from '../input-file.js';
import { ANNOUNCED, OWNER } from '../owner-file.js';
import { scratchName } from '../scratch.js';
import { rename, write } from '../to-disk.js';
import {
  CLOSES,
  closesFolder,
  hasCloses,
  namesIn,
  periodsIn,
  RECORD,
  REOPENED,
  reopenedIn,
} from './folder.js';
import { HEAD } from './head.js';
import { findBytes, keptBytes } from './kept-bytes.js';
import { withLineFeeds } from './line-ends.js';
import { type CloseRecord, findChangedRecord } from './record.js';

/**
 * The number of a workspace. It follows from the inputs of its first close, so that the same workspace always gets the same
 * number, and another one with the same comp.yaml does not.
 */
export function workspaceId(inputs: readonly InputFile[]): string {
  const facts = inputs.map(({ role, file, sha256: hash }) => [role, file, hash]);
  return sha256(Buffer.from(JSON.stringify(facts))).slice(0, 16);
}

/** The number that a workspace has already; undefined if nothing was closed in it by a version with numbers. */
export function findWorkspaceId(config: string): string | undefined {
  return findOwner(config) ?? recordsIn(closesFolder(config)).find(hasId)?.workspace.id;
}

/** Writes the file, unless it has a number already. The caller holds the lock of the closes. */
export async function writeOwner(config: string, id: string): Promise<void> {
  if (findOwner(config) === undefined) await replaceOwner(config, `${id}\n${EXPLANATION}`);
}

/**
 * Writes the number that a first close is about to have, so that a run that is interrupted right after the close is known as
 * one of this workspace, whatever becomes of the ledgers. It does not show yet that there are closes.
 *
 * @returns takes it back, for a close that cannot be written
 */
export async function announceOwner(config: string, id: string): Promise<() => void> {
  const path = ownerPath(config);
  if (findOwner(config) !== undefined || hasCloses(path)) return () => undefined;
  await replaceOwner(config, `${ANNOUNCED}${id}\n${EXPLANATION}`);
  return () => rmSync(path, { force: true });
}

/** A name is exchanged in one step, so that the file is never half-written. */
async function replaceOwner(config: string, text: string): Promise<void> {
  const scratch = join(closesFolder(config), scratchName());
  try {
    await write(scratch, [text]);
    rename(scratch, ownerPath(config));
  } catch (error) {
    // The folder of closes may be a disk of its own.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await write(ownerPath(config), [text]);
  } finally {
    rmSync(scratch, { force: true });
  }
}

const EXPLANATION = `This is the number of the workspace that the folder ${CLOSES} belongs to. Keep this file beside it, also in git and in backups.\n`;

/** Why the closes are not those of this workspace; none if they are, or if there are none and should be none. */
export function ownerFaults(config: string): readonly Fault[] {
  const dir = closesFolder(config);
  const kept = hasCloses(ownerPath(config)) ? keptBytes(ownerPath(config)) : undefined;
  if (kept !== undefined && kept.bytes === undefined && kept.unread[1] === 'unread') {
    const [detail, remedy] = kept.unread;
    return [{ code: 'close-damaged', place: { kind: 'file', file: OWNER }, detail, remedy }];
  }
  const records = recordsIn(dir);
  if (records.length === 0) return isGone(config) ? [GONE] : [];
  const place = { kind: 'run' } as const;
  const faults = records.flatMap(({ workspace, period }): readonly Fault[] => {
    const found = workspace?.config ?? basename(config);
    const expected = basename(config);
    const what = 'configuration';
    return found === expected
      ? []
      : [{ code: 'close-misfits', place, period: period.name, what, found, expected }];
  });
  if (faults.length > 0) return faults.slice(0, 1);
  const owner = findOwner(config);
  const known = records.filter(hasId);
  // A copy may lack the file, but if nothing has changed since the close it is the same workspace.
  const announced = findAnnounced(config);
  const isOwn = (record: Numbered) => record.workspace.id === announced || hasInputsOf(config, record);
  if (owner === undefined && known.some(isOwn)) return [];
  const other = known.find(({ workspace }) => workspace.id !== owner);
  if (other === undefined) return [];
  const facts = { period: other.period.name, found: other.workspace.id, expected: owner ?? '' };
  return [{ code: 'close-misfits', place, what: 'workspace', ...facts }];
}

const GONE: Fault = {
  code: 'close-damaged',
  place: { kind: 'file', file: CLOSES },
  detail: `it is missing or empty, but ${OWNER} shows that there were closes`,
  remedy: 'gone',
};

/** Whether there were closes, and nothing is left of them. */
function isGone(config: string): boolean {
  const dir = closesFolder(config);
  const left = namesIn(dir).filter((name) => name === HEAD || name === REOPENED);
  return findOwner(config) !== undefined && left.length === 0 && periodsIn(dir).length === 0;
}

type Numbered = CloseRecord & { readonly workspace: { readonly id: string } };

function hasId(record: CloseRecord): record is Numbered {
  return record.workspace?.id !== undefined;
}

/** The records of all closes and undone closes, as far as they can be read. */
function recordsIn(dir: string): readonly CloseRecord[] {
  const folders = [...periodsIn(dir), ...reopenedIn(dir).map((name) => `${REOPENED}/${name}`)];
  return folders.flatMap((folder) => {
    const bytes = findBytes(join(dir, folder, RECORD));
    const record = bytes && findChangedRecord(withLineFeeds(bytes));
    return record === undefined ? [] : [record];
  });
}

function ownerPath(config: string): string {
  return join(dirname(config), OWNER);
}

/** The number in the file; undefined if there is none. */
function findOwner(config: string): string | undefined {
  return /^\s*([0-9a-f]{16})\b/.exec(ownerText(config))?.[1];
}

/** The number that a first close was about to have when its run was interrupted. */
function findAnnounced(config: string): string | undefined {
  const text = ownerText(config);
  return text.startsWith(ANNOUNCED) ? text.slice(ANNOUNCED.length, ANNOUNCED.length + 16) : undefined;
}

function ownerText(config: string): string {
  const bytes = hasCloses(ownerPath(config)) ? findBytes(ownerPath(config)) : undefined;
  return Buffer.from(bytes ?? []).toString('utf8');
}

/** Whether every input of a close is still what it was. */
function hasInputsOf(config: string, { inputs }: CloseRecord): boolean {
  return inputs.every(({ file, sha256: expected }) => {
    const bytes = findBytes(resolve(dirname(config), file));
    return bytes !== undefined && sha256(bytes) === expected;
  });
}
