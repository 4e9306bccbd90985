/** Who did what with which close, and when: for the terminal, as CSV and as data. */
import { timeText } from '../closing/signature.js';
import { displayed } from '../displayed.js';
import { csvOf } from '../ledgers/write.js';
import type { HistoryEntry } from '../workspace/closes/history.js';
import type { Style } from './style.js';
import { type TableRow, tableText } from './table.js';

/** A line for each thing that was done, and below it what was noted. */
export function historyText(entries: readonly HistoryEntry[], style: Style): string {
  if (entries.length === 0) return 'Nothing is closed.\n';
  const columns = ['when', 'period', 'what', 'by', 'user and computer', 'comp'].map((title) => ({
    title,
    align: 'left' as const,
  }));
  const rows = entries.flatMap((entry): TableRow[] => [
    [timeText(entry.at), entry.period, whatText(entry), byText(entry), placeText(entry), entry.version],
    ...remarksOn(entry).map((remark) => ({ line: `    ${displayed(remark)}` })),
  ]);
  return `${tableText(columns, rows, style).lines.join('\n')}\n`;
}

function whatText({ what, withdrawn }: HistoryEntry): string {
  return withdrawn === undefined ? what : `${what}, withdrawn`;
}

function byText({ signed }: HistoryEntry): string {
  return signed === undefined ? 'not recorded' : displayed(signed.by);
}

function placeText({ signed }: HistoryEntry): string {
  return signed === undefined ? '' : displayed(`${signed.user} on ${signed.host}`);
}

function remarksOn({ note, withdrawn, fourEyes, files }: HistoryEntry): string[] {
  return [
    ...(note === undefined ? [] : [note]),
    ...(files === undefined ? [] : [files.join(', ')]),
    ...(fourEyes === false ? ['four eyes were off: the preparer could approve'] : []),
    ...(withdrawn === undefined ? [] : [`withdrawn when the period was reopened, ${timeText(withdrawn)}`]),
  ];
}

/** The same as CSV. */
export function historyCsv(entries: readonly HistoryEntry[]): string {
  const names = [
    ...['at', 'period', 'what', 'by', 'note', 'withdrawn', 'four_eyes', 'files'],
    ...['user', 'host', 'version', 'record'],
  ];
  const columns = names.map((name) => ({ name, kind: 'text' as const }));
  const rows = entries.map(
    ({ at, period, what, signed, note, withdrawn, fourEyes, files, version, record }) => [
      ...[at, period, what, signed?.by ?? '', note ?? '', withdrawn ?? ''],
      ...[fourEyes === undefined ? '' : `${fourEyes}`, (files ?? []).join(' ')],
      ...[signed?.user ?? '', signed?.host ?? '', version, record],
    ],
  );
  return [...csvOf({ file: 'history.csv', columns, rows })].join('');
}

/** The same as data. */
export function historyRecords(entries: readonly HistoryEntry[]): readonly Record<string, unknown>[] {
  return entries.map(({ signed, note, withdrawn, fourEyes, files, ...entry }) => ({
    ...{ at: entry.at, period: entry.period, what: entry.what, by: signed?.by ?? null },
    ...{ user: signed?.user ?? null, host: signed?.host ?? null, note: note ?? null },
    ...(entry.what === 'approved' ? { withdrawn: withdrawn ?? null, fourEyes } : {}),
    ...(files === undefined ? {} : { files }),
    ...{ version: entry.version, record: entry.record },
  }));
}
