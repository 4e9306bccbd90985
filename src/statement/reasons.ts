/** The sentences under the amount that is paid: where it comes from, what came off it, what is carried forward. */
import { netOf } from '../engine/r1-words/line-accounts.js';
import type { PayRow } from '../engine/r1-words/pay-figures.js';
import type { PayEntryRow } from '../engine/r7-pay/entries.js';
import type { PayExplanation } from '../explain/reps.js';
import { addAll } from '../largest.js';
import { min } from '../money.js';
import { unreachable } from '../problems/problem.js';
import { debtReason } from './causes.js';
import { factsOf, type Writer } from './facts.js';
import type { EventLine, Known, Sections } from './sections.js';
import { named, type Sentence, say, together } from './sentence.js';

/** What the reasons are made from. */
export interface ReasonInputs extends Known {
  readonly sections: Sections;
  readonly row: PayRow;
  /** The pay periods before the statement's, in order. */
  readonly before: readonly PayExplanation[];
}

/** Why so much is paid, and why not more. */
export function reasonsOf(inputs: ReasonInputs): Sentence {
  return together([
    ...payableReasons(inputs),
    ...movedReasons(inputs),
    ...correctionReasons(inputs),
    ...unpostedReasons(inputs),
    ...debtReasons(inputs),
    ...payoutReasons(inputs),
    ...carriedReasons(inputs),
  ]);
}

function payableReasons({ sections: { payable }, period, writer: w }: ReasonInputs): Sentence[] {
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
        ? say`What ${customer} paid on invoice ${named(first.invoiceId)} made ${w.money(total)} payable.`
        : say`${customer}'s invoice ${named(first.invoiceId)} came to ${w.money(total)}.`,
    ];
  }
  return [say`${`${invoices.length}`} invoices came to ${w.money(total)}.`];
}

function movedReasons({ sections: { moved, takenBack, givenBack }, writer: w }: ReasonInputs): Sentence[] {
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
  const all = more === 0 ? names : [...names, ` and ${more} more`];
  return [ids.length === 1 ? 'invoice ' : 'invoices ', ...all];
}

const MOST_NAMES = 3;

function correctionReasons({ sections: { corrections }, writer: w }: ReasonInputs): Sentence[] {
  const { lines, total } = corrections;
  if (lines.length === 0) return [];
  const names = [...new Set(lines.map(({ adjusts }) => adjusts))];
  const periods = names.map((name) => name.replace(/^before/, 'the time before')).join(', ');
  const way = total < 0n ? `take off ${w.money(-total)}` : `add ${w.money(total)}`;
  return [say`Corrections of ${periods} ${way}.`];
}

/** What counts in gains and charges and comes from no invoice: entries and caps (R21, R22). */
function unpostedReasons({ row, pays, writer: w }: ReasonInputs): Sentence[] {
  const { capped } = row;
  const entries = pays.flatMap((pay) => pay.entries);
  const sentences =
    entries.length > MOST_NAMES ? entrySums(row, w) : entries.map((entry) => entryText(entry, w));
  if (capped > 0n) sentences.push(say`${w.money(capped)} is above the cap of your plan and is not paid.`);
  if (capped < 0n)
    sentences.push(say`${w.money(-capped)} of what is taken back was never paid: it was above a cap.`);
  return sentences;
}

function entryText({ kind, amount, reason }: PayEntryRow, w: Writer): Sentence {
  const why: Sentence = reason === '' ? say`` : say` (${named(reason)})`;
  switch (kind) {
    case 'bonus':
      return amount < 0n
        ? say`${w.money(-amount)} is deducted${why}.`
        : say`${w.money(amount)} is a bonus${why}.`;
    case 'waiver':
      return amount < 0n
        ? say`A waiver of ${w.money(-amount)} is withdrawn${why}.`
        : say`The company waives ${w.money(amount)} of what you owe${why}.`;
    case 'repayment':
      return amount < 0n
        ? say`${w.money(-amount)} of what you paid back is corrected${why}.`
        : say`You paid back ${w.money(amount)}${why}.`;
    default:
      return unreachable(kind);
  }
}

