/** What later cash gives back of what was taken back (R5.6, R5.7). */
import { effectOf } from '../engine/r1-words/causes.js';
import type { Units } from '../money.js';
import type { LineExplanation } from './lines.js';

/** What the customer still has to pay, in the order in which it counts; amounts in units. */
export interface Comeback {
  /** Gives nothing back: what is open beside a write-off, or was refunded beyond what had been paid. */
  readonly first: Units;
  /** Gives back, part by part, all that is still taken back. */
  readonly rest: Units;
}

/** Undefined if nothing is taken back, or if no payment gives it back. */
export function comebackOf({ events, plan }: LineExplanation): Comeback | undefined {
  const last = events.at(-1);
  if (last === undefined || last.after.clawedBack <= 0n || plan.clawback?.reinstate !== true)
    return undefined;
  const cash = events.reduce(
    (sum, { cause, amount }) => (effectOf(cause) === 'cash' ? sum + amount : sum),
    0n,
  );
  const isPastDue = events.some(({ cause }) => cause === 'past-due');
  const rest = isPastDue ? last.due - last.collected : last.closed - last.collected;
  const first = (cash < 0n ? -cash : 0n) + (isPastDue ? 0n : last.due - last.closed);
  return rest > 0n ? { first, rest } : undefined;
}
