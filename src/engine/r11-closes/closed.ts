/** What already counts as posted, from closed periods and from before an opening, checked against the run (R11.1, R11.3). */
import { addDays, type Day, findDay, isoOf } from '../../day.js';
import { addAll } from '../../largest.js';
import { formatMinor, powerOfTen } from '../../money.js';
import type { Terms } from '../../plans/plan.js';
import type { Fault } from '../../problems/problem.js';
import { CAUSES, findCause } from '../r1-words/causes.js';
import { type Balances, NO_BALANCES } from '../r1-words/pay-figures.js';
import type { Books, Opening } from '../r2-ledgers/books.js';
import {
  type Calendar,
  findMonth,
  findNamed,
  findQuarter,
  outsideCalendar,
  type Period,
} from '../r2-ledgers/calendar.js';
import type { Posting } from '../r6-postings/posting-table.js';
import type { FrozenRows } from '../r8-results/results.js';
import type { PostedBefore } from '../setting.js';
import type { Close } from './close.js';
import { renamedClose } from './renamed-close.js';

/** What is closed, up to a day, and what is open from the next day on. */
export interface Closed extends PostedBefore {
  /** In order, without gaps; none where there is an opening alone. */
  readonly closes: readonly Close[];
}

interface Facts {
  readonly calendar: Calendar;
  readonly terms: Terms;
  readonly books: Books;
  readonly asOf: Day;
}

/**
 * Takes the closes of a run, in any order, and its openings.
 *
 * @returns what is closed, or why the closes or the openings do not fit the run
 */
export function takeCloses(
  given: readonly Close[],
  { calendar, terms, books, asOf }: Facts,
): { readonly closed?: Closed; readonly faults: readonly Fault[] } {
  const [first] = books.openings;
  if (given.length === 0 && first === undefined) return { faults: [] };
  const closes = given
    .map((close) => renamedClose(close, books.newNames))
    .sort((a, b) => (a.period.from < b.period.from ? -1 : 1));
  const faults = closes.flatMap((close, index) => misfits(close, closes[index - 1], calendar, terms));
  if (first !== undefined) addAll(faults, insideQuarter(first, calendar, asOf));
  const owed = owedAtOpening(books, terms);
  if (closes[0] !== undefined) addAll(faults, otherOpening(closes[0], first, owed, terms));
  if (faults.length > 0) return { faults };
  const last = closes.at(-1);
  const through = last === undefined ? (first as Opening).day : (findDay(last.period.to) as Day);
  const next = addDays(through, 1);
  if (asOf <= through) return { faults: [tooEarly(asOf, through, last)] };
  const find = terms.payPeriod === 'month' ? findMonth : findQuarter;
  // The as-of date lies in the calendar, and so does every day between.
  const open = find(calendar, next) as Period;
  const opening = first && {
    day: first.day,
    byRep: openingsByRep(books.openings),
  };
  const rows = (terms.payPeriod === 'month' ? last?.months : last?.quarters) ?? [];
  const balances =
    last === undefined
      ? owed
      : new Map(rows.map(({ repId, held, owed, carried }) => [repId, { held, owed, carried }]));
  return { closed: { closes, through, open, opening, balances }, faults: [] };
}

function tooEarly(asOf: Day, through: Day, last: Close | undefined): Fault {
  const place = { kind: 'run' } as const;
  if (last === undefined)
    return { code: 'before-opening', place, asOf: isoOf(asOf), opening: isoOf(through) };
  const facts = { period: last.period.name, asOf: isoOf(asOf), from: isoOf(addDays(through, 1)) };
  return { code: 'closed-as-of', place, ...facts };
}

/** What reps owe at the opening, in minor units. */
function owedAtOpening({ openings, scale }: Books, { currency }: Terms): ReadonlyMap<string, Balances> {
  const unit = powerOfTen(scale - currency.digits);
  const balances = new Map<string, Balances>();
  for (const { rep, owed } of openings) {
    const before = balances.get(rep)?.owed ?? 0n;
    balances.set(rep, { ...NO_BALANCES, owed: before + owed / unit });
  }
  return balances;
}

/** R12.2: what each rep brings in, a row for each credit. */
function openingsByRep(openings: readonly Opening[]): ReadonlyMap<string, readonly Opening[]> {
  const byRep = new Map<string, Opening[]>();
  for (const opening of openings) byRep.set(opening.rep, [...(byRep.get(opening.rep) ?? []), opening]);
  return byRep;
}

