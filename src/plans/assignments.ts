/** The plan of a rep on a day (R2.6). */
import type { Day } from '../day.js';
import { groupedBy } from '../grouped.js';
import { CREDIT_KINDS, type CreditKind } from '../ledger-specs/credit-kinds.js';
import { byCodeUnit } from '../order.js';
import type { Plan, Terms } from './plan.js';
import { versionOn } from './versions.js';

/** Stands for every rep without an assignment of the credit on the day (R2.6). */
export const EVERYONE = '*';

/** A row of the assignments ledger: the rep is on the plan from `from` to `to`, both included. */
export interface Assignment {
  readonly row: number;
  readonly rep: string;
  readonly plan: string;
  readonly from: Day;
  readonly to: Day | undefined;
}

/** The plan that a rep has of a credit on a day, of credit own by default; undefined if the rep has none (R12.1). */
export type PlanFinder = (rep: string, day: Day, credit?: CreditKind) => Plan | undefined;

/**
 * R2.6, R12.1: without an assignments ledger every rep has the one plan of each credit. With one, the rep's own assignment of
 * the day comes before one of everyone.
 *
 * @param assignments - undefined without such a ledger; those of one rep and credit must not overlap
 */
export function planFinder(terms: Terms, assignments: readonly Assignment[] | undefined): PlanFinder {
  if (assignments === undefined) {
    const [own = [], team = [], cash = []] = CREDIT_KINDS.map((kind) => {
      const id = terms.plans.find(({ credit }) => credit === kind)?.id;
      return terms.plans.filter((plan) => plan.id === id);
    });
    return (_rep, day, credit = 'own') =>
      versionOn(credit === 'own' ? own : credit === 'team' ? team : cash, day);
  }
  const plans = groupedBy(terms.plans, ({ id }) => id);
  const byRep = new Map<string, Record<CreditKind, Assigned[]>>();
  for (const assignment of inOrder(assignments)) {
    const versions = plans.get(assignment.plan);
    const [first] = versions ?? [];
    if (versions === undefined || first === undefined) continue;
    let own = byRep.get(assignment.rep);
    if (own === undefined) {
      own = { own: [], team: [], cash: [] };
      byRep.set(assignment.rep, own);
    }
    own[first.credit].push({ ...assignment, versions });
  }
  const ofAll = byRep.get(EVERYONE);
  return (rep, day, credit = 'own') =>
    assignedOn(byRep.get(rep)?.[credit], day) ?? assignedOn(ofAll?.[credit], day);
}

interface Assigned extends Assignment {
  /** Of the plan, in order. */
  readonly versions: readonly Plan[];
}

/** Assignments by rep, then by their first day. */
export function inOrder(assignments: readonly Assignment[]): Assignment[] {
  return [...assignments].sort((a, b) => byCodeUnit(a.rep, b.rep) || a.from - b.from || a.row - b.row);
}

/** The plan that assignments give on a day. */
function assignedOn(assignments: readonly Assigned[] | undefined, day: Day): Plan | undefined {
  const found = assignments && lastFrom(assignments, day);
  if (found === undefined || (found.to !== undefined && found.to < day)) return undefined;
  return versionOn(found.versions, day);
}

/** The last assignment that starts on the day or before it. */
function lastFrom(assignments: readonly Assigned[], day: Day): Assigned | undefined {
  let [low, high] = [0, assignments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((assignments[middle] as Assigned).from <= day) low = middle + 1;
    else high = middle;
  }
  return assignments[low - 1];
}
