// What a line should have come to at a moment of its history, worked out from nothing (R5).

import { addDays, type Day, laterOf } from './calendar.js';
import {
  add,
  compare,
  div,
  type Fraction,
  fraction,
  isPositive,
  max,
  min,
  mul,
  ONE,
  roundHalfAway,
  roundHalfEven,
  sub,
  sum,
  ZERO,
} from './fraction.js';
import type { Entry, Line, World } from './ledgers.js';
import { creditedBy } from './quota.js';
import { exactCommission } from './rates.js';
import type { Clawback } from './terms.js';

/** R5.8: the order of a day after its bookings; a kind is its place in this list. */
const KINDS = [
  're-rating',
  'earning',
  'credit memo',
  'payment',
  'refund',
  'write-off',
  'past-due check',
] as const;

export type Kind = (typeof KINDS)[number];

/** A place in a line's history: just after the event of that day, kind and source id. */
export interface Moment {
  readonly day: Day;
  readonly kind: Kind;
  readonly source: string;
  /** Of several events of one source, which one; 0 where there is one. */
  readonly rank: number;
}

/** The cumulative amounts of a line, in minor units. */
export interface Targets {
  readonly earned: bigint;
  readonly advanced: bigint;
  readonly released: bigint;
  readonly held: bigint;
  readonly forfeited: bigint;
  readonly clawed_back: bigint;
}

export const NOTHING: Targets = {
  earned: 0n,
  advanced: 0n,
  released: 0n,
  held: 0n,
  forfeited: 0n,
  clawed_back: 0n,
};

/** Below 0 where a comes before b (R5.8). */
export function compareMoments(a: Moment, b: Moment): number {
  return comparePlaces(a, b) || a.rank - b.rank;
}

/** The same, but for events of one source. */
export function comparePlaces(a: Moment, b: Moment): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  return a.source < b.source ? -1 : a.source > b.source ? 1 : 0;
}

export function earningMoment(line: Line): Moment {
  return { day: line.earnDay, kind: 'earning', source: line.invoice.id, rank: 0 };
}

export function memoMoment(memo: Entry): Moment {
  return { day: memo.day, kind: 'credit memo', source: memo.id, rank: memo.rank };
}

/** R2.4: a negative payment is a refund. */
export function paymentMoment(payment: Entry): Moment {
  const kind = compare(payment.amount, ZERO) < 0 ? 'refund' : 'payment';
  return { day: payment.day, kind, source: payment.id, rank: payment.rank };
}

export function writeOffMoment(writeOff: Entry): Moment {
  return { day: writeOff.day, kind: 'write-off', source: writeOff.id, rank: writeOff.rank };
}

export function endOfDay(line: Line, day: Day): Moment {
  return { day, kind: 'past-due check', source: line.invoice.id, rank: 0 };
}

/** R4.8, R5.3 to R5.6. */
export function targetsAt(world: World, line: Line, moment: Moment): Targets {
  const { plan } = line;
  const C = commissionAt(world, line, moment);
  const f = collectedFraction(line, moment, cashAt(line, moment));
  const g = closedFraction(line, moment, f);

  if (plan.level === 4) {
    // R5.5.
    const collected = round(world, mul(fraction(C), f));
    return { ...NOTHING, earned: collected, released: collected };
  }

  // R5.3.
  const H = round(world, mul(fraction(C), plan.hold));
  const A = C - H;
  // R5.4: paid in full, nothing is settled until all is.
  const waits = plan.release === 'paid-in-full' && compare(g, ONE) < 0;
  const released = waits ? 0n : round(world, mul(fraction(H), f));
  const settled = waits ? 0n : round(world, mul(fraction(H), g));
  return {
    earned: C,
    advanced: A,
    released,
    held: H - settled,
    forfeited: settled - released,
    clawed_back: plan.clawback === undefined ? 0n : clawedAt(world, line, plan.clawback, moment, A),
  };
}

/** R5.6: the first day at whose end the line was past due, up to a moment; undefined where there is none. */
export function findPastDueDay(line: Line, moment: Moment): Day | undefined {
  const days = line.plan.clawback?.pastDueDays;
  if (days === undefined || !isPositive(line.invoice.total)) return undefined;
  const start = laterOf(addDays(line.invoice.dueDay, days), line.earnDay);
  const { memos, payments } = line.invoice;
  // Between the days of memos and payments f stands still, so that no other day can be the first.
  return [start, ...[...memos, ...payments].map((entry) => entry.day)]
    .filter((day) => day >= start)
    .sort()
    .filter((day) => compareMoments(endOfDay(line, day), moment) <= 0)
    .find((day) => {
      const end = endOfDay(line, day);
      return compare(collectedFraction(line, end, cashAt(line, end)), ONE) < 0;
    });
}

/** R4.8: `round` by the workspace's rounding, to whole minor units of amounts given in minor units. */
function round(world: World, minorUnits: Fraction): bigint {
  return world.terms.rounding === 'half-even' ? roundHalfEven(minorUnits) : roundHalfAway(minorUnits);
}