/** An opening is the end of a fiscal quarter: what is booked in one window is not cut in two. */
function insideQuarter({ day, row }: Opening, calendar: Calendar, asOf: Day): Fault[] {
  const place = { kind: 'row', ledger: 'openings', row, column: 'date' } as const;
  const quarter = findQuarter(calendar, day);
  if (quarter === undefined) {
    // A calendar ledger may begin on the day after. An opening that is not over yet is a fault of its own.
    const isJoined = findQuarter(calendar, addDays(day, 1)) !== undefined;
    return isJoined || asOf <= day ? [] : [outsideCalendar(place, day, calendar)];
  }
  if (quarter.to === day) return [];
  const end = isoOf(addDays(quarter.from, -1));
  return [{ code: 'opening-inside-quarter', place, found: isoOf(day), quarter: quarter.name, end }];
}

/** The first close rests on the opening as it was then. */
function otherOpening(
  { period, opened, quarters, months }: Close,
  first: Opening | undefined,
  owed: ReadonlyMap<string, Balances>,
  { currency }: Terms,
): Fault[] {
  const [was, now] = [opened?.date ?? '', first === undefined ? '' : isoOf(first.day)];
  const fault = { code: 'close-misfits', place: { kind: 'run' }, period: period.name } as const;
  if (was !== now) return [{ ...fault, what: 'opening', found: was, expected: now }];
  const rows = months.length > 0 ? months : quarters;
  const brought = new Map(rows.map((row) => [row.repId, row.owedOpening]));
  const reps = [...new Set([...brought.keys(), ...owed.keys()])].sort();
  return reps.flatMap((rep): Fault[] => {
    const [before, now] = [brought.get(rep) ?? 0n, owed.get(rep)?.owed ?? 0n];
    const money = (amount: bigint) => `${rep} ${formatMinor(amount, currency.digits)}`;
    if (before === now) return [];
    return [{ ...fault, what: 'owed at the opening', found: money(before), expected: money(now) }];
  });
}

/** R11.1: a close must be of a pay period of the run, in its currency, and follow the one before. */
function misfits(
  { period, currency, postings }: Close,
  before: Close | undefined,
  calendar: Calendar,
  terms: Terms,
): Fault[] {
  const place = { kind: 'run' } as const;
  const known = findNamed(calendar, period.name);
  const isPayPeriod = /^\d{4}-\d{2}$/.test(period.name) === (terms.payPeriod === 'month');
  const faults: Fault[] = [];
  const add = (
    what: 'pay period' | 'days' | 'currency' | 'order' | 'cause',
    found: string,
    expected: string,
  ) => {
    faults.push({ code: 'close-misfits', place, period: period.name, what, found, expected });
  };
  if (!isPayPeriod) add('pay period', period.name, terms.payPeriod);
  else if (known === undefined || isoOf(known.from) !== period.from || isoOf(known.to) !== period.to) {
    const now = known === undefined ? '' : `${isoOf(known.from)} to ${isoOf(known.to)}`;
    add('days', `${period.from} to ${period.to}`, now);
  }
  if (currency !== terms.currency.code) add('currency', currency, terms.currency.code);
  const unknown = findUnknownCause(postings);
  if (unknown !== undefined) add('cause', unknown, CAUSES.join(', '));
  if (before !== undefined) {
    const follows = isoOf(addDays(findDay(before.period.to) as Day, 1));
    if (period.from !== follows) add('order', period.from, follows);
  }
  return faults;
}

/** A cause that there is none of. Postings that are read from files are checked as they are read. */
function findUnknownCause(postings: Iterable<Posting>): string | undefined {
  if (!Array.isArray(postings)) return undefined;
  return postings.find(({ cause }: Posting) => findCause(cause) === undefined)?.cause;
}

/** Copies of the rows of closed periods (R11.1), and the balances that they hand on. */
export function frozenRows(
  closed: Closed | undefined,
  calendar: Calendar,
  balances: ReadonlyMap<string, Balances>,
): FrozenRows {
  const closes = closed?.closes ?? [];
  return {
    quarters: byRep(closes.flatMap(({ quarters }) => quarters)),
    months: byRep(closes.flatMap(({ months }) => months)),
    periods: new Map(closes.map(({ period }) => [period.name, findNamed(calendar, period.name) as Period])),
    balances,
  };
}

function byRep<Row extends { readonly repId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const reps = new Map<string, Row[]>();
  for (const frozen of rows) {
    const row = { ...frozen };
    const own = reps.get(row.repId);
    if (own === undefined) reps.set(row.repId, [row]);
    else own.push(row);
  }
  return reps;
}
