/** The laws of R10 that a calculation keeps, whatever the plans: each throws {@link LawBroken} where it does not hold. */
import { LINE_ACCOUNT_NAMES, type LineAccountName } from '../../engine/r1-words/line-accounts.js';
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { Inputs } from '../../library/given-inputs.js';
import { minus, over, ratio } from '../../ratio.js';
import { addDays } from '../days.js';
import { decimalOf, textOfDecimal } from '../decimals.js';
import { cellsOf, withRows } from '../given-rows.js';
import { changePlan, type PlanChange } from '../plan-change.js';
import type { Row } from '../row.js';
import { type Calculate, findResult, resultOf } from './calculation.js';
import { type Breach, LawBroken } from './law-broken.js';
import { expectSamePostings } from './same-postings.js';

/**
 * R10.1: what is earned is advanced, released, held or forfeited; no more is clawed back than was advanced; and every
 * quarter's row is the sum of its postings.
 *
 * @throws LawBroken
 */
export function conservation(calculate: Calculate, inputs: Inputs): void {
  const law = 'R10.1 conservation';
  const { postings, quarters, currency } = resultOf(calculate, inputs);
  const lines = new Map<string, Record<LineAccountName, bigint>>();
  for (const posting of postings) {
    const { repId: rep, invoiceId: invoice, credit, date: when } = posting;
    const key = JSON.stringify([rep, invoice, credit]);
    const sums = lines.get(key) ?? nothing();
    for (const name of LINE_ACCOUNT_NAMES) sums[name] += posting[name];
    lines.set(key, sums);
    const { earned, advanced, released, held, forfeited, clawedBack } = sums;
    const place = { law, rep, invoice, when };
    const parts = advanced + released + held + forfeited;
    if (earned !== parts) {
      const because = 'what is earned is advanced, released, held or forfeited';
      throw new LawBroken(
        { ...place, because, figures: { earned: { expected: parts, found: earned } } },
        currency.digits,
      );
    }
    if (!between(clawedBack, advanced)) {
      const because = 'no more is clawed back than was advanced';
      const figures = { clawedBack: { expected: advanced, found: clawedBack } };
      throw new LawBroken({ ...place, because, figures }, currency.digits);
    }
  }
  for (const rep of new Set(quarters.map(({ repId }) => repId))) {
    const own = postings.filter(({ repId }) => repId === rep);
    const rows = quarters.filter(({ repId }) => repId === rep);
    const figures: Record<string, Breach['figures'][string]> = {};
    for (const name of ['earned', 'advanced', 'released', 'forfeited'] as const) {
      const expected = own.reduce((sum, posting) => sum + posting[name], 0n);
      const found = rows.reduce((sum, row) => sum + row[name], 0n);
      if (expected !== found) figures[name] = { expected, found };
    }
    if (Object.keys(figures).length > 0)
      throw new LawBroken({ law, rep, because: 'rows are sums of postings', figures }, currency.digits);
  }
}

/**
 * R10.4: a payment changes no posting dated before it.
 *
 * @param pick - which payment; any number
 * @throws LawBroken
 */
export function history(calculate: Calculate, inputs: Inputs, pick = 0): void {
  const payments = cellsOf(inputs, 'payments');
  const gone = payments[pick % Math.max(payments.length, 1)];
  if (gone === undefined) return;
  const day = gone['payment_date'] ?? '';
  const whole = resultOf(calculate, inputs);
  const rest = resultOf(
    calculate,
    withRows(
      inputs,
      'payments',
      payments.filter((row) => row !== gone),
    ),
  );
  const before = (postings: readonly Posting[]) => postings.filter(({ date }) => date < day);
  const because = `a payment of ${day} changes no posting dated before`;
  const law = 'R10.4 history';
  expectSamePostings(before(rest.postings), before(whole.postings), { law, because }, whole.currency.digits);
}

