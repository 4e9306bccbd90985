/** What the kit draws: rates, plans, teams, histories, changes of plans, and edits after a close. */
import fc from 'fast-check';
import type { TeamRow } from '../ledger-specs/teams.js';
import type { Inputs } from '../library/given-inputs.js';
import type { PlanInput, TermsInput } from '../plans/schema.js';
import { addDays } from './days.js';
import { dressedIn, type Feature } from './features.js';
import { withTerms } from './given-terms.js';
import { histories as sketched } from './histories.js';
import { type History, inputsOf } from './history.js';
import { lateHistoriesOf, periodEndsOf } from './late.js';
import { ALWAYS, BASE, type Limits, REPS } from './limits.js';
import type { PlanChange } from './plan-change.js';
import { planSketches } from './plans.js';
import { rateSketches } from './rates.js';

/** What histories are to be like. */
export interface HistoryOptions extends Omit<Limits, 'sensible'> {
  /** The terms to try, in place of drawn ones: the ledgers then have all that these plans ask for. */
  readonly terms?: TermsInput;
  /** Features of plans that some of the histories have; none, unless given. Not with `terms`. */
  readonly features?: readonly Feature[];
  /**
   * Ledgers as they should not be, but may: cash before the sale, amounts below 0, more paid than is owed, rows that name
   * nothing. Not with `terms`.
   */
  readonly corners?: boolean;
}

/**
 * Whole histories, as inputs of `calculate` without faults: up to twelve invoices of three reps, with payments, refunds,
 * write-offs and credit memos. Dates are in order and cash mostly matches, unless `corners` are asked for. A failing case
 * shrinks to few invoices and events, with plain days and amounts, and is shown as CSV.
 *
 * @example fc.assert(fc.property(histories({ terms }), (inputs) => checkLaws(calculate, inputs)));
 */
export function histories(options: HistoryOptions = {}): fc.Arbitrary<Inputs> {
  return drawnHistories(options).map(inputsOf);
}

function drawnHistories({ terms, features, corners, ...limits }: HistoryOptions): fc.Arbitrary<History> {
  if (terms !== undefined) {
    const usual = sketched({ alwaysOnPlan: true, minPlans: 2, ...limits, sensible: true });
    return usual.map((history) => withTerms(history, terms, limits.quota));
  }
  const all: Limits = corners === true ? limits : { alwaysOnPlan: true, ...limits, sensible: true };
  if (features === undefined || features.length === 0) return sketched(all);
  return dressedIn(features, all).map(({ history }) => history);
}

/**
 * Plans of credit own, of every level, with rates of every kind.
 *
 * @param limits - what the plans must be like: `plainClawback`, `plainRelease`
 */
export function plans(limits: Pick<Limits, 'plainClawback' | 'plainRelease'> = {}): fc.Arbitrary<PlanInput> {
  return planSketches(limits).map((plan) => ({ id: 'plan', ...plan }) as PlanInput);
}

/** Rates: flat, or tables by quota or by amount, marginal or retroactive, by the quarter, the year or the year to date. */
export function rates(): fc.Arbitrary<NonNullable<PlanInput['rate']>> {
  return rateSketches() as fc.Arbitrary<NonNullable<PlanInput['rate']>>;
}

/**
 * Rows of the teams ledger (R12.3) for the reps of {@link histories}: a tree without cycles, in which some change managers.
 *
 * @param limits - `from`: as the histories have it
 */
export function teams({ from: base = BASE }: Pick<Limits, 'from'> = {}): fc.Arbitrary<readonly TeamRow[]> {
  const shares = fc.constantFrom('100%', '50%', '0.3');
  const membership = fc.record({ manager: fc.nat(1), share: shares, days: fc.nat(300) });
  return fc.tuple(...REPS.map(() => fc.option(membership, { nil: undefined }))).map((drawn) =>
    drawn.flatMap((one, at): TeamRow[] => {
      if (one === undefined) return [];
      const rep_id = REPS[at] ?? '';
      const [first, second] = one.manager === 0 ? ['M1', 'M2'] : ['M2', 'M1'];
      const change = addDays(base, one.days);
      return [
        { rep_id, manager_id: first, from: ALWAYS, to: addDays(change, -1), share: one.share },
        { rep_id, manager_id: second, from: change, to: '', share: one.share },
      ];
    }),
  );
}

/**
 * Changes of plan during the time of {@link histories}: to the plan given, or to one of every level; of all reps, or of one.
 *
 * @param limits - `from`: as the histories have it
 * @example fc.property(histories({ terms }), planChanges(fc.constant(plan)), (inputs, change) => planChange(calculate, inputs, change))
 */
export function planChanges(
  plan: fc.Arbitrary<PlanInput> = plans(),
  { from: base = BASE }: Pick<Limits, 'from'> = {},
): fc.Arbitrary<PlanChange> {
  return fc.record(
    {
      on: fc.integer({ min: 1, max: 270 }).map((days) => addDays(base, days)),
      plan: plan.map((one) => ({ ...one, id: `${one.id} after the change` })),
      reps: fc.subarray(REPS, { minLength: 1 }),
    },
    { requiredKeys: ['on', 'plan'] },
  );
}

/**
 * Inputs with closes: pay periods were closed one by one, and rows came late, were taken out or corrected in between, so
 * that closed periods are adjusted (R11.2).
 */
export function editedHistories(options: HistoryOptions = {}): fc.Arbitrary<Inputs> {
  return lateHistoriesOf(drawnHistories(options)).map((late) => {
    const last = [...periodEndsOf(late)].at(-1);
    return last === undefined ? inputsOf(late.history) : { ...inputsOf(last.known), closes: last.closes };
  });
}
