/** What happens to a close after it was made: approvals, that payroll has its file, copies of its inputs. Each is sealed in its folder (R11.5). */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Signature } from '../../closing/signature.js';
import { publishFolder } from '../folders.js';
import { sha256 } from '../input-file.js';
import type { OutputFile } from '../publish.js';
import { reasonOf } from '../reason.js';
import { scratchName } from '../scratch.js';
import { rename, syncFolder, write } from '../to-disk.js';
import { DamagedClose } from './damaged-close.js';
import { namesIn } from './folder.js';
import { bytesAt } from './kept-bytes.js';
import { type ArchivedCopy, type ClosedInput, isCopy } from './record.js';
import { findFields, findSealed, sealedText } from './sealed.js';
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

/** Copies of the inputs were added to a close that had none, after they had given every byte of it again (R11.7). */
export interface Archived extends EventFacts {
  readonly event: 'archived';
  /** One for each input of the close, in the same order, in the folder of the event. */
  readonly copies: readonly ArchivedCopy[];
}

export type EventRecord = Approval | HandOver | Archived;

/** What an event states of its own; the rest follows from its place. */
export type NewEvent =
  | Pick<Approval, 'event' | 'version' | 'signed' | 'note' | 'fourEyes'>
  | Pick<HandOver, 'event' | 'version' | 'signed' | 'note' | 'files'>;

/** What the event states that adds an archive. */
export type NewArchive = Pick<Archived, 'event' | 'version' | 'signed' | 'note' | 'copies'>;

/** An event on disk. */
export interface StoredEvent {
  /** `1-approved.json`, `2-archived/archived.json` */
  readonly name: string;
  readonly sha256: string;
  readonly record: EventRecord;
}

const FILE = /^[1-9]\d*-(approved|handed-over)\.json$/;

/** An archive is a folder with its record among the copies, so that all of it appears in one step. */
const FOLDER = /^[1-9]\d*-archived$/;

const ARCHIVED = 'archived.json';

/** The names of the events in the folder of a close, in order; gaps are found when they are read. */
export function eventNamesIn(folder: string): readonly string[] {
  const names = namesIn(folder).flatMap((name) =>
    FILE.test(name) ? [name] : FOLDER.test(name) ? [`${name}/${ARCHIVED}`] : [],
  );
  return names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

function nameOf(number: number, event: EventRecord['event']): string {
  return event === 'archived' ? `${number}-archived/${ARCHIVED}` : `${number}-${event}.json`;
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
  if (name !== nameOf(before.length + 1, record.event) || record.previous !== previous)
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
  close: SignableClose,
  event: NewEvent,
): Promise<StoredEvent | { readonly reason: string }> {
  const { folder } = close;
  const { stored, text } = nextEvent(close, event);
  const { name } = stored;
  const scratch = join(dir, scratchName());
  try {
    await write(scratch, [text]);
    rename(scratch, join(folder, name));
    syncFolder(folder);
    return stored;
  } catch (error) {
    rmSync(scratch, { force: true });
    return { reason: reasonOf(error) };
  }
}

/**
 * Adds an archive to a close, in one step.
 *
 * @param dir - the folder of the closes, whose lock the caller holds
 * @param files - the copies that the event names
 * @returns the event, or why it cannot be written, in words
 */
export async function writeArchive(
  dir: string,
  close: SignableClose,
  event: NewArchive,
  files: readonly OutputFile[],
): Promise<StoredEvent | { readonly reason: string }> {
  const { stored, text } = nextEvent(close, event);
  const folder = `${close.period.name}/${dirname(stored.name)}`;
  const reason = await publishFolder(dir, folder, [...files, { name: ARCHIVED, pieces: [text] }]);
  return reason === undefined ? stored : { reason };
}

/** A close that something can happen to. */
interface SignableClose {
  readonly folder: string;
  readonly period: { readonly name: string };
  readonly sha256: string;
  readonly events: readonly StoredEvent[];
}

/** The event that follows on those of a close, and its text. */
function nextEvent(
  { period, sha256: close, events }: SignableClose,
  { event, version, ...facts }: NewEvent | NewArchive,
): { readonly stored: StoredEvent; readonly text: string } {
  const previous = events.at(-1)?.sha256 ?? null;
  const about = { period: period.name, close, previous };
  const record = { program: 'comp', version, event, ...about, ...facts } as EventRecord;
  const text = sealedText(record);
  const name = nameOf(events.length + 1, event);
  return { stored: { name, sha256: sha256(Buffer.from(text)), record }, text };
}

/**
 * The inputs of a close with the copies that there are: its own, or those that were added later.
 *
 * @param inputs - as its record has them
 */
export function inputsWithCopies(
  inputs: readonly ClosedInput[],
  events: readonly StoredEvent[],
): readonly ClosedInput[] {
  const added = events.find(({ record }) => record.event === 'archived');
  if (added?.record.event !== 'archived') return inputs;
  const copies = copiesIn(added.name, added.record.copies);
  return inputs.map((input, index) => {
    const archived = input.archived ?? copies[index];
    return archived === undefined ? input : { ...input, archived };
  });
}

/**
 * The copies that an event has beside it, by their paths in the folder of the close; none for other events.
 *
 * @param bytes - of the event, which may have changed since
 * @returns undefined if nobody can tell, because the event cannot be read at all
 */
export function findCopies(name: string, bytes: Uint8Array): readonly ArchivedCopy[] | undefined {
  if (!name.endsWith(`/${ARCHIVED}`)) return [];
  const copies = findFields(bytes)?.['copies'];
  return Array.isArray(copies) && copies.every(isCopy) ? copiesIn(name, copies) : undefined;
}

function copiesIn(event: string, copies: readonly ArchivedCopy[]): readonly ArchivedCopy[] {
  return copies.map((copy) => ({ ...copy, name: `${dirname(event)}/${copy.name}` }));
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
  const { event, version, period, close, previous, signed, note, fourEyes, files, copies } = record as Fields;
  const areTexts = [version, period, close].every((one) => typeof one === 'string');
  const mayBeNull = [previous, note].every((one) => one === null || typeof one === 'string');
  if (!areTexts || !mayBeNull || !isSignature(signed)) return false;
  if (event === 'approved') return typeof fourEyes === 'boolean';
  if (event === 'archived') return Array.isArray(copies) && copies.every(isCopy);
  return event === 'handed-over' && Array.isArray(files) && files.every(isNamedFile);
}

function isNamedFile(file: unknown): boolean {
  const { name, sha256 } = (file ?? {}) as Fields;
  return typeof name === 'string' && typeof sha256 === 'string';
}
