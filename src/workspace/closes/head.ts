/** `closes/HEAD.json`: which closes there are, so that one that is deleted is missed; its hash is the fingerprint of all. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../input-file.js';
import { ANNOUNCED, OWNER } from '../owner-file.js';
import { scratchName } from '../scratch.js';
import { write } from '../to-disk.js';
import { hasCloses } from './folder.js';
import { findBytes, keptBytes, type Unread } from './kept-bytes.js';
import { withLineFeeds } from './line-ends.js';
import { findSealed, sealedText } from './sealed.js';

/** The name of the head file. */
export const HEAD = 'HEAD.json';

/** Keeps git from changing line ends. */
export const ATTRIBUTES = '.gitattributes';

const ATTRIBUTES_TEXT = '# Closes are compared byte by byte: git must not change their line ends.\n* -text\n';

/** What is wrong with the file that keeps git from changing line ends; undefined if nothing is. */
export function findAttributesTrouble(dir: string): Trouble | undefined {
  const kept = keptBytes(join(dir, ATTRIBUTES));
  if (kept.bytes === undefined) return { kind: 'unread', unread: kept.unread };
  const { bytes } = kept;
  const expected = Buffer.from(ATTRIBUTES_TEXT);
  if (expected.equals(bytes)) return undefined;
  return expected.equals(withLineFeeds(bytes)) ? { kind: 'line ends' } : { kind: 'changed' };
}

/** What is wrong with a file; a head file may also lack a close. */
export type Trouble =
  | { readonly kind: 'unread'; readonly unread: Unread }
  | { readonly kind: 'changed' | 'line ends' | 'incomplete' };

/** What is closed, and what was undone: each by the hash of its record. */
export interface Head {
  readonly closes: readonly Named[];
  /** By their folders, in order. */
  readonly reopened: readonly Named[];
}

export interface Named {
  readonly name: string;
  readonly sha256: string;
  /** What happened to it since, in order; a close to which nothing did has none. */
  readonly events?: readonly { readonly name: string; readonly sha256: string }[];
}

/** What is wrong with a head file, in words; and whether the run that should have written it was interrupted. */
export type HeadState =
  | { readonly kind: 'same'; readonly fingerprint: string }
  | { readonly kind: 'behind' }
  /** There is none, and the closes are older than head files. */
  | { readonly kind: 'none' }
  /** `trouble` is about the head file, `missing` about closes that it names. */
  | {
      readonly kind: 'differs';
      readonly trouble?: Trouble;
      readonly missing: readonly string[];
    };

/**
 * Compares the head file with what there is.
 *
 * @param found - `hasHead`: whether a record was made by a version that writes head files
 */
export function headState(dir: string, found: Head & { readonly hasHead: boolean }): HeadState {
  const kept = keptBytes(join(dir, HEAD));
  if (kept.bytes === undefined) {
    if (!hasCloses(join(dir, HEAD)) && !found.hasHead) return { kind: 'none' };
    // The number of the workspace is written after the first head file.
    const isFirst = found.closes.length === 1 && found.reopened.length === 0 && !hasOwner(dir);
    return isFirst && !hasCloses(join(dir, HEAD))
      ? { kind: 'behind' }
      : { kind: 'differs', trouble: { kind: 'unread', unread: kept.unread }, missing: [] };
  }
  const { bytes } = kept;
  const head = findSealed(bytes);
  if (head === undefined || !isHead(head)) {
    const hasOtherEnds = findSealed(withLineFeeds(bytes)) !== undefined;
    return { kind: 'differs', trouble: { kind: hasOtherEnds ? 'line ends' : 'changed' }, missing: [] };
  }
  if (isSame(head, found)) return { kind: 'same', fingerprint: fingerprintOf(bytes) };
  if (isBefore(head, found)) return { kind: 'behind' };
  const missing = [
    ...head.closes.filter((one) => !isIn(one, found.closes)).map(({ name }) => name),
    ...head.reopened.filter((one) => !isIn(one, found.reopened)).map(({ name }) => `reopened/${name}`),
  ];
  return missing.length > 0
    ? { kind: 'differs', missing }
    : { kind: 'differs', trouble: { kind: 'incomplete' }, missing };
}

