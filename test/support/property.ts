/** Runs properties: how often, from which seed, and with proof that they met the cases they are about. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { isDeep, RUNS, SEED } from './depth.js';

/** Counts a case that a property is about, by name. */
export type Meet = (what: string) => void;

/**
 * By name, the least share of cases that must have met something: a property that is true of nothing proves nothing. Each is
 * well below the expected share (four standard deviations of 1,000 cases), so that no seed fails by chance.
 */
export type Least = Readonly<Record<string, number>>;

/** How a property is tried where that is not what the depth says. */
export interface Trial<Value> {
  /** How many cases, where that is not what the depth says. */
  readonly runs?: number;
  /** A case takes long: outside CI a third of the cases do. */
  readonly isSlow?: boolean;
  /** Cases that are always tried. */
  readonly examples?: readonly Value[];
}

/** Fewer cases show too little about shares. */
const ENOUGH = 1000;

/**
 * Checks a property on random values; a failure names the seed.
 *
 * @param check - throws where the property does not hold, and reports what it met
 */
export function forAll<Value>(
  values: fc.Arbitrary<Value>,
  check: (value: Value, meet: Meet) => void,
  least: Least = {},
  trial: Trial<Value> = {},
): void {
  const met = new Map<string, number>();
  const property = fc.property(values, (value) => {
    const seen = new Set<string>();
    check(value, (what) => seen.add(what));
    count(met, seen);
  });
  fc.assert(property, parametersOf(trial));
  expectMet(met, least, runsOf(trial));
}

/** The same for a check that waits: one that reads files. */
export async function forAllAsync<Value>(
  values: fc.Arbitrary<Value>,
  check: (value: Value, meet: Meet) => Promise<void>,
  least: Least = {},
  trial: Trial<Value> = {},
): Promise<void> {
  const met = new Map<string, number>();
  const property = fc.asyncProperty(values, async (value) => {
    const seen = new Set<string>();
    await check(value, (what) => seen.add(what));
    count(met, seen);
  });
  await fc.assert(property, parametersOf(trial));
  expectMet(met, least, runsOf(trial));
}

function parametersOf<Value>(trial: Trial<Value>): fc.Parameters<[Value]> {
  const examples = (trial.examples ?? []).map((value): [Value] => [value]);
  return { numRuns: runsOf(trial), seed: SEED, examples };
}

function runsOf({ runs = RUNS, isSlow = false }: Omit<Trial<unknown>, 'examples'>): number {
  return isSlow && !isDeep ? Math.ceil(runs / 3) : runs;
}

function count(met: Map<string, number>, seen: ReadonlySet<string>): void {
  for (const what of seen) met.set(what, (met.get(what) ?? 0) + 1);
}

function expectMet(met: ReadonlyMap<string, number>, least: Least, runs: number): void {
  if (runs < ENOUGH) return;
  for (const [what, share] of Object.entries(least)) {
    const cases = met.get(what) ?? 0;
    expect(cases, `${what}: met in ${cases} of ${runs} cases (COMP_SEED=${SEED})`).toBeGreaterThanOrEqual(
      share * runs,
    );
  }
}
