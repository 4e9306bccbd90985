/** What a closed pay period is (R11.1), and how a result becomes one. */
import type { Posting } from '../r6-postings/posting-table.js';
import type { MonthRow, QuarterRow } from '../r8-results/results.js';

/** A span of days with a name: a fiscal quarter or a month. */
export interface NamedPeriod {
  /** `2025-Q1` or `2025-03`. */
  readonly name: string;
  /** Its first and its last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

/** A closed pay period as it was frozen: its postings and its rows, never to be restated (R11.1). */
export interface Close {
  readonly period: NamedPeriod;
  /** ISO 4217. */
  readonly currency: string;
  /** By rep; empty for a month that does not end its quarter. */
  readonly quarters: readonly QuarterRow[];
  /** By rep; empty where the pay period is the quarter. */
  readonly months: readonly MonthRow[];
  /** Those dated in the period, in the order of R6.4; gone through once in each calculation. */
  readonly postings: Iterable<Posting>;
  /** Of the first close after an opening: what counted as posted up to the opening date. */
  readonly opened?: Iterable<Posting>;
}

/** What of a result is frozen. */
interface Closable {
  readonly asOf: string;
  readonly currency: { readonly code: string };
  readonly payPeriods: readonly NamedPeriod[];
  readonly closedPeriods: readonly NamedPeriod[];
  readonly fiscalQuarter: NamedPeriod;
  readonly quarters: readonly QuarterRow[];
  readonly months: readonly MonthRow[];
  readonly postings: readonly Posting[];
}

/**
 * Closes the pay period of a result: freezes its postings and its rows (R11.1). Later calculations take it among their
 * `closes`, and post what has changed since into the first open period.
 *
 * @param result - with postings, and as of the last day of the period that it is to close
 * @returns the close; amounts are whole minor units
 * @throws RangeError where the result is as of another day, or an earlier period is still open: periods close in order
 * @example
 * const q1 = calculate({ terms, ledgers, asOf: '2025-03-31' });
 * if (q1.kind === 'calculated') calculate({ terms, ledgers: later, asOf: '2025-06-30', closes: [closeOf(q1)] });
 */
export function closeOf(result: Closable): Close {
  const { asOf, currency, fiscalQuarter, quarters, months, postings } = result;
  const period = result.payPeriods.at(-1) as NamedPeriod;
  const next = firstOpen(result);
  if (next.name !== period.name) throw new RangeError(`${next.name} is to be closed before ${period.name}`);
  if (period.to !== asOf) throw new RangeError(`${period.name} ends on ${period.to}, not on ${asOf}`);
  const endsQuarter = fiscalQuarter.to === asOf;
  return {
    period,
    currency: currency.code,
    quarters: endsQuarter ? quarters.filter(({ quarter }) => quarter === fiscalQuarter.name) : [],
    months: months.filter(({ month }) => month === period.name),
    postings: postings.filter(({ date }) => date >= period.from),
  };
}

/** The first pay period of a result that is not closed: the one to close next (R11.1). */
export function firstOpen({
  payPeriods,
  closedPeriods,
}: Pick<Closable, 'payPeriods' | 'closedPeriods'>): NamedPeriod {
  const through = closedPeriods.at(-1)?.to ?? '';
  return payPeriods.find(({ from }) => from > through) as NamedPeriod;
}
