/** What other terms would have cost on the same ledgers, and who would have been paid what, when. */
import { addDays, type Day, findDay } from '../day.js';
import type { Run } from '../engine/calculate.js';
import type { Inputs } from '../engine/open.js';
import { findQuarter } from '../engine/r2-ledgers/calendar.js';
import { byCodeUnit } from '../order.js';
import type { TermsInput } from '../plans/schema.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { type Collections, collect, type RuleEffect } from './collections/collect.js';
import type { CollectionRule } from './collections/rule.js';
import { type CustomerOutlook, type Forecast, forecast } from './forecast/forecast.js';
import { type Measures, measuresOf } from './measures.js';
import { type People, peopleOf } from './people.js';
import { type FollowedRun, Refused, type RunChanges, type RunTerms, withRuns } from './runs.js';
import { KnownSales } from './sales.js';
import type { Suppositions, Variant } from './variant.js';
import { differencesOf, type LineDifference } from './why.js';

/** Variants side by side. Amounts are whole minor units of the currency. */
export interface Simulation {
  /** The last day that counts: the as-of date, or the end of a forecast. */
  readonly asOf: string;
  readonly currency: { readonly code: string; readonly digits: number };
  /** Names of people by rep id, as the ledger of reps has them. */
  readonly names: ReadonlyMap<string, string>;
  /** The terms of today, with which every variant is compared. */
  readonly today: SimulatedToday;
  /** In the order given. */
  readonly variants: readonly SimulatedVariant[];
  /** What the rules of collection move; undefined without rules. */
  readonly collections: CollectionEffects | undefined;
  /** Undefined unless this is a forecast. */
  readonly forecast: ForecastFacts | undefined;
}

/** What the terms of today come to. */
export interface SimulatedToday extends Measures {
  /** With the cash as the rules of collection move it; undefined without rules. */
  readonly collected: Measures | undefined;
}

/** What a variant comes to, by itself and beside today. */
export interface SimulatedVariant extends SimulatedToday {
  readonly name: string;
  /** Whether nothing about it differs from today. */
  readonly isAsToday: boolean;
  readonly people: People;
  /** The lines that differ of the rep or the invoice that was asked about; undefined where nothing was. */
  readonly differences: readonly LineDifference[] | undefined;
}

/** What rules of collection move. */
export interface CollectionEffects {
  readonly rules: readonly RuleEffect[];
  /** How many invoices have cash that moves. */
  readonly invoices: number;
}

/** What a forecast is made from. */
export interface ForecastFacts {
  /** What is later than this day is expected, `YYYY-MM-DD`. */
  readonly from: string;
  readonly until: string;
  /** The first quarter with days that are later. */
  readonly firstQuarter: string;
  readonly payments: number;
  readonly neverPaid: number;
  readonly customers: readonly CustomerOutlook[];
  readonly all: CustomerOutlook | undefined;
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
 * @param suppositions - what holds for all of them: rules of collection, a forecast
 * @returns what every variant costs, when it pays, what it risks and what it means for each rep
 */
export function simulateTexts(
  { terms, ledgers, asOf, counting }: Omit<Inputs, 'keep' | 'closes'>,
  variants: readonly Variant[],
  suppositions: Suppositions = {},
): SimulationOutcome {
  let running: string | undefined;
  const inputs = { terms, ledgers, asOf, ...(counting && { counting }) };
  try {
    const simulation = withRuns(inputs, (run): Simulation => {
      running = undefined;
      const ground = groundOf(run, terms, suppositions);
      const { today, changes, collections } = ground;
      const measured = new Map<string, Sides>();
      const sales = new KnownSales();
      const measure = ({ run: done, followed }: FollowedRun) => measuresOf(done, followed, sales.of(done));
      const sidesOf = (written: TermsInput): Sides => {
        const key = keyOf(written);
        const known = measured.get(key);
        if (known !== undefined) return known;
        const own = key === keyOf(terms) ? today : run(written, changes);
        checkCurrency(today.run, own.run);
        const sides = {
          measures: measure(own),
          collected: collections && measure(run(written, { ...changes, books: collections.books })),
          differences:
            suppositions.explain === undefined
              ? undefined
              : differencesOf(today.run, own.run, suppositions.explain),
        };
        measured.set(key, sides);
        return sides;
      };
      const current = sidesOf(terms);
      const simulated = variants.map(({ name, terms: written = terms }): SimulatedVariant => {
        running = name;
        const { measures, collected, differences } = sidesOf(written);
        const isAsToday = keyOf(written) === keyOf(terms);
        const people = peopleOf(current.measures, measures);
        return { name, isAsToday, ...measures, collected, people, differences };
      });
      return {
        asOf: changes.asOf ?? asOf,
        currency: today.run.setting.terms.currency,
        names: new Map(today.run.setting.books.plain.reps.map(({ rep_id: rep, name }) => [rep, name])),
        today: { ...current.measures, collected: current.collected },
        variants: simulated,
        collections: collections && { rules: collections.rules, invoices: collections.invoices },
        forecast: ground.forecast && factsOf(ground.forecast, today.run, changes.asOf ?? asOf, asOf),
      };
    });
    return { kind: 'simulated', simulation };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: 'refused', faults: error.faults, variant: running };
  }
}

