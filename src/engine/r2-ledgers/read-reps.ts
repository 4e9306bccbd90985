/** Reads what is agreed with reps, plans (R2.6) and quotas (R2.9), and what they bring into the workspace (R11). */
import { type Day, isoOf } from '../../day.js';
import { type Assignment, inOrder } from '../../plans/assignments.js';
import type { Fault } from '../../problems/problem.js';
import type { Opening, Quota } from './books.js';
import { type Calendar, findQuarter, outsideCalendar } from './calendar.js';
import type { RowCells } from './cells.js';
import { readEachRow, readRows, type Source } from './read-rows.js';
import type { LedgerRead } from './reading.js';
import { keyChecker, toBeforeFrom } from './row-faults.js';

/** The assignments; undefined where there is no such ledger (R2.6). */
export function readAssignments(
  source: Source<'assignments'>,
): LedgerRead<readonly Assignment[] | undefined> {
  const { faults } = source;
  const read = readRows(source, ({ row, rep_id: rep, plan_id: plan, from, to }, cells): Assignment => {
    if (to !== undefined && to < from) faults.push(toBeforeFrom(cells));
    return { row, rep, plan, from, to };
  });
  if (source.ledger === undefined) return { ...read, content: undefined };
  let widest: Assignment | undefined;
  for (const next of inOrder(read.content)) {
    if (
      widest !== undefined &&
      widest.rep === next.rep &&
      (widest.to === undefined || next.from <= widest.to)
    ) {
      faults.push(overlap(widest, next));
    }
    if (widest?.rep !== next.rep || endOf(next) > endOf(widest)) widest = next;
  }
  return read;
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

/** @param calendar - undefined where it is at fault itself */
export function readQuotas(
  source: Source<'quotas'>,
  calendar: Calendar | undefined,
): LedgerRead<readonly Quota[]> {
  const { faults } = source;
  const keys = keyChecker(faults);
  return readEachRow(source, ({ row, rep_id: rep, quarter: written, quota }, cells): Quota | undefined => {
    const quarter = typeof written === 'number' ? quarterOf(written, calendar, cells, faults) : written;
    if (quarter !== undefined) keys.check(cells, rep, quarter);
    if (quota === undefined || quarter === undefined) return undefined;
    if (quota < 0n) {
      faults.push({ code: 'negative-quota', place: cells.place('quota'), found: cells.text('quota') });
    }
    return { row, rep, quarter, quota };
  });
}

/** R2.9: the quarter that a date is in; undefined where the calendar is at fault itself. */
function quarterOf(
  day: Day,
  calendar: Calendar | undefined,
  cells: RowCells,
  faults: Fault[],
): string | undefined {
  if (calendar === undefined) return undefined;
  const quarter = findQuarter(calendar, day);
  if (quarter === undefined) faults.push(outsideCalendar(cells.place('quarter'), day, calendar));
  return quarter?.name;
}

export function readOpenings(source: Source<'openings'>): LedgerRead<readonly Opening[]> {
  const { faults } = source;
  let first: Day | undefined;
  let size = 0;
  const read = readRows(source, (entry, cells): Opening => {
    const { row, rep_id: rep, date: day, owed, booked, booked_gross_profit: bookedProfit } = entry;
    for (const amount of [owed, booked, bookedProfit]) size += Math.abs(Number(amount ?? 0n));
    if (owed < 0n) {
      faults.push({ code: 'negative-opening', place: cells.place('owed'), found: cells.text('owed') });
    }
    first ??= day;
    if (day !== first) {
      const [found, other] = [isoOf(day), isoOf(first)];
      faults.push({ code: 'opening-dates-differ', place: cells.place('date'), found, other });
    }
    return { row, rep, day, owed, booked, bookedProfit };
  });
  return { ...read, size };
}
