/** What a line should have come to, as a pure function of its state (R5). */
import {
  type Amount,
  beyondSafe,
  type Counting,
  exactly,
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
import { floor, type Ratio } from '../../ratio.js';
import type { Cause } from '../r1-words/causes.js';
import { type LineSums, lineAmounts } from '../r1-words/line-accounts.js';
import type { Instalment } from '../r3-sales/dues.js';
import { isPartShort, type LatePart, shortOf } from './late-parts.js';

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
    case 'left':
    case 'timing':
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
  /** The instalments that are late, for good (R16.4); undefined where the invoice is one, undisputed. */
  late: readonly LatePart[] | undefined;
  /** Whether a share of the commission waits for the invoice still (R18.1). */
  awaitsInvoice: boolean;
  /** `P(L)`: the cash by the rep's last day for cash; undefined up to its end (R19.2). */
  lastCash: Amount | undefined;
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
  readonly untilInvoice: Fraction<'whole'>;
  /** The plan's tolerance in units, rounded down: amounts are whole units. */
  readonly tolerance: Amount;
  /** The plan's tolerance where it is a share of what is owed (R30.1). */
  readonly toleranceShare: Ratio | undefined;
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
  const amount = plan.tolerance.kind === 'amount' ? plan.tolerance.amount : undefined;
  return {
    plan,
    counting,
    rounding,
    hold: counting.findFraction(plan.hold) ?? beyondSafe(),
    untilInvoice: counting.findFraction(plan.untilInvoice) ?? beyondSafe(),
    tolerance:
      amount === undefined ? counting.zero : counting.units(floor({ n: amount.n * unit, d: amount.d })),
    toleranceShare: plan.tolerance.kind === 'share' ? plan.tolerance.share : undefined,
  };
}

/** R5.3–R5.6: what the line should have come to, written into `targets`. */
export function setTargets(targets: Targets, state: LineState, terms: TargetTerms): void {
  const { plan, rounding, hold, counting } = terms;
  const due = dueOf(state, counting);
  const collected = collectedOf(due, countedCash(state), terms);
  const closed = closedOf(due, collected, state, counting);
  // R19.2: nothing is held for a rep who is paid for no more cash.
  const isSettled = state.lastCash !== undefined;

  // R5.5: what is earned only with its cash has nothing left to wait for.
  const withCash = plan.level.earned === 'with-cash';
  const { commission } = state;
  const earned = withCash ? share(commission, collected, due, rounding) : commission;
  const waiting = share(earned, hold.n, hold.d, rounding);
  let advanced = minus(earned, waiting);
  let [released, settled] = [waiting, waiting];
  if (!withCash) {
    const inFullOnly = plan.release === 'paid-in-full' && closed < due;
    released = inFullOnly ? counting.zero : share(waiting, collected, due, rounding);
    if (!isSettled) settled = inFullOnly ? counting.zero : share(waiting, closed, due, rounding);
  }
  let held = minus(waiting, settled);
  if (state.awaitsInvoice) {
    const staged = stagedOf(commission, advanced, terms);
    advanced = minus(advanced, staged);
    held = plus(held, staged);
  }
  targets.earned = earned;
  targets.advanced = advanced;
  targets.released = released;
  targets.held = held;
  targets.forfeited = minus(settled, released);
  targets.clawedBack =
    plan.clawback === undefined ? counting.zero : clawedBackOf(advanced, state, plan.clawback, terms);
}

/** R18.1: what waits for the invoice: never more than the advance, nor of another sign. */
function stagedOf(
  commission: MinorAmount,
  advance: MinorAmount,
  { untilInvoice, rounding, counting: { zero } }: TargetTerms,
): MinorAmount {
  const staged = share(commission, untilInvoice.n, untilInvoice.d, rounding);
  return advance < 0 ? within<'minor'>(staged, advance, zero) : within<'minor'>(staged, zero, advance);
}

/** `P` as it releases commission (R19.2). */
function countedCash({ cash, lastCash }: LineState): Amount {
  return lastCash === undefined ? cash : least(cash, lastCash);
}

/** R17.2: `T`, which B is a share of; undefined where there is no B. */
export function findTimedDue(state: LineState, terms: TargetTerms): Amount | undefined {
  const { plan, counting } = terms;
  const due = dueOf(state, counting);
  if (!(due > 0)) return undefined;
  if (plan.release === 'pro-rata') return due;
  const collected = collectedOf(due, countedCash(state), terms);
  return closedOf(due, collected, state, counting) < due ? undefined : due;
}

/** R16.4: whether an instalment is short, by all cash. */
export function isPartShortIn(part: Instalment, state: LineState, terms: TargetTerms): boolean {
  const due = dueOf(state, terms.counting);
  return isPartShort(part, due, state.cash, (open) => isWithinTolerance(open, due, terms));
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
  /** R19.2: how much of `T` is collected in time for the rep; undefined where all cash counts. */
  readonly counted: Amount | undefined;
  /** R18.1: what waits for the invoice, in minor units. */
  readonly staged: MinorAmount;
}

/** What {@link setTargets} computes from, in the same state. */
export function partsOf(state: LineState, terms: TargetTerms): TargetParts {
  const { plan, rounding, hold, counting } = terms;
  const due = dueOf(state, counting);
  const collected = collectedOf(due, state.cash, terms);
  const waiting = share(state.commission, hold.n, hold.d, rounding);
  return {
    due,
    collected,
    closed: closedOf(due, collected, state, counting),
    waiting,
    kept: plan.clawback && keptIn(state, plan.clawback, due, terms),
    counted: state.lastCash === undefined ? undefined : collectedOf(due, countedCash(state), terms),
    staged: state.awaitsInvoice
      ? stagedOf(state.commission, minus(state.commission, waiting), terms)
      : counting.zero,
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
  const collected = collectedOf(due, cash, terms);
  if (state.late === undefined) return keptOf(due, collected, state, clawback, terms.counting);
  const isWithin = (open: Amount) => isWithinTolerance(open, due, terms);
  const short = shortOf(state.late, due, state.cash, isWithin, terms.counting);
  const lost = clawback.onWriteOff
    ? minus(closedOf(due, collected, state, terms.counting), collected)
    : terms.counting.zero;
  return minus(due, most<'units'>(short, lost));
}

/** `T`. Where there is nothing to collect, or all is credited (R5.1), it is 0, and 0 of 0 is all of it. */
function dueOf(state: LineState, counting: Counting): Amount {
  return most<'units'>(minus(state.total, creditedOf(state, counting)), counting.zero);
}

/** How much of `T` is collected: `f` is collected ÷ due. */
function collectedOf(due: Amount, cash: Amount, terms: TargetTerms): Amount {
  const isEnough = cash > 0 && isWithinTolerance(minus(due, cash), due, terms);
  return isEnough ? due : within<'units'>(cash, terms.counting.zero, due);
}

/** Whether so small a remainder counts as collected (R5, R30.1). */
function isWithinTolerance(
  open: Amount,
  due: Amount,
  { tolerance, toleranceShare, counting }: TargetTerms,
): boolean {
  if (toleranceShare === undefined) return open <= tolerance;
  const { n, d } = toleranceShare;
  return open <= counting.units(floor({ n: exactly(due) * n, d }));
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
