/** When commission is paid and when its cash comes, line by line: days between them, and commission paid ahead of its cash. */
import { type Counting, exactly, type MinorAmount, minus, negative, plus } from '../amount.js';
import type { Day } from '../day.js';
import type { Minor } from '../money.js';
import type { Ratio } from '../ratio.js';

/** Days between two things, each weighted by the commission that it is about. */
export interface WeightedDays {
  /** The commission that was counted. */
  readonly amount: Minor;
  /** Below 0 where commission is paid before the cash comes. */
  readonly mean: Ratio;
  /** Half of the commission took this many days or fewer. */
  readonly median: number;
}

/** Commission that is paid although its cash has not come, day by day up to the as-of date. */
export interface PaidAhead {
  /** The average of all days from the first on which commission is paid or cash comes. */
  readonly average: Ratio;
  readonly peak: Minor;
  /** The first day of the peak; undefined where nothing is ever paid ahead. */
  readonly peakDay: Day | undefined;
  /** The sum over days of what is ahead: times a yearly rate, and by 365, it is what financing it costs. */
  readonly moneyDays: bigint;
  /** What is ahead after each day on which it changes, in order of day. */
  readonly steps: readonly { readonly day: Day; readonly ahead: Minor }[];
}

/** A movement of money: what was paid, or what came in. */
interface Move {
  readonly day: Day;
  amount: MinorAmount;
}

/** Days with what they weigh. */
class DayWeights {
  readonly #weights = new Map<number, MinorAmount>();
  readonly #zero: MinorAmount;

  constructor(zero: MinorAmount) {
    this.#zero = zero;
  }

  add(days: number, amount: MinorAmount): void {
    this.#weights.set(days, plus(this.#weights.get(days) ?? this.#zero, amount));
  }

  /** Undefined where nothing was counted. */
  weighted(): WeightedDays | undefined {
    const all = [...this.#weights].sort(([a], [b]) => a - b);
    let [amount, sum] = [0n, 0n];
    for (const [days, weight] of all) {
      amount += exactly(weight);
      sum += BigInt(days) * exactly(weight);
    }
    if (amount === 0n) return undefined;
    let before = 0n;
    for (const [days, weight] of all) {
      before += exactly(weight);
      if (before * 2n >= amount) return { amount, mean: { n: sum, d: amount }, median: days };
    }
    return undefined;
  }
}

/** Follows one line after another. */
export class PayTiming {
  readonly #zero: MinorAmount;
  readonly #asOf: Day;
  /** From booking to pay, and from the customer's cash to pay. */
  readonly #fromBooking: DayWeights;
  readonly #fromCash: DayWeights;
  /** By day, how much more is ahead. */
  readonly #changes = new Map<Day, MinorAmount>();
  #first: Day | undefined;
  #uncollected: MinorAmount;
  // Of the current line.
  #booked = 0 as Day;
  #paid: Move[] = [];
  #cash: Move[] = [];
  #onCash: MinorAmount;

  constructor({ zero }: Counting, asOf: Day) {
    this.#zero = zero;
    this.#asOf = asOf;
    this.#fromBooking = new DayWeights(zero);
    this.#fromCash = new DayWeights(zero);
    this.#uncollected = zero;
    this.#onCash = zero;
  }

  /** Starts on a line. */
  start(booked: Day): void {
    this.#booked = booked;
    this.#paid = [];
    this.#cash = [];
    this.#onCash = this.#zero;
  }

