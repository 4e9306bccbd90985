/** The cash collected on one invoice as a stack of parcels, so that each unit of it has the day on which it came (R16.1). */
import { type Amount, type Counting, least, minus, most, plus, within } from '../../amount.js';
import type { Day } from '../../day.js';
import { type Cause, effectOf } from '../r1-words/causes.js';
import { daysLate } from './disputes.js';
import type { DueTerms } from './dues.js';

/** What puts a parcel on the stack: an event of the invoice. */
export interface CashEvent {
  readonly day: Day;
  readonly cause: Cause;
  /** The ledger row, by its number among the sources; a payment's row has the collector (R12.4). */
  readonly source: number;
  readonly amount: Amount;
}

/** Cash that came in with one event: what lies between two points of the axis from 0 to the total. */
export interface Parcel {
  readonly event: CashEvent;
  readonly from: Amount;
  /** Where it ends: less whenever something is taken from it. */
  readonly to: Amount;
}

/** What an event does to the stack. It puts one parcel on top, or takes from those on top, or does nothing. */
export interface StackChange {
  readonly put: Parcel | undefined;
  /** What is taken from each parcel, the topmost first: the parcel as it was, and where it ends from now on. */
  readonly taken: readonly { readonly parcel: Parcel; readonly to: Amount }[];
}

const NO_CHANGE: StackChange = { put: undefined, taken: [] };

/**
 * R16.1: collected cash K = min(max(P, 0), T). An event that raises K puts a parcel on top, and one that lowers it takes from
 * the top. Parcels depend neither on the earn date nor on the plan.
 *
 * @example
 * const stack = new ParcelStack(counting, total);
 * for (const event of events) stack.apply(event);
 * stack.parcels; // from the bottom up
 */
export class ParcelStack {
  readonly #counting: Counting;
  readonly #total: Amount;
  readonly #parcels: Parcel[] = [];
  #memos: Amount;
  #cash: Amount;

  constructor(counting: Counting, total: Amount) {
    this.#counting = counting;
    this.#total = total;
    this.#memos = counting.zero;
    this.#cash = counting.zero;
  }

  /** From the bottom up; they lie next to each other. */
  get parcels(): readonly Parcel[] {
    return this.#parcels;
  }

  /** `K`. */
  get collected(): Amount {
    return this.#parcels.at(-1)?.to ?? this.#counting.zero;
  }

  apply(event: CashEvent): StackChange {
    const effect = effectOf(event.cause);
    if (effect === 'credited') this.#memos = plus(this.#memos, event.amount);
    else if (effect === 'cash') this.#cash = plus(this.#cash, event.amount);
    else return NO_CHANGE;
    const before = this.collected;
    const after = this.#collectedNow();
    if (after === before) return NO_CHANGE;
    return after > before ? this.#put({ event, from: before, to: after }) : this.#takeDownTo(after);
  }

  #collectedNow(): Amount {
    const { zero } = this.#counting;
    if (!(this.#total > 0)) return zero;
    const due = minus(this.#total, within<'units'>(this.#memos, zero, this.#total));
    return least<'units'>(most<'units'>(this.#cash, zero), due);
  }

  #put(parcel: Parcel): StackChange {
    this.#parcels.push(parcel);
    return { put: parcel, taken: [] };
  }

  #takeDownTo(to: Amount): StackChange {
    const taken: { parcel: Parcel; to: Amount }[] = [];
    for (let top = this.#parcels.at(-1); top !== undefined && top.to > to; top = this.#parcels.at(-1)) {
      this.#parcels.pop();
      const end = most<'units'>(to, top.from);
      taken.push({ parcel: top, to: end });
      if (end > top.from) this.#parcels.push({ ...top, to: end });
    }
    return { put: undefined, taken };
  }
}

/** A part of a parcel that lies in one instalment. */
export interface Piece {
  readonly from: Amount;
  readonly to: Amount;
  /** How many days late it came; below 0 where it was early, undefined where the instalment has no due date (R16.3). */
  readonly daysLate: number | undefined;
}

/** R16.2, R16.3: a stretch of cash that came on a day, by the instalments that it lies in. */
export function piecesOf(
  { from, to, event: { day } }: Parcel,
  { instalments, disputed }: DueTerms,
): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { from: start, to: end, due } of instalments) {
    const [low, high] = [most<'units'>(from, start), least<'units'>(to, end)];
    if (high <= low) continue;
    pieces.push({
      from: low,
      to: high,
      daysLate: due === undefined ? undefined : daysLate(disputed, due, day),
    });
  }
  return pieces;
}
