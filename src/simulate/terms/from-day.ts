/** A variant that takes effect by booking date: what was booked before stays under the terms of today (R31). */

import { findLevel, isUsed } from '../../plans/levels.js';
import type { TermsInput } from '../../plans/schema.js';
import { versionsIn } from '../../plans/versions.js';
import { asRecord, type Written } from '../../plans/written.js';
import type { Fault } from '../../problems/problem.js';

/** The keys of a plan that its versions cannot change (R31.2). */
const WHOLE = ['credit', 'cap'] as const;

/**
 * The terms of today with a version of each plan that the variant changes, from a day on.
 *
 * @param day - the first booking date that the variant prices, `YYYY-MM-DD`
 * @returns the terms, or why a version cannot say what the variant changes
 */
export function fromDay(
  today: TermsInput,
  variant: TermsInput,
  day: string,
):
  | { readonly terms: TermsInput; readonly fault?: never }
  | { readonly terms?: never; readonly fault: Fault } {
  const { plans: before, ...rest } = today;
  const { plans: after, ...others } = variant;
  const key = differingKey(rest, others);
  if (key !== undefined)
    return refused(
      key,
      'terms that differ from those of today in their plans only: other terms hold for all days',
    );
  const plans: Written[] = [];
  for (const plan of before) {
    const changed = after.find(({ id }) => String(id) === String(plan.id));
    if (changed === undefined || areSame(plan, changed)) {
      plans.push({ ...plan });
      continue;
    }
    const versioned = withVersion({ ...plan }, { ...changed }, day);
    if (versioned.fault !== undefined) return versioned;
    plans.push(versioned.plan);
  }
  const known = new Set(before.map(({ id }) => String(id)));
  const added = after.filter(({ id }) => !known.has(String(id)));
  return { terms: { ...rest, plans: [...plans, ...added] as TermsInput['plans'] } };
}

function withVersion(
  plan: Written,
  changed: Written,
  day: string,
): { readonly plan: Written; readonly fault?: never } | { readonly fault: Fault } {
  const id = String(plan['id']);
  for (const key of WHOLE) {
    if (!areSame(plan[key], changed[key])) {
      return refused(
        `${key} of plan ${id}`,
        'a change of other keys: the credit and the cap of a plan are those of all its versions',
      );
    }
  }
  const [now, then] = [planOn(plan, day), planOn(changed, day)];
  const missing = Object.keys(now).find((key) => !(key in then) && isTakenOver(key, then));
  if (missing !== undefined) {
    return refused(
      `${missing} of plan ${id}`,
      `a value for it in the variant too: a version takes over what it does not write`,
    );
  }
  const { id: _, credit: __, cap: ___, ...keys } = then;
  const versions = [
    ...versionsOf(plan).filter(({ from }) => String(from) < day),
    { from: day, ...keys },
    ...versionsOf(changed).filter(({ from }) => String(from) > day),
  ];
  return { plan: { ...plan, versions } };
}

/** R31.1: keys of a level may go with it, and a rate goes where there are rates. */
function isTakenOver(key: string, then: Written): boolean {
  if (key === 'rate') return then['rates'] === undefined;
  if (key === 'rates') return then['rate'] === undefined;
  const level = findLevel(then['level']);
  return level === undefined || isUsed(level, key);
}

/** The plan as it is on a day, without its versions. */
function planOn(plan: Written, day: string): Written {
  const { versions: _, ...first } = plan;
  const { from: __, ...then } =
    versionsIn(plan).findLast(({ version }) => String(version['from']) <= day)?.plan ?? first;
  return then;
}

function versionsOf(plan: Written): readonly Written[] {
  const { versions } = plan;
  if (!Array.isArray(versions)) return [];
  return versions.map(asRecord).filter((version) => version !== undefined);
}

/** The first key that differs. */
function differingKey(a: Written, b: Written): string | undefined {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].find((key) => !areSame(a[key], b[key]));
}

function areSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function refused(found: string, expected: string): { readonly terms?: never; readonly fault: Fault } {
  return {
    fault: { code: 'wrong-value', place: { kind: 'run' }, found: `--from with another ${found}`, expected },
  };
}
