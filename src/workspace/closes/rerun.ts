/** Re-runs an archived close from the copies of its inputs, and compares what comes out byte by byte (R11.7). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { settingsOf } from '../../closing/documents.js';
import type { Fault } from '../../problems/problem.js';
import { calculateWorkspace, type Surroundings } from '../calculate-workspace.js';
import type { InputFile } from '../input-file.js';
import { lineOf } from '../line-of.js';
import { isOfTheSystem, reasonOf } from '../reason.js';
import { unpackInto } from './archive.js';
import { UnusableClose } from './damaged-close.js';
import { findDifference } from './difference.js';
import { CLOSES, RECORD } from './folder.js';
import { handedOverIn } from './handed-over.js';
import { bytesAt } from './kept-bytes.js';
import { makeClose } from './make-close.js';
import { keptRowsIn, type StoredClose } from './read-closes.js';

/** The outcome of re-running a close. */
export type Rerun =
  /** Every byte is the same. */
  | { readonly kind: 'equal'; readonly paths: readonly string[] }
  | { readonly kind: 'different'; readonly faults: readonly Fault[] };

/**
 * Re-runs a close on top of the closes before it.
 *
 * @param version - of the program that runs now
 */
export async function rerun(
  close: StoredClose,
  before: readonly StoredClose[],
  version: string,
  today: Surroundings['today'],
): Promise<Rerun | { readonly kind: 'no-archive' }> {
  let dir: string | undefined;
  try {
    dir = mkdtempSync(join(tmpdir(), 'comp-verify-'));
    const config = unpackInto(dir, close.folder, close.inputs);
    return config === undefined
      ? { kind: 'no-archive' }
      : await rerunCopy(config, close, before, version, today);
  } catch (error) {
    return { kind: 'different', faults: faultsOf(error) };
  } finally {
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * Re-runs a close from the files of the workspace, if they still are what it was made from.
 *
 * @param config - the path of comp.yaml
 * @param version - of the program that runs now
 * @returns the paths of its inputs where every byte is the same; or the files that are not its inputs
 */
export async function rerunHere(
  config: string,
  close: StoredClose,
  before: readonly StoredClose[],
  version: string,
  today: Surroundings['today'],
): Promise<Rerun | OtherInputs> {
  try {
    return await rerunIn(config, close, before, version, today);
  } catch (error) {
    if (error instanceof UnusableClose) return { kind: 'different', faults: error.faults };
    throw error;
  }
}

async function rerunCopy(
  config: string,
  close: StoredClose,
  before: readonly StoredClose[],
  version: string,
  today: Surroundings['today'],
): Promise<Rerun> {
  const outcome = await rerunIn(config, close, before, version, today);
  if (outcome.kind !== 'other-inputs') return outcome;
  if (outcome.faults.length > 0) return { kind: 'different', faults: outcome.faults };
  const place = { kind: 'file', file: `${CLOSES}/${close.period.name}/${RECORD}` } as const;
  const detail = `the copy of ${outcome.files.join(' and of ')} is not the input that was recorded`;
  return { kind: 'different', faults: [{ code: 'close-damaged', place, detail, remedy: 'restore' }] };
}

/** The files are not the inputs of the close. */
interface OtherInputs {
  readonly kind: 'other-inputs';
  /** By the names that comp.yaml has, or had, for them. */
  readonly files: readonly string[];
  /** What prevents a calculation from them. */
  readonly faults: readonly Fault[];
}

/** A copy that is damaged, or no room for the copies. */
function faultsOf(error: unknown): readonly Fault[] {
  if (error instanceof UnusableClose) return error.faults;
  if (!isOfTheSystem(error)) throw error;
  const refused = { path: tmpdir(), reason: reasonOf(error), isTemporary: true };
  return [{ code: 'system-refused', place: { kind: 'run' }, ...refused }];
}

/** @param config - the path of comp.yaml, which may be a copy */
async function rerunIn(
  config: string,
  { record, folder, period }: StoredClose,
  before: readonly StoredClose[],
  version: string,
  today: Surroundings['today'],
): Promise<Rerun | OtherInputs> {
  const options = { config, period: period.name };
  const silent = { today, stage: () => {}, notice: () => {} };
  const outcome = await calculateWorkspace(options, { keep: { postings: true }, closes: before }, silent);
  const files = differing(record.inputs, outcome.workspace.inputs);
  if (files.length > 0) {
    return { kind: 'other-inputs', files, faults: outcome.kind === 'refused' ? outcome.faults : [] };
  }
  if (outcome.kind === 'refused') return { kind: 'different', faults: outcome.faults };
  const { workspace, calculation } = outcome;
  const { workspace: owner, settings, closedOn, signed, previous, reopened, inputs } = record;
  const made = makeClose(calculation.result, before, {
    ...(owner === undefined ? {} : { workspace: owner }),
    ...(settings === undefined ? {} : { settings: settingsOf(calculation.result) }),
    ...(signed === undefined ? {} : { signed }),
    before: record.handedOver && handedOverIn(dirname(folder), record.handedOver),
    rows: { ledgers: workspace.ledgers, before: keptRowsIn(before) },
    // An older close may lack a file that this version writes.
    only: new Set(record.files.map(({ name }) => name)),
    ...{ version: record.version, closedOn, previous, reopened, inputs },
    // Pages are for people: another version of the program may lay them out differently.
    pages: () => record.pages ?? [],
    lineOf: (exception) => lineOf(workspace, exception),
  });
  const by = record.version === version ? '' : ` by comp ${version} (closed by ${record.version})`;
  const faults = made.flatMap(({ name, pieces }): Fault[] => {
    const line = findDifference(pieces, bytesAt(join(folder, name), `${CLOSES}/${period.name}/${name}`));
    if (line === undefined) return [];
    const detail = `re-run from its inputs${by}, it differs from line ${line} on`;
    const place = { kind: 'file', file: `${CLOSES}/${period.name}/${name}` } as const;
    return [{ code: 'close-damaged', place, detail, remedy: 'compare' }];
  });
  return faults.length === 0 ? { kind: 'equal', paths: workspace.paths } : { kind: 'different', faults };
}

/** The files that were inputs and are not, or are and were not, by name; none if all are the same, in the same order. */
function differing(recorded: readonly InputFile[], read: readonly InputFile[]): readonly string[] {
  const isSame = (one: InputFile, other: InputFile | undefined) =>
    one.role === other?.role && one.file === other.file && one.sha256 === other.sha256;
  if (recorded.length === read.length && recorded.every((one, index) => isSame(one, read[index]))) return [];
  const isIn = (one: InputFile, others: readonly InputFile[]) => others.some((other) => isSame(one, other));
  const files = [
    ...recorded.filter((one) => !isIn(one, read)),
    ...read.filter((one) => !isIn(one, recorded)),
  ].map(({ file }) => file);
  return [...new Set(files.length > 0 ? files : recorded.map(({ file }) => file))];
}
