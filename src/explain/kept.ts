/** What explanations are made from: what a calculation kept of its way to the results. */
import { findKept, type Kept } from '../engine/posted.js';
import type { Result } from '../engine/result.js';

/**
 * What a calculation keeps that was asked to explain.
 *
 * @throws RangeError where it was not asked
 */
export function keptOf(result: Result): Kept {
  const kept = findKept(result);
  if (kept === undefined) throw new RangeError('calculate with explain: true to have its lines explained');
  return kept;
}
