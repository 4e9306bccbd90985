/** Tries a law of the test kit on random inputs, with proof that it met the cases that it is about. */
import fc from 'fast-check';
import { calculate, type Inputs } from '../../src/index.js';
import type { Calculate, LawResult } from '../../src/testing/index.js';
import { forAll, type Least, type Meet } from './property.js';

/** What a law asked the calculation for, in order: nearly always the result of the inputs first. */
export type Results = readonly LawResult[];

/**
 * Checks a law on random inputs.
 *
 * @param law - throws where it does not hold
 * @param look - reports what the law met, from the results that it looked at
 */
export function lawHolds(
  inputs: fc.Arbitrary<Inputs>,
  law: (calculate: Calculate, inputs: Inputs, pick: number) => void,
  look: (results: Results, meet: Meet) => void,
  least: Least,
  isSlow = false,
): void {
  forAll(
    fc.record({ inputs, pick: fc.nat() }),
    ({ inputs: given, pick }, meet) => {
      const results: LawResult[] = [];
      law(recordingIn(results), given, pick);
      look(results, meet);
    },
    least,
    { isSlow },
  );
}

function recordingIn(results: LawResult[]): Calculate {
  return (inputs) => {
    const outcome = calculate(inputs);
    if (outcome.kind === 'calculated') results.push(outcome.result);
    return outcome;
  };
}

/** The result of the inputs, and that of what the law made of them; none where it has nothing to say. */
export function findPair(results: Results): readonly [LawResult, LawResult] | undefined {
  const [first, second] = results;
  return first === undefined || second === undefined ? undefined : [first, second];
}
