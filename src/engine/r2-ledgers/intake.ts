/** From rows as given to typed entries, with every fault of form (R2, R9.1). */
import type { Counting } from '../../amount.js';
import { LEDGER_NAMES, type LedgerName } from '../../ledger-specs/ledgers.js';
import { Names } from '../../names.js';
import type { Fault } from '../../problems/problem.js';
import type { Books } from './books.js';
import type { Calendar } from './calendar.js';
import { type Desk, decimalsOfSums } from './cells.js';
import type { LedgerOrigin, Ledgers } from './ledger.js';
import { readCalendar } from './read-calendar.js';
import { checkReps, checkReversals, readCash, readInvoices } from './read-invoices.js';
import { readAssignments, readOpenings, readPeople, readQuotas } from './read-reps.js';
import { readSplits } from './read-splits.js';
import { hasFaults } from './row-faults.js';

/** What the intake needs to know of the terms; they may be at fault themselves. */
export interface IntakeTerms {
  /** The currency's decimals: the least scale of a run. */
  readonly digits: number;
  /** Undefined where the terms are at fault about it. */
  readonly fiscalYearStart: number | undefined;
}

export interface Intake {
  readonly books: Books;
  readonly calendar: Calendar;
  readonly faults: readonly Fault[];
}

/**
 * Reads every row of every ledger: once, and again only where amounts have more decimals than their currency.
 *
 * @throws BeyondSafe where the amounts cannot be counted so
 */
export function takeIn(ledgers: Ledgers, terms: IntakeTerms, counting: Counting): Intake {
  const known = Object.values(ledgers).map((ledger) =>
    ledger === undefined ? 0 : Math.max(decimalsOfSums(ledger), ledger.table?.scale ?? 0),
  );
  const scale = Math.max(terms.digits, ...known);
  const intake = takeInAt(scale, ledgers, terms, counting);
  return intake.decimals <= scale ? intake : takeInAt(intake.decimals, ledgers, terms, counting);
}

/** Reads every row, with amounts as whole multiples of 10^-scale (R2.8). */
function takeInAt(
  scale: number,
  ledgers: Ledgers,
  terms: IntakeTerms,
  counting: Counting,
): Intake & { readonly decimals: number } {
  const { digits, fiscalYearStart } = terms;
  const desk: Desk = {
    scale,
    digits,
    decimals: scale,
    faults: [],
    undated: [],
    read: new Map(),
    leftOut: new Map(),
    hasOpenings: ledgers.openings !== undefined,
    columns: { counting, reps: new Names(), sizes: 0 },
  };
  const calendar = readCalendar(ledgers.calendar, fiscalYearStart, desk);
  const invoices = readInvoices(ledgers.invoices, desk);
  const creditMemos = readCash('creditMemos', ledgers.creditMemos, desk);
  checkReversals(invoices, creditMemos, desk);
  const splits = readSplits(ledgers.splits, invoices, desk);
  const isKnown = fiscalYearStart !== undefined && !hasFaults(desk.faults, 'calendar');
  checkReps(invoices, splits, desk);
  const books: Books = {
    scale: desk.scale,
    reps: desk.columns.reps,
    invoices,
    payments: readCash('payments', ledgers.payments, desk),
    undated: desk.undated,
    writeOffs: readCash('writeOffs', ledgers.writeOffs, desk),
    creditMemos,
    splits,
    assignments: ledgers.assignments && readAssignments(ledgers.assignments, desk),
    quotas: readQuotas(ledgers.quotas, isKnown ? calendar : undefined, desk),
    openings: readOpenings(ledgers.openings, desk),
    people: readPeople(ledgers.reps, desk),
    rows: rowCounts(ledgers),
    read: desk.read,
    leftOut: desk.leftOut,
    origins: originsOf(ledgers),
  };
  counting.mustFit(desk.columns.sizes);
  return { books, calendar, faults: desk.faults, decimals: desk.decimals };
}

function rowCounts(ledgers: Ledgers): ReadonlyMap<LedgerName, number> {
  return new Map(LEDGER_NAMES.map((name) => [name, ledgers[name]?.rows.length ?? 0]));
}

function originsOf(ledgers: Ledgers): ReadonlyMap<LedgerName, LedgerOrigin> {
  const origins = new Map<LedgerName, LedgerOrigin>();
  for (const name of LEDGER_NAMES) {
    const source = ledgers[name]?.source;
    if (source !== undefined) origins.set(name, source);
  }
  return origins;
}
