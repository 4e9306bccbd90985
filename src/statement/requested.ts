/** The statements that somebody asks for: a period and reps; or why there are none. */
import type { ClosedUnder } from '../closing/period-state.js';
import { calculateStreaming } from '../engine/calculate.js';
import type { Ledgers } from '../engine/r2-ledgers/ledger.js';
import type { Close, NamedPeriod } from '../engine/r11-closes/close.js';
import type { Explainable, PostedResult, Refusal } from '../engine/result.js';
import { repNamed } from '../explain/named-rep.js';
import type { TermsInput } from '../plans/schema.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { findPeriod, type Statement, statementsOf } from './statement.js';

/** Which statements to make. */
export interface StatementRequest {
  /** A fiscal quarter, or a month if pay is monthly. */
  readonly quarter: string;
  /** The reps; all with a row in the period if empty. */
  readonly reps: readonly string[];
}

/** What the calculation was made from. */
interface Inputs {
  readonly terms: TermsInput;
  readonly ledgers: Ledgers;
  readonly closes: readonly Close[];
  /** When these were made, and under which records. */
  readonly closed: readonly ClosedUnder[];
}

/** The statements, at least one. */
interface Found {
  readonly kind: 'found';
  readonly statements: readonly Statement[];
}

/**
 * Makes the requested statements.
 *
 * @returns a refusal if the period is unknown or not one that is paid, or a rep has no row in it
 */
export function requestedStatements(
  calculation: Explainable<PostedResult>,
  inputs: Inputs,
  { quarter, reps }: StatementRequest,
): Found | Refusal {
  const place = { kind: 'run' } as const;
  const refused = (...faults: readonly Fault[]) => ({ kind: 'refused', faults }) as const;
  const { result } = calculation;
  const { payPeriod } = result.terms;
  const period = findPeriod(calculation, quarter);
  if (period === undefined) return refused({ code: 'unknown-period', place, found: quarter });
  // If pay is monthly, a quarter has statements too; if pay is quarterly, a month has none.
  if (payPeriod === 'quarter' && !quarter.includes('Q')) {
    return refused({ code: 'no-pay-period', place, found: quarter, payPeriod });
  }
  const requested = reps.length === 0 ? undefined : new Set(reps.map((rep) => repNamed(rep, result)));
  const state = stateAt(calculation, period, inputs);
  if ('faults' in state) return state;
  const statements = statementsOf({ result, state, period, closed: inputs.closed, reps: requested });
  const missing = [...(requested ?? [])].filter((rep) => !statements.some(({ repId }) => repId === rep));
  if (missing.length === 0 && statements.length > 0) return { kind: 'found', statements };
  const known = [...new Set(result.quarters.map(({ repId }) => repId))];
  const faults = (missing.length === 0 ? [undefined] : missing).map(
    (rep): Fault => ({
      code: 'no-statement',
      place,
      rep,
      period: quarter,
      nearest: rep === undefined || known.includes(rep) ? undefined : findNearest(rep, known),
    }),
  );
  return refused(...faults);
}

/** The lines as of the last day of the period, calculated with the closes before it. */
function stateAt(
  calculation: Explainable,
  { to }: NamedPeriod,
  { terms, ledgers, closes }: Inputs,
): Explainable | Refusal {
  if (calculation.result.asOf <= to) return calculation;
  const before = closes.filter(({ period }) => period.to < to);
  return calculateStreaming({ terms, ledgers, asOf: to, closes: before, keep: { lines: true } });
}