/** Whether the file beside the folder shows that a close was completed. */
function hasOwner(dir: string): boolean {
  const path = join(dir, '..', OWNER);
  return (
    hasCloses(path) &&
    !Buffer.from(findBytes(path) ?? [])
      .toString('utf8')
      .startsWith(ANNOUNCED)
  );
}

/** Writes the head file, and what keeps git from changing line ends. The caller holds the lock of the folder. */
export async function writeHead(dir: string, head: Head): Promise<string> {
  if (!hasCloses(join(dir, ATTRIBUTES))) await replace(dir, ATTRIBUTES, ATTRIBUTES_TEXT);
  const text = sealedText({ program: 'comp', ...head });
  await replace(dir, HEAD, text);
  return fingerprintOf(Buffer.from(text));
}

async function replace(dir: string, name: string, text: string): Promise<void> {
  const scratch = join(dir, scratchName());
  await write(scratch, [text]);
  renameSync(scratch, join(dir, name));
}

/** What people write down: `7f3a-91c2-04bd-55e0`. */
function fingerprintOf(bytes: Uint8Array): string {
  return (sha256(bytes).slice(0, 16).match(/.{4}/g) ?? []).join('-');
}

function isSame(one: Head, other: Head): boolean {
  return areSame(one.closes, other.closes) && areSame(one.reopened, other.reopened);
}

/** Whether a head is as of one step before: a close was made, signed or undone, and the run was interrupted then. */
function isBefore(head: Head, now: Head): boolean {
  return isBeforeClose(head, now) || isBeforeEvent(head, now);
}

/** Whether one event of one close is all that is new. */
function isBeforeEvent(head: Head, now: Head): boolean {
  const at = now.closes.findIndex((one, index) => !isEqual(one, head.closes[index]));
  const [before, after] = [head.closes[at], now.closes[at]];
  if (before === undefined || after?.events === undefined || before.name !== after.name) return false;
  const events = after.events.slice(0, -1);
  const { events: _, ...close } = after;
  const closes = now.closes.with(at, events.length === 0 ? close : { ...close, events });
  return isSame(head, { closes, reopened: now.reopened });
}

function isBeforeClose(head: Head, now: Head): boolean {
  const isClosed = areSame(head.closes, now.closes.slice(0, -1)) && areSame(head.reopened, now.reopened);
  const undone = head.closes.at(-1);
  const last = now.reopened.at(-1);
  // Its own record comes after its other events.
  const events = last?.events?.slice(0, undone?.events?.length ?? 0) ?? [];
  const isReopened =
    areSame(head.closes.slice(0, -1), now.closes) &&
    areSame(head.reopened, now.reopened.slice(0, -1)) &&
    undone !== undefined &&
    last?.sha256 === undone.sha256 &&
    areSame(events, undone.events ?? []);
  return isClosed || isReopened;
}

function areSame(some: readonly Named[], others: readonly Named[]): boolean {
  return some.length === others.length && some.every((one, at) => isEqual(one, others[at]));
}

function isIn(one: Named, others: readonly Named[]): boolean {
  return others.some((other) => isEqual(one, other));
}

function isEqual(one: Named, other: Named | undefined): boolean {
  return (
    one.name === other?.name && one.sha256 === other.sha256 && areSame(one.events ?? [], other.events ?? [])
  );
}

function isHead(found: Readonly<Record<string, unknown>>): found is Readonly<Record<string, unknown>> & Head {
  const { closes, reopened } = found;
  return [closes, reopened].every(
    (list) =>
      Array.isArray(list) &&
      list.every((one) => isNamed(one) && (one.events === undefined || areAllNamed(one.events))),
  );
}

function areAllNamed(list: unknown): boolean {
  return Array.isArray(list) && list.every(isNamed);
}

function isNamed(one: unknown): one is Named {
  const { name, sha256 } = (one ?? {}) as Readonly<Record<string, unknown>>;
  return typeof name === 'string' && typeof sha256 === 'string';
}
