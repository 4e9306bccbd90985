/** A rule of collection, as it is written: `past-due > 30: 15 days earlier`, `customer C7: never`. */
import type { FaultOf } from '../../problems/problem.js';

/** Which cash a rule is about, and what becomes of it. */
export interface CollectionRule {
  /** As it was written. */
  readonly text: string;
  /** All of them must hold. */
  readonly when: readonly Condition[];
  readonly then: Change;
}

/** What a rule asks of cash: everything, how late it is, or whose it is. */
export type Condition =
  | { readonly kind: 'all' }
  /** More than so many days past due. */
  | { readonly kind: 'past-due'; readonly days: number }
  | { readonly kind: 'customer'; readonly customerId: string };

/** What becomes of cash. */
export type Change =
  /** Below 0 where it comes earlier. Late cash comes no earlier than its due date. */
  | { readonly kind: 'moved'; readonly days: number }
  /** Everything that is due is paid then, also what was paid late, or early, or not at all. */
  | { readonly kind: 'on-due-date' }
  | { readonly kind: 'never' };

const FORM =
  'who, a colon, and what becomes of the cash: "all", "past-due > 30" or "customer C7" (joined by "and"), then "15 days earlier", "10 days later", "on the due date" or "never"';

/** Reads a rule; or says what is wrong with it. */
export function readRule(
  text: string,
):
  | { readonly rule: CollectionRule; readonly fault?: never }
  | { readonly rule?: never; readonly fault: FaultOf<'wrong-value'> } {
  const colon = text.lastIndexOf(':');
  const when = text
    .slice(0, Math.max(colon, 0))
    .split(/\s+and\s+/)
    .map((part) => findCondition(part.trim()));
  const then = findChange(text.slice(colon + 1).trim());
  const known = when.filter((one) => one !== undefined);
  if (colon < 0 || then === undefined || known.length < when.length) {
    return { fault: { code: 'wrong-value', place: { kind: 'run' }, found: text, expected: FORM } };
  }
  return { rule: { text: text.trim(), when: known, then } };
}

function findCondition(text: string): Condition | undefined {
  if (text === 'all') return { kind: 'all' };
  const late = /^past[- ]due\s*>\s*(\d{1,4})(?:\s+days)?$/.exec(text);
  if (late !== null) return { kind: 'past-due', days: Number(late[1]) };
  const customer = /^customer\s+(.+)$/.exec(text);
  return customer === null ? undefined : { kind: 'customer', customerId: customer[1] as string };
}

function findChange(text: string): Change | undefined {
  if (text === 'never') return { kind: 'never' };
  if (/^on (?:the |its )?due date$/.test(text)) return { kind: 'on-due-date' };
  const moved = /^(\d{1,4}) days? (earlier|later)$/.exec(text);
  if (moved === null) return undefined;
  return { kind: 'moved', days: moved[2] === 'earlier' ? -Number(moved[1]) : Number(moved[1]) };
}
