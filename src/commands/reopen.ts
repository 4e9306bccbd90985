/** `comp reopen <period>`: undoes the newest close, and keeps it with the reason (R11.6). */
import { type Reopening, reopenPeriod } from '../workspace/closes/reopen-period.js';
import type { Console, ExitCode } from './console.js';
import { type OutputOptions, runCommand } from './run-command.js';

export interface ReopenOptions extends Reopening, Omit<OutputOptions, 'strict'> {}

/** Undoes the newest close and shows where it is kept. */
export async function reopen(options: ReopenOptions, console: Console): Promise<ExitCode> {
  const { period, reason } = options;
  return runCommand(options, console, async ({ today, notice }) => {
    const facts = { version: console.version, reopenedOn: today() };
    const outcome = await reopenPeriod(options, facts, notice);
    if (outcome.kind === 'refused') return outcome;
    const { kept } = outcome;
    const text = `Reopened ${period}. Its close is kept in ${kept}/, and the next close will refer to it with the reason.`;
    return { kind: 'done', report: { data: () => ({ period, kept, reason }) }, notices: [text] };
  });
}
