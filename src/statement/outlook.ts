/** What can still change: what waits for whom, what is about to be taken back, and what may come back. */
import { counted } from '../counted.js';
import { type Comeback, comebackOf } from '../explain/comeback.js';
import type { OpenDispute, OpenLine } from '../explain/forecast/open-lines.js';
import { soonAfter } from '../explain/forecast/soon.js';
import type { LineExplanation } from '../explain/lines.js';
import { powerOfTen, type Units } from '../money.js';
import { daysText } from './causes.js';
import type { LineFacts, Writer } from './facts.js';
import type { Known, RiskLine, Sections, WaitingLine } from './sections.js';
import { named, type Sentence, say, together } from './sentence.js';

/** Up to this many of a kind have a sentence each; one sentence sums up the rest. */
const MOST = 2;

/** The sentences: what is about to be taken back, what waits, the largest first, and what may come back. */
export function outlookOf(known: Known & { readonly sections: Sections }): Sentence[] {
  const { sections, lines, open, factsOf, writer: w } = known;
  const waiting = [...sections.waiting.lines].sort(
    (a, b) => Number(b.amount > a.amount) - Number(b.amount < a.amount),
  );
  const toEarn = [...open.values()].filter((line) => isToEarn(line, factsOf(line)));
  const back = lines
    .map(factsOf)
    .filter(
      ({ line, amounts }) => amounts.clawedBack > 0n && line !== undefined && comebackOf(line) !== undefined,
    );
  const sum = (amounts: readonly bigint[]) => w.money(amounts.reduce((all, amount) => all + amount, 0n));
  return [
    ...someOf(
      sections.risk.lines,
      (line) => riskSentence(line, factsOf(line), w),
      (rest) =>
        say`${sum(rest.map(({ amount }) => amount))} more is taken back by ${w.day(soonAfter(known.until))} unless what is open on ${otherInvoices(sections.risk.lines)} is paid.`,
    ),
    ...laterSentence(known),
    ...someOf(
      [...open.values()].filter((line) => line.dispute !== undefined && line.open !== 0n),
      (line) => disputeSentence(line, factsOf(line), w),
      (rest) => say`Customers also dispute ${others(rest)}.`,
    ),
    ...someOf(
      waiting,
      (line) => waitingSentence(line, factsOf(line), w),
      (rest) => say`${sum(rest.map(({ amount }) => amount))} more waits for ${others(rest)}.`,
    ),
    ...someOf(
      toEarn,
      (line) => toEarnSentence(line, factsOf(line), w),
      (rest) => say`You also earn commission as ${others(rest)} ${rest.length === 1 ? 'is' : 'are'} paid.`,
    ),
    ...someOf(
      back,
      (facts) => comesBackSentence(facts, w),
      (rest) =>
        say`${sum(rest.map(({ amounts }) => amounts.clawedBack))} more was taken back on ${others(rest)}; you get it back as customers pay.`,
    ),
  ];
}

/** What is taken back after that: a line by itself, or a sum and the first day. */
function laterSentence({
  sections: { risk, riskLater },
  factsOf,
  writer: w,
}: Known & { readonly sections: Sections }): Sentence[] {
  const { lines, total } = riskLater;
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  if (rest.length === 0) return [riskSentence(first, factsOf(first), w)];
  const more = risk.lines.length === 0 ? '' : ' more';
  return [
    say`${w.money(total)}${more} is at risk later, on ${invoicesText(lines)}: unless customers pay, the first is taken back at the end of ${w.day(first.on)}.`,
  ];
}

function invoicesText(lines: readonly RiskLine[]): string {
  return counted(new Set(lines.map(({ invoiceId }) => invoiceId)).size, 'invoice');
}

/** The invoices of the lines that have no sentence of their own: an invoice in instalments has several lines. */
function otherInvoices(lines: readonly RiskLine[]): string {
  const shown = new Set(lines.slice(0, MOST).map(({ invoiceId }) => invoiceId));
  const rest = new Set(lines.map(({ invoiceId }) => invoiceId).filter((id) => !shown.has(id)));
  return rest.size === 0 ? 'them' : others([...rest]);
}

function others(rest: readonly unknown[]): string {
  return rest.length === 1 ? 'one other invoice' : `${rest.length} other invoices`;
}

function someOf<One>(
  all: readonly One[],
  sentenceOf: (one: One) => Sentence,
  sumUp: (rest: readonly One[]) => Sentence,
): Sentence[] {
  const rest = all.slice(MOST);
  return [...all.slice(0, MOST).map(sentenceOf), ...(rest.length === 0 ? [] : [sumUp(rest)])];
}

/** What waits for a payment, and how it is released. */
export function waitingSentence({ amount, open, due }: WaitingLine, facts: LineFacts, w: Writer): Sentence {
  const [customer, invoice] = [w.customer(facts), w.invoice(facts)];
  const payment = open === undefined || open === 0n ? 'payment' : `payment of ${w.units(open)}`;
  const when = due === undefined ? '' : `, due ${w.day(due)}`;
  const isPart = facts.line?.plan.release !== 'paid-in-full';
  const by = facts.line?.lastDay === undefined ? '' : `, up to ${w.day(facts.line.lastDay)}`;
  return together([
    say`${w.money(amount)} is waiting for ${customer}'s ${payment} on invoice ${invoice}${when}.`,
    isPart
      ? say`You get your share of each payment${by}.`
      : say`You get it once the invoice is paid in full${by}.`,
    ...(by === '' ? [] : [say`What is paid later does not count for you.`]),
  ]);
}

