/** Postings in columns: two million of them are no two million objects until somebody asks for them. */
import { type Amount, type Amounts, type Counting, exactly } from '../../amount.js';
import { type Day, isoOf } from '../../day.js';
import { grouped } from '../../grouped.js';
import type { Minor } from '../../money.js';
import type { LevelNumber } from '../../plans/levels.js';
import type { Period } from '../r2-ledgers/calendar.js';
import type { Lines } from '../r3-sales/lines.js';
import type { Targets } from '../r5-targets/targets.js';
import type { Run } from '../run.js';
import { CAUSES, type Cause, KINDS, kindOf, kindOfNumber, numberOf } from './order-of-day.js';

/** A change of what a line has come to (R6.1); amounts in the currency's minor unit. */
export interface Posting {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The pay period by name: a quarter or a month (R7.1). */
  readonly period: string;
  readonly repId: string;
  readonly invoiceId: string;
  readonly customerId: string;
  readonly planId: string;
  readonly level: LevelNumber;
  readonly cause: Cause;
  /** The id of the ledger row behind the cause (R6.2). */
  readonly sourceId: string;
  readonly earned: Minor;
  readonly advanced: Minor;
  readonly released: Minor;
  readonly held: Minor;
  readonly forfeited: Minor;
  readonly clawedBack: Minor;
}

/** The changes that a posting has, in the order of their columns. */
export const DELTAS = ['earned', 'advanced', 'released', 'held', 'forfeited', 'clawedBack'] as const;

export type Delta = (typeof DELTAS)[number];

/** All postings of a run, by number in the order in which they were made: line by line. */
export class PostingTable {
  readonly run: Run;
  readonly lines: Lines;
  readonly periodOf: (day: Day) => Period;
  #line = new Int32Array(1024);
  #day = new Int32Array(1024);
  #cause = new Uint8Array(1024);
  #source = new Int32Array(1024);
  #deltas: Readonly<Record<Delta, Amounts>>;
  #length = 0;

  constructor(run: Run, lines: Lines, periodOf: (day: Day) => Period) {
    this.run = run;
    this.lines = lines;
    this.periodOf = periodOf;
    this.#deltas = deltasFor(1024, run.counting);
  }

  get length(): number {
    return this.#length;
  }

