/** What other terms would have cost on the same ledgers, and who would have been paid what, when. */
import type { Inputs } from '../engine/open.js';
import type { TermsInput } from '../plans/schema.js';
import type { Fault } from '../problems/problem.js';
import { type Measures, measuresOf } from './measures.js';
import { type People, peopleOf } from './people.js';
import { Refused, withRuns } from './runs.js';
import type { Variant } from './variant.js';

/** Variants side by side. Amounts are whole minor units of the currency. */
export interface Simulation {
  readonly asOf: string;
  readonly currency: { readonly code: string; readonly digits: number };
  /** The terms of today, under which everybody is compared with themselves. */
  readonly today: Measures;
  /** In the order given. */
  readonly variants: readonly SimulatedVariant[];
}

/** What a variant comes to, by itself and beside today. */
export interface SimulatedVariant extends Measures {
  readonly name: string;
  readonly people: People;
}

/** A simulation, or every fault of the inputs: of the terms of today, or of the variant that is named. */
export type SimulationOutcome =
  | { readonly kind: 'simulated'; readonly simulation: Simulation }
  | {
      readonly kind: 'refused';
      readonly faults: readonly Fault[];
      /** The variant whose terms have the faults; undefined where the inputs have them. */
      readonly variant: string | undefined;
    };

/**
 * Calculates the same ledgers under several terms. Closes are left aside: the figures show what would have been paid, not
 * what is due.
 *
 * @param inputs - as for a calculation; its terms are those of today
 * @param variants - each with a name of its own
 * @returns what every variant costs, when it pays, what it risks and what it means for each rep
 */
export function simulateTexts(
  { terms, ledgers, asOf, counting }: Inputs,
  variants: readonly Variant[],
): SimulationOutcome {
  let running: string | undefined;
  try {
    return withRuns({ terms, ledgers, asOf, ...(counting && { counting }) }, (run) => {
      const measured = new Map<TermsInput, Measures>();
      const measure = (written: TermsInput): Measures => {
        const known = measured.get(written);
        if (known !== undefined) return known;
        const measures = measuresOf(run(written));
        measured.set(written, measures);
        return measures;
      };
      running = undefined;
      const current = run(terms);
      const { currency } = current.setting.terms;
      const today = measuresOf(current);
      measured.set(terms, today);
      const simulated = variants.map(({ name, terms: written = terms }) => {
        running = name;
        const measures = measure(written);
        return { name, ...measures, people: peopleOf(today, measures) };
      });
      return { kind: 'simulated', simulation: { asOf, currency, today, variants: simulated } };
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: 'refused', faults: error.faults, variant: running };
  }
}
