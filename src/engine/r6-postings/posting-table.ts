/** Postings in columns: two million of them become objects only one by one. */
import { exactly, type MinorAmount, plus } from '../../amount.js';
import { type Day, isoOf } from '../../day.js';
import { grouped, turned } from '../../grouped.js';
import type { CreditKind } from '../../ledger-specs/credit-kinds.js';
import { type Minor, max } from '../../money.js';
import type { LevelNumber } from '../../plans/levels.js';
import { CAUSES, type Cause, causeOf, KINDS, kindOfNumber } from '../r1-words/causes.js';
import {
  LINE_ACCOUNT_NAMES,
  LINE_ACCOUNTS,
  type LineAmounts,
  lineAmounts,
} from '../r1-words/line-accounts.js';
import type { Period } from '../r2-ledgers/calendar.js';
import type { Lines } from '../r3-sales/lines.js';
import type { Targets } from '../r5-targets/targets.js';
import type { Setting } from '../setting.js';

/** A change of what a line has come to (R6.1); amounts in the currency's minor unit. */
export interface Posting extends LineAmounts {
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
  /** What the rep is credited with (R12.1). */
  readonly credit: CreditKind;
  /** The day of the event itself: earlier than `date` where the posting adjusts a closed period, else the same (R11.4). */
  readonly eventDate: string;
  /** The closed period that the posting adjusts, by name; empty where it adjusts none (R11.2). */
  readonly adjusts: string;
}

/** The changes that a posting holds, each at its place: all but what is earned, the sum of its parts (R6.3). */
export const CHANGES = LINE_ACCOUNT_NAMES.filter((account) => LINE_ACCOUNTS[account].earned !== 'whole');
const [ADVANCED, RELEASED, HELD, FORFEITED, CLAWED_BACK] = [0, 1, 2, 3, 4];

/** The words of a posting: its line; its day, its cause and which changes are large; its source; its changes. */
const [LINE, MOMENT, SOURCE, CHANGE, WORDS] = [0, 1, 2, 3, 3 + CHANGES.length];
/** How many bits of a moment are for which changes are large, and how many follow for the cause. */
const [LARGE_BITS, CAUSE_BITS] = [CHANGES.length, 5];
/** Postings are held in blocks of 2 to this power: nothing is copied while they are made. */
const BLOCK_BITS = 14;
const BLOCK = 2 ** BLOCK_BITS;
/** The first block begins with room for so many, and grows: most histories that a test makes have fewer. */
const FEW = 64;

/** The postings by the order of R6.4: a group is what happens on one day and is of one kind. */
export interface Layout {
  /** The group of each posting. */
  readonly groups: Int32Array;
  /** The postings of group `g` have the places from `starts[g]` up to `starts[g + 1]`. */
  readonly starts: Uint32Array;
  /** 1 for the groups whose postings were made in their order. */
  readonly sorted: Uint8Array;
  readonly dayOf: (group: number) => Day;
  /** The place of each posting in the order. */
  readonly places: Uint32Array;
}

/** All postings of a run, by number in the order in which they were made: line by line. */
export class PostingTable {
  readonly setting: Setting;
  readonly lines: Lines;
  readonly periodOf: (day: Day) => Period;
  readonly #blocks: Int32Array[] = [];
  /** The changes that are no 32-bit number; a posting holds their places here. */
  readonly #large: MinorAmount[] = [];
  /** Whether amounts are bigints. */
  readonly #isExact: boolean;
  #length = 0;
  /** How many postings there is room for while the first block grows. */
  #room = 0;
  // Made on the first use; good until a posting is added.
  #layout: Layout | undefined;
  #inOrder: Uint32Array | undefined;

  constructor(setting: Setting, lines: Lines, periodOf: (day: Day) => Period) {
    this.setting = setting;
    this.lines = lines;
    this.periodOf = periodOf;
    this.#isExact = setting.counting.isExact;
  }

  get length(): number {
    return this.#length;
  }

