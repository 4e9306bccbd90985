/** R5.7 and R10.6: cash that comes in parts, or goes again, leaves the balances that the whole leaves. */
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { Inputs } from '../../library/given-inputs.js';
import { minus, over, ratio, times, ZERO } from '../../ratio.js';
import { addDays } from '../days.js';
import { decimalOf, textOfDecimal, wholeUnits } from '../decimals.js';
import { cellsOf, withRows } from '../given-rows.js';
import type { Row } from '../row.js';
import { type Calculate, type LawResult, resultOf } from './calculation.js';
import { diceFrom } from './choices.js';
import { expectSameDays } from './same-postings.js';
import { expectSamePay } from './same-rows.js';

/**
 * R5.7: cash that comes and goes back on one day changes no balance at the end of the day. Lines of credit cash are left
 * out: what comes in may move the rate of other cash of that day (R12.4).
 *
 * @param pick - which invoice; any number
 * @throws LawBroken
 */
export function refund(calculate: Calculate, inputs: Inputs, pick = 0): void {
  const sales = cellsOf(inputs, 'invoices').filter((row) => (row['reverses'] ?? '') === '');
  const sale = sales[pick % Math.max(sales.length, 1)];
  if (sale === undefined) return;
  const day = addDays(sale['invoice_date'] ?? '', pick % 45);
  if (day > inputs.asOf) return;
  const half = over(decimalOf(sale['total'] || (sale['amount'] ?? '')), ratio(2n));
  const amounts = [half, minus(ZERO, half)];
  const added = amounts.map(
    (amount, at): Row => ({
      payment_id: `there and back ${at}`,
      invoice_id: sale['invoice_id'],
      payment_date: day,
      amount: textOfDecimal(amount),
    }),
  );
  const without = resultOf(calculate, inputs);
  const both = resultOf(calculate, withRows(inputs, 'payments', [...cellsOf(inputs, 'payments'), ...added]));
  const because = 'cash that comes and goes back on one day leaves every balance as it was';
  expectSameDays(
    waiting(without.postings),
    waiting(both.postings),
    { law: 'R5.7 refund', because },
    without.currency.digits,
  );
}

/** Postings of lines that wait for cash. */
function waiting(postings: readonly Posting[]): readonly Posting[] {
  return postings.filter(({ credit }) => credit !== 'cash');
}

/** The parts of a payment that is cut in two. */
const SHARES = [ratio(1n, 2n), ratio(333n, 1000n), ratio(1n, 10_000n), ratio(9n, 10n)];

/**
 * R10.6: one payment as two on the same day changes no balance at the end of the day, and no pay. Lines of credit cash are
 * left out, as in {@link refund}.
 *
 * @param pick - which payment, and how it is cut; any number
 * @throws LawBroken
 */
export function splitPayment(calculate: Calculate, inputs: Inputs, pick = 0): void {
  const whole = resultOf(calculate, inputs);
  const dice = diceFrom(pick);
  const payments = cellsOf(inputs, 'payments');
  const loud = payments.filter(isSeenIn(whole));
  const among = loud.length > 0 ? loud : payments;
  if (among.length === 0) return;
  const payment = dice.pick(among);
  const [share, mark] = [dice.pick(SHARES), dice.pick(['~', '!'])];
  const amount = decimalOf(payment['amount'] ?? '');
  const part = wholeUnits(times(amount, share));
  const cut = payments.flatMap((row): readonly Row[] => {
    if (row !== payment) return [row];
    // The second comes before or after whatever else there is that day; a discount stays with the first.
    const second = {
      ...row,
      payment_id: `${mark}${row['payment_id']}`,
      amount: textOfDecimal(part),
      discount: '',
    };
    return [{ ...row, amount: textOfDecimal(minus(amount, part)) }, second];
  });
  const parts = resultOf(calculate, withRows(inputs, 'payments', cut));
  const because = `payment ${payment['payment_id']} in two parts on its day leaves every balance as it was`;
  const law = { law: 'R10.6 split payment', because };
  expectSameDays(waiting(whole.postings), waiting(parts.postings), law, whole.currency.digits);
  // What adjusts a closed period does so source by source: taken back and given back are larger then, and pay the same.
  const isOpen = whole.closedPeriods.length === 0;
  if (isOpen && whole.postings.every(({ credit }) => credit !== 'cash')) expectSamePay(whole, parts, law);
}

/** Whether a payment posts, or is applied by rule: on another there is nothing to see. */
function isSeenIn({ postings, applied }: LawResult): (payment: Row) => boolean {
  const posting = new Set(postings.map(({ sourceId, invoiceId }) => JSON.stringify([sourceId, invoiceId])));
  const onAccount = new Set(
    applied.filter(({ ledger }) => ledger === 'payments').map(({ sourceId }) => sourceId),
  );
  return ({ payment_id = '', invoice_id = '' }) =>
    invoice_id === '' ? onAccount.has(payment_id) : posting.has(JSON.stringify([payment_id, invoice_id]));
}
