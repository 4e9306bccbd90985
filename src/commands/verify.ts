/** `comp verify`: checks every file of every close against its record, and re-runs archived closes (R11.7). */
import { existsSync } from 'node:fs';
import { isEarly } from '../closing/period-state.js';
import { addAll } from '../largest.js';
import type { Fault } from '../problems/problem.js';
import { verifyText } from '../reports/verify.js';
import { checkCloses } from '../workspace/closes/check-closes.js';
import { closesFolder, hasCloses } from '../workspace/closes/folder.js';
import { readCloses } from '../workspace/closes/read-closes.js';
import { rerun } from '../workspace/closes/rerun.js';
import type { Console, ExitCode } from './console.js';
import { type OutputOptions, type Report, runCommand } from './run-command.js';

export interface VerifyOptions extends Omit<OutputOptions, 'strict'> {
  /** The path of comp.yaml. */
  readonly config: string;
  /** The fingerprint that was written down. */
  readonly expect?: string;
}

/** Verifies the closes of a workspace and reports what it finds. */
export async function verify(options: VerifyOptions, console: Console): Promise<ExitCode> {
  const { config, expect } = options;
  return runCommand(options, console, async ({ stage, today }) => {
    const dir = closesFolder(config);
    if (!hasCloses(dir) && !existsSync(config)) {
      const place = { kind: 'run' } as const;
      return { kind: 'refused', faults: [{ code: 'config-not-found', place, path: config }] };
    }
    const checked = checkCloses(dir);
    if (checked.faults.length > 0) return { kind: 'refused', faults: checked.faults };
    const fingerprint = checked.head.kind === 'same' ? checked.head.fingerprint : '';
    if (expect !== undefined && expect !== fingerprint) {
      const place = { kind: 'run' } as const;
      const differs = { code: 'fingerprint-differs', place, found: fingerprint, expected: expect } as const;
      return { kind: 'refused', faults: [differs] };
    }
    const faults: Fault[] = [];
    const same = new Set<string>();
    const closes = readCloses(config);
    for (const [index, close] of closes.entries()) {
      stage(`Re-running ${close.period.name}`);
      const outcome = await rerun(close, closes.slice(0, index), console.version, today);
      if (outcome.kind === 'equal') same.add(close.period.name);
      if (outcome.kind === 'different') addAll(faults, outcome.faults);
    }
    if (faults.length > 0) return { kind: 'refused', faults };
    const data = () => ({
      closes: checked.closes.map(({ record, sha256, files }) => ({
        period: record.period.name,
        closedOn: record.closedOn,
        closedEarly: isEarly(record),
        files,
        performedAgain: same.has(record.period.name),
        sha256,
      })),
      fingerprint,
      reopened: checked.reopened.map(({ folder, record }) => ({ folder, ...record })),
      faults: [],
    });
    const text: Report['text'] = ({ style }) => verifyText(checked, same, style);
    return { kind: 'done', report: { data, text } };
  });
}
