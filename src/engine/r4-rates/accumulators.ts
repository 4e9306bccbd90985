/** What a rep has booked so far in a window, in revenue and in gross profit (R3.2, R4.4). */
import type { Measure } from '../../plans/plan.js';
import { negative, type Ratio, times } from '../../ratio.js';
import { type Line, measured } from '../r3-sales/line.js';
import { Tally } from './tally.js';

const MEASURES: readonly Measure[] = ['revenue', 'gross-profit'];

/** One window's accumulators; gross profit is not known while a line has no cost. */
export class Accumulators {
  readonly #tallies: Readonly<Record<Measure, Tally>> = { revenue: new Tally(), 'gross-profit': new Tally() };
  readonly #withoutCost = new Set<Line>();

  /** A booking adds the line's quota credit. */
  book(line: Line): void {
    for (const measure of MEASURES) this.#add(measure, line, measured(line, measure));
  }

  /** A credit memo takes a share of it away (R4.9). */
  credit(line: Line, share: Ratio): void {
    for (const measure of MEASURES) {
      const booked = measured(line, measure);
      this.#add(measure, line, booked && negative(times(booked, share)));
    }
  }

  /** The accumulator that a plan looks at; the lines whose cost it misses are told. */
  read(measure: Measure, missesCost: (line: Line) => void): Tally {
    if (measure === 'gross-profit') {
      this.#withoutCost.forEach(missesCost);
      // Told once is enough.
      this.#withoutCost.clear();
    }
    return this.#tallies[measure];
  }

  clear(): void {
    for (const measure of MEASURES) this.#tallies[measure].clear();
    this.#withoutCost.clear();
  }

  #add(measure: Measure, line: Line, credit: Ratio | undefined): void {
    if (credit === undefined) this.#withoutCost.add(line);
    else this.#tallies[measure].add(credit);
  }
}
