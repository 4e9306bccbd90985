/** R25.3: a manager with the plan, the quota and the whole team of one rep has the postings of the rep. */

import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { Inputs } from '../../library/given-inputs.js';
import { ledgerOf, type PlanDraft, textIn } from '../features/dressing.js';
import { cellsOf } from '../given-rows.js';
import { type Calculate, findResult } from './calculation.js';
import { diceFrom } from './choices.js';
import { draftOfInputs, withDraft } from './drafts.js';
import { hasOwnSalesOnly } from './own-sales-only.js';
import { expectSamePostings } from './same-postings.js';

const MANAGER = 'manager of one';
const OF_TEAM = ' of the team';

/**
 * R25.3: a manager with the rep's plan, quota and the whole team of one rep has the postings of the rep. Inputs that have
 * teams, cash plans, accounts, people who left or closes are left out: a sale's owners change with its reps only.
 *
 * @param pick - which rep; any number
 * @throws LawBroken
 */
export function teamOfOne(calculate: Calculate, inputs: Inputs, pick = 0): void {
  if (!hasOwnSalesOnly(inputs)) return;
  const sales = [...cellsOf(inputs, 'invoices'), ...cellsOf(inputs, 'splits')];
  const reps = [...new Set(sales.map(({ rep_id = '' }) => rep_id))].filter((rep) => rep !== '').sort();
  if (reps.length === 0) return;
  const rep = diceFrom(pick).pick(reps);

  const draft = draftOfInputs(inputs);
  const { plans } = draft.terms;
  plans.push(...plans.map((plan): PlanDraft => ({ ...plan, id: `${plan.id}${OF_TEAM}`, credit: 'team' })));
  const { assignments, quotas } = draft.ledgers;
  for (const row of (assignments ?? []).filter((one) => ['*', rep].includes(textIn(one, 'rep_id')))) {
    assignments?.push({ ...row, rep_id: MANAGER, plan_id: `${row['plan_id']}${OF_TEAM}` });
  }
  for (const row of (quotas ?? []).filter((one) => textIn(one, 'rep_id') === rep)) {
    quotas?.push({ ...row, rep_id: MANAGER, credit: 'team' });
  }
  ledgerOf(draft, 'teams').push({ rep_id: rep, manager_id: MANAGER, from: '1900-01-01', to: '' });
  const result = findResult(calculate, withDraft(inputs, draft));
  if (result === undefined) return;
  const of = (who: string, credit: string): readonly Posting[] =>
    result.postings
      .filter((posting) => posting.repId === who && posting.credit === credit)
      .map((posting) => ({
        ...posting,
        repId: rep,
        credit: 'own',
        planId: posting.planId.replace(OF_TEAM, ''),
      }));
  const because = `a manager whose team is ${rep} alone has the postings of ${rep}`;
  const law = { law: 'R25.3 team of one', because };
  expectSamePostings(of(rep, 'own'), of(MANAGER, 'team'), law, result.currency.digits);
}
