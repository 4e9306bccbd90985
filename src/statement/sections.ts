/** The sections of a statement: each a list of lines with numbers to quote, which add up to the section's total. */
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { NamedPeriod } from '../engine/r11-closes/close.js';
import type { OpenLine } from '../explain/open-lines.js';
import type { Minor, Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import {
  correctionSentence,
  forfeitedSentence,
  givenBackSentence,
  isOfTheSale,
  payableSentence,
  takenBackSentence,
  tooLateSentence,
} from './causes.js';
import { factsOf, type LineFacts, type PostingFacts, ratesOf, type Writer } from './facts.js';
import type { Sentence } from './sentence.js';

/** What sections are made from: what was posted for one rep, and what is known of the lines. */
export interface Known {
  /** Those of the period, in order. */
  readonly postings: readonly Posting[];
  /** The rep's invoices with any posting so far, by id. */
  readonly invoices: readonly string[];
  readonly factsOf: (invoiceId: string) => LineFacts;
  /** The open lines as of the statement's day, by invoice. */
  readonly open: ReadonlyMap<string, OpenLine>;
  readonly period: NamedPeriod;
  readonly until: string;
  readonly writer: Writer;
}

/** What every line of a statement has. */
export interface Line {
  /** Counted through the whole statement. */
  readonly number: number;
  readonly customerId: string;
  readonly invoiceId: string;
  readonly amount: Minor;
}

/** A line for something that happened. */
export interface EventLine extends Line {
  readonly date: string;
  readonly text: Sentence;
  /** As the plan writes it; blank where it says nothing. */
  readonly rates: string;
  /** The closed period that it corrects; empty where it corrects none. */
  readonly adjusts: string;
  /** What the line is about besides its amount, where that is none. */
  readonly posting: Posting;
}

/** Commission that waits for a customer's payment. */
export interface WaitingLine extends Line {
  /** What is open on the invoice; undefined where it is known otherwise now than when the period was closed. */
  readonly open: Units | undefined;
  readonly due: string | undefined;
  /** Undefined where it is not due yet. */
  readonly daysPastDue: number | undefined;
}

/** Commission that will be taken back unless the customer pays. */
export interface RiskLine extends Line {
  readonly on: string;
  readonly open: Units;
  readonly daysPastDue: number | undefined;
}

export interface Section<Of extends Line> {
  readonly lines: readonly Of[];
  readonly total: Minor;
}

export interface Sections {
  readonly payable: Section<EventLine>;
  readonly waiting: Section<WaitingLine>;
  /** Taken back and given back: what is taken back is below 0. */
  readonly moved: Section<EventLine>;
  readonly takenBack: Minor;
  readonly givenBack: Minor;
  /** What will not be paid any more. */
  readonly forfeited: Section<EventLine>;
  readonly risk: Section<RiskLine>;
  readonly corrections: Section<EventLine>;
}

/** Makes the sections in their order; lines are numbered through. */
export function sectionsOf(known: Known): Sections {
  const { postings } = known;
  const count = counter();
  const ownOnes = postings.filter(({ adjusts }) => adjusts === '');
  const payable = section(payableLines(ownOnes, known, count));
  const waiting = section(waitingLines(known, count));
  const moved = section(movedLines(ownOnes, known, count));
  const taken = moved.lines.reduce((sum, { amount }) => (amount < 0n ? sum - amount : sum), 0n);
  const forfeited = section(
    ownOnes
      .filter((posting) => posting.forfeited !== 0n)
      .map((posting) => eventLine(posting, posting.forfeited, forfeitedSentence, known, count)),
  );
  const risk = section(riskLines(known, count));
  const corrections = section(
    postings
      .filter(({ adjusts }) => adjusts !== '')
      .sort((a, b) => byCodeUnit(a.adjusts, b.adjusts))
      .map((posting) => eventLine(posting, netOf(posting), correctionSentence, known, count)),
  );
  return {
    payable,
    waiting,
    moved,
    takenBack: taken,
    givenBack: moved.total + taken,
    forfeited,
    risk,
    corrections,
  };
}

function netOf({ advanced, released, clawedBack }: Posting): Minor {
  return advanced + released - clawedBack;
}

/** What a posting adds to what is payable: of a change of the sale itself, all that it moves. */
function payableOf(posting: Posting): Minor {
  return isOfTheSale(posting) ? netOf(posting) : posting.advanced + posting.released;
}

function payableLines(postings: readonly Posting[], known: Known, count: () => number): EventLine[] {
  return postings
    .filter(
      (posting) =>
        posting.advanced !== 0n ||
        posting.released !== 0n ||
        (posting.clawedBack !== 0n && isOfTheSale(posting)),
    )
    .map((posting, at) => ({ posting, at }))
    .sort((a, b) => byCodeUnit(a.posting.invoiceId, b.posting.invoiceId) || a.at - b.at)
    .map(({ posting }) => eventLine(posting, payableOf(posting), payableSentence, known, count));
}

/** What was taken back and given back, and cash that came too late for that, by day. */
function movedLines(postings: readonly Posting[], known: Known, count: () => number): EventLine[] {
  const moved = postings.filter((posting) => posting.clawedBack !== 0n && !isOfTheSale(posting));
  const late = tooLate(known);
  const lines = [...moved.map((posting) => ({ posting, isLate: false })), ...late];
  return lines
    .map((one, at) => ({ ...one, at }))
    .sort((a, b) => byCodeUnit(a.posting.eventDate, b.posting.eventDate) || a.at - b.at)
    .map(({ posting, isLate }) => {
      const sentence = isLate
        ? tooLateSentence
        : posting.clawedBack > 0n
          ? takenBackSentence
          : givenBackSentence;
      return eventLine(posting, isLate ? 0n : -posting.clawedBack, sentence, known, count);
    });
}

/** Payments of the period on what was taken back for good: they bring nothing back. */
function tooLate({ invoices, factsOf: of, period, until }: Known): { posting: Posting; isLate: true }[] {
  return invoices.flatMap((invoiceId) => {
    const { line, clawedBack } = of(invoiceId);
    if (clawedBack <= 0n || line?.plan.clawback?.reinstate !== false) return [];
    return line.events
      .filter(({ date }) => date >= period.from && date <= until)
      .filter(({ cause, amount, change, after }) => {
        return cause === 'collected' && amount > 0n && change === undefined && after.clawedBack > 0n;
      })
      .map((event) => ({ posting: postingOf(event, line), isLate: true as const }));
  });
}

/** An event that changed nothing, in the form of a posting. */
function postingOf(
  {
    date,
    cause,
    sourceId,
  }: { readonly date: string; readonly cause: Posting['cause']; readonly sourceId: string },
  line: NonNullable<LineFacts['line']>,
): Posting {
  const { repId, invoiceId, customerId, planId, level } = line;
  const none = { earned: 0n, advanced: 0n, released: 0n, held: 0n, forfeited: 0n, clawedBack: 0n };
  const said = { repId, invoiceId, customerId, planId, level: level.number, cause, sourceId };
  return { date, period: '', ...said, ...none, eventDate: date, adjusts: '' };
}

function waitingLines({ invoices, factsOf: of, open }: Known, count: () => number): WaitingLine[] {
  return invoices.flatMap((invoiceId) => {
    const { customerId, held, line } = of(invoiceId);
    if (held === 0n) return [];
    const found = open.get(invoiceId);
    const days = found?.daysPastDue;
    return [
      {
        number: count(),
        customerId,
        invoiceId,
        amount: held,
        open: found?.held === held ? found.open : undefined,
        due: line?.due,
        daysPastDue: days !== undefined && days > 0 ? days : undefined,
      },
    ];
  });
}

function riskLines({ open, until, factsOf: of }: Known, count: () => number): RiskLine[] {
  return [...open.values()]
    .filter((line) => line.atRisk !== 0n && line.clawbackOn !== undefined && line.clawbackOn > until)
    .filter(({ invoiceId }) => isAsPosted(of(invoiceId)))
    .sort(
      (a, b) => byCodeUnit(a.clawbackOn ?? '', b.clawbackOn ?? '') || byCodeUnit(a.invoiceId, b.invoiceId),
    )
    .map(({ customerId, invoiceId, atRisk, clawbackOn, open: owed, daysPastDue }) => ({
      number: count(),
      customerId,
      invoiceId,
      amount: atRisk,
      on: clawbackOn as string,
      open: owed,
      daysPastDue: daysPastDue !== undefined && daysPastDue > 0 ? daysPastDue : undefined,
    }));
}

/** Whether a line is known as it was posted: what was frozen cannot be taken back as something else. */
function isAsPosted({ line, advanced, clawedBack }: LineFacts): boolean {
  const after = line?.events.at(-1)?.after;
  return after?.advanced === advanced && after.clawedBack === clawedBack;
}

function eventLine(
  posting: Posting,
  amount: Minor,
  sentence: (of: PostingFacts, writer: Writer) => Sentence,
  { factsOf: of, writer }: Known,
  count: () => number,
): EventLine {
  const { customerId, invoiceId, eventDate, adjusts } = posting;
  const facts = { ...of(invoiceId), customerId };
  return {
    number: count(),
    customerId,
    invoiceId,
    amount,
    date: eventDate,
    text: sentence(factsOf(posting, facts), writer),
    rates: ratesOf(facts, eventDate),
    adjusts,
    posting,
  };
}

function section<Of extends Line>(lines: readonly Of[]): Section<Of> {
  return { lines, total: lines.reduce((sum, { amount }) => sum + amount, 0n) };
}

function counter(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}
