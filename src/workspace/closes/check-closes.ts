/** Checks every file under `closes/` against the records, and every record against the chain (R11.7). */
import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fault } from '../../problems/problem.js';
import { sha256 } from '../input-file.js';
import { isOwn } from '../scratch.js';
import { currentHead } from './current-head.js';
import { UnusableClose } from './damaged-close.js';
import { eventNamesIn, findCopies, readEvent, type StoredEvent } from './events.js';
import { CLOSES, hasCloses, namesIn, periodsIn, RECORD, REOPENED, reopenedIn } from './folder.js';
import { ATTRIBUTES, findAttributesTrouble, HEAD, type HeadState, headState, type Trouble } from './head.js';
import { findBytes, keptBytes } from './kept-bytes.js';
import { withLineFeeds } from './line-ends.js';
import { findBreak, findUndoing, REOPEN_RECORD } from './read-closes.js';
import {
  type CloseRecord,
  findChangedRecord,
  findCloseRecord,
  findReopenRecord,
  type ReopenRecord,
} from './record.js';

/** A close with a readable record. */
export interface CheckedClose {
  readonly record: CloseRecord;
  /** Of the record. */
  readonly sha256: string;
  /** How many files were checked. */
  readonly files: number;
  /** What happened to it since it was made, in order. */
  readonly events: readonly StoredEvent[];
}

export interface CheckedCloses {
  /** In order. */
  readonly closes: readonly CheckedClose[];
  /** With the folder of each, which is not under `reopened` yet if undoing it was interrupted. */
  readonly reopened: readonly CheckedReopened[];
  readonly head: HeadState;
  /** One for each file that has changed, is missing, or does not belong. */
  readonly faults: readonly Fault[];
}

export interface CheckedReopened {
  readonly folder: string;
  readonly record: ReopenRecord;
  /** What was undone. */
  readonly close: CheckedClose;
}

/**
 * Checks all closes of a folder: every file is looked at, whatever else is wrong.
 *
 * @throws DamagedClose if the folder cannot be listed
 */
export function checkCloses(dir: string): CheckedCloses {
  const faults: Fault[] = [];
  const report: Reporter = (file, detail, remedy = 'restore') => {
    const place = { kind: 'file', file: `${CLOSES}/${file}` } as const;
    faults.push({ code: 'close-damaged', place, detail, remedy });
  };
  const closes: CheckedClose[] = [];
  const undone = periodsIn(dir).filter((name) => findUndoing(join(dir, name)) !== undefined);
  for (const name of periodsIn(dir)) {
    if (undone.includes(name)) continue;
    const close = checkFolder(dir, name, [RECORD], report);
    if (close === undefined) continue;
    if (close.record.period.name === name) closes.push(close);
    else report(`${name}/${RECORD}`, `it is the record of ${close.record.period.name}`);
  }
  closes.sort((a, b) => (a.record.period.from < b.record.period.from ? -1 : 1));
  checkChain(closes, report);
  const folders = [...undoneIn(dir, faults).map((folder) => `${REOPENED}/${folder}`), ...undone];
  const reopened = checkReopened(dir, folders, closes, report);
  const expected = [...periodsIn(dir), REOPENED, HEAD, ATTRIBUTES];
  for (const name of namesIn(dir)) {
    if (!expected.includes(name) && !isOwn(name)) report(name, 'it does not belong to any close', 'remove');
  }
  const head = headState(dir, currentHead(dir));
  if (head.kind === 'differs') {
    if (head.trouble !== undefined) report(HEAD, ...wordsOf(head.trouble));
    for (const name of head.missing) {
      const record = `${CLOSES}/${name}/${RECORD}`;
      const isReported = faults.some(({ place }) => place.kind === 'file' && place.file === record);
      if (!isReported) report(name, `it is missing or has changed, but ${HEAD} names it`);
    }
  }
  const trouble = hasCloses(join(dir, HEAD)) ? findAttributesTrouble(dir) : undefined;
  if (trouble !== undefined) report(ATTRIBUTES, ...wordsOf(trouble));
  for (const file of linksWithin(dir)) {
    const isReported = faults.some(
      ({ place }) => place.kind === 'file' && place.file === `${CLOSES}/${file}`,
    );
    if (!isReported) report(file, 'it is a link, and what it leads to may change');
  }
  return { closes, reopened, head, faults };
}

