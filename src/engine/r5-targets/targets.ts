/** What a line should have come to, as a pure function of its state (R5). */
import {
  type Amount,
  beyondSafe,
  type Counting,
  type Fraction,
  least,
  type MinorAmount,
  minus,
  most,
  plus,
  prorated,
  sizeOf,
  within,
} from '../../amount.js';
import type { Rounding } from '../../money.js';
import type { ClawbackTerms, Plan } from '../../plans/plan.js';
import { unreachable } from '../../problems/problem.js';
import { floor } from '../../ratio.js';
import type { Cause } from '../r1-words/causes.js';
import { type LineSums, lineAmounts } from '../r1-words/line-accounts.js';

/** What has happened to an invoice so far, in units. */
export interface SaleSums {
  /** The sum of the credit memos, not yet clamped (R5.1). */
  memos: Amount;
  /** `P`: cash received net of refunds. */
  cash: Amount;
  /** `W`: written off net of reversals. */
  writtenOff: Amount;
}

/** Adds an event to what has happened; a new rate, earning and being past due move none of it. */
export function addEvent(sums: SaleSums, cause: Cause, amount: Amount): void {
  switch (cause) {
    case 'credited':
      sums.memos = plus(sums.memos, amount);
      break;
    case 'collected':
    case 'refunded':
      sums.cash = plus(sums.cash, amount);
      break;
    case 'written-off':
    case 'write-off-reversed':
      sums.writtenOff = plus(sums.writtenOff, amount);
      break;
    case 're-rated':
    case 'booked':
    case 'invoiced':
    case 'past-due':
      break;
    default:
      unreachable(cause);
  }
}

/** A line after an event. */
export interface LineState extends SaleSums {
  /** `C`: the commission on what was not credited, rounded once (R4.8). */
  commission: MinorAmount;
  /** The invoice's original total. */
  total: Amount;
  /** Past due, for good (R5.6). */
  pastDue: boolean;
  /** With `reinstate: false`: the most cash that keeps commission; undefined where there is no cap (R5.6). */
  cashCap: Amount | undefined;
}

/** Cumulative amounts of a line, by its accounts (R6.1). They are changed in place: a million lines share a few of them. */
export type Targets = LineSums<MinorAmount>;

/** The part of a plan and of the workspace that targets depend on. */
export interface TargetTerms {
  readonly plan: Plan;
  readonly counting: Counting;
  readonly rounding: Rounding;
  readonly hold: Fraction<'whole'>;
  /** The plan's tolerance in units, rounded down: amounts are whole units. */
  readonly tolerance: Amount;
}

/** Nothing posted yet (R5.2). */
export function noTargets({ zero }: Counting): Targets {
  return lineAmounts(() => zero);
}

// What follows names every account by itself: a loop over them costs three times as much here. A test compares it with the
// table of accounts.

/** Makes targets those of a line without postings again. */
export function clearTargets(targets: Targets, { zero }: Counting): void {
  targets.earned = zero;
  targets.advanced = zero;
  targets.released = zero;
  targets.held = zero;
  targets.forfeited = zero;
  targets.clawedBack = zero;
}

/** R6.1: what is still to be posted, written into `difference`. */
export function setDifference(difference: Targets, target: Targets, posted: Targets): void {
  difference.earned = minus(target.earned, posted.earned);
  difference.advanced = minus(target.advanced, posted.advanced);
  difference.released = minus(target.released, posted.released);
  difference.held = minus(target.held, posted.held);
  difference.forfeited = minus(target.forfeited, posted.forfeited);
  difference.clawedBack = minus(target.clawedBack, posted.clawedBack);
}

/** R6.1: whether no amount changes. */
export function isNothing(change: Targets, { zero }: Counting): boolean {
  return (
    change.earned === zero &&
    change.advanced === zero &&
    change.released === zero &&
    change.held === zero &&
    change.forfeited === zero &&
    change.clawedBack === zero
  );
}

/** As much as a change can move a sum, roughly. */
export function sizeOfChange(change: Targets): number {
  return (
    sizeOf(change.earned) +
    sizeOf(change.advanced) +
    sizeOf(change.released) +
    sizeOf(change.held) +
    sizeOf(change.forfeited) +
    sizeOf(change.clawedBack)
  );
}

/** The plan's terms as targets need them. */
export function targetTerms(plan: Plan, rounding: Rounding, unit: bigint, counting: Counting): TargetTerms {
  return {
    plan,
    counting,
    rounding,
    hold: counting.findFraction(plan.hold) ?? beyondSafe(),
    tolerance: counting.units(floor({ n: plan.tolerance.n * unit, d: plan.tolerance.d })),
  };
}

