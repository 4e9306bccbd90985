// Every posting of every line: the targets after each event, less the targets before it (R6, R12.4, R17.2).

import { addDays, type Day, laterOf } from './calendar.js';
import { type CashPiece, leftOfPiece } from './cash.js';
import { compare, mul, sum } from './fraction.js';
import type { Invoice, Line, World } from './ledgers.js';
import { compareMoments, comparePlaces, endOf, type Moment, writeOffMoment } from './moments.js';
import { cashEventsOf } from './parcels.js';
import { exactCashCommission } from './rates.js';
import {
  checkMoment,
  earningMoment,
  invoicedMoment,
  latenessAt,
  leftMoment,
  NOTHING,
  premiumAt,
  type Targets,
  targetsAt,
  toMinorUnits,
} from './targets.js';
import { CREDITS, type Credit } from './terms.js';

interface Event {
  readonly moment: Moment;
  readonly cause: string;
}

export interface Posting {
  readonly invoice: Invoice;
  readonly rep: string;
  readonly credit: Credit;
  readonly planId: string;
  readonly level: number;
  readonly moment: Moment;
  readonly cause: string;
  readonly change: Targets;
  /** R7.1: the fiscal quarter and month of its day. */
  readonly quarter: string;
  readonly month: string;
}

/** R6.4; sorting keeps a line's postings of one event in order. */
export function postingsOf(world: World): readonly Posting[] {
  return [
    ...world.lines.flatMap((line) => postingsOfLine(world, line)),
    ...cashLinesOf(world).flatMap((pieces) => postingsOfCashLine(world, pieces)),
  ].sort(
    (a, b) =>
      comparePlaces(a.moment, b.moment) ||
      compareText(a.invoice.id, b.invoice.id) ||
      compareText(a.rep, b.rep) ||
      CREDITS.indexOf(a.credit) - CREDITS.indexOf(b.credit),
  );
}

/** R6.1: the targets after each event less those after the one before; no change, no posting. */
function postingsOfLine(world: World, line: Line): readonly Posting[] {
  let targets = NOTHING;
  let premium = 0n;
  return eventsOf(world, line).flatMap(({ moment, cause }) => {
    const targetsAfter = targetsAt(world, line, moment);
    const premiumAfter = premiumAt(world, line, moment);
    const change = difference(targetsAfter, targets);
    // R17.2: a posting of its own.
    const timing = { ...NOTHING, earned: premiumAfter - premium, released: premiumAfter - premium };
    targets = targetsAfter;
    premium = premiumAfter;
    const { invoice, rep, credit, plan } = line;
    const { quarterOf, monthOf } = world.calendar;
    const posting = {
      ...{ invoice, rep, credit, planId: plan.id, level: plan.level, moment },
      ...{ quarter: quarterOf(moment.day), month: monthOf(moment.day) },
    };
    return [
      { ...posting, cause, change },
      { ...posting, cause: 'timing', change: timing },
    ].filter((one) => !isNothing(one.change));
  });
}

/** R5.8, R6.2, R20.1: what happens to a line from its earning to the as-of date, in order. */
function eventsOf(world: World, line: Line): readonly Event[] {
  const { invoice, plan } = line;
  const earning = earningMoment(line);
  const invoiced = invoicedMoment(line);
  const lateDays = latenessAt(line, endOf(world.asOf)).map(({ day }) => day);
  const left = leftMoment(world, line);
  const all: readonly Event[] = [
    ...reRatingsOf(world, line),
    { moment: earning, cause: plan.earnOn === 'booking' ? 'booked' : 'invoiced' },
    // R18.1.
    ...(invoiced.day > earning.day ? [{ moment: invoiced, cause: 'invoiced' }] : []),
    ...cashEventsOf(invoice),
    ...invoice.writeOffs.map((writeOff) => ({
      moment: writeOffMoment(writeOff),
      cause: writeOff.amount.over < 0n ? 'write-off-reversed' : 'written-off',
    })),
    ...[...new Set(lateDays)].map((day) => ({ moment: checkMoment(line, day), cause: 'past-due' })),
    ...(left === undefined ? [] : [{ moment: left, cause: 'left' }]),
  ];
  return (
    all
      // R5.2: nothing is posted before the earn date; R7.5: nor after the as-of date.
      .filter(({ moment }) => compareMoments(moment, earning) >= 0 && moment.day <= world.asOf)
      .sort((a, b) => compareMoments(a.moment, b.moment))
  );
}

