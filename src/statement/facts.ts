/** What a statement's sentences are filled from: a posting, the line it is of, and the event behind it. */
import { findDay } from '../day.js';
import type { LineAmounts } from '../engine/r1-words/line-accounts.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { type Comeback, comebackOf } from '../explain/comeback.js';
import type { FirstPaid } from '../explain/line-history/line-history.js';
import type { NamedLine } from '../explain/line-history/line-name.js';
import { ratesOn, ratesText } from '../explain/line-history/rates.js';
import type { EventExplanation, LineExplanation } from '../explain/lines.js';
import { powerOfTen, type Rounding, round, type Units } from '../money.js';
import { amountText, dayText, type Figures, rateText, unitsText } from '../pages/figures.js';
import type { Ratio } from '../ratio.js';
import { type Named, named } from './sentence.js';

/** A rep's line on an invoice so far. */
export interface LineFacts extends NamedLine {
  readonly customerId: string;
  /** Its events as they are known now; undefined if the invoice is no longer there. */
  readonly line: LineExplanation | undefined;
  readonly events: LineEvents;
  /** When something of it first became payable. */
  readonly firstPaid: FirstPaid | undefined;
  /** What it has come to by its postings up to the statement's day. */
  readonly amounts: LineAmounts;
}

/** The events of a line: found by their postings, and looked through once however many postings there are. */
export class LineEvents {
  readonly #line: LineExplanation | undefined;
  #places: ReadonlyMap<string, number> | undefined;
  #comeback: { readonly found: Comeback | undefined } | undefined;

  constructor(line: LineExplanation | undefined) {
    this.#line = line;
  }

  /** What later cash gives back of the line. */
  get comeback(): Comeback | undefined {
    this.#comeback ??= { found: this.#line && comebackOf(this.#line) };
    return this.#comeback.found;
  }

  /** The event behind a posting, and the one before; an adjustment's event is on the day that it corrects. */
  find({ eventDate, cause, sourceId }: Posting): Pick<PostingFacts, 'event' | 'before'> {
    const events = this.#line?.events ?? [];
    this.#places ??= new Map(events.map((event, at) => [keyOf(event), at] as const).reverse());
    const at = this.#places.get(keyOf({ date: eventDate, cause, sourceId }));
    return at === undefined ? NO_EVENT : { event: events[at], before: events[at - 1] };
  }
}

const NO_EVENT = { event: undefined, before: undefined };

function keyOf({ date, cause, sourceId }: Pick<EventExplanation, 'date' | 'cause' | 'sourceId'>): string {
  return `${date} ${cause} ${sourceId}`;
}

/** A posting with the events that explain it. */
export interface PostingFacts {
  readonly posting: Posting;
  readonly facts: LineFacts;
  /** The event behind it, and the one before that; undefined if it is no longer there. */
  readonly event: EventExplanation | undefined;
  readonly before: EventExplanation | undefined;
}

/** Writes the facts of one statement: its amounts, dates and names. */
export class Writer {
  readonly figures: Figures;
  /** The pay periods of the statement, by name. */
  readonly periods: ReadonlySet<string>;

  /** Of the workspace. */
  readonly rounding: Rounding;

  constructor(figures: Figures, periods: ReadonlySet<string>, rounding: Rounding) {
    this.figures = figures;
    this.rounding = rounding;
    this.periods = periods;
  }

  money(amount: bigint): string {
    return amountText(amount, this.figures);
  }

  /** The size of a ledger amount; the words around it give its direction. */
  units(amount: Units): string {
    return unitsText(amount < 0n ? -amount : amount, this.figures);
  }

  /** An exact ledger amount, rounded to the currency's decimals. */
  part({ n, d }: Ratio): string {
    const { scale, digits } = this.figures;
    return amountText(round(n, d * powerOfTen(scale - digits), 'half-up'), this.figures);
  }

  day(iso: string): string {
    return dayText(iso);
  }

  /** The month of a day, with its year if that differs from the year of the day beside it. */
  month(iso: string, beside: string): string {
    const [, month, year] = dayText(iso).split(' ') as [string, string, string];
    const name = MONTHS.get(month) as string;
    return iso.slice(0, 4) === beside.slice(0, 4) ? name : `${name} ${year}`;
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

/** Finds the event behind a posting. */
export function factsOf(posting: Posting, facts: LineFacts): PostingFacts {
  return { posting, facts, ...facts.events.find(posting) };
}

/** The rates of the line on a day: `5%`, or `5% and 8%`; blank if it has none, or is no longer there. */
export function ratesOf({ line }: LineFacts, date: string): string {
  return line === undefined ? '' : ratesText(ratesOn(line, date), rateText);
}

/** The days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return (findDay(to) as number) - (findDay(from) as number);
}