/** R5.3–R5.6: what the line should have come to, written into `targets`. */
export function setTargets(targets: Targets, state: LineState, terms: TargetTerms): void {
  const { plan, rounding, hold, counting } = terms;
  const due = dueOf(state, counting);
  const collected = collectedOf(due, state.cash, terms);
  const closed = closedOf(due, collected, state, counting);

  // R5.5: what is earned only with its cash has nothing left to wait for.
  const withCash = plan.level.earned === 'with-cash';
  const { commission } = state;
  const earned = withCash ? share(commission, collected, due, rounding) : commission;
  const waiting = share(earned, hold.n, hold.d, rounding);
  const advanced = minus(earned, waiting);
  let [released, settled] = [waiting, waiting];
  if (!withCash) {
    const inFullOnly = plan.release === 'paid-in-full' && closed < due;
    released = inFullOnly ? counting.zero : share(waiting, collected, due, rounding);
    settled = inFullOnly ? counting.zero : share(waiting, closed, due, rounding);
  }
  targets.earned = earned;
  targets.advanced = advanced;
  targets.released = released;
  targets.held = minus(waiting, settled);
  targets.forfeited = minus(settled, released);
  targets.clawedBack =
    plan.clawback === undefined ? counting.zero : clawedBackOf(advanced, state, plan.clawback, terms);
}

/** What targets are computed from, for explanations; in units, but for what waits. */
export interface TargetParts {
  /** `T`, and how much of it is collected and closed. */
  readonly due: Amount;
  readonly collected: Amount;
  readonly closed: Amount;
  /** `H`: the part of the commission that waits for cash, in minor units. */
  readonly waiting: MinorAmount;
  /** R5.6: how much of `T` keeps its advance; undefined where nothing is ever taken back. */
  readonly kept: Amount | undefined;
}

/** What {@link setTargets} computes from, in the same state. */
export function partsOf(state: LineState, terms: TargetTerms): TargetParts {
  const { plan, rounding, hold, counting } = terms;
  const due = dueOf(state, counting);
  const collected = collectedOf(due, state.cash, terms);
  return {
    due,
    collected,
    closed: closedOf(due, collected, state, counting),
    waiting: share(state.commission, hold.n, hold.d, rounding),
    kept: plan.clawback && keptIn(state, plan.clawback, due, terms),
  };
}

/** Whether less than all of what is owed has been collected: `f < 1` (R5.6). */
export function isShort(state: LineState, terms: TargetTerms): boolean {
  const due = dueOf(state, terms.counting);
  return collectedOf(due, state.cash, terms) < due;
}

/** R5.1: the sum of the credit memos, between 0 and the original total; nothing where that is not above 0. */
export function creditedOf({ total, memos }: LineState, { zero }: Counting): Amount {
  return total > 0 ? within<'units'>(memos, zero, total) : zero;
}

/** R5.6: the advance but for the part that is kept. */
function clawedBackOf(
  advanced: MinorAmount,
  state: LineState,
  clawback: ClawbackTerms,
  terms: TargetTerms,
): MinorAmount {
  const due = dueOf(state, terms.counting);
  const kept = keptIn(state, clawback, due, terms);
  if (clawback.scope === 'whole' && kept < due) return advanced;
  return minus(advanced, share(advanced, kept, due, terms.rounding));
}

/** R5.6: how much of `T` keeps its advance, with no more cash than still counts. */
function keptIn(state: LineState, clawback: ClawbackTerms, due: Amount, terms: TargetTerms): Amount {
  const cash = state.cashCap === undefined ? state.cash : least(state.cash, state.cashCap);
  return keptOf(due, collectedOf(due, cash, terms), state, clawback, terms.counting);
}

/** `T`. Where there is nothing to collect, or all is credited (R5.1), it is 0, and 0 of 0 is all of it. */
function dueOf(state: LineState, counting: Counting): Amount {
  return most<'units'>(minus(state.total, creditedOf(state, counting)), counting.zero);
}

/** How much of `T` is collected: `f` is collected ÷ due. */
function collectedOf(due: Amount, cash: Amount, { tolerance, counting }: TargetTerms): Amount {
  const isEnough = cash > 0 && minus(due, cash) <= tolerance;
  return isEnough ? due : within<'units'>(cash, counting.zero, due);
}

/** How much of `T` is closed: `g` is closed ÷ due. */
function closedOf(due: Amount, collected: Amount, state: LineState, { zero }: Counting): Amount {
  return least(due, plus(collected, most<'units'>(state.writtenOff, zero)));
}

/** R5.6: how much of `T` keeps its advance: `k` is kept ÷ due. */
function keptOf(
  due: Amount,
  collected: Amount,
  state: LineState,
  { onWriteOff }: ClawbackTerms,
  counting: Counting,
): Amount {
  if (state.pastDue) return collected;
  return onWriteOff ? minus(due, minus(closedOf(due, collected, state, counting), collected)) : due;
}

/** The share `n ÷ d` of an amount, rounded. */
function share<By extends 'units' | 'whole'>(
  amount: MinorAmount,
  n: Amount<By>,
  d: Amount<By>,
  rounding: Rounding,
): MinorAmount {
  return n === d ? amount : prorated(amount, n, d, rounding);
}
