/** Signs a close off: somebody approves it, and payroll is given its file; sealed beside its record (R11.8). */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { isSameName, type Signing } from '../../closing/signature.js';
import type { Refusal } from '../../engine/result.js';
import { approvalsSchema } from '../../plans/schema.js';
import type { Place } from '../../problems/place.js';
import type { Fault } from '../../problems/problem.js';
import { readBySchema } from '../../problems/schema-issues.js';
import { readConfig } from '../config.js';
import { readFile } from '../files.js';
import { changeCloses } from './change-closes.js';
import { renewHead } from './current-head.js';
import {
  approvalsIn,
  type EventRecord,
  findHandOver,
  type HandOver,
  type NewEvent,
  type StoredEvent,
  writeEvent,
} from './events.js';
import { closesFolder, hasCloses } from './folder.js';
import { readCloses, type StoredClose } from './read-closes.js';

/** Which close to sign, and in whose name. */
export interface SigningOptions {
  /** The path of comp.yaml. */
  readonly config: string;
  readonly period: string;
  /** The user of the system by default. */
  readonly by?: string;
  /** Added to the record. */
  readonly note?: string;
}

/** A close that was signed just now. */
export interface Signed {
  readonly kind: 'signed';
  readonly event: StoredEvent;
  /** Before this. */
  readonly close: StoredClose;
  /** The path of the record. */
  readonly path: string;
  /** Of all that is closed. */
  readonly fingerprint: string;
}

/** It was signed before, so that nothing changes. */
export interface AlreadySigned {
  readonly kind: 'already-signed';
  readonly record: EventRecord;
}

/** The faults that prevent it, and where they are. */
export interface RefusedSigning extends Refusal {
  readonly locate?: (place: Place) => Place;
}

const PLACE = { kind: 'run' } as const;

/**
 * Approves a close. With four eyes, which `approvals.fourEyes` in comp.yaml turns off, whoever closed it cannot.
 *
 * @param notice - shows what an earlier run left unfinished
 * @throws DamagedClose if a close cannot be read
 */
export async function approveClose(
  options: SigningOptions,
  { version, sign }: Signing,
  notice: (text: string) => void,
): Promise<Signed | AlreadySigned | RefusedSigning> {
  const { period, note } = options;
  const terms = fourEyesIn(options.config);
  if (terms.kind === 'refused') return terms;
  const { fourEyes } = terms;
  return onClose(options, notice, ({ record, events }) => {
    const signed = sign(options.by);
    const before = approvalsIn(events).find((one) => isSameName(one.signed.by, signed.by));
    if (before !== undefined) return { kind: 'already-signed', record: before };
    const preparer = record.signed?.by;
    if (fourEyes && preparer === undefined)
      return refused({ code: 'preparer-unknown', place: PLACE, period });
    if (fourEyes && preparer !== undefined && isSameName(preparer, signed.by)) {
      return refused({ code: 'preparer-approves', place: PLACE, period, name: signed.by, preparer });
    }
    return { event: 'approved', version, signed, note: note ?? null, fourEyes };
  });
}

/**
 * Records that payroll has the file of a close: the whole, or what changed since the file that it had before.
 *
 * @param notice - shows what an earlier run left unfinished
 * @throws DamagedClose if a close cannot be read
 */
export async function handOverClose(
  options: SigningOptions,
  { version, sign }: Signing,
  notice: (text: string) => void,
): Promise<Signed | AlreadySigned | RefusedSigning> {
  return onClose(options, notice, (close) => {
    const before = findHandOver(close.events);
    if (before !== undefined) return { kind: 'already-signed', record: before };
    const files = payrollFilesOf(close);
    return { event: 'handed-over', version, signed: sign(options.by), note: options.note ?? null, files };
  });
}

/** What payroll is given of a close: its payroll files, or what differs from those of an undone close that payroll has. */
export function payrollFilesOf({ record }: Pick<StoredClose, 'record'>): HandOver['files'] {
  const names =
    record.handedOver === undefined
      ? ['payroll.csv', 'payroll-lines.csv']
      : ['payroll-delta.csv', 'payroll-delta-lines.csv'];
  return record.files.filter(({ name }) => names.includes(name));
}

/** Signs the close of a period while no other command changes closes. */
async function onClose(
  { config, period }: SigningOptions,
  notice: (text: string) => void,
  eventOf: (close: StoredClose) => NewEvent | AlreadySigned | RefusedSigning,
): Promise<Signed | AlreadySigned | RefusedSigning> {
  const dir = closesFolder(config);
  if (!hasCloses(dir)) {
    return refused(
      existsSync(config)
        ? { code: 'not-closed', place: PLACE, period, last: undefined }
        : { code: 'config-not-found', place: PLACE, path: config },
    );
  }
  return changeCloses(config, notice, async () => {
    const closes = readCloses(config);
    const close = closes.find((one) => one.period.name === period);
    if (close === undefined) {
      return refused({ code: 'not-closed', place: PLACE, period, last: closes.at(-1)?.period.name });
    }
    const made = eventOf(close);
    if ('kind' in made) return made;
    const event = await writeEvent(dir, close, made);
    if ('reason' in event) {
      const { reason } = event;
      return refused({ code: 'unwritable-close', place: PLACE, path: `${dir}/${period}`, reason });
    }
    const fingerprint = await renewHead(dir);
    const path = `${dir}/${period}/${event.name}`;
    return { kind: 'signed', event, close, path, fingerprint } as const;
  });
}

function refused(fault: Fault): RefusedSigning {
  return { kind: 'refused', faults: [fault] };
}

/** Whether comp.yaml requires that somebody other than the preparer approves. */
function fourEyesIn(config: string): { readonly kind: 'read'; readonly fourEyes: boolean } | RefusedSigning {
  const { bytes, reason } = readFile(config);
  if (bytes === undefined) {
    return refused(
      reason === undefined
        ? { code: 'config-not-found', place: PLACE, path: config }
        : { code: 'unreadable-file', place: PLACE, path: config, reason },
    );
  }
  const text = readConfig(basename(config), Buffer.from(bytes).toString('utf8'));
  const written = (text.value as { readonly approvals?: unknown } | undefined)?.approvals ?? {};
  const { value, faults } = readBySchema(approvalsSchema, written, ['approvals']);
  const all = [...text.faults, ...faults];
  if (value === undefined || all.length > 0) {
    const locate = (place: Place) => (place.kind === 'terms' ? text.find(place.path) : place);
    return { kind: 'refused', faults: all, locate };
  }
  return { kind: 'read', fourEyes: value.fourEyes };
}
