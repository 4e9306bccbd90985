/** How long customers take to pay: days from invoice to cash, weighted by amount. */
import type { Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { Ratio } from '../ratio.js';
import type { InvoiceCash } from './invoice-cash.js';

/** How long it took to collect an amount. */
export interface Collection {
  /** In units. */
  readonly collected: Units;
  /** Σ amount × days ÷ Σ amount, of all receipts. */
  readonly days: Ratio;
}

export interface RepCollection extends Collection {
  readonly repId: string;
}

/** Days to collect of each rep, and of all of them together. */
export interface DaysToCollect {
  /** Every invoice once, however many reps share it; undefined if nothing is collected. */
  readonly all: Collection | undefined;
  /** By rep id, from the whole invoices that the rep is credited on; without reps who have no cash. */
  readonly reps: readonly RepCollection[];
}

/** Days to collect, each receipt weighted by its amount. */
export function daysToCollect(invoices: Iterable<InvoiceCash>): DaysToCollect {
  const sums = new Map<string, Sum>();
  const all: Sum = { amount: 0n, amountDays: 0n };
  for (const { repIds, receipts } of invoices) {
    const own = repIds.map((repId) => {
      const sum = sums.get(repId) ?? { amount: 0n, amountDays: 0n };
      sums.set(repId, sum);
      return sum;
    });
    for (const { amount, days } of receipts) {
      for (const sum of [all, ...own]) {
        sum.amount += amount;
        sum.amountDays += amount * BigInt(days);
      }
    }
  }
  const reps = [...sums]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([repId, sum]) => {
      const collection = meanOf(sum);
      return collection === undefined ? [] : [{ repId, ...collection }];
    });
  return { all: meanOf(all), reps };
}

interface Sum {
  amount: Units;
  amountDays: bigint;
}

function meanOf({ amount, amountDays }: Sum): Collection | undefined {
  return amount === 0n ? undefined : { collected: amount, days: { n: amountDays, d: amount } };
}