/** R4.6: one re-rating on each later day of the booking quarter with bookings or quota-reducing credits of the rep. */
function reRatingsOf(world: World, line: Line): readonly Event[] {
  if (line.plan.rates.every(({ rate }) => rate.kind !== 'retroactive')) return [];
  const credits = world.quotaCredits.filter(
    (credit) =>
      credit.rep === line.rep &&
      credit.credit === line.credit &&
      credit.quarter === line.quarter &&
      credit.day > line.earnDay,
  );
  const days: readonly Day[] = [...new Set(credits.map((credit) => credit.day))];
  return days.map((day) => {
    // R6.2: the source is the last of the day's bookings, then quota-reducing credits.
    const last = credits.findLast((credit) => credit.day === day);
    return { moment: { day, kind: 're-rating', source: last?.source ?? '', rank: 0 }, cause: 're-rated' };
  });
}

/** R12.1: what is booked for one rep on one invoice. */
function cashLinesOf(world: World): readonly (readonly CashPiece[])[] {
  const keyOf = ({ invoice, rep }: CashPiece): string => JSON.stringify([invoice.id, rep]);
  return [...new Set(world.cashPieces.map(keyOf))].map((key) =>
    world.cashPieces.filter((piece) => keyOf(piece) === key),
  );
}

/** R12.4: earned and advanced is what all parcels that are still there come to, rounded once. */
function postingsOfCashLine(world: World, pieces: readonly CashPiece[]): readonly Posting[] {
  const [first] = pieces;
  if (first === undefined) return [];
  const { invoice, rep } = first;
  const priced = pieces.map((piece) => ({ piece, price: exactCashCommission(world, piece) }));
  // R12.4: of early cash, what is still there when the invoice is booked.
  const eve = endOf(addDays(invoice.bookingDay, -1));
  const postings: Posting[] = [];
  let planOfLast = first.plan;
  let earned = 0n;
  let previous = eve;
  for (const { moment, cause } of cashEventsOf(invoice)) {
    const at = compareMoments(moment, eve) < 0 ? eve : moment;
    const come = priced.filter(({ piece }) => compareMoments(piece.moment, moment) <= 0);
    const exact = sum(come.map(({ piece, price }) => mul(price, leftOfPiece(piece, at))));
    const change = toMinorUnits(world, exact) - earned;
    // The last that is taken from is the lowest, since cash is taken from the top.
    const taken = come.find(
      ({ piece }) =>
        compareMoments(piece.moment, moment) < 0 &&
        compare(leftOfPiece(piece, at), leftOfPiece(piece, previous)) < 0,
    );
    if (taken !== undefined) planOfLast = taken.piece.plan;
    previous = at;
    earned += change;
    if (change === 0n) continue;
    const day = laterOf(moment.day, invoice.bookingDay);
    const plan = world.findPlan(rep, day, 'cash') ?? planOfLast;
    postings.push({
      ...{ invoice, rep, credit: 'cash', planId: plan.id, level: 0, moment: { ...moment, day }, cause },
      change: { ...NOTHING, earned: change, advanced: change },
      ...{ quarter: world.calendar.quarterOf(day), month: world.calendar.monthOf(day) },
    });
  }
  return postings;
}

function difference(after: Targets, before: Targets): Targets {
  return {
    earned: after.earned - before.earned,
    advanced: after.advanced - before.advanced,
    released: after.released - before.released,
    held: after.held - before.held,
    forfeited: after.forfeited - before.forfeited,
    clawed_back: after.clawed_back - before.clawed_back,
  };
}

function isNothing(change: Targets): boolean {
  return Object.values(change).every((amount) => amount === 0n);
}

/** R2.1: ids are compared by code unit. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
