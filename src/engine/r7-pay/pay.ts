/** What is paid and owed, period after period: each opens with what the one before it closed with (R7.2, R7.3). */
import type { Minor } from '../../money.js';
import type { Terms } from '../../plans/plan.js';
import { type Balances, NO_BALANCES, type PayFigure, type PayRow, payRow } from '../r1-words/pay-figures.js';
import type { PeriodFlows } from './accounts.js';
import { type PayEntry, payAccountOf } from './pay-rules.js';

/**
 * A rep's rows.
 *
 * @param periods - what the rep's postings come to in each of consecutive periods
 * @param opening - what the rep brings into the first of them (R11.3)
 */
export function payRows(
  periods: readonly PeriodFlows[],
  terms: Pick<Terms, 'recoveryLimit'>,
  opening: Balances = NO_BALANCES,
): PayRow[] {
  let balances = opening;
  return periods.map((flows) => {
    const row = rowOf(flows, balances, terms);
    balances = row;
    return row;
  });
}

function rowOf(flows: PeriodFlows, opening: Balances, terms: Pick<Terms, 'recoveryLimit'>): PayRow {
  const { earned, advanced, released, forfeited, clawedBack, reinstated } = flows;
  const { entries, paid, owed } = payAccountOf(flows, opening.owed, terms);
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
    paid,
    owed,
  };
  // Every other figure is a step.
  return payRow((figure) => known[figure] ?? stepSum(entries, figure));
}

function stepSum(entries: readonly PayEntry[], figure: PayFigure): Minor {
  return entries.reduce((sum, { step, amount }) => (step === figure ? sum + amount : sum), 0n);
}
