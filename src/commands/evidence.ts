/** `comp evidence <period>`: packs what an auditor needs about a close, with all that is needed to calculate it again (R11.8). */
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { type Evidence, laterPostings, type Performed, payrollIn } from '../evidence/evidence.js';
import { packed, packFolder, pathInPack, recordOf } from '../evidence/pack.js';
import type { Fault } from '../problems/problem.js';
import { faultRecords } from '../reports/faults.js';
import type { Surroundings } from '../workspace/calculate-workspace.js';
import { copiesOf, type InputCopy } from '../workspace/closes/archive.js';
import { checkCloses } from '../workspace/closes/check-closes.js';
import { closesFolder, hasCloses } from '../workspace/closes/folder.js';
import { historyOf } from '../workspace/closes/history.js';
import { bytesAt, findBytes } from '../workspace/closes/kept-bytes.js';
import { ownerFaults } from '../workspace/closes/owner.js';
import { readCloses, type StoredClose } from '../workspace/closes/read-closes.js';
import { remakeFaults } from '../workspace/closes/remake.js';
import { rerun, rerunHere } from '../workspace/closes/rerun.js';
import { writeOutput } from '../workspace/output.js';
import { OWNER } from '../workspace/owner-file.js';
import type { Console, ExitCode } from './console.js';
import { type Ending, type OutputOptions, runCommand } from './run-command.js';

export interface EvidenceOptions extends Omit<OutputOptions, 'strict'> {
  /** The path of comp.yaml. */
  readonly config: string;
  readonly period: string;
  /** The file to write. */
  readonly out: string;
}

/** Packs the evidence of a close, and shows what calculating it again came to. */
export async function evidence(options: EvidenceOptions, console: Console): Promise<ExitCode> {
  return runCommand(options, console, (run) => pack(options, console.version, run));
}

async function pack(options: EvidenceOptions, version: string, run: Surroundings): Promise<Ending> {
  const { config, period, out } = options;
  const dir = closesFolder(config);
  const place = { kind: 'run' } as const;
  const refused = (...faults: readonly Fault[]): Ending => ({ kind: 'refused', faults });
  if (!hasCloses(dir) && !existsSync(config))
    return refused({ code: 'config-not-found', place, path: config });
  const checked = checkCloses(dir);
  const faults = [...ownerFaults(config), ...checked.faults];
  if (faults.length > 0) return refused(...faults);
  const closes = readCloses(config);
  const at = closes.findIndex((one) => one.period.name === period);
  const close = closes[at];
  if (close === undefined) {
    return refused({ code: 'not-closed', place, period, last: closes.at(-1)?.period.name });
  }
  run.stage(`Re-running ${period}`);
  const { performed, copies } = await performAgain(config, close, closes.slice(0, at), version, run);
  run.stage('Packing');
  const folder = packFolder(copies);
  const found: Evidence = {
    version,
    close,
    fingerprint: checked.head.kind === 'same' ? checked.head.fingerprint : '',
    history: historyOf(checked).filter((entry) => entry.period === period),
    inputs: close.record.inputs.map(({ role, file, sha256 }, index) => {
      const path = copies[index]?.path;
      return { role, file, sha256, path: path === undefined ? undefined : pathInPack(folder, path) };
    }),
    performed,
    payroll: payrollIn(close),
    later: laterPostings(period, closes.slice(at + 1)),
    through: closes.at(-1)?.period.name ?? period,
    folder,
    config: basename(config),
  };
  const owner = findBytes(resolve(dirname(config), OWNER));
  const contents = { dir, owner: owner && { path: OWNER, bytes: owner }, inputs: copies };
  const file = { name: basename(out), pieces: packed(found, contents) };
  const output = { dir: dirname(out), files: [file], stale: [], path: out };
  const inputs = [config, ...copies.map(({ path }) => resolve(dirname(config), path))];
  const { fault } = await writeOutput(output, { inputs, closes: dir });
  if (fault !== undefined) return refused(fault);
  return {
    kind: 'done',
    report: { data: () => ({ evidence: { file: out, ...recordOf(found) } }) },
    notices: [`Wrote ${out}: index.html in it explains what it has. ${performedText(performed)}`],
  };
}

/** Calculates the close again: from the copies of its inputs, or from the files of the workspace if they are its inputs. */
async function performAgain(
  config: string,
  close: StoredClose,
  before: readonly StoredClose[],
  version: string,
  { today }: Surroundings,
): Promise<{ readonly performed: Performed; readonly copies: readonly InputCopy[] }> {
  const copies = copiesOf(close.folder, close.inputs);
  if (copies !== undefined) {
    const outcome = await rerun(close, before, version, today);
    const performed: Performed =
      outcome.kind === 'different'
        ? { kind: 'different', from: 'archive', texts: textsOf(outcome.faults) }
        : { kind: 'equal', from: 'archive' };
    return { performed, copies };
  }
  const here = await rerunHere(config, close, before, version, today);
  const present = here.kind === 'equal' ? presentInputs(config, here.paths) : undefined;
  if (present !== undefined) return { performed: { kind: 'equal', from: 'workspace' }, copies: present };
  if (here.kind === 'different') {
    return { performed: { kind: 'different', from: 'workspace', texts: textsOf(here.faults) }, copies: [] };
  }
  return { performed: { kind: 'no-inputs', texts: textsOf(remakeFaults(close, before)) }, copies: [] };
}

/** The inputs of a workspace; undefined if one has an absolute path in comp.yaml, which is another file elsewhere. */
function presentInputs(config: string, paths: readonly string[]): readonly InputCopy[] | undefined {
  const root = dirname(resolve(config));
  const inputs = paths.map((path) => relative(root, resolve(path)).split(sep).join('/'));
  if (inputs.some((path) => isAbsolute(path))) return undefined;
  return inputs.map((path) => ({ path, bytes: bytesAt(resolve(root, path), path) }));
}

function textsOf(faults: readonly Fault[]): readonly string[] {
  const records = faultRecords(faults, (place) => place);
  return records.map(
    ({ file, subject }) => `${[file, subject].filter((part) => part !== undefined).join(': ')}.`,
  );
}

function performedText(performed: Performed): string {
  switch (performed.kind) {
    case 'equal':
      return 'Calculated again from its inputs, every byte matches.';
    case 'different':
      return `Calculated again from its inputs, it differs: ${performed.texts.join(' ')}`;
    case 'no-inputs':
      return 'It has no archive, and the files of the workspace are no longer its inputs: they are not in it, and the close cannot be calculated again from it. comp close --archive keeps them.';
  }
}
