/** What is paid and owed, period after period: each opens with what the one before it closed with (R7.2, R7.3, R21.2). */
import type { Minor } from '../../money.js';
import type { PayTerms } from '../../plans/plan.js';
import { type Balances, NO_BALANCES, type PayRow, payRow } from '../r1-words/pay-figures.js';
import type { PeriodFlows } from './accounts.js';
import { NOTHING_GIVEN, type PayEntry, type PayGiven, payAccountOf, sumOf } from './pay-rules.js';

/** What counts in a pay period of a rep. */
export interface PayPeriodInputs {
  /** What the rep's postings come to. */
  readonly flows: PeriodFlows;
  /** What counts beside them. */
  readonly given?: PayGiven | undefined;
}

/**
 * A rep's rows.
 *
 * @param periods - consecutive periods
 * @param opening - what the rep brings into the first of them (R11.3)
 */
export function payRows(
  periods: readonly PayPeriodInputs[],
  terms: PayTerms,
  opening: Balances = NO_BALANCES,
): PayRow[] {
  let balances = opening;
  return periods.map(({ flows, given = NOTHING_GIVEN }) => {
    const row = rowOf(flows, given, balances, terms);
    balances = row;
    return row;
  });
}

function rowOf(flows: PeriodFlows, given: PayGiven, opening: Balances, terms: PayTerms): PayRow {
  const { earned, advanced, released, forfeited, clawedBack, reinstated } = flows;
  const { entries, paid, owed } = payAccountOf(flows, given, opening, terms);
  const known: Partial<PayRow> = {
    earned,
    advanced,
    released,
    forfeited,
    heldOpening: opening.held,
    held: opening.held + earned - advanced - released - forfeited,
    payable: advanced + released,
    clawedBack,
    reinstated,
    owedOpening: opening.owed,
    carriedOpening: opening.carried,
    adjusted: sumOf(given.entries, 'bonus'),
    capped: given.capped,
    repaid: sumOf(given.entries, 'repayment'),
    paid,
    owed,
  };
  // Every other figure is a step.
  const steps = stepSums(entries);
  return payRow((figure) => known[figure] ?? steps.get(figure) ?? 0n);
}

function stepSums(entries: readonly PayEntry[]): ReadonlyMap<string, Minor> {
  const sums = new Map<string, Minor>();
  for (const { step, amount } of entries) sums.set(step, (sums.get(step) ?? 0n) + amount);
  return sums;
}
