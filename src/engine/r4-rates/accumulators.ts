/** What a rep has booked so far in a window, in revenue and in gross profit (R3.2, R4.4). */
import type { Counting } from '../../amount.js';
import { exactly } from '../../amount.js';
import type { Measure } from '../../plans/plan.js';
import { negative, type Ratio, times } from '../../ratio.js';
import type { Lines } from '../r3-sales/lines.js';
import { Tally } from './tally.js';

/** One window's accumulators; gross profit is not known while a line has no cost. */
export class Accumulators {
  readonly #lines: Lines;
  readonly #tallies: readonly (readonly [Measure, Tally])[];
  readonly #withoutCost = new Set<number>();

  /** @param measures - those that anybody asks for */
  constructor(lines: Lines, measures: readonly Measure[], counting: Counting) {
    this.#lines = lines;
    this.#tallies = measures.map((measure) => [measure, new Tally(counting)]);
  }

  /** A booking adds the line's quota credit. */
  book(line: number): void {
    for (const [measure, tally] of this.#tallies) {
      const credit = this.#lines.measure(line, measure);
      if (credit === undefined) this.#withoutCost.add(line);
      else tally.add(credit);
    }
  }

  /** A credit memo takes a share of it away (R4.9). */
  credit(line: number, share: Ratio): void {
    for (const [measure, tally] of this.#tallies) {
      const booked = this.#lines.measure(line, measure);
      if (booked === undefined) this.#withoutCost.add(line);
      else tally.addRatio(negative(times({ n: exactly(booked.n), d: exactly(booked.d) }, share)));
    }
  }

  /** The accumulator that a plan looks at; the lines whose cost it misses are told. */
  read(measure: Measure, missesCost: (line: number) => void): Tally {
    if (measure === 'gross-profit') {
      this.#withoutCost.forEach(missesCost);
      // Told once is enough.
      this.#withoutCost.clear();
    }
    const [, tally] = this.#tallies.find(([one]) => one === measure) as readonly [Measure, Tally];
    return tally;
  }

  clear(): void {
    for (const [, tally] of this.#tallies) tally.clear();
    this.#withoutCost.clear();
  }
}
