/** Calculates closes again: from the copies of their inputs, or, where a close has none, from its postings (R11.7). */
import { addAll } from '../../largest.js';
import type { Fault } from '../../problems/problem.js';
import type { Surroundings } from '../calculate-workspace.js';
import type { CheckedCloses } from './check-closes.js';
import { UnusableClose } from './damaged-close.js';
import { CLOSES } from './folder.js';
import { closesAsFar, type StoredClose } from './read-closes.js';
import { handedOverFaults, remakeFaults } from './remake.js';
import { rerun, rerunHere } from './rerun.js';

/** What came of it. */
interface Repeated {
  /** The periods that were re-run from their archives, with the same bytes. */
  readonly same: ReadonlySet<string>;
  /** Those that were re-run from the files of the workspace, with the same bytes. */
  readonly fromHere: ReadonlySet<string>;
  readonly faults: readonly Fault[];
}

/**
 * Calculates every close again that is not damaged: with all closes before it, or, if one of them is damaged, as far as a
 * close can be looked at alone.
 *
 * @param dir - their folder
 * @param version - of the program
 * @param config - comp.yaml, to re-run closes without an archive from the files of the workspace that they were made from
 */
export async function repeatCloses(
  dir: string,
  checked: CheckedCloses,
  version: string,
  { stage, today }: Pick<Surroundings, 'stage' | 'today'>,
  config?: string,
): Promise<Repeated> {
  const faults: Fault[] = [];
  const same = new Set<string>();
  const fromHere = new Set<string>();
  const before: StoredClose[] = [];
  let isWhole = true;
  const reported = filesOf(checked.faults);
  const report = (more: readonly Fault[]) =>
    addAll(
      faults,
      more.filter((one) => !isAmong(one, reported)),
    );
  for (const found of closesAsFar(dir)) {
    if (found.kind === 'damaged' || isDamaged(found.close, checked.faults)) {
      isWhole = false;
      continue;
    }
    const { close } = found;
    stage(`Re-running ${close.period.name}`);
    const outcome = isWhole ? await rerun(close, before, version, today) : NO_ARCHIVE;
    if (outcome.kind === 'equal') same.add(close.period.name);
    if (outcome.kind === 'different') report(outcome.faults);
    if (outcome.kind === 'no-archive') {
      const isTried = isWhole && config !== undefined;
      const here = isTried ? await rerunHere(config, close, before, version, today) : outcome;
      if (here.kind === 'equal') fromHere.add(close.period.name);
      else if (here.kind === 'different') report(here.faults);
      else report(ofDamaged(() => remakeFaults(close, isWhole ? before : undefined)));
    }
    report(ofDamaged(() => handedOverFaults(close)));
    before.push(close);
  }
  return { same, fromHere, faults };
}

/** Faults, or those of a file that is damaged: it may be one of another close. */
function ofDamaged(find: () => readonly Fault[]): readonly Fault[] {
  try {
    return find();
  } catch (error) {
    if (error instanceof UnusableClose) return error.faults;
    throw error;
  }
}

function filesOf(faults: readonly Fault[]): ReadonlySet<string> {
  return new Set(faults.flatMap(({ place }) => (place.kind === 'file' ? [place.file] : [])));
}

/** Whether the file of a fault is reported already. */
function isAmong({ place }: Fault, reported: ReadonlySet<string>): boolean {
  return place.kind === 'file' && reported.has(place.file);
}

const NO_ARCHIVE = { kind: 'no-archive' } as const;

/** Whether a file that the close is calculated with has changed: neither pages nor extra files count. */
function isDamaged({ period, record }: StoredClose, faults: readonly Fault[]): boolean {
  const pages = new Set((record.pages ?? []).map(({ name }) => `${CLOSES}/${period.name}/${name}`));
  return faults.some(
    ({ place, ...fault }) =>
      place.kind === 'file' &&
      place.file.startsWith(`${CLOSES}/${period.name}/`) &&
      !pages.has(place.file) &&
      !(fault.code === 'close-damaged' && fault.remedy === 'remove'),
  );
}
