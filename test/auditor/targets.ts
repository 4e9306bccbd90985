// What a line should have come to at a moment of its history, worked out from nothing (R5, R14, R16 to R19).

import { addDays, type Day, daysBetween, laterOf } from './calendar.js';
import {
  add,
  compare,
  div,
  type Fraction,
  fraction,
  isPositive,
  isZero,
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
import type { Instalment, Invoice, Line, World } from './ledgers.js';
import { compareMoments, endOf, type Moment, memoMoment, paymentMoment, writeOffMoment } from './moments.js';
import { cashAt, collectibleAt, daysAfter, isDisputed, type Parcel, parcelsAt, piecesOf } from './parcels.js';
import { creditedShareAt } from './quota.js';
import { exactCommission } from './rates.js';
import type { Clawback, Timing } from './terms.js';

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

export function earningMoment(line: Line): Moment {
  return { day: line.earnDay, kind: 'earning', source: line.invoice.id, rank: 0 };
}

/** R18.1: when the share that waits for the invoice no longer does. */
export function invoicedMoment(line: Line): Moment {
  return { day: line.invoice.invoiceDay, kind: 'earning', source: line.invoice.id, rank: 0 };
}

/** R5.6: the check at the end of a day. */
export function checkMoment(line: Line, day: Day): Moment {
  return { day, kind: 'past-due check', source: line.invoice.id, rank: 0 };
}

/** R19.2: the end of the rep's last day for cash; undefined where there is none. */
export function leftMoment(world: World, line: Line): Moment | undefined {
  const day = world.lastDayOf(line.rep);
  return day === undefined ? undefined : { day, kind: 'left', source: line.invoice.id, rank: 0 };
}

/** What R5 looks at, at a moment of a line. */
interface State {
  readonly moment: Moment;
  /** T. */
  readonly T: Fraction;
  /** P. */
  readonly cash: Fraction;
  /** R19.2: the cash that still releases, and whether the rep's last day for cash is over. */
  readonly releasing: Fraction;
  readonly isOver: boolean;
}

function stateAt(world: World, line: Line, moment: Moment): State {
  const cash = cashAt(line.invoice, moment);
  const left = leftMoment(world, line);
  const isOver = left !== undefined && compareMoments(left, moment) <= 0;
  return {
    moment,
    T: collectibleAt(line.invoice, moment),
    cash,
    releasing: isOver ? min(cash, cashAt(line.invoice, endOf(left.day))) : cash,
    isOver,
  };
}

/** R4.8, R5.3 to R5.6, R18.1, R19.2: without the premium of R17. */
export function targetsAt(world: World, line: Line, moment: Moment): Targets {
  const { plan } = line;
  const state = stateAt(world, line, moment);
  const C = commissionAt(world, line, moment);
  const f = collectedFraction(line, state, state.cash);
  const g = closedFraction(line, state, f);
  const releasedFraction = collectedFraction(line, state, state.releasing);

  if (plan.level === 4) {
    // R5.5.
    const collected = round(world, mul(fraction(C), releasedFraction));
    return { ...NOTHING, earned: collected, released: collected };
  }

  // R5.3.
  const H = round(world, mul(fraction(C), plan.hold));
  const A = C - H;
  const V = compareMoments(moment, invoicedMoment(line)) < 0 ? untilInvoiceOf(world, line, C, A) : 0n;
  // R5.4: paid in full, nothing is settled until all is.
  const isSettled = plan.release === 'pro-rata' || compare(g, ONE) === 0;
  const released = releaseWaits(line, state) ? 0n : round(world, mul(fraction(H), releasedFraction));
  // R19.2: what is not released by the last day is forfeited.
  const settled = state.isOver ? H : isSettled ? round(world, mul(fraction(H), g)) : 0n;
  return {
    earned: C,
    advanced: A - V,
    released,
    held: H - settled + V,
    forfeited: settled - released,
    clawed_back: plan.clawback === undefined ? 0n : clawedAt(world, line, plan.clawback, state, A - V),
  };
}

/** R5.4, R17.2, R19.2: whether paid in full holds back everything. */
function releaseWaits(line: Line, state: State): boolean {
  if (line.plan.release === 'pro-rata') return false;
  const f = collectedFraction(line, state, state.releasing);
  return compare(closedFraction(line, state, f), ONE) < 0;
}

/** R18.1: V, never beyond A in size nor of another sign. */
function untilInvoiceOf(world: World, line: Line, C: bigint, A: bigint): bigint {
  const V = round(world, mul(fraction(C), line.plan.untilInvoice));
  if (A >= 0n) return V < 0n ? 0n : V < A ? V : A;
  return V > 0n ? 0n : V > A ? V : A;
}

/** R17.2: B, what is added to earned and released. */
export function premiumAt(world: World, line: Line, moment: Moment): bigint {
  const { timing } = line.plan;
  const state = stateAt(world, line, moment);
  if (timing === undefined || !isPositive(line.invoice.total) || isZero(state.T)) return 0n;
  if (releaseWaits(line, state)) return 0n;
  const C = commissionAt(world, line, moment);
  const weighted = parcelsThatCount(world, line, state).flatMap((parcel) => weighed(line, timing, parcel));
  const B = round(world, mul(fraction(C), div(sum(weighted), state.T)));
  const { advanced, released, clawed_back } = targetsAt(world, line, moment);
  // A line never pays less than nothing.
  const least = -(advanced + released - clawed_back);
  if (C >= 0n) return B < least ? least : B;
  return B > least ? least : B;
}

/** R19.2: only those up to the last day. */
function parcelsThatCount(world: World, line: Line, state: State): readonly Parcel[] {
  const parcels = parcelsAt(line.invoice, state.moment);
  const lastDay = world.lastDayOf(line.rep);
  if (!state.isOver || lastDay === undefined) return parcels;
  return parcels.filter((parcel) => parcel.moment.day <= lastDay);
}

/** R17.2: (factor − 1) × length, piece by piece. */
function weighed(line: Line, timing: Timing, parcel: Parcel): readonly Fraction[] {
  const { invoice } = line;
  return piecesOf(invoice.instalments, parcel).map(({ dueDay, from, to }) => {
    const start = { due: dueDay, invoice: invoice.invoiceDay, booking: invoice.bookingDay }[timing.from];
    // Disputed days do not count after a due date (R16.3, R16.5); a dispute that ends before it changes nothing (R25.1).
    const days =
      timing.from === 'due'
        ? daysAfter(invoice, start, parcel.moment.day)
        : daysBetween(start, parcel.moment.day);
    const band = timing.bands.find((one) => one.days === undefined || days <= one.days);
    return mul(sub(band?.factor ?? ONE, ONE), sub(to, from));
  });
}

/** R16.4: the past-due days on which instalments of a line became late, up to a moment, by instalment. */
export function latenessAt(
  line: Line,
  moment: Moment,
): readonly { readonly instalment: Instalment; readonly day: Day }[] {
  const days = line.plan.clawback?.pastDueDays;
  if (days === undefined || !isPositive(line.invoice.total)) return [];
  return line.invoice.instalments.flatMap((instalment) => {
    const day = findLateDay(line, instalment, days, moment);
    return day === undefined ? [] : [{ instalment, day }];
  });
}

function findLateDay(line: Line, instalment: Instalment, days: number, moment: Moment): Day | undefined {
  const { invoice } = line;
  const pastDueDay = findPastDueDay(invoice, instalment.dueDay, days, moment.day);
  if (pastDueDay === undefined) return undefined;
  const start = laterOf(pastDueDay, line.earnDay);
  const events = [...invoice.memos.map(memoMoment), ...invoice.payments.map(paymentMoment)];
  // Between the days of memos and payments nothing changes, so that no other day can be the first, disputed days apart.
  return [start, ...events.map(({ day }) => day).filter((day) => day >= start)]
    .flatMap((day) => findUndisputedDay(invoice, day, moment.day) ?? [])
    .sort()
    .filter((day) => compareMoments(checkMoment(line, day), moment) <= 0)
    .find((day) => isShort(line, instalment, checkMoment(line, day)));
}

/** R16.5: the first undisputed day from the due date on with so many undisputed days since; none after a last day. */
function findPastDueDay(invoice: Invoice, dueDay: Day, days: number, last: Day): Day | undefined {
  if (addDays(dueDay, days) > last) return undefined;
  for (let day = dueDay; day <= last; day = addDays(day, 1)) {
    if (!isDisputed(invoice, day) && daysAfter(invoice, dueDay, day) >= days) return day;
  }
  return undefined;
}

function findUndisputedDay(invoice: Invoice, from: Day, last: Day): Day | undefined {
  for (let day = from; day <= last; day = addDays(day, 1)) if (!isDisputed(invoice, day)) return day;
  return undefined;
}

/** R16.4: judged on all cash. */
function isShort(line: Line, instalment: Instalment, moment: Moment): boolean {
  const { invoice } = line;
  const T = collectibleAt(invoice, moment);
  const end = min(instalment.to, T);
  const cash = cashAt(invoice, moment);
  return isPositive(end) && !isTolerated(line, T, sub(end, cash), cash) && compare(cash, end) < 0;
}

/** R5, R15.2, R30.1: whether a remainder is so small that it counts as collected. */
function isTolerated(line: Line, T: Fraction, remainder: Fraction, cash: Fraction): boolean {
  const { unit, size } = line.plan.tolerance;
  if (!isPositive(cash)) return false;
  return unit === 'share'
    ? compare(remainder, mul(size, T)) <= 0
    : compare(mul(remainder, line.invoice.fx), size) <= 0;
}

/** R4.8: `round` by the workspace's rounding, to whole minor units of amounts given in minor units. */
function round(world: World, minorUnits: Fraction): bigint {
  return world.terms.rounding === 'half-even' ? roundHalfEven(minorUnits) : roundHalfAway(minorUnits);
}

/** An exact amount rounded to whole minor units. */
export function toMinorUnits(world: World, amount: Fraction): bigint {
  return round(world, mul(amount, fraction(10n ** BigInt(world.terms.digits))));
}

/** R5, R14.1, R26.2: C = round(exact commission × (1 − c), within the limits of a sale). */
function commissionAt(world: World, line: Line, moment: Moment): bigint {
  const { plan, share } = line;
  const { most, least } = plan.perInvoice;
  const exact = exactCommission(world, line, moment.day);
  const c = creditedShareAt(line, plan.basis, moment);
  const left = mul(exact, sub(ONE, c));
  const within = most === undefined ? left : max(sub(ZERO, mul(most, share)), min(left, mul(most, share)));
  return toMinorUnits(world, isPositive(within) ? max(within, mul(least, share)) : within);
}

/** W: written off net of reversals. */
function writtenOffAt(line: Line, moment: Moment): Fraction {
  const written = line.invoice.writeOffs.filter(
    (writeOff) => compareMoments(writeOffMoment(writeOff), moment) <= 0,
  );
  return sum(written.map((writeOff) => writeOff.amount));
}

/** f of some cash; 1 where nothing is to be collected, at first or any more (R5, R5.1). */
function collectedFraction(line: Line, { T }: State, cash: Fraction): Fraction {
  if (!isPositive(T) || isTolerated(line, T, sub(T, cash), cash)) return ONE;
  return div(min(max(cash, ZERO), T), T);
}

/** g, given f (R5, R5.1). */
function closedFraction(line: Line, { T, moment }: State, f: Fraction): Fraction {
  if (!isPositive(T)) return ONE;
  return min(ONE, add(f, div(max(writtenOffAt(line, moment), ZERO), T)));
}

/** R5.6. */
function clawedAt(world: World, line: Line, clawback: Clawback, state: State, A: bigint): bigint {
  const k = keptFraction(line, clawback, state);
  if (clawback.scope === 'whole') return compare(k, ONE) < 0 ? A : 0n;
  return A - round(world, mul(fraction(A), k));
}

/** R5.6, R16.4: k = 1 − max(short ÷ T, with onWriteOff: g − f). */
function keptFraction(line: Line, clawback: Clawback, state: State): Fraction {
  const { T, moment } = state;
  if (!isPositive(T)) return ONE;
  const late = latenessAt(line, moment).map(({ instalment, day }) => ({
    instalment,
    moment: checkMoment(line, day),
  }));
  const writtenOff = clawback.onWriteOff ? findWriteOffMoment(line, moment) : undefined;
  /** R5.6: with `reinstate: false`, no more cash than at the earliest of the moments that apply. */
  const cashUpTo = (moments: readonly (Moment | undefined)[]): Fraction => {
    const [first] = moments.flatMap((one) => one ?? []).sort(compareMoments);
    return first === undefined || clawback.reinstate
      ? state.cash
      : min(state.cash, cashAt(line.invoice, first));
  };
  // R16.4: each late instalment has its own day.
  const short = late.map((one) => shortOf(line, one.instalment, T, cashUpTo([writtenOff, one.moment])));
  const f = collectedFraction(line, state, cashUpTo([writtenOff, ...late.map((one) => one.moment)]));
  const lost = clawback.onWriteOff ? sub(closedFraction(line, state, f), f) : ZERO;
  return sub(ONE, max(div(sum(short), T), lost));
}

/** R16.4: what is short of a late instalment. */
function shortOf(line: Line, { from, to }: Instalment, T: Fraction, cash: Fraction): Fraction {
  const end = min(to, T);
  if (isTolerated(line, T, sub(end, cash), cash)) return ZERO;
  return max(ZERO, sub(end, max(min(from, T), max(cash, ZERO))));
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
