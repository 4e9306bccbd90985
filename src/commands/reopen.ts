/** `comp reopen <period>`: undoes the newest close, and keeps it with the reason (R11.6). */
import { listOf } from '../counted.js';
import { type Reopening, reopenPeriod } from '../workspace/closes/reopen-period.js';
import type { Console, ExitCode } from './console.js';
import { type OutputOptions, runCommand } from './run-command.js';
import { signingOf } from './signing.js';

export interface ReopenOptions extends Reopening, Omit<OutputOptions, 'strict'> {
  /** Who reopens it; the user of the system by default. */
  readonly by?: string;
}

/** Undoes the newest close and shows where it is kept, and what no longer counts. */
export async function reopen(options: ReopenOptions, console: Console): Promise<ExitCode> {
  const { period, reason, by } = options;
  return runCommand(options, console, async ({ today, notice }) => {
    const { version, sign } = signingOf(console);
    const signed = sign(by);
    const outcome = await reopenPeriod(options, { version, reopenedOn: today(), signed }, notice);
    if (outcome.kind === 'refused') return outcome;
    const { kept, withdrawn, isHandedOver } = outcome;
    const notices = [
      `Reopened ${period}. Its close is kept in ${kept}/, and the next close will refer to it with the reason.`,
      ...(withdrawn.length === 0
        ? []
        : [`Approval withdrawn: ${listOf(withdrawn)} approved what is no longer closed.`]),
      ...(isHandedOver
        ? [
            `Payroll has the file of ${period}: the next close also writes payroll-delta.csv, which is what to pay on top of it.`,
          ]
        : []),
    ];
    const data = () => ({ period, kept, reason, signed, withdrawn, isHandedOver });
    return { kind: 'done', report: { data }, notices };
  });
}
