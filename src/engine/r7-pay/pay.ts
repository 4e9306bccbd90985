/** Netting by line and what is paid, period after period (R7). */
import { type Amount, type Counting, exactly, least } from '../../amount.js';
import { type Minor, min, roundDown } from '../../money.js';
import type { Ratio } from '../../ratio.js';
import type { Targets } from '../r5-targets/targets.js';

/** What a rep's postings of one period come to. */
class Flows {
  earned: Amount;
  advanced: Amount;
  released: Amount;
  held: Amount;
  forfeited: Amount;
  clawedBack: Amount;
  reinstated: Amount;
  /** Σ positive and Σ negative line nets, both as positive amounts. */
  gains: Amount;
  charged: Amount;
  /** Σ over lines with a positive net of min(net, what the line was reinstated). */
  back: Amount;

  constructor(zero: Amount) {
    [this.earned, this.advanced, this.released, this.held, this.forfeited] = [zero, zero, zero, zero, zero];
    [this.clawedBack, this.reinstated, this.gains, this.charged, this.back] = [zero, zero, zero, zero, zero];
  }
}

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

/** One rep's postings, summed by pay period. */
export class Account {
  readonly #zero: Amount;
  readonly #periods = new Map<number, Flows>();
  // The line in hand, in the period in hand.
  #period = -1;
  #flows: Flows;
  #net: Amount;
  #reinstated: Amount;

  constructor({ zero }: Counting) {
    this.#zero = zero;
    this.#flows = new Flows(zero);
    [this.#net, this.#reinstated] = [zero, zero];
  }

  /**
   * Adds a posting of the line in hand; a line's postings are in order of date.
   *
   * @param period - the place of the posting's pay period in the calendar
   */
  add(period: number, change: Targets): void {
    if (period !== this.#period) this.#enter(period);
    const flows = this.#flows;
    flows.earned += change.earned;
    flows.advanced += change.advanced;
    flows.released += change.released;
    flows.held += change.held;
    flows.forfeited += change.forfeited;
    if (change.clawedBack > 0) flows.clawedBack += change.clawedBack;
    else this.#reinstated -= change.clawedBack;
    this.#net += change.advanced + change.released - change.clawedBack;
  }

  /** Ends the line in hand: what it comes to in a period is a gain or a charge as a whole (R7.2). */
  endLine(): void {
    const flows = this.#flows;
    const [net, reinstated] = [this.#net, this.#reinstated];
    flows.reinstated += reinstated;
    if (net > 0) {
      flows.gains += net;
      flows.back += least(net, reinstated);
    } else {
      flows.charged -= net;
    }
    [this.#net, this.#reinstated] = [this.#zero, this.#zero];
  }

  /**
   * R7.2, R7.3: the periods' rows, each opening with what the one before it closed with.
   *
   * @param periods - the places of the rep's periods in the calendar, in order and without gaps
   */
  settle(periods: readonly number[], recoveryLimit: Ratio): PayRow[] {
    let [heldOpening, owedOpening] = [0n, 0n];
    return periods.map((period) => {
      const flows = this.#periods.get(period) ?? new Flows(this.#zero);
      const [earned, advanced, released] = [
        exactly(flows.earned),
        exactly(flows.advanced),
        exactly(flows.released),
      ];
      const [forfeited, held] = [exactly(flows.forfeited), exactly(flows.held)];
      const [clawedBack, reinstated] = [exactly(flows.clawedBack), exactly(flows.reinstated)];
      const [gains, charged] = [exactly(flows.gains), exactly(flows.charged)];
      const debt = owedOpening + charged;
      const cancelled = min(exactly(flows.back), debt);
      const most = roundDown(recoveryLimit.n * (gains - cancelled), recoveryLimit.d);
      const recovered = min(debt - cancelled, most);
      const row: PayRow = {
        earned,
        advanced,
        released,
        forfeited,
        heldOpening,
        held: heldOpening + held,
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

  #enter(period: number): void {
    this.endLine();
    this.#period = period;
    const known = this.#periods.get(period);
    this.#flows = known ?? new Flows(this.#zero);
    if (known === undefined) this.#periods.set(period, this.#flows);
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
