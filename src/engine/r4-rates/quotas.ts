/** Quotas of reps by window (R4.2), and what is missing from them. */
import type { CreditKind } from '../../ledger-specs/credit-kinds.js';
import type { Units } from '../../money.js';
import type { AttainmentWindow } from '../../plans/plan.js';
import type { Quota } from '../r2-ledgers/books.js';
import {
  type Calendar,
  findNamed,
  findQuarterName,
  type Period,
  type Quarter,
} from '../r2-ledgers/calendar.js';

/** The quota of a window. */
export interface WindowQuota {
  /** The window by name: a quarter, or a fiscal year. */
  readonly window: string;
  /** The sum in units; a missing row counts 0. Undefined where the window has no row at all. */
  readonly sum: Units | undefined;
  /** The quarters of the window that have no row. */
  readonly missing: readonly string[];
  /** The rows that were summed. */
  readonly rows: readonly number[];
}

/** Who has a quota: a rep, for one credit (R12.2). */
export interface Holder {
  readonly rep: string;
  readonly credit: CreditKind;
}

/** All quotas, by rep and credit. */
export class QuotaBook {
  readonly #byHolder = new Map<string, Map<string, Quota>>();
  readonly #periods: QuotaPeriods;

  constructor(quotas: readonly Quota[], calendar: Calendar) {
    this.#periods = new QuotaPeriods(calendar);
    for (const quota of quotas) {
      const key = keyOf(quota);
      let own = this.#byHolder.get(key);
      if (own === undefined) {
        own = new Map();
        this.#byHolder.set(key, own);
      }
      own.set(quota.period, quota);
    }
  }

  /** The quotas of a rep for one credit. */
  of(holder: Holder): HolderQuotas {
    return new HolderQuotas(this.#byHolder.get(keyOf(holder)), this.#periods);
  }
}

/** The quarters of the calendar, and the months of each (R12.5), by name. */
class QuotaPeriods {
  readonly #calendar: Calendar;
  readonly #monthsOf = new Map<string, readonly string[]>();

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  hasQuarter(name: string): boolean {
    return findQuarterName(name) !== undefined && findNamed(this.#calendar, name) !== undefined;
  }

  monthsOf(quarter: string): readonly string[] {
    const known = this.#monthsOf.get(quarter);
    if (known !== undefined) return known;
    const period = findNamed(this.#calendar, quarter);
    const months = this.#calendar.months
      .filter(({ from, to }) => period !== undefined && period.from <= from && to <= period.to)
      .map(({ name }) => name);
    this.#monthsOf.set(quarter, months);
    return months;
  }
}

/** The quotas of one rep for one credit, by quarter and month. */
export class HolderQuotas {
  readonly #own: ReadonlyMap<string, Quota> | undefined;
  readonly #periods: QuotaPeriods;

  constructor(own: ReadonlyMap<string, Quota> | undefined, periods: QuotaPeriods) {
    this.#own = own;
    this.#periods = periods;
  }

  /** The quarter's own quota in units; undefined without a row. R12.5: that of its months, where no row names it. */
  findQuota(quarter: Quarter): Units | undefined {
    const rows = this.#rowsOf(quarter.name);
    return rows.length === 0 ? undefined : sumOf(rows);
  }

  /** R4.2: the quarter, the fiscal year's quarters up to it, or the whole fiscal year. */
  quotaOf(window: Exclude<AttainmentWindow, 'month'>, quarter: Quarter): WindowQuota {
    const names = windowQuarters(window, quarter);
    const rows = names.map((name) => ({ name, own: this.#rowsOf(name) }));
    const quotas = rows.flatMap(({ own }) => own);
    return {
      window:
        window === 'quarter' ? quarter.name : window === 'year' ? `${quarter.fiscalYear}` : upTo(quarter),
      sum: quotas.length === 0 ? undefined : sumOf(quotas),
      missing: rows
        .filter(({ name, own }) => own.length === 0 && this.#periods.hasQuarter(name))
        .map(({ name }) => name),
      rows: quotas.map(({ row }) => row),
    };
  }

  /** The sum of a window; undefined where it has no row at all. */
  findSum(window: Exclude<AttainmentWindow, 'month'>, quarter: Quarter): Units | undefined {
    return this.#own === undefined ? undefined : this.quotaOf(window, quarter).sum;
  }

  /** R12.5: the month's own quota. */
  quotaOfMonth(month: Period): WindowQuota {
    const quota = this.#own?.get(month.name);
    return {
      window: month.name,
      sum: quota?.quota,
      missing: [],
      rows: quota === undefined ? [] : [quota.row],
    };
  }

  /** The row of a quarter, or those of its months. */
  #rowsOf(quarter: string): readonly Quota[] {
    const own = this.#own;
    if (own === undefined) return NO_QUOTAS;
    const row = own.get(quarter);
    return row === undefined
      ? this.#periods.monthsOf(quarter).flatMap((month) => own.get(month) ?? [])
      : [row];
  }
}

const NO_QUOTAS: readonly Quota[] = [];

function keyOf({ rep, credit }: Holder): string {
  return `${credit} ${rep}`;
}

function sumOf(quotas: readonly Quota[]): Units {
  return quotas.reduce((sum, { quota }) => sum + quota, 0n);
}

function windowQuarters(window: Exclude<AttainmentWindow, 'month'>, quarter: Quarter): readonly string[] {
  if (window === 'quarter') return [quarter.name];
  return namesOfYear(quarter.fiscalYear).slice(0, window === 'year' ? 4 : quarter.number);
}

const names = new Map<number, readonly string[]>();

function namesOfYear(fiscalYear: number): readonly string[] {
  const known = names.get(fiscalYear) ?? [1, 2, 3, 4].map((number) => `${fiscalYear}-Q${number}`);
  names.set(fiscalYear, known);
  return known;
}

function upTo(quarter: Quarter): string {
  return quarter.number === 1 ? quarter.name : `${quarter.fiscalYear} up to ${quarter.name}`;
}
