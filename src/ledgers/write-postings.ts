/** postings.csv straight from the table of postings (R8.3): no posting becomes an object, and no plain cell a text. */
import { type Day, isoOf } from '../day.js';
import { COLUMN_CAUSES } from '../engine/r1-words/causes.js';
import { CHANGES, type Layout, type PostingTable } from '../engine/r6-postings/posting-table.js';
import { CREDIT_KINDS, type CreditKind } from '../ledger-specs/credit-kinds.js';
import { ofEach } from '../ledger-specs/ledgers.js';
import { formatMinor } from '../money.js';
import type { Plan } from '../plans/plan.js';
import { Pen } from './pen.js';
import { longestOf, type Phrases, phrasesOf, phrasesOfIds, SPARE, viewOf } from './phrases.js';
import { POSTING_HEADER } from './tables.js';
import { cellOf } from './write.js';

/** The room of a block in bytes, at least and per posting: the more rows a block has, the closer together lie their parts. */
const [ROOM, ROOM_PER_POSTING] = [2 ** 25, 48];

const COMMA = 44;

/** Which postings are written, and how. */
export interface Stretch {
  /** Their places in the order of R6.4, from the first up to the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** With the columns that postings have once periods are closed (R11.4): none of these adjusts anything. */
  readonly isClosed: boolean;
}

/** The bytes that `csvOf(postingsTable(result))` has as UTF-8, for a result without closes. */
export function* postingsCsv(table: PostingTable, room?: number): Iterable<Uint8Array> {
  yield Buffer.from(`${POSTING_HEADER.join(',')}\n`);
  yield* postingRows(table, { from: 0, to: table.length, isClosed: false }, room);
}

/**
 * The bytes of the rows of postings as UTF-8, piece by piece. A piece is good until the next but one is
 * made: they are made in two places in turn, so that one is written while the next is made.
 *
 * Neighbors in the file come from all over the ledgers, and memory is slow to fetch what does not lie together. So a
 * block of the file is written line by line, in the order in which the postings were made: each row behind the last one
 * of its day and kind, for which there is room in the block. They are mostly in their order then.
 *
 * @param room - how many bytes to make room for at once
 */
export function* postingRows(
  table: PostingTable,
  { from, to, isClosed }: Stretch,
  room?: number,
): Iterable<Uint8Array> {
  const blockRoom = room ?? Math.max(ROOM, (to - from) * ROOM_PER_POSTING);
  const writer = new BlockWriter(table, { isClosed, most: to - from, room: blockRoom });
  const postings = byBlock(table.arrange().places, { from, to }, writer.size);
  for (let first = 0; first < postings.length; first += writer.size) {
    yield writer.write(from + first, postings.subarray(first, first + writer.size));
  }
}

/** The postings of one block after another, those of a block in the order in which they were made. */
function byBlock(places: Uint32Array, { from, to }: Pick<Stretch, 'from' | 'to'>, size: number): Uint32Array {
  const length = to - from;
  const next = Uint32Array.from({ length: Math.ceil(length / size) }, (_, block) => block * size);
  const postings = new Uint32Array(length);
  for (let posting = 0; posting < places.length; posting += 1) {
    const place = (places[posting] as number) - from;
    if (place < 0 || place >= length) continue;
    const block = Math.floor(place / size);
    const at = next[block] as number;
    next[block] = at + 1;
    postings[at] = posting;
  }
  return postings;
}

/** Writes one block after another. */
class BlockWriter {
  /** How many postings a block has; the last one may have fewer. */
  readonly size: number;
  readonly #table: PostingTable;
  readonly #layout: Layout;
  /** By group: the cells of the day and its period. */
  readonly #days: Phrases;
  /** By credit, then group: how rows end. */
  readonly #ends: Readonly<Record<CreditKind, Phrases>>;
  readonly #reps: Phrases;
  /** By plan, then cause: the cells from the plan's id to the cause. */
  readonly #plans: Phrases;
  readonly #numbers: ReadonlyMap<Plan, number>;
  readonly #invoices: Phrases;
  readonly #customers: Phrases;
  /** By the number of their ledger. */
  readonly #sources: readonly Phrases[];
  /** No row is longer. */
  readonly #longest: number;
  // By place in the block: where the row begins and ends, if those of its group were not made in their order.
  readonly #rowBegins: Uint32Array;
  readonly #rowEnds: Uint32Array;
  readonly #digits: number;
  /** Where blocks are made, in turn. */
  readonly #rooms: Buffer[] = [];
  // Of the current block.
  #room: Buffer = Buffer.alloc(0);
  #pen: Pen;