/** An exact amount rounded to whole minor units. */
export function toMinorUnits(world: World, amount: Fraction): bigint {
  return round(world, mul(amount, fraction(10n ** BigInt(world.terms.digits))));
}

/** R5: C = round(exact commission × (1 − credited ÷ original total)). */
function commissionAt(world: World, line: Line, moment: Moment): bigint {
  const exact = exactCommission(world, line, moment.day);
  const { total } = line.invoice;
  if (!isPositive(total)) return toMinorUnits(world, exact);
  const left = sub(ONE, div(creditedAt(line, moment), total));
  return toMinorUnits(world, mul(exact, left));
}

function creditedAt(line: Line, moment: Moment): Fraction {
  return creditedBy(
    line,
    line.invoice.memos.filter((memo) => compareMoments(memoMoment(memo), moment) <= 0),
  );
}

/** P: cash received net of refunds. */
function cashAt(line: Line, moment: Moment): Fraction {
  const received = line.invoice.payments.filter(
    (payment) => compareMoments(paymentMoment(payment), moment) <= 0,
  );
  return sum(received.map((payment) => payment.amount));
}

/** W: written off net of reversals. */
function writtenOffAt(line: Line, moment: Moment): Fraction {
  const written = line.invoice.writeOffs.filter(
    (writeOff) => compareMoments(writeOffMoment(writeOff), moment) <= 0,
  );
  return sum(written.map((writeOff) => writeOff.amount));
}

/** T: what the customer has to pay after credit memos. */
function collectibleAt(line: Line, moment: Moment): Fraction {
  return sub(line.invoice.total, creditedAt(line, moment));
}

/** f of some cash; 1 where nothing is to be collected, at first or any more (R5, R5.1). */
function collectedFraction(line: Line, moment: Moment, cash: Fraction): Fraction {
  const T = collectibleAt(line, moment);
  if (!isPositive(T)) return ONE;
  if (isPositive(cash) && compare(sub(T, cash), line.plan.tolerance) <= 0) return ONE;
  return div(min(max(cash, ZERO), T), T);
}

/** g, given f (R5, R5.1). */
function closedFraction(line: Line, moment: Moment, f: Fraction): Fraction {
  const T = collectibleAt(line, moment);
  if (!isPositive(T)) return ONE;
  return min(ONE, add(f, div(max(writtenOffAt(line, moment), ZERO), T)));
}

/** R5.6. */
function clawedAt(world: World, line: Line, clawback: Clawback, moment: Moment, A: bigint): bigint {
  const k = keptFraction(line, clawback, moment);
  if (clawback.scope === 'whole') return compare(k, ONE) < 0 ? A : 0n;
  return A - round(world, mul(fraction(A), k));
}

/** R5.6: k. */
function keptFraction(line: Line, clawback: Clawback, moment: Moment): Fraction {
  const allCash = cashAt(line, moment);
  const cap = clawback.reinstate ? undefined : findCap(line, clawback, moment);
  const f = collectedFraction(line, moment, cap === undefined ? allCash : min(allCash, cap));
  if (findPastDueDay(line, moment) !== undefined) return f;
  if (clawback.onWriteOff) return sub(ONE, sub(closedFraction(line, moment, f), f));
  return ONE;
}

/** R5.6: with `reinstate: false`, the cash at the earlier of the moments that apply; undefined where none does. */
function findCap(line: Line, clawback: Clawback, moment: Moment): Fraction | undefined {
  const moments: Moment[] = [];
  const writtenOff = findWriteOffMoment(line, moment);
  if (clawback.onWriteOff && writtenOff !== undefined) moments.push(writtenOff);
  const pastDueDay = findPastDueDay(line, moment);
  if (pastDueDay !== undefined) moments.push(endOfDay(line, pastDueDay));
  const first = moments.sort(compareMoments)[0];
  return first && cashAt(line, first);
}

/** R5.6 (a): when W last went from 0 or less to above 0, or the earning if that is later; only while W > 0. */
function findWriteOffMoment(line: Line, moment: Moment): Moment | undefined {
  if (!isPositive(writtenOffAt(line, moment))) return undefined;
  const written = line.invoice.writeOffs
    .filter((writeOff) => compareMoments(writeOffMoment(writeOff), moment) <= 0)
    .sort((a, b) => compareMoments(writeOffMoment(a), writeOffMoment(b)));
  const upTo = (count: number): Fraction => sum(written.slice(0, count).map((writeOff) => writeOff.amount));
  const crossing = written.findLast((_, at) => !isPositive(upTo(at)) && isPositive(upTo(at + 1)));
  if (crossing === undefined) return undefined;
  const crossed = writeOffMoment(crossing);
  const earned = earningMoment(line);
  return compareMoments(crossed, earned) > 0 ? crossed : earned;
}

export function isNothing(change: Targets): boolean {
  return Object.values(change).every((amount) => amount === 0n);
}
