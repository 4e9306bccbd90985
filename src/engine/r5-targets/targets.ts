/** What a line should have come to, as a pure function of its state (R5). */
import { clamp, type Minor, max, min, type Rounding, round, type Units } from '../../money.js';
import type { ClawbackTerms, Plan } from '../../plans/plan.js';
import { floor, type Ratio } from '../../ratio.js';

/** A line after an event. */
export interface LineState {
  /** The exact commission of the booking, in minor units (R4.5, R4.6). */
  commission: Ratio;
  /** The invoice's original total. */
  readonly total: Units;
  /** The sum of the credit memos, not yet clamped (R5.1). */
  memos: Units;
  /** `P`: cash received net of refunds. */
  cash: Units;
  /** `W`: written off net of reversals. */
  writtenOff: Units;
  /** Past due, for good (R5.6). */
  pastDue: boolean;
  /** With `reinstate: false`: the most cash that keeps commission; undefined where there is no cap (R5.6). */
  cashCap: Units | undefined;
}

/** Cumulative amounts of a line, in minor units. */
export interface Targets {
  readonly earned: Minor;
  readonly advanced: Minor;
  readonly released: Minor;
  readonly held: Minor;
  readonly forfeited: Minor;
  readonly clawedBack: Minor;
}

/** The part of a plan and of the workspace that targets depend on. */
export interface TargetTerms {
  readonly plan: Plan;
  readonly rounding: Rounding;
  /** The plan's tolerance in units, rounded down: amounts are whole units. */
  readonly tolerance: Units;
}

/** Nothing posted yet (R5.2). */
export const NOTHING: Targets = {
  earned: 0n,
  advanced: 0n,
  released: 0n,
  held: 0n,
  forfeited: 0n,
  clawedBack: 0n,
};

/** The plan's terms as targets need them. */
export function targetTerms(plan: Plan, rounding: Rounding, unit: bigint): TargetTerms {
  return { plan, rounding, tolerance: floor({ n: plan.tolerance.n * unit, d: plan.tolerance.d }) };
}

/** R5.3–R5.6: what the line should have come to. */
export function targetsOf(state: LineState, terms: TargetTerms): Targets {
  const { plan, rounding } = terms;
  const share = (amount: Minor, n: bigint, d: bigint) => (n === d ? amount : round(amount * n, d, rounding));
  const { due, collected, closed } = collectionOf(state, state.cash, terms.tolerance);

  // R5.5: what is earned only with its cash has nothing left to wait for.
  const withCash = plan.level.earned === 'with-cash';
  const commission = commissionOf(state, rounding);
  const earned = withCash ? share(commission, collected, due) : commission;
  const waiting = share(earned, plan.hold.n, plan.hold.d);
  const advanced = earned - waiting;
  let [released, settled] = [waiting, waiting];
  if (!withCash) {
    const inFullOnly = plan.release === 'paid-in-full' && closed < due;
    released = inFullOnly ? 0n : share(waiting, collected, due);
    settled = inFullOnly ? 0n : share(waiting, closed, due);
  }

  let clawedBack = 0n;
  if (plan.clawback !== undefined) {
    const { kept, of } = keptOf(state, plan.clawback, terms.tolerance);
    const all = plan.clawback.scope === 'whole' && kept < of;
    clawedBack = all ? advanced : advanced - share(advanced, kept, of);
  }
  return {
    earned,
    advanced,
    released,
    held: waiting - settled,
    forfeited: settled - released,
    clawedBack,
  };
}

/** Whether less than all of what is owed has been collected: `f < 1` (R5.6). */
export function isShort(state: LineState, { tolerance }: TargetTerms): boolean {
  const { due, collected } = collectionOf(state, state.cash, tolerance);
  return collected < due;
}

/** `C`: the exact commission on what was not credited, rounded once (R4.8, R5). */
function commissionOf(state: LineState, rounding: Rounding): Minor {
  const { n, d } = state.commission;
  const credited = creditedOf(state);
  if (credited === 0n) return round(n, d, rounding);
  return round(n * (state.total - credited), d * state.total, rounding);
}

/** R5.1: the sum of the credit memos, between 0 and the original total; nothing where that is not above 0. */
function creditedOf({ total, memos }: LineState): Units {
  return total > 0n ? clamp(memos, 0n, total) : 0n;
}

/** How much of `T` is collected and closed: `f` is collected ÷ due, `g` is closed ÷ due. */
interface Collection {
  readonly due: Units;
  readonly collected: Units;
  readonly closed: Units;
}

const NOTHING_DUE: Collection = { due: 1n, collected: 1n, closed: 1n };

/** R5, R5.1: an invoice with nothing to collect, or credited in full, is collected and closed. */
function collectionOf(state: LineState, cash: Units, tolerance: Units): Collection {
  const due = state.total - creditedOf(state);
  if (due <= 0n) return NOTHING_DUE;
  const enough = cash > 0n && due - cash <= tolerance;
  const collected = enough ? due : clamp(cash, 0n, due);
  return { due, collected, closed: min(due, collected + max(state.writtenOff, 0n)) };
}

/** R5.6: the fraction `k` of the advance that is kept, as kept ÷ of. */
function keptOf(
  state: LineState,
  clawback: ClawbackTerms,
  tolerance: Units,
): { readonly kept: Units; readonly of: Units } {
  const cash = state.cashCap === undefined ? state.cash : min(state.cash, state.cashCap);
  const { due, collected, closed } = collectionOf(state, cash, tolerance);
  if (state.pastDue) return { kept: collected, of: due };
  if (clawback.onWriteOff) return { kept: due - (closed - collected), of: due };
  return { kept: due, of: due };
}
