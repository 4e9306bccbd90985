/** From a result to a close: the pay period's postings and rows, frozen (R11.1). */
import type { Fault } from '../problems/problem.js';
import type { Close, NamedPeriod } from './r11-closes/close.js';
import type { PostedResult, Refusal, Result } from './result.js';

/** A pay period that was closed. */
export interface Closing {
  readonly kind: 'closed';
  readonly close: Close;
}

/**
 * Closes the pay period of a result: freezes its postings and its rows (R11.1). Later calculations take it among their
 * `closes`, and post what has changed since into the first open period.
 *
 * @param result - with postings, and as of the last day of the period that it is to close
 * @returns the close, with amounts in whole minor units; or why the result cannot close its period: it has no postings, is
 *   as of another day, or an earlier period is still open, since periods close in order
 * @example
 * const q1 = calculate({ terms, ledgers, asOf: '2025-03-31' });
 * const closing = q1.kind === 'calculated' ? closeOf(q1.result) : q1;
 * if (closing.kind === 'closed') calculate({ terms, ledgers: later, asOf: '2025-06-30', closes: [closing.close] });
 */
export function closeOf(result: PostedResult): Closing | Refusal {
  const {
    asOf,
    currency,
    fiscalQuarter,
    quarters,
    attainments,
    months,
    openPostings,
    opened,
    closedPeriods,
    entries,
    reps,
  } = result;
  const place = { kind: 'run' } as const;
  // A caller may have no types.
  if (openPostings === undefined) return refused({ code: 'nothing-to-close', place });
  const { name, from, to } = result.payPeriods.at(-1) as NamedPeriod;
  const period = { name, from, to };
  const next = firstOpenIn(result);
  if (next.name !== name)
    return refused({ code: 'close-out-of-order', place, period: name, open: next.name });
  if (to !== asOf) return refused({ code: 'not-period-end', place, period: name, to, asOf });
  const endsQuarter = fiscalQuarter.to === asOf;
  const isFirst = closedPeriods.length === 0 && opened !== undefined;
  const close: Close = {
    period,
    currency: currency.code,
    quarters: copies(quarters, (row) => endsQuarter && row.quarter === fiscalQuarter.name),
    attainments: copies(attainments, (row) => endsQuarter && row.quarter === fiscalQuarter.name),
    months: copies(months, ({ month }) => month === period.name),
    postings: copies(openPostings, () => true),
    reps: [...reps],
    entries: copies(entries, (entry) => entry.period === period.name),
    ...(isFirst ? { opened: { date: opened.date, postings: copies(opened.postings, () => true) } } : {}),
  };
  return { kind: 'closed', close };
}

function refused(fault: Fault): Refusal {
  return { kind: 'refused', faults: [fault] };
}

/** Copies: a later change of the result does not reach what is frozen. */
function copies<Row extends object>(rows: Iterable<Row>, isIn: (row: Row) => boolean): Row[] {
  const own: Row[] = [];
  for (const row of rows) if (isIn(row)) own.push({ ...row });
  return own;
}

/** The first pay period of a result that is not closed: the one to close next (R11.1). */
export function firstOpenIn({ payPeriods, closedThrough }: Result): NamedPeriod {
  const through = closedThrough ?? '';
  // The period of the as-of date is open: a calculation as of a closed day is refused.
  return payPeriods.find(({ from }) => from > through) as NamedPeriod;
}
