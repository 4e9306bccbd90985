/** The whole calculation: terms and ledgers in, postings, pay and control totals out, as of a day. */
import { type Day, findDay, isoOf } from '../day.js';
import { byCodeUnit } from '../order.js';
import type { Terms } from '../plans/plan.js';
import type { TermsInput } from '../plans/schema.js';
import { readTerms } from '../plans/terms.js';
import type { Exception } from '../problems/exception.js';
import type { Fault } from '../problems/problem.js';
import { attain } from './attainment.js';
import { type Calendar, findMonth, findQuarter } from './calendar.js';
import { checkLine, checkRows } from './checks.js';
import type { Ledgers } from './columns.js';
import { type Controls, controlsOf } from './controls.js';
import { type Intake, outsideCalendar, takeIn } from './intake.js';
import { noteOddSales } from './notices.js';
import { Account } from './pay.js';
import { inPostingOrder, Poster, type Posting } from './postings.js';
import { type MonthRow, type QuarterRow, rowsOf } from './results.js';
import type { Run } from './run.js';
import { openSales } from './sales.js';

/** What a calculation works from. */
export interface Inputs {
  /** What comp.yaml says besides its ledgers. */
  readonly terms: TermsInput;
  readonly ledgers: Ledgers;
  /** The day up to which events count, `YYYY-MM-DD` (R7.5). */
  readonly asOf: string;
}

/** What a calculation comes to. Amounts are whole minor units of the currency. */
export interface Result {
  readonly kind: 'calculated';
  readonly asOf: string;
  readonly currency: { readonly code: string; readonly digits: number };
  /** In the order of R6.4. */
  readonly postings: readonly Posting[];
  /** By rep, then quarter (R8.1). */
  readonly quarters: readonly QuarterRow[];
  /** By rep, then month; empty where the pay period is the quarter (R8.2). */
  readonly months: readonly MonthRow[];
  /** By code, ledger and id (R8.4). */
  readonly exceptions: readonly Exception[];
  /** Control totals by ledger; amounts are whole multiples of 10^-scale. */
  readonly controls: Controls;
  readonly scale: number;
  readonly terms: Terms;
  /** The period that the as-of date lies in. */
  readonly payPeriod: string;
}

/** Input that cannot be understood: every fault in it, and nothing calculated (R9.1). */
export interface Refusal {
  readonly kind: 'refused';
  readonly faults: readonly Fault[];
}

/**
 * Calculates commission from ledgers: postings, and per rep and period what is payable, held, clawed back, paid and
 * owed (R2–R8). Pure: the same inputs give the same result, whatever the order of rows, the clock, the locale or the
 * time zone (R8.5).
 *
 * @param inputs - terms as in comp.yaml, ledgers as rows of text, and the as-of date
 * @returns the result, or every fault of the inputs
 * @throws only on a bug of this library, never on what the inputs say
 * @example
 * const outcome = calculate({
 *   terms: { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '5%' }] },
 *   ledgers: {
 *     invoices: { rows: [{ invoice_id: 'I1', customer_id: 'C1', rep_id: 'R1', invoice_date: '2025-01-15', amount: '1000.00' }] },
 *     payments: { rows: [{ payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: '400.00' }] },
 *   },
 *   asOf: '2025-03-31',
 * });
 * // outcome.kind === 'calculated'; outcome.quarters[0].paid === 2000n (20.00 USD), .held === 3000n
 */