/** What will be taken back, when, and what stops it. */
export function riskSentence(
  { amount, on, open, daysPastDue, instalment }: RiskLine,
  facts: LineFacts,
  w: Writer,
): Sentence {
  const [customer, invoice] = [w.customer(facts), w.invoice(facts)];
  const late = daysPastDue === undefined ? '' : `, ${daysText(daysPastDue)} past due`;
  const of = instalment === '' ? '' : `${instalment} of `;
  const head = say`${customer} has ${w.units(open)} open on ${of}invoice ${invoice}${late}. Unless it is paid, ${w.money(amount)} is taken back at the end of ${w.day(on)}`;
  return facts.line?.plan.clawback?.scope === 'whole'
    ? say`${head}; only payment in full stops it.`
    : say`${head}; a partial payment saves part of it.`;
}

/** A dispute: since when, why, and what it means for commission (R16.5). */
function disputeSentence({ dispute, open }: OpenLine, facts: LineFacts, w: Writer): Sentence {
  const { since, reason } = dispute as OpenDispute;
  const why: Sentence = reason === '' ? say`` : say` (${named(reason)})`;
  const head = say`${w.customer(facts)} has disputed invoice ${w.invoice(facts)} since ${w.day(since)}${why}; ${w.units(open)} is open.`;
  const isTakenBack = facts.line?.plan.clawback?.pastDueDays !== undefined;
  return together([
    head,
    isTakenBack
      ? say`Until the dispute ends its days do not count as late, and nothing is taken back for them.`
      : say`Until the dispute ends its days do not count as late.`,
  ]);
}

/** Whether a line earns commission with cash that is still to come (R5.5). */
function isToEarn({ open }: OpenLine, { line }: LineFacts): boolean {
  const last = line?.events.at(-1);
  return line?.level.earned === 'with-cash' && open > 0n && last !== undefined && last.commission > 0n;
}

function toEarnSentence({ open, due }: OpenLine, facts: LineFacts, w: Writer): Sentence {
  const [customer, invoice] = [w.customer(facts), w.invoice(facts)];
  const last = facts.line?.events.at(-1) as LineExplanation['events'][number];
  const when = due === undefined ? '' : `, due ${w.day(due)}`;
  const head = say`${customer} has ${w.units(open)} open on invoice ${invoice}${when}.`;
  // With a write-off, what is still to come is not certain to the cent.
  const all =
    last.closed === last.collected
      ? `: ${w.money(last.commission - last.after.released)} of it is still to come`
      : '';
  const by = facts.line?.lastDay === undefined ? '' : ` up to ${w.day(facts.line.lastDay)}`;
  return together([head, say`You earn commission with each payment${by}${all}.`]);
}

function comesBackSentence(facts: LineFacts, w: Writer): Sentence {
  const line = facts.line as LineExplanation;
  const last = line.events.at(-1) as LineExplanation['events'][number];
  const { first, rest } = comebackOf(line) as Comeback;
  const [customer, invoice] = [w.customer(facts), w.invoice(facts)];
  const [open, writtenOff] = [last.due - last.closed, last.closed - last.collected];
  const owes = say`${customer} still owes ${w.units(open)} on invoice ${invoice}.`;
  const head =
    writtenOff === 0n
      ? owes
      : open === 0n
        ? say`Invoice ${invoice} was written off.`
        : say`${customer} still owes ${w.units(open)} on invoice ${invoice}, and ${w.units(writtenOff)} of it was written off.`;
  const after = first === 0n ? say`still pays` : say`pays after the next ${w.units(first)}`;
  const step = findStep(line, last.due, rest, w);
  if (step !== undefined) {
    return together([
      head,
      say`For each ${w.units(step.paid)} that ${customer} ${after}, ${w.money(step.back)} comes back.`,
    ]);
  }
  const back = w.money(facts.amounts.clawedBack);
  if (line.plan.clawback?.scope === 'whole')
    return together([head, say`Once ${customer} has paid all of it, ${back} comes back.`]);
  const part =
    first === 0n
      ? say`a partial payment brings back part of it.`
      : say`the first ${w.units(first)} of it brings back nothing.`;
  return together([
    head,
    say`If ${customer} still pays ${w.units(first + rest)}, ${back} comes back; ${part}`,
  ]);
}

/** A round payment that brings back a whole number of cents; undefined unless that is exact and all that it brings back. */
function findStep(
  line: LineExplanation,
  due: Units,
  remaining: Units,
  { figures: { scale } }: Writer,
): { readonly paid: Units; readonly back: bigint } | undefined {
  const last = line.events.at(-1) as LineExplanation['events'][number];
  const paid = 1000n * powerOfTen(scale);
  const isPlain = line.plan.clawback?.scope === 'unpaid' && last.waiting === 0n && paid <= remaining;
  const back = last.after.advanced * paid;
  return isPlain && back % due === 0n ? { paid, back: back / due } : undefined;
}
