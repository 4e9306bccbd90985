/** From inputs as given to a setting: the terms, the books and the day, or every fault of form in them (R2, R9.1). */
import { addDays, type Day, findDay } from '../day.js';
import type { Terms } from '../plans/plan.js';
import type { TermsInput } from '../plans/schema.js';
import { readTerms, type TermsReading } from '../plans/terms.js';
import type { TermsPath } from '../problems/place.js';
import type { Fault, FaultCode } from '../problems/problem.js';
import type { Findings } from './findings.js';
import type { Books } from './r2-ledgers/books.js';
import { findQuarter, outsideCalendar } from './r2-ledgers/calendar.js';
import { type Intake, type IntakeTerms, takeIn } from './r2-ledgers/intake.js';
import type { Ledgers } from './r2-ledgers/ledger.js';
import { hasFaults } from './r2-ledgers/row-faults.js';
import { SourceIds } from './r2-ledgers/source-ids.js';
import type { Close } from './r11-closes/close.js';
import { type Closed, takeCloses } from './r11-closes/closed.js';
import type { Setting } from './setting.js';
import type { Keep } from './working.js';

/** What a calculation works from. */
export interface Inputs<Kept extends Keep = 'postings'> {
  /** What comp.yaml says besides its ledgers. */
  readonly terms: TermsInput;
  readonly ledgers: Ledgers;
  /** The day up to which events count, `YYYY-MM-DD` (R7.5). */
  readonly asOf: string;
  /** The closed pay periods, in any order: what has changed in them since is posted in the first open one (R11). */
  readonly closes?: readonly Close[];
  /**
   * What is kept beside the figures; `{ postings: true }` by default. `postings` are needed to close a period and to explain
   * pay, `lines` for {@link explainLines}. With `{}` a long history needs the least memory.
   */
  readonly keep?: { readonly [Part in Kept]: true };
  /** Count in bigints from the start, where numbers would do: the result is the same, and takes longer. */
  readonly counting?: 'bigints';
}

/** What a calculation begins with: where there is enough to go on and look for faults of meaning, and the faults of form. */
export interface Opened {
  readonly setting: Setting | undefined;
  readonly closed: Closed | undefined;
  readonly faults: readonly Fault[];
}

/** How a run is opened. */
export interface RunOptions extends Pick<Setting, 'counting' | 'explains'> {
  /** The terms as read, where they have been read before. */
  readonly reading?: TermsReading;
  /** The least scale; none by default. */
  readonly scale?: number;
  /** The ledgers as read with these terms and this counting, where they have been read before. */
  readonly intake?: Intake;
}

/** Reads terms and ledgers. */
export function open(
  { terms: written, ledgers, asOf: date, closes = [] }: Omit<Inputs, 'keep'>,
  { counting, explains, reading = readTerms(written), scale = 0, intake: before }: RunOptions,
  findings: Findings,
): Opened {
  const { terms, faults: termsFaults } = reading;
  const intake = before ?? takeIn(ledgers, { ...intakeTermsOf(reading), scale }, counting);
  const faults = [...termsFaults, ...intake.faults, ...calendarFaults(written, terms, ledgers)];
  const { books, calendar } = intake;
  const asOf = findDay(date);
  if (asOf === undefined) faults.push({ code: 'malformed-as-of', place: { kind: 'run' }, found: date });
  if (terms === undefined || asOf === undefined || hasFaults(faults, 'calendar')) return refused(faults);
  if (findQuarter(calendar, asOf) === undefined) {
    // R2.10: the as-of date must lie in the calendar.
    return refused([...faults, outsideCalendar({ kind: 'run' }, asOf, calendar)]);
  }
  const { closed, faults: closeFaults } = takeCloses(closes, { calendar, terms, books, asOf });
  if (closeFaults.length > 0) return refused([...faults, ...closeFaults]);
  // Who has rows in closed periods has them in open ones, with or without a sale.
  const begun = begunBy(closed);
  for (const [rep, day] of firstDaysIn(books, closed?.opening?.day)) {
    if (day > asOf || findQuarter(calendar, day) === undefined) continue;
    const known = begun.get(rep);
    if (known === undefined || day < known) begun.set(rep, day);
  }
  for (const rep of begun.keys()) books.reps.numberOf(rep);
  const doubtful = {
    currency: isAtFault(termsFaults, 'currency'),
    plans: termsFaults.some(({ code, place }) => place.kind === 'terms' && namesNoPlan(code, place.path)),
    quotas: hasFaults(intake.faults, 'quotas'),
    schedules: hasFaults(intake.faults, 'schedules'),
    openings: hasFaults(intake.faults, 'openings'),
    fx: hasFaults(intake.faults, 'fx'),
  };
  for (const { origin } of books.counts.values()) {
    for (const exception of origin?.exceptions ?? []) findings.addException(exception);
  }
  const sources = new SourceIds(books);
  const given = { terms, books, counting, sources, calendar, asOf };
  const setting = { ...given, posted: closed, begun, explains, doubtful };
  return { setting, closed, faults };
}

/** What the intake needs of the terms: two terms that agree in this read the same ledgers. */
export function intakeTermsOf({ terms, faults }: TermsReading): IntakeTerms {
  return {
    digits: terms?.currency.digits ?? 2,
    fiscalYearStart: isAtFault(faults, 'fiscalYearStart') ? undefined : (terms?.fiscalYearStart ?? 1),
    credits: new Map(terms?.plans.map(({ id, credit }) => [id, credit])),
  };
}

/**
 * Who has rows in closed periods has them from the first open day, and who brings something in has them from the day after
 * the opening, with or without a sale.
 */
function begunBy(closed: Closed | undefined): Map<string, Day> {
  const begun = new Map<string, Day>();
  if (closed === undefined) return begun;
  const { opening, balances, open: first } = closed;
  for (const rep of balances.keys()) begun.set(rep, first.from);
  if (opening !== undefined) {
    for (const rep of opening.byRep.keys()) begun.set(rep, addDays(opening.day, 1));
  }
  return begun;
}

/** R21.5: the days of entries, and the first days of draws; what is dated up to an opening counts as posted. */
function* firstDaysIn(
  { plain }: Books,
  opening: Day | undefined,
): Iterable<readonly [rep: string, day: Day]> {
  const isOpen = (day: Day) => opening === undefined || day > opening;
  for (const { rep_id: rep, date } of plain.entries) if (isOpen(date)) yield [rep, date];
  for (const { rep_id: rep, from, to } of plain.draws) {
    if (isOpen(from)) yield [rep, from];
    else if (to === undefined || isOpen(to)) yield [rep, addDays(opening as Day, 1)];
  }
}

function refused(faults: readonly Fault[]): Opened {
  return { setting: undefined, closed: undefined, faults };
}

function isAtFault(faults: readonly Fault[], key: string): boolean {
  return faults.some(({ place }) => place.kind === 'terms' && place.path[0] === key);
}

/** Whether a fault leaves it open which ids plans have. */
function namesNoPlan(code: FaultCode, path: TermsPath): boolean {
  return path[0] === 'plans' && code !== 'duplicate-plan' && (path.length <= 2 || path[2] === 'id');
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
      reason: 'The calendar ledger sets when fiscal years start, so fiscalYearStart has no effect.',
    });
  }
  if (terms?.payPeriod === 'month') {
    ledgers.calendar.rows.forEach(({ quarter, month }, row) => {
      // A program's blank cell may be null.
      if ((month ?? '').trim() !== '') return;
      const place = { kind: 'row', ledger: 'calendar', row, column: 'month' } as const;
      faults.push({ code: 'month-needed', place, quarter });
    });
  }
  return faults;
}
