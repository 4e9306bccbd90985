/** What can still change: what waits and for whom, what is about to be taken back, and what may come back. */
import type { LineExplanation } from '../explain/lines.js';
import { powerOfTen, type Units } from '../money.js';
import { daysText } from './causes.js';
import type { LineFacts, Writer } from './facts.js';
import type { Known, RiskLine, Sections, WaitingLine } from './sections.js';
import { type Sentence, say, together } from './sentence.js';

/** So many of a kind are told one by one; the rest is summed up. */
const MOST = 2;

/** The sentences: what is about to be taken back, what waits, the largest first, and what may come back. */
export function outlookOf(known: Known & { readonly sections: Sections }): Sentence[] {
  const { sections, invoices, factsOf, writer: w } = known;
  const waiting = [...sections.waiting.lines].sort(
    (a, b) => Number(b.amount > a.amount) - Number(b.amount < a.amount),
  );
  const back = invoices.map(factsOf).filter((facts) => facts.clawedBack > 0n && canComeBack(facts));
  const sum = (amounts: readonly bigint[]) => w.money(amounts.reduce((all, amount) => all + amount, 0n));
  return [
    ...someOf(
      sections.risk.lines,
      (line) => riskSentence(line, factsOf(line.invoiceId), w),
      (rest) =>
        say`${sum(rest.map(({ amount }) => amount))} more is taken back later unless what is open on ${others(rest)} is paid.`,
    ),
    ...someOf(
      waiting,
      (line) => waitingSentence(line, factsOf(line.invoiceId), w),
      (rest) => say`${sum(rest.map(({ amount }) => amount))} more waits for ${others(rest)}.`,
    ),
    ...someOf(
      back,
      (facts) => comesBackSentence(facts, w),
      (rest) =>
        say`${sum(rest.map(({ clawedBack }) => clawedBack))} more was taken back on ${others(rest)}; it comes back as far as customers still pay.`,
    ),
  ];
}

function others(rest: readonly unknown[]): string {
  return rest.length === 1 ? 'one other invoice' : `${rest.length} other invoices`;
}

function someOf<One>(
  all: readonly One[],
  tell: (one: One) => Sentence,
  sumUp: (rest: readonly One[]) => Sentence,
): Sentence[] {
  const rest = all.slice(MOST);
  return [...all.slice(0, MOST).map(tell), ...(rest.length === 0 ? [] : [sumUp(rest)])];
}

/** What waits for a payment, and how it is released. */
export function waitingSentence({ amount, open, due }: WaitingLine, facts: LineFacts, w: Writer): Sentence {
  const [customer, invoice] = [w.customer(facts), w.invoice(facts)];
  const payment = open === undefined || open === 0n ? 'payment' : `payment of ${w.units(open)}`;
  const when = due === undefined ? '' : `, due ${w.day(due)}`;
  const isPart = facts.line?.plan.release !== 'paid-in-full';
  return together([
    say`${w.money(amount)} is waiting for ${customer}'s ${payment} on ${invoice}${when}.`,
    isPart ? say`You get your share of each payment.` : say`You get it once all is paid.`,
  ]);
}

/** What will be taken back, when, and what stops it. */
export function riskSentence(
  { amount, on, open, daysPastDue }: RiskLine,
  facts: LineFacts,
  w: Writer,
): Sentence {
  const [customer, invoice] = [w.customer(facts), w.invoice(facts)];
  const late = daysPastDue === undefined ? '' : `, ${daysText(daysPastDue)} past due`;
  const head = say`${customer} has ${w.units(open)} open on ${invoice}${late}. Unless it is paid, ${w.money(amount)} is taken back at the end of ${w.day(on)}`;
  return facts.line?.plan.clawback?.scope === 'whole'
    ? say`${head}; only payment in full stops it.`
    : say`${head}; paying part keeps its part.`;
}

/** Whether a payment still gives commission back (R5.6). */
function canComeBack({ line }: LineFacts): boolean {
  const last = line?.events.at(-1);
  if (line === undefined || last === undefined || line.plan.clawback?.reinstate !== true) return false;
  const isPastDue = line.events.some(({ cause }) => cause === 'past-due');
  return last.collected < last.due && (isPastDue || last.closed === last.due);
}

function comesBackSentence(facts: LineFacts, w: Writer): Sentence {
  const line = facts.line as LineExplanation;
  const last = line.events.at(-1) as LineExplanation['events'][number];
  const [customer, invoice] = [w.customer(facts), w.invoice(facts)];
  const remaining = last.due - last.collected;
  const isWrittenOff = last.closed > last.collected;
  const head = isWrittenOff
    ? say`${invoice} was written off.`
    : say`${customer} still owes ${w.units(remaining)} on ${invoice}.`;
  const step = findStep(line, last.due, remaining, w);
  if (step !== undefined) {
    return together([
      head,
      say`For each ${w.units(step.paid)} that ${customer} still pays, ${w.money(step.back)} comes back.`,
    ]);
  }
  const back = w.money(facts.clawedBack);
  return line.plan.clawback?.scope === 'whole'
    ? together([head, say`Once ${customer} has paid all of it, ${back} comes back.`])
    : together([
        head,
        say`If ${customer} still pays ${w.units(remaining)}, ${back} comes back; paying part brings back its part.`,
      ]);
}

/** A round payment that brings back a whole number of cents: said only where it is exact, and all that comes back. */
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
