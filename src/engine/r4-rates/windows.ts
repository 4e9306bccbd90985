/** One rep's attainment windows: what is booked so far in the quarter and the fiscal year, and the quotas (R4.2–R4.4, R4.9). */
import { addDays, type Day } from '../../day.js';
import type { AttainmentWindow, Measure, Plan } from '../../plans/plan.js';
import { windowOf, windowsIn } from '../../plans/plan.js';
import type { Ratio } from '../../ratio.js';
import type { Findings } from '../findings.js';
import type { Opening } from '../r2-ledgers/books.js';
import { findMonth, findQuarter, type Period, type Quarter } from '../r2-ledgers/calendar.js';
import type { Lines, QuotaCreditOf } from '../r3-sales/lines.js';
import type { Setting } from '../setting.js';
import { Accumulators } from './accumulators.js';
import { reportMissingCost } from './missing-cost.js';
import type { Holder, HolderQuotas, QuotaBook, WindowQuota } from './quotas.js';
import type { Tally } from './tally.js';

/** A rep's attainment of a quarter in one credit, as of its end or the as-of date (R8.1). */
export interface Standing {
  readonly quarter: Quarter;
  /** The rep's plan of that credit then. */
  readonly plan: Plan | undefined;
  /** The quarter's quota credit net of credits, in units of the plan's measure. */
  readonly bookings: Ratio;
  /** The quarter's own quota in units; undefined without a row. */
  readonly quota: WindowQuota['sum'];
  /** Bookings of the window ÷ its quota; undefined without a plan, a row or a quota above 0. */
  readonly attainment: Ratio | undefined;
  /** What the attainment is made of (R12.7); undefined without a plan. */
  readonly window: StandingWindow | undefined;
  /** Whether anything was booked or credited in the quarter. */
  readonly isActive: boolean;
}

/** The window of a plan, and what was booked in it against which quota. */
export interface StandingWindow {
  readonly kind: AttainmentWindow;
  readonly bookings: Ratio;
  readonly quota: WindowQuota['sum'];
}

/** Called at the end of each window before a day. */
export interface WindowEnds {
  readonly endQuarter: () => void;
  readonly endMonth: () => void;
}

/** What plans look at: found once, since there may be a plan for each rep. */
export interface PlanLooks {
  readonly measuresProfit: boolean;
  readonly windows: ReadonlySet<AttainmentWindow>;
}

/** What any of the plans looks at. */
export function looksOf(plans: readonly Plan[]): PlanLooks {
  return {
    measuresProfit: plans.some(({ measure }) => measure === 'gross-profit'),
    windows: new Set(plans.flatMap(windowsIn)),
  };
}

/** Whose windows they are, from when on, and what plans look at. */
interface WindowsOf {
  readonly holder: Holder;
  readonly quarter: Quarter;
  readonly looks: PlanLooks;
}

export class Windows {
  readonly #setting: Setting;
  readonly #findings: Findings;
  readonly #lines: Lines;
  readonly #holder: Holder;
  readonly #quotas: HolderQuotas;
  readonly #inQuarter: Accumulators;
  /** Undefined where no plan looks at the month (R12.5). */
  readonly #inMonth: Accumulators | undefined;
  /** Undefined where every plan looks at the quarter. */
  readonly #inYear: Accumulators | undefined;
  /** What the rep had booked before in the current fiscal year, where it began before the opening (R11). */
  #brought: Opening | undefined;
  #quarter: Quarter;
  #month: Period | undefined;
  #isActive = false;

  /**
   * @param of - the rep's id with the credit (R12.2), and the first quarter with anything of the rep's
   */
  constructor(
    setting: Setting,
    findings: Findings,
    lines: Lines,
    quotas: QuotaBook,
    { holder, quarter, looks }: WindowsOf,
  ) {
    const { counting, calendar } = setting;
    const { measuresProfit, windows } = looks;
    const accumulators = () => new Accumulators(lines, measuresProfit, counting);
    this.#setting = setting;
    this.#findings = findings;
    this.#lines = lines;
    this.#holder = holder;
    this.#quotas = quotas.of(holder);
    this.#quarter = quarter;
    this.#inQuarter = accumulators();
    this.#inMonth = windows.has('month') ? accumulators() : undefined;
    this.#inYear = windows.has('year') || windows.has('year-to-date') ? accumulators() : undefined;
    this.#month = this.#inMonth && findMonth(calendar, quarter.from);
    this.#bringIn();
  }

  /** The current quarter. */
  get quarter(): Quarter {
    return this.#quarter;
  }

  /** R4.4: a booking consumes the windows. */
  book(line: number): void {
    this.#isActive = true;
    this.#inQuarter.book(line);
    this.#inMonth?.book(line);
    this.#inYear?.book(line);
  }

  /** A part of a booking consumes them (R13.3), or cash that comes in or goes (R12.4). */
  add(line: number, part: QuotaCreditOf): void {
    this.#isActive = true;
    this.#inQuarter.add(line, part);
    this.#inMonth?.add(line, part);
    this.#inYear?.add(line, part);
  }

