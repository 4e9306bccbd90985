/** Whose pay moved between two pay periods, and what moved it. */
import { CAUSES, type Cause } from '../engine/r1-words/causes.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { type Minor, powerOfTen } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { VarianceTerms } from '../plans/plan.js';
import { netOf, type RepPay } from './pay-history.js';

/** What moves pay: what postings of a cause come to, what is recovered, charged to later pay, or cancelled of debts. */
export type Mover = Cause | (typeof DEBT_MOVERS)[number];

const DEBT_MOVERS = ['recovered', 'charged', 'cancelled'] as const;

/** The movers in the order in which they are told. */
export const MOVERS: readonly Mover[] = [...CAUSES, ...DEBT_MOVERS];

/** A rep whose pay moved; amounts in the currency's minor unit. */
export interface RepVariance {
  readonly repId: string;
  readonly paidBefore: Minor;
  readonly paid: Minor;
  /** By how much pay moved: `paid − paidBefore`, which is the sum of its parts. */
  readonly change: Minor;
  /** What moved it, in the order of {@link MOVERS}; none is 0. */
  readonly parts: ReadonlyMap<Mover, Minor>;
}

/** The reps whose pay moved between two periods, the largest move first. */
export interface Variance {
  /** The pay periods by name. */
  readonly before: string;
  readonly period: string;
  /** How many reps have a pay row in one of the two. */
  readonly compared: number;
  readonly reps: readonly RepVariance[];
}

/** What pay is compared by. */
export interface VarianceInputs {
  /** The last closed pay period and the one in hand, by name. */
  readonly before: string;
  readonly period: string;
  /** The pay rows of both; those of others are passed over. */
  readonly rows: Iterable<RepPay>;
  /** The postings of both in any order; those of others are passed over. */
  readonly postings: Iterable<Posting>;
  readonly variance: VarianceTerms;
  /** How many decimals the currency has. */
  readonly digits: number;
}

/**
 * The reps whose pay moved by more than the share of what they were paid before and by more than the amount: of somebody
 * who was paid nothing before, the amount alone decides.
 *
 * As paid = Σ net of all postings − recovered + charged − cancelled (R7.2), the change of pay is the change of each cause's
 * net (advanced + released − clawed back), less that of `recovered`, plus that of `charged` (taken back, but not from this
 * pay), less that of `cancelled`.
 */
export function varianceOf(inputs: VarianceInputs): Variance {
  const { before, period, rows, postings, variance, digits } = inputs;
  const moves = new Map<string, Move>();
  const moveOf = (repId: string): Move => {
    const move = moves.get(repId) ?? { paidBefore: 0n, paid: 0n, parts: new Map() };
    moves.set(repId, move);
    return move;
  };
  const signOf = (name: string): Minor => (name === period ? 1n : name === before ? -1n : 0n);
  for (const row of rows) {
    const sign = signOf(row.period);
    if (sign === 0n) continue;
    const move = moveOf(row.repId);
    if (sign === 1n) move.paid += row.paid;
    else move.paidBefore += row.paid;
    add(move, 'recovered', -sign * row.recovered);
    add(move, 'charged', sign * row.charged);
    add(move, 'cancelled', -sign * row.cancelled);
  }
  for (const posting of postings) {
    const sign = signOf(posting.period);
    if (sign !== 0n) add(moveOf(posting.repId), posting.cause, sign * netOf(posting));
  }
  const reps = [...moves]
    .filter(([, move]) => hasMoved(move, variance, digits))
    .map(([repId, { paidBefore, paid, parts }]): RepVariance => {
      const told = MOVERS.map((mover) => [mover, parts.get(mover) ?? 0n] as const);
      const some = new Map(told.filter(([, amount]) => amount !== 0n));
      return { repId, paidBefore, paid, change: paid - paidBefore, parts: some };
    })
    .sort((a, b) => bySize(b.change, a.change) || byCodeUnit(a.repId, b.repId));
  return { before, period, compared: moves.size, reps };
}

interface Move {
  paidBefore: Minor;
  paid: Minor;
  readonly parts: Map<Mover, Minor>;
}

function add({ parts }: Move, mover: Mover, amount: Minor): void {
  parts.set(mover, (parts.get(mover) ?? 0n) + amount);
}

function hasMoved({ paidBefore, paid }: Move, { share, amount }: VarianceTerms, digits: number): boolean {
  const size = sizeOf(paid - paidBefore);
  return size * share.d > share.n * paidBefore && size * amount.d > amount.n * powerOfTen(digits);
}

function bySize(a: Minor, b: Minor): number {
  const difference = sizeOf(a) - sizeOf(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function sizeOf(amount: Minor): Minor {
  return amount < 0n ? -amount : amount;
}
