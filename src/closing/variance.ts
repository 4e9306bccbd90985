/** Whose pay moved between two pay periods, and what moved it. */
import { CAUSES, type Cause } from '../engine/r1-words/causes.js';
import { netOf } from '../engine/r1-words/line-accounts.js';
import {
  PAY_STEP_NAMES,
  PAY_STEPS,
  type PayFigure,
  type PayStep,
  UNPOSTED,
} from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { type Minor, powerOfTen } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { VarianceTerms } from '../plans/plan.js';
import type { RepPay } from './pay-history.js';

/** What moves pay: the net of the postings of a cause, or a figure of pay (R7.2) such as what is recovered. */
export type Mover = Cause | PayFigure;

type StepMover = Exclude<PayStep, 'gains'>;

const STEP_MOVERS = PAY_STEP_NAMES.filter(
  (step): step is StepMover => step !== 'gains' && inPaid(step) !== 0n,
);

/** The movers in the order of the report. */
export const MOVERS: readonly Mover[] = [
  ...CAUSES,
  ...new Set(UNPOSTED.map(({ figure }) => moverOf(figure))),
  ...STEP_MOVERS,
];

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
  /** The last closed pay period and the current one, by name. */
  readonly before: string;
  readonly period: string;
  /** The pay rows; those of other periods are skipped. */
  readonly rows: Iterable<RepPay>;
  /** The postings in any order; those of other periods are skipped. */
  readonly postings: Iterable<Posting>;
  readonly variance: VarianceTerms;
  /** How many decimals the currency has. */
  readonly digits: number;
}

/**
 * The reps whose pay moved by more than the share of what they were paid before and by more than the amount. For a rep who
 * was paid nothing before, the amount alone decides.
 *
 * Paid is gains, less what is cancelled and recovered (R7.2), and gains are the nets of all postings, and what no posting
 * makes, plus what is charged (taken back, but not from this pay). So the change of pay is the sum of the changes of each
 * cause's net, of each such figure and of each step.
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
    for (const { figure, sign: own } of UNPOSTED) {
      add(move, moverOf(figure), sign * BigInt(own) * row[figure]);
    }
    for (const step of STEP_MOVERS) add(move, step, sign * inPaid(step) * row[step]);
  }
  for (const posting of postings) {
    const sign = signOf(posting.period);
    if (sign !== 0n) add(moveOf(posting.repId), posting.cause, sign * netOf(posting));
  }
  const reps = [...moves]
    .filter(([, move]) => hasMoved(move, variance, digits))
    .map(([repId, { paidBefore, paid, parts }]): RepVariance => {
      const ordered = MOVERS.map((mover) => [mover, parts.get(mover) ?? 0n] as const);
      const moved = new Map(ordered.filter(([, amount]) => amount !== 0n));
      return { repId, paidBefore, paid, change: paid - paidBefore, parts: moved };
    })
    .sort((a, b) => bySize(b.change, a.change) || byCodeUnit(a.repId, b.repId));
  return { before, period, compared: moves.size, reps };
}

interface Move {
  paidBefore: Minor;
  paid: Minor;
  readonly parts: Map<Mover, Minor>;
}

/** What is repaid moves pay by what it does not settle. */
function moverOf(figure: PayFigure): PayFigure {
  return figure === 'settled' ? 'repaid' : figure;
}

/** How a step counts in paid on top of the nets of postings: what is charged lowers their sum, but not gains. */
function inPaid(step: StepMover): Minor {
  return BigInt(step === 'charged' ? PAY_STEPS.gains.paid : PAY_STEPS[step].paid);
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
