/** The state of one line, moved forward event by event, and what is still to be posted (R5, R6.1). */
import { type Amount, type Counting, type MinorAmount, minus, plus } from '../../amount.js';
import { type Day, later } from '../../day.js';
import type { Cause } from '../r1-words/causes.js';
import type { Instalment } from '../r3-sales/dues.js';
import type { PastDueClock } from './late-parts.js';
import { premiumOf, type TimedCash, type TimedPiece } from './premium.js';
import {
  addEvent,
  clearTargets,
  creditedOf,
  findTimedDue,
  isNothing,
  isPartShortIn,
  isShort,
  type LineState,
  noTargets,
  partsOf,
  setDifference,
  setTargets,
  type TargetParts,
  type Targets,
  type TargetTerms,
} from './targets.js';

/** The cash that had come at a moment, and the moment's place in the line's history. */
interface Moment {
  readonly at: number;
  readonly cash: Amount;
}

/** An instalment that is late, and when it became so. */
interface LatePart {
  readonly part: Instalment;
  readonly moment: Moment;
}

const NONE_LATE: readonly LatePart[] = [];

/** Knows what the current line earns. */
export interface Pricer {
  /** `C` at the rate of the moment, where this much of the invoice's total is credited (R4.8). */
  commission(credited: Amount): MinorAmount;
}

/** What few lines have: their fold is as quick without it. */
export interface LineExtras {
  /** R16.4: of an invoice with several instalments, or with disputed days. */
  readonly clock: PastDueClock | undefined;
  /** R17: of a plan that pays early and late cash differently. */
  readonly timed: TimedCash | undefined;
  /** R18.1: whether a share waits for an invoice that comes after the earn date. */
  readonly awaitsInvoice: boolean;
  /** R19.1: `L`, the rep's last day for cash. */
  readonly lastDay: Day | undefined;
}

