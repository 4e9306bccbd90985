/** The sentences under the amount that is paid: where it comes from, what came off it, what is carried forward. */
import type { PayRow } from '../engine/r7-pay/pay.js';
import type { PayExplanation } from '../explain/reps.js';
import { type Minor, min } from '../money.js';
import { byCodeUnit } from '../order.js';
import { debtReason } from './causes.js';
import { factsOf } from './facts.js';
import type { EventLine, Known, Sections } from './sections.js';
import { named, type Sentence, say, together } from './sentence.js';
import type { PaidFigures } from './statement.js';

/** What reasons are told from. */
export interface Told extends Known {
  readonly sections: Sections;
  readonly figures: PaidFigures;
  readonly row: PayRow;
  /** The pay periods before the statement's, in order. */
  readonly before: readonly PayExplanation[];
}

/** Why so much is paid, and why not more. */
export function reasonsOf(told: Told): Sentence {
  return together([
    ...payableReasons(told),
    ...movedReasons(told),
    ...correctionReasons(told),
    ...debtReasons(told),
    ...carriedReasons(told),
  ]);
}

function payableReasons({ sections: { payable }, period, writer: w }: Told): Sentence[] {
  const { lines, total } = payable;
  const own = lines.filter(({ amount }) => amount !== 0n);
  const invoices = [...new Set(own.map(({ invoiceId }) => invoiceId))];
  const [first] = own;
  if (first === undefined) return [say`Nothing became payable in ${period.name}.`];
  if (invoices.length === 1) {
    const customer = named(first.customerId);
    const causes = new Set(own.map(({ posting }) => posting.cause));
    if (causes.has('invoiced') || causes.has('booked')) {
      return [say`Your sale to ${customer} came to ${w.money(total)}.`];
    }
    const isPaid = causes.size === 1 && causes.has('collected') && total > 0n;
    return [
      isPaid
        ? say`What ${customer} paid on ${named(first.invoiceId)} made ${w.money(total)} payable.`
        : say`${customer}'s invoice ${named(first.invoiceId)} came to ${w.money(total)}.`,
    ];
  }
  return [say`${`${invoices.length}`} invoices came to ${w.money(total)}.`];
}

function movedReasons({ sections: { moved, takenBack, givenBack }, writer: w }: Told): Sentence[] {
  const own = moved.lines.filter(({ amount }) => amount !== 0n);
  const [first] = own;
  if (own.length === 1 && first !== undefined) return [first.text];
  const sentences: Sentence[] = [];
  if (takenBack !== 0n) sentences.push(say`${w.money(takenBack)} was taken back: ${invoicesText(own, -1n)}.`);
  if (givenBack !== 0n) sentences.push(say`${w.money(givenBack)} was given back: ${invoicesText(own, 1n)}.`);
  return sentences;
}

/** The invoices of some lines, by name where they are few. */
function invoicesText(lines: readonly EventLine[], sign: bigint): Sentence {
  const own = lines.filter(({ amount }) => amount * sign > 0n);
  return invoiceNames([...new Set(own.map(({ invoiceId }) => invoiceId))]);
}

function invoiceNames(ids: readonly string[]): Sentence {
  const shown = ids.slice(0, MOST_NAMES);
  const more = ids.length - shown.length;
  const names = shown.flatMap((id, at) => {
    const isLast = at === shown.length - 1 && more === 0;
    return [at === 0 ? '' : isLast ? ' and ' : ', ', named(id)];
  });
  return more === 0 ? names : [...names, ` and ${more} more`];
}

const MOST_NAMES = 3;

function correctionReasons({ sections: { corrections }, writer: w }: Told): Sentence[] {
  const { lines, total } = corrections;
  if (lines.length === 0) return [];
  const periods = [...new Set(lines.map(({ adjusts }) => adjusts))].sort(byCodeUnit).join(', ');
  const way = total < 0n ? `take off ${w.money(-total)}` : `add ${w.money(total)}`;
  return [say`Corrections of ${periods} ${way}.`];
}

/** What is repaid of what was owed when the period began, and what it was for. */
function debtReasons(told: Told): Sentence[] {
  const { row, writer: w } = told;
  const repaid = min(row.owedOpening, row.cancelled + row.recovered);
  if (repaid === 0n) return [];
  const amount = w.money(repaid);
  const head =
    row.recovered < repaid
      ? say`${amount} makes good`
      : say`${amount} of ${saysMore(told.sections) ? 'your commission' : 'that'} repays`;
  return [say`${head} ${debtText(told)}.`];
}

/** Whether more is told between what became payable and what is repaid. */
function saysMore({ moved, corrections }: Sections): boolean {
  return moved.lines.length > 0 || corrections.lines.length > 0;
}

function debtText({ before, factsOf: of, writer: w }: Told): Sentence {
  const debts = debtsOf(before);
  const [only] = debts;
  if (only === undefined) return say`commission taken back before`;
  if (debts.length > 1) {
    return say`commission on ${invoiceNames([...new Set(debts.map(({ invoiceId }) => invoiceId))])}`;
  }
  const facts = of(only.invoiceId);
  const posting = only.postings.findLast(
    ({ advanced, released, clawedBack }) => advanced + released < clawedBack,
  );
  if (posting === undefined)
    return say`commission on ${named(only.customerId)}'s invoice ${named(only.invoiceId)}`;
  return say`commission on ${debtReason(factsOf(posting, { ...facts, customerId: only.customerId }), w)}`;
}

/** The charges since nothing was last owed: what a debt is made of, unless it was brought into the workspace. */
function debtsOf(before: readonly PayExplanation[]): readonly PayExplanation['invoices'][number][] {
  const debts: PayExplanation['invoices'][number][] = [];
  for (const { invoices, owedBefore, owedAfter } of before.toReversed()) {
    if (owedAfter === 0n) return debts;
    debts.push(...invoices.filter(({ net }) => net < 0n));
    if (owedBefore === 0n) return debts;
  }
  // What is left was owed before there was anything here.
  return before[0]?.owedBefore === 0n ? debts : [];
}

function carriedReasons({ figures, writer: w }: Told): Sentence[] {
  const { owedBefore, owedAfter, takenBack, paid } = figures;
  const amount: Minor = owedAfter;
  if (amount > 0n) {
    const carried = say`${w.money(amount)} is carried forward and comes off your next commission.`;
    return [paid === 0n ? together([say`You are paid ${w.money(0n)}.`, carried]) : carried];
  }
  if (owedBefore > 0n || takenBack > 0n) return [say`Nothing is left to repay.`];
  return [];
}