  /** Commission of the line becomes payable, or below 0 is taken back, and is settled on a payday. */
  pay(day: Day, amount: MinorAmount): void {
    if (amount !== this.#zero) this.#paid.push({ day, amount });
  }

  /** @param commission - the part of the line's commission whose cash has come by then */
  collect(day: Day, commission: MinorAmount): void {
    if (commission === this.#onCash) return;
    this.#cash.push({ day, amount: minus(commission, this.#onCash) });
    this.#onCash = commission;
  }

  /** Adds up the line. */
  end(): void {
    this.#follow();
    // What is taken back, or given back to the customer, undoes what was paid or came in last.
    const [paid, cash] = [this.#lasting(this.#paid), this.#lasting(this.#cash)];
    for (const { day, amount } of paid) this.#fromBooking.add(day - this.#booked, amount);
    let next = 0;
    for (const move of paid) {
      while (move.amount > 0 && next < cash.length) {
        const from = cash[next] as Move;
        const part = move.amount < from.amount ? move.amount : from.amount;
        this.#fromCash.add(move.day - from.day, part);
        move.amount = minus(move.amount, part);
        from.amount = minus(from.amount, part);
        if (from.amount === this.#zero) next += 1;
      }
      // The line's pay is beyond its cash.
      this.#uncollected = plus(this.#uncollected, move.amount);
    }
  }

  /** From booking to pay; undefined where nothing is paid. */
  get fromBooking(): WeightedDays | undefined {
    return this.#fromBooking.weighted();
  }

  /** From the customer's cash to pay, of the commission that is paid and whose cash has come. */
  get fromCash(): WeightedDays | undefined {
    return this.#fromCash.weighted();
  }

  /** What is paid, or will be on the next payday, on cash that has not come. */
  get uncollected(): Minor {
    return exactly(this.#uncollected);
  }

  get paidAhead(): PaidAhead {
    const steps: { day: Day; ahead: Minor }[] = [];
    let [ahead, peak, moneyDays] = [0n, 0n, 0n];
    let peakDay: Day | undefined;
    let before = this.#first ?? this.#asOf;
    for (const [day, change] of [...this.#changes].sort(([a], [b]) => a - b)) {
      if (change === this.#zero) continue;
      moneyDays += ahead * BigInt(day - before);
      ahead += exactly(change);
      before = day;
      steps.push({ day, ahead });
      if (ahead > peak) [peak, peakDay] = [ahead, day];
    }
    moneyDays += ahead * BigInt(this.#asOf - before + 1);
    const days = this.#asOf - (this.#first ?? this.#asOf) + 1;
    return { average: { n: moneyDays, d: BigInt(days) }, peak, peakDay, moneyDays, steps };
  }

  /** Goes through the line's money in order of day, and notes what is paid ahead of its cash up to the as-of date. */
  #follow(): void {
    const [paid, cash] = [this.#paid, this.#cash];
    let [atPaid, atCash] = [0, 0];
    let [out, incoming, ahead] = [
      this.#zero as MinorAmount,
      this.#zero as MinorAmount,
      this.#zero as MinorAmount,
    ];
    for (;;) {
      const payday = paid[atPaid]?.day ?? Number.POSITIVE_INFINITY;
      const cashDay = cash[atCash]?.day ?? Number.POSITIVE_INFINITY;
      const day = Math.min(payday, cashDay) as Day;
      if (day > this.#asOf) return;
      if (this.#first === undefined || day < this.#first) this.#first = day;
      for (; paid[atPaid]?.day === day; atPaid += 1) out = plus(out, (paid[atPaid] as Move).amount);
      for (; cash[atCash]?.day === day; atCash += 1) incoming = plus(incoming, (cash[atCash] as Move).amount);
      const now = out > incoming ? minus(out, incoming) : this.#zero;
      if (now !== ahead) {
        this.#changes.set(day, plus(this.#changes.get(day) ?? this.#zero, minus(now, ahead)));
        ahead = now;
      }
    }
  }

  /** The moves without those that later ones undo. */
  #lasting(moves: readonly Move[]): Move[] {
    const lasting: Move[] = [];
    for (const { day, amount } of moves) {
      let undone = amount < 0 ? negative(amount) : this.#zero;
      if (amount > 0) lasting.push({ day, amount });
      while (undone > 0 && lasting.length > 0) {
        const last = lasting[lasting.length - 1] as Move;
        const part = undone < last.amount ? undone : last.amount;
        last.amount = minus(last.amount, part);
        undone = minus(undone, part);
        if (last.amount === this.#zero) lasting.pop();
      }
    }
    return lasting;
  }
}