/** What one set of terms comes to: a run of a million invoices is not kept. */
interface Sides {
  readonly measures: Measures;
  readonly collected: Measures | undefined;
  readonly differences: readonly LineDifference[] | undefined;
}

/** What all variants stand on: the ledgers as they are, or with what a forecast expects, and with what rules move. */
interface Ground {
  readonly today: FollowedRun;
  readonly changes: RunChanges;
  readonly forecast: Forecast | undefined;
  readonly collections: Collections | undefined;
}

function groundOf(run: RunTerms, terms: TermsInput, { until, collect: rules }: Suppositions): Ground {
  const known = run(terms);
  const expected = until === undefined ? undefined : forecast(known.run, findDay(until) as Day);
  const changes = expected === undefined || until === undefined ? {} : { asOf: until, books: expected.books };
  const today = expected === undefined ? known : run(terms, changes);
  if (rules !== undefined) checkCustomers(today.run, rules);
  const collections = rules === undefined || rules.length === 0 ? undefined : collect(today.run, rules);
  return { today, changes, forecast: expected, collections };
}

/** Amounts of two currencies cannot be compared. */
function checkCurrency({ setting: today }: Run, { setting: variant }: Run): void {
  const [expected, found] = [today.terms.currency.code, variant.terms.currency.code];
  if (found === expected) return;
  const place = { kind: 'terms', path: ['currency'] } as const;
  throw new Refused([{ code: 'wrong-value', place, found, expected: `${expected}, as today` }]);
}

/** A rule on a customer whom no invoice names is most likely misspelled. */
function checkCustomers({ setting }: Run, rules: readonly CollectionRule[]): void {
  const { invoices } = setting.books;
  const named = rules.flatMap(({ text, when }) =>
    when.flatMap((one) => (one.kind === 'customer' ? [{ text, customerId: one.customerId }] : [])),
  );
  if (named.length === 0) return;
  const known = new Set<string>();
  for (let invoice = 0; invoice < invoices.length; invoice += 1) known.add(invoices.customers.at(invoice));
  const faults = named
    .filter(({ customerId }) => !known.has(customerId))
    .map(({ text, customerId }): Fault => {
      const nearest = findNearest(customerId, [...known]) ?? [...known].sort(byCodeUnit)[0];
      const expected = `a customer of the invoices${nearest === undefined ? '' : `, such as ${nearest}`}`;
      return { code: 'wrong-value', place: { kind: 'run' }, found: text, expected };
    });
  if (faults.length > 0) throw new Refused(faults);
}

/** Two terms with the same text are the same. */
function keyOf(terms: TermsInput): string {
  return JSON.stringify(terms, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}

function factsOf(
  { books: _, ...facts }: Forecast,
  { setting }: Run,
  until: string,
  from: string,
): ForecastFacts {
  const next = addDays(findDay(from) as Day, 1);
  return { from, until, firstQuarter: findQuarter(setting.calendar, next)?.name ?? '', ...facts };
}
