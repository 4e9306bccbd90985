/** `comp approve <period>`: somebody other than the preparer approves a close (R11.8). */
import { timeText } from '../closing/signature.js';
import { approveClose, type SigningOptions } from '../workspace/closes/sign-off.js';
import type { Console, ExitCode } from './console.js';
import { type OutputOptions, runCommand } from './run-command.js';
import { signingOf } from './signing.js';

export interface ApproveOptions extends SigningOptions, Omit<OutputOptions, 'strict'> {}

/** Approves a close and shows the fingerprint that covers the approval. */
export async function approve(options: ApproveOptions, console: Console): Promise<ExitCode> {
  const { period } = options;
  return runCommand(options, console, async ({ notice }) => {
    const outcome = await approveClose(options, signingOf(console), notice);
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind === 'already-signed') {
      const { signed } = outcome.record;
      const text = `${period} was approved by ${signed.by} on ${timeText(signed.at)}. Nothing was changed.`;
      const data = () => ({ approval: { period, isNew: false, ...signed } });
      return { kind: 'done', report: { data }, notices: [text] };
    }
    const { event, close, path, fingerprint } = outcome;
    const { signed, note } = event.record;
    const preparer = close.record.signed?.by;
    const notices = [
      `Approved ${period} by ${signed.by}${preparer === undefined ? '' : ` (closed by ${preparer})`}. Record: ${path}.`,
      `Fingerprint of all that is closed: ${fingerprint}. Write it down elsewhere: comp verify --expect compares it.`,
    ];
    const data = () => ({ approval: { period, isNew: true, ...signed, note, record: path, fingerprint } });
    return { kind: 'done', report: { data }, notices };
  });
}