type Remedy = 'restore' | 'remove' | 'unread' | 'line ends';

type Reporter = (file: string, detail: string, remedy?: Remedy) => void;

/** What is wrong with a file beside the closes, and what to do about it. */
function wordsOf(trouble: Trouble): readonly [string, Remedy] {
  switch (trouble.kind) {
    case 'unread':
      return trouble.unread;
    case 'changed':
      return ['it is not what comp wrote', 'restore'];
    case 'line ends':
      return LINE_ENDS;
    case 'incomplete':
      return ['it does not name every close that is there', 'restore'];
  }
}

/** The folders of undone closes; none and a fault if they cannot be listed. */
function undoneIn(dir: string, faults: Fault[]): readonly string[] {
  try {
    return reopenedIn(dir);
  } catch (error) {
    if (!(error instanceof UnusableClose)) throw error;
    for (const fault of error.faults) faults.push(fault);
    return [];
  }
}

/** The record of a folder, and all of its files. If the record has changed, the files are held against what it states now. */
function checkFolder(
  dir: string,
  name: string,
  records: readonly string[],
  report: Reporter,
): CheckedClose | undefined {
  const kept = keptBytes(join(dir, name, RECORD));
  if (kept.bytes === undefined) {
    report(`${name}/${RECORD}`, ...kept.unread);
    return undefined;
  }
  const { bytes } = kept;
  const whole = findCloseRecord(bytes);
  const record = whole ?? findCloseRecord(withLineFeeds(bytes)) ?? findChangedRecord(bytes);
  if (whole === undefined) {
    const hasOtherEnds = findCloseRecord(withLineFeeds(bytes)) !== undefined;
    if (hasOtherEnds) report(`${name}/${RECORD}`, ...LINE_ENDS);
    else report(`${name}/${RECORD}`, 'its text has changed since');
  }
  if (record === undefined) return undefined;
  const own = record.inputs.flatMap(({ archived }) => (archived === undefined ? [] : [archived]));
  const added = addedCopies(join(dir, name));
  const files = [...record.files, ...(record.pages ?? []), ...own, ...added.copies];
  for (const { name: file, sha256: expected } of files) {
    const kept = keptBytes(join(dir, name, file));
    if (kept.bytes === undefined) {
      report(`${name}/${file}`, ...kept.unread);
    } else if (sha256(kept.bytes) !== expected) {
      if (sha256(withLineFeeds(kept.bytes)) === expected) report(`${name}/${file}`, ...LINE_ENDS);
      else report(`${name}/${file}`, 'it is not what comp wrote');
    }
  }
  const hash = sha256(whole === undefined ? withLineFeeds(bytes) : bytes);
  const events = checkEvents(dir, name, hash, report);
  const known = new Set([...records, ...files.map((file) => file.name), ...eventNamesIn(join(dir, name))]);
  for (const file of filesWithin(join(dir, name))) {
    if (known.has(file) || added.unknown.some((folder) => `${file}/`.startsWith(folder))) continue;
    report(`${name}/${file}`, 'it does not belong to the close', 'remove');
  }
  return { record, sha256: hash, files: known.size, events };
}

/** The copies that events have beside them, and the folders whose event cannot be read, so that nobody knows what belongs there. */
function addedCopies(folder: string): {
  readonly copies: readonly { readonly name: string; readonly sha256: string }[];
  readonly unknown: readonly string[];
} {
  const unknown: string[] = [];
  const copies = eventNamesIn(folder).flatMap((name) => {
    const found = findCopies(name, findBytes(join(folder, name)) ?? new Uint8Array());
    if (found === undefined) unknown.push(`${dirname(name)}/`);
    return found ?? [];
  });
  return { copies, unknown };
}

const LINE_ENDS = ['its line ends are CR LF now', 'line ends'] as const;