  /** @param cause - its number, as columns hold it */
  add(line: number, day: Day, cause: number, source: number, change: Targets): void {
    const posting = this.#length;
    this.#layout = undefined;
    this.#inOrder = undefined;
    if (posting % BLOCK === 0 || posting === this.#room) this.#grow(posting);
    this.#length += 1;
    const block = this.#blockOf(posting);
    const at = placeOf(posting);
    block[at + LINE] = line;
    block[at + MOMENT] = ((day << CAUSE_BITS) | cause) << LARGE_BITS;
    block[at + SOURCE] = source;
    this.#set(block, at, ADVANCED, change.advanced);
    this.#set(block, at, RELEASED, change.released);
    this.#set(block, at, HELD, change.held);
    this.#set(block, at, FORFEITED, change.forfeited);
    this.#set(block, at, CLAWED_BACK, change.clawedBack);
  }

  lineOf(posting: number): number {
    return this.#blockOf(posting)[placeOf(posting) + LINE] as number;
  }

  dayOf(posting: number): Day {
    return (this.#momentOf(posting) >> (CAUSE_BITS + LARGE_BITS)) as Day;
  }

  /** The number of the posting's cause. */
  causeOf(posting: number): number {
    return (this.#momentOf(posting) >> LARGE_BITS) & (2 ** CAUSE_BITS - 1);
  }

  sourceOf(posting: number): number {
    return this.#blockOf(posting)[placeOf(posting) + SOURCE] as number;
  }

  /** One of the changes that a posting holds, by its place among {@link CHANGES}. */
  changeOf(posting: number, change: number): MinorAmount {
    const word = this.#blockOf(posting)[placeOf(posting) + CHANGE + change] as number;
    if (((this.#momentOf(posting) >> change) & 1) === 1) return this.#large[word] as MinorAmount;
    return this.#isExact ? this.setting.counting.minor(BigInt(word)) : (word as MinorAmount);
  }

  /** R6.3: what is earned is advanced, released, held or forfeited. */
  earnedOf(posting: number): MinorAmount {
    return plus(
      plus(this.changeOf(posting, ADVANCED), this.changeOf(posting, RELEASED)),
      plus(this.changeOf(posting, HELD), this.changeOf(posting, FORFEITED)),
    );
  }

  /** What the posting changes. */
  changesOf(posting: number): Targets {
    return {
      earned: this.earnedOf(posting),
      advanced: this.changeOf(posting, ADVANCED),
      released: this.changeOf(posting, RELEASED),
      held: this.changeOf(posting, HELD),
      forfeited: this.changeOf(posting, FORFEITED),
      clawedBack: this.changeOf(posting, CLAWED_BACK),
    };
  }

  /** The same, exactly. */
  amountsOf(posting: number): LineAmounts {
    const changes = this.changesOf(posting);
    return lineAmounts((account) => exactly(changes[account]));
  }

  /** No amount is larger than this, and none smaller than this below 0. */
  get bound(): Minor {
    if (!this.#isExact) return BigInt(Number.MAX_SAFE_INTEGER);
    const largest = this.#large.reduce(
      (most, amount) => max(most, max(exactly(amount), -exactly(amount))),
      2n ** 31n,
    );
    // What is earned is the sum of four changes.
    return largest * 4n;
  }

  /** Makes room for another posting. */
  #grow(posting: number): void {
    if (posting >= BLOCK) {
      this.#blocks.push(new Int32Array(BLOCK * WORDS));
      return;
    }
    this.#room = Math.min(Math.max(FEW, posting * 4), BLOCK);
    const block = new Int32Array(this.#room * WORDS);
    if (this.#blocks[0] !== undefined) block.set(this.#blocks[0]);
    this.#blocks[0] = block;
  }

  #blockOf(posting: number): Int32Array {
    return this.#blocks[posting >>> BLOCK_BITS] as Int32Array;
  }

  #momentOf(posting: number): number {
    return this.#blockOf(posting)[placeOf(posting) + MOMENT] as number;
  }

  #set(block: Int32Array, at: number, change: number, amount: MinorAmount): void {
    const word = Number(amount) | 0;
    if (word === Number(amount)) {
      block[at + CHANGE + change] = word;
      return;
    }
    block[at + CHANGE + change] = this.#large.push(amount) - 1;
    block[at + MOMENT] = (block[at + MOMENT] as number) | (1 << change);
  }

  /** A line on a day in words, for a check that fails. */
  nameOf(line: number, day: Day): string {
    const { invoices, reps } = this.setting.books;
    const invoice = invoices.ids.at(this.lines.invoices[line] as number);
    return `${invoice} for ${reps.nameOf(this.lines.reps[line] as number)} on ${isoOf(day)}`;
  }

  /** The posting as an object. */
  at(posting: number): Posting {
    const { books, sources } = this.setting;
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
      cause: causeOf(this.causeOf(posting)),
      sourceId: sources.idOf(this.sourceOf(posting)),
      ...this.amountsOf(posting),
      credit: this.lines.creditOf(line),
      eventDate: isoOf(day),
      adjusts: '',
    };
  }

  /** The numbers of the postings in the order of R6.4. */
  inOrder(): Uint32Array {
    this.#inOrder ??= turned(this.arrange().places);
    return this.#inOrder;
  }

  /**
   * R6.4: by date, then as events apply, then by source id, invoice id and rep id. Dates and kinds are few, so postings are
   * arranged by them first. They are made in order of invoice and rep, and stay in it.
   */
  arrange(): Layout {
    this.#layout ??= this.#arranged();
    return this.#layout;
  }

  /** The place of the first posting dated later than a day. */
  placeAfter(day: Day): number {
    const { starts, dayOf } = this.arrange();
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (dayOf(middle) <= day) low = middle + 1;
      else high = middle;
    }
    return starts[low] ?? 0;
  }

  #arranged(): Layout {
    const { sources } = this.setting;
    const count = this.#length;
    const groups = new Int32Array(count);
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let posting = 0; posting < count; posting += 1) {
      const group = this.dayOf(posting) * KINDS + kindOfNumber(this.causeOf(posting));
      if (group < first) first = group;
      if (group > last) last = group;
      groups[posting] = group;
    }
    const length = count === 0 ? 0 : last - first + 1;
    const sorted = new Uint8Array(length).fill(1);
    const latest = new Int32Array(length).fill(NONE);
    for (let posting = 0; posting < count; posting += 1) {
      const group = (groups[posting] as number) - first;
      const source = this.sourceOf(posting);
      const before = latest[group] as number;
      if (before !== NONE && sources.compare(before, source) > 0) sorted[group] = 0;
      groups[posting] = group;
      latest[group] = source;
    }
    const { starts, places } = grouped(groups, count, length);
    if (sorted.includes(0)) this.#sortBySource({ groups, starts, sorted, places });
    return { groups, starts, sorted, places, dayOf: (group) => Math.floor((first + group) / KINDS) as Day };
  }

