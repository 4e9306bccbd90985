/** `comp verify`: checks every file of every close against its record, and calculates closes again (R11.7). */
import { existsSync } from 'node:fs';
import { isEarly } from '../closing/period-state.js';
import { addAll } from '../largest.js';
import type { Fault } from '../problems/problem.js';
import { verifyText } from '../reports/verify.js';
import type { Surroundings } from '../workspace/calculate-workspace.js';
import { type CheckedCloses, checkCloses } from '../workspace/closes/check-closes.js';
import { closesFolder, hasCloses } from '../workspace/closes/folder.js';
import { ownerFaults } from '../workspace/closes/owner.js';
import { repeatCloses } from '../workspace/closes/repeat-closes.js';
import type { Console, ExitCode } from './console.js';
import { type Ending, type OutputOptions, type Report, runCommand } from './run-command.js';

export interface VerifyOptions extends Omit<OutputOptions, 'strict'> {
  /** The path of comp.yaml. */
  readonly config: string;
  /** The fingerprint that was written down. */
  readonly expect?: string;
  /** Also re-run closes without an archive from the files that there are, if they were made from them. */
  readonly inputs?: boolean;
}

/** Verifies the closes of a workspace and reports what it finds: everything, whatever else is wrong. */
export async function verify(options: VerifyOptions, console: Console): Promise<ExitCode> {
  return runCommand(options, console, (run) => verified(options, console.version, run));
}

async function verified(
  { config, expect, inputs }: VerifyOptions,
  version: string,
  run: Surroundings,
): Promise<Ending> {
  const dir = closesFolder(config);
  if (!hasCloses(dir) && !existsSync(config)) {
    const place = { kind: 'run' } as const;
    return { kind: 'refused', faults: [{ code: 'config-not-found', place, path: config }] };
  }
  const faults = [...ownerFaults(config)];
  const checked = checkCloses(dir);
  addAll(faults, checked.faults);
  addAll(faults, expectFaults(checked, expect));
  const here = inputs === true ? config : undefined;
  const repeated = await repeatCloses(dir, checked, version, run, here);
  const { same, fromHere, faults: others } = repeated;
  addAll(faults, others);
  if (faults.length > 0) return { kind: 'refused', faults };
  const text: Report['text'] = ({ style }) => verifyText(checked, { same, fromHere }, style);
  return { kind: 'done', report: { data: () => recordOf(checked, new Set([...same, ...fromHere])), text } };
}

function fingerprintIn({ head }: CheckedCloses): string {
  return head.kind === 'same' ? head.fingerprint : '';
}

function expectFaults(checked: CheckedCloses, expected: string | undefined): readonly Fault[] {
  const found = fingerprintIn(checked);
  if (expected === undefined || expected === found) return [];
  return [{ code: 'fingerprint-differs', place: { kind: 'run' }, found, expected }];
}

function recordOf(checked: CheckedCloses, same: ReadonlySet<string>) {
  return {
    closes: checked.closes.map(({ record, sha256, files }) => ({
      period: record.period.name,
      closedOn: record.closedOn,
      closedEarly: isEarly(record),
      files,
      performedAgain: same.has(record.period.name),
      sha256,
    })),
    fingerprint: fingerprintIn(checked),
    reopened: checked.reopened.map(({ folder, record }) => ({ folder, ...record })),
    faults: [],
  };
}
