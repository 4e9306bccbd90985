/** What is open as of the date, from the lines that are: by age, by the day of the clawback, and by customer. */
import type { Result } from '../engine/result.js';
import { type OpenLine, openLines } from '../explain/open-lines.js';
import type { Minor, Units } from '../money.js';
import { byCodeUnit } from '../order.js';

/** What is open of one age. */
export interface AgeBand {
  readonly name: string;
  readonly invoices: number;
  readonly open: Units;
  readonly held: Minor;
  readonly atRisk: Minor;
}

/** A customer whose money is late. */
export interface LateCustomer {
  readonly customerId: string;
  /** Invoices that are past due, and how many days the oldest is. */
  readonly invoices: number;
  readonly mostDays: number;
  readonly open: Units;
  readonly held: Minor;
  readonly atRisk: Minor;
}

export interface Open {
  /** From not yet due to over 90 days past due, then what has no due date; all of them, always. */
  readonly bands: readonly AgeBand[];
  /** What will be clawed back unless paid, soonest first. */
  readonly upcoming: readonly (OpenLine & { readonly clawbackOn: string })[];
  /** Whose money is late, the largest amount first. */
  readonly late: readonly LateCustomer[];
}

const BANDS: readonly { readonly name: string; readonly upTo: number }[] = [
  { name: 'not yet due', upTo: 0 },
  { name: '1–30 days', upTo: 30 },
  { name: '31–60 days', upTo: 60 },
  { name: '61–90 days', upTo: 90 },
  { name: 'over 90 days', upTo: Number.POSITIVE_INFINITY },
];
const WITHOUT_DUE_DATE = 'no due date';

/** Goes through the open lines once. */
export function openOf(result: Result): Open {
  const bands = new Map<string, Sums>(
    [...BANDS.map(({ name }) => name), WITHOUT_DUE_DATE].map((name) => [name, noSums()]),
  );
  const late = new Map<string, Sums & { mostDays: number }>();
  const upcoming: (OpenLine & { readonly clawbackOn: string })[] = [];
  let invoice: string | undefined;
  for (const line of openLines(result)) {
    // The lines of an invoice follow each other: what the customer owes on it counts once.
    const open = line.invoiceId === invoice ? undefined : line.open;
    invoice = line.invoiceId;
    add(bands.get(bandOf(line.daysPastDue)) as Sums, line, open);
    const days = line.daysPastDue ?? 0;
    if (days > 0 && line.open > 0n) {
      const known = late.get(line.customerId) ?? { ...noSums(), mostDays: 0 };
      late.set(line.customerId, known);
      add(known, line, open);
      known.mostDays = Math.max(known.mostDays, days);
    }
    const { clawbackOn } = line;
    if (clawbackOn !== undefined && line.atRisk > 0n) upcoming.push({ ...line, clawbackOn });
  }
  return {
    bands: [...bands].map(([name, sums]) => ({ name, ...sums })),
    upcoming: upcoming.sort(
      (a, b) =>
        byCodeUnit(a.clawbackOn, b.clawbackOn) ||
        descending(a.atRisk, b.atRisk) ||
        byCodeUnit(a.invoiceId, b.invoiceId) ||
        byCodeUnit(a.repId, b.repId),
    ),
    late: [...late]
      .map(([customerId, sums]) => ({ customerId, ...sums }))
      .sort((a, b) => descending(a.open, b.open) || byCodeUnit(a.customerId, b.customerId)),
  };
}

/** The larger amount first. */
export function descending(a: bigint, b: bigint): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

interface Sums {
  invoices: number;
  open: Units;
  held: Minor;
  atRisk: Minor;
}

function noSums(): Sums {
  return { invoices: 0, open: 0n, held: 0n, atRisk: 0n };
}

function add(sums: Sums, { held, atRisk }: OpenLine, open: Units | undefined): void {
  if (open !== undefined) {
    sums.invoices += 1;
    sums.open += open;
  }
  sums.held += held;
  sums.atRisk += atRisk;
}

function bandOf(days: number | undefined): string {
  if (days === undefined) return WITHOUT_DUE_DATE;
  return (BANDS.find(({ upTo }) => days <= upTo) as (typeof BANDS)[number]).name;
}
