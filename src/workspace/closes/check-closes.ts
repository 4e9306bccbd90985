/** Holds every byte under `closes/` against the records, and every record against the chain (R11.7). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../problems/problem.js';
import { sha256 } from '../sources.js';
import { CLOSES, periodsIn, RECORD } from './read-closes.js';
import { type CloseRecord, findSealed, type ReopenRecord } from './record.js';
import { REOPEN_RECORD, REOPENED, reopenedIn } from './reopened.js';

/** What is made while a run writes, or left of one that was stopped: no part of a close. */
const OWN = /^\.comp-/;

/** A close whose record can be read. */
export interface CheckedClose {
  readonly record: CloseRecord;
  /** Of the record. */
  readonly sha256: string;
  /** How many files were looked at. */
  readonly files: number;
}

export interface CheckedCloses {
  /** In order. */
  readonly closes: readonly CheckedClose[];
  readonly reopened: readonly { readonly folder: string; readonly record: ReopenRecord }[];
  /** Each byte that has changed, each file that is missing or too many. */
  readonly faults: readonly Fault[];
}

/** Checks all closes of a folder. */
export function checkCloses(dir: string): CheckedCloses {
  const faults: Fault[] = [];
  const tell = (file: string, detail: string) => {
    faults.push({ code: 'close-damaged', place: { kind: 'file', file: `${CLOSES}/${file}` }, detail });
  };
  const closes: CheckedClose[] = [];
  for (const name of periodsIn(dir)) {
    const close = checkFolder(dir, name, [RECORD], tell);
    if (close === undefined) continue;
    if (close.record.period.name === name) closes.push(close);
    else tell(`${name}/${RECORD}`, `it is the record of ${close.record.period.name}`);
  }
  closes.sort((a, b) => (a.record.period.from < b.record.period.from ? -1 : 1));
  checkChain(closes, tell);
  const reopened = checkReopened(dir, closes, tell);
  const expected = [...periodsIn(dir), REOPENED];
  for (const name of entriesOf(dir)) if (!expected.includes(name)) tell(name, 'it is no part of any close');
  return { closes, reopened, faults };
}

type Tell = (file: string, detail: string) => void;

/** The record of a folder, and all of its files. */
function checkFolder(
  dir: string,
  name: string,
  records: readonly string[],
  tell: Tell,
): CheckedClose | undefined {
  const bytes = find(join(dir, name, RECORD));
  const record = bytes && findSealed<CloseRecord>(bytes);
  if (bytes === undefined || record === undefined) {
    const detail = bytes === undefined ? 'it is missing or cannot be read' : 'its text has changed since';
    tell(`${name}/${RECORD}`, detail);
    return undefined;
  }
  const copies = record.inputs.flatMap(({ archived }) => (archived === undefined ? [] : [archived]));
  const files = [...record.files, ...copies];
  for (const { name: file, sha256: expected } of files) {
    const found = find(join(dir, name, file));
    if (found === undefined) tell(`${name}/${file}`, 'it is missing or cannot be read');
    else if (sha256(found) !== expected) tell(`${name}/${file}`, 'it is not what was written');
  }
  const known = [...records, ...files.map((file) => file.name)];
  for (const file of entriesOf(join(dir, name))) {
    if (!known.includes(file)) tell(`${name}/${file}`, 'it is no part of the close');
  }
  return { record, sha256: sha256(bytes), files: known.length };
}

/** R11.5: each record names the one before by its hash. */
function checkChain(closes: readonly CheckedClose[], tell: Tell): void {
  for (const [index, { record }] of closes.entries()) {
    const before = closes[index - 1];
    const { previous, period } = record;
    if (previous === null && before === undefined) continue;
    if (previous?.period === before?.record.period.name && previous?.sha256 === before?.sha256) continue;
    const named = previous === null ? 'no close' : `the close of ${previous.period}`;
    tell(`${period.name}/${RECORD}`, `it follows ${named}, which is not what stands before it now`);
  }
}

/** R11.6: what was undone is kept as it was, and the next close names it. */
function checkReopened(
  dir: string,
  closes: readonly CheckedClose[],
  tell: Tell,
): { readonly folder: string; readonly record: ReopenRecord }[] {
  const folders = reopenedIn(dir);
  const found: { folder: string; record: ReopenRecord; close: string }[] = [];
  for (const folder of folders) {
    const name = `${REOPENED}/${folder}`;
    const close = checkFolder(dir, name, [RECORD, REOPEN_RECORD], tell);
    const bytes = find(join(dir, name, REOPEN_RECORD));
    const record = bytes && findSealed<ReopenRecord>(bytes);
    if (record === undefined) {
      const detail = bytes === undefined ? 'it is missing or cannot be read' : 'its text has changed since';
      tell(`${name}/${REOPEN_RECORD}`, detail);
    } else if (close !== undefined) {
      if (record.sha256 !== close.sha256) tell(`${name}/${RECORD}`, 'it is not what was written');
      found.push({ folder, record, close: close.sha256 });
    }
  }
  for (const { record } of closes) {
    for (const { folder, sha256: expected } of record.reopened) {
      if (found.find((one) => one.folder === folder)?.close === expected) continue;
      if (folders.includes(folder))
        tell(`${REOPENED}/${folder}/${RECORD}`, `${record.period.name} names another`);
      else tell(`${REOPENED}/${folder}`, `it is missing, and ${record.period.name} names it`);
    }
  }
  for (const name of entriesOf(join(dir, REOPENED))) {
    if (!folders.includes(name)) tell(`${REOPENED}/${name}`, 'it is no part of any close');
  }
  return found.map(({ folder, record }) => ({ folder, record }));
}

function find(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function entriesOf(path: string): string[] {
  try {
    return readdirSync(path)
      .filter((name) => !OWN.test(name))
      .sort();
  } catch {
    return [];
  }
}
