/**
 * How thoroughly tests run, and from which seed: the one place that reads it from the environment.
 * docs/testing.md says which command sets what.
 */

/** `quick` while working, `normal` before a push, `deep` in CI. */
export type Depth = 'quick' | 'normal' | 'deep';

const DEPTHS: readonly Depth[] = ['quick', 'normal', 'deep'];

/** `COMP_DEPTH`; normal by default. */
export const DEPTH: Depth = depthOf(process.env['COMP_DEPTH'] || 'normal');

/** Tests that take long run only at this depth: `test.runIf(isDeep)`. */
export const isDeep: boolean = DEPTH === 'deep';

/** Tests of the built program, and those that take seconds, are not for use while working: `test.skipIf(isQuick)`. */
export const isQuick: boolean = DEPTH === 'quick';

const RUNS_AT: Readonly<Record<Depth, number>> = { quick: 6, normal: 10, deep: 1000 };

/** How many random cases a property is tried on: `COMP_RUNS`, or what the depth says. */
export const RUNS: number = findWholeNumber('COMP_RUNS') ?? RUNS_AT[DEPTH];

/** Of many cases of the same rule, those that run: all in CI, otherwise the first of every `each`. */
export function someOf<Case>(all: readonly Case[], each = 3): readonly Case[] {
  return isDeep ? all : all.filter((_, at) => at % each === 0);
}

const FIXED_SEED = 20_250_101;

/** Where random cases start: `COMP_SEED`; a fixed number by default, another one on every run where it is `random`. */
export const SEED: number = seedOf(process.env['COMP_SEED']);

/** What makes a run repeatable, in the words of the environment. */
export const SETTINGS: string = `COMP_DEPTH=${DEPTH} COMP_RUNS=${RUNS} COMP_SEED=${SEED}`;

function depthOf(text: string): Depth {
  const depth = DEPTHS.find((one) => one === text);
  if (depth === undefined) throw new Error(`COMP_DEPTH must be ${DEPTHS.join(', ')}, not "${text}"`);
  return depth;
}

function seedOf(text: string | undefined): number {
  if (text === 'random') return Math.floor(Math.random() * 0x7fffffff);
  return findWholeNumber('COMP_SEED') ?? FIXED_SEED;
}

function findWholeNumber(variable: string): number | undefined {
  const text = process.env[variable] ?? '';
  if (text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw new Error(`${variable} must be a whole number, not "${text}"`);
  return Number(text);
}
