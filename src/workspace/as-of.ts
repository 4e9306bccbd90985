/** The as-of date of a run: the one given, the last day of the given period, or today. */
import { findPeriodEnd } from '../engine/period-end.js';
import type { TermsInput } from '../plans/schema.js';
import type { Fault } from '../problems/problem.js';
import type { Workspace } from './load.js';

/** The day that a run is as of, as its options name it. */
export interface AsOfOptions {
  /** `YYYY-MM-DD`. */
  readonly asOf?: string;
  /** A fiscal quarter or a month; ignored with `asOf`. */
  readonly period?: string;
}

/** How the as-of date was found. */
export type AsOf =
  | { readonly kind: 'given' | 'today'; readonly asOf: string }
  /** The calendar has no such period: the run checks everything else as of a valid day. */
  | { readonly kind: 'unknown-period'; readonly asOf: string; readonly fault: Fault };

/**
 * Resolves the as-of date.
 *
 * @param today - as `YYYY-MM-DD`
 * @example asOfDate({ period: '2025-Q1' }, workspace, workspace.terms, '2025-06-01').asOf // '2025-03-31'
 */
export function asOfDate(
  { asOf, period }: AsOfOptions,
  { ledgers }: Pick<Workspace, 'ledgers'>,
  terms: TermsInput,
  today: string,
): AsOf {
  if (asOf !== undefined) return { kind: 'given', asOf };
  if (period === undefined) return { kind: 'today', asOf: today };
  const end = findPeriodEnd(terms, ledgers, period);
  if (end !== undefined) return { kind: 'given', asOf: end };
  const fault: Fault = { code: 'unknown-period', place: { kind: 'run' }, found: period };
  return { kind: 'unknown-period', asOf: firstDay(ledgers) ?? today, fault };
}

/** The first day of the calendar ledger. */
function firstDay({ calendar }: Workspace['ledgers']): string | undefined {
  let from: string | undefined;
  calendar?.rows.forEach((row, index) => {
    if (index === 0) from = row.from;
  });
  return from;
}

/**
 * Adds the fault of an unknown period to those of a run as of the stand-in day.
 *
 * A period is unknown only if the calendar has no faults, and the stand-in day causes none of its own.
 */
export function withUnknownPeriod(faults: readonly Fault[], asOf: AsOf): readonly Fault[] {
  if (asOf.kind !== 'unknown-period') return faults;
  const others = faults.filter(({ place }) => place.kind !== 'run');
  return others.some(isOfCalendar) ? others : [...others, asOf.fault];
}

function isOfCalendar({ place }: Fault): boolean {
  if (place.kind === 'terms') return place.path[0] === 'fiscalYearStart' || place.path[1] === 'calendar';
  return (place.kind === 'row' || place.kind === 'ledger') && place.ledger === 'calendar';
}
