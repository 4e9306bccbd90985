/** The state of one line, moved forward event by event, and what is still to be posted (R5, R6.1). */
import type { Amount, Counting, MinorAmount } from '../../amount.js';
import { type Day, later } from '../../day.js';
import { type Cause, effectOf } from '../r1-words/causes.js';
import {
  addEvent,
  clearTargets,
  creditedOf,
  isNothing,
  isShort,
  type LineState,
  noTargets,
  setDifference,
  setTargets,
  type Targets,
  type TargetTerms,
} from './targets.js';

/** The cash that had come at a moment, and the moment's place in the line's history. */
interface Moment {
  readonly at: number;
  readonly cash: Amount;
}

/** Knows what the current line earns. */
export interface Pricer {
  /** `C` at the rate of the moment, where this much of the invoice's total is credited (R4.8). */
  commission(credited: Amount): MinorAmount;
}

/** Folds one line after another: a million lines need no million folds. */
export class LineFold {
  readonly #pricer: Pricer;
  readonly #counting: Counting;
  readonly #state: LineState;
  /** What is still to be posted. */
  readonly difference: Targets;
  #posted: Targets;
  #target: Targets;
  #terms!: TargetTerms;
  #credited: Amount;
  /** The day from which unpaid commission is past due; undefined where the plan has none (R5.6). */
  #pastDueFrom: Day | undefined;
  #earned = false;
  #step = 0;
  // R5.6, the moments from which cash no longer reinstates: (a) and (b).
  #writtenOff: Moment | undefined;
  #pastDue: Moment | undefined;

  constructor(pricer: Pricer, counting: Counting) {
    const { zero } = counting;
    this.#pricer = pricer;
    this.#counting = counting;
    const empty = { commission: zero, total: zero, memos: zero, cash: zero, writtenOff: zero };
    this.#state = { ...empty, pastDue: false, cashCap: undefined };
    this.#credited = zero;
    [this.difference, this.#posted, this.#target] = [
      noTargets(counting),
      noTargets(counting),
      noTargets(counting),
    ];
  }

  /** The line after its last event. */
  get state(): Readonly<LineState> {
    return this.#state;
  }

  /** Whether commission is posted yet (R5.2). */
  get isEarned(): boolean {
    return this.#earned;
  }

  /** What it has come to by then; nothing before it is earned. */
  get posted(): Readonly<Targets> {
    return this.#posted;
  }

  /** Starts on a line that nothing has happened to. */
  start(terms: TargetTerms, total: Amount, pastDueFrom: Day | undefined): void {
    const { zero } = this.#counting;
    const state = this.#state;
    this.#terms = terms;
    state.total = total;
    state.memos = zero;
    state.cash = zero;
    state.writtenOff = zero;
    state.pastDue = false;
    state.cashCap = undefined;
    this.#pastDueFrom = pastDueFrom;
    this.#earned = false;
    this.#step = 0;
    this.#writtenOff = undefined;
    this.#pastDue = undefined;
    clearTargets(this.#posted, this.#counting);
    this.#credited = zero;
    this.reRate();
  }

  /** Takes the line past a re-rating (R4.6). */
  reRate(): void {
    this.#step += 1;
    this.#state.commission = this.#pricer.commission(this.#credited);
  }

  /** Takes the line past an event. */
  apply(cause: Cause, amount: Amount): void {
    const state = this.#state;
    const before = state.writtenOff;
    this.#step += 1;
    addEvent(state, cause, amount);
    if (cause === 'credited') {
      this.#credited = creditedOf(state, this.#counting);
      state.commission = this.#pricer.commission(this.#credited);
    } else if (effectOf(cause) === 'earning') {
      this.#earned = true;
      // R5.6 (a): a write-off that came before counts from now on.
      this.#writtenOff = state.writtenOff > 0 ? this.#moment() : undefined;
    } else if (state.writtenOff !== before) {
      this.#writeOff(before);
    }
    state.cashCap = this.#cashCap();
  }

  /** Whether anything is to be posted after the event; it is the difference then, and counts as posted (R5.2, R6.1). */
  takeDifference(): boolean {
    if (!this.#earned) return false;
    const [target, posted, difference] = [this.#target, this.#posted, this.difference];
    setTargets(target, this.#state, this.#terms);
    setDifference(difference, target, posted);
    [this.#posted, this.#target] = [target, posted];
    return !isNothing(difference, this.#counting);
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

  /** R5.6 (a): the moment W went above 0; none while W is not above 0, or before the earn date. */
  #writeOff(before: Amount): void {
    if (this.#state.writtenOff <= 0) this.#writtenOff = undefined;
    else if (this.#earned && before <= 0) this.#writtenOff = this.#moment();
  }

  /** R5.6: the cash at the earlier of the moments that apply. */
  #cashCap(): Amount | undefined {
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
