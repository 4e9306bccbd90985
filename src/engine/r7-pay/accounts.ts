/** The postings of all reps, summed by rep and pay period, and netted by line (R7.1, R7.2). */
import {
  type Amounts,
  amountAt,
  type Counting,
  exactly,
  least,
  type MinorAmount,
  minus,
  negative,
  plus,
} from '../../amount.js';
import type { Minor } from '../../money.js';
import type { Plan } from '../../plans/plan.js';
import type { Targets } from '../r5-targets/targets.js';
import type { CapBook } from './caps.js';

/** What a rep's postings of one period come to (R7.2, R8.1); amounts in minor units. */
export interface PeriodFlows {
  readonly earned: Minor;
  readonly released: Minor;
  readonly advanced: Minor;
  readonly forfeited: Minor;
  /** The positive changes of clawed back, and the negative ones as a positive amount. */
  readonly clawedBack: Minor;
  readonly reinstated: Minor;
  /** Σ positive and Σ negative line nets, both as positive amounts. */
  readonly gains: Minor;
  readonly charged: Minor;
  /** Σ over lines with a positive net of min(net, what the line was reinstated). */
  readonly back: Minor;
}

/** Where each flow is held, one after another; what is held is what is left of earned (R6.3). */
const PLACES = {
  earned: 0,
  released: 1,
  advanced: 2,
  forfeited: 3,
  clawedBack: 4,
  reinstated: 5,
  gains: 6,
  charged: 7,
  back: 8,
} as const satisfies Record<keyof PeriodFlows, number>;

const { earned: EARNED, released: RELEASED, advanced: ADVANCED, forfeited: FORFEITED } = PLACES;
const {
  clawedBack: CLAWED_BACK,
  reinstated: GIVEN_BACK,
  gains: GAINS,
  charged: CHARGED,
  back: BACK,
} = PLACES;
const FLOWS = Object.keys(PLACES).length;

const NO_FLOWS: PeriodFlows = {
  earned: 0n,
  released: 0n,
  advanced: 0n,
  forfeited: 0n,
  clawedBack: 0n,
  reinstated: 0n,
  gains: 0n,
  charged: 0n,
  back: 0n,
};

/** The places of what the current line comes to. */
const [NET, REINSTATED] = [0, 1];

export class Accounts {
  readonly #counting: Counting;
  readonly #zero: MinorAmount;
  readonly #firstPeriod: number;
  readonly #periods: number;
  /** Where the flows of a rep and period start, counted from 1. */
  readonly #places: Uint32Array;
  #flows: Amounts<'minor'>;
  #length = 0;
  /** Where the flows of the current line start, and what it comes to there: its net, and what it was reinstated. */
  #at = -1;
  // What caps need to know of the current line (R22).
  readonly #caps: CapBook | undefined;
  #plan: Plan['id'] = '';
  #rep = 0;
  #period = 0;
  readonly #line: Amounts<'minor'>;

  /**
   * @param reps - how many there are
   * @param periods - the places in the calendar of the first and the last period that anything is posted in
   * @param caps - takes what each line comes to; undefined where no plan has a cap
   */
  constructor(
    reps: number,
    periods: { readonly first: number; readonly last: number },
    counting: Counting,
    caps?: CapBook,
  ) {
    this.#caps = caps;
    this.#counting = counting;
    this.#zero = counting.zero;
    this.#line = counting.room(2);
    this.#firstPeriod = periods.first;
    this.#periods = periods.last - periods.first + 1;
    this.#places = new Uint32Array(reps * this.#periods);
    this.#flows = counting.room(16 * FLOWS);
  }

  /**
   * Adds a posting of the current line; a line's postings are in order of date.
   *
   * @param period - the place of the posting's pay period in the calendar
   */
  add(rep: number, period: number, change: Targets): void {
    const at = this.#placeOf(rep, period);
    if (at !== this.#at) {
      this.endLine();
      this.#at = at;
      this.#rep = rep;
      this.#period = period;
    }
    const { earned, released, advanced, forfeited, clawedBack } = change;
    this.#flow(at + EARNED, earned);
    this.#flow(at + RELEASED, released);
    this.#flow(at + ADVANCED, advanced);
    this.#flow(at + FORFEITED, forfeited);
    const line = this.#line;
    if (clawedBack > 0) this.#flow(at + CLAWED_BACK, clawedBack);
    else line[REINSTATED] = minus(amountAt(line, REINSTATED), clawedBack);
    line[NET] = minus(plus(plus(amountAt(line, NET), advanced), released), clawedBack);
  }

  /** Starts on a line of a plan, which only caps ask for (R22.1). */
  startLine(plan: Plan['id']): void {
    this.#plan = plan;
  }

  /** Ends the current line: what it comes to in a period is a gain or a charge as a whole (R7.2). */
  endLine(): void {
    const at = this.#at;
    const net = amountAt(this.#line, NET);
    const reinstated = amountAt(this.#line, REINSTATED);
    this.#flow(at + GIVEN_BACK, reinstated);
    if (this.#caps !== undefined) this.#caps.add(this.#rep, this.#plan, this.#period, exactly(net));
    if (net > 0) {
      this.#flow(at + GAINS, net);
      this.#flow(at + BACK, least(net, reinstated));
    } else {
      this.#flow(at + CHARGED, negative(net));
    }
    this.#line[NET] = this.#zero;
    this.#line[REINSTATED] = this.#zero;
  }

  /**
   * What the rep's postings come to in a period.
   *
   * @param period - the place of the period in the calendar
   */
  flowsOf(rep: number, period: number): PeriodFlows {
    const isIn = period >= this.#firstPeriod && period < this.#firstPeriod + this.#periods;
    const place = isIn ? (this.#places[rep * this.#periods + period - this.#firstPeriod] as number) : 0;
    if (place === 0) return NO_FLOWS;
    const flow = (which: number): Minor => exactly(amountAt(this.#flows, (place - 1) * FLOWS + which));
    return {
      earned: flow(EARNED),
      released: flow(RELEASED),
      advanced: flow(ADVANCED),
      forfeited: flow(FORFEITED),
      clawedBack: flow(CLAWED_BACK),
      reinstated: flow(GIVEN_BACK),
      gains: flow(GAINS),
      charged: flow(CHARGED),
      back: flow(BACK),
    };
  }

  /** Most changes of most postings are 0. */
  #flow(at: number, amount: MinorAmount): void {
    if (amount !== this.#zero) this.#flows[at] = plus(amountAt(this.#flows, at), amount);
  }

  /** Where the flows of a rep and period start. */
  #placeOf(rep: number, period: number): number {
    const pair = rep * this.#periods + period - this.#firstPeriod;
    const known = this.#places[pair] as number;
    if (known > 0) return (known - 1) * FLOWS;
    this.#length += 1;
    this.#places[pair] = this.#length;
    if (this.#length * FLOWS > this.#flows.length) {
      const flows = this.#counting.room<'minor'>(this.#flows.length * 2);
      for (let at = 0; at < this.#flows.length; at += 1) flows[at] = amountAt(this.#flows, at);
      this.#flows = flows;
    }
    return (this.#length - 1) * FLOWS;
  }
}