export const NO_EXTRAS: LineExtras = {
  clock: undefined,
  timed: undefined,
  awaitsInvoice: false,
  lastDay: undefined,
};

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
  #extras: LineExtras = NO_EXTRAS;
  /** `B` as it is posted (R17.2). */
  #premium: MinorAmount;
  #credited: Amount;
  /** The day from which unpaid commission is past due; undefined where the plan has none (R5.6). */
  #pastDueFrom: Day | undefined;
  #earned = false;
  #step = 0;
  // R5.6, the moments from which cash no longer reinstates: (a) and (b).
  #writtenOff: Moment | undefined;
  #pastDue: Moment | undefined;
  /** The late instalments, each with its own (b) (R16.4). */
  #late: readonly LatePart[] = NONE_LATE;

  constructor(pricer: Pricer, counting: Counting) {
    const { zero } = counting;
    this.#pricer = pricer;
    this.#counting = counting;
    const empty = { commission: zero, total: zero, memos: zero, cash: zero, writtenOff: zero };
    this.#state = {
      ...empty,
      pastDue: false,
      late: undefined,
      awaitsInvoice: false,
      lastCash: undefined,
      cashCap: undefined,
    };
    this.#credited = zero;
    this.#premium = zero;
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

  /** What targets are computed from, after its last event. */
  get parts(): TargetParts {
    return partsOf(this.#state, this.#terms);
  }

  /** `B` as it is posted (R17.2). */
  get premium(): MinorAmount {
    return this.#premium;
  }

  /** The cash that `B` goes by; undefined where it does not matter when cash comes in. */
  get timed(): readonly TimedPiece[] | undefined {
    const { timed, lastDay } = this.#extras;
    return timed?.pieces(this.hasLeft ? lastDay : undefined);
  }

  /** Whether commission is posted yet (R5.2). */
  get isEarned(): boolean {
    return this.#earned;
  }

  /** What it has come to by then; nothing before it is earned. */
  get posted(): Readonly<Targets> {
    if (this.#extras.timed === undefined) return this.#posted;
    const posted = { ...this.#posted };
    posted.earned = plus(posted.earned, this.#premium);
    posted.released = plus(posted.released, this.#premium);
    return posted;
  }

  /** Starts on a line that nothing has happened to. */
  start(
    terms: TargetTerms,
    total: Amount,
    pastDueFrom: Day | undefined,
    extras: LineExtras = NO_EXTRAS,
  ): void {
    const { zero } = this.#counting;
    const state = this.#state;
    this.#terms = terms;
    this.#extras = extras;
    this.#premium = zero;
    state.total = total;
    state.memos = zero;
    state.cash = zero;
    state.writtenOff = zero;
    state.pastDue = false;
    this.#late = NONE_LATE;
    state.late = extras.clock === undefined ? undefined : [];
    state.awaitsInvoice = extras.awaitsInvoice;
    state.lastCash = undefined;
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

  /** Takes the line past something that happens to its invoice. */
  apply(cause: Cause, amount: Amount, day: Day, source: number): void {
    const state = this.#state;
    const before = state.writtenOff;
    this.#step += 1;
    addEvent(state, cause, amount);
    this.#extras.timed?.apply({ day, cause, source, amount });
    if (cause === 'credited') {
      this.#credited = creditedOf(state, this.#counting);
      state.commission = this.#pricer.commission(this.#credited);
    } else if (state.writtenOff !== before) {
      this.#writeOff(before);
    }
    this.#capCash();
  }

  /** R5.2; and R18.1, where a share has waited for the invoice. */
  earn(): void {
    const state = this.#state;
    this.#step += 1;
    if (this.#earned) {
      state.awaitsInvoice = false;
      return;
    }
    this.#earned = true;
    // R5.6 (a): a write-off that came before counts from now on.
    this.#writtenOff = state.writtenOff > 0 ? this.#moment() : undefined;
    this.#capCash();
  }

  /** R19.2: takes the line past the rep's last day for cash. */
  leave(): void {
    this.#step += 1;
    this.#state.lastCash = this.#state.cash;
  }

  /** R19.2: whether cash still counts for the rep. */
  get hasLeft(): boolean {
    return this.#state.lastCash !== undefined;
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

  /** R17.2: the same for B, which is posted by itself: `takeDifference` comes first. */
  takePremium(): boolean {
    const { timed, lastDay } = this.#extras;
    if (timed === undefined || !this.#earned) return false;
    const { counting, rounding } = this.#terms;
    const state = this.#state;
    const due = findTimedDue(state, this.#terms);
    const weight = timed.weighed(this.hasLeft ? lastDay : undefined);
    const premium =
      due === undefined
        ? counting.zero
        : premiumOf(state.commission, weight, due, this.#posted, counting, rounding);
    const change = minus(premium, this.#premium);
    if (change === counting.zero) return false;
    this.#premium = premium;
    clearTargets(this.difference, counting);
    this.difference.earned = change;
    this.difference.released = change;
    return true;
  }

  /**
   * R5.6: the line becomes past due at the end of the first day from its past-due day on on which it is short.
   *
   * @param from - the day of the last event
   * @param until - the day of the next event, or the day after the as-of date
   * @returns that day, where it comes before `until`
   */
  becomesPastDue(from: Day, until: Day): Day | undefined {
    const { clock } = this.#extras;
    if (clock !== undefined) return this.#nextLate(clock, from, until);
    if (this.#pastDueFrom === undefined || this.#state.pastDue) return undefined;
    const day = later(from, this.#pastDueFrom);
    if (day >= until || !isShort(this.#state, this.#terms)) return undefined;
    this.#step += 1;
    this.#state.pastDue = true;
    this.#pastDue = this.#moment();
    this.#capCash();
    return day;
  }

  /** R16.4: the same for an invoice in instalments, which may become late one after another. */
  #nextLate(clock: PastDueClock, from: Day, until: Day): Day | undefined {
    const state = this.#state;
    const next = clock.advance(from, until, (part) => isPartShortIn(part, state, this.#terms));
    if (next === undefined) return undefined;
    this.#step += 1;
    state.pastDue = true;
    const moment = this.#moment();
    this.#late = [...this.#late, ...next.parts.map((part) => ({ part, moment }))];
    this.#capCash();
    return next.day;
  }

  /** R5.6 (a): the moment W went above 0; none while W is not above 0, or before the earn date. */
  #writeOff(before: Amount): void {
    if (this.#state.writtenOff <= 0) this.#writtenOff = undefined;
    else if (this.#earned && before <= 0) this.#writtenOff = this.#moment();
  }

  /** R5.6, R16.4: the cash that keeps commission, of the whole line and of each late instalment. */
  #capCash(): void {
    this.#state.cashCap = this.#cashCap(this.#pastDue);
    if (this.#late.length === 0) return;
    this.#state.late = this.#late.map(({ part, moment }) => ({ part, cashCap: this.#cashCap(moment) }));
  }

  /** R5.6: the cash at the earlier of the moments that apply: (a), and (b) as given. */
  #cashCap(b: Moment | undefined): Amount | undefined {
    const { clawback } = this.#terms.plan;
    if (clawback === undefined || clawback.reinstate) return undefined;
    const a = clawback.onWriteOff ? this.#writtenOff : undefined;
    if (a === undefined || b === undefined) return (a ?? b)?.cash;
    return a.at < b.at ? a.cash : b.cash;
  }

  #moment(): Moment {
    return { at: this.#step, cash: this.#state.cash };
  }
}
