/** How people read the period that a posting adjusts (R11.2): what lies before the first close belongs to no period that was closed. */
import type { Result } from '../engine/result.js';

/**
 * The closed period that is adjusted, or `before 2025-Q1` if it lies before the first of them.
 *
 * @param adjusts - as `postings.csv` has it; blank if nothing is adjusted
 */
export function adjustedPeriod(adjusts: string, { closedPeriods }: Pick<Result, 'closedPeriods'>): string {
  const [first] = closedPeriods;
  if (adjusts === '' || first === undefined || closedPeriods.some(({ name }) => name === adjusts))
    return adjusts;
  return `before ${first.name}`;
}
