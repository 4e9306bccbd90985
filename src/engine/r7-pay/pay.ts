/** Netting by line and what is paid, period after period (R7). */
import { type Minor, min, roundDown } from '../../money.js';
import type { Ratio } from '../../ratio.js';
import type { Posting } from '../r6-postings/postings.js';

/** What a rep's postings of one period come to. */
interface Flows {
  earned: Minor;
  advanced: Minor;
  released: Minor;
  held: Minor;
  forfeited: Minor;
  clawedBack: Minor;
  reinstated: Minor;
  /** Σ positive and Σ negative line nets, both as positive amounts. */
  gains: Minor;
  charged: Minor;
  /** Σ over lines with a positive net of min(net, what the line was reinstated). */
  back: Minor;
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
  readonly #periods = new Map<string, Flows>();

  /** Adds the postings of one line; they are in order of date. */
  add(postings: readonly Posting[]): void {
    let net = 0n;
    let reinstated = 0n;
    postings.forEach((posting, index) => {
      const flows = this.#flows(posting.period);
      flows.earned += posting.earned;
      flows.advanced += posting.advanced;
      flows.released += posting.released;
      flows.held += posting.held;
      flows.forfeited += posting.forfeited;
      if (posting.clawedBack > 0n) flows.clawedBack += posting.clawedBack;
      else reinstated -= posting.clawedBack;
      net += posting.advanced + posting.released - posting.clawedBack;
      if (postings[index + 1]?.period === posting.period) return;
      flows.reinstated += reinstated;
      if (net > 0n) {
        flows.gains += net;
        flows.back += min(net, reinstated);
      } else {
        flows.charged -= net;
      }
      [net, reinstated] = [0n, 0n];
    });
  }

  /**
   * R7.2, R7.3: the periods' rows, each opening with what the one before it closed with.
   *
   * @param periods - the names of the rep's periods in order, without gaps
   */
  settle(periods: readonly string[], recoveryLimit: Ratio): PayRow[] {
    let [heldOpening, owedOpening] = [0n, 0n];
    return periods.map((period) => {
      const flows = this.#periods.get(period) ?? noFlows();
      const { earned, advanced, released, forfeited, clawedBack, reinstated, gains, charged } = flows;
      const debt = owedOpening + charged;
      const cancelled = min(flows.back, debt);
      const most = roundDown(recoveryLimit.n * (gains - cancelled), recoveryLimit.d);
      const recovered = min(debt - cancelled, most);
      const row: PayRow = {
        earned,
        advanced,
        released,
        forfeited,
        heldOpening,
        held: heldOpening + flows.held,
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

  #flows(period: string): Flows {
    let flows = this.#periods.get(period);
    if (flows === undefined) {
      flows = noFlows();
      this.#periods.set(period, flows);
    }
    return flows;
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

function noFlows(): Flows {
  return {
    earned: 0n,
    advanced: 0n,
    released: 0n,
    held: 0n,
    forfeited: 0n,
    clawedBack: 0n,
    reinstated: 0n,
    gains: 0n,
    charged: 0n,
    back: 0n,
  };
}
