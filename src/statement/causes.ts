/** Why an amount was posted, in sentences for the rep: they are about the customer, never about the rep. */
import { isoOf } from '../day.js';
import { effectOf } from '../engine/r1-words/causes.js';
import { payableOf } from '../engine/r1-words/line-accounts.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { instalmentText } from '../explain/forecast/coming-part.js';
import type { EventExplanation } from '../explain/lines.js';
import { rateText } from '../pages/figures.js';
import { unreachable } from '../problems/problem.js';
import { daysBetween, type LineFacts, type PostingFacts, ratesOf, type Writer } from './facts.js';
import { lineSumOf, lineSumSentence } from './line-sum.js';
import { named, type Sentence, say, together } from './sentence.js';

/**
 * A credit memo and a new rate change the sale itself: what they reinstate brings no money, and what they claw back takes
 * none. So a statement shows what they move as payable, not as taken back or given back.
 */
export function isOfTheSale({ cause }: Posting): boolean {
  const effect = effectOf(cause);
  return effect === 'credited' || effect === 'rate';
}

/** Why something became payable, or less of it. */
export function payableSentence(of: PostingFacts, w: Writer): Sentence {
  const { posting, facts, event } = of;
  const [customer, source, day] = [w.customer(facts), named(posting.sourceId), w.day(posting.eventDate)];
  switch (posting.cause) {
    case 'invoiced':
    case 'booked':
      return soldSentence(of, w);
    case 'collected':
      return event === undefined
        ? say`${customer} paid on ${day} (${source}).`
        : together([say`${customer} paid ${w.units(event.amount)} on ${day} (${source}).`, ...sumOf(of, w)]);
    case 'refunded':
      return event === undefined
        ? say`Money went back to ${customer} on ${day} (${source}).`
        : together([
            say`${w.units(event.amount)} went back to ${customer} on ${day} (${source}).`,
            ...sumOf(of, w),
          ]);
    case 'credited':
      return creditedSentence(of, w);
    case 're-rated':
      return reRatedSentence(of, w);
    case 'written-off':
      return say`What ${customer} had not paid was written off on ${day} (${source}), so your share of what was paid is payable.`;
    case 'write-off-reversed':
      return say`A write-off of invoice ${w.invoice(facts)} was reversed on ${day} (${source}).`;
    case 'past-due':
      return say`What invoice ${w.invoice(facts)} came to changed on ${day}.`;
    case 'left':
      return say`What ${customer} paid on invoice ${w.invoice(facts)} after ${day} does not count for you.`;
    case 'timing':
      return timingSentence(of, w);
    default:
      return unreachable(posting.cause);
  }
}

function sumOf(of: PostingFacts, w: Writer): Sentence[] {
  const sum = lineSumOf(of, w.rounding);
  return sum === undefined ? [] : [lineSumSentence(sum, w)];
}

/** What early or late cash adds or takes (R17). */
function timingSentence({ posting, facts, event }: PostingFacts, w: Writer): Sentence {
  const [customer, source, day] = [w.customer(facts), named(posting.sourceId), w.day(posting.eventDate)];
  const own = event?.timed?.filter(({ sourceId }) => sourceId === posting.sourceId) ?? [];
  const [piece] = own;
  if (piece !== undefined && own.length === 1) {
    const { days, factor } = piece;
    const when = days === 0 ? 'on time' : `${daysText(Math.abs(days))} ${days < 0 ? 'early' : 'late'}`;
    return say`${customer} paid ${when} (${source}), so ${rateText(factor)} of the commission on it counts.`;
  }
  return payableOf(posting) < 0n
    ? say`Less commission because of when ${customer} paid (${source}, ${day}).`
    : say`More commission because of when ${customer} paid (${source}, ${day}).`;
}

