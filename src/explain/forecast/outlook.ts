/** What is clawed back of a line if nothing more is paid, or if a part is: what the calculation itself would post later. */
import { exactly, minus } from '../../amount.js';
import { addDays, type Day } from '../../day.js';
import type { Instalment } from '../../engine/r3-sales/dues.js';
import type { LineFold } from '../../engine/r5-targets/line-fold.js';
import { Poster } from '../../engine/r6-postings/poster.js';
import type { LineWorking } from '../../engine/working.js';
import type { Minor, Units } from '../../money.js';

/** A line as of the date, and what is clawed back of it later. */
export interface Outlook {
  /** Neither collected nor written off, in units. */
  readonly open: Units;
  /** Not collected, written off or not, in units. */
  readonly uncollected: Units;
  readonly held: Minor;
  /** How much of what is owed is collected or written off, in units: what is open lies beyond it (R16.2). */
  readonly closed: Units;
  /** What is clawed back after the as-of date. */
  readonly atRisk: Minor;
  /** The same by day: an invoice in instalments may be late more than once (R16.4). */
  readonly coming: readonly ComingAmount[];
}

/** What is clawed back at the end of a day. */
export interface ComingAmount {
  readonly day: Day;
  readonly amount: Minor;
  /** The instalments that become late then (R16.4); undefined where the invoice becomes late as a whole. */
  readonly late: readonly Instalment[] | undefined;
}

/** No plan waits longer than this before it claws back: a day beyond every due date. */
const EVER = 100_000;

interface MutableOutlook {
  open: Units;
  uncollected: Units;
  held: Minor;
  closed: Units;
  atRisk: Minor;
  coming: ComingAmount[];
}

function nothing(): MutableOutlook {
  return { open: 0n, uncollected: 0n, held: 0n, closed: 0n, atRisk: 0n, coming: [] };
}

/** Continues lines past the as-of date, one after the other. */
export class Forecaster {
  readonly #working: LineWorking;
  readonly #poster: Poster;
  readonly #end: Day;
  // Of the current line.
  #outlook = nothing();
  #late: readonly Instalment[] | undefined;
  #newlyLate: readonly Instalment[] | undefined;

  constructor(working: LineWorking) {
    const { counting, asOf } = working.setting;
    this.#working = working;
    this.#end = addDays(asOf, EVER);
    this.#poster = new Poster(
      working.setting,
      working,
      (_line, day, _cause, _source, { clawedBack }) => {
        if (day <= asOf || clawedBack === counting.zero) return;
        this.#outlook.atRisk += exactly(clawedBack);
        this.#outlook.coming.push({ day, amount: exactly(clawedBack), late: this.#newlyLate });
      },
      (day, _cause, _source, _amount, fold) => {
        if (day <= asOf) this.#look(fold);
        this.#noteLate(fold);
      },
    );
  }

  /**
   * The outlook of a line.
   *
   * @param cash - paid on the day after the as-of date, in units
   */
  outlookOf(line: number, cash: Units = 0n): Outlook {
    this.#outlook = nothing();
    this.#late = undefined;
    if (!this.#poster.post(line)) return this.#outlook;
    if (cash > 0n) this.#poster.collect(this.#working.setting.counting.units(cash));
    this.#poster.waitUntil(this.#end);
    return this.#outlook;
  }

  /** Notes which instalments an event has made late: none but a past-due one does. */
  #noteLate({ state: { late } }: LineFold): void {
    const before = this.#late ?? [];
    this.#late = late?.map(({ part }) => part);
    this.#newlyLate = this.#late?.filter((part) => !before.includes(part));
  }

  /** Notes what is open and held after an event. */
  #look({ parts: { due, collected, closed }, posted }: LineFold): void {
    this.#outlook.open = exactly(minus(due, closed));
    this.#outlook.uncollected = exactly(minus(due, collected));
    this.#outlook.closed = exactly(closed);
    this.#outlook.held = exactly(posted.held);
  }
}
