/** The head file as it should be, from the records that there are. */
import { join } from 'node:path';
import { sha256 } from '../input-file.js';
import { RECORD } from './folder.js';
import { type Head, headState, writeHead } from './head.js';
import { findBytes } from './kept-bytes.js';
import { findUndoing, periodsIn } from './read-closes.js';
import { REOPENED, reopenedIn } from './reopened.js';
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
    return { name, sha256: sha256(bytes) };
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
