/** The head file as it should be, from the records that there are. */
import { join } from 'node:path';
import { sha256 } from '../input-file.js';
import { eventNamesIn, readEvent, type StoredEvent } from './events.js';
import { periodsIn, RECORD, REOPENED, reopenedIn } from './folder.js';
import { type Head, headState, type Named, writeHead } from './head.js';
import { findBytes } from './kept-bytes.js';
import { findUndoing, REOPEN_RECORD } from './read-closes.js';
import { findReopenRecord } from './record.js';
import { findFields } from './sealed.js';

/** What there is, and whether the records are as new as head files. */
export interface CurrentHead extends Head {
  readonly hasHead: boolean;
}

/** The closes and the undone ones of a folder, by the hashes of their records. */
export function currentHead(dir: string): CurrentHead {
  const undone = new Set(periodsIn(dir).filter((name) => findUndoing(join(dir, name)) !== undefined));
  let hasHead = false;
  const named = (name: string, folder = name) => {
    const bytes = findBytes(join(dir, folder, RECORD)) ?? new Uint8Array();
    hasHead ||= findFields(bytes)?.['workspace'] !== undefined;
    const hash = sha256(bytes);
    return { name, sha256: hash, ...eventsOf(join(dir, folder), hash) };
  };
  const closes = periodsIn(dir).filter((name) => !undone.has(name));
  return {
    // Pay periods are either quarters or months, so that their names are in order.
    closes: closes.map((name) => named(name)),
    reopened: [
      ...undoneIn(dir).map((name) => named(name, `${REOPENED}/${name}`)),
      ...[...undone].map((name) => named(name)),
    ],
    get hasHead() {
      return hasHead;
    },
  };
}

/** What happened to a close, by the hashes of the records: those that comp wrote. The last is that it was undone. */
function eventsOf(folder: string, close: string): Pick<Named, 'events'> {
  const found: StoredEvent[] = [];
  for (const name of namesOfEvents(folder)) {
    const event = readEvent(findBytes(join(folder, name)) ?? new Uint8Array(), name, found, close);
    // A head file is never completed by what comp did not write; checking the closes reports it.
    if (typeof event === 'string') break;
    found.push(event);
  }
  const events = found.map(({ name, sha256 }) => ({ name, sha256 }));
  const undoing = findBytes(join(folder, REOPEN_RECORD));
  // Older versions neither signed it nor named it in the head file.
  if (undoing !== undefined && findReopenRecord(undoing)?.signed !== undefined) {
    events.push({ name: REOPEN_RECORD, sha256: sha256(undoing) });
  }
  return events.length === 0 ? {} : { events };
}

function namesOfEvents(folder: string): readonly string[] {
  try {
    return eventNamesIn(folder);
  } catch {
    // Reading the folder is reported elsewhere.
    return [];
  }
}

function undoneIn(dir: string): readonly string[] {
  try {
    return reopenedIn(dir);
  } catch {
    // Listing them is reported elsewhere.
    return [];
  }
}

/** Writes the head file anew, from what there is. The caller holds the lock of the folder. */
export async function renewHead(dir: string): Promise<string> {
  const { closes, reopened } = currentHead(dir);
  return writeHead(dir, { closes, reopened });
}

/** Whether a run was interrupted before it had written the head file; it is written then. */
export async function finishHead(dir: string): Promise<boolean> {
  if (headState(dir, currentHead(dir)).kind !== 'behind') return false;
  await renewHead(dir);
  return true;
}
