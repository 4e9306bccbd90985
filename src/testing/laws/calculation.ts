/** The calculation that laws are about: ours, or whatever a user has around it. */
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { PostedResult, Refusal } from '../../engine/result.js';
import type { Inputs } from '../../library/given-inputs.js';
import { Refused } from '../../library/or-throw.js';

/** A result with its postings in an array. */
export type LawResult = PostedResult<readonly Posting[]>;

/** A function such as `calculate`. */
export type Calculate = (
  inputs: Inputs,
) => { readonly kind: 'calculated'; readonly result: LawResult } | Refusal;

/** The result of inputs that are to have no faults; faults throw. */
export function resultOf(calculate: Calculate, inputs: Inputs): LawResult {
  const outcome = calculate(inputs);
  if (outcome.kind === 'refused') throw new Refused(outcome.faults);
  return outcome.result;
}

/** The result, or nothing where a change asks for what the ledgers do not have. */
export function findResult(calculate: Calculate, inputs: Inputs): LawResult | undefined {
  const outcome = calculate(inputs);
  return outcome.kind === 'refused' ? undefined : outcome.result;
}
