/** Lets one process at a time write into a folder, with a lock file that does no harm if its process is killed. */
import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readBytes } from './bytes.js';
import { isGone, type ProcessMark, thisProcess } from './running.js';

/** The name of the lock file. */
export const LOCK = '.comp-lock';

export interface HeldLock {
  readonly kind: 'held';
  /** The process that has it, if the lock file can be read. */
  readonly pid: number | undefined;
  readonly host: string | undefined;
}

export type Lock = { readonly kind: 'acquired'; release(): void } | HeldLock;

/** The content of a lock file. */
interface Holder extends ProcessMark {
  readonly host: string;
  /** Unique to this lock. */
  readonly token: string;
}

/** Locks of this process, by token. */
const ours = new Map<string, () => void>();

/**
 * Takes the lock of a folder. A lock whose process is gone is taken over; one of another host, or one that cannot be
 * read, counts as held. Hosts are identified by name, and processes of one host are assumed to see each other. The lock
 * ends with `release`, or with the process.
 *
 * @throws the error of the file system if the folder is missing or cannot be written to
 * @example
 * const lock = acquireLock('out');
 * if (lock.kind === 'held') return heldReason(lock);
 * try { … } finally { lock.release(); }
 */
export function acquireLock(dir: string): Lock {
  const path = join(resolve(dir), LOCK);
  const holder: Holder = { ...thisProcess(), host: hostname(), token: randomBytes(8).toString('hex') };
  const lock = take(path, holder, 0);
  if (lock !== 'taken') return lock;
  const release = () => {
    if (!ours.delete(holder.token)) return;
    if (ours.size === 0) process.off('exit', releaseAll);
    const found = read(path);
    if (found.kind === 'read' && found.holder.token === holder.token) removeQuietly(path);
  };
  if (ours.size === 0) process.on('exit', releaseAll);
  ours.set(holder.token, release);
  return { kind: 'acquired', release };
}

/** Why a folder with a held lock cannot be written to, in words. */
export function heldReason({ pid, host }: HeldLock): string {
  if (pid === undefined) return `${LOCK} in it cannot be read; if no other comp is writing there, remove it`;
  if (host === hostname()) return `another comp (process ${pid}) is writing there`;
  return `another comp (process ${pid} on ${host}) is writing there; if it is not, remove ${LOCK}`;
}

function releaseAll(): void {
  for (const release of [...ours.values()]) release();
}

const UNKNOWN: HeldLock = { kind: 'held', pid: undefined, host: undefined };

/** How often to try again when a lock vanishes while it is read, and how many killed takers to clean up after. */
const PATIENCE = 20;

/**
 * Makes a lock file ours.
 *
 * A stale lock is replaced in one step, and only by the process that has taken another lock, the claim, whose name is the
 * token of the stale one. Tokens are never reused. So a process that has the claim, and finds the stale lock still there,
 * knows that no other can be replacing it; and no process ever removes a lock that it has not read.
 */
function take(path: string, holder: Holder, depth: number): 'taken' | HeldLock {
  for (let tries = depth; tries < PATIENCE; tries += 1) {
    if (create(path, holder)) return 'taken';
    const found = read(path);
    if (found.kind === 'gone') continue;
    if (found.kind === 'unreadable') return UNKNOWN;
    const { pid, host, token } = found.holder;
    if (!isStale(found.holder)) return { kind: 'held', pid, host };
    const claim = join(dirname(path), `${LOCK}-${token}`);
    const claimed = take(claim, holder, depth + 1);
    if (claimed !== 'taken') return claimed;
    try {
      const again = read(path);
      if (again.kind === 'read' && again.holder.token === token) {
        replace(path, holder);
        return 'taken';
      }
    } finally {
      removeQuietly(claim);
    }
  }
  return UNKNOWN;
}

function isStale(holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  // In a container, an earlier process may have had our number.
  return holder.pid === process.pid ? !ours.has(holder.token) : isGone(holder);
}

/** Makes the file unless it exists. It is written first and linked then, so that it is complete as soon as it exists. */
function create(path: string, holder: Holder): boolean {
  const scratch = writeScratch(path, holder);
  try {
    linkSync(scratch, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // If the scratch file is gone, another process had the lock and swept the folder.
    return code !== 'EEXIST' && code !== 'ENOENT' && createInPlace(path, holder);
  } finally {
    removeQuietly(scratch);
  }
}

/** The same on a disk without links. */
function createInPlace(path: string, holder: Holder): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeFileSync(file, JSON.stringify(holder));
  } catch (error) {
    removeQuietly(path);
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

function replace(path: string, holder: Holder): void {
  const scratch = writeScratch(path, holder);
  try {
    renameSync(scratch, path);
  } catch (error) {
    removeQuietly(scratch);
    throw error;
  }
}

function writeScratch(path: string, holder: Holder): string {
  const scratch = join(dirname(path), `${LOCK}-${randomBytes(8).toString('hex')}`);
  try {
    writeFileSync(scratch, JSON.stringify(holder), { flag: 'wx' });
  } catch (error) {
    removeQuietly(scratch);
    throw error;
  }
  return scratch;
}

type Found =
  | { readonly kind: 'read'; readonly holder: Holder }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable' };

function read(path: string): Found {
  const { bytes, reason } = readBytes(path);
  if (bytes === undefined) return { kind: reason === undefined ? 'gone' : 'unreadable' };
  try {
    const holder: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isHolder(holder) ? { kind: 'read', holder } : { kind: 'unreadable' };
  } catch {
    return { kind: 'unreadable' };
  }
}

function isHolder(found: unknown): found is Holder {
  const { pid, host, start, token } = (found ?? {}) as Readonly<Record<string, unknown>>;
  return (
    Number.isSafeInteger(pid) &&
    (pid as number) > 0 &&
    typeof host === 'string' &&
    (start === undefined || typeof start === 'string') &&
    typeof token === 'string' &&
    /^[0-9a-f]+$/.test(token)
  );
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone already; or it stays, and names its process.
  }
}