/** A sale: when it counted, the rep's part of it and the rates. */
function soldSentence({ posting, facts, event }: PostingFacts, w: Writer): Sentence {
  const { line } = facts;
  const verb = posting.cause === 'booked' ? 'Booked' : 'Invoiced';
  const head = say`${verb} on ${w.day(posting.eventDate)}`;
  if (line === undefined || event === undefined) return say`${head}.`;
  const what = line.basis === 'gross-profit' ? 'profit of ' : '';
  const { rate } = line;
  const parts =
    rate.kind === 'marginal' && rate.slices.length > 1
      ? rate.slices.map((slice) => `${w.part(slice.base)} × ${rateText(slice.rate)}`).join(' + ')
      : `${w.part(line.base)} × ${ratesOf(facts, posting.eventDate)}`;
  const from = line.plan.from;
  const since = from === undefined ? '' : `, the rate from ${w.day(isoOf(from))}`;
  const less = event.credited === 0n ? '' : `, less ${w.units(event.credited)} credited before`;
  const sum = say`${head}: ${rate.kind === 'stated' ? 'commission as stated' : what + parts + since}${less}`;
  const whole = say`${sum} = ${w.money(event.commission)}`;
  const payable = payableOf(posting);
  const now = event.change === undefined ? 0n : payableOf(event.change);
  if (payable !== now) {
    // A frozen posting, or an adjustment of only a part of what has changed since: this amount is not the whole sum.
    return posting.adjusts === ''
      ? say`${head}.`
      : say`${whole}; ${w.money(now - payable)} of what was payable then was already reported.`;
  }
  if (now === event.commission) return less === '' ? say`${sum}.` : say`${whole}.`;
  if (posting.released !== 0n) {
    const paid = `${w.units(event.counted ?? event.collected)} of ${w.units(event.due)}`;
    return say`${whole}; by then ${w.customer(facts)} had paid ${paid}.`;
  }
  return say`${whole}, of which ${w.money(now)} is payable at once.`;
}

function creditedSentence({ posting, facts, event, before }: PostingFacts, w: Writer): Sentence {
  const [customer, source] = [w.customer(facts), named(posting.sourceId)];
  const day = w.day(posting.eventDate);
  if (event === undefined || before === undefined) {
    return say`A credit memo for ${customer} (${source}) of ${day} changed the sale.`;
  }
  const amount = w.units(event.amount);
  const head =
    event.amount < 0n
      ? say`A credit of ${amount} for ${customer} was reversed on ${day} (${source}).`
      : say`${customer} sent back ${amount} (${source}).`;
  const [from, to] = [before.commission, event.commission];
  const verb = to < from ? 'falls' : 'rises';
  const fall = say`Commission on the sale ${verb} from ${w.money(from)} to ${w.money(to)}`;
  const change = payableOf(posting);
  const { clawedBack } = posting;
  if (clawedBack >= 0n || to >= from) return together([head, say`${fall}.`]);
  const taken = facts.line?.events.findLast(
    (one) => one.date <= posting.eventDate && (one.change?.clawedBack ?? 0n) > 0n,
  );
  const when = taken === undefined ? 'before' : `in ${w.month(taken.date, posting.eventDate)}`;
  const rest =
    change === clawedBack
      ? `the ${w.money(from - to)} difference had already been taken back ${when}, so this changes nothing.`
      : `${w.money(-clawedBack)} of the difference had already been taken back ${when}.`;
  return together([head, say`${fall}; ${rest}`]);
}

function reRatedSentence({ posting, facts, event, before }: PostingFacts, w: Writer): Sentence {
  const rate = ratesOf(facts, posting.eventDate);
  const head = say`Your rate for this sale became ${rate === '' ? 'another' : rate} on ${w.day(posting.eventDate)}.`;
  if (event === undefined || before === undefined) return head;
  return together([
    head,
    say`Commission on it goes from ${w.money(before.commission)} to ${w.money(event.commission)}.`,
  ]);
}

/** Why commission was taken back: what happened and when; when it had been paid; what would undo it. */
export function takenBackSentence(of: PostingFacts, w: Writer): Sentence {
  const { posting, facts } = of;
  const head = say`${w.money(posting.clawedBack)} was taken back on ${w.day(posting.eventDate)} because ${takenBackReason(of, w)}.`;
  const undo = undoTail(facts, w);
  return together([head, ...firstPaidSentence(of, w), ...(undo === undefined ? [] : [undo.one])]);
}

