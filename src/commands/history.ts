/** `comp history [period]`: who closed, approved, handed over and reopened what, and when (R11.8). */
import { existsSync } from 'node:fs';
import { historyCsv, historyRecords, historyText } from '../reports/history.js';
import { checkCloses } from '../workspace/closes/check-closes.js';
import { closesFolder, hasCloses } from '../workspace/closes/folder.js';
import { historyOf } from '../workspace/closes/history.js';
import type { Console, ExitCode } from './console.js';
import { type OutputOptions, runCommand } from './run-command.js';

export interface HistoryOptions extends Omit<OutputOptions, 'strict'> {
  /** The path of comp.yaml. */
  readonly config: string;
  /** Only what was done with this period. */
  readonly period?: string;
  /** As CSV. */
  readonly csv?: boolean;
}

/** Lists what was done with closes; it is shown only if no file among them has changed. */
export async function history(options: HistoryOptions, console: Console): Promise<ExitCode> {
  const { config, period, csv } = options;
  return runCommand(options, console, async () => {
    const dir = closesFolder(config);
    const place = { kind: 'run' } as const;
    if (!hasCloses(dir) && !existsSync(config)) {
      return { kind: 'refused', faults: [{ code: 'config-not-found', place, path: config }] };
    }
    const checked = checkCloses(dir);
    if (checked.faults.length > 0) return { kind: 'refused', faults: checked.faults };
    const all = historyOf(checked);
    const entries = period === undefined ? all : all.filter((entry) => entry.period === period);
    if (period !== undefined && entries.length === 0) {
      const last = checked.closes.at(-1)?.record.period.name;
      return { kind: 'refused', faults: [{ code: 'not-closed', place, period, last }] };
    }
    return {
      kind: 'done',
      report: {
        data: () => ({ history: historyRecords(entries) }),
        text: ({ style }) => (csv === true ? historyCsv(entries) : historyText(entries, style)),
        isAnswer: true,
      },
    };
  });
}