/** The events of a close, up to the first that is not what comp wrote. */
function checkEvents(dir: string, name: string, close: string, report: Reporter): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  for (const file of eventNamesIn(join(dir, name))) {
    const kept = keptBytes(join(dir, name, file));
    if (kept.bytes === undefined) {
      report(`${name}/${file}`, ...kept.unread);
      return events;
    }
    const { bytes } = kept;
    const found = readEvent(withLineFeeds(bytes), file, events, close);
    if (typeof found === 'string') {
      report(`${name}/${file}`, found);
      return events;
    }
    if (found.sha256 !== sha256(bytes)) report(`${name}/${file}`, ...LINE_ENDS);
    events.push(found);
  }
  return events;
}

/** R11.5: each record names the one before by its hash. */
function checkChain(closes: readonly CheckedClose[], report: Reporter): void {
  for (const [index, { record }] of closes.entries()) {
    const detail = findBreak(record, closes[index - 1]);
    if (detail !== undefined) report(`${record.period.name}/${RECORD}`, detail);
  }
}

/** R11.6: undone closes are kept unchanged, and the next close names them. */
function checkReopened(
  dir: string,
  folders: readonly string[],
  closes: readonly CheckedClose[],
  report: Reporter,
): CheckedReopened[] {
  const found: CheckedReopened[] = [];
  for (const name of folders) {
    const close = checkFolder(dir, name, [RECORD, REOPEN_RECORD], report);
    const kept = keptBytes(join(dir, name, REOPEN_RECORD));
    const record = kept.bytes && findReopenRecord(kept.bytes);
    if (kept.bytes === undefined) {
      report(`${name}/${REOPEN_RECORD}`, ...kept.unread);
    } else if (record === undefined) {
      report(`${name}/${REOPEN_RECORD}`, 'its text has changed since');
    } else if (close !== undefined) {
      if (record.sha256 !== close.sha256) report(`${name}/${RECORD}`, 'it is not what comp wrote');
      found.push({ folder: name, record, close });
    }
  }
  for (const { record } of closes) {
    for (const named of record.reopened) {
      const name = `${REOPENED}/${named.folder}`;
      const by = `the close of ${record.period.name}`;
      if (!folders.includes(name)) report(name, `it is missing, but ${by} names it`);
      const undone = found.find((one) => one.folder === name)?.record;
      // An unreadable record is reported already.
      if (undone === undefined) continue;
      if (undone.sha256 !== named.sha256) report(`${name}/${RECORD}`, `${by} has another hash for it`);
      const isSame = (['period', 'reopenedOn', 'reason', 'signed'] as const).every(
        (fact) => JSON.stringify(undone[fact]) === JSON.stringify(named[fact]),
      );
      if (!isSame) report(`${name}/${REOPEN_RECORD}`, `${by} records something else about it`);
    }
  }
  for (const entry of undoneEntries(dir)) {
    const name = `${REOPENED}/${entry}`;
    if (!folders.includes(name)) report(name, 'it does not belong to any close', 'remove');
  }
  return found;
}

/** All names beside the undone closes; none if they cannot be listed, which is reported already. */
function undoneEntries(dir: string): readonly string[] {
  return entriesOf(join(dir, REOPENED));
}

/** The files of a folder and of those within it, by their paths; a folder without any counts like a file. */
function filesWithin(path: string): string[] {
  return entriesOf(path).flatMap((name) => {
    // A link counts as a file: it may lead to a folder that contains it.
    const isFolder = lstatSync(join(path, name), { throwIfNoEntry: false })?.isDirectory() === true;
    const within = isFolder ? filesWithin(join(path, name)) : [];
    return within.length === 0 ? [name] : within.map((file) => `${name}/${file}`);
  });
}

/** The links below a folder, by their paths: to files and to folders. */
function linksWithin(path: string): string[] {
  return entriesOf(path).flatMap((name) => {
    const found = lstatSync(join(path, name), { throwIfNoEntry: false });
    if (found?.isSymbolicLink() === true) return [name];
    return found?.isDirectory() === true
      ? linksWithin(join(path, name)).map((file) => `${name}/${file}`)
      : [];
  });
}

function entriesOf(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}
