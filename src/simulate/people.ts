/** Who gains and who loses: each rep's pay under a variant beside their pay today. */
import { type Minor, max } from '../money.js';
import { byCodeUnit } from '../order.js';
import { compare, type Ratio } from '../ratio.js';
import type { Measures, RepSums } from './measures.js';

/** A rep's pay today and under a variant, in minor units. */
export interface RepChange {
  readonly repId: string;
  readonly paidToday: Minor;
  readonly paid: Minor;
  /** `paid − paidToday`. */
  readonly change: Minor;
  /** Whether the pay of some quarter is more than 10% of today's higher or lower. */
  readonly moves: boolean;
}

/** What a variant means for reps. */
export interface People {
  /** By rep id. */
  readonly reps: readonly RepChange[];
  readonly gaining: Side;
  readonly losing: Side;
  readonly unchanged: number;
  /** How many have a quarter whose pay moves by more than 10%. */
  readonly moving: number;
}

/** How many reps gain or lose, and how much in all. */
export interface Side {
  readonly reps: number;
  readonly amount: Minor;
}

/** The share of today's pay from which a change of a quarter's pay counts: 10%. */
const MOVES = { n: 1n, d: 10n } as const satisfies Ratio;

/** Compares the pay of each rep. */
export function peopleOf(today: Measures, variant: Measures): People {
  const before = new Map(today.reps.map((rep) => [rep.repId, rep]));
  const after = new Map(variant.reps.map((rep) => [rep.repId, rep]));
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort(byCodeUnit);
  const reps = ids.map((repId) => changeOf(repId, before.get(repId), after.get(repId)));
  return {
    reps,
    gaining: sideOf(reps.filter(({ change }) => change > 0n)),
    losing: sideOf(reps.filter(({ change }) => change < 0n)),
    unchanged: reps.filter(({ change }) => change === 0n).length,
    moving: reps.filter(({ moves }) => moves).length,
  };
}

function changeOf(repId: string, today: RepSums | undefined, variant: RepSums | undefined): RepChange {
  const [paidToday, paid] = [today?.paid ?? 0n, variant?.paid ?? 0n];
  const quarters = new Set([...(today?.paidBy.keys() ?? []), ...(variant?.paidBy.keys() ?? [])]);
  return {
    repId,
    paidToday,
    paid,
    change: paid - paidToday,
    moves: [...quarters].some((quarter) =>
      movesFrom(today?.paidBy.get(quarter) ?? 0n, variant?.paidBy.get(quarter) ?? 0n),
    ),
  };
}

function movesFrom(before: Minor, after: Minor): boolean {
  const change = max(after - before, before - after);
  const size = max(before, -before);
  return compare({ n: change, d: 1n }, { n: size * MOVES.n, d: MOVES.d }) > 0;
}

function sideOf(reps: readonly RepChange[]): Side {
  return { reps: reps.length, amount: reps.reduce((sum, { change }) => sum + change, 0n) };
}
