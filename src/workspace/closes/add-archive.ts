/** Adds copies of its inputs to a close that has none, if they give every byte of it again: the close itself never changes (R11.7). */
import type { Signing } from '../../closing/signature.js';
import type { Fault } from '../../problems/problem.js';
import type { Surroundings } from '../calculate-workspace.js';
import { archiveOf } from './archive.js';
import { renewHead } from './current-head.js';
import { type StoredEvent, writeArchive } from './events.js';
import { closesFolder } from './folder.js';
import type { StoredClose } from './read-closes.js';
import { rerunHere } from './rerun.js';

/** An archive that was added to a close just now. */
export interface Archived {
  readonly kind: 'archived';
  readonly event: StoredEvent;
  /** The path of its record. */
  readonly path: string;
  /** Of all that is closed. */
  readonly fingerprint: string;
}

/** Whether a close has a copy of each of its inputs. */
export function hasArchive({ inputs }: StoredClose): boolean {
  return inputs.every(({ archived }) => archived !== undefined);
}

/**
 * Adds an archive to a close, from the files of the workspace.
 *
 * @param config - the path of comp.yaml; the caller holds the lock of the closes beside it
 * @param closes - all of the workspace, in order
 * @param by - who adds it; the user of the system by default
 */
export async function addArchive(
  { config, by }: { readonly config: string; readonly by?: string },
  close: StoredClose,
  closes: readonly StoredClose[],
  { version, sign }: Signing,
  today: Surroundings['today'],
): Promise<Archived | { readonly kind: 'refused'; readonly faults: readonly Fault[] }> {
  const place = { kind: 'run' } as const;
  const refused = (...faults: readonly Fault[]) => ({ kind: 'refused', faults }) as const;
  const period = close.period.name;
  const isNewest = close === closes.at(-1);
  const because = (differing: readonly string[]): Fault => {
    return { code: 'closed-without-archive', place, period, differing, isNewest };
  };
  const before = closes.slice(0, closes.indexOf(close));
  const again = await rerunHere(config, close, before, version, today);
  switch (again.kind) {
    case 'other-inputs':
      return refused(because(again.files));
    case 'different':
      return refused(because([]), ...again.faults);
    case 'equal':
      break;
  }
  const archive = archiveOf(close.record.inputs, again.paths);
  if (archive.faults.length > 0) return refused(...archive.faults);
  const copies = archive.inputs.flatMap(({ archived }) => (archived === undefined ? [] : [archived]));
  const dir = closesFolder(config);
  const added = { event: 'archived', version, signed: sign(by), note: null, copies } as const;
  const event = await writeArchive(dir, close, added, archive.files);
  if ('reason' in event) {
    const { reason } = event;
    return refused({ code: 'unwritable-close', place, path: `${dir}/${period}`, reason });
  }
  const fingerprint = await renewHead(dir);
  return { kind: 'archived', event, path: `${dir}/${period}/${event.name}`, fingerprint };
}
