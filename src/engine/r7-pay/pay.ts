/** Netting by line and what is paid, period after period (R7). */
import { type Amount, type Amounts, type Counting, exactly, least } from '../../amount.js';
import { type Minor, min, roundDown } from '../../money.js';
import type { Ratio } from '../../ratio.js';
import type { Targets } from '../r5-targets/targets.js';

/** What a rep's postings of one period come to, one after another; what is held is what is left of earned (R6.3). */
const [EARNED, RELEASED, ADVANCED, FORFEITED, CLAWED_BACK, REINSTATED] = [0, 1, 2, 3, 4, 5];
/** Σ positive and Σ negative line nets, both as positive amounts. */
const [GAINS, CHARGED] = [6, 7];
/** Σ over lines with a positive net of min(net, what the line was reinstated). */
const BACK = 8;
const FLOWS = 9;

/** What a rep has held and owes. */
export interface Balances {
  readonly held: Minor;
  readonly owed: Minor;
}

export const NO_BALANCES: Balances = { held: 0n, owed: 0n };

/** A rep's period from opening to closing balances; amounts in the currency's minor unit (R8.1). */
export interface PayRow {
  readonly earned: Minor;
  readonly advanced: Minor;
  readonly released: Minor;
  readonly forfeited: Minor;
  readonly heldOpening: Minor;
  readonly held: Minor;
  readonly payable: Minor;
  readonly clawedBack: Minor;
  readonly reinstated: Minor;
  readonly owedOpening: Minor;
  readonly charged: Minor;
  readonly cancelled: Minor;
  readonly recovered: Minor;
  readonly paid: Minor;
  readonly owed: Minor;
}

/** The postings of all reps, summed by rep and pay period. */
export class Accounts {
  readonly #counting: Counting;
  readonly #zero: Amount;
  readonly #firstPeriod: number;
  readonly #periods: number;
  /** Where the flows of a rep and period start, counted from 1. */
  readonly #places: Uint32Array;
  #flows: Amounts;
  #length = 0;
  /** Where the flows of the line in hand start, and what it comes to there: its net, and what it was reinstated. */
  #at = 0;
  readonly #line: Amounts;

  /**
   * @param reps - how many there are
   * @param periods - the places in the calendar of the first and the last period that anything is posted in
   */
  constructor(reps: number, periods: { readonly first: number; readonly last: number }, counting: Counting) {
    this.#counting = counting;
    this.#zero = counting.zero;
    this.#firstPeriod = periods.first;
    this.#periods = periods.last - periods.first + 1;
    this.#places = new Uint32Array(reps * this.#periods);
    this.#flows = counting.room(1024 * FLOWS);
    this.#line = counting.room(2);
  }

  /**
   * Adds a posting of the line in hand; a line's postings are in order of date.
   *
   * @param period - the place of the posting's pay period in the calendar
   */
  add(rep: number, period: number, change: Targets): void {
    const at = this.#placeOf(rep, period);
    if (at !== this.#at) {
      this.endLine();
      this.#at = at;
    }
    const { earned, released, advanced, forfeited, clawedBack } = change;
    const line = this.#line;
    this.#flow(at + EARNED, earned);
    this.#flow(at + RELEASED, released);
    this.#flow(at + ADVANCED, advanced);
    this.#flow(at + FORFEITED, forfeited);
    if (clawedBack > 0) this.#flow(at + CLAWED_BACK, clawedBack);
    else line[1] = (line[1] as Amount) - clawedBack;
    line[0] = (line[0] as Amount) + advanced + released - clawedBack;
  }

  /** Ends the line in hand: what it comes to in a period is a gain or a charge as a whole (R7.2). */
  endLine(): void {
    const at = this.#at;
    const net = this.#line[0] as Amount;
    const reinstated = this.#line[1] as Amount;
    this.#flow(at + REINSTATED, reinstated);
    if (net > 0) {
      this.#flow(at + GAINS, net);
      this.#flow(at + BACK, least(net, reinstated));
    } else {
      this.#flow(at + CHARGED, -net);
    }
    this.#line[0] = this.#zero;
    this.#line[1] = this.#zero;
  }

