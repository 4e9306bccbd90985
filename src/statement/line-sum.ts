/** The sum behind a payment's line of a statement: what was paid of the invoice, at which rate, less what was paid before. */
import { payableOf } from '../engine/r1-words/line-accounts.js';
import { type Minor, type Rounding, round, type Units } from '../money.js';
import { type PostingFacts, ratesOf, type Writer } from './facts.js';
import { type Sentence, say } from './sentence.js';

/** What became payable with a payment or a refund: `payable` less `before` is the amount of the line. */
export interface LineSum {
  /** In units: how much of the invoice was paid after it, and of how much. */
  readonly collected: Units;
  readonly due: Units;
  /** The commission on the whole sale, and its rates: `5% and 8%`; blank if they are not known. */
  readonly commission: Minor;
  readonly rates: string;
  /** Of it, what is payable with the invoice, and what waits for payments. */
  readonly advanced: Minor;
  readonly waiting: Minor;
  /** Of what waits, what is released by what was paid. */
  readonly released: Minor;
  /** What was payable before, and whether all of that was payable with the invoice. */
  readonly before: Minor;
  readonly isBeforeOfInvoice: boolean;
}

/**
 * The sum of a posting; undefined unless it comes to what was posted, to the minor unit: a correction of only a part of what
 * has changed has no such sum.
 *
 * @param rounding - of the workspace
 */
export function lineSumOf(of: PostingFacts, rounding: Rounding): LineSum | undefined {
  const { posting, facts, event, before } = of;
  if (posting.cause !== 'collected' && posting.cause !== 'refunded') return undefined;
  if (event?.change === undefined || before === undefined || !event.isEarned) return undefined;
  const { collected, due, commission, waiting, after } = event;
  const waits = facts.line?.level.earned === 'with-cash' ? commission : waiting;
  const advanced = commission - waits;
  const isWhole =
    due > 0n &&
    collected >= 0n &&
    after.advanced === advanced &&
    after.released === round(waits * collected, due, rounding) &&
    payableOf(posting) === payableOf(after) - payableOf(before.after);
  if (!isWhole) return undefined;
  return {
    ...{ collected, due, commission, advanced, waiting: waits, released: after.released },
    rates: ratesOf(facts, posting.eventDate),
    before: payableOf(before.after),
    isBeforeOfInvoice: before.after.released === 0n,
  };
}

/** `15,692.65 of 15,692.65 paid: 784.63 at 5%; less 392.32 paid with the invoice.` */
export function lineSumSentence(sum: LineSum, w: Writer): Sentence {
  const { collected, due, commission, rates, advanced, waiting, released, before } = sum;
  const at = rates === '' ? '' : ` at ${rates}`;
  const share = `${w.units(collected)} ÷ ${w.units(due)}`;
  const whole = `${w.money(commission)}${at}`;
  const isAll = collected === due;
  const payable = isAll
    ? whole
    : advanced === 0n
      ? `${whole} × ${share} = ${w.money(released)}`
      : `${whole}, of which ${w.money(advanced)} + ${w.money(waiting)} × ${share} = ${w.money(advanced + released)}`;
  const when = sum.isBeforeOfInvoice ? 'with the invoice' : 'before';
  const less = before === 0n ? '' : `; less ${w.money(before)} paid ${when}`;
  return say`${w.units(collected)} of ${w.units(due)} paid: ${payable}${less}.`;
}
