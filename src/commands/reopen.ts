/** `comp reopen <period>`: undoes the newest close, and keeps it with the reason (R11.6). */
import { existsSync } from 'node:fs';
import type { Fault } from '../problems/problem.js';
import { readCloses } from '../workspace/closes/read-closes.js';
import { reopen as undo } from '../workspace/closes/reopened.js';
import { type CalculationOptions, closesFolder, noticeOf, refuse } from './calculation.js';
import { type Changed, changeCloses } from './closes.js';
import { type Console, EXIT, type ExitCode } from './console.js';

export interface ReopenOptions extends Pick<CalculationOptions, 'config' | 'json' | 'quiet'> {
  readonly period: string;
  readonly reason: string;
}

/** Undoes the newest close and shows where it is kept. */
export async function reopen(options: ReopenOptions, console: Console): Promise<ExitCode> {
  const { config, period, reason } = options;
  const notice = noticeOf(options, console);
  const place = { kind: 'run' } as const;
  const dir = closesFolder(config);
  const refused = (faults: readonly Fault[]) => refuse(faults, { locate: (one) => one }, options, console);
  if (!existsSync(dir)) {
    const isWorkspace = existsSync(config);
    if (!isWorkspace) return refused([{ code: 'config-not-found', place, path: config }]);
    return refused([{ code: 'not-closed', place, period, last: undefined }]);
  }
  const changed = await changeCloses(dir, notice, async (): Promise<Changed<string>> => {
    const closes = readCloses(dir);
    const last = closes.at(-1);
    const isClosed = closes.some((close) => close.period.name === period);
    if (last === undefined || !isClosed)
      return { faults: [{ code: 'not-closed', place, period, last: last?.period.name }] };
    if (last.period.name !== period)
      return { faults: [{ code: 'not-newest-close', place, period, last: last.period.name }] };
    const facts = { version: console.version, reopenedOn: console.today(), reason };
    const undone = await undo(dir, last, facts);
    if ('kept' in undone) return { value: undone.kept };
    return { faults: [{ code: 'unwritable-close', place, path: `${dir}/${period}`, reason: undone.reason }] };
  });
  if ('faults' in changed) return refused(changed.faults);
  const kept = `${dir}/${changed.value}`;
  notice(
    `Reopened ${period}. Its close is kept in ${kept}/, and the next close will refer to it with the reason.`,
  );
  if (options.json === true) console.out.write(`${JSON.stringify({ period, kept, reason }, null, 2)}\n`);
  return EXIT.done;
}