export function calculate({ terms: written, ledgers, asOf: asOfText }: Inputs): Result | Refusal {
  const { terms, faults: termsFaults } = readTerms(written);
  const intake = takeIn(ledgers, {
    digits: terms?.currency.digits ?? 2,
    fiscalYearStart: terms?.fiscalYearStart ?? 1,
  });
  const asOf = findDay(asOfText);
  const faults: Fault[] = [...termsFaults, ...intake.faults, ...calendarFaults(written, terms, ledgers)];
  if (asOf === undefined) faults.push({ code: 'malformed-as-of', place: { kind: 'run' }, found: asOfText });
  if (terms === undefined || asOf === undefined) return refused(faults);
  const { books, calendar } = intake;
  faults.push(...asOfFaults(calendar, asOf, intake));
  if (faults.some(({ place }) => place.kind === 'row' && place.ledger === 'calendar')) return refused(faults);

  const run: Run = { terms, books, calendar, asOf, faults: [], exceptions: [] };
  const { sales, counter, planOf } = openSales(run);
  if (findQuarter(calendar, asOf) === undefined) return refused([...faults, ...run.faults]);
  const reps = attain(run, sales, planOf);
  noteOddSales(run, sales);
  faults.push(...meant(run.faults, intake));
  if (faults.length > 0) return refused(faults);

  const poster = new Poster(run);
  const postings: Posting[] = [];
  const quarters: QuarterRow[] = [];
  const months: MonthRow[] = [];
  for (const rep of reps) {
    const account = new Account();
    for (const line of rep.lines) {
      const own = poster.post(line);
      checkLine(own);
      account.add(own);
      for (const posting of own) postings.push(posting);
    }
    const rows = rowsOf(run, rep, account);
    checkRows(rep.rep, rows.quarters);
    checkRows(rep.rep, rows.months);
    quarters.push(...rows.quarters);
    months.push(...rows.months);
  }
  return {
    kind: 'calculated',
    asOf: isoOf(asOf),
    currency: terms.currency,
    postings: postings.sort(inPostingOrder),
    quarters,
    months,
    exceptions: run.exceptions.sort(inExceptionOrder),
    controls: controlsOf(counter, books, ledgers),
    scale: books.scale,
    terms,
    payPeriod: ((terms.payPeriod === 'month' ? findMonth : findQuarter)(calendar, asOf) as { name: string })
      .name,
  };
}

function refused(faults: readonly Fault[]): Refusal {
  return { kind: 'refused', faults };
}

/** R2.10: what a calendar ledger and the terms ask of each other. */
function calendarFaults(written: TermsInput, terms: Terms | undefined, ledgers: Ledgers): Fault[] {
  if (ledgers.calendar === undefined) return [];
  const faults: Fault[] = [];
  if (written.fiscalYearStart !== undefined) {
    faults.push({
      code: 'unused-key',
      place: { kind: 'terms', path: ['fiscalYearStart'] },
      key: 'fiscalYearStart',
      reason: 'The calendar ledger says where fiscal years start, so fiscalYearStart would do nothing.',
    });
  }
  if (terms?.payPeriod === 'month') {
    ledgers.calendar.rows.forEach(({ quarter, month }, row) => {
      if (month !== undefined && month.trim() !== '') return;
      const place = { kind: 'row', ledger: 'calendar', row, column: 'month' } as const;
      faults.push({ code: 'month-needed', place, quarter });
    });
  }
  return faults;
}

/** R2.10: the as-of date must lie in the calendar. */
function asOfFaults(calendar: Calendar, asOf: Day, intake: Intake): Fault[] {
  if (findQuarter(calendar, asOf) !== undefined || hasFaults(intake, 'calendar')) return [];
  return [outsideCalendar({ kind: 'run' }, asOf, calendar)];
}

/** Faults of meaning that are no mere consequence of a fault of form: a quota row at fault is not a missing quota. */
function meant(faults: readonly Fault[], intake: Intake): readonly Fault[] {
  return hasFaults(intake, 'quotas') ? faults.filter(({ code }) => code !== 'no-quota') : faults;
}

function hasFaults({ faults }: Intake, ledger: string): boolean {
  return faults.some(({ place }) => place.kind === 'row' && place.ledger === ledger);
}

/** R8.4: by code, ledger and id; the message settles the rest, so that row order never does. */
function inExceptionOrder(a: Exception, b: Exception): number {
  return (
    byCodeUnit(a.code, b.code) ||
    byCodeUnit(a.ledger, b.ledger) ||
    byCodeUnit(a.id, b.id) ||
    byCodeUnit(a.message, b.message)
  );
}
