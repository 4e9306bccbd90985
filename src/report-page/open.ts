/** What is open as of the date: by age, by the day of the clawback, and by customer. */
import type { Explainable } from '../engine/result.js';
import {
  type AgeBand,
  type AgedLine,
  type Ageing,
  ageingOf,
  type ComingClawback,
  openOnce,
} from '../explain/ageing.js';
import type { ShortPayer } from '../explain/short-pay.js';
import { groupedBy } from '../grouped.js';
import type { Minor, Units } from '../money.js';
import { byCodeUnit } from '../order.js';

/** Open invoices, what customers owe on them, and the commission that depends on them. */
export interface OpenSums {
  readonly invoices: number;
  readonly open: Units;
  readonly held: Minor;
  readonly atRisk: Minor;
}

/** The open invoices of one age. */
export interface OpenBand extends OpenSums {
  readonly band: AgeBand;
}

/** A customer with invoices past due, and how many days the oldest of them is. */
export interface LateCustomer extends OpenSums {
  readonly customerId: string;
  readonly mostDays: number;
  /** The invoices among them that are disputed, by id (R16.5). */
  readonly disputed: readonly string[];
}

export interface Open {
  /** All bands of age in order, even empty ones; they add up to `total`. */
  readonly bands: readonly OpenBand[];
  readonly total: OpenSums;
  /** What will be clawed back unless paid, soonest first. */
  readonly upcoming: readonly ComingClawback[];
  /** Who is late, the largest amount first. */
  readonly late: readonly LateCustomer[];
  /** The open invoices that are disputed on the date (R16.5). */
  readonly disputed: Ageing['disputed'];
  /** Who habitually pays short, the largest amount first. */
  readonly shortPayers: readonly ShortPayer[];
}

/** The aging of a result as the page shows it. */
export function openOf(calculation: Explainable): Open {
  const { bands, rows, total, invoices, disputed, clawbacks, shortPayers } = ageingOf(calculation);
  const lines = rows.flatMap((row) => row.lines);
  const byBand = groupedBy(lines, ({ band }) => band);
  return {
    bands: bands.map((band, at) => ({ band, ...sumsOf(byBand.get(at) ?? []) })),
    total: { invoices, open: total.open, held: total.held, atRisk: total.atRisk },
    upcoming: clawbacks,
    late: lateCustomers(lines),
    disputed,
    shortPayers,
  };
}

function lateCustomers(lines: readonly AgedLine[]): LateCustomer[] {
  const late = lines.filter(({ daysPastDue, open }) => (daysPastDue ?? 0) > 0 && open > 0n);
  return [...groupedBy(late, ({ customerId }) => customerId)]
    .map(([customerId, own]) => {
      const mostDays = own.reduce((most, { daysPastDue }) => Math.max(most, daysPastDue ?? 0), 0);
      const disputed = openOnce(own).flatMap(({ dispute, invoiceId }) =>
        dispute === undefined ? [] : [invoiceId],
      );
      return { customerId, mostDays, disputed, ...sumsOf(own) };
    })
    .sort((a, b) => descending(a.open, b.open) || byCodeUnit(a.customerId, b.customerId));
}

/** What a customer owes on an invoice counts once, however many reps share it. */
function sumsOf(lines: readonly AgedLine[]): OpenSums {
  const once = openOnce(lines);
  return {
    invoices: once.length,
    open: once.reduce((sum, { open }) => sum + open, 0n),
    held: lines.reduce((sum, { held }) => sum + held, 0n),
    atRisk: lines.reduce((sum, { atRisk }) => sum + atRisk, 0n),
  };
}

/** The sums of different invoices added up. */
export function together(all: readonly OpenSums[]): OpenSums {
  return {
    invoices: all.reduce((sum, { invoices }) => sum + invoices, 0),
    open: all.reduce((sum, { open }) => sum + open, 0n),
    held: all.reduce((sum, { held }) => sum + held, 0n),
    atRisk: all.reduce((sum, { atRisk }) => sum + atRisk, 0n),
  };
}

/** The larger amount first. */
export function descending(a: bigint, b: bigint): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