  add(line: number, day: Day, cause: Cause, source: number, change: Targets): void {
    const at = this.#length;
    if (at === this.#line.length) this.#grow();
    this.#length += 1;
    this.#line[at] = line;
    this.#day[at] = day;
    this.#cause[at] = numberOf(cause);
    this.#source[at] = source;
    const deltas = this.#deltas;
    deltas.earned[at] = change.earned;
    deltas.advanced[at] = change.advanced;
    deltas.released[at] = change.released;
    deltas.held[at] = change.held;
    deltas.forfeited[at] = change.forfeited;
    deltas.clawedBack[at] = change.clawedBack;
  }

  lineOf(posting: number): number {
    return this.#line[posting] as number;
  }

  dayOf(posting: number): Day {
    return this.#day[posting] as Day;
  }

  causeOf(posting: number): Cause {
    return CAUSES[this.#cause[posting] as number] as Cause;
  }

  sourceOf(posting: number): number {
    return this.#source[posting] as number;
  }

  deltaOf(posting: number, delta: Delta): Amount {
    return this.#deltas[delta][posting] as Amount;
  }

  /** A line on a day in words, for a check that fails. */
  nameOf(line: number, day: Day): string {
    const { invoices, reps } = this.run.books;
    const invoice = invoices.ids.at(this.lines.invoices[line] as number);
    return `${invoice} for ${reps.nameOf(this.lines.reps[line] as number)} on ${isoOf(day)}`;
  }

  /** The posting as an object. */
  at(posting: number): Posting {
    const { books, sources } = this.run;
    const line = this.lineOf(posting);
    const day = this.dayOf(posting);
    const plan = this.lines.planOf(line);
    const invoice = this.lines.invoices[line] as number;
    return {
      date: isoOf(day),
      period: this.periodOf(day).name,
      repId: books.reps.nameOf(this.lines.reps[line] as number),
      invoiceId: books.invoices.ids.at(invoice),
      customerId: books.invoices.customers.at(invoice),
      planId: plan.id,
      level: plan.level.number,
      cause: this.causeOf(posting),
      sourceId: sources.idOf(this.sourceOf(posting)),
      earned: exactly(this.deltaOf(posting, 'earned')),
      advanced: exactly(this.deltaOf(posting, 'advanced')),
      released: exactly(this.deltaOf(posting, 'released')),
      held: exactly(this.deltaOf(posting, 'held')),
      forfeited: exactly(this.deltaOf(posting, 'forfeited')),
      clawedBack: exactly(this.deltaOf(posting, 'clawedBack')),
    };
  }

  /**
   * R6.4: the numbers of the postings by date, then as events apply, then by source id, invoice id and rep id. Dates and
   * kinds are few, so postings are laid out by them first. They are made in order of invoice and rep, and stay in it.
   */
  inOrder(): Uint32Array {
    const count = this.#length;
    const days = this.#day.subarray(0, count);
    const first = days.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
    const last = days.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
    if (count === 0) return new Uint32Array(0);
    const groups = new Uint32Array(count);
    for (let posting = 0; posting < count; posting += 1) {
      const kind = kindOfNumber(this.#cause[posting] as number);
      groups[posting] = ((days[posting] as number) - first) * KINDS + kind;
    }
    const { starts, places } = grouped(groups, count, (last - first + 1) * KINDS);
    const order = new Uint32Array(count);
    for (let posting = 0; posting < count; posting += 1) order[places[posting] as number] = posting;
    for (let place = 0; place + 1 < starts.length; place += 1) {
      this.#sortBySource(order.subarray(starts[place], starts[place + 1]), place % KINDS);
    }
    return order;
  }

  /** Of one day and kind, in order of source id; equal ones stay as they are. */
  #sortBySource(postings: Uint32Array, kind: number): void {
    const { sources } = this.run;
    const isRising = postings.every(
      (posting, at) =>
        at === 0 || sources.compare(this.sourceOf(postings[at - 1] as number), this.sourceOf(posting)) <= 0,
    );
    if (isRising) return;
    if (ONE_LEDGER[kind] !== true) {
      postings.sort((a, b) => sources.compare(this.sourceOf(a), this.sourceOf(b)) || a - b);
      return;
    }
    const keys = Float64Array.from(
      postings,
      (posting) => sources.rankOf(this.sourceOf(posting)) * MOST + posting,
    );
    keys.sort().forEach((key, at) => {
      postings[at] = key - Math.floor(key / MOST) * MOST;
    });
  }

  #grow(): void {
    const size = this.#line.length * 2;
    const { counting } = this.run;
    this.#line = longer(this.#line, new Int32Array(size));
    this.#day = longer(this.#day, new Int32Array(size));
    this.#cause = longer(this.#cause, new Uint8Array(size));
    this.#source = longer(this.#source, new Int32Array(size));
    const deltas = deltasFor(size, counting);
    for (const delta of DELTAS) {
      const [from, to] = [this.#deltas[delta], deltas[delta]];
      if (from instanceof Float64Array && to instanceof Float64Array) to.set(from);
      else for (let at = 0; at < from.length; at += 1) to[at] = from[at] as Amount;
    }
    this.#deltas = deltas;
  }
}

/** More than there are postings: a rank and a posting make one number. */
const MOST = 2 ** 26;

/** The kinds whose sources are all of one ledger. */
const ONE_LEDGER: readonly boolean[] = Array.from({ length: KINDS }, (_, kind) =>
  CAUSES.some((cause) => kindOf(cause) === kind && cause !== 're-rated' && cause !== 'credited'),
);

function deltasFor(length: number, { room }: Counting): Readonly<Record<Delta, Amounts>> {
  return {
    earned: room(length),
    advanced: room(length),
    released: room(length),
    held: room(length),
    forfeited: room(length),
    clawedBack: room(length),
  };
}

function longer<Column extends Int32Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
