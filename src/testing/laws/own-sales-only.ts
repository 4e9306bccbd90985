/** Inputs in which a sale is nobody's but its reps', whatever happens later. */
import type { Inputs } from '../../library/given-inputs.js';

/** Whether no plan credits teams or cash, no customer changes hands, nobody leaves, and nothing is posted before. */
export function hasOwnSalesOnly({ terms, ledgers, closes = [] }: Inputs): boolean {
  return (
    terms.leavers === undefined &&
    closes.length === 0 &&
    ledgers.teams === undefined &&
    ledgers.accounts === undefined &&
    ledgers.openings === undefined &&
    terms.plans.every(({ credit = 'own' }) => credit === 'own')
  );
}
