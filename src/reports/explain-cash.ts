/** The cash on an invoice that a rep is paid for, as text: each event with its arithmetic (R12.4). */
import { displayed } from '../displayed.js';
import type { Result } from '../engine/result.js';
import type { CashChange, CashEventExplanation, CashExplanation } from '../explain/cash.js';
import { formatPercent } from '../money.js';
import { compare, negative, ONE } from '../ratio.js';
import { Words } from './line-words.js';

/** The cash of a rep on an invoice as lines of text. */
export function cashText(cash: CashExplanation, result: Result): string[] {
  const words = new Words(result);
  const { invoiceId, customerId, repId, amount, total, events } = cash;
  const who = [invoiceId, customerId, repId].map(displayed).join(' · ');
  const taxed = total === amount ? '' : ` (${words.units(total)} to collect)`;
  return [
    `${who} · cash as it comes in (R12.4)`,
    `${words.units(amount)}${taxed}`,
    '',
    ...events.flatMap((event) => eventText(event, words)),
  ];
}

function eventText(event: CashEventExplanation, words: Words): string[] {
  const { date, cause, sourceId, planId, changes, earned, change } = event;
  return [
    `${date}  ${cause} (${displayed(sourceId)}), plan ${displayed(planId)}: ${words.signed(change)}, ${words.money(earned)} in all`,
    ...changes.flatMap((one) => changeText(one, words)),
  ];
}

/** What comes in is paid at the rate that it fixes; what goes again takes its commission with it. */
function changeText(
  { part, cash, booked, rate, rateFrom, slices, amount }: CashChange,
  words: Words,
): string[] {
  const goes = part.n < 0n;
  const share = negative(part);
  const what = goes
    ? `${compare(share, ONE) === 0 ? 'all' : formatPercent(share)} of ${words.exact(cash)} booked ${booked} goes`
    : `${words.exact(cash)} of the sale`;
  const since = rateFrom === undefined ? '' : ` (rate from ${rateFrom})`;
  if (slices.length === 0) {
    return [`  ${what} × ${rate === undefined ? '' : formatPercent(rate)}${since} = ${words.exact(amount)}`];
  }
  const parts = slices.map((slice) => `${words.exact(slice.base)} × ${formatPercent(slice.rate)}`);
  return [`  ${what}: ${parts.join(' + ')}${since}${goes ? ', in proportion' : ''} = ${words.exact(amount)}`];
}
