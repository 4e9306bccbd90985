/** `comp handed-over <period>`: records that payroll has the file of a close, so that nobody is paid twice (R11.9). */
import { timeText } from '../closing/signature.js';
import { listOf } from '../counted.js';
import { approvalsIn } from '../workspace/closes/events.js';
import { handOverClose, payrollFilesOf, type SigningOptions } from '../workspace/closes/sign-off.js';
import type { Console, ExitCode } from './console.js';
import { type OutputOptions, runCommand } from './run-command.js';
import { signingOf } from './signing.js';

export interface HandedOverOptions extends SigningOptions, Omit<OutputOptions, 'strict'> {}

/** Records it, and shows which files payroll has. */
export async function handedOver(options: HandedOverOptions, console: Console): Promise<ExitCode> {
  const { period } = options;
  return runCommand(options, console, async ({ notice }) => {
    const outcome = await handOverClose(options, signingOf(console), notice);
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind === 'already-signed') {
      const { signed } = outcome.record;
      const text = `${period} was handed over by ${signed.by} on ${timeText(signed.at)}. Nothing was changed.`;
      const data = () => ({ handedOver: { period, isNew: false, ...signed } });
      return { kind: 'done', report: { data }, notices: [text] };
    }
    const { event, close, path, fingerprint } = outcome;
    const { signed, note } = event.record;
    const files = payrollFilesOf(close).map(({ name }) => name);
    const notices = [
      `Payroll has ${listOf(files)} of ${period}, handed over by ${signed.by}. Record: ${path}.`,
      ...(approvalsIn(close.events).length > 0 ? [] : [`${period} is not approved: comp approve ${period}.`]),
      `Fingerprint of all that is closed: ${fingerprint}. Write it down elsewhere: comp verify --expect compares it.`,
    ];
    const data = () => ({
      handedOver: { period, isNew: true, ...signed, note, files, record: path, fingerprint },
    });
    return { kind: 'done', report: { data }, notices };
  });
}
