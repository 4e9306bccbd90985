/** Caps: the most that a plan pays a rep in a window (R22). */
import { type Minor, max, min } from '../../money.js';
import type { CapTerms, Plan } from '../../plans/plan.js';
import { type Calendar, findQuarter, type Period } from '../r2-ledgers/calendar.js';

/** What the lines of a rep and a capped plan come to in a pay period. */
interface PlanSums {
  /** Σ (advanced + released − clawed back). */
  net: Minor;
  /** Σ of the line nets below 0, as an amount above 0. */
  charged: Minor;
}

/** What capped plans pay, by rep, plan and pay period. */
export class CapBook {
  readonly #plans: ReadonlyMap<string, CapTerms>;
  /** By rep and plan, then by the place of the pay period. */
  readonly #sums = new Map<number, Map<string, Map<number, PlanSums>>>();

  constructor(plans: readonly Plan[]) {
    this.#plans = new Map(plans.flatMap(({ id, cap }) => (cap === undefined ? [] : [[id, cap]])));
  }

  /**
   * Adds what a line comes to in a pay period.
   *
   * @param rep - the rep's number
   * @param period - the place of the pay period in the calendar
   */
  add(rep: number, plan: string, period: number, net: Minor): void {
    if (net === 0n || !this.#plans.has(plan)) return;
    const ofRep = getOrMake(this.#sums, rep, () => new Map<string, Map<number, PlanSums>>());
    const ofPlan = getOrMake(ofRep, plan, () => new Map<number, PlanSums>());
    const sums = getOrMake(ofPlan, period, () => ({ net: 0n, charged: 0n }));
    sums.net += net;
    if (net < 0n) sums.charged -= net;
  }

  /** What goes beyond the rep's caps in each pay period, by the period's place; none where it is 0 (R22.1). */
  cappedOf(rep: number, windowOf: WindowOf): ReadonlyMap<number, Minor> {
    const capped = new Map<number, Minor>();
    for (const [plan, sums] of this.#sums.get(rep) ?? []) {
      // Only plans with a cap have sums.
      const terms = this.#plans.get(plan) as CapTerms;
      for (const [period, amount] of cappedBy(terms, sums, windowOf)) {
        capped.set(period, (capped.get(period) ?? 0n) + amount);
      }
    }
    return capped;
  }
}

/** The window of a cap that a pay period lies in, by a number. */
export type WindowOf = (per: CapTerms['per'], period: number) => number;

/** The windows of the pay periods of a calendar. */
export function windowFinder(periods: readonly Period[], calendar: Calendar): WindowOf {
  return (per, period) => {
    if (per === 'pay-period') return period;
    const { from } = periods[period] as Period;
    // Every pay period lies in a quarter.
    const quarter = findQuarter(calendar, from);
    return (per === 'quarter' ? quarter?.index : quarter?.fiscalYear) ?? period;
  };
}

/**
 * R22.1: in each period the change of what goes beyond the cap so far. What is left of it when a window ends was never paid:
 * later charges of the plan use it up before they are charges.
 */
function* cappedBy(
  { amount, per }: CapTerms,
  sums: ReadonlyMap<number, PlanSums>,
  windowOf: WindowOf,
): Iterable<readonly [period: number, capped: Minor]> {
  let window: number | undefined;
  let [paid, beyond, unpaid] = [0n, 0n, 0n];
  for (const [period, { net, charged }] of [...sums].sort(([a], [b]) => a - b)) {
    const current = windowOf(per, period);
    if (current !== window) {
      unpaid += beyond;
      [window, paid, beyond] = [current, 0n, 0n];
    }
    paid += net;
    const change = max(paid - amount, 0n) - beyond;
    beyond += change;
    const used = min(unpaid, charged + min(change, 0n));
    unpaid -= used;
    if (change !== used) yield [period, change - used];
  }
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
