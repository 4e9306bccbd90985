/** Reads what is agreed with reps, which is plans (R2.6) and quotas (R2.9), and the balances that they start with (R11). */
import { type Day, findDay, isoOf } from '../../day.js';
import { CREDIT_KINDS, type CreditKind } from '../../ledger-specs/credit-kinds.js';
import { type Assignment, inOrder } from '../../plans/assignments.js';
import type { Fault } from '../../problems/problem.js';
import type { Opening, Quota } from './books.js';
import { type Calendar, findNamed, findQuarter, findQuarterName, outsideCalendar } from './calendar.js';
import type { RowCells } from './cells.js';
import { readEachRow, readRows, type Source } from './read-rows.js';
import type { LedgerRead } from './reading.js';
import { keyChecker, toBeforeFrom } from './row-faults.js';

/**
 * The assignments; undefined where there is no such ledger (R2.6).
 *
 * @param creditOf - of a plan: those of one credit do not overlap (R12.1)
 */
export function readAssignments(
  source: Source<'assignments'>,
  creditOf: (plan: string) => CreditKind,
): LedgerRead<readonly Assignment[] | undefined> {
  const { faults } = source;
  const read = readRows(source, ({ row, rep_id: rep, plan_id: plan, from, to }, cells): Assignment => {
    if (to !== undefined && to < from) faults.push(toBeforeFrom(cells));
    return { row, rep, plan, from, to };
  });
  if (source.ledger === undefined) return { ...read, content: undefined };
  for (const credit of CREDIT_KINDS) {
    let widest: Assignment | undefined;
    for (const next of inOrder(read.content.filter(({ plan }) => creditOf(plan) === credit))) {
      const isOfOne = widest !== undefined && widest.rep === next.rep;
      if (widest !== undefined && isOfOne && next.from <= endOf(widest)) faults.push(overlap(widest, next));
      if (widest === undefined || !isOfOne || endOf(next) > endOf(widest)) widest = next;
    }
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
  const months = new Map<string, QuotaOfMonth>();
  const read = readEachRow(source, (entry, cells): Quota | undefined => {
    const { row, rep_id: rep, quarter: written, quota, credit = 'own' } = entry;
    const period = typeof written === 'number' ? quarterOf(written, calendar, cells, faults) : written;
    if (period !== undefined) {
      keys.check(cells, rep, credit === 'own' ? period : `${period} (${credit})`);
      const quarter = calendar && quarterOfMonth(period, calendar, cells, faults);
      if (quarter !== undefined) months.set(keyOf(rep, credit, quarter), { row, period });
    }
    if (quota === undefined || period === undefined) return undefined;
    if (quota < 0n) {
      faults.push({ code: 'negative-quota', place: cells.place('quota'), found: cells.text('quota') });
    }
    return { row, rep, credit, period, quota };
  });
  for (const { row, rep, credit, period } of read.content) {
    const month = months.get(keyOf(rep, credit, period));
    if (month !== undefined) faults.push(bothNamed(row, rep, period, month));
  }
  return read;
}

interface QuotaOfMonth {
  readonly row: number;
  readonly period: string;
}

function keyOf(rep: string, credit: string, period: string): string {
  return JSON.stringify([rep, credit, period]);
}

/** R12.5: the quarter of a month; undefined where the period is no month. */
function quarterOfMonth(
  period: string,
  calendar: Calendar,
  cells: RowCells,
  faults: Fault[],
): string | undefined {
  if (findQuarterName(period) !== undefined) return undefined;
  const month = findNamed(calendar, period);
  if (month !== undefined) return findQuarter(calendar, month.from)?.name;
  faults.push(outsideCalendar(cells.place('quarter'), findDay(`${period}-01`) as Day, calendar));
  return undefined;
}

/** R12.5: a quarter has a quota of its own, or those of its months. */
function bothNamed(row: number, rep: string, quarter: string, month: QuotaOfMonth): Fault {
  return {
    code: 'duplicate-key',
    place: { kind: 'row', ledger: 'quotas', row },
    key: `${rep} on ${quarter}, which ${month.period} is part of`,
    first: { kind: 'row', ledger: 'quotas', row: month.row },
  };
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
  const keys = keyChecker(faults);
  let first: Day | undefined;
  let size = 0;
  const read = readRows(source, (entry, cells): Opening => {
    const { row, rep_id: rep, date: day, owed, booked, booked_gross_profit: bookedProfit } = entry;
    const { credit = 'own' } = entry;
    keys.check(cells, rep, credit === 'own' ? '' : credit);
    for (const amount of [owed, booked, bookedProfit]) size += Math.abs(Number(amount ?? 0n));
    if (owed < 0n) {
      faults.push({ code: 'negative-opening', place: cells.place('owed'), found: cells.text('owed') });
    }
    first ??= day;
    if (day !== first) {
      const [found, other] = [isoOf(day), isoOf(first)];
      faults.push({ code: 'opening-dates-differ', place: cells.place('date'), found, other });
    }
    return { row, rep, credit, day, owed, booked, bookedProfit };
  });
  return { ...read, size };
}
