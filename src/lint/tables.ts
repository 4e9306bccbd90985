/** Rate tables with their keys in comp.yaml, and the windows in which reps have met their thresholds. */
import type { AttainmentRow } from '../engine/r8-results/results.js';
import { type Minor, max, powerOfTen } from '../money.js';
import { type Band, type Plan, type Rate, windowOf } from '../plans/plan.js';
import type { TermsPath } from '../problems/place.js';
import { floor, type Ratio, times } from '../ratio.js';
import { type Facts, plansOf } from './facts.js';

export type RateTable = Extract<Rate, { kind: 'table' }>;

/** A table of a plan. */
export interface PlanTable {
  readonly plan: Plan;
  readonly table: RateTable;
  readonly path: TermsPath;
  /** The first category of its entry; blank where it rates everything, or everything else. */
  readonly category: string;
}

/** Two bands of a table that follow each other. */
export interface Step extends PlanTable {
  readonly below: Band;
  readonly band: Band;
  /** The key of the upper one. */
  readonly bandPath: TermsPath;
}

/** The tables of all plans. */
export function tablesOf(facts: Facts): readonly PlanTable[] {
  return plansOf(facts).flatMap(({ plan, path, writes }): PlanTable[] => {
    if (!writes('rate') && !writes('rates')) return [];
    const entries =
      plan.rates === undefined
        ? [{ rate: plan.rate, category: '', path: [...path, 'rate'] }]
        : plan.rates.map(({ rate, categories }, at) => ({
            rate,
            category: categories?.[0] ?? '',
            path: [...path, 'rates', at, 'rate'],
          }));
    return entries.flatMap(({ rate, ...entry }) =>
      rate.kind === 'table' ? [{ plan, table: rate, ...entry }] : [],
    );
  });
}

/** The steps of all tables from one band to the next. */
export function stepsOf(facts: Facts): readonly Step[] {
  return tablesOf(facts).flatMap((one) =>
    one.table.bands.flatMap((band, at): Step[] => {
      const below = one.table.bands[at - 1];
      return below === undefined ? [] : [{ ...one, below, band, bandPath: [...one.path, 'table', at] }];
    }),
  );
}

/** A threshold in minor units, rounded up: the least that reaches it. */
export function thresholdOf(
  { table }: Pick<PlanTable, 'table'>,
  from: Ratio,
  quota: Minor,
  digits: number,
): Minor {
  const unit = table.thresholds === 'amount' ? powerOfTen(digits) : quota;
  const { n, d } = times(from, { n: unit, d: 1n });
  return -floor({ n: -n, d });
}

/** The windows that a plan was measured in, at the end of each quarter; none where its table has another window than is shown. */
export function windowsSeen(facts: Facts, { plan, table }: PlanTable): readonly AttainmentRow[] {
  if (table.window === 'sale' || table.window !== windowOf(plan)) return [];
  return facts.attainments.get(plan) ?? [];
}

/** The largest quota of a window that was seen; 0 where there is none. */
export function largestQuota(rows: readonly AttainmentRow[]): Minor {
  return rows.reduce((most, { windowQuota = 0n }) => max(most, windowQuota), 0n);
}

/** The name of a window in a sentence. */
export function windowText({ table }: Pick<PlanTable, 'table'>): string {
  switch (table.window) {
    case 'sale':
      return 'sale';
    case 'month':
      return 'month';
    case 'quarter':
      return 'quarter';
    case 'year-to-date':
      return 'fiscal year so far';
    case 'year':
      return 'fiscal year';
  }
}
