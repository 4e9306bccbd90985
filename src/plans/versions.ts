/** Versions of a plan: the keys that change, for sales booked from a day on (R31). */
import type { Day } from '../day.js';
import { findLevel, isUsed } from './levels.js';
import type { Plan } from './plan.js';
import { asRecord, isWritten, type Written } from './written.js';

/** A version as written, and the plan that it comes to. */
export interface WrittenVersion {
  /** Its place in the list. */
  readonly index: number;
  readonly version: Written;
  /** The plan with the keys of this version and of those before it. */
  readonly plan: Written;
}

/** The versions of a plan as written, in their order. */
export function versionsIn(plan: Written): readonly WrittenVersion[] {
  const { versions, ...first } = plan;
  if (!Array.isArray(versions)) return [];
  let before: Written = first;
  return versions.flatMap((written: unknown, index): WrittenVersion[] => {
    const version = asRecord(written);
    if (version === undefined) return [];
    before = changed(before, version);
    return [{ index, version, plan: before }];
  });
}

/**
 * R31.1: a key that a version writes replaces the plan's as a whole. A key that the version's level does not use is not taken
 * over, and neither is a rate where the version has rates.
 */
function changed(before: Written, { from: _, ...version }: Written): Written {
  const level = findLevel(version['level']);
  const replaced = (key: string) =>
    (level !== undefined && !isUsed(level, key)) ||
    (key === 'rate' && isWritten(version['rates'])) ||
    (key === 'rates' && isWritten(version['rate']));
  const takenOver = Object.entries(before).filter(([key]) => !replaced(key));
  return { ...Object.fromEntries(takenOver), ...version };
}

/** The version that prices what is booked on a day: of plans of one id, in order, the last that begins by then (R31.1). */
export function versionOn(versions: readonly Plan[], day: Day): Plan | undefined {
  if (versions.length <= 1) return versions[0];
  return versions.findLast(({ from }) => from === undefined || from <= day);
}