  /** Gives the postings of each group that is not sorted their places by source id; equal ones stay as they are. */
  #sortBySource({ groups, starts, sorted, places }: Omit<Layout, 'dayOf'>): void {
    const rankOf = this.#ranks((posting) => sorted[groups[posting] as number] === 0);
    const count = this.#length;
    // A rank and a posting make one number.
    const keys = new Float64Array(count);
    for (let posting = 0; posting < count; posting += 1) {
      if (sorted[groups[posting] as number] === 1) continue;
      keys[places[posting] as number] = rankOf(posting) * count + posting;
    }
    for (let group = 0; group < sorted.length; group += 1) {
      if (sorted[group] === 1) continue;
      const [from, to] = [starts[group] as number, starts[group + 1] as number];
      keys.subarray(from, to).sort();
      for (let place = from; place < to; place += 1) {
        const key = keys[place] as number;
        places[key - Math.floor(key / count) * count] = place;
      }
    }
  }

  /** The rank of a posting's source id among those of its kind; few kinds have sources of several ledgers. */
  #ranks(isRanked: (posting: number) => boolean): (posting: number) => number {
    const { sources } = this.setting;
    const several = new Set<number>();
    for (let posting = 0; posting < this.#length; posting += 1) {
      if (ONE_LEDGER[this.causeOf(posting)] === 0 && isRanked(posting)) several.add(this.sourceOf(posting));
    }
    const ranks = new Map<number, number>();
    let before: number | undefined;
    for (const source of [...several].sort((a, b) => sources.compare(a, b))) {
      const isNext = before === undefined || sources.compare(before, source) !== 0;
      ranks.set(source, isNext ? ranks.size : (ranks.get(before as number) as number));
      before = source;
    }
    return (posting) => {
      const source = this.sourceOf(posting);
      const isOfOne = ONE_LEDGER[this.causeOf(posting)] === 1;
      return isOfOne ? sources.rankOf(source) : (ranks.get(source) as number);
    };
  }
}

/** Where the posting's words start in its block. */
function placeOf(posting: number): number {
  return (posting & (BLOCK - 1)) * WORDS;
}

const NONE = -1;

/** By the number of a cause: 1 where its sources are all of one ledger. */
const ONE_LEDGER = Uint8Array.from([...CAUSES, ...CAUSES], (cause) =>
  cause === 're-rated' || cause === 'credited' ? 0 : 1,
);
