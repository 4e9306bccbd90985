/** R25.4: once everything is collected, cash comes to the revenue of what it is for. */

import type { Inputs } from '../../library/given-inputs.js';
import { findPercent } from '../../money.js';
import { compare, minus, plus, type Ratio, ratio, times, ZERO } from '../../ratio.js';
import { decimalOf } from '../decimals.js';
import {
  bookingDayOf,
  type Cells,
  type Draft,
  decimalIn,
  salesOf,
  textIn,
  totalIn,
} from '../features/dressing.js';
import { type Calculate, findResult } from './calculation.js';
import { draftOfInputs, withDraft } from './drafts.js';
import { LawBroken } from './law-broken.js';
import { collectedInFull } from './levels.js';
import { hasOwnSalesOnly } from './own-sales-only.js';

const CASH = 'all cash';

/**
 * R25.4: with a cash plan for everybody, once everything is collected and nothing is credited, the bookings of credit cash are
 * the revenue of the sales. The law takes credit memos out of the inputs, settles what is open, and adds the plan. Inputs
 * that have other credits than own sales, accounts, discounts, people who left or closes are left out.
 *
 * @throws LawBroken
 */
export function collectedCash(calculate: Calculate, inputs: Inputs): void {
  if (!hasOwnSalesOnly(inputs)) return;
  const draft = draftOfInputs(collectedInFull(inputs));
  if ((draft.ledgers['payments'] ?? []).some((row) => textIn(row, 'discount') !== '')) return;
  draft.terms.plans.push({ id: CASH, credit: 'cash', rate: '0%' });
  const reps = repsOf(draft);
  draft.ledgers['assignments']?.push(
    ...reps.map((rep_id) => ({ rep_id, plan_id: CASH, from: '1900-01-01', to: '' })),
  );
  const result = findResult(calculate, withDraft(inputs, draft));
  if (result === undefined) return;
  const { digits } = result.currency;
  const minor = ratio(10n ** BigInt(digits));
  for (const rep of reps) {
    const rows = result.attainments.filter(({ repId, credit }) => repId === rep && credit === 'cash');
    const found = rows.reduce((all, { bookings }) => all + bookings, 0n);
    const revenue = salesOf(draft)
      .map((sale) => revenueOf(draft, sale, rep))
      .reduce(plus, ZERO);
    const exact = times(revenue, minor);
    // Each quarter is shown in whole minor units.
    const most = ratio(BigInt(rows.length), 2n);
    const difference = minus(ratio(found), exact);
    if (compare(difference, most) <= 0 && compare(minus(ZERO, difference), most) <= 0) continue;
    const figures = { bookings: { expected: exact.n / exact.d, found } };
    const because = 'all that is collected comes to the revenue of the sales';
    throw new LawBroken({ law: 'R25.4 collected cash', rep, because, figures }, digits);
  }
}

function repsOf({ ledgers }: Draft): readonly string[] {
  const rows = [...(ledgers['invoices'] ?? []), ...(ledgers['splits'] ?? [])];
  return [...new Set(rows.map((row) => textIn(row, 'rep_id')))].filter((rep) => rep !== '').sort();
}

/** What a rep is credited of a sale on which something is to be collected, in the currency of the terms. */
function revenueOf(draft: Draft, sale: Cells, rep: string): Ratio {
  if (compare(totalIn(sale), ZERO) <= 0) return ZERO;
  const id = textIn(sale, 'invoice_id');
  const splits = (draft.ledgers['splits'] ?? []).filter((row) => textIn(row, 'invoice_id') === id);
  const [amount, rate] = [decimalIn(sale, 'amount'), rateOf(draft, sale)];
  if (splits.length === 0) return textIn(sale, 'rep_id') === rep ? times(amount, rate) : ZERO;
  return splits
    .filter((row) => textIn(row, 'rep_id') === rep)
    .map((row) => (textIn(row, 'amount') === '' ? times(amount, shareIn(row)) : decimalIn(row, 'amount')))
    .reduce((all, one) => plus(all, times(one, rate)), ZERO);
}

/** R15.2: the latest rate on or before the booking. */
function rateOf({ ledgers, terms }: Draft, sale: Cells): Ratio {
  const currency = textIn(sale, 'currency');
  if (currency === '' || currency === terms.currency) return ratio(1n);
  const [latest] = (ledgers['fx'] ?? [])
    .filter((row) => textIn(row, 'currency') === currency && textIn(row, 'date') <= bookingDayOf(sale))
    .sort((a, b) => (textIn(a, 'date') > textIn(b, 'date') ? -1 : 1));
  return latest === undefined ? ratio(1n) : decimalIn(latest, 'rate');
}

function shareIn(row: Cells): Ratio {
  const share = textIn(row, 'share');
  return share.endsWith('%') ? (findPercent(share)?.value ?? ZERO) : decimalOf(share);
}
