/** From rows as given to typed entries, with every fault of form (R2, R9.1). */
import type { Counting } from '../../amount.js';
import type { CreditKind } from '../../ledger-specs/credit-kinds.js';
import { LEDGER_NAMES, type LedgerName, ofEach } from '../../ledger-specs/ledgers.js';
import { Names, type NewNames } from '../../names.js';
import type { Fault } from '../../problems/problem.js';
import { type Books, LEDGERS_WITH_RULES, type LedgerWithRules, type PlainLedger } from './books.js';
import type { Calendar } from './calendar.js';
import type { Ledgers } from './ledger.js';
import { readAliases } from './read-aliases.js';
import { readCalendar } from './read-calendar.js';
import { readCash, readPayments } from './read-cash.js';
import { checkReps, checkReversals, readInvoices } from './read-invoices.js';
import { readItems, withItems } from './read-items.js';
import { readAssignments, readOpenings, readQuotas } from './read-reps.js';
import { readRows, type Source } from './read-rows.js';
import { readAccounts, readTeams } from './read-shared.js';
import { readSplits } from './read-splits.js';
import { knownDecimals, type LedgerCount, type LedgerRead, type Reading } from './reading.js';
import { hasFaults } from './row-faults.js';

/** What the intake needs to know of the terms; they may be at fault themselves. */
export interface IntakeTerms {
  /** The currency's decimals: the least scale of a run. */
  readonly digits: number;
  /** A scale that the run has at least, beside the decimals of the currency: that of a run it is a part of. */
  readonly scale?: number;
  /** Undefined where the terms are at fault about it. */
  readonly fiscalYearStart: number | undefined;
  /** The credit of each plan, by id (R12.1). */
  readonly credits: ReadonlyMap<string, CreditKind>;
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
  const known = LEDGER_NAMES.map((name) => {
    const ledger = ledgers[name];
    return ledger === undefined ? 0 : knownDecimals(ledger);
  });
  const scale = Math.max(terms.digits, terms.scale ?? 0, ...known);
  const intake = takeInAt(scale, ledgers, terms, counting);
  return intake.decimals <= scale ? intake : takeInAt(intake.decimals, ledgers, terms, counting);
}

/** Reads every row, with amounts as whole multiples of 10^-scale (R2.8). */
function takeInAt(
  scale: number,
  ledgers: Ledgers,
  { digits, fiscalYearStart, credits }: IntakeTerms,
  counting: Counting,
): Intake & { readonly decimals: number } {
  const faults: Fault[] = [];
  const hasOpenings = ledgers.openings !== undefined;
  const base = { scale, digits, counting, hasOpenings };
  const asWritten: Reading = { ...base, reps: new Names(), newNames: new Map() };
  const aliases = readAliases({ name: 'aliases', ledger: ledgers.aliases, reading: asWritten, faults });
  const newNames = aliases.content;
  const reading: Reading = { ...base, reps: new Names(newNames), newNames };
  const sourceOf = <Name extends LedgerName>(name: Name): Source<Name> => {
    return { name, ledger: ledgers[name], reading, faults };
  };
  const calendar = readCalendar(sourceOf('calendar'), fiscalYearStart);
  const isCalendarKnown = fiscalYearStart !== undefined && !hasFaults(faults, 'calendar');
  const invoices = readInvoices(ledgers.invoices, reading, faults);
  const creditMemos = readCash(sourceOf('creditMemos'));
  checkReversals(invoices.content, creditMemos.content, faults);
  const splits = readSplits(sourceOf('splits'), invoices.content);
  checkReps(invoices.content, splits.content, faults);
  const payments = readPayments(sourceOf('payments'));
  const withRules = {
    calendar,
    invoices,
    creditMemos,
    splits,
    payments,
    writeOffs: readCash(sourceOf('writeOffs')),
    assignments: readAssignments(sourceOf('assignments'), (plan) => credits.get(plan) ?? 'own'),
    quotas: readQuotas(sourceOf('quotas'), isCalendarKnown ? calendar.content : undefined),
    openings: readOpenings(sourceOf('openings')),
    teams: readTeams(sourceOf('teams')),
    items: readItems(sourceOf('items'), invoices.content),
    accounts: readAccounts(sourceOf('accounts')),
    aliases,
  } satisfies Readonly<Record<LedgerWithRules, LedgerRead<unknown>>>;
  const plain = readPlain(sourceOf);
  const { counts, decimals, size } = together({ ...withRules, ...plain.reads });
  counting.mustFit(size);
  const books: Books = {
    scale,
    reps: reading.reps,
    invoices: withItems(invoices.content, withRules.items.content, reading, faults),
    payments: payments.content,
    undated: payments.undated,
    writeOffs: withRules.writeOffs.content,
    creditMemos: creditMemos.content,
    splits: splits.content,
    assignments: withRules.assignments.content,
    quotas: withRules.quotas.content,
    openings: withRules.openings.content,
    teams: withRules.teams.content,
    items: withRules.items.content,
    accounts: withRules.accounts.content,
    newNames,
    plain: { ...plain.entries, reps: peopleAsNamed(plain.entries.reps, newNames) },
    counts,
  };
  return { books, calendar: calendar.content, faults, decimals };
}

const PLAIN_LEDGERS = LEDGER_NAMES.filter(
  (name): name is PlainLedger => !LEDGERS_WITH_RULES.some((one) => one === name),
);

/** Reads the ledgers whose rows are used as they are read. */
function readPlain(sourceOf: <Name extends LedgerName>(name: Name) => Source<Name>): {
  readonly reads: Readonly<Record<PlainLedger, LedgerRead<unknown>>>;
  readonly entries: Books['plain'];
} {
  const reads = ofEach(PLAIN_LEDGERS, (name) => readRows(sourceOf(name), (entry) => entry));
  return { reads, entries: ofEach(PLAIN_LEDGERS, (name) => reads[name].content) as Books['plain'] };
}

/** Who reps are now: the row of a former id counts where the new one has none (R11.11). */
function peopleAsNamed(reps: Books['plain']['reps'], newNames: NewNames): Books['plain']['reps'] {
  if (newNames.size === 0) return reps;
  const named = new Set(reps.map(({ rep_id: rep }) => rep));
  return reps.flatMap((entry) => {
    const now = newNames.get(entry.rep_id);
    if (now === undefined) return [entry];
    if (named.has(now)) return [];
    named.add(now);
    return [{ ...entry, rep_id: now }];
  });
}

/** What the ledgers come to together. */
function together(reads: Readonly<Record<LedgerName, LedgerRead<unknown>>>): {
  readonly counts: ReadonlyMap<LedgerName, LedgerCount>;
  readonly decimals: number;
  readonly size: number;
} {
  const counts = new Map<LedgerName, LedgerCount>();
  let decimals = 0;
  let size = 0;
  for (const name of LEDGER_NAMES) {
    const read = reads[name];
    if (read.count !== undefined) counts.set(name, read.count);
    decimals = Math.max(decimals, read.decimals);
    size += read.size;
  }
  return { counts, decimals, size };
}
