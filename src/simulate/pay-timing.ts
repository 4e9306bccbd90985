/** When commission is paid and when its cash comes, line by line: days between them, and commission paid ahead of its cash. */
import { type Counting, exactly, type MinorAmount, minus, negative, plus, sizeOf } from '../amount.js';
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

/** Movements of a line's money in order of day: what was paid, or what came in. A million lines share the room of one. */
class Moves {
  readonly days: Day[] = [];
  readonly amounts: MinorAmount[] = [];
  length = 0;

  clear(): void {
    this.length = 0;
  }

  add(day: Day, amount: MinorAmount): void {
    this.days[this.length] = day;
    this.amounts[this.length] = amount;
    this.length += 1;
  }

  dayOf(move: number): Day {
    return this.days[move] as Day;
  }

  amountOf(move: number): MinorAmount {
    return this.amounts[move] as MinorAmount;
  }

  /** Takes off what is below 0: it undoes what moved last before it. */
  settle(zero: MinorAmount): void {
    let kept = 0;
    for (let move = 0; move < this.length; move += 1) {
      const amount = this.amountOf(move);
      if (amount > 0) {
        this.days[kept] = this.dayOf(move);
        this.amounts[kept] = amount;
        kept += 1;
        continue;
      }
      let undone = negative(amount);
      while (undone > 0 && kept > 0) {
        const last = this.amountOf(kept - 1);
        const part = undone < last ? undone : last;
        undone = minus(undone, part);
        this.amounts[kept - 1] = minus(last, part);
        if (this.amounts[kept - 1] === zero) kept -= 1;
      }
    }
    this.length = kept;
  }
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
  readonly #mustFit: Counting['mustFit'];
  readonly #asOf: Day;
  /** From booking to pay, and from the customer's cash to pay. */
  readonly #fromBooking: DayWeights;
  readonly #fromCash: DayWeights;
  /** By day, how much more is ahead. */
  readonly #changes = new Map<Day, MinorAmount>();
  #first: Day | undefined;
  /** Of the commission whose cash comes and goes, roughly: what is posted has been added up already. */
  #sizes = 0;
  #uncollected: MinorAmount;
  // Of the current line.
  #booked = 0 as Day;
  readonly #paid = new Moves();
  readonly #cash = new Moves();
  #onCash: MinorAmount;

  constructor({ zero, mustFit }: Counting, asOf: Day) {
    this.#zero = zero;
    this.#mustFit = mustFit;
    this.#asOf = asOf;
    this.#fromBooking = new DayWeights(zero);
    this.#fromCash = new DayWeights(zero);
    this.#uncollected = zero;
    this.#onCash = zero;
  }

  /** Starts on a line. */
  start(booked: Day): void {
    this.#booked = booked;
    this.#paid.clear();
    this.#cash.clear();
    this.#onCash = this.#zero;
  }

  /** Commission of the line becomes payable, or below 0 is taken back, and is settled on a payday. */
  pay(day: Day, amount: MinorAmount): void {
    if (amount !== this.#zero) this.#paid.add(day, amount);
  }

  /** @param commission - the part of the line's commission whose cash has come by then */
  collect(day: Day, commission: MinorAmount): void {
    if (commission === this.#onCash) return;
    const moved = minus(commission, this.#onCash);
    this.#sizes += sizeOf(moved);
    this.#cash.add(day, moved);
    this.#onCash = commission;
  }

  /** Adds up the line. */
  end(): void {
    const [paid, cash] = [this.#paid, this.#cash];
    if (paid.length === 0 && cash.length === 0) return;
    this.#follow();
    paid.settle(this.#zero);
    cash.settle(this.#zero);
    let next = 0;
    for (let move = 0; move < paid.length; move += 1) {
      const day = paid.dayOf(move);
      let left = paid.amountOf(move);
      this.#fromBooking.add(day - this.#booked, left);
      while (left > 0 && next < cash.length) {
        const there = cash.amountOf(next);
        const part = left < there ? left : there;
        this.#fromCash.add(day - cash.dayOf(next), part);
        left = minus(left, part);
        cash.amounts[next] = minus(there, part);
        if (part === there) next += 1;
      }
      // The line's pay is beyond its cash.
      this.#uncollected = plus(this.#uncollected, left);
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

  /** @throws BeyondSafe where amounts that large cannot be counted so */
  get paidAhead(): PaidAhead {
    this.#mustFit(this.#sizes);
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
    let out: MinorAmount = this.#zero;
    let incoming: MinorAmount = this.#zero;
    let ahead: MinorAmount = this.#zero;
    for (;;) {
      const payday = atPaid < paid.length ? paid.dayOf(atPaid) : NEVER;
      const cashDay = atCash < cash.length ? cash.dayOf(atCash) : NEVER;
      const day = (payday < cashDay ? payday : cashDay) as Day;
      if (day > this.#asOf) return;
      if (this.#first === undefined || day < this.#first) this.#first = day;
      for (; atPaid < paid.length && paid.dayOf(atPaid) === day; atPaid += 1)
        out = plus(out, paid.amountOf(atPaid));
      for (; atCash < cash.length && cash.dayOf(atCash) === day; atCash += 1)
        incoming = plus(incoming, cash.amountOf(atCash));
      const now = out > incoming ? minus(out, incoming) : this.#zero;
      if (now !== ahead) {
        this.#changes.set(day, plus(this.#changes.get(day) ?? this.#zero, minus(now, ahead)));
        ahead = now;
      }
    }
  }
}

/** Later than every day. */
const NEVER = 2 ** 30 - 1;
