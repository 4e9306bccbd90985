/** The closed periods of a run, held against its calendar and terms, and the balances that they hand on (R11.1, R11.3). */
import { addDays, type Day, findDay, isoOf } from '../../day.js';
import type { Terms } from '../../plans/plan.js';
import type { Fault } from '../../problems/problem.js';
import { type Calendar, findMonth, findNamed, findQuarter, type Period } from '../r2-ledgers/calendar.js';
import type { Balances } from '../r7-pay/pay.js';
import type { FrozenRows } from '../r8-results/results.js';
import type { Close } from './close.js';

/** What is closed, up to a day, and what is open from the next day on. */
export interface Closed {
  /** In order, without gaps. */
  readonly closes: readonly Close[];
  /** The last closed day. */
  readonly through: Day;
  /** The first open pay period. */
  readonly open: Period;
  /** The closing balances of every rep that has any rows yet, by rep id (R11.3). */
  readonly balances: ReadonlyMap<string, Balances>;
}

/**
 * Takes the closes of a run, in any order.
 *
 * @returns what is closed, or why the closes do not fit the run
 */
export function takeCloses(
  given: readonly Close[],
  { calendar, terms, asOf }: { readonly calendar: Calendar; readonly terms: Terms; readonly asOf: Day },
): { readonly closed?: Closed; readonly faults: readonly Fault[] } {
  if (given.length === 0) return { faults: [] };
  const closes = [...given].sort((a, b) => (a.period.from < b.period.from ? -1 : 1));
  const faults = closes.flatMap((close, index) => misfits(close, closes[index - 1], calendar, terms));
  if (faults.length > 0) return { faults };
  const last = closes.at(-1) as Close;
  const through = findDay(last.period.to) as Day;
  const next = addDays(through, 1);
  if (asOf <= through) {
    const facts = { period: last.period.name, asOf: isoOf(asOf), from: isoOf(next) };
    return { faults: [{ code: 'closed-as-of', place: { kind: 'run' }, ...facts }] };
  }
  const find = terms.payPeriod === 'month' ? findMonth : findQuarter;
  // The as-of date lies in the calendar, and so does every day between.
  const open = find(calendar, next) as Period;
  const rows = terms.payPeriod === 'month' ? last.months : last.quarters;
  const balances = new Map(rows.map(({ repId, held, owed }) => [repId, { held, owed }]));
  return { closed: { closes, through, open, balances }, faults: [] };
}

/** R11.1: a close must be of a pay period of the run, in its currency, and follow the one before. */
function misfits(
  { period, currency }: Close,
  before: Close | undefined,
  calendar: Calendar,
  terms: Terms,
): Fault[] {
  const place = { kind: 'run' } as const;
  const known = findNamed(calendar, period.name);
  const isPayPeriod = /^\d{4}-\d{2}$/.test(period.name) === (terms.payPeriod === 'month');
  const faults: Fault[] = [];
  const tell = (what: 'pay period' | 'days' | 'currency' | 'order', found: string, expected: string) => {
    faults.push({ code: 'close-misfits', place, period: period.name, what, found, expected });
  };
  if (!isPayPeriod) tell('pay period', period.name, terms.payPeriod);
  else if (known === undefined || isoOf(known.from) !== period.from || isoOf(known.to) !== period.to) {
    const now = known === undefined ? 'no such period' : `${isoOf(known.from)} to ${isoOf(known.to)}`;
    tell('days', `${period.from} to ${period.to}`, now);
  }
  if (currency !== terms.currency.code) tell('currency', currency, terms.currency.code);
  if (before !== undefined) {
    const follows = isoOf(addDays(findDay(before.period.to) as Day, 1));
    if (period.from !== follows) tell('order', period.from, follows);
  }
  return faults;
}

/** The rows of closed periods (R11.1). */
export function frozenRows(closed: Closed | undefined, calendar: Calendar): FrozenRows {
  const closes = closed?.closes ?? [];
  return {
    quarters: byRep(closes.flatMap(({ quarters }) => quarters)),
    months: byRep(closes.flatMap(({ months }) => months)),
    periods: new Map(closes.map(({ period }) => [period.name, findNamed(calendar, period.name) as Period])),
  };
}

function byRep<Row extends { readonly repId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const reps = new Map<string, Row[]>();
  for (const row of rows) {
    const own = reps.get(row.repId);
    if (own === undefined) reps.set(row.repId, [row]);
    else own.push(row);
  }
  return reps;
}