  /** R4.9: a credit memo takes a share of the line's quota credit off: of its revenue, and of its gross profit. */
  credit(line: number, share: Ratio, profitShare: Ratio): void {
    this.#isActive = true;
    this.#inQuarter.credit(line, share, profitShare);
    this.#inMonth?.credit(line, share, profitShare);
    this.#inYear?.credit(line, share, profitShare);
  }

  /** Goes on to the quarter, and to the month, of a day. */
  moveTo(day: Day, ends: WindowEnds): void {
    if (day <= (this.#month ?? this.#quarter).to) return;
    const { calendar } = this.#setting;
    const quarter = findQuarter(calendar, day);
    while (quarter !== undefined && this.#quarter.index < quarter.index) {
      this.#moveToMonth(this.#quarter.to, ends);
      ends.endQuarter();
      const next = calendar.quarters[this.#quarter.index + 1] as Quarter;
      this.#inQuarter.clear();
      if (next.fiscalYear !== this.#quarter.fiscalYear) {
        this.#inYear?.clear();
        this.#brought = undefined;
      }
      this.#quarter = next;
      this.#isActive = false;
      this.#bringIn();
      this.#moveToMonth(next.from, ends);
    }
    this.#moveToMonth(day, ends);
  }

  #moveToMonth(day: Day, { endMonth }: WindowEnds): void {
    if (this.#month === undefined || day <= this.#month.to) return;
    endMonth();
    this.#inMonth?.clear();
    this.#month = findMonth(this.#setting.calendar, day);
  }

  /** What is booked so far in a window, in the plan's measure. */
  bookedFor(plan: Plan, window: AttainmentWindow = windowOf(plan)): Tally {
    return this.#read(window, plan.measure, plan);
  }

  /** The quota of a window that the current quarter or month lies in. */
  quotaOf(window: AttainmentWindow): WindowQuota {
    if (window !== 'month') return this.#quotas.quotaOf(window, this.#quarter);
    // A calendar without months is a fault where a plan looks at months.
    const month = this.#month ?? this.#quarter;
    return this.#quotas.quotaOfMonth(month);
  }

  /** R8.1: the rep's attainment of the current quarter, by the plan that the rep has at its end. */
  standing(plan: Plan | undefined): Standing {
    const quarter = this.#quarter;
    const bookings = this.#read('quarter', plan?.measure ?? 'revenue', plan).value();
    const window = plan && this.#windowOf(plan, bookings);
    return {
      quarter,
      plan,
      bookings,
      quota: this.#quotas.findQuota(quarter),
      attainment: window && attainmentIn(window),
      window,
      isActive: this.#isActive,
    };
  }

  /** @param inQuarter - what is booked in the quarter */
  #windowOf(plan: Plan, inQuarter: Ratio): StandingWindow {
    const kind = windowOf(plan);
    return {
      kind,
      bookings: kind === 'quarter' ? inQuarter : this.bookedFor(plan).value(),
      quota: kind === 'month' ? this.quotaOf(kind).sum : this.#quotas.findSum(kind, this.#quarter),
    };
  }

  /**
   * What the rep had booked in the fiscal year up to the opening, where the year goes on after it (R11): it takes the place
   * of what is known of it, such as the cash on open invoices.
   */
  #bringIn(): void {
    const { calendar, posted } = this.#setting;
    const { rep, credit } = this.#holder;
    const opening = posted?.opening;
    const brought = opening?.byRep.get(rep)?.find((one) => one.credit === credit);
    if (opening === undefined || brought === undefined || this.#inYear === undefined) return;
    const { fiscalYear, index, number, from } = this.#quarter;
    if (from > addDays(opening.day, 1) || this.#quarter.to <= opening.day) return;
    // A calendar ledger may begin with the quarter after the opening.
    const before = calendar.quarters[index - 1];
    if (before === undefined ? number === 1 : before.fiscalYear !== fiscalYear) return;
    this.#inYear.clear();
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
    // The windows are there that a plan has.
    if (window === 'month') return this.#inMonth as Accumulators;
    if (this.#brought !== undefined) this.#checkBrought(this.#brought, measure);
    return this.#inYear as Accumulators;
  }

  /** A year that goes on after the opening needs what was booked in it before, in the same measure. */
  #checkBrought({ row, booked, bookedProfit }: Opening, measure: Measure): void {
    const column = measure === 'revenue' ? 'booked' : 'booked_gross_profit';
    if ((measure === 'revenue' ? booked : bookedProfit) !== undefined) return;
    if (!this.#findings.isFirst('blank-cell', column, String(row))) return;
    const place = { kind: 'row', ledger: 'openings', row, column } as const;
    this.#findings.addFault({ code: 'blank-cell', place, column });
  }
}

/** Undefined where there is no quota above 0. */
function attainmentIn({ bookings: { n, d }, quota }: StandingWindow): Ratio | undefined {
  return quota === undefined || quota <= 0n ? undefined : { n, d: d * quota };
}
