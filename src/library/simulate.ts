/** Other terms on the same ledgers, as a program asks for them. */

import { findDay } from '../day.js';
import type { Fault } from '../problems/problem.js';
import { readRule } from '../simulate/collections/rule.js';
import { type SimulationOutcome, simulateTexts } from '../simulate/simulate.js';
import type { Variant } from '../simulate/variant.js';
import { shownCell } from './given-cell.js';
import { type Inputs, readInputs } from './given-inputs.js';

/** What else is supposed, for every variant alike. */
export interface SimulateOptions {
  /**
   * Rules that move customers' cash, such as `past-due > 30: 15 days earlier`, `customer C7: never` or
   * `all: on the due date`; the first that fits decides.
   */
  readonly collect?: readonly string[];
  /** The last day of a forecast, `YYYY-MM-DD`: open invoices are paid as customers have paid. */
  readonly until?: string;
  /** A rep or an invoice whose differences are listed event by event. */
  readonly explain?: string;
}

/**
 * Calculates the same ledgers under other terms, side by side: what every variant costs, when it pays, what it risks, and
 * what it means for each rep. Closes are left aside: the figures show what would have been paid, not what is due. Pure, and
 * the same for every order of rows. The ledgers are read once.
 *
 * @param inputs - as for `calculate`; its terms are those of today, with which every variant is compared
 * @param variants - each with a name and terms of its own; {@link termsAtLevel} and {@link fromDay} make some
 * @param options - rules of collection, the last day of a forecast, and whose differences to explain
 * @returns the simulation, amounts in whole minor units; or every fault, with the variant that has them
 * @example
 * const outcome = simulate(inputs, [{ name: 'level 3', terms: termsAtLevel(inputs.terms, 3).terms }]);
 * if (outcome.kind === 'simulated') console.log(outcome.simulation.variants[0]?.totals.paid);
 */
export function simulate(
  inputs: Omit<Inputs, 'keep' | 'closes'>,
  variants: readonly Variant[],
  { collect = [], ...suppositions }: SimulateOptions = {},
): SimulationOutcome {
  const given = readInputs({ ...inputs, keep: {} });
  const faults: Fault[] = [
    ...(given.faults ?? []),
    ...variantFaults(variants),
    ...dayFaults(suppositions, inputs.asOf),
  ];
  const rules = collect.map(readRule);
  for (const { fault } of rules) if (fault !== undefined) faults.push(fault);
  if (given.inputs === undefined || faults.length > 0) return { kind: 'refused', faults, variant: undefined };
  return simulateTexts(given.inputs, variants, {
    ...suppositions,
    collect: rules.flatMap(({ rule }) => rule ?? []),
  });
}

/** Each variant has a name of its own. */
function variantFaults(variants: readonly Variant[]): Fault[] {
  const seen = new Set<string>();
  return variants.flatMap(({ name }): Fault[] => {
    const isNew = typeof name === 'string' && name !== '' && !seen.has(name);
    seen.add(name);
    if (isNew) return [];
    const expected = 'a name that no other variant has';
    return [{ code: 'wrong-value', place: { kind: 'run' }, found: shownCell(name), expected }];
  });
}

function dayFaults({ until }: SimulateOptions, asOf: string): Fault[] {
  if (until === undefined || (findDay(until) !== undefined && until > asOf)) return [];
  const expected = `a day after the as-of date, such as 2026-06-30`;
  return [{ code: 'wrong-value', place: { kind: 'run' }, found: shownCell(until), expected }];
}
