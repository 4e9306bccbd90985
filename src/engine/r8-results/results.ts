/** The rows of quarters and months, from each rep's first booking to the as-of date without gaps (R8.1, R8.2). */
import { later } from '../../day.js';
import { CREDIT_KINDS, type CreditKind } from '../../ledger-specs/credit-kinds.js';
import { formatMinor, type Minor, powerOfTen, type Rounding, round, type Units } from '../../money.js';
import type { AttainmentWindow } from '../../plans/plan.js';
import type { Ratio } from '../../ratio.js';
import { type Balances, type PayRow, together } from '../r1-words/pay-figures.js';
import { findMonth, type Period } from '../r2-ledgers/calendar.js';
import type { RepAttainment } from '../r4-rates/rates.js';
import type { Standing } from '../r4-rates/windows.js';
import type { Accounts } from '../r7-pay/accounts.js';
import type { GivenOf } from '../r7-pay/given.js';
import { payRows } from '../r7-pay/pay.js';
import type { Setting } from '../setting.js';

/** A rep's fiscal quarter (R8.1); amounts in the currency's minor unit. */
export interface QuarterRow extends PayRow {
  readonly repId: string;
  /** `2025-Q1`. */
  readonly quarter: string;
  /** The quarter's quota credit net of credits. */
  readonly bookings: Minor;
  /** Undefined without a quota row. */
  readonly quota: Minor | undefined;
  /** A fraction with four decimals (`0.8500`); undefined without a plan or a quota above 0. */
  readonly attainment: string | undefined;
}

/** A rep's month, where the pay period is the month (R8.2). */
export interface MonthRow extends PayRow {
  readonly repId: string;
  /** `2025-03`. */
  readonly month: string;
}

/** A rep's attainment of a quarter in one credit (R12.7); amounts in the currency's minor unit. */
export interface AttainmentRow {
  readonly repId: string;
  readonly quarter: string;
  readonly credit: CreditKind;
  /** The rep's plan of that credit at the end of the quarter; undefined where the rep has none. */
  readonly planId: string | undefined;
  readonly bookings: Minor;
  /** Undefined without a quota row. */
  readonly quota: Minor | undefined;
  /** The window of the plan, and what was booked in it against which quota; undefined without a plan. */
  readonly window: AttainmentWindow | undefined;
  readonly windowBookings: Minor | undefined;
  readonly windowQuota: Minor | undefined;
  /** As in {@link QuarterRow}. */
  readonly attainment: string | undefined;
}

export interface RepRows {
  readonly quarters: readonly QuarterRow[];
  /** Empty where the pay period is the quarter. */
  readonly months: readonly MonthRow[];
}

/** One rep's rows: frozen ones as they are (R11.1), open ones from the accounts. */
export function rowsOf(
  setting: Setting,
  { rep: number, first: booked, standings: byCredit }: RepAttainment,
  accounts: Pick<Accounts, 'flowsOf'>,
  frozen: FrozenRows,
  givenOf: GivenOf,
): RepRows {
  const { terms, calendar, asOf, books, posted } = setting;
  const rep = books.reps.nameOf(number);
  const opening = frozen.balances.get(rep);
  const given = givenOf(number);
  const settle = (periods: readonly Period[]): PayRow[] =>
    payRows(
      periods.map((period) => ({ flows: accounts.flowsOf(number, period.index), given: given(period) })),
      terms,
      opening,
    );
  const closedQuarters = frozen.quarters.get(rep) ?? [];
  const standings = shownStandings(byCredit);
  const open = standings.filter(({ quarter }) => posted === undefined || quarter.to > posted.through);
  if (terms.payPeriod === 'quarter') {
    const rows = settle(open.map(({ quarter }) => quarter));
    const own = open.map((at, index) => quarterRow(setting, rep, at, rows[index] as PayRow));
    return { quarters: [...closedQuarters, ...own], months: [] };
  }
  const first = findMonth(
    calendar,
    posted === undefined ? booked : later(booked, posted.open.from),
  ) as Period;
  const last = findMonth(calendar, asOf) as Period;
  const openMonths = calendar.months.slice(first.index, last.index + 1);
  const rows = settle(openMonths);
  const months = rows.map((row, index) => ({
    repId: rep,
    month: (openMonths[index] as Period).name,
    ...row,
  }));
  const closedMonths = frozen.months.get(rep) ?? [];
  const quarters = open.map((at) => {
    const closedOwn = closedMonths.filter(({ month }) => lies(frozen.periods.get(month), at.quarter));
    const own = rows.filter((_, index) => lies(openMonths[index], at.quarter));
    return quarterRow(setting, rep, at, together([...closedOwn, ...own]));
  });
  return { quarters: [...closedQuarters, ...quarters], months: [...closedMonths, ...months] };
}

