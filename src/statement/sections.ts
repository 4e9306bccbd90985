/** The sections of a statement: each a list of lines with numbers to quote, which add up to the section's total. */
import { adjustedPeriod } from '../closing/adjusted-period.js';
import {
  LINE_ACCOUNTS,
  netOf,
  noAmounts,
  PAY_ACCOUNTS,
  payableOf,
} from '../engine/r1-words/line-accounts.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { NamedPeriod } from '../engine/r11-closes/close.js';
import { comingPartOf, instalmentText } from '../explain/forecast/coming-part.js';
import type { OpenDispute, OpenLine } from '../explain/forecast/open-lines.js';
import { soonAfter } from '../explain/forecast/soon.js';
import { lineNameOf, type NamedLine } from '../explain/line-history/line-name.js';
import type { PayExplanation } from '../explain/reps.js';
import type { Minor, Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import { type BesideLine, capLines, entryLines, leastLines } from './beside-invoices.js';
import {
  correctionSentence,
  forfeitedSentence,
  givenBackSentence,
  isOfTheSale,
  lateInstalment,
  payableSentence,
  type TakenBackText,
  takenBackSentence,
  takenBackText,
  tooLateSentence,
} from './causes.js';
import { factsOf, type LineFacts, type PostingFacts, ratesOf, type Writer } from './facts.js';
import { type LineSum, lineSumOf } from './line-sum.js';
import { type Sentence, sentenceText, together } from './sentence.js';

/** What sections are made from: what was posted for one rep, and the rep's lines. */
export interface Known {
  /** The period's postings, in order. */
  readonly postings: readonly Posting[];
  /** The rep's lines with any posting so far, by invoice and credit. */
  readonly lines: readonly NamedLine[];
  /** The rep's pay in the pay periods of the statement, in order. */
  readonly pays: readonly PayExplanation[];
  readonly factsOf: (line: NamedLine) => LineFacts;
  /** The open lines as of the statement's day, by name. */
  readonly open: ReadonlyMap<string, OpenLine>;
  readonly period: NamedPeriod;
  /** In order. */
  readonly closedPeriods: readonly NamedPeriod[];
  readonly until: string;
  readonly writer: Writer;
}

/** What every line of a statement has. */
export interface Line extends NamedLine {
  /** Unique in the statement, for the rep to quote. */
  readonly number: number;
  readonly customerId: string;
  readonly amount: Minor;
  /** The instalments of the invoice that it is about: `instalment 1 of 4`; blank if it is about the whole invoice. */
  readonly instalment: string;
  /** The dispute of the invoice on the statement's day; undefined unless something is open on it (R16.5). */
  readonly dispute: OpenDispute | undefined;
}

/** A line for an event. */
export interface EventLine extends Line {
  readonly date: string;
  readonly text: Sentence;
  /** In a table of several lines: what the row does not show beside it. */
  readonly inTable: Sentence;
  /** What was paid of the invoice, and what it makes payable; undefined for any other event. */
  readonly sum: LineSum | undefined;
  /** `5% and 8%`; blank if the line has none. */
  readonly rates: string;
  /** The closed period that it corrects; empty if none. */
  readonly adjusts: string;
  /** What it shows; an event that changed nothing in the form of a posting. */
  readonly posting: Posting;
}

/** Commission that waits for a customer's payment. */
export interface WaitingLine extends Line {
  /** What is open on the invoice; undefined if the invoice has changed since the period was closed. */
  readonly open: Units | undefined;
  /** When what is open is due first. */
  readonly due: string | undefined;
  /** Undefined if it is not past due. */
  readonly daysPastDue: number | undefined;
}

/** Commission that will be taken back unless the customer pays. */
export interface RiskLine extends Line {
  readonly on: string;
  /** On the invoice, or on the instalments that become late then. */
  readonly open: Units;
  readonly daysPastDue: number | undefined;
}

export interface Section<Of extends { readonly amount: Minor }> {
  readonly lines: readonly Of[];
  readonly total: Minor;
}

export interface Sections {
  readonly payable: Section<EventLine>;
  /** Bonuses, deductions, waivers and repayments. */
  readonly entries: Section<BesideLine>;
  /** What is beyond caps, below 0; and what no longer is. */
  readonly cap: Section<BesideLine>;
  /** Added up to a guarantee, or paid in advance. */
  readonly draw: Section<BesideLine>;
  readonly waiting: Section<WaitingLine>;
  /** Taken back (below 0) and given back. */
  readonly moved: Section<EventLine>;
  /** What holds for all that was taken back; blank if nothing does, or for one line, which says it itself. */
  readonly movedNote: Sentence;
  readonly takenBack: Minor;
  readonly givenBack: Minor;
  /** What will not be paid. */
  readonly forfeited: Section<EventLine>;
  /** What will be taken back within 30 days, and what will be later; by date. */
  readonly risk: Section<RiskLine>;
  readonly riskLater: Section<RiskLine>;
  readonly corrections: Section<EventLine>;
}

/** Makes the sections in their order; line numbers run through all of them. */
export function sectionsOf(known: Known): Sections {
  const { postings, pays, writer } = known;
  const count = counter();
  const numbered = (line: Omit<BesideLine, 'number'>): BesideLine => ({ ...line, number: count() });
  const own = postings.filter(({ adjusts }) => adjusts === '');
  const payable = section(payableLines(own, known, count));
  const entries = section(entryLines(pays, writer).map(numbered));
  const cap = section(capLines(pays, writer).map(numbered));
  const draw = section(leastLines(pays, writer).map(numbered));
  const waiting = section(waitingLines(known, count));
  const { lines: movedOnes, note: movedNote } = movedLines(own, known, count);
  const moved = section(movedOnes);
  const taken = moved.lines.reduce((sum, { amount }) => (amount < 0n ? sum - amount : sum), 0n);
  const forfeited = section(
    own
      .filter((posting) => posting.forfeited !== 0n)
      .map((posting) => eventLine(posting, posting.forfeited, forfeitedSentence, known, count)),
  );
  const soon = soonAfter(known.until);
  const atRisk = riskLines(known, count);
  const risk = section(atRisk.filter(({ on }) => on <= soon));
  const riskLater = section(atRisk.filter(({ on }) => on > soon));
  const corrections = section(
    postings
      .filter(({ adjusts }) => adjusts !== '')
      .sort((a, b) => byCodeUnit(a.adjusts, b.adjusts))
      .map((posting) => eventLine(posting, netOf(posting), correctionSentence, known, count)),
  );
  return {
    payable,
    entries,
    cap,
    draw,
    waiting,
    moved,
    movedNote,
    takenBack: taken,
    givenBack: moved.total + taken,
    forfeited,
    risk,
    riskLater,
    corrections,
  };
}

/** What a posting adds to what is payable: all that it moves if the sale itself changes. */
function becamePayable(posting: Posting): Minor {
  return isOfTheSale(posting) ? netOf(posting) : payableOf(posting);
}

function payableLines(postings: readonly Posting[], known: Known, count: () => number): EventLine[] {
  return postings
    .filter((posting) =>
      PAY_ACCOUNTS.some(
        (account) => posting[account] !== 0n && (LINE_ACCOUNTS[account].net > 0 || isOfTheSale(posting)),
      ),
    )
    .map((posting, at) => ({ posting, at }))
    .sort((a, b) => byCodeUnit(a.posting.invoiceId, b.posting.invoiceId) || a.at - b.at)
    .map(({ posting }) => eventLine(posting, becamePayable(posting), payableSentence, known, count));
}

/** What was taken back and given back, and cash that came too late to give anything back, by day; and what all have in common. */
function movedLines(
  postings: readonly Posting[],
  known: Known,
  count: () => number,
): { readonly lines: EventLine[]; readonly note: Sentence } {
  const moved = postings.filter((posting) => posting.clawedBack !== 0n && !isOfTheSale(posting));
  const late = tooLate(known);
  const all = [...moved.map((posting) => ({ posting, isLate: false })), ...late]
    .map((one, at) => ({ ...one, at }))
    .sort((a, b) => byCodeUnit(a.posting.eventDate, b.posting.eventDate) || a.at - b.at);
  const texts = new Map(
    all
      .filter(({ posting, isLate }) => !isLate && posting.clawedBack > 0n)
      .map(({ posting }) => [posting, takenBackText(foundOf(posting, known), known.writer)] as const),
  );
  const shared = sharedTails([...texts.values()]);
  const lines = all.map(({ posting, isLate }) => {
    const text = texts.get(posting);
    if (text === undefined) {
      return isLate
        ? eventLine(posting, 0n, tooLateSentence, known, count)
        : eventLine(posting, -posting.clawedBack, givenBackSentence, known, count);
    }
    const own = text.tails.filter(({ all }) => !shared.has(sentenceText(all))).map(({ one }) => one);
    const line = eventLine(posting, -posting.clawedBack, takenBackSentence, known, count);
    return { ...line, inTable: together([text.head, ...own]) };
  });
  return { lines, note: together([...shared.values()]) };
}

/** The sentences that hold for all of several lines, by their words. */
function sharedTails(texts: readonly TakenBackText[]): ReadonlyMap<string, Sentence> {
  const [first, ...others] = texts;
  if (first === undefined || others.length === 0) return new Map();
  const hasAll = (words: string) =>
    others.every(({ tails }) => tails.some(({ all }) => sentenceText(all) === words));
  return new Map(
    first.tails.map(({ all }) => [sentenceText(all), all] as const).filter(([words]) => hasAll(words)),
  );
}

/** Payments in the period on what was taken back for good: they bring nothing back. */
function tooLate({ lines, factsOf: of, period, until }: Known): { posting: Posting; isLate: true }[] {
  return lines.flatMap((named) => {
    const { line, amounts } = of(named);
    if (amounts.clawedBack <= 0n || line?.plan.clawback?.reinstate !== false) return [];
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
  const { repId, invoiceId, customerId, planId, credit, level } = line;
  const facts = { repId, invoiceId, customerId, planId, credit, level: level.number, cause, sourceId };
  return { date, period: '', ...facts, ...noAmounts(), eventDate: date, adjusts: '' };
}

function waitingLines({ lines, factsOf: of, open }: Known, count: () => number): WaitingLine[] {
  return lines.flatMap((named) => {
    const { customerId, amounts, line } = of(named);
    const { held } = amounts;
    if (held === 0n) return [];
    const found = open.get(lineNameOf(named));
    const days = found?.daysPastDue;
    return [
      {
        number: count(),
        customerId,
        invoiceId: named.invoiceId,
        credit: named.credit,
        amount: held,
        instalment: nextInstalment(found),
        dispute: disputeOf(found),
        open: found?.held === held ? found.open : undefined,
        due: line?.due ?? found?.due,
        daysPastDue: days !== undefined && days > 0 ? days : undefined,
      },
    ];
  });
}

function riskLines({ open, until, factsOf: of }: Known, count: () => number): RiskLine[] {
  return [...open.values()]
    .flatMap((line) => line.coming.map((part) => ({ ...line, ...part })))
    .filter(({ clawbackOn }) => clawbackOn > until)
    .filter((line) => isAsPosted(of(line)))
    .sort((a, b) => byCodeUnit(a.clawbackOn, b.clawbackOn) || byCodeUnit(a.invoiceId, b.invoiceId))
    .map((line) => {
      const { customerId, invoiceId, credit, atRisk, clawbackOn } = line;
      const { open: owed, daysPastDue } = comingPartOf(line);
      return {
        number: count(),
        customerId,
        invoiceId,
        credit,
        amount: atRisk,
        instalment: instalmentText(line),
        dispute: disputeOf(line),
        on: clawbackOn,
        open: owed,
        daysPastDue: daysPastDue !== undefined && daysPastDue > 0 ? daysPastDue : undefined,
      };
    });
}

/** The first instalment that is open: `instalment 2 of 4`. */
function nextInstalment(line: OpenLine | undefined): string {
  return line === undefined ? '' : instalmentText({ ...line, late: line.parts.slice(0, 1) });
}

/** A dispute of what is open: where nothing is, it no longer matters. */
function disputeOf(line: OpenLine | undefined): OpenDispute | undefined {
  return line?.open === 0n ? undefined : line?.dispute;
}

/** Whether a line is known as it was posted: only then will the amount at risk be taken back. */
function isAsPosted({ line, amounts }: LineFacts): boolean {
  const after = line?.events.at(-1)?.after;
  return after?.advanced === amounts.advanced && after.clawedBack === amounts.clawedBack;
}

function eventLine(
  posting: Posting,
  amount: Minor,
  sentence: (of: PostingFacts, writer: Writer) => Sentence,
  known: Known,
  count: () => number,
): EventLine {
  const { writer, open } = known;
  const { customerId, invoiceId, credit, eventDate, adjusts } = posting;
  const found = foundOf(posting, known);
  const text = sentence(found, writer);
  return {
    number: count(),
    customerId,
    invoiceId,
    credit,
    amount,
    instalment: lateInstalment(found),
    dispute: disputeOf(open.get(lineNameOf(posting))),
    date: eventDate,
    text,
    inTable: text,
    sum: lineSumOf(found, writer.rounding),
    rates: ratesOf(found.facts, eventDate),
    adjusts: adjustedPeriod(adjusts, known),
    posting,
  };
}

/** A posting with its line and its event. */
function foundOf(posting: Posting, { factsOf: of }: Known): PostingFacts {
  return factsOf(posting, { ...of(posting), customerId: posting.customerId });
}

function section<Of extends { readonly amount: Minor }>(lines: readonly Of[]): Section<Of> {
  return { lines, total: lines.reduce((sum, { amount }) => sum + amount, 0n) };
}

function counter(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}
