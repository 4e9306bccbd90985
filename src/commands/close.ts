/** `comp close <period>`: freezes a pay period, which is never restated (R11). */
import { type ClosingOptions, closePeriod } from '../workspace/closes/close-period.js';
import type { Console, ExitCode } from './console.js';
import { resultReport } from './result-report.js';
import { type OutputOptions, runCommand } from './run-command.js';
import { wroteNotice } from './wrote.js';

export interface CloseOptions extends ClosingOptions, OutputOptions {}

/** Closes a pay period and shows the result. */
export async function close(options: CloseOptions, console: Console): Promise<ExitCode> {
  const { period } = options;
  return runCommand(options, console, async (run) => {
    const outcome = await closePeriod(options, console.version, run);
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind === 'already-closed') {
      const data = () => ({ close: { period, isNew: false } });
      return {
        kind: 'done',
        report: { data },
        notices: [`${period} is already closed. Nothing was changed.`],
      };
    }
    const { result, closes, folder, names } = outcome;
    const more = { close: { period, isNew: true, files: names } };
    const notices = [`Closed ${period}. ${wroteNotice(names, folder)}`];
    // The period of a close ends on its as-of date.
    if (result.asOf > run.today()) {
      notices.push(
        `${period} ends on ${result.asOf}, which is in the future. Anything that still happens in it becomes an adjustment in the next period.`,
      );
    }
    const report = await resultReport(result, closes, { folder, more });
    return { kind: 'done', report, notices, exceptions: result.exceptions.length };
  });
}
