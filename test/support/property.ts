/** Runs properties: how often, from which seed, and with proof that they met the cases they are about. */
import fc from 'fast-check';
import { expect } from 'vitest';

/** How many random cases a property is tried on: `COMP_RUNS`, 1,000 unless said. */
export const RUNS = wholeNumberOf('COMP_RUNS') ?? 1000;

/** Where the random cases start: `COMP_SEED`, another one on every run unless said. */
export const SEED = wholeNumberOf('COMP_SEED') ?? Math.floor(Math.random() * 0x7fffffff);

console.info(`properties: COMP_RUNS=${RUNS} COMP_SEED=${SEED}`);

/** Counts a case that a property is about, by name. */
export type Meet = (what: string) => void;

/**
 * Holds a check against random values; the seed is in the message of a failure.
 *
 * @param check - throws where the property does not hold, and tells what it met
 * @param least - by name, the share of cases that must have met it: a property that is true of nothing proves nothing. Well
 *   below the share that is expected (four standard deviations of as many cases), so that no seed fails by chance
 */
export function forAll<Value>(
  values: fc.Arbitrary<Value>,
  check: (value: Value, meet: Meet) => void,
  least: Readonly<Record<string, number>>,
): void {
  const met = new Map<string, number>();
  const property = fc.property(values, (value) => {
    const seen = new Set<string>();
    check(value, (what) => seen.add(what));
    for (const what of seen) met.set(what, (met.get(what) ?? 0) + 1);
  });
  fc.assert(property, { numRuns: RUNS, seed: SEED });
  // Fewer cases say too little about shares.
  if (RUNS < 1000) return;
  for (const [what, share] of Object.entries(least)) {
    const cases = met.get(what) ?? 0;
    const message = `${what}: met in ${cases} of ${RUNS} cases (COMP_SEED=${SEED})`;
    expect(cases, message).toBeGreaterThanOrEqual(share * RUNS);
  }
}

function wholeNumberOf(variable: string): number | undefined {
  const text = process.env[variable];
  if (text === undefined || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw new Error(`${variable} must be a whole number, not "${text}"`);
  return Number(text);
}
