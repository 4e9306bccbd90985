/** Reads who reps are, what is agreed with them, plans (R2.6) and quotas (R2.9), and what they bring in (R11). */
import { type Day, isoOf } from '../../day.js';
import { powerOfTen } from '../../money.js';
import { type Assignment, inOrder } from '../../plans/assignments.js';
import type { Fault } from '../../problems/problem.js';
import type { Opening, Person, Quota } from './books.js';
import { type Calendar, findQuarter, outsideCalendar } from './calendar.js';
import { type Desk, type RowReader, readRows } from './cells.js';
import type { Ledger } from './ledger.js';
import { keyChecker, toBeforeFrom } from './row-faults.js';

export function readAssignments(ledger: Ledger<unknown>, desk: Desk): Assignment[] {
  const { faults } = desk;
  const assignments = readRows('assignments', ledger, desk, (cells): Assignment | undefined => {
    const [rep, plan] = [cells.needed('rep_id'), cells.needed('plan_id')];
    const [from, to] = [cells.day('from'), cells.day('to')];
    if (from === undefined) return undefined;
    if (to !== undefined && to < from) faults.push(toBeforeFrom(cells));
    return { row: cells.row, rep, plan, from, to };
  });
  let widest: Assignment | undefined;
  for (const next of inOrder(assignments)) {
    if (
      widest !== undefined &&
      widest.rep === next.rep &&
      (widest.to === undefined || next.from <= widest.to)
    ) {
      faults.push(overlap(widest, next));
    }
    if (widest?.rep !== next.rep || endOf(next) > endOf(widest)) widest = next;
  }
  return assignments;
}

function endOf({ to }: Assignment): number {
  return to ?? Number.POSITIVE_INFINITY;
}

function overlap(first: Assignment, second: Assignment): Fault {
  return {
    code: 'overlapping-assignments',
    place: { kind: 'row', ledger: 'assignments', row: second.row },
    rep: second.rep,
    plan: second.plan,
    from: isoOf(second.from),
    otherPlan: first.plan,
    otherFrom: isoOf(first.from),
    otherTo: first.to && isoOf(first.to),
    first: { kind: 'row', ledger: 'assignments', row: first.row },
  };
}

export function readQuotas(
  ledger: Ledger<unknown> | undefined,
  calendar: Calendar | undefined,
  desk: Desk,
): Quota[] {
  if (ledger === undefined) return [];
  const { faults } = desk;
  const keys = keyChecker(faults);
  return readRows('quotas', ledger, desk, (cells): Quota | undefined => {
    const rep = cells.needed('rep_id');
    const said = cells.quarter('quarter');
    const quarter = typeof said === 'number' ? quarterOf(said, calendar, cells, faults) : said;
    const quota = cells.units('quota');
    if (quarter !== undefined) keys.check(cells, rep, quarter);
    if (quota === undefined || quarter === undefined) return undefined;
    if (quota < 0n) {
      faults.push({ code: 'negative-quota', place: cells.place('quota'), found: cells.text('quota') });
    }
    return { row: cells.row, rep, quarter, quota };
  });
}

export function readOpenings(ledger: Ledger<unknown> | undefined, desk: Desk): Opening[] {
  if (ledger === undefined) return [];
  const { faults } = desk;
  const keys = keyChecker(faults);
  let first: Day | undefined;
  return readRows('openings', ledger, desk, (cells): Opening | undefined => {
    const rep = cells.needed('rep_id');
    const [day, owed] = [cells.day('date'), cells.units('owed')];
    const [booked, bookedProfit] = [cells.units('booked'), cells.units('booked_gross_profit')];
    keys.check(cells, rep);
    if (day === undefined || owed === undefined) return undefined;
    for (const amount of [owed, booked, bookedProfit]) desk.columns.sizes += Math.abs(Number(amount ?? 0n));
    if (owed % powerOfTen(Math.max(desk.scale - desk.digits, 0)) !== 0n) {
      const expected = `an amount with no more than ${desk.digits} decimals`;
      const [place, found] = [cells.place('owed'), cells.text('owed')];
      faults.push({ code: 'malformed-number', place, column: 'owed', found, expected });
    }
    if (owed < 0n)
      faults.push({ code: 'negative-opening', place: cells.place('owed'), found: cells.text('owed') });
    first ??= day;
    if (day !== first) {
      const [found, other] = [isoOf(day), isoOf(first)];
      faults.push({ code: 'opening-dates-differ', place: cells.place('date'), found, other });
    }
    return { row: cells.row, rep, day, owed, booked, bookedProfit };
  });
}

export function readPeople(ledger: Ledger<unknown> | undefined, desk: Desk): Person[] {
  if (ledger === undefined) return [];
  const keys = keyChecker(desk.faults);
  return readRows('reps', ledger, desk, (cells): Person => {
    const [rep, name] = [cells.needed('rep_id'), cells.needed('name')];
    keys.check(cells, rep);
    const [email, manager] = [cells.text('email'), cells.text('manager_id')];
    return { row: cells.row, rep, name, email, manager, left: cells.day('left') };
  });
}

/** R2.9: the quarter that a date stands for; none where the calendar is at fault itself. */
function quarterOf(
  day: Day,
  calendar: Calendar | undefined,
  cells: RowReader,
  faults: Fault[],
): string | undefined {
  if (calendar === undefined) return undefined;
  const quarter = findQuarter(calendar, day);
  if (quarter === undefined) faults.push(outsideCalendar(cells.place('quarter'), day, calendar));
  return quarter?.name;
}