function takenBackReason({ posting, facts, event, before }: PostingFacts, w: Writer): Sentence {
  const [customer, invoice] = [w.customer(facts), w.invoice(facts)];
  const source = named(posting.sourceId);
  switch (posting.cause) {
    case 'past-due':
      return notPaidReason({ posting, facts, event, before }, w);
    case 'written-off':
      return event === undefined
        ? say`${customer}'s invoice ${invoice} was written off (${source})`
        : say`${w.units(event.amount)} of ${customer}'s invoice ${invoice} was written off (${source})`;
    case 'refunded':
      return event === undefined
        ? say`money went back to ${customer} on invoice ${invoice} (${source})`
        : say`${w.units(event.amount)} went back to ${customer} on invoice ${invoice} (${source})`;
    case 're-rated':
    case 'booked':
    case 'invoiced':
    case 'credited':
    case 'collected':
    case 'write-off-reversed':
    case 'left':
    case 'timing':
      return say`${customer}'s invoice ${invoice} was not paid`;
    default:
      return unreachable(posting.cause);
  }
}

/** The due date of what became late with an event: that of the instalment, where there are several (R16.4). */
function lateSince(event: EventExplanation | undefined, line: LineFacts['line']): string | undefined {
  return event?.late.at(-1) ?? line?.due;
}

/** The instalments that became late with an event: `instalment 1 of 4`; blank unless some did (R16.4). */
export function lateInstalment({ facts: { line }, event, before, posting }: PostingFacts): string {
  if (line === undefined || event === undefined || posting.cause !== 'past-due') return '';
  const late = event.late
    .filter((due) => before?.late.includes(due) !== true)
    .map((due) => ({ number: line.instalments.findIndex((one) => one.due === due) + 1 }));
  return instalmentText({ instalments: Math.max(line.instalments.length, 1), late });
}

/** What the customer had not paid when commission was taken back. */
function notPaidReason(of: PostingFacts, w: Writer): Sentence {
  const { posting, facts, event } = of;
  const [customer, invoice] = [w.customer(facts), w.invoice(facts)];
  const due = lateSince(event, facts.line);
  if (event === undefined || due === undefined)
    return say`${customer} had not paid invoice ${invoice} long after it was due`;
  const paid = event.collected === 0n ? 'none' : w.units(event.collected);
  const days = daysBetween(due, posting.eventDate);
  return say`${customer} had paid ${paid} of ${w.units(event.due)} on invoice ${invoice}, ${daysText(days)} after ${lateInstalment(of) || 'it'} was due`;
}

export function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function firstPaidSentence({ posting, facts }: PostingFacts, w: Writer): Sentence[] {
  const { firstPaid } = facts;
  if (firstPaid === undefined) return [];
  const rates = ratesOf(facts, posting.eventDate);
  const at = rates === '' ? '' : ` at ${rates}`;
  if (firstPaid.kind === 'opening') return [say`It was paid to you by ${w.day(firstPaid.date)}${at}.`];
  const { period } = firstPaid;
  return [
    w.periods.has(period)
      ? say`It had become payable in ${period}${at}.`
      : say`It was paid to you with ${period}${at}.`,
  ];
}

/** A line of what was taken back: without what its row shows beside it, the amount, the day, the customer and the rate. */
export interface TakenBackText {
  readonly head: Sentence;
  /** When it had been paid, and what would undo it; of many lines alike, said once for all of them. */
  readonly tails: readonly Tail[];
}

/** A sentence about one line, and the same about all lines of a table. */
export interface Tail {
  readonly one: Sentence;
  readonly all: Sentence;
}

/** What became of a line's commission, in few words. */
export function takenBackText(of: PostingFacts, w: Writer): TakenBackText {
  const tails = [firstPaidTail(of.facts, w), undoTail(of.facts, w)];
  return { head: say`${takenBackHead(of, w)}.`, tails: tails.filter((tail) => tail !== undefined) };
}

function takenBackHead(of: PostingFacts, w: Writer): Sentence {
  const { posting, facts, event } = of;
  const source = named(posting.sourceId);
  switch (posting.cause) {
    case 'past-due': {
      const due = lateSince(event, facts.line);
      if (event === undefined || due === undefined) return say`Not paid long after it was due`;
      const paid = event.collected === 0n ? 'None' : w.units(event.collected);
      const days = daysText(daysBetween(due, posting.eventDate));
      return say`${paid} of ${w.units(event.due)} was paid ${days} after ${lateInstalment(of) || 'it'} was due`;
    }
    case 'written-off':
      return event === undefined
        ? say`Written off (${source})`
        : say`${w.units(event.amount)} was written off (${source})`;
    case 'refunded':
      return event === undefined
        ? say`Money went back to the customer (${source})`
        : say`${w.units(event.amount)} went back to the customer (${source})`;
    case 're-rated':
    case 'booked':
    case 'invoiced':
    case 'credited':
    case 'collected':
    case 'write-off-reversed':
    case 'left':
    case 'timing':
      return say`Not paid`;
    default:
      return unreachable(posting.cause);
  }
}

