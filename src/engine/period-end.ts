/** The as-of date of a period, by its name: the period's last day. */
import { IN_BIGINTS } from '../amount.js';
import { isoOf } from '../day.js';
import type { TermsInput } from '../plans/schema.js';
import { findNamed } from './r2-ledgers/calendar.js';
import { takeIn } from './r2-ledgers/intake.js';
import type { Ledgers } from './r2-ledgers/ledger.js';

/**
 * The last day of a fiscal quarter (`2025-Q1`) or a month (`2025-03`), as `YYYY-MM-DD`.
 *
 * @returns undefined where the calendar has no period of that name
 * @example findPeriodEnd({ fiscalYearStart: 7 }, {}, '2025-Q1') === '2024-09-30'
 */
export function findPeriodEnd(
  terms: Pick<TermsInput, 'fiscalYearStart'>,
  ledgers: Pick<Ledgers, 'calendar'>,
  name: string,
): string | undefined {
  const { fiscalYearStart: month = 1 } = terms;
  const fiscalYearStart = Number.isInteger(month) && month >= 1 && month <= 12 ? month : 1;
  const calendar = ledgers.calendar === undefined ? {} : { calendar: ledgers.calendar };
  const { calendar: read } = takeIn(
    { invoices: { rows: [] }, ...calendar },
    { digits: 0, fiscalYearStart, credits: new Map() },
    IN_BIGINTS,
  );
  const period = findNamed(read, name);
  return period && isoOf(period.to);
}
