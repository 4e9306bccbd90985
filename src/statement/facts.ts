/** What a statement's sentences are filled from: a posting, the line it is of, and the event behind it. */
import { findDay } from '../day.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { EventExplanation, LineExplanation } from '../explain/lines.js';
import { powerOfTen, round, type Units } from '../money.js';
import { amountText, dayText, type Figures, rateText, unitsText } from '../pages/figures.js';
import { compare, type Ratio } from '../ratio.js';
import { type Named, named } from './sentence.js';

/** A rep's line on an invoice over all of its life so far. */
export interface LineFacts {
  readonly invoiceId: string;
  readonly customerId: string;
  /** Its life as it is known; undefined where the invoice is no longer there. */
  readonly line: LineExplanation | undefined;
  /** The pay period in which something of it first became payable. */
  readonly firstPaid: string | undefined;
  /** As of the statement's day, by the postings. */
  readonly held: bigint;
  readonly advanced: bigint;
  readonly clawedBack: bigint;
}

/** What is said of a posting. */
export interface PostingFacts {
  readonly posting: Posting;
  readonly facts: LineFacts;
  /** The event behind it, and the one before that; undefined where it is no longer there. */
  readonly event: EventExplanation | undefined;
  readonly before: EventExplanation | undefined;
}

/** Writes the facts of one statement: its amounts, dates and names. */
export class Writer {
  readonly figures: Figures;
  /** The pay periods of the statement, by name. */
  readonly periods: ReadonlySet<string>;

  constructor(figures: Figures, periods: ReadonlySet<string>) {
    this.figures = figures;
    this.periods = periods;
  }

  money(amount: bigint): string {
    return amountText(amount, this.figures);
  }

  /** A ledger amount by its size: its direction is said in words. */
  units(amount: Units): string {
    return unitsText(amount < 0n ? -amount : amount, this.figures);
  }

  /** An exact ledger amount, rounded where it has no end. */
  part({ n, d }: Ratio): string {
    const { scale, digits } = this.figures;
    return amountText(round(n, d * powerOfTen(scale - digits), 'half-up'), this.figures);
  }

  day(iso: string): string {
    return dayText(iso);
  }

  /** The month of a day, with its year where that is another than of the day it is told on. */
  month(iso: string, told: string): string {
    const [, month, year] = dayText(iso).split(' ') as [string, string, string];
    const name = MONTHS.get(month) as string;
    return iso.slice(0, 4) === told.slice(0, 4) ? name : `${name} ${year}`;
  }

  customer({ customerId }: LineFacts): Named {
    return named(customerId);
  }

  invoice({ invoiceId }: LineFacts): Named {
    return named(invoiceId);
  }
}

const MONTHS: ReadonlyMap<string, string> = new Map(
  [
    ...['January', 'February', 'March', 'April', 'May', 'June'],
    ...['July', 'August', 'September', 'October', 'November', 'December'],
  ].map((month) => [month.slice(0, 3), month]),
);

/** Finds the event behind a posting; an adjustment's is that of the day it is about. */
export function factsOf(posting: Posting, facts: LineFacts): PostingFacts {
  const events = facts.line?.events ?? [];
  const at = events.findIndex(
    ({ date, cause, sourceId }) =>
      date === posting.eventDate && cause === posting.cause && sourceId === posting.sourceId,
  );
  return { posting, facts, event: events[at], before: events[at - 1] };
}

/** What the line is paid at as of a day: `5%`, or `5% and 8%`; blank where it cannot be told. */
export function ratesOf({ line }: LineFacts, date: string): string {
  if (line === undefined) return '';
  return [...new Set(ratesFrom(line, date))].map(rateText).join(' and ');
}

function ratesFrom({ rate }: LineExplanation, date: string): readonly Ratio[] {
  if (rate.kind === 'flat') return [rate.rate];
  if (rate.kind === 'marginal') {
    return rate.slices.map((slice) => slice.rate).filter((one, at, all) => isFirst(one, at, all));
  }
  if (rate.kind === 'said') return [];
  const step = rate.steps.findLast((one) => one.date <= date) ?? rate.steps[0];
  return step === undefined ? [] : [step.rate];
}

function isFirst(rate: Ratio, at: number, all: readonly Ratio[]): boolean {
  return all.findIndex((one) => compare(one, rate) === 0) === at;
}

/** The days from one to another. */
export function daysBetween(from: string, to: string): number {
  return (findDay(to) as number) - (findDay(from) as number);
}