function firstPaidTail({ firstPaid }: LineFacts, w: Writer): Tail | undefined {
  if (firstPaid === undefined) return undefined;
  if (firstPaid.kind === 'opening') {
    const day = w.day(firstPaid.date);
    return {
      one: say`Paid to you by ${day}.`,
      all: say`All that was taken back had been paid to you by ${day}.`,
    };
  }
  const { period } = firstPaid;
  return w.periods.has(period)
    ? {
        one: say`Payable since ${period}.`,
        all: say`All that was taken back had become payable in ${period}.`,
      }
    : {
        one: say`Paid to you with ${period}.`,
        all: say`All that was taken back had been paid to you with ${period}.`,
      };
}

/** What would undo it, as of the statement's day. */
function undoTail({ line, events, customerId }: LineFacts, w: Writer): Tail | undefined {
  const clawback = line?.plan.clawback;
  if (line === undefined || clawback === undefined) return undefined;
  if (!clawback.reinstate) {
    const never = say`Under plan ${named(line.planId)}, commission that was taken back is not given back.`;
    return { one: never, all: never };
  }
  const { comeback } = events;
  if (comeback === undefined) return undefined;
  const { first } = comeback;
  const customer = named(customerId);
  if (clawback.scope === 'whole') {
    return {
      one: say`Once ${customer} has paid all of it, it comes back.`,
      all: say`What was taken back on an invoice comes back once the customer has paid all of it.`,
    };
  }
  if (first === 0n) {
    return {
      one: say`You get it back as ${customer} pays the rest.`,
      all: say`What was taken back comes back to you as customers pay the rest.`,
    };
  }
  const after = say`After the next ${w.units(first)}, you get it back as ${customer} pays the rest.`;
  return { one: after, all: after };
}

/** Why commission was given back. */
export function givenBackSentence({ posting, facts, event }: PostingFacts, w: Writer): Sentence {
  const [customer, invoice, day] = [w.customer(facts), w.invoice(facts), w.day(posting.eventDate)];
  const head = say`${w.money(-posting.clawedBack)} was given back because`;
  if (posting.cause === 'collected' && event !== undefined && event.amount > 0n) {
    return say`${head} ${customer} paid ${w.units(event.amount)} on ${day}.`;
  }
  if (posting.cause === 'write-off-reversed') {
    return say`${head} the write-off of ${customer}'s invoice ${invoice} was reversed on ${day} (${named(posting.sourceId)}).`;
  }
  return say`${head} what was known about ${customer}'s invoice ${invoice} has changed.`;
}

/** Cash that came after commission was taken back for good. */
export function tooLateSentence({ posting, facts, event }: PostingFacts, w: Writer): Sentence {
  if (event === undefined) return [];
  const isRest = event.collected === event.due;
  const paid = `${isRest ? 'the remaining ' : ''}${w.units(event.amount)}`;
  const taken = w.money(event.after.clawedBack);
  return together([
    say`${w.customer(facts)} paid ${paid} on ${w.day(posting.eventDate)}.`,
    say`Under plan ${named(posting.planId)}, commission that was taken back (${taken}) is not given back.`,
  ]);
}