  constructor(
    table: PostingTable,
    { isClosed, most, room }: { readonly isClosed: boolean; readonly most: number; readonly room: number },
  ) {
    const { books, terms, sources } = table.setting;
    const { reps, invoices } = books;
    const { digits } = terms.currency;
    const layout = table.arrange();
    this.#table = table;
    this.#layout = layout;
    const texts = (textOf: (day: Day) => string) => phrasesOf(this.#byGroup(textOf));
    this.#days = texts((day) => `${isoOf(day)},${cellOf(table.periodOf(day).name)},`);
    this.#ends = ofEach(CREDIT_KINDS, (credit) =>
      texts((day) => (isClosed ? `,${credit},${isoOf(day)},\n` : `,${credit}\n`)),
    );
    this.#reps = phrasesOf(Array.from({ length: reps.length }, (_, rep) => `${cellOf(reps.nameOf(rep))},`));
    this.#plans = phrasesOf(
      terms.plans.flatMap(({ id, level }) =>
        COLUMN_CAUSES.map((cause) => `${cellOf(id)},${level.number},${cause},`),
      ),
    );
    this.#numbers = new Map(terms.plans.map((plan, number) => [plan, number]));
    this.#sources = sources.ids.map(phrasesOfIds);
    this.#invoices = this.#sources[sources.ids.indexOf(invoices.ids)] as Phrases;
    this.#customers = phrasesOfIds(invoices.customers);
    const cells = [this.#days, this.#ends.team, this.#reps, this.#invoices, this.#customers, this.#plans].map(
      longestOf,
    );
    const source = Math.max(...this.#sources.map(longestOf));
    const amount = formatMinor(-table.bound, digits).length;
    // Commas follow the ids, and each amount ends with a comma or the line.
    this.#longest = cells.reduce(
      (sum, cell) => sum + cell,
      source + 3 + (CHANGES.length + 1) * (amount + 1) + SPARE,
    );
    this.size = Math.max(1, Math.min(most, Math.floor(room / this.#longest)));
    this.#rowBegins = new Uint32Array(this.size);
    this.#rowEnds = new Uint32Array(this.size);
    this.#digits = digits;
    this.#pen = new Pen(this.#room, digits);
  }

  /**
   * The rows of a block.
   *
   * @param first - the place of the first
   * @param postings - the block's, in the order in which they were made
   */
  write(first: number, postings: Uint32Array): Uint8Array {
    this.#takeRoom();
    const { starts, sorted } = this.#layout;
    const last = first + postings.length;
    const [low, high] = [groupAt(starts, first), groupAt(starts, last - 1)];
    const begins = starts.slice(low, high + 1).map((start) => Math.max(start - first, 0) * this.#longest);
    const ends = begins.slice();
    this.#writeRows(first, postings, low, ends);
    const room = this.#room;
    this.#pen.at = 0;
    for (const [at, begin] of begins.entries()) {
      const group = low + at;
      const end = ends[at] as number;
      if (sorted[group] === 1) {
        room.copyWithin(this.#pen.at, begin, end);
        this.#pen.at += end - begin;
      } else {
        const from = Math.max(starts[group] as number, first) - first;
        const to = Math.min(starts[group + 1] as number, last) - first;
        this.#gather(begin, end, from, to);
      }
    }
    return room.subarray(0, this.#pen.at);
  }

  /** Takes the room that was used last but one, or a new one. */
  #takeRoom(): void {
    const isUsed = this.#rooms.length === 2;
    this.#room = isUsed ? (this.#rooms.shift() as Buffer) : Buffer.alloc(this.size * this.#longest);
    this.#rooms.push(this.#room);
    this.#pen = new Pen(this.#room, this.#digits);
  }

  /** Writes the rows of a group, which lie between `begin` and `end`, once more in the order of their places. */
  #gather(begin: number, end: number, from: number, to: number): void {
    const view = viewOf(Buffer.concat([this.#room.subarray(begin, end), Buffer.alloc(SPARE)]));
    for (let place = from; place < to; place += 1) {
      const row = this.#rowBegins[place] as number;
      this.#pen.copy(view, row - begin, (this.#rowEnds[place] as number) - row);
    }
  }

  /**
   * Writes each row behind the last one of its group.
   *
   * @param low - the first group
   * @param ends - where the rows of each group end so far
   */
  #writeRows(first: number, postings: Uint32Array, low: number, ends: Uint32Array): void {
    const table = this.#table;
    const pen = this.#pen;
    const { lines } = table;
    const { sources } = table.setting;
    const { groups, places, sorted } = this.#layout;
    let plan: Plan | undefined;
    let causes = 0;
    for (const posting of postings) {
      const line = table.lineOf(posting);
      const invoice = lines.invoices[line] as number;
      const group = groups[posting] as number;
      const start = ends[group - low] as number;
      if (lines.planOf(line) !== plan) {
        plan = lines.planOf(line);
        causes = (this.#numbers.get(plan) as number) * COLUMN_CAUSES.length;
      }
      pen.at = start;
      pen.write(this.#days, group);
      pen.write(this.#reps, lines.reps[line] as number);
      pen.write(this.#invoices, invoice);
      pen.writeByte(COMMA);
      pen.write(this.#customers, invoice);
      pen.writeByte(COMMA);
      pen.write(this.#plans, causes + table.causeOf(posting));
      const { ledger, index } = sources.find(table.sourceOf(posting));
      pen.write(this.#sources[ledger] as Phrases, index);
      pen.writeByte(COMMA);
      pen.writeAmount(table.earnedOf(posting));
      for (let change = 0; change < CHANGES.length; change += 1) {
        pen.writeByte(COMMA);
        pen.writeAmount(table.changeOf(posting, change));
      }
      pen.write(this.#ends[lines.creditOf(line)], group);
      ends[group - low] = pen.at;
      if (sorted[group] === 1) continue;
      const place = (places[posting] as number) - first;
      this.#rowBegins[place] = start;
      this.#rowEnds[place] = pen.at;
    }
  }

  /** What is written of the day of each group; nothing where nothing is posted, as on most days of a small file. */
  #byGroup(textOf: (day: Day) => string): readonly string[] {
    const { starts, dayOf } = this.#layout;
    const texts: string[] = [];
    for (let group = 0; group + 1 < starts.length; group += 1) {
      texts.push(starts[group] === starts[group + 1] ? '' : textOf(dayOf(group)));
    }
    return texts;
  }
}

/** The group that the posting at a place is of. */
function groupAt(starts: Uint32Array, place: number): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= place) low = middle;
    else high = middle;
  }
  return low;
}