/** Many entries, by what they come to. */
function entrySums({ adjusted, waived, repaid }: PayRow, w: Writer): Sentence[] {
  return [
    ...(adjusted === 0n ? [] : [say`Bonuses less deductions come to ${w.money(adjusted)}.`]),
    ...(waived === 0n ? [] : [say`The company waives ${w.money(waived)} of what you owe.`]),
    ...(repaid === 0n ? [] : [say`You paid back ${w.money(repaid)}.`]),
  ];
}

/** What is repaid of what was owed when the period began, and what it was for. */
function debtReasons(inputs: ReasonInputs): Sentence[] {
  const { row, writer: w } = inputs;
  const repaid = min(row.owedOpening, row.cancelled + row.recovered);
  if (repaid === 0n) return [];
  const amount = w.money(repaid);
  const head =
    row.recovered < repaid
      ? say`${amount} makes good`
      : say`${amount} of ${saysMore(inputs) ? 'your commission' : 'that'} repays`;
  return [say`${head} ${debtText(inputs)}.`];
}

/** Whether other sentences come between what became payable and what is repaid. */
function saysMore({ sections: { moved, corrections, entries }, row }: ReasonInputs): boolean {
  const isPosted = entries.lines.length === 0 && row.capped === 0n;
  return !isPosted || moved.lines.length > 0 || corrections.lines.length > 0;
}

function debtText({ before, factsOf: of, writer: w }: ReasonInputs): Sentence {
  const debts = debtsOf(before);
  const [only] = debts;
  if (only === undefined) {
    return before.some(({ row }) => row.drawn > 0n)
      ? say`what was paid in advance`
      : say`commission taken back before`;
  }
  if (debts.length > 1) {
    return say`commission on ${invoiceNames([...new Set(debts.map(({ invoiceId }) => invoiceId))])}`;
  }
  const facts = of(only);
  const posting = only.postings.findLast((one) => netOf(one) < 0n);
  if (posting === undefined)
    return say`commission on ${named(only.customerId)}'s invoice ${named(only.invoiceId)}`;
  return say`commission on ${debtReason(factsOf(posting, { ...facts, customerId: only.customerId }), w)}`;
}

/** The charges since the rep last owed nothing: what a debt is made of, unless it was owed at the opening. */
function debtsOf(before: readonly PayExplanation[]): readonly PayExplanation['invoices'][number][] {
  const debts: PayExplanation['invoices'][number][] = [];
  for (const { invoices, row } of before.toReversed()) {
    addAll(
      debts,
      invoices.filter(({ net }) => net < 0n),
    );
    if (row.owedOpening === 0n) return debts;
  }
  // The rest was owed at the opening.
  return before[0]?.row.owedOpening === 0n ? debts : [];
}

/** What is added to the gains or kept of them: guarantees, draws and least payouts (R24, R29). */
function payoutReasons({ row, writer: w }: ReasonInputs): Sentence[] {
  const { guaranteed, drawn, carried, carriedOpening } = row;
  const sentences: Sentence[] = [];
  if (guaranteed > 0n) sentences.push(say`${w.money(guaranteed)} is added to reach your guarantee.`);
  if (drawn > 0n)
    sentences.push(say`${w.money(drawn)} is paid in advance, and comes off your later commission.`);
  if (carriedOpening > 0n && carried === 0n)
    sentences.push(say`${w.money(carriedOpening)} of earlier is paid out with it.`);
  if (carried > 0n)
    sentences.push(say`${w.money(carried)} is too little to be paid out, and is kept for your next pay.`);
  return sentences;
}

function carriedReasons({ row, sections: { takenBack }, writer: w }: ReasonInputs): Sentence[] {
  if (row.owed > 0n) {
    const carried = say`${w.money(row.owed)} is carried forward and comes off your next commission.`;
    return [row.paid === 0n ? together([say`You are paid ${w.money(0n)}.`, carried]) : carried];
  }
  if (row.owedOpening > 0n || takenBack > 0n) return [say`Nothing is left to repay.`];
  return [];
}
