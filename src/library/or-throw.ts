/** The same functions for callers that would throw anyway: tests, scripts. */
import { closeOf } from '../engine/close-of.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Close } from '../engine/r11-closes/close.js';
import type { Calculation, PostedResult, Refusal } from '../engine/result.js';
import type { Keep } from '../engine/working.js';
import type { Fault } from '../problems/problem.js';
import { calculate } from './calculate.js';
import { formatFaults } from './format-faults.js';
import type { Inputs } from './given-inputs.js';

/** What is thrown where inputs are at fault: its message lists every fault. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(formatFaults(faults));
    this.faults = faults;
  }
}

/**
 * {@link calculate}, for callers without use for faults.
 *
 * @returns the calculation
 * @throws Refused with every fault of the inputs
 * @example calculateOrThrow(inputs).result.quarters
 */
export function calculateOrThrow<Kept extends Keep = 'postings'>(
  inputs: Inputs<Kept>,
): Calculation<Kept, readonly Posting[]> {
  return orThrow(calculate(inputs));
}

/**
 * {@link closeOf}, for callers without use for faults.
 *
 * @returns the close
 * @throws Refused where the result cannot close its period
 * @example const closes = [closeOrThrow(calculateOrThrow({ terms, ledgers, asOf: '2025-03-31' }).result)];
 */
export function closeOrThrow(result: PostedResult): Close {
  return orThrow(closeOf(result)).close;
}

function orThrow<Outcome extends { readonly kind: string }>(outcome: Outcome | Refusal): Outcome {
  if (isRefusal(outcome)) throw new Refused(outcome.faults);
  return outcome;
}

function isRefusal(outcome: { readonly kind: string }): outcome is Refusal {
  return outcome.kind === 'refused';
}
