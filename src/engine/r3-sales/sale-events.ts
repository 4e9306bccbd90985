/** What happened to each invoice, in columns: its events lie next to each other, in the order of R5.8. */
import { type Amount, type Amounts, amountAt, type Counting } from '../../amount.js';
import { grouped } from '../../grouped.js';
import { kindOfNumber } from '../r1-words/causes.js';
import type { SourceIds } from '../r2-ledgers/source-ids.js';

/** Credit memos, payments, refunds, write-offs and reversals on invoices, dated up to the as-of date. */
export interface SaleEvents {
  /** The events of invoice `i` are those from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Uint32Array;
  readonly days: Int32Array;
  /** By the numbers of {@link CAUSES}. */
  readonly causes: Uint8Array;
  /** The ledger rows, by their numbers among the sources. */
  readonly sources: Int32Array;
  readonly amounts: Amounts;
}

/** Gathers events in the order of the ledgers, and arranges them by invoice at the end. */
export class EventGatherer {
  readonly #counting: Counting;
  readonly #events: Omit<SaleEvents, 'starts'>;
  readonly #invoices: Int32Array;
  #length = 0;

  /** @param most - no more events than this are added */
  constructor(most: number, counting: Counting) {
    this.#counting = counting;
    this.#events = roomFor(most, counting);
    this.#invoices = new Int32Array(most);
  }

  /** @param cause - by its number */
  add(invoice: number, day: number, cause: number, source: number, amount: Amount): void {
    const at = this.#length;
    const { days, causes, sources, amounts } = this.#events;
    this.#invoices[at] = invoice;
    days[at] = day;
    causes[at] = cause;
    sources[at] = source;
    amounts[at] = amount;
    this.#length += 1;
  }

  /**
   * The events by invoice.
   *
   * @param invoices - how many there are
   */
  arranged(invoices: number, ids: SourceIds): SaleEvents {
    const { starts, places } = grouped(this.#invoices, this.#length, invoices);
    const arranged: SaleEvents = { starts, ...roomFor(this.#length, this.#counting) };
    for (let at = 0; at < this.#length; at += 1) copy(this.#events, at, arranged, places[at] as number);
    for (let invoice = 0; invoice < invoices; invoice += 1) {
      sortStretch(arranged, starts[invoice] as number, starts[invoice + 1] as number, ids);
    }
    return arranged;
  }
}

function roomFor(length: number, counting: Counting): Omit<SaleEvents, 'starts'> {
  return {
    days: new Int32Array(length),
    causes: new Uint8Array(length),
    sources: new Int32Array(length),
    amounts: counting.room(length),
  };
}

function copy(
  from: Omit<SaleEvents, 'starts'>,
  event: number,
  to: Omit<SaleEvents, 'starts'>,
  at: number,
): void {
  to.days[at] = from.days[event] as number;
  to.causes[at] = from.causes[event] as number;
  to.sources[at] = from.sources[event] as number;
  to.amounts[at] = amountAt(from.amounts, event);
}

/** Invoices have few events, mostly in order already; the rest are sorted aside. */
function sortStretch(events: SaleEvents, from: number, to: number, ids: SourceIds): void {
  const { days } = events;
  let isInOrder = true;
  for (let at = from + 1; at < to && isInOrder; at += 1) {
    isInOrder =
      (days[at - 1] as number) < (days[at] as number) || compareEvents(events, at - 1, at, ids) <= 0;
  }
  if (isInOrder) return;
  const order = Array.from({ length: to - from }, (_, index) => from + index);
  order.sort((a, b) => compareEvents(events, a, b, ids));
  const sorted = {
    days: order.map((at) => events.days[at] as number),
    causes: order.map((at) => events.causes[at] as number),
    sources: order.map((at) => events.sources[at] as number),
    amounts: order.map((at) => amountAt(events.amounts, at)),
  };
  events.days.set(sorted.days, from);
  events.causes.set(sorted.causes, from);
  events.sources.set(sorted.sources, from);
  for (const [index, amount] of sorted.amounts.entries()) events.amounts[from + index] = amount;
}

/** R5.8: by day, then kind, then source id. */
function compareEvents({ days, causes, sources }: SaleEvents, a: number, b: number, ids: SourceIds): number {
  return (
    (days[a] as number) - (days[b] as number) ||
    kindOfNumber(causes[a] as number) - kindOfNumber(causes[b] as number) ||
    ids.compare(sources[a] as number, sources[b] as number)
  );
}
