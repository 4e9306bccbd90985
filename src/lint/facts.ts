/** What questions are asked from: a calculation, the sums over its postings, and the inputs as written. */
import type { Ledgers } from '../engine/r2-ledgers/ledger.js';
import { measuringPlanFinder } from '../engine/r8-results/measuring-plan.js';
import type { AttainmentRow } from '../engine/r8-results/results.js';
import type { Result } from '../engine/result.js';
import type { LineWorking, Working } from '../engine/working.js';
import { groupedBy } from '../grouped.js';
import type { Plan } from '../plans/plan.js';
import type { TermsInput } from '../plans/schema.js';
import type { TermsPath } from '../problems/place.js';
import { type Customers, customersOf } from './customers.js';
import { Written } from './figures.js';
import { type LineSums, lineSums } from './line-sums.js';

/** A calculation with what questions need of its working. */
export interface Linted {
  readonly result: Result;
  readonly working: Working<'postings' | 'sales'>;
}

/** The inputs of the calculation as given: it keeps no reasons, and no short forms of keys. */
export interface Given {
  readonly terms: TermsInput;
  readonly ledgers: Ledgers;
}

export interface Facts {
  readonly result: Result;
  readonly lines: LineWorking;
  readonly given: Given;
  readonly customers: Customers;
  readonly sums: LineSums;
  readonly written: Written;
  /** The attainment of every quarter by the plan, and its version, that it is measured by. */
  readonly attainments: ReadonlyMap<Plan | undefined, readonly AttainmentRow[]>;
}

/** The facts of a calculation: one pass over its invoices, and one over its postings. */
export function factsOf({ result, working }: Linted, given: Given): Facts {
  const { sales, postings } = working;
  const customers = customersOf(sales.setting.books.invoices);
  return {
    result,
    lines: sales,
    given,
    customers,
    sums: lineSums(sales, postings, customers),
    written: new Written(result),
    attainments: groupedBy(result.attainments, measuringPlanFinder(result)),
  };
}

/** A plan or a version of one, with its keys in comp.yaml. */
export interface PlanAt {
  readonly plan: Plan;
  readonly path: TermsPath;
  /** Whether a key is written here, or left out here: a version takes over the keys that it does not write (R31.1). */
  readonly writes: (key: string) => boolean;
}

/** Every plan, each followed by its versions. */
export function plansOf({ result, given }: Facts): readonly PlanAt[] {
  let [index, version] = [-1, 0];
  return result.terms.plans.map((plan): PlanAt => {
    if (plan.from === undefined) {
      index += 1;
      version = 0;
      return { plan, path: ['plans', index], writes: () => true };
    }
    const written = given.terms.plans[index]?.versions?.[version];
    const path = ['plans', index, 'versions', version];
    version += 1;
    return { plan, path, writes: (key) => written !== undefined && key in written };
  });
}
