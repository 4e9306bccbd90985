/** The plan of a rep on a day (R2.6). */
import type { Day } from '../day.js';
import { byCodeUnit } from '../order.js';
import type { Plan, Terms } from './plan.js';

/** A row of the assignments ledger: the rep is on the plan from `from` to `to`, both included. */
export interface Assignment {
  readonly row: number;
  readonly rep: string;
  readonly plan: string;
  readonly from: Day;
  readonly to: Day | undefined;
}

/** The plan of a rep on a day; undefined if the rep has none. */
export type PlanFinder = (rep: string, day: Day) => Plan | undefined;

/**
 * R2.6: without an assignments ledger every rep has the one plan.
 *
 * @param assignments - undefined without such a ledger; those of one rep must not overlap
 */
export function planFinder(terms: Terms, assignments: readonly Assignment[] | undefined): PlanFinder {
  if (assignments === undefined) return () => terms.plans[0];
  const plans = new Map(terms.plans.map((plan) => [plan.id, plan]));
  const byRep = new Map<string, Assignment[]>();
  for (const assignment of inOrder(assignments)) {
    const own = byRep.get(assignment.rep);
    if (own === undefined) byRep.set(assignment.rep, [assignment]);
    else own.push(assignment);
  }
  return (rep, day) => {
    const found = lastFrom(byRep.get(rep) ?? [], day);
    if (found === undefined || (found.to !== undefined && found.to < day)) return undefined;
    return plans.get(found.plan);
  };
}

/** Assignments by rep, then by their first day. */
export function inOrder(assignments: readonly Assignment[]): Assignment[] {
  return [...assignments].sort((a, b) => byCodeUnit(a.rep, b.rep) || a.from - b.from || a.row - b.row);
}

/** The last assignment that starts on the day or before it. */
function lastFrom(assignments: readonly Assignment[], day: Day): Assignment | undefined {
  let [low, high] = [0, assignments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((assignments[middle] as Assignment).from <= day) low = middle + 1;
    else high = middle;
  }
  return assignments[low - 1];
}
