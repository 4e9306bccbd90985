/** By which version of a plan attainment is measured (R8.1, R31.1). */
import { type Day, findDay } from '../../day.js';
import { groupedBy } from '../../grouped.js';
import type { Plan, Terms } from '../../plans/plan.js';
import { versionOn } from '../../plans/versions.js';
import type { AttainmentRow } from './results.js';

/** What a result says of its plans and periods. */
interface Measured {
  readonly terms: Pick<Terms, 'plans'>;
  readonly payPeriods: readonly { readonly quarter: string; readonly to: string }[];
  readonly asOf: string;
}

/** R8.1: the plan of a row as it is at the end of the quarter, or as of the date; undefined where there is no such plan. */
export function measuringPlanFinder({
  terms,
  payPeriods,
  asOf,
}: Measured): (row: AttainmentRow) => Plan | undefined {
  const versions = groupedBy(terms.plans, ({ id }) => id);
  const ends = new Map(payPeriods.map(({ quarter, to }) => [quarter, to < asOf ? to : asOf]));
  return ({ planId, quarter }) =>
    versionOn(versions.get(planId ?? '') ?? [], findDay(ends.get(quarter) ?? asOf) as Day);
}