/** Why held commission will not be paid, or is paid after all. */
export function forfeitedSentence({ posting, facts, event }: PostingFacts, w: Writer): Sentence {
  const [customer, invoice, day] = [w.customer(facts), w.invoice(facts), w.day(posting.eventDate)];
  const source = named(posting.sourceId);
  const isLate = event?.counted !== undefined && event.counted < event.due && posting.cause !== 'refunded';
  if (posting.cause === 'left' || (isLate && posting.forfeited > 0n)) {
    return say`What ${customer} pays on invoice ${invoice} after ${w.day(facts.line?.lastDay ?? posting.eventDate)} does not count for you, so the rest is not paid.`;
  }
  if (posting.forfeited < 0n && posting.cause === 'collected') {
    return say`${customer} paid after all, on ${day} (${source}), so this will be paid.`;
  }
  if (posting.cause === 'written-off') {
    return event === undefined
      ? say`${customer}'s invoice ${invoice} was written off on ${day} (${source}).`
      : say`${w.units(event.amount)} of ${customer}'s invoice ${invoice} was written off on ${day} (${source}): that money never came.`;
  }
  if (posting.forfeited > 0n && posting.cause === 'collected') {
    return say`${customer} paid ${event === undefined ? '' : `${w.units(event.amount)} `}on ${day} (${source}), which left nothing open: the part of invoice ${invoice} that was written off never came.`;
  }
  if (posting.forfeited > 0n && (posting.cause === 'invoiced' || posting.cause === 'booked')) {
    return say`The part of ${customer}'s invoice ${invoice} that was written off by ${day} never came.`;
  }
  return payableSentence({ posting, facts, event, before: undefined }, w);
}

/** A correction of a closed period, whatever its cause. */
export function correctionSentence(of: PostingFacts, w: Writer): Sentence {
  const { posting, event } = of;
  const { clawedBack } = posting;
  if (event === undefined) return goneSentence(of, w);
  if (!isOfTheSale(posting) && clawedBack > 0n) return takenBackSentence(of, w);
  if (!isOfTheSale(posting) && clawedBack < 0n) return givenBackSentence(of, w);
  if (payableOf(posting) === 0n && posting.forfeited !== 0n) return forfeitedSentence(of, w);
  return payableSentence(of, w);
}

/** A frozen posting whose event is no longer in the ledgers. */
function goneSentence({ posting, facts }: PostingFacts, w: Writer): Sentence {
  const [customer, invoice, day] = [w.customer(facts), w.invoice(facts), w.day(posting.eventDate)];
  const source = named(posting.sourceId);
  switch (posting.cause) {
    case 'invoiced':
    case 'booked':
      return say`The sale to ${customer} of ${day} no longer counts as it did.`;
    case 'collected':
      return say`A payment by ${customer} of ${day} (${source}) no longer counts as it did.`;
    case 'refunded':
      return say`A refund to ${customer} of ${day} (${source}) no longer counts as it did.`;
    case 'credited':
      return say`A credit memo for ${customer} of ${day} (${source}) no longer counts as it did.`;
    case 'written-off':
    case 'write-off-reversed':
      return say`A write-off of invoice ${invoice} on ${day} (${source}), or its reversal, no longer counts as it did.`;
    case 'past-due':
      return say`Invoice ${invoice} no longer counts as unpaid on ${day}.`;
    case 're-rated':
      return say`The rate for invoice ${invoice} of ${day} no longer counts.`;
    case 'left':
      return say`What ${customer} paid on invoice ${invoice} after ${day} counts for you as it did not before.`;
    case 'timing':
      return say`When ${customer} paid (${source}, ${day}) no longer counts as it did.`;
    default:
      return unreachable(posting.cause);
  }
}

/** What a debt of an earlier period came from, in a sentence that begins with the commission on it. */
export function debtReason(of: PostingFacts, w: Writer): Sentence {
  const { posting, facts, event } = of;
  const { customerId, invoiceId, line } = facts;
  const head = say`${named(customerId)}'s invoice ${named(invoiceId)}`;
  const day = w.day(posting.eventDate);
  switch (posting.cause) {
    case 'past-due': {
      const due = lateSince(event, line);
      if (due === undefined || event === undefined) return say`${head}, which changed on ${day}`;
      const days = daysText(daysBetween(due, posting.eventDate));
      const paid = event.collected === 0n ? 'had not paid' : 'had not paid in full';
      return say`${head}, which ${named(customerId)} ${paid} ${days} after it was due`;
    }
    case 'written-off':
      return say`${head}, which was written off on ${day}`;
    case 'credited':
      return say`${head}, for which there was a credit on ${day}`;
    case 're-rated':
    case 'booked':
    case 'invoiced':
    case 'collected':
    case 'refunded':
    case 'write-off-reversed':
    case 'left':
    case 'timing':
      return say`${head}, which changed on ${day}`;
    default:
      return unreachable(posting.cause);
  }
}
