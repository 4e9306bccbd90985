/** Who did what with which close, and when, from the records of the closes and the undone ones (R11.8). */
import { dayOfTime, type Signature } from '../../closing/signature.js';
import type { CheckedClose, CheckedCloses } from './check-closes.js';
import type { StoredEvent } from './events.js';
import { CLOSES, RECORD } from './folder.js';
import { REOPEN_RECORD } from './read-closes.js';

/** Something that somebody did with a close. */
export interface HistoryEntry {
  readonly what: 'closed' | 'approved' | 'handed over' | 'archived' | 'reopened';
  readonly period: string;
  /** The time with its offset; for older records a day: `2025-04-03`. */
  readonly at: string;
  /** Undefined if an older version did not record it. */
  readonly signed: Signature | undefined;
  /** Of an approval or a handing over: what was noted; of a reopening: the reason. */
  readonly note: string | undefined;
  /** Of an approval whose close was undone: when it was withdrawn. */
  readonly withdrawn: string | undefined;
  /** Of an approval: whether the preparer could not approve. */
  readonly fourEyes?: boolean;
  /** Of a handing over, or of an archive that was added. */
  readonly files?: readonly string[];
  readonly version: string;
  /** The path of the record from the workspace. */
  readonly record: string;
}

/**
 * All that was done with closes, in order of time; what is about one close stays in the order of its records.
 *
 * @example historyOf(checkCloses('closes')).map(({ what, period }) => `${period} ${what}`) // ['2025-Q1 closed', …]
 */
export function historyOf({ closes, reopened }: CheckedCloses): readonly HistoryEntry[] {
  const undone = reopened.flatMap(({ folder, record, close }) => [
    ...entriesOf(close, folder, record.signed?.at ?? record.reopenedOn),
    {
      what: 'reopened' as const,
      period: record.period,
      at: record.signed?.at ?? record.reopenedOn,
      signed: record.signed,
      note: record.reason,
      withdrawn: undefined,
      version: record.version,
      record: `${CLOSES}/${folder}/${REOPEN_RECORD}`,
    },
  ]);
  const all = [
    ...undone,
    ...closes.flatMap((close) => entriesOf(close, close.record.period.name, undefined)),
  ];
  const moments = all.map(({ at }) => momentOf(at));
  // A clock may have been set back: what is about one close never comes before what it follows on.
  for (const [index, entry] of all.entries()) {
    const before = all[index - 1];
    if (before !== undefined && folderOf(before) === folderOf(entry))
      moments[index] = Math.max(moments[index] as number, moments[index - 1] as number);
  }
  const order = all.map((_, index) => index);
  order.sort((a, b) => (moments[a] as number) - (moments[b] as number) || a - b);
  return order.map((index) => all[index] as HistoryEntry);
}

/** What was done with one close, but for undoing it. */
function entriesOf(
  { record, events }: CheckedClose,
  folder: string,
  withdrawn: string | undefined,
): readonly HistoryEntry[] {
  const { period, signed, closedOn, version } = record;
  return [
    {
      what: 'closed',
      period: period.name,
      at: signed?.at ?? closedOn,
      signed,
      note: undefined,
      withdrawn: undefined,
      version,
      record: `${CLOSES}/${folder}/${RECORD}`,
    },
    ...events.map((event) => entryOf(event, folder, withdrawn)),
  ];
}

function entryOf({ name, record }: StoredEvent, folder: string, withdrawn: string | undefined): HistoryEntry {
  const { period, signed, version } = record;
  const common = { period, at: signed.at, signed, note: record.note ?? undefined, version };
  const path = `${CLOSES}/${folder}/${name}`;
  const namesOf = (files: readonly { readonly name: string }[]) => files.map((file) => file.name);
  const last = { withdrawn: undefined, record: path };
  switch (record.event) {
    case 'approved':
      return { what: 'approved', ...common, withdrawn, fourEyes: record.fourEyes, record: path };
    case 'handed-over':
      return { what: 'handed over', ...common, files: namesOf(record.files), ...last };
    case 'archived':
      return { what: 'archived', ...common, files: namesOf(record.copies), ...last };
  }
}

function folderOf({ record }: HistoryEntry): string {
  return record.slice(0, record.lastIndexOf('/'));
}

/** A day alone counts from its first moment. */
function momentOf(at: string): number {
  const moment = Date.parse(at);
  return Number.isNaN(moment) ? Date.parse(dayOfTime(at)) || 0 : moment;
}