/** R12.6: the credit own; for a rep without an own plan at the end of the quarter, team or else cash, where there is a plan. */
function shownStandings(byCredit: RepAttainment['standings']): readonly Standing[] {
  const { own = [], team, cash } = byCredit;
  if (team === undefined && cash === undefined) return own;
  return own.map((standing, index) => {
    const others = [team?.[index], cash?.[index]];
    return [standing, ...others].find((one) => one?.plan !== undefined) ?? standing;
  });
}

/** R12.7: a row for each quarter and each credit of which there is a plan, a quota, a booking or a credit. */
export function attainmentRows(
  setting: Setting,
  { rep, standings }: RepAttainment,
): readonly AttainmentRow[] {
  const repId = setting.books.reps.nameOf(rep);
  const credits = CREDIT_KINDS.filter((credit) => standings[credit] !== undefined);
  const rows: AttainmentRow[] = [];
  for (const index of standings.own?.keys() ?? []) {
    for (const credit of credits) {
      const at = standings[credit]?.[index];
      if (at === undefined || (at.plan === undefined && at.quota === undefined && !at.isActive)) continue;
      rows.push(attainmentRow(setting, repId, credit, at));
    }
  }
  return rows;
}

function attainmentRow(setting: Setting, repId: string, credit: CreditKind, at: Standing): AttainmentRow {
  const { quarter, plan, window, attainment } = at;
  const bookings = minorOf(setting, at.bookings);
  return {
    repId,
    quarter: quarter.name,
    credit,
    planId: plan?.id,
    bookings,
    quota: quotaOf(setting, at.quota),
    window: window?.kind,
    windowBookings:
      window && (window.bookings === at.bookings ? bookings : minorOf(setting, window.bookings)),
    windowQuota: quotaOf(setting, window?.quota),
    attainment: attainment && fourDecimals(attainment),
  };
}

/** The rows of closed periods by rep, in order of period; these periods by name; and the balances that they hand on. */
export interface FrozenRows {
  readonly quarters: ReadonlyMap<string, readonly QuarterRow[]>;
  readonly months: ReadonlyMap<string, readonly MonthRow[]>;
  readonly periods: ReadonlyMap<string, Period>;
  readonly balances: ReadonlyMap<string, Balances>;
}

function lies(month: Period | undefined, quarter: Period): boolean {
  return month !== undefined && quarter.from <= month.from && month.to <= quarter.to;
}

function quarterRow(setting: Setting, repId: string, at: Standing, row: PayRow): QuarterRow {
  return {
    repId,
    quarter: at.quarter.name,
    bookings: minorOf(setting, at.bookings),
    quota: quotaOf(setting, at.quota),
    attainment: at.attainment && fourDecimals(at.attainment),
    ...row,
  };
}

/** An exact number of units, rounded to the minor unit. */
function minorOf({ books, terms }: Setting, { n, d }: Ratio): Minor {
  return round(n, d * powerOfTen(books.scale - terms.currency.digits), terms.rounding);
}

function quotaOf(setting: Setting, quota: Units | undefined): Minor | undefined {
  return quota === undefined ? undefined : minorOf(setting, { n: quota, d: 1n });
}

/** R8.1: half away from zero, whatever the workspace's rounding. */
function fourDecimals({ n, d }: Ratio): string {
  const rounding: Rounding = 'half-up';
  return formatMinor(round(n * 10_000n, d, rounding), 4);
}