/**
 * R10.5: a change of plan changes no posting of lines that were booked before its day; of credit cash, no posting dated
 * before. The new plan has the credit, `creditsReduceQuota` and categories that count of the old one (R25.2).
 *
 * @throws LawBroken
 */
export function planChange(calculate: Calculate, inputs: Inputs, change: PlanChange): void {
  const before = resultOf(calculate, inputs);
  const after = findResult(calculate, changePlan(inputs, change));
  // The new plan may ask for what is not there: a quota, a due date.
  if (after === undefined) return;
  const booked = new Map(
    cellsOf(inputs, 'invoices').map((row) => [
      row['invoice_id'] ?? '',
      row['booking_date'] || (row['invoice_date'] ?? ''),
    ]),
  );
  const isEarlier = ({ credit, date, invoiceId }: Posting) =>
    (credit === 'cash' ? date : (booked.get(invoiceId) ?? '')) < change.on;
  const because = `what was booked before ${change.on} stays with its plan and its rate`;
  expectSamePostings(
    before.postings.filter(isEarlier),
    after.postings.filter(isEarlier),
    { law: 'R10.5 plan change', because },
    before.currency.digits,
  );
}

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
  const amounts = [half, minus(ratio(0n), half)];
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
  const waiting = (postings: readonly Posting[]) => postings.filter(({ credit }) => credit !== 'cash');
  expectSamePostings(
    waiting(without.postings),
    waiting(both.postings),
    { law: 'R5.7 refund', because },
    without.currency.digits,
  );
}

/**
 * R10.7: the order of rows changes nothing.
 *
 * @throws LawBroken
 */
export function order(calculate: Calculate, inputs: Inputs): void {
  const names = ['invoices', 'payments', 'writeOffs', 'creditMemos'] as const;
  const turned = names
    .filter((name) => inputs.ledgers[name] !== undefined)
    .reduce((all, name) => withRows(all, name, cellsOf(inputs, name).toReversed()), inputs);
  const [first, second] = [resultOf(calculate, inputs), resultOf(calculate, turned)];
  const because = 'rows in another order change nothing';
  expectSamePostings(first.postings, second.postings, { law: 'R10.7 order', because }, first.currency.digits);
}

/**
 * R10.9: as of an earlier day, the postings are those dated up to it.
 *
 * @param pick - which day; any number
 * @throws LawBroken
 */
export function asOfPrefix(calculate: Calculate, inputs: Inputs, pick = 0): void {
  const { postings, currency } = resultOf(calculate, inputs);
  const day = postings[pick % Math.max(postings.length, 1)]?.date;
  if (day === undefined) return;
  const earlier = resultOf(calculate, { ...inputs, asOf: day });
  const expected = postings.filter(({ date }) => date <= day);
  const because = `as of ${day}, the postings are those dated up to it`;
  expectSamePostings(expected, earlier.postings, { law: 'R10.9 as-of prefix', because }, currency.digits);
}

/**
 * Every law that holds for any inputs: conservation, history, refund, order and as-of prefix.
 *
 * @param pick - which payment, invoice and day laws are about; draw it with `fc.nat()`
 * @throws LawBroken where one does not hold, Refused where the inputs have faults
 * @example fc.assert(fc.property(histories({ terms }), fc.nat(), (inputs, pick) => checkLaws(calculate, inputs, pick)));
 */
export function checkLaws(calculate: Calculate, inputs: Inputs, pick = 0): void {
  conservation(calculate, inputs);
  history(calculate, inputs, pick);
  refund(calculate, inputs, pick);
  order(calculate, inputs);
  asOfPrefix(calculate, inputs, pick);
}

function nothing(): Record<LineAccountName, bigint> {
  return Object.fromEntries(LINE_ACCOUNT_NAMES.map((name) => [name, 0n])) as Record<LineAccountName, bigint>;
}

/** Whether a part lies between 0 and the whole, on whichever side of 0 that is. */
function between(part: bigint, whole: bigint): boolean {
  return whole >= 0n ? part >= 0n && part <= whole : part <= 0n && part >= whole;
}
