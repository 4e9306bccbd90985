/** R25.5: a sale as items of one category is paid as a whole. */
import type { Inputs } from '../../library/given-inputs.js';
import { minus, ratio, times } from '../../ratio.js';
import { wholeUnits } from '../decimals.js';
import { decimal, decimalIn, ledgerOf, salesOf, tablesOf, textIn } from '../features/dressing.js';
import { type Calculate, findResult } from './calculation.js';
import { diceFrom } from './choices.js';
import { draftOfInputs, withDraft } from './drafts.js';
import { expectSamePostings } from './same-postings.js';

/** How much of a sale the first item is; one of them is more than all of it. */
const FIRST = [5n, 2n, 9n, 13n].map((tenths) => ratio(tenths, 10n));

/**
 * R25.5: splitting invoices into items of one category that keep their order changes no posting. The law makes every plan one
 * by revenue, with marginal or flat rates; inputs with items, rates by the sale or closes are left out.
 *
 * @param pick - which invoices are split, and how; any number
 * @throws LawBroken
 */
export function itemSplit(calculate: Calculate, inputs: Inputs, pick = 0): void {
  if ((inputs.closes ?? []).length > 0 || inputs.ledgers.items !== undefined) return;
  const whole = draftOfInputs(inputs);
  for (const plan of whole.terms.plans) {
    const tables = tablesOf(plan);
    if (tables.some(({ attainment, tiers }) => attainment === 'sale' || tiers === 'whole')) return;
    for (const table of tables) delete table.tiers;
    if (plan.credit !== 'cash') plan['basis'] = 'revenue';
  }
  const before = findResult(calculate, withDraft(inputs, whole));
  if (before === undefined) return;
  const parts = structuredClone(whole);
  const { pick: pickFrom, chance } = diceFrom(pick);
  for (const sale of salesOf(parts)) {
    if (chance(1, 3)) continue;
    const [amount, cost] = [decimalIn(sale, 'amount'), textIn(sale, 'cost')];
    const first = wholeUnits(times(amount, pickFrom(FIRST)));
    const item = { invoice_id: sale['invoice_id'], category: textIn(sale, 'category') };
    ledgerOf(parts, 'items').push(
      { ...item, item_id: '2', amount: decimal(minus(amount, first)), cost },
      { ...item, item_id: '1', amount: decimal(first), cost: cost === '' ? '' : '0' },
    );
  }
  const after = findResult(calculate, withDraft(inputs, parts));
  if (after === undefined) return;
  const because = 'a sale in items of one category is paid as a whole';
  const law = { law: 'R25.5 items', because };
  expectSamePostings(before.postings, after.postings, law, before.currency.digits);
}
