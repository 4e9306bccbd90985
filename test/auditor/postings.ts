// Every posting of every line: the targets after each event, less the targets before it (R6).

import type { Day } from './calendar.js';
import type { Line, World } from './ledgers.js';
import {
  compareMoments,
  comparePlaces,
  earningMoment,
  endOfDay,
  findPastDueDay,
  isNothing,
  type Moment,
  memoMoment,
  NOTHING,
  paymentMoment,
  type Targets,
  targetsAt,
  writeOffMoment,
} from './targets.js';

interface Event {
  readonly moment: Moment;
  readonly cause: string;
}

export interface Posting {
  readonly line: Line;
  readonly moment: Moment;
  readonly cause: string;
  readonly change: Targets;
  /** R7.1: the fiscal quarter and month of its day. */
  readonly quarter: string;
  readonly month: string;
}

/** R6.4. */
export function postingsOf(world: World): readonly Posting[] {
  return world.lines
    .flatMap((line) => postingsOfLine(world, line))
    .sort(
      (a, b) =>
        comparePlaces(a.moment, b.moment) ||
        compareText(a.line.invoice.id, b.line.invoice.id) ||
        compareText(a.line.rep, b.line.rep) ||
        compareMoments(a.moment, b.moment),
    );
}

/** R6.1: the targets after each event less those after the one before; no change, no posting. */
function postingsOfLine(world: World, line: Line): readonly Posting[] {
  const events = eventsOf(world, line);
  const targets = events.map(({ moment }) => targetsAt(world, line, moment));
  return events
    .map(({ moment, cause }, at): Posting => {
      const change = difference(targets[at] ?? NOTHING, targets[at - 1] ?? NOTHING);
      const quarter = world.calendar.quarterOf(moment.day);
      return { line, moment, cause, change, quarter, month: world.calendar.monthOf(moment.day) };
    })
    .filter((posting) => !isNothing(posting.change));
}

/** R5.8, R6.2: what happens to a line from its earning to the as-of date, in order. */
function eventsOf(world: World, line: Line): readonly Event[] {
  const { memos, payments, writeOffs } = line.invoice;
  const earning = earningMoment(line);
  const pastDueDay = findPastDueDay(line, endOfDay(line, world.asOf));
  const all: readonly Event[] = [
    ...reRatingsOf(world, line),
    { moment: earning, cause: line.plan.earnOn === 'booking' ? 'booked' : 'invoiced' },
    ...memos.map((memo) => ({ moment: memoMoment(memo), cause: 'credited' })),
    ...payments.map((payment) => {
      const moment = paymentMoment(payment);
      return { moment, cause: moment.kind === 'refund' ? 'refunded' : 'collected' };
    }),
    ...writeOffs.map((writeOff) => ({
      moment: writeOffMoment(writeOff),
      cause: writeOff.amount.over < 0n ? 'write-off-reversed' : 'written-off',
    })),
    ...(pastDueDay === undefined ? [] : [{ moment: endOfDay(line, pastDueDay), cause: 'past-due' }]),
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
  if (line.plan.rate.kind !== 'retroactive') return [];
  const credits = world.quotaCredits.filter(
    (credit) => credit.line.rep === line.rep && credit.quarter === line.quarter && credit.day > line.earnDay,
  );
  const days: readonly Day[] = [...new Set(credits.map((credit) => credit.day))];
  return days.map((day) => {
    // R6.2: the source is the last of the day's bookings, then quota-reducing credits.
    const last = credits.findLast((credit) => credit.day === day);
    return { moment: { day, kind: 're-rating', source: last?.source ?? '', rank: 0 }, cause: 're-rated' };
  });
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

/** R2.1: ids are compared by code unit. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