  /**
   * R7.2, R7.3: the periods' rows, each opening with what the one before it closed with.
   *
   * @param periods - the places of the rep's periods in the calendar, in order and without gaps
   * @param opening - what the rep brings into the first of them (R11.3)
   */
  settle(rep: number, periods: readonly number[], recoveryLimit: Ratio, opening = NO_BALANCES): PayRow[] {
    let { held: heldOpening, owed: owedOpening } = opening;
    return periods.map((period) => {
      const flow = (which: number): Minor => this.#sumOf(rep, period, which);
      const [earned, advanced, released] = [flow(EARNED), flow(ADVANCED), flow(RELEASED)];
      const [forfeited, clawedBack, reinstated] = [flow(FORFEITED), flow(CLAWED_BACK), flow(REINSTATED)];
      const [gains, charged] = [flow(GAINS), flow(CHARGED)];
      const debt = owedOpening + charged;
      const cancelled = min(flow(BACK), debt);
      const most = roundDown(recoveryLimit.n * (gains - cancelled), recoveryLimit.d);
      const recovered = min(debt - cancelled, most);
      const row: PayRow = {
        earned,
        advanced,
        released,
        forfeited,
        heldOpening,
        held: heldOpening + earned - advanced - released - forfeited,
        payable: advanced + released,
        clawedBack,
        reinstated,
        owedOpening,
        charged,
        cancelled,
        recovered,
        paid: gains - cancelled - recovered,
        owed: debt - cancelled - recovered,
      };
      [heldOpening, owedOpening] = [row.held, row.owed];
      return row;
    });
  }

  /** Most changes of most postings are 0. */
  #flow(at: number, amount: Amount): void {
    if (amount !== this.#zero) this.#flows[at] = (this.#flows[at] as Amount) + amount;
  }

  #sumOf(rep: number, period: number, which: number): Minor {
    const isIn = period >= this.#firstPeriod && period < this.#firstPeriod + this.#periods;
    const place = isIn ? (this.#places[rep * this.#periods + period - this.#firstPeriod] as number) : 0;
    return place === 0 ? 0n : exactly(this.#flows[(place - 1) * FLOWS + which] as Amount);
  }

  /** Where the flows of a rep and period start. */
  #placeOf(rep: number, period: number): number {
    const pair = rep * this.#periods + period - this.#firstPeriod;
    const known = this.#places[pair] as number;
    if (known > 0) return (known - 1) * FLOWS;
    this.#length += 1;
    this.#places[pair] = this.#length;
    if (this.#length * FLOWS > this.#flows.length) {
      const flows = this.#counting.room(this.#flows.length * 2);
      for (let at = 0; at < this.#flows.length; at += 1) flows[at] = this.#flows[at] as Amount;
      this.#flows = flows;
    }
    return (this.#length - 1) * FLOWS;
  }
}

/** Consecutive periods as one (R8.2): it opens with the first, closes with the last, and its flows are their sums. */
export function together(rows: readonly PayRow[]): PayRow {
  const [first, last] = [rows[0], rows.at(-1)] as [PayRow, PayRow];
  const sum = (flow: (row: PayRow) => Minor) => rows.reduce((total, row) => total + flow(row), 0n);
  return {
    earned: sum((row) => row.earned),
    advanced: sum((row) => row.advanced),
    released: sum((row) => row.released),
    forfeited: sum((row) => row.forfeited),
    heldOpening: first.heldOpening,
    held: last.held,
    payable: sum((row) => row.payable),
    clawedBack: sum((row) => row.clawedBack),
    reinstated: sum((row) => row.reinstated),
    owedOpening: first.owedOpening,
    charged: sum((row) => row.charged),
    cancelled: sum((row) => row.cancelled),
    recovered: sum((row) => row.recovered),
    paid: sum((row) => row.paid),
    owed: last.owed,
  };
}
