/** The state of one line, moved forward event by event, and what is still to be posted (R5, R6.1). */
import { addDays, type Day, later } from '../../day.js';
import type { Units } from '../../money.js';
import type { Ratio } from '../../ratio.js';
import type { Line } from '../r3-sales/line.js';
import type { LineEvent } from '../r6-postings/line-events.js';
import { isShort, type LineState, NOTHING, type Targets, type TargetTerms, targetsOf } from './targets.js';

/** The cash that had come at a moment, and the moment's place in the line's history. */
interface Moment {
  readonly at: number;
  readonly cash: Units;
}

export class LineFold {
  readonly #terms: TargetTerms;
  readonly #commissionAt: (rate: Ratio) => Ratio;
  readonly #state: LineState;
  /** The day from which unpaid commission is past due; undefined where the plan has none (R5.6). */
  readonly #pastDueFrom: Day | undefined;
  #posted: Targets = NOTHING;
  #earned = false;
  #step = 0;
  // R5.6, the moments from which cash no longer reinstates: (a) and (b).
  #writtenOff: Moment | undefined;
  #pastDue: Moment | undefined;

  /** @param commissionAt - the line's exact commission at a rate, in minor units */
  constructor(line: Line, terms: TargetTerms, commissionAt: (rate: Ratio) => Ratio) {
    const { pricing, sale, earnDay } = line;
    const rate = pricing.kind === 'fixed' ? pricing.rate : (pricing.steps[pricing.first]?.rate as Ratio);
    this.#terms = terms;
    this.#commissionAt = commissionAt;
    this.#state = {
      commission: commissionAt(rate),
      total: sale.invoice.total,
      memos: 0n,
      cash: 0n,
      writtenOff: 0n,
      pastDue: false,
      cashCap: undefined,
    };
    const days = terms.plan.clawback?.pastDueDays;
    const { due } = sale.invoice;
    if (days !== undefined && due !== undefined) this.#pastDueFrom = later(addDays(due, days), earnDay);
  }

  /** Takes the line past an event. */
  apply({ cause, amount, rate }: LineEvent): void {
    const state = this.#state;
    this.#step += 1;
    switch (cause) {
      case 're-rated':
        state.commission = this.#commissionAt(rate as Ratio);
        break;
      case 'credited':
        state.memos += amount;
        break;
      case 'collected':
      case 'refunded':
        state.cash += amount;
        break;
      default:
        this.#earnOrWriteOff(cause, amount);
    }
    state.cashCap = this.#cashCap();
  }

  /** What is still to be posted after the event, which is then posted; undefined where nothing is (R5.2, R6.1). */
  takeDifference(): Targets | undefined {
    if (!this.#earned) return undefined;
    const target = targetsOf(this.#state, this.#terms);
    const posted = this.#posted;
    const difference: Targets = {
      earned: target.earned - posted.earned,
      advanced: target.advanced - posted.advanced,
      released: target.released - posted.released,
      held: target.held - posted.held,
      forfeited: target.forfeited - posted.forfeited,
      clawedBack: target.clawedBack - posted.clawedBack,
    };
    this.#posted = target;
    return isNothing(difference) ? undefined : difference;
  }

  /**
   * R5.6: the line becomes past due at the end of the first day from its past-due day on on which it is short.
   *
   * @param from - the day of the last event
   * @param until - the day of the next event, or the day after the as-of date
   * @returns that day, where it comes before `until`
   */
  becomesPastDue(from: Day, until: Day): Day | undefined {
    if (this.#pastDueFrom === undefined || this.#state.pastDue) return undefined;
    const day = later(from, this.#pastDueFrom);
    if (day >= until || !isShort(this.#state, this.#terms)) return undefined;
    this.#step += 1;
    this.#state.pastDue = true;
    this.#pastDue = this.#moment();
    this.#state.cashCap = this.#cashCap();
    return day;
  }

  /** R5.6 (a): the moment W went above 0, or the earn date if that is later; none while W is not above 0. */
  #earnOrWriteOff(cause: LineEvent['cause'], amount: Units): void {
    const earning = cause === 'booked' || cause === 'invoiced';
    const before = this.#state.writtenOff;
    this.#state.writtenOff += amount;
    if (earning) this.#earned = true;
    if (this.#state.writtenOff <= 0n) this.#writtenOff = undefined;
    else if (this.#earned && (earning || before <= 0n)) this.#writtenOff = this.#moment();
  }

  /** R5.6: the cash at the earlier of the moments that apply. */
  #cashCap(): Units | undefined {
    const { clawback } = this.#terms.plan;
    if (clawback === undefined || clawback.reinstate) return undefined;
    const [a, b] = [clawback.onWriteOff ? this.#writtenOff : undefined, this.#pastDue];
    if (a === undefined || b === undefined) return (a ?? b)?.cash;
    return a.at < b.at ? a.cash : b.cash;
  }

  #moment(): Moment {
    return { at: this.#step, cash: this.#state.cash };
  }
}

function isNothing(delta: Targets): boolean {
  return (
    delta.earned === 0n &&
    delta.advanced === 0n &&
    delta.released === 0n &&
    delta.held === 0n &&
    delta.forfeited === 0n &&
    delta.clawedBack === 0n
  );
}
