/** Inputs with closes: every pay period up to a day, closed in order. */
import { firstOpenIn } from '../engine/close-of.js';
import type { Close } from '../engine/r11-closes/close.js';
import type { Inputs } from '../library/given-inputs.js';
import { calculateOrThrow, closeOrThrow } from '../library/or-throw.js';

/**
 * Closes every pay period that ends by the day, one after another from the first open one, with what the ledgers say up to
 * each period's last day (R11.1).
 *
 * @param day - `YYYY-MM-DD`
 * @returns new inputs whose `closes` also have these periods
 * @throws Refused where the inputs have faults
 * @example calculate({ ...closeThrough(inputs, '2025-12-31'), asOf: '2026-03-31' })
 */
export function closeThrough(inputs: Inputs, day: string): Inputs {
  const asOf = inputs.asOf > day ? inputs.asOf : day;
  const { result } = calculateOrThrow({ ...inputs, asOf });
  const closes: Close[] = [...(inputs.closes ?? [])];
  const first = firstOpenIn(result);
  for (const period of result.payPeriods) {
    if (period.from < first.from || period.to > day) continue;
    closes.push(closeOrThrow(calculateOrThrow({ ...inputs, closes, asOf: period.to }).result));
  }
  return closes.length === 0 ? inputs : { ...inputs, closes };
}
