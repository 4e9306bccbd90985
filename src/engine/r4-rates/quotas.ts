/** Quotas of reps by window (R4.2), and what is missing from them. */
import type { Units } from '../../money.js';
import type { AttainmentWindow } from '../../plans/plan.js';
import type { Quota } from '../r2-ledgers/books.js';
import type { Calendar, Quarter } from '../r2-ledgers/calendar.js';

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

/** All quotas, by rep and quarter. */
export class QuotaBook {
  readonly #byRep = new Map<string, Map<string, Quota>>();
  readonly #quarters: ReadonlySet<string>;

  constructor(quotas: readonly Quota[], calendar: Calendar) {
    this.#quarters = new Set(calendar.quarters.map(({ name }) => name));
    for (const quota of quotas) {
      let own = this.#byRep.get(quota.rep);
      if (own === undefined) {
        own = new Map();
        this.#byRep.set(quota.rep, own);
      }
      own.set(quota.quarter, quota);
    }
  }

  /** The quarter's own quota in units; undefined without a row. */
  findQuota(rep: string, quarter: Quarter): Units | undefined {
    return this.#byRep.get(rep)?.get(quarter.name)?.quota;
  }

  /** R4.2: the quarter, the fiscal year's quarters up to it, or the whole fiscal year. */
  quotaOf(rep: string, window: AttainmentWindow, quarter: Quarter): WindowQuota {
    const own = this.#byRep.get(rep);
    const names = windowQuarters(window, quarter);
    const quotas = names.flatMap((name) => own?.get(name) ?? []);
    return {
      window:
        window === 'quarter' ? quarter.name : window === 'year' ? `${quarter.fiscalYear}` : upTo(quarter),
      sum: quotas.length === 0 ? undefined : quotas.reduce((sum, { quota }) => sum + quota, 0n),
      missing: names.filter((name) => own?.has(name) !== true && this.#quarters.has(name)),
      rows: quotas.map(({ row }) => row),
    };
  }
}

function windowQuarters(window: AttainmentWindow, quarter: Quarter): readonly string[] {
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
