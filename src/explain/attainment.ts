/** Where attainment comes from: the sales and the quota of its window, which need not be those of the quarter (R4.2). */
import { measuringPlanFinder } from '../engine/r8-results/measuring-plan.js';
import type { AttainmentRow, QuarterRow } from '../engine/r8-results/results.js';
import type { Result } from '../engine/result.js';
import { formatMinor, type Minor, round } from '../money.js';
import type { AttainmentWindow, Measure } from '../plans/plan.js';
import { unreachable } from '../problems/problem.js';

/** What the attainment of a quarter's row comes from; amounts in the currency's minor unit. */
export interface Attained {
  readonly window: AttainmentWindow;
  /** Of the window: `2025-Q3`, `2025-09`, `2025 up to 2025-Q3` or `2025`. */
  readonly name: string;
  readonly measure: Measure;
  readonly bookings: Minor;
  /** Undefined without a quota row in the window. */
  readonly quota: Minor | undefined;
}

/** Finds what the attainment of a row comes from; undefined if the rep has no plan then, or it is no longer known. */
export type AttainmentFinder = (row: QuarterRow) => Attained | undefined;

/**
 * Finds what attainment comes from. Where a closed quarter has changed since, its row was frozen with another: then it comes
 * from the frozen rows, if these come to it.
 *
 * @param result - with the rows
 * @param others - where to look besides, such as the same calculation as of the close
 * @example attainmentFinder(result)(row)?.bookings // the sales of the fiscal year so far
 */
export function attainmentFinder(
  result: Pick<Result, 'attainments' | 'quarters' | 'terms' | 'payPeriods' | 'asOf'>,
  ...others: readonly Pick<Result, 'attainments'>[]
): AttainmentFinder {
  const known = new Map<string, AttainmentRow[]>();
  for (const one of [result.attainments, ...others.map((other) => other.attainments)].flat()) {
    const key = keyOf(one.repId, one.quarter);
    const own = known.get(key);
    if (own === undefined) known.set(key, [one]);
    else own.push(one);
  }
  const rows = new Map(result.quarters.map((row) => [keyOf(row.repId, row.quarter), row]));
  const planOf = measuringPlanFinder(result);
  return (row) => {
    const own = known.get(keyOf(row.repId, row.quarter)) ?? [];
    const candidates = own.flatMap((one) => attainedIn(one, planOf(one)?.measure) ?? []);
    const [first] = candidates;
    const found = candidates.find(
      ({ of }) => of.attainment === row.attainment && of.bookings === row.bookings,
    );
    return found?.attained ?? (first && ofFrozenRows(row, first.attained, rows));
  };
}

/** A key that no other rep and quarter have: the name of a quarter has no space. */
function keyOf(repId: string, quarter: string): string {
  return `${quarter} ${repId}`;
}

function attainedIn(
  of: AttainmentRow,
  measure: Measure | undefined,
): { readonly of: AttainmentRow; readonly attained: Attained } | undefined {
  const { window, windowBookings: bookings, windowQuota: quota, quarter } = of;
  if (window === undefined || bookings === undefined || measure === undefined) return undefined;
  return { of, attained: { window, name: nameOf(window, quarter), measure, bookings, quota } };
}

function nameOf(window: AttainmentWindow, quarter: string): string {
  switch (window) {
    case 'month':
      return `the last month of ${quarter}`;
    case 'quarter':
      return quarter;
    case 'year-to-date':
      return quarter.endsWith('-Q1') ? quarter : `${quarter.slice(0, 4)} up to ${quarter}`;
    case 'year':
      return quarter.slice(0, 4);
    default:
      return unreachable(window);
  }
}

/** The window's figures as frozen rows have them; undefined unless they come to the attainment of the row. */
function ofFrozenRows(
  row: QuarterRow,
  like: Attained,
  rows: ReadonlyMap<string, QuarterRow>,
): Attained | undefined {
  const [year, number] = row.quarter.split('-Q') as [string, string];
  const first = like.window === 'quarter' ? Number(number) : 1;
  const names = Array.from({ length: Number(number) - first + 1 }, (_, at) => `${year}-Q${first + at}`);
  const own = names.flatMap((name) => rows.get(keyOf(row.repId, name)) ?? []);
  const bookings = own.reduce((sum, one) => sum + one.bookings, 0n);
  const quota = like.window === 'year' ? like.quota : sumOf(own.flatMap((one) => one.quota ?? []));
  // What it does not come to, such as the attainment of a month, was of other figures.
  return shareOf(bookings, quota) === row.attainment ? { ...like, bookings, quota } : undefined;
}

function sumOf([first, ...rest]: readonly Minor[]): Minor | undefined {
  return first === undefined ? undefined : rest.reduce((sum, one) => sum + one, first);
}

/** R8.1: four decimals, half away from zero. */
function shareOf(bookings: Minor, quota: Minor | undefined): string | undefined {
  if (quota === undefined || quota <= 0n) return undefined;
  return formatMinor(round(bookings * 10_000n, quota, 'half-up'), 4);
}
