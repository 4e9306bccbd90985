/** What happens to a close after it was made: approvals, and that payroll has its file. Each is a sealed file in its folder (R11.5). */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Signature } from '../../closing/signature.js';
import { sha256 } from '../input-file.js';
import { reasonOf } from '../reason.js';
import { scratchName } from '../scratch.js';
import { rename, syncFolder, write } from '../to-disk.js';
import { DamagedClose } from './damaged-close.js';
import { namesIn } from './folder.js';
import { bytesAt } from './kept-bytes.js';
import { findSealed, sealedText } from './sealed.js';
import { isSignature } from './signed.js';

interface EventFacts {
  readonly program: 'comp';
  readonly version: string;
  readonly period: string;
  /** Of the `close.json` that it is about. */
  readonly close: string;
  /** The SHA-256 of the event before it in the same close: a chain. */
  readonly previous: string | null;
  readonly signed: Signature;
  readonly note: string | null;
}

/** Somebody other than the preparer, unless four eyes are off, has approved a close. */
export interface Approval extends EventFacts {
  readonly event: 'approved';
  /** Whether the preparer could not approve. */
  readonly fourEyes: boolean;
}

/** Payroll has these files. */
export interface HandOver extends EventFacts {
  readonly event: 'handed-over';
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

export type EventRecord = Approval | HandOver;

/** What an event states of its own; the rest follows from its place. */
export type NewEvent =
  | Pick<Approval, 'event' | 'version' | 'signed' | 'note' | 'fourEyes'>
  | Pick<HandOver, 'event' | 'version' | 'signed' | 'note' | 'files'>;

/** An event on disk. */
export interface StoredEvent {
  /** `1-approved.json` */
  readonly name: string;
  readonly sha256: string;
  readonly record: EventRecord;
}

const NAME = /^([1-9]\d*)-(approved|handed-over)\.json$/;

/** The names of the events in the folder of a close, in order; gaps are found when they are read. */
export function eventNamesIn(folder: string): readonly string[] {
  const names = namesIn(folder).filter((name) => NAME.test(name));
  return names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

/**
 * Reads the events of a close, in order.
 *
 * @param name - the folder of the close as faults show it: `closes/2025-Q1`
 * @param close - the SHA-256 of its `close.json`
 * @throws DamagedClose if one is not what comp wrote, or follows on one that is missing
 */
export function readEvents(folder: string, name: string, close: string): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  for (const file of eventNamesIn(folder)) {
    const bytes = bytesAt(join(folder, file), `${name}/${file}`);
    const found = readEvent(bytes, file, events, close);
    if (typeof found === 'string') throw new DamagedClose(`${name}/${file}`, found);
    events.push(found);
  }
  return events;
}

/**
 * Reads an event that follows others.
 *
 * @returns what is wrong with it, in words, if something is
 */
export function readEvent(
  bytes: Uint8Array,
  name: string,
  before: readonly StoredEvent[],
  close: string,
): StoredEvent | string {
  const record = findSealed(bytes);
  if (!isEventRecord(record)) return 'its text has changed since';
  if (record.close !== close) return 'it is about another close';
  const previous = before.at(-1)?.sha256 ?? null;
  if (name !== `${before.length + 1}-${record.event}.json` || record.previous !== previous)
    return 'it follows on an event that is missing or has changed';
  return { name, sha256: sha256(bytes), record };
}

/**
 * Writes an event into the folder of a close, in one step.
 *
 * @param dir - the folder of the closes, whose lock the caller holds
 * @returns the event, or why it cannot be written, in words
 */
export async function writeEvent(
  dir: string,
  close: {
    readonly folder: string;
    readonly period: { readonly name: string };
    readonly sha256: string;
    readonly events: readonly StoredEvent[];
  },
  { event, version, ...facts }: NewEvent,
): Promise<StoredEvent | { readonly reason: string }> {
  const { folder, period, events } = close;
  const previous = events.at(-1)?.sha256 ?? null;
  const about = { period: period.name, close: close.sha256, previous };
  const record = { program: 'comp', version, event, ...about, ...facts } as EventRecord;
  const text = sealedText(record);
  const name = `${events.length + 1}-${event}.json`;
  const scratch = join(dir, scratchName());
  try {
    await write(scratch, [text]);
    rename(scratch, join(folder, name));
    syncFolder(folder);
    return { name, sha256: sha256(Buffer.from(text)), record };
  } catch (error) {
    rmSync(scratch, { force: true });
    return { reason: reasonOf(error) };
  }
}

/** The approvals among events, in order. */
export function approvalsIn(events: readonly StoredEvent[]): readonly Approval[] {
  return events.flatMap(({ record }) => (record.event === 'approved' ? [record] : []));
}

/** The last time that payroll was given files of a close; undefined if it never was. */
export function findHandOver(events: readonly StoredEvent[]): HandOver | undefined {
  return events.flatMap(({ record }) => (record.event === 'handed-over' ? [record] : [])).at(-1);
}

type Fields = Readonly<Record<string, unknown>>;

function isEventRecord(record: unknown): record is EventRecord {
  if (typeof record !== 'object' || record === null) return false;
  const { event, version, period, close, previous, signed, note, fourEyes, files } = record as Fields;
  const areTexts = [version, period, close].every((one) => typeof one === 'string');
  const mayBeNull = [previous, note].every((one) => one === null || typeof one === 'string');
  if (!areTexts || !mayBeNull || !isSignature(signed)) return false;
  if (event === 'approved') return typeof fourEyes === 'boolean';
  return event === 'handed-over' && Array.isArray(files) && files.every(isNamedFile);
}

function isNamedFile(file: unknown): boolean {
  const { name, sha256 } = (file ?? {}) as Fields;
  return typeof name === 'string' && typeof sha256 === 'string';
}
