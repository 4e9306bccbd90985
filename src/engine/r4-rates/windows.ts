/** One rep's attainment windows: what is booked so far in the quarter and the fiscal year, and the quotas (R4.2–R4.4, R4.9). */
import type { Day } from '../../day.js';
import type { AttainmentWindow, Measure, Plan } from '../../plans/plan.js';
import { windowOf } from '../../plans/plan.js';
import type { Ratio } from '../../ratio.js';
import type { Findings } from '../findings.js';
import type { Opening } from '../r2-ledgers/books.js';
import { findQuarter, type Quarter } from '../r2-ledgers/calendar.js';
import type { Lines } from '../r3-sales/lines.js';
import type { Setting } from '../setting.js';
import { Accumulators } from './accumulators.js';
import { reportMissingCost } from './missing-cost.js';
import type { QuotaBook, WindowQuota } from './quotas.js';
import type { Tally } from './tally.js';

/** A rep's attainment of a quarter, as of its end or the as-of date (R8.1). */
export interface Standing {
  readonly quarter: Quarter;
  /** The quarter's quota credit net of credits, in units of the plan's measure. */
  readonly bookings: Ratio;
  /** The quarter's own quota in units; undefined without a row. */
  readonly quota: WindowQuota['sum'];
  /** Bookings of the window ÷ its quota; undefined without a plan, a row or a quota above 0. */
  readonly attainment: Ratio | undefined;
}

export class Windows {
  readonly #setting: Setting;
  readonly #findings: Findings;
  readonly #lines: Lines;
  readonly #rep: string;
  readonly #quotas: QuotaBook;
  readonly #inQuarter: Accumulators;
  /** Undefined where every plan looks at the quarter. */
  readonly #inYear: Accumulators | undefined;
  /** What the rep had booked before in the current fiscal year, where it began before the opening (R11). */
  #brought: Opening | undefined;
  #quarter: Quarter;

  /**
   * @param rep - the rep's id
   * @param quarter - the first quarter with anything of the rep's
   */
  constructor(
    setting: Setting,
    findings: Findings,
    lines: Lines,
    quotas: QuotaBook,
    { rep, quarter }: { readonly rep: string; readonly quarter: Quarter },
  ) {
    const { counting, terms } = setting;
    const measuresProfit = terms.plans.some(({ measure }) => measure === 'gross-profit');
    const looksAtYear = terms.plans.some((plan) => windowOf(plan) !== 'quarter');
    this.#setting = setting;
    this.#findings = findings;
    this.#lines = lines;
    this.#rep = rep;
    this.#quotas = quotas;
    this.#quarter = quarter;
    this.#inQuarter = new Accumulators(lines, measuresProfit, counting);
    this.#inYear = looksAtYear ? new Accumulators(lines, measuresProfit, counting) : undefined;
    this.#bringIn();
  }

  /** The current quarter. */
  get quarter(): Quarter {
    return this.#quarter;
  }

  /** R4.4: a booking consumes the windows. */
  book(line: number): void {
    this.#inQuarter.book(line);
    this.#inYear?.book(line);
  }

  /** R4.9: a credit memo takes a share of the line's quota credit off. */
  credit(line: number, share: Ratio): void {
    this.#inQuarter.credit(line, share);
    this.#inYear?.credit(line, share);
  }

  /**
   * Goes on to the quarter of a day.
   *
   * @param endQuarter - called at the end of each quarter before it
   */
  moveTo(day: Day, endQuarter: () => void): void {
    if (day <= this.#quarter.to) return;
    const { calendar } = this.#setting;
    const quarter = findQuarter(calendar, day);
    while (quarter !== undefined && this.#quarter.index < quarter.index) {
      endQuarter();
      const next = calendar.quarters[this.#quarter.index + 1] as Quarter;
      this.#inQuarter.clear();
      if (next.fiscalYear !== this.#quarter.fiscalYear) {
        this.#inYear?.clear();
        this.#brought = undefined;
      }
      this.#quarter = next;
    }
  }

  /** What is booked so far in the plan's window, in the plan's measure. */
  bookedFor(plan: Plan): Tally {
    return this.#read(windowOf(plan), plan.measure, plan);
  }

  /** The quota of a window that the current quarter lies in. */
  quotaOf(window: AttainmentWindow): WindowQuota {
    return this.#quotas.quotaOf(this.#rep, window, this.#quarter);
  }

  /** R8.1: the rep's attainment of the current quarter, by the plan that the rep has at its end. */
  standing(plan: Plan | undefined): Standing {
    const quarter = this.#quarter;
    const bookings = this.#read('quarter', plan?.measure ?? 'revenue', plan).value();
    const quota = this.#quotas.findQuota(this.#rep, quarter);
    if (plan === undefined) return { quarter, bookings, quota, attainment: undefined };
    const { sum } = this.quotaOf(windowOf(plan));
    const booked = this.bookedFor(plan).value();
    const attainment = sum === undefined || sum <= 0n ? undefined : { n: booked.n, d: booked.d * sum };
    return { quarter, bookings, quota, attainment };
  }

  /** What the rep had booked in the fiscal year up to the opening, where the year goes on after it (R11). */
  #bringIn(): void {
    const { calendar, posted } = this.#setting;
    const brought = posted?.opening?.byRep.get(this.#rep);
    if (brought === undefined || this.#inYear === undefined) return;
    // The current quarter is the one after the opening; a calendar ledger may begin with it.
    const { fiscalYear, index, number } = this.#quarter;
    const before = calendar.quarters[index - 1];
    if (before === undefined ? number === 1 : before.fiscalYear !== fiscalYear) return;
    this.#inYear.bringIn(brought.booked ?? 0n, brought.bookedProfit ?? 0n);
    this.#brought = brought;
  }

  #read(window: AttainmentWindow, measure: Measure, plan: Plan | undefined): Tally {
    const accumulators = this.#accumulatorsOf(window, measure);
    if (measure === 'revenue' || plan === undefined) return accumulators.revenue;
    return accumulators.read(measure, (line) =>
      reportMissingCost(this.#setting, this.#findings, this.#lines, line, plan),
    );
  }

  #accumulatorsOf(window: AttainmentWindow, measure: Measure): Accumulators {
    if (window === 'quarter') return this.#inQuarter;
    if (this.#brought !== undefined) this.#checkBrought(this.#brought, measure);
    // Windows beyond the quarter are kept where a plan has one.
    return this.#inYear as Accumulators;
  }

  /** A year that goes on after the opening needs what was booked in it before, in the same measure. */
  #checkBrought({ row, booked, bookedProfit }: Opening, measure: Measure): void {
    const column = measure === 'revenue' ? 'booked' : 'booked_gross_profit';
    if ((measure === 'revenue' ? booked : bookedProfit) !== undefined) return;
    if (!this.#findings.isFirst('blank-cell', column, this.#rep)) return;
    const place = { kind: 'row', ledger: 'openings', row, column } as const;
    this.#findings.addFault({ code: 'blank-cell', place, column });
  }
}
