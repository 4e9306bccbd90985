/** What questions are asked from: a calculation, the sums over its postings, and the inputs as written. */
import type { Ledgers } from '../engine/r2-ledgers/ledger.js';
import type { PostingTable } from '../engine/r6-postings/posting-table.js';
import type { AttainmentRow } from '../engine/r8-results/results.js';
import type { Result } from '../engine/result.js';
import type { LineWorking, Working } from '../engine/working.js';
import { groupedBy } from '../grouped.js';
import type { Plan } from '../plans/plan.js';
import type { TermsInput } from '../plans/schema.js';
import { Written } from './figures.js';
import { type LineSums, lineSums } from './line-sums.js';

/** A calculation with what questions need of its working. */
export interface Linted {
  readonly result: Result;
  readonly working: Working<'postings' | 'lines'>;
}

/** The inputs of the calculation as given: it keeps no reasons, and no short forms of keys. */
export interface Given {
  readonly terms: TermsInput;
  readonly ledgers: Ledgers;
}

export interface Facts {
  readonly result: Result;
  readonly lines: LineWorking;
  readonly postings: PostingTable;
  readonly given: Given;
  readonly sums: LineSums;
  readonly written: Written;
  /** The attainment of every quarter by the plan that it is measured by. */
  readonly attainments: ReadonlyMap<string | undefined, readonly AttainmentRow[]>;
}

/** The facts of a calculation: one pass over its postings. */
export function factsOf({ result, working }: Linted, given: Given): Facts {
  const { lines, postings } = working;
  return {
    result,
    lines,
    postings,
    given,
    sums: lineSums(lines, postings),
    written: new Written(result),
    attainments: groupedBy(result.attainments, ({ planId }) => planId),
  };
}

/** The plans with their keys in comp.yaml. */
export function plansOf({ result }: Facts): readonly { readonly plan: Plan; readonly path: PlanPath }[] {
  return result.terms.plans.map((plan, index) => ({ plan, path: ['plans', index] }));
}

export type PlanPath = readonly ['plans', number];
