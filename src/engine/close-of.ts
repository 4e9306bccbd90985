/** From a result to a close: the pay period's postings and rows, frozen (R11.1). */
import { eachOpenPosting, findOpened } from './posted.js';
import type { Close, NamedPeriod } from './r11-closes/close.js';
import type { Result } from './result.js';

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
export function closeOf(result: Result): Close {
  const { asOf, currency, fiscalQuarter, quarters, months } = result;
  const { name, from, to } = result.payPeriods.at(-1) as NamedPeriod;
  const period = { name, from, to };
  const next = firstOpenIn(result);
  if (next.name !== period.name) throw new RangeError(`${next.name} is to be closed before ${period.name}`);
  if (period.to !== asOf) throw new RangeError(`${period.name} ends on ${period.to}, not on ${asOf}`);
  const endsQuarter = fiscalQuarter.to === asOf;
  const opened = result.closedPeriods.length === 0 ? findOpened(result) : undefined;
  return {
    period,
    currency: currency.code,
    quarters: endsQuarter ? quarters.filter(({ quarter }) => quarter === fiscalQuarter.name) : [],
    months: months.filter(({ month }) => month === period.name),
    postings: [...eachOpenPosting(result)],
    ...(opened === undefined ? {} : { opened: { ...opened, postings: [...opened.postings] } }),
  };
}

/** The first pay period of a result that is not closed: the one to close next (R11.1). */
export function firstOpenIn({ payPeriods, closedThrough }: Result): NamedPeriod {
  const through = closedThrough ?? '';
  // The period of the as-of date is open: a calculation as of a closed day is refused.
  return payPeriods.find(({ from }) => from > through) as NamedPeriod;
}
